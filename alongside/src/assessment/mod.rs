//! The health and wellbeing assessment, and questionnaires over time.
//!
//! An assessment is about a person of the register. It is made of topics (`topics/`, data), each saved as versions, a list of
//! needs, and a signature that closes it; later changes are versions with a reason. Questionnaires are filled within it or on
//! their own, scored by the crate `instruments`. What was said before is shown with its day and counts only when confirmed.
//! [`responses_of`] and [`assessments_of`] tell other rooms what there is; the rest at this door is what makes it.

mod chart;
mod desk;
mod holdings;
mod needs;
mod on_pages;
mod pages;
mod priors;
mod questionnaire;
mod record;
mod responses;
mod signing;
pub mod topics;
mod versions;

pub use desk::Desk;
pub use holdings::HOLDINGS;
pub use needs::{AREAS, Level, Need, NeedWords, add_need, area_words, change_need, needs_of, take_off_need};
pub use on_pages::{on_line, on_person};
pub use pages::routes;
pub use record::{Assessment, Listed, begin, begun, find, of as assessments_of};
pub use responses::{
    Done, Filled, NewResponse, Prompt, PromptAnswer, Told, answer_prompt, correct, enter_in_error, fill,
    responses_of,
};
pub use signing::{
    Countersignature, Countersigning, Signature, countersign, may_countersign, not_asked, ready, sign,
};
pub use versions::{Confirmed, Save, SavedMeanwhile, State, Version, current, save};
