//! One answer, from whatever shape it came in.

use serde_json::Value;

use super::framework::{Question, QuestionKind, domain_of, question, spelled};
use crate::dates::{self, Century};
use crate::json::{items_at, scalar, text_at, text_of};
use crate::limits::Limits;
use crate::model::{AnswerValue, Choice, CodeDomain, DomainCode};
use crate::words::{clip, line, passage, squash};

/// The answer in a JSON value: text, a list, `{option, details}`, or a list of those; `details` stands beside it in flat
/// files.
pub(crate) fn value(key: &str, value: &Value, details: Option<&str>, limits: &Limits) -> AnswerValue {
    let known = question(key);
    let details = details.and_then(|text| passage(clip(text, limits.text)));
    match value {
        Value::Null => details.map_or(AnswerValue::NotAnswered, AnswerValue::Text),
        Value::Bool(yes) => choices([(if *yes { "Yes" } else { "No" }).to_owned()], details),
        Value::Object(_) => match choice(value, limits) {
            Some(choice) => AnswerValue::Choices(vec![choice]),
            None => text_of_object(value, details),
        },
        Value::Array(items) => {
            let found: Vec<Choice> = items.iter().filter_map(|item| choice(item, limits)).collect();
            let found = with_details(found, details);
            if found.is_empty() { AnswerValue::NotAnswered } else { AnswerValue::Choices(found) }
        }
        Value::Number(_) => scalar(value).map_or(AnswerValue::NotAnswered, AnswerValue::Text),
        Value::String(text) => match passage(clip(text, limits.text)) {
            None => details.map_or(AnswerValue::NotAnswered, AnswerValue::Text),
            Some(text) => from_text(known, text, details),
        },
    }
}

fn from_text(known: Option<&Question>, text: String, details: Option<String>) -> AnswerValue {
    match known.map(|question| question.kind) {
        Some(QuestionKind::Checkbox) => choices(split_options(known, &text), details),
        Some(QuestionKind::Radio) => radio(known, &text, details),
        Some(QuestionKind::Text | QuestionKind::Items) => AnswerValue::Text(join(text, details)),
        None if yes_or_no(&text).is_some() || details.is_some() => radio(None, &text, details),
        None => AnswerValue::Text(text),
    }
}

fn join(text: String, details: Option<String>) -> String {
    match details {
        Some(details) if details != text => format!("{text}\n{details}"),
        _ => text,
    }
}

/// A radio answer: an option in any case, `Y`/`N`, or `Yes - with words` typed into one cell.
fn radio(known: Option<&Question>, text: &str, details: Option<String>) -> AnswerValue {
    let option =
        known.and_then(|question| question.options.iter().find(|option| squash(option) == squash(text)));
    if let Some(option) = option {
        return choices([(*option).to_owned()], details);
    }
    if let Some(answer) = yes_or_no(text) {
        return choices([answer.to_owned()], details);
    }
    let number = known.filter(|question| question.options.contains(&"Yes")).and(match text {
        "1" => Some("Yes"),
        "0" => Some("No"),
        _ => None,
    });
    if let Some(answer) = number {
        return choices([answer.to_owned()], details);
    }
    for separator in [" - ", " – ", ": ", ", ", "; ", ". ", " ("] {
        if let Some((first, rest)) = text.split_once(separator)
            && let Some(answer) = yes_or_no(first)
        {
            let words =
                passage(rest.trim_end_matches(')')).map(|rest| join(rest, details.clone())).or(details);
            return choices([answer.to_owned()], words);
        }
    }
    choices([text.to_owned()], details)
}

/// `Yes` or `No` however it is typed.
pub(crate) fn yes_or_no(text: &str) -> Option<&'static str> {
    match squash(text).as_str() {
        "yes" | "y" | "true" => Some("Yes"),
        "no" | "n" | "false" => Some("No"),
        _ => None,
    }
}

