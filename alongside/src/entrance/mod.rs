//! The entrance: signing in and out, one's own account, help, health, and the audit for the records guardian.

mod account_page;
mod audit_page;
mod help;
mod sign_in_page;

use crate::access::Routes;
use crate::access::policy::{OwnAccount, ReadAudit};
use axum::routing::{get, post};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .open("GET", "/sign-in", get(sign_in_page::form))
        .open("POST", "/sign-in", post(sign_in_page::send))
        .open("POST", "/sign-out", post(sign_in_page::leave))
        .open("GET", "/help", get(help::page))
        .open("GET", "/health", get(help::health))
        .open("GET", "/assets/{mark}/{name}", get(crate::web::asset))
        .get::<OwnAccount, _>("/", account_page::home)
        .get::<OwnAccount, _>("/account", account_page::form)
        .post::<OwnAccount, _>("/account", account_page::send)
        .get::<ReadAudit, _>("/audit", audit_page::show)
        .post::<ReadAudit, _>("/audit/verify", audit_page::verify)
}
