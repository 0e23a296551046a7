//! Ruling on passages: what waits first, twenty at a time; or all of them.

use super::parts::{closed_meanwhile, load};
use crate::access::Permit;
use crate::access::policy::{AnswerAccess, SeeWithheldAddress};
use crate::holdings::Rooms;
use crate::people::{Person, identity_for};
use crate::subject_access::{
    Everything, NEEDS_OPINION, Passage, Ruling, classes_for, everything, rule, tells_address,
};
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, back_link, button, empty_state, error_summary,
    inset_text, pagination, radios, select, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

/// Passages on one page: more would not be read.
const ON_A_PAGE: usize = 20;

/// Which passages, and which page of them.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: usize,
}

struct Seen {
    person: Person,
    all: Everything,
    closed: bool,
    requester: String,
    /// The reader may not see the address.
    address_hidden: bool,
}

async fn whole(permit: &Permit<AnswerAccess>, id: Uuid, rooms: Rooms) -> Result<Seen, PageError> {
    let (request, person) = load(permit, id).await?;
    let subject = person.clone();
    let all = permit.read(move |r| everything(r, &subject, id, rooms)).await?;
    let address_hidden = all.address_withheld && !permit.may::<SeeWithheldAddress>();
    Ok(Seen { person, all, closed: request.closed.is_some(), requester: request.requester, address_hidden })
}

/// The passages asked for, each with the part it stands in.
fn chosen<'a>(all: &'a Everything, wanted: &Wanted) -> Vec<(&'static str, &'a Passage)> {
    all.parts
        .iter()
        .flat_map(|part| {
            part.records.iter().flat_map(move |r| r.passages.iter().map(move |p| (part.title, p)))
        })
        .filter(|(_, passage)| wanted.show == "all" || all.rulings.open(passage))
        .collect()
}

pub(super) async fn show(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
    Extension(rooms): Extension<Rooms>,
) -> Page {
    let seen = whole(&permit, id, rooms).await?;
    let mut form = Form::blank();
    for (_, passage) in chosen(&seen.all, &wanted) {
        match seen.all.rulings.on(passage) {
            Some(Ruling::Keep) => form.set(&name("rule", passage), "keep"),
            Some(Ruling::Withhold { class, words }) => {
                form.set(&name("rule", passage), "withhold");
                form.set(&name("class", passage), class);
                form.set(&name("why", passage), words);
            }
            None => {}
        }
    }
    Ok(draw(&permit, id, &seen, &wanted, &form))
}

/// A field's name: the passage's key is one, and ids in it are no secret.
fn name(what: &str, passage: &Passage) -> String {
    format!("{what}-{}", passage.key)
}

