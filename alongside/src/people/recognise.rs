//! The rows of a list against the whole register: keys looked up in a few statements, weighed by crate `linkage`.
//!
//! Works across all projects, since a missed link loses a warning wherever the person was met; it gives ids and weights.
//! Whoever shows a match must still find the person through [`super::find`].

use crate::ids::PersonId;
use linkage::{Agreement, Band, Cleaned, Comparison, Frequencies, ListRow, Model, Record, Term, TermKind};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{Read, Result, sql};

/// A key shared by more people than this tells nobody apart ("the same common name, no birth date"); such a key is left
/// out, and what it would have found is found by the row's other keys or by search. Of a register of n people the prior takes
/// log2 n bits and a name that 200 share gives log2 (n / 200): whoever shares no more than that is 7.6 bits below even odds,
/// and 5.9 below review.
const MOST_PER_KEY: usize = 200;

/// A line of a comparison, as a page shows it and as it is kept beside the candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchedField {
    /// "Surname".
    pub name: String,
    /// The finding in plain words.
    pub finding: String,
    /// Bits; above zero speaks for the same person.
    pub weight: f64,
    /// The value on the list.
    pub listed: String,
    /// The value on the register (or the escort record).
    pub known: String,
    /// equal, close, differs, missing.
    pub agreement: String,
}

/// A pair compared and explained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    /// Bits, prior included: the sum of the lines.
    pub weight: f64,
    /// That the two are one person.
    pub probability: f64,
    /// certain, review, none.
    pub band: String,
    /// The lines that add up to the weight.
    pub fields: Vec<MatchedField>,
    /// What to heed besides the weight: another row claims the same person, a second person fits as well.
    pub warnings: Vec<String>,
}

/// One candidate of one row.
#[derive(Debug, Clone)]
pub struct Match {
    /// Who it may be.
    pub person: PersonId,
    /// How alike, and why.
    pub matched: Matched,
}

impl Matched {
    /// Takes what it says of the address away, for a reader from whom it is withheld: also its weight, in the sum as well, since
    /// who knows the address on the list could tell from it whether it is the one withheld. A pair that is certain only with
    /// its address is for review; none is raised.
    pub fn withhold_address(&mut self) {
        for field in self.fields.iter_mut().filter(|f| f.name.to_lowercase().contains("address")) {
            self.weight -= std::mem::take(&mut field.weight);
            field.finding = "withheld".to_owned();
            field.known = "Withheld".to_owned();
            field.agreement = "missing".to_owned();
        }
        // Which relatives would look like this is told by the address too.
        for field in self.fields.iter_mut().filter(|f| f.name == "could be a relative") {
            field.finding = "relatives would look like this too".to_owned();
        }
        self.probability = linkage::probability(self.weight);
        if self.band == Band::Certain.word() && self.weight < Model::shipped().certain_from {
            Band::Review.word().clone_into(&mut self.band);
        }
    }

    /// The lines as they are printed, in tenths of a bit, with a last one for what is too small to have a line and for
    /// rounding: they add up to the sum as it is printed.
    #[must_use]
    pub fn printed(&self) -> Vec<(&str, &str, f64)> {
        let tenths = |bits: f64| (bits * 10.0).round();
        let mut lines: Vec<(&str, &str, f64)> = self
            .fields
            .iter()
            .map(|f| (f.name.as_str(), f.finding.as_str(), tenths(f.weight)))
            .filter(|(.., tenths)| *tenths != 0.0)
            .collect();
        let rest = tenths(self.weight) - lines.iter().map(|(.., tenths)| tenths).sum::<f64>();
        if rest != 0.0 {
            lines.push(("the rest", "parts too small for a line, and rounding", rest));
        }
        for (.., tenths) in &mut lines {
            *tenths /= 10.0;
        }
        lines
    }

