//! The pages of triage and psychiatric assessment.

mod answer_page;
mod case_page;
mod case_parts;
mod decided_page;
mod part_page;
mod partners_page;
mod parts;
mod request_page;
mod requests_page;
mod send_page;
mod sent_forms;
mod triage_page;
mod worklist_page;

use crate::access::Routes;
use crate::access::policy::{AnswerRequests, KeepPartners, Triage, ViewClinical};
use axum::routing::{get, post};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<Triage, _>("/listings/{listing}/triage", triage_page::for_line)
        .post::<Triage, _>("/listings/{listing}/triage", triage_page::decide_line)
        .get::<Triage, _>("/people/{person}/triage", triage_page::for_person)
        .post::<Triage, _>("/people/{person}/triage", triage_page::decide_person)
        .get::<ViewClinical, _>("/triage/{triage}", decided_page::show)
        .post::<Triage, _>("/triage/{triage}/response", decided_page::record_response)
        .get::<Triage, _>("/listings/{listing}/psychiatry", request_page::for_line)
        .post::<Triage, _>("/listings/{listing}/psychiatry", request_page::ask_line)
        .get::<Triage, _>("/people/{person}/psychiatry", request_page::for_person)
        .post::<Triage, _>("/people/{person}/psychiatry", request_page::ask_person)
        .get::<ViewClinical, _>("/psychiatry", worklist_page::show)
        .get::<ViewClinical, _>("/psychiatry/{psychiatric}", case_page::show)
        .get::<Triage, _>("/psychiatry/{psychiatric}/parts/{part}", part_page::form)
        .post::<Triage, _>("/psychiatry/{psychiatric}/parts/{part}", part_page::save)
        .post::<Triage, _>("/psychiatry/{psychiatric}/open-again", part_page::open_again)
        .get::<Triage, _>("/psychiatry/{psychiatric}/send", send_page::form)
        .post::<Triage, _>("/psychiatry/{psychiatric}/send", send_page::send_it)
        .post::<Triage, _>("/psychiatry/{psychiatric}/sent/{request}/take-back", sent_forms::take_it_back)
        .post::<Triage, _>("/psychiatry/{psychiatric}/sent/{request}/link", sent_forms::make_link)
        .post::<Triage, _>("/psychiatry/{psychiatric}/sent/{request}/revoke", sent_forms::revoke_link)
        .get::<KeepPartners, _>("/partner-services", partners_page::list)
        .post::<KeepPartners, _>("/partner-services", partners_page::add)
        .get::<KeepPartners, _>("/partner-services/{partner}", partners_page::show)
        .post::<KeepPartners, _>("/partner-services/{partner}", partners_page::change)
        .post::<KeepPartners, _>("/partner-services/{partner}/accounts", partners_page::accounts)
        .post::<KeepPartners, _>("/partner-services/{partner}/projects", partners_page::projects)
        .post::<KeepPartners, _>("/partner-services/{partner}/end", partners_page::end)
        .get::<AnswerRequests, _>("/requests", requests_page::list)
        .get::<AnswerRequests, _>("/requests/{request}", requests_page::show)
        .post::<AnswerRequests, _>("/requests/{request}/{purpose}", requests_page::answer)
        .open("GET", "/answer/{token}", get(answer_page::door))
        .open("POST", "/answer/{token}", post(answer_page::send))
}
