//! Records that may be one person: those that wait for a decision, and those decided lately.

use crate::access::Permit;
use crate::access::policy::KeepRegister;
use crate::clock;
use crate::people::{
    Matched, OpenPairs, PAIRS_SHOWN, Person, find, lately_decided, open_pairs, side_by_side,
};
use crate::web::components::{Caption, Column, TagColour, empty_state, not_known, table, tag};
use crate::web::{Page, Shell, page};
use maud::{Markup, html};

pub(super) async fn list(permit: Permit<KeepRegister>) -> Page {
    let (open, more, decided) = permit
        .read(|r| {
            let OpenPairs { pairs, more } = open_pairs(r)?;
            let mut open = Vec::new();
            for pair in pairs {
                if let (Some(a), Some(b)) = (find(r, pair.first)?, find(r, pair.second)?) {
                    // What was noted was weighed with addresses; how alike it is would tell one that is withheld.
                    let withheld = a.address_withheld || b.address_withheld;
                    let matched = if withheld { side_by_side(r, &a, &b)? } else { pair.matched };
                    open.push((matched, a, b));
                }
            }
            let mut decided = Vec::new();
            for one in lately_decided(r)? {
                if let (Some(a), Some(b)) = (find(r, one.first)?, find(r, one.second)?) {
                    decided.push((one, a, b));
                }
            }
            Ok::<_, store::Error>((open, more, decided))
        })
        .await?;
    let rows: Vec<Vec<Markup>> = open
        .iter()
        .map(|(matched, a, b)| vec![named(a), named(b), band_tag(matched), compare_link("Compare", a, b)])
        .collect();
    let settled: Vec<Vec<Markup>> = decided
        .iter()
        .map(|(one, a, b)| {
            vec![
                named(a),
                named(b),
                html! { (one.decision.words()) br; span class="al-muted" { (one.by) ", " (clock::moment_words(one.at)) } },
                compare_link("Look again", a, b),
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Possible duplicates" }
        p class="govuk-body" { "Records of your projects that may be one person. Two records of one person hide warnings from each other; one record of two people shows a stranger's history." }
        @if rows.is_empty() { (empty_state("None waiting", html! { p class="govuk-body" { "Pairs appear here when a record comes or changes and looks like another. If you know of two that are missing here, open one of them and choose “Compare with another record”." } })) }
        @else { (table(Caption::Hidden("Pairs, likeliest first"), &[Column::words("One record"), Column::words("Another"), Column::words("How alike"), Column::words("Decide")], &rows)) }
        @if more { p class="govuk-body" { "These are the likeliest " (PAIRS_SHOWN) ". There are more: they come up as you decide." } }
        @if !settled.is_empty() {
            h2 class="govuk-heading-m" { "Decided lately" }
            (table(Caption::Hidden("Pairs decided lately, the newest first"), &[Column::words("One record"), Column::words("Another"), Column::words("Decided"), Column::words("Change it")], &settled))
        }
    };
    Ok(page(&permit, Shell { title: "Possible duplicates", room: "/duplicates", ..Shell::default() }, body))
}

fn named(person: &Person) -> Markup {
    let born = person.details.date_of_birth.map_or_else(not_known, |d| html! { (clock::day_words(d)) });
    html! { (person.details.name()) br; span class="al-muted" { (born) } }
}

fn compare_link(word: &str, a: &Person, b: &Person) -> Markup {
    html! { a class="govuk-link" href=(format!("/people/{}/compare/{}", a.id(), b.id())) { (word) span class="govuk-visually-hidden" { ": " (a.details.name()) " with " (b.details.name()) } } }
}

/// How alike, as a tag.
pub(super) fn band_tag(matched: &Matched) -> Markup {
    match matched.band.as_str() {
        "certain" => tag(TagColour::Green, "Fits almost certainly"),
        "review" => tag(TagColour::Yellow, "To be reviewed"),
        _ => tag(TagColour::Grey, "Not much alike"),
    }
}
