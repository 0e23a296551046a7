//! The form in which a day in court is recorded.

use super::parts::title;
use super::record_page::{Of, Seen};
use crate::access::Permit;
use crate::access::policy::RecordHearings;
use crate::clock;
use crate::drafts::{self, Opened};
use crate::forms::inputs;
use crate::hearings::codes::GROUPS;
use crate::hearings::days::Day;
use crate::hearings::sheet::{SHEET, WORDS, offered};
use crate::projects::Court;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TypedDate, Width, back_link, button, checkboxes,
    date_input, details, details_open, error_summary, inset_text, select, text_input, typed_date,
};
use crate::web::{Shell, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};

pub(super) fn draw(permit: &Permit<RecordHearings>, of: Of, seen: &Seen, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, of.instance());
    let place = seen.place();
    let on = match (&place, typed_date(form, "on")) {
        (Some(place), _) => place.on,
        (None, TypedDate::Is(on)) => on,
        (None, _) => clock::london_day(clock::now()),
    };
    let heading = match &place {
        Some(place) => format!("What happened in court: {}", title(place)),
        None => "A hearing of this person".to_owned(),
    };
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (heading) }
        @if let Some(day) = &seen.day { (court_says(day)) }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="seen" value=(form.value("seen"));
            input type="hidden" name="court-said" value=(form.value("court-said"));
            @if place.is_none() { (place_fields(form, &seen.courts)) }
            (text_input(&form.field("case", "Case reference").with_size(LabelSize::Small).with_hint("URN or case number, as the list has it; several with commas"), Input { autocomplete: Some("off"), ..Input::default() }))
            (inputs(&SHEET, form))
            (result_fields(form, on))
            (inputs(&WORDS, form))
            @if !seen.ours().is_empty() {
                (text_input(&form.field("why", "Why is it changed?").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
            }
            (button("Save", Emphasis::Primary))
        }
    };
    let ok = form.is_accepted();
    let (back, href) = match of {
        Of::Hearing(id) => ("Hearing", format!("/hearings/{id}")),
        Of::New(id) => ("Hearings", format!("/people/{id}/hearings")),
        Of::Line(_) => seen.subject.home(),
    };
    let shell = Shell {
        title: if ok { "What happened in court" } else { "Error: What happened in court" },
        room: "/people",
        before: Some(back_link(back, &href)),
        identity: Some(seen.subject.identity()),
        wide: false,
    };
    let status = if ok { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, page(permit, shell, body)).into_response()
}

fn court_says(day: &Day) -> Markup {
    html! {
        @if let Some(court) = &day.court {
            (inset_text(html! {
                @if court.says_what_happened() { "The court’s message already says: " (court.ended.words().to_lowercase()) ". What you record stands beside it; where it differs, both are shown." }
                @else { "The list says no result" @if court.before.is_said() { "; before the hearing: " (court.before.words().to_lowercase()) } "." }
            }))
        }
    }
}

fn place_fields(form: &Form, courts: &[Court]) -> Markup {
    let mut choices = vec![Choice::new("", "Choose")];
    choices.extend(courts.iter().map(|court| Choice::new(court.code(), &court.name)));
    choices.push(Choice::new("other", "Another court"));
    html! {
        (select(&form.field("court", "Court").with_size(LabelSize::Small), &choices))
        (text_input(&form.field("court-name", "Name of another court").with_size(LabelSize::Small).with_hint("Only for “Another court”, like Snaresbrook Crown Court"), Input { autocomplete: Some("off"), ..Input::default() }))
        (date_input(&form.field("on", "Day of the hearing").with_size(LabelSize::Small)))
        (text_input(&form.field("at", "Time").with_size(LabelSize::Small).with_hint("Like 10:00"), Input { width: Width::Five, autocomplete: Some("off"), ..Input::default() }))
    }
}

/// Result codes a court could give on the day, in groups that are folded until something in them is ticked.
fn result_fields(form: &Form, on: Date) -> Markup {
    let codes: Vec<_> = offered(on).collect();
    html! {
        h2 class="govuk-heading-m" { "Results" }
        p class="govuk-body al-muted" { "National result codes. Tick what you know; the court’s own message fills in the rest." }
        @for group in GROUPS {
            @let labels: Vec<(&str, String)> = codes.iter().filter(|code| group.uses.contains(&code.used_as)).map(|code| (code.code, format!("{} ({})", code.meaning, code.code))).collect();
            @let choices: Vec<Choice<'_>> = labels.iter().map(|(code, label)| Choice::new(code, label)).collect();
            @let ticked = !form.values(group.field).is_empty() || form.error(group.field).is_some();
            @let boxes = checkboxes(&form.field(group.field, group.heading).with_size(LabelSize::Hidden), Layout::Small, &choices);
            @if choices.is_empty() {} @else if ticked { (details_open(group.heading, boxes)) } @else { (details(group.heading, boxes)) }
        }
    }
}
