//! Restricted records: limited ones are found only by accounts named on them, or by breaking the glass; a withheld address is
//! seen only with the capability. A restriction on any record of a merged person counts for all of them.

use super::cluster::standing_for;
use super::register::Person;
use crate::access::policy::{KeepRecords, PAST_LIMITS, SeeWithheldAddress};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AccountId, PersonId};
use jiff::Timestamp;
use std::collections::HashSet;
use store::{Result, sql};
use uuid::Uuid;

/// What is restricted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restriction {
    /// Only accounts named on the record find it: a colleague's own record, somebody known to the staff.
    Limited,
    /// The address is withheld.
    Address,
}

impl Restriction {
    /// The word kept in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Limited => "limited",
            Self::Address => "address",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Limited => "Found only by colleagues named here",
            Self::Address => "Address withheld",
        }
    }

    /// The restriction with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Limited, Self::Address].into_iter().find(|r| r.key() == key)
    }
}

fn restricted<C: Capability>(
    r: &mut Reader<'_, C>,
    people: &[PersonId],
    kind: Restriction,
) -> Result<HashSet<PersonId>> {
    let standing = standing_for(r, people)?;
    let members: Vec<PersonId> = standing.keys().copied().collect();
    r.query_list(
        sql("SELECT person_id FROM person_restriction WHERE kind = $1 AND ended_at IS NULL AND person_id IN ($LIST)"),
        &[&kind.key()],
        &members,
    )?
    .iter()
    .map(|row| {
        let person: PersonId = row.get("person_id")?;
        Ok(standing.get(&person).copied().unwrap_or(person))
    })
    .collect()
}

/// The kept records that the reader has opened by breaking the glass.
pub(super) fn opened<C: Capability>(r: &mut Reader<'_, C>) -> Result<HashSet<PersonId>> {
    let records: Vec<PersonId> = r.opened().into_iter().map(PersonId::of).collect();
    let standing = standing_for(r, &records)?;
    Ok(records.iter().filter_map(|id| standing.get(id).copied()).collect())
}

/// Those of these (kept) records that do not exist for the reader, since they are limited and do not name them. An operator
/// on the server itself is no reader.
///
/// # Errors
/// When the database can't be read.
pub fn hidden<C: Capability>(r: &mut Reader<'_, C>, people: &[PersonId]) -> Result<HashSet<PersonId>> {
    let Some(account) = r.account() else { return Ok(HashSet::new()) };
    if PAST_LIMITS.contains(&C::NAME) && account.may::<KeepRecords>() {
        return Ok(HashSet::new());
    }
    let account = account.id;
    let mut limited = restricted(r, people, Restriction::Limited)?;
    if limited.is_empty() {
        return Ok(limited);
    }
    let kept: Vec<PersonId> = limited.iter().copied().collect();
    let standing = standing_for(r, &kept)?;
    let members: Vec<PersonId> = standing.keys().copied().collect();
    for row in r.query_list(
        sql("SELECT person_id FROM person_named WHERE account_id = $1 AND ended_at IS NULL AND person_id IN ($LIST)"),
        &[&account],
        &members,
    )? {
        let person: PersonId = row.get("person_id")?;
        limited.remove(standing.get(&person).unwrap_or(&person));
    }
    for person in opened(r)? {
        limited.remove(&person);
    }
    Ok(limited)
}

/// Those of these (kept) records whose address the reader does not see.
///
/// # Errors
/// When the database can't be read.
pub fn address_withheld<C: Capability>(
    r: &mut Reader<'_, C>,
    people: &[PersonId],
) -> Result<HashSet<PersonId>> {
    if r.account().is_none_or(|account| account.may::<SeeWithheldAddress>()) {
        return Ok(HashSet::new());
    }
    restricted(r, people, Restriction::Address)
}

/// Whether the address of this person is withheld from anybody. Whoever may see it still must not tell it.
///
/// # Errors
/// When the database can't be read.
pub fn address_is_withheld<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<bool> {
    Ok(!restricted(r, &[person.id()], Restriction::Address)?.is_empty())
}

/// How a record stands to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In their projects.
    Own(PersonId),
    /// Opened by breaking the glass.
    ByGlass(PersonId),
    /// There is such a record, but not for them.
    Closed(PersonId),
}

/// How a record stands to the reader; nothing when there is none. Says no more than that: the record itself comes from
/// [`super::find`] alone.
///
/// # Errors
/// When the database can't be read.
pub fn reach<C: Capability>(r: &mut Reader<'_, C>, id: PersonId) -> Result<Option<Reach>> {
    let kept = r.maybe(sql("SELECT COALESCE(merged_into, id) AS kept FROM person WHERE id = $1"), &[&id])?;
    let Some(kept) = kept.map(|row| row.get::<PersonId>("kept")).transpose()? else { return Ok(None) };
    let (all, projects) = r.projects();
    let held = r.query_list(
        sql("SELECT 1 AS one FROM episode e JOIN person x ON x.id = e.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND ($2 OR e.project_id IN ($LIST)) LIMIT 1"),
        &[&kept, &all],
        &projects,
    )?;
    let by_glass = opened(r)?.contains(&kept);
    let hidden = hidden(r, &[kept])?.contains(&kept);
    Ok(Some(match (held.is_empty() || hidden, by_glass) {
        (false, _) => Reach::Own(kept),
        (true, true) => Reach::ByGlass(kept),
        (true, false) => Reach::Closed(kept),
    }))
}

