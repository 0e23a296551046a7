//! Somebody new on the register, and changed details. One searches before one creates: the way to the form leads through
//! the search, and whoever looks alike is shown before the record is made.

use super::person_page::identity_of;
use crate::access::Permit;
use crate::access::policy::KeepRegister;
use crate::ids::{PersonId, ProjectId};
use crate::people::{
    Details, NewPerson, Person, Sex, find, held_by, look_for, reached, recognise, register, revise,
};
use crate::web::components::{
    Choice, Emphasis, Form, Input, InputKind, Layout, TypedDate, Width, back_link, button, date_input,
    error_summary, inset_text, radios, select, text_input, typed_date,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use store::sql;

/// The form's text fields: name, label.
const TEXTS: [(&str, &str); 8] = [
    ("forename", "Forename"),
    ("middle_names", "Middle names"),
    ("surname", "Surname"),
    ("pnc", "PNC number"),
    ("cro", "CRO number"),
    ("nhs_number", "NHS number"),
    ("prison_number", "Prison number"),
    ("crn", "CRN"),
];
const ADDRESS: [(&str, &str); 4] =
    [("house", "House number or name"), ("street", "Street"), ("town", "Town"), ("postcode", "Postcode")];

fn details_of(form: &mut Form) -> Details {
    let text = |form: &Form, name: &str| Some(form.value(name).trim().to_owned()).filter(|t| !t.is_empty());
    let born: Option<Date> = match typed_date(form, "born") {
        TypedDate::Is(date) if date > crate::clock::london_day(crate::clock::now()) => {
            form.refuse("born", "The date of birth is in the future");
            None
        }
        TypedDate::Is(date) => Some(date),
        TypedDate::Empty => None,
        TypedDate::NotADate => {
            form.refuse("born", "The date of birth is no real date: day, month and year in figures");
            None
        }
    };
    if text(form, "surname").is_none() && text(form, "forename").is_none() {
        form.refuse("surname", "Enter a surname or a forename");
    }
    for (name, label) in TEXTS.iter().chain(&ADDRESS) {
        if form.value(name).chars().count() > 200 {
            form.refuse(name, format!("{label}: shorten to 200 characters"));
        }
    }
    Details {
        forename: text(form, "forename"),
        middle_names: text(form, "middle_names"),
        surname: text(form, "surname"),
        date_of_birth: born,
        sex: Sex::from_key(form.value("sex")),
        pnc: text(form, "pnc"),
        cro: text(form, "cro"),
        nhs_number: text(form, "nhs_number"),
        prison_number: text(form, "prison_number"),
        crn: text(form, "crn"),
        house: text(form, "house"),
        street: text(form, "street"),
        town: text(form, "town"),
        postcode: text(form, "postcode"),
    }
}

fn filled(d: &Details) -> Form {
    let mut form = Form::blank();
    let mut set = |name: &str, value: &Option<String>| form.set(name, value.clone().unwrap_or_default());
    set("forename", &d.forename);
    set("middle_names", &d.middle_names);
    set("surname", &d.surname);
    set("pnc", &d.pnc);
    set("cro", &d.cro);
    set("nhs_number", &d.nhs_number);
    set("prison_number", &d.prison_number);
    set("crn", &d.crn);
    set("house", &d.house);
    set("street", &d.street);
    set("town", &d.town);
    set("postcode", &d.postcode);
    if let Some(born) = d.date_of_birth {
        form.set("born-day", born.day().to_string());
        form.set("born-month", born.month().to_string());
        form.set("born-year", born.year().to_string());
    }
    form.set("sex", d.sex.key());
    form
}

fn fields(form: &Form) -> Markup {
    let sexes: Vec<Choice<'_>> = [
        (Sex::Female, "Female"),
        (Sex::Male, "Male"),
        (Sex::NotSpecified, "Not specified"),
        (Sex::NotKnown, "Not known"),
    ]
    .map(|(sex, label)| Choice::new(sex.key(), label))
    .into_iter()
    .collect();
    let mut shown = form.clone();
    if shown.value("sex").is_empty() {
        shown.set("sex", Sex::NotKnown.key());
    }
    html! {
        @for (name, label) in &TEXTS[..3] { (text_input(&shown.field(name, label), Input { width: Width::Thirty, autocomplete: Some("off"), ..Input::default() })) }
        (date_input(&shown.field("born", "Date of birth").with_hint("Leave empty when not known")))
        (radios(&shown.field("sex", "Sex as recorded"), Layout::Small, &sexes))
        @for (name, label) in &TEXTS[3..] { (text_input(&shown.field(name, label), Input { kind: InputKind::Code, width: Width::Twenty, autocomplete: Some("off") })) }
        @for (name, label) in &ADDRESS { (text_input(&shown.field(name, label), Input { width: Width::Thirty, autocomplete: Some("off"), ..Input::default() })) }
    }
}

