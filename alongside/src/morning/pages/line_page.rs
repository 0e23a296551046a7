//! One line opened: why it stands where it stands, everything the list and the escort record say, and what to do with it.

use super::parts::{day_href, grade, label, preparation_tag, restrictions};
use crate::access::Permit;
use crate::access::policy::{BreakGlass, PrintPack, Recognise, ViewBoard, ViewPerson, WorkBoard};
use crate::audit::{self, Event, Line as AuditLine};
use crate::clock;
use crate::ids::ListingId;
use crate::morning::board::{Board, board};
use crate::morning::line::{Known, Line, Preparation};
use crate::morning::linking::{Decided, decisions};
use crate::morning::markers::Marker;
use crate::morning::rank::{Placed, ordinal};
use crate::morning::rules::Rules;
use crate::morning::work::find;
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Identity, Input, InputKind, Layout, SummaryRow, TagColour,
    Width, back_link, button, button_link, details, error_summary, identity_bar, marker, not_known,
    post_button, radios, summary_list, table, tag, text_input,
};
use crate::web::{Page, PageError, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};
use std::sync::Arc;

struct Opened {
    board: Board,
    line: Line,
    placed: Option<Placed>,
    decisions: Vec<Decided>,
    audit: Vec<AuditLine>,
    below: Vec<Markup>,
}

pub(super) async fn show(
    permit: Permit<ViewBoard>,
    Path(id): Path<ListingId>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    draw(&permit, id, rules, Form::blank()).await
}

/// The page, with a form that was sent and can't be used, if there is one.
pub(super) async fn draw(permit: &Permit<ViewBoard>, id: ListingId, rules: Arc<Rules>, form: Form) -> Page {
    let viewer = permit.clone();
    let opened = permit
        .read(move |r| {
            let Some(found) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            r.saw(Event::new("line opened", "listing", found.id()));
            let mut board = board(r, &found.court, found.date, &rules)?;
            let at = board.rows.iter().position(|row| row.line.id == found.id());
            let placed = at.map(|at| board.rows.remove(at));
            let removed = board.removed.iter().find(|line| line.id == found.id()).cloned();
            let Some(line) = placed.as_ref().map(|p| p.line.clone()).or(removed) else { return Ok(None) };
            let decisions = decisions(r, &found)?;
            let audit = audit::about(r, "listing", &found.id().to_string())?;
            let mut below = Vec::new();
            for section in rules.below.on_line {
                below.extend(section(&viewer, r, &found, &line)?);
            }
            Ok(Some(Opened { board, line, placed, decisions, audit, below }))
        })
        .await?;
    let Some(opened) = opened else { return Err(PageError::NotFound) };
    let status = if form.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = body(permit, &opened, &form);
    let back = back_link(
        &format!("Board, {}", opened.board.court.name),
        &format!("{}#listing-{}", day_href(opened.board.court.code(), opened.board.date), opened.line.id),
    );
    let shell = Shell {
        title: if status == StatusCode::OK { "Line" } else { "Error: Line" },
        room: "/courts",
        before: Some(back),
        identity: Some(identity(&opened.line)),
        wide: false,
    };
    Ok((status, page(permit, shell, body)).into_response())
}

/// The bar on every page about the person on a line.
pub fn identity(line: &Line) -> Markup {
    let born = line.date_of_birth.map_or("Not known".to_owned(), |born| match line.age() {
        Some(age) => format!("{} ({age})", clock::day_words(born)),
        None => clock::day_words(born),
    });
    let pnc = line.pnc.clone().unwrap_or_else(|| "Not known".into());
    let href = format!("/listings/{}", line.id);
    let mut flags = Vec::new();
    if line.is_youth() {
        flags.push(tag(TagColour::Purple, "Under 18"));
    }
    if line.removed_at.is_some() {
        flags.push(tag(TagColour::Grey, "Off the list"));
    }
    identity_bar(&Identity {
        name: &line.name,
        href: Some(&href),
        facts: vec![
            ("Born", &born),
            ("Sex", line.sex.words()),
            ("PNC", &pnc),
            ("Today", line.held().words()),
        ],
        flags,
    })
}

