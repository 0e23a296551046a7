//! One contact.

use super::parts::shell;
use crate::access::Permit;
use crate::access::policy::KeepLiaison;
use crate::clock;
use crate::ids::ContactId;
use crate::liaison::codes::{DIRECTIONS, MEANS, OUTCOMES, PURPOSES, agency_words, words_in};
use crate::liaison::contact::{Contact, find_contact, mark};
use crate::people::Person;
use crate::web::components::{
    Emphasis, Form, Input, LabelSize, SummaryRow, button, details, inset_text, summary_list, text_input,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::html;

async fn find(permit: &Permit<KeepLiaison>, id: ContactId) -> Result<(Person, Contact), PageError> {
    permit.read(move |r| find_contact(r, id)).await?.ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<KeepLiaison>, Path(id): Path<ContactId>) -> Page {
    let (person, contact) = find(&permit, id).await?;
    let new = &contact.new;
    let typed = |text: &str| html! { span class="al-typed" { (text) } };
    let who = [new.who.as_str(), new.role.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let mut rows = vec![
        SummaryRow::new("When", html! { (clock::moment_words(new.at)) }),
        SummaryRow::new("With", html! { (agency_words(&new.agency)) @if !who.is_empty() { ": " (who) } }),
        SummaryRow::new(
            "How",
            html! { (words_in(MEANS, &new.means)) ". " (words_in(DIRECTIONS, &new.direction)) ". " (words_in(OUTCOMES, &new.outcome)) },
        ),
        SummaryRow::new("What for", html! { (words_in(PURPOSES, &new.purpose)) }),
        SummaryRow::new("What was said", typed(&new.words)),
    ];
    if !new.told.is_empty() {
        rows.push(SummaryRow::new("What they were told", html! { (typed(&new.told)) br; a class="govuk-link" href=(format!("/people/{}/consent", person.id())) { "In the ledger" } }));
    }
    if !new.follow_up.is_empty() {
        rows.push(SummaryRow::new("To do", html! { (typed(&new.follow_up)) @if let Some(on) = new.follow_up_on { ", by " (clock::day_words(on)) } }));
    }
    rows.push(SummaryRow::new(
        "Written down",
        html! { (contact.by) ", " (clock::moment_words(contact.recorded_at)) },
    ));
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let blank = Form::blank();
    let body = html! {
        h1 class="govuk-heading-l" { "Contact" }
        @if let Some((at, by, why)) = &contact.mistaken { (inset_text(html! { p class="govuk-body" { strong { "Written down by mistake: counts for nothing." } " " (why) " (" (by) ", " (clock::moment_words(*at)) ")" } })) }
        (summary_list(&rows))
        @if let Some((at, by, words)) = &contact.done { p class="govuk-body" { "Done: " (words) " (" (by) ", " (clock::moment_words(*at)) ")" } }
        @if contact.is_due() {
            form method="post" action=(format!("/contacts/{id}/done")) novalidate {
                (text_input(&blank.field("words", "What came of what was to be done").with_size(LabelSize::Small), line))
                (button("It is done", Emphasis::Primary))
            }
        }
        @if contact.mistaken.is_none() {
            (details("Written down by mistake", html! {
                form method="post" action=(format!("/contacts/{id}/mistaken")) novalidate {
                    (text_input(&blank.field("words", "What is wrong with it").with_size(LabelSize::Small).with_hint("What was told to somebody stays in the ledger"), line))
                    (button("Mark it as a mistake", Emphasis::Warning))
                }
            }))
        }
    };
    Ok(page(&permit, shell(&person, "Contact"), body))
}

async fn set(
    permit: Permit<KeepLiaison>,
    id: ContactId,
    form: &Form,
    what: &'static str,
    advice: &str,
) -> Page {
    let (person, contact) = find(&permit, id).await?;
    let fits = if what == "done" { contact.is_due() } else { contact.mistaken.is_none() };
    if !fits {
        return Err(PageError::NotFound);
    }
    let words: String = form.value("words").trim().chars().take(1_000).collect();
    if words.is_empty() {
        return Err(PageError::Unusable(advice.into()));
    }
    permit.write(move |w| mark(w, &contact, what, &words)).await?;
    Ok(Redirect::to(&format!("/people/{}#contacts", person.id())).into_response())
}

pub(super) async fn mistaken(
    permit: Permit<KeepLiaison>,
    Path(id): Path<ContactId>,
    Sent(form): Sent,
) -> Page {
    set(permit, id, &form, "mistaken", "Write what is wrong with it.").await
}

pub(super) async fn done(permit: Permit<KeepLiaison>, Path(id): Path<ContactId>, Sent(form): Sent) -> Page {
    set(permit, id, &form, "done", "Write what came of it.").await
}
