//! What is recorded about somebody, sorted into the sections of a report, each with who said it, when and where it stands.

use super::recorded::{of_assessment, of_consent, of_escort, of_line, of_questionnaire, of_screening};
use super::services::of_services;
use crate::assessment;
use crate::clock;
use crate::consent;
use crate::handover;
use crate::screening::{self, Seen};
use crate::triage::{self, Subject};
use jiff::Timestamp;
use store::{Read, Result};

/// One recorded fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Key of the section it belongs to.
    pub section: &'static str,
    /// What was said or seen, in the words it was recorded in.
    pub words: String,
    /// Who said or saw it; empty where the record does not tell.
    pub who: String,
    /// How we know: "our screening", "escort record".
    pub source: String,
    /// When it was said or seen.
    pub at: Option<Timestamp>,
}

impl Fact {
    /// "screening by Kim Example, 26 November 2026, 09:40".
    #[must_use]
    pub fn source_words(&self) -> String {
        let by = if self.who.is_empty() { String::new() } else { format!(", {}", self.who) };
        let at = self
            .at
            .map_or_else(|| ", no date recorded".to_owned(), |at| format!(", {}", clock::moment_words(at)));
        format!("{}{by}{at}", self.source)
    }
}

/// Everything gathered.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The facts, in the order of the record.
    pub facts: Vec<Fact>,
    /// Keys of the sources that these facts come from.
    pub sources: Vec<&'static str>,
    /// When anything was recorded last.
    pub newest: Option<Timestamp>,
}

impl Gathered {
    pub(super) fn from(&mut self, source: &'static str, recorded: Timestamp, facts: Vec<Fact>) {
        if facts.is_empty() {
            return;
        }
        if !self.sources.contains(&source) {
            self.sources.push(source);
        }
        self.newest = self.newest.max(Some(recorded));
        self.facts.extend(facts);
    }
}

/// Everything recorded about somebody that a report can use.
///
/// # Errors
/// When the database can't be read.
pub fn gather(r: &mut Read<'_>, subject: &Subject, about: Option<&consent::Subject>) -> Result<Gathered> {
    let mut all = Gathered::default();
    let screenings = screening::of(r, &subject.about)?;
    if let Some(newest) = screenings.iter().find(|s| s.entry.seen == Seen::Seen) {
        all.from("screening", newest.recorded_at, of_screening(newest));
    }
    for warning in handover::all_of(r, &subject.about)? {
        let fact = Fact {
            section: "risk",
            words: warning.words.clone(),
            who: warning.said_by.clone(),
            source: format!(
                "self-harm warning {}: {}",
                warning.reference,
                warning.basis.words().to_lowercase()
            ),
            at: Some(warning.heard_at),
        };
        all.from("screening", warning.raised_at, vec![fact]);
    }
    if let Some(line) = subject.line() {
        for escort in &line.escorts {
            all.from("escort-record", escort.as_of, of_escort(escort));
        }
        all.from("court-list", line.first_seen_at, of_line(line));
    }
    of_assessment(r, subject, &mut all)?;
    let mut seen: Vec<String> = Vec::new();
    for filled in assessment::responses_of(r, &subject.about)? {
        // Newest first: an earlier form of the same questionnaire no longer speaks.
        if !seen.contains(&filled.instrument) {
            seen.push(filled.instrument.clone());
            all.from("questionnaires", filled.at, of_questionnaire(&filled));
        }
    }
    for case in triage::cases_about(r, &subject.about)? {
        for (name, opinion, sent) in
            [("d1-name", "d1-opinion", "d1-seen"), ("d2-name", "d2-opinion", "d2-seen")]
        {
            let Some(said) = case.latest(opinion) else { continue };
            let who = case.latest(name).map_or_else(String::new, |fact| fact.answer.clone());
            let seen =
                case.day(sent).and_then(|day| day.to_zoned(clock::london()).ok()).map(|at| at.timestamp());
            let fact = Fact {
                section: "presentation",
                words: said.answer.clone(),
                who,
                source: "psychiatrist’s opinion".into(),
                at: seen.or(Some(said.at)),
            };
            all.from("psychiatrist", said.at, vec![fact]);
        }
    }
    of_services(r, subject, &mut all)?;
    if let Some(about) = about {
        of_consent(r, about, &mut all)?;
    }
    Ok(all)
}
