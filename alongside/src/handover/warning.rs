//! Warnings: raising one, and reading them with everything that became of them.

use super::codes::{Basis, Confirmed, Receiver};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{Means, Subject};
use crate::ids::{HandoverId, ListingId, PersonId, ProjectId, WarningId};
use crate::morning::{self, About, Found};
use crate::people::{self, Person};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use store::{Read, Result, Row, sql};

/// A warning to be raised.
#[derive(Debug, Clone)]
pub struct NewWarning {
    /// The line it was heard about.
    pub listing: Option<ListingId>,
    /// The person, when it was raised on their page.
    pub person: Option<PersonId>,
    /// The project that answers for it.
    pub project: ProjectId,
    /// The very words, or what was seen.
    pub words: String,
    /// Who said or saw it.
    pub said_by: String,
    /// When.
    pub heard_at: Timestamp,
    /// How we know.
    pub basis: Basis,
    /// What the receiver should do.
    pub advice: String,
}

/// A warning with all that became of it.
#[derive(Debug, Clone)]
pub struct Warning {
    /// Its id.
    pub id: WarningId,
    /// Short, for the telephone: "W-7K3QXZ". Tells nothing of anybody.
    pub reference: String,
    /// The project that answers for it.
    pub project: ProjectId,
    /// The line it hangs on.
    pub listing: Option<ListingId>,
    /// The person it hangs on.
    pub person: Option<PersonId>,
    /// The very words.
    pub words: String,
    /// Who said or saw it.
    pub said_by: String,
    /// When.
    pub heard_at: Timestamp,
    /// How we know.
    pub basis: Basis,
    /// What the receiver should do.
    pub advice: String,
    /// When it was written down.
    pub raised_at: Timestamp,
    /// Who wrote it down.
    pub by: String,
    /// To whom it was given, in order.
    pub handovers: Vec<Handover>,
    /// Closed without a receipt.
    pub closing: Option<Closing>,
}

/// A warning given to one receiver.
#[derive(Debug, Clone)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// The one before it, when the person moved on.
    pub after: Option<HandoverId>,
    /// What kind of receiver.
    pub receiver: Receiver,
    /// Which prison, station, office.
    pub place: String,
    /// Who there was spoken to or handed the form.
    pub given_to: String,
    /// By which means.
    pub means: Means,
    /// When.
    pub handed_at: Timestamp,
    /// When it should be confirmed.
    pub due_at: Timestamp,
    /// Who handed it over.
    pub by: String,
    /// The confirmation.
    pub receipt: Option<Receipt>,
    /// The one-time link made last.
    pub link: Option<LinkState>,
}

/// A receiver's confirmation.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Who received it.
    pub by: String,
    /// Their role.
    pub role: String,
    /// How it came to us.
    pub how: Confirmed,
    /// Anything they said.
    pub note: String,
    /// When they received it.
    pub at: Timestamp,
    /// Who wrote it down.
    pub recorded_by: String,
}

/// What became of a one-time link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkState {
    /// Until when it opens.
    pub expires_at: Timestamp,
    /// Whether it was used, or taken back.
    pub ended: bool,
    /// How often it was opened.
    pub opened: i64,
}

/// Closed though nobody confirmed.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Its key.
    pub reason: String,
    /// Why, in words.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// Which manager.
    pub by: String,
}

/// Letters and figures that are told apart on the telephone and in handwriting.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Raises a warning. It is open from now on, until whoever takes charge of the person confirms that they have it.
///
/// # Errors
/// When the database refuses.
pub fn raise<C: Capability>(w: &mut Writer<'_, C>, new: &NewWarning) -> Result<WarningId> {
    let id = WarningId::fresh();
    raise_as(w, id, new)?;
    Ok(id)
}

/// As [`raise`], with the id that the form's result page already has.
pub(super) fn raise_as<C: Capability>(w: &mut Writer<'_, C>, id: WarningId, new: &NewWarning) -> Result<()> {
    w.record(Event::new("warning raised", "warning", id));
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    loop {
        let inserted = w.execute(
            sql("INSERT INTO warning (id, reference, project_id, listing_id, person_id, words, said_by, heard_at, basis, advice, raised_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (reference) DO NOTHING"),
            &[&id, &reference()?, &new.project, &new.listing, &new.person, &new.words, &new.said_by, &new.heard_at, &new.basis.key(), &new.advice, &now, &account, &by],
        )?;
        if inserted == 1 {
            break;
        }
    }
    if let Some(listing) = new.listing
        && let Some(line) = morning::find_to_change(w, listing)?
    {
        morning::changed(w, &line)?;
    }
    Ok(())
}

