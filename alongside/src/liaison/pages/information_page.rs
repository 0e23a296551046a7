//! One request for information: the letter to copy, what became of it, and what to write down.

use super::parts::{choices, shell, status, text, titled};
use crate::access::Permit;
use crate::access::policy::KeepLiaison;
use crate::clock;
use crate::forms::{Opt, set_when, typed_when, when_input};
use crate::ids::InformationId;
use crate::liaison::codes::{MEANS, SUBJECTS, agency_words, words_in};
use crate::liaison::request::{Information, Standing, find_information, follow};
use crate::liaison::templates::for_agency;
use crate::people::Person;
use crate::projects::name_of_project;
use crate::web::components::{
    Emphasis, Event, Form, HeadingLevel, LabelSize, Layout, Notice, SummaryRow, TagColour, button, details,
    error_summary, notification_banner, radios, summary_list, tag, textarea, timeline,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// What can become of it.
const WHAT: &[Opt] = &[
    Opt::new("answered", "They answered"),
    Opt::new("chased", "We asked again"),
    Opt::new("withdrawn", "We no longer need it"),
    Opt::new("no-answer", "We give up on an answer"),
];

/// Whether a colleague's request was joined just now.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Came {
    #[serde(default)]
    joined: String,
}

async fn find(
    permit: &Permit<KeepLiaison>,
    id: InformationId,
) -> Result<(Person, Information, String), PageError> {
    let found = permit
        .read(move |r| {
            let Some((person, request)) = find_information(r, id)? else {
                return Ok::<_, store::Error>(None);
            };
            let project = name_of_project(r, request.project)?;
            Ok(Some((person, request, project)))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

pub(super) async fn show(
    permit: Permit<KeepLiaison>,
    Path(id): Path<InformationId>,
    Query(came): Query<Came>,
) -> Page {
    let (person, request, project) = find(&permit, id).await?;
    let mut form = Form::blank();
    set_when(&mut form, "at", clock::now());
    Ok(draw(&permit, &person, &request, &project, &form, !came.joined.is_empty()))
}

pub(super) async fn send(
    permit: Permit<KeepLiaison>,
    Path(id): Path<InformationId>,
    Sent(mut form): Sent,
) -> Page {
    let (person, request, project) = find(&permit, id).await?;
    let what = WHAT.iter().find(|opt| opt.key == form.value("what")).map(|opt| opt.key);
    if what.is_none() {
        form.refuse("what", "Choose what became of it");
    }
    let words = text(&mut form, "words", "In words", 10_000);
    if what == Some("answered") && words.is_empty() {
        form.refuse("words", "Write what they answered");
    }
    let at = typed_when(&mut form, "at", clock::now());
    let (Some(what), Some(at), true) = (what, at, form.is_accepted()) else {
        return Ok(draw(&permit, &person, &request, &project, &form, false));
    };
    if !request.is_open() {
        return Err(PageError::Conflict("This request has ended meanwhile.".into()));
    }
    permit.write(move |w| follow(w, &request, what, &words, at)).await?;
    Ok(Redirect::to(&format!("/information/{id}")).into_response())
}

fn letter(request: &Information, person: &Person, project: &str) -> Option<String> {
    let template = for_agency(&request.agency)?;
    let born = person.details.date_of_birth.map_or("not known".into(), clock::day_words);
    let due = clock::day_words(request.due_on);
    Some(template.filled(&[
        ("name", &person.details.name()),
        ("born", &born),
        ("question", &request.words),
        ("due", &due),
        ("by", &request.by),
        ("project", project),
    ]))
}

fn draw(
    permit: &Permit<KeepLiaison>,
    person: &Person,
    request: &Information,
    project: &str,
    form: &Form,
    joined: bool,
) -> Response {
    let today = clock::london_day(clock::now());
    let standing = request.standing(today);
    let colour = match standing {
        Standing::Waits => TagColour::Blue,
        Standing::Overdue => TagColour::Red,
        Standing::Answered => TagColour::Green,
        Standing::Ended => TagColour::Grey,
    };
    let rows = [
        SummaryRow::new(
            "Whom",
            html! { (request.who) @if !request.role.is_empty() { ", " (request.role) } ", " (agency_words(&request.agency)) },
        ),
        SummaryRow::new(
            "What for",
            html! { (words_in(SUBJECTS, &request.subject)) ": " span class="al-typed" { (request.words) } },
        ),
        SummaryRow::new(
            "Asked",
            html! { (clock::moment_words(request.asked_at)) ", " (words_in(MEANS, &request.means)) ", by " (request.by) },
        ),
        SummaryRow::new("Answer needed by", html! { (clock::day_words(request.due_on)) }),
    ];
    let body = html! {
        (error_summary(form))
        @if joined { (notification_banner(Notice::Important, html! { p class="govuk-notification-banner__heading" { "They are asked this already. Your question was put to this request; nobody is asked twice." } })) }
        h1 class="govuk-heading-l" { "Information asked for" }
        p class="govuk-body" { (tag(colour, standing.words())) }
        (summary_list(&rows))
        @if request.is_open() { @if let Some(letter) = letter(request, person, project) {
            (details("A letter to copy into your secure mailbox", html! { pre class="al-letter" tabindex="0" { (letter) } }))
        } }
        h2 class="govuk-heading-m" { "What became of it" }
        (events(request))
        @if request.is_open() {
            form method="post" action=(format!("/information/{}", request.id)) novalidate {
                (radios(&form.field("what", "What became of it?").with_size(LabelSize::Small), Layout::Small, &choices(WHAT)))
                (textarea(&form.field("words", "In words").with_size(LabelSize::Small), 4))
                (when_input(form, "at", "When", "Time"))
                (button("Save", Emphasis::Primary))
            }
        }
    };
    let title = titled(form, "Information asked for");
    (status(form), page(permit, shell(person, &title), body)).into_response()
}

fn events(request: &Information) -> Markup {
    let stamps: Vec<(String, String)> =
        request.events.iter().map(|e| (e.at.to_string(), clock::moment_words(e.at))).collect();
    let shown: Vec<Event<'_>> = request
        .events
        .iter()
        .zip(&stamps)
        .rev()
        .map(|(event, (stamp, time))| Event {
            title: event.kind_words(),
            by: &event.by,
            machine_time: stamp,
            time,
            body: html! { @if !event.words.is_empty() { p class="govuk-body al-typed" { (event.words) } } },
        })
        .collect();
    html! { @if shown.is_empty() { p class="govuk-body" { "Nothing yet." } } @else { (timeline(&shown, HeadingLevel::Three)) } }
}
