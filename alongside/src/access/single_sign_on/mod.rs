//! Single sign-on: somebody says who they are at a provider of OpenID Connect; what they may do is decided here. An identity
//! counts only when it is linked to an account, and a second factor is asked for here unless the settings trust the
//! provider's own.
//!
//! The question that an answer must fit (state, nonce, PKCE) is sealed into a cookie: it is bound to the browser that asked,
//! and nothing is kept of people who never come back. Of an answer its state is kept for a while, so that it counts once.

mod accepted;
mod identities;
mod metadata;
mod provider;

pub use identities::{IdentityLine, identities, unlink_identity};
pub(super) use identities::{account_of_identity, link_identity};
pub use provider::{Identity, Provider, ProviderError};

use self::identities::was_linked_before;
use self::provider::Bound;
use super::caller::Caller;
use super::guard::App;
use super::lockout::{self, Attempt, Standing};
use super::one_time_link::account_of_link;
use super::seal::{Seal, SealError};
use super::second_factor::factors;
use super::session::fingerprint;
use super::sign_in::{Known, by_email, by_id, let_in};
use super::step::{Door, ToLink, ask_second, link_now};
use crate::audit::{Actor, Event, append};
use crate::clock;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Write, sql};
use uuid::Uuid;

/// How long the provider may take with somebody.
const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// What the question is sealed for.
const SEALED_FOR: &str = "single sign-on";
/// Words by which a provider says that it is out of order (RFC 6749, 4.1.2.1): nobody's refusal.
const OUT_OF_ORDER: [&str; 2] = ["server_error", "temporarily_unavailable"];
/// Most identities without an account that the audit tells of in an hour: a provider may be open to the world.
const TOLD_AN_HOUR: u32 = 50;
/// The longest address of a page to come back to.
const LONGEST_PAGE: usize = 1_000;

/// Why single sign-on can't go on at all.
#[derive(Debug, thiserror::Error)]
pub enum SingleSignOnError {
    /// None is set.
    #[error("single sign-on is not set")]
    NotSet,
    /// The provider does not answer, or not as it should.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The key that seals.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What somebody is asked to say who they are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To link the identity to this account, whose owner is signed in.
    Link(Uuid),
    /// To take up an invitation: the secret of its one-time link.
    Invitation(String),
}

#[derive(Debug, Serialize, Deserialize)]
struct Question {
    bound: Bound,
    purpose: Purpose,
    next: String,
    asked_at: Timestamp,
}

/// What the provider sent back, by the browser.
#[derive(Debug, Default, Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
    iss: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// In: the token of the session, and where to go.
    In(String, String),
    /// A second factor is asked for: the token of that question, and where to go after.
    Step(String, String),
    /// The identity is linked to the account that asked.
    Linked,
    /// It belongs to another account.
    Taken,
    /// No account that may sign in goes with this identity: it was never linked, or the account is disabled.
    Unknown,
    /// The provider was told no, or says no.
    Denied,
    /// The answer fits no question of this browser, or came too late.
    Gone,
    /// What came is not accepted.
    Refused,
    /// Not weighed: too many tries. Until then.
    Held(Timestamp),
}

/// Begins: the provider's address to go to, and the cookie's content that the answer must come back with.
///
/// # Errors
/// When the provider does not answer.
pub fn begin_single_sign_on(
    app: &App,
    purpose: Purpose,
    next: &str,
) -> Result<(String, String), SingleSignOnError> {
    let (url, bound) = provider_of(app)?.ask()?;
    let next = if next.len() > LONGEST_PAGE { String::new() } else { next.to_owned() };
    let question = Question { bound, purpose, next, asked_at: clock::now() };
    let text = serde_json::to_vec(&question).map_err(|_| SealError::Sealed)?;
    Ok((url, Seal::of(&app.config)?.close(SEALED_FOR, &text)?))
}

fn provider_of(app: &App) -> Result<&Provider, SingleSignOnError> {
    app.provider().ok_or(SingleSignOnError::NotSet)
}

