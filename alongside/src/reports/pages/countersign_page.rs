//! The second signature: reading what a colleague signed, and signing it too.

use super::parts::{Around, Both, around, drawn, find, role_in, shell, status, text, titled};
use super::sign_page::finish_with_second;
use crate::access::Permit;
use crate::access::policy::Countersign;
use crate::clock;
use crate::ids::ReportId;
use crate::reports::body::Body;
use crate::reports::document::Stand;
use crate::reports::reading::{find_report, saved_body};
use crate::reports::record::{Report, Second, Version};
use crate::reports::signing::{countersign, may_countersign};
use crate::triage::Subject;
use crate::web::components::{
    Emphasis, Form, LabelSize, button, button_group, button_link, error_summary, textarea,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use documents::html_article;
use maud::html;
use std::sync::Arc;

struct Waiting {
    subject: Subject,
    report: Report,
    version: Version,
    around: Around,
    body: Body,
    changed: String,
}

/// The version that waits, if this account may sign it.
async fn waiting(permit: &Permit<Countersign>, id: ReportId, both: &Both) -> Result<Waiting, PageError> {
    let (subject, report) = find(permit, id, both).await?;
    let Some(version) = report.newest().filter(|version| version.locked.is_none()).cloned() else {
        return Err(PageError::Unusable("No version of this report waits for a countersignature.".into()));
    };
    if !may_countersign(&version, permit.account_id()) {
        return Err(PageError::Unusable(
            "You signed this version yourself: somebody else countersigns it.".into(),
        ));
    }
    let number = version.number;
    let Some((_, body, changed)) = permit.read(move |r| saved_body(r, id, number)).await? else {
        return Err(PageError::NotFound);
    };
    let around = around(permit, &subject, &report).await?;
    Ok(Waiting { subject, report, version, around, body, changed })
}

pub(super) async fn form(permit: Permit<Countersign>, Path(id): Path<ReportId>, both: Both) -> Page {
    let waiting = waiting(&permit, id, &both).await?;
    draw(&permit, &waiting, &both, &Form::blank())
}

pub(super) async fn send(
    permit: Permit<Countersign>,
    Path(id): Path<ReportId>,
    both: Both,
    Sent(mut form): Sent,
) -> Page {
    let waiting = waiting(&permit, id, &both).await?;
    let words = text(&mut form, "words", "What you want to say with it", 2_000);
    if !form.is_accepted() {
        return draw(&permit, &waiting, &both, &form);
    }
    let second = Second {
        words,
        role: role_in(permit.account(), waiting.report.project),
        at: clock::now(),
        by: permit.account().map_or_else(String::new, |account| account.name.clone()),
    };
    let both_signed = Version { second: Some(second.clone()), ..waiting.version.clone() };
    let text = (&waiting.body, waiting.changed.as_str());
    let finished = finish_with_second(&both, (&waiting.report, &waiting.around), text, &both_signed).await?;
    let (rules, me) = (Arc::clone(&both.0), permit.account_id());
    permit
        .write(move |w| {
            let Some((subject, report)) = w.reading(|r| find_report(r, id, &rules))? else {
                return Err(PageError::NotFound);
            };
            // Twice is once: what was countersigned meanwhile is done.
            let waits = report.newest().filter(|v| v.number == both_signed.number && may_countersign(v, me));
            if let Some(version) = waits.map(|v| v.number) {
                let said = (second.words.as_str(), second.role.as_str(), second.at);
                countersign(w, &subject, &report, version, said, &finished)?;
            }
            Ok(())
        })
        .await?;
    Ok(Redirect::to(&format!("/reports/{id}")).into_response())
}

fn draw(permit: &Permit<Countersign>, waiting: &Waiting, both: &Both, form: &Form) -> Page {
    let kind = both.1.kind(&waiting.report.kind)?;
    let text = (waiting.version.number, &waiting.body, waiting.changed.as_str());
    let document = drawn(&waiting.report, kind, &waiting.around, text, Stand::Draft(clock::now()));
    let base = format!("/reports/{}", waiting.report.id);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Countersign" }
        p class="govuk-body" { "Signed by " strong { (waiting.version.by) } ", " (clock::moment_words(waiting.version.signed_at)) ". Until you sign too it is a draft and goes to nobody." }
        @if !waiting.version.looked_at.is_empty() {
            h2 class="govuk-heading-m" { "What the check pointed out, and its author left as it is" }
            ul class="govuk-list govuk-list--bullet" { @for point in &waiting.version.looked_at { li { (point) } } }
        }
        div class="al-preview" tabindex="0" role="region" aria-label="The report" { (html_article(&document)) }
        form method="post" action=(format!("{base}/countersign")) novalidate {
            (textarea(&form.field("words", "What you want to say with it (optional)").with_size(LabelSize::Small), 2))
            (button_group(&[button("Countersign and lock", Emphasis::Primary), button_link("Not now", Emphasis::Secondary, &base)]))
        }
    };
    let title = titled(form, "Countersign");
    let answer: Response =
        (status(form), page(permit, shell(&waiting.subject, &title, ("Report", &base)), body))
            .into_response();
    Ok(answer)
}
