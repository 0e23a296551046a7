//! The clocks of a psychiatric assessment: pure, from its facts, the law and the given now.

use super::case::{Case, Response, Stage};
use crate::clock::london_day;
use jiff::Timestamp;
use jiff::civil::Date;
use law::rules::reports::COURT_PSYCHIATRIC_REPORT;
use law::total::{AtATime, Period, S35, S36, S38};
use law::{Binding, Calendar, Clock, Confirmed, Limit, Moment, Rule, Source, State, Validity, rules};

/// The key of the clock of response, the one that runs by the hour.
pub const RESPONSE: &str = "triage.response";

/// What runs, what is over and what was met, the most pressing first.
#[must_use]
pub fn clocks(case: &Case, now: Timestamp) -> Vec<Clock> {
    let calendar = Calendar::default();
    let mut found = Vec::new();
    let received = case.first_day(["d1-received", "d2-received"]);
    found.extend(case.response.as_ref().and_then(|response| response_clock(response, seen_at(case), now)));
    if case.asked_by == "court" {
        found.push(COURT_PSYCHIATRIC_REPORT.clock(
            london_day(case.asked_at),
            received.map(Moment::Day),
            now,
            &calendar,
        ));
    }
    found.extend(promised(case, now));
    found.extend(adjournment(case, now));
    found.extend(order(case, now));
    if !case.is_open() {
        // A closed one is over: what was met is told, nothing runs.
        found.retain(|clock| matches!(clock.state, State::Met | State::MetLate));
    }
    found.sort_by_key(|clock| {
        (!matches!(clock.state, State::Overdue | State::DueSoon | State::Running), clock.due)
    });
    found
}

/// The first thing that is due and not done.
#[must_use]
pub fn next_due(case: &Case, now: Timestamp) -> Option<Clock> {
    clocks(case, now)
        .into_iter()
        .find(|clock| matches!(clock.state, State::Overdue | State::DueSoon | State::Running))
}

/// A rule of our own, whose end is a day or a moment that somebody named.
fn agreed(
    key: &str,
    name: String,
    starts_when: &str,
    limit: Limit,
    confirmed: Confirmed,
    cite: &'static str,
) -> Rule {
    Rule {
        key: key.to_owned().into(),
        name: name.into(),
        starts_when: starts_when.to_owned().into(),
        limit,
        binding: Binding::Configured,
        soon_hours: 24,
        source: Source::new(cite, confirmed),
        valid: Validity::ALWAYS,
        explanation: "".into(),
    }
}

/// How fast somebody should be there. Being seen by a doctor ends it too.
#[must_use]
pub fn response_clock(response: &Response, seen: Option<Timestamp>, now: Timestamp) -> Option<Clock> {
    let due = response.by?;
    let hours = due.duration_since(response.decided_at).as_hours();
    let met = [response.met, seen].into_iter().flatten().min().map(Moment::At);
    let confirmed = if response.confirmed { Confirmed::Official } else { Confirmed::GeneralKnowledge };
    let mut rule = agreed(
        RESPONSE,
        format!("Somebody there, urgency {}", response.urgency),
        "it was decided",
        Limit::Hours(u32::try_from(hours).unwrap_or(0)),
        confirmed,
        "urgency codes after the UK Mental Health Triage Scale (2015), times as set in the triage rules",
    );
    rule.soon_hours = u32::try_from(hours / 4).unwrap_or(0).max(1);
    Some(rule.clock(response.decided_at, met, now, &Calendar::default()))
}

/// When a doctor saw the person, at the latest: only the day is asked, so it is the moment it was recorded on that day, or the
/// end of the day. A clock of hours is never told as kept on a guess.
fn seen_at(case: &Case) -> Option<Timestamp> {
    ["d1-seen", "d2-seen"]
        .into_iter()
        .filter_map(|question| {
            let fact = case.latest(question)?;
            let day: Date = fact.answer.parse().ok()?;
            Some(if london_day(fact.at) == day { fact.at } else { law::time::end_of_day(day) })
        })
        .min()
}

