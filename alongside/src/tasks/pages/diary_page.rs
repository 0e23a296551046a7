//! The diary: appointments of ours, and those that referrals brought, a week at a time.

use super::parts::{About, Around, around, choices, listed, shell, status, titled, whom};
use crate::access::policy::{ViewReferrals, ViewTasks, WorkTasks};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{typed_at, when_input};
use crate::ids::{DiaryId, PersonId};
use crate::links::{self, Purpose};
use crate::people;
use crate::referrals::referrals_since;
use crate::tasks::diary::{Entry, KINDS, NewEntry, call_off, enter, entries, find_entry};
use crate::web::components::{
    Choice, Emphasis, Input, InputKind, LabelSize, Layout, TagColour, Width, button, button_link, details,
    empty_state, error_summary, post_button, radios, select, tag, text_input, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use serde::Deserialize;

/// The first day of the week shown.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    from: Option<Date>,
}

fn start_of(day: Date) -> Timestamp {
    day.to_zoned(clock::london()).map_or(Timestamp::MIN, |at| at.timestamp())
}

/// One line of the diary.
struct Line {
    at: Timestamp,
    what: String,
    name: String,
    href: String,
    own: Option<Entry>,
}

fn own(r: &mut Reader<'_, ViewTasks>, from: Timestamp, to: Timestamp) -> store::Result<Vec<Line>> {
    let mut lines = Vec::new();
    let all = entries(r, from, to)?;
    let names = people::names(r, all.iter().filter_map(|one| one.new.person))?;
    for one in all {
        let name = match one.new.person {
            Some(id) => match names.get(&id) {
                Some(name) => name.clone(),
                None => continue,
            },
            None => String::new(),
        };
        let kind = KINDS.iter().find(|k| k.key == one.new.kind).map_or("", |k| k.words);
        lines.push(Line {
            at: one.new.at,
            what: format!("{kind}, {}", one.new.goes.1),
            name,
            href: one.new.person.map(|id| format!("/people/{id}")).unwrap_or_default(),
            own: Some(one),
        });
    }
    Ok(lines)
}

fn of_services(permit: &Permit<ViewReferrals>, from: Timestamp, to: Timestamp) -> store::Result<Vec<Line>> {
    permit.read_now(|r| {
        let mut lines = Vec::new();
        let all = referrals_since(r, clock::now())?;
        let names = people::names(r, all.iter().map(|referral| referral.person))?;
        for referral in all {
            for appointment in referral.appointments() {
                let at = appointment.offered.at;
                if appointment.came.is_some() || at < from || at >= to {
                    continue;
                }
                let Some(name) = names.get(&referral.person).cloned() else { continue };
                lines.push(Line {
                    at,
                    what: format!("Their appointment at {}", referral.service_name),
                    name,
                    href: format!("/referrals/{}", referral.id),
                    own: None,
                });
            }
        }
        Ok(lines)
    })
}

pub(super) async fn show(permit: Permit<ViewTasks>, Query(asked): Query<Asked>) -> Page {
    let today = clock::london_day(clock::now());
    let first = asked.from.unwrap_or(today);
    let (from, to) = (start_of(first), start_of(first.saturating_add(7.days())));
    let (mut lines, feeds) = permit
        .read({
            let me = permit.account_id();
            move |r| {
                r.saw(Event::new("diary opened", "diary", first));
                let feeds = links::of(r, Purpose::Diary, &[me])?;
                Ok::<_, store::Error>((own(r, from, to)?, feeds))
            }
        })
        .await?;
    if let Some(other) = permit.also::<ViewReferrals>() {
        let more = tokio::task::spawn_blocking(move || of_services(&other, from, to)).await;
        lines.extend(more.map_err(|e| PageError::Inside(e.to_string()))??);
    }
    lines.sort_by_key(|line| line.at);
    let days: Vec<Date> = (0..7_i64).map(|n| first.saturating_add(n.days())).collect();
    let now = clock::now();
    let standing = feeds.iter().any(|link| link.stands(now));
    let body = html! {
        h1 class="govuk-heading-l" { "Diary" }
        div class="govuk-button-group" {
            a class="govuk-link" href=(format!("/diary?from={}", first.saturating_sub(7.days()))) { "The week before" }
            a class="govuk-link" href="/diary" { "From today" }
            a class="govuk-link" href=(format!("/diary?from={}", first.saturating_add(7.days()))) { "The week after" }
        }
        @if lines.is_empty() { (empty_state("No appointments in these seven days", html! {})) }
        @for day in &days {
            @let here: Vec<&Line> = lines.iter().filter(|line| clock::london_day(line.at) == *day).collect();
            @if !here.is_empty() {
                h2 class="govuk-heading-m" { (clock::weekday_words(*day)) }
                ul class="al-worklist" { @for line in here { (shown(line)) } }
            }
        }
        (button_link("Enter an appointment", Emphasis::Secondary, "/diary/new"))
        (details("In the calendar of your telephone", html! {
            p class="govuk-body" { "A feed of the appointments you go to: times only. It says “Appointment”, and where only for a court or an office. No name, no service." }
            form method="post" action="/diary/feed" { (button(if standing { "Make a new address" } else { "Make an address" }, Emphasis::Secondary)) }
            @if standing { (post_button("Close the address", "", Emphasis::Warning, "/diary/feed/end")) }
        }))
    };
    Ok(page(&permit, Shell { title: "Diary", room: "/tasks", ..Shell::default() }, body))
}

