//! A week of the rota: places down, days across.

use crate::access::Permit;
use crate::access::policy::{ViewTasks, WorkTasks};
use crate::audit::Event;
use crate::clock;
use crate::projects::{Court, courts_in_scope, short_name};
use crate::rota::post::{Half, Place};
use crate::rota::week::{Rota, Shift, Standing, rota};
use crate::web::components::{
    Caption, Column, Emphasis, TagColour, back_link, button_link, empty_state, table, tag,
};
use crate::web::{Page, Shell, page};
use axum::extract::Query;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

/// Any day of the week shown.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    week: Option<Date>,
}

/// What a page of one week is made of.
struct Week<'a> {
    rota: &'a Rota,
    days: Vec<Date>,
    me: Uuid,
    may_work: bool,
}

fn monday_of(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

pub(super) async fn show(permit: Permit<ViewTasks>, Query(asked): Query<Asked>) -> Page {
    let today = clock::london_day(clock::now());
    let monday = monday_of(asked.week.unwrap_or(today));
    let sunday = monday.saturating_add(6.days());
    let (courts, rota) = permit
        .read(move |r| {
            r.saw(Event::new("rota opened", "rota", monday));
            Ok::<_, store::Error>((courts_in_scope(r)?, rota(r, monday, sunday)?))
        })
        .await?;
    let days: Vec<Date> = (0..7_i64)
        .map(|n| monday.saturating_add(n.days()))
        .filter(|day| {
            // A weekend day stands there when somebody is meant to be somewhere.
            !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
                || Half::ALL.iter().any(|half| !rota.on(*day, *half).is_empty())
        })
        .collect();
    let week = Week { rota: &rota, days, me: permit.account_id(), may_work: permit.may::<WorkTasks>() };
    let to = |day: Date| format!("/rota?week={day}");
    let title = format!("Rota, week of {}", clock::day_words(monday));
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        div class="govuk-button-group" {
            a class="govuk-link" href=(to(monday.saturating_sub(7.days()))) { "The week before" }
            a class="govuk-link" href="/rota" { "This week" }
            a class="govuk-link" href=(to(monday.saturating_add(7.days()))) { "The week after" }
        }
        @if courts.is_empty() && rota.posts.is_empty() {
            (empty_state("No court yet", html! { p class="govuk-body" { "None of your projects serves a court. Your service administrator links courts to projects." } }))
        } @else {
            @for half in Half::ALL { (half_table(&week, half, &courts)) }
        }
        @if week.may_work { (button_link("Put somebody on the rota", Emphasis::Secondary, &format!("/rota/new?day={}", monday.max(today)))) }
        p class="govuk-body-s" { "Whoever is on the rota finds their court’s board first, and the board names them. It closes no board to anybody: whoever steps in can work." }
    };
    let shell = Shell {
        title: &title,
        room: "/tasks",
        wide: true,
        before: Some(back_link("Tasks", "/tasks")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn half_table(week: &Week<'_>, half: Half, courts: &[Court]) -> Markup {
    let mut places: Vec<Place> = if half == Half::Morning {
        courts.iter().map(|court| Place::Court(court.code().to_owned(), court.name.clone())).collect()
    } else {
        Vec::new()
    };
    for day in &week.days {
        for shift in week.rota.on(*day, half) {
            if !places.contains(&shift.post.new.place) {
                places.push(shift.post.new.place.clone());
            }
        }
    }
    let heading = match half {
        Half::Morning => "Mornings",
        Half::Afternoon => "Afternoons",
    };
    let names: Vec<String> = week.days.iter().map(|day| day.strftime("%a %-d %b").to_string()).collect();
    let mut columns = vec![Column::words("Where")];
    columns.extend(names.iter().map(|name| Column::words(name)));
    let rows: Vec<Vec<Markup>> = places
        .iter()
        .map(|place| {
            std::iter::once(html! { (short_name(place.name())) })
                .chain(week.days.iter().map(|day| cell(week, half, place, *day)))
                .collect()
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { (heading) }
        @if rows.is_empty() { p class="govuk-body" { "Nobody is on the rota for an afternoon of this week." } }
        @else { (table(Caption::Hidden(heading), &columns, &rows)) }
    }
}

fn cell(week: &Week<'_>, half: Half, place: &Place, day: Date) -> Markup {
    let all = week.rota.on(day, half);
    let here: Vec<&Shift<'_>> = all.iter().filter(|shift| shift.post.new.place == *place).collect();
    let missing = half == Half::Morning && place.court().is_some_and(|code| week.rota.lacks(code, day));
    let court = place.court().map(|code| format!("&court={code}")).unwrap_or_default();
    html! {
        @for shift in &here {
            @let twice = shift.standing == Standing::There && all.iter().filter(|other| other.standing == Standing::There && other.post.new.who == shift.post.new.who).count() > 1;
            div class="al-rota__who" { (who(week, shift, day)) @if twice { " " (tag(TagColour::Orange, "In two places")) } }
        }
        @if missing {
            div class="al-rota__who" {
                (tag(TagColour::Red, "Nobody"))
                @if week.may_work { " " a class="govuk-link" href=(format!("/rota/new?day={day}&half={}{court}", half.key())) { "Put somebody" span class="govuk-visually-hidden" { " at " (place.name()) ", " (clock::weekday_words(day)) } } }
            }
        } @else if here.is_empty() { "–" }
    }
}

fn who(week: &Week<'_>, shift: &Shift<'_>, day: Date) -> Markup {
    let post = shift.post;
    let name = if post.new.who.is_none() { "Nobody, on purpose" } else { &post.name };
    let shown = html! {
        @if week.may_work {
            a class="govuk-link" href=(format!("/rota/{}?day={day}", post.id)) { (name) span class="govuk-visually-hidden" { ", " (clock::weekday_words(day)) ", " (post.new.half.key()) } }
        } @else { (name) }
    };
    html! {
        @if post.new.who == Some(week.me) { strong { (shown) } } @else { (shown) }
        @match &shift.standing {
            Standing::There | Standing::NotNeeded => {},
            Standing::Off(why) => { " " (tag(TagColour::Grey, "Not there")) @if !why.is_empty() { " " (why) } },
            Standing::Away(_) => { " " (tag(TagColour::Grey, "Away")) },
            Standing::Left => { " " (tag(TagColour::Grey, "Left the service")) },
        }
    }
}

/// One line above a board: who is at this court this morning; nothing where no rota is kept.
#[must_use]
pub fn board_line(rota: &Rota, court: &Court, day: Date) -> Option<Markup> {
    let shifts = rota.on(day, Half::Morning);
    let here: Vec<&Shift<'_>> =
        shifts.iter().filter(|shift| shift.post.new.place.court() == Some(court.code())).collect();
    let there: Vec<&str> = here
        .iter()
        .filter(|shift| shift.standing == Standing::There)
        .map(|shift| shift.post.name.as_str())
        .collect();
    let missing = rota.lacks(court.code(), day);
    if here.is_empty() && !missing {
        return None;
    }
    let purpose = here.iter().any(|shift| shift.standing == Standing::NotNeeded);
    let gone: Vec<&str> = here
        .iter()
        .filter(|shift| !matches!(shift.standing, Standing::There | Standing::NotNeeded))
        .map(|shift| shift.post.name.as_str())
        .collect();
    Some(html! {
        p class="govuk-body-s al-board-note" {
            a class="govuk-link" href=(format!("/rota?week={day}")) { "On the rota" } ": "
            @if missing { (tag(TagColour::Red, "Nobody")) }
            @else if there.is_empty() && purpose { "nobody, on purpose" }
            @else { (there.join(", ")) }
            @if !gone.is_empty() { "; not there: " (gone.join(", ")) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_begins_on_its_monday() {
        let monday = date(2026, 11, 23);
        assert_eq!(monday_of(monday), monday);
        assert_eq!(monday_of(date(2026, 11, 29)), monday);
        assert_eq!(monday_of(date(2026, 11, 30)), date(2026, 11, 30));
    }
}
