//! A register of any size, and a day's list with the truth about it.

use super::dice::Dice;
use super::errors::{Errors, Written, write_down};
use super::household::{Household, Person, Tie, household};
use super::names::{heritage, heritages};
use linkage::{Name, Record};

/// Why a row is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The register knows them.
    Known,
    /// Nobody like them is known.
    Stranger,
    /// Their twin is known, they are not.
    Twin,
    /// Their parent or child of the same name is known.
    OneName,
    /// Their brother or sister is known.
    Sibling,
    /// Their partner is known.
    Partner,
    /// Somebody of their name is known.
    Namesake,
}

/// Shares of a list that each kind has; strangers are the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// The register knows them.
    pub known: f64,
    /// Twins of known people.
    pub twins: f64,
    /// Parents and children of one name.
    pub one_name: f64,
    /// Siblings.
    pub siblings: f64,
    /// Partners.
    pub partners: f64,
    /// People of the same name.
    pub namesakes: f64,
}

impl Mix {
    /// As hard as the development lists: half known, one in six a relative or namesake of somebody known.
    pub const HARD: Mix =
        Mix { known: 0.5, twins: 0.035, one_name: 0.034, siblings: 0.034, partners: 0.014, namesakes: 0.052 };
}

/// A row of a list.
#[derive(Debug, Clone)]
pub struct ListRow {
    /// As written.
    pub written: Written,
    /// Why it is there.
    pub kind: Kind,
    /// Heritage of the name, for reports of fairness.
    pub heritage: &'static str,
    /// Right answers, as ids of the register.
    pub truth: Vec<String>,
}

