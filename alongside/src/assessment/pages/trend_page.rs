//! One questionnaire of one person over time.

use super::parts::{person_page, steps_table};
use crate::access::Permit;
use crate::access::policy::ViewClinical;
use crate::assessment::chart::{chart, finding, steps};
use crate::assessment::desk::Desk;
use crate::assessment::responses::{Filled, Wrong, all_of};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use crate::people::{self, ids_of};
use crate::web::components::{Emphasis, Form, button_link, details, details_open, empty_state};
use crate::web::{Page, PageError};
use axum::Extension;
use axum::extract::Path;
use maud::html;
use std::sync::Arc;

pub(super) async fn show(
    permit: Permit<ViewClinical>,
    Path((id, name)): Path<(PersonId, String)>,
    Extension(desk): Extension<Arc<Desk>>,
) -> Page {
    let Some(instrument) = desk.instruments.by_id(&name) else { return Err(PageError::NotFound) };
    let (person, all) = permit
        .read(move |r| {
            let Some(person) = people::find(r, id)? else { return Err(PageError::NotFound) };
            r.saw(Event::new("questionnaire over time opened", "person", person.id()).with(&name));
            let people = ids_of(r, &person)?;
            let mut all: Vec<(Filled, Option<Wrong>)> = all_of(r, &people)?;
            all.retain(|(f, _)| f.instrument == name);
            Ok((person, all))
        })
        .await?;
    let standing: Vec<&Filled> = all.iter().filter(|(_, wrong)| wrong.is_none()).map(|(f, _)| f).collect();
    let taken_out: Vec<&Filled> = all.iter().filter(|(_, wrong)| wrong.is_some()).map(|(f, _)| f).collect();
    let steps = steps(instrument, &standing);
    let picture = chart(instrument, &steps).filter(|_| standing.len() > 1);
    let reliable = instrument.reliable_change.first();
    let fill = format!("/people/{}/questionnaires/{}/fill", person.id(), instrument.id);
    let body = html! {
        h1 class="govuk-heading-l" { (instrument.name) " over time" }
        @if standing.is_empty() { (empty_state("Not filled in yet", html! { p class="govuk-body" { "When it was filled in twice, the change is shown here." } })) }
        @else {
            @if instrument.total_scale().is_some() { p class="govuk-body" { (finding(instrument, &steps)) } }
            @if let Some(picture) = picture {
                div class="al-chart__frame" { (picture) }
                p class="govuk-body-s al-muted" { "Dot: a total. Triangle: a change from the first total that is more than measurement error, pointing where it went. Open square: answers are missing, drawn at the least the total can be." }
            }
            (details_open("Every time, as a table", steps_table(&steps, instrument.total_scale().is_some())))
            @match reliable {
                Some(r) => p class="govuk-body-s" { "A change of " (instruments::Points(r.points)) " points or more from the first total is more than measurement error (" (r.source) ")." },
                None => { @if instrument.total_scale().is_some() { p class="govuk-body-s" { "No value is published that says how much change is more than measurement error." } } },
            }
        }
        @if !taken_out.is_empty() {
            (details("Entered in error, not shown above", html! {
                ul class="govuk-list" { @for f in &taken_out { li { a class="govuk-link" href=(format!("/questionnaires/{}", f.id)) { (clock::day_words(f.filled_on)) } } } }
            }))
        }
        (button_link("Fill it in now", Emphasis::Secondary, &fill))
    };
    let back = format!("/people/{}/questionnaires", person.id());
    Ok(person_page(
        &permit,
        &person,
        &format!("{} over time", instrument.name),
        ("Questionnaires", &back),
        &Form::blank(),
        body,
    ))
}
