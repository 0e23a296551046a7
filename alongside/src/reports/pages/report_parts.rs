//! What stands on the page of a report, part by part.

use super::report_page::whom;
use crate::clock;
use crate::forms::when_input;
use crate::reports::followed::FOLLOWED;
use crate::reports::kinds::Kinds;
use crate::reports::oral::Oral;
use crate::reports::record::{ASKERS, Delivery, Recommended, Report, Version};
use crate::reports::sections::{RECOMMENDED, words_of};
use crate::web::components::{
    Caption, Column, Emphasis, Form, Input, SummaryRow, TagColour, button, details, summary_list, table, tag,
    text_input,
};
use jiff::Timestamp;
use maud::{Markup, html};

pub(super) fn request(report: &Report, kinds: &Kinds, now: Timestamp) -> Markup {
    let asked = html! {
        (words_of(&ASKERS, &report.asked_by))
        @if !report.asker.is_empty() { ", " (report.asker) }
        br; (clock::moment_words(report.asked_at)) ", recorded by " (report.by)
    };
    let mut rows = vec![
        SummaryRow::new("Asked for by", asked),
        SummaryRow::new("For", html! { (report.purpose.words()) }),
        SummaryRow::new("Question", html! { span class="al-typed" { (report.question) } }),
    ];
    if let Some(hearing) = report.hearing() {
        rows.push(SummaryRow::new("Hearing", html! {
            @if let Some(day) = hearing.on { (clock::weekday_words(day)) } @else { "Day not known" }
            @if !hearing.time.is_empty() { ", " (hearing.time) }
            @if !hearing.court.is_empty() { br; (hearing.court) }
            @if !hearing.room.is_empty() { ", room " (hearing.room) }
            @if report.hearings.len() > 1 { br; span class="al-muted" { "Moved: earlier ones stay in the record" } }
        }));
        if let Some(due) = hearing.due_at {
            rows.push(SummaryRow::new(
                "Due",
                html! { (crate::reports::below::due_words(due, now)) ": " (hearing.due_why) },
            ));
        }
    }
    let writer = report.writer().map_or_else(
        || html! { "Nobody yet" },
        |w| html! { (w.name) ", since " (clock::moment_words(w.at)) },
    );
    rows.push(SummaryRow::new("Writes", writer));
    if !report.restriction.is_empty() {
        rows.push(SummaryRow::new("Reporting restriction", html! { (report.restriction) }));
    }
    html! {
        h2 class="govuk-heading-m" { "The request" }
        (summary_list(&rows))
        p class="govuk-body-s al-muted" { "Targets are the service’s own setting (" (kinds.version) "), not a national figure." }
    }
}

pub(super) fn versions(report: &Report) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Versions" }
        @if report.versions.is_empty() { p class="govuk-body" { @if report.saves.is_empty() { "Nothing is written yet." } @else { "A draft is there; nothing is signed yet." } } }
        @for version in report.versions.iter().rev() { (version_shown(report, version)) }
    }
}

fn version_shown(report: &Report, version: &Version) -> Markup {
    let base = format!("/reports/{}/versions/{}", report.id, version.number);
    let in_force = report.current().is_some_and(|current| current.number == version.number);
    html! {
        div class="al-sent" {
            h3 class="govuk-heading-s" {
                "Version " (version.number) " "
                @if in_force { (tag(TagColour::Green, "In force")) }
                @else if version.locked.is_none() { (tag(TagColour::Orange, "Waits for countersignature")) }
                @else { (tag(TagColour::Grey, "Replaced")) }
            }
            p class="govuk-body" {
                "Signed by " (version.by) ", " (clock::moment_words(version.signed_at)) "."
                @if let Some(second) = &version.second { br; "Countersigned by " (second.by) ", " (clock::moment_words(second.at)) @if !second.words.is_empty() { ": " (second.words) } "." }
                @if !version.changed.is_empty() { br; "It changes: " span class="al-typed" { (version.changed) } }
            }
            @if let Some(locked) = &version.locked {
                ul class="govuk-list" {
                    li { a class="govuk-link" href=(base) { "Read version " (version.number) } }
                    li { a class="govuk-link" href=(format!("{base}/pdf")) { "PDF of version " (version.number) " (" (locked.pages) @if locked.pages == 1 { " page)" } @else { " pages)" } } }
                    li { a class="govuk-link" href=(format!("{base}/aloud")) { "Read out version " (version.number) } }
                }
                p class="govuk-body-s al-muted al-hash" { "Hash " (locked.hash) }
            }
            @if !version.looked_at.is_empty() {
                (details("What the check pointed out, and its author left as it is", html! { ul class="govuk-list govuk-list--bullet" { @for point in &version.looked_at { li { (point) } } } }))
            }
        }
    }
}

