//! A questionnaire as a form: its fields, what was sent, and its score.

use super::desk::Desk;
use super::responses::{Filled, NewResponse, Told};
use crate::clock;
use crate::people;
use crate::web::components::{Form, TypedDate, typed_date};
use instruments::model::{Instrument, Item, Kind};
use instruments::{Answer, Context, Mode, Score, Sex};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How it was filled in, key and words.
pub const MODES: [(&str, &str); 5] = [
    ("read-aloud", "Read aloud to the person"),
    ("self", "The person filled it in"),
    ("interpreter", "Through an interpreter"),
    ("easy-read", "Easy-read version"),
    ("bsl", "British Sign Language version"),
];

/// Longest text of a result.
const LONGEST: usize = 2_000;

/// The field of an item.
#[must_use]
pub fn field_of(item: &Item) -> String {
    format!("item-{}", item.id)
}

/// The value an answer has in a form.
#[must_use]
pub fn sent_as(answer: Answer) -> String {
    match answer {
        Answer::Value(value) => value.to_string(),
        Answer::NotApplicable => "na".into(),
        Answer::Missing => String::new(),
    }
}

/// A mode's words; the key itself when nobody knows it.
#[must_use]
pub fn mode_words(key: &str) -> &str {
    MODES.iter().find(|(k, _)| *k == key).map_or(key, |(_, words)| words)
}

/// Whether a published cut-off depends on sex.
#[must_use]
pub fn depends_on_sex(instrument: &Instrument) -> bool {
    use instruments::model::Decides;
    instrument.cut_offs.iter().any(|c| c.sex.is_some() || matches!(c.decides, Decides::Men | Decides::Women))
        || instrument.cautions.iter().any(|c| c.sex.is_some())
}

/// The key for scoring of the sex on the register; empty shows both cut-offs.
#[must_use]
pub fn sex_key(sex: people::Sex) -> &'static str {
    match sex {
        people::Sex::Female => "f",
        people::Sex::Male => "m",
        _ => "",
    }
}

/// What the scorer must know besides the answers.
fn context(mode: &str, language: &str, sex: &str, variant: &str) -> Context {
    let english = language.is_empty() || language.eq_ignore_ascii_case("english");
    Context {
        sex: match sex {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            _ => None,
        },
        country: None,
        language: match mode {
            "bsl" => Some("bsl".into()),
            _ => (!english).then(|| language.to_lowercase()),
        },
        mode: match mode {
            "self" => Some(Mode::SelfCompleted),
            "read-aloud" => Some(Mode::ReadAloud),
            "interpreter" => Some(Mode::Interpreter),
            "easy-read" => Some(Mode::EasyRead),
            _ => None,
        },
        variant: (!variant.is_empty()).then(|| variant.to_owned()),
    }
}

/// Reads what was sent; what can't be used is refused in the form.
pub fn read(instrument: &Instrument, form: &mut Form, now: Timestamp) -> Option<NewResponse> {
    let today = clock::london_day(now);
    let filled_on = match typed_date(form, "filled") {
        TypedDate::Empty => today,
        TypedDate::Is(day) if day <= today => day,
        TypedDate::Is(_) => {
            form.refuse("filled", "The day it was filled in is in the future");
            today
        }
        TypedDate::NotADate => {
            form.refuse("filled", "The day it was filled in is no real date: day, month and year in figures");
            today
        }
    };
    let told = match instrument.kind {
        Kind::RecordOnly => read_result(form),
        Kind::Scored => read_answers(instrument, form),
    }?;
    let mode = MODES.iter().map(|(key, _)| *key).find(|key| *key == form.value("mode")).unwrap_or("");
    let variant = instrument.inner_variant(form.value("variant")).map_or("", |v| v.id.as_str());
    form.is_accepted().then(|| NewResponse {
        instrument: instrument.id.clone(),
        name: instrument.name.clone(),
        instrument_version: instrument.version.clone(),
        filled_on,
        variant: variant.to_owned(),
        mode: mode.to_owned(),
        language: form.value("language").trim().chars().take(60).collect(),
        sex: Some(form.value("sex")).filter(|s| ["f", "m"].contains(s)).unwrap_or("").to_owned(),
        told,
    })
}

fn read_result(form: &mut Form) -> Option<Told> {
    let assessor = form.value("assessor").trim().to_owned();
    let result = form.value("result").trim().to_owned();
    for (field, text, what) in
        [("assessor", &assessor, "Say who did the assessment"), ("result", &result, "Enter the result")]
    {
        if text.is_empty() {
            form.refuse(field, what);
        } else if text.chars().count() > LONGEST {
            form.refuse(field, format!("Shorten to {LONGEST} characters"));
        }
    }
    form.is_accepted().then_some(Told::Result { assessor, result })
}

fn read_answers(instrument: &Instrument, form: &mut Form) -> Option<Told> {
    let mut answers = BTreeMap::new();
    for item in &instrument.items {
        let field = field_of(item);
        let answer = match form.value(&field) {
            "" | "." => Answer::Missing,
            "na" if item.may_not_apply => Answer::NotApplicable,
            sent => match sent.parse::<i32>().ok().filter(|value| item.choice(*value).is_some()) {
                Some(value) => Answer::Value(value),
                None => {
                    form.refuse(&field, format!("Choose one of the answers to item {}", item.id));
                    Answer::Missing
                }
            },
        };
        answers.insert(item.id.clone(), answer);
    }
    if answers.values().all(|a| *a == Answer::Missing) {
        form.refuse_all("Nothing is answered yet: choose at least one answer");
    }
    let context = context(
        form.value("mode"),
        form.value("language").trim(),
        form.value("sex"),
        instrument.inner_variant(form.value("variant")).map_or("", |v| v.id.as_str()),
    );
    match score_with(instrument, &answers, &context) {
        Ok(score) => form.is_accepted().then(|| Told::Answers(answers, Box::new(score))),
        Err(error) => {
            form.refuse_all(error.to_string());
            None
        }
    }
}

