//! My courts: one line each with what has come in, and all of them on one board.

use super::parts::day_href;
use crate::access::policy::{ImportFiles, ViewBoard};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::morning::board::{Board, board};
use crate::morning::line::{Known, Preparation};
use crate::morning::rules::Rules;
use crate::projects::{Court, courts_in_scope};
use crate::rota::{Half, rota};
use crate::web::components::{Caption, Column, Emphasis, button_link, empty_state, table};
use crate::web::{Page, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;
use store::sql;

/// The courts of the reader's projects, today.
pub(super) async fn show(permit: Permit<ViewBoard>, rules: Extension<Arc<Rules>>) -> Page {
    let today = clock::london_day(clock::now());
    let me = permit.account_id();
    let (courts, mine) = permit
        .read(move |r| {
            let rota = rota(r, today, today)?;
            let mut mine = rota.courts_of(me, today, Half::now(clock::now()));
            if mine.is_empty() {
                // The afternoon at an office: the morning's board has what is left to do.
                mine = rota.courts_of(me, today, Half::Morning);
            }
            Ok::<_, store::Error>((courts_in_scope(r)?, mine))
        })
        .await?;
    // Somebody with one court wants that court; somebody on the rota, the court they are at.
    let only = match (courts.as_slice(), mine.as_slice()) {
        ([only], _) => Some(only),
        (all, [code]) => all.iter().find(|court| court.code() == code),
        _ => None,
    };
    if let Some(court) = only {
        return Ok(Redirect::to(&day_href(court.code(), today)).into_response());
    }
    all_courts(permit, Path(today), rules).await
}

pub(super) async fn all_courts(
    permit: Permit<ViewBoard>,
    Path(date): Path<Date>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    let shown_rules = Arc::clone(&rules);
    let days: Vec<Date> = [date.yesterday(), Ok(date), date.tomorrow()].into_iter().flatten().collect();
    let asked = days.clone();
    let (boards, counts): (Vec<Board>, Vec<Option<usize>>) = permit
        .read(move |r| {
            let courts: Vec<Court> = courts_in_scope(r)?;
            let counts =
                asked.iter().map(|day| listed_on(r, &courts, *day)).collect::<store::Result<Vec<_>>>()?;
            let boards = courts
                .iter()
                .map(|court| board(r, court, date, &rules))
                .collect::<store::Result<Vec<_>>>()?;
            Ok::<_, store::Error>((boards, counts))
        })
        .await?;
    let rows: Vec<Vec<Markup>> = boards.iter().map(court_row).collect();
    let columns = [
        Column::words("Court"),
        Column::figures("Listed"),
        Column::figures("In custody"),
        Column::figures("With an alert"),
        Column::figures("Known or possibly"),
        Column::figures("Prepared"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Courts on " (clock::weekday_words(date)) }
        (crate::web::components::day_bar(
            &days.iter().zip(&counts).map(|(d, n)| crate::web::components::Day { date: *d, href: format!("/mornings/{d}"), count: *n }).collect::<Vec<_>>(),
            date,
            clock::london_day(clock::now()),
        ))
        @if boards.is_empty() {
            (empty_state("No court yet", html! { p class="govuk-body" { "None of your projects serves a court. Your service administrator links courts to projects." } }))
        } @else {
            (table(Caption::Hidden("Your courts"), &columns, &rows))
            @if permit.may::<ImportFiles>() { (button_link("Send lists in", Emphasis::Secondary, "/imports/new")) }
            (super::board_page::across(&boards, &shown_rules))
        }
    };
    Ok(page(&permit, Shell { title: "Courts", room: "/courts", wide: true, ..Shell::default() }, body))
}

/// How many people the reader's courts list on a day; nothing when no list came.
fn listed_on(r: &mut Reader<'_, ViewBoard>, courts: &[Court], day: Date) -> store::Result<Option<usize>> {
    let codes: Vec<&str> = courts.iter().map(Court::code).collect();
    let rows = r.query_list(
        sql("SELECT COUNT(*) AS n FROM listing WHERE list_date = $1 AND removed_at IS NULL AND joined_into IS NULL AND kind <> 'organisation' AND court_code IN ($LIST)"),
        &[&day],
        &codes,
    )?;
    let n: i64 = rows.iter().map(|row| row.get::<i64>("n")).sum::<store::Result<i64>>()?;
    Ok(usize::try_from(n).ok().filter(|n| *n > 0))
}

fn court_row(board: &Board) -> Vec<Markup> {
    let count = |pass: &dyn Fn(&crate::morning::rank::Placed) -> bool| {
        board.rows.iter().filter(|row| pass(row)).count()
    };
    let listed = board.rows.len();
    let custody = count(&|row| row.line.held() == crate::morning::line::Held::Custody);
    let alerts =
        count(&|row| row.markers.iter().any(|m| m.grade == crate::morning::rules::MarkerGrade::Alert));
    let known = count(&|row| row.line.known() != Known::Not);
    let prepared =
        count(&|row| matches!(row.line.work.preparation, Preparation::Complete | Preparation::NotRequired));
    let href = day_href(board.court.code(), board.date);
    vec![
        html! { a class="govuk-link" href=(href) { (board.court.name) } },
        html! { @if listed == 0 { "No list" } @else { (listed) } },
        html! { (custody) },
        html! { (alerts) },
        html! { (known) },
        html! { (prepared) " of " (listed) },
    ]
}
