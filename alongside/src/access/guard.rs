//! The guard of every route: session, role, and the proof for the handler.

use super::account::Account;
use super::policy::{Capability, OwnAccount};
use super::second_factor::needs_second_factor;
use super::session;
use super::single_sign_on::Provider;
use crate::audit::{Event, append};
use crate::clock;
use crate::config::Config;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use store::{Db, Trouble};
use uuid::Uuid;

/// The running service: its settings, and its database, which only this room may touch.
#[derive(Debug, Clone)]
pub struct App {
    pub(in crate::access) db: Db,
    /// The settings.
    pub config: Arc<Config>,
    refusals: Arc<Mutex<Refusals>>,
    provider: Option<Arc<Provider>>,
}

impl App {
    /// A service over an open, migrated database.
    #[must_use]
    pub fn new(db: Db, config: Config) -> Self {
        let provider = config.signing_in.provider.clone();
        let provider = provider.map(|settings| Arc::new(Provider::new(settings, &config.public_url)));
        Self { db, config: Arc::new(config), refusals: Arc::default(), provider }
    }

    /// The provider of single sign-on, where one is set.
    #[must_use]
    pub fn provider(&self) -> Option<&Provider> {
        self.provider.as_deref()
    }

    /// How often this happened within the hour, with this time, to nobody in particular.
    pub(super) fn times_this_hour(&self, what: &'static str, now: Timestamp) -> u32 {
        self.refusals.lock().map_or(u32::MAX, |mut all| all.times(Uuid::nil(), what, now))
    }

    /// The database, for this crate's sign-in, command line and jobs; rooms get a permit instead.
    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    /// The session cookie's name. `__Host-` ties it to this very host, which browsers allow over https only.
    #[must_use]
    pub fn cookie_name(&self) -> &'static str {
        if self.config.secure() { "__Host-alongside" } else { "alongside" }
    }

    /// The session token a request carries.
    #[must_use]
    pub fn token_of(&self, headers: &HeaderMap) -> Option<String> {
        cookie_of(headers, self.cookie_name())
    }

    /// The cookie of the question for a second factor, between password and session.
    fn step_cookie_name(&self) -> &'static str {
        if self.config.secure() { "__Host-alongside-step" } else { "alongside-step" }
    }

    /// The token of that question, if the request carries one.
    #[must_use]
    pub fn step_token_of(&self, headers: &HeaderMap) -> Option<String> {
        cookie_of(headers, self.step_cookie_name())
    }

    /// The cookie that asks (or, with an empty token, no longer asks) for a second factor.
    #[must_use]
    pub fn step_cookie(&self, token: &str) -> String {
        self.cookie_named(self.step_cookie_name(), token, "; Max-Age=600")
    }

    /// The cookie of a question to the provider of single sign-on, between leaving and coming back.
    fn question_cookie_name(&self) -> &'static str {
        if self.config.secure() { "__Host-alongside-provider" } else { "alongside-provider" }
    }

    /// What was sealed into that cookie, if the request carries one.
    #[must_use]
    pub fn question_of(&self, headers: &HeaderMap) -> Option<String> {
        cookie_of(headers, self.question_cookie_name())
    }

    /// The cookie that keeps (or, with an empty text, no longer keeps) a question to the provider.
    #[must_use]
    pub fn question_cookie(&self, sealed: &str) -> String {
        self.cookie_named(self.question_cookie_name(), sealed, "; Max-Age=600")
    }

    fn cookie_named(&self, name: &str, token: &str, age: &str) -> String {
        let secure = if self.config.secure() { "; Secure" } else { "" };
        let age = if token.is_empty() { "; Max-Age=0" } else { age };
        format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
    }

    /// The cookie that starts (or, with an empty token, ends) a session.
    #[must_use]
    pub fn cookie(&self, token: &str) -> String {
        self.cookie_named(self.cookie_name(), token, "")
    }
}

fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v.to_owned())
}

/// What the guard found, put into the request for the handler's [`super::Permit`].
#[derive(Debug, Clone)]
pub struct Guarded {
    pub(super) db: Db,
    pub(super) account: Arc<Account>,
    pub(super) capability: &'static str,
}

/// Where a second factor is set up.
const SET_UP: &str = "/account/second-factor";

/// Marks an answer of the guard that a page should be drawn for.
#[derive(Debug, Clone, Copy)]
pub struct Refused;

