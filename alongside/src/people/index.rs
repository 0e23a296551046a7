//! What recognition and search keep of a person: match record, keys, tokens, and their share in the term counts. Written in
//! the transaction that changes the person, so that the next look-up sees the change.

use super::details::Details;
use crate::access::{Capability, Writer};
use crate::ids::PersonId;
use jiff::Timestamp;
use linkage::{Address, Cleaned, Identifier, Name, Number, Record};
use std::collections::{BTreeSet, HashMap};
use store::{Many, Result, sql};

/// Changes of term counts, summed before they are written: a common surname is one row, not hundreds.
pub(super) type Counts = HashMap<(&'static str, String), i64>;

/// Index rows of people who have none yet, gathered so that a whole register is a few statements.
pub(super) struct Rows {
    records: Many,
    keys: Many,
    tokens: Many,
    pub(super) counts: Counts,
}

impl Rows {
    pub(super) fn new() -> Self {
        Self {
            records: Many::of(sql("INSERT INTO match_record (person_id, record) VALUES ($1, $2)")),
            keys: Many::of(sql("INSERT INTO match_key (key, person_id) VALUES ($1, $2)")),
            tokens: Many::of(sql("INSERT INTO person_token (token, person_id) VALUES ($1, $2)")),
            counts: Counts::new(),
        }
    }

    /// Adds the index of a person who has none.
    pub(super) fn add(&mut self, id: PersonId, record: &Record) -> Result<()> {
        self.records.add(&[&id, &json(record)?]);
        let cleaned = linkage::clean(record);
        for key in linkage::blocking_keys(&cleaned) {
            self.keys.add(&[&key, &id]);
        }
        for token in tokens(record) {
            self.tokens.add(&[&token, &id]);
        }
        count(&cleaned, 1, &mut self.counts);
        Ok(())
    }

    pub(super) fn write<C: Capability>(self, w: &mut Writer<'_, C>) -> Result<()> {
        w.execute_many(&self.records)?;
        w.execute_many(&self.keys)?;
        w.execute_many(&self.tokens)?;
        write_counts(w, self.counts)
    }
}

/// Takes a person's index away; gives how many rows went.
pub(super) fn remove<C: Capability>(w: &mut Writer<'_, C>, id: PersonId, counts: &mut Counts) -> Result<u64> {
    let there = w.maybe(sql("SELECT record FROM match_record WHERE person_id = $1"), &[&id])?;
    let records = w.execute(sql("DELETE FROM match_record WHERE person_id = $1"), &[&id])?;
    // Counted no more by whoever took it away, and by nobody else in the same moment.
    if let Some(row) = there.filter(|_| records > 0) {
        let record: Record = serde_json::from_str(&row.get::<String>("record")?)
            .map_err(|e| store::Error::Migration(format!("a match record can't be read: {e}")))?;
        count(&linkage::clean(&record), -1, counts);
    }
    let keys = w.execute(sql("DELETE FROM match_key WHERE person_id = $1"), &[&id])?;
    let tokens = w.execute(sql("DELETE FROM person_token WHERE person_id = $1"), &[&id])?;
    Ok(records + keys + tokens)
}

/// Makes a person's index anew from everything kept of them and of records merged into them.
pub(super) fn renew<C: Capability>(w: &mut Writer<'_, C>, id: PersonId) -> Result<()> {
    let record = record_of(w, id)?;
    let mut rows = Rows::new();
    remove(w, id, &mut rows.counts)?;
    rows.add(id, &record)?;
    rows.write(w)
}

fn count(cleaned: &Cleaned, by: i64, counts: &mut Counts) {
    for term in linkage::terms(cleaned) {
        *counts.entry((term.kind.word(), term.value)).or_default() += by;
    }
}

/// Writes summed counts, in a fixed order: two servers that add people at once must not wait for each other's rows.
pub(super) fn write_counts<C: Capability>(w: &mut Writer<'_, C>, counts: Counts) -> Result<()> {
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, n)| *n != 0).collect();
    counts.sort();
    let mut rows = Many::of(sql(
        "INSERT INTO term_count (kind, value, n) VALUES ($1, $2, $3) ON CONFLICT (kind, value) DO UPDATE SET n = term_count.n + excluded.n",
    ));
    for ((kind, value), n) in &counts {
        rows.add(&[kind, value, n]);
    }
    w.execute_many(&rows)?;
    for ((kind, value), _) in counts.iter().filter(|(_, n)| *n < 0) {
        // A count that came back to nothing leaves no trace: a merge undone leaves the table as it was.
        w.execute(sql("DELETE FROM term_count WHERE kind = $1 AND value = $2 AND n = 0"), &[kind, value])?;
    }
    Ok(())
}

fn json(record: &Record) -> Result<String> {
    serde_json::to_string(record).map_err(|e| store::Error::Migration(format!("a match record: {e}")))
}

