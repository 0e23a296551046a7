//! Who is right for whom: a pure function of services, what is known of somebody, and today.

use super::service::{Capacity, Service, Sex as Served, exclusion_words};
use crate::assessment::area_words;
use crate::clock;
use crate::ids::{ProjectId, ServiceId};
use crate::people::{Person, Sex};
use jiff::civil::Date;

/// Days after which an entry should be looked at again.
pub const STALE_CHECK_DAYS: i64 = 90;
/// Days after which a waiting time says little.
pub const STALE_WAIT_DAYS: i64 = 30;

/// What is known of somebody who needs help. What is not known is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Areas of need; none means any.
    pub needs: Vec<String>,
    /// Sex as recorded.
    pub sex: Sex,
    /// Age.
    pub age: Option<i64>,
    /// Borough they live in.
    pub borough: Option<String>,
    /// First half of their postcode.
    pub outcode: Option<String>,
    /// What applies to them of what may keep somebody out.
    pub applies: Vec<String>,
    /// The project that asks.
    pub project: Option<ProjectId>,
}

/// A service with why, what to check, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The service.
    pub service: Service,
    /// Why it fits.
    pub reasons: Vec<String>,
    /// What is not known, or old.
    pub cautions: Vec<String>,
    /// Why it does not take them; empty when it does.
    pub excluded: Vec<String>,
}

/// Services that serve any of the needs, best first: those that take the person before those that do not, each with its reasons.
/// What is not known never excludes.
#[must_use]
pub fn suggest(services: &[Service], wanted: &Wanted, today: Date) -> Vec<Suggestion> {
    let mut all: Vec<Suggestion> = services
        .iter()
        .filter(|s| s.ended.is_none() && wanted.project.is_none_or(|project| s.is_offered_in(project)))
        .filter(|s| wanted.needs.is_empty() || s.needs().iter().any(|need| wanted.needs.contains(need)))
        .map(|service| weigh(service, wanted, today))
        .collect();
    all.sort_by_cached_key(|one| rank(one, wanted));
    all
}

/// Taken before not taken, places before full, more of the needs before fewer, shorter waiting before longer, then by name.
fn rank(one: &Suggestion, wanted: &Wanted) -> (bool, bool, std::cmp::Reverse<usize>, i64, String, ServiceId) {
    let service = &one.service;
    let met = service.needs().iter().filter(|need| wanted.needs.contains(need)).count();
    let full = service.capacity().0 == Capacity::Full;
    let weeks = service.waiting().map_or(i64::MAX, |(weeks, _)| weeks);
    (!one.excluded.is_empty(), full, std::cmp::Reverse(met), weeks, service.name.to_lowercase(), service.id)
}

fn weigh(service: &Service, wanted: &Wanted, today: Date) -> Suggestion {
    let mut one = Suggestion {
        service: service.clone(),
        reasons: Vec::new(),
        cautions: Vec::new(),
        excluded: Vec::new(),
    };
    let met: Vec<&str> = service
        .needs()
        .iter()
        .filter(|need| wanted.needs.is_empty() || wanted.needs.contains(need))
        .map(|need| area_words(need))
        .collect();
    if !met.is_empty() && !wanted.needs.is_empty() {
        one.reasons.push(format!("Helps with: {}", met.join(", ")));
    }
    sex(service, wanted, &mut one);
    age(service, wanted, &mut one);
    area(service, wanted, &mut one);
    exclusions(service, wanted, &mut one);
    state(service, today, &mut one);
    one
}

fn sex(service: &Service, wanted: &Wanted, one: &mut Suggestion) {
    let (only, fits) = match service.sex() {
        Served::Everybody => return,
        Served::Women => ("Women only", Sex::Female),
        Served::Men => ("Men only", Sex::Male),
    };
    match wanted.sex {
        sex if sex == fits => one.reasons.push(only.into()),
        // Recorded as neither, or nobody said: ask them, don't decide.
        Sex::NotKnown | Sex::NotSpecified => {
            one.cautions.push(format!("{only}: ask the person and the service"))
        }
        other => one.excluded.push(format!("{only}; recorded as {}", other.words())),
    }
}

fn age(service: &Service, wanted: &Wanted, one: &mut Suggestion) {
    let words = match service.ages() {
        (None, None) => return,
        (Some(from), Some(to)) => format!("Takes ages {from} to {to}"),
        (Some(from), None) => format!("Takes ages {from} and over"),
        (None, Some(to)) => format!("Takes ages up to {to}"),
    };
    let (youngest, oldest) = service.ages();
    match wanted.age {
        None => one.cautions.push(format!("{words}; their age is not known")),
        Some(age) if youngest.is_some_and(|y| age < y) || oldest.is_some_and(|o| age > o) => {
            one.excluded.push(format!("{words}; they are {age}"));
        }
        Some(_) => one.reasons.push(words),
    }
}

