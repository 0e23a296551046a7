//! Giving several lines to a colleague at once.

use super::parts::day_href;
use crate::access::Permit;
use crate::access::policy::WorkBoard;
use crate::ids::{AccountId, ListingId};
use crate::morning::work::{colleagues, find_to_change, take};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;

pub(super) async fn send(
    permit: Permit<WorkBoard>,
    Path((code, date)): Path<(String, Date)>,
    Sent(form): Sent,
) -> Page {
    let chosen: Vec<ListingId> = form.values("listing").iter().filter_map(|id| id.parse().ok()).collect();
    if chosen.is_empty() {
        return Err(PageError::Unusable(
            "Nobody was selected. Tick the people on the board first, then press Give.".into(),
        ));
    }
    let me: Option<AccountId> = permit.account().and_then(|a| a.id.to_string().parse().ok());
    let to: Option<AccountId> =
        if form.value("colleague").is_empty() { me } else { form.value("colleague").parse().ok() };
    let Some(to) = to else { return Err(PageError::Unusable("Choose a colleague from the list.".into())) };
    permit
        .write(move |w| {
            for id in chosen {
                let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
                if !colleagues(w, &line.court)?.iter().any(|c| c.id == to) {
                    return Err(PageError::Unusable(
                        "This colleague does not work in a project that serves this court.".into(),
                    ));
                }
                take(w, &line, to)?;
            }
            Ok(())
        })
        .await?;
    Ok(Redirect::to(&day_href(&code, date)).into_response())
}
