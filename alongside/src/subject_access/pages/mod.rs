//! The pages of subject access.

mod copies_page;
mod list_page;
mod opinion_form;
mod parts;
mod passages_page;
mod person_page;
mod request_page;

use crate::access::Routes;
use crate::access::policy::AnswerAccess;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<AnswerAccess, _>("/subject-access", list_page::show)
        .post::<AnswerAccess, _>("/subject-access/search", list_page::search_people)
        .get::<AnswerAccess, _>("/people/{person}/subject-access", person_page::show)
        .post::<AnswerAccess, _>("/people/{person}/subject-access", person_page::write_down)
        .get::<AnswerAccess, _>("/subject-access/{access}", request_page::show)
        .post::<AnswerAccess, _>("/subject-access/{access}/extend", request_page::more_time)
        .post::<AnswerAccess, _>("/subject-access/{access}/opinion", opinion_form::write_down)
        .post::<AnswerAccess, _>("/subject-access/{access}/send", request_page::note_sent)
        .post::<AnswerAccess, _>("/subject-access/{access}/close", request_page::end)
        .get::<AnswerAccess, _>("/subject-access/{access}/passages", passages_page::show)
        .post::<AnswerAccess, _>("/subject-access/{access}/passages", passages_page::keep_rulings)
        .post::<AnswerAccess, _>("/subject-access/{access}/copy", copies_page::make)
        .get::<AnswerAccess, _>("/subject-access/{access}/copies/{version}/pdf", copies_page::pdf)
        .get::<AnswerAccess, _>("/subject-access/{access}/copies/{version}/json", copies_page::json)
}
