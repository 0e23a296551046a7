//! Files in: by page, command line, watched folder and end-point. Raw bytes first, then reading, then a report.
//!
//! [`receive`] archives the bytes and acknowledges; [`read_import`] reads an import (for the first time or again) and
//! takes it in; [`finish_pending`] reads what a stopped server had only archived.

mod archive;
mod endpoint;
mod import;
mod imports_page;
mod report_page;
mod upload_page;
mod watch;

use crate::access::Routes;
use crate::access::policy::{DownloadOriginal, ImportFiles, ViewImports};
use axum::routing::post;

pub use archive::{Archive, hash_of};
pub use import::{
    Again, ExchangeError, Outcome, Reading, Received, clear_gone, finish_pending, imports_to_replay,
    read_import, receive,
};
pub use watch::{on_shelves, watch};

/// The pages and end-points of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewImports, _>("/imports", imports_page::show)
        .get::<ImportFiles, _>("/imports/new", upload_page::form)
        .upload::<ImportFiles, _>("/imports", upload_page::send)
        .get::<ViewImports, _>("/imports/{import}", report_page::show)
        .post::<ViewImports, _>("/imports/{import}/replay", report_page::replay)
        .get::<DownloadOriginal, _>("/imports/{import}/original", report_page::original)
        .open("POST", "/api/imports", post(endpoint::receive_file))
        .open("POST", "/api/imports/", post(endpoint::receive_file))
        .open("POST", "/api/imports/{*rest}", post(endpoint::receive_file))
}
