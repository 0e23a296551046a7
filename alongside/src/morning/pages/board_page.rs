//! The morning board of one court and day.

use super::filter::FilterQuery;
use super::parts::{day_href, preparation_tag, row_marker};
use crate::access::Permit;
use crate::access::policy::{ImportFiles, PrintPack, Recognise, ViewBoard, WorkBoard};
use crate::clock;
use crate::ids::AccountId;
use crate::morning::board::{Board, board};
use crate::morning::line::{Known, Line};
use crate::morning::rank::Placed;
use crate::morning::rules::Rules;
use crate::morning::work::{Colleague, colleagues, look};
use crate::projects::{court_in_scope, courts_in_scope, short_name};
use crate::rota::{Half, board_line, rota};
use crate::web::components::{
    BoardRow, Choice, Day, Emphasis, Form, KnownAs, LabelSize, Selection, TagColour, board as board_table,
    button, button_link, day_bar, details, empty_state, filter_chips, keys_button, live_bar,
    notification_badge, post_button, select, selection_bar, tag,
};
use crate::web::{Page, PageError, Shell, page};
use axum::Extension;
use axum::extract::{Path, Query};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use std::sync::Arc;
use store::sql;

/// What the page was made from.
pub(super) struct Seen {
    pub(super) board: Board,
    pub(super) colleagues: Vec<Colleague>,
    pub(super) days: Vec<(Date, Option<usize>)>,
    pub(super) proposals: usize,
    pub(super) above: Vec<Markup>,
    pub(super) other_courts: bool,
}

pub(super) async fn show(
    permit: Permit<ViewBoard>,
    Path((code, date)): Path<(String, Date)>,
    Query(query): Query<FilterQuery>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    let (seen, last_look) = load(&permit, code, date, Arc::clone(&rules)).await?;
    let me = me(&permit);
    let filter = query.filter(last_look, me);
    let shown: Vec<&Placed> = seen.board.rows.iter().filter(|row| filter.passes(row)).collect();
    Ok(draw(&permit, &seen, &rules, &query, last_look, &shown, None))
}

pub(super) fn me(permit: &Permit<ViewBoard>) -> AccountId {
    permit.account_id().to_string().parse().unwrap_or_else(|_| AccountId::fresh())
}

pub(super) async fn load(
    permit: &Permit<ViewBoard>,
    code: String,
    date: Date,
    rules: Arc<Rules>,
) -> Result<(Seen, Option<Timestamp>), PageError> {
    let me = me(permit);
    let reader = permit.clone();
    permit
        .write(move |w| {
            let Some(court) = w.reading(|r| court_in_scope(r, &code))? else { return Err(PageError::NotFound) };
            let last_look = look(w, me, &court, date)?;
            let seen = w.reading(|r| {
                let board = board(r, &court, date, &rules)?;
                let rota = rota(r, date, date)?;
                let mut colleagues = colleagues(r, &court)?;
                // Whoever is there this morning stands first.
                colleagues.sort_by_key(|c| !rota.courts_of(c.id.into(), date, Half::Morning).iter().any(|code| code == court.code()));
                let around: Vec<Date> = (-5..=5).filter_map(|n: i64| date.checked_add(n.days()).ok()).collect();
                let mut days: Vec<(Date, Option<usize>)> = around.iter().map(|d| (*d, None)).collect();
                let counts = sql("SELECT list_date, COUNT(*) AS n FROM listing WHERE court_code = $1 AND removed_at IS NULL AND joined_into IS NULL AND kind <> 'organisation' AND list_date IN ($LIST) GROUP BY list_date");
                for row in r.query_list(counts, &[&court.code()], &around)? {
                    let (day, n): (Date, i64) = (row.get("list_date")?, row.get("n")?);
                    if let Some(entry) = days.iter_mut().find(|(d, _)| *d == day) {
                        entry.1 = usize::try_from(n).ok();
                    }
                }
                let days = court_days_around(date, &days);
                let proposals = board.rows.iter().map(|row| row.line.proposals).sum();
                let mut above: Vec<Markup> = board_line(&rota, &court, date).into_iter().collect();
                for room in rules.below.above_board {
                    above.extend(room(&reader, r, &court, date)?);
                }
                let other_courts = courts_in_scope(r)?.len() > 1;
                Ok(Seen { board, colleagues, days, proposals, above, other_courts })
            })?;
            Ok((seen, last_look))
        })
        .await
}

/// The two days before and after: on a Monday, Friday is the day before. A weekend day stands among them when a list came.
fn court_days_around(chosen: Date, days: &[(Date, Option<usize>)]) -> Vec<(Date, Option<usize>)> {
    let sits = |(day, count): &&(Date, Option<usize>)| {
        count.is_some() || !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    };
    let mut before: Vec<_> =
        days.iter().rev().filter(|(day, _)| *day < chosen).filter(sits).take(2).copied().collect();
    before.reverse();
    let here = days.iter().filter(|(day, _)| *day == chosen).copied();
    let after = days.iter().filter(|(day, _)| *day > chosen).filter(sits).take(2).copied();
    before.into_iter().chain(here).chain(after).collect()
}

