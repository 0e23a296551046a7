//! The tables and columns that the migrations make, read out of their text; and what stands in them.
#![allow(dead_code, clippy::unwrap_used)]

use alongside::service::{HOLDINGS, MIGRATIONS};
use alongside::subject_access::LEFT_OUT;
use std::collections::BTreeMap;
use store::Value;
use store::testing::TestDb;
use uuid::Uuid;

/// Columns by table: name and type.
pub fn columns() -> BTreeMap<String, Vec<(String, String)>> {
    let mut out: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for migration in MIGRATIONS {
        let mut table = None;
        for line in migration.text.lines().map(str::trim) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["CREATE", "TABLE", name, ..] => {
                    out.insert((*name).to_owned(), Vec::new());
                    table = Some((*name).to_owned());
                }
                ["ALTER", "TABLE", name, "ADD", "COLUMN", column, kind, ..] => {
                    let kind = kind.trim_end_matches([',', ';']);
                    out.get_mut(*name).unwrap().push(((*column).to_owned(), kind.to_owned()));
                }
                [");"] => table = None,
                [column, kind, ..]
                    if table.is_some() && column.chars().all(|c| c.is_ascii_lowercase() || c == '_') =>
                {
                    let kind = kind.trim_end_matches(',');
                    out.get_mut(table.as_ref().unwrap())
                        .unwrap()
                        .push(((*column).to_owned(), kind.to_owned()));
                }
                _ => {}
            }
        }
    }
    out
}

/// Where any of these words stands, in small letters, in any text or bytes of any table: `table.column`.
pub fn where_stands(test: &TestDb, words: &[&str]) -> Vec<String> {
    let columns = columns();
    let mut found = Vec::new();
    for table in test.db.tables().unwrap() {
        let Some(of_table) = columns.get(&table) else { continue };
        let text: &'static str = Box::leak(format!("SELECT * FROM {table}").into_boxed_str());
        let rows = test.db.read(|r| r.query(store::sql(text), &[])).unwrap();
        for (column, kind) in of_table {
            let holds = |row: &store::Row| match kind.as_str() {
                "text" => row.get::<Option<String>>(column).unwrap().unwrap_or_default().to_lowercase(),
                "bytea" => {
                    let bytes = row.get::<Option<Vec<u8>>>(column).unwrap().unwrap_or_default();
                    String::from_utf8_lossy(&bytes).to_lowercase()
                }
                _ => String::new(),
            };
            if rows.iter().any(|row| words.iter().any(|word| holds(row).contains(&word.to_lowercase()))) {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found.sort();
    found
}

/// How many rows each table has.
pub fn counts(test: &TestDb) -> BTreeMap<String, i64> {
    test.db
        .tables()
        .unwrap()
        .into_iter()
        .map(|table| {
            let text: &'static str = Box::leak(format!("SELECT COUNT(*) AS n FROM {table}").into_boxed_str());
            let n = test.db.read(|r| r.one(store::sql(text), &[])?.get("n")).unwrap();
            (table, n)
        })
        .collect()
}

/// Tables that lead to one of these, by a reference of their own or over others.
pub fn leading_to(roots: &[&str]) -> std::collections::BTreeSet<String> {
    let mut references: Vec<(String, String)> = Vec::new();
    for migration in MIGRATIONS {
        let mut table = String::new();
        for line in migration.text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.split_whitespace().next().unwrap().to_owned();
            }
            for part in line.split("REFERENCES ").skip(1) {
                references.push((table.clone(), part.split_whitespace().next().unwrap().to_owned()));
            }
        }
    }
    let mut found: std::collections::BTreeSet<String> = roots.iter().map(|r| (*r).to_owned()).collect();
    loop {
        let more: Vec<String> = references
            .iter()
            .filter(|(from, to)| found.contains(to) && !found.contains(from))
            .map(|(from, _)| from.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Puts a row into every table about people that the seed left empty, with a word in every text, so that what is gathered and
/// what is taken away is tried on all of them.
pub fn fill_empty(test: &TestDb, person: Uuid, listing: Uuid, word: &str) {
    let told: Vec<&str> = HOLDINGS.iter().flat_map(|room| room.iter()).map(|h| h.table).collect();
    let left_out: Vec<&str> = LEFT_OUT.iter().map(|(table, _)| *table).collect();
    for (table, lines) in written() {
        let about = told.contains(&table.as_str()) || left_out.contains(&table.as_str());
        if !about || counts(test)[&table] > 0 {
            continue;
        }
        let (mut names, mut values): (Vec<String>, Vec<Value>) = (Vec::new(), Vec::new());
        for line in lines {
            let words: Vec<&str> = line.trim_end_matches(',').split_whitespace().collect();
            let (name, kind) = (words[0], words[1]);
            let value = match kind {
                "uuid" => Some(Value::Uuid(leads_to(test, &line, name, person, listing))),
                "text" if table == "draft" && name == "subject" => {
                    Some(Value::Text(format!("person {person}")))
                }
                "text" => Some(Value::Text(word.to_owned())),
                "bytea" => Some(Value::Bytes(word.as_bytes().to_vec())),
                _ if !line.contains("NOT NULL") && !line.contains("PRIMARY KEY") => None,
                "bigint" => Some(Value::Int(1)),
                "boolean" => Some(Value::Bool(false)),
                "double" => Some(Value::Float(1.0)),
                "date" => Some(Value::Date(jiff::civil::date(2026, 1, 2))),
                _ => Some(Value::Moment("2026-01-02T09:00:00Z".parse().unwrap())),
            };
            if let Some(value) = value {
                names.push(name.to_owned());
                values.push(value);
            }
        }
        let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
        let text = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places.join(", "));
        let text: &'static str = Box::leak(text.into_boxed_str());
        let params: Vec<&dyn store::ToValue> = values.iter().map(|v| v as &dyn store::ToValue).collect();
        test.db.write(|w| w.execute(store::sql(text), &params)).unwrap();
    }
}

/// The lines of columns of each table, in the order in which tables are made.
fn written() -> Vec<(String, Vec<String>)> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    let known = columns();
    for migration in MIGRATIONS {
        let mut inside = false;
        for line in migration.text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                out.push((rest.split_whitespace().next().unwrap().to_owned(), Vec::new()));
                inside = true;
            } else if line == ");" {
                inside = false;
            } else if inside {
                let (table, lines) = out.last_mut().unwrap();
                let name = line.split_whitespace().next().unwrap();
                if known[table.as_str()].iter().any(|(column, _)| column == name) {
                    lines.push(line.to_owned());
                }
            }
        }
    }
    out
}

/// An id that a column may hold: of the table it references, or of the one it is named after.
fn leads_to(test: &TestDb, line: &str, column: &str, person: Uuid, listing: Uuid) -> Uuid {
    let referenced = line.split("REFERENCES ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let table = referenced.unwrap_or(match column {
        "record_id" => "person",
        "about_id" | "subject_id" => "referral",
        other => other.strip_suffix("_id").unwrap_or(""),
    });
    match table {
        "person" => return person,
        "listing" => return listing,
        _ if !columns().contains_key(table) => return Uuid::now_v7(),
        _ => {}
    }
    let text: &'static str = Box::leak(format!("SELECT id FROM {table} LIMIT 1").into_boxed_str());
    test.db
        .read(|r| r.maybe(store::sql(text), &[]))
        .unwrap()
        .map_or_else(Uuid::now_v7, |row| row.get("id").unwrap())
}
