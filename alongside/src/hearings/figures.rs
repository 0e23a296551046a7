//! A person's days in court as the hearings that the court figures are worked out from. Pure.

use super::codes::{Comes, Ended, PutOff, Stood};
use super::days::{Day, plain};
use jiff::civil::Date;
use measures::court::{Figures, Hearing, Next, Outcome, Reason, Standing};
use std::collections::BTreeMap;

/// The figures as they stand on a day.
#[must_use]
pub fn figures(days: &[Day], as_of: Date) -> Figures {
    measures::court::figures(&hearings(days), as_of)
}

/// Hearings over several days are one: the court gives each of its days the same id.
fn hearings(days: &[Day]) -> Vec<Hearing> {
    let cases = cases_of(days);
    let mut found: BTreeMap<(String, String), Vec<&Day>> = BTreeMap::new();
    for (day, case) in days.iter().zip(&cases).filter(|(day, _)| day.counts() && !is_review(day)) {
        let hearing = day.heard.court_hearing.clone().unwrap_or_else(|| day.heard.on.to_string());
        found.entry((case.clone(), hearing)).or_default().push(day);
    }
    found
        .into_iter()
        .filter_map(|((case, _), mut days)| {
            days.sort_by_key(|day| day.heard.on);
            one(case, &days)
        })
        .collect()
}

/// A review of an order comes after the case: it is neither an adjournment of it nor its first listing.
fn is_review(day: &Day) -> bool {
    day.heard.application.as_ref().is_some_and(|heard| heard.alone && heard.review && !heard.breach)
}

fn one(case: String, days: &[&Day]) -> Option<Hearing> {
    let (first, last) = (days.first()?, days.last()?);
    // Messages give all days of a hearing the same results; a colleague writes on the day itself.
    let decided = days.iter().rev().find(|day| day.ours.is_some()).or_else(|| {
        let on = last.heard.decided_on()?;
        days.iter().find(|day| day.heard.on == on)
    });
    let end = &decided.unwrap_or(last).heard;
    Some(Hearing {
        case,
        court: end.court_code.clone(),
        first_day: first.heard.on,
        last_day: end.on,
        before: standing(first.heard.before),
        after: standing(end.after),
        outcome: match end.ended {
            Ended::Adjourned => Outcome::Adjourned(reason(end.put_off)),
            Ended::Continues => Outcome::Continues,
            Ended::ToCrownCourt => Outcome::ToCrownCourt,
            Ended::Disposed | Ended::NoConviction => Outcome::Disposed,
            Ended::NotKnown | Ended::NotSaid => Outcome::NotKnown,
        },
        next: match (end.comes_back.how, end.comes_back.on) {
            (Comes::OnDay | Comes::InWeek, Some(on)) => Next::On(on),
            (Comes::ToBeFixed, _) => Next::ToBeFixed,
            _ => Next::NotSaid,
        },
    })
}

fn standing(stood: Stood) -> Standing {
    match stood {
        Stood::Custody => Standing::Custody,
        Stood::Hospital => Standing::Hospital,
        Stood::Bail | Stood::ConditionalBail | Stood::UnconditionalBail => Standing::Bail,
        Stood::NotRemanded => Standing::NotRemanded,
        Stood::NotKnown | Stood::NotSaid => Standing::NotKnown,
    }
}

fn reason(put_off: PutOff) -> Reason {
    match put_off {
        PutOff::Psychiatric => Reason::PsychiatricReport,
        put_off if put_off.is_pre_sentence() => Reason::PreSentenceReport,
        PutOff::NotKnown | PutOff::NotSaid => Reason::NotKnown,
        _ => Reason::Other,
    }
}

/// The case of each day: references that stand together on one day are one case. Days without any are one case too.
#[must_use]
pub fn cases_of(days: &[Day]) -> Vec<String> {
    let mut cases: Vec<(Vec<String>, String)> = Vec::new();
    for day in days.iter().rev() {
        let references: Vec<String> = day.heard.cases.iter().map(|case| plain(case)).collect();
        let (mut joined, rest): (Vec<_>, Vec<_>) = cases
            .into_iter()
            .partition(|(there, _)| references.iter().any(|reference| there.contains(reference)));
        cases = rest;
        let name = joined.first().map_or_else(|| day.case().to_owned(), |(_, name)| name.clone());
        let mut all = references;
        all.extend(joined.drain(..).flat_map(|(there, _)| there));
        cases.push((all, name));
    }
    days.iter()
        .map(|day| {
            let first = day.heard.cases.first().map(|case| plain(case)).unwrap_or_default();
            let of_case = cases.iter().find(|(there, _)| there.contains(&first));
            of_case.map_or_else(|| day.case().to_owned(), |(_, name)| name.clone())
        })
        .collect()
}
