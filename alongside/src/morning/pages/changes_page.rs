//! What changed: on this day's list since it first came, and who of yesterday's list is back.

use super::parts::day_href;
use crate::access::Permit;
use crate::access::policy::ViewBoard;
use crate::audit::Event;
use crate::clock;
use crate::ids::ListingId;
use crate::projects::court_in_scope;
use crate::web::components::{Caption, Column, back_link, table};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use store::{Row, sql};

struct Change {
    listing: ListingId,
    name: String,
    at: Timestamp,
    what: String,
    words: String,
}

struct Back {
    listing: ListingId,
    name: String,
    before: String,
    now: String,
}

fn change(row: &Row) -> store::Result<Change> {
    Ok(Change {
        listing: row.get("listing_id")?,
        name: row.get("full_name")?,
        at: row.get("at")?,
        what: row.get("what")?,
        words: row.get("words")?,
    })
}

fn back(row: &Row) -> store::Result<Back> {
    let words =
        |column: &str| row.get::<Option<String>>(column).map(|w| w.unwrap_or_else(|| "not stated".into()));
    Ok(Back {
        listing: row.get("id")?,
        name: row.get("full_name")?,
        before: words("before_for")?,
        now: words("listed_for")?,
    })
}

pub(super) async fn show(permit: Permit<ViewBoard>, Path((code, date)): Path<(String, Date)>) -> Page {
    let found = permit
        .read(move |r| {
            let Some(court) = court_in_scope(r, &code)? else { return Ok::<_, store::Error>(None) };
            r.saw(Event::new("changes opened", "court day", format!("{code} {date}")));
            let first: Option<Timestamp> = r
                .one(sql("SELECT MIN(first_seen_at) AS first FROM listing WHERE court_code = $1 AND list_date = $2"), &[&code, &date])?
                .get("first")?;
            let changes: Vec<Change> = r
                .query(
                    sql("SELECT c.listing_id, l.full_name, c.at, c.what, c.words FROM listing_change c JOIN listing l ON l.id = c.listing_id WHERE c.court_code = $1 AND c.list_date = $2 AND (c.what <> 'added' OR c.at > $3) ORDER BY c.at DESC, c.id DESC"),
                    &[&code, &date, &first.unwrap_or(Timestamp::UNIX_EPOCH)],
                )?
                .iter()
                .map(change)
                .collect::<store::Result<_>>()?;
            let yesterday: Option<Date> = r
                .one(sql("SELECT MAX(list_date) AS last FROM listing WHERE court_code = $1 AND list_date < $2"), &[&code, &date])?
                .get("last")?;
            let back: Vec<Back> = match yesterday {
                None => Vec::new(),
                Some(before) => r
                    .query(
                        sql("SELECT l.id, l.full_name, l.listed_for, MIN(o.listed_for) AS before_for FROM listing l JOIN listing o ON o.court_code = l.court_code AND o.list_date = $3 AND o.kind <> 'organisation' AND ((o.pnc IS NOT NULL AND o.pnc = l.pnc) OR (o.full_name = l.full_name AND o.date_of_birth = l.date_of_birth)) WHERE l.court_code = $1 AND l.list_date = $2 AND l.kind <> 'organisation' AND l.joined_into IS NULL GROUP BY l.id, l.full_name, l.listed_for ORDER BY l.full_name"),
                        &[&code, &date, &before],
                    )?
                    .iter()
                    .map(back)
                    .collect::<store::Result<_>>()?,
            };
            Ok(Some((court, first, changes, yesterday, back)))
        })
        .await?;
    let Some((court, first, changes, yesterday, back)) = found else { return Err(PageError::NotFound) };
    let body = html! {
        h1 class="govuk-heading-l" { "What changed: " (court.name) ", " (clock::weekday_words(date)) }
        p class="govuk-body" {
            @match first { Some(at) => { "The first list came at " (clock::moment_words(at)) ". Changes since then, newest first." }, None => "No list has come for this day." }
        }
        @if changes.is_empty() { @if first.is_some() { p class="govuk-body" { "Nothing has changed since." } } } @else { (changes_table(&changes)) }
        @if let Some(before) = yesterday {
            h2 class="govuk-heading-m" { "On the list of " (clock::weekday_words(before)) " too" }
            @if back.is_empty() { p class="govuk-body" { "Nobody." } } @else {
                (table(
                    Caption::Hidden("People who were on the previous list too"),
                    &[Column::words("Person"), Column::words("Listed then for"), Column::words("Listed now for")],
                    &back.iter().map(|b| vec![link(b.listing, &b.name), html! { (b.before) }, html! { (b.now) }]).collect::<Vec<_>>(),
                ))
                p class="govuk-body-s al-muted" { "Told by equal PNC number, or equal name and birth date as written. Not a recognition." }
            }
        }
    };
    let before = back_link(&format!("Board, {}", court.name), &day_href(court.code(), date));
    Ok(page(
        &permit,
        Shell { title: "What changed", room: "/courts", before: Some(before), ..Shell::default() },
        body,
    ))
}

fn link(id: ListingId, name: &str) -> Markup {
    html! { a class="govuk-link" href=(format!("/listings/{id}")) { (name) } }
}

fn changes_table(changes: &[Change]) -> Markup {
    let rows: Vec<Vec<Markup>> = changes
        .iter()
        .map(|c| {
            let what = match c.what.as_str() {
                "added" => "Added",
                "removed" => "Taken off",
                "returned" => "Back",
                _ => "Changed",
            };
            vec![
                html! { (clock::moment_words(c.at)) },
                html! { (what) },
                link(c.listing, &c.name),
                html! { (c.words) },
            ]
        })
        .collect();
    table(
        Caption::Hidden("Changes, newest first"),
        &[Column::words("When"), Column::words("What"), Column::words("Person"), Column::words("Details")],
        &rows,
    )
}
