//! Services into facts: whom the person was referred to and how far that is, and which services of the directory take somebody
//! like them. That a service would take them is what the directory says; nobody asked it yet, and the words say so.

use super::facts::{Fact, Gathered};
use crate::assessment;
use crate::clock;
use crate::directory::{Suggestion, Wanted, services, suggest};
use crate::referrals::{Referral, referrals_of};
use crate::triage::Subject;
use jiff::Timestamp;
use std::collections::HashSet;
use store::{Read, Result};
use uuid::Uuid;

/// Services proposed for one need: a court wants to know that there is one, not all of them.
const FOR_ONE_NEED: usize = 2;

pub(super) fn of_services(r: &mut Read<'_>, subject: &Subject, all: &mut Gathered) -> Result<()> {
    let now = clock::now();
    let referrals = referrals_of(r, &subject.about.people)?;
    for one in referrals.iter().filter(|one| one.state(now).is_open()) {
        let newest = one.events.iter().map(|event| event.recorded_at).fold(one.sent_at, Timestamp::max);
        all.from("referrals", newest, vec![of_referral(one, now)]);
    }
    let Some(person) = &subject.person else { return Ok(()) };
    let Some(newest) = assessment::assessments_of(r, &subject.about.people)?.into_iter().next() else {
        return Ok(());
    };
    let needs = assessment::needs_of(r, newest.id)?;
    if needs.is_empty() {
        return Ok(());
    }
    let today = clock::london_day(now);
    let directory = services(r)?;
    let mut named: HashSet<Uuid> = referrals.iter().map(|one| one.service).collect();
    for need in needs {
        let wanted =
            Wanted { needs: vec![need.said.area.clone()], ..Wanted::of(person, subject.project, today) };
        let fit = suggest(&directory, &wanted, today)
            .into_iter()
            .filter(|one| one.excluded.is_empty() && named.insert(one.service.id.into()))
            .take(FOR_ONE_NEED);
        // What the directory knows was not recorded about this person: it makes no report old.
        all.from("directory", Timestamp::UNIX_EPOCH, fit.map(|one| of_suggestion(&one)).collect());
    }
    Ok(())
}

fn of_referral(one: &Referral, now: Timestamp) -> Fact {
    let ahead = one
        .open_appointment()
        .map(|appointment| format!("; first appointment {}", clock::moment_words(appointment.offered.at)));
    Fact {
        section: "needs",
        words: format!(
            "Referred to {}: {}{}",
            one.service_name,
            one.state(now).words().to_lowercase(),
            ahead.unwrap_or_default()
        ),
        who: one.by.clone(),
        source: "our referral".into(),
        at: Some(one.sent_at),
    }
}

fn of_suggestion(one: &Suggestion) -> Fact {
    let what = one.service.answers.value("what");
    let about = if what.is_empty() { String::new() } else { format!(", {}", lower_first(what)) };
    let mut words = format!("{}{about}: {}", one.service.name, one.reasons.join("; "));
    if !one.cautions.is_empty() {
        words.push_str(&format!(". To be asked: {}", one.cautions.join("; ")));
    }
    words.push_str(". Nobody has asked this service yet");
    let (at, by) = one.service.checked();
    Fact { section: "needs", words, who: by.to_owned(), source: "our directory".into(), at: Some(at) }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}
