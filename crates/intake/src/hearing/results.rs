//! Results and the next hearing they set. Results are kept whole; their meaning is read elsewhere.

use serde_json::Value;

use crate::dates::{self, Century};
use crate::json::{items_at, text_at, words_at};
use crate::limits::Limits;
use crate::model::{CourtResult, NextHearing, Stated};

/// The results of a defendant, an offence or an application.
pub(super) fn of(holder: &Value, offence_id: Option<&str>, limits: &Limits) -> Vec<CourtResult> {
    items_at(holder, "judicialResults").iter().filter_map(|result| one(result, offence_id, limits)).collect()
}

/// One result; `None` for one that was deleted or is no object.
pub(super) fn one(result: &Value, offence_id: Option<&str>, limits: &Limits) -> Option<CourtResult> {
    let deleted = result.get("isDeleted").and_then(Value::as_bool).unwrap_or(false);
    if deleted || !result.is_object() {
        return None;
    }
    Some(CourtResult {
        code: text_at(result, "cjsCode"),
        label: text_at(result, "label"),
        text: words_at(result, "resultText", limits),
        offence_id: offence_id.map(str::to_owned),
        ordered_on: text_at(result, "orderedDate").and_then(|text| dates::date(&text, Century::This)),
        raw: result.clone(),
    })
}

/// The earliest dated next hearing of the results, else the first that says anything.
pub(super) fn next_hearing(results: &[CourtResult]) -> Option<NextHearing> {
    let mut found: Vec<NextHearing> = results.iter().filter_map(|result| next(&result.raw)).collect();
    found.sort_by_key(|next| (next.date.is_none(), next.date, next.time));
    found.into_iter().next()
}

fn next(result: &Value) -> Option<NextHearing> {
    let next = result.get("nextHearing").filter(|next| next.is_object())?;
    let starts = text_at(next, "listedStartDateTime");
    let timed =
        starts.as_deref().filter(|text| text.len() > 10).and_then(dates::moment).map(dates::london_clock);
    let date = timed.map(|local| local.date()).or_else(|| {
        let text = starts.or_else(|| text_at(next, "weekCommencingDate"))?;
        dates::date(&text, Century::This)
    });
    let code = text_at(&next["courtCentre"], "code").filter(|code| code.is_ascii() && code.len() >= 5);
    let read = NextHearing {
        date,
        time: timed.map(|local| local.time()),
        reason: text_at(next, "adjournmentReason").or_else(|| text_at(&next["type"], "description")),
        court_code: code.map(|code| code[..5].to_ascii_uppercase()),
        to_be_fixed: match next.get("dateToBeFixed").and_then(Value::as_bool) {
            Some(true) => Stated::Yes,
            Some(false) => Stated::No,
            None => Stated::NotStated,
        },
    };
    (read != NextHearing::default()).then_some(read)
}

/// Whether the hearing carries any result.
pub(super) fn stated_in(hearing: &Value) -> bool {
    let has = |holder: &Value| !items_at(holder, "judicialResults").is_empty();
    let of_defendant = |defendant: &Value| has(defendant) || items_at(defendant, "offences").iter().any(has);
    items_at(hearing, "prosecutionCases")
        .iter()
        .any(|case| items_at(case, "defendants").iter().any(of_defendant))
        || items_at(hearing, "courtApplications").iter().any(has)
        || !items_at(hearing, "defendantJudicialResults").is_empty()
}
