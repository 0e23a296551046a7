//! Rows of a hearing: one defendant of one prosecution case, placed on each day.

use serde_json::Value;

use super::application::Application;
use super::days::{Court, Day};
use super::person::{self, Subject};
use super::{Hearing, each, results};
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::json::{items_at, text_at, text_of};
use crate::libra::{is_minor, speaks_of_breach};
use crate::limits::Limits;
use crate::model::{Coded, CourtApplication, CourtResult, ListedKind, Listing, NextHearing, Offence};

/// A row before it is placed on a day.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) path: String,
    /// What tells it from other rows of the hearing: case and defendant, or application.
    pub(super) identity: String,
    pub(super) defendant_id: Option<String>,
    pub(super) subject: Subject,
    pub(super) urn: Option<String>,
    pub(super) case_type: Option<String>,
    pub(super) informant: Option<String>,
    pub(super) markers: Vec<String>,
    pub(super) offences: Vec<Offence>,
    pub(super) results: Vec<CourtResult>,
    pub(super) next_hearing: Option<NextHearing>,
    pub(super) application: Option<CourtApplication>,
    pub(super) parent_or_guardian: Option<String>,
    pub(super) solicitor: Option<String>,
}

/// One row a defendant of a case; defendants who are nobody are skipped with the reason.
pub(super) fn rows(hearing: &Hearing<'_>, applications: &[Application], gather: &mut Gather<'_>) -> Vec<Row> {
    let days = hearing.days.len().max(1);
    let mut rows = Vec::new();
    for (case, path) in each(hearing.value, "prosecutionCases", &hearing.path) {
        let defendants = each(case, "defendants", &path);
        if defendants.is_empty() {
            gather.skip(path, "a prosecution case", "it has no defendant", 0);
            continue;
        }
        for (defendant, path) in defendants {
            match person::subject(defendant, &path, gather) {
                Some(subject) => {
                    rows.push(row(hearing, case, defendant, subject, path, applications, gather.limits))
                }
                None => {
                    gather.skip(path, "a defendant", "neither a person nor an organisation is named", days)
                }
            }
        }
    }
    rows
}

fn row(
    hearing: &Hearing<'_>,
    case: &Value,
    defendant: &Value,
    subject: Subject,
    path: String,
    applications: &[Application],
    limits: &Limits,
) -> Row {
    let identifier = &case["prosecutionCaseIdentifier"];
    let defendant_id = text_at(defendant, "id");
    let master_id = text_at(defendant, "masterDefendantId");
    let mut results = results::of(defendant, None, limits);
    for offence in items_at(defendant, "offences") {
        results.extend(results::of(offence, text_at(offence, "id").as_deref(), limits));
    }
    results.extend(hearing.beside.results(master_id.as_deref().or(defendant_id.as_deref()), limits));
    let urn = text_of(identifier, &["caseURN", "prosecutionAuthorityReference"]);
    let case_id = text_at(case, "id").or_else(|| urn.clone()).unwrap_or_else(|| "-".into());
    let who = defendant_id.clone().unwrap_or_else(|| crate::libra::name_digest(&subject.person.name));
    let application = applications
        .iter()
        .find(|application| application.is_about(master_id.as_deref(), defendant_id.as_deref()));
    if let Some(application) = application {
        results.extend(application.results.iter().cloned());
    }
    Row {
        identity: format!("{case_id}:{who}").to_lowercase(),
        next_hearing: results::next_hearing(&results),
        application: application.map(|application| application.details.clone()),
        urn,
        case_type: text_at(case, "initiationCode"),
        informant: text_of(identifier, &["prosecutionAuthorityCode", "prosecutionAuthorityName"]),
        markers: items_at(case, "caseMarkers")
            .iter()
            .filter_map(|marker| text_of(marker, &["markerTypeDescription", "markerTypeCode"]))
            .collect(),
        offences: offences(defendant),
        parent_or_guardian: person::parent_or_guardian(defendant),
        solicitor: person::solicitor(defendant),
        path,
        defendant_id,
        subject,
        results,
    }
}

