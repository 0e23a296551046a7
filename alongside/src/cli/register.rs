//! `alongside duplicates`.

use super::{Failed, open, print_json, say};
use alongside::access::Permit;
use alongside::access::policy::KeepRegister;
use alongside::config::Config;
use alongside::ids::PersonId;
use alongside::people::look_for;
use std::process::ExitCode;
use store::{Db, sql};

/// How many people are compared in one transaction.
const BATCH: usize = 500;

pub(super) fn duplicates(config: &Config, json: bool) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let (people, new) = look_through(&db)?;
    if json {
        print_json(&serde_json::json!({ "people": people, "new_pairs": new }))?;
    } else {
        say(&format!("{people} people compared; {new} new pairs wait on the page Duplicates"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Compares everybody with the rest; how many people, and how many new pairs.
pub(super) fn look_through(db: &Db) -> Result<(usize, usize), Failed> {
    let permit: Permit<KeepRegister> = Permit::for_command_line(db);
    let ids: Vec<PersonId> = permit.read_now(|r| {
        r.query(sql("SELECT id FROM person WHERE merged_into IS NULL ORDER BY id"), &[])?
            .iter()
            .map(|row| row.get("id"))
            .collect::<store::Result<_>>()
    })?;
    let bar = indicatif::ProgressBar::new(ids.len() as u64);
    let mut new = 0;
    for batch in ids.chunks(BATCH) {
        new += permit.write_now(|w| look_for(w, batch))?;
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    Ok((ids.len(), new))
}
