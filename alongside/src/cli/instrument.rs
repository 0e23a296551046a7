use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum InstrumentCommand {
    /// List
    List,
}

pub(super) fn run(_: InstrumentCommand) -> ExitCode {
    ExitCode::SUCCESS
}
