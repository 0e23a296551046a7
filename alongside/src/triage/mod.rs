//! Triage: who should be seen by a psychiatrist, and what became of it.
//!
//! [`propose`] turns facts into reasons to refer, each naming its facts; a clinician decides, with a reason, and [`decide`] keeps
//! it. A psychiatric assessment is asked for, followed by its facts through every clock of the law, and closed with a reason.
//! Partner services answer in a view of their own, or by a one-time link; what they are told goes through the ledger.

mod added;
mod below;
mod case;
mod clocks;
mod decision;
mod facts;
mod gather;
mod holdings;
mod keeping;
mod links;
mod packet;
mod pages;
mod partners;
mod propose;
mod reading;
mod rules;
mod sending;
mod sheets;
mod subject;
mod worklist;

pub use below::{on_board, on_line, on_person};
pub use case::{Case, CaseFact, HeldForReport, Response, SentTo, Stage};
pub use clocks::{clocks, is_overdue, next_due, totals};
pub use decision::{Decided, Decision, NewDecision, decide, respond};
pub use facts::{Fact, KNOWN};
pub use holdings::HOLDINGS;
pub use keeping::{Change, ask_for, changes, keep_facts};
pub use links::{LinkFor, MOST_FAILED};
pub use packet::{Section, answered, sections};
pub use pages::routes;
pub use partners::{
    Answerer, Answers as AnswersFor, KINDS, NewPartner, Partner, add_partner, answerers, change_partner,
    end_partner, link_account, partner_in_scope, partners, partners_of, serve,
};
pub use propose::{Proposal, propose};
pub use reading::{cases_about, decisions_about};
pub use rules::{Condition, Offence, Rules, RulesError, Trigger, Urgency};
pub use sending::{Addressed, may_tell, send, take_back};
pub use subject::{Of, Subject, of_record};
pub use worklist::{Row, Show, in_order, worklist};
