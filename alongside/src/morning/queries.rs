//! Everything the board of one court day needs, in a fixed number of statements however long the list is.

use super::line::{
    EscortPart, Held, Line, LineDetail, LineKind, Linked, Moved, Preparation, Recognition, Work,
};
use super::markers::TREATMENT_REQUIREMENT;
use super::rules::Rules;
use crate::access::{Capability, Reader};
use crate::ids::{ListingId, PersonId};
use crate::people::{Sex, hidden, standing_for};
use crate::projects::Court;
use intake::ScreeningFact;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::{HashMap, HashSet};
use store::{Result, Row, Statement, sql};

/// All lines of a court day that stand for themselves (joined ones show within the line they joined), organisations too.
pub(super) fn lines<C: Capability>(
    r: &mut Reader<'_, C>,
    court: &Court,
    date: Date,
    rules: &Rules,
) -> Result<Vec<Line>> {
    let rows = r.query(
        sql("SELECT * FROM listing WHERE court_code = $1 AND list_date = $2 AND joined_into IS NULL"),
        &[&court.code(), &date],
    )?;
    let mut lines: Vec<Line> = rows.iter().map(line_of).collect::<Result<_>>()?;
    let places: HashMap<ListingId, usize> = lines.iter().enumerate().map(|(i, line)| (line.id, i)).collect();
    let day: Day<'_> = Day { court: court.code(), date, places: &places };
    add_escorts(r, &day, &mut lines)?;
    add_work(r, &day, &mut lines)?;
    add_recognition(r, &day, &mut lines, rules)?;
    super::about::add_notes(r, (court.code(), date), &mut lines, rules.below.on_board)?;
    Ok(lines)
}

struct Day<'a> {
    court: &'a str,
    date: Date,
    places: &'a HashMap<ListingId, usize>,
}

impl Day<'_> {
    /// Rows about lines of the day, each with the index of the line it belongs to (`shown_id`).
    fn rows<C: Capability>(&self, r: &mut Reader<'_, C>, statement: Statement) -> Result<Vec<(usize, Row)>> {
        let mut out = Vec::new();
        for row in r.query(statement, &[&self.court, &self.date])? {
            if let Some(index) = self.places.get(&row.get("shown_id")?) {
                out.push((*index, row));
            }
        }
        Ok(out)
    }
}

fn json<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|e| store::Error::Column { column: column.into(), why: e.to_string() })
}

fn line_of(row: &Row) -> Result<Line> {
    Ok(Line {
        id: row.get("id")?,
        court_code: row.get("court_code")?,
        date: row.get("list_date")?,
        origin: row.get("origin")?,
        room: row.get("room")?,
        starts: row.get("starts")?,
        list_no: row.get("list_no")?,
        sequence: row.get("sequence")?,
        case_no: row.get("case_no")?,
        kind: match row.get::<String>("kind")?.as_str() {
            "organisation" => LineKind::Organisation,
            "youth" => LineKind::Youth,
            _ => LineKind::Person,
        },
        name: row.get("full_name")?,
        date_of_birth: row.get("date_of_birth")?,
        age_as_written: row.get("age")?,
        sex: Sex::from_key(&row.get::<String>("sex")?),
        pnc: row.get("pnc")?,
        custody: Held::from_key(&row.get::<String>("custody")?),
        offences: row.get("offences_short")?,
        detail: json::<LineDetail>(row, "detail")?,
        first_seen_at: row.get("first_seen_at")?,
        changed_at: row.get("changed_at")?,
        removed_at: row.get("removed_at")?,
        escorts: Vec::new(),
        proposals: 0,
        recognition: Recognition::default(),
        work: Work {
            taken: None,
            preparation: Preparation::NotStarted,
            preparation_reason: String::new(),
            moved: None,
        },
        notes: Vec::new(),
    })
}

fn add_escorts<C: Capability>(r: &mut Reader<'_, C>, day: &Day<'_>, lines: &mut [Line]) -> Result<()> {
    let joined = day.rows(
        r,
        sql("SELECT l.id AS shown_id, j.how, j.by_words, e.id AS escort_id, e.from_words, e.as_of FROM listing l JOIN listing_escort j ON j.listing_id = l.id JOIN escort_record e ON e.id = j.escort_id WHERE l.court_code = $1 AND l.list_date = $2 AND l.joined_into IS NULL AND j.undone_at IS NULL ORDER BY e.as_of DESC"),
    )?;
    let proposed = sql(
        "SELECT l.id AS shown_id FROM listing l JOIN join_proposal p ON p.listing_id = l.id WHERE l.court_code = $1 AND l.list_date = $2 AND p.decision IS NULL",
    );
    for (index, _) in day.rows(r, proposed)? {
        lines[index].proposals += 1;
    }
    if joined.is_empty() {
        return Ok(());
    }
    let facts = r.query(
        sql("SELECT f.escort_id, f.fact FROM escort_record e JOIN escort_fact f ON f.escort_id = e.id WHERE e.court_code = $1 AND e.move_date = $2 ORDER BY f.escort_id, f.ordinal"),
        &[&day.court, &day.date],
    )?;
    let mut by_record: HashMap<uuid::Uuid, Vec<ScreeningFact>> = HashMap::new();
    for row in facts {
        by_record.entry(row.get("escort_id")?).or_default().push(json(&row, "fact")?);
    }
    for (index, row) in joined {
        let id: uuid::Uuid = row.get("escort_id")?;
        lines[index].escorts.push(EscortPart {
            from: row.get("from_words")?,
            as_of: row.get("as_of")?,
            joined: row.get("how")?,
            facts: by_record.get(&id).cloned().unwrap_or_default(),
        });
    }
    Ok(())
}

