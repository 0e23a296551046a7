//! What every answer carries, and what no request gets past.

use super::error::for_status;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Nothing inline, nothing from elsewhere; no text becomes elements but through `web/script/fragments.js`.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types alongside";

/// The largest form; routes that take files set their own limit, behind their guard.
const LARGEST_FORM: usize = 4 * 1024 * 1024;
/// A browser that came once over https comes over nothing else for two years.
const ONLY_HTTPS: &str = "max-age=63072000; includeSubDomains";

/// Puts the layers around all routes; `secure` says that the service is reached over https.
pub fn layers(router: Router, secure: bool) -> Router {
    router
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(from_fn(pages_for_bare_answers))
        .layer(from_fn(same_origin))
        .layer(from_fn(move |request, next| headers(request, next, secure)))
        .layer(CompressionLayer::new())
}

/// An answer that is only a status gets its page; programs that send files get plain words.
async fn pages_for_bare_answers(request: Request, next: Next) -> Response {
    let machine = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let has_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
            && response.extensions().get::<crate::access::Refused>().is_none();
    if machine || has_page {
        return response;
    }
    match for_status(response.status()) {
        Some(page) => page,
        None => response,
    }
}

/// A form must come from our own pages (Origin or Sec-Fetch-Site; a program that sends neither is no browser).
async fn same_origin(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) || is_ours(request.headers()) {
        return next.run(request).await;
    }
    for_status(StatusCode::FORBIDDEN).unwrap_or_else(|| StatusCode::FORBIDDEN.into_response())
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => match (text("origin"), text("host")) {
            (None, _) => true,
            (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
            (Some(_), None) => false,
        },
    }
}

async fn headers(request: Request, next: Next, secure: bool) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_HTTPS));
    }
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    // Records never lie in a browser's cache; only assets say otherwise themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        is_ours(&headers)
    }

    #[test]
    fn a_form_from_another_site_is_refused() {
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://a.example"),
            ("host", "a.example")
        ]));
        assert!(from(&[("origin", "https://a.example"), ("host", "a.example")]));
        assert!(!from(&[("origin", "https://b.example"), ("host", "a.example")]));
        assert!(!from(&[("origin", "null"), ("host", "a.example")]));
        assert!(from(&[]));
    }
}
