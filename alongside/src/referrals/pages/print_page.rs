//! The referral on paper: what the service is told, word for word, and how to answer.

use super::parts::{find, packet};
use crate::access::Permit;
use crate::access::policy::MakeReferrals;
use crate::audit::Event;
use crate::clock;
use crate::ids::ReferralId;
use crate::projects::name_of_project;
use crate::referrals::codes::{PRIORITIES, REASONS, words_in};
use crate::web::components::{back_link, print_button};
use crate::web::{Page, PageError, print_page};
use axum::extract::Path;
use axum::response::IntoResponse;
use maud::html;

pub(super) async fn show(permit: Permit<MakeReferrals>, Path(id): Path<ReferralId>) -> Page {
    let (_, referral) = find(&permit, id).await?;
    if !super::parts::may_see_packet(&permit, &referral) {
        return Err(PageError::NotFound);
    }
    let project = referral.project;
    let from = permit
        .read(move |r| {
            r.saw(Event::new("referral printed", "referral", id));
            name_of_project(r, project)
        })
        .await?;
    let body = html! {
        nav class="govuk-!-display-none-print" aria-label="Back" { (back_link("Referral", &format!("/referrals/{id}"))) }
        main class="govuk-main-wrapper" id="content" tabindex="-1" {
            p class="govuk-body" { strong { "Confidential" } }
            h1 class="govuk-heading-l" { "Referral to " (referral.service_name) }
            p class="govuk-body" { "From " (from) ", liaison service in court. Sent by " (referral.by) ", " (clock::moment_words(referral.sent_at)) "." }
            p class="govuk-body" { (words_in(REASONS, &referral.reason)) ". " (words_in(PRIORITIES, &referral.priority)) "." @if let Some(due) = referral.reply_due { " Please answer by " (clock::day_words(due)) "." } }
            h2 class="govuk-heading-m" { "What you are told" }
            (packet(&referral.packet))
            h2 class="govuk-heading-m" { "Your answer" }
            ul class="govuk-list" {
                @for answer in ["We take this person", "Waiting list, about ______ weeks", "We do not take them, because ____________________", "First appointment on ____________ at ______, where ____________________", "Name and role ____________________"] { li { "☐ " (answer) } }
            }
            (print_button("Print"))
        }
    };
    Ok(print_page("Referral", body).into_response())
}
