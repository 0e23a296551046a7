//! What a service may be told: facts in parts, each chosen by whoever sends. What is sent is kept word for word.
//!
//! Parts are made of what the person or a colleague recorded, and of nothing else; a part with nothing in it is not offered.

use crate::assessment::{Need, area_words};
use crate::clock;
use crate::hearings::NextHearing;
use crate::people::Person;
use crate::screening::{Screening, Seen};
use crate::triage::{Section, answered};

/// Parts that are ticked when the form opens: without them nobody can be reached or helped.
pub const FIRST: [&str; 3] = ["who", "reach", "needs"];

/// What is known that may go into a packet.
#[derive(Debug, Default)]
pub struct Known<'a> {
    /// Needs, of signed assessments and open ones.
    pub needs: &'a [Need],
    /// The newest screening in which the person was seen.
    pub screening: Option<&'a Screening>,
    /// When they are in court next.
    pub next_hearing: Option<NextHearing>,
    /// Whether their address is withheld from readers here.
    pub address: Address,
}

/// Whether an address may stand in a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Address {
    /// As recorded.
    #[default]
    Open,
    /// Withheld: it is never told.
    Withheld,
}

/// Every part there is something to say in. `chosen` are the areas of need the referral is made for.
#[must_use]
pub fn sections(person: &Person, known: &Known<'_>, chosen: &[String]) -> Vec<Section> {
    let seen = known.screening.filter(|s| s.entry.seen == Seen::Seen);
    [
        section("who", "Who", who(person)),
        section("reach", "How to reach them", reach(person, known.address)),
        section("needs", "What help is asked for", needs(known.needs, chosen)),
        section("plan", "What was planned with them", plans(known.needs, chosen)),
        section("court", "In court", court(known.next_hearing.as_ref())),
        section("health", "Health and medication", seen.map(|s| answered(s, HEALTH)).unwrap_or_default()),
        section(
            "take-part",
            "What they need to take part",
            seen.map(|s| answered(s, NEEDS)).unwrap_or_default(),
        ),
        section("safety", "Safety, in their words", seen.map(|s| answered(s, SELF_HARM)).unwrap_or_default()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const SELF_HARM: &[&str] =
    &["self-harm-thoughts", "self-harm-plan", "self-harm-intent", "self-harm-means", "self-harm-past"];
const HEALTH: &[&str] = &[
    "mental-health",
    "mental-health-care",
    "medication",
    "physical-health",
    "substance-withdrawal",
    "pregnant",
];
const NEEDS: &[&str] =
    &["learning-disability", "neurodivergence", "participation", "interpreter", "brain-injury"];

fn section(key: &str, heading: &str, lines: Vec<String>) -> Option<Section> {
    (!lines.is_empty()).then(|| Section { key: key.to_owned(), heading: heading.to_owned(), lines })
}

fn known(label: &str, value: Option<String>) -> String {
    format!("{label}: {}", value.filter(|v| !v.is_empty()).unwrap_or_else(|| "not known".into()))
}

fn who(person: &Person) -> Vec<String> {
    let d = &person.details;
    vec![
        format!("Name: {}", d.name()),
        known("Born", d.date_of_birth.map(clock::day_words)),
        format!("Sex: {}", d.sex.words()),
    ]
}

fn reach(person: &Person, address: Address) -> Vec<String> {
    match address {
        Address::Open => vec![known("Address", person.details.address())],
        Address::Withheld => vec!["Address: not given. Reach them through us".into()],
    }
}

fn needs(all: &[Need], chosen: &[String]) -> Vec<String> {
    chosen
        .iter()
        .map(|area| {
            let level = all
                .iter()
                .rfind(|n| n.said.area == *area)
                .map(|n| n.said.level)
                .filter(|level| *level != crate::assessment::Level::NotKnown);
            match level {
                Some(level) => format!("{}: {}", area_words(area), level.words().to_lowercase()),
                None => area_words(area).to_owned(),
            }
        })
        .collect()
}

fn plans(all: &[Need], chosen: &[String]) -> Vec<String> {
    all.iter()
        .filter(|n| chosen.contains(&n.said.area) && !n.said.plan.trim().is_empty())
        .map(|n| format!("{}: {}", n.area(), n.said.plan))
        .collect()
}

fn court(next: Option<&NextHearing>) -> Vec<String> {
    next.map(|n| {
        let at = n.at.as_deref().map(|at| format!(", {at}")).unwrap_or_default();
        let court = if n.court.is_empty() { String::new() } else { format!(", {}", n.court) };
        vec![format!("Next in court on {}{at}{court}", clock::day_words(n.on))]
    })
    .unwrap_or_default()
}
