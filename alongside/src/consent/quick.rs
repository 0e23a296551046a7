//! The five commonest questions in one small block, for the screening page: one thumb, ten seconds.

use super::codes::{Decision, How, Recipient};
use super::decisions::{NewDecision, Obtained, decisions, record};
use super::subject::Subject;
use crate::access::{Capability, Writer};
use crate::people::Person;
use crate::web::components::{Form, Input, text_input};
use jiff::Timestamp;
use maud::{Markup, html};
use store::Result;

/// Those asked about in the cells.
const QUICK: [Recipient; 5] =
    [Recipient::Court, Recipient::Defence, Recipient::Probation, Recipient::Gp, Recipient::MentalHealthTrust];
const ANSWERS: [(&str, &str); 3] = [("given", "Yes"), ("refused", "No"), ("not-asked", "Not asked")];

fn name_of(recipient: Recipient) -> String {
    format!("consent-{}", recipient.key())
}

/// The block, with what a form holds. "Not asked" is what an untouched row says, and keeps nothing.
pub fn quick_inputs(form: &Form) -> Markup {
    html! {
        section class="al-quick" aria-labelledby="consent-quick" {
            h2 class="govuk-heading-m" id="consent-quick" { "May we tell them?" }
            p class="govuk-hint" { "What helps them do their part, for any purpose but research. Limits, other recipients and withdrawal: on the person's consent page." }
            @for recipient in QUICK { (row(recipient, form)) }
            (text_input(&form.field("consent-words", "In their words, if they said more"), Input { autocomplete: Some("off"), ..Input::default() }))
        }
    }
}

fn row(recipient: Recipient, form: &Form) -> Markup {
    let name = name_of(recipient);
    let sent = form.value(&name);
    let chosen = if ANSWERS.iter().any(|(key, _)| *key == sent) { sent } else { "not-asked" };
    html! {
        fieldset class="govuk-fieldset al-quick__row" {
            legend class="govuk-fieldset__legend al-quick__whom" { (recipient.words()) }
            div class="govuk-radios al-chips" {
                @for (index, (key, words)) in ANSWERS.iter().enumerate() {
                    @let id = format!("{name}-{}", index + 1);
                    div class="govuk-radios__item" {
                        input class="govuk-radios__input" type="radio" id=(id) name=(name) value=(key) checked[*key == chosen];
                        label class="govuk-label govuk-radios__label" for=(id) { (words) }
                    }
                }
            }
        }
    }
}

/// Keeps what the block says about a person; how many decisions that were. Call it in the unit of the page's own work.
///
/// # Errors
/// When the database refuses.
pub fn keep_quick<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    form: &Form,
    at: Timestamp,
) -> Result<usize> {
    let about = Subject::person(w, person)?;
    keep_quick_about(w, &about, form, at)
}

/// As [`keep_quick`], for somebody on a line as well: in the cells it is often not said yet who that is.
///
/// # Errors
/// When the database refuses.
pub fn keep_quick_about<C: Capability>(
    w: &mut Writer<'_, C>,
    about: &Subject,
    form: &Form,
    at: Timestamp,
) -> Result<usize> {
    let there = decisions(w, about)?;
    let mut kept = 0;
    for recipient in QUICK {
        let decision = match form.value(&name_of(recipient)) {
            "given" => Decision::Given,
            "refused" => Decision::Refused,
            // An untouched row is no statement: it takes nothing back and opens nothing.
            _ => continue,
        };
        // A corrected screening says the same again.
        let again = there.iter().any(|k| {
            let d = &k.decided;
            (d.recipient, d.purpose, d.decision) == (recipient, None, decision)
                && d.decided_at.as_microsecond() == at.as_microsecond()
        });
        if again {
            continue;
        }
        let new = NewDecision {
            recipient,
            name: String::new(),
            purpose: None,
            decision,
            limits: String::new(),
            withdraws: None,
            obtained: Obtained {
                how: Some(How::InPerson),
                own_words: form.value("consent-words").trim().to_owned(),
                ..Obtained::default()
            },
            expires_on: None,
            decided_at: at,
        };
        record(w, about, &new)?;
        kept += 1;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_untouched_row_says_not_asked_and_a_chosen_one_stays_chosen() {
        let blank = quick_inputs(&Form::blank()).into_string();
        assert_eq!(blank.matches("value=\"not-asked\" checked").count(), QUICK.len());
        let form = Form::from_pairs([("consent-gp", "refused"), ("consent-court", "nonsense")]);
        let html = quick_inputs(&form).into_string();
        assert!(html.contains("name=\"consent-gp\" value=\"refused\" checked"));
        assert!(html.contains("name=\"consent-court\" value=\"not-asked\" checked"));
    }
}
