//! Settling a difference: a further version with a name and a reason. Nothing is taken away.

use super::hearing_page::{draw, find};
use crate::access::Permit;
use crate::access::policy::RecordHearings;
use crate::hearings::days::{Day, days, filled_up};
use crate::hearings::heard::Heard;
use crate::hearings::kept;
use crate::hearings::saying::{NewWord, On, say};
use crate::hearings::subject::hearing_in_scope;
use crate::ids::HearingId;
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};

/// Longest reason kept.
const LONGEST: usize = 1_000;

pub(super) async fn settle(
    permit: Permit<RecordHearings>,
    Path(id): Path<HearingId>,
    Sent(mut form): Sent,
) -> Page {
    let shown = find(&permit, id).await?;
    let here = format!("/hearings/{id}");
    // Settled meanwhile, or sent twice: there is nothing left to do.
    if !shown.day.differs_openly() {
        return Ok(Redirect::to(&here).into_response());
    }
    let court_said = shown.day.court_said;
    if form.value("court-said").parse().ok() != court_said {
        form.refuse(
            "take",
            "The court sent something new since you opened this page: look again, then choose",
        );
    }
    let take = form.value("take").to_owned();
    let reason = form.value("reason").trim().to_owned();
    if !["court", "ours"].contains(&take.as_str()) {
        form.refuse("take", "Choose what is right");
    } else if take == "ours" && reason.is_empty() {
        form.refuse("reason", "Give the reason why what we recorded stands");
    }
    if reason.chars().count() > LONGEST {
        form.refuse("reason", format!("Shorten the reason to {LONGEST} characters"));
    }
    if !form.is_accepted() {
        return draw(&permit, &shown, &form);
    }
    let writer = permit.clone();
    permit
        .write(move |w| {
            let found = w.reading(|r| hearing_in_scope(&writer, r, id))?;
            let Some((subject, _)) = found else { return Err(PageError::NotFound) };
            // Looked at again where it is written: somebody may have been quicker.
            let all = days(kept::about(w, &subject.about)?);
            let day = all.into_iter().find(|day| day.hearings.iter().any(|hearing| hearing.id == id));
            let Some(day) = day.filter(|day| day.differs_openly() && day.court_said == court_said) else {
                return Ok(());
            };
            let Some(heard) = settled(&day, &take) else { return Ok(()) };
            let reason = match (take.as_str(), reason.is_empty()) {
                ("court", true) => "Took what the court says".to_owned(),
                ("court", false) => format!("Took what the court says: {reason}"),
                _ => reason,
            };
            let new = NewWord { on: On::Known(ours_on(&day, id)), heard, reason, answers_to: court_said };
            say(w, &subject, &new)?;
            Ok(())
        })
        .await?;
    Ok(Redirect::to(&here).into_response())
}

/// What we say from now on.
fn settled(day: &Day, take: &str) -> Option<Heard> {
    let ours = day.ours.as_ref()?.heard.clone();
    if take == "ours" {
        return Some(ours);
    }
    let court = day.court.clone()?;
    Some(Heard { resulted: false, oddities: Vec::new(), ..filled_up(court, &ours) })
}

/// The record our word stands on.
fn ours_on(day: &Day, otherwise: HearingId) -> HearingId {
    let ours = day.ours.as_ref().map(|said| said.id);
    day.hearings
        .iter()
        .find(|hearing| hearing.said.iter().any(|said| Some(said.id) == ours))
        .map_or(otherwise, |hearing| hearing.id)
}
