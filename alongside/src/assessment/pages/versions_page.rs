//! Every version of a topic, newest first, and what changed.

use super::parts::{answers_shown, person_page, topic_href};
use crate::access::Permit;
use crate::access::policy::ViewClinical;
use crate::assessment::record::find;
use crate::assessment::topics::{self, Topic};
use crate::assessment::versions::{Version, changed, history};
use crate::clock;
use crate::ids::AssessmentId;
use crate::web::components::{Form, details, details_open};
use crate::web::{Page, PageError};
use axum::extract::Path;
use maud::{Markup, html};

pub(super) async fn show(
    permit: Permit<ViewClinical>,
    Path((id, key)): Path<(AssessmentId, String)>,
) -> Page {
    let Some(topic) = topics::find(&key) else { return Err(PageError::NotFound) };
    let (assessment, versions) = permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            let versions = history(r, id, topic)?;
            Ok((assessment, versions))
        })
        .await?;
    let body = html! {
        h1 class="govuk-heading-l" { (topic.title()) ": versions" }
        @if versions.is_empty() { p class="govuk-body" { "Nothing is saved yet." } }
        @for (index, version) in versions.iter().enumerate() { (one(topic, version, versions.get(index + 1))) }
    };
    let back = topic_href(&assessment, topic);
    Ok(person_page(&permit, &assessment.person, "Versions", (topic.title(), &back), &Form::blank(), body))
}

fn one(topic: &Topic, version: &Version, before: Option<&Version>) -> Markup {
    let shown = answers_shown(topic, version);
    let what = format!("Version {}", version.version);
    html! {
        h2 class="govuk-heading-m" { (what) ", " (clock::moment_words(version.at)) }
        p class="govuk-body" { "By " (version.by) ". " (version.state.words()) "." @if !version.reason.is_empty() { " Corrected because: " span class="al-typed" { (version.reason) } } }
        @if let Some(before) = before {
            @let labels = changed(&topic.sheet, &before.answers, &version.answers);
            @if labels.is_empty() { p class="govuk-body" { "No answer changed." } }
            @else {
                p class="govuk-body" { "Changed:" }
                ul class="govuk-list govuk-list--bullet" { @for label in labels { li { (label) } } }
            }
        }
        @if before.is_none() || version.version == 1 { (details_open(&format!("{what}: the answers"), shown)) }
        @else { (details(&format!("{what}: the answers"), shown)) }
    }
}
