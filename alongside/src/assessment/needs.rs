//! The list of needs: each with its area, level, plan, by whom and by when.

use super::record::Assessment;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{AssessmentId, NeedId};
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Areas of need, key and words: those of the service's nine pathways out of offending, and what the cells bring up.
pub const AREAS: &[(&str, &str)] = &[
    ("mental-health", "Mental health"),
    ("self-harm", "Self-harm and suicide"),
    ("personality", "Personality difficulties"),
    ("learning", "Learning disability, autism, ADHD"),
    ("brain-injury", "Brain injury"),
    ("alcohol", "Alcohol"),
    ("drugs", "Drugs"),
    ("physical-health", "Physical health"),
    ("medication", "Medication"),
    ("trauma", "Trauma"),
    ("domestic-abuse", "Domestic abuse"),
    ("pregnancy", "Pregnancy and perinatal"),
    ("relationships", "Relationships and family"),
    ("children", "Children and caring"),
    ("accommodation", "Accommodation"),
    ("work", "Employment, education, training"),
    ("money", "Money, benefits, debt"),
    ("safeguarding", "Safeguarding"),
    ("communication", "Communication and taking part in court"),
    ("attitudes", "Thinking and behaviour"),
    ("armed-forces", "Armed forces"),
    ("other", "Other"),
];

/// How large a need is. Not a risk band: it says what help fits, not what will happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Known to be there, size not known.
    NotKnown,
    /// Advice and signposting do.
    Mild,
    /// Needs a service.
    Moderate,
    /// Needs specialist care.
    Severe,
}

impl Level {
    /// All of them, in the order they are offered.
    pub const ALL: [Level; 4] = [Level::Mild, Level::Moderate, Level::Severe, Level::NotKnown];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Level::NotKnown => "not-known",
            Level::Mild => "mild",
            Level::Moderate => "moderate",
            Level::Severe => "severe",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Level::NotKnown => "Not known",
            Level::Mild => "Mild",
            Level::Moderate => "Moderate",
            Level::Severe => "Severe",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == key)
    }
}

/// What is said about one need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedWords {
    /// The area's key; see [`AREAS`].
    pub area: String,
    /// How large.
    pub level: Level,
    /// The need and what is to be done.
    pub plan: String,
    /// By whom.
    pub by_whom: String,
    /// By when, in words or a date.
    pub by_when: String,
}

/// One need as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The id.
    pub id: NeedId,
    /// Which version.
    pub version: i64,
    /// What is said.
    pub said: NeedWords,
    /// Why it was changed; empty for the first version.
    pub reason: String,
    /// When it was last changed.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

impl Need {
    /// The area in words.
    #[must_use]
    pub fn area(&self) -> &str {
        area_words(&self.said.area)
    }
}

/// An area's words.
#[must_use]
pub fn area_words(key: &str) -> &str {
    AREAS.iter().find(|(k, _)| *k == key).map_or(key, |(_, words)| words)
}

fn need(row: &Row) -> Result<Need> {
    Ok(Need {
        id: row.get("need_id")?,
        version: row.get("version")?,
        said: NeedWords {
            area: row.get("area")?,
            level: Level::from_key(&row.get::<String>("level")?).unwrap_or(Level::NotKnown),
            plan: row.get("plan")?,
            by_whom: row.get("by_whom")?,
            by_when: row.get("by_when")?,
        },
        reason: row.get("reason")?,
        at: row.get("at")?,
        by: row.get("by_words")?,
    })
}

/// The needs of an assessment, in the order they were listed; those taken off are left out.
///
/// # Errors
/// When the database can't be read.
pub fn needs_of(r: &mut Read<'_>, id: AssessmentId) -> Result<Vec<Need>> {
    r.query(
        sql("SELECT n.* FROM assessment_need n WHERE n.assessment_id = $1 AND NOT n.taken_off AND n.version = (SELECT MAX(x.version) FROM assessment_need x WHERE x.need_id = n.need_id) ORDER BY n.need_id"),
        &[&id],
    )?
    .iter()
    .map(need)
    .collect()
}

/// Puts a need on the list.
///
/// # Errors
/// When the database refuses.
pub fn add_need<C: Capability>(
    w: &mut Writer<'_, C>,
    assessment: &Assessment,
    said: &NeedWords,
    reason: &str,
) -> Result<NeedId> {
    let id = NeedId::fresh();
    insert(w, assessment, (id, 1), said, Standing::Listed, reason)?;
    Ok(id)
}

/// Changes a need; what stood before stays.
///
/// # Errors
/// When the database refuses.
pub fn change_need<C: Capability>(
    w: &mut Writer<'_, C>,
    assessment: &Assessment,
    need: &Need,
    said: &NeedWords,
    reason: &str,
) -> Result<()> {
    insert(w, assessment, (need.id, need.version + 1), said, Standing::Listed, reason)
}

/// Takes a need off the list, with the reason.
///
/// # Errors
/// When the database refuses.
pub fn take_off_need<C: Capability>(
    w: &mut Writer<'_, C>,
    assessment: &Assessment,
    need: &Need,
    reason: &str,
) -> Result<()> {
    insert(w, assessment, (need.id, need.version + 1), &need.said, Standing::TakenOff, reason)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Listed,
    TakenOff,
}

fn insert<C: Capability>(
    w: &mut Writer<'_, C>,
    assessment: &Assessment,
    (id, version): (NeedId, i64),
    said: &NeedWords,
    standing: Standing,
    reason: &str,
) -> Result<()> {
    let by = w.by();
    w.record(
        Event::new("need kept", "assessment", assessment.id()).with(format!("need {id}, version {version}")),
    );
    w.execute(
        sql("INSERT INTO assessment_need (id, need_id, assessment_id, version, area, level, plan, by_whom, by_when, taken_off, reason, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
        &[&Uuid::now_v7(), &id, &assessment.id(), &version, &said.area, &said.level.key(), &said.plan, &said.by_whom, &said.by_when, &(standing == Standing::TakenOff), &reason, &clock::now(), &by],
    )?;
    Ok(())
}
