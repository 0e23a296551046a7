//! Weights: from levels to bits of evidence, to a probability, to a band, with every part named.
//!
//! A pair of records is either **the same person**, **strangers**, or **relatives**: twins, siblings, a parent and child of
//! one name, a couple. Each field's level has a probability under each (a [`Row`]). A field's weight is
//! log2(same / strangers), as Fellegi and Sunter (1969) have it; what relatives would explain is one more line,
//! −log2(1 + Σ relatives/strangers), so the sum stays exact:
//!
//! total = log2( P(same, levels) / (P(strangers, levels) + P(relatives, levels)) ), and probability = 1 / (1 + 2^−total).

mod explain;
mod file;
mod shipped;

use crate::clean::Cleaned;
use crate::compare::{Evidence, FIELDS, Field, Level, evidence};
use crate::frequencies::Frequencies;
pub use explain::{Comparison, FieldWeight, Part};
pub use file::ModelError;

/// Kinds of relatives whose records look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(usize)]
pub enum Relative {
    /// Twins: surname, birth date, often address.
    Twin,
    /// Brothers and sisters: surname, often address.
    Sibling,
    /// A parent and child of one name: whole name, often address, a generation apart.
    ParentChild,
    /// A couple of one surname and address.
    Couple,
    /// Two people of one name and about one age, from one community or family: more of them than chance would make.
    Namesake,
}

/// Number of kinds of relatives.
pub const RELATIVES: usize = 5;

/// How likely a level is between relatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Like {
    /// With this probability: they share the value, or share why it differs.
    Chance(f64),
    /// So many times as likely as between strangers: they don't share it.
    Times(f64),
}

/// How likely one level is, in each kind of pair. Where the level carries the share of a value (a name, a date, a
/// postcode), `stranger` is a factor on that share instead of a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The two records are of one person.
    pub same: f64,
    /// Of two people who have nothing to do with each other.
    pub stranger: f64,
    /// Of relatives, in [`Relative`] order.
    pub relatives: [Like; RELATIVES],
}

/// Where a pair belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Not shown as the same person.
    None,
    /// A person decides, with nothing selected beforehand.
    Review,
    /// May be selected beforehand; a person still decides.
    Certain,
}

impl Band {
    /// The word for files and pages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Band::Certain => "certain",
            Band::Review => "review",
            Band::None => "none",
        }
    }
}

/// Everything that turns levels into weights. A value: cheap to copy, change and save.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Name and version of these weights, kept with every decision made on them.
    pub version: String,
    /// Share of a list's rows expected to be known.
    pub known_share: f64,
    /// When set, the prior is one in so many instead of the known share over the register's size.
    pub one_in: Option<f64>,
    /// Expected relatives of each kind in the register, for one row of a list.
    pub expected_relatives: [f64; RELATIVES],
    /// What makes a stated probability true: weight = slope × the sum of evidence + offset. Evidence that isn't quite
    /// independent, and lists with more look-alikes than the prior knows of, make raw sums a little too sure.
    pub calibration: Calibration,
    /// A pair at or above this weight is certain, unless [`Model::band`] says otherwise. Bits.
    pub certain_from: f64,
    /// A pair at or above this weight is for review. Bits.
    pub review_from: f64,
    /// One row a level, by [`Level`] as a number.
    pub rows: [Row; Level::COUNT],
}

/// A straight line from raw to stated weights, bits to bits.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Calibration {
    /// Factor on every line of the waterfall.
    pub slope: f64,
    /// Added to the prior.
    pub offset: f64,
}

/// A weight without its explanation: what ranking needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Bits, prior included.
    pub weight: f64,
    /// What the weight was made from.
    pub evidence: Evidence,
    /// Bits that relatives took, zero or less.
    pub relatives: f64,
    /// The kind of relatives that explains the pair best.
    pub likeliest_relative: Relative,
}

const KINDS: [Relative; RELATIVES] =
    [Relative::Twin, Relative::Sibling, Relative::ParentChild, Relative::Couple, Relative::Namesake];

impl Model {
    /// The weights that come with the crate. See the README for how they were made.
    #[must_use]
    pub fn shipped() -> Self {
        shipped::model()
    }

    /// The same weights for a join where the right record is one of about `n`: a court-list row against the escort records
    /// of the same court and day. Relatives are far rarer on one day's list than in a register of years, but for brothers
    /// and couples arrested together.
    #[must_use]
    pub fn with_prior_one_in(&self, n: f64) -> Self {
        Model {
            one_in: Some(n.max(1.0)),
            expected_relatives: [0.001, 0.02, 0.002, 0.01, 0.001],
            ..self.clone()
        }
    }

