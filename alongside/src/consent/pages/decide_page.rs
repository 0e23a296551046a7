//! Recording what somebody decided, about several recipients at once.

use super::decide_fields::{blank, inputs, read};
use super::parts::{Asked, Held, ledger_href, person_of, person_page};
use crate::access::Permit;
use crate::access::policy::KeepConsent;
use crate::clock;
use crate::consent::decisions::record;
use crate::consent::subject::Subject;
use crate::drafts::{self, Instance, Opened};
use crate::ids::PersonId;
use crate::people::find;
use crate::web::components::{Emphasis, button, details, error_summary};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use maud::html;

fn instance(id: PersonId) -> Instance {
    Instance { form: "Consent", subject: format!("person {id}"), href: format!("{}/decide", ledger_href(id)) }
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
        opened.form = blank(&asked, clock::now());
    }
    draw(&permit, &held, &opened)
}

fn draw(permit: &Permit<KeepConsent>, held: &Held, opened: &Opened) -> Page {
    let what = instance(held.person.id());
    let body = html! {
        (error_summary(&opened.form))
        h1 class="govuk-heading-l" { "What may we tell whom?" }
        (details("Words to say it with", html! {
            p class="govuk-body" { "“I write down what you tell me. I would like to tell some people what helps you. You decide who, and what. You can say no, and you can change your mind later. There is one thing I would have to tell: if I think that you or somebody else could come to serious harm.”" }
        }))
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (inputs(&opened.form))
            (button("Save what they decided", Emphasis::Primary))
        }
    };
    person_page(permit, &held.person, "What may we tell whom?", &opened.form, body)
}

pub(super) async fn send(
    permit: Permit<KeepConsent>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let held = person_of(&permit, id).await?;
    let decisions = read(&mut form, clock::now());
    if !form.is_accepted() {
        return draw(&permit, &held, &drafts::reopened(&form));
    }
    let (person, back, what) = (held.person.id(), ledger_href(held.person.id()), instance(held.person.id()));
    let to = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find(r, person))? else { return Err(PageError::NotFound) };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            let about = Subject::person(w, &person)?;
            for new in &decisions {
                record(w, &about, new)?;
            }
            Ok(back)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}
