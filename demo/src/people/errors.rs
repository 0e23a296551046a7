//! How a list writes people down wrongly.

use super::dice::Dice;
use super::household::{Person, address, date};
use super::misspell::{by_ear, scan, typo};
use super::names::{Heritage, heritages};
use jiff::civil::Date;
use linkage::{Address, Name, Record};
use std::sync::LazyLock;

/// How often each error happens, as probabilities a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// A slip of the keyboard in the forename; the same for the surname.
    pub typo: f64,
    /// Spelled by ear.
    pub by_ear: f64,
    /// A letter misread by a scanner.
    pub scan: f64,
    /// A short form or another spelling of the forename.
    pub nickname: f64,
    /// A wholly different forename.
    pub alias: f64,
    /// Forename and surname the other way round.
    pub swapped: f64,
    /// The middle name given as forename.
    pub middle_first: f64,
    /// A new surname, as after a marriage (women four times as often).
    pub new_surname: f64,
    /// One half added to or taken from a double surname.
    pub double_surname: f64,
    /// Middle name left out; as often again only its initial.
    pub middle_lost: f64,
    /// One digit of the birth date wrong, or two crossed.
    pub birth_digit: f64,
    /// Another year, same day and month.
    pub birth_year: f64,
    /// Only the year known, written as 1 January.
    pub birth_first_january: f64,
    /// Day and month the other way round.
    pub birth_swapped: f64,
    /// Another date altogether.
    pub birth_other: f64,
    /// No birth date.
    pub birth_missing: f64,
    /// Another sex written down.
    pub sex: f64,
    /// Moved elsewhere since the register heard of them.
    pub moved: f64,
    /// Moved within the district.
    pub moved_near: f64,
    /// No fixed abode, or no address.
    pub no_address: f64,
    /// One character of the postcode wrong.
    pub postcode: f64,
    /// The PNC or CRO number is left out.
    pub number_missing: f64,
    /// One digit of a PNC or CRO number wrong.
    pub number_typo: f64,
    /// Another valid number.
    pub number_other: f64,
}

impl Errors {
    /// An ordinary list: rates near those of the published HMPPS model.
    pub const ORDINARY: Errors = Errors {
        typo: 0.035,
        by_ear: 0.01,
        scan: 0.0,
        nickname: 0.03,
        alias: 0.006,
        swapped: 0.001,
        middle_first: 0.004,
        new_surname: 0.015,
        double_surname: 0.01,
        middle_lost: 0.35,
        birth_digit: 0.025,
        birth_year: 0.01,
        birth_first_january: 0.005,
        birth_swapped: 0.005,
        birth_other: 0.004,
        birth_missing: 0.008,
        sex: 0.004,
        moved: 0.18,
        moved_near: 0.08,
        no_address: 0.05,
        postcode: 0.03,
        number_missing: 0.3,
        number_typo: 0.03,
        number_other: 0.002,
    };

    /// A hard list: scanned, typed by ear, half the numbers missing.
    pub const HARD: Errors = Errors {
        typo: 0.06,
        by_ear: 0.09,
        scan: 0.05,
        nickname: 0.06,
        alias: 0.012,
        swapped: 0.025,
        middle_first: 0.006,
        new_surname: 0.03,
        double_surname: 0.02,
        middle_lost: 0.45,
        birth_digit: 0.05,
        birth_year: 0.02,
        birth_first_january: 0.02,
        birth_swapped: 0.012,
        birth_other: 0.008,
        birth_missing: 0.04,
        sex: 0.02,
        moved: 0.33,
        moved_near: 0.13,
        no_address: 0.13,
        postcode: 0.06,
        number_missing: 0.55,
        number_typo: 0.06,
        number_other: 0.004,
    };
}

/// A row as a list has it.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The row.
    pub record: Record,
    /// What went wrong, in order; for analysis only.
    pub errors: Vec<&'static str>,
}

static NICKNAMES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/nicknames.txt").lines().map(|l| l.split(' ').collect()).collect()
});

/// Writes a person down, with errors.
#[must_use]
pub fn write_down(person: &Person, errors: &Errors, dice: &mut Dice) -> Written {
    let mut out = Written::default();
    let note = &mut out.errors;
    let home = heritages().iter().find(|h| h.name == person.heritage);
    let mut name = given(person, errors, home, dice, note);
    surname(&mut name, person, errors, home, dice, note);
    for (text, which) in [(&mut name.forename, "forename"), (&mut name.surname, "surname")] {
        misspell(text, which, errors, dice, note);
    }
    if dice.chance(errors.swapped) {
        std::mem::swap(&mut name.forename, &mut name.surname);
        note.push("names swapped");
    }
    out.record.births = birth(person.born, errors, dice, note).into_iter().map(|d| d.to_string()).collect();
    let female = person.female ^ dice.chance(errors.sex);
    out.record.sex = if female { "F" } else { "M" }.to_owned();
    out.record.addresses = place(person, errors, dice, note);
    out.record.pnc = number(&person.pnc, errors, dice, note);
    out.record.cro = number(&person.cro, errors, dice, note);
    if dice.chance(0.5) && out.record.pnc.len() == 13 {
        out.record.pnc.drain(..2);
    }
    if dice.chance(0.3) {
        for text in [&mut name.forename, &mut name.middle, &mut name.surname] {
            *text = text.to_uppercase();
        }
    }
    out.record.name = name;
    out
}

