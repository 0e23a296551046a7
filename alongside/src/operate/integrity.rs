//! Is the database whole? Looked at when the service starts and every day. A damaged one takes no change from then on: each
//! would look kept and might be lost.

use std::time::Duration;
use store::Db;

/// What one look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No damage. PostgreSQL checks its own pages and fails loudly, so there is nothing to ask it.
    Whole,
    /// Damage, in the engine's words.
    Damage(String),
    /// The engine could not be asked: it was busy, or the disk did not answer. No word about the database itself.
    NotKnown(String),
}

/// Asks the engine, and refuses changes when it finds damage.
pub fn look(db: &Db) -> Found {
    let fault = match db.integrity() {
        Ok(faults) => match faults.into_iter().next() {
            None => return Found::Whole,
            Some(fault) => fault,
        },
        // A file so broken that it can't even be asked.
        Err(error) if error.is_damage() => error.to_string(),
        Err(error) => {
            tracing::warn!(%error, "whether the database is whole could not be asked");
            return Found::NotKnown(error.to_string());
        }
    };
    db.refuse_writes(fault.clone());
    tracing::error!(%fault, "the database is damaged: no change is taken. Stop the service and restore the last backup");
    Found::Damage(fault)
}

/// Looks now and every day, on a thread of its own: a large database takes a while, and people must get in meanwhile.
pub fn watch_integrity(db: Db) {
    const NEXT: Duration = Duration::from_hours(24);
    const AGAIN: Duration = Duration::from_mins(10);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(match look(&db) {
                Found::Whole => NEXT,
                Found::NotKnown(_) => AGAIN,
                Found::Damage(_) => return,
            });
        }
    });
}
