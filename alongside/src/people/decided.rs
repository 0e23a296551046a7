//! What people said of two records that look alike. Each word is a row that nothing writes over; it stands until it is taken
//! back or one of the two records changes, and is shown ever after.

use super::cluster::{ids_of, lock};
use super::duplicates::in_order;
use super::register::Person;
use super::side_by_side::{Addresses, compared};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use store::{Read, Result, Row, sql};

/// A human's word on a pair that is not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairDecision {
    /// Two people.
    NotSame,
    /// Can't be told: out of the list until the facts change.
    CannotTell,
}

impl PairDecision {
    fn key(self) -> &'static str {
        match self {
            Self::NotSame => "not-same",
            Self::CannotTell => "cannot-tell",
        }
    }

    fn from_key(key: &str) -> Self {
        if key == Self::NotSame.key() { Self::NotSame } else { Self::CannotTell }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotSame => "Not the same: two people",
            Self::CannotTell => "Can't tell",
        }
    }
}

/// What somebody said once of two records.
#[derive(Debug, Clone)]
pub struct PairDecided {
    /// One record, as it was called then.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// Which decision on these two it was, from 1.
    pub n: i64,
    /// What was said.
    pub decision: PairDecision,
    /// What told them.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// When and by whom it was taken back.
    pub taken_back: Option<(Timestamp, String)>,
    /// It keeps the pair out of the list now: neither taken back nor out of date.
    pub stands: bool,
}

/// What recognition knows of a record now.
pub(super) struct Mark {
    version: i64,
    print: String,
}

/// The marks of these records.
pub(super) fn marks(r: &mut Read<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, Mark>> {
    r.query_list(
        sql("SELECT p.id, p.version, m.record FROM person p JOIN match_record m ON m.person_id = p.id WHERE p.id IN ($LIST)"),
        &[],
        people,
    )?
    .iter()
    .map(|row| {
        let hash = Sha256::digest(row.get::<String>("record")?.as_bytes());
        let print = hash.iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        });
        Ok((row.get("id")?, Mark { version: row.get("version")?, print }))
    })
    .collect()
}

/// Which decision stands for a pair whose records bear these marks: the newest, if it was not taken back and was made about
/// records as they are now.
pub(super) fn standing(
    r: &mut Read<'_>,
    (first, second): (PersonId, PersonId),
    marks: &HashMap<PersonId, Mark>,
) -> Result<Option<i64>> {
    let newest = r.maybe(
        sql("SELECT n, undone_at, first_version, second_version, first_print, second_print FROM pair_decision WHERE first = $1 AND second = $2 ORDER BY n DESC LIMIT 1"),
        &[&first, &second],
    )?;
    let (Some(row), Some(a), Some(b)) = (newest, marks.get(&first), marks.get(&second)) else {
        return Ok(None);
    };
    let as_then = |mark: &Mark, print: &str, version: &str| -> Result<bool> {
        Ok(match row.get::<Option<String>>(print)? {
            Some(print) => print == mark.print,
            None => row.get::<i64>(version)? == mark.version,
        })
    };
    let taken_back = row.get::<Option<Timestamp>>("undone_at")?.is_some();
    let stands = !taken_back
        && as_then(a, "first_print", "first_version")?
        && as_then(b, "second_print", "second_version")?;
    if stands { Ok(Some(row.get("n")?)) } else { Ok(None) }
}

/// Everything that was ever said of two people's records, those merged into them since among them; the newest first.
///
/// # Errors
/// When the database can't be read.
pub fn pair_decisions(r: &mut Read<'_>, a: &Person, b: &Person) -> Result<Vec<PairDecided>> {
    let (of_a, of_b) = (ids_of(r, a)?, ids_of(r, b)?);
    let rows = r.query_list(
        sql("SELECT d.*, q.settled FROM pair_decision d LEFT JOIN duplicate_pair q ON q.first = d.first AND q.second = d.second WHERE d.first IN ($LIST) OR d.second IN ($LIST)"),
        &[],
        &of_a,
    )?;
    let mut out = Vec::new();
    for row in &rows {
        let one = decided(row)?;
        let other = if of_a.contains(&one.first) { one.second } else { one.first };
        if of_b.contains(&other) {
            out.push(one);
        }
    }
    out.sort_by(|x, y| y.at.cmp(&x.at).then(y.n.cmp(&x.n)));
    Ok(out)
}

fn decided(row: &Row) -> Result<PairDecided> {
    let undone: Option<Timestamp> = row.get("undone_at")?;
    let n: i64 = row.get("n")?;
    Ok(PairDecided {
        first: row.get("first")?,
        second: row.get("second")?,
        n,
        decision: PairDecision::from_key(&row.get::<String>("decision")?),
        reason: row.get("reason")?,
        at: row.get("at")?,
        by: row.get("by_words")?,
        taken_back: undone
            .map(|at| {
                Ok::<_, store::Error>((at, row.get::<Option<String>>("undone_by")?.unwrap_or_default()))
            })
            .transpose()?,
        stands: row.get::<Option<i64>>("settled")? == Some(n),
    })
}

