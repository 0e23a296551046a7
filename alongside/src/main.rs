//! The one program: `alongside serve`, and the commands around it.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