fn score_with(
    instrument: &Instrument,
    answers: &BTreeMap<String, Answer>,
    context: &Context,
) -> Result<Score, instruments::AnswerError> {
    let row: Vec<Answer> =
        instrument.items.iter().map(|item| answers.get(&item.id).copied().unwrap_or_default()).collect();
    instruments::score(instrument, &row, context)
}

/// The questionnaire and score of something filled in before: scored anew from the answers kept, by the file of the same
/// name. Nothing when that file is no longer at hand, or where only a result is kept.
#[must_use]
pub fn score_again<'a>(desk: &'a Desk, filled: &Filled) -> Option<(&'a Instrument, Score)> {
    let instrument = desk.instruments.by_id(&filled.instrument)?;
    if instrument.kind == Kind::RecordOnly {
        return None;
    }
    let context = context(&filled.mode, &filled.language, &filled.sex, &filled.variant);
    score_with(instrument, &filled.answers, &context).ok().map(|score| (instrument, score))
}

/// The form that was sent, made from what is kept, for a correction.
#[must_use]
pub fn form_of(filled: &Filled) -> Form {
    let mut form = Form::blank();
    for (item, answer) in &filled.answers {
        form.set(&format!("item-{item}"), sent_as(*answer));
    }
    form.set("mode", &filled.mode);
    form.set("language", &filled.language);
    form.set("sex", &filled.sex);
    form.set("variant", &filled.variant);
    form.set("assessor", &filled.assessor);
    form.set("result", &filled.result);
    form.set("filled-day", filled.filled_on.day().to_string());
    form.set("filled-month", filled.filled_on.month().to_string());
    form.set("filled-year", filled.filled_on.year().to_string());
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use instruments::Library;

    fn now() -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    fn phq(pairs: &[(&str, &str)]) -> (Form, Option<NewResponse>) {
        let library = Library::builtin().unwrap();
        let mut form = Form::from_pairs(pairs.iter().copied());
        let read = read(library.by_id("phq-9").unwrap(), &mut form, now());
        (form, read)
    }

    fn score_of(new: &NewResponse) -> &Score {
        match &new.told {
            Told::Answers(_, score) => score,
            Told::Result { .. } => panic!("no answers"),
        }
    }

    #[test]
    fn a_form_with_gaps_has_a_lower_bound_and_no_total_and_item_9_prompts() {
        let (_, new) = phq(&[("item-1", "3"), ("item-2", "."), ("item-9", "1")]);
        let new = new.unwrap();
        let score = score_of(&new);
        assert_eq!((score.total, score.lower_bound), (None, Some(4.0)));
        assert_eq!(score.prompts.len(), 1);
        assert_ne!(score.positive, Some(false));
    }

    #[test]
    fn an_answer_the_item_does_not_have_is_refused() {
        let (form, new) = phq(&[("item-1", "4"), ("item-2", "1")]);
        assert!(new.is_none() && form.error("item-1").is_some());
        let (form, new) = phq(&[]);
        assert!(new.is_none() && !form.is_accepted());
    }

    #[test]
    fn a_form_in_sign_language_has_its_own_cut_off() {
        let eight: Vec<(String, &str)> =
            (1..=9).map(|n| (format!("item-{n}"), if n == 9 { "0" } else { "1" })).collect();
        let positive = |mode: &str| {
            let mut pairs: Vec<(&str, &str)> = eight.iter().map(|(n, v)| (n.as_str(), *v)).collect();
            pairs.push(("mode", mode));
            score_of(&phq(&pairs).1.unwrap()).positive
        };
        assert_eq!(positive("bsl"), Some(true));
        assert_eq!(positive("read-aloud"), Some(false));
    }

    #[test]
    fn a_day_in_the_future_is_refused_and_none_is_today() {
        let (form, _) =
            phq(&[("item-1", "1"), ("filled-day", "1"), ("filled-month", "1"), ("filled-year", "2027")]);
        assert!(form.error("filled").is_some());
        let (_, new) = phq(&[("item-1", "1")]);
        assert_eq!(new.unwrap().filled_on.to_string(), "2026-11-23");
    }

    #[test]
    fn where_only_a_result_may_be_kept_both_parts_are_asked_for() {
        let library = Library::builtin().unwrap();
        let mut form = Form::from_pairs([("result", "26 of 30")]);
        assert!(read(library.by_id("moca").unwrap(), &mut form, now()).is_none());
        assert!(form.error("assessor").is_some());
    }

    #[test]
    fn sex_is_asked_for_where_a_cut_off_depends_on_it() {
        let library = Library::builtin().unwrap();
        assert!(depends_on_sex(library.by_id("dudit").unwrap()));
        assert!(depends_on_sex(library.by_id("pc-ptsd-5").unwrap()));
        assert!(!depends_on_sex(library.by_id("gad-7").unwrap()));
    }
}