/// A restriction that stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its id.
    pub id: Uuid,
    /// What.
    pub kind: Restriction,
    /// Why.
    pub reason: String,
    /// Since when.
    pub set_at: Timestamp,
    /// By whom.
    pub set_by: String,
}

/// What restricts a person's record.
#[derive(Debug, Clone)]
pub struct Restrictions {
    /// Restrictions that stand.
    pub standing: Vec<Standing>,
    /// Who is named on the record: id of the naming, name.
    pub named: Vec<(Uuid, String)>,
}

/// Restrictions of a person, and who is named.
///
/// # Errors
/// When the database can't be read.
pub fn restrictions<C: Capability>(r: &mut Reader<'_, C>, person: &Person) -> Result<Restrictions> {
    let standing = r
        .query(
            sql("SELECT q.id, q.kind, q.reason, q.set_at, q.set_by FROM person_restriction q JOIN person p ON p.id = q.person_id WHERE (p.id = $1 OR p.merged_into = $1) AND q.ended_at IS NULL ORDER BY q.set_at"),
            &[&person.id()],
        )?
        .iter()
        .map(|row| {
            Ok(Restriction::from_key(&row.get::<String>("kind")?).map(|kind| (kind, row)))
        })
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .map(|(kind, row)| {
            Ok(Standing {
                id: row.get("id")?,
                kind,
                reason: row.get("reason")?,
                set_at: row.get("set_at")?,
                set_by: row.get("set_by")?,
            })
        })
        .collect::<Result<_>>()?;
    let named = r
        .query(
            sql("SELECT n.id, a.name FROM person_named n JOIN person p ON p.id = n.person_id JOIN account a ON a.id = n.account_id WHERE (p.id = $1 OR p.merged_into = $1) AND n.ended_at IS NULL ORDER BY a.name, n.id"),
            &[&person.id()],
        )?
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?)))
        .collect::<Result<_>>()?;
    Ok(Restrictions { standing, named })
}

/// Restricts a person's record. Whoever limits it is named on it, or nobody would find it again.
///
/// # Errors
/// When the database refuses.
pub fn restrict<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    (kind, reason): (Restriction, &str),
    me: AccountId,
) -> Result<()> {
    let there = w.reading(|r| restrictions(r, person))?.standing;
    if there.iter().any(|s| s.kind == kind) {
        return Ok(());
    }
    let by = w.by();
    w.record(
        Event::new("record restricted", "person", person.id()).with(format!("from open to {}", kind.key())),
    );
    w.execute(
        sql("INSERT INTO person_restriction (id, person_id, kind, reason, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &person.id(), &kind.key(), &reason, &clock::now(), &by],
    )?;
    if kind == Restriction::Limited {
        name_account(w, person, me)?;
    }
    Ok(())
}

/// Ends a restriction of a person.
///
/// # Errors
/// When the database refuses.
pub fn lift_restriction<C: Capability>(w: &mut Writer<'_, C>, person: &Person, id: Uuid) -> Result<()> {
    let there = w.reading(|r| restrictions(r, person))?.standing;
    let Some(found) = there.iter().find(|s| s.id == id) else { return Ok(()) };
    let by = w.by();
    w.record(
        Event::new("restriction of record ended", "person", person.id())
            .with(format!("from {} to open", found.kind.key())),
    );
    w.execute(
        sql("UPDATE person_restriction SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL"),
        &[&clock::now(), &by, &id],
    )?;
    Ok(())
}

/// Names an account on a limited record.
///
/// # Errors
/// When the database refuses.
pub fn name_account<C: Capability>(w: &mut Writer<'_, C>, person: &Person, account: AccountId) -> Result<()> {
    let there = w.maybe(
        sql("SELECT n.id FROM person_named n JOIN person p ON p.id = n.person_id WHERE (p.id = $1 OR p.merged_into = $1) AND n.account_id = $2 AND n.ended_at IS NULL"),
        &[&person.id(), &account],
    )?;
    if there.is_some() {
        return Ok(());
    }
    let by = w.by();
    w.record(Event::new("account named on record", "person", person.id()).with(format!("account {account}")));
    w.execute(
        sql("INSERT INTO person_named (id, person_id, account_id, set_at, set_by) VALUES ($1, $2, $3, $4, $5)"),
        &[&Uuid::now_v7(), &person.id(), &account, &clock::now(), &by],
    )?;
    Ok(())
}

/// Takes an account off a limited record. The last one stays: nobody could find the record any more.
///
/// # Errors
/// When the database refuses.
pub fn unname_account<C: Capability>(w: &mut Writer<'_, C>, person: &Person, naming: Uuid) -> Result<bool> {
    let named = w.reading(|r| restrictions(r, person))?.named;
    if named.len() < 2 || !named.iter().any(|(id, _)| *id == naming) {
        return Ok(false);
    }
    let by = w.by();
    w.record(Event::new("account taken off record", "person", person.id()).with(format!("naming {naming}")));
    w.execute(
        sql("UPDATE person_named SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL"),
        &[&clock::now(), &by, &naming],
    )?;
    Ok(true)
}
