//! The health and wellbeing assessment, and questionnaires over time.
//!
//! An assessment is about a person of the register. It is made of topics, each saved as versions, a list of needs, and a
//! signature that closes it; later changes are versions with a reason. Questionnaires are filled within it or on their own.
//! [`responses_of`] and [`assessments_of`] tell other rooms what there is.

mod on_pages;
mod responses;

pub use on_pages::on_person;
pub use responses::{
    Done, Filled, NewResponse, Prompt, PromptAnswer, Told, answer_prompt, correct, enter_in_error, fill,
    responses_of,
};

use crate::access::Routes;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
