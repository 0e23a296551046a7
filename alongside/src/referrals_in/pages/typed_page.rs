//! A referral by telephone, on paper or by word, typed by whoever took it.

use super::form::{Courts, fields, read, strings};
use crate::access::Permit;
use crate::access::Reader;
use crate::access::policy::TakeReferralsIn;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::ids::{ProjectId, ReferralInId};
use crate::projects::{courts_of, project_names};
use crate::referrals_in::keeping::receive;
use crate::web::components::{
    Choice, Emphasis, LabelSize, Layout, back_link, button, error_summary, radios, select,
};
use crate::web::{Page, Sent, Shell, Tongue, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

const HOW: [(&str, &str); 3] =
    [("telephone", "By telephone"), ("paper", "On paper"), ("in-person", "Said to me")];

fn instance() -> Instance {
    Instance { form: "Referral taken", subject: "referral in".into(), href: "/referrals-in/new".into() }
}

type Around = (Vec<(ProjectId, String)>, Courts);

/// Projects of the reader, with their courts.
pub(super) fn around(r: &mut Reader<'_, TakeReferralsIn>) -> store::Result<Around> {
    let (everywhere, mine) = r.projects();
    let projects: Vec<(ProjectId, String)> =
        project_names(r)?.into_iter().filter(|(id, _)| everywhere || mine.contains(&(*id).into())).collect();
    let mut courts: Courts = Vec::new();
    for (project, _) in &projects {
        courts.extend(courts_of(r, *project)?);
    }
    courts.sort_by(|a, b| a.1.cmp(&b.1));
    courts.dedup();
    Ok((projects, courts))
}

pub(super) async fn form(permit: Permit<TakeReferralsIn>) -> Page {
    let account = permit.account_id();
    let (mut opened, (projects, courts)) = permit
        .read(move |r| Ok::<_, store::Error>((drafts::open(r, account, &instance())?, around(r)?)))
        .await?;
    if opened.continued_from.is_none() {
        opened.form.set("how", "telephone");
    }
    Ok(draw(&permit, &projects, &courts, &opened))
}

pub(super) async fn send(permit: Permit<TakeReferralsIn>, Sent(mut form): Sent) -> Page {
    let (projects, courts) = permit.read(around).await?;
    let how = HOW.iter().find(|(key, _)| *key == form.value("how")).map(|(key, _)| *key);
    if how.is_none() {
        form.refuse("how", "Choose how it came");
    }
    let chosen = match projects.as_slice() {
        [(only, _)] => Some(*only),
        _ => projects.iter().find(|(id, _)| id.to_string() == form.value("project")).map(|(id, _)| *id),
    };
    if chosen.is_none() {
        form.refuse("project", "Choose the project");
    }
    let project = chosen.unwrap_or_else(ProjectId::fresh);
    let new =
        read(&mut form, &strings(Tongue::English), &courts, (project, how.unwrap_or("telephone"), None));
    if !form.is_accepted() {
        return Ok(draw(&permit, &projects, &courts, &drafts::reopened(&form)));
    }
    let id = ReferralInId::fresh();
    let there = permit
        .write(move |w| {
            let href = format!("/referrals-in/{id}");
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
    permit: &Permit<TakeReferralsIn>,
    projects: &[(ProjectId, String)],
    courts: &Courts,
    opened: &Opened,
) -> Response {
    let (form, s) = (&opened.form, strings(Tongue::English));
    let ids: Vec<String> = projects.iter().map(|(id, _)| id.to_string()).collect();
    let mut teams = vec![Choice::new("", "Choose")];
    teams.extend(projects.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)));
    let how: Vec<Choice<'_>> = HOW.iter().map(|(key, words)| Choice::new(key, words)).collect();
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Write down a referral" }
        form method="post" action="/referrals-in/new" novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&instance(), opened))
            (radios(&form.field("how", "How it came").with_size(LabelSize::Small), Layout::Chips, &how))
            @if projects.len() > 1 { (select(&form.field("project", "Project").with_size(LabelSize::Small), &teams)) }
            p class="govuk-body al-muted" { "The questions are as whoever refers would read them: “you” is them." }
            (fields(form, &s, courts))
            (button("Save", Emphasis::Primary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Write down a referral" } else { "Error: Write down a referral" };
    let shell = Shell {
        title,
        room: "/referrals-in",
        before: Some(back_link("Referred to us", "/referrals-in")),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}
