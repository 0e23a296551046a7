//! `alongside demo`: an invented service, filled through the same doors that users have.

mod assessing;
mod court;
mod days;
mod helping;
mod keeping;
mod page;
mod psychiatry;
mod reports;
mod screenings;
mod somebody;
mod warnings;
mod words;
mod work;

use super::{Failed, open, print_json, say};
use alongside::access::policy::{ImportFiles, ManageAccounts, ManageService, Recognise, ViewBoard};
use alongside::access::{Permit, Role, create_account};
use alongside::clock;
use alongside::config::Config;
use alongside::exchange::{Again, Archive, Outcome, read_import, receive};
use alongside::ids::{AccountId, ProjectId};
use alongside::morning::{Decision, board, confirm};
use alongside::people::{Details, NewPerson, register_many};
use alongside::projects::{
    NewProject, add_court, courts_in_scope, create_borough, create_project, grant, link_court,
};
use demo::lists::{Court, MOST_ROWS, NamedFile, morning};
use demo::people::{Errors, Mix, list, register};
use demo::service::{COLLEAGUES, COURTS, PROJECTS};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Db, sql};

/// Everything invented follows from this number.
const SEED: u64 = 20_131_101;
/// A third of a list is known, and a few are relatives or namesakes of people who are.
const MIX: Mix =
    Mix { known: 0.3, twins: 0.01, one_name: 0.01, siblings: 0.01, partners: 0.01, namesakes: 0.01 };

/// One demo sign-in.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SignIn {
    name: String,
    email: String,
    password: String,
    role: String,
    try_it: String,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Made {
    address: String,
    made_now: bool,
    people: i64,
    files_taken: usize,
    today: Date,
    sign_ins: Vec<SignIn>,
}

