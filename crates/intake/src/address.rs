//! Addresses: the lines as received and a best-effort split into house, street and town.

use crate::model::Address;
use crate::words::line;

/// An address from lines and a postcode; `None` when there is nothing in them.
pub(crate) fn address(lines: impl IntoIterator<Item = String>, postcode: Option<&str>) -> Option<Address> {
    let mut lines: Vec<String> = lines.into_iter().filter_map(|text| line(&text)).collect();
    let mut postcode = postcode.and_then(line);
    if postcode.is_none()
        && let Some(last) = lines.last()
        && looks_like_postcode(last)
    {
        postcode = lines.pop();
    }
    if lines.is_empty() && postcode.is_none() {
        return None;
    }
    let (house, street, used) = house_and_street(&lines);
    let rest = &lines[used.min(lines.len())..];
    let town = rest.iter().rev().find(|text| !is_country(text)).cloned();
    Some(Address { lines, postcode, house, street, town })
}

/// An address typed into one cell.
pub(crate) fn from_cell(cell: &str, postcode: Option<&str>) -> Option<Address> {
    address(cell.split([',', '\n', ';']).map(str::to_owned), postcode)
}

/// Whether the sender says the person lives nowhere: "NFA", "No fixed abode", "of no fixed address".
pub(crate) fn no_fixed_abode(address: &Address) -> bool {
    let all = address.lines.join(" ").to_lowercase();
    let postcode = address.postcode.as_deref().unwrap_or_default().replace(' ', "").to_uppercase();
    all.contains("no fixed abode")
        || all.contains("no fixed address")
        || all.split(|c: char| !c.is_alphanumeric()).any(|word| word == "nfa")
        || all.contains("n.f.a")
        // NF1 1NF is written where a system demands a postcode and there is none (the national matching service drops it).
        || postcode == "NF11NF"
}

fn house_and_street(lines: &[String]) -> (Option<String>, Option<String>, usize) {
    let Some(first) = lines.first() else { return (None, None, 0) };
    match first.split_once(' ') {
        Some((house, street)) if starts_with_digit(house) => {
            (Some(house.trim_end_matches(',').to_owned()), line(street), 1)
        }
        _ if first.to_lowercase().starts_with("flat") || starts_with_digit(first) => {
            (Some(first.clone()), lines.get(1).cloned(), 2)
        }
        _ => (None, Some(first.clone()), 1),
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn is_country(text: &str) -> bool {
    ["england", "wales", "uk", "united kingdom", "great britain"].contains(&text.to_lowercase().as_str())
}

/// The shape of a British postcode: outward part, then a digit and two letters.
fn looks_like_postcode(text: &str) -> bool {
    let packed: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = |part: &[char]| part.iter().all(char::is_ascii_alphabetic);
    (5..=7).contains(&packed.len())
        && packed[0].is_ascii_alphabetic()
        && packed[packed.len() - 3].is_ascii_digit()
        && letters(&packed[packed.len() - 2..])
        && packed[..packed.len() - 3].iter().any(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str], postcode: Option<&str>) -> Option<Address> {
        address(lines.iter().map(|&text| text.to_owned()), postcode)
    }

    #[test]
    fn house_street_and_town_are_split_where_that_is_plain() {
        let split = of(&["11 High Street", "", "Pinner", "England"], Some("UB11 7JJ")).unwrap();
        assert_eq!(split.lines, ["11 High Street", "Pinner", "England"]);
        assert_eq!((split.house.as_deref(), split.street.as_deref()), (Some("11"), Some("High Street")));
        assert_eq!(split.town.as_deref(), Some("Pinner"));
    }

    #[test]
    fn a_postcode_in_the_last_line_is_found() {
        let cell = from_cell("Flat 2, 14 Test Road, London, E1 1AA", None).unwrap();
        assert_eq!(cell.postcode.as_deref(), Some("E1 1AA"));
        assert_eq!(cell.town.as_deref(), Some("London"));
    }

    #[test]
    fn blank_lines_are_no_address_and_no_fixed_abode_is_recognised() {
        assert_eq!(of(&["", " "], Some("")), None);
        for text in ["No Fixed Abode", "NFA", "of no fixed address", "N.F.A."] {
            assert!(no_fixed_abode(&of(&[text], None).unwrap()), "{text}");
        }
        assert!(!no_fixed_abode(&of(&["1 Nfafield Road"], None).unwrap()));
    }
}
