//! `alongside user` and `alongside token`.

use super::{Failed, open, print_json, say};
use alongside::access::policy::ManageAccounts;
use alongside::access::{
    Permit, Removed, Role, SHORTEST, create_account, create_token, find_account, remove_factor, set_password,
};
use alongside::config::Config;
use alongside::ids::AccountId;
use alongside::projects::{accounts_for_operator, grant, project_by_name};
use clap::Subcommand;
use std::io::BufRead;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Make an account; its password is read from standard input
    #[command(
        after_help = "Example:  echo 'a long pass phrase' | alongside user add 'Ada Example' ada@example.org --role administrator\n\nRoles: practitioner, link-worker, manager, administrator, court-referrer, probation-officer, clinical-partner, commissioner, records-guardian."
    )]
    Add {
        /// Name colleagues see
        name: String,
        /// E-mail address to sign in with
        email: String,
        /// A role to give
        #[arg(long)]
        role: Option<String>,
        /// In one project (by name); without it in the whole service
        #[arg(long)]
        project: Option<String>,
    },
    /// Give an account a role
    Grant {
        /// E-mail address
        email: String,
        /// Role
        role: String,
        /// In one project (by name); without it in the whole service
        #[arg(long)]
        project: Option<String>,
    },
    /// Set a new password, read from standard input; sessions end
    Password {
        /// E-mail address
        email: String,
    },
    /// Take all second factors of an account away, for somebody who lost their device
    ForgetSecondFactor {
        /// E-mail address
        email: String,
    },
    /// List accounts and roles
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token for a program; it is printed once
    Add {
        /// What holds it: "list gateway"
        name: String,
    },
}

fn role(word: &str) -> Result<Role, Failed> {
    Role::from_key(word).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|r| r.key()).collect();
        format!("{word:?} is no role: write one of {}", known.join(", ")).into()
    })
}

fn password() -> Result<String, Failed> {
    let mut line = String::new();
    eprintln!("Password (at least {SHORTEST} characters), then Enter:");
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

pub(super) fn user(config: &Config, command: UserCommand) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let permit: Permit<ManageAccounts> = Permit::for_command_line(&db);
    match command {
        UserCommand::Add { name, email, role: word, project } => {
            let role = word.as_deref().map(role).transpose()?;
            let password = password()?;
            permit.write_now(|w| {
                let by = w.actor().clone();
                let id = create_account(&mut w.raw_for_operator(), &by, &name, &email, &password)?;
                if let Some(role) = role {
                    let project = project.as_deref().map(|name| project_by_name(w, name)).transpose()?;
                    grant(w, AccountId::of(id), role, project)?;
                }
                Ok::<_, UnitFailed>(())
            })?;
            say(&format!("{email} can sign in"));
        }
        UserCommand::Grant { email, role: word, project } => {
            let role = role(&word)?;
            permit.write_now(|w| {
                let id = find_account(w, &email)?
                    .ok_or_else(|| UnitFailed(format!("there is no account {email}")))?;
                let project = project.as_deref().map(|name| project_by_name(w, name)).transpose()?;
                grant(w, AccountId::of(id), role, project)?;
                Ok::<_, UnitFailed>(())
            })?;
            say(&format!("{email} is {word}"));
        }
        UserCommand::Password { email } => {
            let password = password()?;
            permit.write_now(|w| {
                let id = find_account(w, &email)?
                    .ok_or_else(|| UnitFailed(format!("there is no account {email}")))?;
                let by = w.actor().clone();
                set_password(&mut w.raw_for_operator(), &by, id, &password)?;
                Ok::<_, UnitFailed>(())
            })?;
            say(&format!("{email} has a new password; sessions ended"));
        }
        UserCommand::ForgetSecondFactor { email } => {
            permit.write_now(|w| {
                let id = find_account(w, &email)?
                    .ok_or_else(|| UnitFailed(format!("there is no account {email}")))?;
                let by = w.actor().clone();
                remove_factor(&mut w.raw_for_operator(), &by, id, Removed::All)?;
                Ok::<_, UnitFailed>(())
            })?;
            say(&format!("{email} has no second factor now"));
        }
        UserCommand::List { json } => {
            let accounts = permit.read_now(accounts_for_operator)?;
            if json {
                print_json(&accounts)?;
            } else {
                for account in accounts {
                    say(&format!(
                        "{}\t{}\t{}\t{}",
                        account.email,
                        account.name,
                        if account.disabled { "disabled" } else { "" },
                        account.roles.join("; ")
                    ));
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn token(config: &Config, command: TokenCommand) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let permit: Permit<ManageAccounts> = Permit::for_command_line(&db);
    let TokenCommand::Add { name } = command;
    let token = permit.write_now(|w| {
        let by = w.actor().clone();
        create_token(&mut w.raw_for_operator(), &by, &name)
    })?;
    say(&token);
    eprintln!(
        "Shown once. Send files with:  curl -H 'Authorization: Bearer TOKEN' -H 'X-File-Name: list.xml' --data-binary @list.xml {}/api/imports",
        config.public_url
    );
    Ok(ExitCode::SUCCESS)
}

/// A failure inside a unit of work, as words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct UnitFailed(pub(super) String);

impl From<store::Error> for UnitFailed {
    fn from(error: store::Error) -> Self {
        Self(error.to_string())
    }
}
impl From<alongside::access::AccountError> for UnitFailed {
    fn from(error: alongside::access::AccountError) -> Self {
        Self(error.to_string())
    }
}
