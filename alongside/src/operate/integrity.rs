//! Is the database whole? Looked at when the service starts and every day. A damaged one takes no change from then on: each
//! would look kept and might be lost.

use std::time::Duration;
use store::Db;

/// Hours between two looks.
const EVERY_HOURS: u64 = 24;

/// Asks the engine, and refuses changes when it finds damage; what it found. PostgreSQL checks its own pages and fails
/// loudly, so there is nothing to ask.
pub fn look(db: &Db) -> Option<String> {
    let found = match db.integrity() {
        Ok(faults) => faults.into_iter().next(),
        // A file so broken that it can't even be asked.
        Err(error) => Some(error.to_string()),
    };
    if let Some(fault) = &found {
        db.refuse_writes(fault.clone());
        tracing::error!(%fault, "the database is damaged: no change is taken. Stop the service and restore the last backup");
    }
    found
}

/// Looks now and every day, on a thread of its own: a large database takes a while, and people must get in meanwhile.
pub fn watch_integrity(db: Db) {
    std::thread::spawn(move || {
        while look(&db).is_none() {
            std::thread::sleep(Duration::from_secs(EVERY_HOURS * 3_600));
        }
    });
}
