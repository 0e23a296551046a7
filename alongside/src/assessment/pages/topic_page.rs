//! One topic: its questions, what was said before, and whether it is complete.

use super::parts::{answers_shown, assessment_href, person_page, rail, topic_href};
use crate::access::Permit;
use crate::access::policy::Assess;
use crate::assessment::priors::{Prior, prior, unchanged};
use crate::assessment::record::{Assessment, find};
use crate::assessment::topics::{self, SAFETY_PLAN, Topic};
use crate::assessment::versions::{Confirmed, Save, SavedMeanwhile, State, Version, current, save};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as DraftSent};
use crate::forms::{Answers, answer, inputs};
use crate::ids::AssessmentId;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, SummaryRow, button, button_group, button_named, error_summary,
    inset_text, radios, summary_list, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Longest reason of a correction.
const LONGEST_REASON: usize = 500;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// `use`: what was said before stands in the form, to be changed and saved.
    before: Option<String>,
}

/// All that the page shows.
struct View {
    assessment: Assessment,
    topic: &'static Topic,
    saved: BTreeMap<String, Version>,
    prior: Prior,
    theirs: Option<Version>,
}

impl View {
    fn now(&self) -> Option<&Version> {
        self.saved.get(self.topic.key())
    }
}

fn instance(id: AssessmentId, topic: &Topic) -> Instance {
    Instance {
        form: "Assessment topic",
        subject: format!("assessment {id} {}", topic.key()),
        href: format!("/assessments/{id}/topics/{}", topic.key()),
    }
}

