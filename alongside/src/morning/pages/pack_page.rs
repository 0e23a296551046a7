//! The morning pack: the board on paper, and one cell sheet a person with the code that opens its record later.

use super::parts::{label, preparation_tag, restrictions, row_marker};
use crate::access::Permit;
use crate::access::policy::PrintPack;
use crate::audit::Event;
use crate::clock;
use crate::forms::{Kind, Sheet};
use crate::ids::ListingId;
use crate::morning::board::{Board, board};
use crate::morning::line::{Known, Line};
use crate::morning::markers::Marker;
use crate::morning::rank::Placed;
use crate::morning::rules::Rules;
use crate::morning::sheets::code_for;
use crate::morning::work::find_to_change;
use crate::projects::court_in_scope;
use crate::web::components::{
    BoardRow, CellSheet, KnownAs, Selection, SheetMarker, back_link, board as board_table, cell_sheet,
    print_button, print_line,
};
use crate::web::{Page, PageError, print_page};
use axum::Extension;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// Which sheets: all of them, or one person's.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    listing: Option<ListingId>,
}

pub(super) async fn show(
    permit: Permit<PrintPack>,
    Path((code, date)): Path<(String, Date)>,
    Query(which): Query<Which>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    let one = which.listing;
    let questions: Vec<&str> = rules.below.on_paper.map(asked).unwrap_or_default();
    let (board, codes) = permit
        .write(move |w| {
            let Some(court) = w.reading(|r| court_in_scope(r, &code))? else {
                return Err(PageError::NotFound);
            };
            w.record(Event::new("morning pack printed", "court day", format!("{code} {date}")));
            let mut board = w.reading(|r| board(r, &court, date, &rules))?;
            if let Some(one) = one {
                board.rows.retain(|row| row.line.id == one);
            }
            let mut codes = Vec::with_capacity(board.rows.len());
            for row in &board.rows {
                let Some(line) = find_to_change(w, row.line.id)? else { return Err(PageError::NotFound) };
                codes.push(code_for(w, &line)?);
            }
            Ok((board, codes))
        })
        .await?;
    if one.is_some() && board.rows.is_empty() {
        return Err(PageError::NotFound);
    }
    let by = permit.account().map_or("command line", |a| a.name.as_str()).to_owned();
    Ok(print_page("Morning pack", body(&board, &codes, &questions, &by, one.is_none())).into_response())
}

