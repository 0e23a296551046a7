//! Everything about a person in one line of time, with filters, a page at a time.

use super::parts::shell;
use crate::access::Permit;
use crate::access::policy::ViewPerson;
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use crate::liaison::entry::{Entry, Kind};
use crate::liaison::timeline::timeline as entries;
use crate::people;
use crate::web::components::{
    Chip, ChipGroup, ChipState, Event as Shown, HeadingLevel, empty_state, filter_chips, pagination, timeline,
};
use crate::web::{Page, PageError, page};
use axum::extract::{Path, Query};
use maud::html;
use serde::Deserialize;

/// Entries on one page.
const PER_PAGE: usize = 50;

/// Filter and page in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    page: usize,
}

pub(super) async fn show(
    permit: Permit<ViewPerson>,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Page {
    let reader = permit.clone();
    let found = permit
        .read(move |r| {
            let Some(person) = people::find(r, id)? else { return Ok::<_, store::Error>(None) };
            let all = entries(&reader, r, &person)?;
            r.saw(Event::new("timeline opened", "person", person.id()));
            Ok(Some((person, all)))
        })
        .await?;
    let Some((person, all)) = found else { return Err(PageError::NotFound) };
    let kind = Kind::from_key(&asked.kind);
    let base = format!("/people/{}/timeline", person.id());
    let chip = |text: &'static str, one: Option<Kind>| Chip {
        text,
        count: Some(all.iter().filter(|e| one.is_none_or(|k| e.kind == k)).count()),
        href: one.map_or_else(|| base.clone(), |k| format!("{base}?kind={}", k.key())),
        state: if kind == one { ChipState::On } else { ChipState::Off },
        key: None,
    };
    let mut chips = vec![chip("Everything", None)];
    chips.extend(Kind::ALL.iter().map(|k| chip(k.words(), Some(*k))));
    let shown: Vec<&Entry> = all.iter().filter(|e| kind.is_none_or(|k| e.kind == k)).collect();
    let pages = shown.len().div_ceil(PER_PAGE).max(1);
    let at = asked.page.clamp(1, pages);
    let part: Vec<&Entry> = shown.iter().skip((at - 1) * PER_PAGE).take(PER_PAGE).copied().collect();
    let stamps: Vec<(String, String)> =
        part.iter().map(|e| (e.at.to_string(), clock::moment_words(e.at))).collect();
    let events: Vec<Shown<'_>> = part
        .iter()
        .zip(&stamps)
        .map(|(entry, (stamp, time))| Shown {
            title: &entry.title,
            by: &entry.by,
            machine_time: stamp,
            time,
            body: html! {
                @if !entry.words.is_empty() { p class="govuk-body govuk-!-margin-bottom-1 al-typed" { (entry.words) } }
                p class="govuk-body" { a class="govuk-link" href=(entry.href) { "Open" span class="govuk-visually-hidden" { ": " (entry.title) ", " (time) } } }
            },
        })
        .collect();
    let href = |n: usize| {
        let filter = kind.map(|k| format!("kind={}&", k.key())).unwrap_or_default();
        format!("{base}?{filter}page={n}")
    };
    let body = html! {
        h1 class="govuk-heading-l" { "Timeline" }
        (filter_chips(&[ChipGroup { name: "Show", chips }], 1, None))
        p class="govuk-body" { (shown.len()) " entries, newest first" @if pages > 1 { ", page " (at) " of " (pages) } "." }
        @if events.is_empty() { (empty_state("Nothing here", html! {})) }
        @else { (timeline(&events, HeadingLevel::Two)) (pagination(at, pages, &href)) }
    };
    Ok(page(&permit, shell(&person, "Timeline"), body))
}
