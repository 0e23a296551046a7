//! Court applications: attached to the defendant they are about, or rows of their own when the hearing has no such
//! defendant, as reviews of orders are listed.

use serde_json::Value;

use super::defendant::{Row, offences};
use super::person::{self, Subject};
use super::{Hearing, each, results};
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::json::{items_at, text_at};
use crate::libra::speaks_of_breach;
use crate::limits::Limits;
use crate::model::{CourtApplication, CourtOrder, CourtResult, Offence};

/// An application with the people it is about.
#[derive(Debug)]
pub(super) struct Application {
    path: String,
    pub(super) details: CourtApplication,
    pub(super) results: Vec<CourtResult>,
    subject: Option<Subject>,
    /// Ids of the person it is about: master defendant id, and defendant ids in the linked cases.
    ids: Vec<String>,
    urn: Option<String>,
    informant: Option<String>,
    offences: Vec<Offence>,
}

impl Application {
    /// Whether a defendant of the hearing is the person it is about.
    pub(super) fn is_about(&self, master_id: Option<&str>, defendant_id: Option<&str>) -> bool {
        [master_id, defendant_id]
            .into_iter()
            .flatten()
            .any(|id| self.ids.iter().any(|own| own.eq_ignore_ascii_case(id)))
    }
}

/// All applications of a hearing.
pub(super) fn read(hearing: &Hearing<'_>, gather: &mut Gather<'_>) -> Vec<Application> {
    let each = each(hearing.value, "courtApplications", &hearing.path);
    each.into_iter()
        .filter(|(value, _)| value.is_object())
        .map(|(value, path)| one(value, path, gather))
        .collect()
}

fn one(value: &Value, path: String, gather: &mut Gather<'_>) -> Application {
    // The subject is whom it is about; older messages have only respondents, or an applicant who is a person.
    let mut parties: Vec<&Value> = vec![&value["subject"]];
    parties.extend(items_at(value, "respondents"));
    parties.push(&value["applicant"]);
    let mut about: Option<(Subject, &Value)> = None;
    for party in &parties {
        let named = if party["masterDefendant"].is_object() { &party["masterDefendant"] } else { *party };
        match person::subject(named, &path, gather) {
            Some(subject) if !subject.organisation => {
                about = Some((subject, named));
                break;
            }
            Some(subject) if about.is_none() && std::ptr::eq(*party, &value["subject"]) => {
                about = Some((subject, named))
            }
            _ => {}
        }
    }
    let mut ids = Vec::new();
    if let Some((_, named)) = &about {
        ids.extend(text_at(named, "masterDefendantId"));
        ids.extend(items_at(named, "defendantCase").iter().filter_map(|case| text_at(case, "defendantId")));
    }
    let subject = about.map(|(mut subject, named)| {
        subject.held_at = subject.held_at.take().or_else(|| held_elsewhere(&parties, named));
        if subject.held_at.is_some() && subject.custody == crate::model::Custody::NotStated {
            subject.custody = crate::model::Custody::Custody;
        }
        subject.asn = subject.asn.take().or_else(|| text_at(value, "defendantASN"));
        (subject, named)
    });
    let (subject, named) = subject.map_or((None, &Value::Null), |(subject, named)| (Some(subject), named));
    let cases = items_at(value, "courtApplicationCases");
    let urn = cases
        .iter()
        .find_map(|case| text_at(&case["prosecutionCaseIdentifier"], "caseURN"))
        .or_else(|| items_at(named, "defendantCase").iter().find_map(|case| text_at(case, "caseReference")));
    let mut linked: Vec<Offence> = cases.iter().flat_map(offences).collect();
    linked.extend(items_at(&value["courtOrder"], "courtOrderOffences").iter().flat_map(|order| {
        offences(&serde_json::json!({ "offences": [order.get("offence").cloned().unwrap_or_default()] }))
    }));
    Application {
        details: details(value),
        results: results_of(value, gather.limits),
        urn: urn.or_else(|| text_at(value, "applicationReference")),
        informant: text_at(&value["applicant"]["organisation"], "name")
            .or_else(|| text_at(&value["applicant"]["prosecutingAuthority"], "name")),
        offences: linked,
        path,
        subject,
        ids,
    }
}

