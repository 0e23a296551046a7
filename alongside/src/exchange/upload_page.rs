//! Sending files in by page: several at once, dropped or chosen; each is taken or refused for itself.

use super::archive::Archive;
use super::import::{Again, ExchangeError, Outcome, Reading, read_import, receive};
use crate::access::policy::ImportFiles;
use crate::access::{App, Permit};
use crate::ids::ImportId;
use crate::web::components::{
    Caption, Column, Emphasis, Form, HowMany, TagColour, button, button_link, details, error_summary,
    file_upload, table, tag,
};
use crate::web::{Page, PageError, Shell, Uploads, page};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

pub(super) async fn form(permit: Permit<ImportFiles>) -> Page {
    Ok(ask(&permit, &Form::blank(), StatusCode::OK))
}

pub(super) async fn send(
    permit: Permit<ImportFiles>,
    State(app): State<App>,
    Uploads(files): Uploads,
) -> Page {
    if files.is_empty() {
        let mut form = Form::blank();
        form.refuse("files", "Choose at least one file");
        return Ok(ask(&permit, &form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let worker = permit.clone();
    let done = tokio::task::spawn_blocking(move || {
        let archive = Archive::of(&app.config)?;
        // All are safe before the first is read: a list that takes long must not cost the others.
        let received = files
            .iter()
            .map(|(name, bytes)| receive(&worker, &archive, name, bytes, "page"))
            .collect::<Result<Vec<_>, _>>()?;
        let mut readings = Vec::new();
        for (file, (name, _)) in received.iter().zip(&files) {
            // One that could not be read now is safe, and read at the next start: the others are told of all the same.
            readings.push(read_import(&worker, &archive, file.id, Again::No).unwrap_or_else(|error| {
                tracing::error!(%error, import = %file.id, "a received file could not be read");
                Some(unread(file.id, name))
            }));
        }
        Ok::<_, ExchangeError>(readings.into_iter().flatten().collect::<Vec<_>>())
    })
    .await
    .map_err(|e| PageError::Inside(e.to_string()))?
    .map_err(|e| PageError::Inside(e.to_string()))?;
    Ok(results(&permit, &done))
}

/// What is said of a file that is kept and was not read, for a reason of ours.
fn unread(id: ImportId, name: &str) -> Reading {
    Reading::refused(
        id.to_string(),
        name.to_owned(),
        "it is kept, but could not be read just now; open it and press “Read it again”, or leave it: it is read when the service starts next",
    )
}

fn ask(permit: &Permit<ImportFiles>, form: &Form, status: StatusCode) -> Response {
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Send lists in" }
        p class="govuk-body" { "Court lists, hearings and escort records, in any of the forms they come in. Each file is kept untouched before it is read, and sending one twice changes nothing." }
        form method="post" action="/imports" enctype="multipart/form-data" novalidate {
            (file_upload(&form.field("files", "Files"), HowMany::Several, None))
            (button("Send", Emphasis::Primary))
        }
        (details("What can be read", html! {
            ul class="govuk-list govuk-list--bullet" {
                li { "Libra court lists (XML), in all four envelopes" }
                li { "Common Platform hearings (JSON)" }
                li { "Escort records: the digital framework (JSON), flat exports (JSON, CSV), and the form of 2016 to 2020" }
                li { "Lists typed in a spreadsheet and saved as CSV" }
            }
            p class="govuk-body" { "First line of a typed list:" }
            p class="govuk-body al-code" { (intake::LIST_TEMPLATE_HEADER) }
            p class="govuk-body" { "First line of typed escort records:" }
            p class="govuk-body al-code" { (intake::ESCORT_TEMPLATE_HEADER) }
        }))
    };
    let title = if form.errors().is_empty() { "Send lists in" } else { "Error: Send lists in" };
    (status, page(permit, Shell { title, room: "/imports", ..Shell::default() }, body)).into_response()
}

pub(super) fn outcome_tag(outcome: Outcome) -> Markup {
    match outcome {
        Outcome::Taken => tag(TagColour::Green, "Taken"),
        Outcome::Already => tag(TagColour::Grey, "Taken before"),
        Outcome::Refused => tag(TagColour::Red, "Refused"),
    }
}

/// One line of figures.
pub(super) fn counts_words(reading: &Reading) -> String {
    let c = &reading.counts;
    let parts = [
        (c.listings_new, "new"),
        (c.listings_changed, "changed"),
        (c.listings_same, "the same"),
        (c.listings_removed, "taken off"),
        (c.listings_returned, "back"),
        (c.listings_older, "left, older than what we have"),
        (c.escort_records_new, "escort records new"),
        (c.escort_records_changed, "escort records changed"),
        (c.escort_records_same, "escort records the same"),
        (c.joined, "escort records joined"),
        (c.joins_to_confirm, "escort records to confirm"),
        (c.possibly_known, "possibly known"),
        (reading.skips.len(), "skipped"),
    ];
    let words: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if words.is_empty() { "nothing in it".to_owned() } else { words.join(", ") }
}

fn results(permit: &Permit<ImportFiles>, readings: &[Reading]) -> Response {
    let refused = readings.iter().filter(|r| r.outcome == Outcome::Refused).count();
    let taken = readings.len() - refused;
    let rows: Vec<Vec<Markup>> = readings
        .iter()
        .map(|r| {
            vec![
                html! { a class="govuk-link" href=(format!("/imports/{}", r.import)) { (r.file) } },
                outcome_tag(r.outcome),
                html! { (r.format.as_deref().unwrap_or("–")) },
                html! { @match &r.refusal { Some(why) => (why), None => (counts_words(r)) } },
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { (taken) " of " (readings.len()) " files taken" }
        @if refused > 0 { p class="govuk-body" { "A refused file is kept. Its report says why it can't be used and what to do." } }
        (table(Caption::Hidden("Files sent"), &[Column::words("File"), Column::words("Outcome"), Column::words("Read as"), Column::words("What came of it")], &rows))
        div class="govuk-button-group" { (button_link("See the courts", Emphasis::Primary, "/courts")) (button_link("Send more", Emphasis::Secondary, "/imports/new")) }
    };
    page(permit, Shell { title: "Files sent", room: "/imports", wide: true, ..Shell::default() }, body)
}
