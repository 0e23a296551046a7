//! Finding people by any part: name (also misspelt), birth date in any form, PNC, CRO, NHS, prison number, CRN, postcode.

use super::details::{Details, full_name};
use super::index::{plain, sound_token, words};
use super::reached::reached;
use super::restricted::address_withheld;
use super::typed_birth::{Born, take_birth};
use crate::access::{Capability, Reader};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use jiff::civil::Date;
use std::collections::HashSet;
use store::{Result, sql};

/// Most people shown: who is not among them is found by typing more.
pub const SHOWN: usize = 20;
/// Most people looked at for one search.
const LOOKED_AT: usize = 400;
/// A part that more than so many people share is only used to narrow down, if another part is rarer.
const COMMON: i64 = 2_000;

/// Most records of others that are offered for breaking the glass: who finds more must type more.
const CLOSED_OFFERED: usize = 3;

/// Somebody found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// Name, surname first.
    pub name: String,
    /// Date of birth.
    pub born: Option<Date>,
    /// PNC number.
    pub pnc: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// How well they fit, from 0 to 1.
    pub fit: f64,
}

/// What a search gave.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// People of the reader's projects, best first.
    pub found: Vec<Found>,
    /// People who fit but are held by other projects only.
    pub elsewhere: usize,
    /// Some of those, for breaking the glass: ids tell nothing of who they are.
    pub closed: Vec<PersonId>,
    /// There are more than are shown.
    pub more: bool,
}

/// One part of what was typed, as ranges of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    from: String,
    to: String,
}

impl Part {
    fn prefix(token: &str) -> Self {
        Self { from: token.to_owned(), to: format!("{token}\u{7f}") }
    }

    fn whole(token: &str) -> Self {
        Self { from: token.to_owned(), to: format!("{token}\u{1}") }
    }
}

/// Searches. What was typed is a name: it goes into no address, log or audit.
///
/// # Errors
/// When the database can't be read.
pub fn search<C: Capability>(r: &mut Reader<'_, C>, typed: &str) -> Result<Answer> {
    let (exact, by_sound) = parts(typed);
    if exact.is_empty() {
        return Ok(Answer::default());
    }
    let (mut people, mut more) = found(r, &exact, &by_sound)?;
    if people.is_empty()
        && let Some(bare) = without_zeros(&exact)
    {
        let by_sound = without_zeros(&by_sound).unwrap_or(by_sound);
        (people, more) = found(r, &bare, &by_sound)?;
    }
    r.saw(Event::new("register searched", "register", "people"));
    let mut answer = weigh(r, typed, &people)?;
    answer.more |= more;
    Ok(answer)
}

/// Those who have the parts as written, and when they are few also those who have them by sound; and whether there are more.
fn found<C: Capability>(
    r: &mut Reader<'_, C>,
    exact: &[Part],
    by_sound: &[Part],
) -> Result<(Vec<PersonId>, bool)> {
    let (mut people, mut more) = people_with(r, exact)?;
    if people.len() < SHOWN && by_sound != exact {
        let (alike, more_alike) = people_with(r, by_sound)?;
        more |= more_alike;
        for person in alike {
            if !people.contains(&person) {
                people.push(person);
            }
        }
    }
    Ok((people, more))
}

/// The same parts without the zeros that numbers begin with; `None` when none does.
fn without_zeros(parts: &[Part]) -> Option<Vec<Part>> {
    let bare: Vec<Part> = parts
        .iter()
        .map(|part| match part.from.trim_start_matches('0') {
            bare if bare.len() > 1 && bare.len() < part.from.len() => Part::prefix(bare),
            _ => part.clone(),
        })
        .collect();
    (bare != parts).then_some(bare)
}

/// The parts typed: once as written, once by the sound of the words.
fn parts(typed: &str) -> (Vec<Part>, Vec<Part>) {
    let (mut exact, mut by_sound) = (Vec::new(), Vec::new());
    let (born, rest) = take_birth(typed, clock::london_day(clock::now()));
    match born {
        Some(Born::On(date)) => exact.push(Part::whole(&date.to_string())),
        Some(Born::In { year, month }) => exact.push(Part::prefix(&format!("{year:04}-{month:02}-"))),
        None => {}
    }
    let mut name = Vec::new();
    let chunks = chunks(&rest);
    for chunk in &chunks {
        if chunk.chars().any(|c| c.is_ascii_digit()) {
            // A serial is kept without its leading zeros, as people leave them out. Without a year it may as well be the end of
            // a number, and there zeros count.
            let number = match chunk.split_once('/') {
                Some((_, serial)) => plain(serial).trim_start_matches('0').to_owned(),
                None => plain(chunk),
            };
            if number.len() > 1 {
                exact.push(Part::prefix(&number));
            }
        } else {
            name.push(chunk.as_str());
        }
    }
    by_sound.clone_from(&exact);
    for word in words(&name.join(" ")) {
        if word.chars().count() > 1 {
            by_sound.push(Part::whole(&sound_token(&word)));
            exact.push(Part::prefix(&word));
        }
    }
    (exact, by_sound)
}