pub(super) fn draw(
    permit: &Permit<ViewBoard>,
    seen: &Seen,
    rules: &Rules,
    query: &FilterQuery,
    last_look: Option<Timestamp>,
    shown: &[&Placed],
    searched: Option<&str>,
) -> axum::response::Response {
    let b = &seen.board;
    let base = day_href(b.court.code(), b.date);
    let may_work = permit.may::<WorkBoard>();
    let rows: Vec<Texts> = shown.iter().map(|row| Texts::of(row)).collect();
    let board_rows: Vec<BoardRow<'_>> = shown
        .iter()
        .zip(&rows)
        .map(|(row, texts)| board_row(row, texts, last_look, may_work, permit))
        .collect();
    let days: Vec<Day> = seen
        .days
        .iter()
        .map(|(d, n)| Day { date: *d, href: query.on(&day_href(b.court.code(), *d)), count: *n })
        .collect();
    let caption = format!(
        "{}, {}: {} of {} people, in the order to be seen",
        b.court.name,
        clock::weekday_words(b.date),
        shown.len(),
        b.rows.len()
    );
    let clear = (!query.is_empty()).then_some(base.as_str());
    let body = html! {
        div class="al-board-head" {
            h1 class="govuk-heading-l" { (short_name(&b.court.name)) ": " (clock::weekday_words(b.date)) }
            (day_bar(&days, b.date, clock::london_day(clock::now())))
        }
        (live_bar(&format!("{base}/live"), &b.version.to_string(), &query.on(&base)))
        div class="al-board-tools" {
            form method="post" action=(format!("{base}/search")) role="search" class="al-search" {
                label for="search" { "Find on this list" }
                input class="govuk-input" id="search" name="search" type="search" value=(searched.unwrap_or_default()) autocomplete="off" spellcheck="false" data-search;
                (button("Find", Emphasis::Small))
            }
            div class="al-board-tools__links" {
                @if permit.may::<PrintPack>() { (button_link("Morning pack", Emphasis::Small, &format!("{base}/pack"))) }
                a class="govuk-link" href=(format!("{base}/changes")) { "What changed" }
                @if seen.other_courts { a class="govuk-link" href=(format!("/mornings/{}", b.date)) { "Other courts" } }
                (keys_button())
            }
        }
        div class="al-board-notes" {
            @for part in &seen.above { (part) }
            @if seen.proposals > 0 && permit.may::<Recognise>() {
                p class="govuk-body-s al-board-note" { (notification_badge(seen.proposals, "escort records to confirm")) " An escort record may belong to a line of the list: open the rows marked " (tag(TagColour::Orange, "Escort record?")) }
            }
        }
        @if let Some(words) = searched {
            p class="govuk-body" role="status" { (shown.len()) " found for “" (words) "”. " a class="govuk-link" href=(base) { "Show everybody" } }
        }
        @if !b.rows.is_empty() { (filter_chips(&query.chips(b, rules, &base, last_look, me(permit)), 2, clear)) }
        @if let (Some(clear), false) = (clear, b.rows.is_empty()) {
            p class="govuk-body" { "Showing " (shown.len()) " of " (b.rows.len()) ". " a class="govuk-link" href=(clear) { "Show everybody" } }
        }
        @if b.rows.is_empty() {
            (empty_state("No list for this day", html! {
                p class="govuk-body" { "Nothing has come in for " (b.court.name) " on " (clock::day_words(b.date)) "." }
                @if permit.may::<ImportFiles>() { (button_link("Send lists in", Emphasis::Primary, "/imports/new")) }
            }))
        } @else if shown.is_empty() {
            (empty_state("Nobody fits", html! { p class="govuk-body" { "Nobody on this list fits. " a class="govuk-link" href=(base) { "Show everybody" } } }))
        } @else {
            @if may_work { (selection_bar(&format!("{base}/assign"), assign_controls(&seen.colleagues))) }
            (board_table(&caption, &board_rows, if may_work { Selection::Boxes } else { Selection::None }))
        }
        (below(b, rules))
    };
    page(
        permit,
        Shell { title: &format!("Board, {}", b.court.name), room: "/courts", wide: true, ..Shell::default() },
        body,
    )
}

fn assign_controls(colleagues: &[Colleague]) -> Markup {
    let form = Form::blank();
    let ids: Vec<String> = colleagues.iter().map(|c| c.id.to_string()).collect();
    let mut choices = vec![Choice::new("", "me")];
    choices.extend(colleagues.iter().zip(&ids).map(|(c, id)| Choice::new(id, &c.name)));
    let field = form.field("colleague", "Give the selected to");
    html! { (select(&field.with_size(LabelSize::Plain), &choices)) (button("Give", Emphasis::Small)) }
}

