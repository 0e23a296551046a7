//! The list of needs, a new one, and the change of one.

use super::parts::{assessment_href, needs_table, person_page};
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::needs::{
    AREAS, Level, Need, NeedWords, add_need, change_need, needs_of, take_off_need,
};
use crate::assessment::record::{Assessment, find};
use crate::drafts::{self, Instance, Opened, Sent as DraftSent};
use crate::ids::{AssessmentId, NeedId};
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, Width, button, button_group, button_link, button_named,
    error_summary, radios, select, text_input, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

/// Longest text of a need.
const LONGEST: usize = 2_000;

fn instance(id: AssessmentId, need: Option<NeedId>) -> Instance {
    match need {
        None => Instance {
            form: "New need",
            subject: format!("assessment {id}"),
            href: format!("/assessments/{id}/needs"),
        },
        Some(need) => Instance {
            form: "Change of a need",
            subject: format!("need {need}"),
            href: format!("/assessments/{id}/needs/{need}"),
        },
    }
}

pub(super) async fn show(permit: Permit<Assess>, Path(id): Path<AssessmentId>) -> Page {
    let account = permit.account_id();
    let (assessment, needs, opened) = permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            let (needs, opened) = (needs_of(r, id)?, drafts::open(r, account, &instance(id, None))?);
            Ok((assessment, needs, opened))
        })
        .await?;
    Ok(draw(&permit, &assessment, &needs, &opened))
}

fn draw(permit: &Permit<Assess>, assessment: &Assessment, needs: &[Need], opened: &Opened) -> Response {
    let href = format!("{}/needs", assessment_href(assessment));
    let change = |n: &Need| format!("{href}/{}", n.id);
    let body = html! {
        (error_summary(&opened.form))
        h1 class="govuk-heading-l" { "Needs" }
        @if assessment.is_signed() { (warning_text("This assessment is signed. A change is a correction and needs a reason.")) }
        @if needs.is_empty() { p class="govuk-body" { "No need is listed yet." } } @else { (needs_table(needs, Some(&change))) }
        h2 class="govuk-heading-m" { "Add a need" }
        (drafts::notice(opened))
        form method="post" action=(href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&instance(assessment.id(), None), opened))
            (fields(&opened.form))
            @if assessment.is_signed() { (reason(&opened.form)) }
            (button_group(&[button("Add this need", Emphasis::Primary), button_link("Back to all topics", Emphasis::Secondary, &assessment_href(assessment))]))
        }
    };
    let back = assessment_href(assessment);
    person_page(permit, &assessment.person, "Needs", ("All topics", &back), &opened.form, body)
}

fn fields(form: &Form) -> Markup {
    let mut areas = vec![Choice::new("", "Choose an area")];
    areas.extend(AREAS.iter().map(|(key, words)| Choice::new(key, words)));
    let levels: Vec<Choice<'_>> = Level::ALL.iter().map(|l| Choice::new(l.key(), l.words())).collect();
    let line = Input { autocomplete: Some("off"), width: Width::Twenty, ..Input::default() };
    html! {
        (select(&form.field("area", "Area").with_size(LabelSize::Small), &areas))
        (radios(&form.field("level", "Level of need").with_size(LabelSize::Small).with_hint("What help fits: mild, advice; moderate, a service; severe, specialist care"), Layout::Chips, &levels))
        (textarea(&form.field("plan", "The need, and what is to be done").with_size(LabelSize::Small), 3))
        (text_input(&form.field("by_whom", "By whom").with_size(LabelSize::Small), line))
        (text_input(&form.field("by_when", "By when").with_size(LabelSize::Small).with_hint("A day, or “before release”"), line))
    }
}

fn reason(form: &Form) -> Markup {
    textarea(&form.field("reason", "Why is it changed?").with_size(LabelSize::Small), 2)
}

/// What was sent about a need. Area and level must be there: a need of neither is none.
fn read(form: &mut Form) -> Option<NeedWords> {
    let text = |form: &Form, name: &str| form.value(name).trim().to_owned();
    let area = text(form, "area");
    let level = Level::from_key(form.value("level"));
    let said = NeedWords {
        level: level.unwrap_or(Level::NotKnown),
        plan: text(form, "plan"),
        by_whom: text(form, "by_whom"),
        by_when: text(form, "by_when"),
        area,
    };
    if !AREAS.iter().any(|(key, _)| *key == said.area) {
        form.refuse("area", "Choose the area of the need");
    }
    if level.is_none() {
        form.refuse("level", "Choose a level, or “Not known”");
    }
    for (name, value) in [("plan", &said.plan), ("by_whom", &said.by_whom), ("by_when", &said.by_when)] {
        if value.chars().count() > LONGEST {
            form.refuse(name, format!("Shorten to {LONGEST} characters"));
        }
    }
    form.is_accepted().then_some(said)
}

