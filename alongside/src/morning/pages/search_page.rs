//! Finding somebody on one list. What was typed is a name: it is posted, and never stands in an address or a log.

use super::board_page::{draw, load};
use super::filter::FilterQuery;
use crate::access::Permit;
use crate::access::policy::ViewBoard;
use crate::morning::rank::Placed;
use crate::morning::rules::Rules;
use crate::web::{Page, Sent};
use axum::Extension;
use axum::extract::Path;
use jiff::civil::Date;
use std::sync::Arc;

pub(super) async fn send(
    permit: Permit<ViewBoard>,
    Path((code, date)): Path<(String, Date)>,
    Extension(rules): Extension<Arc<Rules>>,
    Sent(form): Sent,
) -> Page {
    let typed = form.value("search").trim().to_owned();
    let (seen, last_look) = load(&permit, code, date, Arc::clone(&rules)).await?;
    let words = fold(&typed);
    let shown: Vec<&Placed> = seen.board.rows.iter().filter(|row| fits(row, &words)).collect();
    Ok(draw(&permit, &seen, &rules, &FilterQuery::default(), last_look, &shown, Some(&typed)))
}

/// Lower case without accents, apostrophes and hyphens, as recognition cleans names.
fn fold(text: &str) -> Vec<String> {
    linkage::clean_words(text).split_whitespace().map(str::to_owned).collect()
}

/// Every word typed begins a word of the name, or is part of a number on the line.
fn fits(row: &Placed, words: &[String]) -> bool {
    let line = &row.line;
    let name = fold(&line.name);
    let numbers = [&line.case_no, &line.pnc, &line.list_no]
        .into_iter()
        .flatten()
        .map(|n| n.to_lowercase())
        .collect::<Vec<_>>();
    words.iter().all(|word| {
        name.iter().any(|part| part.starts_with(word.as_str()))
            || numbers.iter().any(|n| n.contains(&word.to_lowercase()))
    })
}
