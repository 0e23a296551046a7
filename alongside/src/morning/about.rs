//! Whom a record is about. Work in the cells can't wait until somebody has decided who is on a line: a record hangs on the
//! line, and is the person's for as long as the line is linked to them.

use super::below::{Note, OnBoard, OnDay, Whom};
use super::line::Line;
use super::work::Found;
use crate::access::policy::ViewPerson;
use crate::access::{Capability, Permit, Reader};
use crate::clock;
use crate::ids::{ListingId, PersonId, ProjectId};
use crate::people::{Person, hidden, ids_of, reached, standing_for};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::HashMap;
use store::{Read, Result, sql};

/// The marker of a self-harm warning that nobody has confirmed.
const WARNING_OPEN: &str = "warning-open";

/// The ids that records about one line or one person may hang on, for `listing_id IN (…) OR person_id IN (…)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Lines.
    pub listings: Vec<ListingId>,
    /// The person and the records merged into theirs.
    pub people: Vec<PersonId>,
}

/// A line of a court list that was linked to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOn {
    /// The line.
    pub listing: ListingId,
    /// The day.
    pub date: Date,
    /// The court's name; empty when the table has none.
    pub court: String,
}

/// The person a line is linked to, as their record stands now.
///
/// # Errors
/// When the database can't be read.
pub fn person_on(r: &mut Read<'_>, line: &Found) -> Result<Option<PersonId>> {
    r.maybe(
        sql("SELECT COALESCE(p.merged_into, p.id) AS kept FROM link_decision d JOIN person p ON p.id = d.person_id JOIN listing l ON l.id = d.listing_id WHERE (l.id = $1 OR l.joined_into = $2) AND d.decision = 'same' AND d.undone_at IS NULL ORDER BY d.at DESC"),
        &[&line.id(), &line.id()],
    )?
    .map(|row| row.get("kept"))
    .transpose()
}

/// The person that a line outside the reader's courts is linked to. Gives an id only: whether the reader may see the person
/// is for [`crate::people::find`] to say.
///
/// # Errors
/// When the database can't be read.
pub fn person_linked_to(r: &mut Read<'_>, listing: ListingId) -> Result<Option<PersonId>> {
    r.maybe(
        sql("SELECT COALESCE(p.merged_into, p.id) AS kept FROM listing x JOIN listing l ON l.id = COALESCE(x.joined_into, x.id) OR l.joined_into = COALESCE(x.joined_into, x.id) JOIN link_decision d ON d.listing_id = l.id JOIN person p ON p.id = d.person_id WHERE x.id = $1 AND d.decision = 'same' AND d.undone_at IS NULL ORDER BY d.at DESC"),
        &[&listing],
    )?
    .map(|row| row.get("kept"))
    .transpose()
}

/// The people that these lines are linked to now, as their records stand. As [`person_linked_to`], for many.
///
/// # Errors
/// When the database can't be read.
pub fn people_linked_to(r: &mut Read<'_>, listings: &[ListingId]) -> Result<HashMap<ListingId, PersonId>> {
    r.query_list(
        sql("SELECT x.id, COALESCE(p.merged_into, p.id) AS kept FROM listing x JOIN listing l ON l.id = COALESCE(x.joined_into, x.id) OR l.joined_into = COALESCE(x.joined_into, x.id) JOIN link_decision d ON d.listing_id = l.id JOIN person p ON p.id = d.person_id WHERE d.decision = 'same' AND d.undone_at IS NULL AND x.id IN ($LIST) ORDER BY d.at"),
        &[],
        listings,
    )?
    .iter()
    .map(|row| Ok((row.get("id")?, row.get("kept")?)))
    .collect()
}

/// Everything that records about a line may hang on: the line, those that joined it, the person it is linked to, and that
/// person's other lines. A record that the reader may not open, since it is limited or held by other projects only, adds
/// nothing: a court is served by several projects, and a line that a colleague of another one linked is no way into that
/// one's records. What was done on the line itself stays.
///
/// # Errors
/// When the database can't be read.
pub fn about_line<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<About> {
    let person = match person_on(r, line)? {
        Some(person) if reached(r, &[person])?.contains(&person) => Some(person),
        _ => None,
    };
    about_line_with(r, line, person)
}