/// Its own results, and those on the offences of the cases and the order that it is about.
fn results_of(value: &Value, limits: &Limits) -> Vec<CourtResult> {
    let mut found = results::of(value, None, limits);
    let of_cases =
        items_at(value, "courtApplicationCases").iter().flat_map(|case| items_at(case, "offences"));
    let of_order =
        items_at(&value["courtOrder"], "courtOrderOffences").iter().map(|linked| &linked["offence"]);
    for offence in of_cases.chain(of_order) {
        found.extend(results::of(offence, text_at(offence, "id").as_deref(), limits));
    }
    found
}

/// The establishment another party entry names for the same person.
fn held_elsewhere(parties: &[&Value], named: &Value) -> Option<String> {
    let id = text_at(named, "masterDefendantId")?;
    parties
        .iter()
        .map(|party| &party["masterDefendant"])
        .filter(|other| text_at(other, "masterDefendantId").as_ref() == Some(&id))
        .find_map(|other| text_at(&other["personDefendant"]["custodialEstablishment"], "name"))
}

fn details(value: &Value) -> CourtApplication {
    let kind = &value["type"];
    let words = text_at(kind, "type");
    let lower = words.as_deref().unwrap_or_default().to_lowercase();
    let reviewing = text_at(kind, "hearingCode").as_deref() == Some("REV");
    let breach_type = text_at(kind, "breachType").filter(|kind| kind != "NOT_APPLICABLE");
    let order = value.get("courtOrder").filter(|order| order.is_object()).map(|order| {
        let date = |name| text_at(order, name).and_then(|text| dates::date(&text, Century::This));
        CourtOrder {
            label: text_at(order, "label"),
            made_on: date("orderDate"),
            starts: date("startDate"),
            ends: date("endDate"),
        }
    });
    CourtApplication {
        id: text_at(value, "id"),
        code: text_at(kind, "code"),
        legislation: text_at(kind, "legislation"),
        particulars: text_at(value, "applicationParticulars"),
        reference: text_at(value, "applicationReference"),
        status: text_at(value, "applicationStatus"),
        is_review: reviewing || lower.contains("review"),
        is_breach: breach_type.is_some() || speaks_of_breach(&lower),
        order,
        words,
    }
}

/// Rows for the applications that are about nobody among the defendants.
pub(super) fn rows(hearing: &Hearing<'_>, applications: &[Application], gather: &mut Gather<'_>) -> Vec<Row> {
    let defendants: Vec<(Option<String>, Option<String>)> = items_at(hearing.value, "prosecutionCases")
        .iter()
        .flat_map(|case| items_at(case, "defendants"))
        .map(|defendant| (text_at(defendant, "masterDefendantId"), text_at(defendant, "id")))
        .collect();
    let days = hearing.days.len().max(1);
    let mut rows = Vec::new();
    for application in applications {
        if defendants.iter().any(|(master, own)| application.is_about(master.as_deref(), own.as_deref())) {
            continue;
        }
        let Some(subject) = &application.subject else {
            gather.skip(&application.path, "an application", "it names no person", days);
            continue;
        };
        let id = application.details.id.clone().unwrap_or_else(|| application.path.clone());
        let who = application
            .ids
            .first()
            .cloned()
            .unwrap_or_else(|| crate::libra::name_digest(&subject.person.name));
        rows.push(Row {
            path: application.path.clone(),
            identity: format!("application:{id}:{who}").to_lowercase(),
            defendant_id: application.ids.get(1).or(application.ids.first()).cloned(),
            subject: subject.clone(),
            urn: application.urn.clone(),
            case_type: None,
            informant: application.informant.clone(),
            markers: Vec::new(),
            offences: application.offences.clone(),
            results: application.results.clone(),
            next_hearing: results::next_hearing(&application.results),
            application: Some(application.details.clone()),
            parent_or_guardian: None,
            solicitor: None,
        });
    }
    rows
}
