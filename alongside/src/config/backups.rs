//! Backups by the clock: where to, how often, for whom to open.

use super::{ConfigError, number};
use std::path::PathBuf;

/// Backups: where to, how often, for whom to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// The folder; none for no backups by the clock.
    pub to: Option<PathBuf>,
    /// Hours between two.
    pub hours: i64,
    /// Minutes between two increments in between; 0 for none.
    pub minutes: i64,
    /// Public keys of age, whose holders can open them; none for backups that are not encrypted.
    pub keys: Vec<String>,
}

impl Backups {
    pub(super) fn read(
        to: Option<PathBuf>,
        (hours, in_file): (Option<String>, Option<i64>),
        (minutes, minutes_in_file): (Option<String>, Option<i64>),
        keys: Option<String>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            to,
            hours: number("ALONGSIDE_BACKUP_HOURS", hours, in_file, 24, 1..=168)?,
            minutes: number("ALONGSIDE_BACKUP_MINUTES", minutes, minutes_in_file, 5, 0..=60)?,
            keys: keys
                .unwrap_or_default()
                .split([',', ' '])
                .map(str::trim)
                .filter(|key| !key.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }
}
