//! Triage: who should be seen by a psychiatrist, and what became of it.

use crate::access::Routes;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