/// The same, with what stands on a record that the reader may not open: for rulings, which rest on everything that was decided, whoever asks.
/// Nothing of it may be shown.
///
/// # Errors
/// When the database can't be read.
pub fn about_line_in_full(r: &mut Read<'_>, line: &Found) -> Result<About> {
    let person = person_on(r, line)?;
    about_line_with(r, line, person)
}

fn about_line_with(r: &mut Read<'_>, line: &Found, person: Option<PersonId>) -> Result<About> {
    let joined =
        r.query(sql("SELECT id FROM listing WHERE id = $1 OR joined_into = $2"), &[&line.id(), &line.id()])?;
    let mut listings: Vec<ListingId> = joined.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    let people = match person {
        Some(person) => members(r, person)?,
        None => Vec::new(),
    };
    for row in linked_lines(r, &people)? {
        if !listings.contains(&row.listing) {
            listings.push(row.listing);
        }
    }
    Ok(About { listings, people })
}

/// Everything that records about a person may hang on.
///
/// # Errors
/// When the database can't be read.
pub fn about_person(r: &mut Read<'_>, person: &Person) -> Result<About> {
    let people = ids_of(r, person)?;
    let listings = linked_lines(r, &people)?.into_iter().map(|l| l.listing).collect();
    Ok(About { listings, people })
}

/// The same for a record by its id, for work that no reader asks for.
///
/// # Errors
/// When the database can't be read.
pub fn about_record(r: &mut Read<'_>, id: PersonId) -> Result<About> {
    let kept = r.maybe(sql("SELECT COALESCE(merged_into, id) AS kept FROM person WHERE id = $1"), &[&id])?;
    let Some(kept) = kept else { return Ok(About { listings: Vec::new(), people: Vec::new() }) };
    let people = members(r, kept.get("kept")?)?;
    let listings = linked_lines(r, &people)?.into_iter().map(|l| l.listing).collect();
    Ok(About { listings, people })
}

/// The lines that are linked to any of these records, each taken by itself: a record and one that was merged into it may have
/// lines of their own.
///
/// # Errors
/// When the database can't be read.
pub fn lines_of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<ListingId>> {
    Ok(linked_lines(r, people)?.into_iter().map(|line| line.listing).collect())
}

fn members(r: &mut Read<'_>, kept: PersonId) -> Result<Vec<PersonId>> {
    r.query(sql("SELECT id FROM person WHERE id = $1 OR merged_into = $2"), &[&kept, &kept])?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

/// Lines linked to any of these people, the lines that those were joined into, and all that joined these; newest day first.
fn linked_lines(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<ListedOn>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    r.query_list(
        sql("SELECT DISTINCT x.id, x.list_date, COALESCE(c.name, '') AS court FROM link_decision d JOIN listing l ON l.id = d.listing_id JOIN listing x ON x.id = COALESCE(l.joined_into, l.id) OR x.joined_into = COALESCE(l.joined_into, l.id) LEFT JOIN court c ON c.code = x.court_code WHERE d.decision = 'same' AND d.undone_at IS NULL AND d.person_id IN ($LIST) ORDER BY x.list_date DESC, x.id"),
        &[],
        people,
    )?
    .iter()
    .map(|row| Ok(ListedOn { listing: row.get("id")?, date: row.get("list_date")?, court: row.get("court")? }))
    .collect()
}

/// The projects that serve the courts of these lines now.
///
/// # Errors
/// When the database can't be read.
pub fn projects_serving(r: &mut Read<'_>, listings: &[ListingId]) -> Result<Vec<ProjectId>> {
    let mut found = Vec::new();
    for row in r.query_list(
        sql("SELECT DISTINCT p.project_id FROM project_court p JOIN listing l ON l.court_code = p.court_code WHERE p.ended_at IS NULL AND l.id IN ($LIST)"),
        &[],
        listings,
    )? {
        let project = row.get("project_id")?;
        if !found.contains(&project) {
            found.push(project);
        }
    }
    Ok(found)
}

/// For lines that a list says are held: the line and the day of its list.
///
/// # Errors
/// When the database can't be read.
pub fn held_on(r: &mut Read<'_>, listings: &[ListingId]) -> Result<HashMap<ListingId, Date>> {
    r.query_list(
        sql("SELECT id, list_date FROM listing WHERE custody = 'custody' AND removed_at IS NULL AND id IN ($LIST)"),
        &[],
        listings,
    )?
    .iter()
    .map(|row| Ok((row.get("id")?, row.get("list_date")?)))
    .collect()
}

/// The days a person stood on court lists: a section of their page.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    _: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    let people = ids_of(r, person)?;
    let lines = linked_lines(r, &people)?;
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "On court lists" }
        @if lines.is_empty() { p class="govuk-body" { "No line of a court list has been linked to this person." } }
        @else {
            ul class="govuk-list" {
                @for line in &lines { li { a class="govuk-link" href=(format!("/listings/{}", line.listing)) { (clock::day_words(line.date)) } ", " (line.court) } }
            }
        }
    }))
}

