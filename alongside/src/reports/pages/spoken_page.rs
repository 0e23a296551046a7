//! The 90-second handover, and recording what was said with it.

use super::parts::{Both, shell, status, stopped, text, titled};
use crate::access::policy::{Capability, WriteReports};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::consent::{Purpose, Recipient, Ruling, Stop};
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{set_when, typed_when, when_input};
use crate::ids::{ListingId, OralId, PersonId};
use crate::morning;
use crate::reports::delivery::{NotDelivered, RECIPIENTS, told_about};
use crate::reports::facts::{Gathered, gather};
use crate::reports::identity::Identity;
use crate::reports::oral::{NewOral, record_oral};
use crate::reports::reading::{reports_about, saved_body};
use crate::reports::record::{ASKERS, Report};
use crate::reports::sections::words_of;
use crate::reports::spoken::{Handover, Who, handover};
use crate::triage::{Of, Subject};
use crate::web::components::{
    Choice, Emphasis, Form, Input, InputKind, LabelSize, Layout, Width, button, error_summary, inset_text,
    print_button, radios, select, text_input, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};

/// Everything the page shows.
struct Seen {
    subject: Subject,
    identity: Identity,
    gathered: Gathered,
    reports: Vec<Report>,
    /// What the newest open report recommends.
    recommendations: Vec<crate::reports::Recommendation>,
    /// May the court be told now, for this purpose?
    ruling: Option<Ruling>,
    purpose: Purpose,
}

fn instance(subject: &Subject) -> Instance {
    Instance { form: "Spoken report", subject: subject.key(), href: format!("{}/spoken", subject.base()) }
}

fn look<C: Capability>(
    r: &mut Reader<'_, C>,
    of: Of,
    rules: &morning::Rules,
    now: Timestamp,
) -> store::Result<Option<Seen>> {
    let Some(subject) = of.find(r, rules)? else { return Ok(None) };
    let about = told_about(r, &subject)?;
    let gathered = gather(r, &subject, about.as_ref())?;
    let reports = reports_about(r, &subject.about)?;
    let newest = reports.iter().find(|report| report.closing.is_none());
    let text = match newest {
        Some(report) => saved_body(r, report.id, report.saves.last().map_or(1, |s| s.version))?,
        None => None,
    };
    let purpose = newest.map_or(Purpose::Bail, |report| report.purpose);
    let ruling = match &about {
        Some(about) => {
            let question = crate::consent::Question { recipient: Recipient::Court, name: "", purpose };
            Some(crate::consent::ask_about(r, about, &question, now)?)
        }
        None => None,
    };
    let restriction = newest.map_or("", |report| report.restriction.as_str());
    let identity = Identity::of(&subject, restriction, clock::london_day(now));
    r.saw(Event::new("handover prepared", "subject", subject.audit_words()));
    let recommendations = text.map(|(_, body, _)| body.recommendations).unwrap_or_default();
    Ok(Some(Seen { subject, identity, gathered, recommendations, ruling, purpose, reports }))
}

fn prepared(seen: &Seen, both: &Both) -> Handover {
    let (identity, kinds) = (&seen.identity, &both.1.kinds);
    let age = identity.born.and_then(|born| clock::age_on(born, clock::london_day(clock::now())));
    let about =
        [age.map(|age| age.to_string()).unwrap_or_default(), identity.sex.clone(), identity.held.clone()];
    let who = Who {
        name: identity.name.clone(),
        about: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        offences: identity.offences.clone(),
        asked: asked(seen),
        today: clock::london_day(clock::now()),
        restrictions: identity.restrictions(),
    };
    handover(
        &who,
        &seen.gathered.facts,
        &seen.recommendations,
        (kinds.words_per_minute, kinds.spoken_seconds),
    )
}

/// "The bench asks: …", of the newest request.
fn asked(seen: &Seen) -> String {
    let newest = seen.reports.iter().find(|report| report.closing.is_none() && !report.question.is_empty());
    newest.filter(|report| report.asked_by != "own").map_or_else(String::new, |report| {
        format!("{} asks: {}", words_of(&ASKERS, &report.asked_by), report.question)
    })
}

pub(super) async fn for_line(permit: Permit<WriteReports>, Path(id): Path<ListingId>, both: Both) -> Page {
    show(permit, Of::Line(id), both).await
}

pub(super) async fn for_person(permit: Permit<WriteReports>, Path(id): Path<PersonId>, both: Both) -> Page {
    show(permit, Of::Person(id), both).await
}

