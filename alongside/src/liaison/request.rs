//! What agencies were asked for: due, asked again, answered. One is open per officer and subject.

use super::codes::ledger_means;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{self, NewDisclosure, Purpose, Recipient, Stop};
use crate::ids::{InformationId, PersonId, ProjectId};
use crate::people::{self, Person};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Something to be asked for.
#[derive(Debug, Clone)]
pub struct NewInformation {
    /// The project that asks.
    pub project: ProjectId,
    /// Whom; never the person themselves.
    pub agency: Recipient,
    /// The officer's name, or the office's.
    pub who: String,
    /// Their role.
    pub role: String,
    /// What for; a key of [`super::SUBJECTS`].
    pub subject: String,
    /// The question.
    pub words: String,
    /// By which means; a key of [`super::MEANS`].
    pub means: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By when an answer is needed.
    pub due_on: Date,
}

/// A request as it was kept.
#[derive(Debug, Clone)]
pub struct Information {
    /// Its id.
    pub id: InformationId,
    /// The record it hangs on.
    pub person: PersonId,
    /// The project that asks.
    pub project: ProjectId,
    /// Whom; a key of the ledger's recipients.
    pub agency: String,
    /// The officer.
    pub who: String,
    /// Their role.
    pub role: String,
    /// What for.
    pub subject: String,
    /// The question.
    pub words: String,
    /// By which means.
    pub means: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By when an answer is needed.
    pub due_on: Date,
    /// Who asked.
    pub by: String,
    /// What became of it, oldest first.
    pub events: Vec<InformationEvent>,
}

/// Something that became of a request.
#[derive(Debug, Clone)]
pub struct InformationEvent {
    /// "answered", "chased", "joined", "withdrawn", "no-answer".
    pub kind: String,
    /// In words.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// Written down by.
    pub by: String,
}

impl InformationEvent {
    /// What it is, in words.
    #[must_use]
    pub fn kind_words(&self) -> &'static str {
        match self.kind.as_str() {
            "answered" => "Answered",
            "chased" => "Asked again",
            "joined" => "Asked for by a colleague too",
            "withdrawn" => "No longer needed",
            _ => "Given up without an answer",
        }
    }
}

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waits, in time.
    Waits,
    /// Waits, and the day is over.
    Overdue,
    /// Answered.
    Answered,
    /// Ended without an answer.
    Ended,
}

impl Standing {
    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Standing::Waits => "Waits for an answer",
            Standing::Overdue => "Overdue",
            Standing::Answered => "Answered",
            Standing::Ended => "Ended without an answer",
        }
    }
}

impl Information {
    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        let ended = self.events.iter().rev().find(|e| !matches!(e.kind.as_str(), "chased" | "joined"));
        match ended.map(|e| e.kind.as_str()) {
            Some("answered") => Standing::Answered,
            Some(_) => Standing::Ended,
            None if self.due_on < today => Standing::Overdue,
            None => Standing::Waits,
        }
    }

    /// Whether an answer is still waited for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.events.iter().all(|e| matches!(e.kind.as_str(), "chased" | "joined"))
    }
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It was asked.
    New,
    /// The same officer is asked the same already: that request was joined.
    Joined(InformationId),
    /// They may not be told that we work with the person.
    Stopped(Stop),
}

