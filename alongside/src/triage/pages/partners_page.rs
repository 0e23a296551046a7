//! Partner services: a small list that managers and administrators keep.

use super::parts::status;
use crate::access::Permit;
use crate::access::policy::KeepPartners;
use crate::forms::Opt;
use crate::ids::{AccountId, PartnerId, ProjectId};
use crate::projects::project_names;
use crate::triage::partners::{
    Answerer, Answers, KINDS, NewPartner, Partner, add_partner, answerers, change_partner, end_partner,
    link_account, partner_in_scope, partners, serve,
};
use crate::web::components::{
    Choice, Emphasis, Form, Input, InputKind, LabelSize, Layout, TagColour, Width, back_link, button,
    empty_state, error_summary, post_button, radios, select, tag, text_input, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use uuid::Uuid;

/// Projects that the account may name here.
fn named(permit: &Permit<KeepPartners>, all: Vec<(ProjectId, String)>) -> Vec<(ProjectId, String)> {
    use crate::access::policy::Capability;
    let Some(account) = permit.account() else { return all };
    all.into_iter()
        .filter(|(id, _)| {
            account.grants.iter().any(|g| {
                KeepPartners::ROLES.contains(&g.role)
                    && g.project.is_none_or(|project| project == Uuid::from(*id))
            })
        })
        .collect()
}

async fn own_projects(permit: &Permit<KeepPartners>) -> Result<Vec<(ProjectId, String)>, PageError> {
    Ok(named(permit, permit.read(project_names).await?))
}

pub(super) async fn list(permit: Permit<KeepPartners>) -> Page {
    draw_list(&permit, &Form::blank()).await
}

pub(super) async fn add(permit: Permit<KeepPartners>, Sent(mut form): Sent) -> Page {
    let projects = own_projects(&permit).await?;
    let project = projects.iter().find(|(id, _)| id.to_string() == form.value("project")).map(|(id, _)| *id);
    if project.is_none() {
        form.refuse("project", "Choose the project that may send to it");
    }
    let new = read(&mut form);
    let (Some(project), Some(new)) = (project, new) else { return draw_list(&permit, &form).await };
    let id = permit.write(move |w| add_partner(w, project, &new)).await?;
    Ok(Redirect::to(&format!("/partner-services/{id}")).into_response())
}

fn read(form: &mut Form) -> Option<NewPartner> {
    let text = |form: &Form, name: &str| form.value(name).trim().chars().take(300).collect::<String>();
    let (name, kind, contact) = (text(form, "name"), form.value("kind").to_owned(), text(form, "contact"));
    let typed = text(form, "reply-hours");
    if name.is_empty() {
        form.refuse("name", "Enter the service’s name");
    }
    if !KINDS.iter().any(|o| o.key == kind) {
        form.refuse("kind", "Choose what sort of service it is");
    }
    let reply_hours =
        if typed.is_empty() { None } else { typed.parse().ok().filter(|h| (1..=2_160).contains(h)) };
    if !typed.is_empty() && reply_hours.is_none() {
        form.refuse("reply-hours", "Enter whole hours from 1 to 2160, or leave it open");
    }
    form.is_accepted().then_some(NewPartner { name, kind, contact, reply_hours })
}

fn fields(form: &Form) -> Markup {
    let kinds: Vec<Choice<'_>> = KINDS.iter().map(|o: &Opt| Choice::new(o.key, o.words)).collect();
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    html! {
        (text_input(&form.field("name", "Name").with_size(LabelSize::Small), line))
        (radios(&form.field("kind", "Kind").with_size(LabelSize::Small), Layout::Small, &kinds))
        (textarea(&form.field("contact", "How to reach it").with_size(LabelSize::Small).with_hint("Telephone, secure e-mail, hours"), 2))
        (text_input(&form.field("reply-hours", "Promises an answer within, in hours").with_size(LabelSize::Small).with_hint("Leave open if it promised none"), Input { kind: InputKind::Digits, width: Width::Four, ..line }))
    }
}

async fn draw_list(permit: &Permit<KeepPartners>, form: &Form) -> Page {
    let found = permit.read(partners).await?;
    let projects = own_projects(permit).await?;
    let ids: Vec<String> = projects.iter().map(|(id, _)| id.to_string()).collect();
    let mut choices = vec![Choice::new("", "Choose a project")];
    choices.extend(projects.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)));
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Partner services" }
        @if found.is_empty() { (empty_state("None yet", html! { p class="govuk-body" { "Add the services that doctors are asked from: liaison psychiatry, community teams, hospitals." } })) }
        @else {
            ul class="govuk-list" {
                @for one in &found {
                    li { a class="govuk-link" href=(format!("/partner-services/{}", one.id)) { (one.name) } ", " (one.kind_words()) @if one.ended { " " (tag(TagColour::Grey, "Ended")) } }
                }
            }
        }
        h2 class="govuk-heading-m" { "Add a service" }
        form method="post" action="/partner-services" novalidate {
            (fields(form))
            (select(&form.field("project", "Project that may send to it").with_size(LabelSize::Small), &choices))
            (button("Add service", Emphasis::Primary))
        }
    };
    let title = if form.is_accepted() { "Partner services" } else { "Error: Partner services" };
    let shell = Shell { title, room: "/partner-services", ..Shell::default() };
    Ok((status(form), page(permit, shell, body)).into_response())
}