/// The pairs decided last of which the reader may open both records; the newest first.
///
/// # Errors
/// When the database can't be read.
pub fn lately_decided<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<PairDecided>> {
    const SHOWN: usize = 20;
    let (all, projects) = r.projects();
    let mut out: Vec<PairDecided> = r
        .query_list(
            sql("SELECT d.*, q.settled FROM duplicate_pair q JOIN pair_decision d ON d.first = q.first AND d.second = q.second AND d.n = q.settled JOIN person a ON a.id = d.first JOIN person b ON b.id = d.second WHERE a.merged_into IS NULL AND b.merged_into IS NULL AND ($1 OR (a.id IN (SELECT COALESCE(x.merged_into, x.id) FROM episode e JOIN person x ON x.id = e.person_id WHERE e.project_id IN ($LIST)) AND b.id IN (SELECT COALESCE(x.merged_into, x.id) FROM episode e JOIN person x ON x.id = e.person_id WHERE e.project_id IN ($LIST)))) ORDER BY d.at DESC, d.first, d.second LIMIT 100"),
            &[&all],
            &projects,
        )?
        .iter()
        .map(decided)
        .collect::<Result<_>>()?;
    let people: Vec<PersonId> = out.iter().flat_map(|d| [d.first, d.second]).collect();
    let hidden = super::restricted::hidden(r, &people)?;
    out.retain(|d| !hidden.contains(&d.first) && !hidden.contains(&d.second));
    out.truncate(SHOWN);
    Ok(out)
}

/// Keeps what somebody says of two records, whether or not recognition noted them; whether both still stand for themselves.
///
/// # Errors
/// When the database refuses.
pub fn decide_pair<C: Capability>(
    w: &mut Writer<'_, C>,
    a: &Person,
    b: &Person,
    decision: PairDecision,
    reason: &str,
) -> Result<bool> {
    if lock(w, &[a.id(), b.id()])?.len() < 2 {
        return Ok(false);
    }
    let (first, second) = in_order(a.id(), b.id());
    let matched = compared(w, (first, second), Addresses::Compared)?;
    let marks = marks(w, &[first, second])?;
    let (Some(of_first), Some(of_second)) = (marks.get(&first), marks.get(&second)) else {
        return Ok(false);
    };
    let n: i64 = w
        .one(
            sql("SELECT COALESCE(MAX(n), 0) + 1 AS n FROM pair_decision WHERE first = $1 AND second = $2"),
            &[&first, &second],
        )?
        .get("n")?;
    let (key, by, now) = (decision.key(), w.by(), clock::now());
    w.record(
        Event::new("possible duplicate decided", "person", first).with(format!("{key}: person {second}")),
    );
    w.execute(
        sql("INSERT INTO pair_decision (first, second, n, decision, reason, at, by_words, first_version, second_version, first_print, second_print) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &[&first, &second, &n, &key, &reason, &now, &by, &of_first.version, &of_second.version, &of_first.print, &of_second.print],
    )?;
    let comparison = serde_json::to_string(&matched).map_err(|e| store::Error::Migration(e.to_string()))?;
    w.execute(
        sql("INSERT INTO duplicate_pair (first, second, weight, band, comparison, found_at, settled) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (first, second) DO UPDATE SET settled = excluded.settled"),
        &[&first, &second, &matched.weight, &matched.band, &comparison, &now, &n],
    )?;
    Ok(true)
}

/// Takes back what was said last of two records, so that they wait for a decision again; whether it still stood.
///
/// # Errors
/// When the database refuses.
pub fn take_pair_back<C: Capability>(w: &mut Writer<'_, C>, a: &Person, b: &Person, n: i64) -> Result<bool> {
    lock(w, &[a.id(), b.id()])?;
    let (first, second) = in_order(a.id(), b.id());
    let standing = w.maybe(
        sql("SELECT d.n FROM pair_decision d WHERE d.first = $1 AND d.second = $2 AND d.n = $3 AND d.undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM pair_decision o WHERE o.first = d.first AND o.second = d.second AND o.n > d.n)"),
        &[&first, &second, &n],
    )?;
    if standing.is_none() {
        return Ok(false);
    }
    let by = w.by();
    w.record(
        Event::new("decision on a possible duplicate taken back", "person", first)
            .with(format!("decision {n} about person {second}")),
    );
    w.execute(
        sql("UPDATE pair_decision SET undone_at = $1, undone_by = $2 WHERE first = $3 AND second = $4 AND n = $5"),
        &[&clock::now(), &by, &first, &second, &n],
    )?;
    w.execute(
        sql("UPDATE duplicate_pair SET settled = NULL WHERE first = $1 AND second = $2"),
        &[&first, &second],
    )?;
    Ok(true)
}
