//! Running the service: backup, restore, doctor, the daily look at the database.

mod backup;
mod doctor;
mod integrity;

pub use backup::{Backup, OperateError, backup, restore};
pub use doctor::{Check, doctor};
pub use integrity::{look, watch_integrity};
