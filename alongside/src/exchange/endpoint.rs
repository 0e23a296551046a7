//! The end-point for programs: archives the body whatever it is, and says in JSON what came of it.
//!
//! `POST /api/imports` with `Authorization: Bearer TOKEN`, the file as the body, its name in `X-File-Name` if there is one. Any path
//! below it does the same: a sender's changed header or trailing slash must never lose a hearing.

use super::archive::Archive;
use super::import::{Again, Outcome, read_import, receive};
use crate::access::policy::ImportFiles;
use crate::access::{App, Permit, Scope, service_of_token};
use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(super) async fn receive_file(State(app): State<App>, request: Request) -> Response {
    let headers = request.headers();
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .map(|t| t.trim().to_owned());
    let Some(token) = token else {
        return say(
            StatusCode::UNAUTHORIZED,
            "send the header Authorization: Bearer TOKEN; an administrator makes tokens",
        );
    };
    let name = headers.get("x-file-name").and_then(|v| v.to_str().ok()).unwrap_or("received").to_owned();
    // Whose token it is comes first: a stranger's file is not read into memory.
    let asking = app.clone();
    let known =
        tokio::task::spawn_blocking(move || service_of_token(asking.db(), &token, Scope::Imports)).await;
    let service = match known {
        Ok(Ok(Some(service))) => service,
        Ok(Ok(None)) => {
            return say(
                StatusCode::UNAUTHORIZED,
                "this token is not known, has run out or was revoked: ask an administrator",
            );
        }
        Ok(Err(error)) => return not_kept(&error),
        Err(error) => return not_kept(&error),
    };
    let Ok(body) = to_bytes(request.into_body(), app.config.upload_bytes()).await else {
        return say(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the file is too large, or did not come whole: nothing was kept; send a smaller one, or send it again",
        );
    };
    let done = tokio::task::spawn_blocking(move || work(&app, &service, &name, &body)).await;
    match done {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => not_kept(&error),
        Err(error) => {
            tracing::error!(%error, "receiving stopped");
            say(
                StatusCode::SERVICE_UNAVAILABLE,
                "the file may not have been kept: send it again; twice does no harm",
            )
        }
    }
}

fn not_kept(error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a file could not be received");
    say(StatusCode::SERVICE_UNAVAILABLE, "the file could not be kept: send it again")
}

fn work(app: &App, service: &str, name: &str, body: &[u8]) -> Result<Response, super::import::ExchangeError> {
    if body.is_empty() {
        return Ok(say(StatusCode::UNPROCESSABLE_ENTITY, "the body is empty: send the file as the body"));
    }
    let permit: Permit<ImportFiles> = Permit::operator(app.db(), format!("end-point, {service}"));
    let archive = Archive::of(&app.config)?;
    let received = receive(&permit, &archive, name, body, "end-point")?;
    let Some(reading) = read_import(&permit, &archive, received.id, Again::No)? else {
        return Ok(say(StatusCode::SERVICE_UNAVAILABLE, "the file was kept but not read: it will be"));
    };
    // Kept in every case: 202 tells the sender that it need not send again, though we could not use it.
    let status = if reading.outcome == Outcome::Refused { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(reading)).into_response())
}

fn say(status: StatusCode, words: &str) -> Response {
    let mut response = (status, Json(json!({ "error": words }))).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
