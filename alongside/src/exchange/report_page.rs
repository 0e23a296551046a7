//! The report of one import: figures, what was skipped and where, the original, and reading it again.

use super::archive::Archive;
use super::import::{Again, ExchangeError, Outcome, Reading, read_import, reading_of};
use super::upload_page::{counts_words, outcome_tag};
use crate::access::policy::{DownloadOriginal, ImportFiles, ManageService, ViewBoard, ViewImports};
use crate::access::{App, Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::ImportId;
use crate::projects::courts_in_scope;
use crate::web::components::{
    Caption, Column, Emphasis, SummaryRow, back_link, post_button, summary_list, table,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use store::{Read, sql};

struct Report {
    file: String,
    size: i64,
    hash: String,
    raw_gone_at: Option<Timestamp>,
    received_at: Timestamp,
    received_by: String,
    route: String,
    readings: Vec<(Timestamp, String, Reading)>,
    days: Vec<(String, Date, bool)>,
}

pub(super) async fn show(permit: Permit<ViewImports>, Path(id): Path<ImportId>) -> Page {
    let report = permit
        .read(move |r| {
            let Some(row) = r.maybe(sql("SELECT * FROM import WHERE id = $1"), &[&id])? else { return Ok::<_, store::Error>(None) };
            r.saw(Event::new("import report opened", "import", id));
            let file: String = row.get("file_name")?;
            let readings = r
                .query(sql("SELECT * FROM import_reading WHERE import_id = $1 ORDER BY at DESC, id DESC"), &[&id])?
                .iter()
                .map(|reading| Ok((reading.get("at")?, reading.get("by_words")?, reading_of(reading, id, file.clone())?)))
                .collect::<store::Result<_>>()?;
            let courts = courts_in_scope(r)?;
            let days = r
                .query(sql("SELECT d.court_code, d.list_date, c.name FROM import_court_day d LEFT JOIN court c ON c.code = d.court_code WHERE d.import_id = $1 ORDER BY d.list_date, d.court_code"), &[&id])?
                .iter()
                .map(|day| {
                    let code: String = day.get("court_code")?;
                    let ours = courts.iter().any(|court| court.code() == code);
                    Ok((code, day.get("list_date")?, ours))
                })
                .collect::<store::Result<_>>()?;
            Ok(Some(Report {
                file,
                size: row.get("size")?,
                hash: row.get("hash")?,
                raw_gone_at: row.get("raw_gone_at")?,
                received_at: row.get("received_at")?,
                received_by: row.get("received_by")?,
                route: row.get("route")?,
                readings,
                days,
            }))
        })
        .await?;
    let Some(report) = report else { return Err(PageError::NotFound) };
    // A link that would lead nowhere is not offered.
    let downloadable = match permit.also::<DownloadOriginal>() {
        Some(download) => {
            let asks = Asks::of(&download);
            download.read(move |r| may_fetch(r, &asks, id)).await?
        }
        None => false,
    };
    let body = html! {
        h1 class="govuk-heading-l" { (report.file) }
        (summary_list(&rows(&permit, &report)))
        @if let Some(at) = report.raw_gone_at {
            p class="govuk-body" { "The file itself was taken away under retention on " (clock::moment_words(at)) ". It can't be read again." }
        } @else {
            div class="govuk-button-group" {
                (post_button("Read it again", "", Emphasis::Secondary, &format!("/imports/{id}/replay")))
                @if downloadable { a class="govuk-link" href=(format!("/imports/{id}/original")) { "Download the original" } }
            }
        }
        @match report.readings.first() {
            None => p class="govuk-body" { "It is kept but not read yet. It will be read when the service starts again, or now with the button." }
            Some((_, _, reading)) => (details_of(reading))
        }
    };
    let before = back_link("Lists in", "/imports");
    Ok(page(
        &permit,
        Shell { title: "Import report", room: "/imports", before: Some(before), ..Shell::default() },
        body,
    ))
}

fn rows(permit: &Permit<ViewImports>, report: &Report) -> Vec<SummaryRow<'static>> {
    let last = report.readings.first();
    let mut rows = vec![
        SummaryRow::new(
            "Received",
            html! { (clock::moment_words(report.received_at)) " by " (report.received_by) ", " (report.route) },
        ),
        SummaryRow::new("Size", html! { (report.size) " bytes" }),
        SummaryRow::new("Fingerprint", html! { span class="al-code" { (report.hash) } }),
    ];
    if let Some((at, by, reading)) = last {
        rows.push(SummaryRow::new(
            "Outcome",
            html! { (outcome_tag(reading.outcome)) " " (clock::moment_words(*at)) ", " (by) },
        ));
        rows.push(SummaryRow::new(
            "Read as",
            html! { (reading.format.as_deref().unwrap_or("Nothing we know")) },
        ));
        rows.push(SummaryRow::new(
            "What came of it",
            html! { (reading.refusal.clone().unwrap_or_else(|| counts_words(reading))) },
        ));
    }
    let days: Vec<Markup> = report
        .days
        .iter()
        .map(|(code, date, ours)| {
            let words = format!("{code}, {}", clock::day_words(*date));
            if *ours && permit.may::<ViewBoard>() {
                html! { li { a class="govuk-link" href=(format!("/courts/{code}/{date}")) { (words) } } }
            } else {
                html! { li { (words) @if !ours { " (not one of your courts)" } } }
            }
        })
        .collect();
    if !days.is_empty() {
        rows.push(SummaryRow::new(
            "Court days",
            html! { ul class="govuk-list" { @for day in days { (day) } } },
        ));
    }
    if report.readings.len() > 1 {
        rows.push(SummaryRow::new("Read", html! { (report.readings.len()) " times" }));
    }
    rows
}

/// Longest list of skips or notes on the page; the figures tell the rest.
const SHOWN: usize = 500;

fn details_of(reading: &Reading) -> Markup {
    let skips: Vec<Vec<Markup>> = reading
        .skips
        .iter()
        .take(SHOWN)
        .map(|s| vec![html! { (s.place) }, html! { (s.what) }, html! { (s.why) }])
        .collect();
    let notes: Vec<Vec<Markup>> =
        reading.notes.iter().take(SHOWN).map(|n| vec![html! { (n.place) }, html! { (n.what) }]).collect();
    html! {
        @if !skips.is_empty() {
            h2 class="govuk-heading-m" { "Left out: " (reading.skips.len()) }
            (table(Caption::Hidden("What was left out"), &[Column::words("Where in the file"), Column::words("What"), Column::words("Why")], &skips))
        } @else if reading.outcome != Outcome::Refused { p class="govuk-body" { "Nothing was left out." } }
        @if !notes.is_empty() {
            h2 class="govuk-heading-m" { "Odd, but kept: " (reading.notes.len()) }
            (table(Caption::Hidden("What was odd"), &[Column::words("Where in the file"), Column::words("What was odd, and what was done")], &notes))
        }
    }
}

pub(super) async fn replay(
    permit: Permit<ViewImports>,
    State(app): State<App>,
    Path(id): Path<ImportId>,
) -> Page {
    let Some(import) = permit.also::<ImportFiles>() else { return Err(PageError::NotFound) };
    let read =
        tokio::task::spawn_blocking(move || read_import(&import, &Archive::of(&app.config)?, id, Again::Yes))
            .await
            .map_err(|e| PageError::Inside(e.to_string()))?
            .map_err(|e: ExchangeError| PageError::Inside(e.to_string()))?;
    if read.is_none() {
        return Err(PageError::NotFound);
    }
    Ok(Redirect::to(&format!("/imports/{id}")).into_response())
}

/// The account that sent a file in by page, as the audit has it.
fn sent_by(r: &mut Read<'_>, id: ImportId) -> store::Result<Option<uuid::Uuid>> {
    let row = r.maybe(
        sql("SELECT actor FROM audit_event WHERE subject_kind = 'import' AND subject_id = $1 AND action = 'file received' ORDER BY seq LIMIT 1"),
        &[&id.to_string()],
    )?;
    row.map_or(Ok(None), |row| row.get("actor"))
}

/// Who asks for the bytes.
struct Asks {
    me: uuid::Uuid,
    clinical: bool,
    administrator: bool,
    guardian: bool,
}

impl Asks {
    fn of(permit: &Permit<DownloadOriginal>) -> Self {
        Self {
            me: permit.account_id(),
            clinical: permit.may::<ViewBoard>(),
            administrator: permit.may::<ManageService>(),
            guardian: permit.may::<crate::access::policy::ReadAudit>(),
        }
    }
}

/// An administrator may fetch lists, which are public in court, but no escort record: that is health information. Others
/// may fetch what concerns only courts of their projects, or what they sent in themselves.
fn may_fetch(r: &mut Reader<'_, DownloadOriginal>, asks: &Asks, id: ImportId) -> store::Result<bool> {
    let courts = courts_in_scope(r)?;
    let days = r.query(sql("SELECT court_code FROM import_court_day WHERE import_id = $1"), &[&id])?;
    let mut all_ours = !days.is_empty();
    for day in &days {
        let code: String = day.get("court_code")?;
        all_ours &= courts.iter().any(|court| court.code() == code);
    }
    let format: Option<String> = r
        .maybe(
            sql("SELECT format FROM import_reading WHERE import_id = $1 AND taken ORDER BY at DESC LIMIT 1"),
            &[&id],
        )?
        .map(|row| row.get("format"))
        .transpose()?
        .flatten();
    let health = format.as_deref().is_none_or(|f| f.starts_with("escort"));
    let mine = sent_by(r, id)?.is_some_and(|who| who == asks.me);
    Ok(asks.guardian || mine || (asks.clinical && all_ours) || (asks.administrator && !health))
}

/// The bytes as received, for whom they may be.
pub(super) async fn original(
    permit: Permit<DownloadOriginal>,
    State(app): State<App>,
    Path(id): Path<ImportId>,
) -> Page {
    let asks = Asks::of(&permit);
    let found = permit
        .read(move |r| {
            let Some(row) = r.maybe(
                sql("SELECT hash, file_name FROM import WHERE id = $1 AND raw_gone_at IS NULL"),
                &[&id],
            )?
            else {
                return Ok::<_, store::Error>(None);
            };
            if !may_fetch(r, &asks, id)? {
                return Ok(None);
            }
            r.saw(Event::new("original downloaded", "import", id));
            Ok(Some((row.get::<String>("hash")?, row.get::<String>("file_name")?)))
        })
        .await?;
    let Some((hash, name)) = found else { return Err(PageError::NotFound) };
    let bytes = tokio::task::spawn_blocking(move || Archive::of(&app.config)?.fetch(&hash))
        .await
        .map_err(|e| PageError::Inside(e.to_string()))?
        .map_err(|e| PageError::Inside(e.to_string()))?;
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{safe}\"")),
    ];
    Ok((headers, bytes).into_response())
}
