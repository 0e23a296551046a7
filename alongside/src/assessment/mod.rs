//! The health and wellbeing assessment, and questionnaires over time.

use crate::access::Routes;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
