//! Drafts: nothing typed is lost.
//!
//! Every form that takes more than a moment to fill is a row here from the first pause in typing, valid or not, until it is
//! sent or thirty days have passed. A room opens its form with [`open`], puts [`fields`] inside it, and tells [`submit`] in
//! the transaction that does the work: the same form sent twice is one piece of work, a late autosave never beats a submit,
//! and where two texts of one form meet, both are kept. Drafts belong to the account that typed them.

mod kept;
mod pages;
mod parts;
#[cfg(test)]
mod tests;

use crate::access::Routes;
use crate::access::policy::OwnAccount;

pub use kept::{Instance, Opened, Sent, Unsent, empty_old, is_about, keep, open, submit, unsent_about};
pub use parts::{fields, notice, reopened};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<OwnAccount, _>("/drafts", pages::shelf)
        .get::<OwnAccount, _>("/drafts/{draft}", pages::show)
        .post::<OwnAccount, _>("/drafts/{draft}", pages::autosave)
        .post::<OwnAccount, _>("/drafts/{draft}/discard", pages::discard)
        .post::<OwnAccount, _>("/drafts/{draft}/bring-back", pages::bring_back)
}
