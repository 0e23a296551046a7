//! Self-harm warnings: handed over to whoever takes charge of the person, and open until somebody confirms they have it.
//!
//! [`raise`] keeps who said what, when, and how we know; each handover has a receiver, a time by which they should have
//! confirmed, and its row in the ledger of disclosure. A [`state`] is worked out from those facts: overdue stands first on the
//! page of open warnings, on the board, on the line and on the person's page until a receiver confirms, by word to us or by a
//! one-time link. When the person moves on, the next handover names the one before it. There is no band and no score.

mod codes;
mod handing;
mod holdings;
mod links;
mod on_pages;
mod pages;
mod state;
mod warning;

pub use codes::{Basis, Confirmed, MEANS, Receiver};
pub use handing::{CLOSINGS, NewHandover, NewReceipt, close, hand_over, receive};
pub use holdings::HOLDINGS;
pub use links::{LINK_HOURS, make_link, revoke_links};
pub use on_pages::{on_board, on_line, on_person};
pub use pages::routes;
pub use state::{State, due, state};
pub use warning::{
    Closing, Handover, LinkState, NewWarning, Opened, Receipt, Warning, all_of, find_warning,
    open_in_projects, open_of, raise,
};
