//! How long one person's record is kept: what the rule says, holds, and a death.

use crate::access::policy::{KeepRecords, PlaceHolds};
use crate::access::{Capability, Permit};
use crate::clock;
use crate::holdings::Rooms;
use crate::ids::PersonId;
use crate::people::{Person, find, identity_for, ids_of};
use crate::retention::{
    CLASSES, Death, Decided, Hold, Kind, NewHold, Rules, Verdict, class_words, death_mistaken, deaths,
    decide, holds_on, lift, now, person, place, record_death,
};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, SummaryRow, TypedDate, back_link, button, date_input,
    error_summary, inset_text, radios, summary_list, text_input, textarea, typed_date,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use std::sync::Arc;
use uuid::Uuid;

/// Longest text of a reason.
const LONGEST: usize = 2_000;

struct Seen {
    person: Person,
    decided: Option<Decided>,
    holds: Vec<Hold>,
    death: Option<Death>,
}

async fn load<C: Capability>(
    permit: &Permit<C>,
    id: PersonId,
    rules: &Arc<Rules>,
    rooms: Rooms,
) -> Result<Seen, PageError> {
    let rules = Arc::clone(rules);
    permit
        .read(move |r| {
            let Some(there) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            let people = ids_of(r, &there)?;
            let asked = now(rooms);
            let facts = person(r, asked, there.id())?.map(|candidate| candidate.facts);
            let decided =
                facts.and_then(|facts| Some(decide(rules.rule(Kind::Person)?, &facts, asked.today())));
            let death = deaths(r, &people)?.into_values().max_by_key(|death| death.at);
            Ok(Some(Seen { decided, holds: holds_on(r, &people)?, death, person: there }))
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(
    permit: Permit<PlaceHolds>,
    Path(id): Path<PersonId>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
) -> Page {
    let seen = load(&permit, id, &rules, rooms).await?;
    Ok(draw(&permit, &seen, &Form::blank()))
}

fn decided_words(decided: &Decided) -> String {
    match &decided.verdict {
        Verdict::Kept { until } => format!("Until {} at least: {}", clock::day_words(*until), decided.why),
        Verdict::Due { since } => {
            format!("Past its time since {}: {}", clock::day_words(*since), decided.why)
        }
        Verdict::Held { since, by } => {
            format!("Past its time since {}, but held: {}", clock::day_words(*since), by.join("; "))
        }
    }
}

fn draw<C: Capability>(permit: &Permit<C>, seen: &Seen, form: &Form) -> axum::response::Response {
    let base = format!("/people/{}/keeping", seen.person.id());
    let kept = seen.decided.as_ref().map(decided_words).unwrap_or_default();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "How long this record is kept" }
        (summary_list(&[SummaryRow::new("Kept", html! { (kept) })]))
        h2 class="govuk-heading-m" { "Legal holds" }
        @if seen.holds.is_empty() { p class="govuk-body" { "None stands." } }
        @for hold in &seen.holds { (hold_shown(permit, hold, form, &base)) }
        (hold_form(form, &base))
        h2 class="govuk-heading-m" { "Death" }
        (death_part(seen.death.as_ref(), form, &base))
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = "How long this record is kept";
    let title = if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") };
    // A guardian reaches a record over these pages only; the record itself is for those who work with the person.
    let back = if permit.may::<crate::access::policy::ViewPerson>() {
        back_link("Record", &format!("/people/{}", seen.person.id()))
    } else {
        back_link("Retention", "/retention")
    };
    let shell = Shell {
        title: &title,
        room: "/retention",
        before: Some(back),
        identity: Some(identity_for(permit, &seen.person)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

fn hold_shown<C: Capability>(permit: &Permit<C>, hold: &Hold, form: &Form, base: &str) -> Markup {
    let field = format!("why-{}", hold.id);
    inset_text(html! {
        p class="govuk-body" { strong { (class_words(&hold.class)) } ": " (hold.words) }
        p class="govuk-body" { (clock::moment_words(hold.placed_at)) ", " (hold.by) ". To be looked at again on " (clock::day_words(hold.review_on)) "." }
        @if permit.may::<KeepRecords>() {
            form method="post" action=(format!("{base}/lift")) novalidate {
                input type="hidden" name="hold" value=(hold.id);
                (text_input(&form.field(&field, "Why it is no longer needed"), Input::default()))
                (button("Lift this hold", Emphasis::Secondary))
            }
        } @else { p class="govuk-body" { "A records guardian lifts it." } }
    })
}

fn hold_form(form: &Form, base: &str) -> Markup {
    let classes: Vec<Choice<'_>> = CLASSES.iter().map(|o| Choice::new(o.key, o.words)).collect();
    html! {
        h2 class="govuk-heading-m" { "Place a legal hold" }
        p class="govuk-body" { "While it stands nothing of this person goes, however old. It changes nothing about who may open the record." }
        form method="post" action=(format!("{base}/hold")) novalidate {
            (radios(&form.field("class", "Why must it be kept?"), Layout::Stacked, &classes))
            (textarea(&form.field("words", "In words").with_hint("Who asked for it, reference, what it is about"), 3))
            (date_input(&form.field("review", "When is it to be looked at again?").with_hint("It stands after that day too, until somebody lifts it")))
            (button("Place the hold", Emphasis::Primary))
        }
    }
}

fn death_part(death: Option<&Death>, form: &Form, base: &str) -> Markup {
    match death {
        Some(death) => inset_text(html! {
            p class="govuk-body" { "Died on " (clock::day_words(death.died_on)) ". " (death.source) }
            p class="govuk-body" { "Written down " (clock::moment_words(death.at)) ", " (death.by) "." }
            form method="post" action=(format!("{base}/mistake")) novalidate {
                input type="hidden" name="death" value=(death.id);
                (text_input(&form.field("mistake", "Why it is a mistake"), Input::default()))
                (button("That is a mistake", Emphasis::Secondary))
            }
        }),
        None => html! {
            p class="govuk-body" { "The time a record is kept counts from a death that is written down here." }
            form method="post" action=(format!("{base}/death")) novalidate {
                (date_input(&form.field("died", "Died on")))
                (text_input(&form.field("source", "How do we know?"), Input::default()))
                (button("Write it down", Emphasis::Secondary))
            }
        },
    }
}

/// A text that must be there.
fn required(form: &mut Form, name: &str, message: &str) -> String {
    let words: String = form.value(name).trim().chars().take(LONGEST).collect();
    if words.is_empty() {
        form.refuse(name, message);
    }
    words
}

fn back(id: PersonId) -> Page {
    Ok(Redirect::to(&format!("/people/{id}/keeping")).into_response())
}

pub(super) async fn place_hold(
    permit: Permit<PlaceHolds>,
    Path(id): Path<PersonId>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, id, &rules, rooms).await?;
    let class = CLASSES.iter().find(|o| o.key == form.value("class")).map(|o| o.key.to_owned());
    if class.is_none() {
        form.refuse("class", "Choose why it must be kept");
    }
    let words = required(&mut form, "words", "Say why it must be kept");
    let today = clock::london_day(clock::now());
    let review = match typed_date(&form, "review") {
        TypedDate::Is(day) if day > today => Some(day),
        _ => None,
    };
    if review.is_none() {
        form.refuse("review", "Enter a day that is still to come, like 27 3 2027");
    }
    let (Some(class), Some(review_on), true) = (class, review, form.is_accepted()) else {
        return Ok(draw(&permit, &seen, &form));
    };
    let person = seen.person;
    permit.write(move |w| place(w, &person, &NewHold { class, words, review_on })).await?;
    back(id)
}

pub(super) async fn lift_hold(
    permit: Permit<KeepRecords>,
    Path(id): Path<PersonId>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, id, &rules, rooms).await?;
    let hold: Uuid = form.value("hold").parse().map_err(|_| PageError::NotFound)?;
    let words = required(&mut form, &format!("why-{hold}"), "Say why the hold is no longer needed");
    if !form.is_accepted() {
        return Ok(draw(&permit, &seen, &form));
    }
    let person = seen.person;
    if !permit.write(move |w| lift(w, &person, hold, &words)).await? {
        return Err(PageError::Conflict("Somebody else lifted this hold meanwhile.".into()));
    }
    back(id)
}

pub(super) async fn write_death(
    permit: Permit<PlaceHolds>,
    Path(id): Path<PersonId>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, id, &rules, rooms).await?;
    let source = required(&mut form, "source", "Say how we know");
    let today = clock::london_day(clock::now());
    let died = match typed_date(&form, "died") {
        TypedDate::Is(day) if day <= today => Some(day),
        _ => None,
    };
    if died.is_none() {
        form.refuse("died", "Enter the day, like 27 3 2026; it can't lie ahead");
    }
    let (Some(died), true) = (died, form.is_accepted()) else { return Ok(draw(&permit, &seen, &form)) };
    let person = seen.person;
    permit.write(move |w| record_death(w, &person, died, &source)).await?;
    back(id)
}

pub(super) async fn take_death_back(
    permit: Permit<PlaceHolds>,
    Path(id): Path<PersonId>,
    Extension(rules): Extension<Arc<Rules>>,
    Extension(rooms): Extension<Rooms>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, id, &rules, rooms).await?;
    let death: Uuid = form.value("death").parse().map_err(|_| PageError::NotFound)?;
    let words = required(&mut form, "mistake", "Say why it is a mistake");
    if !form.is_accepted() {
        return Ok(draw(&permit, &seen, &form));
    }
    let person = seen.person;
    if !permit.write(move |w| death_mistaken(w, &person, death, &words)).await? {
        return Err(PageError::Conflict("Somebody else took it back meanwhile.".into()));
    }
    back(id)
}
