//! Referred to us: what waits, overdue and danger first.

use crate::access::Permit;
use crate::access::policy::TakeReferralsIn;
use crate::audit::Event;
use crate::clock;
use crate::referrals_in::codes::{ROLES, SOURCES, words_in};
use crate::referrals_in::on_pages::{state_words, worries};
use crate::referrals_in::reading::open_referrals_in;
use crate::referrals_in::record::ReferralIn;
use crate::web::components::{
    Chip, ChipGroup, ChipState, Emphasis, button_link, empty_state, filter_chips, tag,
};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

/// How long what has ended stays on the list.
const ENDED_HOURS: i64 = 24 * 7;

/// The filter in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
}

pub(super) async fn show(permit: Permit<TakeReferralsIn>, Query(asked): Query<Asked>) -> Page {
    let now = clock::now();
    let since = now.checked_sub(SignedDuration::from_hours(ENDED_HOURS)).unwrap_or(now);
    let mut all = permit
        .read(move |r| {
            r.saw(Event::new("list of referrals in opened", "referral in", "list"));
            open_referrals_in(r, since)
        })
        .await?;
    let ended = asked.show == "ended";
    let open = all.iter().filter(|one| one.standing().is_open()).count();
    let over = all.len() - open;
    all.retain(|one| one.standing().is_open() != ended);
    all.sort_by_key(|one| (one.danger != "yes", !one.is_overdue(now), one.due_at));
    if ended {
        all.sort_by_key(|one| std::cmp::Reverse(one.received_at));
    }
    let chip = |text, key: &str, count, on: bool| Chip {
        text,
        count: Some(count),
        href: format!("/referrals-in{key}"),
        state: if on { ChipState::On } else { ChipState::Off },
        key: None,
    };
    let chips = vec![chip("Open", "", open, !ended), chip("Ended, last week", "?show=ended", over, ended)];
    let body = html! {
        h1 class="govuk-heading-l" { "Referred to us" }
        (filter_chips(&[ChipGroup { name: "Show", chips }], 2, None))
        @if all.is_empty() { (empty_state("Nothing waits", html! { p class="govuk-body" { "Agencies refer by their own account, by a link or by a poster; what comes by telephone or on paper you write down." } })) }
        @else { ol class="al-worklist" { @for one in &all { (row(one, now)) } } }
        (button_link("Write down a referral", Emphasis::Secondary, "/referrals-in/new"))
        p class="govuk-body" { a class="govuk-link" href="/referrals-in/file" { "A file of referrals" } }
        p class="govuk-body" { a class="govuk-link" href="/referrals-in/doors" { "Links and posters for people without an account" } }
    };
    Ok(page(&permit, Shell { title: "Referred to us", room: "/referrals-in", ..Shell::default() }, body))
}

fn row(one: &ReferralIn, now: Timestamp) -> Markup {
    let (colour, words) = state_words(one, now);
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/referrals-in/{}", one.id)) { (one.name) } }
            p class="govuk-body govuk-!-margin-bottom-1" { (tag(colour, &words)) " " (worries(one)) }
            p class="govuk-body govuk-!-margin-bottom-1" {
                (words_in(ROLES, &one.referrer.1)) ", " (words_in(SOURCES, &one.source).to_lowercase()) ", " (clock::moment_words(one.received_at)) "."
                @if let Some(day) = one.hearing_on { " In court on " (clock::day_words(day)) @if !one.hearing_time.is_empty() { ", " (one.hearing_time) } "." }
            }
        }
    }
}
