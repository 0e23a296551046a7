//! Tables for a spreadsheet. A cell that a spreadsheet would take for a formula gets an apostrophe before it.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A text that no spreadsheet runs: formulas begin with `=`, `+`, `-`, `@`, also after spaces and characters nobody sees.
#[must_use]
pub fn neutral(text: &str) -> String {
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c));
    let formula = seen.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let control = text.starts_with(['\t', '\r', '\n']);
    if formula || control { format!("'{text}") } else { text.to_owned() }
}

/// Zero-width characters, direction marks and the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// The table as CSV text.
///
/// # Errors
/// When it can't be written.
pub fn csv_text(heading: &[&str], rows: &[Vec<String>]) -> Result<String, super::PageError> {
    let inside = |e: &dyn std::error::Error| super::PageError::Inside(e.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heading).map_err(|e| inside(&e))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| neutral(cell))).map_err(|e| inside(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| super::PageError::Inside(e.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A CSV text as a download.
pub fn csv_answer(name: &str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in
            ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "\u{200b}=1", "\u{feff}@x", "\r=1", "\u{ff1d}1", "\tx"]
        {
            assert!(neutral(formula).starts_with('\''), "{formula:?}");
        }
        for plain in ["Ada", "a=b", "O'Neill", "", "1-2"] {
            assert_eq!(neutral(plain), plain);
        }
        let text = csv_text(&["a", "b"], &[vec!["=cmd|' /C calc'!A0".into(), "x,\"y\"".into()]]).unwrap();
        assert_eq!(text, "a,b\n'=cmd|' /C calc'!A0,\"x,\"\"y\"\"\"\n");
    }
}
