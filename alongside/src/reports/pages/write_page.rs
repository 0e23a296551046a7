//! Writing a report: recorded facts are there already, each with its source; the preview stands beside the form.

use super::parts::{Around, Both, around, drawn, find, shell, status, text, titled};
use super::write_fields::{fields, filled};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::ids::ReportId;
use crate::reports::body::Body;
use crate::reports::document::Stand;
use crate::reports::kinds::Kind;
use crate::reports::prefill::{prefilled, take_over_newer};
use crate::reports::reading::{find_report, saved_body};
use crate::reports::record::Report;
use crate::reports::signing::{Quicker, Save, save};
use crate::triage::Subject;
use crate::web::components::{
    Emphasis, Form, LabelSize, button_group, button_link, button_named, error_summary, inset_text, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use documents::html_article;
use maud::{Markup, html};

/// What is written, and what it is written from.
struct Desk {
    subject: Subject,
    report: Report,
    kind: Kind,
    around: Around,
    version: i64,
    /// The newest save, its number, what it changes.
    saved: Option<(i64, Body, String)>,
}

impl Desk {
    /// The text as it stands: saved, or made of what is recorded.
    fn body(&self) -> Body {
        match &self.saved {
            Some((_, body, _)) => body.clone(),
            None => prefilled(&self.kind, &self.around.gathered, clock::now()),
        }
    }

    fn seen(&self) -> i64 {
        self.saved.as_ref().map_or(0, |(save, _, _)| *save)
    }

    fn changed(&self) -> &str {
        self.saved.as_ref().map_or("", |(_, _, changed)| changed)
    }

    fn base(&self) -> String {
        format!("/reports/{}", self.report.id)
    }

    /// Facts recorded after the text took over what was known.
    fn has_newer(&self) -> bool {
        let gathered = self.saved.as_ref().and_then(|(_, body, _)| body.gathered_at);
        gathered.zip(self.around.gathered.newest).is_some_and(|(gathered, newest)| newest > gathered)
    }
}

fn instance(report: &Report, version: i64) -> Instance {
    Instance {
        form: "Report",
        subject: format!("report {} version {version}", report.id),
        href: format!("/reports/{}/write", report.id),
    }
}

/// The desk of a report that can be written; nothing when it is signed or no longer wanted.
async fn desk(permit: &Permit<WriteReports>, id: ReportId, both: &Both) -> Result<Option<Desk>, PageError> {
    let (subject, report) = find(permit, id, both).await?;
    let Some(version) = report.writing().filter(|_| report.closing.is_none()) else { return Ok(None) };
    let around = around(permit, &subject, &report).await?;
    let saved = permit.read(move |r| saved_body(r, id, version)).await?;
    let kind = both.1.kind(&report.kind)?.clone();
    Ok(Some(Desk { subject, report, kind, around, version, saved }))
}

pub(super) async fn form(permit: Permit<WriteReports>, Path(id): Path<ReportId>, both: Both) -> Page {
    let Some(desk) = desk(&permit, id, &both).await? else {
        return Ok(Redirect::to(&format!("/reports/{id}")).into_response());
    };
    let (account, what) = (permit.account_id(), instance(&desk.report, desk.version));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        opened.form = filled(&desk.body());
        opened.form.set("seen", desk.seen().to_string());
        opened.form.set("changed", desk.changed());
        opened.form.set("gathered", clock::now().to_string());
    }
    Ok(draw(&permit, &desk, &opened))
}