async fn found(permit: &Permit<KeepPartners>, id: PartnerId) -> Result<(Partner, Vec<Answerer>), PageError> {
    permit
        .read(move |r| {
            let Some(partner) = partner_in_scope(r, id)? else { return Ok::<_, store::Error>(None) };
            let accounts = answerers(r, id)?;
            Ok(Some((partner, accounts)))
        })
        .await?
        .ok_or(PageError::NotFound)
}

pub(super) async fn show(permit: Permit<KeepPartners>, Path(id): Path<PartnerId>) -> Page {
    let (partner, accounts) = found(&permit, id).await?;
    let mut form = Form::blank();
    form.set("name", partner.name.clone());
    form.set("kind", partner.kind.clone());
    form.set("contact", partner.contact.clone());
    form.set("reply-hours", partner.reply_hours.map(|h| h.to_string()).unwrap_or_default());
    form.set("version", partner.version.to_string());
    draw_one(&permit, &partner, &accounts, &form).await
}

pub(super) async fn change(
    permit: Permit<KeepPartners>,
    Path(id): Path<PartnerId>,
    Sent(mut form): Sent,
) -> Page {
    let (partner, accounts) = found(&permit, id).await?;
    let Some(new) = read(&mut form) else { return draw_one(&permit, &partner, &accounts, &form).await };
    let seen: i64 = form.value("version").parse().unwrap_or(0);
    let kept = permit.write(move |w| change_partner(w, &partner, seen, &new)).await?;
    if kept {
        return Ok(Redirect::to(&format!("/partner-services/{id}")).into_response());
    }
    Err(PageError::Conflict("Somebody changed this service since you opened it.".into()))
}

pub(super) async fn accounts(
    permit: Permit<KeepPartners>,
    Path(id): Path<PartnerId>,
    Sent(form): Sent,
) -> Page {
    let (_, known) = found(&permit, id).await?;
    let account: Option<AccountId> = form.value("account").parse().ok();
    // Only accounts that this page offers: a clinical partner in one's own projects.
    let Some(answerer) = known.into_iter().find(|a| Some(a.account) == account) else {
        return Err(PageError::NotFound);
    };
    let answers = if form.value("answers") == "yes" { Answers::ForIt } else { Answers::NoLonger };
    permit.write(move |w| link_account(w, id, answerer.account, answers)).await?;
    Ok(Redirect::to(&format!("/partner-services/{id}")).into_response())
}

pub(super) async fn projects(
    permit: Permit<KeepPartners>,
    Path(id): Path<PartnerId>,
    Sent(form): Sent,
) -> Page {
    found(&permit, id).await?;
    let own = own_projects(&permit).await?;
    let Some((project, _)) = own.into_iter().find(|(p, _)| p.to_string() == form.value("project")) else {
        return Err(PageError::Unusable("Choose a project of yours.".into()));
    };
    permit.write(move |w| serve(w, id, project)).await?;
    Ok(Redirect::to(&format!("/partner-services/{id}")).into_response())
}

pub(super) async fn end(permit: Permit<KeepPartners>, Path(id): Path<PartnerId>) -> Page {
    found(&permit, id).await?;
    permit.write(move |w| end_partner(w, id)).await?;
    Ok(Redirect::to("/partner-services").into_response())
}

async fn draw_one(
    permit: &Permit<KeepPartners>,
    partner: &Partner,
    accounts: &[Answerer],
    form: &Form,
) -> Page {
    let projects = own_projects(permit).await?;
    let ids: Vec<String> = projects.iter().map(|(id, _)| id.to_string()).collect();
    let choices: Vec<Choice<'_>> =
        projects.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)).collect();
    let base = format!("/partner-services/{}", partner.id);
    let blank = Form::blank();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { (partner.name) }
        @if partner.ended { p class="govuk-body" { (tag(TagColour::Grey, "Ended")) " Nothing more is sent to it." } }
        form method="post" action=(base) novalidate {
            input type="hidden" name="version" value=(form.value("version"));
            (fields(form))
            (button("Save", Emphasis::Primary))
        }
        h2 class="govuk-heading-m" { "Who answers for it" }
        @if accounts.is_empty() { p class="govuk-body" { "No account has the role of a clinical partner in your projects. Without one, the service answers by one-time links." } }
        @for one in accounts { (answerer(&base, one)) }
        h2 class="govuk-heading-m" { "Which projects may send to it" }
        form method="post" action=(format!("{base}/projects")) novalidate {
            (select(&blank.field("project", "Let a further project send to it").with_size(LabelSize::Small), &choices))
            (button("Add project", Emphasis::Secondary))
        }
        @if !partner.ended { (post_button("End this service", "", Emphasis::Warning, &format!("{base}/end"))) }
    };
    let title = if form.is_accepted() { "Partner service" } else { "Error: Partner service" };
    let shell = Shell {
        title,
        room: "/partner-services",
        before: Some(back_link("Partner services", "/partner-services")),
        ..Shell::default()
    };
    Ok::<Response, PageError>((status(form), page(permit, shell, body)).into_response())
}

fn answerer(base: &str, one: &Answerer) -> Markup {
    html! {
        form method="post" action=(format!("{base}/accounts")) class="al-inline-form" {
            input type="hidden" name="account" value=(one.account);
            input type="hidden" name="answers" value=(if one.linked { "no" } else { "yes" });
            p class="govuk-body" {
                (one.name) " "
                @if one.linked { (tag(TagColour::Green, "Answers for it")) " " }
                button type="submit" class="govuk-button govuk-button--secondary al-button--small" data-module="govuk-button" {
                    (if one.linked { "No longer" } else { "Let them answer" })
                    span class="govuk-visually-hidden" { ": " (one.name) }
                }
            }
        }
    }
}
