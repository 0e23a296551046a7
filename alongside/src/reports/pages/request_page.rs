//! Recording that a report is asked for: by whom, what type, for which hearing.

use super::parts::{Both, shell, status, text, titled};
use crate::access::policy::WriteReports;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::consent::Purpose;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{set_when, typed_when, when_input};
use crate::hearings::{Comes, NextHearing, next_hearing};
use crate::ids::{ListingId, PersonId, ReferralInId, ReportId};
use crate::referrals_in::{ROLES, ReferralIn, referrals_in_about, words_in};
use crate::reports::asked_with::{asker_of, begun_from};
use crate::reports::desk::Desk;
use crate::reports::reading::reports_about;
use crate::reports::record::{ASKERS, Report};
use crate::reports::request::{ForHearing, NewReport, ask};
use crate::screening::time_of;
use crate::triage::{Of, Subject};
use crate::web::components::{
    Choice, Emphasis, Form, Input, InputKind, LabelSize, Layout, TypedDate, Width, button, date_input,
    error_summary, radios, select, text_input, textarea, typed_date,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

/// The referral that asks, from the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct With {
    referral: Option<ReferralInId>,
}

fn instance(subject: &Subject, referral: Option<ReferralInId>) -> Instance {
    let query = referral.map(|id| format!("?referral={id}")).unwrap_or_default();
    Instance {
        form: "Report asked for",
        subject: referral.map_or_else(|| subject.key(), |id| format!("{} referral {id}", subject.key())),
        href: format!("{}/reports/new{query}", subject.base()),
    }
}

/// The referral, where it is the reader's and about this very person.
fn asks(
    r: &mut Reader<'_, WriteReports>,
    subject: &Subject,
    id: Option<ReferralInId>,
) -> store::Result<Option<ReferralIn>> {
    let Some(id) = id else { return Ok(None) };
    let about = referrals_in_about(r, &subject.about.listings, &subject.about.people)?;
    Ok(about.into_iter().find(|one| one.id == id && one.report.is_some()))
}

pub(super) async fn for_line(
    permit: Permit<WriteReports>,
    Path(id): Path<ListingId>,
    Query(with): Query<With>,
    both: Both,
) -> Page {
    show(permit, Of::Line(id), with.referral, both).await
}

pub(super) async fn for_person(
    permit: Permit<WriteReports>,
    Path(id): Path<PersonId>,
    Query(with): Query<With>,
    both: Both,
) -> Page {
    show(permit, Of::Person(id), with.referral, both).await
}

async fn show(permit: Permit<WriteReports>, of: Of, referral: Option<ReferralInId>, both: Both) -> Page {
    let (account, rules) = (permit.account_id(), both.0.clone());
    let found = permit
        .read(move |r| {
            let Some(subject) = of.find(r, &rules)? else { return Ok::<_, store::Error>(None) };
            let asks = asks(r, &subject, referral)?;
            let opened = drafts::open(r, account, &instance(&subject, asks.as_ref().map(|one| one.id)))?;
            let before = reports_about(r, &subject.about)?;
            let next = next_hearing(r, &subject.about, clock::london_day(clock::now()))?;
            Ok(Some((subject, opened, before, next, asks)))
        })
        .await?;
    let Some((subject, mut opened, before, next, asks)) = found else { return Err(PageError::NotFound) };
    if opened.version == 0 {
        fill(&mut opened.form, &subject, next.as_ref());
        if let Some(one) = &asks {
            fill_from(&mut opened.form, one);
        }
    }
    Ok(draw(&permit, &subject, asks.map(|one| one.id), &both.1, &before, &opened))
}

/// What the line tells already: the court, the day, the room, the time; without a line, the next hearing that is known.
fn fill(form: &mut Form, subject: &Subject, next: Option<&NextHearing>) {
    set_when(form, "asked", clock::now());
    form.set("asked-by", "bench");
    form.set("kind", "same-day");
    form.set("court", subject.court().unwrap_or_default());
    if let Some(line) = subject.line() {
        set_day(form, "hearing", line.date);
        form.set("room", line.room.clone().unwrap_or_default());
        form.set("hearing-time", line.starts.clone().unwrap_or_default());
    } else if let Some(next) = next.filter(|next| next.how == Comes::OnDay) {
        set_day(form, "hearing", next.on);
        form.set("court", next.court.clone());
        form.set("room", next.room.clone().unwrap_or_default());
        form.set("hearing-time", next.at.clone().unwrap_or_default());
    }
}