    /// Bits of the prior for a register of so many people.
    #[must_use]
    pub fn prior(&self, people: u64) -> f64 {
        match self.one_in {
            Some(n) => -n.log2(),
            None => (self.known_share / people.max(1) as f64).log2(),
        }
    }

    /// Weight of one field's level for the same person against strangers. Bits.
    #[must_use]
    pub fn field_weight(&self, evidence: &Evidence, field: Field) -> f64 {
        let level = evidence.level(field);
        if level == Level::Missing {
            return 0.0;
        }
        (self.rows[level as usize].same / self.stranger(evidence, field as usize)).log2()
    }

    /// How likely strangers are to give a field's level. Where the level carries the shares of the two values: a stranger
    /// has the rarer value by chance, or has the commoner one and made the same kind of slip.
    fn stranger(&self, evidence: &Evidence, field: usize) -> f64 {
        let row = &self.rows[evidence.levels[field] as usize];
        let (rarer, commoner) = evidence.shares[field];
        if rarer > 0.0 { (row.stranger * rarer + row.same * commoner).clamp(1e-9, 0.9) } else { row.stranger }
    }

    /// Forename and surname that go together more often than each alone would: bits, zero or less.
    #[must_use]
    pub fn full_name_weight(&self, evidence: &Evidence) -> f64 {
        if evidence.full_name_share <= 0.0 {
            return 0.0;
        }
        let apart = self.stranger(evidence, Field::Forename as usize)
            * self.stranger(evidence, Field::Surname as usize);
        -(evidence.full_name_share / apart).log2().max(0.0)
    }

    /// Weighs a pair.
    #[must_use]
    pub fn score(&self, listed: &Cleaned, known: &Cleaned, register: &Frequencies) -> Score {
        self.weigh(evidence(listed, known, register), register.people())
    }

    /// Weighs what a comparison found, in a register of so many people.
    #[must_use]
    pub fn weigh(&self, evidence: Evidence, people: u64) -> Score {
        let prior = self.prior(people);
        let mut same = 1.0f64;
        let mut relatives = self.expected_relatives.map(|expected| match self.one_in {
            Some(n) => expected / n,
            None => expected / people.max(1) as f64,
        });
        let mut bits = 0.0;
        for field in 0..FIELDS {
            let level = evidence.levels[field];
            if level == Level::Missing {
                continue;
            }
            let row = &self.rows[level as usize];
            let stranger = self.stranger(&evidence, field);
            same *= row.same / stranger;
            for (odds, like) in relatives.iter_mut().zip(row.relatives) {
                *odds *= match like {
                    Like::Chance(probability) => probability / stranger,
                    Like::Times(times) => times,
                };
            }
            // Products of a dozen ratios fit a double; folded now and then all the same.
            if !(1e-200..1e200).contains(&same) {
                bits += same.log2();
                same = 1.0;
            }
        }
        bits += same.log2();
        let together = self.full_name_weight(&evidence);
        // People of one name share it for a reason; that it is a common pair of names changes nothing for them.
        for kind in [Relative::ParentChild, Relative::Namesake] {
            relatives[kind as usize] *= together.exp2();
        }
        let sum: f64 = relatives.iter().sum();
        let likeliest = (0..RELATIVES).max_by(|a, b| relatives[*a].total_cmp(&relatives[*b])).unwrap_or(0);
        let relatives = -(1.0 + sum).log2();
        let Calibration { slope, offset } = self.calibration;
        Score {
            weight: slope * (prior + bits + together + relatives) + offset,
            evidence,
            relatives,
            likeliest_relative: KINDS[likeliest],
        }
    }

    /// The band of a pair by itself; [`crate::match_list`] looks at the whole list besides.
    ///
    /// Whatever the weight, a pair is never certain when two valid identifiers of one kind differ.
    #[must_use]
    pub fn band(&self, score: &Score) -> Band {
        if score.weight >= self.certain_from && !score.evidence.identifiers_conflict() {
            Band::Certain
        } else if score.weight >= self.review_from {
            Band::Review
        } else {
            Band::None
        }
    }

    /// Compares a pair and explains it, for a page.
    #[must_use]
    pub fn compare(&self, listed: &Cleaned, known: &Cleaned, register: &Frequencies) -> Comparison {
        let score = self.score(listed, known, register);
        explain::explain(self, &score, listed, known, register.people())
    }
}

/// Probability that a weight in bits stands for.
#[must_use]
pub fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}
