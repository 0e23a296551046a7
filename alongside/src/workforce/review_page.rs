//! The access review: everybody with every role, when they last signed in, whether they have a second factor; confirmed by an
//! administrator, with the list as evidence.

use crate::access::policy::ManageAccounts;
use crate::access::{Permit, Reader, ReviewRow, evidence_of, keep_review, review_rows, reviews_done};
use crate::clock;
use crate::ids::ProjectId;
use crate::projects::{Whole, project_names};
use crate::web::components::{
    Caption, Column, Emphasis, Form, TagColour, back_link, button, button_link, error_summary, table, tag,
    textarea,
};
use crate::web::{Page, PageError, Sent, Shell, csv_answer, csv_text, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};

const HEADING: [&str; 10] = [
    "name",
    "e-mail",
    "role",
    "project",
    "since",
    "given by",
    "last sign-in",
    "second factor",
    "single sign-on",
    "disabled since",
];
/// Days without a sign-in after which an account is marked.
const QUIET_DAYS: i64 = 90;

struct List {
    rows: Vec<ReviewRow>,
    projects: Vec<(ProjectId, String)>,
}

/// Everybody with every role, as the evidence that an access review keeps.
///
/// # Errors
/// When the database can't be read.
pub fn access_list(r: &mut Reader<'_, ManageAccounts>) -> Result<String, PageError> {
    List { rows: review_rows(r)?, projects: project_names(r)? }.text()
}

async fn load(permit: &Permit<ManageAccounts>) -> Result<List, PageError> {
    Ok(permit
        .read(|r| Ok::<_, store::Error>(List { rows: review_rows(r)?, projects: project_names(r)? }))
        .await?)
}

impl List {
    fn place(&self, row: &ReviewRow) -> String {
        match (row.role, row.project) {
            (None, _) => String::new(),
            (_, None) => "The whole service".to_owned(),
            (_, Some(id)) => self
                .projects
                .iter()
                .find(|(project, _)| uuid::Uuid::from(*project) == id)
                .map_or("A closed project".to_owned(), |(_, name)| name.clone()),
        }
    }

    fn text(&self) -> Result<String, PageError> {
        let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| {
                vec![
                    row.name.clone(),
                    row.email.clone(),
                    row.role.unwrap_or("none").to_owned(),
                    self.place(row),
                    moment(row.granted.as_ref().map(|(at, _)| *at)),
                    row.granted.as_ref().map(|(_, by)| by.clone()).unwrap_or_default(),
                    moment(row.last_sign_in),
                    if row.second_factor { "yes" } else { "no" }.to_owned(),
                    if row.single_sign_on { "yes" } else { "no" }.to_owned(),
                    moment(row.disabled_at),
                ]
            })
            .collect();
        csv_text(&HEADING, &rows)
    }

    fn counts(&self) -> (usize, usize) {
        let mut accounts: Vec<_> = self.rows.iter().map(|row| row.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        (accounts.len(), self.rows.iter().filter(|row| row.role.is_some()).count())
    }
}

pub(super) async fn show(Whole(permit): Whole<ManageAccounts>) -> Page {
    draw(&permit, &Form::blank()).await
}

async fn draw(permit: &Permit<ManageAccounts>, form: &Form) -> Page {
    let list = load(permit).await?;
    let done = permit.read(|r| reviews_done(r)).await?;
    let now = clock::now();
    let rows: Vec<Vec<Markup>> = list.rows.iter().map(|row| cells(&list, row, now)).collect();
    let columns = [
        Column::words("Name"),
        Column::words("Role"),
        Column::words("Where"),
        Column::words("Since"),
        Column::words("Last sign-in"),
        Column::words("Second factor"),
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Access review" }
        p class="govuk-body" { "Look through the list: does everybody still need what they have? End roles and disable accounts first, then confirm. The list is kept with the confirmation as its fingerprint; download it as evidence." }
        (button_link("Download the list", Emphasis::Secondary, "/access-review/list.csv"))
        (table(Caption::Hidden("Accounts and roles, by name"), &columns, &rows))
        form method="post" action="/access-review" novalidate {
            (textarea(&form.field("note", "What you found and changed"), 3))
            (button("Confirm that I looked through it", Emphasis::Primary))
        }
        @if !done.is_empty() {
            h2 class="govuk-heading-m" { "Reviews done" }
            (table(Caption::Hidden("Reviews done, the latest first"), &[Column::words("When"), Column::words("By"), Column::figures("Accounts"), Column::words("Found"), Column::words("Fingerprint of the list")],
                &done.iter().map(|d| vec![html! { (clock::moment_words(d.at)) }, html! { (d.by) }, html! { (d.accounts) }, html! { (d.note) }, html! { span class="al-code" { (d.evidence) } }]).collect::<Vec<_>>()))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: if form.is_accepted() { "Access review" } else { "Error: Access review" },
        room: "/accounts",
        before: Some(back_link("People who sign in", "/accounts")),
        wide: true,
        ..Shell::default()
    };
    Ok((status, page(permit, shell, body)).into_response())
}

fn cells(list: &List, row: &ReviewRow, now: Timestamp) -> Vec<Markup> {
    let quiet = row.last_sign_in.is_none_or(|at| now.duration_since(at).as_hours() > 24 * QUIET_DAYS);
    vec![
        html! { a class="govuk-link" href=(format!("/accounts/{}", row.account)) { (row.name) } @if row.disabled_at.is_some() { " " (tag(TagColour::Red, "Disabled")) } },
        html! { (row.role.unwrap_or("No role")) },
        html! { (list.place(row)) },
        html! { @if let Some((at, by)) = &row.granted { (clock::day_words(clock::london_day(*at))) " by " (by) } },
        html! {
            @match row.last_sign_in { Some(at) => (clock::day_words(clock::london_day(at))), None => "Never" }
            @if quiet && row.disabled_at.is_none() { " " (tag(TagColour::Yellow, "Quiet")) }
        },
        html! { (if row.second_factor { "Yes" } else { "No" }) @if row.single_sign_on { ", and single sign-on" } },
    ]
}

pub(super) async fn send(Whole(permit): Whole<ManageAccounts>, Sent(mut form): Sent) -> Page {
    let note: String = form.value("note").trim().chars().take(2_000).collect();
    if note.is_empty() {
        form.refuse("note", "Say what you found, or that nothing had to change");
        return draw(&permit, &form).await;
    }
    let list = load(&permit).await?;
    let (counts, evidence) = (list.counts(), evidence_of(&list.text()?));
    permit.write(move |w| keep_review(w, counts, &evidence, &note)).await?;
    Ok(Redirect::to("/access-review").into_response())
}

pub(super) async fn download(Whole(permit): Whole<ManageAccounts>) -> Result<Response, PageError> {
    let list = load(&permit).await?;
    let day = clock::london_day(clock::now());
    Ok(csv_answer(&format!("access-review-{day}.csv"), list.text()?))
}
