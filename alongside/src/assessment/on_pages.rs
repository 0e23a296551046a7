//! What this room says on a person's page and on a line: to those who may read clinical records of that person, and to nobody
//! else.

use super::record::{Listed, of};
use super::responses::{Filled, all_of};
use crate::access::policy::{Assess, ViewBoard, ViewClinical, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::morning::{Found, Line, person_on};
use crate::people::{Person, ids_of, reached_by};
use crate::web::components::{
    Emphasis, Event as Entry, HeadingLevel, button_group, button_link, timeline, warning_text,
};
use instruments::Points;
use jiff::Timestamp;
use maud::{Markup, html};
use store::Result;

/// Assessments and questionnaires on a person's page, newest first, under what is still to be talked about.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Option<Markup>> {
    if !reached_by::<ViewClinical>(permit, r, person)? {
        return Ok(None);
    }
    let people = ids_of(r, person)?;
    let (assessments, filled) = (of(r, &people)?, all_of(r, &people)?);
    r.saw(Event::new("assessments listed", "person", person.id()));
    let standing: Vec<&Filled> = filled.iter().filter(|(_, wrong)| wrong.is_none()).map(|(f, _)| f).collect();
    let id = person.id();
    let may_assess = reached_by::<Assess>(permit, r, person)?;
    Ok(Some(html! {
        h2 class="govuk-heading-m" id="assessments" { "Assessments and questionnaires" }
        @for f in standing.iter().filter(|f| f.has_open_prompt()) {
            (warning_text(&format!("{} of {}: an answer about self-harm is still to be talked about.", f.name, clock::day_words(f.filled_on))))
            @for put_off in f.prompts.iter().filter_map(super::Prompt::put_off) { p class="govuk-body" { "Put off by " (put_off.by) ", " (clock::moment_words(put_off.at)) ": " span class="al-typed" { (put_off.words) } } }
            p class="govuk-body" { a class="govuk-link" href=(format!("/questionnaires/{}/now", f.id)) { "Say what was done about " (f.name) } }
        }
        @if assessments.is_empty() && standing.is_empty() { p class="govuk-body" { "Nothing yet." } }
        @else { (entries(&assessments, &standing)) }
        @if may_assess {
            (button_group(&[
                button_link("Health and wellbeing assessment", Emphasis::Secondary, &format!("/people/{id}/assessments")),
                button_link("Questionnaire", Emphasis::Secondary, &format!("/people/{id}/questionnaires")),
            ]))
        }
    }))
}

/// What happened when, for the timeline.
struct Happened {
    at: Timestamp,
    title: String,
    by: String,
    body: Markup,
}

fn entries(assessments: &[Listed], filled: &[&Filled]) -> Markup {
    let mut all: Vec<Happened> = assessments
        .iter()
        .map(|a| Happened {
            at: a.signature.as_ref().map_or(a.begun_at, |s| s.at),
            title: format!("Assessment: {}", a.state()),
            by: a.signature.as_ref().map_or_else(|| a.begun_by.clone(), |s| s.by.clone()),
            body: html! { p class="govuk-body" { a class="govuk-link" href=(format!("/assessments/{}", a.id)) { "Open the assessment begun on " (clock::day_words(clock::london_day(a.begun_at))) } } },
        })
        .chain(filled.iter().map(|f| Happened {
            at: f.at,
            title: f.name.clone(),
            by: f.by.clone(),
            body: html! { p class="govuk-body" { a class="govuk-link" href=(format!("/questionnaires/{}", f.id)) { (summary(f)) } ", filled in on " (clock::day_words(f.filled_on)) } },
        }))
        .collect();
    all.sort_by_key(|a| std::cmp::Reverse(a.at));
    let times: Vec<(String, String)> =
        all.iter().map(|h| (h.at.to_string(), clock::moment_words(h.at))).collect();
    let events: Vec<Entry<'_>> = all
        .iter()
        .zip(&times)
        .map(|(h, (machine, words))| Entry {
            title: &h.title,
            by: &h.by,
            machine_time: machine,
            time: words,
            body: html! { (h.body) },
        })
        .collect();
    timeline(&events, HeadingLevel::Three)
}

fn summary(f: &Filled) -> String {
    match (f.total, f.lower_bound) {
        (Some(total), _) if f.band.is_empty() => format!("Total {}", Points(total)),
        (Some(total), _) => format!("Total {}, {}", Points(total), f.band),
        (None, Some(low)) => format!("No total, at least {}", Points(low)),
        _ => "Result".into(),
    }
}

/// On a line: the way to an assessment, which begins with the person on it.
///
/// # Errors
/// When the database can't be read.
pub fn on_line(
    permit: &Permit<ViewBoard>,
    r: &mut Reader<'_, ViewBoard>,
    found: &Found,
    _: &Line,
) -> Result<Option<Markup>> {
    if !permit.may::<Assess>() {
        return Ok(None);
    }
    let linked = person_on(r, found)?.is_some();
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "Assessment" }
        @if !linked { p class="govuk-body" { "An assessment belongs to a person: first say who this is." } }
        (button_link(if linked { "Health and wellbeing assessment" } else { "Say who this is, then assess" }, Emphasis::Secondary, &format!("/listings/{}/assess", found.id())))
    }))
}
