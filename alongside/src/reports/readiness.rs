//! The check before signing: what must be mended, and what its author must have looked at. A pure function of the text and of
//! what is known when it is made.

use super::body::{Body, NOT_SAID, Recommendation};
use super::kinds::{Kind, Kinds};
use super::named::{Named, Names, mentions};
use super::sections::{self, RISK};
use super::words::{WordKind, Words};
use crate::clock;
use crate::consent::{Ruling, Why};
use jiff::{SignedDuration, Timestamp};

/// Whether signing waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It has to be mended.
    Mend,
    /// Its author has to say that they looked at it.
    Look,
}

/// What kind of point it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// Risk without who, when or how we know.
    UnsourcedRisk,
    /// Nobody asked the person about telling this recipient, or they said no.
    Disclosure,
    /// Somebody else is named.
    AnotherPerson,
    /// A word of the list.
    Word,
    /// A long sentence.
    LongSentence,
    /// Nothing is recommended, and no reason says why.
    Recommendation,
    /// What it rests on is old.
    Stale,
    /// Something was recorded since.
    Newer,
    /// The hearing has begun or is over.
    HearingPassed,
    /// A section stands empty.
    EmptySection,
    /// No source is ticked.
    NoSource,
    /// The PDF can't print a sign as it was written.
    NotPrinted,
}

/// One point of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub point: Point,
    /// Whether signing waits.
    pub weight: Weight,
    /// Where: a field of the form.
    pub field: String,
    /// What was found.
    pub words: String,
    /// What to do about it.
    pub instead: String,
}

impl Finding {
    fn new(point: Point, weight: Weight, field: impl Into<String>, words: impl Into<String>) -> Self {
        Self { point, weight, field: field.into(), words: words.into(), instead: String::new() }
    }

    fn instead(mut self, words: impl Into<String>) -> Self {
        self.instead = words.into();
        self
    }

    /// Tells one point from another: what is ticked as looked at is this very point, not one that came up since.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}: {}", self.field, self.words)
    }
}

/// What the check knows beside the text.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// The type.
    pub kind: &'a Kind,
    /// The figures of the room.
    pub kinds: &'a Kinds,
    /// The list of words.
    pub words: &'a Words,
    /// Who may be named.
    pub names: &'a Names,
    /// The ruling of the ledger for each of the usual recipients, in words and as it is now.
    pub rulings: &'a [(&'static str, Ruling)],
    /// When anything about the person was recorded last.
    pub newest_fact: Option<Timestamp>,
    /// The hearing.
    pub hearing: Option<Timestamp>,
    /// Now.
    pub now: Timestamp,
}

/// Everything to be mended or looked at, what must be mended first.
#[must_use]
pub fn check(body: &Body, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    risk(body, known, &mut found);
    if known.kind.recommends {
        recommendation(body, &mut found);
    }
    for (field, text) in texts(body, known.kind) {
        named(&field, text, known.names, &mut found);
        // What somebody said stands in their words: it is neither mended nor made shorter.
        if !field.starts_with("risk-words") {
            wording(&field, text, known, &mut found);
        }
    }
    for key in &known.kind.sections {
        let words = body.words(key).is_some_and(|words| !words.trim().is_empty());
        let said = key == RISK && !body.risk.is_empty();
        if !(words || said || body.leaves_out(key)) {
            let heading = sections::find(key).map_or(key.as_str(), |section| section.heading);
            found.push(
                Finding::new(
                    Point::EmptySection,
                    Weight::Look,
                    format!("text-{key}"),
                    format!("“{heading}” stands empty"),
                )
                .instead("Write it, or leave the section out: an empty one reads as if there were nothing"),
            );
        }
    }
    if body.sources.is_empty() {
        found.push(
            Finding::new(Point::NoSource, Weight::Mend, "source", "No source is ticked")
                .instead("Tick what the report rests on"),
        );
    }
    facts(body, known, &mut found);
    found.sort_by_key(|finding| finding.weight);
    found
}

