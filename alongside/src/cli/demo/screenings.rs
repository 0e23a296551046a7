//! A contact in the cells, or the reason why there was none.

use super::Failed;
use super::page::id_after;
use super::somebody::{Fields, Somebody};
use super::words::{KEEPS_SAFE, LOW, SEEN, THOUGHTS, TOLD, VOICES, pick};
use alongside::clock;
use jiff::Timestamp;

/// A row of a board that a colleague works on.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The line.
    pub listing: String,
    /// Nobody on the register is like them: they are new.
    pub fresh: bool,
    /// When they were met.
    pub contact: Timestamp,
    /// A number of its own, from which its words follow.
    pub turn: usize,
}

impl Row {
    pub(super) fn href(&self) -> String {
        format!("/listings/{}", self.listing)
    }

    /// The person linked to the line, for whoever may open them.
    pub(super) fn person(&self, nurse: &Somebody<'_>) -> Result<String, Failed> {
        let to = nurse.get(&format!("{}/assess", self.href()))?.to;
        id_after(&to, "/people/").ok_or_else(|| "the demo put nobody on this line".into())
    }
}

/// What came of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    NotSeen(&'static str),
    NoNeed,
    Advice,
    Assess,
    Urgent,
    /// Spoke of self-harm: a warning travels with them.
    Warning,
}

/// Records it as the page does.
pub(super) fn screen(nurse: &Somebody<'_>, row: &Row, came: Came) -> Result<(), Failed> {
    let at = clock::in_london(row.contact);
    let fields = Fields::new()
        .with("who", if row.fresh { "new" } else { "later" })
        .day("contact", at.date())
        .with("contact-time", at.strftime("%H:%M").to_string())
        .with("place", "cells");
    let fields = match came {
        Came::NotSeen(why) => fields.with("seen", why),
        _ => what_followed(asked(fields.with("seen", "seen"), row.turn), row.turn, came),
    };
    // One in six was written on paper first.
    let fields = if row.turn % 6 == 5 { fields.with("late", "yes") } else { fields };
    nurse.post(&format!("{}/screening", row.href()), &fields).map(drop)
}

fn asked(fields: Fields, turn: usize) -> Fields {
    let fields = fields
        .all(&[("asked-first", "yes"), ("asked-flags", "yes"), ("present", "nobody")])
        .with("observed-words", pick(&SEEN, turn))
        .with("told", pick(&TOLD, turn));
    consent(fields, turn)
}

/// What they let us tell: given, refused, and often not asked about yet.
fn consent(fields: Fields, turn: usize) -> Fields {
    match turn % 4 {
        0 => fields.all(&[("consent-court", "given"), ("consent-gp", "given"), ("consent-trust", "given")]),
        1 => fields.all(&[("consent-court", "given"), ("consent-probation", "refused")]),
        2 => fields.all(&[("consent-court", "refused"), ("consent-defence", "given")]),
        _ => fields,
    }
}

fn what_followed(fields: Fields, turn: usize, came: Came) -> Fields {
    let calm = [("self-harm-thoughts", "no")];
    match came {
        Came::Warning => fields
            .all(&[("self-harm-thoughts", "yes"), ("self-harm-plan", "no"), ("self-harm-intent", "no")])
            .with("self-harm-thoughts-words", pick(&THOUGHTS, turn))
            .with("protective", pick(&KEEPS_SAFE, turn))
            .all(&[("warn", "yes"), ("observed", "low"), ("need", "moderate"), ("outcome", "assess")]),
        Came::Urgent => fields
            .all(&calm)
            .all(&[("voices", "yes"), ("observed", "responding-to-unseen")])
            .with("voices-words", pick(&VOICES, turn))
            .instead("consent-trust", "given")
            .all(&[("need", "severe"), ("outcome", "urgent")]),
        Came::Assess => fields
            .all(&calm)
            .all(&[("low-mood", "yes"), ("observed", "low")])
            .with("low-mood-words", pick(&LOW, turn))
            .all(&[("need", "moderate"), ("outcome", "assess")]),
        Came::Advice => fields
            .all(&calm)
            .all(&[("mental-health-care", "yes"), ("observed", "nothing-unusual")])
            .with("mental-health-care-words", "Sees the practice nurse at a made-up surgery")
            .all(&[("need", "mild"), ("outcome", "advice-only")])
            .with("outcome-why", "Has help already, and wants no more today"),
        _ => fields.all(&calm).all(&[
            ("observed", "nothing-unusual"),
            ("need", "none"),
            ("outcome", "no-need"),
        ]),
    }
}