fn add_work<C: Capability>(r: &mut Reader<'_, C>, day: &Day<'_>, lines: &mut [Line]) -> Result<()> {
    let taken = sql(
        "SELECT COALESCE(l.joined_into, l.id) AS shown_id, t.account_id, a.name FROM listing l JOIN listing_take t ON t.listing_id = l.id JOIN account a ON a.id = t.account_id WHERE l.court_code = $1 AND l.list_date = $2 AND t.released_at IS NULL ORDER BY t.at",
    );
    for (index, row) in day.rows(r, taken)? {
        lines[index].work.taken = Some((row.get("account_id")?, row.get("name")?));
    }
    let prepared = sql(
        "SELECT COALESCE(l.joined_into, l.id) AS shown_id, p.status, p.reason FROM listing l JOIN listing_preparation p ON p.listing_id = l.id WHERE l.court_code = $1 AND l.list_date = $2 ORDER BY p.at, p.id",
    );
    for (index, row) in day.rows(r, prepared)? {
        lines[index].work.preparation =
            Preparation::from_key(&row.get::<String>("status")?).unwrap_or(Preparation::NotStarted);
        lines[index].work.preparation_reason = row.get("reason")?;
    }
    let moved = sql(
        "SELECT COALESCE(l.joined_into, l.id) AS shown_id, m.place, m.reason, m.by_words, m.at FROM listing l JOIN listing_move m ON m.listing_id = l.id WHERE l.court_code = $1 AND l.list_date = $2 AND m.undone_at IS NULL ORDER BY m.at, m.id",
    );
    for (index, row) in day.rows(r, moved)? {
        lines[index].work.moved = Some(Moved {
            place: row.get("place")?,
            reason: row.get("reason")?,
            by: row.get("by_words")?,
            at: row.get("at")?,
        });
    }
    Ok(())
}

fn add_recognition<C: Capability>(
    r: &mut Reader<'_, C>,
    day: &Day<'_>,
    lines: &mut [Line],
    rules: &Rules,
) -> Result<()> {
    let mut refused: HashSet<(usize, PersonId)> = HashSet::new();
    let mut linked: Vec<(usize, PersonId)> = Vec::new();
    let decided = sql(
        "SELECT COALESCE(l.joined_into, l.id) AS shown_id, d.person_id, d.decision FROM listing l JOIN link_decision d ON d.listing_id = l.id WHERE l.court_code = $1 AND l.list_date = $2 AND d.undone_at IS NULL ORDER BY d.at",
    );
    let decided = day.rows(r, decided)?;
    let candidates = sql(
        "SELECT COALESCE(l.joined_into, l.id) AS shown_id, c.person_id, c.band FROM listing l JOIN candidate c ON c.listing_id = l.id WHERE l.court_code = $1 AND l.list_date = $2",
    );
    let candidates = day.rows(r, candidates)?;
    let named = decided
        .iter()
        .chain(&candidates)
        .map(|(_, row)| row.get("person_id"))
        .collect::<Result<Vec<PersonId>>>()?;
    let standing = standing_for(r, &named)?;
    // A merged record's links and likenesses are those of the record that was kept.
    let stands = |person: PersonId| standing.get(&person).copied().unwrap_or(person);
    for (index, row) in decided {
        let of: PersonId = row.get("person_id")?;
        match row.get::<String>("decision")?.as_str() {
            "same" => linked.push((index, stands(of))),
            // A refusal of a record that was merged since says nothing of the one it went into.
            "not-same" if stands(of) == of => {
                refused.insert((index, of));
            }
            _ => {}
        }
    }
    let candidates: Vec<(usize, PersonId, bool)> = candidates
        .into_iter()
        .map(|(index, row)| {
            Ok((index, stands(row.get("person_id")?), row.get::<String>("band")? == "certain"))
        })
        .collect::<Result<_>>()?;
    let people: Vec<PersonId> =
        linked.iter().map(|(_, p)| *p).chain(candidates.iter().map(|(_, p, _)| *p)).collect();
    let ours = episodes_in_scope(r, &people)?;
    let mut counted: HashSet<(usize, PersonId)> = HashSet::new();
    for (index, person, certain) in candidates {
        if refused.contains(&(index, person)) || !counted.insert((index, person)) {
            continue;
        }
        let recognition = &mut lines[index].recognition;
        if ours.contains_key(&person) {
            recognition.candidates += 1;
        } else {
            recognition.elsewhere += 1;
        }
        recognition.certain |= certain;
    }
    let histories = histories(r, &linked.iter().map(|(_, p)| *p).collect::<Vec<_>>(), day.date, rules)?;
    for (index, person) in linked {
        let episode = ours.get(&person);
        let history = histories.get(&person);
        lines[index].recognition.linked = Some(Linked {
            person,
            in_scope: episode.is_some(),
            on_caseload: episode.is_some_and(|(open, _)| *open),
            last_contact: episode.map(|(_, at)| *at),
            earlier_days: history.map_or(0, |h| h.days),
            treatment_requirement: history.and_then(|h| h.treatment_requirement),
        });
    }
    Ok(())
}

