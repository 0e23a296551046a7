//! The directory as a file, out and in. A file is kept as it came before anything is taken from it.

use crate::access::Permit;
use crate::access::policy::{KeepDirectory, ViewDirectory};
use crate::audit::Event;
use crate::clock;
use crate::directory::exchange::{Read, Taken, from_csv, from_hsds, take, to_csv, to_hsds};
use crate::directory::reading::{services, services_in_scope};
use crate::web::components::{
    Emphasis, Form, HowMany, Notice, back_link, button, error_summary, file_upload, notification_banner,
};
use crate::web::{Page, PageError, Shell, Uploads, csv_answer, page};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use store::sql;
use uuid::Uuid;

pub(super) async fn show(permit: Permit<KeepDirectory>) -> Page {
    Ok(draw(&permit, &Form::blank(), &html! {}))
}

pub(super) async fn csv(permit: Permit<ViewDirectory>) -> Page {
    let all = permit
        .read(|r| {
            r.saw(Event::new("directory exported", "service", "list").with("CSV"));
            services_in_scope(r)
        })
        .await?;
    Ok(csv_answer("directory.csv", to_csv(&all)?))
}

pub(super) async fn json(permit: Permit<ViewDirectory>) -> Page {
    let all = permit
        .read(|r| {
            r.saw(Event::new("directory exported", "service", "list").with("JSON"));
            services_in_scope(r)
        })
        .await?;
    let text = serde_json::to_string_pretty(&to_hsds(&all)).map_err(|e| PageError::Inside(e.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"directory.json\""),
    ];
    Ok((headers, text).into_response())
}

pub(super) async fn take_in(permit: Permit<KeepDirectory>, Uploads(files): Uploads) -> Page {
    let mut form = Form::blank();
    let Some((name, bytes)) = files.into_iter().find(|(_, bytes)| !bytes.is_empty()) else {
        form.refuse("files", "Choose a file");
        return Ok(draw(&permit, &form, &html! {}));
    };
    let Ok(text) = String::from_utf8(bytes) else {
        form.refuse(
            "files",
            "The file is not text in UTF-8: save it as CSV (UTF-8) or JSON, and send it again",
        );
        return Ok(draw(&permit, &form, &html! {}));
    };
    let id = Uuid::now_v7();
    let (kept, named) = (text.clone(), name.clone());
    // First as it came, in a unit of its own: whatever happens next, it can be read again.
    permit
        .write(move |w| {
            let by = w.by();
            w.record(Event::new("directory file received", "directory file", id));
            w.execute(
                sql("INSERT INTO directory_file (id, name, body, at, by_words, came) VALUES ($1, $2, $3, $4, $5, '')"),
                &[&id, &named, &kept, &clock::now(), &by],
            )?;
            Ok::<_, store::Error>(())
        })
        .await?;
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let read = if is_json { from_hsds(&text) } else { from_csv(&text) };
    let rows = read.rows.clone();
    let taken = permit
        .write(move |w| {
            let existing = services(w)?;
            let taken = take(w, &existing, &rows, &format!("From the file {name}"))?;
            let came = format!("{} new, {} changed, {} the same", taken.added, taken.changed, taken.same);
            w.record(Event::new("directory file taken in", "directory file", id).with(came.clone()));
            w.execute(sql("UPDATE directory_file SET came = $1 WHERE id = $2"), &[&came, &id])?;
            Ok::<_, store::Error>(taken)
        })
        .await?;
    Ok(draw(&permit, &form, &report(&read, taken)))
}

fn report(read: &Read, taken: Taken) -> Markup {
    let kind = if taken.added + taken.changed + taken.same > 0 { Notice::Done } else { Notice::Important };
    html! {
        (notification_banner(kind, html! {
            p class="govuk-notification-banner__heading" { (taken.added) " new, " (taken.changed) " changed, " (taken.same) " the same as before." }
        }))
        @if !read.skipped.is_empty() {
            h2 class="govuk-heading-m" { "Left out, and why" }
            ul class="govuk-list govuk-list--bullet" { @for why in &read.skipped { li { (why) } } }
        }
    }
}

fn draw(permit: &Permit<KeepDirectory>, form: &Form, report: &Markup) -> Response {
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Files in and out" }
        (report)
        p class="govuk-body" { "A service is told by the id it has in the file: the same file twice changes nothing. Services that the file does not name stay as they are." }
        form method="post" action="/directory/files" enctype="multipart/form-data" novalidate {
            (file_upload(&form.field("files", "CSV, or JSON in the shape of Open Referral UK").with_hint("The columns are those of the file out"), HowMany::One, Some(".csv,.json")))
            (button("Take it in", Emphasis::Primary))
        }
        h2 class="govuk-heading-m" { "Out" }
        ul class="govuk-list" {
            li { a class="govuk-link" href="/directory.csv" { "All services as CSV" } }
            li { a class="govuk-link" href="/directory.json" { "All services as JSON (Open Referral UK, HSDS 3)" } }
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: "Files of the directory",
        room: "/directory",
        before: Some(back_link("Directory", "/directory")),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}
