//! Entries to look at again: doubted ones first, then what nobody has checked for longest.

use crate::access::Permit;
use crate::access::policy::ViewDirectory;
use crate::audit::Event;
use crate::clock;
use crate::directory::reading::services_in_scope;
use crate::directory::service::Service;
use crate::directory::suggest::{STALE_CHECK_DAYS, STALE_WAIT_DAYS};
use crate::web::components::{TagColour, back_link, empty_state, tag};
use crate::web::{Page, Shell, page};
use jiff::civil::Date;
use maud::{Markup, html};

/// Days since a day.
fn age(on: Date, today: Date) -> i64 {
    i64::from((today - on).get_days())
}

/// Why an entry should be looked at; nothing when it need not.
pub(super) fn why(one: &Service, today: Date) -> Vec<String> {
    let mut why: Vec<String> = one.doubts().map(|d| format!("{}, {}", d.words, d.by)).collect();
    let checked = clock::london_day(one.checked().0);
    if age(checked, today) > STALE_CHECK_DAYS {
        why.push(format!("Not checked since {}", clock::day_words(checked)));
    }
    match one.waiting() {
        Some((_, Some(on))) if age(on, today) > STALE_WAIT_DAYS => {
            why.push(format!("Waiting time of {}", clock::day_words(on)));
        }
        Some((_, None)) => why.push("Waiting time without a day".into()),
        _ => {}
    }
    why
}

pub(super) async fn show(permit: Permit<ViewDirectory>) -> Page {
    let all = permit
        .read(|r| {
            r.saw(Event::new("directory review opened", "service", "list"));
            services_in_scope(r)
        })
        .await?;
    let today = clock::london_day(clock::now());
    let mut open: Vec<(&Service, Vec<String>)> = all
        .iter()
        .filter(|s| s.ended.is_none())
        .map(|s| (s, why(s, today)))
        .filter(|(_, why)| !why.is_empty())
        .collect();
    open.sort_by_key(|(s, _)| (s.doubts().next().is_none(), s.checked().0));
    let body = html! {
        h1 class="govuk-heading-l" { "Entries to look at again" }
        p class="govuk-body" { "Ring them: is it still there, for whom, how long is the wait? Then say on the entry that it is still right, or have it changed." }
        @if open.is_empty() { (empty_state("Every entry was checked lately", html! {})) }
        @else { ol class="al-worklist" { @for (one, why) in &open { (row(one, why)) } } }
    };
    let shell = Shell {
        title: "Entries to look at again",
        room: "/directory",
        before: Some(back_link("Directory", "/directory")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn row(one: &Service, why: &[String]) -> Markup {
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/directory/{}", one.id)) { (one.name) } @if one.doubts().next().is_some() { " " (tag(TagColour::Orange, "Doubted")) } }
            ul class="govuk-list govuk-list--bullet" { @for reason in why { li { (reason) } } }
        }
    }
}
