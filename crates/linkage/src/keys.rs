//! Blocking keys: what two records of one person nearly always share at least one of.
//!
//! A store keeps `(key, person)` rows and looks a whole list up at once. Keys are 64-bit hashes, stable for one
//! [`KEYS_VERSION`]; after a change of version every key in a store has to be written again.
//!
//! A name counts by how its full form sounds ([`crate::text::sound`], [`crate::variants::full_form`]); "names" below is the
//! pair of forename and surname in either order, so swapped names meet; "day" is a birth date with day and month in
//! either order.
//!
//! | key | meets in spite of |
//! |---|---|
//! | PNC, CRO, NHS, prison number, CRN, master defendant id (without check letters), each where there are several of a kind | everything else |
//! | day + surname word | a different forename, any address |
//! | day + forename | a different surname, any address |
//! | day + outcode | both names mistyped |
//! | day + initials | both names mistyped, moved |
//! | names + birth year | a wrong day and month |
//! | surname + day and month + initial | a mistyped forename, a wrong year |
//! | names + outcode | any wrong date |
//! | postcode + forename; postcode + surname | any wrong date, one wrong name |
//! | names spelled exactly (kept always, looked up only when they are rare or the row has no usable birth date) | a missing or wholly wrong date and address |

use crate::clean::{Cleaned, FullName};
use crate::frequencies::{Frequencies, full_name_hash};
use crate::hash;
use crate::text::sound;
use crate::variants::full_form;
use jiff::civil::Date;

/// Version of the keys. It changes whenever a stored key would.
pub const KEYS_VERSION: u32 = 1;

/// Keys to store for a person of the register.
#[must_use]
pub fn blocking_keys(person: &Cleaned) -> Vec<i64> {
    let mut keys = Vec::with_capacity(20);
    write_keys(person, true, &mut keys);
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(u64::cast_signed).collect()
}

/// Keys to look up for a row of a list: those of [`blocking_keys`], without the exact names when the birth date is usable,
/// because a common name alone would bring thousands.
#[must_use]
pub fn lookup_keys(listed: &Cleaned) -> Vec<i64> {
    let mut keys = Vec::with_capacity(20);
    write_keys(listed, no_usable_birth(listed), &mut keys);
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(u64::cast_signed).collect()
}

/// The key of the exact names, when at most fifty people of the register have them: worth looking up besides
/// [`lookup_keys`], since a rare name finds its person whatever else is wrong.
#[must_use]
pub fn rare_name_key(listed: &Cleaned, register: &Frequencies) -> Option<i64> {
    let name = listed.names.first()?;
    let count = register.count_hash(full_name_hash(name.forename(), &name.surname)).unwrap_or(0);
    (count <= RARE_NAME).then(|| exact_names_key(name)).flatten().map(u64::cast_signed)
}

/// People of one exact name up to which the name alone is looked up.
pub(crate) const RARE_NAME: u32 = 50;

fn exact_names_key(name: &FullName) -> Option<u64> {
    let forename = name.forename();
    (forename.len() > 1 && !name.surname.is_empty())
        .then(|| hash::text(hash::text(start(18), full_form(forename)), &name.surname))
}

/// True when the row has no date of birth, or only a 1 January, which often stands for a year alone.
pub(crate) fn no_usable_birth(listed: &Cleaned) -> bool {
    listed.births.iter().all(|date| date.month() == 1 && date.day() == 1)
}

/// Writes the keys, unsorted and perhaps repeated.
pub(crate) fn write_keys(person: &Cleaned, exact_names: bool, keys: &mut Vec<u64>) {
    write_identifiers(person, keys);
    for name in &person.names {
        write_name(person, name, exact_names, keys);
    }
    for place in &person.places {
        let Some(postcode) = place.postcode else { continue };
        for &birth in &person.births {
            keys.push(hash::text(day(start(12), birth), postcode.outcode()));
        }
    }
}

