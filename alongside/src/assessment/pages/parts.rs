//! What several pages of this room show.

use crate::access::{Capability, Permit};
use crate::assessment::chart::Step;
use crate::assessment::needs::{Level, Need};
use crate::assessment::record::{Assessment, Listed};
use crate::assessment::responses::Filled;
use crate::assessment::topics::{self, Topic};
use crate::assessment::versions::{State, Version};
use crate::assessment::{chart, signing};
use crate::clock;
use crate::forms::answer;
use crate::people::{Person, identity_of};
use crate::web::components::{
    Caption, Column, Form, SummaryRow, TagColour, back_link, inset_text, not_known, summary_list, table, tag,
};
use crate::web::{Shell, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use instruments::Points;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A page about a person; with errors in its form it says so in the title and by its status.
pub(super) fn person_page<C: Capability>(
    permit: &Permit<C>,
    person: &Person,
    title: &str,
    back: (&str, &str),
    form: &Form,
    body: Markup,
) -> Response {
    let (status, title) = if form.is_accepted() {
        (StatusCode::OK, title.to_owned())
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, format!("Error: {title}"))
    };
    let shell = Shell {
        title: &title,
        room: "/people",
        before: Some(back_link(back.0, back.1)),
        identity: Some(identity_of(person)),
        wide: false,
    };
    (status, page(permit, shell, body)).into_response()
}

pub(super) fn assessment_href(assessment: &Assessment) -> String {
    format!("/assessments/{}", assessment.id())
}

pub(super) fn topic_href(assessment: &Assessment, topic: &Topic) -> String {
    format!("/assessments/{}/topics/{}", assessment.id(), topic.key())
}

/// How far a topic is.
pub(super) fn state_tag(version: Option<&Version>) -> Markup {
    match version.map(|v| v.state) {
        None => tag(TagColour::Grey, "Not started"),
        Some(State::Begun) => tag(TagColour::Yellow, State::Begun.words()),
        Some(State::Complete) => tag(TagColour::Green, State::Complete.words()),
        Some(State::LeftOut) => tag(TagColour::Purple, State::LeftOut.words()),
    }
}

/// All topics with how far each is, for the side of a topic's page.
pub(super) fn rail(assessment: &Assessment, saved: &BTreeMap<String, Version>, here: &Topic) -> Markup {
    html! {
        nav class="al-rail al-no-print" aria-label="Topics" {
            ul class="govuk-list" {
                @for topic in topics::all() {
                    li {
                        @if topic.key() == here.key() { a class="govuk-link" href=(topic_href(assessment, topic)) aria-current="page" { (topic.title()) } }
                        @else { a class="govuk-link" href=(topic_href(assessment, topic)) { (topic.title()) } }
                        @if let Some(version) = saved.get(topic.key()) { span class="al-rail__state" { (version.state.words()) } }
                    }
                }
                li { a class="govuk-link" href=(format!("{}/needs", assessment_href(assessment))) { "Needs" } }
                li { a class="govuk-link" href=(assessment_href(assessment)) { "All topics" } }
            }
        }
    }
}

/// The answers of a topic; those that were taken over say from where.
pub(super) fn answers_shown(topic: &Topic, version: &Version) -> Markup {
    html! {
        @for part in topic.sheet.parts {
            @let rows: Vec<SummaryRow<'_>> = part.questions.iter().filter_map(|q| {
                answer(q, &version.answers).map(|value| SummaryRow::new(q.label, html! {
                    (value)
                    @if let Some(from) = version.confirmed.get(q.key) { p class="govuk-body-s al-muted al-said" { (from) ". Confirmed as still right." } }
                }))
            }).collect();
            @if !rows.is_empty() {
                @if !part.title.is_empty() { h3 class="govuk-heading-s" { (part.title) } }
                (summary_list(&rows))
            }
        }
        @let open = topic.sheet.questions().count() - version.answers.answered(&topic.sheet);
        @if open > 0 { p class="govuk-body-s al-muted" { (open) " of " (topic.sheet.questions().count()) " questions have no answer: not asked, which is not “no”." } }
    }
}

