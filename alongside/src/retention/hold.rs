//! Legal holds and deaths: facts about a person that say when their record may go, or that it may not.

use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Opt;
use crate::ids::PersonId;
use crate::people::{Person, ids_of};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Why a record must not go.
pub const CLASSES: &[Opt] = &[
    Opt::new("inquest", "Inquest or death in custody"),
    Opt::new("inquiry", "Public inquiry"),
    Opt::new("claim", "Legal claim, made or expected"),
    Opt::new("proceedings", "Criminal or care proceedings, or an appeal"),
    Opt::new("complaint", "Complaint or investigation of an incident"),
    Opt::new("request", "The person asked us to keep it"),
    Opt::new("other", "Another reason"),
];

/// A class in words.
#[must_use]
pub fn class_words(key: &str) -> &str {
    CLASSES.iter().find(|o| o.key == key).map_or(key, |o| o.words)
}

/// A hold that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: Uuid,
    /// The record it holds: where that was merged, the one that was kept.
    pub person: PersonId,
    /// A key of [`CLASSES`].
    pub class: String,
    /// Why, in words.
    pub words: String,
    /// When somebody is to ask whether it is still needed.
    pub review_on: Date,
    /// Since when.
    pub placed_at: Timestamp,
    /// By whom.
    pub by: String,
}

impl Hold {
    /// As a list says it: the class and the day, without the words.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}, since {}", class_words(&self.class), clock::day_words(clock::london_day(self.placed_at)))
    }

    /// Whether the day of its review has come. It stands all the same.
    #[must_use]
    pub fn to_review(&self, today: Date) -> bool {
        self.review_on <= today
    }
}

fn hold_of(row: &Row) -> Result<Hold> {
    Ok(Hold {
        id: row.get("id")?,
        person: row.get("stands_for")?,
        class: row.get("class")?,
        words: row.get("words")?,
        review_on: row.get("review_on")?,
        placed_at: row.get("placed_at")?,
        by: row.get("by_words")?,
    })
}

/// All holds that stand, the next to be reviewed first. A hold that was placed while two records were one holds both, also after
/// they were parted again: then it is here once for each.
///
/// # Errors
/// When the database can't be read.
pub fn standing_holds(r: &mut Read<'_>) -> Result<Vec<Hold>> {
    r.query(
        sql("SELECT h.*, COALESCE(p.merged_into, p.id) AS stands_for FROM legal_hold h JOIN person p ON p.id = h.person_id WHERE NOT EXISTS (SELECT 1 FROM legal_hold_lifting l WHERE l.hold_id = h.id) UNION SELECT h.*, COALESCE(p.merged_into, p.id) AS stands_for FROM legal_hold h JOIN person_merge m ON m.kept = h.person_id AND m.at <= h.placed_at AND m.undone_at > h.placed_at JOIN person p ON p.id = m.merged WHERE NOT EXISTS (SELECT 1 FROM legal_hold_lifting l WHERE l.hold_id = h.id) ORDER BY review_on, id"),
        &[],
    )?
    .iter()
    .map(hold_of)
    .collect()
}

/// People of whom nothing may go now, each with why: a hold stands on them, or they asked what is held about them and have no
/// answer yet (Data Protection Act 2018, section 173). By the record that stands for itself.
///
/// # Errors
/// When the database can't be read.
pub fn held_people(r: &mut Read<'_>) -> Result<HashMap<PersonId, Vec<String>>> {
    let mut held: HashMap<PersonId, Vec<String>> = HashMap::new();
    for hold in standing_holds(r)? {
        held.entry(hold.person).or_default().push(hold.short());
    }
    for row in r.query(
        sql("SELECT COALESCE(p.merged_into, p.id) AS stands_for, q.received_on FROM access_request q JOIN person p ON p.id = q.person_id WHERE NOT EXISTS (SELECT 1 FROM access_closing c WHERE c.request_id = q.id) UNION SELECT COALESCE(p.merged_into, p.id) AS stands_for, q.received_on FROM access_request q JOIN person_merge m ON m.kept = q.person_id AND m.at <= q.recorded_at AND m.undone_at > q.recorded_at JOIN person p ON p.id = m.merged WHERE NOT EXISTS (SELECT 1 FROM access_closing c WHERE c.request_id = q.id)"),
        &[],
    )? {
        let why = format!("A request for access, received {}", clock::day_words(row.get("received_on")?));
        held.entry(row.get("stands_for")?).or_default().push(why);
    }
    Ok(held)
}

