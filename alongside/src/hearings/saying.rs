//! Writing down what a voice says. Nothing is overwritten: each word is a new row.

use super::heard::Heard;
use super::kept::{Hearing, Voice};
use super::meaning::meaning;
use super::subject::Subject;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{HearingId, ImportId, ListingId, SaidId};
use crate::morning::{Arrival, brought_by};
use intake::{Intake, ListedKind, Note};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use store::{Many, Result, sql};

/// What a version is written with, besides its words.
struct By<'a> {
    voice: Voice,
    import: Option<ImportId>,
    said_at: Timestamp,
    by: &'a str,
    reason: &'a str,
    answers_to: Option<SaidId>,
}

/// Versions and their results, gathered so that a list of three hundred rows takes few statements.
struct Words {
    versions: Many,
    results: Many,
}

impl Words {
    fn new() -> Self {
        Self {
            versions: Many::of(sql(
                "INSERT INTO hearing_version (id, hearing_id, voice, import_id, said_at, recorded_at, by_words, reason, answers_to, court_code, hearing_on, attended, stood_before, stood_after, ended, put_off_for, next_on, said) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
            )),
            results: Many::of(sql(
                "INSERT INTO hearing_result (version_id, ordinal, code, label, used_as, ordered_on) VALUES ($1, $2, $3, $4, $5, $6)",
            )),
        }
    }

    fn add(&mut self, hearing: HearingId, heard: &Heard, by: &By<'_>) -> Result<SaidId> {
        let id = SaidId::fresh();
        let said = serde_json::to_string(heard)
            .map_err(|e| store::Error::Column { column: "said".into(), why: e.to_string() })?;
        self.versions.add(&[
            &id,
            &hearing,
            &by.voice.key(),
            &by.import,
            &by.said_at,
            &clock::now(),
            &by.by,
            &by.reason,
            &by.answers_to,
            &heard.court_code,
            &heard.on,
            &heard.attended.key(),
            &heard.before.key(),
            &heard.after.key(),
            &heard.ended.key(),
            &heard.put_off.key(),
            &heard.comes_back.on,
            &said,
        ]);
        for (ordinal, result) in (0_i64..).zip(&heard.results) {
            let used_as = result.known().map(|known| super::codes::use_key(known.used_as));
            self.results.add(&[&id, &ordinal, &result.code, &result.label, &used_as, &result.ordered_on]);
        }
        Ok(id)
    }

    fn write<C: Capability>(&self, w: &mut Writer<'_, C>) -> Result<()> {
        w.execute_many(&self.versions)?;
        w.execute_many(&self.results)?;
        Ok(())
    }
}

/// Takes in what a file says of hearings, after the morning took in its lines. Gives what was odd.
///
/// # Errors
/// When the database refuses; then nothing of the file was taken.
pub fn take_in<C: Capability>(w: &mut Writer<'_, C>, file: &Intake, arrival: Arrival) -> Result<Vec<Note>> {
    let lines: HashMap<String, (ListingId, String, Timestamp)> = brought_by(w, arrival.import)?
        .into_iter()
        .map(|line| (line.source_key, (line.listing, line.court_code, line.sent_at)))
        .collect();
    let listings: Vec<ListingId> = lines.values().map(|(listing, ..)| *listing).collect();
    let there: HashMap<ListingId, Hearing> = super::kept::on(w, &listings, &[])?
        .into_iter()
        .filter_map(|hearing| Some((hearing.listing?, hearing)))
        .collect();
    let (by, now) = (w.by(), clock::now());
    let mut hearings =
        Many::of(sql("INSERT INTO hearing (id, listing_id, recorded_at, by_words) VALUES ($1, $2, $3, $4)"));
    let (mut words, mut notes, mut taken) = (Words::new(), Vec::new(), HashSet::new());
    for line in file.listings.iter().filter(|line| line.kind != ListedKind::Organisation) {
        let Some((listing, court, said_at)) = lines.get(&line.source_key) else { continue };
        if !taken.insert(*listing) {
            continue;
        }
        let heard = meaning(line, court);
        notes.extend(
            heard.oddities.iter().map(|odd| Note { place: line.place.clone(), what: format!("{odd}.") }),
        );
        let standing = there.get(listing);
        if standing.and_then(|h| h.newest(Voice::Court)).is_some_and(|said| said.heard == heard) {
            continue;
        }
        let id = match standing {
            Some(hearing) => hearing.id,
            None => {
                let id = HearingId::fresh();
                hearings.add(&[&id, listing, &now, &by]);
                id
            }
        };
        let by = By {
            voice: Voice::Court,
            import: Some(arrival.import),
            said_at: *said_at,
            by: &by,
            reason: "",
            answers_to: None,
        };
        words.add(id, &heard, &by)?;
    }
    w.record(Event::new("hearings taken in", "import", arrival.import));
    w.execute_many(&hearings)?;
    words.write(w)?;
    Ok(notes)
}

/// The day in court that a word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// One that is here.
    Known(HearingId),
    /// A new one, under this id.
    New(HearingId),
}

/// What a colleague records.
#[derive(Debug, Clone)]
pub struct NewWord {
    /// The day in court.
    pub on: On,
    /// What they say.
    pub heard: Heard,
    /// Why it is changed.
    pub reason: String,
    /// What the court had said last, as they saw it.
    pub answers_to: Option<SaidId>,
}

/// Keeps a colleague's word.
///
/// # Errors
/// When the database refuses.
pub fn say<C: Capability>(w: &mut Writer<'_, C>, subject: &Subject, new: &NewWord) -> Result<()> {
    let by = w.by();
    let (id, action) = match new.on {
        On::Known(id) => (id, "hearing recorded"),
        On::New(id) => (id, "hearing added"),
    };
    w.record(Event::new(action, "hearing", id).with(subject.audit_words()));
    if new.on == On::New(id) {
        w.execute(
            sql("INSERT INTO hearing (id, listing_id, person_id, project_id, recorded_at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&id, &subject.listing(), &subject.person_when_no_line(), &subject.project, &clock::now(), &by],
        )?;
    }
    let mut words = Words::new();
    let by = By {
        voice: Voice::Ours,
        import: None,
        said_at: clock::now(),
        by: &by,
        reason: &new.reason,
        answers_to: new.answers_to,
    };
    words.add(id, &new.heard, &by)?;
    words.write(w)?;
    subject.changed(w)
}
