//! Taking two merged records apart: what was written since they were one, and with which of them it stays; then a reason, and a
//! second press.

use super::person_page::identity_of;
use crate::access::policy::KeepRegister;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::holdings::Rooms;
use crate::ids::PersonId;
use crate::people::held::{House, LinesOf, Written, written_since};
use crate::people::{Merge, PairDecision, Person, decide_pair, find, ids_of, merges, unmerge};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, Layout, back_link, button, error_summary, not_known,
    radios, table, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use uuid::Uuid;

/// Most entries shown of either record.
const SHOWN: usize = 200;

struct Seen {
    kept: Person,
    merge: Merge,
    stays: Vec<Written>,
    goes: Vec<Written>,
}

fn look(
    r: &mut Reader<'_, KeepRegister>,
    (id, merge): (PersonId, Uuid),
    house: House,
) -> store::Result<Option<Seen>> {
    let Some(kept) = find(r, id)? else { return Ok(None) };
    let Some(merge) = merges(r, &kept)?.into_iter().find(|m| m.id == merge) else { return Ok(None) };
    let mut going = merge.along.clone();
    going.push(merge.merged);
    let staying: Vec<PersonId> =
        ids_of(r, &kept)?.into_iter().filter(|member| !going.contains(member)).collect();
    let stays = written_since(r, house, &staying, merge.at)?;
    let goes = written_since(r, house, &going, merge.at)?;
    Ok(Some(Seen { kept, merge, stays, goes }))
}

async fn load(
    permit: &Permit<KeepRegister>,
    which: (PersonId, Uuid),
    house: House,
) -> Result<Seen, PageError> {
    permit.read(move |r| look(r, which, house)).await?.ok_or(PageError::NotFound)
}

pub(super) async fn show(
    permit: Permit<KeepRegister>,
    Path(which): Path<(PersonId, Uuid)>,
    Extension(rooms): Extension<Rooms>,
    Extension(lines): Extension<LinesOf>,
) -> Page {
    let seen = load(&permit, which, House { rooms, lines }).await?;
    Ok(draw(&permit, &seen, &Form::blank()))
}

fn draw(permit: &Permit<KeepRegister>, seen: &Seen, form: &Form) -> axum::response::Response {
    let accepted = form.errors().is_empty();
    let (kept, merge) = (&seen.kept, &seen.merge);
    let href = format!("/people/{}", kept.id());
    let afterwards = [
        Choice {
            hint: Some("Not offered as possible duplicates unless one of the records changes"),
            ..Choice::new("not-same", "They are two people")
        },
        Choice {
            hint: Some("Where they look alike, they stand among possible duplicates again"),
            ..Choice::new("open", "Somebody has to look again")
        },
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Take two records apart" }
        p class="govuk-body" {
            "The record of " strong { (merge.name) } " was merged into the record of " strong { (kept.details.name()) } " by " (merge.by) ", " (clock::moment_words(merge.at)) @if !merge.reason.is_empty() { ": " (merge.reason) } ". "
            "Taken apart, each has again what it held then."
        }
        @if !merge.along.is_empty() { p class="govuk-body" { "What had been merged into the record of " (merge.name) " before goes back into it." } }
        h2 class="govuk-heading-m" { "Written since, on the record that was kept" }
        @if seen.stays.is_empty() { p class="govuk-body" { "Nothing was written on it since." } }
        @else {
            p class="govuk-body" { "This " strong { "stays with the record of " (kept.details.name()) } ", whomever of the two it is about. Note what belongs to the other: it has to be written there again, and marked as a mistake here. A line of a court list is put right on the line: take its link back, and link it anew." }
            (written_table("Stays with the record that was kept", &seen.stays))
        }
        @if !seen.goes.is_empty() {
            h2 class="govuk-heading-m" { "Written since, on what belongs to the other" }
            p class="govuk-body" { "This goes with the record of " (merge.name) ", since it hangs on what was linked to that record." }
            (written_table("Goes with the other record", &seen.goes))
        }
        h2 class="govuk-heading-m" { "Take them apart" }
        form method="post" action=(format!("{href}/merges/{}", merge.id)) novalidate {
            (radios(&form.field("afterwards", "What are they?"), Layout::Stacked, &afterwards))
            (text_input(&form.field("reason", "Reason").with_hint("What told you. Whoever looks at the two next reads it"), Input::default()))
            (button("Take the two apart", Emphasis::Warning))
        }
    };
    let status = if accepted { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: if accepted { "Take two records apart" } else { "Error: Take two records apart" },
        room: "/people",
        before: Some(back_link("The record", &href)),
        identity: Some(identity_of(kept)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

fn written_table(caption: &str, written: &[Written]) -> Markup {
    let rows: Vec<Vec<Markup>> = written
        .iter()
        .take(SHOWN)
        .map(|one| {
            vec![
                html! { (clock::moment_words(one.at)) },
                html! { (one.what) },
                one.by.as_ref().map_or_else(not_known, |by| html! { (by) }),
            ]
        })
        .collect();
    html! {
        (table(Caption::Hidden(caption), &[Column::words("When"), Column::words("What"), Column::words("By")], &rows))
        @if written.len() > SHOWN { p class="govuk-body" { "and " (written.len() - SHOWN) " earlier ones." } }
    }
}

pub(super) async fn take_apart(
    permit: Permit<KeepRegister>,
    Path((id, merge)): Path<(PersonId, Uuid)>,
    Extension(rooms): Extension<Rooms>,
    Extension(lines): Extension<LinesOf>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit, (id, merge), House { rooms, lines }).await?;
    let reason = form.value("reason").trim().chars().take(500).collect::<String>();
    let two = match form.value("afterwards") {
        "not-same" => true,
        "open" => false,
        _ => {
            form.refuse("afterwards", "Say what they are");
            false
        }
    };
    if reason.is_empty() {
        form.refuse("reason", "Say why: whoever looks at the two next needs it");
    }
    if !form.errors().is_empty() {
        return Ok(draw(&permit, &seen, &form));
    }
    let (kept, merged) = (seen.kept, seen.merge.merged);
    permit
        .write(move |w| {
            if !unmerge(w, &kept, merge, &reason)? {
                return Err(PageError::Conflict("This was taken apart already.".into()));
            }
            // Whoever may open both says so; a record of other projects alone is out of reach now.
            if two && let Some(other) = w.reading(|r| find(r, merged))? {
                decide_pair(w, &kept, &other, PairDecision::NotSame, &reason)?;
            }
            Ok(())
        })
        .await?;
    Ok(Redirect::to(&format!("/people/{id}")).into_response())
}
