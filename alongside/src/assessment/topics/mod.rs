//! What an assessment asks, topic by topic. Data only: a question more is a line more.
//!
//! Keys that screening asks too are the same here, so that what was said there can be shown, with its date, and confirmed.

mod body;
mod codes;
mod harm;
mod life;
mod living;
mod mind;
mod plan;
mod story;

pub use codes::{ACCOMMODATION, ARMED_FORCES, DISABILITY, EMPLOYMENT, ETHNICITY, SETTLED};

use crate::forms::Sheet;

/// One topic: a page of questions.
#[derive(Debug, Clone, Copy)]
pub struct Topic {
    /// Its questions; the sheet's key is the topic's.
    pub sheet: Sheet,
    /// How to ask, shown above the questions; empty for none.
    pub ask: &'static str,
    /// Questionnaires that belong to it, by lasting name, the usual one first.
    pub instruments: &'static [&'static str],
}

impl Topic {
    /// The key in addresses and in the database.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.sheet.key
    }

    /// The title on pages.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.sheet.title
    }
}

/// Topics under one heading of the list.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// The heading.
    pub title: &'static str,
    /// The topics.
    pub topics: &'static [Topic],
}

/// All topics, in the order of a conversation.
pub const GROUPS: [Group; 6] = [
    Group { title: "What brings them here", topics: &[story::PRESENTING, story::HISTORY] },
    Group {
        title: "Mind and body",
        topics: &[
            mind::MENTAL_STATE,
            body::MEDICATION,
            body::PHYSICAL,
            body::SUBSTANCES,
            mind::NEURODEVELOPMENT,
        ],
    },
    Group { title: "Safety", topics: &[harm::SELF_HARM, harm::TO_OTHERS, harm::TRAUMA, harm::SAFEGUARDING] },
    Group {
        title: "Life",
        topics: &[
            life::WOMEN,
            life::RELATIONSHIPS,
            living::ACCOMMODATION_TOPIC,
            living::WORK,
            life::COMMUNICATION,
            story::STRENGTHS,
        ],
    },
    Group { title: "Making sense of it", topics: &[plan::FORMULATION, plan::RISK] },
    Group { title: "Staying safe", topics: &[plan::SAFETY] },
];

/// The key of the safety plan.
pub const SAFETY_PLAN: &str = "safety-plan";

/// All topics.
pub fn all() -> impl Iterator<Item = &'static Topic> {
    GROUPS.iter().flat_map(|group| group.topics)
}

/// The topic with that key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Topic> {
    all().find(|topic| topic.key() == key)
}

/// The one after it.
#[must_use]
pub fn after(key: &str) -> Option<&'static Topic> {
    all().skip_while(|topic| topic.key() != key).nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Kind;
    use std::collections::BTreeSet;

    #[test]
    fn every_question_of_a_topic_has_a_key_of_its_own() {
        let mut topics = BTreeSet::new();
        for topic in all() {
            assert!(topics.insert(topic.key()), "{} stands twice", topic.key());
            let mut keys = BTreeSet::new();
            for question in topic.sheet.questions() {
                assert!(keys.insert(question.key.to_owned()), "{}: {}", topic.key(), question.key);
                if matches!(question.kind, Kind::Asked(words) if !words.is_empty()) {
                    assert!(keys.insert(question.words_key()), "{}: {}", topic.key(), question.key);
                }
            }
            // Fields of the page itself.
            for own in ["state", "reason", "seen", "then", "draft"] {
                assert!(!keys.contains(own), "{}: {own}", topic.key());
            }
        }
        assert_eq!(topics.len(), 20);
    }

    #[test]
    fn the_questionnaires_of_a_topic_exist() {
        let library = instruments::Library::builtin().unwrap();
        for topic in all() {
            for id in topic.instruments {
                assert!(library.by_id(id).is_some(), "{}: {id}", topic.key());
            }
        }
    }

    #[test]
    fn no_question_bands_anybody_as_low_medium_or_high_risk() {
        for topic in all().filter(|t| ["self-harm", "harm-to-others", "risk", SAFETY_PLAN].contains(&t.key()))
        {
            for question in topic.sheet.questions() {
                if let Kind::One(options) | Kind::Many(options) = question.kind {
                    for option in options {
                        for word in ["low", "medium", "moderate", "high"] {
                            assert!(!option.words.to_lowercase().contains(word), "{}", option.words);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn topics_follow_each_other_to_the_end() {
        let mut at = all().next().unwrap();
        let mut seen = 1;
        while let Some(next) = after(at.key()) {
            at = next;
            seen += 1;
        }
        assert_eq!((at.key(), seen), (SAFETY_PLAN, all().count()));
        assert!(find("nothing").is_none() && after("nothing").is_none());
    }
}
