//! Subject access: somebody asks for what is held about a person, and gets a readable copy and a file of all of it.
//!
//! Rooms say at their doors what they hold ([`crate::holdings`]); this room tells it in plain words, passage by passage. What
//! names or comes from somebody else waits for a human, who keeps or withholds it; withheld is said in its place, never left
//! out. A clock runs from receipt; what was sent when to whom is a fact.

mod copy;
mod holdings;
mod making;
mod on_pages;
mod opened;
mod opinion;
mod pages;
mod passages;
mod request;
mod rulings;
mod shared;

pub use copy::{Content, FORMAT, document, file, reference};
pub use holdings::{HOLDINGS, LEFT_OUT};
pub use making::{Everything, Finished, bytes_of, drafts_asked_for, everything, keep, tells_address};
pub use on_pages::on_person;
pub use opened::{Looked, looked_at};
pub use opinion::{KNOWN, OPINIONS, Opinion, opinion_on, write_opinion};
pub use pages::routes;
pub use passages::{Part, Passage, Record, parts};
pub use request::{
    Copy, MEANS, NewRequest, OUTCOMES, REQUESTERS, Request, all_requests, close, extend, find_request,
    in_words, overdue_requests, receive, requests_about, send,
};
pub use rulings::{
    CLASSES, NEEDS_OPINION, Ruling, Rulings, Tally, class_words, classes_for, rule, rulings_of,
};
