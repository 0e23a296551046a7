//! What recognition and search keep of a person: match record, keys, tokens, and their share in the term counts. Written in
//! the transaction that changes the person, so that the next look-up sees the change.

use super::details::Details;
use crate::access::{Capability, Writer};
use crate::ids::PersonId;
use linkage::{Address, Cleaned, Name, Record};
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
fn record_of<C: Capability>(w: &mut Writer<'_, C>, id: PersonId) -> Result<Record> {
    let versions = w.query(
        sql("SELECT v.* FROM person_version v JOIN person p ON p.id = v.person_id WHERE p.id = $1 OR p.merged_into = $1 ORDER BY CASE WHEN p.id = $1 THEN 0 ELSE 1 END, p.id, v.version DESC"),
        &[&id],
    )?;
    let mut record = Record::default();
    for (n, row) in versions.iter().enumerate() {
        let older = Details::from_row(row)?.record();
        if n == 0 {
            record = older;
        } else {
            add_older(&mut record, older);
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
    for (now, before) in [
        (&mut record.pnc, older.pnc),
        (&mut record.cro, older.cro),
        (&mut record.nhs, older.nhs),
        (&mut record.prison_number, older.prison_number),
        (&mut record.crn, older.crn),
    ] {
        if now.is_empty() {
            *now = before;
        }
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
    for number in [&record.pnc, &record.cro, &record.nhs, &record.prison_number, &record.crn] {
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
