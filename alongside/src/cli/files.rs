//! `alongside import` and `alongside replay`.

use super::{Failed, open, print_json, say};
use alongside::access::Permit;
use alongside::access::policy::ImportFiles;
use alongside::config::Config;
use alongside::exchange::{Again, Archive, Outcome, Reading, imports_to_replay, read_import, receive};
use alongside::morning::Taken;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Report {
    taken: usize,
    already: usize,
    refused: usize,
    counts: Taken,
    skips: Vec<FileSkip>,
    refusals: Vec<Refusal>,
    files: Vec<Reading>,
}

#[derive(Debug, Serialize)]
struct FileSkip {
    file: String,
    place: String,
    what: String,
    why: String,
}

#[derive(Debug, Serialize)]
struct Refusal {
    file: String,
    reason: String,
}

pub(super) fn import(config: &Config, files: &[PathBuf], json: bool) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let permit = Permit::for_command_line(&db);
    let mut readings = Vec::new();
    let bar = progress(files.len());
    for path in files {
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        match std::fs::read(path) {
            Err(error) => readings.push(Reading::refused(
                String::new(),
                name.clone(),
                &format!("{}: {error}", path.display()),
            )),
            Ok(bytes) if bytes.is_empty() => readings.push(Reading::refused(
                String::new(),
                name.clone(),
                "The file is empty: ask for it to be sent again.",
            )),
            Ok(bytes) if bytes.len() as u64 > config.import_megabytes * 1024 * 1024 => {
                readings.push(Reading::refused(String::new(), name.clone(), &format!("The file is larger than {} megabytes (ALONGSIDE_IMPORT_MEGABYTES): a court list never is; check what it holds.", config.import_megabytes)));
            }
            Ok(bytes) => {
                let received = receive(&permit, &Archive::of(config)?, &name, &bytes, "command line")?;
                readings.extend(read_import(&permit, &Archive::of(config)?, received.id, Again::No)?);
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    finish(readings, json)
}

pub(super) fn replay(
    config: &Config,
    import: Option<&str>,
    refused: bool,
    json: bool,
) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let permit: Permit<ImportFiles> = Permit::for_command_line(&db);
    let ids = match import {
        Some(id) => vec![
            id.parse()
                .map_err(|_| format!("{id:?} is no import's id: it stands in the address of its report"))?,
        ],
        None => imports_to_replay(&permit, refused)?,
    };
    let bar = progress(ids.len());
    let mut readings = Vec::new();
    for id in ids {
        match read_import(&permit, &Archive::of(config)?, id, Again::Yes)? {
            Some(reading) => readings.push(reading),
            None => {
                readings.push(Reading::refused(String::new(), id.to_string(), "There is no such import."))
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    finish(readings, json)
}

fn progress(n: usize) -> ProgressBar {
    if n < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(n as u64).with_style(style)
}

fn finish(readings: Vec<Reading>, json: bool) -> Result<ExitCode, Failed> {
    let count = |outcome: Outcome| readings.iter().filter(|r| r.outcome == outcome).count();
    let (taken, already, refused) = (count(Outcome::Taken), count(Outcome::Already), count(Outcome::Refused));
    if json {
        let mut counts = Taken::default();
        for reading in &readings {
            counts.add(&reading.counts);
        }
        let skips = readings
            .iter()
            .flat_map(|r| {
                r.skips.iter().map(|s| FileSkip {
                    file: r.file.clone(),
                    place: s.place.clone(),
                    what: s.what.clone(),
                    why: s.why.clone(),
                })
            })
            .collect();
        let refusals = readings
            .iter()
            .filter_map(|r| {
                r.refusal.as_ref().map(|reason| Refusal { file: r.file.clone(), reason: reason.clone() })
            })
            .collect();
        print_json(&Report { taken, already, refused, counts, skips, refusals, files: readings })?;
    } else {
        for r in &readings {
            print_one(r);
        }
    }
    Ok(match (taken + already, refused) {
        (_, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(2),
        _ => ExitCode::from(3),
    })
}

fn print_one(r: &Reading) {
    match (&r.outcome, &r.refusal) {
        (Outcome::Refused, why) => eprintln!("{}: refused. {}", r.file, why.as_deref().unwrap_or_default()),
        (Outcome::Already, _) => say(&format!("{}: taken before, nothing changed", r.file)),
        (Outcome::Taken, _) => {
            let c = &r.counts;
            say(&format!(
                "{}: {}. {} new, {} changed, {} the same, {} taken off; {} escort records; {} skipped",
                r.file,
                r.format.as_deref().unwrap_or_default(),
                c.listings_new,
                c.listings_changed,
                c.listings_same,
                c.listings_removed,
                c.escort_records_new + c.escort_records_changed + c.escort_records_same,
                r.skips.len()
            ));
            for skip in &r.skips {
                say(&format!("  {}: {} skipped: {}", skip.place, skip.what, skip.why));
            }
        }
    }
}