/// Options typed into one cell, parted by `;`, `|` or line breaks; known options are found even without.
fn split_options(known: Option<&Question>, text: &str) -> Vec<String> {
    let parts: Vec<String> = text.split([';', '|', '\n']).filter_map(line).collect();
    let known: Vec<&str> = known.map(|question| question.options.clone()).unwrap_or_default();
    parts
        .into_iter()
        .flat_map(|part| {
            let exact = known.iter().find(|option| squash(option) == squash(&part));
            if let Some(option) = exact {
                return vec![(*option).to_owned()];
            }
            let by_comma: Vec<&str> = part.split(',').map(str::trim).collect();
            let all_known =
                by_comma.iter().all(|piece| known.iter().any(|option| squash(option) == squash(piece)));
            if all_known { by_comma.into_iter().map(str::to_owned).collect() } else { vec![part] }
        })
        .collect()
}

fn choices(options: impl IntoIterator<Item = String>, details: Option<String>) -> AnswerValue {
    let found = options.into_iter().map(|option| Choice { option, details: None }).collect();
    AnswerValue::Choices(with_details(found, details))
}

/// Words beside several options were said about all of them.
fn with_details(mut found: Vec<Choice>, details: Option<String>) -> Vec<Choice> {
    for choice in &mut found {
        choice.details = choice.details.take().or_else(|| details.clone());
    }
    found
}

fn choice(value: &Value, limits: &Limits) -> Option<Choice> {
    let plain = scalar(value);
    let option = plain
        .clone()
        .or_else(|| ["option", "value", "answer"].iter().find_map(|name| text_at(value, name)))?;
    let option = yes_or_no(&option).map_or(option.clone(), str::to_owned);
    if plain.is_some() {
        return Some(Choice { option, details: None });
    }
    let details = ["details", "comment", "comments", "followup_comment", "more_info"]
        .iter()
        .find_map(|name| crate::json::words_at(value, name, limits));
    Some(Choice { option, details })
}

/// An object that is no option: its texts, name and all.
fn text_of_object(value: &Value, details: Option<String>) -> AnswerValue {
    let members = value.as_object().into_iter().flatten();
    let mut words: Vec<String> =
        members.filter_map(|(name, member)| Some(format!("{name}: {}", scalar(member)?))).collect();
    words.extend(details);
    if words.is_empty() { AnswerValue::NotAnswered } else { AnswerValue::Text(words.join("; ")) }
}

/// Codes typed into a cell: `HA`, `alert:HA2`, `care need D; MI`. A code without its list belongs to the one list that
/// fills the question in and has it; else its list stays unknown.
pub(crate) fn codes_in(key: &str, text: &str) -> Vec<DomainCode> {
    text.split([';', '|', ',', '\n']).filter_map(line).map(|part| code_in(key, &part)).collect()
}

fn code_in(key: &str, part: &str) -> DomainCode {
    let (stated, rest) = match part.split_once([':', '/']) {
        Some((domain, rest)) if !matches!(domain_of(domain), CodeDomain::Other(_)) => {
            (Some(domain_of(domain)), rest.trim())
        }
        _ => (None, part),
    };
    let code = rest.split([' ', '=', '(']).next().unwrap_or(rest);
    // Some codes have a space in them ("LEARN SUPP"): the known ones are tried whole first.
    let code = if known_code(key, rest, stated.as_ref()).is_some() { rest } else { code };
    let known = known_code(key, code, stated.as_ref());
    DomainCode {
        domain: stated
            .or_else(|| known.as_ref().map(|(domain, _)| domain.clone()))
            .unwrap_or(CodeDomain::Other(String::new())),
        code: code.to_uppercase(),
        words: known.map(|(_, words)| words.to_owned()).filter(|words| !words.is_empty()),
        comment: None,
        since: None,
    }
}

fn known_code(key: &str, code: &str, stated: Option<&CodeDomain>) -> Option<(CodeDomain, &'static str)> {
    let mut fitting = question(key)?.codes.iter().filter(|(domain, known, _)| {
        known.eq_ignore_ascii_case(code) && stated.is_none_or(|stated| stated == domain)
    });
    let first = fitting.next()?;
    fitting.all(|other| other.0 == first.0).then(|| (first.0.clone(), first.2))
}

