//! From the form to an entry. What must be said before it can be kept, and why.

use super::entry::{Entry, Need, Outcome, Seen};
use super::sheet::{FIRST_LEVEL, FLAGS, SHEET};
use crate::clock;
use crate::forms::{Answers, Asked};
use crate::web::components::{Form, TypedDate, typed_date};
use jiff::Timestamp;
use jiff::civil::Time;

/// Longest reason kept.
const LONGEST_REASON: usize = 2_000;

/// Whether a warning is to travel with the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warn {
    /// The question does not arise.
    NotNeeded,
    /// Raise one.
    Raise,
    /// None, for this reason.
    No(String),
}

/// A form that can be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What is recorded.
    pub entry: Entry,
    /// Whether a warning is raised with it.
    pub warn: Warn,
}

/// Reads a sent form. Nothing when it can't be kept yet: then the form says why, field by field.
#[must_use]
pub fn read(form: &mut Form, now: Timestamp) -> Option<Checked> {
    let seen = Seen::from_key(form.value("seen"));
    if seen.is_none() {
        form.refuse("seen", "Say whether the person was seen, or why not");
    }
    let contact_at = contact(form, now);
    let seen_words = form.value("seen-words").trim().to_owned();
    if seen == Some(Seen::Other) && seen_words.is_empty() {
        form.refuse("seen-words", "Say why the person was not seen");
    }
    if seen_words.chars().count() > LONGEST_REASON {
        form.refuse("seen-words", format!("Shorten this to {LONGEST_REASON} characters"));
    }
    let mut answers = Answers::read(&SHEET, form);
    let (mut need, mut outcome, mut warn) = (None, None, Warn::NotNeeded);
    if seen == Some(Seen::Seen) {
        no_where_nothing_is_marked(&mut answers, FIRST_LEVEL, form.value("asked-first"));
        no_where_nothing_is_marked(&mut answers, FLAGS, form.value("asked-flags"));
        if answers.asked("self-harm-thoughts") == Asked::NotAsked {
            form.refuse(
                "self-harm-thoughts",
                "Say what the answer was about thoughts of self-harm: declined and not known are answers too",
            );
        }
        need = Need::from_key(form.value("need"));
        if need.is_none() {
            form.refuse("need", "Say how much need you found");
        }
        outcome = Outcome::from_key(form.value("outcome"));
        if outcome.is_none() {
            form.refuse("outcome", "Say what happens next");
        }
        warn = warning(form, &answers);
        match &warn {
            Warn::Raise => answers.set("warn", "yes"),
            Warn::No(why) => {
                answers.set("warn", "no");
                if !why.is_empty() {
                    answers.set("warn-why-not", why);
                }
            }
            Warn::NotNeeded => {}
        }
        ends_with_reason(form, &mut answers, need, outcome);
    }
    if !form.is_accepted() {
        return None;
    }
    Some(Checked {
        entry: Entry {
            seen: seen?,
            seen_words,
            contact_at: contact_at?,
            late_from_paper: form.value("late") == "yes",
            answers,
            need,
            outcome,
        },
        warn,
    })
}

/// "I asked each of these; where nothing is marked, the answer was no": said by the practitioner, so it is an answer.
fn no_where_nothing_is_marked(answers: &mut Answers, keys: &[&str], said: &str) {
    if said == "yes" {
        for key in keys {
            if answers.asked(key) == Asked::NotAsked {
                answers.set(key, Asked::No.key());
            }
        }
    }
}

/// Whether anything said here is a present thought, plan or intent.
#[must_use]
pub fn speaks_of_self_harm(answers: &Answers) -> bool {
    ["self-harm-thoughts", "self-harm-plan", "self-harm-intent"]
        .iter()
        .any(|key| answers.asked(key) == Asked::Yes)
}