/// Waits for whoever takes records away, or says that they must not go, and keeps others waiting until this unit of work ends:
/// of a hold and a carrying out in one moment, the second sees what the first did.
///
/// # Errors
/// When the database refuses.
pub fn take_turn<C: Capability>(w: &mut Writer<'_, C>) -> Result<()> {
    // Changes nothing but who waits for whom, so it is no event.
    w.raw_for_operator().execute(sql("UPDATE retention_turn SET one = one"), &[])?;
    Ok(())
}

/// The holds that stand on a person or a record merged into theirs.
///
/// # Errors
/// When the database can't be read.
pub fn holds_on(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Hold>> {
    Ok(standing_holds(r)?.into_iter().filter(|hold| people.contains(&hold.person)).collect())
}

/// A hold to be placed.
#[derive(Debug, Clone)]
pub struct NewHold {
    /// A key of [`CLASSES`].
    pub class: String,
    /// Why, in words.
    pub words: String,
    /// When somebody is to ask whether it is still needed.
    pub review_on: Date,
}

/// Places a hold on a person.
///
/// # Errors
/// When the database refuses.
pub fn place<C: Capability>(w: &mut Writer<'_, C>, person: &Person, new: &NewHold) -> Result<Uuid> {
    take_turn(w)?;
    let (id, by, account) = (Uuid::now_v7(), w.by(), w.actor().account);
    w.record(
        Event::new("legal hold placed", "person", person.id())
            .with(format!("class {}; hold {id}", new.class)),
    );
    w.execute(
        sql("INSERT INTO legal_hold (id, person_id, class, words, review_on, placed_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&id, &person.id(), &new.class, &new.words, &new.review_on, &clock::now(), &account, &by],
    )?;
    Ok(id)
}

/// Lifts a hold of a person; whether it stood there.
///
/// # Errors
/// When the database refuses.
pub fn lift<C: Capability>(w: &mut Writer<'_, C>, person: &Person, hold: Uuid, words: &str) -> Result<bool> {
    let people = ids_of(w, person)?;
    if !holds_on(w, &people)?.iter().any(|there| there.id == hold) {
        return Ok(false);
    }
    let (by, account) = (w.by(), w.actor().account);
    w.record(Event::new("legal hold lifted", "person", person.id()).with(format!("hold {hold}")));
    w.execute(
        sql("INSERT INTO legal_hold_lifting (hold_id, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hold_id) DO NOTHING"),
        &[&hold, &words, &clock::now(), &account, &by],
    )?;
    Ok(true)
}

/// That somebody died, as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Death {
    /// Its id.
    pub id: Uuid,
    /// The day.
    pub died_on: Date,
    /// How we know.
    pub source: String,
    /// When it was written down.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// The newest deaths that were not a mistake, by the record they were written on.
///
/// # Errors
/// When the database can't be read.
pub fn deaths(r: &mut Read<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, Death>> {
    let mut out = HashMap::new();
    for row in r.query_list(
        sql("SELECT d.* FROM person_death d WHERE NOT EXISTS (SELECT 1 FROM person_death_mistake m WHERE m.death_id = d.id) AND d.person_id IN ($LIST) ORDER BY d.at, d.id"),
        &[],
        people,
    )? {
        let death = Death {
            id: row.get("id")?,
            died_on: row.get("died_on")?,
            source: row.get("source")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        };
        out.insert(row.get("person_id")?, death);
    }
    Ok(out)
}

/// Writes down that a person died.
///
/// # Errors
/// When the database refuses.
pub fn record_death<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    died_on: Date,
    source: &str,
) -> Result<()> {
    let (by, account) = (w.by(), w.actor().account);
    w.record(Event::new("death recorded", "person", person.id()));
    w.execute(
        sql("INSERT INTO person_death (id, person_id, died_on, source, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&Uuid::now_v7(), &person.id(), &died_on, &source, &clock::now(), &account, &by],
    )?;
    Ok(())
}

/// Says that a recorded death was a mistake; whether it stood there.
///
/// # Errors
/// When the database refuses.
pub fn death_mistaken<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    death: Uuid,
    words: &str,
) -> Result<bool> {
    let people = ids_of(w, person)?;
    if !deaths(w, &people)?.values().any(|there| there.id == death) {
        return Ok(false);
    }
    let by = w.by();
    w.record(Event::new("recorded death was a mistake", "person", person.id()));
    w.execute(
        sql("INSERT INTO person_death_mistake (death_id, words, at, by_words) VALUES ($1, $2, $3, $4) ON CONFLICT (death_id) DO NOTHING"),
        &[&death, &words, &clock::now(), &by],
    )?;
    Ok(true)
}
