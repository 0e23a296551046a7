//! The shared reference vectors.

use std::path::PathBuf;

/// Rows of a shared file; `None`, said in a line, when it is not beside the checkout.
pub fn shared(file: &str) -> Option<Vec<csv::StringRecord>> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors")).join(file);
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("{file} is not beside this checkout: skipped");
        return None;
    };
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
    Some(reader.records().filter_map(Result::ok).collect())
}
