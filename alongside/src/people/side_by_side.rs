//! Two records compared as they stand now, with the weight of each part: what a human sees before deciding on them.

use super::recognise::{Matched, records, weighed};
use super::register::Person;
use crate::access::{Capability, Reader};
use crate::ids::PersonId;
use linkage::Cleaned;
use std::collections::HashSet;
use store::{Read, Result};

/// How alike two records are now, earlier names, birth dates, numbers and addresses among them: "listed" is the first, "known" the
/// second. Where the reader may not see the address of one, addresses are not compared: their weight would tell it.
///
/// # Errors
/// When the database can't be read.
pub fn side_by_side<C: Capability>(r: &mut Reader<'_, C>, a: &Person, b: &Person) -> Result<Matched> {
    let addresses =
        if a.address_withheld || b.address_withheld { Addresses::LeftOut } else { Addresses::Compared };
    compared(r, (a.id(), b.id()), addresses)
}

/// Whether addresses count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    Compared,
    LeftOut,
}

/// The same for records by their ids, for work that shows nothing.
pub(super) fn compared(
    r: &mut Read<'_>,
    (a, b): (PersonId, PersonId),
    addresses: Addresses,
) -> Result<Matched> {
    let mut known = records(r, &[HashSet::from([a, b])])?;
    let mut take = |person: PersonId| {
        let mut cleaned: Cleaned = known.remove(&person).unwrap_or_default();
        if addresses == Addresses::LeftOut {
            cleaned.places.clear();
        }
        cleaned
    };
    let (first, second) = (take(a), take(b));
    weighed(r, &first, &second)
}