async fn show(permit: Permit<WriteReports>, of: Of, both: Both) -> Page {
    let (account, rules) = (permit.account_id(), both.0.clone());
    let found = permit
        .read(move |r| {
            let Some(seen) = look(r, of, &rules, clock::now())? else { return Ok::<_, store::Error>(None) };
            let opened = drafts::open(r, account, &instance(&seen.subject))?;
            Ok(Some((seen, opened)))
        })
        .await?;
    let Some((seen, mut opened)) = found else { return Err(PageError::NotFound) };
    let prepared = prepared(&seen, &both);
    if opened.version == 0 {
        fill(&mut opened.form, &seen, &prepared);
    }
    Ok(draw(&permit, &seen, &prepared, &opened))
}

fn fill(form: &mut Form, seen: &Seen, prepared: &Handover) {
    form.set("said", prepared.text());
    form.set("to", Recipient::Court.key());
    form.set("purpose", seen.purpose.key());
    form.set("court", seen.subject.court().unwrap_or_default());
    form.set("room", seen.subject.line().and_then(|line| line.room.clone()).unwrap_or_default());
    form.set(
        "report",
        seen.reports.iter().find(|r| r.closing.is_none()).map_or_else(String::new, |r| r.id.to_string()),
    );
    set_when(form, "when", clock::now());
}

pub(super) async fn send_line(
    permit: Permit<WriteReports>,
    Path(id): Path<ListingId>,
    both: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Line(id), both, form).await
}

pub(super) async fn send_person(
    permit: Permit<WriteReports>,
    Path(id): Path<PersonId>,
    both: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Person(id), both, form).await
}

async fn send(permit: Permit<WriteReports>, of: Of, both: Both, mut form: Form) -> Page {
    let rules = both.0.clone();
    let found = permit.read(move |r| look(r, of, &rules, clock::now())).await?;
    let Some(seen) = found else { return Err(PageError::NotFound) };
    let Some(new) = read(&mut form, &seen, clock::now()) else {
        return Ok(draw(&permit, &seen, &prepared(&seen, &both), &drafts::reopened(&form)));
    };
    let (id, what, subject) = (OralId::fresh(), instance(&seen.subject), seen.subject.clone());
    let (typed, form_of) = (form.clone(), what.clone());
    let kept = permit
        .write(move |w| {
            let href = format!("/spoken/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            record_oral(w, &subject, id, &new)?.map_err(Undone::Not)?;
            Ok(href)
        })
        .await;
    match kept {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(Undone::Store(error)) => Err(error.into()),
        Err(Undone::Not(why)) => {
            permit.write(move |w| drafts::keep(w, &form_of, &typed)).await?;
            let stop = if let NotDelivered::Stopped(stop) = &why { Some(stop) } else { None };
            Ok(card(&permit, &seen, stop))
        }
    }
}

/// Why the unit was undone.
enum Undone {
    Store(store::Error),
    Not(NotDelivered),
}

impl From<store::Error> for Undone {
    fn from(error: store::Error) -> Self {
        Undone::Store(error)
    }
}

fn card(permit: &Permit<WriteReports>, seen: &Seen, stop: Option<&Stop>) -> Response {
    let back = format!("{}/spoken", seen.subject.base());
    let body = stopped(&seen.subject, stop, "Recording what you said", &back);
    let frame = shell(&seen.subject, "Not recorded", ("Spoken report", &back));
    (StatusCode::CONFLICT, page(permit, frame, body)).into_response()
}

fn read(form: &mut Form, seen: &Seen, now: Timestamp) -> Option<NewOral> {
    let said = text(form, "said", "What you said", 8_000);
    if said.is_empty() {
        form.refuse("said", "Write down what you said");
    }
    let recipient = Recipient::from_key(form.value("to")).filter(|whom| RECIPIENTS.contains(whom));
    if recipient.is_none() {
        form.refuse("to", "Choose whom you told");
    }
    let purpose = Purpose::from_key(form.value("purpose")).unwrap_or(seen.purpose);
    let said_at = typed_when(form, "when", now);
    let new = NewOral {
        report: seen.reports.iter().map(|r| r.id).find(|id| id.to_string() == form.value("report")),
        said,
        recipient: recipient.unwrap_or(Recipient::Court),
        to_name: text(form, "to-name", "Who they were", 200),
        purpose,
        court: text(form, "court", "Court", 200),
        room: text(form, "room", "Room", 40),
        said_at: said_at.unwrap_or(now),
        questions: text(form, "questions", "Questions", 8_000),
        response: text(form, "response", "Response", 4_000),
    };
    form.is_accepted().then_some(new)
}

fn draw(permit: &Permit<WriteReports>, seen: &Seen, prepared: &Handover, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(&seen.subject));
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Spoken report" }
        @for words in seen.identity.restrictions() { (warning_text(&words)) }
        (ruled(seen.ruling.as_ref()))
        (said(prepared))
        h2 class="govuk-heading-m" { "Record what you said" }
        (record_form(seen, form, &what, opened))
    };
    let home = seen.subject.home();
    let title = titled(form, "Spoken report");
    (status(form), page(permit, shell(&seen.subject, &title, (home.0, &home.1)), body)).into_response()
}

