//! How a referral stands, for whoever sent it by a door: its state, and what they were told by us. Nothing about the person.

use super::form::strings;
use crate::access::policy::TakeReferralsIn;
use crate::access::{App, Permit, Reader};
use crate::clock;
use crate::consent;
use crate::ids::ReferralInId;
use crate::links::{self, Purpose};
use crate::people;
use crate::referrals_in::codes::recipient_of;
use crate::referrals_in::reading::by_id;
use crate::referrals_in::record::ReferralIn;
use crate::web::components::{Emphasis, button};
use crate::web::{Page, Sent, Strings, Tongue, public_page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};

/// The door: the same for every address.
pub(super) async fn door(Path(token): Path<String>) -> Response {
    let s = strings(Tongue::English);
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    let body = html! {
        h1 class="govuk-heading-l" { (s.get("receipt-title")) }
        p class="govuk-body" { (s.get("receipt-text")) }
        @for tongue in Tongue::ALL {
            @let words = strings(tongue);
            form method="post" action=(format!("/referral-state/{token}")) novalidate lang=(tongue.code()) {
                input type="hidden" name="lang" value=(tongue.code());
                (button(words.get("receipt-button"), if tongue == Tongue::English { Emphasis::Primary } else { Emphasis::Secondary }))
            }
        }
    };
    public_page(Tongue::English, s.get("receipt-title"), body).into_response()
}

pub(super) async fn show(State(app): State<App>, Path(token): Path<String>, Sent(form): Sent) -> Page {
    let s = strings(Tongue::from_code(form.value("lang")));
    let permit: Permit<TakeReferralsIn> = Permit::operator(app.db(), "receipt of a referral");
    let found = permit
        .write(move |w| {
            let Some(opened) = links::open(w, &token, Purpose::ReferralInReceipt)? else {
                return Ok::<_, store::Error>(None);
            };
            let Some(one) = by_id(w, ReferralInId::of(opened.subject))? else { return Ok(None) };
            let told = w.reading(|r| told_to(r, &one))?;
            Ok(Some((one, told)))
        })
        .await?;
    let Some((one, told)) = found else {
        let body = html! { h1 class="govuk-heading-l" { (s.get("closed-title")) } p class="govuk-body" { (s.get("closed-text")) } };
        return Ok(
            (StatusCode::NOT_FOUND, public_page(s.tongue, s.get("closed-title"), body)).into_response()
        );
    };
    let body = html! { h1 class="govuk-heading-l" { (s.get("receipt-title")) } (standing(&one, &told, &s)) };
    Ok(public_page(s.tongue, s.get("receipt-title"), body).into_response())
}

/// Something that was told to whoever referred, by the ledger: when, and what in short.
pub(super) type Told = Vec<(Timestamp, String)>;

/// What the ledger says was told to this very referrer since they referred.
pub(super) fn told_to<C: crate::access::Capability>(
    r: &mut Reader<'_, C>,
    one: &ReferralIn,
) -> store::Result<Told> {
    let Some(recipient) = recipient_of(&one.referrer.1) else { return Ok(Vec::new()) };
    let Some(id) = one.person() else { return Ok(Vec::new()) };
    let Some(person) = people::find(r, id)? else { return Ok(Vec::new()) };
    let subject = consent::Subject::person(r, &person)?;
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    Ok(consent::told(r, &subject)?
        .into_iter()
        .filter(|told| {
            told.recipient == recipient
                && same(&told.to_name, &one.referrer.0)
                && told.told_at >= one.received_at
        })
        .map(|told| (told.told_at, told.summary))
        .collect())
}

/// All that crosses back.
pub(super) fn standing(one: &ReferralIn, told: &Told, s: &Strings) -> Markup {
    html! {
        p class="govuk-body" { (s.get("sent-at")) " " (clock::moment_words(one.received_at)) }
        p class="govuk-body-l" { (s.get(one.standing().key())) }
        @if let Some(decline) = one.decline() { p class="govuk-body" { (s.get(&format!("decline-{}", decline.code))) } }
        @if !told.is_empty() {
            h2 class="govuk-heading-m" { (s.get("told-heading")) }
            ul class="govuk-list govuk-list--bullet" { @for (at, words) in told { li { (clock::moment_words(*at)) ": " (words) } } }
        }
    }
}
