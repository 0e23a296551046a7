//! The check before signing, and signing.

use super::parts::{Around, Both, around, drawn, find, role_in, shell, status, titled};
use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::assessment::{self, Countersigning};
use crate::clock;
use crate::ids::ReportId;
use crate::morning;
use crate::reports::body::Body;
use crate::reports::delivery::{RECIPIENTS, rulings};
use crate::reports::desk::{Desk, Finished};
use crate::reports::document::Stand;
use crate::reports::named::Names;
use crate::reports::readiness::{Finding, Known, Point, Weight, check};
use crate::reports::reading::{find_report, saved_body};
use crate::reports::record::{Report, Version};
use crate::reports::signing::{Quicker, Signing, sign};
use crate::triage::Subject;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, button, button_group, button_link, checkboxes, error_summary,
    warning_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use documents::{Document, Pdf, read_aloud};
use maud::{Markup, html};
use std::sync::Arc;

/// Everything a signature rests on.
struct Ready {
    subject: Subject,
    report: Report,
    around: Around,
    version: i64,
    save: i64,
    body: Body,
    changed: String,
    findings: Vec<Finding>,
    document: Document,
    pages: usize,
}

/// Looks at the newest save; nothing when there is nothing to sign.
async fn ready(permit: &Permit<WriteReports>, id: ReportId, both: &Both) -> Result<Option<Ready>, PageError> {
    let (subject, report) = find(permit, id, both).await?;
    let Some(version) = report.writing().filter(|_| report.closing.is_none()) else { return Ok(None) };
    let Some((save, body, changed)) = permit.read(move |r| saved_body(r, id, version)).await? else {
        return Ok(None);
    };
    let around = around(permit, &subject, &report).await?;
    let desk: &Desk = &both.1;
    let kind = desk.kind(&report.kind)?;
    let now = clock::now();
    let names = names(permit, &subject, &report, &around, both).await?;
    let (whom, about) = (subject.clone(), report.clone());
    let ruled = permit.read(move |r| rulings(r, &whom, &about, &RECIPIENTS, now)).await?;
    let ruled: Vec<_> = ruled.into_iter().map(|(whom, ruling)| (whom.words(), ruling)).collect();
    let known = Known {
        kind,
        kinds: &desk.kinds,
        words: &desk.words,
        names: &names,
        rulings: &ruled,
        newest_fact: around.gathered.newest,
        hearing: report.hearing_at(),
        now,
    };
    let mut findings = check(&body, &known);
    let document = drawn(&report, kind, &around, (version, &body, &changed), Stand::Draft(now));
    let pdf = desk.pdf(document.clone()).await?;
    findings.extend(not_printed(&pdf));
    findings.sort_by_key(|finding| finding.weight);
    Ok(Some(Ready {
        subject,
        report,
        around,
        version,
        save,
        body,
        changed,
        findings,
        document,
        pages: pdf.pages,
    }))
}

/// Signs that the PDF can't show as they were written: never lost in silence.
fn not_printed(pdf: &Pdf) -> Vec<Finding> {
    pdf.replaced
        .iter()
        .map(|sign| Finding {
            point: Point::NotPrinted,
            weight: Weight::Look,
            field: "printed".into(),
            words: format!(
                "A sign can’t be printed as it was written: {}, {} times",
                sign.code_points, sign.times
            ),
            instead: "Write it in other letters, or check how the PDF shows it".into(),
        })
        .collect()
}

