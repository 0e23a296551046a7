//! Recording one part of an assessment. What is sent is compared with what the form was opened on: a colleague's answer given
//! meanwhile is neither lost nor overwritten unseen.

use super::parts::{Both, shell, status};
use crate::access::Permit;
use crate::access::policy::Triage;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{Answers, Sheet, inputs};
use crate::ids::PsychiatricId;
use crate::triage::case::Case;
use crate::triage::keeping::{Change, answer_words, changes, keep_facts, question_words};
use crate::triage::sheets::part;
use crate::triage::subject::{Subject, case_in_scope};
use crate::web::components::{Emphasis, Form, button, error_summary};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::html;

fn instance(case: &Case, sheet: &Sheet) -> Instance {
    Instance {
        form: "Psychiatric assessment, a part",
        subject: format!("psychiatric {} {}", case.id, sheet.key),
        href: format!("/psychiatry/{}/parts/{}", case.id, sheet.key),
    }
}

pub(super) async fn form(
    permit: Permit<Triage>,
    Path((id, key)): Path<(PsychiatricId, String)>,
    rules: Both,
) -> Page {
    let Some(sheet) = part(&key) else { return Err(PageError::NotFound) };
    let (account, morning) = (permit.account_id(), rules.0.clone());
    let found = permit
        .read(move |r| {
            let Some((subject, case)) = case_in_scope(r, id, &morning)? else {
                return Ok::<_, store::Error>(None);
            };
            let opened = drafts::open(r, account, &instance(&case, sheet))?;
            Ok(Some((subject, case, opened)))
        })
        .await?;
    let Some((subject, case, mut opened)) = found else { return Err(PageError::NotFound) };
    if opened.continued_from.is_none() {
        case.answers().fill(sheet, &mut opened.form);
        opened.form.set("seen", case.facts.len().to_string());
    }
    Ok(draw(&permit, &subject, &case, sheet, &opened))
}

pub(super) async fn save(
    permit: Permit<Triage>,
    Path((id, key)): Path<(PsychiatricId, String)>,
    rules: Both,
    Sent(mut form): Sent,
) -> Page {
    let Some(sheet) = part(&key) else { return Err(PageError::NotFound) };
    let (subject, case) = find(&permit, id, &rules).await?;
    let sent = Answers::read(sheet, &mut form);
    check(sheet, &sent, &mut form, clock::london_day(clock::now()));
    let seen: usize = form.value("seen").parse().unwrap_or(0);
    let changed = changes(sheet, &sent, &case.answers_after(seen), &case.answers());
    tell_meanwhile(&mut form, &changed, &case);
    if !form.is_accepted() {
        return Ok(draw(&permit, &subject, &case, sheet, &drafts::reopened(&form)));
    }
    let (what, morning) = (instance(&case, sheet), rules.0.clone());
    let href = format!("/psychiatry/{id}#{}", sheet.key);
    let kept = permit
        .write(move |w| {
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, PageError>(there);
            }
            // Compared again where it is written: between reading and writing somebody may have been quicker.
            let found = w.reading(|r| case_in_scope(r, id, &morning))?;
            let Some((subject, case)) = found else { return Err(PageError::NotFound) };
            let changed = changes(sheet, &sent, &case.answers_after(seen), &case.answers());
            if changed.iter().any(|change| change.meanwhile.is_some()) {
                return Err(PageError::Conflict(
                    "A colleague recorded something about the same question at this very moment.".into(),
                ));
            }
            let by = w.by();
            keep_facts(w, &case, &changed, &by, "us")?;
            subject.changed(w)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&kept).into_response())
}

pub(super) async fn open_again(permit: Permit<Triage>, Path(id): Path<PsychiatricId>, rules: Both) -> Page {
    let (subject, case) = find(&permit, id, &rules).await?;
    permit
        .write(move |w| {
            let again = ["closed", "closed-words"]
                .into_iter()
                .filter(|question| case.latest(question).is_some())
                .map(|question| Change { question: question.into(), answer: String::new(), meanwhile: None })
                .collect::<Vec<_>>();
            let by = w.by();
            keep_facts(w, &case, &again, &by, "us")?;
            if again.is_empty() { Ok(()) } else { subject.changed(w) }
        })
        .await?;
    Ok(Redirect::to(&format!("/psychiatry/{id}")).into_response())
}

pub(super) async fn find(
    permit: &Permit<Triage>,
    id: PsychiatricId,
    rules: &Both,
) -> Result<(Subject, Case), PageError> {
    let morning = rules.0.clone();
    permit.read(move |r| case_in_scope(r, id, &morning)).await?.ok_or(PageError::NotFound)
}

/// What has happened can't lie ahead; times are times; a close has its reason.
fn check(sheet: &Sheet, sent: &Answers, form: &mut Form, today: Date) {
    const HAPPENED: [&str; 15] = [
        "d1-asked",
        "d1-seen",
        "d1-sent",
        "d1-received",
        "d2-asked",
        "d2-seen",
        "d2-sent",
        "d2-received",
        "adjourned-on",
        "custody-since",
        "bed-sought",
        "bed-found",
        "admitted-on",
        "route-on",
        "outcome-on",
    ];
    for question in sheet.questions() {
        if HAPPENED.contains(&question.key) && sent.day(question.key).is_some_and(|day| day > today) {
            form.refuse(question.key, format!("{}: this day has not come yet", question.label));
        }
        if question.key.ends_with("-time") {
            let typed = sent.value(question.key);
            if !typed.is_empty() && crate::screening::time_of(typed).is_none() {
                form.refuse(question.key, format!("{}: enter a time like 14:00", question.label));
            }
        }
    }
    if sheet.key == "close" {
        if sent.value("closed").is_empty() {
            form.refuse("closed", "Say why it is closed");
        } else if sent.value("closed") != "done" && sent.value("closed-words").is_empty() {
            form.refuse("closed-words", "Give the reason in words");
        }
    }
}

/// Where a colleague recorded something else since the form was opened, both are shown; sending again then counts.
fn tell_meanwhile(form: &mut Form, changed: &[Change], case: &Case) {
    let mut any = false;
    for change in changed {
        if let Some(theirs) = &change.meanwhile {
            any = true;
            form.refuse(
                &change.question,
                format!(
                    "{}: a colleague recorded “{}” since you opened this. Yours is kept below; save again if it is right",
                    question_words(&change.question),
                    answer_words(&change.question, theirs)
                ),
            );
        }
    }
    if any {
        form.set("seen", case.facts.len().to_string());
    }
}

fn draw(
    permit: &Permit<Triage>,
    subject: &Subject,
    case: &Case,
    sheet: &'static Sheet,
    opened: &Opened,
) -> Response {
    let (form, what) = (&opened.form, instance(case, sheet));
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (sheet.title) }
        p class="govuk-body al-muted" { "Fill in what is known. Each answer is kept with your name and the time; earlier ones stay in the history." }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="seen" value=(form.value("seen"));
            (inputs(sheet, form))
            (button(if sheet.key == "close" { "Close this assessment" } else { "Save" }, Emphasis::Primary))
        }
    };
    let title = if form.is_accepted() { sheet.title.to_owned() } else { format!("Error: {}", sheet.title) };
    let back = format!("/psychiatry/{}", case.id);
    (status(form), page(permit, shell(subject, &title, Some(("Psychiatric assessment", &back))), body))
        .into_response()
}
