//! The card that stands where something was about to be sent and may not be: never silent, and never a dead end.

use super::rule::{Stop, Why};
use crate::clock;
use crate::ids::PersonId;
use crate::web::components::{Emphasis, button_link, interruption_card};
use maud::{Markup, html};

/// Where the card's ways lead.
#[derive(Debug, Clone, Copy)]
pub struct Ways<'a> {
    /// The person.
    pub person: PersonId,
    /// What one was about to do: "Sending this report".
    pub what: &'a str,
    /// Back, without sending.
    pub back: &'a str,
}

/// Says why somebody may not be told, what to do about it, and the way back. Holds the page's `h1`.
pub fn interruption(stop: &Stop, ways: &Ways<'_>) -> Markup {
    let whom = stop.recipient.in_a_sentence();
    let base = format!("/people/{}", ways.person);
    let query = format!("recipient={}&purpose={}", stop.recipient.key(), stop.purpose.key());
    interruption_card(
        &format!("Don’t tell {whom} yet"),
        html! {
            p class="govuk-body" {
                (ways.what) " needs the person’s consent to tell " (whom) " for “" (stop.purpose.words().to_lowercase()) "”. "
                strong { (stop.why.words()) }
                @if let Some(since) = stop.since.filter(|_| stop.why != Why::NoDecision) { " (" (clock::moment_words(since)) ")" }
                "."
            }
            p class="govuk-body" { "Nothing was sent." }
            @if stop.waiting.is_some() {
                p class="govuk-body" { "A reason to tell without consent was recorded and waits for a manager’s approval." }
            }
            ul class="govuk-list govuk-list--bullet" {
                li { strong { "Ask the person, " } "and record what they say, or that they can’t decide it now." }
                li { strong { "Life in danger, serious harm, a court order? " } "Record why it has to be told without consent. Where life is in danger now, it may be told at once." }
                li { strong { "Otherwise don’t send it. " } "What they refused stays between you." }
            }
        },
        html! {
            (button_link("Record what they say", Emphasis::Inverse, &format!("{base}/consent/decide?{query}")))
            a class="govuk-link govuk-link--inverse" href=(format!("{base}/consent/override?{query}")) { "Record a reason to tell without consent" }
            a class="govuk-link govuk-link--inverse" href=(ways.back) { "Go back without sending" }
        },
    )
}
