//! Parts that several pages of this room share.

use crate::access::policy::MakeReferrals;
use crate::access::{Capability, Permit};
use crate::clock;
use crate::ids::ReferralId;
use crate::people::{Person, identity_of};
use crate::referrals::reading::find_referral;
use crate::referrals::record::Referral;
use crate::referrals::state::{Silence, State};
use crate::triage::Section;
use crate::web::components::{Form, TagColour, back_link, tag};
use crate::web::{PageError, Shell};
use axum::http::StatusCode;
use jiff::Timestamp;
use maud::{Markup, html};

/// The frame of a page about a person.
pub(super) fn shell<'a>(person: &Person, title: &'a str, back: (&str, &str)) -> Shell<'a> {
    Shell {
        title,
        room: "/referrals",
        before: Some(back_link(back.0, back.1)),
        identity: Some(identity_of(person)),
        wide: false,
    }
}

/// OK, or that what was sent can't be used yet.
pub(super) fn status(form: &Form) -> StatusCode {
    if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// The title, which says first when something is wrong.
pub(super) fn titled(form: &Form, title: &str) -> String {
    if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") }
}

/// Trimmed, and refused where it is too long.
pub(super) fn text(form: &mut Form, name: &str, label: &str, longest: usize) -> String {
    let sent = form.value(name).trim().to_owned();
    if sent.chars().count() > longest {
        form.refuse(name, format!("{label}: shorten to {longest} characters"));
    }
    sent
}

/// A referral in scope, with its person.
pub(super) async fn find<C: Capability>(
    permit: &Permit<C>,
    id: ReferralId,
) -> Result<(Person, Referral), PageError> {
    permit.read(move |r| find_referral(r, id)).await?.ok_or(PageError::NotFound)
}

/// Whether the reader may see what the service was told.
pub(super) fn may_see_packet<C: Capability>(permit: &Permit<C>, referral: &Referral) -> bool {
    permit.holds_in::<MakeReferrals>(referral.project.into())
}

/// How far it is, as a tag.
pub(in crate::referrals) fn state_tag(state: State) -> Markup {
    let colour = match state {
        State::Sent | State::Acknowledged | State::Waiting => TagColour::Blue,
        State::Asked | State::Passed | State::Accepted => TagColour::Orange,
        State::Missed | State::Declined => TagColour::Red,
        State::Booked => TagColour::Blue,
        State::Attended => TagColour::Green,
        State::Closed | State::Revoked | State::Transferred => TagColour::Grey,
    };
    tag(colour, state.words())
}

/// What is due next, with the day, and that it is overdue.
pub(in crate::referrals) fn next_words(referral: &Referral, now: Timestamp) -> Markup {
    let Some(next) = referral.next(now) else { return html! {} };
    let today = clock::london_day(now);
    html! {
        @if next.on < today {
            @let days = (today - next.on).get_days();
            (tag(TagColour::Red, &format!("Overdue by {days} {}", if days == 1 { "day" } else { "days" })))
            " " (next.what) ", was due " (clock::day_words(next.on))
            @if next.silence == Silence::Theirs { ": no word from the service" }
            "."
        } @else if next.on == today {
            (tag(TagColour::Orange, "Today")) " " (next.what) "."
        } @else {
            (next.what) " by " (clock::day_words(next.on)) "."
        }
    }
}

/// What was told, part by part.
pub(super) fn packet(sections: &[Section]) -> Markup {
    html! {
        @for section in sections {
            h3 class="govuk-heading-s govuk-!-margin-bottom-1" { (section.heading) }
            ul class="govuk-list" { @for line in &section.lines { li class="al-typed" { (line) } } }
        }
    }
}
