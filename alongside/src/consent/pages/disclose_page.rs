//! Recording that somebody was told something.

use super::parts::{
    Asked, Held, ledger_href, person_of, person_page, purpose_choices, recipient_choices, refuse_long, text,
};
use crate::access::Permit;
use crate::access::policy::KeepConsent;
use crate::clock;
use crate::consent::card::{Ways, interruption};
use crate::consent::codes::{Means, Purpose, Recipient};
use crate::consent::ledger::{NewDisclosure, disclose};
use crate::consent::rule::Stop;
use crate::drafts::{self, Instance, Opened};
use crate::forms::{set_when, typed_when, when_input};
use crate::ids::PersonId;
use crate::people::{Person, find, identity_of};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, button, error_summary, radios, select, text_input, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::html;

fn instance(id: PersonId) -> Instance {
    Instance {
        form: "What was told",
        subject: format!("person {id}"),
        href: format!("{}/told", ledger_href(id)),
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
        set_when(&mut opened.form, "when", clock::now());
        opened.form.set("recipient", asked.recipient().map_or("", Recipient::key));
        opened.form.set("purpose", asked.purpose().map_or("", Purpose::key));
    }
    draw(&permit, &held, &opened)
}

fn draw(permit: &Permit<KeepConsent>, held: &Held, opened: &Opened) -> Page {
    let (form, what) = (&opened.form, instance(held.person.id()));
    let means: Vec<Choice<'_>> = Means::ALL.iter().map(|m| Choice::new(m.key(), m.words())).collect();
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Record what was told" }
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (select(&form.field("recipient", "Who was told"), &recipient_choices()))
            (text_input(&form.field("to-name", "Their name or service").with_hint("Always for family, housing and voluntary services: there the name decides"), plain))
            (text_input(&form.field("to-role", "Their role"), plain))
            (select(&form.field("purpose", "What for"), &purpose_choices()))
            (textarea(&form.field("summary", "What was told, in short"), 3))
            (radios(&form.field("means", "By which means"), Layout::Small, &means))
            (when_input(form, "when", "When", "Time"))
            (button("Save in the ledger", Emphasis::Primary))
        }
    };
    person_page(permit, &held.person, "Record what was told", form, body)
}

fn read(form: &mut Form, now: Timestamp) -> Option<NewDisclosure> {
    let recipient = Recipient::from_key(form.value("recipient"));
    if recipient.is_none() {
        form.refuse("recipient", "Choose who was told");
    }
    let to_name = text(form, "to-name");
    if recipient.is_some_and(Recipient::goes_by_name) && to_name.is_empty() {
        form.refuse("to-name", "Say who exactly: there the name decides");
    }
    let purpose = Purpose::from_key(form.value("purpose"));
    if purpose.is_none() {
        form.refuse("purpose", "Choose what for");
    }
    let summary = text(form, "summary");
    if summary.is_empty() {
        form.refuse("summary", "Say in short what was told");
    }
    let means = Means::from_key(form.value("means"));
    if means.is_none() {
        form.refuse("means", "Choose by which means");
    }
    refuse_long(form, &[("summary", "What was told"), ("to-name", "Name"), ("to-role", "Role")]);
    let told_at = typed_when(form, "when", now);
    if !form.is_accepted() {
        return None;
    }
    Some(NewDisclosure {
        recipient: recipient?,
        to_name,
        to_role: text(form, "to-role"),
        purpose: purpose?,
        means: means?,
        summary,
        about: None,
        told_at: told_at?,
    })
}

pub(super) async fn send(
    permit: Permit<KeepConsent>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let held = person_of(&permit, id).await?;
    let Some(new) = read(&mut form, clock::now()) else {
        return draw(&permit, &held, &drafts::reopened(&form));
    };
    let (person, back, what) = (held.person.id(), ledger_href(held.person.id()), instance(held.person.id()));
    let (typed, form_of) = (form.clone(), what.clone());
    let sent = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find(r, person))? else {
                return Err(Undone::Page(PageError::NotFound));
            };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            match disclose(w, &person, &new)? {
                Ok(_) => Ok(back),
                Err(stop) => Err(Undone::Stopped(stop)),
            }
        })
        .await;
    match sent {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(Undone::Page(error)) => Err(error),
        Err(Undone::Stopped(stop)) => {
            // The unit was undone, with the sending: what was typed waits for what the person will say.
            permit.write(move |w| drafts::keep(w, &form_of, &typed)).await?;
            stopped(&permit, &held.person, &stop)
        }
    }
}

/// Why the unit was undone.
enum Undone {
    Page(PageError),
    Stopped(Stop),
}

impl From<store::Error> for Undone {
    fn from(error: store::Error) -> Self {
        Undone::Page(error.into())
    }
}

fn stopped(permit: &Permit<KeepConsent>, person: &Person, stop: &Stop) -> Page {
    let back = format!("{}/told", ledger_href(person.id()));
    let ways = Ways { person: person.id(), what: "Writing this into the ledger", back: &back };
    let shell = Shell {
        title: "Stopped: no consent",
        room: "/people",
        identity: Some(identity_of(person)),
        ..Shell::default()
    };
    Ok((StatusCode::CONFLICT, page(permit, shell, interruption(stop, &ways))).into_response())
}
