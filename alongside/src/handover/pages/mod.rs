//! The pages of warnings.

use crate::access::Routes;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
