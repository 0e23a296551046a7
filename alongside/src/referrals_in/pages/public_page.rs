//! Referring without an account: behind a poster, or by a link for one referral. These pages show nothing about anybody. A door
//! that is wrong, closed, used or full gives one and the same answer.

use super::form::{Courts, TRAP, fields, read, strings, trap};
use crate::access::policy::TakeReferralsIn;
use crate::access::{App, Caller, Permit, Writer};
use crate::ids::ReferralInId;
use crate::links::{self, Purpose};
use crate::projects::courts_of;
use crate::referrals_in::doors::{
    Door, MOST_PER_DOOR, MOST_PER_NETWORK, may_pass, open_door, poster as poster_of,
};
use crate::referrals_in::keeping::receive;
use crate::web::components::{Emphasis, Form, Input, button, error_summary, panel, text_input, warning_text};
use crate::web::{Page, Sent, Strings, Tongue, other_tongues, public_page};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;

/// Hours that a receipt can be looked at.
const RECEIPT_HOURS: i64 = 24 * 14;

/// The language asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    lang: String,
}

fn permit(app: &App) -> Permit<TakeReferralsIn> {
    Permit::operator(app.db(), "open door for referrals")
}

/// Only what a code or token is made of goes back into the page.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

pub(super) async fn poster(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let s = strings(Tongue::from_code(&asked.lang));
    let href = format!("/r/{}", plain(&code));
    let found = permit(&app)
        .read(move |r| {
            let Some(door) = poster_of(r, &code)? else { return Ok::<_, store::Error>(None) };
            let courts = courts_of(r, door.project)?;
            Ok(Some(courts))
        })
        .await?;
    Ok(found.map_or_else(|| closed(&s), |courts| draw(&s, &href, &courts, &Form::blank())))
}

pub(super) async fn send_poster(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Sent(mut form): Sent,
) -> Page {
    let s = strings(Tongue::from_code(form.value("lang")));
    let (permit, href) = (permit(&app), format!("/r/{}", plain(&code)));
    let found = permit
        .read(move |r| {
            let Some(door) = poster_of(r, &code)? else { return Ok::<_, store::Error>(None) };
            let courts = courts_of(r, door.project)?;
            Ok(Some((door, courts)))
        })
        .await?;
    let Some((door, courts)) = found else { return Ok(closed(&s)) };
    // Whatever fills in what nobody sees is thanked and forgotten.
    if !form.value(TRAP).is_empty() {
        return Ok(thanks(&s, "", "no"));
    }
    let new = read(&mut form, &s, &courts, (door.project, "poster", Some(door.id)));
    if !form.is_accepted() {
        return Ok(draw(&s, &href, &courts, &form));
    }
    let danger = new.danger.clone();
    let url = app.config.public_url.clone();
    let token = permit
        .write(move |w| {
            let now = crate::clock::now();
            let network = format!("network {}", caller.network);
            if !may_pass(w, &network, MOST_PER_NETWORK, now)?
                || !may_pass(w, &format!("door {}", door.id), MOST_PER_DOOR, now)?
            {
                return Ok::<_, store::Error>(None);
            }
            kept(w, &new).map(Some)
        })
        .await?;
    Ok(token
        .map_or_else(|| closed(&s), |token| thanks(&s, &format!("{url}/referral-state/{token}"), &danger)))
}

fn kept(
    w: &mut Writer<'_, TakeReferralsIn>,
    new: &crate::referrals_in::keeping::NewReferralIn,
) -> store::Result<String> {
    let id = ReferralInId::fresh();
    receive(w, id, new)?;
    links::make(w, Purpose::ReferralInReceipt, id.into(), RECEIPT_HOURS)
}

