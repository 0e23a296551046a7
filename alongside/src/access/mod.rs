//! Who may do what, and the proof of it.
//!
//! A handler reaches data only through a [`Permit`], which the guard of its route made after checking session, role and
//! project. A permit lends a [`Reader`] or [`Writer`]; what they do is audited in the same unit of work. The whole policy is
//! one table in `policy.rs`.

mod account;
mod at_rest;
mod caller;
mod change_key;
mod glass;
mod grade;
mod guard;
mod limits;
mod lockout;
mod one_time_link;
mod passkey;
mod password;
mod permit;
pub mod policy;
mod review;
mod routes;
mod seal;
mod second_factor;
mod session;
mod sign_in;
mod single_sign_on;
mod step;
mod token;
mod totp;

pub use account::{
    Account, AccountError, Grant, accounts_with, change_own_password, create_account, find_account,
    invite_account, set_password,
};
pub use at_rest::{
    AT_REST_FILE, AtRest, at_rest_file, is_sealed_file, key_is_missing, open_database, open_still,
};
pub use caller::Caller;
pub use change_key::change_key;
pub use glass::{
    GlassUse, Opened, Outcome, ReasonClass, break_glass, close_glass, find_glass_use, glass_blocked,
    glass_uses, overdue_reviews, review_glass,
};
pub use grade::Grade;
pub use guard::{App, Guarded, Refused};
pub use limits::{LimitFor, SetLimit, set_limit, set_limits};
pub use lockout::{HELD_MINUTES, Refused as RefusedTries, lift, refused_tries};
pub use one_time_link::{
    LINK_HOURS, LinkOffers, LinkUse, choose_password, link_stands, make_link, waiting_link, withdraw_links,
};
pub use passkey::{PasskeyError, PasskeyLine, passkeys_possible};
pub use password::{SHORTEST, hash_password, random_password};
pub use permit::{Permit, Reader, Writer};
pub use policy::{Capability, Role};
pub use review::{ReviewDone, ReviewRow, evidence_of, keep_review, review_rows, reviews_done};
pub use routes::{Declared, Routes};
pub use seal::SealError;
pub use second_factor::{
    FactorError, Factors, Removed, begin_code_app, code_app_waiting, confirm_code_app, factors,
    finish_passkey, needs_second_factor, remove_factor, renew_recovery_codes, start_passkey, unknown_role,
};
pub use session::{
    Ending, Limits, Line as SessionLine, Session, account_signed_in, end_sessions, seconds_left, sessions,
    sign_out,
};
pub(crate) use session::{fingerprint, secret};
pub use sign_in::{
    SignIn, ToConfirm, answer_step, confirm_password, finish_passkey_sign_in, other_door, sign_in,
    start_passkey_sign_in, to_confirm,
};
pub use single_sign_on::{
    Answer as SingleSignOnAnswer, Back, Identity, IdentityLine, Provider, ProviderError, Purpose,
    SingleSignOnError, begin_single_sign_on, finish_single_sign_on, identities, sign_out_of_provider,
    unlink_identity,
};
pub use step::step_stands;
pub use token::{Rotated, Scope, TOKEN_DAYS, create_token, rotate_token, service_of_token};
pub use totp::{Enrolment, TotpError, seal_check};
