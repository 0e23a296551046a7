//! The liaison log: contacts with a person and about them, what agencies were asked for, and everything about a person in one
//! line of time.
//!
//! Whoever was told something stands in the ledger: a contact that told, and a request (which tells that we work with the
//! person), go through `consent` or are not kept. One request is open per officer and subject: asking twice joins the first.
//! [`timeline`] reads the doors of the rooms above and keeps nothing itself.

mod codes;
mod contact;
mod entry;
mod holdings;
mod on_pages;
mod pages;
mod request;
mod templates;
mod timeline;

pub use codes::{AGENCIES, MEANS, PURPOSES, SUBJECTS};
pub use contact::{Contact, NewContact, contacts_of, find_contact, mark, record_contact, to_follow};
pub use entry::{Entry, Kind};
pub use holdings::HOLDINGS;
pub use on_pages::{on_line, on_person};
pub use pages::routes;
pub use request::{
    Asked, Information, InformationEvent, NewInformation, Standing, ask, find_information, follow,
    information_of, open_information,
};
pub use templates::{Template, templates};
pub use timeline::timeline;
