//! `alongside instrument list|show|score`: needs no service and no data folder.

use super::{print_json, say};
use clap::{Args, Subcommand};
use instruments::Library;
use instruments::report::{ScoreRequest, list, list_text, score_by_name, show_by_name};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum InstrumentCommand {
    /// List all questionnaires
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
        /// Folder with text packs or further instruments
        #[arg(long)]
        packs: Option<PathBuf>,
    },
    /// Show one: items, scoring, bands, licence, source
    Show {
        /// Name in any spelling: PHQ-9, phq9
        name: String,
        /// Variant
        #[arg(long)]
        variant: Option<String>,
        /// Print as JSON
        #[arg(long)]
        json: bool,
        /// Folder with text packs or further instruments
        #[arg(long)]
        packs: Option<PathBuf>,
    },
    /// Score answers
    #[command(
        after_help = "Example:  alongside instrument score PHQ-9 --answers \"1 2 0 3 . 1 0 0 2\" --json\n\nA dot is a missing answer, y and n are for yes-no items. The total is null where the published rule allows none. A score informs; a person decides."
    )]
    Score(ScoreArguments),
}

#[derive(Debug, Args)]
pub(super) struct ScoreArguments {
    /// Name in any spelling: PHQ-9, phq9
    name: String,
    /// Answers in the order of the form
    #[arg(long, allow_hyphen_values = true)]
    answers: String,
    /// Sex recorded, where a cut-off depends on it: f or m
    #[arg(long)]
    sex: Option<String>,
    /// Variant of the form
    #[arg(long)]
    variant: Option<String>,
    /// Country whose cut-offs count (default: as the form says)
    #[arg(long)]
    country: Option<String>,
    /// Language the form was given in
    #[arg(long)]
    language: Option<String>,
    /// How it was given: self, read-aloud, interpreter, easy-read
    #[arg(long)]
    mode: Option<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
    /// Folder with text packs or further instruments
    #[arg(long)]
    packs: Option<PathBuf>,
}

pub(super) fn run(command: InstrumentCommand) -> ExitCode {
    match answer(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("alongside: {error}");
            ExitCode::from(2)
        }
    }
}

fn library(packs: Option<PathBuf>) -> Result<Library, super::Failed> {
    let mut library = Library::builtin()?;
    if let Some(folder) = packs {
        library.add_directory(&folder)?;
    }
    Ok(library)
}

fn answer(command: InstrumentCommand) -> Result<(), super::Failed> {
    match command {
        InstrumentCommand::List { json, packs } => {
            let entries = list(&library(packs)?);
            if json { print_json(&entries)? } else { say(&list_text(&entries)) }
        }
        InstrumentCommand::Show { name, variant, json, packs } => {
            let report = show_by_name(&library(packs)?, &name, variant.as_deref())?;
            if json { print_json(&report)? } else { say(&report.text()) }
        }
        InstrumentCommand::Score(a) => {
            let request = ScoreRequest {
                name: a.name,
                answers: a.answers,
                sex: a.sex,
                variant: a.variant,
                country: a.country,
                language: a.language,
                mode: a.mode,
            };
            let report = score_by_name(&library(a.packs)?, &request)?;
            if a.json { print_json(&report)? } else { say(&report.text()) }
        }
    }
    Ok(())
}
