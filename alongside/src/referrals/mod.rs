//! Referrals to services, followed until the first appointment was attended.
//!
//! [`make`] tells a service what the person agreed to, under a ruling of the ledger, or does nothing. What happens since is
//! kept as it happens (answers, appointments, who came, asking again); how far a referral is, what is due next and whose move it
//! is are worked out from that, so an open referral always has something due. The service answers on a page of its own, by a
//! one-time link. [`by_service`] says who reached help, how fast, and whose reason it was where not.

mod answering;
mod codes;
mod figures;
mod following;
mod gather;
mod holdings;
mod making;
mod on_pages;
mod packet;
mod pages;
mod reading;
mod record;
mod state;

pub use codes::{CHASED_BY, CLOSINGS, Code, DECLINES, MISSED, PRIORITIES, REASONS, REVOKED, SENT_BY};
pub use figures::{ByService, by_service, counted};
pub use following::{New, Reminder, chase, keep, offer};
pub use holdings::HOLDINGS;
pub use making::{NewReferral, To, make, may_tell, purpose_for, transfer, withdrawn_since};
pub use on_pages::{on_line, on_person};
pub use packet::{Known, sections};
pub use pages::routes;
pub use reading::{find_referral, referrals_of, referrals_since};
pub use record::{Happened, Referral, What};
pub use state::{Appointment, Next, Silence, State};
