//! What one does with a line: take it, give it back, note preparation, place it by hand.

use super::line_page;
use crate::access::Permit;
use crate::access::policy::{ViewBoard, WorkBoard};
use crate::ids::{AccountId, ListingId};
use crate::morning::line::Preparation;
use crate::morning::rules::Rules;
use crate::morning::work::{find_to_change, prepare, put, put_back, release, take};
use crate::web::components::Form;
use crate::web::{Page, PageError, Sent};
use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Longest reason kept: what fits a line of the audit.
const LONGEST_REASON: usize = 500;

/// Back to the board when the button was pressed there, else to the line.
fn back(headers: &HeaderMap, id: ListingId, board: &str) -> Response {
    let from_board =
        headers.get(header::REFERER).and_then(|r| r.to_str().ok()).is_some_and(|r| r.contains("/courts/"));
    let to = if from_board { format!("{board}#listing-{id}") } else { format!("/listings/{id}") };
    Redirect::to(&to).into_response()
}

pub(super) async fn take_line(
    permit: Permit<WorkBoard>,
    Path(id): Path<ListingId>,
    headers: HeaderMap,
) -> Page {
    let Some(me) = permit.account().and_then(|a| a.id.to_string().parse::<AccountId>().ok()) else {
        return Err(PageError::NotFound);
    };
    let board = permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            take(w, &line, me)?;
            Ok(super::parts::day_href(line.court.code(), line.date))
        })
        .await?;
    Ok(back(&headers, id, &board))
}

pub(super) async fn release_line(
    permit: Permit<WorkBoard>,
    Path(id): Path<ListingId>,
    headers: HeaderMap,
) -> Page {
    let board = permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            release(w, &line)?;
            Ok(super::parts::day_href(line.court.code(), line.date))
        })
        .await?;
    Ok(back(&headers, id, &board))
}

pub(super) async fn note_preparation(
    permit: Permit<WorkBoard>,
    Path(id): Path<ListingId>,
    rules: Extension<Arc<Rules>>,
    Sent(mut form): Sent,
) -> Page {
    let reason = form.value("preparation_reason").trim().to_owned();
    let Some(status) = Preparation::from_key(form.value("status")) else {
        form.refuse("status", "Choose how far preparation is");
        return again(&permit, id, rules, form).await;
    };
    if status == Preparation::NotRequired && reason.is_empty() {
        form.refuse("preparation_reason", "Say why no preparation is required");
        return again(&permit, id, rules, form).await;
    }
    if reason.chars().count() > LONGEST_REASON {
        form.refuse("preparation_reason", format!("Shorten the reason to {LONGEST_REASON} characters"));
        return again(&permit, id, rules, form).await;
    }
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            Ok(prepare(w, &line, status, &reason)?)
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}")).into_response())
}

pub(super) async fn move_line(
    permit: Permit<WorkBoard>,
    Path(id): Path<ListingId>,
    rules: Extension<Arc<Rules>>,
    Sent(mut form): Sent,
) -> Page {
    let reason = form.value("move_reason").trim().to_owned();
    let place: Option<i64> =
        form.value("place").trim().parse().ok().filter(|place| (1..=2000).contains(place));
    if place.is_none() {
        form.refuse("place", "Enter the place on the board as a number, 1 for the first");
    }
    if reason.is_empty() {
        form.refuse(
            "move_reason",
            "Say why this person should be seen earlier or later than the rules put them",
        );
    } else if reason.chars().count() > LONGEST_REASON {
        form.refuse("move_reason", format!("Shorten the reason to {LONGEST_REASON} characters"));
    }
    let (Some(place), true) = (place, form.errors().is_empty()) else {
        return again(&permit, id, rules, form).await;
    };
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            Ok(put(w, &line, place, &reason)?)
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}")).into_response())
}

pub(super) async fn put_line_back(permit: Permit<WorkBoard>, Path(id): Path<ListingId>) -> Page {
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            Ok(put_back(w, &line)?)
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}")).into_response())
}

/// The same page with what was typed and what is wrong with it.
async fn again(
    permit: &Permit<WorkBoard>,
    id: ListingId,
    Extension(rules): Extension<Arc<Rules>>,
    form: Form,
) -> Page {
    let Some(view) = permit.also::<ViewBoard>() else { return Err(PageError::NotFound) };
    line_page::draw(&view, id, rules, form).await
}
