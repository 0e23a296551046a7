//! Who waits for a report: time left, who writes, how far it is.

use super::parts::Both;
use crate::access::policy::{Capability, KeepLetterheads, ViewClinical, WriteReports};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::referrals_in::{ROLES, ReferralIn, words_in};
use crate::reports::asked_with::asked_with_referrals;
use crate::reports::below::{clock_tag, due_words, state_tag};
use crate::reports::reading::{name_of, reports_since};
use crate::reports::record::{ASKERS, Report};
use crate::reports::sections::words_of;
use crate::reports::state::State;
use crate::web::components::{Chip, ChipGroup, ChipState, empty_state, filter_chips, tag};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

/// How long what is done stays on the list.
const DONE_HOURS: i64 = 24 * 14;

/// Which reports are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Open,
    Second,
    Late,
    Done,
}

impl Show {
    const ALL: [(Show, &'static str, &'static str); 4] = [
        (Show::Open, "open", "Waited for"),
        (Show::Second, "second", "Waits for countersignature"),
        (Show::Late, "late", "Late"),
        (Show::Done, "done", "Delivered, last 14 days"),
    ];

    fn holds(self, report: &Report, now: Timestamp) -> bool {
        let late = report.due().is_some_and(|due| report.delivered_at().unwrap_or(now) > due);
        match self {
            Show::Open => report.is_open(),
            Show::Second => report.newest().is_some_and(|v| v.locked.is_none()) && report.closing.is_none(),
            Show::Late => late && report.closing.is_none(),
            Show::Done => report.state() == State::Delivered,
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
    report: Report,
    name: String,
}

pub(super) async fn show(permit: Permit<ViewClinical>, Query(asked): Query<Asked>, both: Both) -> Page {
    let (show, _, _) = Show::ALL.into_iter().find(|(_, key, _)| *key == asked.show).unwrap_or(Show::ALL[0]);
    let now = clock::now();
    let (rows, asked) = permit
        .read(move |r| Ok::<_, store::Error>((rows(r, show, now)?, asked_with_referrals(r, now)?)))
        .await?;
    let chips = Show::ALL
        .iter()
        .map(|(one, key, words)| Chip {
            text: words,
            count: (*one == show).then_some(rows.len()),
            href: format!("/reports?show={key}"),
            state: if *one == show { ChipState::On } else { ChipState::Off },
            key: None,
        })
        .collect();
    let soon = both.1.kinds.soon_minutes;
    let body = html! {
        h1 class="govuk-heading-l" { "Reports for the court" }
        (filter_chips(&[ChipGroup { name: "Show", chips }], 1, None))
        @if show == Show::Open && permit.may::<WriteReports>() { (not_begun(&asked)) }
        @if show == Show::Open && !asked.is_empty() && !rows.is_empty() && permit.may::<WriteReports>() { h2 class="govuk-heading-m" { "Begun" } }
        @if rows.is_empty() { (nothing(show)) }
        @else { ol class="al-worklist" { @for row in &rows { (shown(row, &both.1.kinds, now, soon)) } } }
        p class="govuk-body" {
            @if permit.may::<WriteReports>() { a class="govuk-link" href="/recommendations" { "What the court made of your recommendations" } }
            @if permit.may::<KeepLetterheads>() { br; a class="govuk-link" href="/letterheads" { "Letterheads" } }
        }
    };
    Ok(page(&permit, Shell { title: "Reports for the court", room: "/reports", ..Shell::default() }, body))
}

/// Asked for with a referral: nobody began it yet.
fn not_begun(asked: &[ReferralIn]) -> Markup {
    html! {
        @if !asked.is_empty() {
            h2 class="govuk-heading-m" { "Asked for with a referral, not begun" }
            ul class="al-worklist" {
                @for one in asked {
                    li class="al-worklist__item" {
                        h3 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/referrals-in/{}", one.id)) { (one.name) } }
                        p class="govuk-body govuk-!-margin-bottom-1" {
                            (words_in(ROLES, &one.referrer.1)) ", " (clock::moment_words(one.received_at)) ". "
                            @if let Some((question, wanted)) = &one.report { span class="al-typed" { (question) } @if !wanted.is_empty() { " Wanted: " (wanted) } }
                        }
                    }
                }
            }
        }
    }
}

/// What is due first stands first.
fn rows<C: Capability>(r: &mut Reader<'_, C>, show: Show, now: Timestamp) -> store::Result<Vec<Row>> {
    let since = now.checked_sub(SignedDuration::from_hours(DONE_HOURS)).unwrap_or(now);
    let mut rows = Vec::new();
    for report in reports_since(r, since)?.into_iter().filter(|report| show.holds(report, now)) {
        // Neither line nor person in scope any more: nobody here may know the name.
        let Some(name) = name_of(r, &report)? else { continue };
        rows.push(Row { report, name });
    }
    rows.sort_by_key(|row| (row.report.due().unwrap_or(Timestamp::MAX), row.report.asked_at));
    if show == Show::Done {
        rows.reverse();
    }
    r.saw(Event::new("list of reports opened", "report", "list").with(format!("{} rows", rows.len())));
    Ok(rows)
}

fn nothing(show: Show) -> Markup {
    match show {
        Show::Open => empty_state(
            "Nobody waits for a report",
            html! { p class="govuk-body" { "A report is asked for from a line of the board or from a person’s page." } },
        ),
        Show::Second => empty_state("Nothing waits for a countersignature", html! {}),
        Show::Late => empty_state("None is late", html! {}),
        Show::Done => empty_state("None was delivered in the last 14 days", html! {}),
    }
}

fn shown(row: &Row, kinds: &crate::reports::Kinds, now: Timestamp, soon: i64) -> Markup {
    let report = &row.report;
    let (colour, words) = clock_tag(report, now, soon);
    let asked = words_of(&ASKERS, &report.asked_by);
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/reports/{}", report.id)) { (row.name) } }
            p class="govuk-body govuk-!-margin-bottom-1" {
                (state_tag(report.state())) " "
                @match report.due().filter(|_| report.is_open()) {
                    Some(due) => span data-until=(due) { (tag(colour, &words)) },
                    None => (tag(colour, &words)),
                }
            }
            p class="govuk-body govuk-!-margin-bottom-1" { (kinds.name(&report.kind)) ". Asked for at " (clock::moment_words(report.asked_at)) ": " (asked) }
            p class="govuk-body govuk-!-margin-bottom-1" {
                @if let Some(hearing) = report.hearing() {
                    @if let Some(day) = hearing.on { "Hearing on " (clock::day_words(day)) @if !hearing.time.is_empty() { ", " (hearing.time) } ". " }
                    @if let Some(due) = hearing.due_at { "Due " (due_words(due, now)) ", " (hearing.due_why) ". " }
                }
                @match report.writer() { Some(writer) => { "Written by " (writer.name) "." }, None => "Nobody writes it yet." }
            }
        }
    }
}
