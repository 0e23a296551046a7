//! A psychiatric assessment as its facts tell it. Nothing here is kept: the word, the clocks and what is awaited are worked out
//! from facts and the given now.

use super::sheets;
use crate::forms::{Answers, Asked};
use crate::ids::{ListingId, PartnerId, PersonId, ProjectId, PsychiatricId, RequestId, TriageId};
use jiff::Timestamp;
use jiff::civil::Date;

/// One answer to one question, by somebody, at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFact {
    /// The question's key.
    pub question: String,
    /// The answer; empty when it was taken back.
    pub answer: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: String,
    /// How it came: "us", "partner", "link".
    pub via: String,
}

/// What was sent to a partner service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentTo {
    /// The sending.
    pub id: RequestId,
    /// The service.
    pub partner: PartnerId,
    /// Its name as it stands now.
    pub name: String,
    /// Which doctor it is asked for.
    pub doctor: i64,
    /// What was told, word for word.
    pub packet: String,
    /// When.
    pub sent_at: Timestamp,
    /// By whom.
    pub sent_by: String,
    /// When the service promised to answer by.
    pub reply_due: Option<Timestamp>,
    /// When it was taken back, by whom and why.
    pub taken_back: Option<(Timestamp, String, String)>,
}

/// A psychiatric assessment.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its id.
    pub id: PsychiatricId,
    /// The triage decision it came from.
    pub triage: Option<TriageId>,
    /// The line it was asked on.
    pub listing: Option<ListingId>,
    /// The person, when known then.
    pub person: Option<PersonId>,
    /// The project that asked.
    pub project: ProjectId,
    /// court or practitioner.
    pub asked_by: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// For which hearing.
    pub hearing_on: Option<Date>,
    /// The request.
    pub request: Answers,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub recorded_at: Timestamp,
    /// The response that the triage decision asked for.
    pub response: Option<Response>,
    /// Everything recorded since, oldest first.
    pub facts: Vec<CaseFact>,
    /// What was sent to partner services, oldest first.
    pub sent: Vec<SentTo>,
}

/// How fast somebody was to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The urgency's letter.
    pub urgency: String,
    /// What it means.
    pub words: String,
    /// Whether its time was confirmed in a source.
    pub confirmed: bool,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// When somebody should be there.
    pub by: Option<Timestamp>,
    /// When somebody was.
    pub met: Option<Timestamp>,
    /// The version of the rules.
    pub rules_version: String,
}

/// How far it is. In this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Asked for; no doctor was asked yet.
    Requested,
    /// Doctors were asked.
    Asked,
    /// All who answered declined.
    Declined,
    /// A doctor accepted.
    Accepted,
    /// There is an appointment.
    Appointment,
    /// Seen; the report is awaited.
    Seen,
    /// The report is there.
    Reported,
    /// The court decided.
    Decided,
    /// Closed.
    Closed,
}

impl Stage {
    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Stage::Requested => "Asked for, no doctor asked yet",
            Stage::Asked => "Doctor asked, no answer yet",
            Stage::Declined => "Declined, ask another",
            Stage::Accepted => "Accepted, no appointment yet",
            Stage::Appointment => "Appointment made",
            Stage::Seen => "Seen, report awaited",
            Stage::Reported => "Report received",
            Stage::Decided => "The court decided",
            Stage::Closed => "Closed",
        }
    }
}

/// Whether somebody is held only for this report, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldForReport {
    /// Somebody recorded it.
    Recorded {
        /// Since when, if known.
        since: Option<Date>,
        /// Who said so, as recorded.
        said: String,
        /// Who recorded it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A court list says in custody, the report is awaited; whether only for that, nobody recorded.
    InCustodyOnList {
        /// The day of the list.
        on: Date,
    },
}

impl Case {
    /// The answers as they stand: the newest to each question.
    #[must_use]
    pub fn answers(&self) -> Answers {
        self.answers_after(self.facts.len())
    }

    /// The answers as they stood after the first facts: what a form was opened on.
    #[must_use]
    pub fn answers_after(&self, facts: usize) -> Answers {
        let mut answers = Answers::default();
        for fact in self.facts.iter().take(facts) {
            answers.set(&fact.question, &fact.answer);
        }
        answers
    }

    /// The newest answer to a question, if it was not taken back.
    #[must_use]
    pub fn latest(&self, question: &str) -> Option<&CaseFact> {
        self.facts.iter().rev().find(|fact| fact.question == question).filter(|fact| !fact.answer.is_empty())
    }

    /// The newest answer as a day.
    #[must_use]
    pub fn day(&self, question: &str) -> Option<Date> {
        self.latest(question).and_then(|fact| fact.answer.parse().ok())
    }

    fn any(&self, questions: [&str; 2]) -> bool {
        questions.into_iter().any(|question| self.latest(question).is_some())
    }

