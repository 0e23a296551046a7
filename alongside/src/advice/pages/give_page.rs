//! Making a sheet for the person: what is known is offered, the rest is typed.

use crate::access::policy::GiveAdvice;
use crate::access::{App, Permit, Reader};
use crate::advice::kept::{NewSheet, give};
use crate::advice::lines::{Line, lines};
use crate::advice::sheet::{Content, Section, Variant, day, sheet, strings};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::hearings::{NextHearing, next_hearing};
use crate::ids::{PersonId, ProjectId, SheetId};
use crate::morning::about_person;
use crate::people::{self, Person, identity_of, project_with};
use crate::referrals::referrals_of;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, back_link, button, checkboxes, error_summary, radios, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, Tongue, page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::html;

const SAFE: [(&str, &str); 3] =
    [("yes", "Yes"), ("no", "No, or they are not sure"), ("not-asked", "Not asked")];
const HOW: [(&str, &str); 3] =
    [("printed", "Printed"), ("read-out", "Read out"), ("both", "Printed and read out")];

/// What is known that may stand on a sheet.
struct Around {
    person: Person,
    project: ProjectId,
    court: Option<NextHearing>,
    /// Key, when, with whom and where.
    appointments: Vec<(String, Timestamp, String)>,
}

fn around(r: &mut Reader<'_, GiveAdvice>, id: PersonId) -> store::Result<Option<Around>> {
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    let Some(project) = project_with(r, &person)? else { return Ok(None) };
    let about = about_person(r, &person)?;
    let now = clock::now();
    let court = next_hearing(r, &about, clock::london_day(now))?;
    let mut appointments: Vec<(String, Timestamp, String)> = referrals_of(r, &about.people)?
        .iter()
        .filter_map(|referral| {
            let open = referral.open_appointment().filter(|a| a.offered.at > now)?;
            let place = &open.offered.place;
            let place = if place.is_empty() { String::new() } else { format!(", {place}") };
            Some((open.offered.id.to_string(), open.offered.at, format!("{}{place}", referral.service_name)))
        })
        .collect();
    appointments.sort_by_key(|(_, at, _)| *at);
    Ok(Some(Around { person, project, court, appointments }))
}

async fn load(
    permit: &Permit<GiveAdvice>,
    app: &App,
    id: PersonId,
) -> Result<(Around, Vec<Line>), PageError> {
    let around = permit.read(move |r| around(r, id)).await?.ok_or(PageError::NotFound)?;
    let lines = lines(app.config.crisis_lines.as_deref()).map_err(|e| PageError::Inside(e.to_string()))?;
    Ok((around, lines.line))
}

fn instance(id: PersonId) -> Instance {
    Instance {
        form: "Advice sheet",
        subject: format!("person {id}"),
        href: format!("/people/{id}/advice/new"),
    }
}

pub(super) async fn form(
    permit: Permit<GiveAdvice>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
) -> Page {
    let (around, lines) = load(&permit, &app, id).await?;
    let (account, what) = (permit.account_id(), instance(around.person.id()));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.continued_from.is_none() {
        let form = &mut opened.form;
        form.set("language", Tongue::English.code());
        form.set("how", "printed");
        form.set("court", "yes");
        form.set_all(
            "appointment",
            &around.appointments.iter().map(|(key, ..)| key.clone()).collect::<Vec<_>>(),
        );
        form.set_all("line", &lines.iter().map(|l| l.key.clone()).collect::<Vec<_>>());
    }
    Ok(draw(&permit, &around, &lines, &opened))
}