fn body(permit: &Permit<ViewBoard>, opened: &Opened, form: &Form) -> Markup {
    let line = &opened.line;
    html! {
        (error_summary(form))
        // Seen in the identity bar already; a screen reader goes from heading to heading.
        h1 class="govuk-visually-hidden" { (line.name) }
        (restrictions(line.is_youth(), line.detail.reporting_restriction.as_deref()))
        div class="al-line" {
            div class="al-line__why" { (why(opened)) @for section in &opened.below { (section) } (escorts(line)) }
            aside class="al-line__work" aria-label="What to do" {
                @if permit.may::<WorkBoard>() { (work(permit, opened, form)) }
                (known(permit, opened))
                @if permit.may::<PrintPack>() {
                    p class="govuk-body" { a class="govuk-link" href=(format!("{}/pack?listing={}", day_href(&line.court_code, line.date), line.id)) { "Print this person's cell sheet" } }
                }
            }
            div class="al-line__rest" { (on_the_list(line)) (offences(line)) (results(line)) (opened_by(opened)) }
        }
    }
}

fn opened_by(opened: &Opened) -> Markup {
    details(
        "Who opened this line",
        table(
            Caption::Hidden("Who opened this line"),
            &[Column::words("When"), Column::words("Who"), Column::words("What")],
            &opened
                .audit
                .iter()
                .map(|l| {
                    vec![html! { (clock::moment_words(l.at)) }, html! { (l.actor) }, html! { (l.action) }]
                })
                .collect::<Vec<_>>(),
        ),
    )
}

fn why(opened: &Opened) -> Markup {
    let Some(placed) = &opened.placed else {
        return html! { p class="govuk-body" { "Taken off the list at " (opened.line.removed_at.map(clock::moment_words).unwrap_or_default()) ". Work done on it is kept, and it comes back if a later list brings it back." } };
    };
    html! {
        h2 class="govuk-heading-m" { "Why " (ordinal(placed.place)) " on the board" }
        p class="govuk-body" { (placed.reason()) }
        @if placed.markers.is_empty() { p class="govuk-body" { "No marker was found in the list or an escort record. That is not the same as no need." } }
        @else { ol class="al-reasons" aria-label="Markers, heaviest first" { @for m in &placed.markers { (reason(m)) } } }
    }
}

/// One marker: what was said, by whom and when, why it counts, and how much.
fn reason(m: &Marker) -> Markup {
    html! {
        li class="al-reason" {
            div class="al-reason__marker" { (marker(grade(m.grade), &label(m), "")) }
            div class="al-reason__words" {
                p { (m.words) @if m.weak { " " span class="al-muted" { "A bare “Yes”: counts half." } } }
                p class="al-muted" { (m.source) @if let Some(at) = m.at { ", " (clock::moment_words(at)) } ". " (m.reason) "." }
            }
            div class="al-weight" { span class="govuk-visually-hidden" { "Weight " } (m.weight) }
        }
    }
}

fn known(permit: &Permit<ViewBoard>, opened: &Opened) -> Markup {
    let line = &opened.line;
    let compare = format!("/listings/{}/compare", line.id);
    let r = &line.recognition;
    html! {
        h2 class="govuk-heading-m" { "Known to us?" }
        p class="govuk-body" {
            strong { (line.known().words()) } ". "
            @match line.known() {
                Known::Known => {
                    @if let Some(linked) = &r.linked {
                        @if linked.in_scope && permit.may::<ViewPerson>() { a class="govuk-link" href=(format!("/people/{}", linked.person)) { "Open the record" } }
                        @else { "The record is in another project." @if permit.may::<BreakGlass>() { " " a class="govuk-link" href=(format!("/glass/{}", linked.person)) { "Break the glass" } } }
                    }
                }
                Known::Possibly => {
                    @if r.candidates > 0 { (r.candidates) " of your projects' records look alike. " }
                    @if r.elsewhere > 0 { (r.elsewhere) " in other projects look alike. " }
                }
                Known::Not => "Nobody on the register looks alike.",
            }
        }
        @for decided in &opened.decisions {
            p class="govuk-body-s al-muted" { (decision_words(&decided.decision)) ", " (decided.by) ", " (clock::moment_words(decided.at)) @if !decided.reason.is_empty() { ": " (decided.reason) } }
        }
        @if permit.may::<Recognise>() {
            @if line.proposals > 0 { p class="govuk-body" { (line.proposals) " escort record may belong to this line; confirm it or refuse it on the compare page." } }
            (button_link("Compare and decide", Emphasis::Secondary, &compare))
        }
    }
}

