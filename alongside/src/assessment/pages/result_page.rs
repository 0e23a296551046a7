//! What a filled questionnaire says, and what it does not.

use super::parts::{how, person_page, total_words};
use crate::access::Permit;
use crate::access::policy::{Assess, ViewClinical};
use crate::assessment::desk::Desk;
use crate::assessment::questionnaire::score_again;
use crate::assessment::responses::{Filled, Found, Prompt, find, versions_of};
use crate::clock;
use crate::ids::ResponseId;
use crate::web::components::{
    Caption, Column, Emphasis, Form, SummaryRow, button_group, button_link, details, inset_text,
    summary_list, table, warning_text,
};
use crate::web::{Page, PageError};
use axum::Extension;
use axum::extract::Path;
use instruments::model::Instrument;
use instruments::{Answer, Finding, Met, Points, Score};
use maud::{Markup, html};
use std::sync::Arc;

pub(super) async fn show(
    permit: Permit<ViewClinical>,
    Path(id): Path<ResponseId>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    let (found, versions) = permit
        .read(move |r| {
            let Some(found) = find(r, id)? else { return Err(PageError::NotFound) };
            let versions = versions_of(r, &found)?;
            Ok((found, versions))
        })
        .await?;
    let back = match found.filled.assessment {
        Some(assessment) => format!("/assessments/{assessment}"),
        None => format!("/people/{}/questionnaires", found.person.id()),
    };
    let title = if found.filled.assessment.is_some() { "The assessment" } else { "Questionnaires" };
    let body = body(&permit, &desk, &found, &versions);
    Ok(person_page(&permit, &found.person, &found.filled.name, (title, &back), &Form::blank(), body))
}

fn body(permit: &Permit<ViewClinical>, desk: &Desk, found: &Found, versions: &[Filled]) -> Markup {
    let f = &found.filled;
    let again = score_again(desk, f);
    html! {
        h1 class="govuk-heading-l" { (f.name) span class="govuk-caption-l" { (clock::day_words(f.filled_on)) } }
        @if let Some(wrong) = &found.wrong { (warning_text(&format!("Entered in error, says {}, {}: {}. It counts nowhere.", wrong.by, clock::moment_words(wrong.at), wrong.reason))) }
        (prompts(f))
        p class="govuk-body-l" { (total_words(f)) }
        @match &again {
            Some((instrument, score)) => { (meaning(score)) (answers(instrument, f)) },
            None => { @if !f.assessor.is_empty() { p class="govuk-body" { "Assessed by " (f.assessor) "." } } },
        }
        p class="govuk-body" { (how(f)) ", " (clock::moment_words(f.at)) "." }
        (inset_text(html! { p class="govuk-body" { "A score informs; it is no diagnosis, it predicts nobody's future, and it closes no case. A person decides." } }))
        @if let Some((instrument, score)) = &again { (details("How the result came about, and where it is from", ground(instrument, score))) }
        @if found.wrong.is_none() { (actions(permit, found)) }
        @if versions.len() > 1 { (earlier(versions)) }
    }
}

fn prompts(f: &Filled) -> Markup {
    html! {
        @if f.has_open_prompt() {
            (warning_text("An answer about self-harm is still to be talked about."))
            p class="govuk-body" { a class="govuk-link" href=(format!("/questionnaires/{}/now", f.id)) { "Say what was done" } }
        }
        @for answer in f.prompts.iter().filter(|p| !p.is_open()).flat_map(|p: &Prompt| p.answers.iter()) {
            (inset_text(html! { p class="govuk-body" { strong { (answer.done.words()) } ", " (answer.by) ", " (clock::moment_words(answer.at)) ": " span class="al-typed" { (answer.words) } } }))
        }
    }
}

fn meaning(score: &Score) -> Markup {
    let rows: Vec<SummaryRow<'_>> = score
        .subscales
        .iter()
        .map(|s| {
            let band = score
                .bands
                .iter()
                .find(|b| b.scale == s.id)
                .map_or(String::new(), |b| format!(", {}", b.label));
            SummaryRow::new(
                &s.name,
                match s.value {
                    Some(value) => html! { (Points(value)) " of " (Points(s.range.1)) (band) },
                    None => html! { "No value: answers are missing" },
                },
            )
        })
        .collect();
    html! {
        @for warning in &score.warnings { (warning_text(warning)) }
        @if !score.positives.is_empty() {
            h2 class="govuk-heading-m" { "Published cut-offs" }
            ul class="govuk-list govuk-list--bullet" { @for f in &score.positives { li { (finding(f)) } } }
        }
        @if !rows.is_empty() { h2 class="govuk-heading-m" { "Parts" } (summary_list(&rows)) }
    }
}

