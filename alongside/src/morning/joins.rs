//! Court-list row and escort record of one person on one line: exact identifiers join, anything less is put to a human,
//! and every join can be undone.

use super::line::Held;
use super::linking::lock_day;
use super::take_in::{Arrival, bump, from_json as parse, json};
use super::taken::Taken;
use super::written::{record_of, sex_of, shown_name};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{EscortId, JoinId, ListingId, ProposalId};
use crate::people::{Matched, prior_for};
use intake::{EscortRecord, Listing};
use jiff::Timestamp;
use jiff::civil::Date;
use linkage::{Band, Cleaned, Cro, Frequencies, Pnc, PrisonNumber, Record};
use std::collections::{HashMap, HashSet};
use store::{Result, sql};

/// A row of the list, as the join sees it.
struct ListRow {
    id: ListingId,
    record: Record,
    cleaned: Cleaned,
}

/// Joins the escort records of a court day to its lines. A record that fits no line gets a line of its own.
pub(super) fn join_day<C: Capability>(
    w: &mut Writer<'_, C>,
    code: &str,
    date: Date,
    arrival: Arrival,
    taken: &mut Taken,
    to_recognise: &mut Vec<(ListingId, Record)>,
) -> Result<()> {
    let escorts: Vec<(EscortId, EscortRecord)> = w
        .query(
            sql("SELECT id, detail FROM escort_record WHERE court_code = $1 AND move_date = $2 ORDER BY id"),
            &[&code, &date],
        )?
        .iter()
        .map(|row| Ok((row.get("id")?, parse(&row.get::<String>("detail")?)?)))
        .collect::<Result<_>>()?;
    if escorts.is_empty() {
        return Ok(());
    }
    let rows: Vec<ListRow> = w
        .query(
            sql("SELECT id, detail FROM listing WHERE court_code = $1 AND list_date = $2 AND origin <> 'escort' AND kind <> 'organisation' ORDER BY id"),
            &[&code, &date],
        )?
        .iter()
        .map(|row| {
            let listing: Listing = parse(&row.get::<String>("detail")?)?;
            let record = record_of(&listing.person);
            Ok(ListRow { id: row.get("id")?, cleaned: linkage::clean(&record), record })
        })
        .collect::<Result<_>>()?;
    let joined = standing_joins(w, code, date)?;
    let undone = undone_joins(w, code, date)?;
    let model = prior_for(rows.len().max(escorts.len()));
    let register = Frequencies::of_register(rows.iter().map(|row| &row.cleaned));
    for (id, escort) in &escorts {
        let record = record_of(&escort.person);
        let cleaned = linkage::clean(&record);
        let mut on_a_line = joined.get(id).is_some_and(|lines| !lines.is_empty());
        for row in &rows {
            let pair = (*id, row.id);
            if undone.contains(&pair) || joined.get(id).is_some_and(|lines| lines.contains(&row.id)) {
                continue;
            }
            let comparison = model.compare(&row.cleaned, &cleaned, &register);
            let sure = comparison.band > Band::None && share_an_identifier(&row.record, &record);
            if sure && !linked_apart(w, *id, row.id)? {
                insert_join(w, row.id, *id, "exact identifier")?;
                taken.joined += 1;
                on_a_line = true;
            } else if comparison.band > Band::None {
                let matched = Matched::from_comparison(&comparison, comparison.band, Vec::new());
                taken.joins_to_confirm += propose(w, *id, row.id, &matched, arrival.received_at)?;
            }
        }
        settle_own_line(w, code, date, (*id, escort), on_a_line, arrival, to_recognise)?;
    }
    Ok(())
}

/// The escort record's own line and this line are linked to different people. Joined, each would show what belongs to the
/// other: a human takes one of the decisions back first.
fn linked_apart<C: Capability>(w: &mut Writer<'_, C>, escort: EscortId, listing: ListingId) -> Result<bool> {
    let people = w.query(
        sql("SELECT DISTINCT COALESCE(p.merged_into, p.id) AS person_id FROM link_decision d JOIN person p ON p.id = d.person_id JOIN listing l ON l.id = d.listing_id WHERE d.decision = 'same' AND d.undone_at IS NULL AND (l.id = $1 OR l.joined_into = $1 OR l.id IN (SELECT o.id FROM listing_escort j JOIN listing o ON o.id = j.listing_id WHERE j.escort_id = $2 AND o.origin = 'escort'))"),
        &[&listing, &escort],
    )?;
    Ok(people.len() > 1)
}

/// Both carry the same identifier, and its check letter fits where it has one.
fn share_an_identifier(a: &Record, b: &Record) -> bool {
    let pnc = |r: &Record| Pnc::parse(&r.pnc).ok().filter(|p| p.check().trusted()).map(|p| p.to_string());
    let cro = |r: &Record| Cro::parse(&r.cro).ok().filter(|c| c.check().trusted()).map(|c| c.to_string());
    let prison = |r: &Record| PrisonNumber::parse(&r.prison_number).ok().map(|p| p.to_string());
    let same = |x: Option<String>, y: Option<String>| x.is_some() && x == y;
    same(pnc(a), pnc(b)) || same(cro(a), cro(b)) || same(prison(a), prison(b))
}