    /// From the crate's comparison.
    #[must_use]
    pub fn from_comparison(comparison: &Comparison, band: Band, warnings: Vec<String>) -> Self {
        let fields = comparison
            .fields
            .iter()
            .map(|f| MatchedField {
                name: f.name.to_owned(),
                finding: f.level.clone(),
                weight: f.weight,
                listed: f.listed.clone(),
                known: f.known.clone(),
                agreement: match f.agreement {
                    Agreement::Equal => "equal",
                    Agreement::Close => "close",
                    Agreement::Differs => "differs",
                    Agreement::Missing => "missing",
                }
                .to_owned(),
            })
            .collect();
        Self {
            weight: comparison.weight,
            probability: comparison.probability,
            band: band.word().to_owned(),
            fields,
            warnings,
        }
    }
}

/// The model for joining rows of one court day: one row in `n` is the right one, so that a name and a birth date suffice.
#[must_use]
pub fn prior_for(n: usize) -> Model {
    #[expect(clippy::cast_precision_loss, reason = "a court list is short")]
    Model::shipped().with_prior_one_in(n.max(2) as f64)
}

/// For each row of a list, the people of the register it may be, best first; bands `certain` and `review` only.
///
/// # Errors
/// When the database can't be read.
pub fn recognise(r: &mut Read<'_>, rows: &[Record]) -> Result<Vec<Vec<Match>>> {
    let model = Model::shipped();
    let cleaned: Vec<Cleaned> = rows.iter().map(linkage::clean).collect();
    let mut counts = term_counts(r, cleaned.iter())?;
    let people = register_size(r)?;
    let of_rows = Frequencies::looked_up(people, counts.iter().map(|(term, n)| (term, *n)));
    let keys: Vec<Vec<i64>> = cleaned
        .iter()
        .map(|row| {
            let mut keys = linkage::lookup_keys(row);
            keys.extend(linkage::rare_name_key(row, &of_rows));
            keys
        })
        .collect();
    let row_people = people_by_row(r, &keys)?;
    let known = records(r, &row_people)?;
    let candidates: Vec<Vec<PersonId>> = cleaned
        .iter()
        .zip(&row_people)
        .map(|(row, people)| {
            let mut there: Vec<(PersonId, &Cleaned)> =
                people.iter().filter_map(|person| Some((*person, known.get(person)?))).collect();
            there.sort_unstable_by_key(|(person, _)| *person);
            let records: Vec<&Cleaned> = there.iter().map(|(_, record)| *record).collect();
            let kept = linkage::shortlist(&model, row, &records, &of_rows);
            kept.into_iter().filter_map(|place| there.get(place).map(|(person, _)| *person)).collect()
        })
        .collect();
    // How rare a candidate's spelling is tells as much as how rare the listed one is.
    let shortlisted: HashSet<PersonId> = candidates.iter().flatten().copied().collect();
    counts.extend(term_counts(r, known.iter().filter(|(id, _)| shortlisted.contains(id)).map(|(_, c)| c))?);
    let register = Frequencies::looked_up(people, counts.iter().map(|(term, n)| (term, *n)));
    let ids: HashMap<PersonId, u64> = shortlisted.into_iter().zip(0..).collect();
    let pairs: Vec<Vec<(u64, Cleaned)>> = candidates
        .iter()
        .map(|row| {
            row.iter().filter_map(|person| Some((*ids.get(person)?, known.get(person)?.clone()))).collect()
        })
        .collect();
    let list: Vec<ListRow<'_>> =
        cleaned.iter().zip(&pairs).map(|(listed, candidates)| ListRow { listed, candidates }).collect();
    let decisions = linkage::match_list(&model, &list, &register);
    let mut answer = Vec::with_capacity(rows.len());
    for (row, decision) in decisions.iter().enumerate() {
        let mut warnings = Vec::new();
        if !decision.also_claimed_by.is_empty() {
            warnings.push(format!(
                "{} more on this list may be the same person of the register",
                decision.also_claimed_by.len()
            ));
        }
        if decision.ambiguous {
            warnings.push("a second person of the register fits nearly as well".to_owned());
        }
        let mut matches = Vec::new();
        for ranked in decision.candidates.iter().filter(|c| c.band > Band::None) {
            let (Some(person), Some((_, known))) =
                (candidates[row].get(ranked.candidate), pairs[row].get(ranked.candidate))
            else {
                continue;
            };
            let comparison = model.compare(&cleaned[row], known, &register);
            matches.push(Match {
                person: *person,
                matched: Matched::from_comparison(&comparison, ranked.band, warnings.clone()),
            });
        }
        answer.push(matches);
    }
    Ok(answer)
}

