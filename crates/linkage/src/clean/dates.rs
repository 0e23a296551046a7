//! Dates of birth in the forms that lists use. Two-digit years are not read: they say too little about a century.

use jiff::civil::Date;

/// Reads `YYYY-MM-DD`, `YYYYMMDD`, `DD/MM/YYYY` (any of `/ - . space`), with or without leading zeros or a time after.
///
/// `None` when there is no such day, or the year is before 1800 (nobody on a list, but historical sets are read).
#[must_use]
pub fn read_date(text: &str) -> Option<Date> {
    let bytes = text.trim().as_bytes();
    let mut parts = [0i32; 3];
    let mut widths = [0usize; 3];
    let mut part = 0;
    for &byte in bytes {
        match byte {
            b'0'..=b'9' if widths[part] < 8 => {
                parts[part] = parts[part] * 10 + i32::from(byte - b'0');
                widths[part] += 1;
            }
            b'/' | b'-' | b'.' | b' ' if widths[part] > 0 && part < 2 => part += 1,
            b'T' | b' ' if part == 2 && widths[2] > 0 => break,
            _ => return None,
        }
    }
    let (year, month, day) = match widths {
        [8, 0, 0] => (parts[0] / 10_000, parts[0] / 100 % 100, parts[0] % 100),
        [4, 1..=2, 1..=2] => (parts[0], parts[1], parts[2]),
        [1..=2, 1..=2, 4] => (parts[2], parts[1], parts[0]),
        _ => return None,
    };
    if !(1800..=9999).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Dates that systems write for "not known" (published cleaning drops the same two).
pub(super) fn is_placeholder(date: Date) -> bool {
    matches!((date.year(), date.month(), date.day()), (1900 | 1970, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_one_day() {
        let day = Date::constant(1984, 5, 7);
        for text in [
            "1984-05-07",
            "07/05/1984",
            "7/5/1984",
            "07.05.1984",
            "19840507",
            " 1984-05-07T00:00:00Z",
            "7 5 1984",
        ] {
            assert_eq!(read_date(text), Some(day), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_known() {
        for text in ["", "1984-02-30", "00/00/0000", "07/05/84", "unknown", "1984-05", "99999999", "１９８４"]
        {
            assert_eq!(read_date(text), None, "{text:?}");
        }
    }
}
