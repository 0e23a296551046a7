//! How much of a file is read before it is refused.

/// Bounds on one file. The defaults are about twenty times the largest court list met (745 cases, 1.6 MB).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Largest file in bytes.
    pub bytes: usize,
    /// Deepest nesting of elements (XML) or objects and arrays (JSON).
    pub depth: usize,
    /// Most rows: cases, defendants on a hearing day, or escort records.
    pub rows: usize,
    /// Longest single text (one element, one JSON string, one CSV cell), in bytes.
    pub text: usize,
    /// Most elements (XML) or values (JSON) in the file.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 32 * 1024 * 1024, depth: 64, rows: 20_000, text: 256 * 1024, nodes: 1_000_000 }
    }
}