/// The guard of routes that need `C`.
pub(super) async fn guard<C: Capability>(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(token) = app.token_of(request.headers()) else { return ask_to_sign_in(&request) };
    let now = clock::now();
    // Whoever presses “Stay signed in” means it, also within the minute in which a use is not noted again.
    let stays = request.method() == Method::POST && request.uri().path() == "/session";
    let found = {
        let (db, token, idle) = (app.db.clone(), token.clone(), app.config.session_idle_minutes);
        tokio::task::spawn_blocking(move || {
            let found = db.read(|r| session::account_of(r, &token, idle, now))?;
            if found.as_ref().is_some_and(|f| f.stale || stays) {
                match db.write(|w| session::touch(w, &token, now)) {
                    // Takes no changes: the page itself says so; the session is not what it fails on.
                    Ok(()) | Err(store::Error::Damaged(_)) => {}
                    Err(error) if error.trouble() == Trouble::TakesNoWrites => {}
                    Err(error) => return Err(error),
                }
            }
            Ok::<_, store::Error>(found)
        })
        .await
    };
    let found = match found {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => return failed(&error, error.trouble()),
        Err(error) => return failed(&error, Trouble::Other),
    };
    let Some(found) = found else { return ask_to_sign_in(&request) };
    // Whoever must have a second factor and proved none in this session gets to the pages where one is set up, and no other.
    if found.account.session.second_factor.is_none()
        && needs_second_factor(&app.config, &found.account.grants)
        && !(C::NAME == OwnAccount::NAME && request.uri().path().starts_with(SET_UP))
    {
        return Redirect::to(SET_UP).into_response();
    }
    if !found.account.may::<C>() {
        note_refusal(&app, &found.account, C::NAME).await;
        // What one may not see is not found.
        return (StatusCode::NOT_FOUND, axum::Extension(Refused), axum::response::Html(String::new()))
            .into_response();
    }
    request.extensions_mut().insert(Guarded {
        db: app.db.clone(),
        account: Arc::new(found.account),
        capability: C::NAME,
    });
    next.run(request).await
}

/// Refusals of one account by capability within the hour: enough to notice somebody who tries doors, too few to fill a disk.
#[derive(Debug, Default)]
struct Refusals(HashMap<(Uuid, &'static str), (Timestamp, u32)>);

/// How long a count lasts.
const AN_HOUR: SignedDuration = SignedDuration::from_hours(1);

impl Refusals {
    /// Counts one; the count when it is one to write down: the first, second, fourth, eighth of an hour, and so on.
    fn count(&mut self, account: Uuid, capability: &'static str, now: Timestamp) -> Option<u32> {
        Some(self.times(account, capability, now)).filter(|count| count.is_power_of_two())
    }

    /// Counts one; the count.
    fn times(&mut self, account: Uuid, capability: &'static str, now: Timestamp) -> u32 {
        self.0.retain(|_, (since, _)| *since + AN_HOUR > now);
        let (_, count) = self.0.entry((account, capability)).or_insert((now, 0));
        *count = count.saturating_add(1);
        *count
    }
}

/// Writes down that a page was refused for want of a role. What it would have shown is not named.
async fn note_refusal(app: &App, account: &Account, capability: &'static str) {
    let count = match app.refusals.lock() {
        Ok(mut all) => all.count(account.id, capability, clock::now()),
        Err(_) => None,
    };
    let Some(count) = count else { return };
    let (db, actor) = (app.db.clone(), account.actor());
    let event = Event::new("page refused", "capability", capability).with(format!("{count} within the hour"));
    let kept = tokio::task::spawn_blocking(move || db.write(|w| append(w, &actor, &[event]))).await;
    if let Ok(Err(error)) = kept {
        tracing::error!(%error, "a refusal could not be written down");
    }
}

/// A database that does not answer now will in a moment: whoever waits for it is told so, and not that something broke.
fn failed(error: &dyn std::error::Error, trouble: Trouble) -> Response {
    tracing::error!(%error, "the session could not be read");
    match trouble {
        Trouble::Unreachable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Trouble::TakesNoWrites | Trouble::Other => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// To the sign-in page and back to the same page after; for anything sent, a page that says what to do (401).
fn ask_to_sign_in(request: &Request) -> Response {
    if request.method() == Method::GET {
        // Only the path: it holds ids and dates, never names.
        let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
        let next: String = path.bytes().flat_map(escape).map(char::from).collect();
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    StatusCode::UNAUTHORIZED.into_response()
}

fn escape(byte: u8) -> Vec<u8> {
    if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
        vec![byte]
    } else {
        format!("%{byte:02X}").into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_refusals_are_few_rows_and_another_hour_counts_anew() {
        let (mut all, who, now) = (Refusals::default(), Uuid::now_v7(), clock::now());
        let written = (0..10_000).filter(|_| all.count(who, "ReadAudit", now).is_some()).count();
        assert_eq!(written, 14);
        assert_eq!(all.count(who, "ManageAccounts", now), Some(1));
        assert_eq!(all.count(Uuid::now_v7(), "ReadAudit", now), Some(1));
        assert_eq!(all.count(who, "ReadAudit", now + AN_HOUR), Some(1));
    }
}
