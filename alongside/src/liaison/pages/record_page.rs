//! Recording a contact.

use super::parts::{Undone, choices, found, shell, status, stopped, text, titled};
use crate::access::Permit;
use crate::access::policy::KeepLiaison;
use crate::clock;
use crate::consent::{Purpose, Recipient};
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{set_when, typed_when, when_input};
use crate::ids::{ContactId, PersonId, ProjectId};
use crate::liaison::codes::{AGENCIES, DIRECTIONS, MEANS, OUTCOMES, PURPOSES, agency_words, has};
use crate::liaison::contact::{NewContact, record_contact};
use crate::people::Person;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TypedDate, button, date_input, details, error_summary,
    radios, select, text_input, textarea, typed_date,
};
use crate::web::{Page, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

fn instance(id: PersonId) -> Instance {
    Instance { form: "Contact", subject: format!("person {id}"), href: format!("/people/{id}/contacts/new") }
}

pub(super) async fn form(permit: Permit<KeepLiaison>, Path(id): Path<PersonId>) -> Page {
    let (person, _) = found(&permit, id).await?;
    let (account, what) = (permit.account_id(), instance(person.id()));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.continued_from.is_none() {
        set_when(&mut opened.form, "at", clock::now());
        opened.form.set("direction", "out");
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
    let (contact, what, whom) = (ContactId::fresh(), instance(person.id()), person.clone());
    let (typed, form_of) = (form.clone(), what.clone());
    let sent = permit
        .write(move |w| {
            let href = format!("/people/{}#contacts", whom.id());
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            record_contact(w, &whom, contact, &new)?.map_err(Undone::Stopped)?;
            Ok(href)
        })
        .await;
    match sent {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(Undone::Store(error)) => Err(error.into()),
        Err(Undone::Stopped(stop)) => {
            // The unit was undone, with the sending: what was typed waits for what the person will say.
            permit.write(move |w| drafts::keep(w, &form_of, &typed)).await?;
            let back = instance(person.id()).href;
            Ok(stopped(&permit, &person, &stop, "Recording that they were told", &back))
        }
    }
}

fn chosen(form: &mut Form, name: &str, list: &'static [crate::forms::Opt], advice: &str) -> String {
    let key = form.value(name).to_owned();
    if !has(list, &key) {
        form.refuse(name, advice);
    }
    key
}

fn read(form: &mut Form, project: ProjectId) -> Option<NewContact> {
    let now = clock::now();
    let agency = form.value("agency").to_owned();
    if !AGENCIES.contains(&agency.as_str()) {
        form.refuse("agency", "Choose with whom");
    }
    let means = chosen(form, "means", MEANS, "Choose by which means");
    let purpose = chosen(form, "purpose", PURPOSES, "Choose what for");
    let direction = chosen(form, "direction", DIRECTIONS, "Choose who began it");
    let outcome = chosen(form, "outcome", OUTCOMES, "Choose what came of it");
    let who = text(form, "who", "Name", 200);
    let role = text(form, "role", "Role", 200);
    let words = text(form, "words", "What was said", 10_000);
    let told = text(form, "told", "What they were told", 4_000);
    let follow_up = text(form, "follow-up", "What is to be done", 500);
    let recipient = Recipient::from_key(&agency);
    let told_for = Purpose::from_key(form.value("told-for"));
    if !told.is_empty() {
        match recipient {
            None => form
                .refuse("told", "Only agencies stand in the ledger: leave this empty, or choose the agency"),
            Some(r) if r.goes_by_name() && who.is_empty() => {
                form.refuse("who", "Say who exactly was told: there the name decides");
            }
            Some(_) if told_for.is_none() => form.refuse("told-for", "Choose what telling them was for"),
            Some(_) => {}
        }
    }
    if words.is_empty() && outcome == "spoke" {
        form.refuse("words", "Write what was said");
    }
    let follow_up_on = match typed_date(form, "follow-up-on") {
        TypedDate::Is(day) => Some(day),
        TypedDate::Empty => None,
        TypedDate::NotADate => {
            form.refuse("follow-up-on", "Enter a real day: day, month and year in figures, like 27 3 2026");
            None
        }
    };
    if follow_up_on.is_some() && follow_up.is_empty() {
        form.refuse("follow-up", "Write what is to be done by then");
    }
    let at = typed_when(form, "at", now)?;
    Some(NewContact {
        project,
        at,
        agency,
        who,
        role,
        means,
        purpose,
        direction,
        words,
        told,
        told_for,
        outcome,
        follow_up,
        follow_up_on,
    })
}

fn draw(permit: &Permit<KeepLiaison>, person: &Person, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(person.id()));
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let mut agencies = vec![Choice::new("", "Choose")];
    agencies.extend(AGENCIES.iter().map(|key| Choice::new(key, agency_words(key))));
    let mut purposes = vec![Choice::new("", "Choose")];
    purposes.extend(Purpose::ALL.iter().map(|p| Choice::new(p.key(), p.words())));
    let small = LabelSize::Small;
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Record a contact" }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (select(&form.field("agency", "With whom").with_size(small), &agencies))
            (text_input(&form.field("who", "Their name").with_size(small), line))
            (text_input(&form.field("role", "Their role").with_size(small), line))
            (radios(&form.field("means", "How").with_size(small), Layout::Chips, &choices(MEANS)))
            (radios(&form.field("direction", "Who began it").with_size(small), Layout::Chips, &choices(DIRECTIONS)))
            (radios(&form.field("purpose", "What for").with_size(small), Layout::Chips, &choices(PURPOSES)))
            (radios(&form.field("outcome", "What came of it").with_size(small), Layout::Chips, &choices(OUTCOMES)))
            (when_input(form, "at", "When", "Time"))
            (textarea(&form.field("words", "What was said").with_size(small), 5))
            (details("Were they told anything about the person?", html! {
                (textarea(&form.field("told", "What they were told").with_size(small).with_hint("Goes into the ledger. Leave it empty if you only listened"), 3))
                (select(&form.field("told-for", "What for").with_size(small), &purposes))
            }))
            (text_input(&form.field("follow-up", "What is to be done next").with_size(small).with_hint("Leave it empty for nothing"), line))
            (date_input(&form.field("follow-up-on", "By when").with_size(small)))
            (button("Save", Emphasis::Primary))
        }
    };
    let title = titled(form, "Record a contact");
    (status(form), page(permit, shell(person, &title), body)).into_response()
}