/// Present details first, then everything they were called, born on and lived at before, here or in merged records.
///
/// Numbers are those of the present version of each record alone: a number that somebody took out or put right was a mistake
/// and often another person's, so it is evidence no longer. A number that was taken out of the kept record while another was
/// merged into it is taken out of both.
fn record_of<C: Capability>(w: &mut Writer<'_, C>, id: PersonId) -> Result<Record> {
    let versions = w.query(
        sql("SELECT v.*, p.version AS present, m.at AS merged_at FROM person_version v JOIN person p ON p.id = v.person_id LEFT JOIN person_merge m ON m.merged = p.id AND m.kept = $1 AND m.undone_at IS NULL WHERE p.id = $1 OR p.merged_into = $1 ORDER BY CASE WHEN p.id = $1 THEN 0 ELSE 1 END, p.id, v.version DESC"),
        &[&id],
    )?;
    let mut record = Record::default();
    let mut given_up: Vec<(Timestamp, Vec<Number>)> = Vec::new();
    let mut replaced_at: Option<Timestamp> = None;
    for (n, row) in versions.iter().enumerate() {
        let details = Details::from_row(row)?;
        let present = row.get::<i64>("version")? == row.get::<i64>("present")?;
        if n == 0 {
            record = details.record();
        } else {
            add_older(&mut record, details.record());
        }
        if row.get::<PersonId>("person_id")? == id {
            given_up.extend(replaced_at.map(|at| (at, details.numbers())));
            replaced_at = Some(row.get("at")?);
        } else if present {
            let merged_at: Option<Timestamp> = row.get("merged_at")?;
            for number in details.numbers() {
                let given_up = given_up.iter().any(|(at, numbers)| {
                    merged_at.is_some_and(|merged_at| *at > merged_at)
                        && numbers.iter().any(|other| is_same(other, &number))
                });
                if !given_up {
                    add_number(&mut record, number);
                }
            }
        }
    }
    let aliases = w.query(
        sql("SELECT a.forename, a.middle_names, a.surname FROM person_alias a JOIN person p ON p.id = a.person_id WHERE p.id = $1 OR p.merged_into = $1 ORDER BY a.id"),
        &[&id],
    )?;
    for row in aliases {
        let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
        let alias =
            Name { forename: text("forename")?, middle: text("middle_names")?, surname: text("surname")? };
        if alias != record.name && !record.aliases.contains(&alias) {
            record.aliases.push(alias);
        }
    }
    Ok(record)
}

fn add_older(record: &mut Record, older: Record) {
    if older.name != record.name && !record.aliases.contains(&older.name) {
        record.aliases.push(older.name);
    }
    for born in older.births {
        if !record.births.contains(&born) {
            record.births.push(born);
        }
    }
    let blank = Address::default();
    for address in older.addresses {
        if address != blank && !record.addresses.contains(&address) {
            record.addresses.push(address);
        }
    }
}

/// Whether two numbers are one, however they are written.
fn is_same(a: &Number, b: &Number) -> bool {
    match (Identifier::read(a), Identifier::read(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

fn add_number(record: &mut Record, number: Number) {
    let (first, there) = match &number {
        Number::Pnc(_) => (&mut record.pnc, Number::Pnc as fn(String) -> Number),
        Number::Cro(_) => (&mut record.cro, Number::Cro as fn(String) -> Number),
        Number::Nhs(_) => (&mut record.nhs, Number::Nhs as fn(String) -> Number),
        Number::PrisonNumber(_) => (&mut record.prison_number, Number::PrisonNumber as fn(String) -> Number),
        Number::Crn(_) => (&mut record.crn, Number::Crn as fn(String) -> Number),
    };
    if first.is_empty() {
        number.text().clone_into(first);
    } else if !is_same(&there(first.clone()), &number)
        && !record.other_numbers.iter().any(|other| is_same(other, &number))
    {
        record.other_numbers.push(number);
    }
}

/// The shortest part from the middle or end of a number that finds a person.
const LEAST_FRAGMENT: usize = 4;

/// What search finds a person by: words of every name and their sounds, birth dates, identifiers and their endings,
/// postcode and outcode. Small letters without spaces; a sound begins with `~`.
fn tokens(record: &Record) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in std::iter::once(&record.name).chain(&record.aliases) {
        let whole = format!("{} {} {}", name.forename, name.middle, name.surname);
        // O'Brien is looked for as Brien too.
        let apart = whole.replace(['\'', '’'], " ");
        for word in words(&whole).into_iter().chain(words(&apart)) {
            out.insert(sound_token(&word));
            out.insert(word);
        }
    }
    for born in &record.births {
        if let Some(date) = linkage::read_date(born) {
            out.insert(date.to_string());
        }
    }
    for number in record.numbers() {
        let whole = plain(number);
        // A PNC's year stands before its serial, and people leave out the serial's zeros.
        let serial = number.split_once('/').map_or(whole.clone(), |(_, serial)| plain(serial));
        let serial = serial.trim_start_matches('0');
        for part in [whole.as_str(), serial] {
            // Found by its beginning, so each ending is kept: the last four figures are what is often at hand.
            let endings = (0..part.len().saturating_sub(LEAST_FRAGMENT - 1)).map(|from| &part[from..]);
            out.extend(endings.map(str::to_owned));
            out.insert(part.to_owned());
        }
    }
    for address in &record.addresses {
        let postcode = plain(&address.postcode);
        if !postcode.is_empty() {
            out.insert(postcode);
        }
    }
    out.retain(|token| token.len() > 1);
    out
}

/// The words of a name as search and recognition clean them.
pub(super) fn words(text: &str) -> Vec<String> {
    linkage::clean_words(text).to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// The token that sounds alike share.
pub(super) fn sound_token(word: &str) -> String {
    format!("~{:x}", linkage::text::sound(&word.to_uppercase()))
}

/// Letters and figures only, small.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
