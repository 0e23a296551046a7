//! The whole service: its schema, its routes, its start.

use crate::access::policy::{ImportFiles, KeepRegister};
use crate::access::{App, Declared, Permit, Routes, open_database};
use crate::config::Config;
use crate::holdings::{Holding, Rooms};
use crate::morning::{Below, OnBoard, OnLine, Rules, RulesError};
use crate::people::{LinesOf, OnPerson, Sections};
use crate::{
    advice, assessment, clock, consent, directory, drafts, entrance, exchange, glass, handover, hearings,
    liaison, links, morning, operate, people, post, projects, referrals, referrals_in, reports, retention,
    rota, screening, subject_access, tasks, triage, web, workforce,
};
use axum::{Extension, Router};
use instruments::LoadErrors;
use std::sync::Arc;
use store::{Db, Migration};

/// The schema, in order. The text lies in `schema/`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "access and audit",
        text: include_str!("../../schema/0001_access_and_audit.sql"),
    },
    Migration { number: 2, name: "people", text: include_str!("../../schema/0002_people.sql") },
    Migration { number: 3, name: "morning", text: include_str!("../../schema/0003_morning.sql") },
    Migration { number: 4, name: "recognition", text: include_str!("../../schema/0004_recognition.sql") },
    Migration { number: 5, name: "drafts", text: include_str!("../../schema/0005_drafts.sql") },
    Migration { number: 6, name: "screening", text: include_str!("../../schema/0006_screening.sql") },
    Migration { number: 7, name: "assessment", text: include_str!("../../schema/0007_assessment.sql") },
    Migration {
        number: 8,
        name: "consent and handover",
        text: include_str!("../../schema/0008_consent_and_handover.sql"),
    },
    Migration { number: 9, name: "triage", text: include_str!("../../schema/0009_triage.sql") },
    Migration { number: 10, name: "signing in", text: include_str!("../../schema/0010_signing_in.sql") },
    Migration { number: 11, name: "glass", text: include_str!("../../schema/0011_glass.sql") },
    Migration { number: 12, name: "hearings", text: include_str!("../../schema/0012_hearings.sql") },
    Migration { number: 13, name: "reports", text: include_str!("../../schema/0013_reports.sql") },
    Migration {
        number: 16,
        name: "links and post",
        text: include_str!("../../schema/0016_links_and_post.sql"),
    },
    Migration { number: 15, name: "directory", text: include_str!("../../schema/0015_directory.sql") },
    Migration { number: 18, name: "advice", text: include_str!("../../schema/0018_advice.sql") },
    Migration { number: 17, name: "referrals", text: include_str!("../../schema/0017_referrals.sql") },
    Migration { number: 21, name: "referrals in", text: include_str!("../../schema/0021_referrals_in.sql") },
    Migration { number: 22, name: "tasks", text: include_str!("../../schema/0022_tasks.sql") },
    Migration { number: 23, name: "rota", text: include_str!("../../schema/0023_rota.sql") },
    Migration {
        number: 24,
        name: "files of referrals",
        text: include_str!("../../schema/0024_referral_files.sql"),
    },
    Migration {
        number: 25,
        name: "grades and requests",
        text: include_str!("../../schema/0025_grades_and_requests.sql"),
    },
    Migration { number: 26, name: "backups", text: include_str!("../../schema/0026_backups.sql") },
    Migration {
        number: 29,
        name: "single sign-on",
        text: include_str!("../../schema/0029_single_sign_on.sql"),
    },
    Migration {
        number: 30,
        name: "answers of single sign-on",
        text: include_str!("../../schema/0030_single_sign_on_answers.sql"),
    },
    Migration { number: 20, name: "liaison", text: include_str!("../../schema/0020_liaison.sql") },
    Migration { number: 27, name: "retention", text: include_str!("../../schema/0027_retention.sql") },
    Migration {
        number: 28,
        name: "subject access",
        text: include_str!("../../schema/0028_subject_access.sql"),
    },
    Migration {
        number: 31,
        name: "opinions before access",
        text: include_str!("../../schema/0031_access_opinion.sql"),
    },
    Migration {
        number: 32,
        name: "what hangs on lines, and sets of many",
        text: include_str!("../../schema/0032_retention_mends.sql"),
    },
    Migration {
        number: 34,
        name: "episodes that decisions opened",
        text: include_str!("../../schema/0034_episode_link.sql"),
    },
    Migration {
        number: 35,
        name: "numbers of a person",
        text: include_str!("../../schema/0035_numbers_of_a_person.sql"),
    },
    Migration {
        number: 36,
        name: "merged people apart",
        text: include_str!("../../schema/0036_merged_people.sql"),
    },
    Migration {
        number: 33,
        name: "pair decisions",
        text: include_str!("../../schema/0033_pair_decisions.sql"),
    },
];

