//! The copy: one set of parts and rulings, out of which the readable document and the JSON file are made. Pure.

use super::opened::Looked;
use super::passages::{Part, Passage};
use super::request::{REQUESTERS, Request, in_words};
use super::rulings::{Rulings, Tally};
use crate::clock;
use documents::{Block, Day, Document, Fact, FactTable, Footer, Letterhead, Mark, MarkKind, Section};
use jiff::Timestamp;
use serde::Serialize;

/// What a copy is made of.
#[derive(Debug)]
pub struct Content<'a> {
    /// The request.
    pub request: &'a Request,
    /// The person's name, as the register has it.
    pub name: &'a str,
    /// What is held.
    pub parts: &'a [Part],
    /// What was ruled.
    pub rulings: &'a Rulings,
    /// Who opened the records.
    pub looked: &'a [Looked],
    /// How long what is kept, in words.
    pub kept: &'a [String],
    /// When the copy is made.
    pub at: Timestamp,
}

/// The words where something is withheld.
fn withheld_words(why: &str) -> String {
    format!("Withheld: {why}.")
}

/// The form of the JSON file. `docs/administrators/subject-access.md` explains it.
pub const FORMAT: &str = "alongside-subject-access-1";

/// The JSON file.
#[derive(Debug, Serialize)]
struct File<'a> {
    format: &'static str,
    made_at: String,
    received_on: String,
    about: &'a str,
    information: Vec<FileInformation>,
    passages: i64,
    withheld: i64,
    parts: Vec<FilePart<'a>>,
    opened: Vec<FileLooked<'a>>,
}

#[derive(Debug, Serialize)]
struct FileInformation {
    title: &'static str,
    text: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FilePart<'a> {
    table: &'a str,
    title: &'a str,
    records: Vec<Vec<FilePassage<'a>>>,
}

#[derive(Debug, Serialize)]
struct FilePassage<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<&'a str>,
}

impl<'a> FilePassage<'a> {
    fn of(passage: &'a Passage, rulings: &Rulings) -> Self {
        let withheld = rulings.withheld(passage);
        let text = withheld.is_none().then_some(passage.text.as_str());
        Self { label: &passage.label, text, withheld }
    }
}

#[derive(Debug, Serialize)]
struct FileLooked<'a> {
    on: String,
    what: &'a str,
    times: usize,
    colleagues: usize,
}

/// The JSON file of a copy.
///
/// # Errors
/// Never in practice: words always have a JSON form.
pub fn file(content: &Content<'_>) -> Result<String, serde_json::Error> {
    let Tally { all, withheld, .. } = content.rulings.tally(content.parts);
    let parts = content
        .parts
        .iter()
        .map(|part| FilePart {
            table: part.table,
            title: part.title,
            records: part
                .records
                .iter()
                .map(|record| record.passages.iter().map(|p| FilePassage::of(p, content.rulings)).collect())
                .collect(),
        })
        .collect();
    serde_json::to_string_pretty(&File {
        format: FORMAT,
        made_at: content.at.to_string(),
        received_on: content.request.received_on.to_string(),
        about: content.name,
        information: information(content)
            .into_iter()
            .map(|(title, text)| FileInformation { title, text })
            .collect(),
        passages: all,
        withheld,
        parts,
        opened: content
            .looked
            .iter()
            .map(|l| FileLooked { on: l.on.to_string(), what: &l.what, times: l.times, colleagues: l.by })
            .collect(),
    })
}

/// The readable document of a copy.
#[must_use]
pub fn document(content: &Content<'_>, letterhead: Letterhead, version: i64) -> Document {
    let day = clock::london_day(content.at);
    let mut sections = vec![about(content), told_beside(content)];
    sections.extend(content.parts.iter().map(|part| section(part, content.rulings)));
    sections.push(opened(content.looked));
    Document {
        title: format!("Everything we hold about {}", content.name),
        kind: "Copy for subject access".into(),
        date: Day {
            year: day.year().unsigned_abs(),
            month: day.month().unsigned_abs(),
            day: day.day().unsigned_abs(),
            words: clock::day_words(day),
        },
        letterhead,
        marks: vec![Mark {
            kind: MarkKind::Confidential,
            label: "Confidential".into(),
            words: "About one person, for whoever asked. It speaks of health, offences and court: keep it where nobody else reads it.".into(),
        }],
        facts: vec![request_facts(content)],
        sections,
        signature: None,
        footer: Footer {
            document_id: reference(content.request),
            version: version.to_string(),
            hash: String::new(),
            classification: "Official – sensitive".into(),
        },
        ..Document::default()
    }
}

/// Short, for letters and the foot of each page. Tells nothing of anybody.
#[must_use]
pub fn reference(request: &Request) -> String {
    let id = request.id.to_string();
    format!("SA-{}", id.rsplit('-').next().unwrap_or_default().to_uppercase())
}

