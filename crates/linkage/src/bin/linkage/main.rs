//! `linkage`: is this person on the list someone we know? Matches a list against a register, both CSV.
#![deny(missing_docs)]

mod dedupe;
mod evaluate;
mod explain;
mod inputs;
mod matching;
mod stats;
mod train;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Is this person on the list someone we know?
///
/// Registers and lists are CSV files whose header names the columns (any may be absent, others are passed over):
/// rec_id or list_id, forename, middle, surname, alias_forename, alias_surname, dob, sex, house, street, town, postcode,
/// pnc, cro, nhs, prison_number, crn, master_defendant_id.
///
/// Exit codes: 0 done, 1 a file can't be read, written or used, 2 wrong arguments.
#[derive(Debug, Parser)]
#[command(version, about, long_about, verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find each row of a list in a register: up to five candidates a row, best first
    Match(matching::Args),
    /// Learn weights from a register and a list, with or without the truth
    Train(train::Args),
    /// Show why a row and a person weigh what they weigh
    Explain(explain::Args),
    /// Measure against the truth: precision, recall, bands, sexes and heritages of names
    Evaluate(evaluate::Args),
    /// Find the pairs within one file that are one person
    Dedupe(dedupe::Args),
    /// Build an index file of a register, which match opens in no time
    Index(matching::IndexArgs),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Match(args) => matching::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Dedupe(args) => dedupe::run(&args),
        Command::Index(args) => matching::build_index(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linkage: {error}");
            ExitCode::FAILURE
        }
    }
}
