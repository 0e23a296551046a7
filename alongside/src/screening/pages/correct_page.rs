//! Correcting a screening: a new version with a reason. The one before stays readable.

use super::fields::{asked, seen_and_when};
use super::show_page::{Opened, opened, shell_of};
use crate::access::Permit;
use crate::access::policy::Screen;
use crate::clock;
use crate::ids::ScreeningId;
use crate::morning::{changed, find_to_change};
use crate::screening::kept::{On, Screening, correct};
use crate::screening::read::{Checked, Warn, read};
use crate::screening::sheet::SHEET;
use crate::screening::warn;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, button, checkboxes, error_summary, text_input,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

fn filled(s: &Screening) -> Form {
    let mut form = Form::blank();
    s.entry.answers.fill(&SHEET, &mut form);
    form.set("seen", s.entry.seen.key());
    form.set("seen-words", s.entry.seen_words.clone());
    let at = clock::in_london(s.entry.contact_at);
    form.set("contact-day", at.day().to_string());
    form.set("contact-month", at.month().to_string());
    form.set("contact-year", at.year().to_string());
    form.set("contact-time", clock::time_words(s.entry.contact_at));
    if s.entry.late_from_paper {
        form.set("late", "yes");
    }
    form.set("need", s.entry.need.map_or("", |n| n.key()));
    form.set("outcome", s.entry.outcome.map_or("", |o| o.key()));
    form.set("outcome-why", s.entry.answers.value("outcome-why"));
    form.set("warn-why-not", s.entry.answers.value("warn-why-not"));
    form.set("warn", s.entry.answers.value("warn"));
    form.set("version", s.version.to_string());
    form
}

pub(super) async fn form(permit: Permit<Screen>, Path(id): Path<ScreeningId>) -> Page {
    let found = permit.read(move |r| opened(r, id)).await?;
    let Some(found) = found else { return Err(PageError::NotFound) };
    let Some(newest) = found.versions.first() else { return Err(PageError::NotFound) };
    let form = filled(newest);
    Ok(draw(&permit, id, &found, &form))
}

fn draw(permit: &Permit<Screen>, id: ScreeningId, found: &Opened, form: &Form) -> Response {
    let wrong = !form.is_accepted();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Correct a screening" }
        p class="govuk-body" { "What was recorded before stays readable below the new version." }
        form method="post" action=(format!("/screenings/{id}/correct")) novalidate {
            input type="hidden" name="version" value=(form.value("version"));
            (text_input(&form.field("reason", "Why are you correcting it?").with_size(LabelSize::Small), Input::default()))
            (checkboxes(&form.field("in-error", "Entered in error").with_size(LabelSize::Hidden), Layout::Small, &[Choice::new("yes", "It was entered in error (wrong person, or never happened): let it count for nothing")]))
            (seen_and_when(form))
            (asked(form, html! {}))
            (button("Save the correction", Emphasis::Primary))
        }
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = if wrong { "Error: Correct a screening" } else { "Correct a screening" };
    (status, page(permit, shell_of(found, title), body)).into_response()
}

pub(super) async fn send(permit: Permit<Screen>, Path(id): Path<ScreeningId>, Sent(mut form): Sent) -> Page {
    let found = permit.read(move |r| opened(r, id)).await?;
    let Some(found) = found else { return Err(PageError::NotFound) };
    let Some(newest) = found.versions.first().cloned() else { return Err(PageError::NotFound) };
    let in_error = form.value("in-error") == "yes";
    let reason = form.value("reason").trim().chars().take(1_000).collect::<String>();
    if form.value("version") != newest.version.to_string() {
        form.refuse_all("Somebody corrected this screening since you opened it. Their version is kept; yours is below: look at theirs, then save again if yours is right");
        form.set("version", newest.version.to_string());
        return Ok(draw(&permit, id, &found, &form));
    }
    // What was entered in error need not be put right.
    let mut checked = Checked { entry: newest.entry.clone(), warn: Warn::NotNeeded };
    if !in_error {
        match read(&mut form, clock::now()) {
            Some(read) => checked = read,
            None => return Ok(draw(&permit, id, &found, &form)),
        }
    }
    if reason.is_empty() {
        form.refuse("reason", "Say why you are correcting it");
        return Ok(draw(&permit, id, &found, &form));
    }
    let on = found.on;
    // A warning that the earlier version raised is not raised again.
    if newest.entry.answers.value("warn") == "yes" {
        checked.warn = Warn::NotNeeded;
    }
    let person = found.person;
    let kept = permit
        .write(move |w| {
            let kept = correct(w, id, newest.version, &checked.entry, &reason, in_error)?;
            let listing = match on {
                On::Line(listing) => Some(listing),
                On::Person(_) => None,
            };
            if kept {
                warn::raise(w, listing, person.as_ref(), newest.project, &checked)?;
            }
            if let Some(listing) = listing
                && let Some(line) = find_to_change(w, listing)?
            {
                changed(w, &line)?;
            }
            Ok::<_, store::Error>(kept)
        })
        .await?;
    if kept {
        Ok(Redirect::to(&format!("/screenings/{id}")).into_response())
    } else {
        Err(PageError::Conflict("Somebody corrected this screening at the same moment.".into()))
    }
}
