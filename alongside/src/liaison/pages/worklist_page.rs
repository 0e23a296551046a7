//! What agencies were asked for, and what contacts left to be done: overdue first.

use crate::access::policy::KeepLiaison;
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::liaison::codes::{SUBJECTS, agency_words, words_in};
use crate::liaison::contact::to_follow;
use crate::liaison::request::open_information;
use crate::people;
use crate::web::components::{TagColour, empty_state, tag};
use crate::web::{Page, Shell, page};
use jiff::civil::Date;
use maud::{Markup, html};

struct Row {
    name: String,
    href: String,
    what: String,
    due: Option<Date>,
}

pub(super) async fn show(permit: Permit<KeepLiaison>) -> Page {
    let rows = permit.read(rows).await?;
    let today = clock::london_day(clock::now());
    let body = html! {
        h1 class="govuk-heading-l" { "Asked for, and to do" }
        @if rows.is_empty() { (empty_state("Nothing waits", html! { p class="govuk-body" { "Information is asked for, and contacts are recorded, from a person’s page." } })) }
        @else { ol class="al-worklist" { @for row in &rows { (shown(row, today)) } } }
    };
    Ok(page(&permit, Shell { title: "Asked for, and to do", room: "/information", ..Shell::default() }, body))
}

fn rows(r: &mut Reader<'_, KeepLiaison>) -> store::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let (open, follow) = (open_information(r)?, to_follow(r)?);
    let people = open.iter().map(|one| one.person).chain(follow.iter().map(|one| one.person));
    let names = people::names(r, people)?;
    for one in open {
        let Some(name) = names.get(&one.person).cloned() else { continue };
        rows.push(Row {
            name,
            href: format!("/information/{}", one.id),
            what: format!(
                "Waiting for {}, {}: {}",
                one.who,
                agency_words(&one.agency),
                words_in(SUBJECTS, &one.subject)
            ),
            due: Some(one.due_on),
        });
    }
    for one in follow {
        let Some(name) = names.get(&one.person).cloned() else { continue };
        rows.push(Row {
            name,
            href: format!("/contacts/{}", one.id),
            what: one.new.follow_up.clone(),
            due: one.new.follow_up_on,
        });
    }
    rows.sort_by_key(|row| row.due.unwrap_or(Date::MAX));
    r.saw(
        Event::new("list of what was asked for opened", "information", "list")
            .with(format!("{} rows", rows.len())),
    );
    Ok(rows)
}

fn shown(row: &Row, today: Date) -> Markup {
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(row.href) { (row.name) } }
            p class="govuk-body govuk-!-margin-bottom-1" {
                @if row.due.is_some_and(|due| due < today) { (tag(TagColour::Red, "Overdue")) " " }
                (row.what) @if let Some(due) = row.due { ", by " (clock::day_words(due)) }
            }
        }
    }
}