pub(super) async fn show(
    permit: Permit<Assess>,
    Path((id, key)): Path<(AssessmentId, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let Some(topic) = topics::find(&key) else { return Err(PageError::NotFound) };
    let account = permit.account_id();
    let (view, mut opened) = permit
        .read(move |r| {
            let Some(assessment) = find(r, id)? else { return Err(PageError::NotFound) };
            let (saved, prior) = (current(r, id)?, prior(r, &assessment, topic)?);
            let opened = drafts::open(r, account, &instance(id, topic))?;
            Ok((View { assessment, topic, saved, prior, theirs: None }, opened))
        })
        .await?;
    if opened.continued_from.is_none() {
        opened.form = fresh_form(&view, asked.before.as_deref() == Some("use"));
    }
    Ok(draw(&permit, &view, &opened))
}

/// The form as it stands: what is saved, or (only when asked for) what was said before.
fn fresh_form(view: &View, before: bool) -> Form {
    let mut form = Form::blank();
    match view.now() {
        Some(version) => {
            version.answers.fill(&view.topic.sheet, &mut form);
            form.set("state", version.state.key());
            form.set("seen", version.version.to_string());
        }
        None => {
            form.set("seen", "0");
            if before {
                view.prior.answers.fill(&view.topic.sheet, &mut form);
                form.set("took", "yes");
            }
        }
    }
    form
}

fn draw(permit: &Permit<Assess>, view: &View, opened: &Opened) -> axum::response::Response {
    let (assessment, topic, form) = (&view.assessment, view.topic, &opened.form);
    let href = topic_href(assessment, topic);
    let took = form.value("took") == "yes";
    let body = html! {
        (error_summary(form))
        div class="al-topic" {
            div class="al-topic__form" {
                h1 class="govuk-heading-l" { (topic.title()) }
                @if !topic.ask.is_empty() { (inset_text(html! { p class="govuk-body" { (topic.ask) } })) }
                @if assessment.is_signed() { (warning_text("This assessment is signed. A change is a correction: it makes a new version and needs a reason.")) }
                @if let Some(theirs) = &view.theirs { (meanwhile(topic, theirs)) }
                @if view.now().is_none() { (before(view, &href, took)) }
                (drafts::notice(opened))
                form method="post" action=(href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
                    (drafts::fields(&instance(assessment.id(), topic), opened))
                    input type="hidden" name="seen" value=(form.value("seen"));
                    @if took { input type="hidden" name="took" value="yes"; }
                    (inputs(&topic.sheet, form))
                    (state_question(form))
                    @if assessment.is_signed() { (textarea(&form.field("reason", "Why is it corrected?").with_size(LabelSize::Small), 2)) }
                    (buttons(topic))
                }
                (questionnaires(assessment, topic))
                (kept(assessment, topic, view.now()))
            }
            (rail(assessment, &view.saved, topic))
        }
    };
    let back = assessment_href(assessment);
    person_page(permit, &assessment.person, topic.title(), ("All topics", &back), form, body)
}

/// What was said before, answer by answer with its day, and the two ways to make it count here.
fn before(view: &View, href: &str, took: bool) -> Markup {
    if view.prior.is_empty() {
        return html! {};
    }
    let rows: Vec<SummaryRow<'_>> = view
        .topic
        .sheet
        .questions()
        .filter_map(|q| {
            let value = answer(q, &view.prior.answers)?;
            let words = view.prior.words.get(q.key)?;
            Some(SummaryRow::new(
                q.label,
                html! { (value) p class="govuk-body-s al-muted al-said" { (words) } },
            ))
        })
        .collect();
    inset_text(html! {
        @if took {
            p class="govuk-body" { strong { "The answers below are from before and are not saved yet." } " Change what is no longer right, then save." }
        } @else {
            h2 class="govuk-heading-s" { "Said before" }
            p class="govuk-body" { "Not part of this assessment unless you say that it still holds." }
        }
        (summary_list(&rows))
        @if !took {
            form method="post" action=(format!("{href}/still-right")) class="al-no-print" {
                (button_group(&[
                    button("Still right: use all of it", Emphasis::Secondary),
                    html! { a class="govuk-link" href=(format!("{href}?before=use")) { "Change it first" } },
                ]))
            }
        }
    })
}

fn meanwhile(topic: &Topic, theirs: &Version) -> Markup {
    inset_text(html! {
        h2 class="govuk-heading-s" { (theirs.by) " saved this topic while you were writing, " (clock::moment_words(theirs.at)) }
        p class="govuk-body" { "Theirs is kept. Below it is what you wrote: take over what you need, then save yours as the newer version." }
        (answers_shown(topic, theirs))
    })
}

fn state_question(form: &Form) -> Markup {
    radios(
        &form.field("state", "Have you completed this topic?").with_size(LabelSize::Medium),
        Layout::Chips,
        &[
            Choice::new(State::Complete.key(), "Yes, completed"),
            Choice::new(State::Begun.key(), "No, I'll come back to it"),
            Choice::new(State::LeftOut.key(), "It is left out of this assessment"),
        ],
    )
}

fn buttons(topic: &Topic) -> Markup {
    let back = |emphasis| button_named("Save and see all topics", emphasis, "then", "list");
    match topics::after(topic.key()) {
        Some(_) => button_group(&[
            button_named("Save and go to the next topic", Emphasis::Primary, "then", "next"),
            back(Emphasis::Secondary),
        ]),
        None => button_group(&[back(Emphasis::Primary)]),
    }
}

fn questionnaires(assessment: &Assessment, topic: &Topic) -> Markup {
    html! {
        @if !topic.instruments.is_empty() {
            p class="govuk-body al-no-print" { a class="govuk-link" href=(format!("/people/{}/questionnaires?assessment={}&topic={}", assessment.person.id(), assessment.id(), topic.key())) { "Questionnaires for this topic" } }
        }
    }
}

fn kept(assessment: &Assessment, topic: &Topic, now: Option<&Version>) -> Markup {
    let Some(now) = now else { return html! {} };
    html! {
        p class="govuk-body-s al-muted" {
            "Saved " (clock::moment_words(now.at)) " by " (now.by) ". "
            a class="govuk-link" href=(format!("{}/versions", topic_href(assessment, topic))) {
                @if now.version == 1 { "Read it" } @else { "All " (now.version) " versions, and what changed" }
            }
        }
        @if topic.key() == SAFETY_PLAN {
            p class="govuk-body" { a class="govuk-link" href=(format!("{}/safety-plan", assessment_href(assessment))) { "Print the plan for the person" } }
        }
    }
}

fn next_href(id: AssessmentId, topic: &Topic, then: &str) -> String {
    match topics::after(topic.key()).filter(|_| then == "next") {
        Some(next) => format!("/assessments/{id}/topics/{}", next.key()),
        None => format!("/assessments/{id}"),
    }
}

/// What a save came to.
enum Outcome {
    Go(String),
    Again(Box<View>),
}

pub(super) async fn send(
    permit: Permit<Assess>,
    Path((id, key)): Path<(AssessmentId, String)>,
    Sent(mut form): Sent,
) -> Page {
    let Some(topic) = topics::find(&key) else { return Err(PageError::NotFound) };
    let answers = Answers::read(&topic.sheet, &mut form);
    let reason = form.value("reason").trim().to_owned();
    if reason.chars().count() > LONGEST_REASON {
        form.refuse("reason", format!("Shorten the reason to {LONGEST_REASON} characters"));
    }
    let (sent, next) = (form.clone(), next_href(id, topic, form.value("then")));
    let outcome = permit
        .write(move |w| {
            let Some(assessment) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            let (saved, prior) = (current(w, id)?, prior(w, &assessment, topic)?);
            let mut view = View { assessment, topic, saved, prior, theirs: None };
            if !sent.is_accepted() || (view.assessment.is_signed() && reason.is_empty()) {
                return Ok(Outcome::Again(Box::new(view)));
            }
            let new = Save {
                seen: sent.value("seen").parse().unwrap_or(0),
                state: State::from_key(sent.value("state")),
                confirmed: confirmed(&view, &answers, sent.value("took") == "yes"),
                answers,
                reason,
            };
            // The draft is closed only together with the version that holds its text.
            let newest = view.now().map_or(0, |v| v.version);
            if newest == new.seen
                && let DraftSent::Before(href) = drafts::submit(w, &instance(id, topic), &sent, &next)?
            {
                return Ok(Outcome::Go(href));
            }
            match save(w, &view.assessment, topic, &new)? {
                Ok(_) => Ok(Outcome::Go(next)),
                Err(SavedMeanwhile(theirs)) => {
                    view.theirs = Some(*theirs);
                    Ok(Outcome::Again(Box::new(view)))
                }
            }
        })
        .await?;
    match outcome {
        Outcome::Go(href) => Ok(Redirect::to(&href).into_response()),
        Outcome::Again(view) => {
            if let Some(theirs) = &view.theirs {
                form.refuse_all(
                    "Somebody saved this topic while you were writing: read theirs, then save yours again",
                );
                form.set("seen", theirs.version.to_string());
            } else if view.assessment.is_signed() && form.value("reason").trim().is_empty() {
                form.refuse("reason", "Say why it is corrected");
            }
            let opened = drafts::reopened(&form);
            Ok(draw(&permit, &view, &opened))
        }
    }
}

/// Which answers were taken over from before: those the form was filled with and nobody changed, and of a version saved
/// already those that are still the same.
fn confirmed(view: &View, answers: &Answers, took: bool) -> Confirmed {
    let sheet = &view.topic.sheet;
    match view.now() {
        Some(version) => unchanged(sheet, answers, &version.answers, &version.confirmed),
        None if took => unchanged(sheet, answers, &view.prior.answers, &view.prior.words),
        None => Confirmed::new(),
    }
}

/// The clinician says that what was said before still holds: only now is it part of this assessment.
pub(super) async fn still_right(
    permit: Permit<Assess>,
    Path((id, key)): Path<(AssessmentId, String)>,
) -> Page {
    let Some(topic) = topics::find(&key) else { return Err(PageError::NotFound) };
    permit
        .write(move |w| {
            let Some(assessment) = w.reading(|r| find(r, id))? else { return Err(PageError::NotFound) };
            let prior = prior(w, &assessment, topic)?;
            let begun = current(w, id)?.contains_key(topic.key());
            if begun || prior.is_empty() || assessment.is_signed() {
                return Ok(());
            }
            let new = Save {
                seen: 0,
                state: State::Begun,
                answers: prior.answers,
                confirmed: prior.words,
                reason: String::new(),
            };
            // Somebody was first: their version stands and the page shows it.
            let _first = save(w, &assessment, topic, &new)?;
            Ok(())
        })
        .await?;
    Ok(Redirect::to(&format!("/assessments/{id}/topics/{}", topic.key())).into_response())
}
