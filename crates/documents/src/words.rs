//! The few fixed words that Alongside adds to a document, the same in every rendering.

pub(crate) const NOT_RECORDED: &str = "not recorded";
pub(crate) const NOTHING_RECORDED: &str = "Nothing was recorded here.";
pub(crate) const PAGE: &str = "Page {page} of {pages}";
pub(crate) const SIGNED: &str = "Signed:";
pub(crate) const COUNTERSIGNED: &str = "Countersigned:";

use crate::model::{Footer, Signature};

/// "Ward nurse, 3 March, 10:05. Source: escort record." Empty parts are left out.
pub(crate) fn said(who: &str, when: &str, source: &str) -> String {
    let start: Vec<&str> = [who, when].into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let start = if start.is_empty() {
        "It is not recorded who said it.".into()
    } else {
        format!("{}.", start.join(", "))
    };
    if source.trim().is_empty() {
        start
    } else {
        format!("{start} Source: {}.", source.trim().trim_end_matches('.'))
    }
}

/// "D-17 · version 2 · hash 9f31": what is there of it.
pub(crate) fn footer_line(footer: &Footer) -> String {
    let parts = [("", &footer.document_id), ("version ", &footer.version), ("hash ", &footer.hash)];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(word, text)| format!("{word}{text}"))
        .collect();
    parts.join(" · ")
}

/// "Practitioner, band 6".
pub(crate) fn role_line(signature: &Signature) -> String {
    let parts: Vec<&str> = [signature.role.as_str(), signature.grade.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

/// Paragraphs of a text: an empty line parts them.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.replace("\r\n", "\n").replace('\r', "\n").lines() {
        match (line.trim().is_empty(), found.last_mut()) {
            (true, Some(last)) if last.is_empty() => {}
            (true, _) => found.push(String::new()),
            (false, Some(last)) => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line.trim_end());
            }
            (false, None) => {}
        }
    }
    found.retain(|paragraph| !paragraph.is_empty());
    found
}
