//! One request: its clock, what waits for a ruling, copies, what was sent, and the end.

use super::opinion_form;
use super::parts::{back, closed_meanwhile, load, once, once_of, required, standing};
use crate::access::Permit;
use crate::access::policy::AnswerAccess;
use crate::clock;
use crate::forms::{set_when, typed_when, when_input};
use crate::holdings::Rooms;
use crate::people::{Person, identity_for};
use crate::subject_access::{
    Copy, Everything, MEANS, OUTCOMES, REQUESTERS, Request, Tally, close, everything, extend, in_words,
    reference, send,
};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, SummaryRow, TypedDate, button, button_link, date_input, details,
    error_summary, inset_text, radios, select, summary_list, text_input, textarea, typed_date,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use uuid::Uuid;

struct Seen {
    request: Request,
    person: Person,
    all: Everything,
}

async fn whole(permit: &Permit<AnswerAccess>, id: Uuid, rooms: Rooms) -> Result<Seen, PageError> {
    let (request, person) = load(permit, id).await?;
    let subject = person.clone();
    let all = permit.read(move |r| everything(r, &subject, id, rooms)).await?;
    Ok(Seen { request, person, all })
}

pub(super) async fn show(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Extension(rooms): Extension<Rooms>,
) -> Page {
    let seen = whole(&permit, id, rooms).await?;
    let mut form = Form::blank();
    set_when(&mut form, "sent", clock::now());
    Ok(draw(&permit, &seen, &form))
}

