//! Is all well? One line a check, each with what to do when it is not.

use super::encrypt::at_rest_words;
use super::increment::standing;
use super::integrity::{Found, look};
use super::schedule::{is_due, last_failed, last_proven};
use crate::access::policy::ImportFiles;
use crate::access::{App, Permit, open_database, overdue_reviews, seal_check, unknown_role};
use crate::audit;
use crate::clock;
use crate::config::{Config, SecondFactor};
use crate::exchange::{Archive, on_shelves};
use crate::morning::Rules;
use crate::retention;
use crate::subject_access::overdue_requests;
use crate::triage;
use jiff::SignedDuration;
use serde::Serialize;
use std::path::Path;
use store::{Db, Migration, sql};

/// One check.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// All well.
    pub well: bool,
    /// What was found, and what to do.
    pub words: String,
}

fn check(name: &'static str, found: Result<String, String>) -> Check {
    match found {
        Ok(words) => Check { name, well: true, words },
        Err(words) => Check { name, well: false, words },
    }
}

/// Runs all checks. Nothing is changed.
#[must_use]
pub fn doctor(config: &Config, schema_steps: &[Migration]) -> Vec<Check> {
    let mut checks = vec![check(
        "marker rules",
        Rules::load(config.marker_rules.as_deref())
            .map(|r| format!("version {}", r.version))
            .map_err(|e| e.to_string()),
    )];
    checks.push(check(
        "triage rules",
        triage::Rules::load(config.triage_rules.as_deref())
            .map(|r| format!("version {}", r.version))
            .map_err(|e| e.to_string()),
    ));
    checks.push(check(
        "retention rules",
        retention::Rules::load(config.retention_rules.as_deref())
            .map(|r| format!("version {}", r.version))
            .map_err(|e| e.to_string()),
    ));
    let db = match open_database(config) {
        Ok(db) => db,
        Err(error) => {
            checks.push(check(
                "database",
                Err(format!("{error}. Check ALONGSIDE_DATABASE and that the server runs")),
            ));
            return checks;
        }
    };
    checks.push(check("database", database(&db)));
    checks.push(check("schema", schema(&db, schema_steps)));
    checks.push(check("integrity", integrity(&db)));
    checks.push(check("audit", audit_chain(&db)));
    checks.push(check("archive", archive(config, &db)));
    checks.push(check("at rest", at_rest_words(config)));
    if let Some(folder) = &config.watch.folder {
        checks.push(check("watched folder", watched(folder, config.watch.days)));
    }
    checks.push(check("backup", backups(config, &db)));
    checks.push(check("accounts", accounts(&db)));
    checks.push(check("glass reviews", glass_reviews(config, &db)));
    checks.push(check("subject access", subject_access(&db)));
    checks.push(check("second factors", second_factors(config, &db)));
    if let Some(app) = Some(App::new(db.clone(), config.clone())).filter(|app| app.provider().is_some()) {
        checks.push(check("single sign-on", single_sign_on(&app)));
    }
    if !config.secure() && !config.listen.ip().is_loopback() {
        checks.push(check("https", Err("the service listens beyond this machine without https: put it behind a proxy that has a certificate, and set ALONGSIDE_PUBLIC_URL to its https:// address".into())));
    }
    checks
}

fn database(db: &Db) -> Result<String, String> {
    if db.is_private() {
        Ok(format!("{:?} answers", db.engine()))
    } else {
        Err("PostgreSQL on another machine is spoken to in clear: take sslmode=disable out of ALONGSIDE_DATABASE".into())
    }
}

