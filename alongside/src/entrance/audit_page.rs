//! The audit for the records guardian: newest first, about one record, and whether the chain holds.

use crate::access::Permit;
use crate::access::policy::ReadAudit;
use crate::audit::{self, Verified};
use crate::clock;
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, InputKind, Width, button, empty_state, notification_banner,
    table, text_input,
};
use crate::web::components::{Notice, warning_text};
use crate::web::{Page, Sent, Shell, page};
use axum::extract::Query;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use store::sql;

/// Events a page.
const A_PAGE: i64 = 100;

/// Which part of the audit.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Part {
    /// Only events before this one.
    before: Option<i64>,
    /// Only events about the record with this id.
    about: Option<String>,
}

struct Line {
    seq: i64,
    at: Timestamp,
    who: String,
    action: String,
    subject: String,
    detail: String,
}

pub(super) async fn show(permit: Permit<ReadAudit>, Query(part): Query<Part>) -> Page {
    draw(&permit, part, None).await
}

/// Walks the whole chain.
pub(super) async fn verify(permit: Permit<ReadAudit>, Sent(_): Sent) -> Page {
    let verified = permit.read(|r| audit::verify(r)).await?;
    draw(&permit, Part::default(), Some(verified)).await
}

async fn draw(permit: &Permit<ReadAudit>, part: Part, verified: Option<Verified>) -> Page {
    let about = part.about.clone().unwrap_or_default().trim().to_owned();
    let wanted = about.clone();
    let lines: Vec<Line> = permit
        .read(move |r| {
            r.query(
                sql("SELECT seq, at, actor_words, action, subject_kind, subject_id, detail FROM audit_event WHERE seq < $1 AND ($2 = '' OR subject_id = $3) ORDER BY seq DESC LIMIT $4"),
                &[&part.before.unwrap_or(i64::MAX), &wanted, &wanted, &A_PAGE],
            )?
            .iter()
            .map(|row| {
                Ok::<_, store::Error>(Line {
                    seq: row.get("seq")?,
                    at: row.get("at")?,
                    who: row.get("actor_words")?,
                    action: row.get("action")?,
                    subject: format!("{} {}", row.get::<String>("subject_kind")?, row.get::<String>("subject_id")?),
                    detail: row.get("detail")?,
                })
            })
            .collect()
        })
        .await?;
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|l| {
            vec![
                html! { (l.seq) },
                html! { (clock::moment_words(l.at)) },
                html! { (l.who) },
                html! { (l.action) },
                html! { span class="al-code" { (l.subject) } },
                html! { (l.detail) },
            ]
        })
        .collect();
    let columns = [
        Column::figures("Event"),
        Column::words("When"),
        Column::words("Who"),
        Column::words("What"),
        Column::words("About"),
        Column::words("More"),
    ];
    let mut form = Form::blank();
    form.set("about", &*about);
    let body = html! {
        @match verified.as_ref().map(|v| (v, v.fault.as_deref())) {
            Some((v, None)) => (notification_banner(Notice::Done, html! {
                p class="govuk-notification-banner__heading" { (v.events) " events; the chain holds." }
                p class="govuk-body" { "Write the head down elsewhere and compare it another day: " span class="al-code" { (v.head) } }
            })),
            Some((_, Some(fault))) => (warning_text(&format!("The chain does not hold: {fault}. Stop the service, keep the database as it is, and compare it with a backup."))),
            None => {}
        }
        h1 class="govuk-heading-l" { "Audit" }
        form method="get" action="/audit" {
            (text_input(&form.field("about", "Only about one record").with_hint("The id at the end of its address"), Input { kind: InputKind::Code, width: Width::Thirty, autocomplete: Some("off") }))
            (button("Show", Emphasis::Secondary))
        }
        form method="post" action="/audit/verify" { (button("Check the whole chain", Emphasis::Secondary)) }
        @if rows.is_empty() { (empty_state("Nothing here", html! { p class="govuk-body" { "There is no event about this." } })) }
        @else { (table(Caption::Hidden("Events, newest first"), &columns, &rows)) }
        @if let Some(last) = lines.last().filter(|_| lines.len() == usize::try_from(A_PAGE).unwrap_or(0)) {
            p class="govuk-body" { a class="govuk-link" href=(format!("/audit?before={}{}", last.seq, if about.is_empty() { String::new() } else { format!("&about={about}") })) { "Older events" } }
        }
    };
    Ok(page(permit, Shell { title: "Audit", room: "/audit", wide: true, ..Shell::default() }, body))
}
