//! The warning that travels with somebody who spoke of self-harm: raised with the screening, in the same unit of work.

use super::entry::Outcome;
use super::read::{Checked, Warn};
use crate::access::Writer;
use crate::access::policy::Screen;
use crate::handover::{self, Basis, NewWarning};
use crate::ids::{ListingId, ProjectId};
use crate::people::Person;
use store::Result;

/// Raises the warning that the practitioner asked for.
///
/// # Errors
/// When the database refuses.
pub(super) fn raise(
    w: &mut Writer<'_, Screen>,
    listing: Option<ListingId>,
    person: Option<&Person>,
    project: ProjectId,
    checked: &Checked,
) -> Result<()> {
    if checked.warn != Warn::Raise {
        return Ok(());
    }
    let new = NewWarning {
        listing,
        person: person.map(Person::id),
        project,
        words: words(checked),
        said_by: "the person, at screening".into(),
        heard_at: checked.entry.contact_at,
        basis: Basis::SaidByPerson,
        advice: advice(checked),
    };
    handover::raise(w, &new).map(drop)
}

/// What was said, answer by answer, in the words that were written down.
fn words(checked: &Checked) -> String {
    let answers = &checked.entry.answers;
    let asked = [
        ("self-harm-thoughts", "Thoughts of self-harm or of not living"),
        ("self-harm-plan", "Has a plan"),
        ("self-harm-intent", "Means to act on it"),
        ("self-harm-means", "Has the means"),
        ("self-harm-past", "Has harmed themselves before"),
    ];
    let mut lines: Vec<String> = asked
        .into_iter()
        .filter(|(key, _)| answers.asked(key) == crate::forms::Asked::Yes)
        .map(|(key, says)| match answers.words_of(key) {
            "" => format!("{says}."),
            words => format!("{says}: {words}"),
        })
        .collect();
    let more = answers.value("self-harm-words");
    if !more.is_empty() {
        lines.push(more.to_owned());
    }
    if lines.is_empty() {
        lines.push("A warning was asked for at screening; ask the practitioner for the words.".into());
    }
    lines.join("\n")
}

fn advice(checked: &Checked) -> String {
    let answers = &checked.entry.answers;
    let mut lines = Vec::new();
    if checked.entry.outcome == Some(Outcome::Emergency) {
        lines.push("Emergency response was asked for.".to_owned());
    }
    let safe = answers.value("protective");
    if !safe.is_empty() {
        lines.push(format!("What keeps them safe: {safe}"));
    }
    lines.join("\n")
}
