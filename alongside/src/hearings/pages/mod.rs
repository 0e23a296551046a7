//! The pages of hearings.

mod figures_shown;
mod hearing_page;
mod parts;
mod person_page;
mod record_form;
mod record_page;
mod settle;

use crate::access::Routes;
use crate::access::policy::{RecordHearings, ViewHearings};

pub(super) use parts::{differs_tag, ended_tag, happened, next_words};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewHearings, _>("/people/{person}/hearings", person_page::show)
        .get::<RecordHearings, _>("/people/{person}/hearings/new", record_page::for_person)
        .post::<RecordHearings, _>("/people/{person}/hearings/new", record_page::save_for_person)
        .get::<RecordHearings, _>("/listings/{listing}/hearing", record_page::for_line)
        .post::<RecordHearings, _>("/listings/{listing}/hearing", record_page::save_for_line)
        .get::<ViewHearings, _>("/hearings/{hearing}", hearing_page::show)
        .get::<RecordHearings, _>("/hearings/{hearing}/record", record_page::for_hearing)
        .post::<RecordHearings, _>("/hearings/{hearing}/record", record_page::save_for_hearing)
        .post::<RecordHearings, _>("/hearings/{hearing}/settle", settle::settle)
}