fn finding(f: &Finding) -> Markup {
    let met = match f.met {
        Met::Met => "passed",
        Met::NotMet => "not passed",
        Met::CannotTell => "can't be told while answers are missing",
    };
    html! { strong { (f.cut_off) ": " (met) ". " } @if f.met != Met::Met { "If passed: " } (f.words) @if let Some(source) = &f.source { span class="al-muted" { " (" (source) ")" } } }
}

fn answers(i: &Instrument, f: &Filled) -> Markup {
    let rows: Vec<Vec<Markup>> = i
        .items
        .iter()
        .map(|item| {
            let answer = match f.answers.get(&item.id) {
                Some(Answer::Value(value)) => {
                    let label = item.choice(*value).map_or("", |c| c.label.as_str());
                    if item.is_yes_no() || label == value.to_string() {
                        html! { (label) }
                    } else {
                        html! { (value) " " (label) }
                    }
                }
                Some(Answer::NotApplicable) => html! { "Does not apply" },
                _ => html! { span class="al-muted" { "No answer" } },
            };
            vec![html! { (item.id) ". " (item.text.as_ref().unwrap_or(&item.label)) }, answer]
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Answers as given" }
        (table(Caption::Hidden("Answers as given"), &[Column::words("Item"), Column::words("Answer")], &rows))
    }
}

fn ground(i: &Instrument, score: &Score) -> Markup {
    html! {
        ul class="govuk-list govuk-list--bullet" { @for line in &score.explanation { li { (line) } } }
        @for note in &i.notes { p class="govuk-body" { (note) } }
        p class="govuk-body" { "Version " (i.version) ". " a class="govuk-link" href=(format!("/instruments/{}", i.id)) { "Sources and licence of " (i.name) } }
        @if let Some(line) = &i.licence.attribution { p class="govuk-body-s" { (line) } }
    }
}

fn actions(permit: &Permit<ViewClinical>, found: &Found) -> Markup {
    let f = &found.filled;
    let mut buttons = vec![button_link(
        "Over time",
        Emphasis::Secondary,
        &format!("/people/{}/questionnaires/{}", found.person.id(), f.instrument),
    )];
    if permit.may::<Assess>() {
        buttons.push(button_link(
            "Correct it",
            Emphasis::Secondary,
            &format!("/questionnaires/{}/correct", f.id),
        ));
        buttons.push(button_link(
            "It was entered in error",
            Emphasis::Secondary,
            &format!("/questionnaires/{}/error", f.id),
        ));
    }
    button_group(&buttons)
}

fn earlier(versions: &[Filled]) -> Markup {
    let rows: Vec<Vec<Markup>> = versions
        .iter()
        .map(|v| {
            vec![
                html! { (v.version) },
                html! { (clock::moment_words(v.at)) ", " (v.by) },
                html! { (total_words(v)) },
                html! { span class="al-typed" { (v.reason) } },
                html! { (changed(v, versions)) },
            ]
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Versions" }
        (table(Caption::Hidden("Versions, newest first"), &[Column::figures("Version"), Column::words("When and who"), Column::words("Result"), Column::words("Why"), Column::words("Answers that changed")], &rows))
    }
}

/// Which items differ from the version before.
fn changed(v: &Filled, versions: &[Filled]) -> String {
    let Some(before) = versions.iter().find(|b| b.version == v.version - 1) else { return String::new() };
    let items: Vec<String> = v
        .answers
        .iter()
        .filter(|(item, answer)| before.answers.get(*item) != Some(*answer))
        .map(|(item, _)| format!("item {item}: {} → {}", given(before, item), given(v, item)))
        .collect();
    items.join("; ")
}

fn given(f: &Filled, item: &str) -> String {
    f.answer(item).map_or_else(|| "no answer".into(), |value| value.to_string())
}
