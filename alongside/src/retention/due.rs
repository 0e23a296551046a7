//! What a rule speaks of: finds records that may be past their time, and the facts that a rule asks for.

use super::hold::{deaths, held_people};
use super::removal::Ids;
use super::rules::{Facts, Kind, Rule, Verdict, decide};
use super::touched;
use crate::clock;
use crate::holdings::{Holding, Roots, gather, last_written};
use crate::ids::{ListingId, PersonId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::{Read, Result, Row, Statement, ToValue, sql};
use uuid::Uuid;

/// Most records of a kind in one set: what is more stands in the next. Records that are looked through row by row are fewer.
pub const MOST_LOOKED_THROUGH: usize = 200;
/// The same for lines and what is like them.
pub const MOST: usize = 10_000;

/// Earlier than any day in court that a list brought.
const FIRST_DAY: Date = jiff::civil::date(1900, 1, 1);

/// One record that a rule speaks of.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its number.
    pub id: Uuid,
    /// The facts that the rule asks for.
    pub facts: Facts,
    /// Where taking it away begins.
    pub roots: Ids,
}

/// What the search works with.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The tables of all rooms.
    pub rooms: &'static [&'static [Holding]],
    /// Now.
    pub now: Timestamp,
}

impl Asked {
    /// Today, in London.
    #[must_use]
    pub fn today(self) -> Date {
        clock::london_day(self.now)
    }
}

/// Records of a kind that may be past their time, the oldest first.
///
/// # Errors
/// When the database can't be read.
pub fn candidates(r: &mut Read<'_>, kind: Kind, rule: &Rule, asked: Asked) -> Result<Vec<Candidate>> {
    let before = asked.today().saturating_sub(rule.months.months()).saturating_add(1.day());
    let moment = |day: Date| day.to_zoned(clock::london()).map(|z| z.timestamp()).unwrap_or(asked.now);
    match kind {
        Kind::Person => {
            let after_death = rule.months_after_death.unwrap_or(rule.months);
            let died_before = asked.today().saturating_sub(after_death.months()).saturating_add(1.day());
            people(r, rule, asked, (moment(before), before, died_before))
        }
        Kind::LineWithRecord => lines(r, rule, before, asked, Recorded::Something),
        Kind::Line => lines(r, rule, before, asked, Recorded::Nothing),
        Kind::Escort => held(
            r,
            "escort_record",
            touched::ESCORTS,
            sql(
                "SELECT e.id, e.move_date AS day FROM escort_record e WHERE e.move_date < $1 AND NOT EXISTS (SELECT 1 FROM listing_escort j WHERE j.escort_id = e.id AND j.undone_at IS NULL) ORDER BY e.move_date, e.id LIMIT 10000",
            ),
            &[&before],
        ),
        Kind::RawFile => raw_files(r, before, moment(before)),
        Kind::ReferralIn => held(
            r,
            "referral_in",
            touched::REFERRALS_IN,
            sql(
                "SELECT q.id, q.received_at AS day FROM referral_in q WHERE q.received_at < $1 AND NOT EXISTS (SELECT 1 FROM referral_in_event e WHERE e.referral_id = q.id AND e.kind = 'joined' AND NOT EXISTS (SELECT 1 FROM referral_in_event u WHERE u.referral_id = q.id AND u.kind IN ('joined', 'unjoined') AND u.id > e.id)) ORDER BY q.received_at, q.id LIMIT 2000",
            ),
            &[&moment(before)],
        ),
        Kind::ReferralFile => held(
            r,
            "referral_in_file",
            touched::REFERRAL_FILES,
            sql(
                "SELECT id, at AS day FROM referral_in_file WHERE at < $1 AND length(body) > 0 ORDER BY at, id LIMIT 2000",
            ),
            &[&moment(before)],
        ),
        Kind::SubjectAccess => held(
            r,
            "access_request",
            touched::REQUESTS,
            sql(
                "SELECT c.request_id AS id, c.at AS day FROM access_closing c WHERE c.at < $1 ORDER BY c.at, c.request_id LIMIT 2000",
            ),
            &[&moment(before)],
        ),
        Kind::Task => plain(
            r,
            "task",
            sql(
                "SELECT t.id, COALESCE((SELECT MAX(e.at) FROM task_event e WHERE e.task_id = t.id), t.made_at) AS day FROM task t WHERE t.person_id IS NULL AND t.made_at < $1 AND (t.due_on IS NULL OR t.due_on < $2) AND NOT EXISTS (SELECT 1 FROM task_event e WHERE e.task_id = t.id AND e.at >= $1) ORDER BY t.made_at, t.id LIMIT 10000",
            ),
            &[&moment(before), &before],
        ),
        Kind::Diary => plain(
            r,
            "diary_entry",
            sql(
                "SELECT id, at AS day FROM diary_entry WHERE person_id IS NULL AND at < $1 ORDER BY at, id LIMIT 10000",
            ),
            &[&moment(before)],
        ),
    }
}