pub(super) fn decision_words(key: &str) -> &'static str {
    match key {
        "same" => "Said to be the same person",
        "not-same" => "Said to be somebody else",
        _ => "Could not be told",
    }
}

fn work(permit: &Permit<ViewBoard>, opened: &Opened, form: &Form) -> Markup {
    let line = &opened.line;
    let id = line.id;
    let me = permit.account_id();
    let mine = line.work.taken.as_ref().is_some_and(|(who, _)| uuid::Uuid::from(*who) == me);
    let place = opened.placed.as_ref().map(|p| p.place.to_string()).unwrap_or_default();
    let mut filled = form.clone();
    if filled.value("status").is_empty() {
        filled.set("status", line.work.preparation.key());
    }
    if filled.value("preparation_reason").is_empty() && filled.errors().is_empty() {
        filled.set("preparation_reason", &*line.work.preparation_reason);
    }
    if filled.value("place").is_empty() && filled.errors().is_empty() {
        filled.set("place", place);
    }
    let choices: Vec<Choice<'_>> = Preparation::ALL.iter().map(|p| Choice::new(p.key(), p.words())).collect();
    html! {
        h2 class="govuk-heading-m" { "Work" }
        p class="govuk-body" {
            @match &line.work.taken { Some((_, name)) => { "Taken by " strong { (name) } }, None => "Nobody has taken this line" }
            " · " (preparation_tag(line.work.preparation))
        }
        div class="govuk-button-group" {
            @if !mine { (post_button(if line.work.taken.is_some() { "Take over" } else { "Take" }, &line.name, Emphasis::Primary, &format!("/listings/{id}/take"))) }
            @if line.work.taken.is_some() { (post_button("Give back", &line.name, Emphasis::Secondary, &format!("/listings/{id}/release"))) }
        }
        (details_when(!form.error("status").unwrap_or_default().is_empty() || form.error("preparation_reason").is_some(), "Preparation", html! {
            form method="post" action=(format!("/listings/{id}/preparation")) novalidate {
                (radios(&filled.field("status", "How far is preparation?"), Layout::Small, &choices))
                (text_input(&filled.field("preparation_reason", "Reason, if none is required"), Input { width: Width::Full, ..Input::default() }))
                (button("Save preparation", Emphasis::Secondary))
            }
        }))
        @if opened.placed.is_some() {
            (details_when(form.error("place").is_some() || form.error("move_reason").is_some(), "Move on the board", html! {
                form method="post" action=(format!("/listings/{id}/move")) novalidate {
                    (text_input(&filled.field("place", "Place on the board"), Input { kind: InputKind::Digits, width: Width::Four, ..Input::default() }))
                    (text_input(&filled.field("move_reason", "Reason"), Input::default()))
                    (button("Move", Emphasis::Secondary))
                }
                @if line.work.moved.is_some() { (post_button("Back to where the rules put it", &line.name, Emphasis::Secondary, &format!("/listings/{id}/put-back"))) }
            }))
        }
    }
}

/// A fold that stands open when something in it needs attention.
fn details_when(open: bool, summary: &str, body: Markup) -> Markup {
    if open { crate::web::components::details_open(summary, body) } else { details(summary, body) }
}

