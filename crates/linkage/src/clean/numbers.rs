//! All numbers of one kind that a person has: the first, and further ones where records were merged.

use super::Cleaned;
use crate::identifiers::{Crn, Cro, NhsNumber, Pnc, PrisonNumber};
use crate::record::Number;

/// A number besides the first of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// PNC number.
    Pnc(Pnc),
    /// CRO number.
    Cro(Cro),
    /// NHS number.
    Nhs(NhsNumber),
    /// Prison number.
    PrisonNumber(PrisonNumber),
    /// Probation case reference number.
    Crn(Crn),
}

impl Identifier {
    /// Reads a number; `None` when it has not the shape of its kind.
    #[must_use]
    pub fn read(number: &Number) -> Option<Self> {
        match number {
            Number::Pnc(text) => Pnc::parse(text).ok().map(Identifier::Pnc),
            Number::Cro(text) => Cro::parse(text).ok().map(Identifier::Cro),
            Number::Nhs(text) => NhsNumber::parse(text).ok().map(Identifier::Nhs),
            Number::PrisonNumber(text) => PrisonNumber::parse(text).ok().map(Identifier::PrisonNumber),
            Number::Crn(text) => Crn::parse(text).ok().map(Identifier::Crn),
        }
    }
}

/// One function a kind: the first number, then the others of that kind.
impl Cleaned {
    /// Every PNC number, the first one first.
    pub fn pncs(&self) -> impl Iterator<Item = Pnc> + Clone {
        self.pnc
            .into_iter()
            .chain(self.others(|n| if let Identifier::Pnc(pnc) = n { Some(pnc) } else { None }))
    }

    /// Every CRO number, the first one first.
    pub fn cros(&self) -> impl Iterator<Item = Cro> + Clone {
        self.cro
            .into_iter()
            .chain(self.others(|n| if let Identifier::Cro(cro) = n { Some(cro) } else { None }))
    }

    /// Every NHS number, the first one first.
    pub fn nhs_numbers(&self) -> impl Iterator<Item = NhsNumber> + Clone {
        self.nhs
            .into_iter()
            .chain(self.others(|n| if let Identifier::Nhs(nhs) = n { Some(nhs) } else { None }))
    }

    /// Every prison number, the first one first.
    pub fn prison_numbers(&self) -> impl Iterator<Item = PrisonNumber> + Clone {
        self.prison_number.into_iter().chain(
            self.others(|n| if let Identifier::PrisonNumber(number) = n { Some(number) } else { None }),
        )
    }

    /// Every probation case reference number, the first one first.
    pub fn crns(&self) -> impl Iterator<Item = Crn> + Clone {
        self.crn
            .into_iter()
            .chain(self.others(|n| if let Identifier::Crn(crn) = n { Some(crn) } else { None }))
    }

    pub(super) fn has(&self, number: Identifier) -> bool {
        let first = match number {
            Identifier::Pnc(pnc) => self.pnc == Some(pnc),
            Identifier::Cro(cro) => self.cro == Some(cro),
            Identifier::Nhs(nhs) => self.nhs == Some(nhs),
            Identifier::PrisonNumber(number) => self.prison_number == Some(number),
            Identifier::Crn(crn) => self.crn == Some(crn),
        };
        first || self.other_numbers.contains(&number)
    }

    fn others<T>(
        &self,
        of_kind: impl Fn(Identifier) -> Option<T> + Clone,
    ) -> impl Iterator<Item = T> + Clone {
        self.other_numbers.iter().copied().filter_map(of_kind)
    }
}
