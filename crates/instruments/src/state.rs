//! What each item counts for once skips, "not applicable" and "not known" have been applied to a copy of the answers.

use crate::answers::Answer;
use crate::evaluate::{self, Truth};
use crate::model::{Instrument, Item};

/// One item's standing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum State {
    /// Answered: the value on the form and what it scores.
    Answered { value: f64, points: f64 },
    /// Answered, but an unanswered gate may still set it to 0.
    HangsOnGate { value: f64, points: f64 },
    /// Not asked under a published rule; scores 0.
    Skipped,
    /// The form says it does not apply; it is in no scale.
    NotApplicable,
    /// Left blank where "does not apply" is possible and nobody said which: counted without it, but nothing negative may rest on it.
    PerhapsNotApplicable,
    /// Not answered.
    Missing,
    /// Not answered, and an unanswered gate may still make it "not asked".
    MissingPerhapsSkipped,
}

impl State {
    /// Not asked, by rule.
    pub(crate) fn is_skipped(self) -> bool {
        self == Self::Skipped
    }

    /// Still to be answered.
    pub(crate) fn is_missing(self) -> bool {
        matches!(self, Self::Missing | Self::MissingPerhapsSkipped)
    }

    /// Nothing that could still be answered would change it.
    pub(crate) fn is_exact(self) -> bool {
        matches!(self, Self::Answered { .. } | Self::Skipped | Self::NotApplicable)
    }

    /// Lowest and highest value the form can still show.
    pub(crate) fn value_bounds(self, item: &Item) -> (f64, f64) {
        let (low, high) = item.value_range();
        match self {
            Self::Answered { value, .. } => (value, value),
            Self::HangsOnGate { value, .. } => (value.min(0.0), value.max(0.0)),
            Self::Skipped => (0.0, 0.0),
            Self::Missing | Self::PerhapsNotApplicable | Self::NotApplicable => (low, high),
            Self::MissingPerhapsSkipped => (low.min(0.0), high),
        }
    }

    /// Lowest and highest score the item can still give; `None` when it is in no scale.
    pub(crate) fn point_bounds(self, item: &Item) -> Option<(f64, f64)> {
        let (low, high) = item.range();
        match self {
            Self::Answered { points, .. } => Some((points, points)),
            Self::HangsOnGate { points, .. } => Some((points.min(0.0), points.max(0.0))),
            Self::Skipped => Some((0.0, 0.0)),
            Self::NotApplicable => None,
            // Items that can be skipped can score 0: loading checks that.
            Self::Missing | Self::MissingPerhapsSkipped => Some((low, high)),
            Self::PerhapsNotApplicable => Some((low.min(0.0), high)),
        }
    }

    /// What it scores now, if that is settled.
    pub(crate) fn points(self) -> Option<f64> {
        match self {
            Self::Answered { points, .. } => Some(points),
            Self::Skipped => Some(0.0),
            _ => None,
        }
    }
}

/// The standing of every item. `answers` may be shorter than the items: optional ones at the end may be left off.
pub(crate) fn states(instrument: &Instrument, answers: &[Answer], variant: Option<&str>) -> Vec<State> {
    let inner = variant.and_then(|name| instrument.inner_variant(name));
    let mut states = instrument
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let answer = answers.get(at).copied().unwrap_or_default();
            if inner.is_some_and(|v| v.not_applicable.contains(&at)) {
                return State::NotApplicable;
            }
            plain(item, answer, inner.is_some())
        })
        .collect::<Vec<_>>();
    for skip in &instrument.skips {
        match evaluate::on_items(instrument, &states, &skip.when) {
            Truth::No => {}
            Truth::Yes => set(&mut states, &skip.items, |state| match state {
                State::Missing | State::MissingPerhapsSkipped => State::Skipped,
                State::Answered { .. } if skip.overrides => State::Skipped,
                other => other,
            }),
            Truth::Unknown => set(&mut states, &skip.items, |state| match state {
                State::Missing => State::MissingPerhapsSkipped,
                State::Answered { value, points } if skip.overrides => State::HangsOnGate { value, points },
                other => other,
            }),
        }
    }
    states
}

fn plain(item: &Item, answer: Answer, variant_said: bool) -> State {
    match answer {
        Answer::NotApplicable => State::NotApplicable,
        Answer::Missing if item.may_not_apply && !variant_said => State::PerhapsNotApplicable,
        Answer::Missing => State::Missing,
        Answer::Value(value) => match item.choice(value) {
            Some(choice) if !choice.not_known => {
                State::Answered { value: f64::from(value), points: item.points(choice) }
            }
            _ => State::Missing,
        },
    }
}

fn set(states: &mut [State], items: &[usize], change: impl Fn(State) -> State) {
    for at in items {
        if let Some(state) = states.get_mut(*at) {
            *state = change(*state);
        }
    }
}
