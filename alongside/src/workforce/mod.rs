//! Colleagues: who left and what they left open, and the regular look at who may sign in.

mod leavers_page;
mod review_page;

pub use review_page::access_list;

use crate::access::Routes;
use crate::access::policy::{ManageAccounts, SeeLeavers};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<SeeLeavers, _>("/leavers", leavers_page::show)
        .get::<ManageAccounts, _>("/access-review", review_page::show)
        .post::<ManageAccounts, _>("/access-review", review_page::send)
        .get::<ManageAccounts, _>("/access-review/list.csv", review_page::download)
}
