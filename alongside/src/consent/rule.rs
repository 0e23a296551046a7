//! May this recipient be told, for this purpose, now? A pure rule over what was decided.
//!
//! The newest decision about a recipient and purpose counts. One about the very purpose counts before one about any purpose,
//! and one about the very name before one about the kind of recipient; with one exception that protects: what is said later
//! about everything also narrows or ends an earlier "yes" to something. It never opens what was refused. No decision, a refusal, a withdrawal, a consent past its last day and
//! an open question of capacity stop. Nothing else does.

use super::codes::{Class, Decision, Purpose, Recipient};
use crate::clock;
use crate::ids::{ConsentId, OverrideId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// What the rule needs to know of one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its id.
    pub id: ConsentId,
    /// About telling whom.
    pub recipient: Recipient,
    /// Whom by name; empty for all of that kind.
    pub name: String,
    /// What for; nothing is any purpose.
    pub purpose: Option<Purpose>,
    /// What was said.
    pub decision: Decision,
    /// What may be said, when not everything.
    pub limits: String,
    /// With a concern about capacity: whether a best-interests decision was made to share.
    pub best_interests_share: bool,
    /// The last day on which a consent holds.
    pub expires_on: Option<Date>,
    /// When it was said.
    pub decided_at: Timestamp,
    /// When it was written down: of two said at one minute, the later written counts.
    pub recorded_at: Timestamp,
}

/// What the rule needs to know of one override.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// Its id.
    pub id: OverrideId,
    /// Whom.
    pub recipient: Recipient,
    /// By name; empty for all of that kind.
    pub name: String,
    /// What for.
    pub purpose: Purpose,
    /// Ground.
    pub class: Class,
    /// Whether it holds before anybody approved it.
    pub at_once: bool,
    /// When it was recorded.
    pub at: Timestamp,
    /// Approved or refused, and when.
    pub answer: Option<(bool, Timestamp)>,
}

/// How long an override may be used, from when it begins to hold. A reason of today is no reason next month.
pub const OVERRIDE_HOURS: i64 = 24;

/// Whom one would tell, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// Whom.
    pub recipient: Recipient,
    /// By name; empty when only the kind is known.
    pub name: &'a str,
    /// What for.
    pub purpose: Purpose,
}

/// What telling somebody rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// What the person decided.
    Decision(ConsentId),
    /// A reason that goes before what they decided.
    Override(OverrideId),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// Tell them; `limits` says what may be said, empty for no limit.
    Allowed {
        /// What it rests on.
        under: Under,
        /// What may be said; empty when nothing was kept back.
        limits: String,
    },
    /// Don't.
    Stop(Stop),
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has asked the person.
    NoDecision,
    /// They said no.
    Refused,
    /// They took it back.
    Withdrawn,
    /// What they agreed to has run out.
    Expired,
    /// Whether they can decide it is in doubt, and nobody decided in their best interests to share.
    Capacity,
}

/// Why somebody may not be told, with what the person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Whom one would have told.
    pub recipient: Recipient,
    /// What for.
    pub purpose: Purpose,
    /// Why not.
    pub why: Why,
    /// When the person said so, or the day a consent ran out began.
    pub since: Option<Timestamp>,
    /// The decision that stops it.
    pub decision: Option<ConsentId>,
    /// An override that waits for approval.
    pub waiting: Option<OverrideId>,
}

impl Why {
    /// As the reader should hear it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Why::NoDecision => "Nobody has asked them yet",
            Why::Refused => "They refused",
            Why::Withdrawn => "They withdrew their consent",
            Why::Expired => "What they agreed to has run out",
            Why::Capacity => {
                "There is a concern about their capacity to decide, and no best-interests decision to share"
            }
        }
    }
}

/// Names are compared as people would: spaces at the ends and capitals make no other person.
fn same_name(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}

