//! Referrals as the figures need them: `measures::referrals` says what each figure is.

use super::codes::whose;
use super::record::{Referral, What};
use super::state::REPLY_DAYS;
use crate::clock::london_day;
use jiff::civil::Date;
use law::Calendar;
use measures::referrals::{Answer, Figures, Referral as Counted, figures};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One referral as it is counted.
#[must_use]
pub fn counted(referral: &Referral) -> Counted {
    let made = london_day(referral.sent_at);
    let first = |what: &[What]| referral.standing().find(|e| what.contains(&e.what));
    let answers = [What::Accepted, What::Waiting, What::Declined];
    // An appointment is an answer too, where nobody wrote one down before it.
    let answered_on =
        first(&[What::Accepted, What::Waiting, What::Declined, What::Appointment, What::Attended])
            .map(|e| if answers.contains(&e.what) { london_day(e.at) } else { london_day(e.recorded_at) });
    let answer = match referral.answer() {
        Some(e) if e.what == What::Declined => Answer::Declined(e.code.clone()),
        _ => Answer::Accepted,
    };
    let attended = referral.standing().filter(|e| e.what == What::Attended).map(|e| london_day(e.at)).min();
    Counted {
        made,
        promised: referral
            .reply_due
            .unwrap_or_else(|| Calendar::default().add_working_days(made, REPLY_DAYS)),
        answered: answered_on.map(|on| (on.max(made), answer)),
        first_appointment: referral.appointments().iter().map(|a| london_day(a.offered.at)).min(),
        attended,
        missed: referral.standing().filter(|e| e.what == What::Missed).map(|e| whose(&e.code)).collect(),
        chased: referral.chased(),
        taken_back: first(&[What::Revoked, What::Transferred]).map(|e| london_day(e.recorded_at)),
    }
}

/// The figures of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByService {
    /// The entry of the directory.
    pub service: Uuid,
    /// Its newest name.
    pub name: String,
    /// The figures.
    pub figures: Figures,
}

/// Figures of all together, and of each service: most referrals first.
#[must_use]
pub fn by_service(referrals: &[Referral], as_of: Date) -> (Figures, Vec<ByService>) {
    let mut of: BTreeMap<Uuid, (String, Vec<Counted>)> = BTreeMap::new();
    for referral in referrals {
        let entry = of.entry(referral.service).or_default();
        entry.0.clone_from(&referral.service_name);
        entry.1.push(counted(referral));
    }
    let all: Vec<Counted> = referrals.iter().map(counted).collect();
    let mut services: Vec<ByService> = of
        .into_iter()
        .map(|(service, (name, counted))| ByService { service, name, figures: figures(&counted, as_of) })
        .collect();
    services.sort_by(|a, b| b.figures.made.cmp(&a.figures.made).then_with(|| a.name.cmp(&b.name)));
    (figures(&all, as_of), services)
}