fn given(
    person: &Person,
    errors: &Errors,
    home: Option<&Heritage>,
    dice: &mut Dice,
    note: &mut Vec<&'static str>,
) -> Name {
    let mut name =
        Name { forename: person.forename.clone(), middle: person.middle.clone(), surname: String::new() };
    if dice.chance(errors.alias)
        && let Some(home) = home
    {
        home.given(person.female, dice).clone_into(&mut name.forename);
        note.push("alias");
    } else if dice.chance(errors.nickname) {
        let group = NICKNAMES.iter().find(|group| group.first() == Some(&person.forename.as_str()));
        if let Some(nick) = group.and_then(|group| dice.pick(&group[1..])) {
            (*nick).clone_into(&mut name.forename);
            note.push("nickname");
        }
    }
    if !name.middle.is_empty() {
        if dice.chance(errors.middle_first) {
            name.forename = std::mem::take(&mut name.middle);
            note.push("middle first");
        } else if dice.chance(errors.middle_lost) {
            name.middle.clear();
        } else if dice.chance(errors.middle_lost) {
            name.middle.truncate(name.middle.chars().next().map_or(0, char::len_utf8));
        }
    }
    name
}

fn surname(
    name: &mut Name,
    person: &Person,
    errors: &Errors,
    home: Option<&Heritage>,
    dice: &mut Dice,
    note: &mut Vec<&'static str>,
) {
    name.surname.clone_from(&person.surname);
    let Some(home) = home else { return };
    if dice.chance(errors.new_surname * if person.female { 2.5 } else { 0.6 }) {
        name.surname = home.surname(dice);
        note.push("new surname");
    } else if dice.chance(errors.double_surname) {
        name.surname = format!("{}-{}", home.surname(dice), name.surname);
        note.push("double surname");
    }
}

fn misspell(
    text: &mut String,
    which: &'static str,
    errors: &Errors,
    dice: &mut Dice,
    note: &mut Vec<&'static str>,
) {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return;
    }
    let before = letters.clone();
    if dice.chance(errors.typo) {
        typo(&mut letters, dice);
    }
    if dice.chance(errors.by_ear) {
        by_ear(&mut letters, dice);
    }
    if dice.chance(errors.scan) {
        scan(&mut letters, dice);
    }
    if letters != before {
        *text = letters.into_iter().collect();
        note.push(which);
    }
}

fn birth(born: Date, errors: &Errors, dice: &mut Dice, note: &mut Vec<&'static str>) -> Option<Date> {
    let (year, month, day) = (i64::from(born.year()), i64::from(born.month()), i64::from(born.day()));
    let mut left = dice.share();
    let mut happens = |rate: f64| {
        left -= rate;
        (-rate..0.0).contains(&left)
    };
    let (wrong, date) = if happens(errors.birth_missing) {
        ("birth missing", None)
    } else if happens(errors.birth_digit) {
        ("birth digit", Some(wrong_digit(year, month, day, dice)))
    } else if happens(errors.birth_year) {
        let by = *dice.pick(&[-10, -2, -1, 1, 2, 10]).unwrap_or(&1);
        ("birth year", Some(date(year + by, month, day)))
    } else if happens(errors.birth_first_january) {
        ("birth first january", Some(date(year, 1, 1)))
    } else if happens(errors.birth_swapped) && day <= 12 {
        ("birth swapped", Some(date(year, day, month)))
    } else if happens(errors.birth_other) {
        ("birth other", Some(date(year + dice.between(-8, 8), dice.between(1, 12), dice.between(1, 28))))
    } else {
        return Some(born);
    };
    note.push(wrong);
    date
}

fn wrong_digit(year: i64, month: i64, day: i64, dice: &mut Dice) -> Date {
    match dice.below(4) {
        0 => date(year, month, dice.between(1, 28)),
        1 => date(year, dice.between(1, 12), day),
        2 => date(year - year % 10 + dice.between(0, 9), month, day),
        _ => date(1900 + (year % 10) * 10 + year / 10 % 10, month, day),
    }
}

fn place(person: &Person, errors: &Errors, dice: &mut Dice, note: &mut Vec<&'static str>) -> Vec<Address> {
    if dice.chance(errors.no_address) {
        note.push("no address");
        return if dice.chance(0.5) {
            vec![Address { street: "No Fixed Abode".to_owned(), ..Address::default() }]
        } else {
            Vec::new()
        };
    }
    let Some(now) = person.addresses.first() else { return Vec::new() };
    let mut out = now.clone();
    if dice.chance(errors.moved) {
        note.push("moved");
        return address(dice).into_iter().collect();
    }
    if dice.chance(errors.moved_near)
        && let Some(other) = address(dice)
    {
        note.push("moved near");
        let outward = now.postcode.split(' ').next().unwrap_or("").to_owned();
        let inward = other.postcode.split(' ').nth(1).unwrap_or("").to_owned();
        out = Address { town: now.town.clone(), postcode: format!("{outward} {inward}"), ..other };
    }
    if dice.chance(errors.postcode) {
        note.push("postcode");
        let mut letters: Vec<char> = out.postcode.chars().collect();
        if let Some(last) = letters.last_mut() {
            *last = *dice.pick(&['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L']).unwrap_or(&'A');
        }
        out.postcode = letters.into_iter().collect();
    }
    vec![out]
}

fn number(right: &str, errors: &Errors, dice: &mut Dice, note: &mut Vec<&'static str>) -> String {
    if right.is_empty() || dice.chance(errors.number_missing) {
        return String::new();
    }
    if dice.chance(errors.number_other) {
        note.push("other number");
        return if right.len() == 13 {
            super::numbers::pnc(2011, dice)
        } else {
            super::numbers::cro(2011, dice)
        };
    }
    if dice.chance(errors.number_typo) {
        let mut letters: Vec<char> = right.chars().collect();
        let digits: Vec<usize> = (0..letters.len()).filter(|i| letters[*i].is_ascii_digit()).collect();
        if let Some(&at) = dice.pick(&digits) {
            letters[at] = char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0));
            note.push("number typo");
        }
        return letters.into_iter().collect();
    }
    right.to_owned()
}
