//! Sending a request to a partner service. The ledger is asked before anything is shown to be sent, and again where it is sent.

use super::part_page::find;
use super::parts::{Both, shell, status};
use crate::access::Permit;
use crate::access::policy::Triage;
use crate::clock;
use crate::consent::{Ruling, Stop, Under, Ways, interruption};
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::ids::{PartnerId, PsychiatricId, RequestId};
use crate::screening;
use crate::triage::case::Case;
use crate::triage::packet::{Section, sections};
use crate::triage::partners::{Partner, partners_of};
use crate::triage::reading::triage_by_id;
use crate::triage::sending::{may_tell, send};
use crate::triage::subject::Subject;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, button, button_link, checkboxes, error_summary, inset_text,
    interruption_card, radios, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// Which service, for which doctor.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct To {
    #[serde(default)]
    partner: String,
    #[serde(default)]
    doctor: String,
}

impl To {
    fn doctor(&self) -> i64 {
        if self.doctor == "2" { 2 } else { 1 }
    }
}

/// What is needed to send to one service.
struct Ready {
    partner: Partner,
    ruling: Option<Ruling>,
    sections: Vec<Section>,
}

fn instance(case: &Case, to: &To) -> Instance {
    Instance {
        form: "Request to a partner service",
        subject: format!("psychiatric {} partner {} doctor {}", case.id, to.partner, to.doctor()),
        href: href(case, to),
    }
}

fn href(case: &Case, to: &To) -> String {
    format!("/psychiatry/{}/send?partner={}&doctor={}", case.id, to.partner, to.doctor())
}

async fn services(permit: &Permit<Triage>, case: &Case) -> Result<Vec<Partner>, PageError> {
    let project = case.project;
    Ok(permit.read(move |r| partners_of(r, project)).await?)
}

async fn ready(
    permit: &Permit<Triage>,
    subject: &Subject,
    case: &Case,
    to: &To,
) -> Result<Option<Ready>, PageError> {
    let chosen: Option<PartnerId> = to.partner.parse().ok();
    let Some(partner) = services(permit, case).await?.into_iter().find(|p| Some(p.id) == chosen) else {
        return Ok(None);
    };
    let (subject, case, service) = (subject.clone(), case.clone(), partner.clone());
    let (ruling, sections) = permit
        .read(move |r| {
            let ruling = may_tell(r, &subject, &service, clock::now())?;
            let decided = case.triage.map(|id| triage_by_id(r, id)).transpose()?.flatten();
            let screenings = screening::of(r, &subject.about)?;
            let newest = screenings.iter().find(|s| s.entry.seen == screening::Seen::Seen);
            Ok::<_, store::Error>((ruling, sections(&subject, &case, decided.as_ref(), newest)))
        })
        .await?;
    Ok(Some(Ready { partner, ruling, sections }))
}

pub(super) async fn form(
    permit: Permit<Triage>,
    Path(id): Path<PsychiatricId>,
    Query(to): Query<To>,
    rules: Both,
) -> Page {
    let (subject, case) = find(&permit, id, &rules).await?;
    let Some(ready) = ready(&permit, &subject, &case, &to).await? else {
        let services = services(&permit, &case).await?;
        return Ok(choose(&permit, &subject, &case, &services));
    };
    match &ready.ruling {
        Some(Ruling::Allowed { .. }) => {
            let (account, what) = (permit.account_id(), instance(&case, &to));
            let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
            if opened.continued_from.is_none() {
                // Who, where and what for are the least that can be answered; what is clinical is chosen part by part.
                opened.form.set_all("part", &["who".into(), "where".into(), "question".into()]);
            }
            Ok(draw(&permit, &subject, &case, &to, &ready, &opened))
        }
        Some(Ruling::Stop(stop)) => Ok(stopped(&permit, &subject, &case, Some(stop))),
        None => Ok(stopped(&permit, &subject, &case, None)),
    }
}

