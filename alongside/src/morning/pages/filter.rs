//! The board's filters: out of the address and back into it. Keys and enums only; no name ever stands in an address.

use crate::ids::AccountId;
use crate::morning::board::{Board, Filter};
use crate::morning::line::{Held, Known, Preparation};
use crate::morning::rules::{KEYS, Rules};
use crate::web::components::{Chip, ChipGroup, ChipState};
use jiff::Timestamp;
use serde::Deserialize;

/// The query of a board's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct FilterQuery {
    room: Option<String>,
    custody: Option<String>,
    marker: Option<String>,
    status: Option<String>,
    known: Option<String>,
    new: Option<String>,
    mine: Option<String>,
}

impl FilterQuery {
    /// What it asks for; parts that mean nothing are left out.
    pub(super) fn filter(&self, last_look: Option<Timestamp>, me: AccountId) -> Filter {
        let known = [Known::Known, Known::Possibly, Known::Not];
        Filter {
            room: self.room.clone().filter(|room| !room.is_empty() && room.len() <= 20),
            custody: self
                .custody
                .clone()
                .filter(|key| [Held::Custody, Held::Bail, Held::NotStated].iter().any(|h| h.key() == key)),
            marker: self.marker.clone().filter(|key| KEYS.contains(&key.as_str())),
            status: self.status.as_deref().and_then(Preparation::from_key),
            known: self.known.as_deref().and_then(|key| known.into_iter().find(|k| k.key() == key)),
            new_since: if self.new.is_some() { last_look } else { None },
            taken_by: self.mine.is_some().then_some(me),
        }
    }

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        [
            ("room", &self.room),
            ("custody", &self.custody),
            ("marker", &self.marker),
            ("status", &self.status),
            ("known", &self.known),
            ("new", &self.new),
            ("mine", &self.mine),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_deref().map(|v| (name, v)))
        .collect()
    }

    /// The address with one part chosen, or taken out when it is chosen already.
    fn toggled(&self, base: &str, name: &'static str, value: &str) -> String {
        let on = self.pairs().contains(&(name, value));
        let mut pairs: Vec<(&str, &str)> = self.pairs().into_iter().filter(|(n, _)| *n != name).collect();
        if !on {
            pairs.push((name, value));
        }
        address(base, &pairs)
    }

    /// The address of the same filters on another page.
    pub(super) fn on(&self, base: &str) -> String {
        address(base, &self.pairs())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    /// The filters with how many rows each would leave of the whole board.
    pub(super) fn chips<'a>(
        &self,
        board: &'a Board,
        rules: &'a Rules,
        base: &str,
        last_look: Option<Timestamp>,
        me: AccountId,
    ) -> Vec<ChipGroup<'a>> {
        let chip = |name: &'static str, value: &str, text: &'a str, key: Option<char>| {
            let alone = FilterQuery::one(name, value).filter(last_look, me);
            let count = board.rows.iter().filter(|row| alone.passes(row)).count();
            let on = self.pairs().contains(&(name, value));
            Chip {
                text,
                count: Some(count),
                href: self.toggled(base, name, value),
                state: if on { ChipState::On } else { ChipState::Off },
                key,
            }
        };
        let mut groups = Vec::new();
        let mut show = vec![chip("mine", "yes", "Taken by me", Some('1'))];
        if last_look.is_some() {
            show.push(chip("new", "yes", "New since I last looked", Some('2')));
        }
        show.push(chip("custody", Held::Custody.key(), "In custody", Some('3')));
        show.push(chip("custody", Held::Bail.key(), "On bail", Some('4')));
        groups.push(ChipGroup { name: "Show", chips: show });
        let known = [(Known::Known, '5'), (Known::Possibly, '6'), (Known::Not, '7')];
        groups.push(ChipGroup {
            name: "Known to us",
            chips: known.map(|(k, key)| chip("known", k.key(), k.words(), Some(key))).into_iter().collect(),
        });
        let states = [
            Preparation::NotStarted,
            Preparation::InProgress,
            Preparation::Complete,
            Preparation::NotRequired,
        ];
        groups.push(ChipGroup {
            name: "Preparation",
            chips: states.map(|s| chip("status", s.key(), s.words(), None)).into_iter().collect(),
        });
        let mut rooms: Vec<&str> = board.rows.iter().filter_map(|row| row.line.room.as_deref()).collect();
        rooms.sort_by_key(|room| (room.parse::<u64>().unwrap_or(u64::MAX), *room));
        rooms.dedup();
        if rooms.len() > 1 {
            groups.push(ChipGroup {
                name: "Room",
                chips: rooms.into_iter().map(|room| chip("room", room, room, None)).collect(),
            });
        }
        let markers: Vec<Chip<'a>> = rules
            .marker
            .iter()
            .filter(|rule| board.rows.iter().any(|row| row.markers.iter().any(|m| m.key == rule.key)))
            .map(|rule| chip("marker", &rule.key, &rule.label, None))
            .collect();
        if !markers.is_empty() {
            groups.push(ChipGroup { name: "Marker", chips: markers });
        }
        groups
    }

    fn one(name: &str, value: &str) -> Self {
        let value = Some(value.to_owned());
        let mut query = FilterQuery::default();
        match name {
            "room" => query.room = value,
            "custody" => query.custody = value,
            "marker" => query.marker = value,
            "status" => query.status = value,
            "known" => query.known = value,
            "new" => query.new = value,
            _ => query.mine = value,
        }
        query
    }
}

fn address(base: &str, pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return base.to_owned();
    }
    let query = pairs.iter().map(|(n, v)| format!("{n}={}", escape(v))).collect::<Vec<_>>().join("&");
    format!("{base}?{query}")
}

fn escape(value: &str) -> String {
    value
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_chosen_twice_is_gone_and_others_stay() {
        let query =
            FilterQuery { room: Some("3".into()), custody: Some("custody".into()), ..FilterQuery::default() };
        assert_eq!(query.toggled("/b", "room", "3"), "/b?custody=custody");
        assert_eq!(query.toggled("/b", "room", "Court 1&2"), "/b?custody=custody&room=Court%201%262");
    }

    #[test]
    fn nonsense_in_the_address_filters_nothing() {
        let query = FilterQuery {
            marker: Some("'; DROP".into()),
            status: Some("x".into()),
            custody: Some("y".into()),
            ..FilterQuery::default()
        };
        assert_eq!(query.filter(None, AccountId::fresh()), Filter::default());
    }
}
