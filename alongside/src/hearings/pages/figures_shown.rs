//! The court figures of one person, each with its working.

use crate::clock;
use crate::web::components::{Caption, Column, SummaryRow, details, summary_list, table};
use jiff::civil::Date;
use maud::{Markup, html};
use measures::court::{Adjournment, Figures, Length, Reason, Spell, SpellEnd, Standing};

fn count(n: i64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Remand days, adjournments, time to disposal.
pub(super) fn figures(figures: &Figures, as_of: Date) -> Markup {
    let (remand, adjourned) = (&figures.remand, &figures.adjournments);
    let held = format!(
        "{}, of which {} awaiting a report",
        count(remand.days, "day", "days"),
        count(remand.awaiting_report, "day", "days")
    );
    let put_off = format!(
        "{}, {} in all",
        count(number(adjourned.count), "adjournment", "adjournments"),
        count(adjourned.days, "day", "days")
    );
    html! {
        h2 class="govuk-heading-m" id="figures" { "Figures" }
        p class="govuk-body al-muted" { "As they stand on " (clock::day_words(as_of)) ", from the hearings below. What nobody recorded is not counted as nothing." }
        (summary_list(&[
            SummaryRow::new("Remand", html! {
                p class="govuk-body govuk-!-margin-bottom-1" { (held) @if remand.running { ", still running" } "." }
                @if remand.not_known > 0 { p class="govuk-body govuk-!-margin-bottom-1" { "Not known: " (count(remand.not_known, "day", "days")) "." } }
                @if !remand.spells.is_empty() { (details("How remand days were worked out", spells(&remand.spells))) }
            }),
            SummaryRow::new("Adjournments", html! {
                p class="govuk-body govuk-!-margin-bottom-1" {
                    (put_off) "."
                    @if adjourned.with_length < adjourned.count { " " (count(number(adjourned.count - adjourned.with_length), "has", "have")) " no length yet." }
                    " For a report: " (adjourned.for_report) @if adjourned.for_report > 0 { ", " (count(adjourned.report_days, "day", "days")) } "."
                }
                @if figures.without_result > 0 { p class="govuk-body govuk-!-margin-bottom-1" { (count(number(figures.without_result), "hearing", "hearings")) " without a result." } }
                @if !adjourned.list.is_empty() { (details("How adjournments were worked out", adjournments(&adjourned.list))) }
            }),
            SummaryRow::new("First listing to disposal", html! {
                @if figures.cases.is_empty() { "No hearing yet." }
                @for case in &figures.cases {
                    p class="govuk-body govuk-!-margin-bottom-1" {
                        (case.case) ": "
                        @match case.disposed {
                            Some(day) => { (count(case.days, "day", "days")) " (" (clock::day_words(case.first_listed)) " to " (clock::day_words(day)) ")" }
                            None => { (count(case.days, "day", "days")) " so far, from " (clock::day_words(case.first_listed)) "; it goes on" }
                        }
                        @if let Some(day) = case.sent_to_crown { "; to the Crown Court on " (clock::day_words(day)) }
                        "."
                    }
                }
                p class="govuk-body al-muted govuk-!-margin-bottom-0" { "From the first hearing we know of." }
            }),
        ]))
    }
}

fn spells(list: &[Spell]) -> Markup {
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|spell| {
            let end = match spell.end {
                SpellEnd::NextHearing => "next hearing",
                SpellEnd::DayFixed => "the day fixed; no hearing is recorded",
                SpellEnd::StillRunning => "still running",
            };
            vec![
                html! { (spell.case) },
                html! { (clock::day_words(spell.from)) " to " (clock::day_words(spell.until)) ", " (end) },
                html! { (match spell.standing {
                    Standing::Hospital => "in hospital",
                    Standing::NotKnown => "not known",
                    _ => "in custody",
                }) },
                html! { (reason(spell.reason)) },
                html! { (spell.days()) },
            ]
        })
        .collect();
    html! {
        p class="govuk-body" { "From each hearing that left the person held to the next one of the case. The first day counts, the last does not; a day counts once, however many cases." }
        (table(
            Caption::Hidden("Time between hearings"),
            &[Column::words("Case"), Column::words("From, to"), Column::words("Held"), Column::words("Waiting for"), Column::figures("Days")],
            &rows,
        ))
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::PsychiatricReport => "psychiatric or medical report",
        Reason::PreSentenceReport => "pre-sentence report",
        Reason::Other => "something else",
        Reason::NotKnown => "not known",
    }
}

fn adjournments(list: &[Adjournment]) -> Markup {
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|one| {
            let until = match one.length {
                Length::ToNextListed(day) => format!("{}, the next hearing listed", clock::day_words(day)),
                Length::ToDayFixed(day) => format!("{}, the day fixed", clock::day_words(day)),
                Length::ToBeFixed => "a date to be fixed".to_owned(),
                Length::NotSaid => "not said".to_owned(),
            };
            vec![
                html! { (one.cases.join(", ")) },
                html! { (clock::day_words(one.on)) },
                html! { (until) },
                html! { (reason(one.reason)) },
                html! { (one.days().map_or_else(|| "–".to_owned(), |days| days.to_string())) },
            ]
        })
        .collect();
    html! {
        p class="govuk-body" { "Hearings before disposal after which the case came back to the same level of court. Cases put off together are one. Going to the Crown Court is none." }
        (table(
            Caption::Hidden("Adjournments"),
            &[Column::words("Case"), Column::words("On"), Column::words("To"), Column::words("For"), Column::figures("Days")],
            &rows,
        ))
    }
}