/// For people with an episode in a project of the reader: whether one is open, and the last contact.
pub(super) fn episodes_in_scope<C: Capability>(
    r: &mut Reader<'_, C>,
    people: &[PersonId],
) -> Result<HashMap<PersonId, (bool, Timestamp)>> {
    let (all, projects) = r.projects();
    let standing = standing_for(r, people)?;
    let members: Vec<PersonId> = standing.keys().copied().collect();
    let mut out: HashMap<PersonId, (bool, Timestamp)> = HashMap::new();
    for row in r.query_list(sql("SELECT person_id, project_id, closed_at, last_contact_at FROM episode WHERE person_id IN ($LIST)"), &[], &members)? {
        let project: uuid::Uuid = row.get("project_id")?;
        if !all && !projects.contains(&project) {
            continue;
        }
        let open = row.get::<Option<Timestamp>>("closed_at")?.is_none();
        let at: Timestamp = row.get("last_contact_at")?;
        let person: PersonId = row.get("person_id")?;
        let entry = out.entry(standing.get(&person).copied().unwrap_or(person)).or_insert((open, at));
        entry.0 |= open;
        entry.1 = entry.1.max(at);
    }
    let kept: Vec<PersonId> = out.keys().copied().collect();
    for person in hidden(r, &kept)? {
        out.remove(&person);
    }
    Ok(out)
}

#[derive(Debug, Default)]
struct History {
    days: i64,
    treatment_requirement: Option<Date>,
}

/// Earlier court days of linked people, and treatment requirements made on them.
fn histories<C: Capability>(
    r: &mut Reader<'_, C>,
    people: &[PersonId],
    date: Date,
    rules: &Rules,
) -> Result<HashMap<PersonId, History>> {
    let back = |months: i64| date.checked_sub(months.months()).unwrap_or(date);
    let (days_from, made_from) =
        (back(rules.repeat_attender_months), back(rules.treatment_requirement_months));
    let standing = standing_for(r, people)?;
    let members: Vec<PersonId> = standing.keys().copied().collect();
    let stands = |person: PersonId| standing.get(&person).copied().unwrap_or(person);
    let mut out: HashMap<PersonId, History> = HashMap::new();
    let mut seen: HashSet<(PersonId, Date)> = HashSet::new();
    let days = sql(
        "SELECT DISTINCT d.person_id, l.list_date FROM link_decision d JOIN listing l ON l.id = d.listing_id WHERE d.decision = 'same' AND d.undone_at IS NULL AND l.list_date >= $1 AND l.list_date < $2 AND d.person_id IN ($LIST)",
    );
    for row in r.query_list(days, &[&days_from, &date], &members)? {
        let person = stands(row.get("person_id")?);
        if seen.insert((person, row.get("list_date")?)) {
            out.entry(person).or_default().days += 1;
        }
    }
    let made = sql(
        "SELECT d.person_id, COALESCE(s.ordered_on, l.list_date) AS made_on FROM link_decision d JOIN listing l ON l.id = d.listing_id JOIN listing_result s ON s.listing_id = l.id WHERE d.decision = 'same' AND d.undone_at IS NULL AND s.code = $1 AND l.list_date >= $2 AND d.person_id IN ($LIST)",
    );
    for row in r.query_list(made, &[&TREATMENT_REQUIREMENT, &made_from], &members)? {
        let entry = out.entry(stands(row.get("person_id")?)).or_default();
        entry.treatment_requirement = entry.treatment_requirement.max(row.get("made_on")?);
    }
    Ok(out)
}
