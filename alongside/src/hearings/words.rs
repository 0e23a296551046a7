//! Why a case was put off, from the words of a list or a message. The table is data: `put_off.tsv`, first match wins.

use super::codes::PutOff;

const TABLE: &str = include_str!("put_off.tsv");

/// What these words mean; [`PutOff::Other`] for words that mean none of ours, nothing for none.
#[must_use]
pub fn put_off(words: &str) -> PutOff {
    let plain: String =
        words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    if plain.trim().is_empty() {
        return PutOff::NotSaid;
    }
    rows().find(|(found, _)| plain.contains(&format!(" {found} "))).map_or(PutOff::Other, |(_, means)| means)
}

fn rows() -> impl Iterator<Item = (&'static str, PutOff)> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| line.split_once('\t'))
        .map(|(words, key)| (words, PutOff::from_key(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_says_something() {
        assert!(rows().count() > 25);
        for (words, means) in rows() {
            assert!(means.is_said(), "{words}: its key is none of ours");
            assert_eq!(put_off(words), means, "{words}: an earlier row hides it");
        }
    }

    #[test]
    fn words_of_lists_are_understood_in_any_dress() {
        for (words, means) in [
            ("Adjourned for PSYCHIATRIC REPORT", PutOff::Psychiatric),
            ("Fitness-to-plead", PutOff::Psychiatric),
            ("For a Pre-Sentence Report", PutOff::Psr),
            ("PSR (standard delivery)", PutOff::PsrStandard),
            ("FDR", PutOff::PsrShort),
            ("Sentence, with psr", PutOff::Psr),
            ("For trial", PutOff::Legal),
            ("Interpreter did not attend", PutOff::Other),
            ("Industrial dispute", PutOff::Other),
            (" ", PutOff::NotSaid),
        ] {
            assert_eq!(put_off(words), means, "{words}");
        }
    }
}