/// How closely a decision speaks of a question; nothing when it speaks of something else.
fn closeness(d: &Decided, q: &Question<'_>) -> Option<(bool, bool)> {
    if d.recipient != q.recipient || d.decision == Decision::NotAsked {
        return None;
    }
    let purpose = match d.purpose {
        Some(purpose) if purpose != q.purpose => return None,
        // Nobody agrees to research by agreeing to care.
        None if q.purpose == Purpose::Research && consents(d) => return None,
        purpose => purpose.is_some(),
    };
    if !d.recipient.goes_by_name() {
        return Some((false, purpose));
    }
    match d.name.trim() {
        // Consent to tell "family" names nobody; a refusal of all of them does.
        "" if d.recipient == Recipient::Family && consents(d) => None,
        "" => Some((false, purpose)),
        name if same_name(name, q.name) => Some((true, purpose)),
        _ => None,
    }
}

fn consents(d: &Decided) -> bool {
    match d.decision {
        Decision::Given | Decision::Partial => true,
        Decision::Capacity => d.best_interests_share,
        Decision::Refused | Decision::Withdrawn | Decision::NotAsked => false,
    }
}

fn age(d: &Decided) -> (Timestamp, Timestamp, ConsentId) {
    (d.decided_at, d.recorded_at, d.id)
}

/// The decision that counts for a question.
#[must_use]
pub fn counting<'a>(decisions: &'a [Decided], q: &Question<'_>) -> Option<&'a Decided> {
    let speaking = || decisions.iter().filter_map(|d| closeness(d, q).map(|c| (c, d)));
    let (closest, newest) = speaking().max_by_key(|(c, d)| (*c, age(d)))?;
    if !consents(newest) {
        return Some(newest);
    }
    // "Tell them nothing" after "you may tell them for bail" means nothing for bail either; so does "only that I am ill".
    let later = speaking()
        .filter(|(c, d)| *c < closest && d.decision != Decision::Given && age(d) > age(newest))
        .max_by_key(|(_, d)| age(d));
    Some(later.map_or(newest, |(_, d)| d))
}

/// The ruling on a question at a moment.
#[must_use]
pub fn rule(decisions: &[Decided], overrides: &[Overridden], q: &Question<'_>, now: Timestamp) -> Ruling {
    let counted = counting(decisions, q);
    let why = match counted {
        None => Why::NoDecision,
        Some(d) => match verdict(d, now) {
            Ok(limits) => return Ruling::Allowed { under: Under::Decision(d.id), limits },
            Err(why) => why,
        },
    };
    let fits = |o: &&Overridden| {
        o.recipient == q.recipient
            && o.purpose == q.purpose
            && (!o.recipient.goes_by_name() || same_name(&o.name, q.name))
    };
    // An override stands against what the person had said when it was made; what they say later has to be weighed anew.
    let newer = |o: &&Overridden| counted.is_none_or(|d| o.at >= d.decided_at);
    if let Some(o) =
        overrides.iter().filter(fits).filter(newer).filter(|o| holds(o, now)).max_by_key(|o| o.at)
    {
        return Ruling::Allowed { under: Under::Override(o.id), limits: String::new() };
    }
    let waiting =
        overrides.iter().filter(fits).filter(newer).find(|o| o.answer.is_none() && !o.at_once).map(|o| o.id);
    Ruling::Stop(Stop {
        recipient: q.recipient,
        purpose: q.purpose,
        why,
        since: counted.map(|d| d.decided_at),
        decision: counted.map(|d| d.id),
        waiting,
    })
}

fn verdict(d: &Decided, now: Timestamp) -> Result<String, Why> {
    let expired = d.expires_on.is_some_and(|last| clock::london_day(now) > last);
    match d.decision {
        Decision::Refused => Err(Why::Refused),
        Decision::Withdrawn => Err(Why::Withdrawn),
        Decision::NotAsked => Err(Why::NoDecision),
        Decision::Capacity if !d.best_interests_share => Err(Why::Capacity),
        Decision::Given | Decision::Partial | Decision::Capacity if expired => Err(Why::Expired),
        Decision::Given | Decision::Partial | Decision::Capacity => Ok(d.limits.clone()),
    }
}

/// Whether an override may be used at a moment.
#[must_use]
pub fn holds(o: &Overridden, now: Timestamp) -> bool {
    let begins = match o.answer {
        Some((false, _)) => return false,
        // The clock of an approved one starts with the approval: it could not be used before.
        Some((true, at)) if !o.at_once => at,
        None if !o.at_once => return false,
        _ => o.at,
    };
    now >= begins && now.duration_since(begins) < SignedDuration::from_hours(OVERRIDE_HOURS)
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
