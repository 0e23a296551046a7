//! Putting somebody on the rota.

use crate::access::policy::WorkTasks;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::ids::{ProjectId, RotaPostId};
use crate::projects::{Court, courts_in_scope, project_names};
use crate::rota::away::{colleagues, works_in};
use crate::rota::post::{Half, NewPost, Place, When, put};
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TypedDate, back_link, button, checkboxes, date_input,
    error_summary, radios, select, text_input, typed_date,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::{Date, Weekday};
use maud::html;
use serde::Deserialize;
use uuid::Uuid;

/// Nobody, on purpose: what is chosen where no liaison is meant to be.
const NOBODY: &str = "nobody";
/// Days that may be ticked, Monday first.
const DAYS: [(&str, &str, Weekday); 6] = [
    ("1", "Mondays", Weekday::Monday),
    ("2", "Tuesdays", Weekday::Tuesday),
    ("3", "Wednesdays", Weekday::Wednesday),
    ("4", "Thursdays", Weekday::Thursday),
    ("5", "Fridays", Weekday::Friday),
    ("6", "Saturdays", Weekday::Saturday),
];

/// Where and when, from the link that was followed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    day: Option<Date>,
    #[serde(default)]
    half: String,
    #[serde(default)]
    court: String,
}

/// What can be chosen.
struct Around {
    projects: Vec<(ProjectId, String)>,
    courts: Vec<Court>,
    colleagues: Vec<(Uuid, String)>,
}

fn around(r: &mut Reader<'_, WorkTasks>) -> store::Result<Around> {
    let (everywhere, mine) = r.projects();
    let projects = project_names(r)?
        .into_iter()
        .filter(|(id, _)| everywhere || mine.contains(&Uuid::from(*id)))
        .collect();
    Ok(Around { projects, courts: courts_in_scope(r)?, colleagues: colleagues(r)? })
}

pub(super) async fn form(permit: Permit<WorkTasks>, Query(asked): Query<Asked>) -> Page {
    let around = permit.read(around).await?;
    let day = asked.day.unwrap_or_else(|| clock::london_day(clock::now()));
    let mut form = Form::blank();
    form.set("half", Half::of(&asked.half).unwrap_or(Half::Morning).key());
    form.set("court", asked.court.as_str());
    form.set("first-day", day.day().to_string());
    form.set("first-month", day.month().to_string());
    form.set("first-year", day.year().to_string());
    form.set("often", if asked.court.is_empty() { "weekly" } else { "once" });
    if let [(only, _)] = around.projects.as_slice() {
        form.set("project", only.to_string());
    } else if let Some(court) = around.courts.iter().find(|court| court.code() == asked.court)
        && let [only] = court.projects.as_slice()
    {
        form.set("project", only.to_string());
    }
    Ok(draw(&permit, &around, &form))
}

