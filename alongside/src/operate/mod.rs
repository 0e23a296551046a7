//! Running the service: backup, restore, doctor, the daily look at the database.

mod backup;
mod doctor;
mod integrity;
mod page;
mod schedule;
mod sealed;

pub use backup::{Backup, OperateError, backup, restore};
pub use doctor::{Check, doctor};
pub use integrity::{look, watch_integrity};
pub use page::routes;
pub use schedule::{Run, is_due, last_proven, run, runs, watch_backups};
pub use sealed::recipients;