fn read_reason(form: &mut Form, assessment: &Assessment, always: bool) -> String {
    let reason = form.value("reason").trim().to_owned();
    if reason.is_empty() && (always || assessment.is_signed()) {
        form.refuse("reason", "Say why it is changed");
    }
    if reason.chars().count() > LONGEST {
        form.refuse("reason", format!("Shorten to {LONGEST} characters"));
    }
    reason
}

pub(super) async fn send(permit: Permit<Assess>, Path(id): Path<AssessmentId>, Sent(form): Sent) -> Page {
    let again = permit
        .write(move |w| {
            let mut form = form;
            let Some(assessment) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            let said = read(&mut form);
            let reason = read_reason(&mut form, &assessment, false);
            let (Some(said), true) = (said, form.is_accepted()) else {
                return Ok(Some((assessment, needs_of(w, id)?, form)));
            };
            if drafts::submit(w, &instance(id, None), &form, &format!("/assessments/{id}/needs"))?
                == DraftSent::Now
            {
                add_need(w, &assessment, &said, &reason)?;
            }
            Ok(None)
        })
        .await?;
    match again {
        None => Ok(Redirect::to(&format!("/assessments/{id}/needs")).into_response()),
        Some((assessment, needs, form)) => Ok(draw(&permit, &assessment, &needs, &drafts::reopened(&form))),
    }
}

pub(super) async fn show_one(permit: Permit<Assess>, Path((id, need)): Path<(AssessmentId, NeedId)>) -> Page {
    let account = permit.account_id();
    let (assessment, found, mut opened) = permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            let found = needs_of(r, id)?.into_iter().find(|n| n.id == need);
            let opened = drafts::open(r, account, &instance(id, Some(need)))?;
            Ok((assessment, found.ok_or(PageError::NotFound)?, opened))
        })
        .await?;
    if opened.continued_from.is_none() {
        opened.form = form_of(&found);
    }
    Ok(draw_one(&permit, &assessment, &found, &opened))
}

fn form_of(need: &Need) -> Form {
    let mut form = Form::blank();
    form.set("area", &need.said.area);
    form.set("level", need.said.level.key());
    form.set("plan", &need.said.plan);
    form.set("by_whom", &need.said.by_whom);
    form.set("by_when", &need.said.by_when);
    form.set("seen", need.version.to_string());
    form
}

fn draw_one(permit: &Permit<Assess>, assessment: &Assessment, need: &Need, opened: &Opened) -> Response {
    let back = format!("{}/needs", assessment_href(assessment));
    let body = html! {
        (error_summary(&opened.form))
        h1 class="govuk-heading-l" { "Change a need" }
        p class="govuk-body" { "What stood here before is kept." }
        (drafts::notice(opened))
        form method="post" action=(format!("{back}/{}", need.id)) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&instance(assessment.id(), Some(need.id)), opened))
            input type="hidden" name="seen" value=(opened.form.value("seen"));
            (fields(&opened.form))
            (textarea(&opened.form.field("reason", "Why is it changed or taken off?").with_size(LabelSize::Small).with_hint(if assessment.is_signed() { "The assessment is signed: a reason is needed" } else { "Needed to take it off" }), 2))
            (button_group(&[button("Save the need", Emphasis::Primary), button_named("Take it off the list", Emphasis::Secondary, "then", "off")]))
        }
    };
    person_page(permit, &assessment.person, "Change a need", ("Needs", &back), &opened.form, body)
}

pub(super) async fn send_one(
    permit: Permit<Assess>,
    Path((id, need)): Path<(AssessmentId, NeedId)>,
    Sent(form): Sent,
) -> Page {
    let again = permit
        .write(move |w| {
            let mut form = form;
            let Some(assessment) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            let found = needs_of(w, id)?.into_iter().find(|n| n.id == need).ok_or(PageError::NotFound)?;
            let off = form.value("then") == "off";
            let said = if off { Some(found.said.clone()) } else { read(&mut form) };
            let reason = read_reason(&mut form, &assessment, off);
            // The same words again are a second press of the button, and done already.
            let same = said.as_ref() == Some(&found.said) && !off;
            if form.value("seen") != found.version.to_string() && !same {
                form.refuse_all("Somebody changed this need since you opened it; theirs is on the list. Save again to make yours the newer one");
                form.set("seen", found.version.to_string());
            }
            let (Some(said), true) = (said, form.is_accepted()) else {
                return Ok(Some((assessment, found, form)));
            };
            let to = format!("/assessments/{id}/needs");
            if drafts::submit(w, &instance(id, Some(need)), &form, &to)? == DraftSent::Now {
                if off {
                    take_off_need(w, &assessment, &found, &reason)?;
                } else if !same {
                    change_need(w, &assessment, &found, &said, &reason)?;
                }
            }
            Ok(None)
        })
        .await?;
    match again {
        None => Ok(Redirect::to(&format!("/assessments/{id}/needs")).into_response()),
        Some((assessment, found, form)) => {
            Ok(draw_one(&permit, &assessment, &found, &drafts::reopened(&form)))
        }
    }
}
