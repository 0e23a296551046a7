//! Referring with an account of one's own: the form, and how one's own referrals stand. Nothing else of the service.

use super::form::{Courts, fields, read, strings};
use super::receipt_page::{standing, told_to};
use crate::access::policy::{ReferIn, TakeReferralsIn};
use crate::access::{App, Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::ids::{ProjectId, ReferralInId};
use crate::projects::{courts_of, project_names};
use crate::referrals_in::keeping::{More, happened, receive};
use crate::referrals_in::reading::{by_id, sent_by};
use crate::referrals_in::record::{EventKind, ReferralIn, Standing};
use crate::web::components::{
    Choice, Emphasis, LabelSize, back_link, button, button_link, empty_state, error_summary, post_button,
    select,
};
use crate::web::{Page, PageError, Sent, Shell, Tongue, page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

fn instance() -> Instance {
    Instance { form: "Referral", subject: "referral in".into(), href: "/refer/new".into() }
}

/// Projects that may be referred to, with the courts of all of them.
fn around(r: &mut Reader<'_, ReferIn>) -> store::Result<(Vec<(ProjectId, String)>, Courts)> {
    let (everywhere, mine) = r.projects();
    let projects: Vec<(ProjectId, String)> =
        project_names(r)?.into_iter().filter(|(id, _)| everywhere || mine.contains(&(*id).into())).collect();
    let mut courts: Courts = Vec::new();
    for (project, _) in &projects {
        for court in courts_of(r, *project)? {
            if !courts.contains(&court) {
                courts.push(court);
            }
        }
    }
    Ok((projects, courts))
}

pub(super) async fn list(permit: Permit<ReferIn>) -> Page {
    let account = permit.account_id();
    let all = permit
        .read(move |r| {
            r.saw(Event::new("own referrals opened", "account", account));
            sent_by(r, account)
        })
        .await?;
    let s = strings(Tongue::English);
    let body = html! {
        h1 class="govuk-heading-l" { "Refer somebody" }
        (button_link("Refer somebody", Emphasis::Primary, "/refer/new"))
        h2 class="govuk-heading-m" { "What you referred" }
        @if all.is_empty() { (empty_state("Nothing yet", html! {})) }
        @else {
            ul class="al-worklist" {
                @for one in &all {
                    li class="al-worklist__item" {
                        h3 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/refer/{}", one.id)) { (one.name) } }
                        p class="govuk-body govuk-!-margin-bottom-1" { (clock::moment_words(one.received_at)) ". " (s.get(one.standing().key())) }
                    }
                }
            }
        }
    };
    Ok(page(&permit, Shell { title: "Refer somebody", room: "/refer", ..Shell::default() }, body))
}

pub(super) async fn form(permit: Permit<ReferIn>) -> Page {
    let account = permit.account_id();
    let (mut opened, (projects, courts)) = permit
        .read(move |r| Ok::<_, store::Error>((drafts::open(r, account, &instance())?, around(r)?)))
        .await?;
    if opened.continued_from.is_none() {
        let name = permit.account().map_or("", |a| a.name.as_str());
        opened.form.set("your-name", name);
    }
    Ok(draw(&permit, &projects, &courts, &opened))
}

pub(super) async fn send(permit: Permit<ReferIn>, Sent(mut form): Sent) -> Page {
    let (projects, courts) = permit.read(around).await?;
    let chosen = match projects.as_slice() {
        [(only, _)] => Some(*only),
        _ => projects.iter().find(|(id, _)| id.to_string() == form.value("project")).map(|(id, _)| *id),
    };
    if chosen.is_none() {
        form.refuse("project", "Choose the team");
    }
    let project = chosen.unwrap_or_else(ProjectId::fresh);
    let s = strings(Tongue::English);
    let new = read(&mut form, &s, &courts, (project, "account", None));
    if !form.is_accepted() {
        return Ok(draw(&permit, &projects, &courts, &drafts::reopened(&form)));
    }
    let id = ReferralInId::fresh();
    let there = permit
        .write(move |w| {
            let href = format!("/refer/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &instance(), &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            receive(w, id, &new)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&there).into_response())
}

fn draw(
    permit: &Permit<ReferIn>,
    projects: &[(ProjectId, String)],
    courts: &Courts,
    opened: &Opened,
) -> Response {
    let (form, s) = (&opened.form, strings(Tongue::English));
    let ids: Vec<String> = projects.iter().map(|(id, _)| id.to_string()).collect();
    let mut teams = vec![Choice::new("", "Choose")];
    teams.extend(projects.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)));
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (s.get("title")) }
        p class="govuk-body" { (s.get("intro")) }
        form method="post" action="/refer/new" novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&instance(), opened))
            @if projects.len() > 1 { (select(&form.field("project", "Which team?").with_size(LabelSize::Small), &teams)) }
            (fields(form, &s, courts))
            (button(s.get("send"), Emphasis::Primary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Refer somebody" } else { "Error: Refer somebody" };
    let shell =
        Shell { title, room: "/refer", before: Some(back_link("Back", "/refer")), ..Shell::default() };
    (status, page(permit, shell, body)).into_response()
}

/// One's own referral: nobody else's is found.
async fn own(permit: &Permit<ReferIn>, id: ReferralInId) -> Result<ReferralIn, PageError> {
    let account = permit.account_id();
    let found = permit
        .read(move |r| {
            let found = by_id(r, id)?.filter(|one| one.account == Some(account) && one.source == "account");
            if found.is_some() {
                r.saw(Event::new("own referral opened", "referral in", id));
            }
            Ok::<_, store::Error>(found)
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

pub(super) async fn show(
    permit: Permit<ReferIn>,
    State(app): State<App>,
    Path(id): Path<ReferralInId>,
) -> Page {
    let one = own(&permit, id).await?;
    let s = strings(Tongue::English);
    let lookup = one.clone();
    // What was told to this very person stands in the ledger; they may read that, and nothing beside it.
    let reader: Permit<TakeReferralsIn> = Permit::operator(app.db(), "what a referrer was told");
    let told = reader.read(move |r| told_to(r, &lookup)).await?;
    let body = html! {
        h1 class="govuk-heading-l" { (one.name) }
        (standing(&one, &told, &s))
        @if one.standing() == Standing::Received { (post_button(s.get("withdraw"), "", Emphasis::Secondary, &format!("/refer/{id}/withdraw"))) }
    };
    let shell = Shell {
        title: "Your referral",
        room: "/refer",
        before: Some(back_link("What you referred", "/refer")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

pub(super) async fn withdraw(permit: Permit<ReferIn>, Path(id): Path<ReferralInId>) -> Page {
    let one = own(&permit, id).await?;
    if one.standing() != Standing::Received {
        return Err(PageError::Conflict("Somebody has taken it on: ring them.".into()));
    }
    permit.write(move |w| happened(w, &one, EventKind::Withdrawn, &More::default())).await?;
    Ok(Redirect::to(&format!("/refer/{id}")).into_response())
}
