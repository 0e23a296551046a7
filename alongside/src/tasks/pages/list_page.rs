//! What is due, across people: overdue, today, the next days.

use crate::access::policy::{ViewTasks, WorkTasks};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::people;
use crate::projects::project_names;
use crate::rota::{Away, away_now};
use crate::tasks::derived::{Due, due};
use crate::tasks::own::{Task, follow_hearings, open_tasks};
use crate::web::components::{
    Chip, ChipGroup, ChipState, Emphasis, TagColour, button_link, empty_state, filter_chips, post_button, tag,
};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// The filter in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    whose: String,
    #[serde(default)]
    project: String,
}

/// A row: what rooms say, or an own task.
struct Row {
    due: Due,
    task: Option<Task>,
}

/// When something is due, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Overdue,
    Today,
    Week,
    Later,
}

impl When {
    fn of(on: Option<Date>, today: Date) -> Self {
        match on {
            Some(on) if on < today => When::Overdue,
            Some(on) if on == today => When::Today,
            Some(on) if on <= today.saturating_add(7.days()) => When::Week,
            _ => When::Later,
        }
    }

    fn words(self) -> &'static str {
        match self {
            When::Overdue => "Overdue",
            When::Today => "Today",
            When::Week => "The next seven days",
            When::Later => "Later, or no day",
        }
    }
}

fn own(r: &mut Reader<'_, ViewTasks>) -> store::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let tasks = open_tasks(r)?;
    let names = people::names(r, tasks.iter().filter_map(|task| task.person))?;
    for task in tasks {
        let name = match task.person {
            Some(id) => match names.get(&id) {
                Some(name) => name.clone(),
                None => continue,
            },
            None => String::new(),
        };
        rows.push(Row {
            due: Due {
                what: task.what.clone(),
                name,
                project: task.project,
                on: task.due_on,
                at: None,
                assigned: task.assigned.as_ref().map(|(account, _)| *account),
                href: task.person.map(|id| format!("/people/{id}")).unwrap_or_default(),
                from: "Task",
            },
            task: Some(task),
        });
    }
    Ok(rows)
}