/// The texts that stand in the document, with the field each is written in.
fn texts<'a>(body: &'a Body, kind: &Kind) -> Vec<(String, &'a str)> {
    let mut all: Vec<(String, &str)> =
        kind.sections.iter().filter_map(|key| Some((format!("text-{key}"), body.words(key)?))).collect();
    if !body.leaves_out(RISK) {
        for (n, statement) in (1..).zip(&body.risk) {
            for (name, text) in
                [("risk-words", &statement.words), ("risk-who", &statement.who), ("risk-how", &statement.how)]
            {
                all.push((format!("{name}-{n}"), text));
            }
        }
    }
    if kind.recommends {
        for (n, one) in (1..).zip(&body.recommendations) {
            for (name, text) in
                [("rec-words", &one.words), ("rec-why", &one.why), ("rec-instead", &one.instead)]
            {
                all.push((format!("{name}-{n}"), text));
            }
        }
    }
    all.push(("sources-words".into(), &body.sources_words));
    all.retain(|(_, text)| !text.trim().is_empty());
    all
}

fn risk(body: &Body, known: &Known<'_>, found: &mut Vec<Finding>) {
    if body.leaves_out(RISK) || !known.kind.sections.iter().any(|key| key == RISK) {
        return;
    }
    for (n, statement) in (1..).zip(&body.risk) {
        if statement.who == NOT_SAID {
            let words = format!("Risk, statement {n}: the record does not say who said or saw it");
            let finding = Finding::new(Point::UnsourcedRisk, Weight::Look, format!("risk-who-{n}"), words);
            found.push(finding.instead("Find out, or let it stand: the court reads that nobody knows"));
        }
        let parts = [
            ("risk-words", &statement.words, "what was said or seen"),
            ("risk-who", &statement.who, "who said or saw it"),
            ("risk-when", &statement.when, "when"),
            ("risk-how", &statement.how, "how we know"),
        ];
        for (name, text, what) in parts {
            if text.trim().is_empty() {
                let words = format!("Risk, statement {n}: it does not say {what}");
                found.push(
                    Finding::new(Point::UnsourcedRisk, Weight::Mend, format!("{name}-{n}"), words)
                        .instead("Say it, or take the statement out"),
                );
            }
        }
    }
    // Free words about risk without a single statement that has a source.
    let free = body.words(RISK).unwrap_or_default();
    if !free.trim().is_empty() && body.risk.is_empty() {
        found.push(
            Finding::new(
                Point::UnsourcedRisk,
                Weight::Mend,
                "text-risk",
                "Risk is described, and nothing says who said or saw what",
            )
            .instead("Add who said what, when, and how we know; then say what it means"),
        );
    }
}

fn recommendation(body: &Body, found: &mut Vec<Finding>) {
    let empty = |n: usize, name: &str, what: &str| {
        Finding::new(
            Point::Recommendation,
            Weight::Mend,
            format!("{name}-{n}"),
            format!("Recommendation {n}: {what}"),
        )
    };
    if body.recommendations.is_empty() {
        found.push(
            Finding::new(Point::Recommendation, Weight::Mend, "rec-kind-1", "Nothing is recommended")
                .instead("Recommend something, or choose “No recommendation” and give the reason"),
        );
    }
    for (n, one) in (1..).zip(&body.recommendations) {
        let Recommendation { kind, words, why, .. } = one;
        if kind.is_empty() {
            found.push(empty(n, "rec-kind", "choose what it is about"));
        }
        if words.trim().is_empty() && !one.is_none() {
            found.push(empty(n, "rec-words", "it does not say what is recommended"));
        }
        if why.trim().is_empty() {
            found.push(empty(n, "rec-why", "it has no reason"));
        }
    }
}

