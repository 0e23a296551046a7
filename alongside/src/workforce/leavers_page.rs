//! What colleagues who left had taken on and did not finish: figures and places, so that somebody takes it over.

use crate::access::Permit;
use crate::access::policy::{SeeLeavers, ViewBoard};
use crate::clock;
use crate::morning::left_open;
use crate::web::components::{Caption, Column, empty_state, table};
use crate::web::{Page, Shell, page};
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<SeeLeavers>) -> Page {
    let today = clock::london_day(clock::now());
    let open = permit.read(move |r| left_open(r, today)).await?;
    let boards = permit.may::<ViewBoard>();
    let rows: Vec<Vec<Markup>> = open
        .iter()
        .map(|left| {
            let (day, place) =
                (clock::day_words(left.date), format!("/courts/{}/{}", left.court_code, left.date));
            vec![
                html! { (left.colleague) },
                html! { (left.court) },
                html! { @if boards { a class="govuk-link" href=(place) { (day) } } @else { (day) } },
                html! { (left.lines) },
            ]
        })
        .collect();
    let columns = [
        Column::words("Colleague who left"),
        Column::words("Court"),
        Column::words("Day"),
        Column::figures("Lines taken"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Left open by those who left" }
        p class="govuk-body" { "Colleagues whose accounts are disabled are offered nowhere any more. What they had taken on from today on stands here until somebody else takes it, on the board." }
        @if rows.is_empty() { (empty_state("Nothing is left open", html! { p class="govuk-body" { "Nobody who left had taken on anything of today or later." } })) }
        @else { (table(Caption::Hidden("Left open, by colleague"), &columns, &rows)) }
    };
    Ok(page(
        &permit,
        Shell { title: "Left open by those who left", room: "/leavers", ..Shell::default() },
        body,
    ))
}
