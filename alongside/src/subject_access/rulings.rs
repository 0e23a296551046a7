//! Keep or withhold: what a human ruled on passages, and why something may be withheld.

use super::passages::{Part, Passage};
use super::request::lock_open;
use super::shared::stand_elsewhere;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Opt;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use store::{Many, Read, Result, sql};
use uuid::Uuid;

/// Why a passage is withheld. The words stand in the copy.
pub const CLASSES: &[Opt] = &[
    Opt::new(
        "third-party",
        "It is about or from somebody else (Data Protection Act 2018, Schedule 2, paragraph 16)",
    ),
    Opt::new(
        "serious-harm",
        "Telling it would be likely to cause serious harm to somebody’s health (Data Protection Act 2018, Schedule 3, paragraph 5)",
    ),
    Opt::new(
        "wishes",
        "It was said in the expectation that whoever asks now for the person would not be told (Data Protection Act 2018, Schedule 3, paragraph 4)",
    ),
    Opt::new(
        "crime",
        "Telling it would hinder preventing or prosecuting crime (Data Protection Act 2018, Schedule 2, paragraph 2)",
    ),
    Opt::new("privilege", "It is legal advice (Data Protection Act 2018, Schedule 2, paragraph 19)"),
    Opt::new("law", "An order of a court or another law forbids it"),
];

/// The class that is there only where a parent, or somebody whom a court appointed, asks (Schedule 3, paragraph 4).
pub const FOR_OTHERS_ONLY: &str = "wishes";

/// The reasons that there are when somebody of this kind asks.
pub fn classes_for(requester: &str) -> impl Iterator<Item = &'static Opt> {
    let for_somebody = matches!(requester, "parent" | "attorney");
    CLASSES.iter().filter(move |class| for_somebody || class.key != FOR_OTHERS_ONLY)
}

/// The class that needs the opinion of a health professional (Schedule 3, paragraph 6): who was asked is written down.
pub const NEEDS_OPINION: &str = "serious-harm";

/// A class in words.
#[must_use]
pub fn class_words(key: &str) -> &'static str {
    CLASSES.iter().find(|o| o.key == key).map_or("for another reason", |o| o.words)
}

/// What was ruled on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It is told.
    Keep,
    /// It is withheld: a key of [`CLASSES`], and words for the file.
    Withhold {
        /// The class.
        class: String,
        /// Why, and who was asked; not told to the person.
        words: String,
    },
}

/// A ruling as it was kept.
#[derive(Debug, Clone)]
struct Kept {
    id: Uuid,
    at: Timestamp,
    hash: String,
    ruling: Ruling,
}

/// Rulings that were kept, by passage: the newest, with the fingerprint of the words it was made on.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    newest: HashMap<String, Kept>,
    /// Passages in which words stand that are withheld elsewhere, and since when.
    shared: HashMap<String, Timestamp>,
}

impl Rulings {
    /// Looks for withheld words in other passages: those wait, unless somebody ruled on them after that.
    pub(super) fn look_elsewhere(&mut self, parts: &[Part]) {
        let passages = parts.iter().flat_map(|p| &p.records).flat_map(|r| &r.passages);
        let withheld: Vec<(&Passage, Timestamp)> = passages
            .filter_map(|passage| {
                let kept = self.newest.get(&passage.key)?;
                matches!(kept.ruling, Ruling::Withhold { .. }).then_some((passage, kept.at))
            })
            .collect();
        self.shared = stand_elsewhere(parts, &withheld);
    }

    /// The ruling on a passage; none where nobody ruled, or its words are others since.
    #[must_use]
    pub fn on(&self, passage: &Passage) -> Option<&Ruling> {
        self.newest.get(&passage.key).filter(|kept| kept.hash == passage.hash()).map(|kept| &kept.ruling)
    }

    /// Tells what somebody saw of a passage: its words, and the ruling on it. Another one means that either changed.
    #[must_use]
    pub fn stamp(&self, passage: &Passage) -> String {
        let ruled = self.newest.get(&passage.key).map(|kept| kept.id.to_string()).unwrap_or_default();
        format!("{}{ruled}", passage.hash())
    }

    /// Tells what somebody saw of all passages.
    #[must_use]
    pub fn stamp_of_all(&self, parts: &[Part]) -> String {
        let mut all = Sha256::new();
        for passage in parts.iter().flat_map(|p| &p.records).flat_map(|r| &r.passages) {
            all.update(&passage.key);
            all.update(self.stamp(passage));
        }
        all.finalize().iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// Why a passage is withheld; nothing where it is told.
    #[must_use]
    pub fn withheld(&self, passage: &Passage) -> Option<&'static str> {
        match self.on(passage) {
            Some(Ruling::Withhold { class, .. }) => Some(class_words(class)),
            Some(Ruling::Keep) | None => None,
        }
    }

