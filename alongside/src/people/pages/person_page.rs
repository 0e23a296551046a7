//! A person's page: who they are, where they were listed, who opened this record.

use crate::access::policy::{KeepRegister, RestrictPeople, ViewPerson};
use crate::access::{Capability, Permit, Reader};
use crate::audit;
use crate::clock;
use crate::ids::PersonId;
use crate::people::{Episode, Merge, Person, episodes, find, merges};
use crate::web::components::{
    Caption, Column, Emphasis, Identity, SummaryRow, button_link, identity_bar, inset_text, not_known,
    summary_list, table,
};
use crate::web::{Page, PageError, Shell, page};
use axum::Extension;
use axum::extract::Path;
use maud::{Markup, html};

/// A section that a room further down the journey adds to a person's page; nothing where the reader may not see it.
pub type OnPerson =
    fn(&Permit<ViewPerson>, &mut Reader<'_, ViewPerson>, &Person) -> store::Result<Option<Markup>>;

/// All of them, in the order they stand on the page.
#[derive(Debug, Clone, Copy)]
pub struct Sections(pub &'static [OnPerson]);

pub(super) async fn show(
    permit: Permit<ViewPerson>,
    Path(id): Path<PersonId>,
    Extension(sections): Extension<Sections>,
) -> Page {
    let viewer = permit.clone();
    let found = permit
        .read(move |r| {
            let Some(person) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            let episodes = episodes(r, &person)?;
            let opened = audit::about(r, "person", &person.id().to_string())?;
            let merged = merges(r, &person)?;
            let mut below = Vec::new();
            for section in sections.0 {
                below.extend(section(&viewer, r, &person)?);
            }
            Ok(Some((person, episodes, below, opened, merged)))
        })
        .await?;
    let Some((person, episodes, below, opened, merged)) = found else { return Err(PageError::NotFound) };
    let body = html! {
        h1 class="govuk-heading-l" { (person.details.name()) }
        (summary_list(&rows(&person)))
        @if permit.may::<KeepRegister>() {
            (button_link("Change details", Emphasis::Secondary, &format!("/people/{}/details", person.id())))
            p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/other", person.id())) { "Compare with another record" } }
        }
        @if permit.may::<RestrictPeople>() { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/restrictions", person.id())) { "Who may find this record" } } }
        @if permit.may::<KeepRegister>() { (merges_shown(&person, &merged)) }
        (episodes_table(&episodes))
        @for section in &below { (section) }
        h2 class="govuk-heading-m" { "Who opened this record" }
        (table(
            Caption::Hidden("Who opened this record"),
            &[Column::words("When"), Column::words("Who"), Column::words("What")],
            &opened.iter().map(|line| vec![html! { (clock::moment_words(line.at)) }, html! { (line.actor) }, html! { (line.action) }]).collect::<Vec<_>>(),
        ))
    };
    let identity = identity_of(&person);
    Ok(page(
        &permit,
        Shell { title: "Person", room: "/people", identity: Some(identity), ..Shell::default() },
        body,
    ))
}

/// The bar that stands on every page about a person.
pub fn identity_of(person: &Person) -> Markup {
    identity(person, Some(&format!("/people/{}", person.id())))
}

/// The same for a reader who may not open the record itself: without a link that would lead nowhere.
pub fn identity_for<C: Capability>(permit: &Permit<C>, person: &Person) -> Markup {
    if permit.may::<ViewPerson>() { identity_of(person) } else { identity(person, None) }
}

fn identity(person: &Person, href: Option<&str>) -> Markup {
    let d = &person.details;
    let born = d.date_of_birth.map_or("Not known".to_owned(), clock::day_words);
    let pnc = d.pnc.clone().unwrap_or_else(|| "Not known".into());
    identity_bar(&Identity {
        name: &d.name(),
        href,
        facts: vec![("Born", &born), ("Sex", d.sex.words()), ("PNC", &pnc)],
        flags: Vec::new(),
    })
}

fn rows(person: &Person) -> Vec<SummaryRow<'static>> {
    let d = &person.details;
    let text = |value: &Option<String>| value.as_ref().map_or_else(not_known, |v| html! { (v) });
    vec![
        SummaryRow::new(
            "Date of birth",
            d.date_of_birth.map_or_else(not_known, |day| html! { (clock::day_words(day)) }),
        ),
        SummaryRow::new("Sex", html! { (d.sex.words()) }),
        SummaryRow::new("PNC number", text(&d.pnc)),
        SummaryRow::new("CRO number", text(&d.cro)),
        SummaryRow::new("Prison number", text(&d.prison_number)),
        SummaryRow::new("NHS number", text(&d.nhs_number)),
        SummaryRow::new("CRN", text(&d.crn)),
        SummaryRow::new(
            "Address",
            if person.address_withheld {
                html! { "Withheld" }
            } else {
                text(&d.address())
            },
        ),
    ]
}

fn episodes_table(episodes: &[Episode]) -> Markup {
    let rows: Vec<_> = episodes
        .iter()
        .map(|e| {
            let state = e.closed_at.map_or("open".to_owned(), |at| {
                format!("closed {}", clock::day_words(clock::london_day(at)))
            });
            vec![
                html! { (e.project) },
                html! { (clock::day_words(clock::london_day(e.opened_at))) },
                html! { (clock::day_words(clock::london_day(e.last_contact_at))) },
                html! { (state) },
            ]
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Episodes" }
        (table(Caption::Hidden("Episodes"), &[Column::words("Project"), Column::words("Opened"), Column::words("Last contact"), Column::words("State")], &rows))
    }
}

fn merges_shown(person: &Person, merged: &[Merge]) -> Markup {
    html! {
        @for m in merged {
            (inset_text(html! {
                p class="govuk-body" { "The record of " strong { (m.name) } " was merged into this one by " (m.by) ", " (clock::moment_words(m.at)) @if !m.reason.is_empty() { ": " (m.reason) } "." }
                @if !m.along.is_empty() { p class="govuk-body" { (m.along.len()) @if m.along.len() == 1 { " record" } @else { " records" } " that had been merged into that one came along." } }
                p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/merges/{}", person.id(), m.id)) { "Take the two apart again" span class="govuk-visually-hidden" { ": " (m.name) } } }
            }))
        }
    }
}