fn day_of(row: &Row) -> Result<Date> {
    row.get::<Date>("day").or_else(|_| row.get::<Timestamp>("day").map(clock::london_day))
}

fn one(table: &'static str, id: Uuid) -> Ids {
    Ids::from([(table, BTreeSet::from([id]))])
}

/// Records about nobody: a hold on a person does not reach them.
fn plain(
    r: &mut Read<'_>,
    table: &'static str,
    statement: Statement,
    params: &[&dyn ToValue],
) -> Result<Vec<Candidate>> {
    r.query(statement, params)?
        .iter()
        .map(|row| {
            let id = row.get("id")?;
            let facts = Facts { from: day_of(row)?, died: None, holds: Vec::new() };
            Ok(Candidate { id, facts, roots: one(table, id) })
        })
        .collect()
}

/// The same, but those that may be about somebody of whom nothing may go are held.
fn held(
    r: &mut Read<'_>,
    table: &'static str,
    touches: Statement,
    statement: Statement,
    params: &[&dyn ToValue],
) -> Result<Vec<Candidate>> {
    let mut found = plain(r, table, statement, params)?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let mut why = touched::held(r, touches, &ids)?;
    for one in &mut found {
        one.facts.holds = why.remove(&one.id).unwrap_or_default();
    }
    // A set is what may go; held ones are shown beside it, and take nobody's place.
    let mut goes = 0;
    found.retain(|one| {
        goes += usize::from(one.facts.holds.is_empty());
        !one.facts.holds.is_empty() || goes <= MOST_LOOKED_THROUGH || table == "escort_record"
    });
    Ok(found)
}

/// People whose last contact, last line and record are all older; then each is looked through for its very last entry. Page by
/// page until the set is full: those that turn out to have a late entry, and held ones, take nobody's place.
fn people(
    r: &mut Read<'_>,
    rule: &Rule,
    asked: Asked,
    (at, day, died): (Timestamp, Date, Date),
) -> Result<Vec<Candidate>> {
    const PAGE: usize = 500;
    let mut out = Vec::new();
    let (mut due, mut after) = (0, (Timestamp::UNIX_EPOCH, PersonId::of(Uuid::nil())));
    loop {
        let rows = r.query(
            sql("SELECT p.id, p.created_at FROM person p WHERE p.merged_into IS NULL AND (p.created_at > $4 OR (p.created_at = $4 AND p.id > $5)) AND ((p.created_at < $1 AND NOT EXISTS (SELECT 1 FROM episode e JOIN person x ON x.id = e.person_id WHERE (x.id = p.id OR x.merged_into = p.id) AND e.last_contact_at >= $1) AND NOT EXISTS (SELECT 1 FROM link_decision d JOIN person x ON x.id = d.person_id JOIN listing l ON l.id = d.listing_id WHERE (x.id = p.id OR x.merged_into = p.id) AND d.decision = 'same' AND d.undone_at IS NULL AND l.list_date >= $2)) OR EXISTS (SELECT 1 FROM person_death t JOIN person x ON x.id = t.person_id WHERE (x.id = p.id OR x.merged_into = p.id) AND t.died_on < $3)) ORDER BY p.created_at, p.id LIMIT 500"),
            &[&at, &day, &died, &after.0, &after.1],
        )?;
        for row in &rows {
            let id = row.get("id")?;
            after = (row.get("created_at")?, id);
            let Some(found) = person(r, asked, id)? else { continue };
            let verdict = decide(rule, &found.facts, asked.today()).verdict;
            due += usize::from(matches!(verdict, Verdict::Due { .. }));
            if !matches!(verdict, Verdict::Kept { .. }) {
                out.push(found);
            }
            if due == MOST_LOOKED_THROUGH {
                return Ok(out);
            }
        }
        if rows.len() < PAGE {
            return Ok(out);
        }
    }
}