/// Which lines (other than its own) each escort record stands on now.
fn standing_joins<C: Capability>(
    w: &mut Writer<'_, C>,
    code: &str,
    date: Date,
) -> Result<HashMap<EscortId, HashSet<ListingId>>> {
    let mut out: HashMap<EscortId, HashSet<ListingId>> = HashMap::new();
    for row in w.query(
        sql("SELECT j.escort_id, j.listing_id FROM listing_escort j JOIN listing l ON l.id = j.listing_id WHERE l.court_code = $1 AND l.list_date = $2 AND l.origin <> 'escort' AND j.undone_at IS NULL"),
        &[&code, &date],
    )? {
        out.entry(row.get("escort_id")?).or_default().insert(row.get("listing_id")?);
    }
    Ok(out)
}

/// Pairs a human took apart or refused: never joined again by a file.
fn undone_joins<C: Capability>(
    w: &mut Writer<'_, C>,
    code: &str,
    date: Date,
) -> Result<HashSet<(EscortId, ListingId)>> {
    let mut out = HashSet::new();
    for row in w.query(
        sql("SELECT j.escort_id, j.listing_id FROM listing_escort j JOIN listing l ON l.id = j.listing_id WHERE l.court_code = $1 AND l.list_date = $2 AND j.undone_at IS NOT NULL"),
        &[&code, &date],
    )? {
        out.insert((row.get("escort_id")?, row.get("listing_id")?));
    }
    for row in w.query(
        sql("SELECT p.escort_id, p.listing_id FROM join_proposal p JOIN listing l ON l.id = p.listing_id WHERE l.court_code = $1 AND l.list_date = $2 AND p.decision = 'not-same'"),
        &[&code, &date],
    )? {
        out.insert((row.get("escort_id")?, row.get("listing_id")?));
    }
    Ok(out)
}

fn insert_join<C: Capability>(
    w: &mut Writer<'_, C>,
    listing: ListingId,
    escort: EscortId,
    how: &str,
) -> Result<()> {
    let by = w.by();
    w.execute(
        sql("INSERT INTO listing_escort (id, listing_id, escort_id, how, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&JoinId::fresh(), &listing, &escort, &how, &clock::now(), &by],
    )?;
    Ok(())
}

fn propose<C: Capability>(
    w: &mut Writer<'_, C>,
    escort: EscortId,
    listing: ListingId,
    matched: &Matched,
    at: Timestamp,
) -> Result<usize> {
    let new = w.execute(
        sql("INSERT INTO join_proposal (id, escort_id, listing_id, comparison, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (escort_id, listing_id) DO UPDATE SET comparison = excluded.comparison"),
        &[&ProposalId::fresh(), &escort, &listing, &json(matched)?, &at],
    )?;
    Ok(usize::try_from(new).unwrap_or(0))
}

/// A record on a court-list line needs no line of its own (its own one, with any work on it, goes into that line);
/// a record on none has one.
fn settle_own_line<C: Capability>(
    w: &mut Writer<'_, C>,
    code: &str,
    date: Date,
    (id, escort): (EscortId, &EscortRecord),
    on_a_line: bool,
    arrival: Arrival,
    to_recognise: &mut Vec<(ListingId, Record)>,
) -> Result<()> {
    let key = format!("escort:{}", escort.source_key);
    let own: Option<ListingId> = w
        .maybe(
            sql("SELECT id FROM listing WHERE court_code = $1 AND list_date = $2 AND source_key = $3"),
            &[&code, &date, &key],
        )?
        .map(|row| row.get("id"))
        .transpose()?;
    let target: Option<ListingId> = w
        .maybe(
            sql("SELECT j.listing_id FROM listing_escort j JOIN listing l ON l.id = j.listing_id WHERE j.escort_id = $1 AND j.undone_at IS NULL AND l.origin <> 'escort' ORDER BY l.removed_at NULLS FIRST, j.at LIMIT 1"),
            &[&id],
        )?
        .map(|row| row.get("listing_id"))
        .transpose()?;
    match own {
        Some(own) => {
            w.execute(sql("UPDATE listing SET joined_into = $1 WHERE id = $2"), &[&target, &own])?;
        }
        None if on_a_line => {}
        None => {
            let own = insert_own_line(w, code, date, &key, escort, arrival)?;
            insert_join(w, own, id, "the record's own line")?;
            to_recognise.push((own, record_of(&escort.person)));
        }
    }
    Ok(())
}

fn insert_own_line<C: Capability>(
    w: &mut Writer<'_, C>,
    code: &str,
    date: Date,
    key: &str,
    escort: &EscortRecord,
    arrival: Arrival,
) -> Result<ListingId> {
    let id = ListingId::fresh();
    let person = &escort.person;
    let detail = serde_json::json!({ "person": person, "listed_for": null, "held_at": escort.from.as_ref().and_then(|f| f.name.clone()) }).to_string();
    let age = person.age.map(i64::from);
    w.execute(
        sql("INSERT INTO listing (id, court_code, list_date, source_key, origin, kind, forename, middle_names, surname, full_name, date_of_birth, age, sex, pnc, custody, offences_short, detail, sent_at, first_import, last_import, first_seen_at, changed_at) VALUES ($1, $2, $3, $4, 'escort', 'person', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"),
        &[&id, &code, &date, &key, &person.name.forename, &person.name.middle_names, &person.name.surname, &shown_name(person), &person.date_of_birth, &age, &sex_of(person).key(), &person.pnc, &Held::Custody.key(), &"", &detail, &arrival.received_at, &arrival.import, &arrival.import, &arrival.received_at, &arrival.received_at],
    )?;
    Ok(id)
}

/// A human's word on a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The record belongs to the line.
    Same,
    /// It does not.
    NotSame,
}