/// The page behind a one-time link is the same for every address: whether it opens is said when it is sent.
pub(super) async fn once(Path(token): Path<String>, Query(asked): Query<Asked>) -> Response {
    let s = strings(Tongue::from_code(&asked.lang));
    let href = format!("/refer-once/{}", plain(&token));
    let body = html! {
        (other_tongues(s.tongue, &href))
        h1 class="govuk-heading-l" { (s.get("title")) }
        p class="govuk-body" { (s.get("intro")) }
        (warning_text(s.get("now")))
        form method="post" action=(href) novalidate {
            input type="hidden" name="step" value="open";
            input type="hidden" name="lang" value=(s.tongue.code());
            (button(s.get("title"), Emphasis::Primary))
        }
    };
    public_page(s.tongue, s.get("title"), body).into_response()
}

pub(super) async fn send_once(
    State(app): State<App>,
    Path(token): Path<String>,
    Sent(mut form): Sent,
) -> Page {
    let s = strings(Tongue::from_code(form.value("lang")));
    let (permit, secret) = (permit(&app), token.clone());
    let href = format!("/refer-once/{}", plain(&token));
    let found: Option<(links::Opened, Door, Courts)> = permit
        .write(move |w| {
            let Some(opened) = links::open(w, &secret, Purpose::ReferralIn)? else {
                return Ok::<_, store::Error>(None);
            };
            let Some(door) = open_door(w, opened.subject)? else { return Ok(None) };
            let courts = courts_of(w, door.project)?;
            Ok(Some((opened, door, courts)))
        })
        .await?;
    let Some((opened, door, courts)) = found else { return Ok(closed(&s)) };
    if form.value("step") == "open" {
        return Ok(draw(&s, &href, &courts, &Form::blank()));
    }
    let new = read(&mut form, &s, &courts, (door.project, "link", Some(door.id)));
    if !form.is_accepted() {
        return Ok(draw(&s, &href, &courts, &form));
    }
    let (danger, url, by) = (new.danger.clone(), app.config.public_url.clone(), new.referrer.0.clone());
    let token = permit
        .write(move |w| {
            // Sent twice is sent once: the second finds the link used.
            if !links::use_up(w, &opened, &by)? {
                return Ok::<_, store::Error>(None);
            }
            kept(w, &new).map(Some)
        })
        .await?;
    Ok(token
        .map_or_else(|| closed(&s), |token| thanks(&s, &format!("{url}/referral-state/{token}"), &danger)))
}

fn draw(s: &Strings, href: &str, courts: &Courts, form: &Form) -> Response {
    let body = html! {
        (error_summary(form))
        (other_tongues(s.tongue, href))
        h1 class="govuk-heading-l" { (s.get("title")) }
        p class="govuk-body" { (s.get("intro")) }
        form method="post" action=(href) novalidate {
            input type="hidden" name="lang" value=(s.tongue.code());
            (trap(s))
            (fields(form, s, courts))
            (button(s.get("send"), Emphasis::Primary))
        }
    };
    let title = s.get("title");
    let title = if form.is_accepted() { title.to_owned() } else { format!("{}: {title}", s.get("error")) };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, public_page(s.tongue, &title, body)).into_response()
}

/// The one answer to every door that does not open.
fn closed(s: &Strings) -> Response {
    let body = html! {
        h1 class="govuk-heading-l" { (s.get("closed-title")) }
        (warning_text(s.get("now")))
        p class="govuk-body" { (s.get("closed-text")) }
    };
    (StatusCode::NOT_FOUND, public_page(s.tongue, s.get("closed-title"), body)).into_response()
}

fn thanks(s: &Strings, receipt: &str, danger: &str) -> Response {
    let mut shown = Form::blank();
    shown.set("receipt", receipt);
    let body = html! {
        (panel(s.get("thanks-title"), html! { (s.get("thanks-text")) }))
        @if danger == "yes" { (warning_text(s.get("thanks-danger"))) }
        @if !receipt.is_empty() { (text_input(&shown.field("receipt", s.get("thanks-receipt")), Input { autocomplete: Some("off"), ..Input::default() })) }
    };
    public_page(s.tongue, s.get("thanks-title"), body).into_response()
}
