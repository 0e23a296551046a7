//! Running the service: backup, increments, restore, upgrade, doctor, the daily look at the database, evidence.

mod backup;
mod doctor;
mod encrypt;
mod evidence;
mod files;
mod folder_mark;
mod increment;
mod integrity;
mod in_clear;
mod lock;
mod page;
mod pages;
mod restore;
mod schedule;
mod sealed;
mod upgrade;

pub use backup::{Backup, OperateError, backup};
pub use doctor::{Check, doctor};
pub use encrypt::{Encrypted, at_rest_words, change_key, decrypt, encrypt};
pub use evidence::{Evidence, write_evidence};
pub use increment::{Kept, Standing, increment, standing};
pub use integrity::{Found, look, watch_integrity};
pub use lock::{Alone, among_others, service as alone, whole};
pub use page::routes;
pub use restore::{Restored, restore};
pub use schedule::{
    Looked, Run, is_due, keep_what_is_due, last_failed, last_proven, run, runs, watch_backups,
};
pub use sealed::recipients;
pub use upgrade::{Upgraded, upgrade};
