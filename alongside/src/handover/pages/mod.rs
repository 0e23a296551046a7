//! The pages of warnings.

mod close_page;
mod form_page;
mod handover_page;
mod list_page;
mod parts;
mod raise_page;
mod receipt_page;
mod receive_page;
mod warning_page;

use super::links::Limit;
use crate::access::Routes;
use crate::access::policy::{ApproveDisclosure, HandOver};
use axum::Extension;
use axum::routing::{get, post};
use std::sync::Arc;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let limit = Extension(Arc::new(Limit::default()));
    routes
        .get::<HandOver, _>("/warnings", list_page::show)
        .get::<HandOver, _>("/listings/{listing}/warnings/new", raise_page::on_line)
        .post::<HandOver, _>("/listings/{listing}/warnings/new", raise_page::send_on_line)
        .get::<HandOver, _>("/people/{person}/warnings/new", raise_page::on_person)
        .post::<HandOver, _>("/people/{person}/warnings/new", raise_page::send_on_person)
        .get::<HandOver, _>("/warnings/{warning}", warning_page::show)
        .get::<HandOver, _>("/warnings/{warning}/form", form_page::show)
        .get::<HandOver, _>("/warnings/{warning}/handover", handover_page::form)
        .post::<HandOver, _>("/warnings/{warning}/handover", handover_page::send)
        .get::<HandOver, _>("/warnings/{warning}/handovers/{handover}/received", receipt_page::form)
        .post::<HandOver, _>("/warnings/{warning}/handovers/{handover}/received", receipt_page::send)
        .post::<HandOver, _>("/warnings/{warning}/handovers/{handover}/link", receipt_page::make)
        .post::<HandOver, _>("/warnings/{warning}/handovers/{handover}/link/revoke", receipt_page::revoke)
        .get::<ApproveDisclosure, _>("/warnings/{warning}/close", close_page::form)
        .post::<ApproveDisclosure, _>("/warnings/{warning}/close", close_page::send)
        .open("GET", "/receive/{secret}", get(receive_page::show).layer(limit.clone()))
        .open("POST", "/receive/{secret}", post(receive_page::send).layer(limit))
}
