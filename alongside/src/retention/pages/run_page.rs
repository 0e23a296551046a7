//! One carrying out: what stays of what was taken away.

use super::overview_page::whole_service;
use crate::access::Permit;
use crate::access::policy::PreviewRetention;
use crate::clock;
use crate::retention::{runs, tombstones};
use crate::web::components::{Caption, Column, SummaryRow, back_link, summary_list, table};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use maud::{Markup, html};
use uuid::Uuid;

pub(super) async fn show(permit: Permit<PreviewRetention>, Path(id): Path<Uuid>) -> Page {
    whole_service(&permit)?;
    let (run, stones) = permit
        .read(move |r| {
            let run = runs(r)?.into_iter().find(|run| run.id == id);
            Ok::<_, store::Error>((run, tombstones(r, id)?))
        })
        .await?;
    let Some(run) = run else { return Err(PageError::NotFound) };
    let rule = stones.first().map(|stone| stone.rule.clone()).unwrap_or_default();
    let rows: Vec<Vec<Markup>> = stones
        .iter()
        .map(|stone| {
            vec![
                html! { @match stone.record { Some(id) => span class="al-code" { (id) }, None => "Many" } },
                html! { (stone.items) },
                html! { (stone.rows) },
                html! { (clock::day_words(stone.due_since)) },
                html! { span class="al-code" { (stone.hash.get(..16).unwrap_or(&stone.hash)) } },
            ]
        })
        .collect();
    let columns = [
        Column::words("Record"),
        Column::figures("Records"),
        Column::figures("Rows"),
        Column::words("Past its time since"),
        Column::words("Fingerprint"),
    ];
    let body = html! {
        h1 class="govuk-heading-l" { "Taken away" }
        (summary_list(&[
            SummaryRow::new("When", html! { (clock::moment_words(run.at)) }),
            SummaryRow::new("Confirmed by", html! { (run.by) }),
            SummaryRow::new("Why", html! { (run.reason) }),
            SummaryRow::new("Rule", html! { (rule) }),
            SummaryRow::new("Version of the rules", html! { span class="al-code" { (run.rules) } }),
            SummaryRow::new("Records", html! { (run.items) ", " (run.rows) " rows" }),
        ]))
        (table(Caption::Shown("What stays of them: no name, no birth date"), &columns, &rows))
    };
    let shell = Shell {
        title: "Taken away",
        room: "/retention",
        before: Some(back_link("Retention", "/retention")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}
