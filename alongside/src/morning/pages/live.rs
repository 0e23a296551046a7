//! Server-sent events: the board's version at once, and again whenever it changes.

use crate::access::Permit;
use crate::access::policy::ViewBoard;
use crate::clock;
use crate::morning::board::version;
use crate::projects::court_in_scope;
use crate::web::PageError;
use axum::extract::Path;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use jiff::civil::Date;
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::{Stream, StreamExt};

/// How often a listener's board is looked at. A look is one indexed row; several copies of the program on one database
/// all see the change this way.
const LOOK_EVERY: Duration = Duration::from_secs(3);

pub(super) async fn events(
    permit: Permit<ViewBoard>,
    Path((code, date)): Path<(String, Date)>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, PageError> {
    let known = code.clone();
    permit.read(move |r| court_in_scope(r, &known)).await?.ok_or(PageError::NotFound)?;
    let mut last = None;
    let ticks = tokio_stream::wrappers::IntervalStream::new(tokio::time::interval(LOOK_EVERY));
    let stream = ticks
        .then(move |_| {
            let (permit, code) = (permit.clone(), code.clone());
            async move { permit.read(move |r| version(r, &code, date)).await.ok() }
        })
        .filter_map(move |seen: Option<i64>| {
            let seen = seen?;
            if last == Some(seen) {
                return None;
            }
            last = Some(seen);
            let data =
                serde_json::json!({ "version": seen.to_string(), "at": clock::time_words(clock::now()) });
            Some(Ok(Event::default().event("version").data(data.to_string())))
        });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}
