//! Handing tasks over while away.

use super::parts::{Around, around, choices, listed, shell, status, titled};
use crate::access::Permit;
use crate::access::policy::WorkTasks;
use crate::clock;
use crate::rota::{Away, away_now, end_away, go_away};
use crate::web::components::{
    Emphasis, Form, LabelSize, TypedDate, button, date_input, empty_state, error_summary, post_button,
    select, typed_date,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use uuid::Uuid;

async fn load(permit: &Permit<WorkTasks>) -> Result<(Around, Vec<Away>), PageError> {
    let today = clock::london_day(clock::now());
    let around = around(permit).await?;
    Ok((around, permit.read(move |r| away_now(r, today)).await?))
}

pub(super) async fn show(permit: Permit<WorkTasks>) -> Page {
    let (around, all) = load(&permit).await?;
    let mut form = Form::blank();
    form.set("who", permit.account_id().to_string());
    Ok(draw(&permit, &around, &all, &form))
}

pub(super) async fn send(permit: Permit<WorkTasks>, Sent(mut form): Sent) -> Page {
    let (around, all) = load(&permit).await?;
    let who = around.colleague(&form, "who");
    if who.is_none() {
        form.refuse("who", "Choose who is away");
    }
    let stand_in = around.colleague(&form, "stand-in");
    if stand_in.is_none() || stand_in == who {
        form.refuse("stand-in", "Choose who looks after their tasks: somebody else");
    }
    let mut day = |name: &str| match typed_date(&form, name) {
        TypedDate::Is(day) => Some(day),
        _ => {
            form.refuse(name, "Enter a real day: day, month and year in figures, like 27 3 2026");
            None
        }
    };
    let (first, last) = (day("first"), day("last"));
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        form.refuse("last", "The last day lies before the first");
    }
    let (Some((who, _)), Some((stand_in, _)), Some(first), Some(last), true) =
        (who, stand_in, first, last, form.is_accepted())
    else {
        return Ok(draw(&permit, &around, &all, &form));
    };
    permit.write(move |w| go_away(w, who, stand_in, (first, last))).await?;
    Ok(Redirect::to("/tasks/away").into_response())
}

pub(super) async fn end(permit: Permit<WorkTasks>, Path(id): Path<Uuid>) -> Page {
    let (_, all) = load(&permit).await?;
    if !all.iter().any(|a| a.id == id) {
        return Err(PageError::NotFound);
    }
    permit.write(move |w| end_away(w, id)).await?;
    Ok(Redirect::to("/tasks/away").into_response())
}

fn draw(permit: &Permit<WorkTasks>, around: &Around, all: &[Away], form: &Form) -> Response {
    let colleagues = listed(&around.colleagues);
    let small = LabelSize::Small;
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Hand over while away" }
        @if all.is_empty() { (empty_state("Nobody is away", html! {})) }
        @else {
            ul class="al-worklist" {
                @for one in all {
                    li class="al-worklist__item" {
                        p class="govuk-body govuk-!-margin-bottom-1" { strong { (one.who.1) } ", " (clock::day_words(one.days.0)) " to " (clock::day_words(one.days.1)) ": " (one.stand_in.1) " looks after their tasks." }
                        (post_button("Back earlier", &one.who.1, Emphasis::Small, &format!("/tasks/away/{}/end", one.id)))
                    }
                }
            }
        }
        h2 class="govuk-heading-m" { "Somebody is going to be away" }
        form method="post" action="/tasks/away" novalidate {
            (select(&form.field("who", "Who").with_size(small), &choices("Choose", &colleagues)))
            (select(&form.field("stand-in", "Who looks after their tasks").with_size(small), &choices("Choose", &colleagues)))
            (date_input(&form.field("first", "First day").with_size(small)))
            (date_input(&form.field("last", "Last day").with_size(small)))
            (button("Hand over", Emphasis::Primary))
        }
    };
    let title = titled(form, "Hand over while away");
    (status(form), page(permit, shell(&title, "/tasks", ("Tasks", "/tasks")), body)).into_response()
}
