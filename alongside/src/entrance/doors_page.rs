//! The administrator's look at the doors: who is held after refused tries, and how long sessions last.

use crate::access::policy::ManageAccounts;
use crate::access::{
    App, LimitFor, Limits, Permit, RefusedTries, Role, SetLimit, lift, refused_tries, set_limit, set_limits,
};
use crate::clock;
use crate::projects::{Whole, project_names};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, InputKind, TagColour, Width, back_link, button,
    empty_state, error_summary, select, table, tag, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

const HERE: &str = "/sign-in-doors";

pub(super) async fn show(Whole(permit): Whole<ManageAccounts>, State(app): State<App>) -> Page {
    draw(&permit, &app, &Form::blank()).await
}

async fn draw(permit: &Permit<ManageAccounts>, app: &App, form: &Form) -> Page {
    let now = clock::now();
    let (tries, limits, names) = permit
        .read(move |r| Ok::<_, store::Error>((refused_tries(r, now)?, set_limits(r)?, project_names(r)?)))
        .await?;
    let names: Vec<(String, String)> = names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let columns = [
        Column::words("Who"),
        Column::figures("Refused"),
        Column::words("State"),
        Column::words("Lift"),
        Column::figures("Not weighed"),
        Column::words("Last"),
    ];
    let rows: Vec<Vec<Markup>> = tries.iter().map(row).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Doors" }
        h2 class="govuk-heading-m" { "Refused tries of the last day" }
        p class="govuk-body" { "After ten refused tries nothing is weighed for a quarter of an hour; for a whole network after a hundred. It ends by itself. Lift it when you have spoken with the colleague." }
        @if rows.is_empty() { (empty_state("None", html! { p class="govuk-body" { "Nobody was refused." } })) }
        @else { (table(Caption::Hidden("Refused tries"), &columns, &rows)) }
        h2 class="govuk-heading-m" { "How long sessions last" }
        p class="govuk-body" { "For everybody: " (app.config.session_idle_minutes) " minutes without a step, " (app.config.session_hours) " hours in any case (settings of the service). Where several apply, the strictest counts, from the next sign-in on." }
        (limits_table(&limits, &names))
        form method="post" action=(format!("{HERE}/limits")) novalidate {
            (limit_fields(form, &names))
            (button("Set", Emphasis::Secondary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: if form.is_accepted() { "Doors" } else { "Error: Doors" },
        room: "/accounts",
        before: Some(back_link("People who sign in", "/accounts")),
        ..Shell::default()
    };
    Ok((status, page(permit, shell, body)).into_response())
}

fn row(tries: &RefusedTries) -> Vec<Markup> {
    let who = match (&tries.name, tries.kind.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "network") => format!("Network {}", tries.subject),
        (None, _) => "An address without an account".to_owned(),
    };
    vec![
        html! { (who) },
        html! { (tries.failures) },
        match tries.held_until {
            Some(until) => html! { (tag(TagColour::Red, "Held")) " until " (clock::moment_words(until)) },
            None => tag(TagColour::Grey, "Open"),
        },
        html! {
            form method="post" action=(format!("{HERE}/lift")) class="al-inline-form" {
                input type="hidden" name="kind" value=(tries.kind);
                input type="hidden" name="subject" value=(tries.subject);
                button type="submit" class="govuk-button govuk-button--secondary al-button--small" data-module="govuk-button" {
                    "Lift" span class="govuk-visually-hidden" { " " (who) }
                }
            }
        },
        html! { (tries.turned_away) },
        html! { (clock::moment_words(tries.last_at)) },
    ]
}

fn limits_table(limits: &[SetLimit], names: &[(String, String)]) -> Markup {
    if limits.is_empty() {
        return html! { p class="govuk-body" { "No stricter limit is set." } };
    }
    let rows: Vec<Vec<Markup>> = limits
        .iter()
        .map(|set| {
            let whom = match &set.whom {
                LimitFor::Role(key) => {
                    Role::from_key(key).map_or(key.clone(), |role| role.words().to_owned())
                }
                LimitFor::Project(id) => names
                    .iter()
                    .find(|(there, _)| there == id)
                    .map_or("A closed project".to_owned(), |(_, name)| name.clone()),
            };
            vec![html! { (whom) }, html! { (set.limits.idle_minutes) }, html! { (set.limits.hours) }]
        })
        .collect();
    table(
        Caption::Hidden("Stricter limits"),
        &[
            Column::words("For"),
            Column::figures("Minutes without a step"),
            Column::figures("Hours in any case"),
        ],
        &rows,
    )
}

fn limit_fields(form: &Form, names: &[(String, String)]) -> Markup {
    let roles: Vec<(String, String)> = Role::ALL
        .iter()
        .map(|role| (format!("role {}", role.key()), format!("Role: {}", role.words())))
        .collect();
    let projects: Vec<(String, String)> =
        names.iter().map(|(id, name)| (format!("project {id}"), format!("Project: {name}"))).collect();
    let mut choices = vec![Choice::new("", "Choose for whom")];
    choices.extend(roles.iter().chain(&projects).map(|(key, words)| Choice::new(key, words)));
    let figures = Input { kind: InputKind::Digits, width: Width::Four, autocomplete: Some("off") };
    html! {
        (select(&form.field("whom", "For"), &choices))
        (text_input(&form.field("idle", "Minutes without a step").with_hint("5 to 720. Leave both empty to take the limit away"), figures))
        (text_input(&form.field("hours", "Hours in any case").with_hint("1 to 24"), figures))
    }
}

pub(super) async fn lift_hold(Whole(permit): Whole<ManageAccounts>, Sent(form): Sent) -> Page {
    let (kind, subject) = (form.value("kind").to_owned(), form.value("subject").to_owned());
    permit
        .write(move |w| {
            let by = w.actor().clone();
            lift(&mut w.raw_for_operator(), &by, &kind, &subject)
        })
        .await?;
    Ok(Redirect::to(HERE).into_response())
}

pub(super) async fn set(
    Whole(permit): Whole<ManageAccounts>,
    State(app): State<App>,
    Sent(mut form): Sent,
) -> Page {
    let names = permit.read(project_names).await?;
    let whom = match form.value("whom").split_once(' ') {
        Some(("role", key)) if Role::from_key(key).is_some() => Some(LimitFor::Role(key.to_owned())),
        Some(("project", id)) if names.iter().any(|(there, _)| there.to_string() == id) => {
            Some(LimitFor::Project(id.to_owned()))
        }
        _ => None,
    };
    if whom.is_none() {
        form.refuse("whom", "Choose for whom");
    }
    let limits = typed_limits(&mut form);
    let (Some(whom), true) = (whom, form.is_accepted()) else { return draw(&permit, &app, &form).await };
    permit
        .write(move |w| {
            let by = w.actor().clone();
            Ok::<_, PageError>(set_limit(&mut w.raw_for_operator(), &by, &whom, limits)?)
        })
        .await?;
    Ok(Redirect::to(HERE).into_response())
}

/// The limits typed; none when both fields are empty. The form says what is wrong.
fn typed_limits(form: &mut Form) -> Option<Limits> {
    let (idle, hours) = (form.value("idle").trim().to_owned(), form.value("hours").trim().to_owned());
    if idle.is_empty() && hours.is_empty() {
        return None;
    }
    let within =
        |text: &str, range: std::ops::RangeInclusive<i64>| text.parse().ok().filter(|n| range.contains(n));
    let (minutes, whole) = (within(&idle, 5..=720), within(&hours, 1..=24));
    if minutes.is_none() {
        form.refuse("idle", "Enter whole minutes from 5 to 720");
    }
    if whole.is_none() {
        form.refuse("hours", "Enter whole hours from 1 to 24");
    }
    Some(Limits { idle_minutes: minutes?, hours: whole? })
}
