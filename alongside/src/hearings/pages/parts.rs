//! Parts that several pages of this room share.

use crate::clock;
use crate::hearings::ahead::{KnownFrom, NextHearing, court_name};
use crate::hearings::codes::{Comes, Ended};
use crate::hearings::days::{Day, comes_back_words, put_off_words};
use crate::hearings::heard::{Heard, Pronounced};
use crate::web::components::{TagColour, tag};
use maud::{Markup, html};

/// "Monday 2 March 2026, Thames Magistrates' Court".
pub(super) fn title(heard: &Heard) -> String {
    let court = court_name(&heard.court_code, &heard.court);
    let court = if court.is_empty() { "court not known" } else { &court };
    format!("{}, {court}", clock::weekday_words(heard.on))
}

/// What it ended with, as a tag.
pub fn ended_tag(ended: Ended) -> Markup {
    let colour = match ended {
        Ended::Adjourned | Ended::Continues => TagColour::Blue,
        Ended::ToCrownCourt => TagColour::Purple,
        Ended::Disposed | Ended::NoConviction => TagColour::Green,
        Ended::NotKnown | Ended::NotSaid => TagColour::Grey,
    };
    tag(colour, ended.words())
}

/// That the two voices differ.
pub fn differs_tag(day: &Day) -> Markup {
    html! { @if day.differs_openly() { (tag(TagColour::Red, "Court and colleague differ")) } }
}

/// "Adjourned to 23 March 2026, 10:00, for: Psychiatric or medical report".
fn end_words(heard: &Heard) -> String {
    let mut words = heard.ended.words().to_owned();
    let next = &heard.comes_back;
    match next.how {
        Comes::OnDay => {
            let days = next.on.and_then(|on| heard.on.until(on).ok()).map_or(0, |span| span.get_days());
            let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            words.push_str(&format!(" to {} ({days})", comes_back_words(next)));
        }
        Comes::NotSaid => {}
        _ => words.push_str(&format!(", {}", comes_back_words(next))),
    }
    if heard.put_off.is_said() || !heard.put_off_words.is_empty() {
        words.push_str(&format!(", for: {}", put_off_words(heard)));
    }
    words
}

/// What happened, in a few lines.
pub fn happened(day: &Day) -> Markup {
    let heard = &day.heard;
    html! {
        p class="govuk-body govuk-!-margin-bottom-1" {
            (day.case())
            @for more in heard.cases.iter().skip(1) { ", " (more) }
            @if let Some(kind) = &heard.kind { " · " (kind) }
            @if let Some(why) = &heard.listed_for { " · " (why) }
            @if let Some(application) = &heard.application { @if application.review { " · review of an order" } @if application.breach { " · breach" } }
        }
        p class="govuk-body govuk-!-margin-bottom-1" {
            @if heard.ended.is_said() { (end_words(heard)) "." } @else { (heard.ended.words()) "." }
            @if heard.attended.is_said() { " " (heard.attended.words()) "." }
            @if heard.before.is_said() || heard.after.is_said() { " Before: " (heard.before.words().to_lowercase()) "; after: " (heard.after.words().to_lowercase()) "." }
        }
        @if !heard.results.is_empty() { (results(&heard.results)) }
        @if !heard.terms.is_empty() { p class="govuk-body govuk-!-margin-bottom-1" { "Length and terms: " span class="al-typed" { (heard.terms) } } }
        @if !heard.words.is_empty() { p class="govuk-body al-typed govuk-!-margin-bottom-1" { (heard.words) } }
    }
}

/// Results with their codes and terms.
pub(super) fn results(list: &[Pronounced]) -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" {
            @for result in list {
                li {
                    (result.title())
                    @if let Some(terms) = &result.terms { ": " (terms) }
                    @if let Some(offence) = &result.offence { " " span class="al-muted" { "(" (offence) ")" } }
                }
            }
        }
    }
}

/// "23 March 2026, 10:00, room 2, Thames Magistrates' Court (listed)".
pub fn next_words(next: &NextHearing) -> String {
    let mut words = clock::weekday_words(next.on);
    if next.how == Comes::InWeek {
        words = format!("in the week of {words}");
    }
    if let Some(at) = &next.at {
        words.push_str(&format!(", {at}"));
    }
    if let Some(room) = &next.room {
        words.push_str(&format!(", room {room}"));
    }
    words.push_str(", ");
    words.push_str(if next.court.is_empty() { "court not said" } else { &next.court });
    words.push_str(match next.from {
        KnownFrom::Listed => " (listed)",
        KnownFrom::SaidAtLast => " (as said at the last hearing; not on a list yet)",
    });
    words
}
