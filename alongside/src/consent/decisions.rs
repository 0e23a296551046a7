//! What people said about telling others: writing it down, and reading all of it.

use super::codes::{ANY_PURPOSE, Decision, How, Purpose, Recipient};
use super::rule::Decided;
use super::subject::Subject;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ConsentId;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Read, Result, Row, sql};

/// A decision to be kept.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// About telling whom.
    pub recipient: Recipient,
    /// By name; empty where the kind is enough.
    pub name: String,
    /// What for; nothing is any purpose.
    pub purpose: Option<Purpose>,
    /// What was said.
    pub decision: Decision,
    /// What may be said, when not everything.
    pub limits: String,
    /// The decision that a withdrawal takes back.
    pub withdraws: Option<ConsentId>,
    /// How it came about.
    pub obtained: Obtained,
    /// The last day on which a consent holds.
    pub expires_on: Option<Date>,
    /// When it was said.
    pub decided_at: Timestamp,
}

/// How a decision came about: the same for all that were made in one talk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obtained {
    /// In person, by telephone, …
    pub how: Option<How>,
    /// The interpreter's language or name; empty when there was none.
    pub interpreter: String,
    /// Whether easy-read words were used: "yes", "no", or empty for not said.
    pub easy_read: String,
    /// The person's own words.
    pub own_words: String,
    /// With a concern about capacity: what was done about it.
    pub capacity_words: String,
    /// Who made the best-interests decision.
    pub capacity_by: String,
    /// Whether it was decided to share: "yes", "no", or empty while nobody has decided.
    pub capacity_share: String,
}

/// A decision as it was kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What the rule looks at.
    pub decided: Decided,
    /// How it came about.
    pub obtained: Obtained,
    /// The decision it takes back.
    pub withdraws: Option<ConsentId>,
    /// Who wrote it down.
    pub by: String,
}

/// Keeps a decision; earlier ones stay.
///
/// # Errors
/// When the database refuses.
pub fn record<C: Capability>(w: &mut Writer<'_, C>, about: &Subject, new: &NewDecision) -> Result<ConsentId> {
    let id = ConsentId::fresh();
    record_as(w, id, about, new)?;
    Ok(id)
}

pub(super) fn record_as<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ConsentId,
    about: &Subject,
    new: &NewDecision,
) -> Result<()> {
    w.record(Event::new("decision on disclosure recorded", about.kind(), about.id()).with(format!(
        "decision {id}: {}, {}",
        new.recipient.key(),
        new.decision.key()
    )));
    let (by, account, now) = (w.by(), w.actor().account, clock::now());
    let purpose = new.purpose.map_or(ANY_PURPOSE, Purpose::key);
    let o = &new.obtained;
    w.execute(
        sql("INSERT INTO consent_decision (id, person_id, listing_id, recipient, recipient_name, purpose, decision, limits, own_words, how, interpreter, easy_read, capacity_words, capacity_by, capacity_share, expires_on, withdraws, decided_at, recorded_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"),
        &[&id, &about.person_id(), &about.listing_id(), &new.recipient.key(), &new.name.trim(), &purpose, &new.decision.key(), &new.limits, &o.own_words, &o.how.map_or("", How::key), &o.interpreter, &o.easy_read, &o.capacity_words, &o.capacity_by, &o.capacity_share, &new.expires_on, &new.withdraws, &new.decided_at, &now, &account, &by],
    )?;
    Ok(())
}

/// Every decision about somebody, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn decisions(r: &mut Read<'_>, about: &Subject) -> Result<Vec<Kept>> {
    let mut rows = Vec::new();
    if !about.about.people.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM consent_decision WHERE person_id IN ($LIST)"),
            &[],
            &about.about.people,
        )?);
    }
    if !about.about.listings.is_empty() {
        rows.extend(r.query_list(
            sql("SELECT * FROM consent_decision WHERE listing_id IN ($LIST)"),
            &[],
            &about.about.listings,
        )?);
    }
    let mut all: Vec<Kept> = rows.iter().map(kept).collect::<Result<_>>()?;
    all.sort_by_key(|k| std::cmp::Reverse((k.decided.decided_at, k.decided.recorded_at, k.decided.id)));
    Ok(all)
}

/// A code of a column.
pub(super) fn code_of<T>(row: &Row, column: &str, from: fn(&str) -> Option<T>) -> Result<T> {
    let key: String = row.get(column)?;
    from(&key)
        .ok_or_else(|| store::Error::Column { column: column.into(), why: format!("{key:?} is no code") })
}

fn kept(row: &Row) -> Result<Kept> {
    let purpose: String = row.get("purpose")?;
    Ok(Kept {
        decided: Decided {
            id: row.get("id")?,
            recipient: code_of(row, "recipient", Recipient::from_key)?,
            name: row.get("recipient_name")?,
            purpose: Purpose::from_key(&purpose),
            decision: code_of(row, "decision", Decision::from_key)?,
            limits: row.get("limits")?,
            best_interests_share: row.get::<String>("capacity_share")? == "yes",
            expires_on: row.get("expires_on")?,
            decided_at: row.get("decided_at")?,
            recorded_at: row.get("recorded_at")?,
        },
        obtained: Obtained {
            how: How::from_key(&row.get::<String>("how")?),
            interpreter: row.get("interpreter")?,
            easy_read: row.get("easy_read")?,
            own_words: row.get("own_words")?,
            capacity_words: row.get("capacity_words")?,
            capacity_by: row.get("capacity_by")?,
            capacity_share: row.get("capacity_share")?,
        },
        withdraws: row.get("withdraws")?,
        by: row.get("by_words")?,
    })
}