/// Who may be named in the text, and who stands on the same list.
async fn names(
    permit: &Permit<WriteReports>,
    subject: &Subject,
    report: &Report,
    around: &Around,
    both: &Both,
) -> Result<Names, PageError> {
    let mut names = Names::default();
    let mut own = |text: &str| names.own.extend(text.split([' ', ',', '-', '’', '\'']).map(str::to_owned));
    own(&around.identity.name);
    own(&report.asker);
    own(permit.account().map_or("", |account| account.name.as_str()));
    report.writers.iter().for_each(|writer| own(&writer.name));
    report.deliveries.iter().for_each(|delivery| own(&delivery.to_name));
    around
        .gathered
        .facts
        .iter()
        .filter(|fact| fact.source.starts_with("our"))
        .for_each(|fact| own(&fact.who));
    if let Some(person) = &subject.person {
        let d = &person.details;
        names.own.extend([&d.forename, &d.middle_names, &d.surname].into_iter().flatten().cloned());
        let numbers = [&d.pnc, &d.cro, &d.nhs_number, &d.prison_number, &d.crn];
        names.own_numbers.extend(numbers.into_iter().flatten().cloned());
    }
    names.own_numbers.extend(around.letterhead.contact.lines().map(str::to_owned));
    let Some(line) = subject.line() else { return Ok(names) };
    names.own_numbers.extend(line.pnc.clone());
    names.own_numbers.extend(line.case_no.clone());
    if let Some(found) = subject.found().cloned() {
        let (rules, id) = (Arc::clone(&both.0), found.id());
        let others = permit
            .read(move |r| {
                let board = morning::board(r, &found.court, found.date, &rules)?;
                let name = |line: &morning::Line| {
                    let name = &line.detail.person.name;
                    Some((name.forename.clone()?, name.surname.clone()?))
                };
                Ok::<_, store::Error>(
                    board
                        .rows
                        .iter()
                        .filter(|row| row.line.id != id)
                        .filter_map(|row| name(&row.line))
                        .collect::<Vec<_>>(),
                )
            })
            .await?;
        names.others = others;
    }
    Ok(names)
}

pub(super) async fn form(permit: Permit<WriteReports>, Path(id): Path<ReportId>, both: Both) -> Page {
    match ready(&permit, id, &both).await? {
        Some(ready) => Ok(draw(&permit, &ready, &both, &Form::blank())),
        None => Ok(Redirect::to(&format!("/reports/{id}")).into_response()),
    }
}

pub(super) async fn send(
    permit: Permit<WriteReports>,
    Path(id): Path<ReportId>,
    both: Both,
    Extension(second): Extension<Arc<assessment::Desk>>,
    Sent(mut form): Sent,
) -> Page {
    let Some(ready) = ready(&permit, id, &both).await? else {
        return Ok(Redirect::to(&format!("/reports/{id}")).into_response());
    };
    if form.value("save") != ready.save.to_string() {
        form.refuse_all("The text was saved again since you checked it. Look at the check once more");
    }
    if ready.findings.iter().any(|finding| finding.weight == Weight::Mend) {
        form.refuse_all("Mend what has to be mended first");
    }
    let looked_at: Vec<String> = look(&ready).map(Finding::key).collect();
    if looked_at.iter().any(|key| !form.values("looked").contains(key)) {
        form.refuse("looked", "Tick each point that you looked at, or go back and mend it");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, &ready, &both, &form));
    }
    let countersign = second.countersigning(permit.account(), ready.report.project);
    let signing = Signing {
        version: ready.version,
        save: ready.save,
        looked_at,
        countersign,
        role: role_in(permit.account(), ready.report.project),
        at: clock::now(),
    };
    let by = permit.account().map_or_else(String::new, |account| account.name.clone());
    // Laid out before the unit begins: nobody waits for the one writer meanwhile.
    let finished = match countersign {
        Countersigning::Needed => None,
        Countersigning::NotNeeded => Some(finish(&both.1, &ready, &signing, by).await?),
    };
    let rules = Arc::clone(&both.0);
    let done = permit
        .write(move |w| {
            let Some((subject, report)) = w.reading(|r| find_report(r, id, &rules))? else {
                return Err(PageError::NotFound);
            };
            match sign(w, &subject, &report, &signing, finished.as_ref())? {
                Ok(()) | Err(Quicker::Signed) => Ok(()),
                Err(Quicker::Saved) => Err(PageError::Conflict(
                    "The text was saved again at this very moment. Look at the check once more.".into(),
                )),
            }
        })
        .await;
    done.map(|()| Redirect::to(&format!("/reports/{id}")).into_response())
}