/// What the rule about records asks of one person; nothing when there is no such record that stands for itself.
///
/// # Errors
/// When the database can't be read.
pub fn person(r: &mut Read<'_>, asked: Asked, id: PersonId) -> Result<Option<Candidate>> {
    let members: Vec<PersonId> = r
        .query(
            sql("SELECT id FROM person WHERE merged_into = $1 OR (id = $1 AND merged_into IS NULL)"),
            &[&id],
        )?
        .iter()
        .map(|row| row.get("id"))
        .collect::<Result<_>>()?;
    if !members.contains(&id) {
        return Ok(None);
    }
    let mut listings: Vec<ListingId> = Vec::new();
    let mut last: Option<Date> = None;
    for row in r.query_list(
        sql("SELECT x.id, x.list_date FROM link_decision d JOIN listing l ON l.id = d.listing_id JOIN listing x ON x.id = COALESCE(l.joined_into, l.id) OR x.joined_into = COALESCE(l.joined_into, l.id) WHERE d.decision = 'same' AND d.undone_at IS NULL AND d.person_id IN ($LIST)"),
        &[],
        &members,
    )? {
        let line = row.get("id")?;
        if !listings.contains(&line) {
            listings.push(line);
        }
        last = last.max(Some(row.get("list_date")?));
    }
    let roots = Roots { people: members.clone(), listings };
    let gathered = gather(r, asked.rooms, &roots)?;
    let written = last_written(&gathered, asked.now)?.map(clock::london_day);
    let Some(from) = written.max(last) else { return Ok(None) };
    let died = deaths(r, &members)?.values().map(|death| death.died_on).max();
    let held = held_people(r)?.remove(&id).unwrap_or_default();
    Ok(Some(Candidate {
        id: id.into(),
        facts: Facts { from, died, holds: held },
        roots: Ids::from([
            ("person", members.into_iter().map(Uuid::from).collect()),
            ("listing", roots.listings.into_iter().map(Uuid::from).collect()),
        ]),
    }))
}

/// Whether a line is looked for that somebody recorded something on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recorded {
    Nothing,
    Something,
}

fn lines(
    r: &mut Read<'_>,
    rule: &Rule,
    before: Date,
    asked: Asked,
    wanted: Recorded,
) -> Result<Vec<Candidate>> {
    const PAGE: usize = 5_000;
    let most = if wanted == Recorded::Something { MOST_LOOKED_THROUGH } else { MOST };
    let (mut out, mut due, mut after) = (Vec::new(), 0, (FIRST_DAY, Uuid::nil()));
    loop {
        let rows = r.query(
            sql("SELECT l.id, l.list_date FROM listing l WHERE l.list_date < $1 AND (l.list_date > $2 OR (l.list_date = $2 AND l.id > $3)) AND l.joined_into IS NULL AND NOT EXISTS (SELECT 1 FROM link_decision d JOIN listing x ON x.id = d.listing_id WHERE (x.id = l.id OR x.joined_into = l.id) AND d.decision = 'same' AND d.undone_at IS NULL) ORDER BY l.list_date, l.id LIMIT 5000"),
            &[&before, &after.0, &after.1],
        )?;
        if let Some(last) = rows.last() {
            after = (last.get("list_date")?, last.get("id")?);
        }
        for found in lines_of(r, &rows, asked, wanted)? {
            // Held ones, those with a late entry, and those of the other kind take nobody's place.
            let verdict = decide(rule, &found.facts, asked.today()).verdict;
            due += usize::from(matches!(verdict, Verdict::Due { .. }));
            if !matches!(verdict, Verdict::Kept { .. }) {
                out.push(found);
            }
            if due == most {
                return Ok(out);
            }
        }
        if rows.len() < PAGE {
            return Ok(out);
        }
    }
}