/// Reports that doctors promised by a day, and the day the request named.
fn promised(case: &Case, now: Timestamp) -> Vec<Clock> {
    let asked = london_day(case.asked_at);
    let received = |question| case.day(question).map(Moment::Day);
    let either = case.first_day(["d1-received", "d2-received"]).map(Moment::Day);
    [
        ("Report wanted", case.request.day("report-due"), either),
        ("Report promised by doctor 1", case.day("d1-due"), received("d1-received")),
        ("Report promised by doctor 2", case.day("d2-due"), received("d2-received")),
    ]
    .into_iter()
    .filter_map(|(name, due, met)| {
        let days = u32::try_from(law::time::days_between(asked, due?)).unwrap_or(0);
        let rule = agreed(
            "triage.promised",
            name.to_owned(),
            "it was asked for",
            Limit::Days(days),
            Confirmed::Ours,
            "as agreed for this person",
        );
        Some(rule.clock(asked, met, now, &Calendar::default()))
    })
    .collect()
}

/// The longest the court may adjourn; over when the court decided.
fn adjournment(case: &Case, now: Timestamp) -> Option<Clock> {
    let kind = case.latest("adjourned")?;
    let on = case.day("adjourned-on")?;
    let rule = rules::in_force(&kind.answer, on)?;
    let over = case.day("outcome-on").filter(|day| *day >= on).map(Moment::Day);
    Some(rule.clock(on, over, now, &Calendar::default()))
}

/// What runs from the court's order: admission, periods and totals.
fn order(case: &Case, now: Timestamp) -> Vec<Clock> {
    let (Some(route), Some(on)) = (case.latest("outcome"), case.day("outcome-on")) else { return Vec::new() };
    let Some(route) = law::routes::find(&route.answer, on) else { return Vec::new() };
    let admitted = case.day("admitted-on").map(Moment::Day);
    route
        .clocks
        .iter()
        .filter_map(|key| match total(key) {
            Some(total) => total.total(&periods(case, on), None, now).clock,
            None => {
                let ends = key.ends_with(".admission") || key.starts_with("transfer.");
                let rule = rules::in_force(key, on)?;
                Some(rule.clock(on, admitted.filter(|_| ends), now, &Calendar::default()))
            }
        })
        .collect()
}

fn total(key: &str) -> Option<&'static AtATime> {
    [&S35, &S36, &S38].into_iter().find(|total| total.key == key)
}

/// The periods the court ordered one after the other.
fn periods(case: &Case, first: Date) -> Vec<Period> {
    let mut from = first;
    let mut found = Vec::new();
    for until in ["order-until", "order-until-2", "order-until-3"].into_iter().filter_map(|q| case.day(q)) {
        found.push(Period { from, until });
        from = until;
    }
    found
}

/// What the totals say of the periods ordered: days left, and what doesn't fit.
#[must_use]
pub fn totals(case: &Case, now: Timestamp) -> Vec<String> {
    let (Some(route), Some(on)) = (case.latest("outcome"), case.day("outcome-on")) else { return Vec::new() };
    let Some(route) = law::routes::find(&route.answer, on) else { return Vec::new() };
    route
        .clocks
        .iter()
        .filter_map(|key| total(key))
        .flat_map(|total| {
            let said = total.total(&periods(case, on), None, now);
            std::iter::once(said.words).chain(said.problems)
        })
        .collect()
}

/// Whether anything is overdue.
#[must_use]
pub fn is_overdue(case: &Case, now: Timestamp) -> bool {
    case.stage() != Stage::Closed && clocks(case, now).iter().any(|clock| clock.state == State::Overdue)
}

#[cfg(test)]
mod tests {
    use super::super::case::{CaseFact, tests::case};
    use super::*;
    use jiff::civil::date;

