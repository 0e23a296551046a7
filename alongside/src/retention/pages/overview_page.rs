//! What is kept how long, how much is past its time, which holds stand, and what was taken away.

use crate::access::Permit;
use crate::access::policy::{KeepRecords, PreviewRetention};
use crate::audit::Event;
use crate::clock;
use crate::holdings::Rooms;
use crate::people::names;
use crate::retention::{
    Hold, Kind, Preview, Rules, Run, STAYS, class_words, now, preview, runs, standing_holds, time_words,
};
use crate::web::components::{Caption, Column, TagColour, details, table, tag};
use crate::web::{Page, PageError, Shell, page};
use axum::Extension;
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;

/// A set may reach over projects: it is shown to those who answer for the whole service only.
pub(super) fn whole_service<C: crate::access::Capability>(permit: &Permit<C>) -> Result<(), PageError> {
    if permit.projects().0 { Ok(()) } else { Err(PageError::NotFound) }
}

pub(super) async fn show(
    permit: Permit<PreviewRetention>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
) -> Page {
    whole_service(&permit)?;
    let asked = now(rooms);
    let by_rules = Arc::clone(&rules);
    let (previews, holds, done) = permit
        .read(move |r| {
            let mut previews = Vec::new();
            for kind in Kind::ALL {
                previews.extend(preview(r, &by_rules, kind, asked)?);
            }
            r.saw(Event::new("retention looked at", "retention", "all"));
            Ok::<_, store::Error>((previews, standing_holds(r)?, runs(r)?))
        })
        .await?;
    let people: Vec<_> = holds.iter().map(|hold| hold.person).collect();
    let named = match permit.also::<KeepRecords>() {
        Some(guardian) if !people.is_empty() => Some(guardian.read(move |r| names(r, people)).await?),
        _ => None,
    };
    let rows: Vec<Vec<Markup>> = previews.iter().map(rule_row).collect();
    let today = asked.today();
    let hold_rows: Vec<Vec<Markup>> = holds
        .iter()
        .map(|hold| {
            hold_row(hold, today, named.as_ref().and_then(|n| n.get(&hold.person)).map(String::as_str))
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Retention" }
        p class="govuk-body" { "Nothing goes by itself. A records guardian looks at what is past its time and confirms it, with a reason. Rules in force: " span class="al-code" { (rules.version) } "." }
        h2 class="govuk-heading-m" { "What is past its time" }
        (table(Caption::Hidden("What is past its time"), &[Column::words("What"), Column::words("Kept for"), Column::figures("Would go"), Column::figures("Held")], &rows))
        h2 class="govuk-heading-m" id="holds" { "Legal holds" }
        @if hold_rows.is_empty() { p class="govuk-body" { "None stands." } }
        @else { (table(Caption::Hidden("Legal holds that stand"), &[Column::words("Record"), Column::words("Reason"), Column::words("Since"), Column::words("To be looked at again")], &hold_rows)) }
        h2 class="govuk-heading-m" { "Taken away" }
        (done_table(&done, &previews))
        (details("Where each rule comes from", html! { @for p in &previews { (rule_words(p)) } }))
        (details("What no rule takes away", html! { ul class="govuk-list govuk-list--bullet" { @for (what, why) in STAYS { li { span class="al-code" { (what) } ": " (why) } } } }))
        p class="govuk-body" { "Backups keep what was taken away until they are replaced. Whoever restores one carries out again what was done since." }
    };
    let shell = Shell { title: "Retention", room: "/retention", ..Shell::default() };
    Ok(page(&permit, shell, body))
}

fn rule_row(p: &Preview) -> Vec<Markup> {
    let time = match p.rule.months_after_death {
        Some(death) => format!("{}, or {} after death", time_words(p.rule.months), time_words(death)),
        None => time_words(p.rule.months),
    };
    vec![
        html! { a class="govuk-link" href=(format!("/retention/{}", p.kind.key())) { (p.rule.name) } },
        html! { (time) ", from " (p.rule.from) },
        html! { (p.goes.len()) },
        html! { (p.held.len()) },
    ]
}

fn rule_words(p: &Preview) -> Markup {
    html! {
        p class="govuk-body" {
            strong { (p.rule.name) } ". " (p.rule.why) ". " (p.rule.source) " (" (p.rule.confirmed.words()) ")."
        }
    }
}

fn hold_row(hold: &Hold, today: Date, name: Option<&str>) -> Vec<Markup> {
    let record = match name {
        Some(name) => {
            html! { a class="govuk-link" href=(format!("/people/{}/keeping", hold.person)) { (name) } }
        }
        None => html! { span class="al-code" { (hold.person) } },
    };
    vec![
        record,
        html! { (class_words(&hold.class)) },
        html! { (clock::day_words(clock::london_day(hold.placed_at))) },
        html! { (clock::day_words(hold.review_on)) @if hold.to_review(today) { " " (tag(TagColour::Orange, "Now")) } },
    ]
}

fn done_table(done: &[Run], previews: &[Preview]) -> Markup {
    if done.is_empty() {
        return html! { p class="govuk-body" { "Nothing yet." } };
    }
    let rows: Vec<Vec<Markup>> = done
        .iter()
        .map(|run| {
            vec![
                html! { a class="govuk-link" href=(format!("/retention/runs/{}", run.id)) { (clock::moment_words(run.at)) } },
                html! { (previews.iter().find(|p| p.kind.key() == run.kind).map_or(run.kind.as_str(), |p| p.rule.name.as_str())) },
                html! { (run.items) },
                html! { (run.by) },
            ]
        })
        .collect();
    table(
        Caption::Hidden("What was taken away"),
        &[
            Column::words("When"),
            Column::words("What"),
            Column::figures("Records"),
            Column::words("Confirmed by"),
        ],
        &rows,
    )
}
