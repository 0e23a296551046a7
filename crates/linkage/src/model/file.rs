//! A model as a readable TOML file.

use super::{Calibration, Like, Model, RELATIVES, Row};
use crate::compare::Level;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a model file can't be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// Not TOML, or not of this shape.
    #[error("the model file can't be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A level has no row.
    #[error("the model file has no line for level {0}; a file of another version can't be used")]
    NoLevel(&'static str),
    /// A number that is no probability.
    #[error(
        "the model file gives level {0} a probability that isn't above 0 and at most 1 (strangers: above 0)"
    )]
    NoProbability(&'static str),
    /// The model can't be written as TOML.
    #[error("the model can't be written: {0}")]
    Write(#[from] toml::ser::Error),
}

#[derive(Serialize, Deserialize)]
struct File {
    version: String,
    known_share: f64,
    one_in: Option<f64>,
    certain_from: f64,
    review_from: f64,
    calibration: Calibration,
    expected_relatives: Expected,
    levels: BTreeMap<String, Line>,
}

#[derive(Serialize, Deserialize)]
struct Expected {
    twin: f64,
    sibling: f64,
    parent_child: f64,
    couple: f64,
    namesake: f64,
}

#[derive(Serialize, Deserialize)]
struct Line {
    same: f64,
    stranger: f64,
    twin: Cell,
    sibling: Cell,
    parent_child: Cell,
    couple: Cell,
    namesake: Cell,
}

/// `0.85` is a probability; `"x3"` is three times as likely as between strangers.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Cell {
    Chance(f64),
    Times(String),
}

fn cell(like: Like) -> Cell {
    match like {
        Like::Chance(p) => Cell::Chance(p),
        Like::Times(times) => Cell::Times(format!("x{times}")),
    }
}

fn like(cell: &Cell, level: Level) -> Result<Like, ModelError> {
    let read = match cell {
        Cell::Chance(p) if *p > 0.0 && *p <= 1.0 => Some(Like::Chance(*p)),
        Cell::Chance(_) => None,
        Cell::Times(text) => text
            .strip_prefix('x')
            .and_then(|t| t.parse().ok())
            .filter(|t| *t > 0.0 && *t < 1e9)
            .map(Like::Times),
    };
    read.ok_or(ModelError::NoProbability(level.key()))
}

impl Model {
    /// The model as a TOML file.
    ///
    /// # Errors
    /// Only when a number can't be written, which no sane model has.
    pub fn to_toml(&self) -> Result<String, ModelError> {
        let [twin, sibling, parent_child, couple, namesake] = self.expected_relatives;
        let levels = Level::ALL.iter().filter(|level| **level != Level::Missing).map(|level| {
            let row = &self.rows[*level as usize];
            let [twin, sibling, parent_child, couple, namesake] = row.relatives.map(cell);
            let (same, stranger) = (row.same, row.stranger);
            (level.key().to_owned(), Line { same, stranger, twin, sibling, parent_child, couple, namesake })
        });
        Ok(toml::to_string(&File {
            version: self.version.clone(),
            known_share: self.known_share,
            one_in: self.one_in,
            certain_from: self.certain_from,
            review_from: self.review_from,
            calibration: self.calibration,
            expected_relatives: Expected { twin, sibling, parent_child, couple, namesake },
            levels: levels.collect(),
        })?)
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When it isn't TOML of this shape, a level is missing, or a probability is impossible.
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        let file: File = toml::from_str(text)?;
        let empty = Row { same: 1.0, stranger: 1.0, relatives: [Like::Times(1.0); RELATIVES] };
        let mut rows = [empty; Level::COUNT];
        for &level in Level::ALL {
            if level == Level::Missing {
                continue;
            }
            let line = file.levels.get(level.key()).ok_or(ModelError::NoLevel(level.key()))?;
            let cells = [&line.twin, &line.sibling, &line.parent_child, &line.couple, &line.namesake];
            let stranger = line.stranger > 0.0 && line.stranger.is_finite();
            if !(stranger && line.same > 0.0 && line.same <= 1.0) {
                return Err(ModelError::NoProbability(level.key()));
            }
            let mut relatives = [Like::Times(1.0); RELATIVES];
            for (slot, cell) in relatives.iter_mut().zip(cells) {
                *slot = like(cell, level)?;
            }
            rows[level as usize] = Row { same: line.same, stranger: line.stranger, relatives };
        }
        let Expected { twin, sibling, parent_child, couple, namesake } = file.expected_relatives;
        Ok(Model {
            version: file.version,
            known_share: file.known_share,
            one_in: file.one_in,
            expected_relatives: [twin, sibling, parent_child, couple, namesake],
            certain_from: file.certain_from,
            review_from: file.review_from,
            calibration: file.calibration,
            rows,
        })
    }
}
