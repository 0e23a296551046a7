//! A body that never ends: the request is let go after its time, with words. The clock of the test jumps; nobody waits.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use alongside::access::policy::ManageAccounts;
use alongside::access::{Permit, Role, create_token};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use std::time::Duration;
use tokio::time::Instant;
use tower::ServiceExt;
use world::World;

/// What somebody is answered who sends half of something and then nothing, and after how long.
fn answered(
    w: &World<'_>,
    path: &str,
    headers: &[(header::HeaderName, &str)],
) -> (StatusCode, String, Duration) {
    let bytes = tokio_stream::StreamExt::chain(
        tokio_stream::once(Ok::<_, std::io::Error>("email=somebody")),
        tokio_stream::pending(),
    );
    let mut request = Request::post(path).body(Body::from_stream(bytes)).unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let router = w.router.clone();
    let paused =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    paused.block_on(async move {
        let from = Instant::now();
        let answer = router.oneshot(request).await.unwrap();
        let after = from.elapsed();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned(), after)
    })
}

#[test]
fn a_form_that_never_ends_is_let_go_after_two_minutes_in_words() {
    world::both(|w| {
        let form = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (status, page, after) = answered(w, "/sign-in", &[form]);
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
        assert!(page.contains("It took too long to arrive") && page.contains("Press Back"), "{page}");
        assert!((120..125).contains(&after.as_secs()), "{after:?}");
    });
}

#[test]
fn files_have_a_quarter_of_an_hour_at_both_doors() {
    world::both(|w| {
        let who = w.someone("Ines Imported", Role::Administrator, None);
        let form = (header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        let (status, _, after) = answered(w, "/imports", &[form, (header::COOKIE, &who.cookie)]);
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
        assert!((900..905).contains(&after.as_secs()), "{after:?}");

        let permit: Permit<ManageAccounts> = Permit::for_command_line(&w.test.db);
        let token = permit.write_now(|w| {
            let by = w.actor().clone();
            create_token(&mut w.raw_for_operator(), &by, "gateway")
        });
        let bearer = format!("Bearer {}", token.unwrap());
        let (status, _, after) = answered(w, "/api/imports", &[(header::AUTHORIZATION, &bearer)]);
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
        assert!((900..905).contains(&after.as_secs()), "{after:?}");
    });
}