/// An id that says nothing of its number: a fixed mixing of it.
fn id(household: u64, member: usize, entry: usize) -> String {
    let mixed = (household * 8 + member as u64 * 2 + entry as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!("R{:011X}", mixed >> 20)
}

/// Ids of one person's entries: one in a hundred was entered twice.
fn ids(seed: u64, number: u64, member: usize) -> Vec<String> {
    let twice = Dice::new(seed ^ 0x000D_0B1E, number * 2 + member as u64).chance(0.01);
    (0..=usize::from(twice)).map(|entry| id(number, member, entry)).collect()
}

/// The same person entered again without their numbers being found.
fn second_entry(first: &Record) -> Record {
    let mut again = first.clone();
    again.pnc.clear();
    again.nhs.clear();
    again.addresses.rotate_left(usize::from(first.addresses.len() > 1));
    again
}

/// A person as the register has them: their own facts, without errors.
fn record(person: &Person) -> Record {
    Record {
        name: Name {
            forename: person.forename.clone(),
            middle: person.middle.clone(),
            surname: person.surname.clone(),
        },
        births: vec![person.born.to_string()],
        sex: if person.female { "F" } else { "M" }.to_owned(),
        addresses: person.addresses.clone(),
        pnc: person.pnc.clone(),
        cro: person.cro.clone(),
        nhs: person.nhs.clone(),
        prison_number: person.prison_number.clone(),
        crn: person.crn.clone(),
        ..Record::default()
    }
}

/// The register of a seed: `each` gets `(id, record)` for about `people` entries, household by household. Gives back how
/// many households it took, which [`list`] needs.
pub fn register(seed: u64, people: u64, mut each: impl FnMut(&str, &Record)) -> u64 {
    let (mut entries, mut number) = (0, 0);
    while entries < people {
        for (member, person) in household(seed, number).people.iter().enumerate().filter(|(_, p)| p.known) {
            let entry = record(person);
            for (i, id) in ids(seed, number, member).iter().enumerate() {
                if i == 0 {
                    each(id, &entry);
                } else {
                    each(id, &second_entry(&entry));
                }
                entries += 1;
            }
        }
        number += 1;
    }
    number
}

/// A day's list against the register of the same seed.
#[must_use]
pub fn list(seed: u64, households: u64, rows: usize, mix: &Mix, errors: &Errors) -> Vec<ListRow> {
    let mut dice = Dice::new(seed ^ 0x0115_7000, households);
    (0..rows).map(|_| row(seed, households, mix, errors, &mut dice)).collect()
}

fn row(seed: u64, households: u64, mix: &Mix, errors: &Errors, dice: &mut Dice) -> ListRow {
    let mut left = dice.share();
    let mut kind = Kind::Stranger;
    for (share, which) in [
        (mix.known, Kind::Known),
        (mix.twins, Kind::Twin),
        (mix.one_name, Kind::OneName),
        (mix.siblings, Kind::Sibling),
        (mix.partners, Kind::Partner),
        (mix.namesakes, Kind::Namesake),
    ] {
        if (0.0..share).contains(&left) {
            kind = which;
        }
        left -= share;
    }
    let (kind, person, truth) = found(seed, households, kind, dice);
    let heritage = person.heritage;
    ListRow { written: write_down(&person, errors, dice), kind, heritage, truth }
}

/// Households asked for somebody of a kind before the row becomes a stranger's: where one in two hundred has somebody, all
/// but one row in 10¹⁰ finds them.
const ASKED: u64 = 5_000;
/// Of a small register each household so often: who is there is found, and a register without anybody is soon done.
const ASKED_EACH: u64 = 20;

/// Somebody of the wanted kind, and who they are in the register; a stranger where the register has nobody like that.
fn found(seed: u64, households: u64, kind: Kind, dice: &mut Dice) -> (Kind, Person, Vec<String>) {
    for _ in 0..ASKED.min(households * ASKED_EACH) {
        let number = dice.below(households);
        if let Some((person, member)) = candidate(kind, number, &household(seed, number), dice) {
            return (kind, person, member.map_or_else(Vec::new, |member| ids(seed, number, member)));
        }
    }
    (Kind::Stranger, stranger(dice.below(1 << 32)), Vec::new())
}

/// Somebody of a household beyond the register's.
fn stranger(number: u64) -> Person {
    let mut home = household(number ^ 0x05EE_D0FF, number);
    let mut person = home.people.swap_remove(0);
    person.known = false;
    person
}

/// Somebody of the wanted kind in this household, if there is one; and which member they are, if known.
fn candidate(kind: Kind, number: u64, home: &Household, dice: &mut Dice) -> Option<(Person, Option<usize>)> {
    let wanted = match kind {
        Kind::Known => {
            let member = home.people.iter().position(|p| p.known)?;
            let other = home.people.iter().rposition(|p| p.known).unwrap_or(member);
            let member = if dice.chance(0.5) { member } else { other };
            return Some((home.people.get(member)?.clone(), Some(member)));
        }
        Kind::Stranger => return Some((stranger(number), None)),
        Kind::Namesake => {
            let known = home.people.iter().find(|p| p.known)?;
            let home =
                heritages().iter().find(|h| h.name == known.heritage).unwrap_or_else(|| heritage(dice));
            let mut person = stranger(number);
            person.forename.clone_from(&known.forename);
            person.surname.clone_from(&known.surname);
            person.heritage = known.heritage;
            person.female = known.female;
            if !person.middle.is_empty() {
                home.given(known.female, dice).clone_into(&mut person.middle);
            }
            let (year, day) =
                (i64::from(known.born.year()) + dice.between(-10, 10), i64::from(known.born.day()));
            if dice.chance(0.4) && i64::from(known.born.year()) != year {
                person.born = super::household::date(year, i64::from(known.born.month()), day);
            }
            return Some((person, None));
        }
        Kind::Twin => Tie::Twins,
        Kind::OneName => Tie::OneName,
        Kind::Sibling => Tie::Siblings,
        Kind::Partner => Tie::Couple,
    };
    if home.tie != wanted {
        return None;
    }
    home.people.iter().find(|p| !p.known).map(|p| (p.clone(), None))
}
