//! A file of referrals: kept as it came, then every row that can be used is a referral, and every other is named with why.

use super::form::{read, strings};
use super::typed_page::around;
use crate::access::Permit;
use crate::access::policy::TakeReferralsIn;
use crate::audit::Event;
use crate::clock;
use crate::ids::{ProjectId, ReferralInId};
use crate::projects::courts_in_scope;
use crate::referrals_in::codes::{DANGER, PLACES, ROLES, TOLD, WORRIES};
use crate::referrals_in::files::{COLUMNS, fingerprint, from_csv};
use crate::referrals_in::keeping::{NewReferralIn, receive};
use crate::web::components::{
    Emphasis, Form, HowMany, Notice, SummaryRow, back_link, button, details, error_summary, file_upload,
    notification_banner, summary_list,
};
use crate::web::{Page, PageError, Shell, Tongue, Uploads, csv_answer, csv_text, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use store::sql;
use uuid::Uuid;

/// What became of a file.
#[derive(Debug, Default)]
struct Taken {
    new: Vec<(ReferralInId, String)>,
    same: usize,
    skipped: Vec<String>,
}

pub(super) async fn show(permit: Permit<TakeReferralsIn>) -> Page {
    Ok(draw(&permit, &Form::blank(), None))
}

/// An empty file with the headings.
pub(super) async fn template(_: Permit<TakeReferralsIn>) -> Page {
    let heading: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
    Ok(csv_answer("referrals.csv", csv_text(&heading, &[])?))
}

pub(super) async fn send(permit: Permit<TakeReferralsIn>, Uploads(files): Uploads) -> Page {
    let mut form = Form::blank();
    let Some((name, bytes)) = files.into_iter().find(|(_, bytes)| !bytes.is_empty()) else {
        form.refuse("files", "Choose a file");
        return Ok(draw(&permit, &form, None));
    };
    let file = Uuid::now_v7();
    let kept = bytes.clone();
    // First as it came, in a unit of its own: whatever happens next, it can be read again.
    permit
        .write(move |w| {
            let (by, account) = (w.by(), w.actor().account);
            w.record(Event::new("file of referrals received", "referral in file", file));
            w.execute(
                sql("INSERT INTO referral_in_file (id, name, body, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
                &[&file, &name, &kept, &clock::now(), &account, &by],
            )?;
            Ok::<_, store::Error>(())
        })
        .await?;
    let text = match intake::text(&bytes) {
        Ok(text) => text,
        Err(refusal) => {
            form.refuse("files", refusal.to_string());
            return Ok(draw(&permit, &form, None));
        }
    };
    let taken = permit.write(move |w| take(w, file, &text)).await?;
    Ok(draw(&permit, &form, Some(&taken)))
}

fn take(
    w: &mut crate::access::Writer<'_, TakeReferralsIn>,
    file: Uuid,
    text: &str,
) -> Result<Taken, PageError> {
    let (projects, courts) = w.reading(around)?;
    let served = w.reading(courts_in_scope)?;
    let s = strings(Tongue::English);
    let found = from_csv(text, &courts);
    let mut taken = Taken { skipped: found.skipped, ..Taken::default() };
    for mut row in found.rows {
        let project = project_of(&row.form, &projects, &served);
        let new = read(&mut row.form, &s, &courts, (project.unwrap_or_else(ProjectId::fresh), "file", None));
        if project.is_none() && row.form.error("court").is_none() {
            row.form.refuse(
                "court",
                "Name a court that one of your projects serves, and only one: it says whose this is",
            );
        }
        if !row.form.is_accepted() {
            let why: Vec<&str> = row.form.errors().iter().map(|error| error.message.as_str()).collect();
            taken.skipped.push(format!("Line {}: {}", row.line, why.join("; ")));
            continue;
        }
        let print = fingerprint(new.project, &row.form);
        keep(w, file, &print, new, &mut taken)?;
    }
    w.record(Event::new("file of referrals taken in", "referral in file", file).with(format!(
        "{} new, {} the same, {} left out",
        taken.new.len(),
        taken.same,
        taken.skipped.len()
    )));
    Ok(taken)
}

fn keep(
    w: &mut crate::access::Writer<'_, TakeReferralsIn>,
    file: Uuid,
    print: &str,
    new: NewReferralIn,
    taken: &mut Taken,
) -> Result<(), PageError> {
    if w.maybe(sql("SELECT referral_id FROM referral_in_row WHERE fingerprint = $1"), &[&print])?.is_some() {
        taken.same += 1;
        return Ok(());
    }
    let id = ReferralInId::fresh();
    receive(w, id, &new)?;
    w.execute(
        sql("INSERT INTO referral_in_row (fingerprint, referral_id, file_id) VALUES ($1, $2, $3)"),
        &[&print, &id, &file],
    )?;
    taken.new.push((id, new.name));
    Ok(())
}

/// Whose a row is: the only project there is, or the only one that serves its court.
fn project_of(
    form: &Form,
    projects: &[(ProjectId, String)],
    served: &[crate::projects::Court],
) -> Option<ProjectId> {
    if let [(only, _)] = projects {
        return Some(*only);
    }
    match served.iter().find(|court| court.code() == form.value("court"))?.projects.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn report(taken: &Taken) -> Markup {
    let kind = if taken.new.is_empty() && taken.same == 0 { Notice::Important } else { Notice::Done };
    html! {
        (notification_banner(kind, html! {
            p class="govuk-notification-banner__heading" { (taken.new.len()) " new, " (taken.same) " had come before, " (taken.skipped.len()) " left out." }
        }))
        @if !taken.skipped.is_empty() {
            h2 class="govuk-heading-m" { "Left out, and why" }
            ul class="govuk-list govuk-list--bullet" { @for why in &taken.skipped { li { (why) } } }
            p class="govuk-body" { "The file is kept as it came. Mend these rows and send it again: what was taken is not taken twice." }
        }
        @if !taken.new.is_empty() {
            h2 class="govuk-heading-m" { "New" }
            ul class="govuk-list" { @for (id, name) in &taken.new { li { a class="govuk-link" href=(format!("/referrals-in/{id}")) { (name) } } } }
        }
    }
}

fn draw(permit: &Permit<TakeReferralsIn>, form: &Form, taken: Option<&Taken>) -> Response {
    let words = |list: &'static [crate::forms::Opt]| {
        let all: Vec<&str> = list.iter().map(|opt| opt.words).collect();
        html! { (all.join("; ")) }
    };
    let rows = [
        SummaryRow::new("place", words(PLACES)),
        SummaryRow::new("danger", words(DANGER)),
        SummaryRow::new("worries", words(WORRIES)),
        SummaryRow::new("told, agrees", words(TOLD)),
        SummaryRow::new("role", words(ROLES)),
        SummaryRow::new("date of birth, hearing date", html! { "26/11/2026 or 2026-11-26" }),
        SummaryRow::new(
            "reference",
            html! { "The agency’s own number: a row with the same one is taken once" },
        ),
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "A file of referrals" }
        @if let Some(taken) = taken { (report(taken)) }
        p class="govuk-body" { "One row is one referral, read as the form reads it. Immediate danger, the name, where the person is, a worry, and who refers must be there." }
        form method="post" action="/referrals-in/file" enctype="multipart/form-data" novalidate {
            (file_upload(&form.field("files", "CSV").with_hint("As a spreadsheet saves it"), HowMany::One, Some(".csv")))
            (button("Take it in", Emphasis::Primary))
        }
        p class="govuk-body" { a class="govuk-link" href="/referrals-in/file.csv" { "An empty file with the headings" } }
        (details("What the columns take", summary_list(&rows)))
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "A file of referrals" } else { "Error: A file of referrals" };
    let shell = Shell {
        title,
        room: "/referrals-in",
        before: Some(back_link("Referred to us", "/referrals-in")),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}
