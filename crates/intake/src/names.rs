//! Names in their parts, from parts or from the whole.

use crate::model::Name;
use crate::words::line;

const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "master",
    "dr",
    "sir",
    "lady",
    "lord",
    "rev",
    "reverend",
    "prof",
    "professor",
    "capt",
    "captain",
    "major",
    "col",
    "sgt",
    "pc",
    "fr",
    "mstr",
];

/// Words that belong to the surname after them.
const PARTICLES: [&str; 22] = [
    "van", "von", "de", "der", "den", "da", "dos", "du", "la", "le", "del", "della", "di", "al", "el", "bin",
    "ibn", "ben", "st", "ter", "ap", "abu",
];

/// A name from its parts; the whole is kept as received, or built from the parts.
pub(crate) fn from_parts(
    title: Option<String>,
    forename: Option<String>,
    middle_names: Option<String>,
    surname: Option<String>,
    whole: Option<String>,
) -> Name {
    let (forename, middle_names) = match (forename, middle_names) {
        (Some(both), None) if both.contains(' ') => match both.split_once(' ') {
            Some((first, rest)) => (line(first), line(rest)),
            None => (Some(both), None),
        },
        parts => parts,
    };
    if forename.is_none() && surname.is_none() {
        return whole.as_deref().map(from_whole).unwrap_or_default();
    }
    let built = || {
        let parts: Vec<&str> = [&title, &forename, &middle_names, &surname]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .collect();
        line(&parts.join(" "))
    };
    let as_received = whole.or_else(built);
    Name { title, forename, middle_names, surname, as_received }
}

/// A whole name split as well as can be: `Mr David WATTS`, `WATTS, David`, `MR JAN VAN DER BERG`, `DLONE`.
pub(crate) fn from_whole(whole: &str) -> Name {
    let Some(as_received) = line(whole) else { return Name::default() };
    let mut name = Name { as_received: Some(as_received.clone()), ..Name::default() };
    if let Some((surname, rest)) = as_received.split_once(',') {
        let words = without_title(rest, &mut name);
        name.surname = line(surname);
        forenames(&words, &mut name);
        return name;
    }
    let words = without_title(&as_received, &mut name);
    let surname_from = surname_starts(&words);
    name.surname = line(&words[surname_from..].join(" "));
    forenames(&words[..surname_from], &mut name);
    name
}

/// An organisation's name: kept whole.
pub(crate) fn organisation(whole: Option<String>) -> Name {
    Name { surname: whole.clone(), as_received: whole, ..Name::default() }
}

fn without_title<'a>(text: &'a str, name: &mut Name) -> Vec<&'a str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if let Some(first) = words.first()
        && words.len() > 1
        && TITLES.contains(&first.trim_end_matches('.').to_lowercase().as_str())
    {
        name.title = Some((*first).to_owned());
        words.remove(0);
    }
    words
}

fn forenames(words: &[&str], name: &mut Name) {
    if let Some((first, rest)) = words.split_first() {
        name.forename = Some((*first).to_owned());
        name.middle_names = line(&rest.join(" "));
    }
}

/// Where the surname begins. Courts write surnames in capitals: when only the last words are, they are it. Otherwise it is
/// the last word with the particles before it. The first of several words is never part of it.
fn surname_starts(words: &[&str]) -> usize {
    let last = words.len().saturating_sub(1);
    if last == 0 {
        return 0;
    }
    let capitals = words.iter().rev().take_while(|word| in_capitals(word)).count();
    let own = if capitals > 0 && capitals < words.len() && !in_capitals(words[0]) {
        words.len() - capitals
    } else {
        last
    };
    let is_particle = |word: &&&str| PARTICLES.contains(&word.to_lowercase().as_str());
    own - words[1..own].iter().rev().take_while(is_particle).count()
}

fn in_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
        || word.starts_with("Mc") && word.len() > 3 && !word[2..].chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(whole: &str) -> [Option<String>; 4] {
        let name = from_whole(whole);
        [name.title, name.forename, name.middle_names, name.surname]
    }

    fn parts(of: [&str; 4]) -> [Option<String>; 4] {
        of.map(|part| (!part.is_empty()).then(|| part.to_owned()))
    }

    #[test]
    fn whole_names_are_split_as_courts_write_them() {
        for (whole, want) in [
            ("Mr David WATTS", ["Mr", "David", "", "WATTS"]),
            ("MR CHRIS FAULKNER", ["MR", "CHRIS", "", "FAULKNER"]),
            ("Mr peter philip paul POWELL", ["Mr", "peter", "philip paul", "POWELL"]),
            ("Ms Ana DE SOUZA", ["Ms", "Ana", "", "DE SOUZA"]),
            ("MR JAN VAN DER BERG", ["MR", "JAN", "", "VAN DER BERG"]),
            ("Jan van der Berg", ["", "Jan", "", "van der Berg"]),
            ("Gus van der FICTION", ["", "Gus", "", "van der FICTION"]),
            ("TESTER, Ann Mary", ["", "Ann", "Mary", "TESTER"]),
            ("Tester, Miss Ann", ["Miss", "Ann", "", "Tester"]),
            ("DLONE", ["", "", "", "DLONE"]),
            ("Mr. Sean McTEST", ["Mr.", "Sean", "", "McTEST"]),
            ("", ["", "", "", ""]),
            ("Mr", ["", "", "", "Mr"]),
        ] {
            assert_eq!(split(whole), parts(want), "{whole}");
        }
    }

    #[test]
    fn parts_win_over_the_whole_and_blank_parts_fall_back_to_it() {
        let given = |text: &str| Some(text.to_owned());
        let name = from_parts(None, given("Ann Mary"), None, given("Tester"), given("MS A TESTER"));
        assert_eq!(name.middle_names.as_deref(), Some("Mary"));
        assert_eq!(name.as_received.as_deref(), Some("MS A TESTER"));
        assert_eq!(
            from_parts(None, None, None, None, given("Ann TESTER")).surname.as_deref(),
            Some("TESTER")
        );
    }
}
