//! The watched folder, and how long files lie beside it once they are taken in.

use super::{ConfigError, bad, number};
use std::path::PathBuf;

/// The watched folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// A folder whose files are imported as they arrive; none for none.
    pub folder: Option<PathBuf>,
    /// Days for which a file lies in `taken` or `refused`, in clear, from when it came; the archive has it from then on.
    pub days: i64,
}

impl Watched {
    pub(super) fn read(
        folder: Option<PathBuf>,
        (days, in_file): (Option<String>, Option<i64>),
    ) -> Result<Self, ConfigError> {
        if let Some(folder) = &folder
            && !folder.is_dir()
        {
            return Err(bad(
                "ALONGSIDE_WATCH",
                &folder.display().to_string(),
                "there is no such folder: make it, or leave the setting out",
            ));
        }
        Ok(Self { folder, days: number("ALONGSIDE_WATCH_DAYS", days, in_file, 7, 1..=365)? })
    }
}