pub(super) async fn send_it(
    permit: Permit<Triage>,
    Path(id): Path<PsychiatricId>,
    rules: Both,
    Sent(mut form): Sent,
) -> Page {
    let (subject, case) = find(&permit, id, &rules).await?;
    let to = To { partner: form.value("partner").to_owned(), doctor: form.value("doctor").to_owned() };
    let Some(ready) = ready(&permit, &subject, &case, &to).await? else { return Err(PageError::NotFound) };
    let limits = match &ready.ruling {
        Some(Ruling::Allowed { limits, .. }) => limits.clone(),
        Some(Ruling::Stop(stop)) => return Ok(stopped(&permit, &subject, &case, Some(stop))),
        None => return Ok(stopped(&permit, &subject, &case, None)),
    };
    let mut packet: Vec<Section> =
        ready.sections.iter().filter(|s| form.values("part").contains(&s.key)).cloned().collect();
    let more = form.value("more").trim().chars().take(4_000).collect::<String>();
    if !more.is_empty() {
        packet.push(Section {
            key: "more".into(),
            heading: "From the sender".into(),
            lines: more.lines().map(str::to_owned).collect(),
        });
    }
    if !packet.iter().any(|s| s.key == "who") {
        form.refuse("part", "Tick “Who”: the service must know about whom it is asked");
    }
    if !limits.is_empty() && form.value("kept") != "yes" {
        form.refuse("kept", "Say that what you send keeps to what the person agreed to");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &case, &to, &ready, &drafts::reopened(&form)));
    }
    let (request, what, doctor) = (RequestId::fresh(), instance(&case, &to), to.doctor());
    let (whom, about, partner) = (subject.clone(), case.clone(), ready.partner);
    let sent = permit
        .write(move |w| {
            let href = format!("/psychiatry/{id}#sent-{request}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            match send(w, &whom, &about, &partner, request, doctor, &packet)? {
                Ok(()) => Ok(href),
                // Nothing of this unit stays: the form is not sent, and the card says why.
                Err(stop) => Err(NotSent::Stopped(stop)),
            }
        })
        .await;
    match sent {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(NotSent::Stopped(stop)) => Ok(stopped(&permit, &subject, &case, stop.as_ref())),
        Err(NotSent::Store(error)) => Err(error.into()),
    }
}

/// Why a sending did not happen.
enum NotSent {
    Stopped(Option<Stop>),
    Store(store::Error),
}

impl From<store::Error> for NotSent {
    fn from(error: store::Error) -> Self {
        NotSent::Store(error)
    }
}

fn frame(permit: &Permit<Triage>, subject: &Subject, case: &Case, title: &str, body: Markup) -> Response {
    let back = format!("/psychiatry/{}", case.id);
    page(permit, shell(subject, title, Some(("Psychiatric assessment", &back))), body)
}

fn choose(permit: &Permit<Triage>, subject: &Subject, case: &Case, services: &[Partner]) -> Response {
    let mut form = Form::blank();
    form.set(
        "doctor",
        if case.latest("d1-answer").is_some_and(|f| f.answer == "accepted") { "2" } else { "1" },
    );
    if let [only] = services {
        form.set("partner", only.id.to_string());
    }
    let ids: Vec<String> = services.iter().map(|p| p.id.to_string()).collect();
    let hints: Vec<String> = services
        .iter()
        .map(|p| {
            let promised = p
                .reply_hours
                .map_or("No promised time".to_owned(), |h| format!("Promises an answer within {h} hours"));
            format!("{}. {promised}. {}", p.kind_words(), p.contact)
        })
        .collect();
    let choices: Vec<Choice<'_>> = services
        .iter()
        .zip(ids.iter().zip(&hints))
        .map(|(p, (id, hint))| Choice { hint: Some(hint), ..Choice::new(id, &p.name) })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Send to a partner service" }
        @if services.is_empty() { (inset_text(html! { "No partner service is on the list of this project yet. A manager or the administrator adds them under “Partner services”." })) }
        @else {
            form method="get" action=(format!("/psychiatry/{}/send", case.id)) novalidate {
                (radios(&form.field("partner", "Which service?").with_size(LabelSize::Medium), Layout::Small, &choices))
                (radios(&form.field("doctor", "Asked for").with_size(LabelSize::Small), Layout::Inline, &[Choice::new("1", "Doctor 1"), Choice::new("2", "Doctor 2")]))
                (button("Continue", Emphasis::Primary))
            }
        }
    };
    frame(permit, subject, case, "Send to a partner service", body)
}

