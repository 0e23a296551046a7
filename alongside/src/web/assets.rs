//! Styles and script, built by `web/` and carried inside the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../web/dist/"]
struct Dist;

/// A short mark of the whole set: it stands in asset addresses, so browsers may keep them for good.
static MARK: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for name in Dist::iter() {
        if let Some(file) = Dist::get(&name) {
            hasher.update(&file.data);
        }
    }
    hasher.finalize().iter().take(6).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
});

/// The address of an asset.
#[must_use]
pub fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *MARK)
}

/// Serves one.
pub async fn asset(Path((_, name)): Path<(String, String)>) -> Response {
    let Some(file) = Dist::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        _ => "text/plain; charset=utf-8",
    };
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")],
        file.data.into_owned(),
    )
        .into_response()
}
