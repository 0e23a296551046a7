//! Who may do what, and the proof of it.
//!
//! A handler reaches data only through a [`Permit`], which the guard of its route made after checking session, role and
//! project. A permit lends a [`Reader`] or [`Writer`]; what they do is audited in the same unit of work. The whole policy is
//! one table in `policy.rs`.

mod account;
mod guard;
mod password;
mod permit;
pub mod policy;
mod routes;
mod session;
mod token;

pub use account::{
    Account, AccountError, Grant, change_own_password, create_account, find_account, set_password,
};
pub use guard::{App, Guarded, Refused};
pub use password::{hash_password, random_password};
pub use permit::{Permit, Reader, Writer};
pub use policy::{Capability, Role};
pub use routes::{Declared, Routes};
pub(crate) use session::{fingerprint, secret};
pub use session::{sign_in, sign_out};
pub use token::{create_token, service_of_token};
