//! The identities of single sign-on on one's own account page: which are linked, linking one, taking one away.

use super::account_page::{present_password, show};
use super::provider_page::way_on;
use super::sign_in_page::off_thread;
use crate::access::policy::OwnAccount;
use crate::access::{App, Caller, Ending, IdentityLine, Permit, Purpose, other_door, unlink_identity};
use crate::clock;
use crate::web::components::{Emphasis, Form, SummaryRow, button_named, summary_list};
use crate::web::{Page, PageError, Sent};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use uuid::Uuid;

/// The part of the account page. `name` is what people call the provider; `confirming` is what is asked before a change.
pub(super) fn part(name: &str, lines: &[IdentityLine], confirming: &Markup) -> Markup {
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
        }
        form method="post" action="/account/identities" novalidate {
            (confirming)
            (button_named(&format!("Link {name}"), Emphasis::Secondary, "do", "link"))
            @for line in lines {
                (button_named(&format!("Take “{}” away", line.shown_as), Emphasis::Warning, "do", &format!("unlink {}", line.id)))
            }
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
    match form.value("do").strip_prefix("unlink ").and_then(|id| id.parse().ok()) {
        Some(identity) => unlink(&permit, &app, form, identity).await,
        None => way_on(&app, Purpose::Link(permit.account_id()), "/account").await,
    }
}

/// Takes one of one's own away, unless nothing else would let one in.
async fn unlink(permit: &Permit<OwnAccount>, app: &App, mut form: Form, identity: Uuid) -> Page {
    let Some(account) = permit.account().cloned() else { return Err(PageError::NotFound) };
    let (there, me) = (app.clone(), account.clone());
    if !off_thread(move || there.db().read(|r| other_door(&there, r, &me, identity))).await?? {
        form.refuse_all(
            "It is the only way in that you have, so it stays. Ask your service administrator if it must go",
        );
        return show(permit, app, &form, None).await;
    }
    permit
        .write(move |w| {
            let by = w.actor().clone();
            let ending = Ending::AllBut(account.session.id);
            unlink_identity(&mut w.raw_for_operator(), &by, account.id, identity, ending)
        })
        .await?;
    Ok(Redirect::to("/account").into_response())
}
