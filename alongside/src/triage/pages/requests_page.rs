//! The clinical partner's own view: requests to the services they answer for, what they were told, and their answers. Nothing else.

use super::case_parts::packet;
use crate::access::Permit;
use crate::access::policy::AnswerRequests;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{Answers, Sheet, inputs};
use crate::ids::RequestId;
use crate::triage::keeping::{changes, keep_facts};
use crate::triage::links::LinkFor;
use crate::triage::packet::from_json;
use crate::triage::sending::{Addressed, addressed_one, addressed_to};
use crate::triage::sheets::for_partner;
use crate::web::components::{
    Emphasis, Form, Identity, TagColour, back_link, button, empty_state, error_summary, identity_bar, tag,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

pub(super) async fn list(permit: Permit<AnswerRequests>) -> Page {
    let account = permit.account_id();
    let mut found = permit.read(move |r| addressed_to(r, account)).await?;
    // What waits for an answer first, then what waits for a report; within each, the newest.
    found.sort_by_key(stands);
    let body = html! {
        h1 class="govuk-heading-l" { "Requests to you" }
        @if found.is_empty() { (empty_state("No request is waiting", html! { p class="govuk-body" { "You see requests that were sent to a service you answer for. A manager of the court team says which accounts answer for which service." } })) }
        @else {
            ol class="al-worklist" {
                @for one in &found {
                    li class="al-worklist__item" {
                        h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/requests/{}", one.sent.id)) { (name_in(one)) } }
                        p class="govuk-body govuk-!-margin-bottom-1" { (state_tag(one)) " Sent to " (one.sent.name) ", " (clock::moment_words(one.sent.sent_at)) }
                        @if let Some(due) = one.sent.reply_due { p class="govuk-body govuk-!-margin-bottom-1" { "Answer promised by " (clock::moment_words(due)) } }
                    }
                }
            }
        }
    };
    Ok(page(&permit, Shell { title: "Requests", room: "/requests", ..Shell::default() }, body))
}

/// How far a request is, for the service it was sent to. In the order of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    ToBeAnswered,
    Accepted,
    ReportSent,
    Declined,
}

fn stands(one: &Addressed) -> Stands {
    let reported = !one.own_answers().value(&format!("d{}-sent", one.sent.doctor)).is_empty();
    match (one.answer().as_str(), reported) {
        ("declined", _) => Stands::Declined,
        (_, true) => Stands::ReportSent,
        ("accepted", false) => Stands::Accepted,
        _ => Stands::ToBeAnswered,
    }
}

fn state_tag(one: &Addressed) -> Markup {
    match stands(one) {
        Stands::ToBeAnswered => tag(TagColour::Orange, "To be answered"),
        Stands::Accepted => tag(TagColour::Blue, "Accepted, report awaited"),
        Stands::ReportSent => tag(TagColour::Green, "Report sent"),
        Stands::Declined => tag(TagColour::Grey, "Declined"),
    }
}

fn told(one: &Addressed, label: &str) -> Option<String> {
    let sections = from_json(&one.sent.packet).unwrap_or_default();
    let who = sections.into_iter().find(|s| s.key == "who")?;
    who.lines.iter().find_map(|line| line.strip_prefix(label).map(str::to_owned))
}

/// The name as it was told.
fn name_in(one: &Addressed) -> String {
    told(one, "Name: ").unwrap_or_else(|| "Request".into())
}

/// The bar, from what was told alone.
pub(super) fn identity_told(one: &Addressed) -> Markup {
    let known = |label: &str| told(one, label).unwrap_or_else(|| "Not told".into());
    identity_bar(&Identity {
        name: &name_in(one),
        href: None,
        facts: vec![("Born", &known("Born: ")), ("Sex", &known("Sex: "))],
        flags: Vec::new(),
    })
}

fn instance(one: &Addressed, purpose: LinkFor) -> Instance {
    Instance {
        form: "Answer to a request",
        subject: format!("request {} {}", one.sent.id, purpose.key()),
        href: format!("/requests/{}", one.sent.id),
    }
}

pub(super) async fn show(permit: Permit<AnswerRequests>, Path(id): Path<RequestId>) -> Page {
    let account = permit.account_id();
    let found = permit
        .read(move |r| {
            let Some(one) = addressed_one(r, account, id)? else { return Ok::<_, store::Error>(None) };
            let mut opened = Vec::new();
            for purpose in LinkFor::ALL {
                let mut open = drafts::open(r, account, &instance(&one, purpose))?;
                if open.continued_from.is_none() {
                    one.own_answers().fill(for_partner(one.sent.doctor, purpose.key()), &mut open.form);
                }
                opened.push((purpose, open));
            }
            Ok(Some((one, opened)))
        })
        .await?;
    let Some((one, opened)) = found else { return Err(PageError::NotFound) };
    Ok(draw(&permit, &one, &opened))
}

