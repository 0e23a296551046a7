//! Days in court as they are kept: each with everything that was said about it, by whom.

use super::codes::Ended;
use super::heard::Heard;
use crate::ids::{HearingId, ImportId, ListingId, PersonId, ProjectId, SaidId};
use crate::morning::{About, off_their_list};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Read, Result, Row, sql};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The court, by its lists and messages.
    Court,
    /// A colleague.
    Ours,
}

impl Voice {
    /// The key kept.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Voice::Court => "court",
            Voice::Ours => "ours",
        }
    }

    fn from_key(key: &str) -> Self {
        if key == Voice::Court.key() { Voice::Court } else { Voice::Ours }
    }
}

/// What one voice said once.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its id.
    pub id: SaidId,
    /// Who speaks.
    pub voice: Voice,
    /// The file it came with.
    pub import: Option<ImportId>,
    /// When the court sent it, or when it was recorded.
    pub said_at: Timestamp,
    /// When it reached us.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub by: String,
    /// Why it was changed; empty for the first.
    pub reason: String,
    /// What the court had said last when a colleague wrote this.
    pub answers_to: Option<SaidId>,
    /// What was said.
    pub heard: Heard,
}

/// One person's day in court.
#[derive(Debug, Clone)]
pub struct Hearing {
    /// Its id.
    pub id: HearingId,
    /// The line it stands on.
    pub listing: Option<ListingId>,
    /// The person, when it was typed without a line.
    pub person: Option<PersonId>,
    /// The project, when it was typed without a line.
    pub project: Option<ProjectId>,
    /// A later list took its line off.
    pub off_list: bool,
    /// Everything said about it, oldest first.
    pub said: Vec<Said>,
}

impl Hearing {
    /// What this voice said last.
    #[must_use]
    pub fn newest(&self, voice: Voice) -> Option<&Said> {
        self.said.iter().rev().find(|said| said.voice == voice)
    }

    /// What the court says of it: its newest word. A later word that says nothing of what happened does not take back an earlier
    /// one that does; how the person stood before is what it said before it had results.
    #[must_use]
    pub fn court(&self) -> Option<Heard> {
        let words: Vec<&Heard> =
            self.said.iter().filter(|said| said.voice == Voice::Court).map(|said| &said.heard).collect();
        let mut heard = (*words.last()?).clone();
        if let Some(earlier) = words.iter().rev().find(|word| word.says_what_happened())
            && !heard.says_what_happened()
        {
            heard.after = earlier.after;
            heard.ended = earlier.ended;
            heard.put_off = earlier.put_off;
            heard.put_off_words.clone_from(&earlier.put_off_words);
            heard.comes_back.clone_from(&earlier.comes_back);
            heard.results.clone_from(&earlier.results);
            heard.resulted = earlier.resulted;
        }
        let said_before = words.iter().rev().map(|word| word.before).find(|before| before.is_said());
        heard.before = said_before.unwrap_or_default();
        let attended = words.iter().rev().map(|word| word.attended).find(|attended| attended.is_said());
        heard.attended = attended.unwrap_or_default();
        Some(heard)
    }
}

fn said(row: &Row) -> Result<Said> {
    let text: String = row.get("said")?;
    Ok(Said {
        id: row.get("id")?,
        voice: Voice::from_key(&row.get::<String>("voice")?),
        import: row.get("import_id")?,
        said_at: row.get("said_at")?,
        recorded_at: row.get("recorded_at")?,
        by: row.get("by_words")?,
        reason: row.get("reason")?,
        answers_to: row.get("answers_to")?,
        heard: serde_json::from_str(&text)
            .map_err(|e| store::Error::Column { column: "said".into(), why: e.to_string() })?,
    })
}

/// Rows into days in court with what was said, in two statements however many they are; each once.
fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Hearing>> {
    let mut hearings: Vec<Hearing> = Vec::new();
    let mut places: HashMap<HearingId, usize> = HashMap::new();
    for row in rows {
        let id: HearingId = row.get("id")?;
        if places.contains_key(&id) {
            continue;
        }
        places.insert(id, hearings.len());
        hearings.push(Hearing {
            id,
            listing: row.get("listing_id")?,
            person: row.get("person_id")?,
            project: row.get("project_id")?,
            off_list: false,
            said: Vec::new(),
        });
    }
    let ids: Vec<HearingId> = hearings.iter().map(|hearing| hearing.id).collect();
    for row in r.query_list(
        sql("SELECT * FROM hearing_version WHERE hearing_id IN ($LIST) ORDER BY said_at, id"),
        &[],
        &ids,
    )? {
        if let Some(place) = places.get(&row.get("hearing_id")?) {
            hearings[*place].said.push(said(&row)?);
        }
    }
    let listings: Vec<ListingId> = hearings.iter().filter_map(|hearing| hearing.listing).collect();
    let off = off_their_list(r, &listings)?;
    for hearing in &mut hearings {
        hearing.off_list = hearing.listing.is_some_and(|listing| off.contains(&listing));
    }
    Ok(hearings)
}

/// Days in court that hang on a line or a person.
///
/// # Errors
/// When the database can't be read.
pub(super) fn about(r: &mut Read<'_>, about: &About) -> Result<Vec<Hearing>> {
    on(r, &about.listings, &about.people)
}

/// Days in court that hang on any of these.
pub(super) fn on(r: &mut Read<'_>, listings: &[ListingId], people: &[PersonId]) -> Result<Vec<Hearing>> {
    let mut rows = r.query_list(sql("SELECT * FROM hearing WHERE listing_id IN ($LIST)"), &[], listings)?;
    rows.extend(r.query_list(sql("SELECT * FROM hearing WHERE person_id IN ($LIST)"), &[], people)?);
    filled(r, &rows)
}

/// One day in court, whoever asks: its door is [`super::subject::hearing_in_scope`].
pub(super) fn by_id(r: &mut Read<'_>, id: HearingId) -> Result<Option<Hearing>> {
    let rows = r.query(sql("SELECT * FROM hearing WHERE id = $1"), &[&id])?;
    Ok(filled(r, &rows)?.pop())
}

/// What a line's day in court ended with, in short.
#[derive(Debug, Clone)]
pub(super) struct InShort {
    pub(super) listing: ListingId,
    pub(super) voice: Voice,
    pub(super) ended: Ended,
    pub(super) next_on: Option<Date>,
    pub(super) said_at: Timestamp,
    pub(super) by: String,
}

/// How the days of these lines ended, oldest word first: in one statement, for the board, which shows many.
pub(super) fn in_short(r: &mut Read<'_>, listings: &[ListingId]) -> Result<Vec<InShort>> {
    r.query_list(
        sql("SELECT h.listing_id, v.voice, v.ended, v.next_on, v.said_at, v.by_words FROM hearing h JOIN hearing_version v ON v.hearing_id = h.id WHERE v.ended <> '' AND h.listing_id IN ($LIST) ORDER BY v.said_at, v.id"),
        &[],
        listings,
    )?
    .iter()
    .map(|row| {
        Ok(InShort {
            listing: row.get("listing_id")?,
            voice: Voice::from_key(&row.get::<String>("voice")?),
            ended: Ended::from_key(&row.get::<String>("ended")?),
            next_on: row.get("next_on")?,
            said_at: row.get("said_at")?,
            by: row.get("by_words")?,
        })
    })
    .collect()
}
