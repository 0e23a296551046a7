use super::Failed;
use alongside::config::Config;
use std::process::ExitCode;

pub(super) fn run(_: &Config, _: usize, _: bool) -> Result<ExitCode, Failed> {
    Ok(ExitCode::SUCCESS)
}
