//! The whole service: its schema, its routes, its start.

use crate::access::policy::ImportFiles;
use crate::access::{App, Declared, Permit, Routes};
use crate::config::Config;
use crate::morning::{Rules, RulesError};
use crate::{entrance, exchange, glass, morning, people, projects, web, workforce};
use axum::{Extension, Router};
use std::sync::Arc;
use store::{Db, Migration};

/// The schema, in order. The text lies in `schema/`.
pub const MIGRATIONS: [Migration; 6] = [
    Migration {
        number: 1,
        name: "access and audit",
        text: include_str!("../../schema/0001_access_and_audit.sql"),
    },
    Migration { number: 2, name: "people", text: include_str!("../../schema/0002_people.sql") },
    Migration { number: 3, name: "morning", text: include_str!("../../schema/0003_morning.sql") },
    Migration { number: 4, name: "recognition", text: include_str!("../../schema/0004_recognition.sql") },
    Migration { number: 10, name: "signing in", text: include_str!("../../schema/0010_signing_in.sql") },
    Migration { number: 11, name: "glass", text: include_str!("../../schema/0011_glass.sql") },
];

/// All routes of the service, and what each was declared as.
///
/// # Errors
/// When the marker rules can't be used.
pub fn routes(app: &App) -> Result<(Router, Vec<Declared>), RulesError> {
    let rules = Arc::new(Rules::load(app.config.marker_rules.as_deref())?);
    let routes = entrance::routes(Routes::new(app));
    let routes = projects::routes(routes);
    let routes = people::routes(routes);
    let routes = glass::routes(routes);
    let routes = morning::routes(routes);
    let routes = workforce::routes(routes);
    let routes = exchange::routes(routes);
    let (router, declared) = routes.finish();
    Ok((web::layers(router.layer(Extension(rules)), app.config.import_megabytes), declared))
}

/// Reads what a stopped server had received but not read.
///
/// # Errors
/// When the database fails; a file that can't be read is logged and waits for the next start.
pub fn finish_what_was_received(app: &App) -> store::Result<()> {
    let permit: Permit<ImportFiles> = Permit::operator(app.db(), "start of the service");
    let finished = exchange::finish_pending(&permit, &app.config.archive())?;
    if finished > 0 {
        tracing::info!(finished, "files received before the last stop were read now");
    }
    Ok(())
}

/// Watches the folder that is set, on a thread of its own.
pub fn start_watching(app: &App) {
    if let Some(folder) = app.config.watch.clone() {
        let permit: Permit<ImportFiles> = Permit::operator(app.db(), "watched folder");
        let archive = app.config.archive();
        std::thread::spawn(move || exchange::watch(&permit, &archive, &folder));
    }
}

/// Opens the database of a service and brings its schema up to date.
///
/// # Errors
/// When it can't be opened, or its schema is not ours.
pub fn open(config: &Config) -> store::Result<Db> {
    std::fs::create_dir_all(&config.data)
        .map_err(|error| store::Error::File { path: config.data.display().to_string(), error })?;
    let db = Db::open(&config.database)?;
    db.migrate(&MIGRATIONS)?;
    Ok(db)
}