pub(super) async fn answer(
    permit: Permit<AnswerRequests>,
    Path((id, purpose)): Path<(RequestId, String)>,
    Sent(mut form): Sent,
) -> Page {
    let Some(purpose) = LinkFor::from_key(&purpose) else { return Err(PageError::NotFound) };
    let account = permit.account_id();
    let found = permit.read(move |r| addressed_one(r, account, id)).await?;
    let Some(one) = found else { return Err(PageError::NotFound) };
    let sheet = for_partner(one.sent.doctor, purpose.key());
    let sent = read_answer(sheet, &one, purpose, &mut form);
    if !form.is_accepted() {
        let other = LinkFor::ALL.into_iter().find(|p| *p != purpose).unwrap_or(LinkFor::Report);
        let mut rest = Form::blank();
        one.own_answers().fill(for_partner(one.sent.doctor, other.key()), &mut rest);
        let mut opened = vec![(purpose, drafts::reopened(&form)), (other, drafts::reopened(&rest))];
        opened.sort_by_key(|(p, _)| *p != LinkFor::Answer);
        return Ok(draw(&permit, &one, &opened));
    }
    let what = instance(&one, purpose);
    let href = permit
        .write(move |w| {
            let href = format!("/requests/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, PageError>(there);
            }
            // Found again where it is written: it may have been taken back meanwhile.
            let Some(one) = w.reading(|r| addressed_one(r, account, id))? else {
                return Err(PageError::NotFound);
            };
            let by = format!("{}, {}", w.by(), one.sent.name);
            keep_answers(w, &one, sheet, &sent, &by, &format!("partner {id}"))?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&href).into_response())
}

/// The answers in a form; what a service must say before it can be used, the form says.
pub(super) fn read_answer(sheet: &Sheet, one: &Addressed, purpose: LinkFor, form: &mut Form) -> Answers {
    let sent = Answers::read(sheet, form);
    let (answer, why, words) = (
        format!("d{}-answer", one.sent.doctor),
        format!("d{}-declined", one.sent.doctor),
        format!("d{}-declined-words", one.sent.doctor),
    );
    if purpose == LinkFor::Answer {
        match sent.value(&answer) {
            "accepted" => {}
            "declined" if sent.value(&why).is_empty() => form.refuse(&why, "Choose why you decline"),
            "declined" if sent.value(&why) == "other" && sent.value(&words).is_empty() => {
                form.refuse(&words, "Say in words why you decline");
            }
            "declined" => {}
            _ => form.refuse(&answer, "Say whether you accept or decline"),
        }
    } else if sent.is_empty() {
        form.refuse_all("Nothing was filled in");
    }
    let today = clock::london_day(clock::now());
    for question in sheet.questions() {
        let past = ["-seen", "-sent"].iter().any(|end| question.key.ends_with(end));
        if (past || question.key.starts_with("bed-")) && sent.day(question.key).is_some_and(|day| day > today)
        {
            form.refuse(question.key, format!("{}: this day has not come yet", question.label));
        }
        if question.key.ends_with("-time")
            && !sent.value(question.key).is_empty()
            && crate::screening::time_of(sent.value(question.key)).is_none()
        {
            form.refuse(question.key, format!("{}: enter a time like 14:00", question.label));
        }
    }
    sent
}

/// Keeps what a partner service answered as facts of the assessment.
pub(super) fn keep_answers(
    w: &mut crate::access::Writer<'_, AnswerRequests>,
    one: &Addressed,
    sheet: &Sheet,
    sent: &Answers,
    by: &str,
    via: &str,
) -> store::Result<()> {
    let own = one.own_answers();
    // Compared with their own earlier answers only: what others recorded is not theirs to see or to undo.
    let changed = changes(sheet, sent, &own, &own);
    keep_facts(w, &one.case, &changed, by, via)
}

fn draw(permit: &Permit<AnswerRequests>, one: &Addressed, opened: &[(LinkFor, Opened)]) -> Response {
    let accepted = opened.iter().all(|(_, o)| o.form.is_accepted());
    let body = html! {
        @for (_, open) in opened { (error_summary(&open.form)) }
        @for (_, open) in opened { (drafts::notice(open)) }
        h1 class="govuk-heading-l" { "Request to " (one.sent.name) }
        p class="govuk-body" { (state_tag(one)) " Sent by " (one.sent.sent_by) ", " (clock::moment_words(one.sent.sent_at)) "." }
        h2 class="govuk-heading-m" { "What you are told" }
        (packet(&one.sent.packet))
        @for (purpose, open) in opened {
            @let sheet = for_partner(one.sent.doctor, purpose.key());
            @let what = instance(one, *purpose);
            h2 class="govuk-heading-m" { (purpose.words()) }
            form method="post" action=(format!("/requests/{}/{}", one.sent.id, purpose.key())) novalidate data-draft=(format!("/drafts/{}", open.id)) {
                (drafts::fields(&what, open))
                (partner_inputs(sheet, &open.form, *purpose))
                (button(if *purpose == LinkFor::Answer { "Send the answer" } else { "Record this" }, Emphasis::Primary))
            }
        }
    };
    let shell = Shell {
        title: if accepted { "Request" } else { "Error: Request" },
        room: "/requests",
        before: Some(back_link("Requests", "/requests")),
        identity: Some(identity_told(one)),
        wide: false,
    };
    let status = if accepted { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, page(permit, shell, body)).into_response()
}

/// The fields of a partner's form. Two forms stand on one page and share the doctor's name: where it is asked with the answer,
/// it is not asked again.
pub(super) fn partner_inputs(sheet: &'static Sheet, form: &Form, _: LinkFor) -> Markup {
    inputs(sheet, form)
}