/// How many files lie beside the watched folder in clear. One that should have been deleted is a fault.
fn watched(folder: &Path, days: i64) -> Result<String, String> {
    let there = on_shelves(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let past = clock::now() - SignedDuration::from_hours(24 * (days + 1));
    let late = there.iter().filter(|(_, came)| *came <= past).count();
    let words = format!(
        "{} files that came lie in clear in taken and refused of {}, each for {days} days (ALONGSIDE_WATCH_DAYS)",
        there.len(),
        folder.display()
    );
    match late {
        0 => Ok(words),
        n => Err(format!(
            "{words}; {n} of them should be gone: is the service running, and may it delete them?"
        )),
    }
}

/// When the last proven backup was made. Where they come by the clock, one that is twice as old as it should be is a fault.
fn backups(config: &Config, db: &Db) -> Result<String, String> {
    if !config.database.starts_with("sqlite:") {
        return Ok("by PostgreSQL's own tools (docs/administrators/backup.md)".into());
    }
    let now = clock::now();
    let (last, failed) = db
        .read(|r| Ok((last_proven(r, now)?, last_failed(r, now)?)))
        .map_err(|e: store::Error| e.to_string())?;
    let words = last.map_or_else(
        || "none was ever proven".to_owned(),
        |at| format!("the last proven one was made on {}", clock::moment_words(at)),
    );
    match &config.backup.to {
        Some(_) if is_due(last, 2 * config.backup.hours, now) => Err(format!(
            "{words}, though one should be made every {} hours: look at /backups, and at the disk",
            config.backup.hours
        )),
        Some(_) => increments(config, &words).and_then(|words| match failed {
            Some((at, why)) => {
                Err(format!("{words}, but the backup of {} failed: {why}", clock::moment_words(at)))
            }
            None => Ok(words),
        }),
        None => Ok(format!("{words}; none is made by the clock (ALONGSIDE_BACKUP_TO)")),
    }
}

/// Up to when increments have kept everything. Three that did not come are a fault.
fn increments(config: &Config, words: &str) -> Result<String, String> {
    let minutes = config.backup.minutes;
    if minutes == 0 {
        return Ok(format!("{words}; no increments in between (ALONGSIDE_BACKUP_MINUTES)"));
    }
    let Some(standing) = standing(config) else {
        return Err(format!("{words}; no increments follow it: is the service running?"));
    };
    let words = format!("{words}; everything up to {} is kept", clock::moment_words(standing.at));
    match standing.failed {
        Some(why) => Err(format!("{words}, and the last increment failed: {why}")),
        None if standing.is_late(minutes, clock::now()) => Err(format!(
            "{words}, though increments should come every {minutes} minutes: is the service running?"
        )),
        None => Ok(words),
    }
}

fn schema(db: &Db, steps: &[Migration]) -> Result<String, String> {
    let state = db.migration_state(steps).map_err(|e| e.to_string())?;
    if state.pending.is_empty() {
        Ok(format!("up to date at step {}", state.applied.last().copied().unwrap_or(0)))
    } else {
        Err(format!("steps {:?} are not applied: run `alongside migrate`", state.pending))
    }
}

fn integrity(db: &Db) -> Result<String, String> {
    match look(db) {
        Found::Whole => Ok("the engine finds no damage".into()),
        Found::Damage(fault) => Err(format!("{fault}: stop the service and restore the last backup")),
        Found::NotKnown(why) => {
            Err(format!("not known, for the engine could not be asked ({why}): try again"))
        }
    }
}

fn audit_chain(db: &Db) -> Result<String, String> {
    let verified = db.read(audit::verify).map_err(|e: store::Error| e.to_string())?;
    match verified.fault {
        None => Ok(format!("{} events, chain holds, head {}", verified.events, verified.head)),
        Some(fault) => Err(format!("{fault}: tell the records guardian; compare with the last backup")),
    }
}

fn archive(config: &Config, db: &Db) -> Result<String, String> {
    let permit: Permit<ImportFiles> = Permit::operator(db, "doctor");
    let hashes: Vec<String> = permit
        .read_now(|r| {
            r.query(sql("SELECT hash FROM import WHERE raw_gone_at IS NULL ORDER BY received_at DESC"), &[])?
                .iter()
                .map(|row| row.get("hash"))
                .collect::<store::Result<_>>()
        })
        .map_err(|e| e.to_string())?;
    let kept = Archive::of(config).map_err(|e| e.to_string())?;
    let damaged: Vec<&String> = hashes.iter().filter(|hash| kept.fetch(hash).is_err()).collect();
    match damaged.first() {
        None => Ok(format!("{} files, all as received", hashes.len())),
        Some(first) => Err(format!(
            "{} of {} files are missing or damaged, the newest {first}: restore them from a backup",
            damaged.len(),
            hashes.len()
        )),
    }
}

fn glass_reviews(config: &Config, db: &Db) -> Result<String, String> {
    let hours = config.glass.review_hours;
    let overdue =
        db.read(|r| overdue_reviews(r, hours, clock::now())).map_err(|e: store::Error| e.to_string())?;
    if overdue == 0 {
        Ok(format!("none waits longer than {hours} hours"))
    } else {
        Err(format!("{overdue} wait longer than {hours} hours: ask the records guardian to review them"))
    }
}

fn subject_access(db: &Db) -> Result<String, String> {
    let overdue = db.read(|r| overdue_requests(r, clock::now())).map_err(|e: store::Error| e.to_string())?;
    match overdue {
        0 => Ok("no request is overdue".into()),
        1 => Err("one request should have been answered: see Subject access".into()),
        n => Err(format!("{n} requests should have been answered: see Subject access")),
    }
}

fn second_factors(config: &Config, db: &Db) -> Result<String, String> {
    if let Some(word) = unknown_role(config) {
        return Err(format!(
            "ALONGSIDE_SECOND_FACTOR names {word:?}, which is no role: write by-role, all, off, or role words with commas between them"
        ));
    }
    let opened = seal_check(&App::new(db.clone(), config.clone())).map_err(|e| e.to_string())?;
    let asked = match config.signing_in.second_factor {
        SecondFactor::Off => "nobody needs one: a demo, or behind another sign-in",
        _ => "asked for as set",
    };
    Ok(format!("{asked}; the key opens what it sealed ({opened} looked at)"))
}

/// Whether the provider answers, and whether somebody can administer without it.
fn single_sign_on(app: &App) -> Result<String, String> {
    let Some(provider) = app.provider() else { return Ok("none is set".into()) };
    provider
        .check()
        .map_err(|e| format!("{e}. Check ALONGSIDE_OIDC_ISSUER, and that this machine reaches it"))?;
    let administrators = app
        .db()
        .read(|r| {
            r.query(sql("SELECT DISTINCT a.email FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role = 'administrator'"), &[])?
                .iter()
                .map(|row| row.get::<String>("email"))
                .collect::<store::Result<Vec<_>>>()
        })
        .map_err(|e| e.to_string())?;
    if administrators.iter().any(|email| provider.settings().lets_in_here(email)) {
        Ok("the provider answers, and an administrator can sign in without it".into())
    } else {
        Err("no administrator can sign in on the day the provider is down: name one in ALONGSIDE_OIDC_ELSE"
            .into())
    }
}

fn accounts(db: &Db) -> Result<String, String> {
    let n: i64 = db
        .read(|r| r.one(sql("SELECT COUNT(DISTINCT a.id) AS n FROM account a JOIN access_grant g ON g.account_id = a.id WHERE a.disabled_at IS NULL AND g.ended_at IS NULL AND g.role = 'administrator'"), &[])?.get("n"))
        .map_err(|e: store::Error| e.to_string())?;
    if n > 0 {
        Ok(format!("{n} administrators can sign in"))
    } else {
        Err("nobody can administer the service: run `alongside user add NAME EMAIL --role administrator`"
            .into())
    }
}
