//! Post: what leaves by e-mail and as text messages.
//!
//! A room puts a message into [`queue`] in the transaction of the work that sends it; a thread takes what is due, one by one,
//! and [`deliver_due`] hands it to the mail server. Nothing is sent twice: a message is claimed before the server is spoken to,
//! tried again only when the server surely did not take it, and left to a human where nobody can know. No secret is kept: a
//! one-time link is made in the moment of sending and stands in the letter only.

mod delivery;
mod holdings;
mod message;
mod outgoing;
mod page;

use crate::access::Routes;
use crate::access::policy::KeepPost;

pub use delivery::{Delivered, deliver_due, watch};
pub use holdings::HOLDINGS;
pub use message::{
    Came, Kind, LinkWanted, Message, NewMessage, NotAnAddress, State, address, cancel, messages_about, phone,
    queue,
};
pub use outgoing::{Outgoing, OutgoingError};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<KeepPost, _>("/post", page::list)
        .post::<KeepPost, _>("/post/{message}/again", page::again)
        .post::<KeepPost, _>("/post/{message}/arrived", page::arrived)
}