/// A code as an object of the framework's service: `{code, code_type, code_description, comments, creation_date}`.
pub(crate) fn code_of(key: &str, value: &Value) -> Option<DomainCode> {
    let code = text_at(value, "code").or_else(|| scalar(value))?;
    let stated = text_of(value, &["code_type", "type", "domain"]).map(|word| domain_of(&word));
    let known = known_code(key, &code, stated.as_ref());
    let since = text_of(value, &["creation_date", "start_date", "since"]);
    Some(DomainCode {
        domain: stated
            .or_else(|| known.as_ref().map(|(domain, _)| domain.clone()))
            .unwrap_or(CodeDomain::Other(String::new())),
        words: text_of(value, &["code_description", "description", "words"])
            .or_else(|| known.map(|(_, words)| words.to_owned())),
        code: code.to_uppercase(),
        comment: text_of(value, &["comments", "comment"]),
        since: since.and_then(|text| dates::date(&text, Century::This)),
    })
}

/// Codes under any of the names they are sent as.
pub(crate) fn codes_at(key: &str, value: &Value) -> Vec<DomainCode> {
    ["nomis_mappings", "nomis_codes", "codes"]
        .iter()
        .flat_map(|name| items_at(value, name))
        .filter_map(|item| code_of(key, item))
        .collect()
}

/// The section of a question, if known.
pub(crate) fn section_of(key: &str) -> Option<String> {
    question(&spelled(key)).map(|question| question.section.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(key: &str, given: Value, details: Option<&str>) -> Vec<(String, Option<String>)> {
        match value(key, &given, details, &Limits::default()) {
            AnswerValue::Choices(found) => {
                found.into_iter().map(|choice| (choice.option, choice.details)).collect()
            }
            AnswerValue::Text(text) => vec![(text, None)],
            AnswerValue::NotAnswered => Vec::new(),
        }
    }

    fn said(option: &str, details: Option<&str>) -> (String, Option<String>) {
        (option.to_owned(), details.map(str::to_owned))
    }

    #[test]
    fn every_shape_of_an_answer_reads_the_same() {
        let want = vec![said("Yes", Some("low mood since June"))];
        for given in [
            json!({"option": "Yes", "details": "low mood since June"}),
            json!([{"option": "Yes", "details": "low mood since June"}]),
            json!("Yes - low mood since June"),
            json!("YES: low mood since June"),
        ] {
            assert_eq!(read("mental-health-needs", given, None), want);
        }
        for given in [json!("y"), json!(true), json!("Yes"), json!("TRUE")] {
            assert_eq!(read("mental-health-needs", given, Some(" low mood since June ")), want);
        }
    }

    #[test]
    fn options_in_one_cell_are_parted_and_words_belong_to_all_of_them() {
        let read = read("history-of-self-harm-method", json!("Ligature, cutting"), Some("2019"));
        assert_eq!(read, [said("Ligature", Some("2019")), said("cutting", Some("2019"))]);
    }

    #[test]
    fn nothing_is_not_no() {
        for given in [Value::Null, json!(""), json!("  "), json!([]), json!({})] {
            assert_eq!(
                value("mental-health-needs", &given, None, &Limits::default()),
                AnswerValue::NotAnswered
            );
        }
    }

    #[test]
    fn a_code_without_its_list_takes_the_one_list_of_its_question() {
        let codes = codes_in("mental-health-needs", "D; care need:MI");
        assert_eq!(codes[0].domain, CodeDomain::CareNeed);
        assert_eq!((codes[1].code.as_str(), &codes[1].domain), ("MI", &CodeDomain::CareNeed));
        assert_eq!(codes_in("communication-needs", "MHT")[0].domain, CodeDomain::Alert);
        assert_eq!(codes_in("communication-needs", "case note:MHT")[0].domain, CodeDomain::CaseNote);
        assert_eq!(codes_in("alcohol-withdrawal", "ZZZ")[0].domain, CodeDomain::Other(String::new()));
    }
}
