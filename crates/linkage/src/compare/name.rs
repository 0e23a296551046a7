//! Names: the best agreement between any name of one side and any of the other.

use super::{Evidence, Field, Level};
use crate::clean::{Cleaned, FullName};
use crate::frequencies::{Frequencies, TermKind, full_name_hash, term_hash};
use crate::text::{jaro_winkler, slips, sound};
use crate::variants::are_variants;

type Answer = (Level, (f64, f64));

/// Nothing depends on how common the values are.
const ANY: (f64, f64) = (0.0, 0.0);

pub(super) fn compare(a: &Cleaned, b: &Cleaned, register: &Frequencies, out: &mut Evidence) {
    let mut best: Option<(Order, [Answer; 3], &FullName)> = None;
    for x in &a.names {
        for y in &b.names {
            let answer = one(x, y, register);
            let order = order(&answer);
            if best.is_none_or(|(before, ..)| order < before) {
                best = Some((order, answer, x));
            }
        }
    }
    let Some((_, [forename, middle, surname], name)) = best else { return };
    // Each further pair of names tried is one more chance for a stranger to agree.
    let tries = (a.names.len() * b.names.len()) as f64;
    out.set_both(Field::Forename, (forename.0, (forename.1.0 * tries, forename.1.1 * tries)));
    out.set_both(Field::Middle, middle);
    out.set_both(Field::Surname, surname);
    if forename.0 == Level::ForenameEqual && surname.0 == Level::SurnameEqual {
        let count = register.count_hash(full_name_hash(name.forename(), &name.surname)).unwrap_or(0);
        let together = (f64::from(count) - 2.0) / register.people() as f64;
        if together > forename.1.0 * surname.1.0 {
            out.full_name_share = together;
        }
    }
}

/// Which pair of names agrees best: by rank, then by level and share, so that the answer doesn't depend on the order of names.
type Order = (u8, [u8; 3], [f64; 2]);

fn order([forename, middle, surname]: &[Answer; 3]) -> Order {
    let levels = [forename.0 as u8, surname.0 as u8, middle.0 as u8];
    (rank(forename.0) + rank(surname.0), levels, [forename.1.0, surname.1.0])
}

/// Lower is better; only to choose among aliases.
fn rank(level: Level) -> u8 {
    match level {
        Level::ForenameEqual | Level::SurnameEqual => 0,
        Level::ForenameVariant | Level::ForenameSlip | Level::SurnameSlip | Level::SurnamePart => 1,
        Level::ForenameSwapped | Level::SurnameSwapped | Level::ForenameInitial => 2,
        Level::ForenameIsMiddle | Level::ForenameSimilar | Level::SurnameSimilar => 3,
        Level::Missing => 4,
        _ => 6,
    }
}

/// Share of the register with a value, and never less than one person.
fn share(kind: TermKind, word: &str, register: &Frequencies) -> f64 {
    f64::max(f64::from(register.count_hash(term_hash(kind, word)).unwrap_or(0)), 0.5)
        / register.people() as f64
}

/// The shares of two values, the rarer first.
fn shares(kind: TermKind, x: &str, y: &str, register: &Frequencies) -> (f64, f64) {
    let (x, y) = (share(kind, x, register), share(kind, y, register));
    (x.min(y), x.max(y))
}

fn one(a: &FullName, b: &FullName, register: &Frequencies) -> [Answer; 3] {
    let surname = surnames(a, b, register);
    let mut forename = forenames(a, b, register);
    let weak =
        |level| matches!(level, Level::ForenameDiffers | Level::ForenameIsMiddle | Level::ForenameSimilar);
    let surname_weak = matches!(surname.0, Level::SurnameDiffers | Level::SurnameSimilar);
    if weak(forename.0) && surname_weak && swapped(a, b) {
        // Each half's value is the commoner of the two spellings, whichever of them was the slip.
        let half = |given: &str, surname: &str| {
            f64::max(share(TermKind::Forename, given, register), share(TermKind::Surname, surname, register))
        };
        return [
            (Level::ForenameSwapped, (half(a.forename(), &b.surname), 0.0)),
            middles(a, b, false, register),
            (Level::SurnameSwapped, (half(b.forename(), &a.surname), 0.0)),
        ];
    }
    if forename.0 == Level::Missing && surname.0 == Level::Missing {
        forename = (Level::Missing, ANY);
    }
    [forename, middles(a, b, forename.0 == Level::ForenameIsMiddle, register), surname]
}

/// Both halves agree crosswise, each allowing one slip.
fn swapped(a: &FullName, b: &FullName) -> bool {
    let near = |x: &str, y: &str| {
        x.len() > 1 && y.len() > 1 && (x == y || slips(x, y, 2).is_some() || are_variants(x, y))
    };
    let crossed =
        |given: &FullName, other: &FullName| other.surnames().any(|word| near(given.forename(), word));
    crossed(a, b) && crossed(b, a)
}

