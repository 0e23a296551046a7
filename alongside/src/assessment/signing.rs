//! What a signature needs, what it says, and who may countersign.

use super::needs::Need;
use super::record::Assessment;
use super::topics;
use super::versions::{State, Version};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::AssessmentId;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use store::{Read, Result, sql};
use uuid::Uuid;

/// A signature, and those who countersigned.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Their account.
    pub account: Option<Uuid>,
    /// Why no need was found; empty when there are needs.
    pub no_need_reason: String,
    /// Topics nobody asked about when it was signed.
    pub not_asked: Vec<String>,
    /// Whether somebody else must countersign.
    pub countersign: bool,
    /// The last change: the signature itself, or a correction after it.
    pub changed_at: Timestamp,
    /// Countersignatures, oldest first.
    pub countersignatures: Vec<Countersignature>,
}

/// A countersignature.
#[derive(Debug, Clone, PartialEq)]
pub struct Countersignature {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What they say with it.
    pub words: String,
}

impl Signature {
    /// It must be countersigned, and was not since it last changed.
    #[must_use]
    pub fn waits_for_countersignature(&self) -> bool {
        self.countersign && !self.countersignatures.iter().any(|c| c.at >= self.changed_at)
    }
}

/// Why an assessment can't be signed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unready {
    /// No need is on the list, and nobody says why.
    NoNeeds,
    /// Something that had to be talked about in the same contact was neither done nor put off.
    PromptOpen,
    /// It is signed already.
    Signed,
}

impl Unready {
    /// What to do about it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Unready::NoNeeds => "List at least one need, or say why none was found",
            Unready::PromptOpen => {
                "An answer about self-harm waits: say what was done about it, or why it was put off"
            }
            Unready::Signed => "It is signed already",
        }
    }
}

/// Whether it can be signed: needs or a reason for none, and nothing left unanswered that may not be.
#[must_use]
pub fn ready(signed: bool, needs: usize, no_need_reason: &str, prompts_unanswered: usize) -> Vec<Unready> {
    let mut out = Vec::new();
    if signed {
        out.push(Unready::Signed);
    }
    if needs == 0 && no_need_reason.trim().is_empty() {
        out.push(Unready::NoNeeds);
    }
    if prompts_unanswered > 0 {
        out.push(Unready::PromptOpen);
    }
    out
}

/// Topics nobody asked about: never saved, saved without an answer, or left out by what the clinician said. The list is
/// fixed with the signature, so that silence is never read as "nothing found".
#[must_use]
pub fn not_asked(saved: &BTreeMap<String, Version>) -> Vec<&'static str> {
    topics::all()
        .filter(|topic| match saved.get(topic.key()) {
            None => true,
            Some(version) => version.state == State::LeftOut || version.answers.answered(&topic.sheet) == 0,
        })
        .map(topics::Topic::title)
        .collect()
}

/// Signs an assessment that is [`ready`].
///
/// # Errors
/// When the database refuses, also when somebody signed it meanwhile.
pub fn sign<C: Capability>(
    w: &mut Writer<'_, C>,
    assessment: &Assessment,
    needs: &[Need],
    no_need_reason: &str,
    not_asked: &[&str],
    countersign: Countersigning,
) -> Result<()> {
    let (by, account) = (w.by(), w.actor().account);
    let reason = if needs.is_empty() { no_need_reason } else { "" };
    let list = serde_json::to_string(not_asked)
        .map_err(|e| store::Error::Column { column: "not_asked".into(), why: e.to_string() })?;
    w.record(Event::new("assessment signed", "assessment", assessment.id()));
    w.execute(
        sql("INSERT INTO assessment_signature (assessment_id, no_need_reason, not_asked, countersign, at, by_words, account_id) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&assessment.id(), &reason, &list, &(countersign == Countersigning::Needed), &clock::now(), &by, &account],
    )?;
    Ok(())
}

/// Whether somebody else must sign too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countersigning {
    /// A manager must.
    Needed,
    /// Nobody need.
    NotNeeded,
}

