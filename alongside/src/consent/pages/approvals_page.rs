//! Managers: reasons to tell without consent that wait for a second pair of eyes.

use super::ledger_page::told_the_person;
use super::parts::whom;
use crate::access::policy::ApproveDisclosure;
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::consent::overrides::{KeptOverride, NotAnswered, answer_override, awaiting_approval};
use crate::consent::subject::Subject;
use crate::ids::OverrideId;
use crate::morning::named;
use crate::people;
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Layout, SummaryRow, TagColour, back_link, button, empty_state,
    error_summary, inset_text, radios, summary_list, table, tag, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::{Markup, html};

/// An override with the name of whom it is about, and where their record opens.
struct Waiting {
    kept: KeptOverride,
    name: String,
    href: String,
}

fn with_name(r: &mut Reader<'_, ApproveDisclosure>, kept: KeptOverride) -> store::Result<Option<Waiting>> {
    let Some(about) = Subject::of_record(r, kept.person, kept.listing)? else { return Ok(None) };
    let (name, href) = match (about.person_id(), about.listing_id()) {
        (Some(id), _) => {
            let name = people::find(r, id)?.map(|p| p.details.name()).unwrap_or_default();
            (name, format!("/people/{id}/consent"))
        }
        (None, Some(id)) => {
            let name = named(r, &[id])?.remove(&id).map(|n| n.name).unwrap_or_default();
            (name, format!("/listings/{id}"))
        }
        (None, None) => return Ok(None),
    };
    Ok(Some(Waiting { kept, name, href }))
}

async fn waiting(permit: &Permit<ApproveDisclosure>) -> Result<Vec<Waiting>, PageError> {
    Ok(permit
        .read(|r| {
            let mut out = Vec::new();
            for kept in awaiting_approval(r)? {
                let id = kept.rule.id;
                if let Some(one) = with_name(r, kept)? {
                    r.saw(Event::new("override opened", "override", id));
                    out.push(one);
                }
            }
            Ok::<_, store::Error>(out)
        })
        .await?)
}

/// "3 hours", "2 days".
pub(super) fn age_words(since: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(since).as_secs().max(0) / 60;
    let (n, what) = match minutes {
        0..120 => (minutes, "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn use_tag(kept: &KeptOverride) -> Markup {
    if kept.rule.at_once {
        tag(TagColour::Red, "Used at once")
    } else {
        tag(TagColour::Orange, "Waits to be used")
    }
}

pub(super) async fn list(permit: Permit<ApproveDisclosure>) -> Page {
    let now = clock::now();
    let rows: Vec<Vec<Markup>> = waiting(&permit)
        .await?
        .iter()
        .map(|w| {
            vec![
                html! { a class="govuk-link" href=(format!("/disclosures/approvals/{}", w.kept.rule.id)) { (w.name) } },
                html! { (whom(w.kept.rule.recipient, &w.kept.rule.name)) ", " (w.kept.rule.purpose.words().to_lowercase()) },
                html! { (w.kept.rule.class.words()) },
                html! { (use_tag(&w.kept)) },
                html! { (age_words(w.kept.rule.at, now)) },
                html! { (w.kept.by) },
            ]
        })
        .collect();
    let body = html! {
        h1 class="govuk-heading-l" { "To approve: told without consent" }
        p class="govuk-body" { "Each is looked at by somebody other than who recorded it. Those used at once come from a danger to life, or from a self-harm warning that was handed over." }
        @if rows.is_empty() { (empty_state("Nothing waits", html! { p class="govuk-body" { "When somebody records a reason to tell without consent, it appears here." } })) }
        @else { (table(Caption::Hidden("To approve"), &[Column::words("Person"), Column::words("Tell whom"), Column::words("Ground"), Column::words("Use"), Column::words("Waiting for"), Column::words("Recorded by")], &rows)) }
    };
    let shell = Shell { title: "To approve", room: "/disclosures/approvals", wide: true, ..Shell::default() };
    Ok(page(&permit, shell, body))
}

pub(super) async fn form(permit: Permit<ApproveDisclosure>, Path(id): Path<OverrideId>) -> Page {
    draw(&permit, id, &Form::blank()).await
}

async fn draw(permit: &Permit<ApproveDisclosure>, id: OverrideId, form: &Form) -> Page {
    let Some(w) = waiting(permit).await?.into_iter().find(|w| w.kept.rule.id == id) else {
        return Err(PageError::NotFound);
    };
    let kept = &w.kept;
    let own = kept.account.is_some_and(|account| account == permit.account_id());
    let rows = [
        SummaryRow::new("Person", html! { a class="govuk-link" href=(w.href) { (w.name) } }),
        SummaryRow::new(
            "Tell whom",
            html! { (whom(kept.rule.recipient, &kept.rule.name)) ", " (kept.rule.purpose.words().to_lowercase()) },
        ),
        SummaryRow::new("Ground", html! { (kept.rule.class.words()) " " (use_tag(kept)) }),
        SummaryRow::new("Why", html! { span class="al-typed" { (kept.reason) } }),
        SummaryRow::new("The person", html! { (told_the_person(kept)) }),
        SummaryRow::new("Recorded", html! { (clock::moment_words(kept.rule.at)) " by " (kept.by) }),
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Tell without consent?" }
        (summary_list(&rows))
        @if own { (inset_text(html! { p class="govuk-body" { "You recorded this yourself: a colleague has to look at it." } })) }
        @else {
            form method="post" action=(format!("/disclosures/approvals/{id}")) novalidate {
                (radios(&form.field("answer", "Your decision"), Layout::Stacked, &[Choice::new("approve", "Approve"), Choice::new("refuse", "Don’t approve")]))
                (textarea(&form.field("words", "Why, and what should be done next").with_hint("Needed where you don’t approve. If it was told already: who is to be spoken to"), 3))
                (button("Save decision", Emphasis::Primary))
            }
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: if form.is_accepted() { "To approve" } else { "Error: To approve" },
        room: "/disclosures/approvals",
        before: Some(back_link("To approve", "/disclosures/approvals")),
        ..Shell::default()
    };
    Ok((status, page(permit, shell, body)).into_response())
}

pub(super) async fn send(
    permit: Permit<ApproveDisclosure>,
    Path(id): Path<OverrideId>,
    Sent(mut form): Sent,
) -> Page {
    let approved = match form.value("answer") {
        "approve" => Some(true),
        "refuse" => Some(false),
        _ => None,
    };
    let words = form.value("words").trim().to_owned();
    if approved.is_none() {
        form.refuse("answer", "Choose your decision");
    }
    if approved == Some(false) && words.is_empty() {
        form.refuse("words", "Say why not, and what should be done next");
    }
    if words.chars().count() > super::parts::LONGEST {
        form.refuse("words", "Shorten this");
    }
    let (Some(approved), true) = (approved, form.is_accepted()) else {
        return draw(&permit, id, &form).await;
    };
    match permit.write(move |w| answer_override(w, id, approved, &words)).await? {
        Ok(()) => Ok(Redirect::to("/disclosures/approvals").into_response()),
        Err(NotAnswered::Unknown) => Err(PageError::NotFound),
        Err(NotAnswered::OwnOverride) => {
            Err(PageError::Unusable("You recorded this yourself: a colleague has to look at it.".into()))
        }
        Err(NotAnswered::AnsweredBefore) => {
            Err(PageError::Conflict("A colleague answered this a moment ago; theirs counts.".into()))
        }
    }
}