    /// The earliest of two days.
    #[must_use]
    pub fn first_day(&self, questions: [&str; 2]) -> Option<Date> {
        questions.into_iter().filter_map(|question| self.day(question)).min()
    }

    fn answered(&self, with: &str) -> bool {
        ["d1-answer", "d2-answer"].into_iter().any(|q| self.latest(q).is_some_and(|f| f.answer == with))
    }

    /// Whether it goes on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.latest("closed").is_none()
    }

    /// How far it is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let asked = self.any(["d1-asked", "d2-asked"]) || self.sent.iter().any(|s| s.taken_back.is_none());
        if !self.is_open() {
            Stage::Closed
        } else if self.any(["outcome", "outcome-words"]) {
            Stage::Decided
        } else if self.any(["d1-received", "d2-received"]) {
            Stage::Reported
        } else if self.any(["d1-seen", "d2-seen"]) {
            Stage::Seen
        } else if self.any(["d1-appointment", "d2-appointment"]) {
            Stage::Appointment
        } else if self.answered("accepted") {
            Stage::Accepted
        } else if self.answered("declined") {
            Stage::Declined
        } else if asked {
            Stage::Asked
        } else {
            Stage::Requested
        }
    }

    /// Whether the report is still awaited.
    #[must_use]
    pub fn report_awaited(&self) -> bool {
        self.stage() < Stage::Reported
    }

    /// Whether somebody is held only for this report. `listed` is the newest court list that says in custody.
    #[must_use]
    pub fn held_for_report(&self, listed: Option<Date>) -> Option<HeldForReport> {
        if !self.report_awaited() {
            return None;
        }
        if let Some(fact) = self.latest("custody-only") {
            return (fact.answer == Asked::Yes.key()).then(|| HeldForReport::Recorded {
                since: self.day("custody-since"),
                said: self.latest("custody-only-words").map(|f| f.answer.clone()).unwrap_or_default(),
                by: fact.by.clone(),
                at: fact.at,
            });
        }
        listed.map(|on| HeldForReport::InCustodyOnList { on })
    }

    /// What it is for, in words.
    #[must_use]
    pub fn purposes(&self) -> Vec<&'static str> {
        self.request
            .values("purpose")
            .iter()
            .filter_map(|key| sheets::PURPOSES.iter().find(|o| o.key == key).map(|o| o.words))
            .collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn case(asked_at: Timestamp) -> Case {
        Case {
            id: PsychiatricId::fresh(),
            triage: None,
            listing: None,
            person: None,
            project: ProjectId::fresh(),
            asked_by: "practitioner".into(),
            asked_at,
            hearing_on: None,
            request: Answers::default(),
            by: "Kim Example".into(),
            recorded_at: asked_at,
            response: None,
            facts: Vec::new(),
            sent: Vec::new(),
        }
    }

    fn said(case: &mut Case, question: &str, answer: &str) {
        let (question, answer) = (question.to_owned(), answer.to_owned());
        case.facts.push(CaseFact {
            question,
            answer,
            at: case.asked_at,
            by: "Kim Example".into(),
            via: "us".into(),
        });
    }

    #[test]
    fn the_word_follows_from_the_facts_and_goes_back_with_them() {
        let mut case = case(Timestamp::UNIX_EPOCH);
        for (question, answer, stage) in [
            ("d1-name", "Dr A Example", Stage::Requested),
            ("d1-asked", "2026-11-25", Stage::Asked),
            ("d1-answer", "declined", Stage::Declined),
            ("d2-answer", "accepted", Stage::Accepted),
            ("d2-appointment", "2026-11-26", Stage::Appointment),
            ("d2-seen", "2026-11-26", Stage::Seen),
            ("d2-sent", "2026-11-27", Stage::Seen),
            ("d2-received", "2026-11-27", Stage::Reported),
            ("outcome", "mhtr", Stage::Decided),
            ("closed", "done", Stage::Closed),
            ("closed", "", Stage::Decided),
            ("outcome", "", Stage::Reported),
        ] {
            said(&mut case, question, answer);
            assert_eq!(case.stage(), stage, "{question} {answer}");
        }
    }

    #[test]
    fn whether_somebody_waits_in_custody_says_how_it_is_known() {
        let on = Some(jiff::civil::date(2026, 11, 25));
        let mut case = case(Timestamp::UNIX_EPOCH);
        assert_eq!(case.held_for_report(None), None);
        assert!(matches!(case.held_for_report(on), Some(HeldForReport::InCustodyOnList { .. })));
        said(&mut case, "custody-only", "not-known");
        assert_eq!(case.held_for_report(on), None, "somebody asked: it is not known");
        said(&mut case, "custody-only", "yes");
        assert!(matches!(case.held_for_report(None), Some(HeldForReport::Recorded { .. })));
        said(&mut case, "d1-received", "2026-11-25");
        assert_eq!(case.held_for_report(on), None, "nothing is awaited");
    }
}
