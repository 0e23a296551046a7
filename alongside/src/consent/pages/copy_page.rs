//! What somebody agreed to, in plain words, for them to keep: short sentences that can be read aloud.

use super::parts::{held, ledger_href};
use crate::access::Permit;
use crate::access::policy::ViewConsent;
use crate::audit::Event;
use crate::clock;
use crate::consent::codes::{Decision, Purpose, Recipient};
use crate::consent::decisions::Kept;
use crate::consent::rule::{Decided, Question, counting};
use crate::ids::PersonId;
use crate::web::components::{back_link, print_button};
use crate::web::{Page, PageError, print_page};
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maud::html;

pub(super) async fn show(permit: Permit<ViewConsent>, Path(id): Path<PersonId>) -> Page {
    let found = permit
        .read(move |r| {
            let found = held(r, id)?;
            if let Some(held) = &found {
                r.saw(Event::new("copy of consent for the person opened", "person", held.person.id()));
            }
            Ok::<_, store::Error>(found)
        })
        .await?;
    let Some(held) = found else { return Err(PageError::NotFound) };
    let now = clock::now();
    let (yes, no) = sentences(&held.decisions, now);
    let body = html! {
        nav class="al-no-print" aria-label="Back" { (back_link("Consent and disclosure", &ledger_href(held.person.id()))) (print_button("Print")) }
        main class="al-plain" id="content" {
            h1 { "What you agreed to" }
            p { "For " strong { (held.person.details.name()) } ". " (clock::weekday_words(clock::london_day(now))) "." }
            @if yes.is_empty() && no.is_empty() { p { "You have not decided yet. Until you do, we tell nobody what you told us." } }
            @if !yes.is_empty() { h2 { "You said yes" } ul { @for s in &yes { li { (s) } } } }
            @if !no.is_empty() { h2 { "You said no, or not yet" } ul { @for s in &no { li { (s) } } } }
            h2 { "You can change your mind" }
            p { "Tell us at any time. You do not have to say why. We can not take back what we have already told. We will tell you who that was." }
            h2 { "When we may tell without asking" }
            p { "If a life is in danger, or somebody may come to serious harm, or a court orders it. We write down why. We tell you, if we safely can." }
            p class="al-plain__small" { "Printed " (clock::moment_words(now)) "." }
        }
    };
    Ok(print_page("What you agreed to", body).into_response())
}

fn to_whom(recipient: Recipient, name: &str) -> String {
    let plain = match recipient {
        Recipient::Court => "the court",
        Recipient::Defence => "your solicitor",
        Recipient::Prosecution => "the prosecution",
        Recipient::Probation => "probation",
        Recipient::Police => "the police",
        Recipient::Escort => "the officers who bring you to court",
        Recipient::Prison => "the prison",
        Recipient::PrisonHealthcare => "the nurses and doctors in prison",
        Recipient::Gp => "your doctor (GP)",
        Recipient::MentalHealthTrust => "the mental health team",
        Recipient::Family => "your family or carer",
        Recipient::Housing => "the people who help with housing",
        Recipient::Benefits => "the people who help with benefits or work",
        Recipient::Voluntary => "a charity",
        Recipient::Research => "researchers",
    };
    if name.is_empty() { plain.to_owned() } else { format!("{name} ({plain})") }
}

fn what_for(purpose: Option<Purpose>) -> &'static str {
    match purpose {
        None => "",
        Some(Purpose::Bail) => " for the decision about bail",
        Some(Purpose::Sentence) => " for the decision about your sentence",
        Some(Purpose::Treatment) => " for your treatment",
        Some(Purpose::Safety) => " to keep you safe",
        Some(Purpose::Support) => " to get you help",
        Some(Purpose::Research) => " for research",
    }
}

/// What holds at a moment, as sentences: yes, and no.
fn sentences(all: &[Kept], now: Timestamp) -> (Vec<String>, Vec<String>) {
    let rules: Vec<_> = all.iter().map(|k| k.decided.clone()).collect();
    let (mut yes, mut no, mut said) = (Vec::new(), Vec::new(), Vec::new());
    for kept in all {
        let d = &kept.decided;
        let cell = (d.recipient, d.name.to_lowercase(), d.purpose);
        // Only the newest of each; and what a later word about everything ended is not theirs any more.
        if d.decision == Decision::NotAsked || said.contains(&cell) {
            continue;
        }
        said.push(cell);
        if let Some(purpose) = d.purpose {
            let question = Question { recipient: d.recipient, name: &d.name, purpose };
            if counting(&rules, &question).is_some_and(|c| c.id != d.id) {
                continue;
            }
        }
        let (whom, why) = (to_whom(d.recipient, &d.name), what_for(d.purpose));
        let expired = d.expires_on.is_some_and(|last| clock::london_day(now) > last);
        match d.decision {
            Decision::Given | Decision::Partial if expired => {
                no.push(format!("What you said about {whom} has run out. We will ask you again."));
            }
            Decision::Given => {
                let until = d.expires_on.map(|last| format!(", until {}", clock::day_words(last)));
                yes.push(format!("We may tell {whom}{why}{}.", until.unwrap_or_default()));
            }
            Decision::Partial => {
                let until = d.expires_on.map(|last| format!(", until {}", clock::day_words(last)));
                yes.push(format!(
                    "We may tell {whom}{why}{}, but only this: {}",
                    until.unwrap_or_default(),
                    d.limits
                ));
            }
            Decision::Refused | Decision::Withdrawn => {
                let start = if d.decision == Decision::Refused {
                    "We do not tell"
                } else {
                    "You changed your mind. We no longer tell"
                };
                let rest = if d.purpose.is_none() && allowed_for_something(&rules, d) {
                    " anything else"
                } else {
                    why
                };
                no.push(format!("{start} {whom}{rest}."));
            }
            Decision::Capacity => no.push(format!("We talk with you again about {whom}{why}.")),
            Decision::NotAsked => {}
        }
    }
    (yes, no)
}

/// Whether a consent for one purpose stands beside a "no" to all others.
fn allowed_for_something(rules: &[Decided], general: &Decided) -> bool {
    Purpose::ALL.iter().any(|purpose| {
        let question = Question { recipient: general.recipient, name: &general.name, purpose: *purpose };
        counting(rules, &question).is_some_and(|c| matches!(c.decision, Decision::Given | Decision::Partial))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_it_is_has_plain_words() {
        for recipient in Recipient::ALL {
            assert!(!to_whom(*recipient, "").is_empty());
            assert!(to_whom(*recipient, "Mary Example").starts_with("Mary Example ("));
        }
    }
}
