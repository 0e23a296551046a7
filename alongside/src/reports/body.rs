//! The text of a report while it is written: sections, who said what, recommendations, sources. Kept as it is at every save.

use super::sections::{RECOMMENDED, SECTIONS, SOURCES};
use crate::web::components::Form;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest text of one section.
const LONGEST: usize = 20_000;
/// Most statements and recommendations of one report.
pub const MOST: usize = 12;

/// Who said it, where a record does not tell: an answer, not a blank, and one that the check points out.
pub const NOT_SAID: &str = "not said in the record";

/// One section as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// The words.
    pub words: String,
    /// Left out of the document; the words are kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
}

/// Who said or saw what, when, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Statement {
    /// The very words, or what was seen.
    pub words: String,
    /// Who said or saw it.
    pub who: String,
    /// When, in words.
    pub when: String,
    /// How we know.
    pub how: String,
    /// When, where a record tells; what the check reckons the age from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recommendation {
    /// A key of [`RECOMMENDED`].
    pub kind: String,
    /// What the court is asked to consider.
    pub words: String,
    /// Why.
    pub why: String,
    /// What else could be done, and what it would mean.
    pub instead: String,
}

/// The whole text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// By section key.
    pub sections: BTreeMap<String, Text>,
    /// Keys of [`SOURCES`].
    pub sources: Vec<String>,
    /// More about the sources: which day, which record.
    pub sources_words: String,
    /// Risk and safeguarding.
    pub risk: Vec<Statement>,
    /// Recommendations.
    pub recommendations: Vec<Recommendation>,
    /// When recorded facts were taken over last: what is newer has not been looked at.
    pub gathered_at: Option<Timestamp>,
}

impl Statement {
    fn is_empty(&self) -> bool {
        [&self.words, &self.who, &self.when, &self.how].iter().all(|text| text.is_empty())
    }
}

impl Recommendation {
    fn is_empty(&self) -> bool {
        [&self.kind, &self.words, &self.why, &self.instead].iter().all(|text| text.is_empty())
    }

    /// It says that nothing is recommended.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.kind == "none"
    }
}

impl Body {
    /// The words of a section that stands in the document; nothing when it is left out.
    #[must_use]
    pub fn words(&self, key: &str) -> Option<&str> {
        self.sections.get(key).filter(|text| !text.left_out).map(|text| text.words.as_str())
    }

    /// Whether a section is left out.
    #[must_use]
    pub fn leaves_out(&self, key: &str) -> bool {
        self.sections.get(key).is_some_and(|text| text.left_out)
    }

    /// What a form says. Times that records gave stay with statements whose "when" was not touched.
    pub fn read(form: &mut Form, before: &Body) -> Self {
        let left_out: Vec<String> = form.values("leave-out").to_vec();
        let mut sections = BTreeMap::new();
        for section in &SECTIONS {
            let words = text(form, &format!("text-{}", section.key), section.heading, LONGEST);
            let left_out = left_out.iter().any(|key| key == section.key);
            if !words.is_empty() || left_out {
                sections.insert(section.key.to_owned(), Text { words, left_out });
            }
        }
        let chosen = |form: &Form, list: &[(&str, &str)], name: &str| {
            let sent = form.values(name);
            list.iter().map(|(key, _)| (*key).to_owned()).filter(|key| sent.contains(key)).collect::<Vec<_>>()
        };
        let sources = chosen(form, &SOURCES, "source");
        let sources_words = text(form, "sources-words", "Sources", LONGEST);
        let mut risk = Vec::new();
        let mut recommendations = Vec::new();
        for n in 1..=MOST {
            let mut field = |name: &str, label: &str| text(form, &format!("{name}-{n}"), label, 4_000);
            let mut statement = Statement {
                words: field("risk-words", "What was said"),
                who: field("risk-who", "Who said it"),
                when: field("risk-when", "When"),
                how: field("risk-how", "How we know"),
                at: None,
            };
            let kind = field("rec-kind", "Recommendation");
            let recommendation = Recommendation {
                kind: if RECOMMENDED.iter().any(|(key, _)| *key == kind) { kind } else { String::new() },
                words: field("rec-words", "Recommendation"),
                why: field("rec-why", "Reason"),
                instead: field("rec-instead", "Alternatives"),
            };
            if !statement.is_empty() {
                statement.at = before
                    .risk
                    .iter()
                    .find(|was| !was.when.is_empty() && was.when == statement.when)
                    .and_then(|was| was.at);
                risk.push(statement);
            }
            if !recommendation.is_empty() {
                recommendations.push(recommendation);
            }
        }
        Self { sections, sources, sources_words, risk, recommendations, gathered_at: before.gathered_at }
    }

