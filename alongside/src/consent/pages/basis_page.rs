//! On what ground a project holds somebody's record.

use super::parts::{Held, LONGEST, ledger_href, person_of, person_page, text};
use crate::access::policy::KeepConsent;
use crate::access::{App, Permit};
use crate::clock;
use crate::consent::basis::{NewBasis, record_basis};
use crate::drafts::{self, Instance, Opened};
use crate::ids::{PersonId, ProjectId};
use crate::people::find;
use crate::web::components::{
    Choice, Emphasis, Layout, TypedDate, button, date_input, error_summary, radios, select, textarea,
    typed_date,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::html;

/// Other grounds that a service may rest on; each still needs the words of the one who decides it.
const OTHERS: [(&str, &str); 3] = [
    (
        "UK GDPR Article 6(1)(a) and Article 9(2)(a), explicit consent",
        "Explicit consent (Articles 6(1)(a) and 9(2)(a))",
    ),
    (
        "UK GDPR Article 6(1)(c), legal obligation, and Article 9(2)(h), health and social care",
        "Legal obligation (Articles 6(1)(c) and 9(2)(h))",
    ),
    (
        "UK GDPR Article 6(1)(d) and Article 9(2)(c), vital interests of somebody who can't consent",
        "Vital interests (Articles 6(1)(d) and 9(2)(c))",
    ),
];
const OTHER: &str = "other";

fn instance(id: PersonId) -> Instance {
    Instance {
        form: "Ground for holding a record",
        subject: format!("person {id}"),
        href: format!("{}/basis", ledger_href(id)),
    }
}

pub(super) async fn form(
    permit: Permit<KeepConsent>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
) -> Page {
    let held = person_of(&permit, id).await?;
    let (account, what) = (permit.account_id(), instance(held.person.id()));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        opened.form.set("words", &*app.config.lawful_basis);
        let today = clock::london_day(clock::now());
        opened.form.set("from-day", today.day().to_string());
        opened.form.set("from-month", today.month().to_string());
        opened.form.set("from-year", today.year().to_string());
    }
    draw(&permit, &app, &held, &opened)
}

fn draw(permit: &Permit<KeepConsent>, app: &App, held: &Held, opened: &Opened) -> Page {
    let (form, what) = (&opened.form, instance(held.person.id()));
    let first = app.config.lawful_basis.as_str();
    let choices: Vec<Choice<'_>> = std::iter::once(Choice::new(first, first))
        .chain(OTHERS.iter().map(|(words, label)| Choice::new(words, label)))
        .chain(std::iter::once(Choice {
            reveals: Some(textarea(&form.field("other", "Which"), 2)),
            ..Choice::new(OTHER, "Another ground")
        }))
        .collect();
    let ids: Vec<(String, &str)> =
        held.projects.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let projects: Vec<Choice<'_>> = ids.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "On what ground we hold their record" }
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (select(&form.field("project", "Project"), &projects))
            (radios(&form.field("words", "Ground"), Layout::Stacked, &choices))
            (textarea(&form.field("told", "How the person was told what we keep, and why").with_hint("For example: privacy notice read out, with an interpreter. Leave empty if they were not told yet."), 2))
            (date_input(&form.field("from", "From")))
            (button("Save the ground", Emphasis::Primary))
        }
    };
    person_page(permit, &held.person, "Ground for holding", form, body)
}

pub(super) async fn send(
    permit: Permit<KeepConsent>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let held = person_of(&permit, id).await?;
    let project = form
        .value("project")
        .parse::<ProjectId>()
        .ok()
        .filter(|p| held.projects.iter().any(|(id, _)| id == p));
    if project.is_none() {
        form.refuse("project", "Choose the project that holds the record");
    }
    let mut words = text(&form, "words");
    if words == OTHER {
        words = text(&form, "other");
        if words.is_empty() {
            form.refuse("other", "Say which ground");
        }
    } else if words.is_empty() {
        form.refuse("words", "Choose the ground");
    }
    for name in ["other", "told", "words"] {
        if form.value(name).chars().count() > LONGEST {
            form.refuse(name, format!("Shorten this to {LONGEST} characters"));
        }
    }
    let from = match typed_date(&form, "from") {
        TypedDate::Is(day) if day <= clock::london_day(clock::now()) => Some(day),
        _ => {
            form.refuse("from", "Enter the day from which it counts, not after today");
            None
        }
    };
    let (Some(project), Some(from_day), true) = (project, from, form.is_accepted()) else {
        return draw(&permit, &app, &held, &drafts::reopened(&form));
    };
    let (person, back, what) = (held.person.id(), ledger_href(held.person.id()), instance(held.person.id()));
    let new = NewBasis { project, words, told: text(&form, "told"), from_day };
    let to = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find(r, person))? else { return Err(PageError::NotFound) };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            record_basis(w, &person, &new)?;
            Ok(back)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}
