//! `alongside board`.

use super::{Failed, open, print_json, say};
use alongside::access::Permit;
use alongside::access::policy::ViewBoard;
use alongside::clock;
use alongside::config::Config;
use alongside::morning::board;
use alongside::projects::court_for_operator;
use std::process::ExitCode;

pub(super) fn run(
    config: &Config,
    code: &str,
    date: Option<jiff::civil::Date>,
    json: bool,
) -> Result<ExitCode, Failed> {
    let rules = alongside::service::marker_rules(config)?;
    let db = open(config)?;
    let date = date.unwrap_or_else(|| clock::london_day(clock::now()));
    let permit: Permit<ViewBoard> = Permit::for_command_line(&db);
    let code = code.trim().to_uppercase();
    let found = permit.read_now(|r| {
        let Some(court) = court_for_operator(r, &code, date)? else { return Ok::<_, store::Error>(None) };
        board(r, &court, date, &rules).map(Some)
    })?;
    let Some(board) = found else {
        eprintln!(
            "alongside: nothing has come in for court {code} on {date}, and no project serves a court of that code"
        );
        return Ok(ExitCode::from(2));
    };
    if json {
        print_json(&board.json(&rules))?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!(
        "{}, {}: {} people (marker rules {})",
        board.court.name,
        clock::weekday_words(date),
        board.rows.len(),
        rules.version
    ));
    for row in &board.rows {
        let line = &row.line;
        say(&format!(
            "{:>3}. {} ({}), room {} {}, {}",
            row.place,
            line.name,
            line.about(),
            line.room.as_deref().unwrap_or("–"),
            line.starts.as_deref().unwrap_or(""),
            line.known().words()
        ));
        for marker in &row.markers {
            say(&format!(
                "       {:>5}  {}: {} [{}]",
                marker.weight, marker.label, marker.words, marker.source
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
