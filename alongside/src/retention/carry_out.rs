//! Preview and carrying out. What is confirmed is exactly what was previewed: the set has a fingerprint, is made anew in the
//! unit of work that takes it away, and where the two differ nothing goes.

use super::due::{Asked, Candidate, candidates};
use super::hold::take_turn;
use super::removal::{Ids, fingerprint, take_away, walk};
use super::rules::{Decided, Kind, Rule, Rules, Verdict, decide};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use store::{Many, Read, Result, sql};
use uuid::Uuid;

/// One record that is past its time.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its number.
    pub id: Uuid,
    /// What the rule decided, and why.
    pub decided: Decided,
    roots: Ids,
}

impl Item {
    /// Since when it is past its time.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        match self.decided.verdict {
            Verdict::Due { since } | Verdict::Held { since, .. } => Some(since),
            Verdict::Kept { .. } => None,
        }
    }
}

/// What would go of one kind, and what would but is held.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The kind.
    pub kind: Kind,
    /// The rule.
    pub rule: Rule,
    /// What would go, the oldest first.
    pub goes: Vec<Item>,
    /// What is past its time and held.
    pub held: Vec<Item>,
    /// The fingerprint of what would go.
    pub set: String,
}

/// What would go of one kind now; nothing for rules that were not accepted.
///
/// # Errors
/// When the database can't be read.
pub fn preview(r: &mut Read<'_>, rules: &Rules, kind: Kind, asked: Asked) -> Result<Option<Preview>> {
    let Some(rule) = rules.rule(kind) else { return Ok(None) };
    let (mut goes, mut held) = (Vec::new(), Vec::new());
    for Candidate { id, facts, roots } in candidates(r, kind, rule, asked)? {
        let decided = decide(rule, &facts, asked.today());
        let item = Item { id, decided, roots };
        match item.decided.verdict {
            Verdict::Due { .. } => goes.push(item),
            Verdict::Held { .. } => held.push(item),
            Verdict::Kept { .. } => {}
        }
    }
    let set = set_of(&rules.version, &goes);
    Ok(Some(Preview { kind, rule: rule.clone(), goes, held, set }))
}

/// The fingerprint of a set: which records, each with what it begins with, since when, under which version of the rules.
fn set_of(version: &str, goes: &[Item]) -> String {
    let mut hash = Sha256::new();
    hash.update(version.as_bytes());
    let mut items: Vec<String> =
        goes.iter().map(|item| format!("{} {:?} {:?}", item.id, item.since(), item.roots)).collect();
    items.sort_unstable();
    for item in items {
        hash.update(item.as_bytes());
    }
    hash.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Why nothing was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone {
    /// The set is another one than that which was looked at.
    ChangedMeanwhile,
    /// There is nothing to take away.
    Nothing,
}

/// What was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Records.
    pub items: usize,
    /// Rows of tables.
    pub rows: u64,
}

/// Takes away what was previewed, in one unit of work, and leaves tombstones.
///
/// # Errors
/// When the database refuses: then nothing went.
pub fn carry_out<C: Capability>(
    w: &mut Writer<'_, C>,
    rules: &Rules,
    (kind, set, reason): (Kind, &str, &str),
    asked: Asked,
) -> Result<std::result::Result<Done, NotDone>> {
    take_turn(w)?;
    let Some(found) = preview(w, rules, kind, asked)? else { return Ok(Err(NotDone::Nothing)) };
    if found.set != set {
        return Ok(Err(NotDone::ChangedMeanwhile));
    }
    if found.goes.is_empty() {
        return Ok(Err(NotDone::Nothing));
    }
    let run = Uuid::now_v7();
    w.record(Event::new("retention carried out", "retention run", run).with(format!(
        "kind {}, {} records, rules {}, set {}",
        kind.key(),
        found.goes.len(),
        rules.version,
        set.get(..16).unwrap_or(set)
    )));
    let (now, by, account) = (asked.now, w.by(), w.actor().account);
    let items = i64::try_from(found.goes.len()).unwrap_or(i64::MAX);
    w.execute(
        sql("INSERT INTO retention_run (id, kind, reason, rules_version, set_hash, items, rows_gone, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)"),
        &[&run, &kind.key(), &reason, &rules.version, &set, &items, &now, &account, &by],
    )?;
    let mut stones = Stones::new(run, kind, &found.rule);
    let mut done = Done { items: found.goes.len(), rows: 0 };
    let groups: Vec<Vec<&Item>> = if kind.one_by_one() {
        found.goes.iter().map(|item| vec![item]).collect()
    } else {
        vec![found.goes.iter().collect()]
    };
    for group in groups {
        let mut roots = Ids::new();
        for (table, ids) in group.iter().flat_map(|item| &item.roots) {
            roots.entry(table).or_default().extend(ids);
        }
        let ids = walk(w, &roots)?;
        let mut gone = take_away(w, &ids)?;
        gone += files(w, &roots, asked)?;
        if let (true, [item]) = (kind.one_by_one(), group.as_slice()) {
            w.record(
                Event::new("record taken away under retention", subject(kind), item.id)
                    .with(format!("run {run}, {gone} rows")),
            );
        }
        stones.add(&group, gone, &fingerprint(&ids), asked);
        done.rows += gone;
    }
    w.execute_many(&stones.rows)?;
    let rows = i64::try_from(done.rows).unwrap_or(i64::MAX);
    w.execute(sql("UPDATE retention_run SET rows_gone = $1 WHERE id = $2"), &[&rows, &run])?;
    Ok(Ok(done))
}

