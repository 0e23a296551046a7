//! Asking an agency for information.

use super::parts::{Undone, choices, found, shell, status, stopped, text, titled};
use crate::access::Permit;
use crate::access::policy::KeepLiaison;
use crate::clock;
use crate::consent::Recipient;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{set_when, typed_when, when_input};
use crate::ids::{InformationId, PersonId, ProjectId};
use crate::liaison::codes::{AGENCIES, MEANS, OTHER, PERSON, SUBJECTS, agency_words, has};
use crate::liaison::request::{Asked, NewInformation, ask};
use crate::people::Person;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TypedDate, button, date_input, error_summary, radios,
    select, text_input, textarea, typed_date,
};
use crate::web::{Page, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use law::Calendar;
use maud::html;

/// Working days in which an answer is asked for, when the form opens.
const DUE_DAYS: i32 = 5;

fn instance(id: PersonId) -> Instance {
    Instance {
        form: "Information asked for",
        subject: format!("person {id}"),
        href: format!("/people/{id}/information/new"),
    }
}

pub(super) async fn form(permit: Permit<KeepLiaison>, Path(id): Path<PersonId>) -> Page {
    let (person, _) = found(&permit, id).await?;
    let (account, what) = (permit.account_id(), instance(person.id()));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.continued_from.is_none() {
        let now = clock::now();
        set_when(&mut opened.form, "at", now);
        let due = Calendar::default().add_working_days(clock::london_day(now), DUE_DAYS);
        for (part, value) in [
            ("day", due.day().to_string()),
            ("month", due.month().to_string()),
            ("year", due.year().to_string()),
        ] {
            opened.form.set(&format!("due-{part}"), value);
        }
    }
    Ok(draw(&permit, &person, &opened))
}

pub(super) async fn send(
    permit: Permit<KeepLiaison>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let (person, project) = found(&permit, id).await?;
    let new = read(&mut form, project);
    let Some(new) = new.filter(|_| form.is_accepted()) else {
        return Ok(draw(&permit, &person, &drafts::reopened(&form)));
    };
    let (request, what, whom) = (InformationId::fresh(), instance(person.id()), person.clone());
    let (typed, form_of) = (form.clone(), what.clone());
    let sent = permit
        .write(move |w| {
            let mut href = format!("/information/{request}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            match ask(w, &whom, request, &new)? {
                Asked::New => {}
                // Nobody is asked twice: the colleague's request goes on, with this question in it.
                Asked::Joined(first) => href = format!("/information/{first}?joined=yes"),
                Asked::Stopped(stop) => return Err(Undone::Stopped(stop)),
            }
            Ok(href)
        })
        .await;
    match sent {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(Undone::Store(error)) => Err(error.into()),
        Err(Undone::Stopped(stop)) => {
            permit.write(move |w| drafts::keep(w, &form_of, &typed)).await?;
            let back = instance(person.id()).href;
            Ok(stopped(
                &permit,
                &person,
                &stop,
                "Asking them (which tells them that we work with the person)",
                &back,
            ))
        }
    }
}

fn read(form: &mut Form, project: ProjectId) -> Option<NewInformation> {
    let agency = Recipient::from_key(form.value("agency"));
    if agency.is_none() {
        form.refuse("agency", "Choose whom you ask");
    }
    let who = text(form, "who", "Name", 200);
    if who.is_empty() {
        form.refuse(
            "who",
            "Enter the officer’s name, or the office’s: one request is open per officer and subject",
        );
    }
    let role = text(form, "role", "Role", 200);
    let subject = form.value("subject").to_owned();
    if !has(SUBJECTS, &subject) {
        form.refuse("subject", "Choose what you ask for");
    }
    let means = form.value("means").to_owned();
    if !has(MEANS, &means) {
        form.refuse("means", "Choose by which means");
    }
    let words = text(form, "words", "The question", 4_000);
    if words.is_empty() {
        form.refuse("words", "Write the question");
    }
    let due_on = match typed_date(form, "due") {
        TypedDate::Is(day) => Some(day),
        _ => {
            form.refuse("due", "Enter the day by which you need an answer, like 27 3 2026");
            None
        }
    };
    let asked_at = typed_when(form, "at", clock::now());
    Some(NewInformation {
        project,
        agency: agency?,
        who,
        role,
        subject,
        words,
        means,
        asked_at: asked_at?,
        due_on: due_on?,
    })
}

fn draw(permit: &Permit<KeepLiaison>, person: &Person, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(person.id()));
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let mut agencies = vec![Choice::new("", "Choose")];
    agencies.extend(
        AGENCIES
            .iter()
            .filter(|key| ![PERSON, OTHER].contains(*key))
            .map(|key| Choice::new(key, agency_words(key))),
    );
    let small = LabelSize::Small;
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Ask an agency for information" }
        p class="govuk-body" { "Asking tells them that we work with the person, so the person must have agreed. Afterwards you get a letter to copy into your own secure mailbox." }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (select(&form.field("agency", "Whom").with_size(small), &agencies))
            (text_input(&form.field("who", "Officer or office").with_size(small), line))
            (text_input(&form.field("role", "Role").with_size(small), line))
            (radios(&form.field("subject", "What for").with_size(small), Layout::Small, &choices(SUBJECTS)))
            (textarea(&form.field("words", "The question").with_size(small), 4))
            (radios(&form.field("means", "How").with_size(small), Layout::Chips, &choices(MEANS)))
            (when_input(form, "at", "Asked when", "Time"))
            (date_input(&form.field("due", "Answer needed by").with_size(small)))
            (button("Save, and note it in the ledger", Emphasis::Primary))
        }
    };
    let title = titled(form, "Ask an agency for information");
    (status(form), page(permit, shell(person, &title), body)).into_response()
}
