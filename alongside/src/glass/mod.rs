//! Breaking the glass: opening one record outside one's projects in an emergency, and the review that follows.
//!
//! What is open, and for whom, is kept by `access`; `people::find` asks it. Nothing here depends on anybody being awake: the
//! class "immediate danger to life" opens at once whatever waits for review, unless the settings say otherwise.

mod break_page;
mod holdings;
mod review_page;

use crate::access::Routes;
use crate::access::policy::{BreakGlass, OwnAccount, ReviewGlass};

pub use holdings::HOLDINGS;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<BreakGlass, _>("/glass/{person}", break_page::ask)
        .post::<BreakGlass, _>("/glass/{person}", break_page::send)
        .post::<OwnAccount, _>("/glass-uses/{use}/close", break_page::close)
        .get::<ReviewGlass, _>("/glass-uses", review_page::list)
        .get::<ReviewGlass, _>("/glass-uses/{use}", review_page::show)
        .post::<ReviewGlass, _>("/glass-uses/{use}", review_page::send)
}