/// Whether the court may be told: said before anybody stands up.
fn ruled(ruling: Option<&Ruling>) -> Markup {
    match ruling {
        Some(Ruling::Allowed { limits, .. }) if limits.is_empty() => {
            html! { p class="govuk-body" { "The court may be told." } }
        }
        Some(Ruling::Allowed { limits, .. }) => {
            warning_text(&format!("The court may be told only this: {limits}"))
        }
        Some(Ruling::Stop(stop)) => warning_text(&format!("Don’t tell the court yet. {}", stop.why.words())),
        None => warning_text("Don’t tell the court yet: nobody knows what the person agrees to"),
    }
}

/// The handover, sentence by sentence with the record it is made of.
fn said(prepared: &Handover) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Handover, " (prepared.seconds) " seconds" }
        div class="al-aloud" {
            ol class="govuk-list" { @for sentence in &prepared.sentences { li { (sentence.words) @if !sentence.source.is_empty() { " " span class="al-muted al-screen-only" { "[" (sentence.source) "]" } } } } }
        }
        @if prepared.risk_left_out > 0 { (warning_text(&format!("Not in it for want of time: {} recorded statements about risk. Read them before you speak.", prepared.risk_left_out))) }
        @if prepared.left_out > 0 { p class="govuk-body" { "Recorded facts that are not in it: " (prepared.left_out) ". They stand on the person’s page." } }
        @if prepared.sentences.len() < 3 { (inset_text(html! { "Little is recorded yet: a screening or a report gives the handover its words." })) }
        (print_button("Print"))
    }
}

fn record_form(seen: &Seen, form: &Form, what: &Instance, opened: &Opened) -> Markup {
    let whom: Vec<Choice<'_>> = RECIPIENTS.iter().map(|w| Choice::new(w.key(), w.words())).collect();
    let purposes: Vec<Choice<'_>> =
        [Purpose::Bail, Purpose::Sentence, Purpose::Treatment, Purpose::Safety, Purpose::Support]
            .iter()
            .map(|p| Choice::new(p.key(), p.words()))
            .collect();
    let ids: Vec<(String, String)> = std::iter::once((String::new(), "None".to_owned()))
        .chain(
            seen.reports
                .iter()
                .map(|r| (r.id.to_string(), format!("Asked for at {}", clock::moment_words(r.asked_at)))),
        )
        .collect();
    let reports: Vec<Choice<'_>> = ids.iter().map(|(id, words)| Choice::new(id, words)).collect();
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let short = Input { kind: InputKind::Text, width: Width::Five, autocomplete: Some("off") };
    html! {
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(what, opened))
            (textarea(&form.field("said", "What you said").with_hint("Change it to what you really said").with_size(LabelSize::Small), 8))
            (radios(&form.field("to", "To whom").with_size(LabelSize::Small), Layout::Chips, &whom))
            (text_input(&form.field("to-name", "Who they were").with_hint("District judge, bench of three"), plain))
            (select(&form.field("purpose", "For which decision"), &purposes))
            (text_input(&form.field("court", "In which court"), plain))
            (text_input(&form.field("room", "Room"), short))
            (when_input(form, "when", "Day", "Time"))
            (textarea(&form.field("questions", "Questions, and what you answered").with_size(LabelSize::Small), 3))
            (textarea(&form.field("response", "The bench’s response").with_size(LabelSize::Small), 2))
            @if reports.len() > 1 { (select(&form.field("report", "It belongs to the written report"), &reports)) }
            (button("Save, and note it in the ledger", Emphasis::Primary))
        }
    }
}