/// What stands below the table: who came off, organisations, the rules' version.
fn below(b: &Board, rules: &Rules) -> Markup {
    html! {
        @if !b.removed.is_empty() {
            (details(&format!("{} taken off the list", b.removed.len()), html! {
                ul class="govuk-list" { @for line in &b.removed {
                    li { a class="govuk-link" href=(format!("/listings/{}", line.id)) { (line.name) } ", off at " (line.removed_at.map(clock::time_words).unwrap_or_default()) }
                } }
            }))
        }
        @if !b.organisations.is_empty() {
            (details(&format!("{} organisations on the list", b.organisations.len()), html! { ul class="govuk-list" { @for name in &b.organisations { li { (name) } } } }))
        }
        @if !b.rows.is_empty() {
            p class="govuk-body-s al-muted" { "Order by marker rules " (rules.version) ". It says who may need to be seen first, and is no measure of risk. Open a row to see why it stands where it stands." }
        }
    }
}

/// Texts a row borrows.
struct Texts {
    id: String,
    about: String,
    last_contact: String,
    number: String,
}

impl Texts {
    fn of(row: &Placed) -> Self {
        let linked = row.line.recognition.linked.as_ref();
        Self {
            id: row.line.id.to_string(),
            about: row.line.about(),
            last_contact: linked
                .and_then(|l| l.last_contact)
                .map(|at| format!("last contact {}", clock::day_words(clock::london_day(at))))
                .unwrap_or_default(),
            number: row.line.list_no.clone().unwrap_or_default(),
        }
    }
}

fn board_row<'a>(
    row: &'a Placed,
    texts: &'a Texts,
    last_look: Option<Timestamp>,
    may_work: bool,
    permit: &Permit<ViewBoard>,
) -> BoardRow<'a> {
    let line = &row.line;
    let mut flags = Vec::new();
    if last_look.is_some_and(|at| line.first_seen_at > at) {
        flags.push(tag(TagColour::Blue, "New"));
    }
    if line.work.moved.is_some() {
        flags.push(tag(TagColour::Teal, "Moved by hand"));
    }
    if line.proposals > 0 {
        flags.push(tag(TagColour::Orange, "Escort record?"));
    }
    if line.origin == "escort" {
        flags.push(tag(TagColour::Orange, "Not on the court list"));
    }
    for note in &line.notes {
        if let Some((colour, words)) = &note.tag {
            flags.push(tag(*colour, words));
        }
    }
    let mine = permit
        .account()
        .is_some_and(|a| line.work.taken.as_ref().is_some_and(|(id, _)| uuid::Uuid::from(*id) == a.id));
    let action = match (may_work, &line.work.taken) {
        (true, None) => {
            post_button("Take", &line.name, Emphasis::Small, &format!("/listings/{}/take", line.id))
        }
        (true, Some(_)) if mine => {
            post_button("Give back", &line.name, Emphasis::Small, &format!("/listings/{}/release", line.id))
        }
        _ => html! {},
    };
    BoardRow {
        id: &texts.id,
        href: format!("/listings/{}", line.id),
        place: row.place,
        room: line.room.as_deref().unwrap_or("–"),
        time: line.starts.as_deref().unwrap_or_default(),
        list_number: &texts.number,
        name: &line.name,
        about: &texts.about,
        flags,
        markers: row.markers.iter().map(row_marker).collect(),
        offence: &line.offences,
        known: known_as(line, &texts.last_contact),
        status: preparation_tag(line.work.preparation),
        taken_by: line.work.taken.as_ref().map(|(_, name)| name.as_str()),
        action,
    }
}

fn known_as<'a>(line: &Line, last_contact: &'a str) -> KnownAs<'a> {
    match line.known() {
        Known::Known => KnownAs::Known { last_contact },
        Known::Possibly => KnownAs::Possibly {
            people: line.recognition.candidates + line.recognition.elsewhere,
            compare_href: format!("/listings/{}/compare", line.id),
        },
        Known::Not => KnownAs::NotKnown,
    }
}

/// The first rows of several courts, heaviest first: where a team with one person to spare sends them.
pub(super) fn across(boards: &[Board], rules: &Rules) -> Markup {
    let mut rows: Vec<(&Board, &Placed)> = boards
        .iter()
        .flat_map(|b| b.rows.iter().map(move |row| (b, row)))
        .filter(|(_, row)| row.score > 0.0)
        .collect();
    rows.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then_with(|| a.1.place.cmp(&b.1.place)));
    html! {
        @if !rows.is_empty() {
            h2 class="govuk-heading-m" { "First across all courts" }
            ol class="govuk-list govuk-list--number" {
                @for (board, row) in rows.iter().take(30) {
                    li {
                        a class="govuk-link" href=(format!("/listings/{}", row.line.id)) { (row.line.name) } ", " (row.line.about()) ". "
                        (short_name(&board.court.name)) @if let Some(time) = &row.line.starts { ", " (time) }
                        ul class="al-markers" { @for m in row.markers.iter().take(3) { li { (row_marker(m)) } } }
                    }
                }
            }
            p class="govuk-body-s al-muted" { "Order by marker rules " (rules.version) "." }
        }
    }
}
