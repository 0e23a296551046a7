//! A report as a document: one model, out of which PDF, HTML and the text to read out are made. Pure: the day it bears is given.

use super::body::Body;
use super::identity::Identity;
use super::kinds::Kind;
use super::letterhead::Kept;
use super::record::{ASKERS, Report, Version};
use super::sections::{RECOMMENDED, RISK, SOURCES, find, words_of};
use crate::clock;
use crate::web::PageError;
use documents::{
    Block, Countersignature, Day, Document, Fact, FactTable, Footer, Mark, MarkKind, Section, Signature,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// How far a document is.
#[derive(Debug, Clone, Copy)]
pub enum Stand<'a> {
    /// Not signed, or not countersigned yet: marked as a draft on every page.
    Draft(Timestamp),
    /// Signed, and countersigned where that is needed.
    Signed(&'a Version),
}

/// What a document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The request.
    pub report: &'a Report,
    /// Its type.
    pub kind: &'a Kind,
    /// Who it is about.
    pub identity: &'a Identity,
    /// Who sends it.
    pub letterhead: &'a Kept,
    /// The text.
    pub body: &'a Body,
    /// What this version changes; empty for the first.
    pub changed: &'a str,
    /// Its number.
    pub version: i64,
}

/// The document, without a hash.
#[must_use]
pub fn document(parts: &Parts<'_>, stand: Stand<'_>) -> Document {
    let at = match stand {
        Stand::Draft(now) => now,
        Stand::Signed(version) => version.second.as_ref().map_or(version.signed_at, |second| second.at),
    };
    let day = clock::london_day(at);
    Document {
        title: if parts.kind.recommends {
            format!("Report on {}", parts.identity.name)
        } else {
            format!("About {}", parts.identity.name)
        },
        kind: parts.kind.name.clone(),
        date: Day {
            year: day.year().unsigned_abs(),
            month: day.month().unsigned_abs(),
            day: day.day().unsigned_abs(),
            words: clock::day_words(day),
        },
        letterhead: parts.letterhead.letterhead(),
        marks: marks(parts.identity, stand),
        facts: vec![person(parts), request(parts), sources(parts.body)],
        sections: sections(parts),
        signature: match stand {
            Stand::Draft(_) => None,
            Stand::Signed(version) => Some(signature(version)),
        },
        footer: Footer {
            document_id: reference(parts.report),
            version: match stand {
                Stand::Draft(_) => format!("{} (draft)", parts.version),
                Stand::Signed(_) => parts.version.to_string(),
            },
            hash: String::new(),
            classification: parts.letterhead.classification.clone(),
        },
        ..Document::default()
    }
}

/// Short, for the telephone and the foot of each page. Tells nothing of anybody.
#[must_use]
pub fn reference(report: &Report) -> String {
    let id = report.id.to_string();
    format!("R-{}", id.rsplit('-').next().unwrap_or_default().to_uppercase())
}

/// SHA-256 over a document, in hexadecimal.
///
/// # Errors
/// Never in practice: words always have a JSON form.
pub fn digest(document: &Document) -> Result<String, PageError> {
    let json = serde_json::to_vec(document).map_err(|e| PageError::Inside(e.to_string()))?;
    Ok(Sha256::digest(json).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    }))
}

fn marks(identity: &Identity, stand: Stand<'_>) -> Vec<Mark> {
    let mark = |kind, label: &str, words: String| Mark { kind, label: label.into(), words };
    let mut all = Vec::new();
    if let Stand::Draft(_) = stand {
        all.push(mark(
            MarkKind::Draft,
            "Draft",
            "Not signed: not to be relied on, and not to be passed on.".into(),
        ));
    }
    if !identity.restriction.is_empty() {
        all.push(mark(
            MarkKind::ReportingRestriction,
            "Reporting restriction",
            format!("{}.", identity.restriction.trim_end_matches('.')),
        ));
    }
    if identity.youth {
        all.push(mark(
            MarkKind::Youth,
            "Under 18",
            "Their name and anything that identifies them must not be published.".into(),
        ));
    }
    all.push(mark(
        MarkKind::Confidential,
        "Confidential",
        "Health information, for those it was given to. Not to be copied or passed on without asking us."
            .into(),
    ));
    all
}

fn fact(label: &str, value: impl Into<String>, source: impl Into<String>) -> Fact {
    Fact { label: label.into(), value: value.into(), source: source.into() }
}

fn person(parts: &Parts<'_>) -> FactTable {
    let identity = parts.identity;
    let mut rows = vec![
        fact("Name", &identity.name, &identity.source),
        fact("Born", identity.born.map(clock::day_words).unwrap_or_default(), ""),
        fact("Sex", &identity.sex, ""),
    ];
    for (label, value) in [
        ("Case", &identity.case),
        ("Before the court for", &identity.offences),
        ("Custody or bail", &identity.held),
    ] {
        if !value.is_empty() {
            rows.push(fact(label, value, "court list"));
        }
    }
    FactTable { caption: "Person".into(), rows }
}