/// What a form asks for: posts to be put, or what is wrong with it.
fn read(form: &mut Form, around: &Around) -> Vec<NewPost> {
    let whom = form.value("who").to_owned();
    let who = around.colleagues.iter().find(|(id, _)| id.to_string() == whom).map(|(id, _)| *id);
    if who.is_none() && whom != NOBODY {
        form.refuse("who", "Choose who");
    }
    let half = Half::of(form.value("half"));
    if half.is_none() {
        form.refuse("half", "Choose morning or afternoon");
    }
    let office: String = form.value("office").trim().chars().take(80).collect();
    let court = around.courts.iter().find(|court| court.code() == form.value("court"));
    let place = match (court, office.is_empty()) {
        (Some(court), true) => Some(Place::Court(court.code().to_owned(), court.name.clone())),
        (None, false) => Some(Place::Office(office)),
        (Some(_), false) => {
            form.refuse("office", "Choose a court or write where else, not both");
            None
        }
        (None, true) => {
            form.refuse("court", "Choose the court, or write where else");
            None
        }
    };
    let project = match around.projects.as_slice() {
        [(only, _)] => Some(*only),
        all => all.iter().find(|(id, _)| id.to_string() == form.value("project")).map(|(id, _)| *id),
    };
    if project.is_none() {
        form.refuse("project", "Choose the project");
    }
    if let (Some(court), Some(project)) = (court, project)
        && !court.projects.contains(&project)
    {
        form.refuse("project", format!("This project does not serve {}", court.name));
    }
    let TypedDate::Is(first) = typed_date(form, "first") else {
        form.refuse("first", "Enter a real day: day, month and year in figures, like 27 3 2026");
        return Vec::new();
    };
    let whens: Vec<When> = match form.value("often") {
        "once" => vec![When::On(first)],
        "weekly" => DAYS
            .iter()
            .filter(|(key, ..)| form.values("days").iter().any(|value| value == key))
            .map(|(_, _, weekday)| When::Every(*weekday, first))
            .collect(),
        _ => Vec::new(),
    };
    match form.value("often") {
        "once" | "weekly" if !whens.is_empty() => {}
        "weekly" => form.refuse("days", "Tick the days of the week"),
        _ => form.refuse("often", "Choose how often"),
    }
    match (project, half, place) {
        (Some(project), Some(half), Some(place)) if form.is_accepted() => {
            whens.into_iter().map(|when| NewPost { project, who, half, place: place.clone(), when }).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) async fn send(permit: Permit<WorkTasks>, Sent(mut form): Sent) -> Page {
    let around = permit.read(around).await?;
    let new = read(&mut form, &around);
    if let Some(NewPost { who: Some(who), project, .. }) = new.first() {
        let (who, project) = (*who, *project);
        if !permit.read(move |r| works_in(r, who, project)).await? {
            form.refuse("who", "They have no role in this project: choose somebody who has");
        }
    }
    let Some(first) = new.first().filter(|_| form.is_accepted()).map(|post| match post.when {
        When::Every(_, day) | When::On(day) => day,
    }) else {
        return Ok(draw(&permit, &around, &form));
    };
    permit
        .write(move |w| {
            for post in &new {
                put(w, RotaPostId::fresh(), post)?;
            }
            Ok::<_, PageError>(())
        })
        .await?;
    Ok(Redirect::to(&format!("/rota?week={first}")).into_response())
}

fn draw(permit: &Permit<WorkTasks>, around: &Around, form: &Form) -> Response {
    let small = LabelSize::Small;
    let colleagues: Vec<(String, &str)> =
        around.colleagues.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut who = vec![Choice::new("", "Choose")];
    who.extend(colleagues.iter().map(|(id, name)| Choice::new(id, name)));
    who.push(Choice::new(NOBODY, "Nobody, on purpose: no liaison there"));
    let mut courts = vec![Choice::new("", "Not at a court")];
    courts.extend(around.courts.iter().map(|court| Choice::new(court.code(), &court.name)));
    let projects: Vec<(String, &str)> =
        around.projects.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut project = vec![Choice::new("", "Choose")];
    project.extend(projects.iter().map(|(id, name)| Choice::new(id, name)));
    let days: Vec<Choice<'_>> = DAYS.iter().map(|(key, words, _)| Choice::new(key, words)).collect();
    let often = [
        Choice::new("once", "Only on this day"),
        Choice {
            hint: Some("From this day on, until it is ended"),
            reveals: Some(checkboxes(&form.field("days", "On which days"), Layout::Chips, &days)),
            ..Choice::new("weekly", "Every week")
        },
    ];
    let halves = [Choice::new("morning", "Morning"), Choice::new("afternoon", "Afternoon")];
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Put somebody on the rota" }
        form method="post" action="/rota/new" novalidate {
            (select(&form.field("who", "Who").with_size(small), &who))
            (radios(&form.field("half", "Which half of the day").with_size(small), Layout::Inline, &halves))
            (select(&form.field("court", "Which court").with_size(small), &courts))
            (text_input(&form.field("office", "Or where else").with_size(small).with_hint("A probation office, for example"), line))
            @if around.projects.len() > 1 { (select(&form.field("project", "Project").with_size(small), &project)) }
            (date_input(&form.field("first", "Day").with_size(small)))
            (radios(&form.field("often", "How often").with_size(small), Layout::Stacked, &often))
            (button("Put on the rota", Emphasis::Primary))
        }
    };
    let (status, title) = if form.is_accepted() {
        (StatusCode::OK, "Put somebody on the rota")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Put somebody on the rota")
    };
    let shell = Shell { title, room: "/tasks", before: Some(back_link("Rota", "/rota")), ..Shell::default() };
    (status, page(permit, shell, body)).into_response()
}
