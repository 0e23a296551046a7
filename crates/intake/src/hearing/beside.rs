//! What a hearing says about single people beside its cases: attendance, reasons for referral, results. Indexed once, so
//! that a long hearing is not searched for every defendant.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::Value;

use super::results;
use crate::dates::{self, Century};
use crate::json::{items_at, text_at};
use crate::limits::Limits;
use crate::model::CourtResult;

pub(super) struct Beside<'v> {
    attendance: HashMap<(String, Date), String>,
    /// Reasons by defendant; those under `None` are about everybody.
    referrals: HashMap<Option<String>, Vec<String>>,
    results: HashMap<String, Vec<&'v Value>>,
}

/// An id as a key: senders mix cases.
fn id_at(value: &Value, name: &str) -> Option<String> {
    text_at(value, name).map(|id| id.to_lowercase())
}

impl<'v> Beside<'v> {
    pub(super) fn of(hearing: &'v Value) -> Self {
        let mut attendance = HashMap::new();
        for attended in items_at(hearing, "defendantAttendance") {
            let Some(id) = id_at(attended, "defendantId") else { continue };
            for day in items_at(attended, "attendanceDays") {
                let date = text_at(day, "day").and_then(|text| dates::date(&text, Century::This));
                if let (Some(date), Some(how)) = (date, text_at(day, "attendanceType")) {
                    attendance.insert((id.clone(), date), how);
                }
            }
        }
        let mut referrals: HashMap<Option<String>, Vec<String>> = HashMap::new();
        for reason in items_at(hearing, "defendantReferralReasons") {
            if let Some(words) = text_at(reason, "description") {
                referrals.entry(id_at(reason, "defendantId")).or_default().push(words);
            }
        }
        let mut results: HashMap<String, Vec<&Value>> = HashMap::new();
        for result in items_at(hearing, "defendantJudicialResults") {
            if let (Some(id), Some(inner)) =
                (id_at(result, "masterDefendantId"), result.get("judicialResult"))
            {
                results.entry(id).or_default().push(inner);
            }
        }
        Self { attendance, referrals, results }
    }

    /// How a defendant attended on a day.
    pub(super) fn attendance(&self, defendant_id: Option<&str>, day: Date) -> Option<String> {
        self.attendance.get(&(defendant_id?.to_lowercase(), day)).cloned()
    }

    /// Why the court referred a defendant, or everybody.
    pub(super) fn referrals(&self, defendant_id: Option<&str>) -> Vec<String> {
        let own = defendant_id.map(str::to_lowercase);
        let about =
            |id: &Option<String>| self.referrals.get(id).into_iter().flatten().cloned().collect::<Vec<_>>();
        let mut reasons = about(&None);
        if own.is_some() {
            reasons.extend(about(&own));
        }
        reasons
    }

    /// How many results name somebody who is no defendant of the hearing's cases.
    pub(super) fn results_of_others(&self, hearing: &Value) -> usize {
        let defendants: Vec<String> = items_at(hearing, "prosecutionCases")
            .iter()
            .flat_map(|case| items_at(case, "defendants"))
            .flat_map(|defendant| [id_at(defendant, "masterDefendantId"), id_at(defendant, "id")])
            .flatten()
            .collect();
        self.results.iter().filter(|(id, _)| !defendants.contains(id)).map(|(_, results)| results.len()).sum()
    }

    /// Results of one person.
    pub(super) fn results(&self, master_id: Option<&str>, limits: &Limits) -> Vec<CourtResult> {
        let found = master_id.and_then(|id| self.results.get(&id.to_lowercase()));
        found.into_iter().flatten().filter_map(|result| results::one(result, None, limits)).collect()
    }
}
