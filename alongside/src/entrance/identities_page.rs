//! The identities of single sign-on on one's own account page: which are linked, linking one, taking one away.

use super::account_page::{present_password, show};
use super::provider_page::way_on;
use crate::access::policy::OwnAccount;
use crate::access::{App, Caller, Ending, IdentityLine, Permit, Purpose, unlink_identity};
use crate::clock;
use crate::web::components::{
    Emphasis, Form, PasswordFor, SummaryRow, button, password_input, post_button, summary_list,
};
use crate::web::{Page, Sent};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use uuid::Uuid;

/// The part of the account page. `name` is what people call the provider.
pub(super) fn part(name: &str, form: &Form, lines: &[IdentityLine]) -> Markup {
    html! {
        h2 class="govuk-heading-m" id="single-sign-on" { "Signing in through " (name) }
        @if lines.is_empty() {
            p class="govuk-body" { "Not linked yet. Link it, and you sign in here through " (name) "." }
        }
        @for line in lines {
            (summary_list(&[
                SummaryRow::new("Linked", html! { (line.shown_as) }),
                SummaryRow::new("Since", html! { (clock::moment_words(line.linked_at)) ", by " (line.linked_by) }),
                SummaryRow::new("At", html! { (line.issuer) }),
            ]))
            (post_button("Take it away", &line.shown_as, Emphasis::Warning, &format!("/account/identities/{}/unlink", line.id)))
        }
        form method="post" action="/account/identities" novalidate {
            (password_input(&form.field("password_to_link", "Present password, to link"), PasswordFor::SignIn))
            (button(&format!("Link {name}"), Emphasis::Secondary))
        }
    }
}

/// Asked for the password first: whoever finds a session open must not leave a door of their own behind.
pub(super) async fn link(
    permit: Permit<OwnAccount>,
    State(app): State<App>,
    caller: Caller,
    Sent(mut form): Sent,
) -> Page {
    if !present_password(&app, caller, &permit, &mut form, "password_to_link").await? {
        return show(&permit, &app, &form, None).await;
    }
    way_on(&app, Purpose::Link(permit.account_id()), "/account").await
}

pub(super) async fn unlink(permit: Permit<OwnAccount>, Path(identity): Path<Uuid>) -> Page {
    let Some(account) = permit.account().cloned() else {
        return Ok(Redirect::to("/account").into_response());
    };
    permit
        .write(move |w| {
            let by = w.actor().clone();
            let ending = Ending::AllBut(account.session.id);
            unlink_identity(&mut w.raw_for_operator(), &by, account.id, identity, ending)
        })
        .await?;
    Ok(Redirect::to("/account").into_response())
}