/// A row and one record of the register, however unlike: for a pair that a colleague chose. `None` when there is no such
/// record, or it was merged into another.
///
/// # Errors
/// When the database can't be read.
pub fn compare_with(r: &mut Read<'_>, row: &Record, person: PersonId) -> Result<Option<Matched>> {
    let listed = linkage::clean(row);
    let known = records(r, &[HashSet::from([person])])?.remove(&person);
    let Some(known) = known else { return Ok(None) };
    weighed(r, &listed, &known).map(Some)
}

/// A pair weighed by how common its terms are in the register.
pub(super) fn weighed(r: &mut Read<'_>, listed: &Cleaned, known: &Cleaned) -> Result<Matched> {
    let counts = term_counts(r, [listed, known].into_iter())?;
    let register = Frequencies::looked_up(register_size(r)?, counts.iter().map(|(term, n)| (term, *n)));
    let comparison = Model::shipped().compare(listed, known, &register);
    Ok(Matched::from_comparison(&comparison, comparison.band, Vec::new()))
}

/// The people that share a key with each row, as their records stand now.
fn people_by_row(r: &mut Read<'_>, keys: &[Vec<i64>]) -> Result<Vec<HashSet<PersonId>>> {
    let mut all: Vec<i64> = keys.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let mut by_key: HashMap<i64, Vec<PersonId>> = HashMap::new();
    for row in r.query_list(sql("SELECT key, person_id FROM match_key WHERE key IN ($LIST)"), &[], &all)? {
        by_key.entry(row.get("key")?).or_default().push(row.get("person_id")?);
    }
    by_key.retain(|_, people| people.len() <= MOST_PER_KEY);
    let found: HashSet<PersonId> = by_key.values().flatten().copied().collect();
    let found: Vec<PersonId> = found.into_iter().collect();
    let mut kept: HashMap<PersonId, PersonId> = HashMap::new();
    for row in r.query_list(
        sql("SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL AND id IN ($LIST)"),
        &[],
        &found,
    )? {
        kept.insert(row.get("id")?, row.get("merged_into")?);
    }
    Ok(keys
        .iter()
        .map(|keys| {
            keys.iter()
                .filter_map(|key| by_key.get(key))
                .flatten()
                .map(|person| kept.get(person).copied().unwrap_or(*person))
                .collect()
        })
        .collect())
}

pub(super) fn records(r: &mut Read<'_>, rows: &[HashSet<PersonId>]) -> Result<HashMap<PersonId, Cleaned>> {
    let mut all: Vec<PersonId> = rows.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let mut known = HashMap::with_capacity(all.len());
    for row in
        r.query_list(sql("SELECT person_id, record FROM match_record WHERE person_id IN ($LIST)"), &[], &all)?
    {
        let text: String = row.get("record")?;
        let record: Record = serde_json::from_str(&text)
            .map_err(|e| store::Error::Migration(format!("a match record can't be read: {e}")))?;
        known.insert(row.get("person_id")?, linkage::clean(&record));
    }
    Ok(known)
}