fn draw(
    permit: &Permit<AnswerAccess>,
    id: Uuid,
    seen: &Seen,
    wanted: &Wanted,
    form: &Form,
) -> axum::response::Response {
    let all = chosen(&seen.all, wanted);
    let pages = all.len().div_ceil(ON_A_PAGE).max(1);
    let at = wanted.page.clamp(1, pages);
    let here: Vec<_> = all.iter().skip((at - 1) * ON_A_PAGE).take(ON_A_PAGE).collect();
    let base = format!("/subject-access/{id}/passages");
    let href =
        |n: usize| format!("{base}?show={}&page={n}", if wanted.show == "all" { "all" } else { "open" });
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { @if wanted.show == "all" { "All passages" } @else { "Passages that wait for a ruling" } }
        p class="govuk-body" { "Keep what may be told. Withhold what may not: the copy then says so in its place, with the reason. Somebody else’s words may often be told all the same: if they agree, if it is plain that the person knows it already, or if they are a health, social or education worker who wrote it at work. That does not reach court, custody or a solicitor." }
        @if here.is_empty() { (empty_state("Nothing waits", html! { p class="govuk-body" { "Every passage that names somebody else or comes from them was ruled on." } })) }
        @else if seen.closed { @for (title, passage) in &here { (shown(title, passage, seen)) } }
        @else {
            form method="post" action=(href(at)) novalidate {
                @for (title, passage) in &here { (one(title, passage, form, seen)) }
                (button("Keep these rulings", Emphasis::Primary))
            }
        }
        (pagination(at, pages, &href))
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Passages" } else { "Error: Passages" };
    let shell = Shell {
        title,
        room: "/subject-access",
        before: Some(back_link("Request for access", &format!("/subject-access/{id}"))),
        identity: Some(identity_for(permit, &seen.person)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

fn shown(title: &str, passage: &Passage, seen: &Seen) -> Markup {
    html! {
        h2 class="govuk-heading-s" { (title) ": " (passage.label) }
        @if hidden(passage, seen) { (inset_text(html! { p class="govuk-body" { "An address that is withheld from you. Withhold it, or let a manager of the project rule on it." } })) }
        @else { (inset_text(html! { p class="govuk-body al-typed" { (passage.text) } })) }
    }
}

/// Whether the reader does not see the words.
fn hidden(passage: &Passage, seen: &Seen) -> bool {
    seen.address_hidden && tells_address(passage)
}

fn one(title: &str, passage: &Passage, form: &Form, seen: &Seen) -> Markup {
    let (rule, class, why) = (name("rule", passage), name("class", passage), name("why", passage));
    let mut classes = vec![Choice::new("", "Choose a reason")];
    classes.extend(classes_for(&seen.requester).map(|o| Choice::new(o.key, o.words)));
    let mut choices = vec![Choice::new("keep", "Keep"), Choice::new("withhold", "Withhold")];
    if hidden(passage, seen) {
        choices.remove(0);
    }
    html! {
        (shown(title, passage, seen))
        @if let Some(look) = seen.all.rulings.waits(passage).as_ref().or(passage.look.as_ref()) { p class="govuk-body-s" { (look) } }
        input type="hidden" name="passage" value=(passage.key);
        input type="hidden" name=(name("seen", passage)) value=(seen.all.rulings.stamp(passage));
        (radios(&form.field(&rule, "Ruling").with_size(LabelSize::Small), Layout::Chips, &choices))
        (select(&form.field(&class, "If withheld: the reason that the copy gives"), &classes))
        (text_input(&form.field(&why, "For the file, not in the copy").with_hint("Who was asked; for harm to health, the health professional"), Input::default()))
    }
}

pub(super) async fn keep_rulings(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = whole(&permit, id, rooms).await?;
    if seen.closed {
        return Err(closed_meanwhile());
    }
    let sent: Vec<String> = form.values("passage").to_vec();
    let everything = Wanted { show: "all".into(), page: 1 };
    let passages: Vec<Passage> = chosen(&seen.all, &everything)
        .into_iter()
        .filter(|(_, p)| sent.contains(&p.key))
        .map(|(_, p)| p.clone())
        .collect();
    let mut rulings = Vec::new();
    for passage in passages {
        let Some(ruling) = read(&mut form, &passage, &seen) else { continue };
        let stamp = seen.all.rulings.stamp(&passage);
        if form.value(&name("seen", &passage)) != stamp {
            form.refuse(
                &name("rule", &passage),
                "Its words changed, or a colleague ruled on it, since you looked: read it again",
            );
        } else if seen.all.rulings.on(&passage) != Some(&ruling) || seen.all.rulings.open(&passage) {
            rulings.push((passage, stamp, ruling));
        }
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, id, &seen, &wanted, &form));
    }
    if !permit.write(move |w| rule(w, id, &rulings)).await? {
        return Err(PageError::Conflict(
            "A colleague ruled on one of these passages, or closed the request, in the same moment. Go back, load the page again and look at what they ruled.".into(),
        ));
    }
    // What was ruled on no longer waits, so the next ones stand on the first page.
    let next = if wanted.show == "all" {
        format!("/subject-access/{id}/passages?show=all&page={}", wanted.page.max(1))
    } else {
        format!("/subject-access/{id}/passages")
    };
    Ok(Redirect::to(&next).into_response())
}

/// What was chosen for a passage; nothing where nothing was.
fn read(form: &mut Form, passage: &Passage, seen: &Seen) -> Option<Ruling> {
    match form.value(&name("rule", passage)) {
        "keep" if hidden(passage, seen) => {
            form.refuse(
                &name("rule", passage),
                "The address is withheld from you: withhold it, or ask a manager",
            );
            None
        }
        "keep" => Some(Ruling::Keep),
        "withhold" => {
            let class = form.value(&name("class", passage)).to_owned();
            let words: String = form.value(&name("why", passage)).trim().chars().take(2_000).collect();
            if !classes_for(&seen.requester).any(|o| o.key == class) {
                form.refuse(&name("class", passage), "Choose why it is withheld");
                return None;
            }
            if class == NEEDS_OPINION && words.is_empty() {
                form.refuse(
                    &name("why", passage),
                    "Say which health professional was asked, and what they said",
                );
                return None;
            }
            Some(Ruling::Withhold { class, words })
        }
        _ => None,
    }
}