pub(super) async fn show(permit: Permit<ViewTasks>, Query(asked): Query<Asked>) -> Page {
    let now = clock::now();
    let today = clock::london_day(now);
    let me = permit.account_id();
    let reader = permit.clone();
    if let Some(work) = permit.also::<WorkTasks>() {
        // What hangs on a hearing moves before anybody looks.
        work.write(follow_hearings).await?;
    }
    let (own, away, projects) = permit
        .read(move |r| {
            r.saw(Event::new("tasks opened", "task", "list"));
            let projects: HashMap<Uuid, String> =
                project_names(r)?.into_iter().map(|(id, name)| (Uuid::from(id), name)).collect();
            Ok::<_, store::Error>((own(r)?, away_now(r, today)?, projects))
        })
        .await?;
    let derived = tokio::task::spawn_blocking(move || due(&reader, now))
        .await
        .map_err(|e| crate::web::PageError::Inside(e.to_string()))??;
    let mut rows: Vec<Row> =
        own.into_iter().chain(derived.into_iter().map(|due| Row { due, task: None })).collect();
    let covered: Vec<Uuid> = away
        .iter()
        .filter(|a| a.stand_in.0 == me && a.days.0 <= today && today <= a.days.1)
        .map(|a| a.who.0)
        .collect();
    let mine = |row: &Row| row.due.assigned.is_some_and(|who| who == me || covered.contains(&who));
    let counts = [
        rows.len(),
        rows.iter().filter(|row| mine(row)).count(),
        rows.iter().filter(|row| row.due.assigned.is_none()).count(),
    ];
    let here: Vec<Uuid> = {
        let mut all: Vec<Uuid> = rows.iter().map(|row| row.due.project.into()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let project: Option<Uuid> = asked.project.parse().ok();
    rows.retain(|row| match asked.whose.as_str() {
        "mine" => mine(row),
        "nobody" => row.due.assigned.is_none(),
        _ => true,
    });
    rows.retain(|row| project.is_none_or(|p| Uuid::from(row.due.project) == p));
    rows.sort_by_key(|row| (row.due.on.unwrap_or(Date::MAX), row.due.at, row.due.name.clone()));
    let keep = project.map(|p| format!("&project={p}")).unwrap_or_default();
    let whose = [("All", ""), ("Mine", "mine"), ("Nobody’s", "nobody")];
    let chips = whose
        .iter()
        .zip(counts)
        .map(|((text, key), count)| Chip {
            text,
            count: Some(count),
            href: format!("/tasks?whose={key}{keep}"),
            state: if asked.whose == *key { ChipState::On } else { ChipState::Off },
            key: None,
        })
        .collect();
    let mut groups = vec![ChipGroup { name: "Whose", chips }];
    if here.len() > 1 {
        let places = here
            .iter()
            .filter_map(|id| projects.get(id).map(|name| (id, name)))
            .map(|(id, name)| Chip {
                text: name,
                count: None,
                href: format!("/tasks?whose={}&project={id}", asked.whose),
                state: if project == Some(*id) { ChipState::On } else { ChipState::Off },
                key: None,
            })
            .collect();
        groups.push(ChipGroup { name: "Project", chips: places });
    }
    let clear = project.map(|_| format!("/tasks?whose={}", asked.whose));
    let parts = [When::Overdue, When::Today, When::Week, When::Later];
    let body = html! {
        h1 class="govuk-heading-l" { "Tasks" }
        (filter_chips(&groups, 1, clear.as_deref()))
        @for one in &away { (covering(one, me, today)) }
        @if rows.is_empty() { (empty_state("Nothing is due", html! {})) }
        @for when in parts {
            @let part: Vec<&Row> = rows.iter().filter(|row| When::of(row.due.on, today) == when).collect();
            @if !part.is_empty() {
                h2 class="govuk-heading-m" { (when.words()) " (" (part.len()) ")" }
                ul class="al-worklist" { @for row in part { (shown(row, today)) } }
            }
        }
        div class="govuk-button-group" {
            (button_link("Add a task", Emphasis::Secondary, "/tasks/new"))
            a class="govuk-link" href="/diary" { "Diary" }
            a class="govuk-link" href="/rota" { "Rota" }
            a class="govuk-link" href="/information" { "Asked for, and to do" }
            a class="govuk-link" href="/tasks/away" { "Hand over while away" }
        }
    };
    Ok(page(&permit, Shell { title: "Tasks", room: "/tasks", ..Shell::default() }, body))
}

fn covering(one: &Away, me: Uuid, today: Date) -> Markup {
    let now = one.days.0 <= today && today <= one.days.1;
    html! {
        @if now && one.stand_in.0 == me { p class="govuk-body" { (tag(TagColour::Blue, "Standing in")) " You look after the tasks of " (one.who.1) " until " (clock::day_words(one.days.1)) "." } }
        @if now && one.who.0 == me { p class="govuk-body" { (tag(TagColour::Blue, "Away")) " " (one.stand_in.1) " looks after your tasks until " (clock::day_words(one.days.1)) "." } }
    }
}

fn shown(row: &Row, today: Date) -> Markup {
    let due = &row.due;
    html! {
        li class="al-worklist__item" {
            h3 class="govuk-heading-s govuk-!-margin-bottom-1" {
                @if due.href.is_empty() { (due.what) }
                @else { a class="govuk-link" href=(due.href) { @if !due.name.is_empty() { (due.name) ": " } (due.what) } }
            }
            p class="govuk-body govuk-!-margin-bottom-1" {
                (due.from)
                @if let Some(on) = due.on { ", due " (clock::day_words(on)) @if let Some(at) = due.at.filter(|_| on == today) { ", " (clock::time_words(at)) } }
                @if let Some(task) = &row.task {
                    @if let Some((_, name)) = &task.assigned { ", " (name) }
                    @if let Some(from) = task.moved_from { ". Moved with the hearing, was " (clock::day_words(from)) }
                }
                "."
            }
            @if let Some(task) = &row.task {
                (post_button("Done", &task.what, Emphasis::Small, &format!("/tasks/{}/settle?how=done", task.id)))
                " "
                (post_button("Not needed", &task.what, Emphasis::Small, &format!("/tasks/{}/settle?how=not-needed", task.id)))
            }
        }
    }
}