    fn noon(day: Date) -> Timestamp {
        day.at(12, 0, 0, 0).to_zoned(crate::clock::london()).unwrap().timestamp()
    }

    fn said(case: &mut Case, question: &str, answer: &str, at: Timestamp) {
        case.facts.push(CaseFact {
            question: question.into(),
            answer: answer.into(),
            at,
            by: "Kim Example".into(),
            via: "us".into(),
        });
    }

    fn urgent(decided: &str) -> Response {
        let decided_at: Timestamp = decided.parse().unwrap();
        Response {
            urgency: "B".into(),
            words: "x".into(),
            confirmed: true,
            decided_at,
            by: Some(decided_at + jiff::SignedDuration::from_hours(4)),
            met: None,
            rules_version: "test".into(),
        }
    }

    #[test]
    fn a_report_the_court_asked_for_has_fourteen_days_and_says_that_this_is_no_law() {
        let mut case = case(noon(date(2026, 11, 25)));
        case.asked_by = "court".into();
        let found = clocks(&case, noon(date(2026, 11, 26)));
        assert_eq!((found.len(), found[0].due_on, found[0].state), (1, date(2026, 12, 9), State::Running));
        assert!(found[0].words.contains("Policy target, not law"), "{}", found[0].words);
        assert!(is_overdue(&case, noon(date(2026, 12, 10))));
        said(&mut case, "d1-received", "2026-12-08", noon(date(2026, 12, 10)));
        assert_eq!(clocks(&case, noon(date(2026, 12, 10)))[0].state, State::Met);
        case.asked_by = "practitioner".into();
        assert!(
            clocks(&case, noon(date(2026, 12, 10))).is_empty(),
            "the target is about what the court asked"
        );
    }

    #[test]
    fn a_day_without_an_hour_never_counts_as_in_time_on_a_guess() {
        let mut case = case(noon(date(2026, 11, 25)));
        case.response = Some(urgent("2026-11-25T09:00:00Z"));
        let at = |case: &Case| clocks(case, "2026-11-25T20:00:00Z".parse().unwrap())[0].state;
        assert_eq!(at(&case), State::Overdue);
        // Seen that day, recorded in the evening: nobody knows that it was before one.
        said(&mut case, "d1-seen", "2026-11-25", "2026-11-25T19:00:00Z".parse().unwrap());
        assert_eq!(at(&case), State::MetLate);
        // Recorded within the hours: in time.
        case.facts[0].at = "2026-11-25T11:00:00Z".parse().unwrap();
        assert_eq!(at(&case), State::Met);
    }

    #[test]
    fn the_order_of_the_court_starts_its_clocks_and_totals() {
        let mut case = case(noon(date(2026, 11, 1)));
        let now = noon(date(2026, 11, 26));
        said(&mut case, "outcome", "s35", now);
        said(&mut case, "outcome-on", "2026-11-25", now);
        said(&mut case, "order-until", "2026-12-23", now);
        let found = clocks(&case, now);
        let admission = found.iter().find(|c| c.key == "s35.admission").unwrap();
        assert_eq!(admission.due_on, date(2026, 12, 1));
        assert!(found.iter().any(|c| c.key == "s35.total"));
        assert!(totals(&case, now)[0].contains("28 days ordered"), "{:?}", totals(&case, now));
        said(&mut case, "admitted-on", "2026-11-26", now);
        assert_eq!(clocks(&case, now).iter().find(|c| c.key == "s35.admission").unwrap().state, State::Met);
    }

    #[test]
    fn nothing_runs_once_it_is_closed() {
        let mut case = case(noon(date(2026, 11, 1)));
        case.asked_by = "court".into();
        let now = noon(date(2026, 12, 26));
        assert!(is_overdue(&case, now));
        said(&mut case, "closed", "moved", now);
        assert!(clocks(&case, now).is_empty() && !is_overdue(&case, now) && next_due(&case, now).is_none());
    }
}