fn warning(form: &mut Form, answers: &Answers) -> Warn {
    let why_not = form.value("warn-why-not").trim().to_owned();
    match form.value("warn") {
        "yes" => Warn::Raise,
        "no" if why_not.is_empty() && speaks_of_self_harm(answers) => {
            form.refuse("warn-why-not", "Say why no warning needs to travel with the person");
            Warn::NotNeeded
        }
        "no" => Warn::No(why_not),
        _ if speaks_of_self_harm(answers) => {
            form.refuse(
                "warn",
                "The person spoke of self-harm: say whether a warning travels with them to whoever takes charge next",
            );
            Warn::NotNeeded
        }
        _ => Warn::NotNeeded,
    }
}

/// Everybody with any level of need is assessed, and thoughts of self-harm are not the end of a matter, unless a clinician
/// says why. The reason is kept with the answers.
fn ends_with_reason(form: &mut Form, answers: &mut Answers, need: Option<Need>, outcome: Option<Outcome>) {
    let reason = form.value("outcome-why").trim().to_owned();
    let ends = outcome.is_some_and(Outcome::ends);
    if ends && reason.is_empty() {
        if speaks_of_self_harm(answers) {
            form.refuse(
                "outcome-why",
                "The person spoke of self-harm: say why nothing more than this is needed",
            );
        } else if need.is_some_and(|need| need != Need::None) {
            form.refuse(
                "outcome-why",
                "You found a need: say why no assessment follows (declined, open to a team already, …)",
            );
        }
    }
    if reason.chars().count() > LONGEST_REASON {
        form.refuse("outcome-why", format!("Shorten the reason to {LONGEST_REASON} characters"));
    }
    if !reason.is_empty() {
        answers.set("outcome-why", &reason);
    }
}

fn contact(form: &mut Form, now: Timestamp) -> Option<Timestamp> {
    let day = match typed_date(form, "contact") {
        TypedDate::Is(day) => Some(day),
        TypedDate::Empty => {
            form.refuse("contact", "Enter the day of the contact");
            None
        }
        TypedDate::NotADate => {
            form.refuse("contact", "The day of the contact is no real date: day, month and year in figures");
            None
        }
    };
    let Some(time) = time_of(form.value("contact-time")) else {
        form.refuse("contact-time", "Enter the time of the contact, like 9:42");
        return None;
    };
    let at = day?.to_datetime(time).to_zoned(clock::london()).ok()?.timestamp();
    // A clock in a cell may be some minutes ahead of ours.
    if at.duration_since(now) > jiff::SignedDuration::from_mins(15) {
        form.refuse("contact-time", "This time has not come yet: enter when you saw the person");
        return None;
    }
    Some(at)
}