pub(super) fn run(config: &Config, people: usize, json: bool) -> Result<ExitCode, Failed> {
    let db = open(config)?;
    let sign_ins_file = config.data.join("demo-sign-ins.json");
    let there: i64 = db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM project"), &[])?.get("n"))?;
    if there > 0 && !sign_ins_file.exists() {
        eprintln!(
            "alongside: this data folder holds a service that is no demo. Name another folder with ALONGSIDE_DATA."
        );
        return Ok(ExitCode::from(2));
    }
    let made_now = there == 0;
    let sign_ins = if made_now {
        make(config, &db, people)?
    } else {
        serde_json::from_str(&std::fs::read_to_string(&sign_ins_file)?)?
    };
    let today = clock::london_day(clock::now());
    let mut files_taken = 0;
    if made_now {
        let before = court_day_before(today);
        files_taken += take_in(config, &db, before)?;
        confirm_some(config, &db, before)?;
    }
    files_taken += take_in(config, &db, today)?;
    if made_now {
        work::colleagues_at_work(&db, &sign_ins, court_day_before(today), today)?;
        help(&db, today)?;
        keeping::guardian(config, &db, today)?;
        // Written last: where it stands, the demo is whole.
        std::fs::write(&sign_ins_file, serde_json::to_string_pretty(&sign_ins)?)?;
    }
    let people: i64 = db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM person"), &[])?.get("n"))?;
    if json {
        print_json(&Made {
            address: config.public_url.clone(),
            made_now,
            people,
            files_taken,
            today,
            sign_ins,
        })?;
    } else {
        say(&format!(
            "Demo service in {}: {people} invented people, {files_taken} files of lists taken in",
            config.data.display()
        ));
        say(&format!("Address   {}", config.public_url));
        for s in &sign_ins {
            say(&format!("Sign in   {:<22} {:<20} {} ({})", s.email, s.password, s.role, s.try_it));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The directory, and people on their way to help, at each court.
fn help(db: &Db, today: Date) -> Result<(), Failed> {
    helping::directory(db)?;
    let service: Permit<ManageService> = Permit::for_command_line(db);
    let projects: HashMap<String, ProjectId> = service
        .read_now(alongside::projects::project_names)?
        .into_iter()
        .map(|(id, name)| (name, id))
        .collect();
    for (n, p) in PROJECTS.iter().filter(|p| p.kind == "court").enumerate() {
        let (Some(project), Some(court)) = (projects.get(p.name), p.courts.first()) else { continue };
        let by = COLLEAGUES
            .iter()
            .find(|c| c.role == "practitioner" && c.projects.contains(&p.name))
            .map_or("A colleague", |c| c.name);
        helping::year_of_referrals(db, *project, i64::try_from(n).unwrap_or(0), by)?;
        helping::referred_today(db, *project, court, today, n)?;
        helping::contacts(db, *project, by)?;
    }
    days::rota(db, &projects, today)?;
    if let (Some(project), Some(first)) = (projects.get("Thames court liaison"), COLLEAGUES.first()) {
        days::tasks_and_diary(db, *project, (first.name, first.email), today)?;
    }
    Ok(())
}

/// The court day before: Friday for a Monday.
fn court_day_before(day: Date) -> Date {
    let mut before = day.checked_sub(1.day()).unwrap_or(day);
    while matches!(before.weekday(), Weekday::Saturday | Weekday::Sunday) {
        before = before.checked_sub(1.day()).unwrap_or(before);
    }
    before
}

/// Sets up projects, courts, colleagues and the register.
fn make(config: &Config, db: &Db, people: usize) -> Result<Vec<SignIn>, Failed> {
    let service: Permit<ManageService> = Permit::for_command_line(db);
    let projects: HashMap<&str, ProjectId> = service.write_now(|w| {
        let mut ids = HashMap::new();
        for court in COURTS {
            add_court(w, court.code, court.name, Some(court.psa_code))?;
        }
        for p in PROJECTS {
            let id = create_project(
                w,
                &NewProject {
                    name: p.name.into(),
                    kind: p.kind.into(),
                    women_as_standard: p.women_as_standard,
                },
            )?;
            for borough in p.boroughs {
                create_borough(w, id, borough)?;
            }
            for code in p.courts {
                link_court(w, id, code)?;
            }
            ids.insert(p.name, id);
        }
        Ok::<_, store::Error>(ids)
    })?;
    let sign_ins = colleagues(db, &projects)?;
    fill_register(db, &projects, people)?;
    super::register::look_through(db)?;
    let settings = config.data.join("alongside.toml");
    if !settings.exists() {
        std::fs::write(
            settings,
            "# A demo: nobody has to set up a second factor. The sign-in page says so.\nsecond_factor = \"off\"\n",
        )?;
    }
    Ok(sign_ins)
}

fn colleagues(db: &Db, projects: &HashMap<&str, ProjectId>) -> Result<Vec<SignIn>, Failed> {
    let accounts: Permit<ManageAccounts> = Permit::for_command_line(db);
    let mut sign_ins = Vec::new();
    for c in COLLEAGUES {
        let password = alongside::access::random_password()?;
        let role =
            Role::from_key(c.role).ok_or_else(|| format!("the demo names an unknown role {}", c.role))?;
        accounts.write_now(|w| {
            let by = w.actor().clone();
            let id = create_account(&mut w.raw_for_operator(), &by, c.name, c.email, &password)
                .map_err(|e| store::Error::Migration(e.to_string()))?;
            let places: Vec<Option<ProjectId>> = if c.projects.is_empty() {
                vec![None]
            } else {
                c.projects.iter().map(|p| projects.get(p).copied()).collect()
            };
            for place in places {
                grant(w, AccountId::of(id), role, place)?;
            }
            Ok::<_, store::Error>(())
        })?;
        sign_ins.push(SignIn {
            name: c.name.into(),
            email: c.email.into(),
            password,
            role: c.role.into(),
            try_it: c.try_it.into(),
        });
    }
    Ok(sign_ins)
}

/// How many people are put on the register in one transaction.
const BATCH: usize = 2_000;

fn fill_register(db: &Db, projects: &HashMap<&str, ProjectId>, people: usize) -> Result<(), Failed> {
    let homes: Vec<ProjectId> =
        PROJECTS.iter().filter(|p| p.kind == "court").filter_map(|p| projects.get(p.name).copied()).collect();
    let permit: Permit<Recognise> = Permit::for_command_line(db);
    let bar = indicatif::ProgressBar::new(people as u64);
    let (mut batch, mut failure): (Vec<NewPerson>, Option<store::Error>) = (Vec::new(), None);
    let mut n = 0_usize;
    let write = |batch: &mut Vec<NewPerson>| {
        let result = permit.write_now(|w| register_many(w, batch).map(drop));
        bar.inc(batch.len() as u64);
        batch.clear();
        result
    };
    register(SEED, people as u64, |_, record| {
        n += 1;
        let Some(project) = homes.get(n % homes.len().max(1)) else { return };
        batch.push(NewPerson {
            details: Details::from_record(record),
            source: "invented for the demo".into(),
            project: *project,
        });
        if batch.len() == BATCH
            && let Err(error) = write(&mut batch)
        {
            failure.get_or_insert(error);
        }
    });
    write(&mut batch)?;
    bar.finish_and_clear();
    failure.map_or(Ok(()), |error| Err(error.into()))
}

/// The day's invented files for the nine courts.
fn files_of(db: &Db, day: Date) -> Result<Vec<NamedFile>, Failed> {
    let people: i64 = db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM person"), &[])?.get("n"))?;
    let households = register(SEED, u64::try_from(people)?, |_, _| {});
    let courts: Vec<Court> = COURTS
        .iter()
        .map(|c| Court { code: c.code.into(), ou_code: format!("{}00", c.code), name: c.name.into() })
        .collect();
    // Each day takes other rows of one long list, so that some people come back and most do not.
    let a_day = COURTS.len() * MOST_ROWS;
    let turn = usize::try_from(day.day_of_year().rem_euclid(10)).unwrap_or(0);
    let rows = list(SEED, households, a_day * (turn + 1), &MIX, &Errors::ORDINARY);
    let people: Vec<_> = rows.into_iter().skip(a_day * turn).map(|row| row.written).collect();
    Ok(morning(SEED, day, &courts, &people))
}

fn take_in(config: &Config, db: &Db, day: Date) -> Result<usize, Failed> {
    let permit: Permit<ImportFiles> = Permit::for_command_line(db);
    let mut taken = 0;
    let folder: PathBuf = config.data.join("demo-files").join(day.to_string());
    std::fs::create_dir_all(&folder)?;
    for file in files_of(db, day)? {
        // Kept beside the service too: something to send in by hand.
        std::fs::write(folder.join(&file.name), &file.bytes)?;
        let received = receive(&permit, &Archive::of(config)?, &file.name, &file.bytes, "demo")?;
        let reading = read_import(&permit, &Archive::of(config)?, received.id, Again::No)?;
        match reading {
            Some(r) if r.outcome == Outcome::Refused => {
                return Err(format!(
                    "the demo's own file {} was refused: {}",
                    file.name,
                    r.refusal.unwrap_or_default()
                )
                .into());
            }
            Some(r) => taken += usize::from(r.outcome == Outcome::Taken),
            None => {}
        }
    }
    Ok(taken)
}

/// On the day before, colleagues confirmed most people whom recognition was almost certain of.
fn confirm_some(config: &Config, db: &Db, day: Date) -> Result<(), Failed> {
    let rules = alongside::service::marker_rules(config)?;
    let view: Permit<ViewBoard> = Permit::for_command_line(db);
    let decide: Permit<Recognise> = Permit::for_command_line(db);
    let lines = view.read_now(|r| {
        let mut lines = Vec::new();
        for court in courts_in_scope(r)? {
            for row in board(r, &court, day, &rules)?.rows {
                if row.line.recognition.certain && row.line.recognition.linked.is_none() {
                    lines.push(row.line.id);
                }
            }
        }
        Ok::<_, store::Error>(lines)
    })?;
    for (n, line) in lines.into_iter().enumerate() {
        if n % 5 < 4 {
            decide.write_now(|w| confirm(w, line, Decision::Same, "Known from earlier contact"))?;
        }
    }
    Ok(())
}
