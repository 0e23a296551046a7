//! The address of one's calendar feed, and the feed.

use super::parts::shell;
use crate::access::policy::WorkTasks;
use crate::access::{App, Permit, Reader};
use crate::clock;
use crate::links::{self, Purpose};
use crate::rota::{Half, Standing, rota};
use crate::tasks::diary::entries_of;
use crate::tasks::feed::{Duty, calendar};
use crate::web::components::{Emphasis, Form, Input, button_link, panel, text_input, warning_text};
use crate::web::{Page, page};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use maud::html;
use uuid::Uuid;

/// Hours that an address works.
const HOURS: i64 = 24 * 365;
/// How far back the feed goes.
const BACK_HOURS: i64 = 24 * 31;
/// Days of the rota in the feed: the month behind, and two ahead.
const DUTY_DAYS: i64 = 91;

pub(super) async fn make(permit: Permit<WorkTasks>, State(app): State<App>) -> Page {
    let me = permit.account_id();
    let token = permit.write(move |w| links::make(w, Purpose::Diary, me, HOURS)).await?;
    let mut form = Form::blank();
    form.set("address", format!("{}/diary-feed/{token}", app.config.public_url));
    let body = html! {
        (panel("Address made", html! { "Copy it now: it is not shown again" }))
        (text_input(&form.field("address", "The address"), Input { autocomplete: Some("off"), ..Input::default() }))
        (warning_text("Whoever has it sees when you have appointments. An address made before no longer works."))
        (button_link("I have copied it", Emphasis::Primary, "/diary"))
    };
    Ok(page(&permit, shell("Calendar address", "/tasks", ("Diary", "/diary")), body))
}

pub(super) async fn end(permit: Permit<WorkTasks>) -> Page {
    let me = permit.account_id();
    permit.write(move |w| links::revoke(w, Purpose::Diary, me)).await?;
    Ok(Redirect::to("/diary").into_response())
}

pub(super) async fn feed(State(app): State<App>, Path(token): Path<String>) -> Page {
    let permit: Permit<WorkTasks> = Permit::operator(app.db(), "calendar feed");
    let now = clock::now();
    let from = now.checked_sub(SignedDuration::from_hours(BACK_HOURS)).unwrap_or(now);
    let token = token.trim_end_matches(".ics").to_owned();
    let found = permit
        .write(move |w| {
            let Some(opened) = links::open(w, &token, Purpose::Diary)? else {
                return Ok::<_, store::Error>(None);
            };
            let entries = entries_of(w, opened.subject, from)?;
            let duties = w.reading(|r| duties(r, opened.subject, clock::london_day(from)))?;
            Ok(Some((entries, duties)))
        })
        .await?;
    Ok(match found {
        Some((entries, duties)) => {
            let feed = calendar(&entries, &duties, now);
            ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], feed).into_response()
        }
        None => (StatusCode::NOT_FOUND, "").into_response(),
    })
}

/// Where somebody is by the rota, from a day on.
fn duties(r: &mut Reader<'_, WorkTasks>, who: Uuid, from: Date) -> store::Result<Vec<Duty>> {
    let rota = rota(r, from, from.saturating_add(DUTY_DAYS.days()))?;
    let mut duties = Vec::new();
    for day in (0..DUTY_DAYS).map(|n| from.saturating_add(n.days())) {
        for half in Half::ALL {
            for shift in rota.on(day, half) {
                if shift.standing == Standing::There && shift.post.new.who == Some(who) {
                    let place = shift.post.new.place.name().to_owned();
                    duties.push(Duty { post: shift.post.id, day, half, place });
                }
            }
        }
    }
    Ok(duties)
}