fn request(parts: &Parts<'_>) -> FactTable {
    let report = parts.report;
    let asked = match report.asked_by.as_str() {
        "own" => "Nobody: written on our own initiative".to_owned(),
        key => words_of(&ASKERS, key).to_owned(),
    };
    let asked = if report.asker.is_empty() { asked } else { format!("{asked} ({})", report.asker) };
    let mut rows = vec![
        fact("Asked for by", asked, clock::moment_words(report.asked_at)),
        fact("For", report.purpose.words(), ""),
        fact("Question", &report.question, ""),
    ];
    if let Some(hearing) = report.hearing() {
        let day = hearing.on.map(clock::day_words).unwrap_or_default();
        let place = [hearing.court.as_str(), &prefixed("room ", &hearing.room), &day, &hearing.time];
        let words = place.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
        if !words.is_empty() {
            rows.push(fact("Hearing", words, ""));
        }
    }
    if !parts.changed.is_empty() {
        rows.push(fact(&format!("Version {} changes", parts.version), parts.changed, ""));
    }
    FactTable { caption: "Request".into(), rows }
}

fn prefixed(before: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{before}{text}") }
}

fn sources(body: &Body) -> FactTable {
    let mut rows = Vec::new();
    let used: Vec<&str> = SOURCES
        .iter()
        .filter(|(key, _)| body.sources.iter().any(|s| s == key))
        .map(|(_, words)| *words)
        .collect();
    rows.push(fact("Used", used.join("\n"), ""));
    if !body.sources_words.is_empty() {
        rows.push(fact("More about them", &body.sources_words, ""));
    }
    FactTable { caption: "What this report rests on".into(), rows }
}

fn sections(parts: &Parts<'_>) -> Vec<Section> {
    let mut all = Vec::new();
    if parts.kind.recommends && !parts.body.recommendations.is_empty() {
        all.push(recommendations(parts.body));
    }
    for key in &parts.kind.sections {
        let Some(section) = find(key).filter(|_| !parts.body.leaves_out(key)) else { continue };
        let mut blocks = Vec::new();
        if key == RISK {
            blocks.extend(parts.body.risk.iter().map(|s| Block::Quote {
                words: s.words.clone(),
                who: s.who.clone(),
                when: s.when.clone(),
                source: s.how.clone(),
            }));
        }
        let words = parts.body.words(key).unwrap_or_default();
        if !words.trim().is_empty() {
            blocks.push(Block::Paragraph { text: words.to_owned() });
        }
        all.push(Section { heading: section.heading.into(), blocks });
    }
    all
}

/// First, because a bench with a minute reads the first page.
fn recommendations(body: &Body) -> Section {
    let items = body
        .recommendations
        .iter()
        .map(|one| {
            let about = if one.is_none() { "No recommendation" } else { words_of(&RECOMMENDED, &one.kind) };
            let mut words =
                if one.words.is_empty() { format!("{about}.") } else { format!("{about}: {}", one.words) };
            for (label, text) in [("Why", &one.why), ("Otherwise", &one.instead)] {
                if !text.is_empty() {
                    words.push_str(&format!("\n{label}: {text}"));
                }
            }
            words
        })
        .collect();
    Section { heading: "Recommendation".into(), blocks: vec![Block::Numbered { items }] }
}

fn signature(version: &Version) -> Signature {
    Signature {
        author: version.by.clone(),
        role: version.role.clone(),
        grade: String::new(),
        date: clock::moment_words(version.signed_at),
        countersigned: version.second.as_ref().map(|second| Countersignature {
            name: second.by.clone(),
            role: second.role.clone(),
            date: clock::moment_words(second.at),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::Kinds;
    use super::super::state::tests::report;
    use super::*;

    fn identity() -> Identity {
        Identity {
            name: "Ana Example".into(),
            youth: true,
            restriction: "section 45 order".into(),
            ..Identity::default()
        }
    }

    fn made(stand: Stand<'_>, body: &Body) -> Document {
        let kinds = Kinds::load(None).unwrap();
        let (report, letterhead, identity) = (report(), Kept::default(), identity());
        let kind = kinds.find("same-day").unwrap();
        let parts = Parts {
            report: &report,
            kind,
            identity: &identity,
            letterhead: &letterhead,
            body,
            changed: "",
            version: 1,
        };
        document(&parts, stand)
    }

    #[test]
    fn restriction_and_youth_are_marked_and_a_draft_says_so() {
        let drawn = made(Stand::Draft(Timestamp::UNIX_EPOCH), &Body::default());
        let kinds: Vec<MarkKind> = drawn.marks.iter().map(|m| m.kind).collect();
        assert_eq!(
            kinds,
            [MarkKind::Draft, MarkKind::ReportingRestriction, MarkKind::Youth, MarkKind::Confidential]
        );
        assert!(drawn.marks[1].words.contains("section 45 order") && drawn.signature.is_none());
    }

    #[test]
    fn a_section_left_out_is_not_in_the_document_and_the_hash_changes_with_every_word() {
        let mut body = Body::default();
        let headings = |d: &Document| d.sections.iter().map(|s| s.heading.clone()).collect::<Vec<_>>();
        let before = made(Stand::Draft(Timestamp::UNIX_EPOCH), &body);
        assert!(headings(&before).contains(&"Background".to_owned()));
        body.sections.entry("background".into()).or_default().left_out = true;
        let after = made(Stand::Draft(Timestamp::UNIX_EPOCH), &body);
        assert!(!headings(&after).contains(&"Background".to_owned()));
        assert_ne!(digest(&before).unwrap(), digest(&after).unwrap());
    }
}