    /// Puts the text into a form.
    pub fn fill(&self, form: &mut Form) {
        for (key, section) in &self.sections {
            form.set(&format!("text-{key}"), section.words.clone());
        }
        let left_out: Vec<String> =
            self.sections.iter().filter(|(_, text)| text.left_out).map(|(key, _)| key.clone()).collect();
        form.set_all("leave-out", &left_out);
        form.set_all("source", &self.sources);
        form.set("sources-words", self.sources_words.clone());
        for (n, statement) in (1..).zip(&self.risk) {
            let s = statement;
            for (name, value) in
                [("risk-words", &s.words), ("risk-who", &s.who), ("risk-when", &s.when), ("risk-how", &s.how)]
            {
                form.set(&format!("{name}-{n}"), value.clone());
            }
        }
        for (n, one) in (1..).zip(&self.recommendations) {
            for (name, value) in [
                ("rec-kind", &one.kind),
                ("rec-words", &one.words),
                ("rec-why", &one.why),
                ("rec-instead", &one.instead),
            ] {
                form.set(&format!("{name}-{n}"), value.clone());
            }
        }
    }

    /// As text for the database.
    ///
    /// # Errors
    /// Never in practice: words always have a JSON form.
    pub fn to_json(&self) -> store::Result<String> {
        serde_json::to_string(self)
            .map_err(|e| store::Error::Column { column: "body".into(), why: e.to_string() })
    }

    /// From text of the database.
    ///
    /// # Errors
    /// When it is not what [`Body::to_json`] wrote.
    pub fn from_json(text: &str) -> store::Result<Self> {
        serde_json::from_str(text)
            .map_err(|e| store::Error::Column { column: "body".into(), why: e.to_string() })
    }
}

fn text(form: &mut Form, name: &str, label: &str, longest: usize) -> String {
    let sent = form.value(name).trim().to_owned();
    if sent.chars().count() > longest {
        form.refuse(name, format!("{label}: shorten to {longest} characters"));
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_section_left_out_keeps_its_words_and_leaves_the_document() {
        let mut form = Form::from_pairs([("text-background", "Was in care"), ("leave-out", "background")]);
        let body = Body::read(&mut form, &Body::default());
        assert_eq!(body.words("background"), None);
        assert_eq!(body.sections["background"].words, "Was in care");
    }

    #[test]
    fn a_statement_keeps_the_time_of_its_record_while_its_when_is_not_touched() {
        let at = Timestamp::from_second(1_790_000_000).ok();
        let was = Statement {
            words: "w".into(),
            when: "26 November 2026, 09:40".into(),
            at,
            ..Statement::default()
        };
        let before = Body { risk: vec![was], ..Body::default() };
        let mut form =
            Form::from_pairs([("risk-words-1", "other words"), ("risk-when-1", "26 November 2026, 09:40")]);
        assert_eq!(Body::read(&mut form, &before).risk[0].at, at);
        form.set("risk-when-1", "last winter");
        assert_eq!(Body::read(&mut form, &before).risk[0].at, None);
    }

    proptest! {
        #[test]
        fn a_text_survives_the_form_and_the_database(words in "[a-zé .]{0,30}", who in "[A-Za-z ]{1,9}", left: bool, pick in 0_usize..9) {
            let mut form = Form::from_pairs([
                ("text-needs".to_owned(), words), ("risk-who-2".to_owned(), who.clone() + "x"), ("source".to_owned(), "family".to_owned()),
                ("rec-kind-5".to_owned(), RECOMMENDED[pick].0.to_owned()),
            ]);
            if left { form.set("leave-out", "needs"); }
            let body = Body::read(&mut form, &Body::default());
            let kept = Body::from_json(&body.to_json().unwrap()).unwrap();
            prop_assert_eq!(&kept, &body);
            let mut shown = Form::blank();
            kept.fill(&mut shown);
            prop_assert_eq!(Body::read(&mut shown, &kept), body);
        }
    }
}
