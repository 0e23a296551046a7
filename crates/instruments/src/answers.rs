//! Answers as given: one for each item, in the order of the form.

use serde::{Deserialize, Serialize};

use crate::model::{Instrument, Item, Kind};
use crate::state;

/// One answer as it stands on the form, before reversal. In JSON: a number, `null`, or `"n/a"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
pub enum Answer {
    /// The value of the choice; for yes-no items 1 is yes and 0 is no.
    Value(i32),
    /// Not answered.
    #[default]
    Missing,
    /// The form's "not applicable".
    NotApplicable,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Value(i32),
    Word(String),
    Nothing(()),
}

impl From<Answer> for Stored {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Value(value) => Self::Value(value),
            Answer::Missing => Self::Nothing(()),
            Answer::NotApplicable => Self::Word("n/a".to_owned()),
        }
    }
}

impl TryFrom<Stored> for Answer {
    type Error = String;
    fn try_from(stored: Stored) -> Result<Self, String> {
        match stored {
            Stored::Value(value) => Ok(Self::Value(value)),
            Stored::Nothing(()) => Ok(Self::Missing),
            Stored::Word(word) if word == "n/a" => Ok(Self::NotApplicable),
            Stored::Word(word) => {
                Err(format!("\"{word}\" is not an answer; write a number, null or \"n/a\""))
            }
        }
    }
}

/// Answers that cannot be taken. Messages name the item and say what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Fewer answers than items.
    #[error(
        "{instrument} needs {needed} answers, {given} given; nothing for {which}. Write . for each item not answered"
    )]
    TooFew {
        /// Name of the instrument.
        instrument: String,
        /// How many answers it needs.
        needed: usize,
        /// How many were given.
        given: usize,
        /// The items without an answer.
        which: String,
    },
    /// More answers than items.
    #[error("{instrument} takes {taken} answers, {given} given; the first one too many is \"{extra}\"")]
    TooMany {
        /// Name of the instrument.
        instrument: String,
        /// How many it takes, in words.
        taken: String,
        /// How many were given.
        given: usize,
        /// The first that has no item.
        extra: String,
    },
    /// An answer the item does not allow.
    #[error("item {item} ({label}): \"{given}\" is not allowed; {allowed}")]
    NotAllowed {
        /// Number of the item.
        item: String,
        /// Its label.
        label: String,
        /// What was given.
        given: String,
        /// What is allowed, in words.
        allowed: String,
    },
    /// A variant this instrument does not have.
    #[error("{instrument} has no variant \"{given}\"; {known}")]
    NoSuchVariant {
        /// Name of the instrument.
        instrument: String,
        /// What was given.
        given: String,
        /// Those it has, in words.
        known: String,
    },
    /// Only its result is recorded.
    #[error(
        "{instrument} is not scored here: its licence ({terms}) allows only a record of tool, date, assessor and result"
    )]
    RecordOnly {
        /// Name of the instrument.
        instrument: String,
        /// The terms of its licence.
        terms: String,
    },
}

/// Read answers typed in the order of the form, separated by spaces, commas or semicolons.
///
/// A number is the value on the form; `y` and `n` in any case answer yes-no items; `.` means not answered;
/// `na` means the form's "not applicable". Optional items may be left off, and so may items at the end that a
/// skip rule says are not asked.
///
/// # Errors
/// [`AnswerError`], naming the item and what it allows, or how many answers are missing or too many.
pub fn parse_answers(instrument: &Instrument, text: &str) -> Result<Vec<Answer>, AnswerError> {
    refuse_record_only(instrument)?;
    let tokens = text
        .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
        .filter(|token| !token.is_empty())
        .collect::<Vec<_>>();
    if let Some(extra) = tokens.get(instrument.items.len()) {
        let (all, needed) = (instrument.items.len(), instrument.required_items());
        return Err(AnswerError::TooMany {
            instrument: instrument.name.clone(),
            taken: if all == needed { all.to_string() } else { format!("{needed} to {all}") },
            given: tokens.len(),
            extra: (*extra).to_owned(),
        });
    }
    let mut answers = Vec::with_capacity(instrument.items.len());
    for (item, token) in instrument.items.iter().zip(&tokens) {
        answers.push(parse_one(instrument, item, token)?);
    }
    answers.resize(instrument.items.len(), Answer::Missing);
    let states = state::states(instrument, &answers, None);
    let absent = (tokens.len()..instrument.required_items())
        .filter(|at| !states.get(*at).is_some_and(|s| s.is_skipped()));
    let absent = absent.collect::<Vec<_>>();
    if absent.is_empty() {
        return Ok(answers);
    }
    Err(AnswerError::TooFew {
        instrument: instrument.name.clone(),
        needed: instrument.required_items(),
        given: tokens.len(),
        which: name_items(instrument, &absent),
    })
}

