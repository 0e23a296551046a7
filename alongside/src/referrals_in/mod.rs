//! Referrals in: any agency at court, at any hour, by account, one-time link, poster, telephone, paper or a file.
//!
//! A referral is kept as it came and stands in the inbox and above the board with its clock. Who it is about is for a human to
//! say: lines and people that look alike are proposed, none is joined by itself. Whoever referred sees how it stands and what
//! they were told, and nothing else: [`Standing`] is all that crosses back.

mod alike;
mod codes;
mod doors;
mod files;
mod holdings;
mod keeping;
mod on_pages;
mod pages;
mod reading;
mod record;

pub use codes::{DANGER, DECLINES, PLACES, ROLES, SOURCES, WORRIES, words_in};
pub use doors::{Door, MOST_PER_DOOR, MOST_PER_NETWORK, doors, end_door, make_door};
pub use holdings::HOLDINGS;
pub use keeping::{More, NewReferralIn, happened, receive};
pub use on_pages::{above_board, on_board, on_line, on_person};
pub use pages::routes;
pub use reading::{find_referral_in, open_referrals_in, referrals_in_about};
pub use record::{Event, EventKind, ReferralIn, Standing, due_at};
