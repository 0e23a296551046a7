//! Drafts of letters that ask for information, as data in `templates.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

/// One draft.
#[derive(Debug, Clone, Deserialize)]
pub struct Template {
    /// Its key.
    pub key: String,
    /// The agency it is for; empty for any.
    pub agency: String,
    /// Its name on pages.
    pub name: String,
    /// The text, with places in braces.
    pub text: String,
}

#[derive(Debug, Deserialize)]
struct File {
    template: Vec<Template>,
}

/// All drafts.
#[must_use]
pub fn templates() -> &'static [Template] {
    static ALL: LazyLock<Vec<Template>> = LazyLock::new(|| {
        toml::from_str::<File>(include_str!("templates.toml")).map(|file| file.template).unwrap_or_default()
    });
    &ALL
}

/// The draft for an agency: its own, else that for any.
#[must_use]
pub fn for_agency(agency: &str) -> Option<&'static Template> {
    templates().iter().find(|t| t.agency == agency).or(templates().iter().find(|t| t.agency.is_empty()))
}

impl Template {
    /// The text with what stands for its places put in. What is put in is not looked at again: a question that holds `{born}`
    /// stays as it was typed.
    #[must_use]
    pub fn filled(&self, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while let Some(start) = rest.find('{') {
            out.push_str(&rest[..start]);
            rest = &rest[start..];
            match values.iter().find(|(key, _)| {
                rest.strip_prefix('{').and_then(|r| r.strip_prefix(key)).is_some_and(|r| r.starts_with('}'))
            }) {
                Some((key, value)) => {
                    out.push_str(value);
                    rest = &rest[key.len() + 2..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        out.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::codes::AGENCIES;
    use super::*;

    #[test]
    fn every_draft_can_be_read_and_is_for_an_agency_that_there_is() {
        assert!(templates().len() >= 5);
        for t in templates() {
            assert!(t.agency.is_empty() || AGENCIES.contains(&t.agency.as_str()), "{}", t.key);
            for place in ["{name}", "{born}", "{question}", "{due}", "{by}", "{project}"] {
                assert!(t.text.contains(place), "{} lacks {place}", t.key);
            }
        }
        assert_eq!(for_agency("gp").map(|t| t.key.as_str()), Some("gp"));
        assert_eq!(for_agency("housing").map(|t| t.key.as_str()), Some("any"));
    }

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        let t = Template {
            key: String::new(),
            agency: String::new(),
            name: String::new(),
            text: "{a} and {b} {c}".into(),
        };
        assert_eq!(t.filled(&[("a", "{b}"), ("b", "x")]), "{b} and x {c}");
    }
}
