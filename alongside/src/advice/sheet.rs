//! What stands on a sheet: a pure function of what was typed and chosen, of variant and language.

use super::lines::Line;
use super::safe::telling;
use crate::web::{Strings, Tongue};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Ordinary.
    Ordinary,
    /// In large print.
    Large,
    /// Easy to read: one idea a line, short headings.
    Easy,
    /// Safe to carry: nothing on it says why somebody has it.
    Safe,
}

impl Variant {
    /// All of them, in the order they are offered.
    pub const ALL: [Variant; 4] = [Variant::Ordinary, Variant::Large, Variant::Easy, Variant::Safe];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Variant::Ordinary => "ordinary",
            Variant::Large => "large",
            Variant::Easy => "easy",
            Variant::Safe => "safe",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Variant::Ordinary => "Ordinary",
            Variant::Large => "Large print",
            Variant::Easy => "Easy to read",
            Variant::Safe => "Safe to carry",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.key() == key)
    }
}

/// The strings of sheets.
#[must_use]
pub fn strings(tongue: Tongue) -> Strings {
    match tongue {
        Tongue::English => Strings::of(tongue, include_str!("words/en.toml")),
        Tongue::Welsh => Strings::of(tongue, include_str!("words/cy.toml")),
    }
}

/// Some lines under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Each line.
    pub lines: Vec<String>,
}

/// What was typed and chosen.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The person's first name, as the sheet greets them; empty for none.
    pub name: String,
    /// The next day in court: day, time, court.
    pub court: Option<(Date, String, String)>,
    /// Appointments: day and time in words, where and with whom.
    pub appointments: Vec<(String, String)>,
    /// What was agreed.
    pub agreed: Vec<String>,
    /// Who to ring today.
    pub ring: Vec<String>,
    /// Numbers that anybody may ring.
    pub lines: Vec<Line>,
    /// How to get there.
    pub directions: Vec<String>,
    /// Anything else.
    pub more: Vec<String>,
}

/// Writes the sheet.
///
/// # Errors
/// For a sheet that is to be safe to carry: the telling words in what was typed, each once.
pub fn sheet(
    content: &Content,
    variant: Variant,
    strings: &Strings,
    on: Date,
) -> Result<Vec<Section>, Vec<String>> {
    let sections = match variant {
        Variant::Safe => safe(content, strings),
        _ => open(content, variant, strings, on),
    };
    let kept: Vec<Section> = sections.into_iter().filter(|s| !s.lines.is_empty()).collect();
    if variant == Variant::Safe {
        let all: String =
            kept.iter().flat_map(|s| s.lines.iter().chain([&s.heading])).map(|l| format!("{l}\n")).collect();
        let found = telling(&all);
        if !found.is_empty() {
            return Err(found);
        }
    }
    Ok(kept)
}

/// A day in the language of the sheet.
#[must_use]
pub fn day(tongue: Tongue, day: Date) -> String {
    match tongue {
        Tongue::English => crate::clock::weekday_words(day),
        Tongue::Welsh => {
            const DAYS: [&str; 7] = [
                "dydd Llun",
                "dydd Mawrth",
                "dydd Mercher",
                "dydd Iau",
                "dydd Gwener",
                "dydd Sadwrn",
                "dydd Sul",
            ];
            const MONTHS: [&str; 12] = [
                "Ionawr",
                "Chwefror",
                "Mawrth",
                "Ebrill",
                "Mai",
                "Mehefin",
                "Gorffennaf",
                "Awst",
                "Medi",
                "Hydref",
                "Tachwedd",
                "Rhagfyr",
            ];
            let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
            let month = usize::try_from(day.month() - 1).unwrap_or(0);
            format!(
                "{} {} {} {}",
                DAYS.get(weekday).copied().unwrap_or_default(),
                day.day(),
                MONTHS.get(month).copied().unwrap_or_default(),
                day.year()
            )
        }
    }
}

fn section(heading: &str, lines: Vec<String>) -> Section {
    Section { heading: heading.to_owned(), lines }
}

fn open(c: &Content, variant: Variant, s: &Strings, on: Date) -> Vec<Section> {
    let easy = variant == Variant::Easy;
    let heading = |plain: &str, simple: &str| s.get(if easy { simple } else { plain }).to_owned();
    let court = c.court.as_ref().map(|(date, time, court)| {
        let when: Vec<&str> = [time.as_str(), court.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
        let when = [vec![day(s.tongue, *date)], when.iter().map(|t| (*t).to_owned()).collect()].concat();
        if easy { when } else { vec![s.with("court-line", &when.join(", "))] }
    });
    let appointments = c
        .appointments
        .iter()
        .flat_map(|(when, place)| match (easy, place.is_empty()) {
            (true, false) => vec![when.clone(), place.clone()],
            (_, true) => vec![when.clone()],
            (false, false) => vec![format!("{when}: {place}")],
        })
        .collect();
    let lines = c
        .lines
        .iter()
        .map(|l| {
            let (name, hours) = match s.tongue {
                Tongue::English => (&l.name, &l.hours),
                Tongue::Welsh => (&l.name_cy, &l.hours_cy),
            };
            if easy { format!("{}: {name}", l.number) } else { format!("{name}: {}. {hours}", l.number) }
        })
        .collect();
    let mut greeting = vec![s.with("made", &day(s.tongue, on))];
    if !c.name.is_empty() {
        greeting.insert(0, format!("{} {}", s.get("for"), c.name));
    }
    vec![
        section(s.get("title"), greeting),
        section(&heading("next-court", "easy-next-court"), court.unwrap_or_default()),
        section(&heading("appointments", "easy-appointments"), appointments),
        section(&heading("agreed", "easy-agreed"), c.agreed.clone()),
        section(&heading("ring-today", "easy-ring"), c.ring.clone()),
        section(&heading("directions", "easy-directions"), c.directions.clone()),
        section(s.get("more"), c.more.clone()),
        section(&heading("any-time", "easy-any-time"), lines),
    ]
}

/// Dates, numbers, notes: a day in court is a date, a service is none, a number is a number.
fn safe(c: &Content, s: &Strings) -> Vec<Section> {
    let court = c
        .court
        .iter()
        .map(|(date, time, _)| format!("{} {time}", day(s.tongue, *date)).trim_end().to_owned());
    let dates = court.chain(c.appointments.iter().map(|(when, _)| when.clone())).collect();
    let numbers = c
        .ring
        .iter()
        .cloned()
        .chain(c.lines.iter().map(|l| l.carry.clone()).filter(|number| !number.is_empty()))
        .collect();
    let notes = [c.agreed.clone(), c.directions.clone(), c.more.clone()].concat();
    vec![section(s.get("dates"), dates), section(s.get("numbers"), numbers), section(s.get("notes"), notes)]
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