/// What the referral says goes before: who asks, when they asked, what they want to know. By when, they said in words: those
/// stand beside the question, for the writer to make a time of.
fn fill_from(form: &mut Form, one: &ReferralIn) {
    let Some((question, wanted)) = &one.report else { return };
    set_when(form, "asked", one.received_at);
    form.set("asked-by", asker_of(&one.referrer.1));
    let role = words_in(ROLES, &one.referrer.1).to_lowercase();
    form.set("asker", format!("{}, {role}, {}", one.referrer.0, one.referrer.2));
    let wanted = if wanted.is_empty() { String::new() } else { format!("\nWanted: {wanted}") };
    form.set("question", format!("{question}{wanted}"));
    if let (Some(day), "") = (one.hearing_on, form.value("hearing-day")) {
        set_day(form, "hearing", day);
        form.set("hearing-time", one.hearing_time.as_str());
    }
}

pub(super) fn set_day(form: &mut Form, name: &str, day: Date) {
    form.set(&format!("{name}-day"), day.day().to_string());
    form.set(&format!("{name}-month"), day.month().to_string());
    form.set(&format!("{name}-year"), day.year().to_string());
}

pub(super) async fn ask_line(
    permit: Permit<WriteReports>,
    Path(id): Path<ListingId>,
    both: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Line(id), both, form).await
}

pub(super) async fn ask_person(
    permit: Permit<WriteReports>,
    Path(id): Path<PersonId>,
    both: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Person(id), both, form).await
}

