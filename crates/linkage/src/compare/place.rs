//! Addresses: the best agreement between any address of one side and any of the other, past ones too.

use super::Level;
use crate::clean::{Place, Postcode};
use crate::frequencies::{Frequencies, TermKind, term_hash};
use crate::text::slips;

pub(super) fn compare(a: &[Place], b: &[Place], register: &Frequencies) -> (Level, f64) {
    let mut best: Option<(Level, f64)> = None;
    for x in a {
        for y in b {
            if let Some((level, share)) = one(x, y, register)
                && best.is_none_or(|(before, _)| (level as u8) < before as u8)
            {
                best = Some((level, share));
            }
        }
    }
    match best {
        Some((level, share)) => (level, (share * (a.len() * b.len()) as f64).min(1.0)),
        None => (Level::Missing, 0.0),
    }
}

fn share(kind: TermKind, value: &str, register: &Frequencies) -> f64 {
    f64::max(f64::from(register.count_hash(term_hash(kind, value)).unwrap_or(0)), 2.0)
        / register.people() as f64
}

fn one(a: &Place, b: &Place, register: &Frequencies) -> Option<(Level, f64)> {
    let number = a.number() != 0 && a.number() == b.number();
    if let (Some(x), Some(y)) = (a.postcode, b.postcode) {
        if x == y {
            let share = share(TermKind::Postcode, x.as_str(), register);
            let level =
                if number || (near(&a.house, &b.house) && near(&a.street, &b.street) && a.number() != 0) {
                    Level::AddressHouse
                } else if a.number() == 0 || b.number() == 0 {
                    Level::AddressHostel
                } else {
                    Level::AddressPostcode
                };
            return Some((level, share));
        }
        if number && near(&a.street, &b.street) && (near_postcode(x, y) || near_town(&a.town, &b.town)) {
            return Some((Level::AddressStreet, 0.0));
        }
        if near(&a.street, &b.street) && near_town(&a.town, &b.town) {
            return Some((Level::AddressRoad, 0.0));
        }
        if x.outcode() == y.outcode() {
            return Some((Level::AddressOutcode, share(TermKind::Outcode, x.outcode(), register)));
        }
        if x.area() == y.area() || near_town(&a.town, &b.town) {
            let share = f64::max(share(TermKind::Town, x.area(), register), town_share(a, b, register));
            return Some((Level::AddressTown, share));
        }
        return Some((Level::AddressDiffers, 0.0));
    }
    if number
        && near(&a.street, &b.street)
        && (a.town.is_empty() || b.town.is_empty() || near_town(&a.town, &b.town))
    {
        return Some((Level::AddressStreet, 0.0));
    }
    if a.town.is_empty() || b.town.is_empty() {
        return None;
    }
    if near(&a.street, &b.street) && near_town(&a.town, &b.town) {
        return Some((Level::AddressRoad, 0.0));
    }
    if near_town(&a.town, &b.town) {
        return Some((Level::AddressTown, town_share(a, b, register)));
    }
    Some((Level::AddressDiffers, 0.0))
}

/// How much of the register lives in the commoner of the two towns: a town known by its slip is the town it was meant for.
fn town_share(a: &Place, b: &Place, register: &Frequencies) -> f64 {
    let of = |place: &Place| share(TermKind::Town, &place.town, register);
    if near(&a.town, &b.town) { f64::max(of(a), of(b)) } else { 0.0 }
}

fn near(x: &str, y: &str) -> bool {
    !x.is_empty() && !y.is_empty() && (x == y || slips(x, y, 3).is_some())
}

/// The same town but for slips, or the same foreign postcode in it.
fn near_town(x: &str, y: &str) -> bool {
    let number = |t: &str| {
        t.rsplit(' ').next().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
    };
    near(x, y) || (number(x).is_some() && number(x) == number(y))
}

/// One character wrong, or two crossed.
fn near_postcode(x: Postcode, y: Postcode) -> bool {
    super::identifier::one_keystroke(x.as_str().as_bytes(), y.as_str().as_bytes())
        || slips(x.as_str(), y.as_str(), 2).is_some()
}
