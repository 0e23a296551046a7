//! What `alongside instrument list|show|score` prints: serde structs for `--json`, and the same as plain text.

mod list;
mod score;
mod show;

pub use list::{ListEntry, list, list_text};
pub use score::{RequestError, ScoreReport, ScoreRequest, score_by_name};
pub use show::{ShowCutOff, ShowItem, ShowReport, ShowScale, show, show_by_name};

use crate::points::Points;

fn pair((low, high): (f64, f64)) -> [Points; 2] {
    [Points(low), Points(high)]
}
