//! Files that came in, newest first, and court days that no project serves.

use super::import::{Outcome, reading_of};
use super::upload_page::{counts_words, outcome_tag};
use crate::access::policy::{ImportFiles, ManageService, ViewImports};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::ids::ImportId;
use crate::morning::UNKNOWN_COURT;
use crate::projects::national_court;
use crate::web::components::{
    Caption, Column, Emphasis, button_link, empty_state, inset_text, pagination, table,
};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use store::{Result, sql};

/// Files a page.
const A_PAGE: i64 = 50;

#[derive(Debug, Deserialize)]
pub(super) struct PageNumber {
    page: Option<i64>,
}

struct Row {
    id: ImportId,
    file: String,
    at: Timestamp,
    by: String,
    route: String,
    what: Option<(Outcome, String)>,
}

struct Unserved {
    code: String,
    name: Option<String>,
    date: Date,
    listed: i64,
}

pub(super) async fn show(permit: Permit<ViewImports>, Query(number): Query<PageNumber>) -> Page {
    let current = number.page.unwrap_or(1).clamp(1, 100_000);
    let administrator = permit.may::<ManageService>();
    let (rows, total, unserved) = permit
        .read(move |r| {
            let total: i64 = r.one(sql("SELECT COUNT(*) AS n FROM import"), &[])?.get("n")?;
            Ok::<_, store::Error>((
                rows(r, current)?,
                total,
                if administrator { unserved(r)? } else { Vec::new() },
            ))
        })
        .await?;
    let table_rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            vec![
                html! { a class="govuk-link" href=(format!("/imports/{}", row.id)) { (row.file) } },
                html! { (clock::moment_words(row.at)) },
                html! { (row.by) ", " (row.route) },
                match &row.what {
                    Some((outcome, _)) => outcome_tag(*outcome),
                    None => html! { "Not read yet" },
                },
                html! { @if let Some((_, words)) = &row.what { (words) } },
            ]
        })
        .collect();
    let pages = usize::try_from((total + A_PAGE - 1) / A_PAGE).unwrap_or(1);
    let body = html! {
        h1 class="govuk-heading-l" { "Lists in" }
        @if permit.may::<ImportFiles>() { (button_link("Send lists in", Emphasis::Primary, "/imports/new")) }
        @for court in &unserved {
            (inset_text(html! {
                p class="govuk-body" {
                    @if court.code == UNKNOWN_COURT { "A list names no court we can tell" } @else { "A list for " strong { (national_court(&court.code).map(|c| c.name.as_str()).or(court.name.as_deref()).unwrap_or("a court")) } " (" (court.code) ") came in, but no project serves this court" }
                    ": " (court.listed) " people on " (clock::day_words(court.date)) ". It is kept, and appears once the court is linked to a project."
                }
                @if court.code != UNKNOWN_COURT { a class="govuk-link" href=(format!("/all-courts?code={}", court.code)) { "Link this court" } }
            }))
        }
        @if rows.is_empty() {
            (empty_state("No file has come in yet", html! { p class="govuk-body" { "Court lists and escort records appear here, whichever way they came." } }))
        } @else {
            (table(Caption::Hidden("Files, newest first"), &[Column::words("File"), Column::words("Received"), Column::words("By"), Column::words("Outcome"), Column::words("What came of it")], &table_rows))
            (pagination(usize::try_from(current).unwrap_or(1), pages, &|n| format!("/imports?page={n}")))
        }
    };
    Ok(page(&permit, Shell { title: "Lists in", room: "/imports", wide: true, ..Shell::default() }, body))
}

fn rows(r: &mut Reader<'_, ViewImports>, current: i64) -> Result<Vec<Row>> {
    let imports = r.query(
        sql("SELECT id, file_name, received_at, received_by, route FROM import ORDER BY received_at DESC, id DESC LIMIT $1 OFFSET $2"),
        &[&A_PAGE, &((current - 1) * A_PAGE)],
    )?;
    let ids: Vec<ImportId> = imports.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    let readings = r.query_list(
        sql("SELECT * FROM import_reading WHERE import_id IN ($LIST) ORDER BY at, id"),
        &[],
        &ids,
    )?;
    imports
        .iter()
        .map(|row| {
            let id: ImportId = row.get("id")?;
            let mut what = None;
            for reading in &readings {
                if reading.get::<ImportId>("import_id")? == id {
                    let reading = reading_of(reading, id, String::new())?;
                    let words = reading.refusal.clone().unwrap_or_else(|| counts_words(&reading));
                    what = Some((reading.outcome, words));
                }
            }
            Ok(Row {
                id,
                file: row.get("file_name")?,
                at: row.get("received_at")?,
                by: row.get("received_by")?,
                route: row.get("route")?,
                what,
            })
        })
        .collect()
}

/// Court days with listings that no standing project serves: names and figures only, no person.
fn unserved(r: &mut Reader<'_, ViewImports>) -> Result<Vec<Unserved>> {
    r.query(
        sql("SELECT l.court_code, l.list_date, MAX(l.court_name) AS name, COUNT(*) AS n FROM court_day c JOIN listing l ON l.court_code = c.court_code AND l.list_date = c.list_date WHERE l.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM project_court x JOIN project p ON p.id = x.project_id WHERE x.court_code = c.court_code AND x.ended_at IS NULL AND p.closed_at IS NULL) GROUP BY l.court_code, l.list_date ORDER BY l.list_date DESC, l.court_code LIMIT 20"),
        &[],
    )?
    .iter()
    .map(|row| Ok(Unserved { code: row.get("court_code")?, name: row.get("name")?, date: row.get("list_date")?, listed: row.get("n")? }))
    .collect()
}
