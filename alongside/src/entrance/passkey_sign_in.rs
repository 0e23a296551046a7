//! Signing in with a passkey: the page's script asks for a question, the browser answers it, and the answer is weighed here.
//! JSON both ways; see `web/script/passkeys.js`.

use super::sign_in_page::{held_words, off_thread, with_cookies};
use crate::access::{App, Caller, SignIn, finish_passkey_sign_in, start_passkey_sign_in};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use webauthn_rs::prelude::PublicKeyCredential;

pub(super) async fn start(State(app): State<App>) -> Response {
    let there = app.clone();
    match off_thread(move || start_passkey_sign_in(&there)).await {
        Ok(Ok((question, token))) => Json(json!({ "question": question, "token": token })).into_response(),
        Ok(Err(error)) => broken(&error),
        Err(error) => broken(&error),
    }
}

#[derive(Debug, Deserialize)]
struct Answer {
    token: String,
    answer: PublicKeyCredential,
}

pub(super) async fn finish(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(sent) = serde_json::from_slice::<Answer>(&body) else {
        return say(StatusCode::UNPROCESSABLE_ENTITY, "The browser sent something else than a passkey.");
    };
    let (there, step) = (app.clone(), app.step_token_of(&headers));
    let finish =
        move || finish_passkey_sign_in(&there, &caller, (&sent.token, step.as_deref()), &sent.answer);
    match off_thread(finish).await {
        Ok(Ok(SignIn::In(token))) => with_cookies(
            &[app.cookie(&token), app.step_cookie("")],
            Json(json!({ "signed_in": true })).into_response(),
        ),
        Ok(Ok(SignIn::Held(until))) => say(StatusCode::TOO_MANY_REQUESTS, &held_words(until)),
        Ok(Ok(_)) => say(
            StatusCode::UNPROCESSABLE_ENTITY,
            "This passkey was not accepted. Sign in with your password, or try again.",
        ),
        Ok(Err(error)) => broken(&error),
        Err(error) => broken(&error),
    }
}

fn broken(error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a passkey sign-in failed");
    say(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong here. Sign in with your password, or try again.",
    )
}

pub(super) fn say(status: StatusCode, words: &str) -> Response {
    (status, Json(json!({ "error": words }))).into_response()
}