/// "9:42", "09.42", "0942" or "942".
#[must_use]
pub fn time_of(typed: &str) -> Option<Time> {
    let digits: String = typed.trim().chars().filter(|c| !matches!(c, ':' | '.' | ' ' | 'h')).collect();
    if !(3..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hour, minute) = digits.split_at(digits.len() - 2);
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2026-11-25T10:00:00Z".parse().unwrap()
    }

    fn seen(more: &[(&'static str, &'static str)]) -> Form {
        let mut form = Form::from_pairs([
            ("seen", "seen"),
            ("contact-day", "25"),
            ("contact-month", "11"),
            ("contact-year", "2026"),
            ("contact-time", "9:42"),
            ("self-harm-thoughts", "no"),
            ("need", "none"),
            ("outcome", "no-need"),
        ]);
        for (name, value) in more {
            form.set(name, *value);
        }
        form
    }

    #[test]
    fn a_person_without_needs_takes_six_answers() {
        let checked = read(&mut seen(&[("asked-flags", "yes")]), now()).unwrap();
        assert_eq!(checked.entry.contact_at.to_string(), "2026-11-25T09:42:00Z");
        assert_eq!(checked.entry.answers.asked("pregnant"), Asked::No);
        assert_eq!(checked.entry.answers.asked("voices"), Asked::NotAsked, "that box was not ticked");
        assert_eq!(checked.warn, Warn::NotNeeded);
    }

    #[test]
    fn a_marked_answer_stays_when_the_rest_is_no() {
        let checked = read(&mut seen(&[("asked-flags", "yes"), ("pregnant", "not-known")]), now()).unwrap();
        assert_eq!(checked.entry.answers.asked("pregnant"), Asked::NotKnown);
    }

    #[test]
    fn not_seen_needs_a_reason_and_a_time_and_nothing_else() {
        let mut form = seen(&[
            ("seen", "interpreter-absent"),
            ("self-harm-thoughts", ""),
            ("need", ""),
            ("outcome", ""),
        ]);
        let checked = read(&mut form, now()).unwrap();
        assert_eq!((checked.entry.need, checked.entry.outcome), (None, None));
        let mut form = seen(&[("seen", "other")]);
        assert!(read(&mut form, now()).is_none());
        assert!(form.error("seen-words").is_some());
    }

    #[test]
    fn thoughts_of_self_harm_end_no_matter_without_a_reason_and_ask_for_a_warning() {
        let mut form = seen(&[("self-harm-thoughts", "yes")]);
        assert!(read(&mut form, now()).is_none());
        assert!(form.error("warn").is_some() && form.error("outcome-why").is_some());
        let mut form = seen(&[
            ("self-harm-thoughts", "yes"),
            ("warn", "no"),
            ("outcome", "assess"),
            ("need", "moderate"),
        ]);
        assert!(read(&mut form, now()).is_none());
        assert!(form.error("warn-why-not").is_some());
        let mut form = seen(&[
            ("self-harm-thoughts", "yes"),
            ("warn", "yes"),
            ("outcome", "assess"),
            ("need", "moderate"),
        ]);
        assert_eq!(read(&mut form, now()).unwrap().warn, Warn::Raise);
    }

    #[test]
    fn a_need_leads_to_an_assessment_unless_somebody_says_why_not() {
        let mut form = seen(&[("need", "mild"), ("outcome", "advice-only")]);
        assert!(read(&mut form, now()).is_none());
        let mut form = seen(&[
            ("need", "mild"),
            ("outcome", "advice-only"),
            ("outcome-why", "Seen by her own team today"),
        ]);
        assert_eq!(
            read(&mut form, now()).unwrap().entry.answers.value("outcome-why"),
            "Seen by her own team today"
        );
    }

    #[test]
    fn the_self_harm_question_is_never_left_out() {
        let mut form = seen(&[("self-harm-thoughts", "")]);
        assert!(read(&mut form, now()).is_none());
        assert!(read(&mut seen(&[("self-harm-thoughts", "declined")]), now()).is_some());
    }

    #[test]
    fn a_contact_lies_in_the_past_and_summer_time_is_kept() {
        let mut form = seen(&[("contact-time", "23:00")]);
        assert!(read(&mut form, now()).is_none());
        let mut form = seen(&[("contact-month", "7"), ("contact-day", "1"), ("contact-time", "0942")]);
        assert_eq!(read(&mut form, now()).unwrap().entry.contact_at.to_string(), "2026-07-01T08:42:00Z");
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_the_reading(pairs in proptest::collection::vec(("[a-z-]{1,20}", "\\PC{0,40}"), 0..20)) {
            let _ = read(&mut Form::from_pairs(pairs), now());
        }

        #[test]
        fn no_end_without_a_reason_after_words_of_self_harm(key in 0..3_usize, need in 0..4_usize, ends: bool) {
            let question = ["self-harm-thoughts", "self-harm-plan", "self-harm-intent"][key];
            let mut form = seen(&[("warn", "yes")]);
            form.set(question, "yes");
            form.set("need", Need::ALL[need].key());
            form.set("outcome", if ends { "no-need" } else { "advice-only" });
            prop_assert!(read(&mut form, now()).is_none());
        }

        #[test]
        fn times_are_read_as_people_write_them(hour in 0..24_i8, minute in 0..60_i8) {
            let time = Time::new(hour, minute, 0, 0).unwrap();
            for typed in [format!("{hour}:{minute:02}"), format!("{hour:02}{minute:02}"), format!(" {hour}.{minute:02} ")] {
                prop_assert_eq!(time_of(&typed), Some(time), "{}", typed);
            }
        }
    }
}
