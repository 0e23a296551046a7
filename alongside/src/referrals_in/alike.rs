//! Who may be meant: lines of a court day and people of the register that look alike. Proposals only; a human says who it is.

use super::record::ReferralIn;
use crate::access::{Capability, Reader, Writer};
use crate::ids::{ListingId, PersonId};
use crate::morning::{self, Line};
use crate::people::{self, Person, held_by, prior_for, recognise};
use linkage::{Band, Frequencies, Name, Record, clean};
use store::Result;

/// What was typed, as recognition compares it. A name in one box: the last word is taken for the surname.
#[must_use]
pub fn record_of(referral: &ReferralIn) -> Record {
    let words: Vec<&str> = referral.name.split_whitespace().collect();
    let (surname, rest) = words.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
    let (forename, middle) = rest.split_first().map_or(("", String::new()), |(f, m)| (*f, m.join(" ")));
    let number = referral.number.trim().to_owned();
    Record {
        name: Name { forename: forename.into(), middle, surname: surname.into() },
        births: referral.born_on.map(|on| on.to_string()).into_iter().collect(),
        sex: referral.sex.clone(),
        pnc: if number.contains('/') { number.clone() } else { String::new() },
        nhs: if number.chars().filter(char::is_ascii_digit).count() == 10 { number } else { String::new() },
        ..Record::default()
    }
}

/// A line that may be meant.
#[derive(Debug, Clone)]
pub struct AlikeLine {
    /// The line.
    pub listing: ListingId,
    /// Its name, as on the list.
    pub name: String,
    /// Birth date in words; empty for not known.
    pub born: String,
    /// Whether it looks like who is meant.
    pub alike: Alike,
}

/// Whether a line looks like who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// Very likely.
    Very,
    /// It may be.
    Perhaps,
    /// Not as far as one can tell.
    No,
}

/// The lines of a day in the order in which they look like who is meant.
#[must_use]
pub fn lines_alike(referral: &ReferralIn, lines: &[Line]) -> Vec<AlikeLine> {
    let meant = clean(&record_of(referral));
    let model = prior_for(lines.len());
    let frequencies = Frequencies::looked_up(lines.len() as u64, std::iter::empty());
    let mut found: Vec<(f64, AlikeLine)> = lines
        .iter()
        .map(|line| {
            let score = model.score(&meant, &clean(&morning::record_of(line)), &frequencies);
            let alike = match model.band(&score) {
                Band::Certain => Alike::Very,
                Band::Review => Alike::Perhaps,
                Band::None => Alike::No,
            };
            let born = line.date_of_birth.map(crate::clock::day_words).unwrap_or_default();
            (score.weight, AlikeLine { listing: line.id, name: line.name.clone(), born, alike })
        })
        .collect();
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.name.cmp(&y.name)));
    found.into_iter().map(|(_, line)| line).collect()
}

/// People of the register that look like who is meant, best first: those whose record this reader may open, and for each of the
/// others who holds it, to ask there before another record is made.
///
/// # Errors
/// When the database can't be read.
pub fn people_alike<C: Capability>(
    w: &mut Writer<'_, C>,
    referral: &ReferralIn,
) -> Result<(Vec<Person>, Vec<String>)> {
    let found = recognise(w, &[record_of(referral)])?;
    let ids: Vec<PersonId> = found.into_iter().flatten().map(|one| one.person).collect();
    let holders = held_by(w, &ids)?;
    w.reading(|r| {
        let (mut seen, mut closed): (Vec<Person>, Vec<String>) = (Vec::new(), Vec::new());
        for id in ids {
            match people::find(r, id)? {
                Some(person) if seen.iter().any(|p| p.id() == person.id()) => {}
                Some(person) => seen.push(person),
                None => closed.extend(holders.get(&id).map(|names| names.join(" and "))),
            }
        }
        Ok((seen, closed))
    })
}

/// The lines of the day the referral names, when a court of the reader's is named.
///
/// # Errors
/// When the database can't be read.
pub fn lines_of_day<C: Capability>(
    r: &mut Reader<'_, C>,
    referral: &ReferralIn,
    rules: &morning::Rules,
) -> Result<Vec<Line>> {
    let Some(day) = referral.hearing_on else { return Ok(Vec::new()) };
    let Some(court) = crate::projects::court_in_scope(r, &referral.court)? else { return Ok(Vec::new()) };
    let board = morning::board(r, &court, day, rules)?;
    Ok(board.rows.into_iter().map(|row| row.line).collect())
}
