//! The register of questionnaires: who owns each, what we may use, on what evidence, checked when; and a page for each.

use crate::access::Permit;
use crate::access::policy::ViewInstruments;
use crate::assessment::desk::Desk;
use crate::clock;
use crate::web::components::{
    Caption, Column, SummaryRow, back_link, inset_text, not_known, summary_list, table,
};
use crate::web::{Page, PageError, Shell, page};
use axum::Extension;
use axum::extract::Path;
use instruments::model::{Instrument, Kind};
use instruments::report::{ShowReport, show as report_of};
use instruments::{LicenceEntry, licences};
use maud::{Markup, html};
use std::sync::Arc;

pub(super) async fn list(permit: Permit<ViewInstruments>, Extension(desk): Extension<Arc<Desk>>) -> Page {
    let rows: Vec<Vec<Markup>> = licences(&desk.instruments)
        .iter()
        .map(|l| {
            vec![
                html! { a class="govuk-link" href=(format!("/instruments/{}", l.id)) { (l.name) } },
                html! { strong { (format!("{:?}", l.verdict)) } " " (l.verdict_words) @if let Some(pack) = &l.text_pack { p class="govuk-body-s al-said" { "Wording installed: " (pack) } } },
                html! { (l.owner) },
                html! { (l.terms) },
                html! { (l.evidence) },
                html! { (clock::day_words(l.checked)) },
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Questionnaires and their licences" }
        p class="govuk-body" { "What each verdict means: " strong { "T" } " the wording is ours to print; " strong { "TA" } " with attribution and its conditions; " strong { "S" } " we score, you read the questions from your licensed copy; " strong { "X" } " only tool, day, assessor and result are kept." }
        (inset_text(html! { p class="govuk-body" { "These are a reader's opinions, not legal advice. Check the terms for your own use; licensed wording is installed as a text pack by your administrator." } }))
        (table(Caption::Hidden("Licence register"), &[Column::words("Questionnaire"), Column::words("Verdict"), Column::words("Owner"), Column::words("Terms"), Column::words("Evidence"), Column::words("Checked")], &rows))
    };
    let shell = Shell {
        title: "Questionnaires and their licences",
        room: "/instruments",
        wide: true,
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

pub(super) async fn show(
    permit: Permit<ViewInstruments>,
    Path(id): Path<String>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    let Some(instrument) = desk.instruments.by_id(&id) else { return Err(PageError::NotFound) };
    let report = report_of(&desk.instruments, instrument);
    let licence = licences(&desk.instruments).into_iter().find(|l| l.id == id);
    let body = body(instrument, &report, licence.as_ref());
    let shell = Shell {
        title: &instrument.name,
        room: "/instruments",
        before: Some(back_link("All questionnaires", "/instruments")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn body(i: &Instrument, report: &ShowReport, licence: Option<&LicenceEntry>) -> Markup {
    let text = |t: &Option<String>| t.as_ref().map_or_else(not_known, |t| html! { (t) });
    html! {
        h1 class="govuk-heading-l" { (i.name) span class="govuk-caption-l" { (i.title) } }
        (summary_list(&[
            SummaryRow::new("About", html! { (i.domain) }),
            SummaryRow::new("Version", html! { (i.version) }),
            SummaryRow::new("Completed by", html! { (i.completed_by) }),
            SummaryRow::new("Time asked about", text(&i.time_frame)),
        ]))
        @if let Some(l) = licence {
            h2 class="govuk-heading-m" { "Licence" }
            (summary_list(&[
                SummaryRow::new("Verdict", html! { (format!("{:?}", l.verdict)) ": " (l.verdict_words) }),
                SummaryRow::new("Owner", html! { (l.owner) }),
                SummaryRow::new("Terms", html! { (l.terms) }),
                SummaryRow::new("Evidence", html! { (l.evidence) }),
                SummaryRow::new("Checked", html! { (clock::day_words(l.checked)) }),
                SummaryRow::new("Attribution", text(&l.attribution)),
                SummaryRow::new("Wording installed", text(&l.text_pack)),
            ]))
        }
        @if i.kind == Kind::Scored { (items(i)) (scoring(report)) }
        @for (title, lines) in [("Notes", &i.notes), ("Not confirmed: check before it drives a decision", &i.unconfirmed), ("Sources", &i.sources)] {
            @if !lines.is_empty() {
                h2 class="govuk-heading-m" { (title) }
                ul class="govuk-list govuk-list--bullet" { @for line in lines { li { (line) } } }
            }
        }
    }
}

fn items(i: &Instrument) -> Markup {
    let rows: Vec<Vec<Markup>> = i
        .items
        .iter()
        .map(|item| {
            let labels: Vec<&str> = item.choices.iter().map(|c| c.label.as_str()).collect();
            let reversed = if item.reversed { " (scored the other way round)" } else { "" };
            vec![
                html! { (item.id) },
                html! { (item.text.as_ref().unwrap_or(&item.label)) (reversed) },
                html! { (labels.join(" · ")) },
            ]
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Items" }
        @if i.items.iter().any(|item| item.text.is_none()) { p class="govuk-body" { "Our own short labels, not the questions." } }
        (table(Caption::Hidden("Items"), &[Column::words("No."), Column::words("Item"), Column::words("Answers")], &rows))
    }
}

fn scoring(report: &ShowReport) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Scoring as published" }
        @for scale in &report.scales {
            p class="govuk-body" { strong { (scale.name) } ": " (scale.rule) "; " (scale.missing) "." }
            @if !scale.bands.is_empty() { ul class="govuk-list govuk-list--bullet" { @for band in &scale.bands { li { (band) } } } }
        }
        @if report.scales.is_empty() { p class="govuk-body" { "Nothing is added up." } }
        @if !report.cut_offs.is_empty() {
            h3 class="govuk-heading-s" { "Cut-offs" }
            ul class="govuk-list govuk-list--bullet" { @for cut in &report.cut_offs { li { (cut.cut_off) ": " (cut.words) } } }
        }
        @if !report.prompts.is_empty() {
            h3 class="govuk-heading-s" { "In the same contact" }
            ul class="govuk-list govuk-list--bullet" { @for prompt in &report.prompts { li { (prompt) } } }
        }
        @if !report.reliable_change.is_empty() {
            h3 class="govuk-heading-s" { "Reliable change" }
            ul class="govuk-list govuk-list--bullet" { @for line in &report.reliable_change { li { (line) } } }
        }
    }
}
