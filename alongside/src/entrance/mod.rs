//! The entrance: signing in and out, one's own account with second factors and sessions, help, health, the administrator's
//! look at the doors, and the audit for the records guardian.

mod account_page;
mod audit_page;
mod doors_page;
mod factors_page;
mod help;
mod identities_page;
mod link_page;
mod passkey_sign_in;
mod provider_page;
mod sessions_page;
mod sign_in_page;

use crate::access::Routes;
use crate::access::policy::{ManageAccounts, OwnAccount, ReadAudit};
use axum::routing::{get, post};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .open("GET", "/sign-in", get(sign_in_page::form))
        .open("POST", "/sign-in", post(sign_in_page::send))
        .open("GET", "/sign-in/code", get(sign_in_page::code_form))
        .open("POST", "/sign-in/code", post(sign_in_page::send_code))
        .open("POST", "/sign-in/passkey/start", post(passkey_sign_in::start))
        .open("POST", "/sign-in/passkey/finish", post(passkey_sign_in::finish))
        .open("GET", "/sign-in/provider", get(provider_page::start))
        .open("GET", "/sign-in/provider/back", get(provider_page::back))
        .open("GET", "/sign-in/provider/out", get(provider_page::out))
        .open("POST", "/sign-out", post(sign_in_page::leave))
        .open("GET", "/choose-password/{secret}", get(link_page::form))
        .open("POST", "/choose-password/{secret}", post(link_page::send))
        .open("POST", "/choose-password/{secret}/provider", post(provider_page::take_up))
        .open("GET", "/session/left", get(sessions_page::left))
        .open("GET", "/help", get(help::page))
        .open("GET", "/health", get(help::health))
        .open("GET", "/assets/{mark}/{name}", get(crate::web::asset));
    let routes = own_account(routes);
    routes
        .get::<ManageAccounts, _>("/sign-in-doors", doors_page::show)
        .post::<ManageAccounts, _>("/sign-in-doors/lift", doors_page::lift_hold)
        .post::<ManageAccounts, _>("/sign-in-doors/limits", doors_page::set)
        .get::<ReadAudit, _>("/audit", audit_page::show)
        .post::<ReadAudit, _>("/audit/verify", audit_page::verify)
}

fn own_account(routes: Routes) -> Routes {
    routes
        .get::<OwnAccount, _>("/", account_page::home)
        .get::<OwnAccount, _>("/account", account_page::form)
        .post::<OwnAccount, _>("/account", account_page::send)
        .post::<OwnAccount, _>("/account/identities", identities_page::link)
        .get::<OwnAccount, _>("/account/second-factor", factors_page::show)
        .post::<OwnAccount, _>("/account/second-factor", factors_page::change)
        .get::<OwnAccount, _>("/account/second-factor/code-app", factors_page::code_app)
        .post::<OwnAccount, _>("/account/second-factor/code-app", factors_page::confirm)
        .get::<OwnAccount, _>("/account/second-factor/code-app/picture", factors_page::picture)
        .post::<OwnAccount, _>("/account/second-factor/passkey/start", factors_page::start_making)
        .post::<OwnAccount, _>("/account/second-factor/passkey/finish", factors_page::finish_making)
        .get::<OwnAccount, _>("/account/sessions", sessions_page::list)
        .post::<OwnAccount, _>("/account/sessions/{session}/end", sessions_page::end_one)
        .post::<OwnAccount, _>("/account/sessions/end-all", sessions_page::end_all)
        .get::<OwnAccount, _>("/session", sessions_page::this_one)
        .post::<OwnAccount, _>("/session", sessions_page::stay)
}