/// The card that stands where something was about to be sent.
fn stopped(permit: &Permit<Triage>, subject: &Subject, case: &Case, stop: Option<&Stop>) -> Response {
    let back = format!("/psychiatry/{}", case.id);
    let body = match (stop, subject.person_id()) {
        (Some(stop), Some(person)) => {
            interruption(stop, &Ways { person, what: "Sending this request", back: &back })
        }
        _ => interruption_card(
            "Don’t send it yet",
            html! {
                p class="govuk-body" { "Telling a partner service needs the person’s consent, and none is recorded on this line." }
                p class="govuk-body" { "Nothing was sent. First say who stands on this line; then record what the person says about telling the mental health trust." }
            },
            html! {
                (button_link("Say who this is", Emphasis::Inverse, &format!("{}/compare", subject.base())))
                a class="govuk-link govuk-link--inverse" href=(back) { "Go back without sending" }
            },
        ),
    };
    frame(permit, subject, case, "Not sent", body)
}

fn draw(
    permit: &Permit<Triage>,
    subject: &Subject,
    case: &Case,
    to: &To,
    ready: &Ready,
    opened: &Opened,
) -> Response {
    let (form, what) = (&opened.form, instance(case, to));
    let limits = match &ready.ruling {
        Some(Ruling::Allowed { limits, .. }) => limits.as_str(),
        _ => "",
    };
    let overridden = matches!(&ready.ruling, Some(Ruling::Allowed { under: Under::Override(_), .. }));
    // Word for word beside its box: nobody ticks what they have not read.
    let words: Vec<String> = ready.sections.iter().map(|s| s.lines.join(" · ")).collect();
    let parts: Vec<Choice<'_>> = ready
        .sections
        .iter()
        .zip(&words)
        .map(|(s, words)| Choice { hint: Some(words), ..Choice::new(&s.key, &s.heading) })
        .collect();
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Request to " (ready.partner.name) }
        @if overridden { (warning_text("Without the person’s consent: a reason to tell was recorded, and holds for now. Send only what that reason needs.")) }
        @else if limits.is_empty() { p class="govuk-body" { "The person agreed that this service may be told. What you send goes into the ledger." } }
        @else { (warning_text(&format!("The person agreed in part. Only this may be said: {limits}"))) }
        form method="post" action=(format!("/psychiatry/{}/send", case.id)) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="partner" value=(to.partner);
            input type="hidden" name="doctor" value=(to.doctor());
            (checkboxes(&form.field("part", "Which of these are sent?").with_size(LabelSize::Medium).with_hint("Each is sent as it stands here. Send what the answer needs, no more"), Layout::Small, &parts))
            (textarea(&form.field("more", "Anything else they need to know").with_size(LabelSize::Small), 4))
            @if !limits.is_empty() { (checkboxes(&form.field("kept", "The person’s limit").with_size(LabelSize::Small), Layout::Small, &[Choice::new("yes", "What I send keeps to what the person agreed to")])) }
            (button("Send, and note it in the ledger", Emphasis::Primary))
        }
    };
    let title = if form.is_accepted() {
        "Request to a partner service"
    } else {
        "Error: Request to a partner service"
    };
    (status(form), frame(permit, subject, case, title, body)).into_response()
}
