//! Numbers that anybody may ring, as data.

use serde::Deserialize;
use std::path::Path;

/// One number.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// Its key.
    pub key: String,
    /// What it is.
    pub name: String,
    /// The same in Welsh.
    pub name_cy: String,
    /// The number.
    pub number: String,
    /// When.
    pub hours: String,
    /// The same in Welsh.
    pub hours_cy: String,
    /// What stands on a sheet that is safe to carry; empty for nothing.
    pub carry: String,
    /// Where the number is known from.
    pub source: String,
}

/// A file of numbers.
#[derive(Debug, Clone, Deserialize)]
pub struct Lines {
    /// The day on which somebody last looked at them.
    pub checked_on: jiff::civil::Date,
    /// The numbers.
    pub line: Vec<Line>,
}

/// A file of numbers that can't be used; the words say why.
#[derive(Debug, thiserror::Error)]
#[error("the crisis lines can't be used ({0}); write them like alongside/src/advice/lines.toml")]
pub struct LinesError(String);

/// The numbers in force: the deployer's own, else ours.
///
/// # Errors
/// When the deployer's own can't be used.
pub fn lines(own: Option<&Path>) -> Result<Lines, LinesError> {
    let text = match own {
        Some(path) => {
            std::fs::read_to_string(path).map_err(|e| LinesError(format!("{}: {e}", path.display())))?
        }
        None => include_str!("lines.toml").to_owned(),
    };
    toml::from_str(&text).map_err(|e| LinesError(e.message().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::safe::telling;
    use super::*;

    #[test]
    fn our_own_can_be_read_and_what_is_carried_tells_nothing() {
        let ours = lines(None).unwrap();
        assert!(ours.line.len() >= 4);
        for line in ours.line {
            assert!(telling(&line.carry).is_empty(), "{}", line.key);
            assert!(!line.name_cy.is_empty() && !line.hours_cy.is_empty() && !line.source.is_empty());
        }
    }
}
