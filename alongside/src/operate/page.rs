//! Backups as the administrator sees them: when the last proven one was, and what became of the others.

use super::increment::{Standing, standing};
use super::schedule::{last_failed, last_proven, runs};
use crate::access::policy::ManageService;
use crate::access::{App, Permit, Routes};
use crate::clock;
use crate::web::components::{Caption, Column, TagColour, table, tag, warning_text};
use crate::web::{Page, Shell, page};
use axum::extract::State;
use jiff::SignedDuration;
use maud::{Markup, html};

/// Most runs shown.
const SHOWN: i64 = 60;

/// The page of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes.get::<ManageService, _>("/backups", show)
}

/// What would be lost now, in words.
fn increments(standing: Option<Standing>, minutes: i64) -> Markup {
    let Some(standing) = standing else {
        return warning_text(
            "No increment was made yet: what was written since the last backup would be lost.",
        );
    };
    let now = clock::now();
    let lost = (now.as_second() - standing.at.as_second()).max(0) / 60;
    html! {
        p class="govuk-body" {
            "Everything up to " strong { (clock::moment_words(standing.at)) } " is kept"
            @if standing.number > 0 { " (increment " (standing.number) " of this backup)" }
            ": were the disk lost now, so would be the work of the last "
            @if lost <= 1 { "minute" } @else { (lost) " minutes" } ". An increment is made every " (minutes) " minutes."
        }
        @if let Some(why) = &standing.failed { (warning_text(&format!("The last increment failed: {why}"))) }
        @if standing.is_late(minutes, now) { (warning_text("Increments are late. Look at the disk, and at the log of the service.")) }
    }
}

async fn show(permit: Permit<ManageService>, State(app): State<App>) -> Page {
    let now = clock::now();
    let (last, failed, runs) = permit
        .read(move |r| Ok::<_, store::Error>((last_proven(r, now)?, last_failed(r, now)?, runs(r, SHOWN)?)))
        .await?;
    let set = &app.config.backup;
    let late = last.is_none_or(|at| at + SignedDuration::from_hours(2 * set.hours) <= now);
    let rows: Vec<Vec<Markup>> = runs
        .iter()
        .map(|run| {
            vec![
                html! { (clock::moment_words(run.at)) },
                html! { @if run.proven { (tag(TagColour::Green, "Proven")) } @else { (tag(TagColour::Red, "Failed")) } },
                html! { (run.words) },
                html! { (run.seconds) },
            ]
        })
        .collect();
    let columns = [
        Column::words("When"),
        Column::words("Outcome"),
        Column::words("What it holds, or why it failed"),
        Column::figures("Seconds"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Backups" }
        p class="govuk-body" {
            @match last {
                Some(at) => { "The last proven backup was made on " strong { (clock::moment_words(at)) } "." },
                None => "No backup was ever proven here.",
            }
        }
        @if !app.config.database.starts_with("sqlite:") {
            p class="govuk-body" { "This service runs on PostgreSQL: it is backed up with PostgreSQL’s own tools." }
        } @else if set.to.is_none() {
            (warning_text("None is made by the clock: no folder is set (ALONGSIDE_BACKUP_TO). Whoever runs the server sets one, or runs “alongside backup” every evening."))
        } @else {
            @if late { (warning_text("No backup was proven in time. Look at the reasons below, and at the disk.")) }
            @if let Some((_, why)) = &failed { (warning_text(&format!("The last backup failed: {why}"))) }
            @if set.minutes > 0 { (increments(standing(&app.config), set.minutes)) }
            @if let Some(run) = runs.iter().find(|run| run.proven) {
                p class="govuk-body" { "Making and proving the last one took " (run.seconds) " seconds; a restore takes about as long, plus a moment for each increment." }
            }
            p class="govuk-body" { "One is made every " (set.hours) " hours, " @if set.keys.is_empty() { "not encrypted: keep the folder on an encrypted disk." } @else { "encrypted to " (set.keys.len()) " keys." } }
        }
        @if !rows.is_empty() { (table(Caption::Hidden("Backups, newest first"), &columns, &rows)) }
    };
    Ok(page(&permit, Shell { title: "Backups", room: "/backups", wide: true, ..Shell::default() }, body))
}