fn on_the_list(line: &Line) -> Markup {
    let d = &line.detail;
    let text = |value: &Option<String>| value.as_ref().map_or_else(not_known, |v| html! { (v) });
    let address = d.person.address.as_ref().map(|a| {
        let mut lines = a.lines.clone();
        lines.extend(a.postcode.clone());
        lines.join(", ")
    });
    let aliases =
        d.person.aliases.iter().filter_map(|n| n.as_received.clone()).collect::<Vec<_>>().join("; ");
    let bail = d
        .bail
        .as_ref()
        .map(|b| [&b.words, &b.conditions].into_iter().flatten().cloned().collect::<Vec<_>>().join(": "));
    let mut rows = vec![
        SummaryRow::new(
            "Room and time",
            html! { "Room " (line.room.as_deref().unwrap_or("not known")) ", " (line.starts.as_deref().unwrap_or("time not known")) },
        ),
        SummaryRow::new("List number", text(&line.list_no)),
        SummaryRow::new("Case", text(&line.case_no.clone().or_else(|| d.urn.clone()))),
        SummaryRow::new(
            "Listed for",
            text(&d.listed_for.clone().or_else(|| d.hearing_type.as_ref().and_then(|h| h.words.clone()))),
        ),
        SummaryRow::new(
            "Custody or bail",
            html! { (line.held().words()) @if let Some(bail) = bail.filter(|b| !b.is_empty()) { ". " (bail) } @if let Some(place) = &d.held_at { ". Held at " (place) } },
        ),
        SummaryRow::new(
            "Address",
            if d.person.no_fixed_abode {
                html! { "No fixed abode" }
            } else {
                text(&address)
            },
        ),
        SummaryRow::new("Solicitor", text(&d.solicitor)),
    ];
    let optional = [
        ("Also known as", (!aliases.is_empty()).then_some(aliases)),
        ("Interpreter", d.person.interpreter_language.clone()),
        ("Needs stated", d.person.specific_requirements.clone()),
        ("Parent or guardian", d.parent_or_guardian.clone()),
        ("Ethnicity", d.person.ethnicity.clone()),
        ("Attended", d.attendance.clone()),
        ("Also on the list", d.further_information.clone()),
        ("Next hearing", d.next_hearing.as_ref().map(next_hearing)),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            rows.push(SummaryRow::new(key, html! { (value) }));
        }
    }
    html! { h2 class="govuk-heading-m" { @if line.origin == "escort" { "Not on the court list" } @else { "On the court list" } } (summary_list(&rows)) }
}

fn next_hearing(next: &intake::NextHearing) -> String {
    let date = next.date.map_or("date to be fixed".to_owned(), clock::day_words);
    match &next.reason {
        Some(reason) => format!("{date}, {reason}"),
        None => date,
    }
}

fn offences(line: &Line) -> Markup {
    html! {
        @if !line.detail.offences.is_empty() {
            h2 class="govuk-heading-m" { "Offences" }
            @for offence in &line.detail.offences {
                p class="govuk-body" {
                    strong { (offence.title.as_deref().or(offence.code.as_deref()).unwrap_or("Not named")) }
                    @if let Some(code) = &offence.code { " (" (code) ")" }
                    @if let Some(plea) = &offence.plea { ". Plea: " (plea) }
                    @if let Some(reason) = &offence.adjournment_reason { ". Adjourned: " (reason) }
                }
                @if let Some(wording) = &offence.wording { (details("Wording of the charge", html! { p class="govuk-body" { (wording) } p class="govuk-body-s al-muted" { "May name a victim: don't copy it." } })) }
            }
        }
        @if let Some(application) = &line.detail.application {
            h2 class="govuk-heading-m" { "Application" }
            p class="govuk-body" { (application.words.as_deref().unwrap_or("Not named")) @if let Some(l) = &application.legislation { ". " (l) } }
        }
    }
}

fn escorts(line: &Line) -> Markup {
    html! {
        @for escort in &line.escorts {
            h2 class="govuk-heading-m" { "Escort record" @if let Some(from) = &escort.from { " from " (from) } }
            p class="govuk-body-s al-muted" { "As of " (clock::moment_words(escort.as_of)) ". Joined: " (escort.joined) "." }
            @if escort.facts.is_empty() { p class="govuk-body" { "It answers none of the questions we screen by." } }
            @else {
                ul class="govuk-list govuk-list--bullet" {
                    @for fact in &escort.facts {
                        li {
                            (fact.words) " "
                            span class="al-muted" {
                                "(" (fact.question.replace('-', " "))
                                @if let Some(who) = &fact.who_said { ", " (who) }
                                @if let Some(when) = fact.when { ", " (clock::moment_words(when)) }
                                @for code in &fact.codes { ", code " (code.code) }
                                ")"
                            }
                        }
                    }
                }
            }
        }
    }
}

fn results(line: &Line) -> Markup {
    html! {
        @if !line.detail.results.is_empty() {
            h2 class="govuk-heading-m" { "Results as received" }
            ul class="govuk-list govuk-list--bullet" {
                @for result in &line.detail.results { li { (result.label.as_deref().or(result.text.as_deref()).unwrap_or("Not named")) @if let Some(code) = &result.code { " (" (code) ")" } } }
            }
        }
    }
}
