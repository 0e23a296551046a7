//! The tables and columns that the migrations make, read out of their text; and what stands in them.
#![allow(dead_code, clippy::unwrap_used)]

use alongside::service::MIGRATIONS;
use std::collections::BTreeMap;
use store::testing::TestDb;

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
                [column, kind, ..] if table.is_some() && column.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
                    let kind = kind.trim_end_matches(',');
                    out.get_mut(table.as_ref().unwrap()).unwrap().push(((*column).to_owned(), kind.to_owned()));
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
