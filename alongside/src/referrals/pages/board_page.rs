//! Open referrals, by what is due and what was promised.

use super::parts::{next_words, state_tag};
use crate::access::policy::ViewReferrals;
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::people;
use crate::referrals::reading::referrals_since;
use crate::referrals::record::Referral;
use crate::referrals::state::{Silence, State};
use crate::web::components::{Chip, ChipGroup, ChipState, Stat, empty_state, filter_chips, stats};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

/// How long what has ended stays on the list.
const ENDED_HOURS: i64 = 24 * 28;

/// Which referrals are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Open,
    Silent,
    Ours,
    Ahead,
    Ended,
}

impl Show {
    const ALL: [(Show, &'static str, &'static str); 5] = [
        (Show::Open, "open", "All open"),
        (Show::Silent, "silent", "No word by the promised day"),
        (Show::Ours, "ours", "Overdue with us"),
        (Show::Ahead, "ahead", "Appointment ahead"),
        (Show::Ended, "ended", "Ended, last four weeks"),
    ];

    fn holds(self, referral: &Referral, now: Timestamp) -> bool {
        let (state, overdue) = (referral.state(now), referral.overdue_days(now).is_some());
        let silence = referral.next(now).map(|next| next.silence);
        match self {
            Show::Open => state.is_open(),
            Show::Silent => overdue && silence == Some(Silence::Theirs),
            Show::Ours => overdue && silence == Some(Silence::Ours),
            Show::Ahead => state == State::Booked,
            Show::Ended => !state.is_open(),
        }
    }
}

/// The filter in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    show: String,
}

struct Row {
    referral: Referral,
    name: String,
}

pub(super) async fn show(permit: Permit<ViewReferrals>, Query(asked): Query<Asked>) -> Page {
    let (show, key, _) = Show::ALL.into_iter().find(|(_, key, _)| *key == asked.show).unwrap_or(Show::ALL[0]);
    let now = clock::now();
    let (rows, counts) = permit.read(move |r| rows(r, show, now)).await?;
    let chips = Show::ALL
        .iter()
        .zip(&counts)
        .map(|((_, one, words), count)| Chip {
            text: words,
            count: Some(*count),
            href: format!("/referrals?show={one}"),
            state: if *one == key { ChipState::On } else { ChipState::Off },
            key: None,
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Referrals" }
        (stats(&[
            Stat { label: "open", figure: counts[0].to_string(), href: Some("/referrals".into()) },
            Stat { label: "no word by the promised day", figure: counts[1].to_string(), href: Some("/referrals?show=silent".into()) },
            Stat { label: "overdue with us", figure: counts[2].to_string(), href: Some("/referrals?show=ours".into()) },
        ]))
        (filter_chips(&[ChipGroup { name: "Show", chips }], 3, None))
        @if rows.is_empty() { (nothing(show)) }
        @else { ol class="al-worklist" { @for row in &rows { (shown(row, now)) } } }
        p class="govuk-body" {
            a class="govuk-link" href="/referrals/services" { "Referrals by service: answers, waiting, attended" } br;
            a class="govuk-link" href="/directory" { "Directory of services" }
        }
    };
    Ok(page(&permit, Shell { title: "Referrals", room: "/referrals", ..Shell::default() }, body))
}

/// Rows in the order of the list, what is longest overdue first; and how many each filter holds.
fn rows(
    r: &mut Reader<'_, ViewReferrals>,
    show: Show,
    now: Timestamp,
) -> store::Result<(Vec<Row>, [usize; 5])> {
    let since = now.checked_sub(SignedDuration::from_hours(ENDED_HOURS)).unwrap_or(now);
    let all = referrals_since(r, since)?;
    let counts = Show::ALL.map(|(one, ..)| all.iter().filter(|referral| one.holds(referral, now)).count());
    let shown: Vec<_> = all.into_iter().filter(|referral| show.holds(referral, now)).collect();
    let names = people::names(r, shown.iter().map(|referral| referral.person))?;
    // Not in scope any more: nobody here may know the name.
    let mut rows: Vec<Row> = shown
        .into_iter()
        .filter_map(|referral| {
            let name = names.get(&referral.person)?.clone();
            Some(Row { referral, name })
        })
        .collect();
    rows.sort_by_key(|row| (row.referral.next(now).map(|next| next.on), row.referral.sent_at));
    if show == Show::Ended {
        rows.reverse();
    }
    r.saw(Event::new("list of referrals opened", "referral", "list").with(format!("{} rows", rows.len())));
    Ok((rows, counts))
}

fn nothing(show: Show) -> Markup {
    match show {
        Show::Open => empty_state(
            "No referral is open",
            html! { p class="govuk-body" { "A referral is made from a person’s page." } },
        ),
        Show::Silent => empty_state("Every service has answered in time", html! {}),
        Show::Ours => empty_state("Nothing is overdue with us", html! {}),
        Show::Ahead => empty_state("No appointment lies ahead", html! {}),
        Show::Ended => empty_state("None ended in the last four weeks", html! {}),
    }
}

fn shown(row: &Row, now: Timestamp) -> Markup {
    let referral = &row.referral;
    let age = (clock::london_day(now) - clock::london_day(referral.sent_at)).get_days();
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/referrals/{}", referral.id)) { (row.name) } }
            p class="govuk-body govuk-!-margin-bottom-1" { (state_tag(referral.state(now))) " " (referral.service_name) ", sent " (clock::day_words(clock::london_day(referral.sent_at))) ", " (age) " " (if age == 1 { "day" } else { "days" }) " ago" }
            p class="govuk-body govuk-!-margin-bottom-1" { (next_words(referral, now)) }
        }
    }
}