/// Ends: weighs what came back. `signed_in` is the account whose session the browser has.
///
/// # Errors
/// When the provider does not answer, or the database fails.
pub fn finish_single_sign_on(
    app: &App,
    caller: &Caller,
    cookie: Option<&str>,
    signed_in: Option<Uuid>,
    back: &Back,
) -> Result<Answer, SingleSignOnError> {
    let now = clock::now();
    let provider = provider_of(app)?;
    let seal = Seal::of(&app.config)?;
    let question = cookie
        .and_then(|sealed| seal.open(SEALED_FOR, sealed).ok())
        .and_then(|text| serde_json::from_slice::<Question>(&text).ok())
        .filter(|question| question.asked_at + ANSWERED_WITHIN > now)
        .filter(|question| question.bound.state == back.state);
    let Some(question) = question else { return Ok(Answer::Gone) };
    if back.iss.as_ref().is_some_and(|issuer| *issuer != provider.settings().issuer) {
        return Ok(Answer::Gone);
    }
    if !back.error.is_empty() || back.code.is_empty() {
        let word = known_word(&back.error);
        tracing::info!(error = word, "the provider of single sign-on said no");
        if OUT_OF_ORDER.contains(&word) {
            return Err(ProviderError::Unreachable(word.to_owned()).into());
        }
        return Ok(Answer::Denied);
    }
    let nobody = Attempt::nobody(&caller.network);
    let standing = app.db().write(|w| {
        if counts_already(w, &back.state, now)? {
            return Ok(None);
        }
        lockout::begin(w, &nobody, now).map(Some)
    })?;
    match standing {
        None => return Ok(Answer::Gone),
        Some(Standing::Held { until }) => return Ok(Answer::Held(until)),
        Some(Standing::Open { .. }) => {}
    }
    match provider.identity((&back.code, back.iss.as_deref()), &question.bound) {
        Ok(identity) => app.db().write(|w| {
            lockout::half_fitted(w, &nobody)?;
            weigh(app, w, caller, signed_in, question, &identity, now)
        }),
        Err(error @ ProviderError::Unreachable(_)) => {
            app.db().write(|w| lockout::half_fitted(w, &nobody))?;
            Err(error.into())
        }
        Err(error @ ProviderError::NotAccepted(_)) => {
            tracing::warn!(%error, "a single sign-on was refused");
            app.db().write(|w| lockout::refused(w, &nobody, "single sign-on", now))?;
            Ok(Answer::Refused)
        }
    }
}

/// Whether an answer with this state came before. From now on it did.
fn counts_already(w: &mut Write<'_>, state: &str, now: Timestamp) -> store::Result<bool> {
    // Longer than a question is open: none that is forgotten here can be answered again.
    w.execute(
        sql("DELETE FROM provider_answer WHERE at <= $1"),
        &[&(now - ANSWERED_WITHIN - ANSWERED_WITHIN)],
    )?;
    let kept = w.execute(
        sql("INSERT INTO provider_answer (state_hash, at) VALUES ($1, $2) ON CONFLICT (state_hash) DO NOTHING"),
        &[&fingerprint(state), &now],
    )?;
    Ok(kept == 0)
}

/// The error as a word that may stand in a log.
fn known_word(error: &str) -> &str {
    let plain = error.len() <= 60 && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if plain { error } else { "something else" }
}

fn weigh(
    app: &App,
    w: &mut Write<'_>,
    caller: &Caller,
    signed_in: Option<Uuid>,
    question: Question,
    identity: &Identity,
    now: Timestamp,
) -> Result<Answer, SingleSignOnError> {
    let settings = provider_of(app)?.settings();
    let to_link = |link_hash: Option<String>| ToLink {
        issuer: settings.issuer.clone(),
        subject: identity.subject.clone(),
        shown_as: identity.shown_as.clone(),
        link_hash,
    };
    let owner = account_of_identity(w, &settings.issuer, &identity.subject)?;
    match question.purpose {
        Purpose::Link(account) => {
            if signed_in != Some(account) {
                return Ok(Answer::Gone);
            }
            match (owner, by_id(w, account)?) {
                (Some(owner), _) if owner != account => Ok(Answer::Taken),
                (Some(_), _) => Ok(Answer::Linked),
                (None, Some(known)) => {
                    link_identity(w, &known.actor(), account, &to_link(None))?;
                    Ok(Answer::Linked)
                }
                (None, None) => Ok(Answer::Gone),
            }
        }
        Purpose::Invitation(secret) => {
            let hash = fingerprint(&secret);
            let Some((account, _)) = account_of_link(w, &hash, now)? else { return Ok(Answer::Gone) };
            if owner.is_some_and(|owner| owner != account) {
                return Ok(Answer::Taken);
            }
            match by_id(w, account)? {
                Some(known) => {
                    enter(app, w, (&known, Some(&to_link(Some(hash)))), caller, identity, question.next, now)
                }
                None => Ok(Answer::Unknown),
            }
        }
        Purpose::SignIn => {
            let found = match owner {
                Some(owner) => by_id(w, owner)?.filter(|known| !known.disabled).map(|known| (known, None)),
                None => first_time(app, w, identity)?.map(|known| (known, Some(to_link(None)))),
            };
            match found {
                Some((known, to_link)) => {
                    enter(app, w, (&known, to_link.as_ref()), caller, identity, question.next, now)
                }
                None => {
                    note_unknown(app, w, identity, now)?;
                    Ok(Answer::Unknown)
                }
            }
        }
    }
}