fn reference() -> Result<String> {
    let mut random = [0_u8; 6];
    getrandom::fill(&mut random)
        .map_err(|e| store::Error::Connect(format!("no randomness from the system: {e}")))?;
    let code: String =
        random.iter().map(|b| char::from(ALPHABET[usize::from(*b) % ALPHABET.len()])).collect();
    Ok(format!("W-{code}"))
}

/// A warning the reader may see, and whom it is about: the proof for everything that is done with it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The warning.
    pub warning: Warning,
    /// The person, where somebody has said who it is.
    pub who: Option<Person>,
    /// The line it hangs on.
    pub line: Option<Found>,
    /// Where the ledger of disclosure is written.
    pub subject: Subject,
}

/// The warning with this id, when the reader may see the person or the line it is about.
///
/// # Errors
/// When the database can't be read.
pub fn find_warning<C: Capability>(r: &mut Reader<'_, C>, id: WarningId) -> Result<Option<Opened>> {
    let Some(row) = r.maybe(sql("SELECT * FROM warning WHERE id = $1"), &[&id])? else { return Ok(None) };
    let Some(warning) = with_all(r, &[row])?.pop() else { return Ok(None) };
    open(r, warning)
}

/// A warning with whom it is about, if the reader may see them.
pub(super) fn open<C: Capability>(r: &mut Reader<'_, C>, warning: Warning) -> Result<Option<Opened>> {
    let line = match warning.listing {
        Some(listing) => morning::find(r, listing)?,
        None => None,
    };
    let person = match (&line, warning.person) {
        (_, Some(person)) => Some(person),
        (Some(line), None) => morning::person_on(r, line)?,
        (None, None) => None,
    };
    let who = match person {
        Some(person) => people::find(r, person)?,
        None => None,
    };
    let subject = match (&line, &who) {
        (Some(line), _) => Subject::line(r, line)?,
        (None, Some(person)) => Subject::person(r, person)?,
        (None, None) => return Ok(None),
    };
    r.saw(Event::new("warning opened", "warning", warning.id));
    Ok(Some(Opened { warning, who, line, subject }))
}

/// Warnings about somebody that are still open at this moment, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn open_of(r: &mut Read<'_>, about: &About) -> Result<Vec<Warning>> {
    let now = clock::now();
    Ok(all_of(r, about)?.into_iter().filter(|w| super::state(w, now).is_open()).collect())
}

/// Every warning about somebody, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn all_of(r: &mut Read<'_>, about: &About) -> Result<Vec<Warning>> {
    let mut rows = Vec::new();
    if !about.listings.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM warning WHERE listing_id IN ($LIST)"),
            &[],
            &about.listings,
        )?);
    }
    if !about.people.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM warning WHERE person_id IN ($LIST)"),
            &[],
            &about.people,
        )?);
    }
    let mut all = with_all(r, &rows)?;
    all.sort_by_key(|w| (w.raised_at, w.id));
    all.dedup_by_key(|w| w.id);
    Ok(all)
}

/// Warnings of the projects in scope that nobody has confirmed, oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn open_in_projects<C: Capability>(r: &mut Reader<'_, C>, now: Timestamp) -> Result<Vec<Warning>> {
    Ok(of_projects(r, now)?.into_iter().filter(|w| super::state(w, now).is_open()).collect())
}

/// Warnings of the projects in scope raised since a moment, and every older one that nobody has confirmed.
pub(super) fn of_projects<C: Capability>(r: &mut Reader<'_, C>, since: Timestamp) -> Result<Vec<Warning>> {
    let (all, projects) = r.projects();
    let rows = r.query_list(
        sql("SELECT * FROM warning w WHERE (w.raised_at >= $1 OR NOT EXISTS (SELECT 1 FROM warning_closing c WHERE c.warning_id = w.id) AND (NOT EXISTS (SELECT 1 FROM warning_handover h WHERE h.warning_id = w.id) OR EXISTS (SELECT 1 FROM warning_handover h WHERE h.warning_id = w.id AND NOT EXISTS (SELECT 1 FROM warning_receipt q WHERE q.handover_id = h.id) AND NOT EXISTS (SELECT 1 FROM warning_handover l WHERE l.after_id = h.id)))) AND ($2 OR w.project_id IN ($LIST)) ORDER BY w.raised_at, w.id"),
        &[&since, &all],
        &projects,
    )?;
    with_all(r, &rows)
}

