//! Evidence for those who ask a service how it looks after its records: files that say what was done and when. No person
//! whom the service sees stands in any of them; colleagues do.

use super::backup::{OperateError, at};
use super::doctor::doctor;
use super::schedule::runs;
use crate::access::policy::ManageAccounts;
use crate::access::{Permit, reviews_done};
use crate::audit::{Actor, Event, append, verify};
use crate::clock;
use crate::config::Config;
use crate::web::{PageError, csv_text};
use crate::workforce::access_list;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use store::{Db, Migration, Read, sql};

/// What was written.
#[derive(Debug, serde::Serialize)]
pub struct Evidence {
    /// Where.
    pub folder: PathBuf,
    /// The files, in the order of the summary.
    pub files: Vec<&'static str>,
}

/// Each file: its name, and what it answers.
const FILES: [(&str, &str); 7] = [
    ("checks.json", "what `alongside doctor` found"),
    ("access.csv", "everybody who can sign in, every role, since when, by whom, last sign-in, second factor"),
    ("access-reviews.csv", "when somebody looked through that list, and what they found"),
    ("backups.csv", "every backup that was tried, and whether it was proven by opening it"),
    (
        "glass.csv",
        "records opened outside one's projects: when, why by class, reviewed when and how; not whose",
    ),
    ("retention.csv", "what was taken away past its time: when, of which kind, how many, by whom, why"),
    ("audit.csv", "how many events the audit holds by what was done, and whether its chain holds"),
];

/// Writes the files into a new folder, with a summary. In the audit.
///
/// # Errors
/// When the folder is there already, or something can't be read or written.
pub fn write_evidence(
    config: &Config,
    db: &Db,
    steps: &[Migration],
    folder: &Path,
) -> Result<Evidence, OperateError> {
    std::fs::create_dir(folder).map_err(at(folder))?;
    let checks = doctor(config, steps);
    let well = checks.iter().filter(|check| check.well).count();
    let checks_json =
        serde_json::to_string_pretty(&checks).map_err(|e| OperateError::Unfit(e.to_string()))?;
    let inside = |error: PageError| OperateError::Unfit(error.to_string());
    let permit: Permit<ManageAccounts> = Permit::for_command_line(db);
    let access = permit.read_now(access_list).map_err(inside)?;
    let (reviews, backups, glass, retention, audit) = db
        .read(|r| Ok::<_, PageError>((reviews(r)?, backups(r)?, glass(r)?, retention(r)?, audit(r)?)))
        .map_err(inside)?;
    for ((name, _), text) in
        FILES.iter().zip([&checks_json, &access, &reviews, &backups, &glass, &retention, &audit])
    {
        put(&folder.join(name), text)?;
    }
    put(&folder.join("summary.md"), &summary(well, checks.len()))?;
    let by = Actor::named("command line");
    db.write(|w| append(w, &by, &[Event::new("evidence written", "service", "all")]))?;
    Ok(Evidence { folder: folder.to_owned(), files: FILES.iter().map(|(name, _)| *name).collect() })
}

fn put(file: &Path, text: &str) -> Result<(), OperateError> {
    std::fs::write(file, text).map_err(at(file))
}

fn summary(well: usize, of: usize) -> String {
    let mut text = format!(
        "# Evidence\n\nWritten by Alongside {} on {}. {well} of {of} checks are well. Nobody whom the service sees stands in these files; \
         colleagues do.\n\n| file | what it says |\n|---|---|\n",
        env!("CARGO_PKG_VERSION"),
        clock::moment_words(clock::now()),
    );
    for (name, says) in FILES {
        text.push_str(&format!("| {name} | {says} |\n"));
    }
    text.push_str("\nWhich question of DTAC or DSPT each of them helps to answer: docs/security/evidence.md of this version.\n");
    text
}

fn moment(at: Option<Timestamp>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
}

fn reviews(r: &mut Read<'_>) -> Result<String, PageError> {
    let rows: Vec<Vec<String>> = reviews_done(r)?
        .into_iter()
        .map(|done| vec![done.at.to_string(), done.by, done.accounts.to_string(), done.note, done.evidence])
        .collect();
    csv_text(&["when", "by", "accounts", "found", "SHA-256 of the list"], &rows)
}

fn backups(r: &mut Read<'_>) -> Result<String, PageError> {
    let rows: Vec<Vec<String>> = runs(r, i64::MAX)?
        .into_iter()
        .map(|run| {
            let proven = if run.proven { "yes" } else { "no" };
            vec![run.at.to_string(), proven.into(), run.seconds.to_string(), run.place, run.words]
        })
        .collect();
    csv_text(&["when", "proven", "seconds", "where", "words"], &rows)
}

fn glass(r: &mut Read<'_>) -> Result<String, PageError> {
    let rows: store::Result<Vec<Vec<String>>> = r
        .query(
            sql("SELECT g.opened_at, g.reason_class, g.reviewed_at, g.outcome, a.name FROM glass g JOIN account a ON a.id = g.account_id ORDER BY g.opened_at, g.id"),
            &[],
        )?
        .iter()
        .map(|row| {
            Ok(vec![
                row.get::<Timestamp>("opened_at")?.to_string(),
                row.get("name")?,
                row.get("reason_class")?,
                moment(row.get("reviewed_at")?),
                row.get::<Option<String>>("outcome")?.unwrap_or_default(),
            ])
        })
        .collect();
    csv_text(&["opened", "by", "why", "reviewed", "outcome"], &rows?)
}

fn retention(r: &mut Read<'_>) -> Result<String, PageError> {
    let rows: store::Result<Vec<Vec<String>>> = r
        .query(
            sql("SELECT at, kind, items, rows_gone, by_words, reason, rules_version FROM retention_run ORDER BY at, id"),
            &[],
        )?
        .iter()
        .map(|row| {
            Ok(vec![
                row.get::<Timestamp>("at")?.to_string(),
                row.get("kind")?,
                row.get::<i64>("items")?.to_string(),
                row.get::<i64>("rows_gone")?.to_string(),
                row.get("by_words")?,
                row.get("reason")?,
                row.get("rules_version")?,
            ])
        })
        .collect();
    csv_text(&["when", "kind", "records", "rows", "by", "reason", "rules"], &rows?)
}

fn audit(r: &mut Read<'_>) -> Result<String, PageError> {
    let verified = verify(r)?;
    let holds = verified.fault.map_or_else(|| "yes".to_owned(), |fault| format!("no: {fault}"));
    let mut rows: Vec<Vec<String>> = vec![
        vec!["the chain holds".into(), holds],
        vec!["its head".into(), verified.head],
        vec!["all events".into(), verified.events.to_string()],
    ];
    for row in r.query(
        sql("SELECT action, COUNT(*) AS n FROM audit_event GROUP BY action ORDER BY COUNT(*) DESC, action"),
        &[],
    )? {
        rows.push(vec![row.get("action")?, row.get::<i64>("n")?.to_string()]);
    }
    csv_text(&["what", "how many"], &rows)
}