/// The next group of an NHS number as people write it: `943 476 5919`.
fn of_nhs_number(before: &str, chunk: &str) -> bool {
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    figures(before) && figures(chunk) && matches!((before.len(), chunk.len()), (3, 3) | (6, 4))
}

/// What was typed, cut at spaces; the two halves of a postcode stay together, and so do the groups of an NHS number.
fn chunks(typed: &str) -> Vec<String> {
    let inward = |c: &str| {
        c.len() == 3
            && c.starts_with(|c: char| c.is_ascii_digit())
            && c[1..].bytes().all(|b| b.is_ascii_alphabetic())
    };
    let outward = |c: &str| {
        (2..=4).contains(&c.len())
            && c.starts_with(|c: char| c.is_ascii_alphabetic())
            && c.bytes().any(|b| b.is_ascii_digit())
    };
    let mut out: Vec<String> = Vec::new();
    for chunk in typed.split([' ', ',', ';', '\t']).filter(|c| !c.is_empty()) {
        match out.last_mut() {
            Some(last) if chunk.is_ascii() && inward(chunk) && outward(last) => last.push_str(chunk),
            Some(last) if of_nhs_number(last, chunk) => last.push_str(chunk),
            _ => out.push(chunk.to_owned()),
        }
    }
    out
}

/// People who have every part, and whether there are more than these. Where a part is rare, all who have it, and of them
/// those who have the others; where all are common, those who stand in all of the rarest three.
fn people_with<C: Capability>(r: &mut Reader<'_, C>, parts: &[Part]) -> Result<(Vec<PersonId>, bool)> {
    let mut counted: Vec<(i64, &Part)> = Vec::new();
    for part in parts {
        let n: i64 = r
            .one(
                sql("SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM person_token WHERE token >= $1 AND token < $2 LIMIT $3) AS few"),
                &[&part.from, &part.to, &COMMON],
            )?
            .get("n")?;
        counted.push((n, part));
    }
    counted.sort_by_key(|(n, _)| *n);
    let all_common = counted.iter().all(|(n, _)| *n >= COMMON);
    let rarest: Vec<&Part> = counted.iter().map(|(_, part)| *part).collect();
    let most = if rarest.len() > 1 { COMMON } else { 2 * i64::try_from(LOOKED_AT).unwrap_or(COMMON) };
    let (rows, done) = match rarest[..] {
        [] => return Ok((Vec::new(), false)),
        // Each part's people in one walk along the tokens, then those who are in all. The limits inside cut nothing: without them
        // SQLite walks every token of everybody instead.
        [rarest, b, c, ..] if all_common => (
            r.query(
                sql("SELECT DISTINCT person_id FROM (SELECT person_id FROM person_token WHERE token >= $1 AND token < $2 ORDER BY token, person_id LIMIT 100000000) AS c WHERE person_id IN (SELECT person_id FROM (SELECT person_id FROM person_token WHERE token >= $3 AND token < $4 ORDER BY token, person_id LIMIT 100000000) AS b) AND person_id IN (SELECT person_id FROM (SELECT person_id FROM person_token WHERE token >= $5 AND token < $6 ORDER BY token, person_id LIMIT 100000000) AS a) LIMIT $7"),
                &[&c.from, &c.to, &b.from, &b.to, &rarest.from, &rarest.to, &COMMON],
            )?,
            3,
        ),
        [rarest, b] if all_common => (
            r.query(
                sql("SELECT DISTINCT person_id FROM (SELECT person_id FROM person_token WHERE token >= $1 AND token < $2 ORDER BY token, person_id LIMIT 100000000) AS b WHERE person_id IN (SELECT person_id FROM (SELECT person_id FROM person_token WHERE token >= $3 AND token < $4 ORDER BY token, person_id LIMIT 100000000) AS a) LIMIT $5"),
                &[&b.from, &b.to, &rarest.from, &rarest.to, &COMMON],
            )?,
            2,
        ),
        // Limited inside: the engine need not gather everybody who has a common part to tell them apart, and where there is no
        // other part no more than are looked at.
        [a, ..] => (
            r.query(
                sql("SELECT DISTINCT person_id FROM (SELECT person_id FROM person_token WHERE token >= $1 AND token < $2 ORDER BY token, person_id LIMIT $3) AS few"),
                &[&a.from, &a.to, &most],
            )?,
            1,
        ),
    };
    let reached = if done == 1 { counted[0].0 } else { i64::try_from(rows.len()).unwrap_or(i64::MAX) };
    let mut more = reached >= most;
    let mut people: Vec<PersonId> = rows.iter().map(|row| row.get("person_id")).collect::<Result<_>>()?;
    for part in rarest.iter().skip(done) {
        let with = r.query_list(
            sql("SELECT person_id FROM person_token WHERE token >= $1 AND token < $2 AND person_id IN ($LIST)"),
            &[&part.from, &part.to],
            &people,
        )?;
        let with: HashSet<PersonId> = with.iter().map(|row| row.get("person_id")).collect::<Result<_>>()?;
        people.retain(|person| with.contains(person));
    }
    more |= people.len() > LOOKED_AT;
    people.truncate(LOOKED_AT);
    Ok((people, more))
}