/// What each room holds about a person, in the order in which it is told. A room that hangs on others comes after them.
pub const HOLDINGS: &[&[Holding]] = &[
    people::HOLDINGS,
    glass::HOLDINGS,
    morning::HOLDINGS,
    referrals_in::HOLDINGS,
    screening::HOLDINGS,
    assessment::HOLDINGS,
    triage::HOLDINGS,
    hearings::HOLDINGS,
    reports::HOLDINGS,
    referrals::HOLDINGS,
    liaison::HOLDINGS,
    handover::HOLDINGS,
    consent::HOLDINGS,
    advice::HOLDINGS,
    tasks::HOLDINGS,
    post::HOLDINGS,
    links::HOLDINGS,
    retention::HOLDINGS,
    subject_access::HOLDINGS,
];

/// What rooms say on the board of rooms above them, heaviest matter first.
const ON_BOARD: &[OnBoard] = &[
    referrals_in::on_board,
    handover::on_board,
    reports::on_board,
    screening::on_board,
    triage::on_board,
    hearings::on_board,
];
/// What they add to the page of a line.
const ON_LINE: &[OnLine] = &[
    referrals_in::on_line,
    handover::on_line,
    screening::on_line,
    assessment::on_line,
    triage::on_line,
    hearings::on_line,
    reports::on_line,
    referrals::on_line,
    advice::on_line,
    liaison::on_line,
];
/// What they add to a person's page, in the order it stands there.
const ON_PERSON: &[OnPerson] = &[
    referrals_in::on_person,
    handover::on_person,
    screening::on_person,
    assessment::on_person,
    triage::on_person,
    hearings::on_person,
    reports::on_person,
    referrals::on_person,
    advice::on_person,
    liaison::on_person,
    consent::on_person,
    morning::on_person,
    retention::on_person,
    subject_access::on_person,
];

/// The marker rules in force, with what rooms below the morning add to its pages.
///
/// # Errors
/// When the deployer's own rules can't be used.
pub fn marker_rules(config: &Config) -> Result<Rules, RulesError> {
    let mut rules = Rules::load(config.marker_rules.as_deref())?;
    rules.below = Below {
        above_board: &[referrals_in::above_board],
        on_board: ON_BOARD,
        on_line: ON_LINE,
        on_paper: Some(&screening::SHEET),
    };
    Ok(rules)
}

