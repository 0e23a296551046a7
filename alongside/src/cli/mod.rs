//! The command line. Exit codes: 0 done; 1 something failed here; 2 what was given can't be used; 3 some of several files were refused.

mod accounts;
mod board;
mod demo;
mod files;
mod instrument;
mod keeping;
mod listen;
mod register;
mod serve;

use alongside::config::Config;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use store::Db;

#[derive(Debug, Parser)]
#[command(
    name = "alongside",
    version,
    about = "Software that a forensic mental-health liaison service works in all day",
    long_about = "Alongside joins custody list, screening, same-day report, referral, follow-up and outcome.\n\nSettings come from the environment (ALONGSIDE_…) and from alongside.toml in the data folder; ALONGSIDE_DATA names the data folder, which is made when absent. Every setting: docs/administrators/configuration.md.\n\nExit codes: 0 done; 1 something failed here; 2 what was given can't be used; 3 some of several files were refused.",
    after_help = "Begin with:  alongside demo && alongside serve",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages
    #[command(
        long_about = "Brings the schema up to date, reads files that a stopped server had only archived, and serves until Ctrl-C. Listens on ALONGSIDE_LISTEN (default 127.0.0.1:8080)."
    )]
    Serve,
    /// Take in court lists, hearings and escort records
    #[command(
        long_about = "Keeps each file untouched in the archive, finds out what it is from its content, and takes it in. The same file twice changes nothing.\n\nExit codes: 0 all taken (now or before); 2 nothing could be used; 3 some files were refused.",
        after_help = "Example:  alongside import lists/*.xml escorts.json"
    )]
    Import {
        /// Files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Read archived files again with today's reader
    #[command(
        long_about = "Re-reads files from the archive, oldest first: after a newer program can read what an older one refused. Taking the same content again changes nothing."
    )]
    Replay {
        /// Only this import
        #[arg(long)]
        import: Option<String>,
        /// Only files that were refused
        #[arg(long)]
        refused: bool,
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the ranked board of a court and day
    #[command(after_help = "Example:  alongside board --court B01ND --date 2026-11-23 --json")]
    Board {
        /// The court's code: first five characters of its organisation unit code
        #[arg(long)]
        court: String,
        /// The day, YYYY-MM-DD (default: today in London)
        #[arg(long)]
        date: Option<jiff::civil::Date>,
        /// Print rows with markers, weights and reasons as JSON
        #[arg(long)]
        json: bool,
    },
    /// Fill an empty data folder with an invented service
    #[command(
        long_about = "Makes 20 projects, 18 boroughs, 9 magistrates' courts, invented people and accounts, and takes in today's invented lists through the same importers a user has. Run again on another day, it adds that day's lists; what is there stays."
    )]
    Demo {
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
        /// How many invented people the register holds
        #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
        people: u32,
    },
    /// Accounts: add, list, password, grant
    #[command(subcommand)]
    User(accounts::UserCommand),
    /// Tokens for programs that send files to the end-point
    #[command(subcommand)]
    Token(accounts::TokenCommand),
    /// Make a proven backup of database and archive
    #[command(
        long_about = "Copies a SQLite database while it is in use, and the archive, into a fresh folder below INTO; then opens the copy, checks it and verifies its audit chain. PostgreSQL: see docs/administrators/backup.md."
    )]
    Backup {
        /// Where backups go
        into: PathBuf,
        /// Print the manifest as JSON
        #[arg(long)]
        json: bool,
    },
    /// Put a backup into an empty data folder, and the increments beside it
    Restore {
        /// A folder or an encrypted file that `alongside backup` made
        from: PathBuf,
        /// The file with the private key of age, for an encrypted one
        #[arg(long)]
        key: Option<PathBuf>,
        /// Only what was kept until then, such as 2026-11-23T09:35:00Z (default: all)
        #[arg(long)]
        until: Option<jiff::Timestamp>,
        /// Print the manifest as JSON
        #[arg(long)]
        json: bool,
    },
    /// Encrypt the data folder: database and raw files
    #[command(
        long_about = "Writes the database (SQLite) and the raw files anew, encrypted; what comes later is encrypted as it comes. Stop the service first. The key is sealed in at-rest.key under the one that ALONGSIDE_KEY_FILE names: read docs/administrators/encryption.md about what that protects against, and keep that key elsewhere too."
    )]
    Encrypt {
        /// Take it back: everything lies there in clear again
        #[arg(long)]
        undo: bool,
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Seal everything under another key
    #[command(
        long_about = "Seals second factors and the key of an encrypted data folder under the key in another file, which is made there when absent. Stop the service first; afterwards let ALONGSIDE_KEY_FILE name the new file. Backups made before open with the former key."
    )]
    ChangeKey {
        /// The file with the other key
        new: PathBuf,
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check that all is well, and say what to do when it is not
    Doctor {
        /// Print the checks as JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring an older database up to this program: backup, trial on a copy, the steps, a look at the outcome, or back
    Upgrade {
        /// Where the backup goes
        into: PathBuf,
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write files that show how the service looks after its records: access, reviews, backups, the glass, the audit
    Evidence {
        /// A folder that is not there yet
        into: PathBuf,
        /// Print what was written as JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring the database's schema up to date
    Migrate {
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Look through the whole register for records that may be one person
    #[command(
        long_about = "Compares every record with the rest of the register and notes pairs that may be one person. They wait on the page Duplicates; nothing is merged. New and changed records are compared as they come: this is for registers that were loaded from elsewhere."
    )]
    Duplicates {
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
    /// Questionnaires: list, show, score
    #[command(subcommand)]
    Instrument(instrument::InstrumentCommand),
    /// Verify the audit chain
    Audit {
        /// Print the outcome as JSON
        #[arg(long)]
        json: bool,
    },
}

/// What a command failed with.
type Failed = Box<dyn std::error::Error>;

/// Runs the command the program was called with.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    if let Command::Instrument(command) = arguments.command {
        return instrument::run(command);
    }
    start_log();
    let config = match Config::load(|name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(error) => return unusable(&error),
    };
    // Whoever opens the data folder says so: what changes all of it waits for nobody, and nobody writes into what it replaces.
    let here = match arguments.command {
        Command::Serve
        | Command::Restore { .. }
        | Command::Encrypt { .. }
        | Command::ChangeKey { .. }
        | Command::Upgrade { .. } => Ok(None),
        _ => alongside::operate::among_others(&config).map(Some),
    };
    let _here = match here {
        Ok(here) => here,
        Err(error) => {
            eprintln!("alongside: {error}");
            return ExitCode::from(1);
        }
    };
    let done = match arguments.command {
        Command::Serve => serve::run(config),
        Command::Import { files, json } => files::import(&config, &files, json),
        Command::Replay { import, refused, json } => files::replay(&config, import.as_deref(), refused, json),
        Command::Board { court, date, json } => board::run(&config, &court, date, json),
        Command::Demo { json, people } => demo::run(&config, people as usize, json),
        Command::User(command) => accounts::user(&config, command),
        Command::Token(command) => accounts::token(&config, command),
        Command::Backup { into, json } => keeping::backup(&config, &into, json),
        Command::Restore { from, key, until, json } => {
            keeping::restore(&config, &from, key.as_deref(), until, json)
        }
        Command::Encrypt { undo, json } => keeping::encrypt(&config, undo, json),
        Command::ChangeKey { new, json } => keeping::change_key(&config, &new, json),
        Command::Doctor { json } => keeping::doctor(&config, json),
        Command::Upgrade { into, json } => keeping::upgrade(&config, &into, json),
        Command::Evidence { into, json } => keeping::evidence(&config, &into, json),
        Command::Migrate { dry_run, json } => keeping::migrate(&config, dry_run, json),
        Command::Audit { json } => keeping::audit(&config, json),
        Command::Duplicates { json } => register::duplicates(&config, json),
        Command::Instrument(_) => Ok(ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        eprintln!("alongside: {error}");
        ExitCode::from(1)
    })
}

fn unusable(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("alongside: {error}");
    ExitCode::from(2)
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ALONGSIDE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    // It repeats what stood in an address, which may be a name that somebody typed.
    let filter = match "axum::rejection=off".parse() {
        Ok(directive) => filter.add_directive(directive),
        Err(_) => filter,
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("ALONGSIDE_LOG_FORMAT").is_ok_and(|format| format.trim() == "json") {
        log.json().init();
    } else {
        log.init();
    }
}

/// The service's database, up to date.
fn open(config: &Config) -> Result<Db, Failed> {
    Ok(alongside::service::open(config)?)
}

/// Prints a value as JSON.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failed> {
    say(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Prints a line. Whoever reads us may stop early (`| head`): that is no failure.
fn say(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{}", text.trim_end_matches('\n')).is_err() {
        std::process::exit(0);
    }
}