pub(super) async fn send(
    permit: Permit<GiveAdvice>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let (around, lines) = load(&permit, &app, id).await?;
    let Some(new) = read(&mut form, &around, &lines) else {
        return Ok(draw(&permit, &around, &lines, &drafts::reopened(&form)));
    };
    let (sheet, what, person) = (SheetId::fresh(), instance(around.person.id()), around.person);
    let there = permit
        .write(move |w| {
            let href = format!("/advice/{sheet}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            give(w, &person, sheet, &new)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

fn typed(form: &mut Form, name: &str) -> Vec<String> {
    let text = form.value(name).trim().to_owned();
    if text.chars().count() > 2_000 {
        form.refuse(name, "Shorten this: the sheet is one page");
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn read(form: &mut Form, around: &Around, lines: &[Line]) -> Option<NewSheet> {
    let safe = form.value("safe").to_owned();
    if !SAFE.iter().any(|(key, _)| *key == safe) {
        form.refuse("safe", "Say whether it is safe for them to carry this");
    }
    let variant = Variant::from_key(form.value("variant"));
    match variant {
        None => form.refuse("variant", "Choose how it is written"),
        Some(v) if v != Variant::Safe && safe == "no" => {
            form.refuse(
                "variant",
                "It is not safe for them to carry an open sheet: choose “Safe to carry”, or read it out only",
            );
        }
        Some(_) => {}
    }
    let how = form.value("how").to_owned();
    if !HOW.iter().any(|(key, _)| *key == how) {
        form.refuse("how", "Choose how they get it");
    }
    let tongue = Tongue::from_code(form.value("language"));
    let s = strings(tongue);
    let (agreed, ring) = (typed(form, "agreed"), typed(form, "ring"));
    let (directions, more) = (typed(form, "directions"), typed(form, "more"));
    let court = around.court.as_ref().filter(|_| form.value("court") == "yes");
    let content = Content {
        name: around.person.details.forename.clone().unwrap_or_default(),
        court: court.map(|c| (c.on, c.at.clone().unwrap_or_default(), c.court.clone())),
        appointments: around
            .appointments
            .iter()
            .filter(|(key, ..)| form.values("appointment").contains(key))
            .map(|(_, at, place)| {
                let when = format!("{}, {}", day(tongue, clock::london_day(*at)), clock::time_words(*at));
                (when, place.clone())
            })
            .collect(),
        agreed,
        ring,
        lines: lines.iter().filter(|l| form.values("line").contains(&l.key)).cloned().collect(),
        directions,
        more,
    };
    let variant = variant?;
    let sections: Vec<Section> = match sheet(&content, variant, &s, clock::london_day(clock::now())) {
        Ok(sections) => sections,
        Err(words) => {
            form.refuse(
                "variant",
                format!(
                    "These words tell why they have it: {}. Write it without them, or choose another way",
                    words.join(", ")
                ),
            );
            Vec::new()
        }
    };
    if form.is_accepted() && sections.iter().map(|s| s.lines.len()).sum::<usize>() < 2 {
        form.refuse("agreed", "There is nothing on the sheet yet");
    }
    form.is_accepted().then(|| NewSheet {
        project: around.project,
        variant: variant.key(),
        language: tongue.code(),
        safe,
        sections,
        how,
    })
}

fn pairs<'a>(all: &'a [(&'a str, &'a str)]) -> Vec<Choice<'a>> {
    all.iter().map(|(key, words)| Choice::new(key, words)).collect()
}

fn draw(permit: &Permit<GiveAdvice>, around: &Around, lines: &[Line], opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(around.person.id()));
    let small = LabelSize::Small;
    let variants: Vec<Choice<'_>> = Variant::ALL
        .iter()
        .map(|v| Choice {
            hint: (*v == Variant::Safe)
                .then_some("Dates, numbers and notes only: nothing on it says why they have it"),
            ..Choice::new(v.key(), v.words())
        })
        .collect();
    let tongues: Vec<Choice<'_>> = Tongue::ALL.iter().map(|t| Choice::new(t.code(), t.name())).collect();
    let appointments: Vec<(String, String)> = around
        .appointments
        .iter()
        .map(|(key, at, place)| (key.clone(), format!("{}: {place}", clock::moment_words(*at))))
        .collect();
    let appointments: Vec<Choice<'_>> =
        appointments.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let numbers: Vec<(String, String)> =
        lines.iter().map(|l| (l.key.clone(), format!("{}: {}", l.name, l.number))).collect();
    let numbers: Vec<Choice<'_>> = numbers.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let court = around.court.as_ref().map(|c| {
        format!("{} {} {}", clock::weekday_words(c.on), c.at.as_deref().unwrap_or_default(), c.court)
    });
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Give an advice sheet" }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (radios(&form.field("safe", "Is it safe for them to carry this?").with_size(LabelSize::Medium).with_hint("Does somebody go through their bag or their telephone? Might it be read in a cell or at home?"), Layout::Inline, &pairs(&SAFE)))
            (radios(&form.field("variant", "How is it written?").with_size(small), Layout::Small, &variants))
            (radios(&form.field("language", "Language").with_size(small).with_hint("Headings and dates. What you type stays as you typed it"), Layout::Inline, &tongues))
            @match &court {
                Some(words) => (checkboxes(&form.field("court", "Next in court").with_size(small), Layout::Small, &[Choice::new("yes", words)])),
                None => p class="govuk-body" { "No next day in court is known." },
            }
            @if !appointments.is_empty() { (checkboxes(&form.field("appointment", "Appointments").with_size(small), Layout::Small, &appointments)) }
            (textarea(&form.field("agreed", "What you agreed").with_size(small).with_hint("A line for each. Short, as you would say it"), 3))
            (textarea(&form.field("ring", "Who to ring today").with_size(small).with_hint("A line for each: number, name"), 2))
            (textarea(&form.field("directions", "How to get there, without a map").with_size(small).with_hint("“Bus 25 from outside the court, third stop, the blue door”"), 2))
            (textarea(&form.field("more", "Anything else").with_size(small), 2))
            (checkboxes(&form.field("line", "Numbers that anybody may ring").with_size(small), Layout::Small, &numbers))
            (radios(&form.field("how", "How do they get it?").with_size(small), Layout::Inline, &pairs(&HOW)))
            (button("Make the sheet", Emphasis::Primary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Give an advice sheet" } else { "Error: Give an advice sheet" };
    let shell = Shell {
        title,
        room: "/people",
        before: Some(back_link("Person", &format!("/people/{}", around.person.id()))),
        identity: Some(identity_of(&around.person)),
        wide: false,
    };
    (status, page(permit, shell, body)).into_response()
}
