//! Markers into an order: sums first, then what a person would use to break a tie, then a colleague's own placing.

use super::line::{Held, Line};
use super::markers::{Marker, Women, markers};
use super::rules::Rules;
use std::cmp::Reverse;

/// A line with its place and the reasons for it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Place on the board, from 1.
    pub place: usize,
    /// Place the rules alone give, from 1.
    pub place_by_rules: usize,
    /// Sum of the markers' weights.
    pub score: f64,
    /// The markers, heaviest first.
    pub markers: Vec<Marker>,
    /// The line.
    pub line: Line,
}

impl Placed {
    /// Why it stands where it stands, in one sentence.
    #[must_use]
    pub fn reason(&self) -> String {
        if let Some(moved) = &self.line.work.moved {
            return format!(
                "Placed {} by {}: {}. The rules put it {}.",
                ordinal(self.place),
                moved.by,
                moved.reason.trim_end_matches('.'),
                ordinal(self.place_by_rules)
            );
        }
        if self.markers.is_empty() {
            return format!(
                "{}: no marker; in the order of room, time and list number.",
                ordinal(self.place)
            );
        }
        let parts =
            self.markers.iter().map(|m| format!("{} {}", m.label, m.weight)).collect::<Vec<_>>().join(" + ");
        format!("{} with {}: {parts}.", ordinal(self.place), self.score)
    }
}

/// "1st", "22nd".
#[must_use]
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// Ranks the lines of one court day. The same lines in any order give the same board.
#[must_use]
pub fn rank(lines: Vec<Line>, rules: &Rules, women: Women) -> Vec<Placed> {
    let mut placed: Vec<Placed> = lines
        .into_iter()
        .map(|line| {
            let markers = markers(&line, rules, women);
            let score = markers.iter().map(|m| m.weight).sum();
            Placed { place: 0, place_by_rules: 0, score, markers, line }
        })
        .collect();
    placed.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| tie_key(&a.line).cmp(&tie_key(&b.line))));
    for (index, row) in placed.iter_mut().enumerate() {
        row.place_by_rules = index + 1;
    }
    put_moved(placed)
}

type TieKey = (
    bool,
    Option<String>,
    Option<u64>,
    Option<String>,
    Option<i64>,
    String,
    Reverse<i64>,
    crate::ids::ListingId,
);

/// Held first, then by time, room, list number, name.
fn tie_key(line: &Line) -> TieKey {
    let room = line.room.as_ref().and_then(|room| room.parse().ok());
    (
        line.held() != Held::Custody,
        line.starts.clone(),
        room,
        line.room.clone(),
        line.sequence,
        line.name.clone(),
        Reverse(line.age().unwrap_or(0)),
        line.id,
    )
}

/// Puts lines that a colleague placed where they were placed; the rest keep their order around them.
fn put_moved(placed: Vec<Placed>) -> Vec<Placed> {
    let (mut moved, mut board): (Vec<_>, Vec<_>) =
        placed.into_iter().partition(|row| row.line.work.moved.is_some());
    // Of two put in one place, the later decision gets it.
    moved.sort_by_key(|row| row.line.work.moved.as_ref().map(|m| (m.place, m.at)));
    for row in moved {
        let place = row.line.work.moved.as_ref().map_or(1, |m| m.place);
        let index = usize::try_from(place - 1).unwrap_or(0).min(board.len());
        board.insert(index, row);
    }
    for (index, row) in board.iter_mut().enumerate() {
        row.place = index + 1;
    }
    board
}