/// The needs as a table.
pub(super) fn needs_table(needs: &[Need], href: Option<&dyn Fn(&Need) -> String>) -> Markup {
    let mut columns = vec![
        Column::words("Area"),
        Column::words("Level"),
        Column::words("Need and plan"),
        Column::words("By whom"),
        Column::words("By when"),
    ];
    if href.is_some() {
        columns.push(Column::words("Change"));
    }
    let rows: Vec<Vec<Markup>> = needs
        .iter()
        .map(|n| {
            let text = |t: &str| if t.is_empty() { not_known() } else { html! { span class="al-typed" { (t) } } };
            let mut row = vec![
                html! { (n.area()) },
                html! { (n.said.level.words()) @if n.said.level == Level::NotKnown { span class="govuk-visually-hidden" { " level" } } },
                text(&n.said.plan),
                text(&n.said.by_whom),
                text(&n.said.by_when),
            ];
            if let Some(href) = href {
                row.push(html! { a class="govuk-link" href=(href(n)) { "Change" span class="govuk-visually-hidden" { " need: " (n.area()) } } });
            }
            row
        })
        .collect();
    table(Caption::Hidden("Needs"), &columns, &rows)
}

/// Who signed, and what was not asked.
pub(super) fn signature_shown(assessment: &Assessment) -> Markup {
    let Some(s) = &assessment.about.signature else { return html! {} };
    html! {
        (inset_text(html! {
            p class="govuk-body" { "Signed by " strong { (s.by) } ", " (clock::moment_words(s.at)) "." }
            @if !s.no_need_reason.is_empty() { p class="govuk-body" { "No need found: " span class="al-typed" { (s.no_need_reason) } } }
            @if !s.not_asked.is_empty() { p class="govuk-body" { "Not asked: " (s.not_asked.join("; ")) "." } }
            @for c in &s.countersignatures {
                p class="govuk-body" { "Countersigned by " strong { (c.by) } ", " (clock::moment_words(c.at)) @if !c.words.is_empty() { ": " span class="al-typed" { (c.words) } } "." }
            }
            @if s.changed_at > s.at { p class="govuk-body" { "Corrected since, last " (clock::moment_words(s.changed_at)) "." } }
            @if s.waits_for_countersignature() { p class="govuk-body" { strong { "Waits for a countersignature" } @if !s.countersignatures.is_empty() { ", because it was corrected after the last one" } "." } }
        }))
    }
}

/// How far an assessment is, as a tag.
pub(super) fn listed_tag(listed: &Listed) -> Markup {
    let colour = match &listed.signature {
        None => TagColour::Yellow,
        Some(s) if signing::Signature::waits_for_countersignature(s) => TagColour::Orange,
        Some(_) => TagColour::Green,
    };
    tag(colour, listed.state())
}

/// "17 of 27, moderately severe", or what can be said while answers are missing.
pub(super) fn total_words(filled: &Filled) -> String {
    let band = if filled.band.is_empty() { String::new() } else { format!(", {}", filled.band) };
    match (filled.total, filled.lower_bound, filled.out_of) {
        (Some(total), _, Some(out_of)) => format!("{} of {}{band}", Points(total), Points(out_of)),
        (Some(total), _, None) => format!("{}{band}", Points(total)),
        (None, Some(low), Some(_)) => {
            format!("No total: answers are missing. At least {}{band}", Points(low))
        }
        _ if !filled.result.is_empty() => filled.result.clone(),
        _ => "No total is published; see the answers".into(),
    }
}

/// Fillings as a table, newest first.
pub(super) fn steps_table(steps: &[Step<'_>], marks: bool) -> Markup {
    let mut columns = vec![Column::words("Filled in"), Column::words("Result")];
    if marks {
        columns.push(Column::words("Against the first"));
    }
    columns.push(Column::words("How"));
    let rows: Vec<Vec<Markup>> = steps
        .iter()
        .rev()
        .map(|step| {
            let f = step.filled;
            let mut row = vec![
                html! { a class="govuk-link" href=(format!("/questionnaires/{}", f.id)) { (clock::day_words(f.filled_on)) } },
                html! { (total_words(f)) },
            ];
            if marks {
                row.push(html! {
                    @match &step.change {
                        Some(change) => { (signed(change.points)) @let mark = chart::mark(Some(change)); @if !mark.is_empty() { ", " (mark) } },
                        None => { span class="al-muted" { @if f.total.is_some() { "The first" } @else { "Can't be compared" } } },
                    }
                });
            }
            row.push(html! { (how(f)) });
            row
        })
        .collect();
    table(Caption::Hidden("Every time it was filled in"), &columns, &rows)
}

fn signed(points: Points) -> String {
    if points.0 > 0.0 { format!("+{points}") } else { points.to_string() }
}

/// How it was filled in, in words.
pub(super) fn how(filled: &Filled) -> String {
    let mut parts = Vec::new();
    if !filled.mode.is_empty() {
        parts.push(crate::assessment::questionnaire::mode_words(&filled.mode).to_owned());
    }
    if !filled.language.is_empty() {
        parts.push(filled.language.clone());
    }
    parts.push(format!("kept by {}", filled.by));
    parts.join("; ")
}
