//! Whether a text names somebody else: another person's name or number in a report is a breach that can't be called back.
//!
//! It finds what can be found without understanding: names of people on the same day's list, a relation or a title with a name
//! behind it, numbers that are not this person's. Everything it finds is for a human to judge.

use linkage::{Check, NhsNumber, Pnc, PrisonNumber};

/// Whose names and numbers may stand in the text, and whose must not.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Words of the person's own names, and of those who may be named: whoever writes, asks, or gets it.
    pub own: Vec<String>,
    /// The person's own numbers, and our telephone.
    pub own_numbers: Vec<String>,
    /// Forename and surname of others on the same list.
    pub others: Vec<(String, String)>,
    /// Titles, in small letters, that are not the person's: before their own surname they mean somebody else of the family.
    pub titles_of_others: Vec<&'static str>,
}

/// Why something was pointed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Somebody who stands on the same court list.
    OnTheList,
    /// A relation or an acquaintance by name.
    Relation,
    /// Somebody with a title.
    Title,
    /// A number that is not this person's.
    Number,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Why.
    pub why: Named,
    /// As it stands in the text.
    pub words: String,
}

const RELATIONS: [&str; 77] = [
    "mother",
    "father",
    "mum",
    "dad",
    "brother",
    "sister",
    "son",
    "daughter",
    "wife",
    "husband",
    "partner",
    "ex-partner",
    "girlfriend",
    "boyfriend",
    "friend",
    "neighbour",
    "uncle",
    "aunt",
    "cousin",
    "grandmother",
    "grandfather",
    "nan",
    "victim",
    "complainant",
    "witness",
    "co-defendant",
    "child",
    "baby",
    "flatmate",
    "ex",
    "mam",
    "parent",
    "parents",
    "brothers",
    "sisters",
    "sons",
    "daughters",
    "children",
    "kids",
    "stepmother",
    "stepfather",
    "stepdad",
    "stepmum",
    "stepson",
    "stepdaughter",
    "stepbrother",
    "stepsister",
    "step-mother",
    "step-father",
    "step-son",
    "step-daughter",
    "half-brother",
    "half-sister",
    "ex-wife",
    "ex-husband",
    "ex-girlfriend",
    "ex-boyfriend",
    "fiancé",
    "fiancée",
    "fiance",
    "fiancee",
    "spouse",
    "grandma",
    "grandad",
    "granddad",
    "grandparents",
    "grandchild",
    "grandson",
    "granddaughter",
    "nephew",
    "niece",
    "mother-in-law",
    "father-in-law",
    "carer",
    "landlord",
    "landlady",
    "housemate",
];
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mx", "master"];
/// Words with a capital that are no name.
const NOT_NAMES: [&str; 29] = [
    "i",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "nhs",
    "gp",
    "court",
    "magistrates",
    "the",
    "a",
    "crown",
    "english",
    "christmas",
];

/// One word of a text: with what joins a name together, without what stands around it.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '“' | '”' | '"' | '/' | ';' | ':'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|word| word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect()
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn begins_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A word that can be a name and is none of the person's own.
fn foreign_name(word: &str, names: &Names) -> bool {
    begins_large(word)
        && word.chars().count() > 1
        && !NOT_NAMES.contains(&word.to_lowercase().as_str())
        && !names.own.iter().any(|own| same(own, word))
}

/// A relation or an acquaintance that a text speaks of, named or not: "his mother said".
#[must_use]
pub fn relation_in(text: &str) -> Option<&str> {
    words(text).into_iter().find(|word| RELATIONS.contains(&word.to_lowercase().as_str()))
}

/// Everything in a text that looks like somebody else, each once, in the order of the text's own reading.
#[must_use]
pub fn mentions(text: &str, names: &Names) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut add = |why, words: String| {
        if !found.iter().any(|there| there.words == words) {
            found.push(Mention { why, words });
        }
    };
    let all = words(text);
    for (at, word) in all.iter().enumerate() {
        let next = all.get(at + 1).copied().unwrap_or_default();
        let after = all.get(at + 2).copied().unwrap_or_default();
        let lower = word.to_lowercase();
        if RELATIONS.contains(&lower.as_str()) {
            let name = if ["called", "named"].contains(&next.to_lowercase().as_str()) { after } else { next };
            if foreign_name(name, names) {
                add(Named::Relation, format!("{word} {name}"));
            }
        }
        let of_another = names.titles_of_others.contains(&lower.as_str()) && begins_large(next);
        if TITLES.contains(&lower.as_str()) && (foreign_name(next, names) || of_another) {
            add(Named::Title, format!("{word} {next}"));
        }
    }
    for words in on_the_list(&all, names) {
        add(Named::OnTheList, words);
    }
    for number in numbers(text, names) {
        add(Named::Number, number);
    }
    found
}

fn on_the_list(all: &[&str], names: &Names) -> Vec<String> {
    let mut found = Vec::new();
    for (forename, surname) in names.others.iter().filter(|(f, s)| !f.is_empty() && !s.is_empty()) {
        // Somebody with the same name as the person can't be told apart in a text.
        let theirs = |word: &str| names.own.iter().any(|own| same(own, word));
        if theirs(forename) && words(surname).iter().all(|part| theirs(part)) {
            continue;
        }
        let (given, family): (Vec<&str>, Vec<&str>) = (words(forename), words(surname));
        let orders = [[given.clone(), family.clone()].concat(), [family, given].concat()];
        for name in orders.iter().filter(|name| name.len() > 1) {
            if all.windows(name.len()).any(|there| there.iter().zip(name).all(|(a, b)| same(a, b))) {
                found.push(format!("{forename} {surname}"));
                break;
            }
        }
    }
    found
}

fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// Numbers of the kinds that name a person, and telephone numbers.
fn numbers(text: &str, names: &Names) -> Vec<String> {
    let own: Vec<String> = names.own_numbers.iter().map(|number| plain(number)).collect();
    let mut found = Vec::new();
    let mut keep = |raw: &str| {
        if !own.contains(&plain(raw)) {
            found.push(raw.to_owned());
        }
    };
    for run in digit_runs(text) {
        let digits = plain(run);
        let telephone = digits.starts_with('0') && (10..=11).contains(&digits.len());
        if telephone || NhsNumber::parse(run).is_ok_and(|nhs| nhs.check() == Check::Fits) {
            keep(run);
        }
    }
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let shaped =
            word.chars().any(char::is_alphabetic) && word.chars().filter(char::is_ascii_digit).count() >= 4;
        let pnc = word.contains('/') && Pnc::parse(word).is_ok_and(|pnc| pnc.check() == Check::Fits);
        if shaped && (pnc || PrisonNumber::parse(word).is_ok()) {
            keep(word);
        }
    }
    found
}

/// Figures that stand together, with single spaces or dashes between them.
fn digit_runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let (mut start, mut end) = (None, 0);
    let mut close = |start: Option<usize>, end: usize| {
        if let Some(run) = start.and_then(|start: usize| text.get(start..end)) {
            runs.push(run);
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            if start.is_none() || at > end + 1 {
                close(start, end);
                start = Some(at);
            }
            end = at + 1;
        } else if !matches!(c, ' ' | '-') {
            close(start, end);
            start = None;
        }
    }
    close(start, end);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names() -> Names {
        let own = ["Ana", "Example", "Sam", "Practitioner"].map(str::to_owned).to_vec();
        Names {
            own,
            own_numbers: vec!["943 476 5919".into(), "020 7946 0000".into()],
            titles_of_others: vec!["master"],
            others: vec![
                ("Ignatius".into(), "MADEUPSON".into()),
                ("Ana".into(), "Example".into()),
                ("Zoë Mae".into(), "Pretend-Other".into()),
            ],
        }
    }

    fn found(text: &str) -> Vec<(Named, String)> {
        mentions(text, &names()).into_iter().map(|m| (m.why, m.words)).collect()
    }

    #[test]
    fn people_on_the_same_list_are_found_in_either_order() {
        assert_eq!(
            found("Arrested with Ignatius Madeupson."),
            [(Named::OnTheList, "Ignatius MADEUPSON".into())]
        );
        assert_eq!(found("MADEUPSON, Ignatius was there"), [(Named::OnTheList, "Ignatius MADEUPSON".into())]);
        assert_eq!(found("with Zoë Mae Pretend-Other’s phone").len(), 1);
        assert_eq!(found("Ana Example is calm. Ignatius is a fine name."), []);
    }

    #[test]
    fn a_relation_or_a_title_with_a_name_is_found_and_one_without_is_not() {
        assert_eq!(found("her sister Maria will come"), [(Named::Relation, "sister Maria".into())]);
        assert_eq!(found("a friend called Bob"), [(Named::Relation, "friend Bob".into())]);
        assert_eq!(found("Mrs Smith next door"), [(Named::Title, "Mrs Smith".into())]);
        assert_eq!(found("Master Example and Mrs Example"), [(Named::Title, "Master Example".into())]);
        assert_eq!(found("his ex-wife Maria"), [(Named::Relation, "ex-wife Maria".into())]);
        assert_eq!(
            found("Her sister rings. Her brother, on Monday, and her mum I hear. Mr Practitioner wrote."),
            []
        );
    }

    #[test]
    fn numbers_of_somebody_else_are_found_and_the_persons_own_are_not() {
        assert_eq!(found("NHS number 943 476 5870"), [(Named::Number, "943 476 5870".into())]);
        assert_eq!(found("NHS 943-476-5919, ring 020 7946 0000"), []);
        assert_eq!(found("ring 07700 900123"), [(Named::Number, "07700 900123".into())]);
        assert_eq!(found("on 26 11 2026 at 10 15, 3 days, 2 sisters"), []);
        assert_eq!(found("Prison number A1234BC."), [(Named::Number, "A1234BC".into())]);
    }

    proptest! {
        #[test]
        fn whoever_stands_on_the_list_is_found_wherever_they_stand(before in "[a-z ,.]{0,30}", after in "[a-z ,.]{0,30}", swap: bool) {
            let name = if swap { "Madeupson, Ignatius" } else { "ignatius MADEUPSON" };
            let text = format!("{before} {name} {after}");
            prop_assert!(mentions(&text, &names()).iter().any(|m| m.why == Named::OnTheList), "{}", text);
        }

        #[test]
        fn any_text_is_looked_through(text in "\\PC{0,120}") {
            for mention in mentions(&text, &names()) {
                prop_assert!(!mention.words.is_empty());
            }
        }
    }
}
