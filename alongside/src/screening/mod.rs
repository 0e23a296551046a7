//! Screening: ten minutes in a cell, or the recorded reason why not.

use crate::access::Routes;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