async fn send(permit: Permit<WriteReports>, of: Of, both: Both, mut form: Form) -> Page {
    let rules = both.0.clone();
    let referral: Option<ReferralInId> = form.value("referral").parse().ok();
    let found = permit
        .read(move |r| {
            let Some(subject) = of.find(r, &rules)? else { return Ok::<_, store::Error>(None) };
            let before = reports_about(r, &subject.about)?;
            let asks = asks(r, &subject, referral)?.map(|one| one.id);
            Ok(Some((subject, before, asks)))
        })
        .await?;
    let Some((subject, before, asks)) = found else { return Err(PageError::NotFound) };
    let Some(new) = read(&mut form, &both.1, &before, clock::now()) else {
        return Ok(draw(&permit, &subject, asks, &both.1, &before, &drafts::reopened(&form)));
    };
    let (id, what, desk) = (ReportId::fresh(), instance(&subject, asks), both.1.0.clone());
    let kind = desk.kind(&new.kind)?.clone();
    let href = permit
        .write(move |w| {
            let href = format!("/reports/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            ask(w, &subject, id, &new, (&kind, &desk.kinds))?;
            if let Some(referral) = asks {
                begun_from(w, id, referral)?;
            }
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&href).into_response())
}

fn read(form: &mut Form, desk: &Desk, before: &[Report], now: Timestamp) -> Option<NewReport> {
    if desk.kinds.find(form.value("kind")).is_none() {
        form.refuse("kind", "Choose the type of report");
    }
    if !ASKERS.iter().any(|(key, _)| *key == form.value("asked-by")) {
        form.refuse("asked-by", "Say who asks");
    }
    let kind = desk.kinds.find(form.value("kind"));
    // Left open, it is what the type is for.
    let usual = kind.map_or("", |kind| kind.purpose.as_str());
    let purpose =
        Purpose::from_key(if form.value("purpose").is_empty() { usual } else { form.value("purpose") });
    let after = before.iter().map(|report| report.id).find(|id| id.to_string() == form.value("after"));
    if form.value("kind") == "addendum" && after.is_none() && !before.is_empty() {
        form.refuse("after", "Choose the report that this one adds to");
    }
    let asked_at = typed_when(form, "asked", now);
    let hearing = read_hearing(form, now);
    let new = NewReport {
        kind: form.value("kind").to_owned(),
        asked_by: form.value("asked-by").to_owned(),
        asker: text(form, "asker", "Name and role", 200),
        question: text(form, "question", "Question", 4_000),
        restriction: text(form, "restriction", "Reporting restriction", 1_000),
        after,
        hearing,
        purpose: purpose.unwrap_or(Purpose::Bail),
        asked_at: asked_at.unwrap_or(now),
    };
    form.is_accepted().then_some(new)
}

/// The hearing as typed; shared with the page of a moved hearing.
pub(super) fn read_hearing(form: &mut Form, now: Timestamp) -> ForHearing {
    let on = match typed_date(form, "hearing") {
        TypedDate::Is(day) => Some(day),
        TypedDate::Empty => None,
        TypedDate::NotADate => {
            form.refuse("hearing", "Hearing: enter day, month and year in figures, like 27 3 2026");
            None
        }
    };
    let time = text(form, "hearing-time", "Time of the hearing", 40);
    let wanted = form.value("wanted").trim().to_owned();
    let wanted_by = match time_of(&wanted) {
        Some(time) => {
            let day = on.unwrap_or_else(|| clock::london_day(now));
            day.to_datetime(time).to_zoned(clock::london()).ok().map(|at| at.timestamp())
        }
        None if wanted.is_empty() => None,
        None => {
            form.refuse("wanted", "Enter the time on the 24-hour clock, like 11:30");
            None
        }
    };
    ForHearing {
        on,
        time,
        court: text(form, "court", "Court", 200),
        room: text(form, "room", "Room", 40),
        wanted_by,
    }
}

/// The fields of a hearing.
pub(super) fn hearing_fields(form: &Form) -> Markup {
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let short = |kind| Input { kind, width: Width::Five, autocomplete: Some("off") };
    html! {
        (text_input(&form.field("court", "Court"), plain))
        (text_input(&form.field("room", "Room"), short(InputKind::Text)))
        (date_input(&form.field("hearing", "Day of the hearing")))
        (text_input(&form.field("hearing-time", "Time of the hearing").with_hint("Like 10:30. Without it the clock runs by the target of the type"), short(InputKind::Time)))
        (text_input(&form.field("wanted", "Wanted by").with_hint("Only if whoever asks named a time. It goes before every target"), short(InputKind::Time)))
    }
}

fn draw(
    permit: &Permit<WriteReports>,
    subject: &Subject,
    referral: Option<ReferralInId>,
    desk: &Desk,
    before: &[Report],
    opened: &Opened,
) -> Response {
    let (form, what) = (&opened.form, instance(subject, referral));
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let kinds: Vec<Choice<'_>> = desk.kinds.kind.iter().map(|k| Choice::new(&k.key, &k.name)).collect();
    let askers: Vec<Choice<'_>> = ASKERS.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let mut purposes = vec![Choice::new("", "What this type is usually for")];
    purposes.extend(
        [Purpose::Bail, Purpose::Sentence, Purpose::Treatment, Purpose::Support, Purpose::Safety]
            .iter()
            .map(|p| Choice::new(p.key(), p.words())),
    );
    let adds_to = earlier(desk, before);
    let earlier: Vec<Choice<'_>> = adds_to.iter().map(|(id, words)| Choice::new(id, words)).collect();
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Report asked for" }
        form method="post" action=(format!("{}/reports/new", subject.base())) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            @if let Some(id) = referral {
                input type="hidden" name="referral" value=(id);
                p class="govuk-body" { "From " a class="govuk-link" href=(format!("/referrals-in/{id}")) { "a referral to us" } ". Its clock began when the referral came." }
            }
            (radios(&form.field("asked-by", "Who asks?").with_size(LabelSize::Small), Layout::Chips, &askers))
            (text_input(&form.field("asker", "Their name and role").with_hint("District judge, court 2"), plain))
            (radios(&form.field("kind", "Which type?").with_size(LabelSize::Small), Layout::Small, &kinds))
            @if !before.is_empty() { (select(&form.field("after", "It adds to an earlier report"), &earlier)) }
            (textarea(&form.field("question", "What do they want to know?").with_size(LabelSize::Small), 3))
            (select(&form.field("purpose", "For which decision").with_hint("The consent ledger is asked about this very purpose"), &purposes))
            h2 class="govuk-heading-m" { "For which hearing" }
            (hearing_fields(form))
            h2 class="govuk-heading-m" { "Asked when" }
            (when_input(form, "asked", "Day", "Time"))
            (textarea(&form.field("restriction", "Reporting restriction").with_hint("If the court made one. One on the court list is taken over by itself; both are marked on every page"), 2))
            (button("Start the clock", Emphasis::Primary))
        }
    };
    let home = subject.home();
    let title = titled(form, "Report asked for");
    (status(form), page(permit, shell(subject, &title, (home.0, &home.1)), body)).into_response()
}

/// Earlier reports, to be added to: id, words.
fn earlier(desk: &Desk, before: &[Report]) -> Vec<(String, String)> {
    let words = |report: &Report| {
        format!("{}, {}", desk.kinds.name(&report.kind), clock::moment_words(report.asked_at))
    };
    std::iter::once((String::new(), "No".to_owned()))
        .chain(before.iter().map(|report| (report.id.to_string(), words(report))))
        .collect()
}
