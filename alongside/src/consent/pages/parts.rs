//! What several pages of consent share.

use crate::access::policy::KeepConsent;
use crate::access::{Capability, Permit, Reader};
use crate::clock;
use crate::consent::basis::{Basis, bases};
use crate::consent::codes::{Decision, Purpose, Recipient, purpose_words};
use crate::consent::decisions::{Kept, decisions};
use crate::consent::ledger::{Told, told};
use crate::consent::overrides::{KeptOverride, overrides};
use crate::consent::rule::Decided;
use crate::consent::subject::Subject;
use crate::ids::{PersonId, ProjectId};
use crate::people::{Person, find, identity_of, project_names_of};
use crate::web::components::{Choice, Form, TagColour, back_link, tag};
use crate::web::{Page, PageError, Shell, page};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

/// Everything about one person that the pages show.
#[derive(Debug)]
pub(super) struct Held {
    pub person: Person,
    pub projects: Vec<(ProjectId, String)>,
    pub bases: Vec<Basis>,
    pub decisions: Vec<Kept>,
    pub overrides: Vec<KeptOverride>,
    pub told: Vec<Told>,
}

/// Reads it, if the reader may see the person.
pub(super) fn held<C: Capability>(r: &mut Reader<'_, C>, id: PersonId) -> store::Result<Option<Held>> {
    let Some(person) = find(r, id)? else { return Ok(None) };
    let about = Subject::person(r, &person)?;
    Ok(Some(Held {
        projects: project_names_of(r, &person)?,
        bases: bases(r, &person)?,
        decisions: decisions(r, &about)?,
        overrides: overrides(r, &about)?,
        told: told(r, &about)?,
        person,
    }))
}

/// What the card of a stopped sending hands on: whom and what for.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    purpose: String,
}

impl Asked {
    pub(super) fn recipient(&self) -> Option<Recipient> {
        Recipient::from_key(&self.recipient)
    }

    pub(super) fn purpose(&self) -> Option<Purpose> {
        Purpose::from_key(&self.purpose)
    }
}

/// The address of a person's ledger.
pub(super) fn ledger_href(id: PersonId) -> String {
    format!("/people/{id}/consent")
}

/// A page about one person's consent: identity bar, way back to the ledger; 422 when the form has something wrong.
pub(super) fn person_page<C: Capability>(
    permit: &Permit<C>,
    person: &Person,
    title: &str,
    form: &Form,
    body: Markup,
) -> Page {
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") };
    let shell = Shell {
        title: &title,
        room: "/people",
        before: Some(back_link("Consent and disclosure", &ledger_href(person.id()))),
        identity: Some(identity_of(person)),
        wide: false,
    };
    Ok((status, page(permit, shell, body)).into_response())
}

/// The person of a form, if one may write about them.
pub(super) async fn person_of(permit: &Permit<KeepConsent>, id: PersonId) -> Result<Held, PageError> {
    permit.read(move |r| held(r, id)).await?.ok_or(PageError::NotFound)
}

/// "Family or carer: Mary Example".
pub(super) fn whom(recipient: Recipient, name: &str) -> String {
    if name.is_empty() { recipient.words().to_owned() } else { format!("{}: {name}", recipient.words()) }
}

/// The state of a decision, in words and a colour that repeats them.
pub(super) fn state_tag(d: &Decided, now: Timestamp) -> Markup {
    if let Some(last) = d.expires_on.filter(|last| clock::london_day(now) > *last) {
        return html! { (tag(TagColour::Grey, "Run out")) " " span class="al-muted" { "on " (clock::day_words(last)) } };
    }
    let colour = match d.decision {
        Decision::Given => TagColour::Green,
        Decision::Partial => TagColour::Teal,
        Decision::Refused | Decision::Withdrawn => TagColour::Red,
        Decision::Capacity => TagColour::Purple,
        Decision::NotAsked => TagColour::Grey,
    };
    tag(colour, d.decision.words())
}

/// "the court, for sentence".
pub(super) fn whom_and_why(d: &Decided) -> String {
    format!("{}, {}", whom(d.recipient, &d.name), purpose_words(d.purpose).to_lowercase())
}

/// Recipients for a select.
pub(super) fn recipient_choices() -> Vec<Choice<'static>> {
    std::iter::once(Choice::new("", "Choose"))
        .chain(Recipient::ALL.iter().map(|r| Choice::new(r.key(), r.words())))
        .collect()
}

/// Purposes for a select.
pub(super) fn purpose_choices() -> Vec<Choice<'static>> {
    std::iter::once(Choice::new("", "Choose"))
        .chain(Purpose::ALL.iter().map(|p| Choice::new(p.key(), p.words())))
        .collect()
}

/// Text of a form, without spaces at the ends.
pub(super) fn text(form: &Form, name: &str) -> String {
    form.value(name).trim().to_owned()
}

/// Longest text one field keeps.
pub(super) const LONGEST: usize = 5_000;

/// Refuses texts that are longer than any of these fields needs.
pub(super) fn refuse_long(form: &mut Form, fields: &[(&str, &str)]) {
    for (name, label) in fields {
        if form.value(name).chars().count() > LONGEST {
            form.refuse(name, format!("{label}: shorten to {LONGEST} characters"));
        }
    }
}
