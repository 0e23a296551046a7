//! One post on one day: not there on this day, there after all, ended after a day.

use crate::access::Permit;
use crate::access::policy::WorkTasks;
use crate::clock;
use crate::ids::RotaPostId;
use crate::rota::post::{Post, When, change, find_post};
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, SummaryRow, back_link, button, error_summary, radios,
    summary_list, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::html;
use serde::Deserialize;

/// The day looked at.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    day: Option<Date>,
}

async fn load(permit: &Permit<WorkTasks>, id: RotaPostId, day: Date) -> Result<Post, PageError> {
    permit.read(move |r| find_post(r, id, day)).await?.ok_or(PageError::NotFound)
}

fn day_of(asked: &Asked) -> Date {
    asked.day.unwrap_or_else(|| clock::london_day(clock::now()))
}

pub(super) async fn show(
    permit: Permit<WorkTasks>,
    Path(id): Path<RotaPostId>,
    Query(asked): Query<Asked>,
) -> Page {
    let day = day_of(&asked);
    let post = load(&permit, id, day).await?;
    Ok(draw(&permit, &post, day, &Form::blank()))
}

pub(super) async fn send(
    permit: Permit<WorkTasks>,
    Path(id): Path<RotaPostId>,
    Query(asked): Query<Asked>,
    Sent(mut form): Sent,
) -> Page {
    let day = day_of(&asked);
    let post = load(&permit, id, day).await?;
    let kind = match form.value("what") {
        "off" => Some("off"),
        "on" => Some("on"),
        "ended" => Some("ended"),
        _ => None,
    };
    let Some(kind) = kind else {
        form.refuse("what", "Choose what changes");
        return Ok(draw(&permit, &post, day, &form));
    };
    let why: String = form.value("why").trim().chars().take(120).collect();
    // "From this day on no longer": the day before is the last.
    let on = if kind == "ended" { day.yesterday().unwrap_or(day) } else { day };
    permit.write(move |w| change(w, id, kind, on, &why)).await?;
    Ok(Redirect::to(&format!("/rota?week={day}")).into_response())
}

fn draw(permit: &Permit<WorkTasks>, post: &Post, day: Date, form: &Form) -> Response {
    let small = LabelSize::Small;
    let off = post.off.iter().find(|(on, ..)| *on == day);
    let every = match post.new.when {
        When::Every(_, from) => format!("Every week on this day, since {}", clock::day_words(from)),
        When::On(_) => "Only on this day".into(),
    };
    let mut what = Vec::new();
    if off.is_some() {
        what.push(Choice::new("on", "There on this day after all"));
    } else {
        what.push(Choice::new("off", "Not there on this day"));
    }
    what.push(Choice {
        hint: Some("What was before stays to be read"),
        ..Choice::new(
            "ended",
            if matches!(post.new.when, When::On(_)) {
                "Take it off the rota"
            } else {
                "No longer, from this day on"
            },
        )
    });
    let rows = [
        SummaryRow::new("Where", html! { (post.new.place.name()) }),
        SummaryRow::new(
            "When",
            html! { (clock::weekday_words(day)) ", " (post.new.half.key()) ". " (every) "." },
        ),
        SummaryRow::new("Put there by", html! { (post.by) }),
    ];
    let name = if post.new.who.is_none() { "Nobody, on purpose" } else { &post.name };
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "On the rota: " (name) }
        (summary_list(&rows))
        @if let Some((_, why, by)) = off { p class="govuk-body" { "Not there on this day" @if !why.is_empty() { ": " (why) } " (" (by) ")." } }
        form method="post" action=(format!("/rota/{}?day={day}", post.id)) novalidate {
            (radios(&form.field("what", "What changes").with_size(small), Layout::Stacked, &what))
            (text_input(&form.field("why", "Why").with_size(small).with_hint("As your colleagues may read it: “training”, “at the other court”. Never anybody’s health"), line))
            (button("Save", Emphasis::Primary))
        }
    };
    let title = format!("{}On the rota", if form.is_accepted() { "" } else { "Error: " });
    let back = format!("/rota?week={day}");
    let shell =
        Shell { title: &title, room: "/tasks", before: Some(back_link("Rota", &back)), ..Shell::default() };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, page(permit, shell, body)).into_response()
}
