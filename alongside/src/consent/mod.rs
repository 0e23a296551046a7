//! Consent and disclosure: what may be said to whom, and what was said.

use crate::access::Routes;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
