//! Numbers whose check letters and digits fit (rules: see `linkage`'s identifiers).

use super::dice::Dice;

const LETTERS: &[u8; 23] = b"ZABCDEFGHJKLMNPQRTUVWXY";

fn letter(number: u64) -> char {
    char::from(LETTERS[(number % 23) as usize])
}

/// A PNC number first issued in this year.
pub(super) fn pnc(year: i64, dice: &mut Dice) -> String {
    let serial = 1 + dice.below(799_999);
    format!("{year:04}/{serial:07}{}", letter(year.rem_euclid(100).cast_unsigned() * 10_000_000 + serial))
}

/// A CRO number of this year.
pub(super) fn cro(year: i64, dice: &mut Dice) -> String {
    let (serial, year) = (1 + dice.below(399_999), year.rem_euclid(100).cast_unsigned());
    format!("{serial:06}/{year:02}{}", letter(year * 1_000_000 + serial))
}

/// An NHS number of the range that is kept for tests and never given to anyone (999…).
pub(super) fn nhs(dice: &mut Dice) -> String {
    loop {
        let nine = 999_000_000 + dice.below(1_000_000);
        let (mut rest, mut sum) = (nine, 0);
        for factor in 2..=10 {
            sum += rest % 10 * factor;
            rest /= 10;
        }
        match (11 - sum % 11) % 11 {
            10 => {}
            check => return format!("{nine}{check}"),
        }
    }
}

/// A probation case reference number.
pub(super) fn crn(dice: &mut Dice) -> String {
    format!("X{:06}", dice.below(1_000_000))
}

/// A prison number.
pub(super) fn prison(dice: &mut Dice) -> String {
    let mut letter = || char::from(b'A' + u8::try_from(dice.below(26)).unwrap_or(0));
    let (first, last, end) = (letter(), letter(), letter());
    format!("{first}{:04}{last}{end}", dice.below(10_000))
}