/// An officer's name as it decides whether two requests go to one: without capitals and double spaces.
fn key_of(who: &str) -> String {
    who.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Asks an agency. Asking tells it that we work with the person, so the ledger rules first, in the same unit.
///
/// # Errors
/// When the database refuses.
pub fn ask<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    id: InformationId,
    new: &NewInformation,
) -> Result<Asked> {
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let key = key_of(&new.who);
    let records = people::ids_of(w, person)?;
    let same = information_of(w, &records)?.into_iter().find(|one| {
        one.is_open()
            && one.agency == new.agency.key()
            && one.subject == new.subject
            && key_of(&one.who) == key
    });
    if let Some(same) = same {
        follow(w, &same, "joined", &new.words, now)?;
        return Ok(Asked::Joined(same.id));
    }
    let about = consent::Subject::person(w, person)?;
    let told = consent::disclose_about(
        w,
        &about,
        &NewDisclosure {
            recipient: new.agency,
            to_name: new.who.clone(),
            to_role: new.role.clone(),
            purpose: Purpose::Treatment,
            means: ledger_means(&new.means),
            summary: "Asked for information: that we work with the person".into(),
            about: Some(("information request", id.into())),
            told_at: new.asked_at,
        },
    )?;
    let disclosure = match told {
        Ok(entry) => entry,
        Err(stop) => return Ok(Asked::Stopped(stop)),
    };
    w.record(Event::new("information asked for", "information", id).with(format!("person {}", person.id())));
    w.execute(
        sql("INSERT INTO information_request (id, person_id, project_id, agency, who, who_key, role, subject, words, means, asked_at, due_on, disclosure_id, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"),
        &[
            &id,
            &person.id(),
            &new.project,
            &new.agency.key(),
            &new.who,
            &key,
            &new.role,
            &new.subject,
            &new.words,
            &new.means,
            &new.asked_at,
            &new.due_on,
            &disclosure,
            &now,
            &account,
            &by,
        ],
    )?;
    people::note_contact(w, person, new.project, now)?;
    Ok(Asked::New)
}

/// Writes down what became of a request.
///
/// # Errors
/// When the database refuses.
pub fn follow<C: Capability>(
    w: &mut Writer<'_, C>,
    request: &Information,
    kind: &'static str,
    words: &str,
    at: Timestamp,
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    w.record(Event::new("information request followed", "information", request.id).with(kind));
    w.execute(
        sql("INSERT INTO information_event (id, request_id, kind, words, at, recorded_at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&Uuid::now_v7(), &request.id, &kind, &words, &at, &now, &by],
    )?;
    Ok(())
}

/// Requests about these records, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn information_of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Information>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = r.query_list(
        sql("SELECT * FROM information_request WHERE person_id IN ($LIST) ORDER BY asked_at DESC, id DESC"),
        &[],
        people,
    )?;
    filled(r, &rows)
}

/// Requests of the reader's projects that wait for an answer, what is due first.
///
/// # Errors
/// When the database can't be read.
pub fn open_information<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Information>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM information_request q WHERE NOT EXISTS (SELECT 1 FROM information_event e WHERE e.request_id = q.id AND e.kind NOT IN ('chased', 'joined')) AND ($1 OR q.project_id IN ($LIST)) ORDER BY q.due_on, q.id"),
        &[&all],
        &projects,
    )?;
    filled(r, &rows)
}

/// A request about a person in scope.
///
/// # Errors
/// When the database can't be read.
pub fn find_information<C: Capability>(
    r: &mut Reader<'_, C>,
    id: InformationId,
) -> Result<Option<(Person, Information)>> {
    let rows: Vec<Row> =
        r.maybe(sql("SELECT * FROM information_request WHERE id = $1"), &[&id])?.into_iter().collect();
    let Some(request) = filled(r, &rows)?.pop() else { return Ok(None) };
    let Some(person) = people::find(r, request.person)? else { return Ok(None) };
    r.saw(Event::new("information request opened", "information", id));
    Ok(Some((person, request)))
}

fn filled(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Information>> {
    let mut found: Vec<Information> = rows.iter().map(information).collect::<Result<_>>()?;
    let ids: Vec<InformationId> = found.iter().map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in r.query_list(
        sql("SELECT * FROM information_event WHERE request_id IN ($LIST) ORDER BY recorded_at, id"),
        &[],
        &ids,
    )? {
        let id: InformationId = row.get("request_id")?;
        let event = InformationEvent {
            kind: row.get("kind")?,
            words: row.get("words")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        };
        if let Some(one) = found.iter_mut().find(|one| one.id == id) {
            one.events.push(event);
        }
    }
    Ok(found)
}

fn information(row: &Row) -> Result<Information> {
    Ok(Information {
        id: row.get("id")?,
        person: row.get("person_id")?,
        project: row.get("project_id")?,
        agency: row.get("agency")?,
        who: row.get("who")?,
        role: row.get("role")?,
        subject: row.get("subject")?,
        words: row.get("words")?,
        means: row.get("means")?,
        asked_at: row.get("asked_at")?,
        due_on: row.get("due_on")?,
        by: row.get("by_words")?,
        events: Vec::new(),
    })
}
