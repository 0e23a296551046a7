//! Names by heritage, read from `data/names.txt`, and places from `data/places.txt`.

use super::dice::Dice;
use std::sync::LazyLock;

/// One heritage: its name and its names, commonest first.
#[derive(Debug, Default)]
pub struct Heritage {
    /// Its name in the data file.
    pub name: &'static str,
    share: f64,
    men: Vec<&'static str>,
    women: Vec<&'static str>,
    surnames: Vec<&'static str>,
    stems: Vec<&'static str>,
    endings: Vec<&'static str>,
}

static HERITAGES: LazyLock<Vec<Heritage>> = LazyLock::new(|| read(include_str!("../../data/names.txt")));
static AREAS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(areas);

/// All heritages of the data file.
#[must_use]
pub fn heritages() -> &'static [Heritage] {
    &HERITAGES
}

fn read(text: &'static str) -> Vec<Heritage> {
    let mut out: Vec<Heritage> = Vec::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        let head = words.next().unwrap_or("");
        if let Some(name) = head.strip_prefix('@') {
            let share = words.next().and_then(|w| w.parse().ok()).unwrap_or(0.0);
            out.push(Heritage { name, share, ..Heritage::default() });
            continue;
        }
        let Some(heritage) = out.last_mut() else { continue };
        match head {
            "m" => heritage.men = words.collect(),
            "f" => heritage.women = words.collect(),
            "s" => heritage.surnames = words.collect(),
            "+" => {
                let (stems, endings) = line[2..].split_once(" | ").unwrap_or(("", ""));
                heritage.stems = stems.split(' ').collect();
                heritage.endings = endings.split(' ').collect();
            }
            _ => {}
        }
    }
    out
}

/// A heritage by its share of the population.
pub(super) fn heritage(dice: &mut Dice) -> &'static Heritage {
    let total: f64 = HERITAGES.iter().map(|h| h.share).sum();
    let mut left = dice.share() * total;
    let mut chosen = &HERITAGES[0];
    for heritage in HERITAGES.iter() {
        chosen = heritage;
        left -= heritage.share;
        if left < 0.0 {
            break;
        }
    }
    chosen
}

impl Heritage {
    /// A given name.
    pub(super) fn given(&self, female: bool, dice: &mut Dice) -> &'static str {
        let names = if female { &self.women } else { &self.men };
        names.get(dice.early(names.len())).copied().unwrap_or("Sam")
    }

    /// A surname: a third of those of heritages with stems are joined from them, so that rare ones exist.
    pub(super) fn surname(&self, dice: &mut Dice) -> String {
        if !self.stems.is_empty() && dice.chance(0.35) {
            let stem = self.stems.get(dice.early(self.stems.len())).copied().unwrap_or("");
            let ending = self.endings.get(dice.early(self.endings.len())).copied().unwrap_or("");
            return format!("{stem}{ending}");
        }
        self.surnames.get(dice.early(self.surnames.len())).copied().unwrap_or("Invented").to_owned()
    }
}

fn place_lines(kind: &str) -> impl Iterator<Item = &'static str> {
    let kind = kind.to_owned();
    include_str!("../../data/places.txt")
        .lines()
        .filter(move |l| l.split(' ').next() == Some(&kind))
        .flat_map(|l| l.split_once(' '))
        .map(|(_, rest)| rest)
}

fn areas() -> Vec<(&'static str, &'static str)> {
    let mut out = Vec::new();
    for line in place_lines("area") {
        let mut words = line.split(' ');
        let (Some(area), Some(town)) = (words.next(), words.next()) else { continue };
        let times = words.next().and_then(|w| w.parse().ok()).unwrap_or(1);
        out.extend(std::iter::repeat_n((area, town), times));
    }
    out
}

static STREETS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| place_lines("street").flat_map(|l| l.split(' ')).collect());
static KINDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| place_lines("kind").flat_map(|l| l.split(' ')).collect());

/// A street of the data file's words.
pub(super) fn street(dice: &mut Dice) -> String {
    let name = dice.pick(&STREETS).copied().unwrap_or("High");
    let kind = KINDS.get(dice.early(KINDS.len())).copied().unwrap_or("Road");
    format!("{name} {kind}")
}

/// A postal area and its town.
pub(super) fn area(dice: &mut Dice) -> (&'static str, &'static str) {
    dice.pick(&AREAS).copied().unwrap_or(("E", "London"))
}