/// The questions of a form that a pen can answer.
fn asked(form: &'static Sheet) -> Vec<&'static str> {
    form.questions().filter(|q| matches!(q.kind, Kind::Asked(_))).map(|q| q.label).collect()
}

fn body(b: &Board, codes: &[String], questions: &[&str], by: &str, whole: bool) -> Markup {
    let now = clock::now();
    let at = clock::moment_words(now);
    let printed = format!("Printed by {by}, {at}");
    let what = format!("Morning board, {}, {}", b.court.name, clock::weekday_words(b.date));
    html! {
        // One sheet says for itself who printed it; a line or heading before it would take a sheet of paper of its own.
        @if whole { (print_line(&what, by, &at)) }
        div class="govuk-width-container al-wide" {
            main id="content" tabindex="-1" {
                div class="al-no-print" {
                    (back_link(&format!("Board, {}", b.court.name), &super::parts::day_href(b.court.code(), b.date)))
                    p class="govuk-body" { "This page is made for paper. Print it with the button, or with your browser's own menu, which can also save it as a PDF." }
                    (print_button("Print the pack"))
                }
                @if whole { h1 class="govuk-heading-l" { (what) } (board_on_paper(b)) }
                @else { h1 class="govuk-heading-l al-no-print" { "Cell sheet, " (b.court.name) ", " (clock::weekday_words(b.date)) } }
                @for (row, code) in b.rows.iter().zip(codes) { (sheet(row, code, questions, &printed)) }
            }
        }
    }
}

fn board_on_paper(b: &Board) -> Markup {
    let abouts: Vec<(String, String)> =
        b.rows.iter().map(|row| (row.line.id.to_string(), row.line.about())).collect();
    let rows: Vec<BoardRow<'_>> = b
        .rows
        .iter()
        .zip(&abouts)
        .map(|(row, (id, about))| BoardRow {
            id,
            href: format!("/listings/{}", row.line.id),
            place: row.place,
            room: row.line.room.as_deref().unwrap_or("–"),
            time: row.line.starts.as_deref().unwrap_or_default(),
            list_number: row.line.list_no.as_deref().unwrap_or_default(),
            name: &row.line.name,
            about,
            flags: Vec::new(),
            markers: row.markers.iter().map(row_marker).collect(),
            offence: &row.line.offences,
            known: match row.line.known() {
                Known::Known => KnownAs::Known { last_contact: "" },
                Known::Possibly => KnownAs::Possibly {
                    people: row.line.recognition.candidates + row.line.recognition.elsewhere,
                    compare_href: format!("/listings/{}/compare", row.line.id),
                },
                Known::Not => KnownAs::NotKnown,
            },
            status: preparation_tag(row.line.work.preparation),
            taken_by: row.line.work.taken.as_ref().map(|(_, name)| name.as_str()),
            action: html! {},
        })
        .collect();
    board_table(&format!("{}: {} people", b.court.name, rows.len()), &rows, Selection::None)
}

fn sheet(row: &Placed, code: &str, questions: &[&str], printed: &str) -> Markup {
    let line = &row.line;
    let about = format!(
        "{} · Room {}, {}, no. {}",
        line.about(),
        line.room.as_deref().unwrap_or("not known"),
        line.starts.as_deref().unwrap_or("time not known"),
        line.list_no.as_deref().unwrap_or("not known"),
    );
    let spaced = format!("{}-{}", &code[..3.min(code.len())], &code[3.min(code.len())..]);
    let texts: Vec<(String, String)> = row.markers.iter().map(|m| (label(m), source(m))).collect();
    let markers = row
        .markers
        .iter()
        .zip(&texts)
        .map(|(m, (text, source))| SheetMarker { text, said: &m.words, source })
        .collect();
    html! {
        (cell_sheet(&CellSheet { warnings: restrictions(line.is_youth(), line.detail.reporting_restriction.as_deref()), name: &line.name, about: &about, code: &spaced, offence: &line.offences, known: &known_words(line), markers, ask: ask(row), questions, printed }))
    }
}

fn source(m: &Marker) -> String {
    m.at.map_or_else(|| m.source.clone(), |at| format!("{}, {}", m.source, clock::moment_words(at)))
}

fn known_words(line: &Line) -> String {
    let r = &line.recognition;
    match line.known() {
        Known::Known => "Known to us".into(),
        Known::Possibly => format!("Possibly known: {} to compare", r.candidates + r.elsewhere),
        Known::Not => "Not known to us".into(),
    }
}

/// Questions that the markers suggest. Plain words: they are read out in a cell.
fn ask(row: &Placed) -> Vec<&'static str> {
    let has = |keys: &[&str]| row.markers.iter().any(|m| keys.contains(&m.key.as_str()));
    let mut ask = Vec::new();
    if has(&[
        "self-harm-now",
        "self-harm-history",
        "acct-open",
        "acct-post-closure",
        "observation-constant",
        "observation-raised",
    ]) {
        ask.push("Thoughts of suicide or self-harm now; what has helped before");
    }
    if has(&["medication", "medication-missed", "mental-health"]) {
        ask.push("Medication: what, last dose, next dose");
    }
    if has(&["alcohol-withdrawal", "dependency"]) {
        ask.push("Last drink or drug; shaking, sweating, fits");
    }
    if has(&["learning-disability", "autism", "communication", "interpreter", "under-18"]) {
        ask.push("Help to understand and be understood; who should be with them");
    }
    if has(&["pregnant"]) {
        ask.push("How far along; midwife; anything worrying");
    }
    if has(&["no-fixed-abode"]) {
        ask.push("Where they slept last, and where they can go tonight");
    }
    ask.push("Anybody at home who depends on them right now");
    ask
}
