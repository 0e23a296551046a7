//! Parts that several pages of the morning share.

use crate::clock;
use crate::morning::line::Preparation;
use crate::morning::markers::Marker;
use crate::morning::rules::MarkerGrade;
use crate::web::components::{Grade, TagColour, marker, tag};
use jiff::Timestamp;
use maud::{Markup, html};

/// The address of a court day.
pub(super) fn day_href(court: &str, date: jiff::civil::Date) -> String {
    format!("/courts/{court}/{date}")
}

pub(super) fn grade(grade: MarkerGrade) -> Grade {
    match grade {
        MarkerGrade::Alert => Grade::Alert,
        MarkerGrade::Warning => Grade::Warning,
        MarkerGrade::Attention => Grade::Attention,
        MarkerGrade::Information => Grade::Information,
    }
}

/// A marker as it stands in a row: name, and where it comes from with its date.
pub(super) fn row_marker(m: &Marker) -> Markup {
    marker(grade(m.grade), &label(m), &short_source(m))
}

/// The label, with the code that alone made it.
pub(super) fn label(m: &Marker) -> String {
    match (m.weak, m.codes.first()) {
        (true, Some(code)) => format!("{} (code {} only)", m.label, code.split(' ').next().unwrap_or(code)),
        _ => m.label.clone(),
    }
}

/// Where it stands, without the place it came from: the opened row tells that.
fn short_source(m: &Marker) -> String {
    let place = ["escort record", "court list", "our register", "court result"]
        .into_iter()
        .find(|p| m.source.starts_with(p));
    let place = place.unwrap_or(&m.source);
    m.at.map_or_else(|| place.to_owned(), |at| format!("{place}, {}", short_day(at)))
}

/// "23 Nov".
pub(super) fn short_day(at: Timestamp) -> String {
    clock::in_london(at).strftime("%-d %b").to_string()
}

pub(super) fn preparation_tag(status: Preparation) -> Markup {
    let colour = match status {
        Preparation::NotStarted => TagColour::Grey,
        Preparation::InProgress => TagColour::Blue,
        Preparation::Complete => TagColour::Green,
        Preparation::NotRequired => TagColour::Purple,
    };
    tag(colour, status.words())
}

/// Warnings every printed page about somebody under 18, or under a reporting restriction, carries.
pub(super) fn restrictions(youth: bool, restriction: Option<&str>) -> Markup {
    html! {
        @if youth { p class="govuk-body govuk-!-font-weight-bold" { "Under 18: their name and anything that identifies them must not be published." } }
        @if let Some(words) = restriction { p class="govuk-body govuk-!-font-weight-bold" { "Reporting restriction: " (words) } }
    }
}
