//! Whom a decision is about: a person of the register, or whoever stands on a line before a human has said who that is.

use crate::access::{Capability, Reader};
use crate::ids::{ListingId, PersonId};
use crate::morning::{self, About, Found, about_line_in_full, about_person};
use crate::people::{self, Person};
use store::{Read, Result};

/// Proof that somebody may be asked and told about. Made from a [`Person`] or a [`Found`], which prove scope.
#[derive(Debug, Clone)]
pub struct Subject {
    pub(super) about: About,
    person: Option<PersonId>,
    listing: Option<ListingId>,
}

impl Subject {
    /// A person: everything on their record and on the lines linked to them counts.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn person(r: &mut Read<'_>, person: &Person) -> Result<Self> {
        Ok(Self { about: about_person(r, person)?, person: Some(person.id()), listing: None })
    }

    /// Whoever stands on a line. What is recorded hangs on the line: when the link to a person is taken back, it goes with
    /// the line.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn line(r: &mut Read<'_>, line: &Found) -> Result<Self> {
        Ok(Self { about: about_line_in_full(r, line)?, person: None, listing: Some(line.id()) })
    }

    /// The subject of a record that hangs on a line or a person, if the reader may see them.
    pub(super) fn of_record<C: Capability>(
        r: &mut Reader<'_, C>,
        person: Option<PersonId>,
        listing: Option<ListingId>,
    ) -> Result<Option<Self>> {
        if let Some(id) = person {
            return match people::find(r, id)? {
                Some(person) => Self::person(r, &person).map(Some),
                None => Ok(None),
            };
        }
        let Some(id) = listing else { return Ok(None) };
        match morning::find(r, id)? {
            Some(line) => Self::line(r, &line).map(Some),
            None => Ok(None),
        }
    }

    /// Where new records hang.
    #[must_use]
    pub fn person_id(&self) -> Option<PersonId> {
        self.person
    }

    /// Where new records hang, before somebody is known.
    #[must_use]
    pub fn listing_id(&self) -> Option<ListingId> {
        self.listing
    }

    /// What the audit calls it.
    pub(super) fn kind(&self) -> &'static str {
        if self.person.is_some() { "person" } else { "listing" }
    }

    /// Its id, for the audit.
    pub(super) fn id(&self) -> String {
        match (self.person, self.listing) {
            (Some(id), _) => id.to_string(),
            (None, Some(id)) => id.to_string(),
            (None, None) => String::new(),
        }
    }
}
