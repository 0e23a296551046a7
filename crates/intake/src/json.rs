//! JSON within bounds: depth and size are checked before anything is built.

use serde_json::Value;

use crate::limits::Limits;
use crate::refusal::{Refusal, RefusalKind};
use crate::words::{clip, line};

/// The values of a JSON text (usually one) and where reading stopped, if something after the first could not be read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) values: Vec<Value>,
    pub(crate) rest_from_line: Option<usize>,
}

/// Parses JSON. Several values one after another are all taken; garbage behind a whole value is reported, not fatal.
///
/// # Errors
/// A refusal when it is too deep, too big, or its first value is broken or cut short.
pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Parsed, Refusal> {
    check_bounds(text, limits)?;
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut values = Vec::new();
    loop {
        let at = stream.byte_offset();
        match stream.next() {
            None => return Ok(Parsed { values, rest_from_line: None }),
            Some(Ok(value)) => values.push(value),
            Some(Err(_)) if values.first().is_some_and(|value| value.is_object() || value.is_array()) => {
                return Ok(Parsed { values, rest_from_line: Some(1 + text[..at].matches('\n').count()) });
            }
            Some(Err(error)) => return Err(broken(&error)),
        }
    }
}

fn broken(error: &serde_json::Error) -> Refusal {
    let what = if error.is_eof() {
        "The file ends in the middle of the JSON; it was cut short."
    } else {
        "The file begins like JSON but is not valid JSON."
    };
    Refusal::new(RefusalKind::Broken, what)
        .at(format!("line {}, column {}", error.line(), error.column()))
        .advise("Ask the sender to export it again; it should be saved exactly as it was sent.")
}

/// Counts depth and values by looking at brackets and commas outside strings.
fn check_bounds(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let (mut depth, mut nodes, mut line) = (0_usize, 0_usize, 1_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                nodes += 1;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => nodes += 1,
            _ => {}
        }
        if depth > limits.depth || nodes > limits.nodes {
            let what = if depth > limits.depth {
                format!(
                    "Values stand more than {} deep inside each other, which no hearing or record does.",
                    limits.depth
                )
            } else {
                format!("The file has more than {} values.", limits.nodes)
            };
            return Err(Refusal::new(RefusalKind::TooLarge, what)
                .at(format!("line {line}"))
                .advise("Ask the sender for a plain export, in parts if it is large."));
        }
    }
    Ok(())
}

/// A member as text on one line: strings, numbers and true/false; blank, null and anything else is absent.
pub(crate) fn text_at(value: &Value, name: &str) -> Option<String> {
    scalar(value.get(name)?)
}

/// A scalar as text on one line.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => line(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// A member as words: line breaks kept, at most `limits.text` bytes.
pub(crate) fn words_at(value: &Value, name: &str, limits: &Limits) -> Option<String> {
    match value.get(name)? {
        Value::String(text) => crate::words::passage(clip(text, limits.text)),
        other => scalar(other),
    }
}

/// The first of several members that holds text.
pub(crate) fn text_of(value: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| text_at(value, name))
}

/// A member that is an array; anything else is no items.
pub(crate) fn items_at<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbage_behind_a_whole_value_is_reported_and_a_cut_value_is_refused() {
        let limits = Limits::default();
        let parsed = parse("{\"a\":1}\n\u{1F}garbage", &limits).unwrap();
        assert_eq!((parsed.values.len(), parsed.rest_from_line), (1, Some(1)));
        let cut = parse("{\"hearing\":{\"id\":", &limits).unwrap_err();
        assert!(cut.what.contains("cut short"));
    }

    #[test]
    fn deep_and_wide_json_is_refused_before_it_is_built() {
        let limits = Limits { nodes: 1000, ..Limits::default() };
        assert_eq!(parse(&"[".repeat(100_000), &limits).unwrap_err().kind, RefusalKind::TooLarge);
        assert_eq!(
            parse(&format!("[{}0]", "0,".repeat(2000)), &limits).unwrap_err().kind,
            RefusalKind::TooLarge
        );
        assert!(parse(r#"{"text":"[[[[[{{{{,,,,\"["}"#, &Limits { depth: 2, nodes: 3, ..limits }).is_ok());
    }
}