fn request_facts(content: &Content<'_>) -> FactTable {
    let fact = |label: &str, value: String| Fact { label: label.into(), value, source: String::new() };
    let Tally { all, withheld, .. } = content.rulings.tally(content.parts);
    FactTable {
        caption: "Your request".into(),
        rows: vec![
            fact("Received", clock::day_words(content.request.received_on)),
            fact("Asked for by", in_words(REQUESTERS, &content.request.requester).to_owned()),
            fact("This copy was made", clock::moment_words(content.at)),
            fact("Passages", format!("{all}, of which {withheld} are withheld")),
        ],
    }
}

fn about(content: &Content<'_>) -> Section {
    let mut items = vec![
        "Everything that this service has written down about you or received about you stands here, part by part, the oldest first.".to_owned(),
        "Where something is withheld, it says so in its place, with the reason.".to_owned(),
        "Colleagues who wrote something are named. Who opened your records is told without names.".to_owned(),
        "If something is wrong, say so: you can have it corrected, or your own words put beside it.".to_owned(),
        "You can complain to us, and to the Information Commissioner (ico.org.uk).".to_owned(),
    ];
    if !content.request.wants.is_empty() {
        items.insert(0, format!("You asked for: {}", content.request.wants));
    }
    Section { heading: "About this copy".into(), blocks: vec![Block::Bullets { items }] }
}

/// What is told beside the copy itself (UK GDPR Article 15(1) and (2)), out of what the service knows of itself.
fn information(content: &Content<'_>) -> Vec<(&'static str, Vec<String>)> {
    let titles: Vec<String> = content.parts.iter().map(|part| part.title.to_owned()).collect();
    let one = |words: &str| vec![words.to_owned()];
    vec![
        (
            "What it is used for",
            one(
                "To find people with mental-health needs among those brought to court, to assess them, to tell the court, to get them to help, and to see whether that worked.",
            ),
        ),
        ("What kinds there are", titles),
        (
            "Who was told",
            one(
                "Whom we told what about you, and on what ground, stands below under what was told and under referrals. Nobody outside the United Kingdom is told by this program.",
            ),
        ),
        (
            "Where it comes from",
            one(
                "From you, from colleagues who wrote it down, from lists and results of courts, from records of escorts, and from services and people who told us: where a passage came from stands with it.",
            ),
        ),
        ("How long it is kept", content.kept.to_vec()),
        (
            "Decisions by machine",
            one(
                "None. The program sorts lists and points things out by fixed rules, so that people look sooner; a person decides.",
            ),
        ),
        (
            "What you can ask for",
            one(
                "That it is corrected or completed, that its use is limited, that it is deleted where nothing obliges us to keep it; and you can object to its use. You can complain to us, and to the Information Commissioner (ico.org.uk).",
            ),
        ),
    ]
}

fn told_beside(content: &Content<'_>) -> Section {
    let mut blocks = Vec::new();
    for (title, text) in information(content) {
        match text.as_slice() {
            [words] => blocks.push(Block::Paragraph { text: format!("{title}. {words}") }),
            _ => {
                blocks.push(Block::Paragraph { text: format!("{title}:") });
                blocks.push(Block::Bullets { items: text });
            }
        }
    }
    Section { heading: "What we do with it".into(), blocks }
}

fn section(part: &Part, rulings: &Rulings) -> Section {
    let header = || vec!["What".to_owned(), "What it says".to_owned()];
    let blocks = part
        .records
        .iter()
        .enumerate()
        .map(|(n, record)| Block::Table {
            // One row has the heading of its section already.
            caption: if part.records.len() == 1 {
                String::new()
            } else {
                format!("{} {}", part.title, n + 1)
            },
            header: header(),
            rows: record
                .passages
                .iter()
                .map(|p| {
                    let text = rulings.withheld(p).map_or_else(|| p.text.clone(), withheld_words);
                    vec![p.label.clone(), text]
                })
                .collect(),
        })
        .collect();
    Section { heading: part.title.into(), blocks }
}

fn opened(looked: &[Looked]) -> Section {
    let rows = looked
        .iter()
        .map(|l| {
            vec![
                clock::day_words(l.on),
                l.what.clone(),
                format!("{}, by {}", times(l.times), colleagues(l.by)),
            ]
        })
        .collect();
    Section {
        heading: "Who opened your records".into(),
        blocks: vec![Block::Table {
            caption: "What was done with your records, day by day".into(),
            header: vec!["Day".into(), "What".into(), "How often".into()],
            rows,
        }],
    }
}

fn times(n: usize) -> String {
    if n == 1 { "once".into() } else { format!("{n} times") }
}

fn colleagues(n: usize) -> String {
    if n == 1 { "one colleague".into() } else { format!("{n} colleagues") }
}
