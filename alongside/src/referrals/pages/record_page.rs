//! Writing down what became of a referral: one form for each thing that can happen. Opened as drafts; sent twice is sent once.

use super::parts::{find, shell, status, text, titled};
use super::record_fields::{fields, read};
use crate::access::policy::FollowReferrals;
use crate::access::{App, Permit};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::set_when;
use crate::ids::ReferralId;
use crate::people::Person;
use crate::referrals::following::{chase, keep, offer};
use crate::referrals::record::{Referral, What};
use crate::referrals::state::State;
use crate::web::components::{
    Emphasis, button, button_group, button_link, details, error_summary, inset_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::html;

/// What can be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// What the service said.
    Answer,
    /// We answered what they asked.
    Answered,
    /// An appointment was offered.
    Appointment,
    /// Whether the person came.
    Attendance,
    /// We ask again.
    Chase,
    /// Somebody goes with them.
    Accompanies,
    /// It ends.
    Close,
    /// We take it back.
    Revoke,
    /// Anything else.
    Note,
}

impl Act {
    const ALL: [(Act, &'static str, &'static str); 9] = [
        (Act::Answer, "answer", "What the service said"),
        (Act::Answered, "answered", "We answered their question"),
        (Act::Appointment, "appointment", "Appointment offered"),
        (Act::Attendance, "attendance", "Whether they came"),
        (Act::Chase, "chase", "Ask again"),
        (Act::Accompanies, "accompanies", "Somebody goes with them"),
        (Act::Close, "close", "What came of it, and close"),
        (Act::Revoke, "revoke", "Take the referral back"),
        (Act::Note, "note", "A note"),
    ];

    pub(super) fn key(self) -> &'static str {
        Self::ALL.iter().find(|(act, ..)| *act == self).map_or("", |(_, key, _)| key)
    }

    pub(super) fn title(self) -> &'static str {
        Self::ALL.iter().find(|(act, ..)| *act == self).map_or("", |(.., title)| title)
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, k, _)| *k == key).map(|(act, ..)| *act)
    }

    /// What can be written down now, the likeliest first.
    pub(super) fn fitting(referral: &Referral, now: Timestamp) -> Vec<Act> {
        let overdue = referral.overdue_days(now).is_some();
        let first: &[Act] = match referral.state(now) {
            State::Sent | State::Acknowledged | State::Waiting if overdue => &[Act::Chase, Act::Answer],
            State::Sent | State::Acknowledged | State::Waiting => &[Act::Answer, Act::Chase],
            State::Asked => &[Act::Answered, Act::Answer],
            State::Accepted if overdue => &[Act::Chase, Act::Appointment],
            State::Accepted => &[Act::Appointment, Act::Chase],
            State::Booked => &[Act::Attendance, Act::Accompanies],
            State::Passed => &[Act::Attendance, Act::Appointment],
            State::Missed => &[Act::Appointment, Act::Close],
            State::Attended => &[Act::Close, Act::Appointment],
            State::Declined => &[Act::Close, Act::Answer],
            State::Closed | State::Revoked | State::Transferred => return vec![Act::Note],
        };
        let open = referral.open_appointment().is_some();
        let rest = Self::ALL.iter().map(|(act, ..)| *act).filter(|act| {
            !first.contains(act)
                && match act {
                    Act::Attendance | Act::Accompanies => open,
                    Act::Answered => false,
                    _ => true,
                }
        });
        first.iter().copied().chain(rest).collect()
    }
}

fn instance(id: ReferralId, act: Act) -> Instance {
    Instance {
        form: "Referral, what became of it",
        subject: format!("referral {id} {}", act.key()),
        href: format!("/referrals/{id}/record/{}", act.key()),
    }
}

/// What the settings allow on these forms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ways {
    /// E-mail leaves.
    pub(super) email: bool,
    /// Text messages leave.
    pub(super) text: bool,
}

impl Ways {
    pub(super) fn of(app: &App) -> Self {
        let email = app.config.post.server.is_some();
        Self { email, text: email && app.config.post.text_gateway.is_some() }
    }
}

pub(super) async fn form(
    permit: Permit<FollowReferrals>,
    Extract(app): Extract<App>,
    Path((id, act)): Path<(ReferralId, String)>,
) -> Page {
    let Some(act) = Act::from_key(&act) else { return Err(PageError::NotFound) };
    let (person, referral) = find(&permit, id).await?;
    let now = clock::now();
    if !Act::fitting(&referral, now).contains(&act) {
        return Ok(Redirect::to(&format!("/referrals/{id}")).into_response());
    }
    let account = permit.account_id();
    let mut opened = permit.read(move |r| drafts::open(r, account, &instance(id, act))).await?;
    if opened.continued_from.is_none() {
        match act {
            Act::Appointment => {}
            _ => set_when(&mut opened.form, "at", now),
        }
        if act == Act::Chase {
            opened.form.set("email", referral.sent_to.clone());
        }
    }
    Ok(draw(&permit, &person, &referral, act, Ways::of(&app), &opened))
}

pub(super) async fn send(
    permit: Permit<FollowReferrals>,
    Extract(app): Extract<App>,
    Path((id, act)): Path<(ReferralId, String)>,
    Sent(mut form): Sent,
) -> Page {
    let Some(act) = Act::from_key(&act) else { return Err(PageError::NotFound) };
    let (person, referral) = find(&permit, id).await?;
    let (now, ways) = (clock::now(), Ways::of(&app));
    let words = text(&mut form, "words", "In words", 4_000);
    let said = read(act, &mut form, &referral, &words, ways, now);
    if !form.is_accepted() {
        return Ok(draw(&permit, &person, &referral, act, ways, &drafts::reopened(&form)));
    }
    let what = instance(id, act);
    let there = permit
        .write(move |w| {
            let href = format!("/referrals/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            for new in &said.happened {
                match new.what {
                    What::Appointment => offer(w, &referral, new, said.reminder.as_ref()).map(drop)?,
                    What::Chased => chase(w, &referral, new, &said.chase_to)?,
                    _ => keep(w, &referral, new).map(drop)?,
                }
            }
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

fn draw(
    permit: &Permit<FollowReferrals>,
    person: &Person,
    referral: &Referral,
    act: Act,
    ways: Ways,
    opened: &Opened,
) -> Response {
    let (form, id) = (&opened.form, referral.id);
    let base = format!("/referrals/{id}");
    let label = match act {
        Act::Revoke => ("Take it back", Emphasis::Warning),
        Act::Chase => ("Ask again", Emphasis::Primary),
        _ => ("Save", Emphasis::Primary),
    };
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (act.title()) }
        p class="govuk-body" { "Referral to " (referral.service_name) "." }
        @if act == Act::Revoke { (inset_text(html! { "The service sees nothing of it any more through its link. What was told stays told: ring them." })) }
        form method="post" action=(format!("{base}/record/{}", act.key())) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&instance(id, act), opened))
            (fields(act, form, referral, ways))
            (button_group(&[button(label.0, label.1), button_link("Cancel", Emphasis::Secondary, &base)]))
        }
        @if act == Act::Chase { (details("What the letter says", html! { p class="govuk-body al-typed" { (crate::referrals::making::CHASER) } })) }
    };
    let title = titled(form, act.title());
    (status(form), page(permit, shell(person, &title, ("Referral", &base)), body)).into_response()
}
