//! Triage: who should be seen by a psychiatrist, and what became of it.
//!
//! [`propose`] turns facts into reasons to refer, each naming its facts; a clinician decides, with a reason, and [`decide`] keeps
//! it. A psychiatric assessment is asked for, followed by its facts through every clock of the law, and closed with a reason.
//! Partner services answer in a view of their own, or by a one-time link; what they are told goes through the ledger.

mod below;
mod case;
mod clocks;
mod decision;
mod facts;
mod propose;
mod reading;
mod rules;
mod scope;
mod sheets;
mod subject;

use crate::access::Routes;

pub use below::{on_board, on_line, on_person};
pub use case::{Case, CaseFact, HeldForReport, Response, SentTo, Stage};
pub use clocks::{clocks, is_overdue, next_due, totals};
pub use decision::{Decided, Decision, NewDecision, decide, respond};
pub use facts::{Fact, KNOWN};
pub use propose::{Proposal, propose};
pub use rules::{Condition, Rules, RulesError, Trigger, Urgency};
pub use subject::Subject;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}
