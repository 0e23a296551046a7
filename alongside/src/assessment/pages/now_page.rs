//! The card that stops: an answer about self-harm is talked about in this contact, whatever the total.

use super::parts::person_page;
use crate::access::policy::Assess;
use crate::access::{Permit, Writer};
use crate::assessment::responses::{Done, Found, Prompt, answer_prompt, find};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as DraftSent};
use crate::handover::{self, Basis, NewWarning};
use crate::ids::ResponseId;
use crate::people::project_with;
use crate::web::components::{
    Choice, Emphasis, LabelSize, Layout, button, error_summary, interruption_card, radios, textarea,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

/// Longest text.
const LONGEST: usize = 5_000;

fn instance(id: ResponseId) -> Instance {
    Instance {
        form: "What was done about an answer",
        subject: format!("questionnaire {id}"),
        href: format!("/questionnaires/{id}/now"),
    }
}

pub(super) async fn show(permit: Permit<Assess>, Path(id): Path<ResponseId>) -> Page {
    let account = permit.account_id();
    let (found, opened) = permit
        .read(move |r| {
            let Some(found) = find(r, id)? else { return Err(PageError::NotFound) };
            Ok((found, drafts::open(r, account, &instance(id))?))
        })
        .await?;
    if !found.filled.has_open_prompt() {
        return Ok(Redirect::to(&format!("/questionnaires/{id}")).into_response());
    }
    Ok(draw(&permit, &found, &opened))
}

fn draw(permit: &Permit<Assess>, found: &Found, opened: &Opened) -> Response {
    let f = &found.filled;
    let what = instance(f.id);
    let form = &opened.form;
    let card = interruption_card(
        "Talk about this now",
        html! {
            @for p in f.prompts.iter().filter(|p| p.is_open()) { p { (p.words) } }
            p { (f.name) ", " (clock::day_words(f.filled_on)) ". It stays on the person's page until somebody says what was done." }
        },
        html! { a class="govuk-link govuk-link--inverse" href=(format!("/questionnaires/{}", f.id)) { "See the answers first" } },
    );
    let body = html! {
        (error_summary(form))
        (card)
        (put_off(&f.prompts))
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (radios(&form.field("done", "What was done?").with_size(LabelSize::Medium), Layout::Stacked, &Done::ALL.map(|d| Choice { hint: hint(d), ..Choice::new(d.key(), d.words()) })))
            (textarea(&form.field("words", "What was said, in the person's words, and who was told; or why not now, who will, and when").with_size(LabelSize::Small), 4))
            (button("Save", Emphasis::Primary))
        }
    };
    let back = format!("/questionnaires/{}", f.id);
    person_page(permit, &found.person, "Talk about this now", ("The result", &back), form, body)
}

fn hint(done: Done) -> Option<&'static str> {
    match done {
        Done::Talked => None,
        Done::Warned => Some(
            "What you write below stands on the warning, which is raised as you save; next you hand it over",
        ),
        Done::PutOff => Some("It stays open, here and on the person's page"),
    }
}

fn put_off(prompts: &[Prompt]) -> Markup {
    html! {
        @for answer in prompts.iter().filter_map(Prompt::put_off) {
            p class="govuk-body" { "Put off by " (answer.by) ", " (clock::moment_words(answer.at)) ": " span class="al-typed" { (answer.words) } }
        }
    }
}

pub(super) async fn send(permit: Permit<Assess>, Path(id): Path<ResponseId>, Sent(mut form): Sent) -> Page {
    let words = form.value("words").trim().to_owned();
    let done = Done::from_key(form.value("done"));
    if done.is_none() {
        form.refuse("done", "Choose what was done");
    }
    if words.is_empty() {
        form.refuse(
            "words",
            "Say what was said and who was told, or why it could not be talked about and who will",
        );
    } else if words.chars().count() > LONGEST {
        form.refuse("words", format!("Shorten to {LONGEST} characters"));
    }
    let (Some(done), true) = (done, form.is_accepted()) else {
        let Some(found) = permit.read(move |r| find(r, id)).await? else { return Err(PageError::NotFound) };
        return Ok(draw(&permit, &found, &drafts::reopened(&form)));
    };
    let result = format!("/questionnaires/{id}");
    let to = permit
        .write(move |w| {
            let Some(found) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            if let DraftSent::Before(href) = drafts::submit(w, &instance(id), &form, &result)? {
                return Ok(href);
            }
            answer_prompt(w, &found, done, &words)?;
            match done {
                Done::Warned => warn(w, &found, words),
                Done::Talked | Done::PutOff => Ok(result),
            }
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}

/// The warning is raised in the same unit of work: nobody says that one goes with the person and then forgets it.
fn warn(w: &mut Writer<'_, Assess>, found: &Found, words: String) -> Result<String, PageError> {
    let Some(project) = w.reading(|r| project_with(r, &found.person))? else {
        return Err(PageError::NotFound);
    };
    let new = NewWarning {
        listing: None,
        person: Some(found.person.id()),
        project,
        words,
        said_by: format!("the person, answering {}", found.filled.name),
        heard_at: found.filled.at,
        basis: Basis::SaidByPerson,
        advice: String::new(),
    };
    let warning = handover::raise(w, &new)?;
    Ok(format!("/warnings/{warning}"))
}
