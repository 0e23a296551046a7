//! Did people reach help? By service, for referrals made in a period.

use crate::access::Permit;
use crate::access::policy::ViewReferrals;
use crate::audit::Event;
use crate::clock;
use crate::referrals::codes::{DECLINES, words_in};
use crate::referrals::figures::{ByService, by_service};
use crate::referrals::reading::referrals_between;
use crate::web::components::{
    Caption, Chip, ChipGroup, ChipState, Column, Stat, back_link, details, empty_state, filter_chips, stats,
    table,
};
use crate::web::{Page, Shell, csv_answer, csv_text, page};
use axum::extract::Query;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use measures::referrals::{Days, Figures};
use serde::Deserialize;

/// Periods that can be chosen: key, words, days back.
const PERIODS: [(&str, &str, i64); 3] =
    [("quarter", "Last 13 weeks", 91), ("half", "Last 26 weeks", 182), ("year", "Last 52 weeks", 364)];

/// The period in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    period: String,
}

fn start_of(day: Date) -> Timestamp {
    day.to_zoned(clock::london()).map_or(Timestamp::MIN, |at| at.timestamp())
}

async fn found(
    permit: &Permit<ViewReferrals>,
    asked: &Asked,
) -> Result<(usize, Date, Figures, Vec<ByService>), store::Error> {
    let chosen = PERIODS.iter().position(|(key, ..)| *key == asked.period).unwrap_or(2);
    let now = clock::now();
    let today = clock::london_day(now);
    let from = today.saturating_sub(PERIODS[chosen].2.days());
    let referrals = permit
        .read(move |r| {
            r.saw(Event::new("figures of referrals opened", "referral", "figures"));
            referrals_between(r, start_of(from), now)
        })
        .await?;
    let (all, services) = by_service(&referrals, today);
    Ok((chosen, from, all, services))
}

fn middle(days: &Days) -> String {
    days.median().map_or_else(|| "–".into(), |m| format!("{m} ({} known)", days.count()))
}

fn of(part: usize, whole: usize) -> String {
    if whole == 0 { "–".into() } else { format!("{part} of {whole}") }
}

pub(super) async fn show(permit: Permit<ViewReferrals>, Query(asked): Query<Asked>) -> Page {
    let (chosen, from, all, services) = found(&permit, &asked).await?;
    let chips = PERIODS
        .iter()
        .enumerate()
        .map(|(i, (key, words, _))| Chip {
            text: words,
            count: None,
            href: format!("/referrals/services?period={key}"),
            state: if i == chosen { ChipState::On } else { ChipState::Off },
            key: None,
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Referrals by service" }
        (filter_chips(&[ChipGroup { name: "Sent in", chips }], 3, None))
        @if all.made == 0 { (empty_state("No referral was sent in this time", html! {})) }
        @else {
            p class="govuk-body" { "Referrals sent since " (clock::day_words(from)) ", each followed to today. What is open is counted as open, not as a failure." }
            (stats(&[
                Stat { label: "made", figure: all.made.to_string(), href: None },
                Stat { label: "accepted, of those answered", figure: of(all.accepted, all.answered), href: None },
                Stat { label: "attended, of those accepted", figure: of(all.attended, all.accepted), href: None },
                Stat { label: "attended, of all made", figure: of(all.attended, all.made), href: None },
                Stat { label: "no answer by the promised day", figure: of(all.late, all.made - all.taken_back), href: Some("/referrals?show=silent".into()) },
            ]))
            (by_service_table(&services))
            (reasons(&all))
            (details("What each figure is", html! {
                p class="govuk-body" { "Days are the middle one (median), with how many are known. Accepted counts waiting lists. Late: no answer by the promised day, whether one came afterwards or not. Attended: a first appointment was attended." }
                p class="govuk-body" { "The definitions, version 1, with cases worked by hand, stand in the managers’ guide under “Referral figures”. Few referrals to a service say little about it." }
            }))
            p class="govuk-body" { a class="govuk-link" href=(format!("/referrals/services.csv?period={}", PERIODS[chosen].0)) { "These figures as a CSV file" } }
        }
    };
    let shell = Shell {
        title: "Referrals by service",
        room: "/referrals",
        before: Some(back_link("Referrals", "/referrals")),
        wide: true,
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn by_service_table(services: &[ByService]) -> Markup {
    let columns = [
        Column::words("Service"),
        Column::figures("Made"),
        Column::figures("Accepted"),
        Column::figures("Declined"),
        Column::figures("Open"),
        Column::figures("Late"),
        Column::figures("Days to answer"),
        Column::figures("Days to first appointment"),
        Column::figures("Attended, of accepted"),
        Column::figures("Not kept"),
    ];
    let rows: Vec<Vec<Markup>> = services
        .iter()
        .map(|one| {
            let f = &one.figures;
            vec![
                html! { a class="govuk-link" href=(format!("/directory/{}", one.service)) { (one.name) } },
                html! { (f.made) },
                html! { (f.accepted) },
                html! { (f.declined.values().sum::<usize>()) },
                html! { (f.waiting + f.silent) },
                html! { (f.late) },
                html! { (middle(&f.to_answer)) },
                html! { (middle(&f.to_first_appointment)) },
                html! { (of(f.attended, f.accepted)) },
                html! { (f.missed.values().sum::<usize>()) },
            ]
        })
        .collect();
    table(Caption::Shown("By service, most referrals first"), &columns, &rows)
}

fn reasons(all: &Figures) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Why not" }
        @if all.declined.is_empty() { p class="govuk-body" { "No service declined." } }
        @else {
            p class="govuk-body" { "Declined because:" }
            ul class="govuk-list govuk-list--bullet" { @for (why, n) in &all.declined { li { (words_in(DECLINES, why)) ": " (n) } } }
        }
        @if all.missed.is_empty() { p class="govuk-body" { "Every appointment that passed was kept." } }
        @else {
            p class="govuk-body" { "Appointments not kept, by whose reason:" }
            ul class="govuk-list govuk-list--bullet" { @for (whose, n) in &all.missed { li { (whose.words()) ": " (n) } } }
        }
        @if all.chased > 0 { p class="govuk-body" { "We asked again " (all.chased) " times." } }
    }
}

pub(super) async fn csv(permit: Permit<ViewReferrals>, Query(asked): Query<Asked>) -> Page {
    let (_, from, _, services) = found(&permit, &asked).await?;
    let heading = [
        "service",
        "sent since",
        "made",
        "taken back",
        "answered",
        "accepted",
        "declined",
        "waiting",
        "silent",
        "late",
        "days to answer, median",
        "days to first appointment, median",
        "attended",
        "appointments not kept",
        "asked again",
    ];
    let number = |days: &Days| days.median().map(|m| m.to_string()).unwrap_or_default();
    let rows: Vec<Vec<String>> = services
        .iter()
        .map(|one| {
            let f = &one.figures;
            vec![
                one.name.clone(),
                from.to_string(),
                f.made.to_string(),
                f.taken_back.to_string(),
                f.answered.to_string(),
                f.accepted.to_string(),
                f.declined.values().sum::<usize>().to_string(),
                f.waiting.to_string(),
                f.silent.to_string(),
                f.late.to_string(),
                number(&f.to_answer),
                number(&f.to_first_appointment),
                f.attended.to_string(),
                f.missed.values().sum::<usize>().to_string(),
                f.chased.to_string(),
            ]
        })
        .collect();
    Ok(csv_answer("referrals-by-service.csv", csv_text(&heading, &rows)?))
}