async fn finish(desk: &Desk, ready: &Ready, signing: &Signing, by: String) -> Result<Finished, PageError> {
    let version = unsigned(signing, by);
    let kind = desk.kind(&ready.report.kind)?;
    let text = (ready.version, &ready.body, ready.changed.as_str());
    desk.finish(drawn(&ready.report, kind, &ready.around, text, Stand::Signed(&version))).await
}

/// The version as it will be kept.
fn unsigned(signing: &Signing, by: String) -> Version {
    Version {
        number: signing.version,
        save: signing.save,
        changed: String::new(),
        looked_at: Vec::new(),
        countersign: false,
        role: signing.role.clone(),
        signed_at: signing.at,
        by,
        account: None,
        second: None,
        locked: None,
        recommendations: Vec::new(),
    }
}

/// Points that have to be looked at.
fn look(ready: &Ready) -> impl Iterator<Item = &Finding> {
    ready.findings.iter().filter(|finding| finding.weight == Weight::Look)
}

fn draw(permit: &Permit<WriteReports>, ready: &Ready, both: &Both, form: &Form) -> Response {
    let base = format!("/reports/{}", ready.report.id);
    let mend: Vec<&Finding> = ready.findings.iter().filter(|f| f.weight == Weight::Mend).collect();
    let spoken = read_aloud(&ready.document, both.1.kinds.words_per_minute);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Check and sign" @if ready.version > 1 { " version " (ready.version) } }
        p class="govuk-body" {
            (ready.pages) @if ready.pages == 1 { " page" } @else { " pages" } "; read out in " (spoken.time_in_words()) ". "
            a class="govuk-link" href=(format!("{base}/draft.pdf")) { "The draft as PDF" }
        }
        @if !mend.is_empty() {
            h2 class="govuk-heading-m" { "To be mended before it can be signed" }
            ul class="al-findings" { @for finding in &mend { li { (shown(finding, &base)) } } }
        }
        (sign_form(ready, form, &base, mend.is_empty()))
    };
    let title = titled(form, "Check and sign");
    let write = format!("{base}/write");
    (status(form), page(permit, shell(&ready.subject, &title, ("Go on writing", &write)), body))
        .into_response()
}

fn shown(finding: &Finding, base: &str) -> Markup {
    let field = crate::web::components::id_of(&finding.field);
    html! { strong { (finding.words) } ". " @if !finding.instead.is_empty() { (finding.instead) ". " } a class="govuk-link" href=(format!("{base}/write#{field}")) { "Go there" span class="govuk-visually-hidden" { ": " (finding.words) } } }
}

fn sign_form(ready: &Ready, form: &Form, base: &str, may: bool) -> Markup {
    let keys: Vec<(String, &Finding)> = look(ready).map(|finding| (finding.key(), finding)).collect();
    let points: Vec<Choice<'_>> = keys
        .iter()
        .map(|(key, finding)| Choice { hint: Some(&finding.instead), ..Choice::new(key, &finding.words) })
        .collect();
    html! {
        form method="post" action=(format!("{base}/sign")) novalidate {
            input type="hidden" name="save" value=(ready.save);
            @if points.is_empty() && may { p class="govuk-body" { "The check finds nothing. It can’t read: you can." } }
            @if !points.is_empty() {
                (checkboxes(&form.field("looked", "To be looked at").with_size(LabelSize::Medium).with_hint("Tick what is right as it stands. What you tick is kept with the version"), Layout::Small, &points))
            }
            @if may {
                (warning_text("After this it is locked. A change is then a new version that says what changed."))
                (button_group(&[button("Sign and lock", Emphasis::Primary), button_link("Go on writing", Emphasis::Secondary, &format!("{base}/write"))]))
            } @else {
                (button_link("Go on writing", Emphasis::Primary, &format!("{base}/write")))
            }
        }
    }
}

/// For a countersignature: the same document, with both signatures.
pub(super) async fn finish_with_second(
    both: &Both,
    (report, around): (&Report, &Around),
    (body, changed): (&Body, &str),
    version: &Version,
) -> Result<Finished, PageError> {
    let kind = both.1.kind(&report.kind)?;
    both.1.finish(drawn(report, kind, around, (version.number, body, changed), Stand::Signed(version))).await
}