async fn projects(permit: &Permit<KeepRegister>) -> Result<Vec<(ProjectId, String)>, PageError> {
    let names = permit
        .read(|r| {
            let (all, ids) = r.projects();
            r.query_list(sql("SELECT id, name FROM project WHERE closed_at IS NULL AND ($1 OR id IN ($LIST)) ORDER BY name"), &[&all], &ids)?
                .iter()
                .map(|row| Ok((row.get("id")?, row.get("name")?)))
                .collect::<store::Result<Vec<_>>>()
        })
        .await?;
    Ok(names)
}

pub(super) async fn new_form(permit: Permit<KeepRegister>, Sent(sent): Sent) -> Page {
    let mut form = Form::blank();
    form.set("searched", sent.value("searched"));
    draw_new(&permit, &form, &Alike::default()).await
}

/// Who is very like somebody about to be put on the register.
#[derive(Default)]
struct Alike {
    /// Records that the reader may open.
    ours: Vec<PersonId>,
    /// Who holds each record that they may not open: to ask there.
    closed: Vec<String>,
}

impl Alike {
    fn nobody(&self) -> bool {
        self.ours.is_empty() && self.closed.is_empty()
    }
}

async fn draw_new(permit: &Permit<KeepRegister>, form: &Form, alike: &Alike) -> Page {
    if form.value("searched").trim().is_empty() {
        return Err(PageError::Unusable(
            "Look for the person first: they may have a record already. Use “Find a person”.".into(),
        ));
    }
    let names = projects(permit).await?;
    let ids: Vec<String> = names.iter().map(|(id, _)| id.to_string()).collect();
    let choices: Vec<Choice<'_>> =
        names.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Put somebody on the register" }
        @if !alike.nobody() {
            (inset_text(html! {
                p class="govuk-body" { strong { "Somebody very like this is on the register already." } " Look at the record before you make another; two records of one person hide warnings from each other." }
                ul class="govuk-list govuk-list--bullet" {
                    @for (n, person) in alike.ours.iter().enumerate() { li { a class="govuk-link" href=(format!("/people/{person}")) { "Open record " (n + 1) } } }
                    @for holder in &alike.closed { li { "A record held by " (holder) ", which is not open to you: ask there" } }
                }
            }))
        }
        form method="post" action="/people" novalidate {
            input type="hidden" name="searched" value=(form.value("searched"));
            @if !alike.nobody() { input type="hidden" name="sure" value="yes"; }
            (fields(form))
            (select(&form.field("project", "Project that works with them"), &choices))
            (button(if alike.nobody() { "Put on the register" } else { "It is somebody else: make a new record" }, Emphasis::Primary))
        }
    };
    let status = if form.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.errors().is_empty() { "Somebody new" } else { "Error: Somebody new" };
    Ok((
        status,
        page(
            permit,
            Shell {
                title,
                room: "/people",
                before: Some(back_link("Find a person", "/people")),
                ..Shell::default()
            },
            body,
        ),
    )
        .into_response())
}

