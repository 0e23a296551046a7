//! Reports for the court: asked for, written, checked, signed, delivered; spoken; and whether the court followed.
//!
//! A request has a clock ([`due`]) that stands on board, line and list until whoever asked has the report. The text begins with
//! recorded facts, each with its source; [`check`] finds what must be mended or looked at before signing. A signed version is
//! locked: everybody gets the same bytes, by the ledger of disclosure or not at all; a correction is a new version that says what
//! changed. [`handover`] is the spoken report of ninety seconds. To rooms below: [`reports_about`], [`find_report`].

mod asked_with;
mod below;
mod body;
mod delivery;
mod desk;
mod document;
mod due;
mod facts;
mod followed;
mod holdings;
mod identity;
mod kinds;
mod letterhead;
mod named;
mod oral;
mod pages;
mod prefill;
mod readiness;
mod reading;
mod record;
mod recorded;
mod request;
mod sections;
mod services;
mod signing;
mod spoken;
mod state;
mod words;

pub use asked_with::asked_with_referrals;
pub use below::{on_board, on_line, on_person, open_reports};
pub use body::{Body, Recommendation, Statement, Text};
pub use delivery::{NewDelivery, NotDelivered, RECIPIENTS, acknowledge, deliver, rulings, told_about};
pub use desk::{Desk, DeskError, Finished};
pub use document::{Parts, Stand, digest, document, reference};
pub use due::{Due, Standing, due, hearing_at, left_words, standing};
pub use facts::{Fact, Gathered, gather};
pub use followed::{FOLLOWED, NewFollowed, Tally, record_followed, tally};
pub use holdings::HOLDINGS;
pub use identity::Identity;
pub use kinds::{DataError, Kind, Kinds};
pub use letterhead::{Kept as KeptLetterhead, letterhead_of, set_letterhead};
pub use named::{Mention, Named, Names, mentions, relation_in};
pub use oral::{MORE, NewOral, Oral, add_to_oral, find_oral, orals_about, record_oral};
pub use pages::routes;
pub use prefill::{prefilled, take_over_newer};
pub use readiness::{Finding, Known, Point, Weight, check};
pub use reading::{find_report, reports_about};
pub use record::{
    ASKERS, CLOSINGS, Closing, Delivery, Followed, Hearing, Locked, Receipt, Recommended, Report, Saved,
    Second, Version, Writer,
};
pub use request::{ForHearing, NewReport, ask, close, move_hearing, take};
pub use sections::{RECOMMENDED, SECTIONS, SOURCES, Section};
pub use signing::{Quicker, Save, Signing, begin_correction, countersign, may_countersign, save, sign};
pub use spoken::{Handover, Sentence, Who, handover};
pub use state::State;
pub use words::{Hit, Word, WordKind, Words};