/// Rows of `warning` with handovers, receipts, links and closings, in four statements however many.
pub(super) fn with_all(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Warning>> {
    let mut warnings: Vec<Warning> = rows.iter().map(warning_row).collect::<Result<_>>()?;
    // One that hangs on a line and on a person may be found by both; its handovers would stand with one copy only.
    let mut seen = HashSet::new();
    warnings.retain(|warning| seen.insert(warning.id));
    let ids: Vec<WarningId> = warnings.iter().map(|w| w.id).collect();
    if ids.is_empty() {
        return Ok(warnings);
    }
    let mut links: HashMap<HandoverId, LinkState> = HashMap::new();
    for row in r.query_list(
        sql("SELECT k.* FROM warning_link k JOIN warning_handover h ON h.id = k.handover_id WHERE h.warning_id IN ($LIST) ORDER BY k.made_at, k.id"),
        &[],
        &ids,
    )? {
        let (used, revoked): (Option<Timestamp>, Option<Timestamp>) = (row.get("used_at")?, row.get("revoked_at")?);
        links.insert(
            row.get("handover_id")?,
            LinkState { expires_at: row.get("expires_at")?, ended: used.or(revoked).is_some(), opened: row.get("opened")? },
        );
    }
    let mut handed = r.query_list(
        sql("SELECT h.*, q.received_by, q.role, q.how, q.note, q.received_at, q.by_words AS receipt_by FROM warning_handover h LEFT JOIN warning_receipt q ON q.handover_id = h.id WHERE h.warning_id IN ($LIST) ORDER BY h.handed_at, h.id"),
        &[],
        &ids,
    )?
    .iter()
    .map(|row| Ok((row.get("warning_id")?, handover_row(row, &links)?)))
    .collect::<Result<Vec<(WarningId, Handover)>>>()?;
    // Long lists are asked for in rounds: the order of the whole is made here.
    handed.sort_by_key(|(_, h)| (h.handed_at, h.id));
    for (of, handover) in handed {
        if let Some(w) = warnings.iter_mut().find(|w| w.id == of) {
            w.handovers.push(handover);
        }
    }
    for row in r.query_list(sql("SELECT * FROM warning_closing WHERE warning_id IN ($LIST)"), &[], &ids)? {
        let of: WarningId = row.get("warning_id")?;
        let closing = Closing {
            reason: row.get("reason")?,
            words: row.get("words")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        };
        if let Some(w) = warnings.iter_mut().find(|w| w.id == of) {
            w.closing = Some(closing);
        }
    }
    Ok(warnings)
}

fn no_code(column: &str, key: &str) -> store::Error {
    store::Error::Column { column: column.into(), why: format!("{key:?} is no code") }
}

fn warning_row(row: &Row) -> Result<Warning> {
    let basis: String = row.get("basis")?;
    Ok(Warning {
        id: row.get("id")?,
        reference: row.get("reference")?,
        project: row.get("project_id")?,
        listing: row.get("listing_id")?,
        person: row.get("person_id")?,
        words: row.get("words")?,
        said_by: row.get("said_by")?,
        heard_at: row.get("heard_at")?,
        basis: Basis::from_key(&basis).ok_or_else(|| no_code("basis", &basis))?,
        advice: row.get("advice")?,
        raised_at: row.get("raised_at")?,
        by: row.get("by_words")?,
        handovers: Vec::new(),
        closing: None,
    })
}

fn handover_row(row: &Row, links: &HashMap<HandoverId, LinkState>) -> Result<Handover> {
    let (id, receiver, means): (HandoverId, String, String) =
        (row.get("id")?, row.get("receiver")?, row.get("means")?);
    let receipt = match row.get::<Option<Timestamp>>("received_at")? {
        None => None,
        Some(at) => {
            let how: String = row.get("how")?;
            Some(Receipt {
                by: row.get("received_by")?,
                role: row.get("role")?,
                how: Confirmed::from_key(&how).ok_or_else(|| no_code("how", &how))?,
                note: row.get("note")?,
                at,
                recorded_by: row.get("receipt_by")?,
            })
        }
    };
    Ok(Handover {
        id,
        after: row.get("after_id")?,
        receiver: Receiver::from_key(&receiver).ok_or_else(|| no_code("receiver", &receiver))?,
        place: row.get("place")?,
        given_to: row.get("given_to")?,
        means: Means::from_key(&means).ok_or_else(|| no_code("means", &means))?,
        handed_at: row.get("handed_at")?,
        due_at: row.get("due_at")?,
        by: row.get("by_words")?,
        receipt,
        link: links.get(&id).copied(),
    })
}
