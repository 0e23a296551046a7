//! One Libra case after the national gateway has split the list: a JSON object, put back into the shape of a list so that
//! one reader serves both.

use serde_json::Value;

use super::document::Document;
use super::rows::Rows;
use crate::gather::Gather;
use crate::json::text_at;
use crate::model::{Format, Intake};
use crate::refusal::Refusal;
use crate::xml::Node;

/// JSON name → list name of a case's single values.
const CASE: [(&str, &str); 18] = [
    ("cId", "c_id"),
    ("hId", "h_id"),
    ("caseNo", "caseno"),
    ("urn", "urn"),
    ("asn", "asn"),
    ("defendantName", "def_name"),
    ("defendantType", "def_type"),
    ("defendantSex", "def_sex"),
    ("defendantDob", "def_dob"),
    ("defendantAge", "def_age"),
    ("pnc", "pnc_id"),
    ("cro", "cro_number"),
    ("listNo", "listno"),
    ("seq", "cseq"),
    ("informant", "inf"),
    ("nationality1", "nationality_1"),
    ("nationality2", "nationality_2"),
    ("caseMarker", "marker"),
];
const NAME: [(&str, &str); 5] = [
    ("title", "title"),
    ("forename1", "forename1"),
    ("forename2", "forename2"),
    ("forename3", "forename3"),
    ("surname", "surname"),
];
const ADDRESS: [(&str, &str); 6] = [
    ("line1", "line1"),
    ("line2", "line2"),
    ("line3", "line3"),
    ("line4", "line4"),
    ("line5", "line5"),
    ("pcode", "pcode"),
];
const OFFENCE: [(&str, &str); 5] =
    [("seq", "oseq"), ("title", "title"), ("summary", "sum"), ("act", "as"), ("code", "code")];

/// Whether an object is such a case.
pub(crate) fn is_case(value: &Value) -> bool {
    value.get("caseNo").is_some()
        && (value.get("defendantName").is_some() || value.get("courtCode").is_some())
}

/// Reads the cases, each with its own court, room and time. They are single cases, so nothing is covered in full.
pub(crate) fn read_cases(cases: &[Value], mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let mut rows = Rows::default();
    for (at, case) in cases.iter().enumerate() {
        let document = Document { sessions: vec![session(case)], late: true, ..Document::default() };
        let (before, skips, notes) = (rows.len(), gather.skips.len(), gather.notes.len());
        document.read(at + 1, None, &mut rows, &mut gather)?;
        let place = format!("case {} of {}", at + 1, cases.len());
        rows.place_from(before, &place);
        gather.skips[skips..].iter_mut().for_each(|skip| skip.place.clone_from(&place));
        gather.notes[notes..].iter_mut().for_each(|note| note.place.clone_from(&place));
    }
    rows.hand_over(&mut gather);
    gather.finish(Format::LibraCaseJson)
}

fn session(case: &Value) -> Node {
    let starts = text_at(case, "sessionStartTime").unwrap_or_default();
    let (day, clock) = starts.split_once('T').unwrap_or((&starts, ""));
    let clock = clock.get(..5).unwrap_or_default();
    let mut children = vec![leaf("doh", day), leaf("sstart", clock)];
    for (from, to) in
        [("courtCode", "ou_code"), ("courtRoom", "room"), ("courtName", "court"), ("panel", "panel")]
    {
        children.extend(text_at(case, from).map(|text| leaf(to, &text)));
    }
    let mut fields = leaves(case, &CASE);
    fields.push(branch("def_name_elements", leaves(&case["name"], &NAME)));
    fields.push(branch("def_addr", leaves(&case["defendantAddress"], &ADDRESS)));
    let offences = case["offences"].as_array().map(Vec::as_slice).unwrap_or_default();
    fields.push(branch(
        "offences",
        offences.iter().map(|offence| branch("offence", leaves(offence, &OFFENCE))).collect(),
    ));
    children.push(branch("case", fields));
    branch("session", children)
}

fn leaves(value: &Value, names: &[(&str, &str)]) -> Vec<Node> {
    names.iter().filter_map(|(from, to)| Some(leaf(to, &text_at(value, from)?))).collect()
}

fn leaf(name: &str, text: &str) -> Node {
    Node { name: name.to_owned(), text: text.to_owned(), ..Node::default() }
}

fn branch(name: &str, children: Vec<Node>) -> Node {
    Node { name: name.to_owned(), children, ..Node::default() }
}
