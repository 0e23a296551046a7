//! `alongside backup`, `restore`, `doctor`, `upgrade`, `evidence`, `migrate`, `audit`.

use super::{Failed, open, print_json, say};
use alongside::access::{self, open_database};
use alongside::config::Config;
use alongside::operate;
use alongside::service::MIGRATIONS;
use jiff::Timestamp;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

pub(super) fn backup(config: &Config, into: &Path, json: bool) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let run = operate::run(config, &db, into)?;
    if json {
        print_json(&serde_json::json!({ "place": run.place, "proven": run.proven, "words": run.words }))?;
    } else if run.proven {
        say(&format!("{}: {}; opened, checked and verified", run.place, run.words));
    }
    if run.proven {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("alongside: {}", run.words);
    Ok(ExitCode::from(1))
}

pub(super) fn restore(
    config: &Config,
    from: &Path,
    key: Option<&Path>,
    until: Option<Timestamp>,
    json: bool,
) -> Result<ExitCode, Failed> {
    let started = Instant::now();
    let restored = operate::restore(config, from, key, until)?;
    if json {
        print_json(&restored)?;
    } else {
        let holds = &restored.holds;
        say(&format!(
            "Restored as of {}, with {} increments, in {} s: {} people, {} archived files, {} audit events verified",
            holds.made_at,
            restored.increments,
            started.elapsed().as_secs(),
            holds.people,
            holds.archive_files,
            holds.audit_events
        ));
    }
    for hash in &restored.holds.raw_lost {
        eprintln!("alongside: the raw file {hash} is missing or damaged: look for it in an older backup");
    }
    // Said, and told by the exit code too: what was written after that increment is not there.
    if let Some(why) = &restored.not_used {
        eprintln!("alongside: {why}");
        return Ok(ExitCode::from(1));
    }
    Ok(if restored.holds.raw_lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

pub(super) fn encrypt(config: &Config, undo: bool, json: bool) -> Result<ExitCode, Failed> {
    let done = if undo { operate::decrypt(config)? } else { operate::encrypt(config)? };
    for why in &done.left {
        eprintln!("alongside: left as it was: {why}");
    }
    if json {
        print_json(&done)?;
    } else if undo {
        say(&format!("Database and {} raw files lie there in clear", done.files));
    } else {
        say(&format!(
            "Encrypted, with {} raw files. What lay there before may still be found on the disk, and older backups are as they were. Make a backup now, and keep the key elsewhere too: without it nothing opens again",
            done.files
        ));
        if !config.database.starts_with("sqlite:") {
            say(&format!(
                "{} goes into every backup, beside the archive: without it no raw file opens again (docs/administrators/backup.md)",
                access::at_rest_file(config).display()
            ));
        }
    }
    Ok(if done.left.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

pub(super) fn change_key(config: &Config, new: &Path, json: bool) -> Result<ExitCode, Failed> {
    let _alone = operate::whole(config)?;
    let sealed = operate::change_key(config, &open(config)?, new)?;
    if json {
        print_json(&serde_json::json!({ "second_factors": sealed, "key_file": new }))?;
    } else {
        say(&format!(
            "{sealed} second factors sealed anew. Let ALONGSIDE_KEY_FILE name {} now, and make a backup: those from before, and their increments, open with the former key, which is kept for as long as them",
            new.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn doctor(config: &Config, json: bool) -> Result<ExitCode, Failed> {
    let checks = operate::doctor(config, MIGRATIONS);
    let well = checks.iter().all(|c| c.well);
    if json {
        print_json(&serde_json::json!({ "well": well, "checks": checks }))?;
    } else {
        for check in &checks {
            say(&format!("{}  {}: {}", if check.well { "well " } else { "FAULT" }, check.name, check.words));
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

pub(super) fn upgrade(config: &Config, into: &Path, json: bool) -> Result<ExitCode, Failed> {
    let done = operate::upgrade(config, into, MIGRATIONS)?;
    if json {
        print_json(&done)?;
    } else if let Some(place) = &done.backup {
        say(&format!("{}: the state before, proven; tried on a copy first", place.display()));
        for step in MIGRATIONS.iter().filter(|m| done.steps.contains(&m.number)) {
            say(&format!("applied {} {}", step.number, step.name));
        }
    } else {
        say("The schema is up to date");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn evidence(config: &Config, into: &Path, json: bool) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let written = operate::write_evidence(config, &db, MIGRATIONS, into)?;
    if json {
        print_json(&written)?;
    } else {
        say(&format!("{}: summary.md, {}", written.folder.display(), written.files.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn migrate(config: &Config, dry_run: bool, json: bool) -> Result<ExitCode, Failed> {
    std::fs::create_dir_all(&config.data)?;
    let db = open_database(config)?;
    let state = db.migration_state(MIGRATIONS)?;
    let applied = if dry_run { Vec::new() } else { db.migrate(MIGRATIONS)? };
    if json {
        print_json(
            &serde_json::json!({ "before": state.applied, "pending": state.pending, "applied_now": applied }),
        )?;
    } else if state.pending.is_empty() {
        say("The schema is up to date");
    } else {
        for step in MIGRATIONS.iter().filter(|m| state.pending.contains(&m.number)) {
            say(&format!(
                "{} {} {}",
                if dry_run { "would apply" } else { "applied" },
                step.number,
                step.name
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn audit(config: &Config, json: bool) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let verified = db.read(alongside::audit::verify)?;
    let holds = verified.fault.is_none();
    if json {
        print_json(&verified)?;
    } else {
        match &verified.fault {
            None => say(&format!("{} events; the chain holds; head {}", verified.events, verified.head)),
            Some(fault) => say(&format!("The chain does not hold: {fault}")),
        }
    }
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
