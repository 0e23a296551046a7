//! One kind: each record that would go, since when and why; what is held; and the confirmation.

use super::overview_page::whole_service;
use crate::access::policy::{KeepRecords, PreviewRetention};
use crate::access::{App, Capability, Permit};
use crate::audit::Event;
use crate::clock;
use crate::exchange::clear_gone;
use crate::holdings::Rooms;
use crate::ids::PersonId;
use crate::people::names;
use crate::retention::{
    Item, Kind, MOST, MOST_LOOKED_THROUGH, NotDone, Preview, Rules, Verdict, carry_out, now, preview, said,
};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Layout, back_link, button, checkboxes, empty_state,
    error_summary, inset_text, table, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Longest list on the page; the figures tell the rest.
const SHOWN: usize = 500;

fn kind_of(key: &str) -> Result<Kind, PageError> {
    Kind::from_key(key).ok_or(PageError::NotFound)
}

/// What would go, with the names of people for a records guardian.
async fn load<C: Capability>(
    permit: &Permit<C>,
    kind: Kind,
    rules: &Arc<Rules>,
    rooms: Rooms,
) -> Result<(Preview, HashMap<Uuid, String>), PageError> {
    whole_service(permit)?;
    let rules = Arc::clone(rules);
    let found = permit
        .read(move |r| {
            r.saw(Event::new("retention looked at", "retention", kind.key()));
            preview(r, &rules, kind, now(rooms))
        })
        .await?
        .ok_or(PageError::NotFound)?;
    let shown = |items: &[Item]| items.iter().take(SHOWN).map(|item| item.id).collect::<Vec<Uuid>>();
    let ids = [shown(&found.goes), shown(&found.held)].concat();
    let named = match permit.also::<KeepRecords>() {
        Some(guardian) if kind == Kind::Person => {
            let people: Vec<PersonId> = ids.into_iter().map(PersonId::of).collect();
            let named = guardian.read(move |r| names(r, people)).await?;
            named.into_iter().map(|(id, name)| (id.into(), name)).collect()
        }
        Some(guardian) => guardian.read(move |r| said(r, kind, &ids)).await?,
        None => HashMap::new(),
    };
    Ok((found, named))
}

pub(super) async fn show(
    permit: Permit<PreviewRetention>,
    Path(key): Path<String>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
) -> Page {
    let kind = kind_of(&key)?;
    let (found, named) = load(&permit, kind, &rules, rooms).await?;
    Ok(draw(&permit, &found, &named, &Form::blank()))
}

fn draw<C: Capability>(
    permit: &Permit<C>,
    found: &Preview,
    named: &HashMap<Uuid, String>,
    form: &Form,
) -> axum::response::Response {
    let (kind, rule) = (found.kind, &found.rule);
    let most = if found.goes.len() >= MOST || (kind.one_by_one() && found.goes.len() >= MOST_LOOKED_THROUGH) {
        html! { p class="govuk-body" { "There may be more: they stand here once these are gone." } }
    } else {
        html! {}
    };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { (rule.name) }
        p class="govuk-body" { (rule.why) "." }
        p class="govuk-body" { "Source: " (rule.source) " (" (rule.confirmed.words()) ")." }
        h2 class="govuk-heading-m" { "Would go: " (found.goes.len()) }
        @if found.goes.is_empty() { (empty_state("Nothing is past its time", html! {})) }
        @else { (items(kind, &found.goes, named, "What would go")) (most) }
        @if !found.held.is_empty() {
            h2 class="govuk-heading-m" { "Held: " (found.held.len()) }
            (items(kind, &found.held, named, "What is past its time and held"))
        }
        @if !found.goes.is_empty() {
            @if permit.may::<KeepRecords>() { (confirm_form(found, form)) }
            @else { (inset_text(html! { p class="govuk-body" { "A records guardian looks at this set and confirms it." } })) }
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Past its time" } else { "Error: Past its time" };
    let shell = Shell {
        title,
        room: "/retention",
        before: Some(back_link("Retention", "/retention")),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

fn items(kind: Kind, items: &[Item], named: &HashMap<Uuid, String>, caption: &str) -> Markup {
    let rows: Vec<Vec<Markup>> = items
        .iter()
        .take(SHOWN)
        .map(|item| {
            let record = match named.get(&item.id) {
                Some(words) if kind != Kind::Person => html! { (words) },
                Some(name) => {
                    html! { a class="govuk-link" href=(format!("/people/{}/keeping", item.id)) { (name) } }
                }
                None => html! { span class="al-code" { (item.id) } },
            };
            let held = match &item.decided.verdict {
                Verdict::Held { by, .. } => by.join("; "),
                Verdict::Due { .. } | Verdict::Kept { .. } => String::new(),
            };
            vec![
                record,
                html! { (item.since().map(clock::day_words).unwrap_or_default()) },
                html! { (item.decided.why) @if !held.is_empty() { ". Held by: " (held) } },
            ]
        })
        .collect();
    html! {
        (table(Caption::Hidden(caption), &[Column::words("Record"), Column::words("Past its time since"), Column::words("Why")], &rows))
        @if items.len() > SHOWN { p class="govuk-body" { "The first " (SHOWN) " of " (items.len()) ". All " (items.len()) " belong to the set." } }
    }
}

fn confirm_form(found: &Preview, form: &Form) -> Markup {
    let looked = [Choice::new("yes", "I looked at this set, and it is to go")];
    html! {
        h2 class="govuk-heading-m" { "Take it away" }
        (warning_text("This can't be undone. What went is in backups until they are replaced."))
        form method="post" action=(format!("/retention/{}", found.kind.key())) novalidate {
            input type="hidden" name="set" value=(found.set);
            (textarea(&form.field("reason", "Why now").with_hint("For example: yearly review of records, agreed with the Caldicott guardian. No name of anybody"), 2))
            (checkboxes(&form.field("looked", "Confirm"), Layout::Stacked, &looked))
            (button(&format!("Take away {}", found.goes.len()), Emphasis::Warning))
        }
    }
}

pub(super) async fn confirm(
    permit: Permit<KeepRecords>,
    State(app): State<App>,
    Path(key): Path<String>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let kind = kind_of(&key)?;
    whole_service(&permit)?;
    let reason: String = form.value("reason").trim().chars().take(500).collect();
    if reason.is_empty() {
        form.refuse("reason", "Say why it is to go now");
    }
    if form.value("looked") != "yes" {
        form.refuse("looked", "Confirm that you looked at the set");
    }
    if form.is_accepted() {
        let (by_rules, set) = (Arc::clone(&rules), form.value("set").to_owned());
        let done = permit.write(move |w| carry_out(w, &by_rules, (kind, &set, &reason), now(rooms))).await?;
        match done {
            Ok(_) => {
                let (db, archive) = (app.db().clone(), app.config.archive());
                tokio::task::spawn_blocking(move || clear_gone(&db, &archive))
                    .await
                    .map_err(|e| PageError::Inside(e.to_string()))?
                    .map_err(|e| PageError::Inside(e.to_string()))?;
                return Ok(Redirect::to("/retention").into_response());
            }
            Err(NotDone::ChangedMeanwhile) => {
                form.refuse_all(
                    "Something changed since you looked: nothing was taken away. Look at the set again",
                );
            }
            Err(NotDone::Nothing) => form.refuse_all("There is nothing to take away any more"),
        }
    }
    let (found, named) = load(&permit, kind, &rules, rooms).await?;
    // Whoever was refused because the set changed confirms the new one on purpose, not by sending the form again.
    form.set("looked", "");
    Ok(draw(&permit, &found, &named, &form))
}