fn shown(line: &Line) -> Markup {
    html! {
        li class="al-worklist__item" {
            h3 class="govuk-heading-s govuk-!-margin-bottom-1" {
                (clock::time_words(line.at)) " "
                @if line.href.is_empty() { (line.what) } @else { a class="govuk-link" href=(line.href) { @if !line.name.is_empty() { (line.name) ": " } (line.what) } }
            }
            @if let Some(own) = &line.own {
                p class="govuk-body govuk-!-margin-bottom-1" { (own.new.place) @if !own.new.words.is_empty() { ". " span class="al-typed" { (own.new.words) } } }
                @match &own.called_off {
                    Some((_, by, why)) => p class="govuk-body" { (tag(TagColour::Grey, "Called off")) " " (why) " (" (by) ")" },
                    None => (post_button("Call off", &line.what, Emphasis::Small, &format!("/diary/{}/call-off", own.id))),
                }
            }
        }
    }
}

fn instance(person: Option<PersonId>) -> Instance {
    let query = person.map(|id| format!("?person={id}")).unwrap_or_default();
    Instance {
        form: "Appointment",
        subject: person.map_or("diary".into(), |id| format!("diary person {id}")),
        href: format!("/diary/new{query}"),
    }
}

pub(super) async fn form(permit: Permit<WorkTasks>, Query(about): Query<About>) -> Page {
    let around = around(&permit).await?;
    let (account, what) = (permit.account_id(), instance(about.person));
    let (mut opened, whom) = permit
        .read(move |r| Ok::<_, store::Error>((drafts::open(r, account, &what)?, whom(r, about.person)?)))
        .await?;
    if about.person.is_some() && whom.is_none() {
        return Err(PageError::NotFound);
    }
    if opened.continued_from.is_none() {
        opened.form.set("goes", account.to_string());
        opened.form.set("minutes", "60");
    }
    Ok(draw(&permit, &around, whom.as_ref().map(|(id, name, _)| (*id, name.as_str())), &opened))
}

pub(super) async fn send(permit: Permit<WorkTasks>, Sent(mut form): Sent) -> Page {
    let around = around(&permit).await?;
    let person: Option<PersonId> = form.value("person").parse().ok();
    let whom = permit.read(move |r| whom(r, person)).await?;
    if person.is_some() && whom.is_none() {
        return Err(PageError::NotFound);
    }
    let kind = form.value("kind").to_owned();
    if !KINDS.iter().any(|k| k.key == kind) {
        form.refuse("kind", "Choose what sort of appointment it is");
    }
    let project = around.project(&form);
    if project.is_none() {
        form.refuse("project", "Choose the project");
    }
    let goes = around.colleague(&form, "goes");
    if goes.is_none() {
        form.refuse("goes", "Choose who goes");
    }
    let minutes: i64 = form.value("minutes").trim().parse().unwrap_or(0);
    if !(5..=720).contains(&minutes) {
        form.refuse("minutes", "Enter whole minutes from 5 to 720");
    }
    let at = typed_at(&mut form, "at");
    let text =
        |name: &str, longest: usize| -> String { form.value(name).trim().chars().take(longest).collect() };
    let (place, words) = (text("place", 200), text("words", 1_000));
    let (Some(project), Some(goes), Some(at), true) = (project, goes, at, form.is_accepted()) else {
        let shown = whom.as_ref().map(|(id, name, _)| (*id, name.as_str()));
        return Ok(draw(&permit, &around, shown, &drafts::reopened(&form)));
    };
    let new = NewEntry { project, person: whom.map(|(id, ..)| id), kind, at, minutes, place, words, goes };
    let (id, draft) = (DiaryId::fresh(), instance(person));
    let there = permit
        .write(move |w| {
            let href = format!("/diary?from={}", clock::london_day(new.at));
            if let SentBefore::Before(there) = drafts::submit(w, &draft, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            enter(w, id, &new)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

fn draw(
    permit: &Permit<WorkTasks>,
    around: &Around,
    person: Option<(PersonId, &str)>,
    opened: &Opened,
) -> Response {
    let (form, what) = (&opened.form, instance(person.map(|(id, _)| id)));
    let (projects, colleagues) = (listed(&around.projects), listed(&around.colleagues));
    let kinds: Vec<Choice<'_>> = KINDS.iter().map(|k| Choice::new(k.key, k.words)).collect();
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let small = LabelSize::Small;
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Enter an appointment" }
        @if let Some((_, name)) = person { p class="govuk-body" { "With " (name) "." } }
        form method="post" action="/diary/new" novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            @if let Some((id, _)) = person { input type="hidden" name="person" value=(id); }
            (radios(&form.field("kind", "What sort").with_size(small), Layout::Small, &kinds))
            (when_input(form, "at", "Day", "Time"))
            (text_input(&form.field("minutes", "How long, in minutes").with_size(small), Input { kind: InputKind::Digits, width: Width::Four, ..line }))
            (text_input(&form.field("place", "Where").with_size(small), line))
            (select(&form.field("goes", "Who goes").with_size(small), &choices("Choose", &colleagues)))
            @if around.projects.len() > 1 { (select(&form.field("project", "Project").with_size(small), &choices("Choose", &projects))) }
            (textarea(&form.field("words", "More about it").with_size(small), 2))
            (button("Save", Emphasis::Primary))
        }
    };
    let title = titled(form, "Enter an appointment");
    (status(form), page(permit, shell(&title, "/tasks", ("Diary", "/diary")), body)).into_response()
}

pub(super) async fn off(permit: Permit<WorkTasks>, Path(id): Path<DiaryId>) -> Page {
    let one = permit.read(move |r| find_entry(r, id)).await?.ok_or(PageError::NotFound)?;
    let day = clock::london_day(one.new.at);
    permit.write(move |w| call_off(w, id, "")).await?;
    Ok(Redirect::to(&format!("/diary?from={day}")).into_response())
}