fn named(field: &str, text: &str, names: &Names, found: &mut Vec<Finding>) {
    for mention in mentions(text, names) {
        let (words, instead) = match mention.why {
            Named::OnTheList => (
                format!("“{}” stands on the same court list", mention.words),
                "Take the name out, unless this is the person",
            ),
            Named::Relation => (
                format!("“{}” names somebody else", mention.words),
                "Say “her sister”, “a friend”, without the name",
            ),
            Named::Title => (
                format!("“{}” names somebody else", mention.words),
                "Say what they are: “a neighbour”, “the arresting officer”",
            ),
            Named::Number => (
                format!("“{}” looks like a number of somebody else", mention.words),
                "Take it out, unless the reader needs this very number",
            ),
        };
        found.push(Finding::new(Point::AnotherPerson, Weight::Look, field, words).instead(instead));
    }
}

fn wording(field: &str, text: &str, known: &Known<'_>, found: &mut Vec<Finding>) {
    for hit in known.words.in_text(text) {
        let Some(word) = known.words.word.get(hit.entry) else { continue };
        // A band of risk and a verdict on fitness are against the service's rules, not a matter of taste.
        let weight = if word.kind == WordKind::Rule { Weight::Mend } else { Weight::Look };
        let heard = hit.found.split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(
            Finding::new(Point::Word, weight, field, format!("“{heard}”: {}", word.why))
                .instead(format!("Say: {}", word.say)),
        );
    }
    let long = text
        .split(['.', '!', '?', '\n', ';'])
        .map(|sentence| sentence.split_whitespace().count())
        .filter(|words| *words > known.kinds.long_sentence_words)
        .max();
    if let Some(words) = long {
        found.push(
            Finding::new(Point::LongSentence, Weight::Look, field, format!("A sentence of {words} words"))
                .instead("Two short sentences are understood by more people"),
        );
    }
}

fn facts(body: &Body, known: &Known<'_>, found: &mut Vec<Finding>) {
    let stopped: Vec<String> = known
        .rulings
        .iter()
        .filter_map(|(whom, ruling)| match ruling {
            Ruling::Allowed { .. } => None,
            Ruling::Stop(stop) if stop.why == Why::NoDecision => {
                Some(format!("{whom}: nobody has asked the person yet"))
            }
            Ruling::Stop(stop) => Some(format!("{whom}: {}", stop.why.words().to_lowercase())),
        })
        .collect();
    if !stopped.is_empty() {
        found.push(
            Finding::new(Point::Disclosure, Weight::Look, "disclosure", stopped.join(". "))
                .instead("You can sign; it can’t be delivered to them before there is a decision"),
        );
    }
    let oldest_allowed = known.now.checked_sub(SignedDuration::from_hours(24 * known.kinds.stale_days)).ok();
    if !body.leaves_out(RISK) {
        for (n, statement) in (1..).zip(&body.risk) {
            let old = statement.at.zip(oldest_allowed).filter(|(at, allowed)| at < allowed);
            if let Some((at, _)) = old {
                let days = known.now.duration_since(at).as_hours() / 24;
                found.push(
                    Finding::new(
                        Point::Stale,
                        Weight::Look,
                        format!("risk-when-{n}"),
                        format!("Risk, statement {n}, is {days} days old"),
                    )
                    .instead("Ask again, or say plainly that it is old"),
                );
            }
        }
    }
    if let (Some(newest), Some(gathered)) = (known.newest_fact, body.gathered_at)
        && newest > gathered
    {
        found.push(
            Finding::new(
                Point::Newer,
                Weight::Look,
                "gathered",
                format!(
                    "Something was recorded about the person at {}, after this text took over what was known",
                    clock::moment_words(newest)
                ),
            )
            .instead("Take over what is new, or look at it"),
        );
    }
    if let Some(hearing) = known.hearing.filter(|at| *at <= known.now) {
        found.push(
            Finding::new(
                Point::HearingPassed,
                Weight::Look,
                "hearing",
                format!("The hearing was due to begin at {}", clock::moment_words(hearing)),
            )
            .instead("Ask the legal adviser whether it is still wanted, or record the new hearing"),
        );
    }
}

#[cfg(test)]
#[path = "readiness_tests.rs"]
mod tests;
