//! Making a copy, and fetching one.

use super::parts::{closed_meanwhile, found, load};
use crate::access::Permit;
use crate::access::policy::AnswerAccess;
use crate::clock;
use crate::exchange::hash_of;
use crate::holdings::Rooms;
use crate::people::project_names_of;
use crate::reports::{Desk, letterhead_of};
use crate::retention::Rules;
use crate::subject_access::{Finished, bytes_of, document, everything, file, keep, reference};
use crate::web::{Page, PageError, Sent};
use axum::Extension;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use documents::Letterhead;
use std::sync::Arc;
use uuid::Uuid;

pub(super) async fn make(
    permit: Permit<AnswerAccess>,
    Path(id): Path<Uuid>,
    Extension(rooms): Extension<Rooms>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(rules): Extension<Arc<Rules>>,
    Sent(form): Sent,
) -> Page {
    let (request, person) = load(&permit, id).await?;
    let now = clock::now();
    if request.closed.is_some() {
        return Err(closed_meanwhile());
    }
    if !request.opinion.as_ref().is_some_and(|opinion| opinion.stands(clock::london_day(now))) {
        return Err(PageError::Conflict(
            "Write down first what a health professional said, within the last six months, of telling this."
                .into(),
        ));
    }
    let (subject, name) = (person.clone(), person.details.name());
    let (all, letterhead) = permit
        .read(move |r| {
            let all = everything(r, &subject, id, rooms)?;
            let letterhead = match project_names_of(r, &subject)?.first() {
                Some((project, name)) => letterhead_of(r, *project, name)?.letterhead(),
                None => Letterhead::default(),
            };
            Ok::<_, store::Error>((all, letterhead))
        })
        .await?;
    let tally = all.rulings.tally(&all.parts);
    // Also what nobody has to rule on: a copy tells nothing that was not there when somebody looked.
    if tally.open > 0 || form.value("seen") != all.rulings.stamp_of_all(&all.parts) {
        return Err(PageError::Conflict(
            "Something was recorded since you looked, or waits for a ruling. Go back to the request, look at what is new, then make the copy."
                .into(),
        ));
    }
    let at = now;
    let version = request.copies.last().map_or(1, |copy| copy.version + 1);
    let kept = all.kept_for(&rules);
    let content = all.content(&request, &name, &kept, at);
    let text = file(&content).map_err(|e| PageError::Inside(e.to_string()))?;
    let hash = hash_of(text.as_bytes());
    let mut paper = document(&content, letterhead, version);
    paper.footer.hash = hash.chars().take(16).collect();
    let pdf = desk.pdf(paper).await?;
    let made = Finished {
        file: text,
        hash,
        pages: i64::try_from(pdf.pages).unwrap_or(i64::MAX),
        pdf: pdf.bytes,
        passages: tally.all,
        withheld: tally.withheld,
    };
    if !permit.write(move |w| keep(w, id, version, &made, at)).await? {
        return Err(PageError::Conflict(
            "Somebody else made a copy meanwhile, or closed the request.".into(),
        ));
    }
    Ok(Redirect::to(&format!("/subject-access/{id}")).into_response())
}

/// A kept copy of a request whose person is in scope, and the name of its file, which tells nothing of anybody.
async fn fetched(
    permit: &Permit<AnswerAccess>,
    (id, version): (Uuid, i64),
) -> Result<(Vec<u8>, String, String), PageError> {
    permit
        .read(move |r| {
            let Some((request, _)) = found(r, id)? else { return Ok::<_, store::Error>(None) };
            let bytes = bytes_of(r, id, version)?;
            Ok(bytes.map(|(pdf, json)| (pdf, json, format!("{}-{version}", reference(&request)))))
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn pdf(permit: Permit<AnswerAccess>, Path(which): Path<(Uuid, i64)>) -> Page {
    let (pdf, _, name) = fetched(&permit, which).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.pdf\"")),
    ];
    Ok((headers, pdf).into_response())
}

pub(super) async fn json(permit: Permit<AnswerAccess>, Path(which): Path<(Uuid, i64)>) -> Page {
    let (_, json, name) = fetched(&permit, which).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.json\"")),
    ];
    Ok((headers, json).into_response())
}
