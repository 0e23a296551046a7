//! Households: who lives together, and who of them the register knows.

use super::dice::Dice;
use super::names::{Heritage, area, heritage, street};
use super::numbers;
use jiff::civil::Date;
use linkage::Address;

/// One invented person, as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Heritage of the name, as the data file calls it.
    pub heritage: &'static str,
    /// Given name.
    pub forename: String,
    /// Middle name; empty for two in five.
    pub middle: String,
    /// Surname.
    pub surname: String,
    /// Born on.
    pub born: Date,
    /// Recorded as female.
    pub female: bool,
    /// Where they live, then where they lived before. Empty for no fixed abode.
    pub addresses: Vec<Address>,
    /// PNC number or empty.
    pub pnc: String,
    /// CRO number or empty.
    pub cro: String,
    /// NHS number or empty.
    pub nhs: String,
    /// Prison number or empty.
    pub prison_number: String,
    /// Probation case reference number or empty.
    pub crn: String,
    /// Whether the register has a record of them.
    pub known: bool,
}

/// How the second person of a household belongs to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// Nobody else.
    Alone,
    /// Married or partners; mostly one surname.
    Couple,
    /// Brothers or sisters.
    Siblings,
    /// Twins.
    Twins,
    /// A parent and child.
    ParentChild,
    /// A parent and child of one name.
    OneName,
}

/// People of one address.
#[derive(Debug, Clone)]
pub struct Household {
    /// One or two people.
    pub people: Vec<Person>,
    /// How they belong together.
    pub tie: Tie,
}

/// The household of a number. Pure: seed and number decide everything.
#[must_use]
pub fn household(seed: u64, number: u64) -> Household {
    let mut dice = Dice::new(seed, number);
    let dice = &mut dice;
    let heritage = heritage(dice);
    let tie = match dice.below(1000) {
        0..560 => Tie::Alone,
        560..760 => Tie::Couple,
        760..880 => Tie::Siblings,
        880..900 => Tie::Twins,
        900..980 => Tie::ParentChild,
        _ => Tie::OneName,
    };
    let female = dice.chance(if tie == Tie::OneName { 0.05 } else { 0.18 });
    let first = person(heritage, heritage.surname(dice), born(dice, 1948, 2007), female, dice);
    let mut people = vec![first];
    if tie != Tie::Alone {
        let second = relative(heritage, &people[0], tie, dice);
        people.push(second);
    }
    let last = people.len() as u64 - 1;
    let sure = usize::try_from(dice.below(last + 1)).unwrap_or(0);
    for (i, person) in people.iter_mut().enumerate() {
        person.known = i == sure || dice.chance(0.4);
    }
    Household { people, tie }
}

fn born(dice: &mut Dice, from: i16, to: i16) -> Date {
    let year = dice.between(i64::from(from), i64::from(to));
    date(year, dice.between(1, 12), dice.between(1, 31))
}

/// The day, or the 28th where the month has no such day.
pub(super) fn date(year: i64, month: i64, day: i64) -> Date {
    let (year, month) = (i16::try_from(year).unwrap_or(1980), i8::try_from(month).unwrap_or(1));
    let day = i8::try_from(day).unwrap_or(1);
    Date::new(year, month, day).or_else(|_| Date::new(year, month, 28)).unwrap_or(Date::constant(1980, 1, 28))
}

fn person(heritage: &Heritage, surname: String, born: Date, female: bool, dice: &mut Dice) -> Person {
    let year = i64::from(born.year());
    let first_contact = (year + 12 + i64::try_from(dice.below(25)).unwrap_or(0)).min(2025);
    let moves = match dice.below(10) {
        0..6 => 0,
        6..9 => 1,
        _ => 2,
    };
    let address = address(dice);
    let mut addresses: Vec<Address> = address.into_iter().collect();
    for _ in 0..moves {
        addresses.extend(self::address(dice));
    }
    let mut number = |chance: f64, make: &dyn Fn(&mut Dice) -> String| {
        if dice.chance(chance) { make(dice) } else { String::new() }
    };
    Person {
        heritage: heritage.name,
        pnc: number(0.8, &|dice| numbers::pnc(first_contact, dice)),
        cro: number(0.5, &|dice| numbers::cro(first_contact, dice)),
        nhs: number(0.1, &numbers::nhs),
        prison_number: number(0.2, &numbers::prison),
        crn: number(0.3, &numbers::crn),
        forename: heritage.given(female, dice).to_owned(),
        middle: if dice.chance(0.6) { heritage.given(female, dice).to_owned() } else { String::new() },
        surname,
        born,
        female,
        addresses,
        known: false,
    }
}

/// One in fifty has no fixed abode; one in thirty lives in a hostel.
pub(super) fn address(dice: &mut Dice) -> Option<Address> {
    if dice.chance(0.02) {
        return None;
    }
    let (area, town) = area(dice);
    let letters = b"ABDEFGHJLNPQRSTUWXYZ";
    let mut letter = || char::from(dice.pick(letters).copied().unwrap_or(b'A'));
    let (one, two) = (letter(), letter());
    let district = 1 + dice.below(if area.len() == 1 { 19 } else { 24 });
    let postcode = format!("{area}{district} {}{one}{two}", dice.below(10));
    let house = match dice.below(30) {
        0 => "Hostel".to_owned(),
        1..6 => format!("Flat {}, {}", 1 + dice.below(20), 1 + dice.below(150)),
        _ => (1 + dice.below(150)).to_string(),
    };
    Some(Address { house, street: street(dice), town: town.to_owned(), postcode })
}

fn relative(heritage: &Heritage, of: &Person, tie: Tie, dice: &mut Dice) -> Person {
    let year = i64::from(of.born.year());
    let near = |dice: &mut Dice, spread| born(dice, (year - spread) as i16, (year + spread) as i16);
    let (female, birthday) = match tie {
        Tie::Couple => (!of.female, near(dice, 6)),
        Tie::Siblings => (if dice.chance(0.7) { of.female } else { !of.female }, near(dice, 8)),
        Tie::Twins => (if dice.chance(0.75) { of.female } else { !of.female }, of.born),
        Tie::OneName => (of.female, born(dice, (year - 38) as i16, (year - 17) as i16)),
        Tie::ParentChild | Tie::Alone => {
            (dice.chance(0.3), born(dice, (year - 38) as i16, (year - 17) as i16))
        }
    };
    let surname =
        if tie == Tie::Couple && dice.chance(0.3) { heritage.surname(dice) } else { of.surname.clone() };
    let mut person = person(heritage, surname, birthday, female, dice);
    if tie == Tie::OneName {
        person.forename.clone_from(&of.forename);
        if dice.chance(0.5) {
            person.middle.clone_from(&of.middle);
        }
    } else {
        for _ in 0..20 {
            if person.forename != of.forename {
                break;
            }
            heritage.given(female, dice).clone_into(&mut person.forename);
        }
    }
    if dice.chance(if tie == Tie::Couple { 0.95 } else { 0.6 }) {
        person.addresses.clone_from(&of.addresses);
    }
    person
}