fn parse_one(instrument: &Instrument, item: &Item, token: &str) -> Result<Answer, AnswerError> {
    let word = token.to_lowercase();
    match word.as_str() {
        "." => return Ok(Answer::Missing),
        "na" | "n/a" if item.may_not_apply => return Ok(Answer::NotApplicable),
        "y" | "yes" if item.is_yes_no() => return Ok(Answer::Value(1)),
        "n" | "no" if item.is_yes_no() => return Ok(Answer::Value(0)),
        _ => {}
    }
    let value = word.parse::<i32>().ok().filter(|value| item.choice(*value).is_some());
    match value {
        // "1" could mean yes or "scores 1" where an item scores the other way round; a form scored by hand must not slip in.
        Some(_) if item.is_yes_no() && instrument.items.iter().any(|i| i.is_yes_no() && i.reversed) => {
            Err(refuse(
                item,
                token,
                "write y or n: one of these items scores the other way round, so a number could mean either"
                    .into(),
            ))
        }
        Some(value) => Ok(Answer::Value(value)),
        None => Err(refuse(item, token, allowed(item))),
    }
}

fn refuse(item: &Item, given: &str, allowed: String) -> AnswerError {
    AnswerError::NotAllowed {
        item: item.id.clone(),
        label: item.label.clone(),
        given: given.to_owned(),
        allowed,
    }
}

/// `write 0 to 3, or . when not answered`.
fn allowed(item: &Item) -> String {
    let mut values = item.choices.iter().map(|c| c.value).collect::<Vec<_>>();
    values.sort_unstable(); // some forms print the highest first
    let consecutive = values.windows(2).all(|w| w[1] == w[0] + 1);
    let list = match (item.is_yes_no(), values.first(), values.last()) {
        (true, ..) => "y or n".to_owned(),
        (_, Some(first), Some(last)) if consecutive && values.len() > 3 => format!("{first} to {last}"),
        _ => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };
    let not_applicable = if item.may_not_apply { ", na when it does not apply" } else { "" };
    format!("write {list}{not_applicable}, or . when not answered")
}

/// Check answers that did not come through [`parse_answers`], such as those of a web form.
pub(crate) fn check_answers(instrument: &Instrument, answers: &[Answer]) -> Result<(), AnswerError> {
    refuse_record_only(instrument)?;
    if answers.len() > instrument.items.len() {
        return Err(AnswerError::TooMany {
            instrument: instrument.name.clone(),
            taken: instrument.items.len().to_string(),
            given: answers.len(),
            extra: answers.get(instrument.items.len()).map_or(String::new(), |a| format!("{a:?}")),
        });
    }
    if answers.len() < instrument.required_items() {
        let absent = (answers.len()..instrument.required_items()).collect::<Vec<_>>();
        return Err(AnswerError::TooFew {
            instrument: instrument.name.clone(),
            needed: instrument.required_items(),
            given: answers.len(),
            which: name_items(instrument, &absent),
        });
    }
    for (item, answer) in instrument.items.iter().zip(answers) {
        let fits = match answer {
            Answer::Value(value) => item.choice(*value).is_some(),
            Answer::Missing => true,
            Answer::NotApplicable => item.may_not_apply,
        };
        if !fits {
            let given = match answer {
                Answer::Value(value) => value.to_string(),
                _ => "not applicable".to_owned(),
            };
            return Err(refuse(item, &given, allowed(item)));
        }
    }
    Ok(())
}

fn refuse_record_only(instrument: &Instrument) -> Result<(), AnswerError> {
    match instrument.kind {
        Kind::Scored => Ok(()),
        Kind::RecordOnly => Err(AnswerError::RecordOnly {
            instrument: instrument.name.clone(),
            terms: instrument.licence.terms.clone(),
        }),
    }
}

/// `item 8 (moving slowly), item 9 (thoughts of self-harm)`.
pub(crate) fn name_items(instrument: &Instrument, positions: &[usize]) -> String {
    let named = positions.iter().filter_map(|at| instrument.items.get(*at));
    named.map(|item| format!("item {} ({})", item.id, item.label)).collect::<Vec<_>>().join(", ")
}
