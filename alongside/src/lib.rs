//! Alongside: software that a forensic mental-health liaison service works in all day.
//!
//! The rooms stand in the order of the journey; a room uses only rooms above it (a test holds this). Platform rooms first:
//! they know nothing of the service. `ARCHITECTURE.md` walks one request through them.

pub mod clock;
pub mod config;
pub mod ids;
pub mod audit;
pub mod access;
pub mod web;
pub mod forms;
pub mod holdings;
pub mod drafts;
pub mod links;
pub mod post;

pub mod projects;
pub mod rota;
pub mod entrance;
pub mod people;
pub mod glass;
pub mod morning;
pub mod consent;
pub mod handover;
pub mod screening;
pub mod assessment;
pub mod triage;
pub mod referrals_in;
pub mod directory;
pub mod hearings;
pub mod referrals;
pub mod reports;
pub mod liaison;
pub mod advice;

pub mod exchange;
pub mod retention;
pub mod subject_access;
pub mod tasks;
pub mod workforce;
pub mod operate;
pub mod service;
