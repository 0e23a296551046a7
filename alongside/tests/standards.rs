//! The page on ASVS claims tests and files as evidence, and counts. A claim without its evidence, or a wrong count, fails here.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const STATUSES: [&str; 4] = ["met", "partly", "not met", "not applicable"];
const CHAPTERS: usize = 17;
/// Level 1 and 2 of ASVS 5.0.
const ROWS: usize = 253;

struct Row {
    id: String,
    level: String,
    requirement: String,
    status: String,
    evidence: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_path(root().join("docs/security/asvs.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["id", "level", "requirement", "status", "evidence"]);
    let row = |record: csv::StringRecord| Row {
        id: record[0].to_owned(),
        level: record[1].to_owned(),
        requirement: record[2].to_owned(),
        status: record[3].to_owned(),
        evidence: record[4].to_owned(),
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn files(at: &Path, end: &str, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "local", ".git"].contains(&name.as_str()) {
                files(&path, end, into);
            }
        } else if name.ends_with(end) {
            into.push(path);
        }
    }
}

fn text(end: &str) -> String {
    let mut sources = Vec::new();
    files(&root(), end, &mut sources);
    sources.iter().map(|path| fs::read_to_string(path).unwrap() + "\n").collect()
}

/// Functions under a `#[test]`: a helper of the same name is no evidence.
fn tests(code: &str) -> BTreeSet<&str> {
    code.split("#[test]")
        .skip(1)
        .filter_map(|after| after.split_once("fn ")?.1.split(['(', '<']).next())
        .collect()
}

/// What stands in backticks.
fn named(evidence: &str) -> Vec<&str> {
    evidence.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_requirement_stands_once_with_a_status_and_a_short_text() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (ROWS, ROWS));
    for row in &rows {
        assert!(STATUSES.contains(&row.status.as_str()), "{}: {}", row.id, row.status);
        assert!(["1", "2"].contains(&row.level.as_str()), "{}: level {}", row.id, row.level);
        let words = row.requirement.split_whitespace().count();
        assert!((1..=12).contains(&words), "{}: {words} words", row.id);
        assert!(!row.evidence.trim().is_empty(), "{}: no evidence and no reason", row.id);
        assert_eq!(row.evidence.matches('`').count() % 2, 0, "{}: a backtick without its second", row.id);
        if row.status == "met" {
            assert!(!named(&row.evidence).is_empty(), "{} is said to be met and names nothing", row.id);
        }
        if row.status == "partly" {
            assert!(row.evidence.contains("missing:"), "{} does not say what is missing", row.id);
        }
    }
}

#[test]
fn every_test_journey_and_file_that_is_named_exists() {
    let (code, journeys) = (text(".rs"), text(".test.js"));
    let known = tests(&code);
    let mut missing = Vec::new();
    let mut seen = 0;
    for row in rows() {
        for name in named(&row.evidence) {
            seen += 1;
            let there = if name.contains(' ') {
                journeys.contains(&format!("test(\"{name}\""))
            } else if name.contains(['/', '.']) {
                root().join(name).is_file()
            } else {
                known.contains(name)
            };
            if !there {
                missing.push(format!("{}: {name}", row.id));
            }
        }
    }
    assert!(seen > 150, "only {seen} names found: has the way of writing them changed?");
    assert!(missing.is_empty(), "no such test or file:\n{}", missing.join("\n"));
}

#[test]
fn the_page_counts_right_and_lists_all_that_is_not_met() {
    let page = fs::read_to_string(root().join("docs/security/asvs.md")).unwrap();
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for row in rows() {
        let status = STATUSES.iter().position(|status| *status == row.status).unwrap();
        let chapter = row.id.split('.').next().unwrap().to_owned();
        for key in [chapter, format!("level {}", row.level), "all".to_owned()] {
            counts.entry(key).or_default()[status] += 1;
        }
        if row.status == "not met" {
            assert!(page.contains(&format!("| {} |", row.id)), "asvs.md does not list {}", row.id);
        }
    }
    let lines: Vec<Vec<&str>> =
        page.lines().map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect();
    for (key, [met, partly, not_met, not_applicable]) in &counts {
        let told = lines.iter().find(|cells| cells.len() == 7 && cells[0] == key);
        let figures: Vec<usize> = told
            .map(|cells| cells[2..].iter().map(|cell| cell.parse().unwrap()).collect())
            .unwrap_or_default();
        let sum = met + partly + not_met + not_applicable;
        assert_eq!(figures, [*met, *partly, *not_met, *not_applicable, sum], "the line of {key} in asvs.md");
    }
    assert_eq!(counts.len(), CHAPTERS + 3, "chapters, two levels, all");
    let listed = lines.iter().filter(|cells| cells.len() == 3 && cells[0].starts_with('V')).count();
    assert_eq!(listed, counts["all"][2], "asvs.md lists something that is no longer “not met”");
}

#[test]
fn the_rows_are_those_of_the_standard() {
    let list = root().join("../shared/standards/asvs-5.0.0.csv");
    if !list.is_file() {
        println!("NOT CHECKED against the standard: {} is not there", list.display());
        return;
    }
    let mut reader = csv::Reader::from_path(list).unwrap();
    let header = reader.headers().unwrap().clone();
    let column =
        |name: &str| header.iter().position(|cell| cell.trim_start_matches('\u{feff}') == name).unwrap();
    let (id, level) = (column("req_id"), column("L"));
    let standard: BTreeSet<(String, String)> = reader
        .records()
        .map(|record| record.unwrap())
        .filter(|record| ["1", "2"].contains(&&record[level]))
        .map(|record| (record[id].to_owned(), record[level].to_owned()))
        .collect();
    let ours: BTreeSet<(String, String)> = rows().into_iter().map(|row| (row.id, row.level)).collect();
    let (missing, extra): (Vec<_>, Vec<_>) =
        (standard.difference(&ours).collect(), ours.difference(&standard).collect());
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}; not of the standard {extra:?}");
}
