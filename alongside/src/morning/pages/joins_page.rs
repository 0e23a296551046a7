//! Does this escort record belong to this line? Put to a human, and taken off again.

use super::compare_page::Proposal;
use crate::access::Permit;
use crate::access::policy::Recognise;
use crate::ids::{JoinId, ListingId, ProposalId};
use crate::morning::joins::{self, Decided, Word};
use crate::morning::work::find_to_change;
use crate::people::fields_table;
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

pub(super) fn proposal_card(id: ListingId, proposal: &Proposal) -> Markup {
    html! {
        section class="al-candidate" {
            h3 class="govuk-heading-s" { "Escort record" @if let Some(from) = &proposal.from { " from " (from) } }
            (fields_table("The court list and the escort record", "Court list", "Escort record", &proposal.matched.fields))
            form method="post" action=(format!("/listings/{id}/joins")) class="govuk-button-group" {
                input type="hidden" name="proposal" value=(proposal.id);
                button class="govuk-button" name="word" value="same" { "It belongs to this line" }
                button class="govuk-button govuk-button--secondary" name="word" value="not-same" { "It is somebody else's" }
            }
        }
    }
}

pub(super) async fn decide_join(
    permit: Permit<Recognise>,
    Path(id): Path<ListingId>,
    Sent(form): Sent,
) -> Page {
    let Ok(proposal) = form.value("proposal").parse::<ProposalId>() else { return Err(PageError::NotFound) };
    let word = match form.value("word") {
        "same" => Word::Same,
        "not-same" => Word::NotSame,
        _ => {
            return Err(PageError::Unusable("Choose whether the escort record belongs to this line.".into()));
        }
    };
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            match joins::decide(w, line.id(), proposal, word, line.court.code(), line.date)? {
                Decided::Kept => Ok(()),
                Decided::Meanwhile => Err(PageError::Conflict(
                    "Somebody decided this meanwhile. Open the line again to see how.".into(),
                )),
                Decided::LinkedApart => Err(PageError::Conflict(
                    "This line and the escort record’s own line are linked to different people. Find out who it is, take the wrong decision back, then join them."
                        .into(),
                )),
            }
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}")).into_response())
}

pub(super) async fn undo_join(
    permit: Permit<Recognise>,
    Path(id): Path<ListingId>,
    Sent(form): Sent,
) -> Page {
    let Ok(join) = form.value("join").parse::<JoinId>() else { return Err(PageError::NotFound) };
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            let undone = joins::undo(w, line.id(), join, line.court.code(), line.date)?;
            if undone {
                Ok(())
            } else {
                Err(PageError::Conflict("This was undone already. Open the line again.".into()))
            }
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}/compare")).into_response())
}