/// Countersigns. Nobody countersigns what they signed themselves.
///
/// # Errors
/// When the database refuses.
pub fn countersign<C: Capability>(w: &mut Writer<'_, C>, assessment: &Assessment, words: &str) -> Result<()> {
    let (by, account) = (w.by(), w.actor().account);
    w.record(Event::new("assessment countersigned", "assessment", assessment.id()));
    w.execute(
        sql("INSERT INTO assessment_countersignature (id, assessment_id, words, at, by_words, account_id) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&Uuid::now_v7(), &assessment.id(), &words, &clock::now(), &by, &account],
    )?;
    Ok(())
}

/// Whether this account may countersign: it is somebody else's signature. An operator without an account never may.
#[must_use]
pub fn may_countersign(signature: &Signature, account: Uuid) -> bool {
    !account.is_nil() && signature.account != Some(account)
}

/// Signatures of these assessments, with what changed after them.
pub(super) fn signatures(r: &mut Read<'_>, ids: &[AssessmentId]) -> Result<HashMap<AssessmentId, Signature>> {
    let mut out = HashMap::new();
    if ids.is_empty() {
        return Ok(out);
    }
    for row in
        r.query_list(sql("SELECT * FROM assessment_signature WHERE assessment_id IN ($LIST)"), &[], ids)?
    {
        let titles: String = row.get("not_asked")?;
        let at: Timestamp = row.get("at")?;
        out.insert(
            row.get::<AssessmentId>("assessment_id")?,
            Signature {
                at,
                by: row.get("by_words")?,
                account: row.get("account_id")?,
                no_need_reason: row.get("no_need_reason")?,
                not_asked: serde_json::from_str(&titles)
                    .map_err(|e| store::Error::Column { column: "not_asked".into(), why: e.to_string() })?,
                countersign: row.get("countersign")?,
                changed_at: at,
                countersignatures: Vec::new(),
            },
        );
    }
    for row in r.query_list(
        sql("SELECT assessment_id, MAX(at) AS changed_at FROM (SELECT assessment_id, at FROM assessment_topic UNION ALL SELECT assessment_id, at FROM assessment_need) c WHERE assessment_id IN ($LIST) GROUP BY assessment_id"),
        &[],
        ids,
    )? {
        if let Some(signature) = out.get_mut(&row.get::<AssessmentId>("assessment_id")?) {
            signature.changed_at = signature.changed_at.max(row.get("changed_at")?);
        }
    }
    for row in r.query_list(
        sql("SELECT assessment_id, words, at, by_words FROM assessment_countersignature WHERE assessment_id IN ($LIST) ORDER BY at, id"),
        &[],
        ids,
    )? {
        if let Some(signature) = out.get_mut(&row.get::<AssessmentId>("assessment_id")?) {
            signature.countersignatures.push(Countersignature {
                at: row.get("at")?,
                by: row.get("by_words")?,
                words: row.get("words")?,
            });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_needs_needs_or_a_reason_and_no_open_prompt() {
        assert_eq!(ready(false, 0, " ", 0), [Unready::NoNeeds]);
        assert_eq!(ready(false, 0, "Came by mistake", 0), []);
        assert_eq!(ready(false, 1, "", 1), [Unready::PromptOpen]);
        assert_eq!(ready(true, 1, "", 0), [Unready::Signed]);
    }

    fn signature() -> Signature {
        Signature {
            at: Timestamp::UNIX_EPOCH,
            by: "A".into(),
            account: Some(Uuid::from_u128(1)),
            no_need_reason: String::new(),
            not_asked: Vec::new(),
            countersign: true,
            changed_at: Timestamp::UNIX_EPOCH,
            countersignatures: Vec::new(),
        }
    }

    #[test]
    fn nobody_countersigns_their_own_signature() {
        let signed = signature();
        assert!(!may_countersign(&signed, Uuid::from_u128(1)));
        assert!(!may_countersign(&signed, Uuid::nil()));
        assert!(may_countersign(&signed, Uuid::from_u128(2)));
    }

    #[test]
    fn a_correction_after_the_countersignature_waits_again() {
        let mut signed = signature();
        assert!(signed.waits_for_countersignature());
        signed.countersignatures.push(Countersignature {
            at: Timestamp::from_second(5).unwrap(),
            by: "B".into(),
            words: String::new(),
        });
        assert!(!signed.waits_for_countersignature());
        signed.changed_at = Timestamp::from_second(9).unwrap();
        assert!(signed.waits_for_countersignature());
        signed.countersign = false;
        assert!(!signed.waits_for_countersignature());
    }
}
