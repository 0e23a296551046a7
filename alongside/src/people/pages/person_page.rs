//! A person's page: who they are, where they were listed, who opened this record.

use crate::access::Permit;
use crate::access::policy::{KeepRegister, RestrictPeople, ViewPerson};
use crate::audit;
use crate::clock;
use crate::ids::PersonId;
use crate::people::{Episode, Merge, Person, episodes, find, merges};
use crate::web::components::{
    Caption, Column, Emphasis, Identity, SummaryRow, button, button_link, identity_bar, inset_text,
    not_known, summary_list, table,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use jiff::civil::Date;
use maud::{Markup, html};
use store::sql;

struct Appearance {
    listing: crate::ids::ListingId,
    date: Date,
    court: String,
}

pub(super) async fn show(permit: Permit<ViewPerson>, Path(id): Path<PersonId>) -> Page {
    let found = permit
        .read(move |r| {
            let Some(person) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            let episodes = episodes(r, &person)?;
            let listed = r
                .query(
                    sql("SELECT l.id, l.list_date, c.name FROM link_decision d JOIN listing l ON l.id = d.listing_id LEFT JOIN court c ON c.code = l.court_code JOIN person x ON x.id = d.person_id WHERE (x.id = $1 OR x.merged_into = $1) AND d.decision = 'same' AND d.undone_at IS NULL ORDER BY l.list_date DESC"),
                    &[&person.id()],
                )?
                .iter()
                .map(|row| Ok(Appearance { listing: row.get("id")?, date: row.get("list_date")?, court: row.get::<Option<String>>("name")?.unwrap_or_default() }))
                .collect::<store::Result<Vec<_>>>()?;
            let opened = audit::about(r, "person", &person.id().to_string())?;
            let merged = merges(r, &person)?;
            Ok(Some((person, episodes, listed, opened, merged)))
        })
        .await?;
    let Some((person, episodes, listed, opened, merged)) = found else { return Err(PageError::NotFound) };
    let body = html! {
        h1 class="govuk-heading-l" { (person.details.name()) }
        (summary_list(&rows(&person)))
        @if permit.may::<KeepRegister>() { (button_link("Change details", Emphasis::Secondary, &format!("/people/{}/details", person.id()))) }
        @if permit.may::<RestrictPeople>() { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/restrictions", person.id())) { "Who may find this record" } } }
        @if permit.may::<KeepRegister>() { (merges_shown(&person, &merged)) }
        (episodes_table(&episodes))
        h2 class="govuk-heading-m" { "On court lists" }
        @if listed.is_empty() { p class="govuk-body" { "No line of a court list has been linked to this person." } }
        @else {
            ul class="govuk-list" {
                @for seen in &listed { li { a class="govuk-link" href=(format!("/listings/{}", seen.listing)) { (clock::day_words(seen.date)) } ", " (seen.court) } }
            }
        }
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
pub(super) fn identity_of(person: &Person) -> Markup {
    let d = &person.details;
    let born = d.date_of_birth.map_or("Not known".to_owned(), clock::day_words);
    let pnc = d.pnc.clone().unwrap_or_else(|| "Not known".into());
    let href = format!("/people/{}", person.id());
    identity_bar(&Identity {
        name: &d.name(),
        href: Some(&href),
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
                form method="post" action=(format!("/people/{}/unmerge", person.id())) { input type="hidden" name="merge" value=(m.id); (button("Take the two apart again", Emphasis::Secondary)) }
            }))
        }
    }
}
