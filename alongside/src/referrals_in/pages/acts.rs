//! What is done with a referral in: taken on, joined, ended, passed on.

use super::typed_page::around;
use crate::access::policy::TakeReferralsIn;
use crate::access::{Permit, Writer};
use crate::clock;
use crate::ids::{ListingId, PersonId, ReferralInId};
use crate::morning;
use crate::people::{self, Details, NewPerson, Sex, register};
use crate::referrals_in::alike::record_of;
use crate::referrals_in::codes::{DECLINES, has};
use crate::referrals_in::keeping::{More, happened};
use crate::referrals_in::reading::find_referral_in;
use crate::referrals_in::record::{EventKind, ReferralIn, Standing};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;

async fn find(permit: &Permit<TakeReferralsIn>, id: ReferralInId) -> Result<ReferralIn, PageError> {
    let one = permit.read(move |r| find_referral_in(r, id)).await?.ok_or(PageError::NotFound)?;
    if !one.standing().is_open() {
        return Err(PageError::Conflict(
            "This referral has ended meanwhile. Open it again to see how.".into(),
        ));
    }
    Ok(one)
}

fn back(id: ReferralInId) -> Page {
    Ok(Redirect::to(&format!("/referrals-in/{id}")).into_response())
}

pub(super) async fn accept(permit: Permit<TakeReferralsIn>, Path(id): Path<ReferralInId>) -> Page {
    let one = find(&permit, id).await?;
    if one.standing() == Standing::Received {
        permit.write(move |w| happened(w, &one, EventKind::Accepted, &More::default())).await?;
    }
    back(id)
}

pub(super) async fn join(
    permit: Permit<TakeReferralsIn>,
    Path(id): Path<ReferralInId>,
    Sent(form): Sent,
) -> Page {
    let one = find(&permit, id).await?;
    let whom =
        Some(form.value("whom")).filter(|w| !w.is_empty()).unwrap_or(form.value("whom-else")).to_owned();
    permit
        .write(move |w| {
            let mut more = More::default();
            if let Some(line) = whom.strip_prefix("line-").and_then(|id| id.parse::<ListingId>().ok()) {
                let Some(found) = w.reading(|r| morning::find(r, line))? else {
                    return Err(PageError::NotFound);
                };
                more.listing = Some(found.id());
                happened(w, &one, EventKind::Joined, &more)?;
                morning::changed(w, &found)?;
                return Ok(());
            }
            if let Some(person) = whom.strip_prefix("person-").and_then(|id| id.parse::<PersonId>().ok()) {
                let Some(person) = w.reading(|r| people::find(r, person))? else {
                    return Err(PageError::NotFound);
                };
                more.person = Some(person.id());
                people::note_contact(w, &person, one.is_with(), clock::now())?;
            } else if whom == "new" {
                more.person = Some(registered(w, &one)?);
            } else {
                return Err(PageError::Unusable("Choose who it is about.".into()));
            }
            happened(w, &one, EventKind::Joined, &more)?;
            Ok(())
        })
        .await?;
    back(id)
}

/// Puts whoever was referred on the register, with what whoever referred said.
fn registered(w: &mut Writer<'_, TakeReferralsIn>, one: &ReferralIn) -> Result<PersonId, PageError> {
    let name = record_of(one).name;
    let text = |t: String| Some(t).filter(|t| !t.is_empty());
    let details = Details {
        forename: text(name.forename),
        middle_names: text(name.middle),
        surname: text(name.surname),
        date_of_birth: one.born_on,
        sex: Sex::read(&one.sex),
        ..Details::default()
    };
    let source = format!("referral of {}", clock::moment_words(one.received_at));
    Ok(register(w, &NewPerson { details, source, project: one.is_with() })?)
}

pub(super) async fn unjoin(permit: Permit<TakeReferralsIn>, Path(id): Path<ReferralInId>) -> Page {
    let one = find(&permit, id).await?;
    permit
        .write(move |w| {
            happened(w, &one, EventKind::Unjoined, &More::default())?;
            if let Some(line) = one.listing()
                && let Some(found) = w.reading(|r| morning::find(r, line))?
            {
                morning::changed(w, &found)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    back(id)
}

pub(super) async fn end(
    permit: Permit<TakeReferralsIn>,
    Path(id): Path<ReferralInId>,
    Sent(form): Sent,
) -> Page {
    let one = find(&permit, id).await?;
    let words: String = form.value("words").trim().chars().take(2_000).collect();
    let mut more = More { words, ..More::default() };
    let kind = match form.value("kind") {
        "seen" => EventKind::Seen,
        "declined" if has(DECLINES, form.value("code")) => {
            more.code = form.value("code").to_owned();
            EventKind::Declined
        }
        "declined" => return Err(PageError::Unusable("Choose why it is declined.".into())),
        "duplicate" => {
            let other: ReferralInId = form.value("other").parse().map_err(|_| PageError::NotFound)?;
            let found = permit.read(move |r| find_referral_in(r, other)).await?;
            if found.is_none() || other == id {
                return Err(PageError::NotFound);
            }
            more.other = Some(other.into());
            EventKind::Duplicate
        }
        _ => return Err(PageError::NotFound),
    };
    permit.write(move |w| happened(w, &one, kind, &more)).await?;
    back(id)
}

pub(super) async fn pass_on(
    permit: Permit<TakeReferralsIn>,
    Path(id): Path<ReferralInId>,
    Sent(form): Sent,
) -> Page {
    let one = find(&permit, id).await?;
    let project: Uuid = form.value("project").parse().map_err(|_| PageError::NotFound)?;
    let known = permit.read(around).await?.0;
    if !known.iter().any(|(p, _)| Uuid::from(*p) == project) {
        return Err(PageError::NotFound);
    }
    let words: String = form.value("words").trim().chars().take(2_000).collect();
    let more = More { words, other: Some(project), ..More::default() };
    permit.write(move |w| happened(w, &one, EventKind::Redirected, &more)).await?;
    Ok(Redirect::to("/referrals-in").into_response())
}