fn forenames(a: &FullName, b: &FullName, register: &Frequencies) -> Answer {
    let (x, y) = (a.forename(), b.forename());
    if x.is_empty() || y.is_empty() {
        return (Level::Missing, ANY);
    }
    if x == y {
        let level = if x.len() == 1 { Level::ForenameInitial } else { Level::ForenameEqual };
        return (level, (share(TermKind::Forename, x, register), 0.0));
    }
    let both = || shares(TermKind::Forename, x, y, register);
    if x.len() == 1 || y.len() == 1 {
        let level =
            if x.as_bytes()[0] == y.as_bytes()[0] { Level::ForenameInitial } else { Level::ForenameDiffers };
        return (level, ANY);
    }
    if are_variants(x, y) {
        return (Level::ForenameVariant, both());
    }
    if slipped(x, y) {
        return (Level::ForenameSlip, both());
    }
    let middle =
        |one: &str, other: &FullName| other.middles().any(|m| m.len() > 1 && (m == one || slipped(m, one)));
    if middle(x, b) || middle(y, a) {
        return (Level::ForenameIsMiddle, ANY);
    }
    if jaro_winkler(x, y) >= 0.85 || (sound(x) == sound(y) && x.len().min(y.len()) > 3) {
        return (Level::ForenameSimilar, both());
    }
    (Level::ForenameDiffers, ANY)
}

/// One slip for short words; two for words of six letters and more.
fn slipped(x: &str, y: &str) -> bool {
    let limit = match x.len().min(y.len()) {
        0..=2 => return false,
        3 => 1,
        4..=5 => 2,
        _ => 3,
    };
    slips(x, y, limit).is_some()
}

fn surnames(a: &FullName, b: &FullName, register: &Frequencies) -> Answer {
    let (x, y) = (a.surname.as_str(), b.surname.as_str());
    if x.is_empty() || y.is_empty() {
        return (Level::Missing, ANY);
    }
    if x == y || (x.contains(' ') != y.contains(' ') && x.split(' ').eq(y.split(' '))) {
        return (Level::SurnameEqual, (share(TermKind::Surname, x, register), 0.0));
    }
    let both = || shares(TermKind::Surname, x, y, register);
    if slipped(x, y) {
        return (Level::SurnameSlip, both());
    }
    let double = a.surname.contains(' ') || b.surname.contains(' ');
    if double {
        if joined_equal(x, y) {
            return (Level::SurnameEqual, (both().0, 0.0));
        }
        for word in a.surnames() {
            if word.len() > 2 && b.surnames().any(|other| other == word || slipped(word, other)) {
                return (Level::SurnamePart, (share(TermKind::Surname, word, register), 0.0));
            }
        }
    }
    if jaro_winkler(x, y) >= 0.88 || (sound(x) == sound(y) && x.len().min(y.len()) > 3) {
        return (Level::SurnameSimilar, both());
    }
    (Level::SurnameDiffers, ANY)
}

/// `DE LA CRUZ` and `DELACRUZ`; `AL HASSAN SMITH` and `SMITH AL HASSAN`.
fn joined_equal(x: &str, y: &str) -> bool {
    let letters = |t: &str| t.bytes().filter(|b| *b != b' ').count();
    letters(x) == letters(y)
        && (x.bytes().filter(|b| *b != b' ').eq(y.bytes().filter(|b| *b != b' '))
            || (x.split(' ').count() == y.split(' ').count()
                && x.split(' ').all(|w| y.split(' ').any(|v| v == w))))
}

fn middles(a: &FullName, b: &FullName, moved_up: bool, register: &Frequencies) -> Answer {
    if moved_up {
        // The middle name was the forename's match; it can't count twice.
        return (Level::Missing, ANY);
    }
    let (x, y) = (a.middles().next(), b.middles().next());
    let (x, y) = match (x, y) {
        (Some(x), Some(y)) if !x.is_empty() && !y.is_empty() => (x, y),
        (None, None) => return (Level::Missing, ANY),
        _ => return (Level::MiddleOneSide, ANY),
    };
    let common = a.middles().filter(|m| m.len() > 1 && b.middles().any(|n| *m == n));
    let rarest = common.map(|word| share(TermKind::Forename, word, register)).min_by(f64::total_cmp);
    if let Some(share) = rarest {
        return (Level::MiddleEqual, (share, 0.0));
    }
    if x.len() == 1 || y.len() == 1 {
        let fits = x.as_bytes()[0] == y.as_bytes()[0];
        return (if fits { Level::MiddleInitial } else { Level::MiddleDiffers }, ANY);
    }
    if are_variants(x, y) || slipped(x, y) {
        return (Level::MiddleClose, ANY);
    }
    (Level::MiddleDiffers, ANY)
}
