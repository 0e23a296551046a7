//! Running the service: backup, restore, doctor.

mod backup;
mod doctor;

pub use backup::{Backup, OperateError, backup, restore};
pub use doctor::{Check, doctor};
