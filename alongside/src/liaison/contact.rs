//! Contacts: kept as they were; a mistake is marked, not erased.

use super::codes::ledger_means;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{self, NewDisclosure, Purpose, Recipient, Stop};
use crate::ids::{ContactId, PersonId, ProjectId};
use crate::people::{self, Person};
use jiff::Timestamp;
use jiff::civil::Date;
use std::result::Result as Outcome;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// A contact to be kept.
#[derive(Debug, Clone)]
pub struct NewContact {
    /// The project in which it was.
    pub project: ProjectId,
    /// When.
    pub at: Timestamp,
    /// With whom; a key of [`super::AGENCIES`].
    pub agency: String,
    /// Their name.
    pub who: String,
    /// Their role.
    pub role: String,
    /// By which means; a key of [`super::MEANS`].
    pub means: String,
    /// What for; a key of [`super::PURPOSES`].
    pub purpose: String,
    /// Who began it.
    pub direction: String,
    /// What was said.
    pub words: String,
    /// What they were told about the person; empty for nothing.
    pub told: String,
    /// What telling them was for; only with `told`.
    pub told_for: Option<Purpose>,
    /// What came of it.
    pub outcome: String,
    /// What is to be done next; empty for nothing.
    pub follow_up: String,
    /// By when.
    pub follow_up_on: Option<Date>,
}

/// A contact as it was kept.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The record it hangs on.
    pub person: PersonId,
    /// What was kept; `told_for` is not read back: the ledger has it.
    pub new: NewContact,
    /// The entry of the ledger.
    pub disclosure: Option<Uuid>,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// By whom.
    pub by: String,
    /// Marked as a mistake: when, by whom, why.
    pub mistaken: Option<(Timestamp, String, String)>,
    /// Its follow-up was done: when, by whom, what came of it.
    pub done: Option<(Timestamp, String, String)>,
}

impl Contact {
    /// Whether something is still to be done.
    #[must_use]
    pub fn is_due(&self) -> bool {
        !self.new.follow_up.is_empty() && self.done.is_none() && self.mistaken.is_none()
    }
}

/// Keeps a contact, with its entry of the ledger when somebody was told something: both, or neither.
///
/// # Errors
/// When the database refuses.
pub fn record_contact<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    id: ContactId,
    new: &NewContact,
) -> Result<Outcome<(), Stop>> {
    let recipient = Recipient::from_key(&new.agency);
    let mut disclosure = None;
    if let (Some(recipient), Some(purpose), false) = (recipient, new.told_for, new.told.is_empty()) {
        let about = consent::Subject::person(w, person)?;
        let told = consent::disclose_about(
            w,
            &about,
            &NewDisclosure {
                recipient,
                to_name: new.who.clone(),
                to_role: new.role.clone(),
                purpose,
                means: ledger_means(&new.means),
                summary: new.told.clone(),
                about: Some(("contact", id.into())),
                told_at: new.at,
            },
        )?;
        match told {
            Ok(entry) => disclosure = Some(Uuid::from(entry)),
            Err(stop) => return Ok(Err(stop)),
        }
    }
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.record(Event::new("contact recorded", "contact", id).with(format!("person {}", person.id())));
    w.execute(
        sql("INSERT INTO contact (id, person_id, project_id, at, agency, who, role, means, purpose, direction, words, told, disclosure_id, outcome, follow_up, follow_up_on, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"),
        &[
            &id,
            &person.id(),
            &new.project,
            &new.at,
            &new.agency,
            &new.who,
            &new.role,
            &new.means,
            &new.purpose,
            &new.direction,
            &new.words,
            &new.told,
            &disclosure,
            &new.outcome,
            &new.follow_up,
            &new.follow_up_on,
            &now,
            &account,
            &by,
        ],
    )?;
    people::note_contact(w, person, new.project, new.at)?;
    Ok(Ok(()))
}

/// Marks a contact as a mistake, or its follow-up as done; the first of each counts.
///
/// # Errors
/// When the database refuses.
pub fn mark<C: Capability>(
    w: &mut Writer<'_, C>,
    contact: &Contact,
    mark: &'static str,
    words: &str,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new("contact marked", "contact", contact.id).with(mark));
    w.execute(
        sql("INSERT INTO contact_mark (id, contact_id, mark, words, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &contact.id, &mark, &words, &clock::now(), &by],
    )?;
    Ok(())
}

/// Contacts of these records, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn contacts_of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Contact>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = r.query_list(
        sql("SELECT * FROM contact WHERE person_id IN ($LIST) ORDER BY at DESC, id DESC"),
        &[],
        people,
    )?;
    marked(r, &rows)
}

/// Contacts of the reader's projects whose follow-up is still to be done, what is due first.
///
/// # Errors
/// When the database can't be read.
pub fn to_follow<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Contact>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM contact c WHERE c.follow_up <> '' AND NOT EXISTS (SELECT 1 FROM contact_mark m WHERE m.contact_id = c.id) AND ($1 OR c.project_id IN ($LIST)) ORDER BY c.follow_up_on, c.id"),
        &[&all],
        &projects,
    )?;
    marked(r, &rows)
}

/// A contact of a person in scope.
///
/// # Errors
/// When the database can't be read.
pub fn find_contact<C: Capability>(
    r: &mut Reader<'_, C>,
    id: ContactId,
) -> Result<Option<(Person, Contact)>> {
    let rows: Vec<Row> = r.maybe(sql("SELECT * FROM contact WHERE id = $1"), &[&id])?.into_iter().collect();
    let Some(contact) = marked(r, &rows)?.pop() else { return Ok(None) };
    let Some(person) = people::find(r, contact.person)? else { return Ok(None) };
    r.saw(Event::new("contact opened", "contact", id));
    Ok(Some((person, contact)))
}

fn marked(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Contact>> {
    let mut found: Vec<Contact> = rows.iter().map(contact).collect::<Result<_>>()?;
    let ids: Vec<ContactId> = found.iter().map(|c| c.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    let place: std::collections::HashMap<ContactId, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    for row in r.query_list(
        sql("SELECT * FROM contact_mark WHERE contact_id IN ($LIST) ORDER BY at, id"),
        &[],
        &ids,
    )? {
        let id: ContactId = row.get("contact_id")?;
        let said = (row.get("at")?, row.get("by_words")?, row.get("words")?);
        let Some(contact) = place.get(&id).and_then(|at| found.get_mut(*at)) else { continue };
        let slot = match row.get::<String>("mark")?.as_str() {
            "mistaken" => &mut contact.mistaken,
            _ => &mut contact.done,
        };
        slot.get_or_insert(said);
    }
    Ok(found)
}

fn contact(row: &Row) -> Result<Contact> {
    Ok(Contact {
        id: row.get("id")?,
        person: row.get("person_id")?,
        new: NewContact {
            project: row.get("project_id")?,
            at: row.get("at")?,
            agency: row.get("agency")?,
            who: row.get("who")?,
            role: row.get("role")?,
            means: row.get("means")?,
            purpose: row.get("purpose")?,
            direction: row.get("direction")?,
            words: row.get("words")?,
            told: row.get("told")?,
            told_for: None,
            outcome: row.get("outcome")?,
            follow_up: row.get("follow_up")?,
            follow_up_on: row.get("follow_up_on")?,
        },
        disclosure: row.get("disclosure_id")?,
        recorded_at: row.get("recorded_at")?,
        by: row.get("by_words")?,
        mistaken: None,
        done: None,
    })
}
