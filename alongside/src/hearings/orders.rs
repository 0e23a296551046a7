//! Requirements and Mental Health Act orders that courts made: each opens later work.

use super::days::{Day, days};
use super::heard::Pronounced;
use super::kept;
use crate::morning::About;
use jiff::Timestamp;
use jiff::civil::Date;
use law::routes::Route;
use law::{Calendar, Clock, rules};
use store::{Read, Result};

/// What a court ordered.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// National code.
    pub code: String,
    /// What the national table calls it.
    pub meaning: &'static str,
    /// The day it was made.
    pub made_on: Date,
    /// Code of the court.
    pub court_code: String,
    /// References of the case.
    pub cases: Vec<String>,
    /// Length and terms, where anybody wrote them down.
    pub terms: Option<String>,
}

impl Ordered {
    /// The work it opens.
    #[must_use]
    pub fn opens(&self) -> &'static str {
        match self.code.as_str() {
            "3108" => {
                "A treatment requirement to follow: provider, psychiatrist or psychologist, officer, reviews"
            }
            "3272" => "Rehabilitation activity days, agreed with the officer",
            "3102" | "3126" => "Activity: the specified programme, if the person is eligible",
            "3109" | "3110" | "3128" | "3130" | "3146" => {
                "Treatment for drugs or alcohol: join up with that provider"
            }
            _ => "",
        }
    }
}

/// Requirements and Mental Health Act orders made about somebody, newest first. `about` proves scope.
///
/// # Errors
/// When the database can't be read.
pub fn requirements_made(r: &mut Read<'_>, about: &About) -> Result<Vec<Ordered>> {
    Ok(ordered(&days(kept::about(r, about)?)))
}

/// The same from days already read. A hearing of several days gives the same result on each: it counts once.
pub(super) fn ordered(days: &[Day]) -> Vec<Ordered> {
    let mut found: Vec<Ordered> = Vec::new();
    for day in days.iter().filter(|day| day.counts()) {
        for result in day.heard.results.iter().filter(|r| r.is_requirement() || r.is_mental_health()) {
            let (Some(known), Some(code)) = (result.known(), &result.code) else { continue };
            let made_on = result.ordered_on.unwrap_or(day.heard.on);
            let again = found.iter().any(|there| {
                there.code == *code && there.made_on == made_on && there.cases == day.heard.cases
            });
            if !again {
                let typed = Some(day.heard.terms.clone()).filter(|terms| !terms.is_empty());
                found.push(Ordered {
                    code: code.clone(),
                    meaning: known.meaning,
                    made_on,
                    court_code: day.heard.court_code.clone(),
                    cases: day.heard.cases.clone(),
                    terms: result.terms.clone().or(typed),
                });
            }
        }
    }
    found.sort_by(|a, b| (b.made_on, &a.code).cmp(&(a.made_on, &b.code)));
    found
}

/// The section of the Mental Health Act a result rests on. Where a code stands for several, all of them.
pub(super) fn sections(result: &Pronounced, on: Date) -> Vec<&'static Route> {
    let Some(code) = &result.code else { return Vec::new() };
    law::routes::available_on(on)
        .filter(|route| result.is_mental_health() && route.result_codes.contains(&code.as_str()))
        .collect()
}

/// The clocks that start with such an order, as they stand now.
pub(super) fn clocks(route: &Route, made_on: Date, now: Timestamp) -> Vec<Clock> {
    route
        .clocks
        .iter()
        .filter_map(|key| rules::in_force(key, made_on))
        .map(|rule| rule.clock(made_on, None, now, &Calendar::default()))
        .collect()
}