/// The account with the address that the provider has verified, where the settings say that this is enough. One that any
/// identity of this provider was ever linked to is not found: an address may have passed to somebody else, and what an
/// administrator took away must not come back by itself. Only plain addresses count: letters of other alphabets that fold
/// into ours would name somebody else's account.
fn first_time(app: &App, w: &mut Write<'_>, identity: &Identity) -> Result<Option<Known>, SingleSignOnError> {
    let settings = provider_of(app)?.settings();
    let email =
        identity.verified_email.as_deref().filter(|email| settings.by_verified_email && email.is_ascii());
    let Some(email) = email else { return Ok(None) };
    let Some(known) = by_email(w, email)?.filter(|known| !known.disabled) else { return Ok(None) };
    let before = was_linked_before(w, known.id, &settings.issuer)?;
    Ok(Some(known).filter(|_| !before))
}

/// Who came and has no account: for the administrator who is asked about it. Which of them, by a short mark only.
fn note_unknown(app: &App, w: &mut Write<'_>, identity: &Identity, now: Timestamp) -> store::Result<()> {
    let mark: String = fingerprint(&identity.subject).chars().take(12).collect();
    let earlier = w.one(
        sql("SELECT COUNT(*) AS n FROM audit_event WHERE subject_kind = 'identity' AND subject_id = $1"),
        &[&mark],
    )?;
    if earlier.get::<i64>("n")? > 0 || app.times_this_hour("identity without an account", now) > TOLD_AN_HOUR
    {
        return Ok(());
    }
    let nobody = Actor { account: None, words: "nobody signed in".into() };
    append(w, &nobody, &[Event::new("single sign-on without an account", "identity", mark)])
}

/// Lets somebody in whom the provider vouches for, and links their identity where it is not linked yet. A second factor of
/// the account itself is asked for unless the provider's is trusted; before an identity is linked it is asked for in any
/// case, and the identity waits: whoever has a one-time link, or an address, has not yet proven to be the owner.
fn enter(
    app: &App,
    w: &mut Write<'_>,
    (known, to_link): (&Known, Option<&ToLink>),
    caller: &Caller,
    identity: &Identity,
    next: String,
    now: Timestamp,
) -> Result<Answer, SingleSignOnError> {
    let attempt = known.attempt(caller);
    let refused = match lockout::begin(w, &attempt, now)? {
        Standing::Held { until } => return Ok(Answer::Held(until)),
        Standing::Open { refused_before } => refused_before,
    };
    let trusted = &provider_of(app)?.settings().factor_words;
    let proven_there = identity.factors.iter().any(|word| trusted.contains(word));
    if factors(w, known.id)?.any() && (to_link.is_some() || !proven_there) {
        lockout::half_fitted(w, &attempt)?;
        return Ok(Answer::Step(ask_second(w, known.id, Door::Provider, to_link, now)?, next));
    }
    if let Some(to_link) = to_link
        && !link_now(w, known, to_link, now)?
    {
        return Ok(Answer::Gone);
    }
    let how = (Door::Provider, proven_there.then_some("provider"));
    Ok(Answer::In(let_in(app, w, known, caller, how, refused)?, next))
}

/// Where somebody signs out of the provider itself; nothing when it offers no such place.
///
/// # Errors
/// When the provider does not answer.
pub fn sign_out_of_provider(app: &App) -> Result<Option<String>, SingleSignOnError> {
    Ok(provider_of(app)?.sign_out_there()?)
}
