//! The law that an English court's mental-health service works under, as dated rules and clocks.
//!
//! Nothing here knows the time, a database or the web. A clock is a function of facts and the `now` it is given; it says when
//! it started, when it is due, whether that is law, policy, practice or a setting, how many days are left, how it stands, and
//! why in words with a source and how well that source was checked. Days are days in London.
//!
//! ```
//! use jiff::civil::date;
//! use law::{Calendar, State, rules};
//!
//! let now = date(2026, 12, 10).in_tz("Europe/London")?.timestamp();
//! let report = rules::reports::COURT_PSYCHIATRIC_REPORT.clock(date(2026, 11, 27), None, now, &Calendar::default());
//! assert_eq!(report.due_on, date(2026, 12, 11));
//! assert_eq!((report.days_left, report.state), (1, State::DueSoon));
//! assert!(report.words.contains("Policy target, not law"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It is not legal advice. Every rule carries a mark ([`Confirmed`]) that says what it rests on.
#![deny(missing_docs)]

pub mod age;
pub mod breach;
mod clock;
pub mod codes;
pub mod custody;
pub mod holidays;
pub mod requirements;
pub mod routes;
mod rule;
pub mod rules;
pub mod same_day;
mod source;
pub mod time;
pub mod total;
pub mod urgency;
mod working_days;

pub use clock::{Clock, State};
pub use rule::{Limit, Rule};
pub use source::{Binding, Confirmed, Source, Validity};
pub use time::Moment;
pub use working_days::Calendar;
