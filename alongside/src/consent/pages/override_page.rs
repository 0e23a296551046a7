//! A reason to tell somebody without consent.

use super::parts::{
    Asked, Held, ledger_href, person_of, person_page, purpose_choices, recipient_choices, refuse_long, text,
};
use crate::access::Permit;
use crate::access::policy::KeepConsent;
use crate::consent::codes::{Class, Purpose, Recipient};
use crate::consent::overrides::{NewOverride, override_consent};
use crate::consent::rule::OVERRIDE_HOURS;
use crate::consent::subject::Subject;
use crate::drafts::{self, Instance, Opened};
use crate::ids::{PersonId, ProjectId};
use crate::people::find;
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, button, error_summary, inset_text, radios, select, text_input,
    textarea,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use maud::html;

fn instance(id: PersonId) -> Instance {
    Instance {
        form: "Reason to tell without consent",
        subject: format!("person {id}"),
        href: format!("{}/override", ledger_href(id)),
    }
}

pub(super) async fn form(
    permit: Permit<KeepConsent>,
    Path(id): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Page {
    let held = person_of(&permit, id).await?;
    let (account, what) = (permit.account_id(), instance(held.person.id()));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        opened.form.set("recipient", asked.recipient().map_or("", Recipient::key));
        opened.form.set("purpose", asked.purpose().map_or("", Purpose::key));
    }
    draw(&permit, &held, &opened)
}

fn draw(permit: &Permit<KeepConsent>, held: &Held, opened: &Opened) -> Page {
    let (form, what) = (&opened.form, instance(held.person.id()));
    let classes: Vec<Choice<'_>> = Class::ALL
        .iter()
        .map(|c| Choice {
            hint: (*c == Class::ImmediateDanger)
                .then_some("May be told at once; a manager looks at it afterwards"),
            ..Choice::new(c.key(), c.words())
        })
        .collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Reason to tell without consent" }
        (inset_text(html! { p class="govuk-body" { "Unless a life is in danger now, a manager approves this first. It may then be used for " (OVERRIDE_HOURS) " hours, for this recipient and purpose. A self-harm warning needs no form: " a class="govuk-link" href=(format!("/people/{}/warnings/new", held.person.id())) { "raise it" } " and hand it over." } }))
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (select(&form.field("recipient", "Who has to be told"), &recipient_choices()))
            (text_input(&form.field("name", "Name or service, for family, housing and voluntary services"), Input { autocomplete: Some("off"), ..Input::default() }))
            (select(&form.field("purpose", "What for"), &purpose_choices()))
            (radios(&form.field("class", "On what ground"), Layout::Stacked, &classes))
            (textarea(&form.field("reason", "Why it has to be told, and why it can’t wait for consent").with_hint("What may happen to whom; how you know; an order: its date and court"), 4))
            (radios(&form.field("told", "Does the person know?"), Layout::Inline, &[Choice::new("yes", "Yes, told"), Choice::new("no", "No, not told")]))
            (textarea(&form.field("told-words", "What they were told, or why not"), 2))
            (button("Save the reason", Emphasis::Warning))
        }
    };
    person_page(permit, &held.person, "Reason to tell without consent", form, body)
}

fn read(form: &mut Form, project: Option<ProjectId>) -> Option<NewOverride> {
    let recipient = Recipient::from_key(form.value("recipient"));
    if recipient.is_none() {
        form.refuse("recipient", "Choose who has to be told");
    }
    let name = text(form, "name");
    if recipient.is_some_and(Recipient::goes_by_name) && name.is_empty() {
        form.refuse("name", "Say who exactly: there the name decides");
    }
    let purpose = Purpose::from_key(form.value("purpose"));
    if purpose.is_none() {
        form.refuse("purpose", "Choose what for");
    }
    let class = Class::from_key(form.value("class"));
    if class.is_none() {
        form.refuse("class", "Choose the ground");
    }
    for (field, complaint) in [
        ("reason", "Say why it has to be told"),
        ("told", "Say whether the person knows"),
        ("told-words", "Say what they were told, or why they were not"),
    ] {
        if text(form, field).is_empty() {
            form.refuse(field, complaint);
        }
    }
    refuse_long(form, &[("reason", "Why"), ("told-words", "What they were told")]);
    if project.is_none() {
        form.refuse_all("The person has no episode in a project of yours: nobody could approve this");
    }
    if !form.is_accepted() {
        return None;
    }
    Some(NewOverride {
        project: project?,
        recipient: recipient?,
        name,
        purpose: purpose?,
        class: class?,
        reason: text(form, "reason"),
        told: text(form, "told"),
        told_words: text(form, "told-words"),
    })
}

pub(super) async fn send(
    permit: Permit<KeepConsent>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let held = person_of(&permit, id).await?;
    let Some(new) = read(&mut form, held.projects.first().map(|(id, _)| *id)) else {
        return draw(&permit, &held, &drafts::reopened(&form));
    };
    let (person, back, what) = (held.person.id(), ledger_href(held.person.id()), instance(held.person.id()));
    let to = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find(r, person))? else { return Err(PageError::NotFound) };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            let about = Subject::person(w, &person)?;
            override_consent(w, &about, &new)?;
            Ok(back)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}
