//! Records that may be one person: the list, the comparison, the merge with its preview, and taking it apart.

use super::person_page::identity_of;
use crate::access::Permit;
use crate::access::policy::KeepRegister;
use crate::clock;
use crate::ids::PersonId;
use crate::people::{
    CannotMerge, Details, Holds, Pair, PairDecision, Person, decide_pair, find, holds, merge, open_pairs,
    pair_of, unmerge,
};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, Layout, TagColour, back_link, button, empty_state,
    error_summary, not_known, radios, table, tag, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

pub(super) async fn list(permit: Permit<KeepRegister>) -> Page {
    let pairs = permit
        .read(|r| {
            let mut out = Vec::new();
            for pair in open_pairs(r)?.into_iter().take(100) {
                if let (Some(a), Some(b)) = (find(r, pair.first)?, find(r, pair.second)?) {
                    out.push((pair, a, b));
                }
            }
            Ok::<_, store::Error>(out)
        })
        .await?;
    let rows: Vec<Vec<Markup>> = pairs
        .iter()
        .map(|(pair, a, b)| {
            let born = |p: &Person| p.details.date_of_birth.map_or_else(not_known, |d| html! { (clock::day_words(d)) });
            vec![
                html! { (a.details.name()) br; span class="al-muted" { (born(a)) } },
                html! { (b.details.name()) br; span class="al-muted" { (born(b)) } },
                band_tag(pair),
                html! { a class="govuk-link" href=(format!("/people/{}/compare/{}", pair.first, pair.second)) { "Compare" span class="govuk-visually-hidden" { " " (a.details.name()) " with " (b.details.name()) } } },
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "Possible duplicates" }
        p class="govuk-body" { "Records of your projects that may be one person. Two records of one person hide warnings from each other; one record of two people shows a stranger's history." }
        @if rows.is_empty() { (empty_state("None waiting", html! { p class="govuk-body" { "Pairs appear here when a record comes or changes and looks like another." } })) }
        @else { (table(Caption::Hidden("Pairs, likeliest first"), &[Column::words("One record"), Column::words("Another"), Column::words("How alike"), Column::words("Decide")], &rows)) }
    };
    Ok(page(&permit, Shell { title: "Possible duplicates", room: "/duplicates", ..Shell::default() }, body))
}

fn band_tag(pair: &Pair) -> Markup {
    if pair.matched.band == "certain" {
        tag(TagColour::Green, "Fits almost certainly")
    } else {
        tag(TagColour::Yellow, "To be reviewed")
    }
}

struct Seen {
    a: Person,
    b: Person,
    pair: Option<Pair>,
    holds: (Holds, Holds),
}

async fn load(permit: &Permit<KeepRegister>, a: PersonId, b: PersonId) -> Result<Seen, PageError> {
    let seen = permit
        .read(move |r| {
            let (Some(a), Some(b)) = (find(r, a)?, find(r, b)?) else { return Ok::<_, store::Error>(None) };
            let pair = pair_of(r, &a, &b)?;
            let holds = (holds(r, &a)?, holds(r, &b)?);
            Ok(Some(Seen { a, b, pair, holds }))
        })
        .await?;
    seen.filter(|s| s.a.id() != s.b.id()).ok_or(PageError::NotFound)
}

pub(super) async fn compare(permit: Permit<KeepRegister>, Path((a, b)): Path<(PersonId, PersonId)>) -> Page {
    let seen = load(&permit, a, b).await?;
    Ok(draw(&permit, &seen, &Form::blank()))
}

fn draw(permit: &Permit<KeepRegister>, seen: &Seen, form: &Form) -> axum::response::Response {
    let (first, second) = (seen.a.id().to_string(), seen.b.id().to_string());
    let keep_first = format!("merge {first}");
    let keep_second = format!("merge {second}");
    let labels = (
        format!("Same person: keep {} (record 1) and merge the other into it", seen.a.details.name()),
        format!("Same person: keep {} (record 2) and merge the other into it", seen.b.details.name()),
    );
    let choices = [
        Choice {
            hint: Some("Can be undone at any time, to the last byte"),
            ..Choice::new(&keep_first, &labels.0)
        },
        Choice {
            hint: Some("Can be undone at any time, to the last byte"),
            ..Choice::new(&keep_second, &labels.1)
        },
        Choice {
            hint: Some("Not offered again unless the records change"),
            ..Choice::new("not-same", "Not the same: two people")
        },
        Choice::new("cannot-tell", "Can't tell"),
    ];
    let held = [
        ("Episodes", seen.holds.0.episodes, seen.holds.1.episodes),
        ("Lines of court lists", seen.holds.0.listings, seen.holds.1.listings),
        ("Versions of details", seen.holds.0.versions, seen.holds.1.versions),
    ]
    .map(|(what, a, b)| vec![html! { (what) }, html! { (a) }, html! { (b) }]);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Are these one person?" }
        (side_by_side(&seen.a.details, &seen.b.details))
        h2 class="govuk-heading-m" { "What a merge brings together" }
        (table(
            Caption::Hidden("What each record holds"),
            &[Column::words("Holds"), Column::figures("Record 1"), Column::figures("Record 2")],
            &held,
        ))
        @if let Some(pair) = &seen.pair {
            p class="govuk-body" { (band_tag(pair)) " Recognition puts it at " (format!("{:.1} %", pair.matched.probability * 100.0)) " that they are one person." }
            @for warning in &pair.matched.warnings { p class="govuk-body" { strong { "Mind: " } (warning) "." } }
        }
        form method="post" action=(format!("/people/{first}/compare/{second}")) novalidate {
            (radios(&form.field("decision", "Your decision"), Layout::Stacked, &choices))
            (text_input(&form.field("reason", "Reason").with_hint("What told you"), Input::default()))
            (button("Keep decision", Emphasis::Primary))
        }
    };
    let status = if form.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title =
        if form.errors().is_empty() { "Are these one person?" } else { "Error: Are these one person?" };
    let shell = Shell {
        title,
        room: "/duplicates",
        before: Some(back_link("Possible duplicates", "/duplicates")),
        identity: Some(identity_of(&seen.a)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

/// Identifiers first, then name, birth date, address; equal fields said by word and tick, not by colour alone.
fn side_by_side(a: &Details, b: &Details) -> Markup {
    let date = |d: &Details| d.date_of_birth.map(clock::day_words);
    let rows = [
        ("PNC number", a.pnc.clone(), b.pnc.clone()),
        ("CRO number", a.cro.clone(), b.cro.clone()),
        ("NHS number", a.nhs_number.clone(), b.nhs_number.clone()),
        ("Prison number", a.prison_number.clone(), b.prison_number.clone()),
        ("CRN", a.crn.clone(), b.crn.clone()),
        ("Name", Some(a.name()), Some(b.name())),
        ("Date of birth", date(a), date(b)),
        ("Sex", Some(a.sex.words().to_owned()), Some(b.sex.words().to_owned())),
        ("Address", a.address(), b.address()),
    ];
    let cell = |value: &Option<String>| value.as_ref().map_or_else(not_known, |v| html! { (v) });
    let shown: Vec<Vec<Markup>> = rows
        .iter()
        .filter(|(_, x, y)| x.is_some() || y.is_some())
        .map(|(what, x, y)| {
            let word = match (x, y) {
                (Some(x), Some(y)) if x.to_lowercase() == y.to_lowercase() => html! { strong { "✓ Equal" } },
                (Some(_), Some(_)) => html! { strong { "✗ Differs" } },
                _ => html! { span class="al-muted" { "On one side only" } },
            };
            vec![html! { (what) }, cell(x), cell(y), word]
        })
        .collect();
    table(
        Caption::Hidden("The two records"),
        &[
            Column::words("Field"),
            Column::words("Record 1"),
            Column::words("Record 2"),
            Column::words("Compared"),
        ],
        &shown,
    )
}

pub(super) async fn decide(
    permit: Permit<KeepRegister>,
    Path((a, b)): Path<(PersonId, PersonId)>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, a, b).await?;
    let reason = form.value("reason").trim().chars().take(500).collect::<String>();
    let decision = form.value("decision").to_owned();
    let keep: Option<PersonId> = decision.strip_prefix("merge ").and_then(|id| id.parse().ok());
    let word = match decision.as_str() {
        "not-same" => Some(PairDecision::NotSame),
        "cannot-tell" => Some(PairDecision::CannotTell),
        _ => None,
    };
    let known = keep.is_some_and(|id| id == seen.a.id() || id == seen.b.id());
    if !known && word.is_none() {
        form.refuse("decision", "Choose what you decide");
    }
    if reason.is_empty() {
        form.refuse("reason", "Say what told you: whoever looks at this pair next needs it");
    }
    if !form.errors().is_empty() {
        return Ok(draw(&permit, &seen, &form));
    }
    let (first, second) = (seen.a.clone(), seen.b.clone());
    let outcome = permit
        .write(move |w| {
            if let Some(word) = word {
                decide_pair(w, &first, &second, word, &reason)?;
                return Ok::<_, store::Error>(Ok(()));
            }
            let (kept, merged) = if keep == Some(first.id()) { (&first, &second) } else { (&second, &first) };
            merge(w, kept, merged, &reason)
        })
        .await?;
    match (outcome, keep) {
        (Ok(()), Some(kept)) => Ok(Redirect::to(&format!("/people/{kept}")).into_response()),
        (Ok(()), None) => Ok(Redirect::to("/duplicates").into_response()),
        (Err(CannotMerge::OneRecord), _) => {
            Err(PageError::Conflict("These records were merged meanwhile.".into()))
        }
        (Err(CannotMerge::HoldsMerged), _) => {
            form.refuse("decision", "The record you want to merge holds merged records itself: keep that one, and merge the other into it");
            Ok(draw(&permit, &seen, &form))
        }
    }
}

pub(super) async fn take_apart(
    permit: Permit<KeepRegister>,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Page {
    let Ok(which) = form.value("merge").parse() else { return Err(PageError::NotFound) };
    permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            if unmerge(w, &person, which)? {
                Ok(())
            } else {
                Err(PageError::Conflict("This was taken apart already.".into()))
            }
        })
        .await?;
    Ok(Redirect::to(&format!("/people/{id}")).into_response())
}