/// Those of these lines that are of the wanted kind, with what joined them.
fn lines_of(r: &mut Read<'_>, rows: &[Row], asked: Asked, wanted: Recorded) -> Result<Vec<Candidate>> {
    let days: HashMap<Uuid, Date> =
        rows.iter().map(|row| Ok((row.get("id")?, row.get("list_date")?))).collect::<Result<_>>()?;
    let order: Vec<Uuid> = rows.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    let mut whole: HashMap<Uuid, BTreeSet<Uuid>> =
        order.iter().map(|id| (*id, BTreeSet::from([*id]))).collect();
    for row in
        r.query_list(sql("SELECT id, joined_into FROM listing WHERE joined_into IN ($LIST)"), &[], &order)?
    {
        if let Some(lines) = whole.get_mut(&row.get::<Uuid>("joined_into")?) {
            lines.insert(row.get("id")?);
        }
    }
    let all: Vec<Uuid> = whole.values().flatten().copied().collect();
    let recorded = recorded_on(r, &all)?;
    let like_held = touched::held(r, touched::LINES, &all)?;
    let mut out = Vec::new();
    for id in order {
        let Some(lines) = whole.remove(&id) else { continue };
        let something = lines.iter().any(|line| recorded.contains(line));
        if something != (wanted == Recorded::Something) {
            continue;
        }
        let Some(mut from) = days.get(&id).copied() else { continue };
        if something {
            let roots =
                Roots { people: Vec::new(), listings: lines.iter().map(|l| ListingId::of(*l)).collect() };
            let gathered = gather(r, asked.rooms, &roots)?;
            from = from.max(last_written(&gathered, asked.now)?.map_or(from, clock::london_day));
        }
        let holds = lines.iter().filter_map(|line| like_held.get(line)).flatten().cloned().collect();
        out.push(Candidate {
            id,
            facts: Facts { from, died: None, holds },
            roots: Ids::from([("listing", lines)]),
        });
    }
    Ok(out)
}

/// Those of these lines that a colleague recorded something on. What a list itself says of a day in court is no record of ours.
fn recorded_on(r: &mut Read<'_>, lines: &[Uuid]) -> Result<HashSet<Uuid>> {
    r.query_list(
        sql("SELECT listing_id FROM screening WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM triage WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM psychiatric WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM consent_decision WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM disclosure_override WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM disclosure WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM warning WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM report WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM oral_report WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM assessment WHERE listing_id IN ($LIST) UNION SELECT listing_id FROM referral_in_event WHERE kind = 'joined' AND listing_id IN ($LIST) UNION SELECT h.listing_id FROM hearing h JOIN hearing_version v ON v.hearing_id = h.id WHERE v.voice <> 'court' AND h.listing_id IN ($LIST)"),
        &[],
        lines,
    )?
    .iter()
    .map(|row| row.get("listing_id"))
    .collect()
}

fn raw_files(r: &mut Read<'_>, before: Date, at: Timestamp) -> Result<Vec<Candidate>> {
    // A file waits until it was read: until then nothing else holds what is in it. It goes by the last day in it.
    let rows = r.query(
        sql("SELECT i.id, i.received_at, (SELECT MAX(d.list_date) FROM import_court_day d WHERE d.import_id = i.id) AS last_day FROM import i WHERE i.raw_gone_at IS NULL AND i.received_at < $1 AND EXISTS (SELECT 1 FROM import_reading x WHERE x.import_id = i.id) AND NOT EXISTS (SELECT 1 FROM import_court_day d WHERE d.import_id = i.id AND d.list_date >= $2) ORDER BY i.received_at, i.id LIMIT 10000"),
        &[&at, &before],
    )?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    let mut why = touched::held(r, touched::FILES, &ids)?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.get("id")?;
            let received = clock::london_day(row.get("received_at")?);
            let from = row.get::<Option<Date>>("last_day")?.unwrap_or(received).max(received);
            let holds = why.remove(&id).unwrap_or_default();
            Ok(Candidate { id, facts: Facts { from, died: None, holds }, roots: one("import", id) })
        })
        .collect()
}
