//! Open warnings: overdue first, then those nobody was told, then those that wait; below, what was settled lately.

use super::parts::{Shown, age_words, source_words};
use crate::access::Permit;
use crate::access::policy::HandOver;
use crate::clock;
use crate::handover::on_pages::{state_tag, where_it_is};
use crate::handover::state::{State, due, state};
use crate::handover::warning::{of_projects, open};
use crate::web::components::{Caption, Column, Stat, empty_state, stats, table};
use crate::web::{Page, Shell, page};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

/// How long settled warnings stand on the page: people move on within days.
const SETTLED_DAYS: i64 = 7;

pub(super) async fn show(permit: Permit<HandOver>) -> Page {
    let now = clock::now();
    let since = now.checked_sub(SignedDuration::from_hours(24 * SETTLED_DAYS)).unwrap_or(now);
    let mut all = permit
        .read(move |r| {
            let mut out = Vec::new();
            for warning in of_projects(r, since)? {
                if let Some(opened) = open(r, warning)? {
                    out.push(Shown::with(r, opened)?);
                }
            }
            Ok::<_, store::Error>(out)
        })
        .await?;
    all.sort_by_key(|s| (state(s.warning(), now), due(s.warning()), s.warning().raised_at));
    let (open, settled): (Vec<&Shown>, Vec<&Shown>) =
        all.iter().partition(|s| state(s.warning(), now).is_open());
    let count = |which| open.iter().filter(|s| state(s.warning(), now) == which).count();
    let body = html! {
        h1 class="govuk-heading-l" { "Self-harm warnings" }
        (stats(&[
            figure(count(State::Overdue), "overdue"),
            figure(count(State::NotHandedOver), "not handed over"),
            figure(count(State::Waiting), "waiting to be confirmed"),
        ]))
        @if open.is_empty() { (empty_state("No open warning", html! { p class="govuk-body" { "A warning is raised on the page of a line or a person. It stands here until whoever takes charge of them confirms." } })) }
        @else { (rows("Open", &open, now)) }
        @if !settled.is_empty() {
            h2 class="govuk-heading-m" { "Settled in the last " (SETTLED_DAYS) " days" }
            p class="govuk-body" { "When the person moves on, open the warning and hand it to the next receiver." }
            (rows("Settled", &settled, now))
        }
    };
    Ok(page(&permit, Shell { title: "Warnings", room: "/warnings", wide: true, ..Shell::default() }, body))
}

fn figure(count: usize, label: &'static str) -> Stat<'static> {
    Stat { label, figure: count.to_string(), href: None }
}

fn rows(caption: &str, shown: &[&Shown], now: Timestamp) -> Markup {
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|s| {
            let w = s.warning();
            let who = s.who();
            let st = state(w, now);
            vec![
                html! { a class="govuk-link" href=(format!("/warnings/{}", w.id)) { (who.name) } br; span class="al-muted" { (w.reference) } },
                html! { (state_tag(st)) @if let Some(due) = due(w).filter(|_| st == State::Overdue) { p class="govuk-body-s" { "since " (age_words(now.duration_since(due).as_secs())) } } },
                html! { span class="al-typed" { (w.words) } br; span class="al-muted" { (source_words(w)) ", " (clock::moment_words(w.heard_at)) } },
                html! { (where_it_is(w)) @if let Some(due) = due(w).filter(|_| st == State::Waiting) { p class="govuk-body-s" { "by " (clock::moment_words(due)) } } },
                html! { (age_words(now.duration_since(w.raised_at).as_secs())) },
            ]
        })
        .collect();
    table(
        Caption::Hidden(caption),
        &[
            Column::words("Person"),
            Column::words("State"),
            Column::words("Warning"),
            Column::words("Where it is"),
            Column::words("Age"),
        ],
        &rows,
    )
}
