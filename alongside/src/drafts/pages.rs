//! Autosave's answer, and the shelf on which one finds again what was typed.

use super::kept::{self, Kept, Saved};
use crate::access::Permit;
use crate::access::policy::OwnAccount;
use crate::clock;
use crate::ids::DraftId;
use crate::web::components::{
    Caption, Column, Emphasis, Form, SummaryRow, back_link, button_link, empty_state, post_button,
    summary_list, table,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde_json::json;

/// Longest text kept as one draft: far above any form of ours, below what could fill a disk by accident.
const LARGEST: usize = 1_000_000;

pub(super) async fn autosave(
    permit: Permit<OwnAccount>,
    Path(id): Path<DraftId>,
    Sent(sent): Sent,
) -> Result<Response, PageError> {
    let seen: i64 = sent.value("draft_version").parse().unwrap_or(0);
    let size: usize = sent.pairs().map(|(name, value)| name.len() + value.len()).sum();
    if size > LARGEST {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    }
    let href = sent.value("draft_href").to_owned();
    // The shelf links here later: only our own addresses.
    if !href.starts_with('/')
        || href.starts_with("//")
        || href.contains('\\')
        || sent.value("draft_form").is_empty()
    {
        return Err(PageError::Unusable("This is not a form of ours: open it again.".into()));
    }
    let account = permit.account_id();
    let saved = permit
        .write(move |w| {
            let what = (sent.value("draft_form"), sent.value("draft_subject"), href.as_str());
            // Keystrokes are no event of the record: the audit tells when the form is sent.
            kept::save(&mut w.raw_for_operator(), account, id, what, seen, &sent)
        })
        .await?;
    Ok(match saved {
        Saved::As(version) => {
            let at = clock::in_london(clock::now()).strftime("%H:%M:%S").to_string();
            Json(json!({ "version": version, "saved_at": at })).into_response()
        }
        Saved::Beside => (StatusCode::CONFLICT, Json(json!({ "kept": "beside" }))).into_response(),
        Saved::NotYours => StatusCode::NOT_FOUND.into_response(),
    })
}

pub(super) async fn shelf(permit: Permit<OwnAccount>) -> Page {
    let account = permit.account_id();
    let drafts = permit.read(move |r| kept::shelf(r, account)).await?;
    let rows: Vec<Vec<Markup>> = drafts
        .iter()
        .map(|d| {
            vec![
                html! { a class="govuk-link" href=(format!("/drafts/{}", d.id)) { (d.form) } },
                html! { (clock::moment_words(d.saved_at)) },
                html! { (state(d)) },
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "What you typed" }
        p class="govuk-body" { "Every form you began in the last 30 days, sent or not. Only you see it." }
        @if rows.is_empty() { (empty_state("Nothing yet", html! { p class="govuk-body" { "Forms you begin appear here by themselves." } })) }
        @else { (table(Caption::Hidden("Your drafts"), &[Column::words("Form"), Column::words("Last saved"), Column::words("State")], &rows)) }
    };
    Ok(page(&permit, Shell { title: "What you typed", room: "/drafts", ..Shell::default() }, body))
}

fn state(d: &Kept) -> &'static str {
    match (d.submitted_at, d.discarded_at) {
        (Some(_), _) => "Sent",
        (None, Some(_)) => "Put away",
        (None, None) => "Not sent yet",
    }
}

pub(super) async fn show(permit: Permit<OwnAccount>, Path(id): Path<DraftId>) -> Page {
    let account = permit.account_id();
    let found = permit
        .read(move |r| {
            let Some(draft) = kept::find(r, account, id)? else { return Ok::<_, store::Error>(None) };
            let others = kept::other_texts(r, id)?;
            Ok(Some((draft, others)))
        })
        .await?;
    let Some((draft, others)) = found else { return Err(PageError::NotFound) };
    let body = html! {
        h1 class="govuk-heading-l" { (draft.form) }
        p class="govuk-body" { (state(&draft)) ". Last saved " (clock::moment_words(draft.saved_at)) "." }
        @if draft.emptied { p class="govuk-body" { "Its text was older than 30 days and is gone." } }
        (actions(&draft))
        (typed(&draft.body))
        @for (at, text) in &others {
            h2 class="govuk-heading-m" { "Another text, " (clock::moment_words(*at)) }
            (typed(text))
        }
    };
    let shell = Shell {
        title: "What you typed",
        room: "/drafts",
        before: Some(back_link("What you typed", "/drafts")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn actions(draft: &Kept) -> Markup {
    let id = draft.id;
    html! {
        div class="govuk-button-group" {
            @if let (Some(_), Some(result)) = (draft.submitted_at, &draft.result_href) { (button_link("Open what it became", Emphasis::Secondary, result)) }
            @if draft.submitted_at.is_none() && draft.discarded_at.is_none() {
                (button_link("Go on with it", Emphasis::Primary, &draft.href))
                (post_button("Put away", &draft.form, Emphasis::Secondary, &format!("/drafts/{id}/discard")))
            }
            @if draft.submitted_at.is_none() && draft.discarded_at.is_some() && !draft.emptied {
                (post_button("Bring back", &draft.form, Emphasis::Primary, &format!("/drafts/{id}/bring-back")))
            }
        }
    }
}

/// What was typed, field by field, as plain text to read or copy.
fn typed(form: &Form) -> Markup {
    let pairs: Vec<(String, &str)> = form
        .pairs()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (name.replace(['_', '-'], " "), value))
        .collect();
    let rows: Vec<SummaryRow<'_>> = pairs
        .iter()
        .map(|(name, value)| SummaryRow::new(name, html! { span class="al-typed" { (value) } }))
        .collect();
    html! { @if rows.is_empty() { p class="govuk-body" { "Nothing is filled in." } } @else { (summary_list(&rows)) } }
}

pub(super) async fn discard(permit: Permit<OwnAccount>, Path(id): Path<DraftId>) -> Page {
    let account = permit.account_id();
    let href = permit
        .write(move |w| {
            let Some(draft) = kept::find(w, account, id)? else { return Ok::<_, store::Error>(None) };
            kept::discard(w, account, id)?;
            Ok(Some(draft.href))
        })
        .await?;
    href.map(|href| Redirect::to(&href).into_response()).ok_or(PageError::NotFound)
}

pub(super) async fn bring_back(permit: Permit<OwnAccount>, Path(id): Path<DraftId>) -> Page {
    let account = permit.account_id();
    let href = permit
        .write(move |w| {
            let Some(draft) = kept::find(w, account, id)? else { return Ok::<_, store::Error>(None) };
            Ok(kept::bring_back(w, account, id)?.then_some(draft.href))
        })
        .await?;
    href.map(|href| Redirect::to(&href).into_response()).ok_or(PageError::NotFound)
}
