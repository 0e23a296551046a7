//! JSON text as labels and values, for whatever a room kept in its own shape.

use serde_json::Value;

/// Every text, number and yes or no in it, each under the keys that lead there.
#[must_use]
pub fn told(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    match serde_json::from_str::<Value>(text) {
        Ok(value) => walk("", &value, &mut out),
        Err(_) if text.trim().is_empty() => {}
        Err(_) => out.push((String::new(), text.to_owned())),
    }
    out
}

fn walk(path: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Bool(yes) => out.push((path.to_owned(), if *yes { "Yes" } else { "No" }.to_owned())),
        Value::Number(number) => out.push((path.to_owned(), number.to_string())),
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => out.push((path.to_owned(), text.clone())),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).filter(|w| !w.is_empty()).collect();
            if !words.is_empty() {
                out.push((path.to_owned(), words.join("; ")));
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                walk(&join(path, &(n + 1).to_string()), item, out);
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                walk(&join(path, &label(key)), item, out);
            }
        }
    }
}

fn join(path: &str, next: &str) -> String {
    if path.is_empty() { next.to_owned() } else { format!("{path}, {next}") }
}

/// A key as a label: "date_of_birth" is "date of birth".
pub(super) fn label(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_in_it_is_told_under_the_keys_that_lead_there() {
        let text = r#"{"who":{"fore_name":"Ada"},"worries":["low","alone"],"lines":[{"n":1,"yes":true}],"none":null,"empty":""}"#;
        let told = told(text);
        let said: Vec<(&str, &str)> = told.iter().map(|(l, v)| (l.as_str(), v.as_str())).collect();
        assert_eq!(
            said,
            [
                ("lines, 1, n", "1"),
                ("lines, 1, yes", "Yes"),
                ("who, fore name", "Ada"),
                ("worries", "low; alone")
            ]
        );
    }

    #[test]
    fn what_is_no_json_is_told_as_it_is() {
        assert_eq!(told("plain words"), [(String::new(), "plain words".to_owned())]);
        assert!(told(" ").is_empty());
    }
}