fn register_size(r: &mut Read<'_>) -> Result<u64> {
    let row = r.maybe(sql("SELECT n FROM term_count WHERE kind = 'people' AND value = ''"), &[])?;
    let people: i64 = row.map_or(Ok(0), |row| row.get("n"))?;
    Ok(u64::try_from(people).unwrap_or(0))
}

/// How many people of the register share each term of these: names, birth dates, postcodes.
fn term_counts<'a>(
    r: &mut Read<'_>,
    people: impl Iterator<Item = &'a Cleaned>,
) -> Result<HashMap<Term, u64>> {
    let mut wanted: HashMap<TermKind, Vec<String>> = HashMap::new();
    for term in people.flat_map(linkage::terms_asked) {
        wanted.entry(term.kind).or_default().push(term.value);
    }
    let mut counts = HashMap::new();
    for (kind, mut values) in wanted {
        values.sort_unstable();
        values.dedup();
        for row in r.query_list(
            sql("SELECT value, n FROM term_count WHERE kind = $1 AND value IN ($LIST)"),
            &[&kind.word()],
            &values,
        )? {
            let n: i64 = row.get("n")?;
            counts.insert(Term { kind, value: row.get("value")? }, u64::try_from(n).unwrap_or(0));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(weights: &[(&str, f64)]) -> Matched {
        let weight = weights.iter().map(|(_, w)| w).sum();
        let field = |(name, weight): &(&str, f64)| MatchedField {
            name: (*name).to_owned(),
            finding: "found".to_owned(),
            weight: *weight,
            listed: "1 Nowhere Street".to_owned(),
            known: "1 Nowhere Street".to_owned(),
            agreement: "equal".to_owned(),
        };
        Matched {
            weight,
            probability: linkage::probability(weight),
            band: Band::Certain.word().to_owned(),
            fields: weights.iter().map(field).collect(),
            warnings: Vec::new(),
        }
    }

    fn tenths(bits: f64) -> String {
        format!("{bits:+.1}")
    }

    #[test]
    fn the_printed_column_adds_up_to_the_printed_sum() {
        let small = [("before looking", -17.26), ("surname", 6.04), ("sex", 0.04), ("middle names", 0.04)];
        let rounded = [("before looking", -17.25), ("surname", 6.35), ("forename", 5.15), ("address", 9.45)];
        for case in [&small[..], &rounded[..], &[("before looking", -3.0), ("surname", 4.0)]] {
            let matched = matched(case);
            let lines = matched.printed();
            let sum: f64 = lines.iter().map(|(.., bits)| bits).sum();
            assert_eq!(tenths(sum), tenths(matched.weight), "{lines:?}");
        }
        assert!(matched(&small).printed().iter().any(|(name, ..)| *name == "the rest"));
        assert_eq!(matched(&[("before looking", -3.0), ("surname", 4.0)]).printed().len(), 2);
    }

    #[test]
    fn a_withheld_address_is_not_told_by_any_figure() {
        let with = |address: f64| {
            let mut matched = matched(&[
                ("before looking", -17.3),
                ("surname", 6.0),
                ("forename", 12.0),
                ("could be a relative", -0.5),
                ("address", address),
            ]);
            matched.withhold_address();
            matched
        };
        // Whether it is the same or another: what is shown is the same to the last figure.
        let (mut equal, differs) = (with(9.4), with(-1.2));
        for (a, b) in equal.printed().iter().zip(differs.printed()) {
            assert_eq!((a.0, a.1, tenths(a.2)), (b.0, b.1, tenths(b.2)));
        }
        assert_eq!(tenths(equal.weight), tenths(differs.weight));
        assert!((equal.probability - differs.probability).abs() < 1e-9);
        assert!(equal.printed().iter().all(|(name, ..)| *name != "address"));
        let told = equal.fields.pop().unwrap();
        assert_eq!((told.known.as_str(), told.agreement.as_str()), ("Withheld", "missing"));
        assert_eq!(equal.band, "review", "certain only with its address: nothing is selected beforehand");
    }
}
