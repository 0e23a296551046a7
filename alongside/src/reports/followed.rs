//! Whether the court followed a recommendation, and what a practitioner learns from it.

use super::record::{Followed, Recommended, Report};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::RecommendationId;
use std::collections::BTreeMap;
use store::{Result, sql};
use uuid::Uuid;

/// What the court made of a recommendation: key, words.
pub const FOLLOWED: [(&str, &str); 4] = [
    ("followed", "Followed"),
    ("partly", "Followed in part"),
    ("not", "Not followed"),
    ("not-known", "Not known"),
];

/// What the court did, to be recorded.
#[derive(Debug, Clone)]
pub struct NewFollowed {
    /// Key of [`FOLLOWED`].
    pub answer: String,
    /// Why, if the court said.
    pub why: String,
    /// How we know: who said so, or the result it was read in.
    pub source: String,
}

/// Records what the court made of a recommendation. An earlier answer stays readable; the newest counts.
///
/// # Errors
/// When the database refuses.
pub fn record_followed<C: Capability>(
    w: &mut Writer<'_, C>,
    report: &Report,
    id: RecommendationId,
    new: &NewFollowed,
) -> Result<()> {
    w.record(
        Event::new("what the court did recorded", "report", report.id)
            .with(format!("recommendation {id}: {}", new.answer)),
    );
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    w.execute(
        sql("INSERT INTO report_followed (id, recommendation_id, answer, why, source, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[&Uuid::now_v7(), &id, &new.answer, &new.why, &new.source, &now, &account, &by],
    )?;
    Ok(())
}

/// How many recommendations of a kind were followed, in part, not, not known, and of how many nothing is recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By key of [`FOLLOWED`].
    pub answers: BTreeMap<String, usize>,
    /// Nothing recorded yet.
    pub open: usize,
}

impl Report {
    /// What the court made of a recommendation: as recorded with it, or with the same words in an earlier version.
    #[must_use]
    pub fn answer_to<'a>(&'a self, one: &'a Recommended) -> Option<&'a Followed> {
        let same = |other: &&Recommended| other.kind == one.kind && other.words == one.words;
        one.followed.last().or_else(|| {
            self.versions
                .iter()
                .rev()
                .flat_map(|v| &v.recommendations)
                .filter(same)
                .find_map(|o| o.followed.last())
        })
    }
}

/// Recommendations of the versions in force, by what they are about. "No recommendation" is none, and a version that was
/// corrected since counts once.
#[must_use]
pub fn tally<'a>(reports: impl IntoIterator<Item = &'a Report>) -> BTreeMap<String, Tally> {
    let mut all: BTreeMap<String, Tally> = BTreeMap::new();
    for report in reports {
        let recommended = report.current().map_or(&[][..], |version| &version.recommendations);
        for one in recommended.iter().filter(|one| one.kind != "none") {
            let tally = all.entry(one.kind.clone()).or_default();
            match report.answer_to(one) {
                Some(answer) => *tally.answers.entry(answer.answer.clone()).or_default() += 1,
                None => tally.open += 1,
            }
        }
    }
    all
}
