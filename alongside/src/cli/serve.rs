//! `alongside serve`.

use super::{Failed, listen, open, say};
use alongside::access::{App, unknown_role};
use alongside::config::Config;
use alongside::operate::{alone, watch_backups, watch_integrity};
use alongside::service::{
    finish_what_was_received, renew_match_records, routes, start_post, start_watching, watch_old_drafts,
};
use std::process::ExitCode;

pub(super) fn run(config: Config) -> Result<ExitCode, Failed> {
    let _alone = alone(&config)?;
    let db = open(&config)?;
    if let Some(word) = unknown_role(&config) {
        return Err(format!("ALONGSIDE_SECOND_FACTOR names {word:?}, which is no role: write by-role, all, off, or role words with commas between them").into());
    }
    let db_of_watch = db.clone();
    let app = App::new(db, config);
    watch_integrity(db_of_watch);
    renew_match_records(&app);
    finish_what_was_received(&app);
    start_watching(&app)?;
    watch_old_drafts(&app);
    watch_backups(&app);
    start_post(&app)?;
    let router = routes(&app)?.0;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(app.config.listen).await.map_err(|e| format!("can't listen on {}: {e}. Another program may hold the port; set ALONGSIDE_LISTEN to another one", app.config.listen))?;
        say(&format!("Alongside serves at {}", app.config.public_url));
        listen::serve(listener, router, stop()).await
    });
    // A file that is being read now is read at the next start.
    runtime.shutdown_background();
    served?;
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C, or the polite signal of whatever runs us.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminate {
            Ok(mut terminate) => tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} },
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