    /// Why a passage waits for a ruling; nothing where it does not.
    #[must_use]
    pub fn waits(&self, passage: &Passage) -> Option<String> {
        let kept = self.newest.get(&passage.key);
        let shared = self.shared.get(&passage.key);
        match (self.on(passage), kept) {
            (Some(Ruling::Withhold { .. }), _) => None,
            // Kept before the same words were withheld elsewhere: that ruling did not know.
            (Some(Ruling::Keep), Some(kept)) => shared
                .is_some_and(|since| *since > kept.at)
                .then(|| "Words that were withheld elsewhere since stand in it".into()),
            (_, Some(Kept { ruling: Ruling::Withhold { .. }, .. })) => {
                Some("It was withheld, and says something else since".into())
            }
            _ if shared.is_some() => Some("Words that are withheld elsewhere stand in it".into()),
            _ => passage.look.clone(),
        }
    }

    /// Whether a passage waits for a ruling.
    #[must_use]
    pub fn open(&self, passage: &Passage) -> bool {
        self.waits(passage).is_some()
    }

    /// How many passages wait, and how many are withheld.
    #[must_use]
    pub fn tally(&self, parts: &[Part]) -> Tally {
        let mut tally = Tally::default();
        for passage in parts.iter().flat_map(|p| &p.records).flat_map(|r| &r.passages) {
            tally.all += 1;
            tally.looked += i64::from(passage.look.is_some());
            tally.open += i64::from(self.open(passage));
            tally.withheld += i64::from(self.withheld(passage).is_some());
        }
        tally
    }
}

/// Figures of a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passages.
    pub all: i64,
    /// Those with a reason to look.
    pub looked: i64,
    /// Those of them that wait for a ruling.
    pub open: i64,
    /// Those that are withheld.
    pub withheld: i64,
}

/// What was ruled for a request.
///
/// # Errors
/// When the database can't be read.
pub fn rulings_of(r: &mut Read<'_>, request: Uuid) -> Result<Rulings> {
    let mut out = HashMap::new();
    for row in r.query(
        sql("SELECT id, at, passage, text_hash, decision, class, words FROM access_ruling WHERE request_id = $1 ORDER BY at, id"),
        &[&request],
    )? {
        let ruling = if row.get::<String>("decision")? == "withhold" {
            Ruling::Withhold { class: row.get("class")?, words: row.get("words")? }
        } else {
            Ruling::Keep
        };
        let kept = Kept { id: row.get("id")?, at: row.get("at")?, hash: row.get("text_hash")?, ruling };
        out.insert(row.get("passage")?, kept);
    }
    Ok(Rulings { newest: out, shared: HashMap::new() })
}

/// Keeps rulings; an earlier one on the same passage stays, and counts no more. Each comes with the stamp of what was seen.
/// Nothing is kept where somebody ruled on one of them meanwhile, or the request was closed: then the answer is no.
///
/// # Errors
/// When the database refuses.
pub fn rule<C: Capability>(
    w: &mut Writer<'_, C>,
    request: Uuid,
    rulings: &[(Passage, String, Ruling)],
) -> Result<bool> {
    if rulings.is_empty() {
        return Ok(true);
    }
    if !lock_open(w, request)? {
        return Ok(false);
    }
    let now_there = rulings_of(w, request)?;
    if rulings.iter().any(|(passage, seen, _)| now_there.stamp(passage) != *seen) {
        return Ok(false);
    }
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.record(
        Event::new("subject access: passages ruled on", "subject access", request)
            .with(format!("{} passages", rulings.len())),
    );
    let mut rows = Many::of(sql(
        "INSERT INTO access_ruling (id, request_id, passage, text_hash, decision, class, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    ));
    for (passage, _, ruling) in rulings {
        let (decision, class, words) = match ruling {
            Ruling::Keep => ("keep", "", ""),
            Ruling::Withhold { class, words } => ("withhold", class.as_str(), words.as_str()),
        };
        let (id, hash) = (Uuid::now_v7(), passage.hash());
        rows.add(&[&id, &request, &passage.key, &hash, &decision, &class, &words, &now, &account, &by]);
    }
    w.execute_many(&rows)?;
    Ok(true)
}