/// Asks the rooms below what they say about the lines of a day, and puts it on them.
pub(super) fn add_notes<C: Capability>(
    r: &mut Reader<'_, C>,
    day: (&str, Date),
    lines: &mut [Line],
    rooms: &[OnBoard],
) -> Result<()> {
    if rooms.is_empty() || lines.is_empty() {
        return Ok(());
    }
    let mut shown: HashMap<Whom, Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        shown.entry(Whom::Line(line.id)).or_default().push(index);
    }
    let joined = r.query(
        sql("SELECT id, joined_into FROM listing WHERE court_code = $1 AND list_date = $2 AND joined_into IS NOT NULL"),
        &[&day.0, &day.1],
    )?;
    let mut listings: Vec<ListingId> = lines.iter().map(|line| line.id).collect();
    for row in joined {
        let (id, into): (ListingId, ListingId) = (row.get("id")?, row.get("joined_into")?);
        if let Some(indexes) = shown.get(&Whom::Line(into)).cloned() {
            shown.insert(Whom::Line(id), indexes);
            listings.push(id);
        }
    }
    let linked: Vec<(PersonId, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| line.recognition.linked.as_ref().map(|l| (l.person, i)))
        .collect();
    let kept: Vec<PersonId> = linked.iter().map(|(person, _)| *person).collect();
    let (limited, open) = (hidden(r, &kept)?, reached(r, &kept)?);
    let standing = standing_for(r, &kept)?;
    for (member, stands) in &standing {
        for (person, index) in &linked {
            if person == stands {
                shown.entry(Whom::Person(*member)).or_default().push(*index);
            }
        }
    }
    let people: Vec<PersonId> = standing.keys().copied().collect();
    let asked = OnDay { date: day.1, listings: &listings, people: &people };
    for room in rooms {
        let notes: Vec<(Whom, Note)> = room(r, &asked)?;
        for (whom, note) in notes {
            let closed = match whom {
                Whom::Person(member) => standing.get(&member).filter(|person| !open.contains(person)),
                Whom::Line(_) => None,
            };
            let note = match closed {
                Some(person) => of_closed_record(&note, limited.contains(person)),
                None => Some(note),
            };
            let Some(note) = note else { continue };
            for index in shown.get(&whom).into_iter().flatten() {
                if !lines[*index].notes.contains(&note) {
                    lines[*index].notes.push(note.clone());
                }
            }
        }
    }
    Ok(())
}

/// What a record that the reader may not open tells them: that a warning is open, since a life may hang on it, and where to
/// turn. Neither its words nor anything else.
fn of_closed_record(note: &Note, limited: bool) -> Option<Note> {
    let (kind, whom) = if limited {
        ("limited record", "the records guardian")
    } else {
        ("record of another project", "a colleague there")
    };
    (note.marker == Some(WARNING_OPEN)).then(|| Note {
        words: format!("It stands on a {kind}. Break the glass to read it, or ask {whom}"),
        source: kind.into(),
        ..note.clone()
    })
}