pub(super) async fn create(permit: Permit<KeepRegister>, Sent(mut form): Sent) -> Page {
    let details = details_of(&mut form);
    let allowed = projects(&permit).await?;
    let project: Option<ProjectId> =
        form.value("project").parse().ok().filter(|id| allowed.iter().any(|(there, _)| there == id));
    if project.is_none() {
        form.refuse("project", "Choose one of your projects");
    }
    let (Some(project), true) = (project, form.errors().is_empty()) else {
        return draw_new(&permit, &form, &Alike::default()).await;
    };
    if form.value("searched").trim().is_empty() {
        return draw_new(&permit, &form, &Alike::default()).await;
    }
    let sure = form.value("sure") == "yes";
    let made = permit
        .write(move |w| {
            let found: Vec<PersonId> = if sure {
                Vec::new()
            } else {
                recognise(w, &[details.record()])?.into_iter().flatten().map(|m| m.person).collect()
            };
            let open = w.reading(|r| reached(r, &found))?;
            let holders = held_by(w, &found)?;
            let closed: Vec<String> = found
                .iter()
                .filter(|person| !open.contains(person))
                .map(|person| holders.get(person).map(|names| names.join(" and ")).unwrap_or_default())
                .collect();
            let ours = found.into_iter().filter(|person| open.contains(person)).collect();
            let alike = Alike { ours, closed };
            if !alike.nobody() {
                return Ok::<_, store::Error>(Err(alike));
            }
            let id = register(w, &NewPerson { details, source: "typed by a practitioner".into(), project })?;
            look_for(w, &[id])?;
            Ok(Ok(id))
        })
        .await?;
    match made {
        Ok(id) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(alike) => draw_new(&permit, &form, &alike).await,
    }
}

pub(super) async fn edit_form(permit: Permit<KeepRegister>, Path(id): Path<PersonId>) -> Page {
    let Some(person) = permit.read(move |r| find(r, id)).await? else { return Err(PageError::NotFound) };
    let mut form = filled(&person.details);
    form.set("version", person.version.to_string());
    Ok(draw_edit(&permit, &person, &form))
}

fn draw_edit(permit: &Permit<KeepRegister>, person: &Person, form: &Form) -> axum::response::Response {
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Change details" }
        p class="govuk-body" { "What stood here before is kept, and people are still found by it." }
        @if person.address_withheld { (inset_text(html! { p class="govuk-body" { "The address is withheld from you. It stays as it is, whatever you type in its place." } })) }
        form method="post" action=(format!("/people/{}/details", person.id())) novalidate {
            input type="hidden" name="version" value=(form.value("version"));
            (fields(form))
            (text_input(&form.field("source", "How do you know?").with_hint("For example: told by the person; seen on a court document"), Input::default()))
            (button("Save details", Emphasis::Primary))
        }
    };
    let status = if form.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.errors().is_empty() { "Change details" } else { "Error: Change details" };
    let shell = Shell { title, room: "/people", identity: Some(identity_of(person)), ..Shell::default() };
    (status, page(permit, shell, body)).into_response()
}

pub(super) async fn save(
    permit: Permit<KeepRegister>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let Some(person) = permit.read(move |r| find(r, id)).await? else { return Err(PageError::NotFound) };
    let details = details_of(&mut form);
    let source = form.value("source").trim().chars().take(300).collect::<String>();
    if source.is_empty() {
        form.refuse("source", "Say how you know");
    }
    if form.value("version") != person.version.to_string() {
        form.refuse_all("Somebody changed these details since you opened them. Their version is kept; look at it on the person's page, then save yours again if it is right");
        form.set("version", person.version.to_string());
    }
    if !form.errors().is_empty() {
        return Ok(draw_edit(&permit, &person, &form));
    }
    let kept = permit
        .write(move |w| {
            let kept = revise(w, &person, &details, &source)?;
            if kept.is_ok() {
                look_for(w, &[person.id()])?;
            }
            Ok::<_, store::Error>(kept)
        })
        .await?;
    match kept {
        Ok(()) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(_) => Err(PageError::Conflict("Somebody changed these details at the same moment.".into())),
    }
}
