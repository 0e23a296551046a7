//! Handing a warning to a receiver; to several at once when several take charge.

use super::parts::{Shown, below, facts, href_of, shown, text};
use crate::access::policy::HandOver;
use crate::access::{App, Permit};
use crate::clock;
use crate::consent::Means;
use crate::drafts::{self, Instance, Opened};
use crate::forms::{set_when, typed_when, when_input};
use crate::handover::codes::{MEANS, Receiver};
use crate::handover::handing::{NewHandover, hand_over};
use crate::handover::warning::find_warning;
use crate::ids::{HandoverId, WarningId};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, button, details, error_summary, inset_text, radios, text_input,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::html;
use serde::Deserialize;

/// The handover before this one, when the person moved on.
#[derive(Debug, Default, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: String,
}

fn instance(shown: &Shown) -> Instance {
    let id = shown.warning().id;
    Instance {
        form: "Handover of a warning",
        subject: format!("warning {id}"),
        href: format!("{}/handover", href_of(id)),
    }
}

pub(super) async fn form(
    permit: Permit<HandOver>,
    Path(id): Path<WarningId>,
    Query(after): Query<After>,
    State(app): State<App>,
) -> Page {
    let shown = shown(&permit, id).await?;
    let (account, what) = (permit.account_id(), instance(&shown));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        set_when(&mut opened.form, "handed", clock::now());
        opened.form.set("after", after.after);
    }
    draw(&permit, &app, &shown, &opened)
}

fn draw(permit: &Permit<HandOver>, app: &App, shown: &Shown, opened: &Opened) -> Page {
    let (form, what, w) = (&opened.form, instance(shown), shown.warning());
    let receivers: Vec<Choice<'_>> = Receiver::ALL.iter().map(|r| Choice::new(r.key(), r.words())).collect();
    let means: Vec<Choice<'_>> = MEANS.iter().map(|m| Choice::new(m.key(), m.words())).collect();
    let plain = Input { autocomplete: Some("off"), ..Input::default() };
    let before =
        form.value("after").parse::<HandoverId>().ok().and_then(|id| w.handovers.iter().find(|h| h.id == id));
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Hand the warning over" }
        (details("The warning", facts(w)))
        @if let Some(b) = before { (inset_text(html! { p class="govuk-body" { "The person moved on from " (b.receiver.words().to_lowercase()) ", " (b.place) ". Whoever has them now is asked to confirm." } })) }
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="after" value=(form.value("after"));
            (radios(&form.field("receiver", "Who takes charge of the person?"), Layout::Small, &receivers))
            (text_input(&form.field("place", "Which: name of the prison, station, office or contractor"), plain))
            (text_input(&form.field("given-to", "Who there: name, rank or role, number"), plain))
            (radios(&form.field("means", "How do you hand it over?"), Layout::Small, &means))
            (when_input(form, "handed", "When", "Time"))
            (inset_text(html! { p class="govuk-body" { "They should confirm within " (app.config.warning_ack_minutes) " minutes. Until they do, the warning stands on the board." } }))
            (button("Hand it over", Emphasis::Primary))
        }
        p class="govuk-body" { "Several receivers: save, then hand it to the next. " a class="govuk-link" href=(format!("{}/form", href_of(w.id))) { "Form to print" } }
    };
    below(permit, shown, "Hand the warning over", form, body)
}

fn read(form: &mut Form, minutes: i64, now: Timestamp) -> Option<NewHandover> {
    let receiver = Receiver::from_key(form.value("receiver"));
    if receiver.is_none() {
        form.refuse("receiver", "Choose who takes charge of the person");
    }
    let place = text(form, "place");
    if place.is_empty() {
        form.refuse("place", "Enter which prison, station, office or contractor");
    }
    let means = Means::from_key(form.value("means")).filter(|m| MEANS.contains(m));
    if means.is_none() {
        form.refuse("means", "Choose how you hand it over");
    }
    for field in ["place", "given-to"] {
        if form.value(field).chars().count() > 200 {
            form.refuse(field, "Shorten this to 200 characters");
        }
    }
    let handed_at = typed_when(form, "handed", now);
    if !form.is_accepted() {
        return None;
    }
    Some(NewHandover {
        receiver: receiver?,
        place,
        given_to: text(form, "given-to"),
        means: means?,
        handed_at: handed_at?,
        confirm_within: minutes,
        after: form.value("after").parse().ok(),
    })
}

pub(super) async fn send(
    permit: Permit<HandOver>,
    Path(id): Path<WarningId>,
    State(app): State<App>,
    Sent(mut form): Sent,
) -> Page {
    let shown = shown(&permit, id).await?;
    if shown.warning().closing.is_some() {
        return Err(PageError::Conflict(
            "This warning was closed. Raise a new one if there is new concern.".into(),
        ));
    }
    let Some(new) = read(&mut form, app.config.warning_ack_minutes, clock::now()) else {
        return draw(&permit, &app, &shown, &drafts::reopened(&form));
    };
    let (what, back) = (instance(&shown), href_of(id));
    let to = permit
        .write(move |w| {
            let Some(opened) = w.reading(|r| find_warning(r, id))? else { return Err(PageError::NotFound) };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            hand_over(w, &opened, &new)?;
            Ok(back)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}