fn draw(permit: &Permit<AnswerAccess>, seen: &Seen, form: &Form) -> axum::response::Response {
    let (request, now) = (&seen.request, clock::now());
    let today = clock::london_day(now);
    let base = format!("/subject-access/{}", request.id);
    let tally = seen.all.rulings.tally(&seen.all.parts);
    let running = request.clock(now);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Request for access" }
        (summary_list(&rows(request, now)))
        (details("How the time is counted", html! { p class="govuk-body" { (running.words) } }))
        h2 class="govuk-heading-m" { "What is held" }
        (held(seen, &tally, &base))
        (opinion_form::shown(request, form, &base, today))
        h2 class="govuk-heading-m" { "Copies" }
        @if request.copies.is_empty() { p class="govuk-body" { "None was made yet." } }
        @for copy in &request.copies { (copy_shown(copy, &base)) }
        @if request.closed.is_none() {
            @if tally.open > 0 { p class="govuk-body" { "A copy can be made once every passage that waits was ruled on." } }
            @else if !request.opinion.as_ref().is_some_and(|opinion| opinion.stands(today)) { p class="govuk-body" { "A copy can be made once it is written down what a health professional said." } }
            @else {
                form method="post" action=(format!("{base}/copy")) {
                    input type="hidden" name="seen" value=(seen.all.rulings.stamp_of_all(&seen.all.parts));
                    (button("Make a copy", Emphasis::Primary))
                }
            }
            @if !request.copies.is_empty() { (sent_form(request, form, &base)) }
            @if request.may_extend() { (more_time_form(form, &base)) }
            (end_form(form, &base))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Request for access" } else { "Error: Request for access" };
    let shell = Shell {
        title,
        room: "/subject-access",
        before: Some(back(permit, &seen.person)),
        identity: Some(identity_for(permit, &seen.person)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

fn rows(request: &Request, now: jiff::Timestamp) -> Vec<SummaryRow<'static>> {
    let clock = request.clock(now);
    let mut rows = vec![
        SummaryRow::new("Reference", html! { span class="al-code" { (reference(request)) } }),
        SummaryRow::new("Received", html! { (clock::day_words(request.received_on)) }),
        SummaryRow::new(
            "To be answered by",
            html! { (clock::day_words(clock.due_on)) " " (standing(request, now)) },
        ),
        SummaryRow::new(
            "Asked for by",
            html! { (in_words(REQUESTERS, &request.requester)) ": " (request.requester_name) },
        ),
        SummaryRow::new("How we know", html! { (request.identity) }),
        SummaryRow::new(
            "Wanted",
            html! { @if request.wants.is_empty() { "Everything" } @else { (request.wants) } },
        ),
        SummaryRow::new(
            "Written down",
            html! { (clock::moment_words(request.recorded.0)) ", " (request.recorded.1) },
        ),
    ];
    if let Some((reason, told_on)) = &request.extended {
        rows.push(SummaryRow::new(
            "Two months more",
            html! { (reason) ". Told on " (clock::day_words(*told_on)) "." },
        ));
    }
    if let Some((outcome, words, at)) = &request.closed {
        rows.push(SummaryRow::new(
            "Closed",
            html! { (clock::moment_words(*at)) ": " (in_words(OUTCOMES, outcome)) @if !words.is_empty() { ". " (words) } },
        ));
    }
    rows
}

fn held(seen: &Seen, tally: &Tally, base: &str) -> Markup {
    html! {
        p class="govuk-body" {
            (tally.all) " passages in " (seen.all.parts.len()) " parts. " (tally.looked) " name somebody else or come from them. "
            strong { @if tally.open == 1 { "One waits for a ruling" } @else { (tally.open) " wait for a ruling" } }
            "; " @if tally.withheld == 1 { "one is withheld." } @else { (tally.withheld) " are withheld." }
        }
        @if seen.all.parts.iter().any(|part| part.table == "draft") {
            (inset_text(html! { p class="govuk-body" { "Colleagues began forms about this person and did not send them. They are held, so they stand in the copy as they are now, under “Begun and not sent”; nothing of them is emptied while this request is open." } }))
        }
        @if seen.all.address_withheld {
            (inset_text(html! { p class="govuk-body" { strong { "The address is withheld. " } "Passages that tell it wait: a copy may lie where others read it." } }))
        }
        div class="govuk-button-group" {
            @if tally.open > 0 { (button_link("Rule on what waits", Emphasis::Primary, &format!("{base}/passages"))) }
            a class="govuk-link" href=(format!("{base}/passages?show=all")) { "Look at all passages" }
        }
    }
}

fn copy_shown(copy: &Copy, base: &str) -> Markup {
    inset_text(html! {
        p class="govuk-body" {
            strong { "Copy " (copy.version) } ", " (clock::moment_words(copy.made.0)) ", " (copy.made.1) ". " (copy.pages) " pages, " (copy.passages) " passages, " (copy.withheld) " withheld. "
            a class="govuk-link" href=(format!("{base}/copies/{}/pdf", copy.version)) { "PDF of copy " (copy.version) } " "
            a class="govuk-link" href=(format!("{base}/copies/{}/json", copy.version)) { "JSON of copy " (copy.version) }
        }
        p class="govuk-body-s al-muted" { "Fingerprint " span class="al-code" { (copy.hash.get(..16).unwrap_or(&copy.hash)) } }
        @for (to, means, at) in &copy.sent { p class="govuk-body" { "Sent to " (to) ", " (clock::moment_words(*at)) ": " (in_words(MEANS, means)) } }
    })
}

fn sent_form(request: &Request, form: &Form, base: &str) -> Markup {
    let labels: Vec<(String, String)> =
        request.copies.iter().rev().map(|c| (c.version.to_string(), format!("Copy {}", c.version))).collect();
    let copies: Vec<Choice<'_>> = labels.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let means: Vec<Choice<'_>> = MEANS.iter().map(|o| Choice::new(o.key, o.words)).collect();
    html! {
        h2 class="govuk-heading-m" { "A copy was sent" }
        form method="post" action=(format!("{base}/send")) novalidate {
            (once())
            (select(&form.field("copy", "Which"), &copies))
            (text_input(&form.field("to", "To whom"), Input::default()))
            (radios(&form.field("means", "How"), Layout::Stacked, &means))
            (when_input(form, "sent", "Day", "Time"))
            (button("Write it down", Emphasis::Secondary))
        }
    }
}

fn more_time_form(form: &Form, base: &str) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Two months more" }
        p class="govuk-body" { "Only where the request is complex or one of many. Whoever asks is told within the first month, with the reason." }
        form method="post" action=(format!("{base}/extend")) novalidate {
            (textarea(&form.field("reason", "Reason, as they were told"), 2))
            (date_input(&form.field("told", "Told on")))
            (button("Take two months more", Emphasis::Secondary))
        }
    }
}

fn end_form(form: &Form, base: &str) -> Markup {
    let outcomes: Vec<Choice<'_>> = OUTCOMES.iter().map(|o| Choice::new(o.key, o.words)).collect();
    html! {
        h2 class="govuk-heading-m" { "Close the request" }
        form method="post" action=(format!("{base}/close")) novalidate {
            (radios(&form.field("outcome", "How did it end?"), Layout::Stacked, &outcomes))
            (textarea(&form.field("words", "In words").with_hint("Where it is refused: why, and that they were told how to complain"), 2))
            (button("Close it", Emphasis::Secondary))
        }
    }
}

fn again(id: Uuid) -> Page {
    Ok(Redirect::to(&format!("/subject-access/{id}")).into_response())
}

/// The page again, with what was typed and what is wrong with it.
pub(super) async fn again_with(permit: &Permit<AnswerAccess>, id: Uuid, rooms: Rooms, form: &Form) -> Page {
    Ok(draw(permit, &open(permit, id, rooms).await?, form))
}

/// A request that takes changes: one that is closed takes none.
async fn open(permit: &Permit<AnswerAccess>, id: Uuid, rooms: Rooms) -> Result<Seen, PageError> {
    let seen = whole(permit, id, rooms).await?;
    if seen.request.closed.is_some() {
        return Err(closed_meanwhile());
    }
    Ok(seen)
}

pub(super) async fn more_time(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = open(&permit, id, rooms).await?;
    let now = clock::now();
    if !seen.request.may_extend() {
        form.refuse_all("Two months more were taken already, or a copy was sent");
    }
    let reason = required(&mut form, "reason", "Say why it takes longer");
    let last = seen.request.clock(now).due_on;
    let told = match typed_date(&form, "told") {
        TypedDate::Is(day) if day >= seen.request.received_on && day <= last.min(clock::london_day(now)) => {
            Some(day)
        }
        _ => None,
    };
    if told.is_none() {
        form.refuse("told", "Enter the day they were told, within the first month");
    }
    let (Some(told), true) = (told, form.is_accepted()) else { return Ok(draw(&permit, &seen, &form)) };
    if !permit.write(move |w| extend(w, id, &reason, told)).await? {
        return Err(closed_meanwhile());
    }
    again(id)
}

pub(super) async fn note_sent(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = open(&permit, id, rooms).await?;
    let copy = seen.request.copies.iter().find(|c| c.version.to_string() == form.value("copy")).map(|c| c.id);
    if copy.is_none() {
        form.refuse("copy", "Choose the copy that was sent");
    }
    let to = required(&mut form, "to", "Say to whom it was sent");
    let means = MEANS.iter().find(|o| o.key == form.value("means")).map(|o| o.key);
    if means.is_none() {
        form.refuse("means", "Choose how it was sent");
    }
    let at = typed_when(&mut form, "sent", clock::now());
    let (Some(copy), Some(means), Some(at), true) = (copy, means, at, form.is_accepted()) else {
        return Ok(draw(&permit, &seen, &form));
    };
    let own = once_of(&form);
    if !permit.write(move |w| send(w, (own, id, copy), (&to, means, at))).await? {
        return Err(closed_meanwhile());
    }
    again(id)
}

pub(super) async fn end(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = open(&permit, id, rooms).await?;
    let outcome = OUTCOMES.iter().find(|o| o.key == form.value("outcome")).map(|o| o.key);
    if outcome.is_none() {
        form.refuse("outcome", "Choose how it ended");
    }
    if outcome == Some("answered") && seen.request.copies.iter().all(|c| c.sent.is_empty()) {
        form.refuse("outcome", "Nothing was sent yet: write down what was sent first");
    }
    let words: String = form.value("words").trim().chars().take(2_000).collect();
    if outcome == Some("refused") && words.is_empty() {
        form.refuse("words", "Say why it is refused");
    }
    let (Some(outcome), true) = (outcome, form.is_accepted()) else {
        return Ok(draw(&permit, &seen, &form));
    };
    if !permit.write(move |w| close(w, id, outcome, &words)).await? {
        return Err(closed_meanwhile());
    }
    again(id)
}