pub(super) fn deliveries(report: &Report, may: bool) -> Markup {
    html! {
        h2 class="govuk-heading-m" id="deliveries" { "Given to" }
        @if report.deliveries.is_empty() { p class="govuk-body" { "Nobody has it yet." } }
        @for delivery in &report.deliveries { (delivery_shown(report, delivery, may)) }
    }
}

fn delivery_shown(report: &Report, delivery: &Delivery, may: bool) -> Markup {
    let mut form = Form::blank();
    crate::forms::set_when(&mut form, "received", clock::now());
    let id = delivery.id;
    // Several such forms stand on a page: the fields of each have names of their own.
    let named = |name: &str| format!("{name}-{id}");
    let (by, note, when) = (named("received-by"), named("note"), named("received"));
    crate::forms::set_when(&mut form, &when, clock::now());
    html! {
        div class="al-sent" id=(format!("delivery-{id}")) {
            h3 class="govuk-heading-s" { (whom(delivery)) ": version " (delivery.version) }
            p class="govuk-body" {
                (clock::moment_words(delivery.at)) ", " (delivery.means.words().to_lowercase())
                @if !delivery.to_role.is_empty() { ", to the " (delivery.to_role) }
                ", by " (delivery.by) "."
                br;
                @match &delivery.receipt {
                    Some(receipt) => { (tag(TagColour::Green, "Acknowledged")) " " (receipt.by) ", " (clock::moment_words(receipt.at)) @if !receipt.note.is_empty() { ": " (receipt.note) } },
                    None => (tag(TagColour::Orange, "Not acknowledged")),
                }
            }
            @if may && delivery.receipt.is_none() {
                (details("They acknowledged it", html! {
                    form method="post" action=(format!("/reports/{}/deliveries/{id}/receipt", report.id)) novalidate {
                        (text_input(&form.field(&by, "Who"), Input { autocomplete: Some("off"), ..Input::default() }))
                        (text_input(&form.field(&note, "What they said"), Input { autocomplete: Some("off"), ..Input::default() }))
                        (when_input(&form, &when, "Day", "Time"))
                        (button("Save", Emphasis::Secondary))
                    }
                }))
            }
        }
    }
}

pub(super) fn outcomes(report: &Report, may: bool) -> Markup {
    let Some(version) = report.current().filter(|version| !version.recommendations.is_empty()) else {
        return html! {};
    };
    let rows: Vec<Vec<Markup>> = version
        .recommendations
        .iter()
        .map(|one| {
            vec![
                html! { (words_of(&RECOMMENDED, &one.kind)) @if !one.words.is_empty() { br; span class="al-typed" { (one.words) } } },
                html! { (answer_shown(report, one)) },
                html! { @if may && one.kind != "none" { a class="govuk-link" href=(format!("/reports/{}/recommendations/{}", report.id, one.id)) { "Record what the court did" span class="govuk-visually-hidden" { ": " (words_of(&RECOMMENDED, &one.kind)) } } } },
            ]
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" id="recommendations" { "Recommendations, and what the court did" }
        (table(Caption::Hidden("Recommendations"), &[Column::words("Recommended"), Column::words("The court"), Column::words("Record")], &rows))
    }
}

fn answer_shown(report: &Report, one: &Recommended) -> Markup {
    html! {
        @match report.answer_to(one) {
            None if one.kind == "none" => "–",
            None => "Nothing recorded yet",
            Some(answer) => {
                (words_of(&FOLLOWED, &answer.answer))
                @if !answer.why.is_empty() { ": " span class="al-typed" { (answer.why) } }
                br; span class="al-muted" { @if !answer.source.is_empty() { (answer.source) ", " } (answer.by) ", " (clock::moment_words(answer.at)) }
            },
        }
    }
}

pub(super) fn spoken(orals: &[Oral]) -> Markup {
    html! {
        @if !orals.is_empty() {
            h2 class="govuk-heading-m" { "Spoken with it" }
            ul class="govuk-list" {
                @for oral in orals { li { a class="govuk-link" href=(format!("/spoken/{}", oral.id)) { "To " (oral.new.recipient.in_a_sentence()) ", " (clock::moment_words(oral.new.said_at)) } ", " (oral.by) } }
            }
        }
    }
}