/// What the audit calls a record of a kind: as it did while the record was there.
fn subject(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::RawFile => "import",
        Kind::LineWithRecord | Kind::Line => "listing",
        Kind::ReferralIn => "referral in",
        Kind::SubjectAccess => "subject access",
        Kind::Escort | Kind::ReferralFile | Kind::Task | Kind::Diary => "record",
    }
}

/// Raw copies. Their rows stay, so that the same file sent again changes nothing; what names anybody goes. The bytes in the
/// archive are deleted after this unit of work ([`crate::exchange::clear_gone`]): a disk knows no transaction.
fn files<C: Capability>(w: &mut Writer<'_, C>, roots: &Ids, asked: Asked) -> Result<u64> {
    let list = |table: &str| -> Vec<Uuid> { roots.get(table).into_iter().flatten().copied().collect() };
    let (imports, referrals) = (list("import"), list("referral_in_file"));
    let mut gone = w.execute_list(
        sql("UPDATE import SET file_name = 'Taken away under retention', raw_gone_at = $1 WHERE id IN ($LIST)"),
        &[&asked.now],
        &imports,
    )?;
    w.execute_list(
        sql("UPDATE import_reading SET skips = '[]', notes = '[]' WHERE import_id IN ($LIST)"),
        &[],
        &imports,
    )?;
    gone += w.execute_list(
        sql("UPDATE referral_in_file SET name = 'Taken away under retention', body = $1 WHERE id IN ($LIST)"),
        &[&Vec::<u8>::new()],
        &referrals,
    )?;
    Ok(gone)
}

/// Tombstones of one run.
struct Stones {
    run: Uuid,
    kind: Kind,
    words: String,
    rows: Many,
}

impl Stones {
    fn new(run: Uuid, kind: Kind, rule: &Rule) -> Self {
        Self {
            run,
            kind,
            words: format!("{}: {} ({})", rule.key, rule.why, rule.source),
            rows: Many::of(sql(
                "INSERT INTO tombstone (id, run_id, kind, record_id, items, rows_gone, due_since, rule_words, hash, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )),
        }
    }

    fn add(&mut self, group: &[&Item], gone: u64, hash: &str, asked: Asked) {
        let record = match (self.kind.one_by_one(), group) {
            (true, [item]) => Some(item.id),
            _ => None,
        };
        let items = i64::try_from(group.len()).unwrap_or(i64::MAX);
        let gone = i64::try_from(gone).unwrap_or(i64::MAX);
        let since = group.iter().filter_map(|item| item.since()).min().unwrap_or(asked.today());
        self.rows.add(&[
            &Uuid::now_v7(),
            &self.run,
            &self.kind.key(),
            &record,
            &items,
            &gone,
            &since,
            &self.words,
            &hash,
            &asked.now,
        ]);
    }
}

/// One carrying out, for the list of what was taken away.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its number.
    pub id: Uuid,
    /// When.
    pub at: jiff::Timestamp,
    /// Who confirmed it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What: a kind's key.
    pub kind: String,
    /// Records.
    pub items: i64,
    /// Rows of tables.
    pub rows: i64,
    /// Under which version of the rules.
    pub rules: String,
}

/// The newest carryings out.
///
/// # Errors
/// When the database can't be read.
pub fn runs(r: &mut Read<'_>) -> Result<Vec<Run>> {
    r.query(sql("SELECT * FROM retention_run ORDER BY at DESC, id DESC LIMIT 100"), &[])?
        .iter()
        .map(|row| {
            Ok(Run {
                id: row.get("id")?,
                at: row.get("at")?,
                by: row.get("by_words")?,
                reason: row.get("reason")?,
                kind: row.get("kind")?,
                items: row.get("items")?,
                rows: row.get("rows_gone")?,
                rules: row.get("rules_version")?,
            })
        })
        .collect()
}

/// What stays of one record.
#[derive(Debug, Clone)]
pub struct Tombstone {
    /// The record's number; nothing where many lines went as one.
    pub record: Option<Uuid>,
    /// Records.
    pub items: i64,
    /// Rows of tables.
    pub rows: i64,
    /// Since when it was past its time.
    pub due_since: Date,
    /// The rule.
    pub rule: String,
    /// Fingerprint of the numbers of the rows.
    pub hash: String,
}

/// The tombstones of one carrying out.
///
/// # Errors
/// When the database can't be read.
pub fn tombstones(r: &mut Read<'_>, run: Uuid) -> Result<Vec<Tombstone>> {
    r.query(sql("SELECT * FROM tombstone WHERE run_id = $1 ORDER BY due_since, id"), &[&run])?
        .iter()
        .map(|row| {
            Ok(Tombstone {
                record: row.get("record_id")?,
                items: row.get("items")?,
                rows: row.get("rows_gone")?,
                due_since: row.get("due_since")?,
                rule: row.get("rule_words")?,
                hash: row.get("hash")?,
            })
        })
        .collect()
}

/// What the search for records works with, now.
#[must_use]
pub fn now(rooms: crate::holdings::Rooms) -> Asked {
    Asked { rooms: rooms.0, now: clock::now() }
}
