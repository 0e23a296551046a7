//! Paper for the cells: a short code on each sheet opens the right record later.

use super::work::Found;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ListingId;
use store::{Read, Result, sql};

/// Letters and figures that can't be mistaken for each other in handwriting: no I, L, O, U, 0, 1.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Five of them and a check letter: 24 million sheets, and a slip of the pen is noticed.
const LENGTH: usize = 5;

fn check_letter(code: &[u8]) -> u8 {
    let sum: usize = code
        .iter()
        .zip(1..)
        .map(|(c, weight)| ALPHABET.iter().position(|a| a == c).unwrap_or(0) * weight)
        .sum();
    // 29 is prime: a wrong character or two swapped ones change the sum.
    ALPHABET[sum % 29]
}

/// A code as typed, in capitals without spaces or dashes; nothing when it can't be one.
#[must_use]
pub fn read_code(typed: &str) -> Option<String> {
    let code: Vec<u8> = typed.trim().to_uppercase().bytes().filter(|b| !b" -".contains(b)).collect();
    let fits = code.len() == LENGTH + 1
        && code.iter().all(|c| ALPHABET.contains(c))
        && check_letter(&code[..LENGTH]) == code[LENGTH];
    if fits { String::from_utf8(code).ok() } else { None }
}

/// The code of a line's sheet: the one it has, or a new one.
///
/// # Errors
/// When the database refuses.
pub fn code_for<C: Capability>(w: &mut Writer<'_, C>, line: &Found) -> Result<String> {
    if let Some(row) = w.maybe(sql("SELECT code FROM sheet_code WHERE listing_id = $1"), &[&line.id()])? {
        return row.get("code");
    }
    let (by, now) = (w.by(), clock::now());
    w.record(Event::new("cell sheet made", "listing", line.id()));
    loop {
        let mut random = [0_u8; LENGTH];
        getrandom::fill(&mut random)
            .map_err(|e| store::Error::Connect(format!("no randomness from the system: {e}")))?;
        let mut code: Vec<u8> = random.iter().map(|b| ALPHABET[usize::from(*b) % ALPHABET.len()]).collect();
        code.push(check_letter(&code));
        let code = String::from_utf8_lossy(&code).into_owned();
        let inserted = w.execute(
            sql("INSERT INTO sheet_code (code, listing_id, printed_at, printed_by) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING"),
            &[&code, &line.id(), &now, &by],
        )?;
        if inserted == 1 {
            return Ok(code);
        }
    }
}

/// The line a sheet's code belongs to.
///
/// # Errors
/// When the database can't be read.
pub fn listing_of_code(r: &mut Read<'_>, code: &str) -> Result<Option<ListingId>> {
    r.maybe(sql("SELECT listing_id FROM sheet_code WHERE code = $1"), &[&code])?
        .map(|row| row.get("listing_id"))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(code: &str) -> String {
        let mut bytes = code.as_bytes().to_vec();
        bytes.push(check_letter(code.as_bytes()));
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = whole("2AB4X");
        let spaced = format!(" {}-{} ", &code[..3].to_lowercase(), &code[3..]);
        assert_eq!(read_code(&spaced), Some(code));
        assert_eq!(read_code("2AB4"), None);
        assert_eq!(read_code("ÄÖ123É"), None);
    }

    #[test]
    fn one_wrong_letter_or_two_swapped_ones_are_noticed() {
        let code = whole("2AB4X");
        let mut bytes = code.clone().into_bytes();
        bytes.swap(1, 2);
        assert_eq!(read_code(&String::from_utf8(bytes).unwrap()), None);
        for at in 0..LENGTH {
            let mut bytes = code.clone().into_bytes();
            // Position 0 and the last of the alphabet differ by 29 and share a remainder; the test stays below.
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            assert_eq!(read_code(&String::from_utf8(bytes).unwrap()), None, "place {at}");
        }
    }
}
