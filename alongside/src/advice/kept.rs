//! Sheets as they were given, word for word.

use super::sheet::Section;
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{PersonId, ProjectId, SheetId};
use crate::people::{self, Person};
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// A sheet to be kept.
#[derive(Debug, Clone)]
pub struct NewSheet {
    /// The project.
    pub project: ProjectId,
    /// Key of the variant.
    pub variant: &'static str,
    /// Code of the language.
    pub language: &'static str,
    /// Whether the person can carry it safely: yes, no, not-asked.
    pub safe: String,
    /// What stands on it.
    pub sections: Vec<Section>,
    /// printed, read-out or both.
    pub how: String,
}

/// A sheet as it was given.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its id.
    pub id: SheetId,
    /// The record it hangs on.
    pub person: PersonId,
    /// Key of the variant.
    pub variant: String,
    /// Code of the language.
    pub language: String,
    /// Whether the person can carry it safely.
    pub safe: String,
    /// What stands on it.
    pub sections: Vec<Section>,
    /// printed, read-out or both.
    pub how: String,
    /// When.
    pub given_at: Timestamp,
    /// By whom.
    pub by: String,
    /// Given by mistake: when, by whom, why.
    pub mistaken: Option<(Timestamp, String, String)>,
}

/// Keeps a sheet that is given.
///
/// # Errors
/// When the database refuses.
pub fn give<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    id: SheetId,
    new: &NewSheet,
) -> Result<()> {
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let sections = serde_json::to_string(&new.sections)
        .map_err(|e| store::Error::Column { column: "sections".into(), why: e.to_string() })?;
    w.record(Event::new("advice given", "advice", id).with(format!(
        "person {}, {}",
        person.id(),
        new.variant
    )));
    w.execute(
        sql("INSERT INTO advice_sheet (id, person_id, project_id, variant, language, safe, sections, how, given_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &[
            &id,
            &person.id(),
            &new.project,
            &new.variant,
            &new.language,
            &new.safe,
            &sections,
            &new.how,
            &now,
            &account,
            &by,
        ],
    )?;
    people::note_contact(w, person, new.project, now)
}

/// Says that a sheet was given by mistake. The first word counts.
///
/// # Errors
/// When the database refuses.
pub fn mistaken<C: Capability>(w: &mut Writer<'_, C>, id: SheetId, words: &str) -> Result<()> {
    let by = w.by();
    w.record(Event::new("advice given by mistake", "advice", id));
    w.execute(
        sql("INSERT INTO advice_mark (id, sheet_id, words, at, by_words) VALUES ($1, $2, $3, $4, $5)"),
        &[&Uuid::now_v7(), &id, &words, &clock::now(), &by],
    )?;
    Ok(())
}

/// Sheets of these records, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn sheets_of(r: &mut Read<'_>, people: &[PersonId]) -> Result<Vec<Sheet>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = r.query_list(
        sql("SELECT * FROM advice_sheet WHERE person_id IN ($LIST) ORDER BY given_at DESC, id DESC"),
        &[],
        people,
    )?;
    marked(r, &rows)
}

/// A sheet of a person in scope.
///
/// # Errors
/// When the database can't be read.
pub fn find_sheet<C: Capability>(r: &mut Reader<'_, C>, id: SheetId) -> Result<Option<(Person, Sheet)>> {
    let rows: Vec<Row> =
        r.maybe(sql("SELECT * FROM advice_sheet WHERE id = $1"), &[&id])?.into_iter().collect();
    let Some(sheet) = marked(r, &rows)?.pop() else { return Ok(None) };
    let Some(person) = people::find(r, sheet.person)? else { return Ok(None) };
    r.saw(Event::new("advice opened", "advice", id));
    Ok(Some((person, sheet)))
}

fn marked(r: &mut Read<'_>, rows: &[Row]) -> Result<Vec<Sheet>> {
    let mut found: Vec<Sheet> = rows.iter().map(row_of).collect::<Result<_>>()?;
    let ids: Vec<SheetId> = found.iter().map(|s| s.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    for row in
        r.query_list(sql("SELECT * FROM advice_mark WHERE sheet_id IN ($LIST) ORDER BY at, id"), &[], &ids)?
    {
        let id: SheetId = row.get("sheet_id")?;
        let said = (row.get("at")?, row.get("by_words")?, row.get("words")?);
        if let Some(sheet) = found.iter_mut().find(|s| s.id == id) {
            sheet.mistaken.get_or_insert(said);
        }
    }
    Ok(found)
}

fn row_of(row: &Row) -> Result<Sheet> {
    let sections: String = row.get("sections")?;
    Ok(Sheet {
        id: row.get("id")?,
        person: row.get("person_id")?,
        variant: row.get("variant")?,
        language: row.get("language")?,
        safe: row.get("safe")?,
        sections: serde_json::from_str(&sections)
            .map_err(|e| store::Error::Column { column: "sections".into(), why: e.to_string() })?,
        how: row.get("how")?,
        given_at: row.get("given_at")?,
        by: row.get("by_words")?,
        mistaken: None,
    })
}