/// Those of the reader's projects, best first.
fn weigh<C: Capability>(r: &mut Reader<'_, C>, typed: &str, people: &[PersonId]) -> Result<Answer> {
    let standing = super::cluster::standing_for(r, people)?;
    let everybody: HashSet<PersonId> = people.iter().filter_map(|id| standing.get(id).copied()).collect();
    let everybody: Vec<PersonId> = everybody.into_iter().collect();
    let open = reached(r, &everybody)?;
    let withheld = address_withheld(r, &everybody)?;
    let kept: Vec<PersonId> = open.iter().copied().collect();
    let typed_words = words(typed);
    let mut found = Vec::new();
    for row in r.query_list(
        sql("SELECT v.* FROM person p JOIN person_version v ON v.person_id = p.id AND v.version = p.version WHERE p.id IN ($LIST)"),
        &[],
        &kept,
    )? {
        let (mut d, person) = (Details::from_row(&row)?, row.get::<PersonId>("person_id")?);
        if withheld.contains(&person) {
            d.withhold_address();
        }
        found.push(Found {
            person,
            name: full_name(d.forename.as_deref(), d.middle_names.as_deref(), d.surname.as_deref()),
            born: d.date_of_birth,
            pnc: d.pnc.clone(),
            postcode: d.postcode.clone(),
            fit: fit(&typed_words, &d),
        });
    }
    found.sort_by(|a, b| {
        b.fit.total_cmp(&a.fit).then_with(|| a.name.cmp(&b.name)).then_with(|| a.born.cmp(&b.born))
    });
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let mut closed: Vec<PersonId> = everybody.into_iter().filter(|person| !open.contains(person)).collect();
    closed.sort_unstable();
    let elsewhere = closed.len();
    closed.truncate(CLOSED_OFFERED);
    Ok(Answer { found, elsewhere, closed, more })
}

/// How well the words typed fit the name: each word against its best part.
fn fit(typed: &[String], d: &Details) -> f64 {
    let name = words(&d.name());
    if typed.is_empty() || name.is_empty() {
        return 0.0;
    }
    let best =
        |word: &String| {
            name.iter()
                .map(|part| {
                    if part.starts_with(word.as_str()) {
                        1.0
                    } else {
                        linkage::text::jaro_winkler(word, part)
                    }
                })
                .fold(0.0, f64::max)
        };
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    let mean = typed.iter().map(best).sum::<f64>() / typed.len() as f64;
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_whole_or_serial_part() {
        let (exact, _) = parts("2012/0052494Q");
        assert_eq!(exact, [Part::prefix("52494q")]);
        let (exact, _) = parts("52494");
        assert_eq!(exact, [Part::prefix("52494")]);
        // Four figures that begin with a zero are most likely the last ones of a number.
        let (exact, _) = parts("0123");
        assert_eq!(exact, [Part::prefix("0123")]);
        assert_eq!(without_zeros(&exact), Some(vec![Part::prefix("123")]));
        assert_eq!(without_zeros(&parts("1990-04-03 khan 52494 0").0), None);
    }
}