/// The text in a form, as it would be saved.
fn read(form: &mut Form, desk: &Desk) -> Body {
    let mut body = Body::read(form, &desk.body());
    if desk.saved.is_none() {
        body.gathered_at = form.value("gathered").parse().ok();
    }
    body
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let Some(desk) = desk(&permit, id, &both).await? else {
        return Err(PageError::Conflict(
            "This version was signed meanwhile. Correct it, if something has to change.".into(),
        ));
    };
    let mut body = read(&mut form, &desk);
    let changed = text(&mut form, "changed", "What this version changes", 2_000);
    if desk.version > 1 && changed.is_empty() {
        form.refuse("changed", "Say what this version changes");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &desk, &drafts::reopened(&form)));
    }
    let then = form.value("then").to_owned();
    if then == "take-over" {
        take_over_newer(&mut body, &desk.kind, &desk.around.gathered, clock::now());
    }
    let new = Save { version: desk.version, seen: form.value("seen").parse().unwrap_or(0), changed, body };
    let (what, rules, typed) = (instance(&desk.report, desk.version), both.0.clone(), form.clone());
    let href = format!("/reports/{id}/{}", if then == "check" { "sign" } else { "write" });
    let kept = permit
        .write(move |w| {
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            let Some((subject, report)) = w.reading(|r| find_report(r, id, &rules))? else {
                return Err(NotSaved::Page(PageError::NotFound));
            };
            match save(w, &subject, &report, &new)? {
                Ok(_) => Ok(href),
                Err(quicker) => Err(NotSaved::Quicker(quicker)),
            }
        })
        .await;
    match kept {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(NotSaved::Page(error)) => Err(error),
        Err(NotSaved::Quicker(Quicker::Signed)) => {
            Err(PageError::Conflict("A colleague signed this version at this very moment.".into()))
        }
        Err(NotSaved::Quicker(Quicker::Saved)) => {
            let mut form = typed;
            form.refuse_all("A colleague saved another text since you opened this. Yours is kept below, theirs in the draft as PDF: look at both. Save again if yours is right");
            form.set("seen", desk.seen().to_string());
            Ok(draw(&permit, &desk, &drafts::reopened(&form)))
        }
    }
}

/// Why the unit was undone.
enum NotSaved {
    Page(PageError),
    Quicker(Quicker),
}

impl From<store::Error> for NotSaved {
    fn from(error: store::Error) -> Self {
        NotSaved::Page(error.into())
    }
}

/// The document of what stands in the form: a part of the page for the script, a page of its own without.
pub(super) async fn preview(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    headers: HeaderMap,
    Sent(mut form): Sent,
) -> Page {
    let Some(desk) = desk(&permit, id, &both).await? else { return Err(PageError::NotFound) };
    let body = read(&mut form, &desk);
    let drawn = article(&desk, &body, form.value("changed").trim());
    if headers.contains_key("x-fragment") {
        return Ok(drawn.into_response());
    }
    let back = format!("{}/write", desk.base());
    Ok(page(&permit, shell(&desk.subject, "Preview", ("Go on writing", &back)), drawn))
}

fn article(desk: &Desk, body: &Body, changed: &str) -> Markup {
    let text = (desk.version, body, changed);
    html_article(&drawn(&desk.report, &desk.kind, &desk.around, text, Stand::Draft(clock::now())))
}

fn draw(permit: &Permit<WriteReports>, desk: &Desk, opened: &Opened) -> Response {
    let (form, what, base) = (&opened.form, instance(&desk.report, desk.version), desk.base());
    let shown = Body::read(&mut form.clone(), &desk.body());
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (desk.kind.name) @if desk.version > 1 { ", version " (desk.version) } }
        @if desk.saved.is_none() { p class="govuk-body" { "What is recorded stands in the sections already, with its source and day. Keep it, say it in plain words, or take it out." } }
        @if desk.has_newer() { (inset_text(html! { "Something was recorded since this text took over what was known. “Take over what is new” adds it." })) }
        div class="al-write" {
            form class="al-write__form" method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) data-preview=(format!("{base}/preview")) data-preview-into="preview" {
                (drafts::fields(&what, opened))
                input type="hidden" name="seen" value=(form.value("seen"));
                input type="hidden" name="gathered" value=(form.value("gathered"));
                @if desk.version > 1 { (textarea(&form.field("changed", "What this version changes").with_hint("Stands on the first page of the new version").with_size(LabelSize::Small), 2)) }
                (fields(&desk.kind, form))
                (button_group(&[
                    button_named("Save and check", Emphasis::Primary, "then", "check"),
                    button_named("Save", Emphasis::Secondary, "then", "stay"),
                    button_named("Take over what is new", Emphasis::Secondary, "then", "take-over"),
                ]))
                button type="submit" class="govuk-button govuk-button--secondary al-without-script" formaction=(format!("{base}/preview")) { "See it as it will look" }
            }
            aside class="al-write__preview" aria-label="Preview" {
                div class="al-preview" id="preview" tabindex="0" role="region" aria-label="The report as it will look" { (article(desk, &shown, form.value("changed"))) }
                @if desk.saved.is_some() { (button_link("Draft as PDF", Emphasis::Secondary, &format!("{base}/draft.pdf"))) }
            }
        }
    };
    let title = titled(form, &desk.kind.name);
    let shell = Shell { wide: true, ..shell(&desk.subject, &title, ("Report", &base)) };
    (status(form), page(permit, shell, body)).into_response()
}
