//! One referral: how far it is, what is due next, everything that happened, and what can be done now.

use super::parts::{find, may_see_packet, next_words, packet, shell, state_tag};
use super::record_page::Act;
use crate::access::policy::{FollowReferrals, MakeReferrals, ViewReferrals};
use crate::access::{App, Permit};
use crate::clock;
use crate::ids::{ReferralEventId, ReferralId};
use crate::links::{self, Purpose};
use crate::post::{Message, messages_about};
use crate::referrals::codes::{PRIORITIES, REASONS, SENT_BY, words_in};
use crate::referrals::following::{New, keep};
use crate::referrals::making::{ANSWER_PATH, withdrawn_since};
use crate::referrals::record::{Happened, Referral, What};
use crate::referrals::state::State;
use crate::web::components::{
    Choice, Emphasis, Event, Form, HeadingLevel, Input, LabelSize, SummaryRow, button, button_link, details,
    panel, post_button, select, summary_list, text_input, timeline, warning_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::{Markup, html};
use uuid::Uuid;

/// Hours that a link made by hand may work.
const HOURS: [i64; 3] = [24, 72, 168];

pub(super) async fn show(permit: Permit<ViewReferrals>, Path(id): Path<ReferralId>) -> Page {
    let (person, referral) = find(&permit, id).await?;
    let mut about: Vec<Uuid> = vec![id.into()];
    about.extend(referral.events.iter().map(|event| Uuid::from(event.id)));
    let (whom, sent) = (person.clone(), referral.clone());
    let (messages, open_links, withdrawn) = permit
        .read(move |r| {
            let links = links::of(r, Purpose::ReferralAnswer, &[id.into()])?;
            let withdrawn = withdrawn_since(r, &whom, &sent, clock::now())?;
            Ok::<_, store::Error>((messages_about(r, &about)?, links, withdrawn))
        })
        .await?;
    let now = clock::now();
    let state = referral.state(now);
    let may_follow = permit.may::<FollowReferrals>();
    let may_make = may_see_packet(&permit, &referral);
    let standing = open_links.iter().filter(|link| link.stands(now)).count();
    let body = html! {
        h1 class="govuk-heading-l" { "Referral to " (referral.service_name) }
        p class="govuk-body" { (state_tag(state)) " " (next_words(&referral, now)) }
        @if let Some(stop) = withdrawn.filter(|_| state.is_open()) {
            (warning_text(&format!("{}, after this was sent. Its link opens no more. Take the referral back, and tell the service.", stop.why.words())))
        }
        @if may_follow { (ways(&referral, state, now)) }
        (facts(&referral))
        @if may_make { (details("What the service was told", html! { h2 class="govuk-visually-hidden" { "What the service was told" } (packet(&referral.packet)) p class="govuk-body" { a class="govuk-link" href=(format!("/referrals/{id}/print")) { "Print it" } } })) }
        h2 class="govuk-heading-m" { "What happened" }
        (history(&referral, &messages, may_follow))
        @if may_make && state.is_open() { (link_form(&referral, standing)) }
    };
    let person_page = format!("/people/{}", person.id());
    Ok(page(&permit, shell(&person, "Referral", ("Person", &person_page)), body))
}

/// What can be done now, the likeliest first.
fn ways(referral: &Referral, state: State, now: Timestamp) -> Markup {
    let base = format!("/referrals/{}", referral.id);
    let acts = Act::fitting(referral, now);
    let (first, rest) = (acts.first(), acts.get(1..).unwrap_or_default());
    html! {
        @if let Some(first) = first {
            div class="govuk-button-group" {
                (button_link(first.title(), Emphasis::Primary, &format!("{base}/record/{}", first.key())))
                @for act in rest.iter().take(2) { (button_link(act.title(), Emphasis::Secondary, &format!("{base}/record/{}", act.key()))) }
            }
        }
        @if rest.len() > 2 || state.is_open() {
            (details("Record something else", html! {
                ul class="govuk-list" {
                    @for act in rest.iter().skip(2) { li { a class="govuk-link" href=(format!("{base}/record/{}", act.key())) { (act.title()) } } }
                    @if state.is_open() { li { a class="govuk-link" href=(format!("/people/{}/referrals/new?instead={}", referral.person, referral.id)) { "Refer to another service instead" } } }
                }
            }))
        }
    }
}

fn facts(referral: &Referral) -> Markup {
    let needs: Vec<&str> = referral.needs.iter().map(|n| crate::assessment::area_words(n)).collect();
    let mut rows = vec![
        SummaryRow::new("For", html! { (needs.join(", ")) }),
        SummaryRow::new(
            "Why and how soon",
            html! { (words_in(REASONS, &referral.reason)) ". " (words_in(PRIORITIES, &referral.priority)) },
        ),
        SummaryRow::new(
            "Sent",
            html! { (clock::moment_words(referral.sent_at)) ", by " (referral.by) ". " (words_in(SENT_BY, &referral.means)) @if !referral.sent_to.is_empty() { ": " (referral.sent_to) } },
        ),
    ];
    if let Some(due) = referral.reply_due {
        rows.push(SummaryRow::new("Answer promised by", html! { (clock::day_words(due)) }));
    }
    if !referral.despite.is_empty() {
        rows.push(SummaryRow::new(
            "Made although the directory says otherwise",
            html! { span class="al-typed" { (referral.despite) } },
        ));
    }
    summary_list(&rows)
}

fn history(referral: &Referral, messages: &[Message], may_follow: bool) -> Markup {
    let mut shown: Vec<(Timestamp, Event<'_>)> = Vec::new();
    let stamps: Vec<String> = referral.events.iter().map(|e| e.recorded_at.to_string()).collect();
    let times: Vec<String> = referral.events.iter().map(|e| clock::moment_words(e.recorded_at)).collect();
    for ((event, stamp), time) in referral.events.iter().zip(&stamps).zip(&times) {
        shown.push((
            event.recorded_at,
            Event {
                title: event.what.words(),
                by: &event.by,
                machine_time: stamp,
                time,
                body: happened(referral, event, may_follow),
            },
        ));
    }
    let sent: Vec<(String, String, String)> = messages
        .iter()
        .map(|m| (m.kind.clone(), m.queued_at.to_string(), clock::moment_words(m.queued_at)))
        .collect();
    for (message, (kind, stamp, time)) in messages.iter().zip(&sent) {
        shown.push((
            message.queued_at,
            Event { title: kind, by: &message.by, machine_time: stamp, time, body: letter(message) },
        ));
    }
    shown.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let events: Vec<Event<'_>> = shown.into_iter().map(|(_, event)| event).collect();
    html! {
        @if events.is_empty() { p class="govuk-body" { "Nothing yet since it was sent." } }
        @else { (timeline(&events, HeadingLevel::Three)) }
    }
}

fn letter(message: &Message) -> Markup {
    html! {
        p class="govuk-body" {
            (message.state.words()) ", to " (message.to)
            @if message.state == crate::post::State::Waiting { ", leaves " (clock::moment_words(message.due_at)) }
            @if let Some(last) = message.tries.last() { " (" (last.words) ", " (clock::moment_words(last.at)) ")" }
            "."
        }
        (details("The text", html! { p class="govuk-body al-typed" { (message.body) } }))
    }
}

fn happened(referral: &Referral, event: &Happened, may_follow: bool) -> Markup {
    let mistaken = referral.is_mistaken(event);
    let undo = may_follow && !mistaken && event.what != What::Mistaken && event.what != What::Transferred;
    html! {
        @if mistaken { p class="govuk-body" { strong { "Written down by mistake: counts for nothing." } } }
        @if event.what == What::Appointment {
            p class="govuk-body" { strong { (clock::weekday_words(clock::london_day(event.at))) ", " (clock::time_words(event.at)) } @if !event.place.is_empty() { ", " (event.place) } }
        }
        @if !event.code.is_empty() { p class="govuk-body" { (event.code_words()) } }
        @if !event.words.is_empty() { p class="govuk-body al-typed" { (event.words) } }
        @if event.via == "service" { p class="govuk-body al-muted" { "Answered by the service, through its link." } }
        @if let (What::Transferred, Some(to)) = (event.what, event.of) { p class="govuk-body" { a class="govuk-link" href=(format!("/referrals/{to}")) { "The referral that took over" } } }
        @if undo {
            form method="post" action=(format!("/referrals/{}/events/{}/mistaken", referral.id, event.id)) {
                button class="govuk-button govuk-button--secondary al-button--small" data-module="govuk-button" { "Written down by mistake" span class="govuk-visually-hidden" { ": " (event.what.words()) } }
            }
        }
    }
}

fn link_form(referral: &Referral, standing: usize) -> Markup {
    let form = Form::blank();
    let hours: Vec<(String, String)> = HOURS
        .iter()
        .map(|h| (h.to_string(), if *h == 24 { "1 day".into() } else { format!("{} days", h / 24) }))
        .collect();
    let choices: Vec<Choice<'_>> = hours.iter().map(|(h, words)| Choice::new(h, words)).collect();
    let base = format!("/referrals/{}", referral.id);
    details(
        "The service’s own page",
        html! {
            p class="govuk-body" {
                @if standing == 0 { "No link stands open." } @else { "A link stands open." }
                " By a link the service answers itself, without an account: accept, waiting list, decline, ask, appointment, attendance."
            }
            form method="post" action=(format!("{base}/link")) novalidate {
                (select(&form.field("hours", "How long it works").with_size(LabelSize::Small), &choices))
                (button("Make a one-time link", Emphasis::Secondary))
            }
            @if standing > 0 { (post_button("Take the link back", "", Emphasis::Warning, &format!("{base}/link/revoke"))) }
        },
    )
}

pub(super) async fn make_link(
    permit: Permit<MakeReferrals>,
    Extract(app): Extract<App>,
    Path(id): Path<ReferralId>,
    Sent(form): Sent,
) -> Page {
    let (person, referral) = find(&permit, id).await?;
    let hours: Option<i64> = form.value("hours").parse().ok().filter(|h| HOURS.contains(h));
    let Some(hours) = hours.filter(|_| referral.state(clock::now()).is_open()) else {
        return Err(PageError::Unusable("Choose how long the link works.".into()));
    };
    let token = permit.write(move |w| links::make(w, Purpose::ReferralAnswer, id.into(), hours)).await?;
    let mut shown = Form::blank();
    shown.set("link", format!("{}{ANSWER_PATH}{token}", app.config.public_url));
    let back = format!("/referrals/{id}");
    let body = html! {
        (panel("One-time link made", html! { "Copy it now: it is not shown again" }))
        (text_input(&shown.field("link", "The link"), Input { autocomplete: Some("off"), ..Input::default() }))
        p class="govuk-body" { "For " (referral.service_name) ". It works once, for " (hours / 24) " day(s). A link made before no longer works." }
        (warning_text("Whoever has this link sees the referral. Send it to a named person by secure e-mail only, never with the person’s name in the same message."))
        (button_link("I have copied it", Emphasis::Primary, &back))
    };
    Ok(page(&permit, shell(&person, "One-time link", ("Referral", &back)), body))
}

pub(super) async fn revoke_link(permit: Permit<MakeReferrals>, Path(id): Path<ReferralId>) -> Page {
    find(&permit, id).await?;
    permit.write(move |w| links::revoke(w, Purpose::ReferralAnswer, id.into())).await?;
    Ok(Redirect::to(&format!("/referrals/{id}")).into_response())
}

pub(super) async fn mistaken(
    permit: Permit<FollowReferrals>,
    Path((id, event)): Path<(ReferralId, ReferralEventId)>,
) -> Page {
    let (_, referral) = find(&permit, id).await?;
    let fits = referral
        .event(event)
        .is_some_and(|e| !matches!(e.what, What::Mistaken | What::Transferred) && !referral.is_mistaken(e));
    if !fits {
        return Err(PageError::NotFound);
    }
    permit
        .write(move |w| {
            keep(w, &referral, &New { of: Some(event.into()), ..New::of(What::Mistaken) }).map(drop)
        })
        .await?;
    Ok(Redirect::to(&format!("/referrals/{id}")).into_response())
}