/// Further keys for finding pairs within one set, where there may be neither numbers nor postcodes and a pair is looked for
/// only once: too many for a register that is asked every morning.
pub(crate) fn write_thorough_keys(person: &Cleaned, keys: &mut Vec<u64>) {
    for place in &person.places {
        let number = u64::from(place.number());
        let street = hash::text(start(40), &place.street);
        for name in &person.names {
            let codes =
                name.surnames().chain(std::iter::once(name.forename())).map(code).filter(|code| *code != 0);
            for code in codes.map(u64::from) {
                if !place.street.is_empty() {
                    keys.push(hash::number(hash::number(street, 1), code));
                }
                for word in place.town.split(' ').filter(|word| word.len() > 3) {
                    keys.push(hash::number(hash::text(start(41), word), code));
                }
                if number != 0 {
                    keys.push(hash::number(hash::number(start(42), number), code));
                }
            }
        }
        if number != 0 && !place.street.is_empty() {
            keys.push(hash::number(hash::number(street, 2), number));
        }
        for &birth in &person.births {
            keys.push(hash::number(day(start(43), birth), number));
            for word in place.town.split(' ').filter(|word| word.len() > 3) {
                keys.push(hash::text(day(start(44), birth), word));
            }
        }
    }
    for name in &person.names {
        keys.push(pair(start(45), code(name.forename()), name.surnames().map(code).max().unwrap_or(0)));
    }
}

fn start(kind: u8) -> u64 {
    hash::start(kind)
}

fn write_identifiers(person: &Cleaned, keys: &mut Vec<u64>) {
    for pnc in person.pncs() {
        keys.push(hash::number(start(1), pnc.number()));
    }
    for cro in person.cros() {
        keys.push(hash::number(start(2), cro.number()));
    }
    for nhs in person.nhs_numbers() {
        keys.push(hash::number(start(3), nhs.number()));
    }
    for number in person.prison_numbers() {
        keys.push(hash::text(start(4), number.as_str()));
    }
    for crn in person.crns() {
        keys.push(hash::text(start(5), crn.as_str()));
    }
    if !person.master_defendant_id.is_empty() {
        keys.push(hash::text(start(6), &person.master_defendant_id));
    }
}

fn day(hash: u64, birth: Date) -> u64 {
    let (day, month) = (birth.day().cast_unsigned(), birth.month().cast_unsigned());
    let packed = u64::from(birth.year().cast_unsigned()) << 16
        | u64::from(day.min(month)) << 8
        | u64::from(day.max(month));
    hash::number(hash, packed)
}

/// A pair of codes in either order.
fn pair(hash: u64, a: u32, b: u32) -> u64 {
    hash::number(hash, u64::from(a.min(b)) << 32 | u64::from(a.max(b)))
}

fn code(word: &str) -> u32 {
    if word.len() < 2 { 0 } else { sound(word) }
}

fn write_name(person: &Cleaned, name: &FullName, exact_names: bool, keys: &mut Vec<u64>) {
    let forename = code(full_form(name.forename()));
    let initial = |word: &str| u32::from(word.bytes().next().unwrap_or(0));
    if forename != 0 {
        for place in &person.places {
            if let Some(postcode) = place.postcode {
                keys.push(hash::number(hash::text(start(20), postcode.as_str()), u64::from(forename)));
            }
        }
        for &birth in &person.births {
            keys.push(hash::number(day(start(11), birth), u64::from(forename)));
        }
    }
    for word in name.surnames() {
        let surname = code(word);
        if surname == 0 {
            continue;
        }
        for &birth in &person.births {
            // Same kind as the forename's: a swapped name meets through it too.
            keys.push(hash::number(day(start(11), birth), u64::from(surname)));
            keys.push(pair(day(start(13), birth), initial(name.forename()), initial(word)));
        }
        for place in &person.places {
            if let Some(postcode) = place.postcode {
                keys.push(hash::number(hash::text(start(20), postcode.as_str()), u64::from(surname)));
                if forename != 0 {
                    keys.push(pair(hash::text(start(17), postcode.outcode()), forename, surname));
                }
            }
        }
        if forename == 0 {
            continue;
        }
        for birth in &person.births {
            let (year, month) =
                (u64::from(birth.year().cast_unsigned()), u64::from(birth.month().cast_unsigned()));
            let date = u64::from(birth.day().cast_unsigned());
            keys.push(pair(hash::number(start(14), year), forename, surname));
            let initial = u64::from(initial(name.forename()));
            keys.push(hash::number(
                hash::number(start(16), month << 8 | date),
                u64::from(surname) << 8 | initial,
            ));
        }
    }
    if exact_names {
        keys.extend(exact_names_key(name));
    }
}