/// The offences in their order on the list.
pub(super) fn offences(holder: &Value) -> Vec<Offence> {
    let mut found: Vec<(i64, Offence)> = items_at(holder, "offences")
        .iter()
        .filter(|value| value.is_object())
        .map(|value| {
            let date = |holder: &Value, name| {
                text_at(holder, name).and_then(|text| dates::date(&text, Century::This))
            };
            let order = ["listingNumber", "orderIndex"].iter().find_map(|name| value.get(*name)?.as_i64());
            let offence = Offence {
                id: text_at(value, "id"),
                code: text_at(value, "offenceCode"),
                title: text_at(value, "offenceTitle"),
                wording: text_at(value, "wording"),
                legislation: text_at(value, "offenceLegislation"),
                plea: text_at(&value["plea"], "pleaValue"),
                plea_date: date(&value["plea"], "pleaDate"),
                conviction_date: date(value, "convictionDate"),
                adjournment_date: None,
                adjournment_reason: None,
                reporting_restrictions: items_at(value, "reportingRestrictions")
                    .iter()
                    .filter_map(|restriction| text_of(restriction, &["label", "judicialResultLabel"]))
                    .collect(),
            };
            (order.unwrap_or(i64::MAX), offence)
        })
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, offence)| offence).collect()
}

impl Row {
    /// The listing of this row on a day.
    pub(super) fn on(&self, day: &Day, hearing: &Hearing<'_>, court: &Court, gather: &Gather<'_>) -> Listing {
        let value = hearing.value;
        let kind = match &self.subject {
            subject if subject.organisation => ListedKind::Organisation,
            subject if subject.youth || is_minor(&subject.person, day.date) => ListedKind::Youth,
            _ => ListedKind::Person,
        };
        let hearing_type =
            Coded { code: text_at(&value["type"], "code"), words: text_at(&value["type"], "description") };
        let about = self.application.as_ref();
        let listed_for = about.and_then(|about| about.words.clone()).or_else(|| hearing_type.words.clone());
        let breach = about.is_some_and(|about| about.is_breach)
            || hearing_type.words.as_deref().is_some_and(speaks_of_breach)
            || matches!(hearing_type.code.as_deref(), Some("BOO" | "RSOB" | "CSAB"));
        Listing {
            source_key: format!("cp:{}:{}:{}", hearing.id.as_deref().unwrap_or("-"), day.date, self.identity),
            place: self.path.clone(),
            court_code: court.code.clone(),
            ou_code: court.ou_code.clone(),
            court_name: court.name.clone(),
            date: day.date,
            room: court.room_on(day),
            starts: day.starts,
            ends: day.ends,
            session_starts: None,
            panel: None,
            block: None,
            series: None,
            hearing_id: hearing.id.clone(),
            list_no: None,
            sequence: day.sequence,
            case_no: None,
            urn: self.urn.clone(),
            asn: self.subject.asn.clone(),
            case_type: self.case_type.clone(),
            informant: self.informant.clone(),
            markers: self.markers.clone(),
            hearing_type: (hearing_type != Coded::default()).then_some(hearing_type),
            listed_for,
            breach,
            kind,
            person: self.subject.person.clone(),
            offences: self.offences.clone(),
            bail: self.subject.bail.clone(),
            custody: self.subject.custody,
            held_at: self.subject.held_at.clone(),
            application: self.application.clone(),
            results: self.results.clone(),
            next_hearing: self.next_hearing.clone(),
            parent_or_guardian: self.parent_or_guardian.clone(),
            solicitor: self.solicitor.clone(),
            attendance: hearing.beside.attendance(self.defendant_id.as_deref(), day.date),
            reporting_restriction: text_at(value, "reportingRestrictionReason"),
            further_information: self.further(hearing, gather),
        }
    }

    /// Why the court referred the person, and whether the hearing is on paper only.
    fn further(&self, hearing: &Hearing<'_>, gather: &Gather<'_>) -> Option<String> {
        let mut words = hearing.beside.referrals(self.defendant_id.as_deref());
        let boxed = ["isBoxHearing", "isVirtualBoxHearing"]
            .iter()
            .any(|name| hearing.value.get(*name).and_then(Value::as_bool) == Some(true));
        if boxed {
            words.push("Box hearing: on paper, nobody attends".into());
        }
        crate::words::passage(crate::words::clip(&words.join("; "), gather.limits.text))
    }
}