/// What became of a human's word on a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    /// It is kept.
    Kept,
    /// Somebody decided meanwhile, or there is no such proposal.
    Meanwhile,
    /// The two lines are linked to different people.
    LinkedApart,
}

/// Decides a proposal about a line of `court` on `date`.
pub(super) fn decide<C: Capability>(
    w: &mut Writer<'_, C>,
    listing: ListingId,
    proposal: ProposalId,
    word: Word,
    court: &str,
    date: Date,
) -> Result<Decided> {
    lock_day(w, court, date)?;
    let found = w.maybe(
        sql("SELECT escort_id FROM join_proposal WHERE id = $1 AND listing_id = $2 AND decision IS NULL"),
        &[&proposal, &listing],
    )?;
    let Some(row) = found else { return Ok(Decided::Meanwhile) };
    let escort: EscortId = row.get("escort_id")?;
    if word == Word::Same && linked_apart(w, escort, listing)? {
        return Ok(Decided::LinkedApart);
    }
    let (decision, action) = match word {
        Word::Same => ("same", "escort record joined"),
        Word::NotSame => ("not-same", "escort record refused"),
    };
    let by = w.by();
    w.record(Event::new(action, "listing", listing).with(format!("escort record {escort}")));
    w.execute(
        sql("UPDATE join_proposal SET decision = $1, decided_at = $2, decided_by = $3 WHERE id = $4"),
        &[&decision, &clock::now(), &by, &proposal],
    )?;
    if word == Word::Same {
        insert_join(w, listing, escort, "confirmed")?;
        w.execute(
            sql("UPDATE listing SET joined_into = $1 WHERE origin = 'escort' AND id IN (SELECT listing_id FROM listing_escort WHERE escort_id = $2 AND undone_at IS NULL)"),
            &[&listing, &escort],
        )?;
    }
    bump(w, court, date)?;
    Ok(Decided::Kept)
}

/// Takes a record off a line again. Its own line comes back, or is made.
pub(super) fn undo<C: Capability>(
    w: &mut Writer<'_, C>,
    listing: ListingId,
    join: JoinId,
    court: &str,
    date: Date,
) -> Result<bool> {
    let found = w.maybe(
        sql("SELECT j.escort_id, e.detail, e.last_import FROM listing_escort j JOIN escort_record e ON e.id = j.escort_id WHERE j.id = $1 AND j.listing_id = $2 AND j.undone_at IS NULL AND j.how <> 'the record''s own line'"),
        &[&join, &listing],
    )?;
    let Some(row) = found else { return Ok(false) };
    let escort: EscortId = row.get("escort_id")?;
    let by = w.by();
    w.record(
        Event::new("escort record taken off", "listing", listing).with(format!("escort record {escort}")),
    );
    w.execute(
        sql("UPDATE listing_escort SET undone_at = $1, undone_by = $2 WHERE id = $3"),
        &[&clock::now(), &by, &join],
    )?;
    w.execute(sql("UPDATE join_proposal SET decision = 'not-same', decided_at = $1, decided_by = $2 WHERE escort_id = $3 AND listing_id = $4"), &[&clock::now(), &by, &escort, &listing])?;
    let record: EscortRecord = parse(&row.get::<String>("detail")?)?;
    let arrival = Arrival { import: row.get("last_import")?, received_at: clock::now() };
    let still = w.query(
        sql("SELECT j.id FROM listing_escort j JOIN listing l ON l.id = j.listing_id WHERE j.escort_id = $1 AND j.undone_at IS NULL AND l.origin <> 'escort'"),
        &[&escort],
    )?;
    let mut unweighed = Vec::new();
    settle_own_line(w, court, date, (escort, &record), !still.is_empty(), arrival, &mut unweighed)?;
    super::take_in::weigh_lines(w, &unweighed)?;
    bump(w, court, date)?;
    Ok(true)
}
