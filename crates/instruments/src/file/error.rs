//! What is wrong in a file: which file, which key, what, and what to write instead.

use std::fmt;

/// One thing wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {key}: {problem}; {advice}")]
pub struct LoadError {
    /// The file.
    pub file: String,
    /// The key, such as `cut_off caseness, scale`.
    pub key: String,
    /// What is wrong.
    pub problem: String,
    /// What to write.
    pub advice: String,
}

/// Everything wrong in the files read, so that an editor can mend all of it at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors(pub Vec<LoadError>);

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl LoadError {
    pub(crate) fn new(
        file: &str,
        key: impl Into<String>,
        problem: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { file: file.to_owned(), key: key.into(), problem: problem.into(), advice: advice.into() }
    }
}

/// A TOML error with the line it is on; the parser's own words say what it expected.
pub(crate) fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> LoadError {
    let place = match error.span() {
        Some(span) => format!("line {}", text.get(..span.start).unwrap_or("").matches('\n').count() + 1),
        None => "the whole file".to_owned(),
    };
    LoadError::new(
        file,
        place,
        error.message().trim().replace('\n', " "),
        "compare with a file of the same kind in data/, or with the table of keys in the README",
    )
}
