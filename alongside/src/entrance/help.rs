//! Help that needs no sign-in, and the answer for whoever watches the service.

use crate::access::App;
use crate::web::bare_page;
use axum::extract::State;
use axum::http::StatusCode;
use maud::{Markup, html};
use store::sql;

/// "ok" when the database answers.
pub(super) async fn health(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.db().damage().is_some() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database is damaged: no change is taken");
    }
    let db = app.db().clone();
    let answered =
        tokio::task::spawn_blocking(move || db.read(|r| r.one(sql("SELECT 1 AS one"), &[]).map(drop))).await;
    match answered {
        Ok(Ok(())) => (StatusCode::OK, "ok"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

/// What works how, on one page.
pub(super) async fn page() -> Markup {
    bare_page(
        "Help",
        html! {
            div class="govuk-grid-row" { div class="govuk-grid-column-two-thirds" {
                h1 class="govuk-heading-l" { "Help" }
                h2 class="govuk-heading-m" { "The morning board" }
                p class="govuk-body" { "Open Courts, then your court and the day. Everybody who is brought up stands on one list. The list is in the order of the markers found in the court list and the escort records; open a row to see which marker put it there, who said it, and when." }
                p class="govuk-body" { "The order is advice. Move a row with a reason when you know better, and the reason stands with it." }
                h2 class="govuk-heading-m" { "Keys on the board" }
                ul class="govuk-list govuk-list--bullet" {
                    li { strong { "j" } " and " strong { "k" } " go down and up; " strong { "Enter" } " opens" }
                    li { strong { "1" } " to " strong { "9" } " choose a filter; " strong { "[" } " and " strong { "]" } " go a day back and on" }
                    li { strong { "/" } " goes to the search; " strong { "?" } " shows all keys" }
                }
                h2 class="govuk-heading-m" { "No network in the cells" }
                p class="govuk-body" { "Print the morning pack before you go down. Each sheet carries a short code; type it under Open a sheet later, and the right record opens." }
                h2 class="govuk-heading-m" { "Known, possibly known, not known" }
                p class="govuk-body" { "Known means that one of us has said so. Possibly known means that the register holds people who look alike: compare them, and decide. The service never links anybody by itself." }
            } }
        },
    )
}
