//! Addresses: a house, a street, a town and a postcode, each comparable by itself.

use super::names::clean_words;
use super::postcode::Postcode;

/// One address made comparable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Numbers and words of the house, flat first: `FLAT 9 32`, `HOSTEL`.
    pub house: String,
    /// Street with the kind of street in full: `HIGH ROAD`. Empty for no fixed abode.
    pub street: String,
    /// Town.
    pub town: String,
    /// Postcode, if its shape is right.
    pub postcode: Option<Postcode>,
}

impl Place {
    /// Cleans an address as written. "No fixed abode" leaves house and street empty, the town stays.
    #[must_use]
    pub fn read(house: &str, street: &str, town: &str, postcode: &str) -> Self {
        let street = clean_street(street);
        let homeless = matches!(street.as_str(), "NO FIXED ABODE" | "NO FIXED ADDRESS" | "NFA" | "HOMELESS");
        let mut town = clean_plain(town);
        let uk = if postcode.is_empty() { None } else { Postcode::parse(postcode) };
        let foreign = postcode.trim();
        if uk.is_none() && (4..=6).contains(&foreign.len()) && foreign.bytes().all(|b| b.is_ascii_digit()) {
            // A postcode of another country, all digits, helps as a word of the town.
            if !town.is_empty() {
                town.push(' ');
            }
            town.push_str(foreign);
        }
        Place {
            house: if homeless { String::new() } else { clean_plain(house) },
            street: if homeless { String::new() } else { street },
            town,
            postcode: uk,
        }
    }

    /// True when neither street, postcode nor town is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.street.is_empty() && self.postcode.is_none() && self.town.is_empty()
    }

    /// The last number of the house: 32 of `FLAT 9 32`; 0 when it has none.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.house.split(' ').rev().find_map(leading_number).unwrap_or(0)
    }
}

fn leading_number(word: &str) -> Option<u32> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    word.get(..digits)?.parse().ok()
}

/// Upper case words and numbers; digits stay digits.
fn clean_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                out.push(byte.to_ascii_uppercase() as char);
            } else if !matches!(byte, b'\'' | b'.') && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        if out.ends_with(' ') {
            out.pop();
        }
        return out;
    }
    clean_words(text)
}

fn clean_street(text: &str) -> String {
    let mut out = clean_plain(text);
    if let Some(at) = out.rfind(' ') {
        let full = match &out[at + 1..] {
            "RD" => "ROAD",
            "ST" => "STREET",
            "AVE" | "AV" => "AVENUE",
            "LN" => "LANE",
            "CL" => "CLOSE",
            "DR" => "DRIVE",
            "CT" => "COURT",
            "CRES" | "CR" => "CRESCENT",
            "GDNS" | "GDN" => "GARDENS",
            "GR" | "GRV" => "GROVE",
            "PL" => "PLACE",
            "SQ" => "SQUARE",
            "TER" | "TERR" => "TERRACE",
            "WK" => "WALK",
            "WY" => "WAY",
            "MS" => "MEWS",
            _ => return out,
        };
        out.truncate(at + 1);
        out.push_str(full);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_keeps_its_house_number() {
        let place = Place::read("Flat 9, 32", "Hornbeam Rd.", "London", "e1 7dy");
        assert_eq!((place.house.as_str(), place.number()), ("FLAT 9 32", 32));
        assert_eq!(place.street, "HORNBEAM ROAD");
        assert_eq!(place.postcode.map(|p| p.to_string()).as_deref(), Some("E1 7DY"));
    }

    #[test]
    fn no_fixed_abode_is_no_address_but_a_town_stays() {
        let place = Place::read("", "No Fixed Abode", "Hemel", "NF1 1NF");
        assert_eq!(place, Place { town: "HEMEL".into(), ..Place::default() });
    }
}