fn area(service: &Service, wanted: &Wanted, one: &mut Suggestion) {
    if service.serves_anywhere() {
        one.reasons.push("Takes people from anywhere".into());
        return;
    }
    let (boroughs, outcodes) = (service.boroughs(), service.outcodes());
    if boroughs.is_empty() && outcodes.is_empty() {
        return;
    }
    let places = [boroughs.clone(), outcodes.clone()].concat().join(", ");
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let borough = wanted.borough.as_deref().filter(|_| !boroughs.is_empty());
    let outcode = wanted.outcode.as_deref().filter(|_| !outcodes.is_empty());
    let lives = |place: &str| format!("Serves {place}, where they live");
    if let Some(home) = borough.filter(|home| boroughs.iter().any(|b| same(b, home))) {
        one.reasons.push(lives(home));
    } else if let Some(home) = outcode.filter(|home| outcodes.iter().any(|o| same(o, home))) {
        one.reasons.push(lives(home));
    } else {
        // Outside only when each list that there is was looked at.
        let looked = (boroughs.is_empty() || borough.is_some()) && (outcodes.is_empty() || outcode.is_some());
        if looked {
            one.excluded.push(format!("Serves only {places}"));
        } else {
            one.cautions.push(format!("Serves {places}; not known whether they live there"));
        }
    }
}

fn exclusions(service: &Service, wanted: &Wanted, one: &mut Suggestion) {
    let (apply, open): (Vec<&String>, Vec<&String>) =
        service.exclusions().iter().partition(|key| wanted.applies.contains(key));
    for key in apply {
        one.excluded.push(format!("Does not take: {}", exclusion_words(key).to_lowercase()));
    }
    if !open.is_empty() {
        let words: Vec<String> = open.iter().map(|key| exclusion_words(key).to_lowercase()).collect();
        one.cautions.push(format!("Does not take: {}", words.join(", ")));
    }
    let more = service.answers.value("exclusion-words");
    if !more.is_empty() {
        one.cautions.push(more.to_owned());
    }
}

fn days_since(on: Option<Date>, today: Date) -> Option<i64> {
    on.map(|on| i64::from((today - on).get_days()))
}

fn state(service: &Service, today: Date, one: &mut Suggestion) {
    let (capacity, learnt) = service.capacity();
    let on = |day: Option<Date>| day.map(|d| format!(", learnt {}", clock::day_words(d))).unwrap_or_default();
    match capacity {
        Capacity::Free => one.reasons.push(format!("Places free{}", on(learnt))),
        Capacity::Full => one.cautions.push(format!("Full{}", on(learnt))),
        Capacity::NotKnown => {}
    }
    match service.waiting() {
        Some((weeks, learnt)) => {
            let words =
                if weeks == 0 { "No waiting".to_owned() } else { format!("Waiting about {weeks} weeks") };
            match days_since(learnt, today) {
                Some(days) if days <= STALE_WAIT_DAYS => one.reasons.push(format!("{words}{}", on(learnt))),
                _ => one.cautions.push(format!("{words}, but that is old or undated{}", on(learnt))),
            }
        }
        None => one.cautions.push("Waiting time not known".into()),
    }
    let checked = clock::london_day(service.checked().0);
    if days_since(Some(checked), today).is_some_and(|days| days > STALE_CHECK_DAYS) {
        one.cautions.push(format!("The entry was last checked on {}", clock::day_words(checked)));
    }
    for doubt in service.doubts() {
        one.cautions.push(format!("A colleague doubts the entry: {}", doubt.words));
    }
}

impl Wanted {
    /// What is recorded of a person that decides who takes them.
    #[must_use]
    pub fn of(person: &Person, project: ProjectId, today: Date) -> Self {
        let details = &person.details;
        Self {
            sex: details.sex,
            age: details.date_of_birth.and_then(|born| clock::age_on(born, today)),
            outcode: details.postcode.as_deref().and_then(outcode_of),
            project: Some(project),
            ..Self::default()
        }
    }
}

/// The first half of a postcode: "SW11" of "SW11 1AA" or "sw111aa".
fn outcode_of(postcode: &str) -> Option<String> {
    let plain: String = postcode.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let cut = plain.len().checked_sub(3).filter(|cut| *cut >= 2)?;
    Some(plain[..cut].to_uppercase())
}

#[cfg(test)]
#[path = "suggest_tests.rs"]
mod tests;
