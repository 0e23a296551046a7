//! Filled questionnaires: kept as answered, scored by the file of their version, corrected by a new version, marked when
//! they were entered in error, and, where an answer must be talked about at once, open until somebody says what was done.

mod filled;
mod keep;
mod prompts;

pub use filled::{Filled, Prompt, PromptAnswer, responses_of};
pub use keep::{NewResponse, Told, correct, enter_in_error, fill};
pub use prompts::{Done, answer_prompt};

pub(super) use filled::{Found, Wrong, all_of, find, versions_of};