/// Something the deployer gave that can't be used; the words say what and where.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// What moves somebody up the board.
    #[error(transparent)]
    Markers(#[from] RulesError),
    /// What proposes a psychiatric assessment.
    #[error(transparent)]
    Triage(#[from] triage::RulesError),
    /// How long what is kept.
    #[error(transparent)]
    Retention(#[from] retention::RulesError),
    /// The types of report, or the words to look at.
    #[error(transparent)]
    Reports(#[from] reports::DeskError),
    /// Numbers that anybody may ring.
    #[error(transparent)]
    Advice(#[from] advice::LinesError),
    /// The keys of backups.
    #[error(transparent)]
    Backups(#[from] operate::OperateError),
    /// The mail server.
    #[error(transparent)]
    Post(#[from] post::OutgoingError),
    /// The questionnaires or their wording.
    #[error(transparent)]
    Instruments(#[from] LoadErrors),
}

/// All routes of the service, and what each was declared as.
///
/// # Errors
/// When the marker rules, the triage rules, the questionnaires or the types of report can't be used.
pub fn routes(app: &App) -> Result<(Router, Vec<Declared>), StartError> {
    let rules = Arc::new(marker_rules(&app.config)?);
    let triage_rules = Arc::new(triage::Rules::load(app.config.triage_rules.as_deref())?);
    let desk = Arc::new(assessment::Desk::load(&app.config)?);
    advice::lines(app.config.crisis_lines.as_deref())?;
    operate::recipients(&app.config.backup.keys)?;
    let reports_desk = Arc::new(reports::Desk::load(&app.config)?);
    let retention_rules = Arc::new(retention::Rules::load(app.config.retention_rules.as_deref())?);
    let routes = entrance::routes(drafts::routes(Routes::new(app)));
    let routes = rota::routes(projects::routes(routes));
    let routes = people::routes(routes);
    let routes = glass::routes(routes);
    let routes = morning::routes(routes);
    let routes = handover::routes(consent::routes(routes));
    let routes = triage::routes(assessment::routes(screening::routes(routes)));
    let routes = referrals_in::routes(routes);
    let routes = reports::routes(hearings::routes(routes));
    let routes = referrals::routes(directory::routes(post::routes(routes)));
    let routes = tasks::routes(advice::routes(liaison::routes(routes)));
    let routes = workforce::routes(routes);
    let routes = subject_access::routes(retention::routes(exchange::routes(routes)));
    let routes = operate::routes(routes);
    let (router, declared) = routes.finish();
    Ok((
        web::layers(
            router
                .layer(Extension(rules))
                .layer(Extension(triage_rules))
                .layer(Extension(desk))
                .layer(Extension(reports_desk))
                .layer(Extension(retention_rules))
                .layer(Extension(Rooms(HOLDINGS)))
                .layer(Extension(LinesOf(morning::lines_of)))
                .layer(Extension(Sections(ON_PERSON))),
            app.config.secure(),
        ),
        declared,
    ))
}

/// Reads what a stopped server had received but not read, and deletes the bytes of files that it had taken away.
///
/// # Errors
/// When the database fails; a file that can't be read is logged and waits for the next start.
pub fn finish_what_was_received(app: &App) {
    let permit: Permit<ImportFiles> = Permit::operator(app.db(), "start of the service");
    let (db, config, started) = (app.db().clone(), app.config.clone(), clock::now());
    std::thread::spawn(move || {
        let finished = exchange::Archive::of(&config)
            .map_err(exchange::ExchangeError::from)
            .and_then(|archive| Ok(exchange::finish_pending(&permit, &archive, started)?));
        match finished {
            Ok(0) => {}
            Ok(finished) => tracing::info!(finished, "files received before the last stop were read now"),
            Err(error) => {
                tracing::error!(%error, "files received before the last stop could not be read; tried again at the next start");
            }
        }
        if let Err(error) = exchange::clear_gone(&db, &config.archive()) {
            tracing::error!(%error, "files taken away under retention could not be deleted; tried again at the next start");
        }
    });
}

/// Makes match records anew that an upgrade left to be, before anybody is recognised.
pub fn renew_match_records(app: &App) {
    let permit: Permit<KeepRegister> = Permit::operator(app.db(), "start of the service");
    match people::renew_due(&permit) {
        Ok(0) => {}
        Ok(people) => tracing::info!(people, "match records were made anew after an upgrade"),
        Err(error) => {
            tracing::error!(%error, "match records could not be made anew after an upgrade; tried again at the next start");
        }
    }
}

/// Takes away what was typed more than thirty days ago, now and once a day, on a thread of its own.
pub fn watch_old_drafts(app: &App) {
    const A_DAY: std::time::Duration = std::time::Duration::from_hours(24);
    let db = app.db().clone();
    std::thread::spawn(move || {
        loop {
            if let Err(error) = empty_old_drafts(&db) {
                tracing::error!(%error, "drafts older than thirty days could not be emptied; tried again tomorrow");
            }
            std::thread::sleep(A_DAY);
        }
    });
}

/// Takes away what was typed more than thirty days ago; gives how many drafts that were.
///
/// # Errors
/// When the database refuses.
pub fn empty_old_drafts(db: &Db) -> store::Result<u64> {
    let asked_for = db.read(|r| subject_access::drafts_asked_for(r, Rooms(HOLDINGS)))?;
    db.write(|w| drafts::empty_old(w, clock::now(), &asked_for))
}

/// Sends what is in the post, on a thread of its own, where a mail server is set.
///
/// # Errors
/// When the settings of the mail server can't be used.
pub fn start_post(app: &App) -> Result<(), StartError> {
    if let Some(out) = post::Outgoing::of(&app.config)? {
        post::watch(app.db().clone(), out);
    }
    Ok(())
}

/// Watches the folder that is set, on a thread of its own.
///
/// # Errors
/// When the service is encrypted and its key does not open it.
pub fn start_watching(app: &App) -> std::io::Result<()> {
    if let Some(folder) = app.config.watch.folder.clone() {
        let permit: Permit<ImportFiles> = Permit::operator(app.db(), "watched folder");
        // Said at the start where it does not open; looked for again at each look.
        exchange::Archive::of(&app.config)?;
        let config = app.config.clone();
        std::thread::spawn(move || exchange::watch(&permit, &config, &folder));
    }
    Ok(())
}

/// Opens the database of a service and brings its schema up to date.
///
/// # Errors
/// When it can't be opened, or its schema is not ours.
pub fn open(config: &Config) -> store::Result<Db> {
    std::fs::create_dir_all(&config.data)
        .map_err(|error| store::Error::File { path: config.data.display().to_string(), error })?;
    let db = open_database(config)?;
    db.migrate(MIGRATIONS)?;
    Ok(db)
}
