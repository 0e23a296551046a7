//! Deciding whether a psychiatrist should see somebody: what the rules propose, what the clinician adds, and the decision.

use super::parts::{Both, fact, proposals, shell, status};
use crate::access::Permit;
use crate::access::policy::Triage;
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::{Answers, Asked, inputs};
use crate::ids::{ListingId, PersonId, TriageId};
use crate::triage::added::{SHEET, facts_of};
use crate::triage::decision::{Decided, Decision, NewDecision, decide};
use crate::triage::facts::Fact;
use crate::triage::gather::facts_about;
use crate::triage::propose::{Proposal, left_over, propose};
use crate::triage::reading::decisions_about;
use crate::triage::rules::Rules;
use crate::triage::subject::{Of, Subject};
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, button, button_named, checkboxes, details, details_open,
    error_summary, inset_text, radios, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

/// Longest reason kept.
const LONGEST: usize = 4_000;

fn instance(subject: &Subject) -> Instance {
    Instance { form: "Triage", subject: subject.key(), href: format!("{}/triage", subject.base()) }
}

/// What the page shows besides the form.
struct Seen {
    subject: Subject,
    proposals: Vec<Proposal>,
    facts: Vec<Fact>,
    earlier: Vec<Decided>,
}

fn seen(
    r: &mut crate::access::Reader<'_, Triage>,
    of: Of,
    (morning, rules): &Both,
    added: &Answers,
    by: &str,
) -> store::Result<Option<Seen>> {
    let now = clock::now();
    let Some(subject) = of.find(r, morning)? else { return Ok(None) };
    let mut facts = facts_about(r, &subject, rules, now)?;
    facts.extend(facts_of(added, by, now));
    let earlier = decisions_about(r, &subject.about)?;
    Ok(Some(Seen { proposals: propose(&facts, rules), subject, facts, earlier }))
}

fn by(permit: &Permit<Triage>) -> String {
    permit.account().map(|account| account.name.clone()).unwrap_or_default()
}

pub(super) async fn for_line(permit: Permit<Triage>, Path(id): Path<ListingId>, rules: Both) -> Page {
    show(permit, Of::Line(id), rules).await
}

pub(super) async fn for_person(permit: Permit<Triage>, Path(id): Path<PersonId>, rules: Both) -> Page {
    show(permit, Of::Person(id), rules).await
}

async fn show(permit: Permit<Triage>, of: Of, rules: Both) -> Page {
    let (account, name, both) = (permit.account_id(), by(&permit), rules.clone());
    let found = permit
        .read(move |r| {
            let Some(subject) = of.find(r, &both.0)? else { return Ok::<_, store::Error>(None) };
            let opened = drafts::open(r, account, &instance(&subject))?;
            let added = Answers::read(&SHEET, &mut opened.form.clone());
            Ok(seen(r, of, &both, &added, &name)?.map(|seen| (seen, opened)))
        })
        .await?;
    let Some((seen, opened)) = found else { return Err(PageError::NotFound) };
    Ok(draw(&permit, &seen, &rules.1, &opened))
}

pub(super) async fn decide_line(
    permit: Permit<Triage>,
    Path(id): Path<ListingId>,
    rules: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Line(id), rules, form).await
}

pub(super) async fn decide_person(
    permit: Permit<Triage>,
    Path(id): Path<PersonId>,
    rules: Both,
    Sent(form): Sent,
) -> Page {
    send(permit, Of::Person(id), rules, form).await
}

async fn send(permit: Permit<Triage>, of: Of, rules: Both, mut form: Form) -> Page {
    let added = Answers::read(&SHEET, &mut form);
    let (name, both, asked) = (by(&permit), rules.clone(), added.clone());
    let Some(seen) = permit.read(move |r| seen(r, of, &both, &asked, &name)).await? else {
        return Err(PageError::NotFound);
    };
    if form.value("then") == "look" {
        return Ok(draw(&permit, &seen, &rules.1, &drafts::reopened(&form)));
    }
    let Some(new) = checked(&mut form, &seen.proposals, added, &rules.1) else {
        return Ok(draw(&permit, &seen, &rules.1, &drafts::reopened(&form)));
    };
    let (id, what) = (TriageId::fresh(), instance(&seen.subject));
    let (subject, in_force) = (seen.subject, rules.1.0.clone());
    let href = permit
        .write(move |w| {
            let href = format!("/triage/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok::<_, store::Error>(there);
            }
            decide(w, &subject, id, &new, &in_force)?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&href).into_response())
}

/// The decision in a form; nothing when something is missing, which the form then says.
fn checked(
    form: &mut Form,
    proposals: &[Proposal],
    mut added: Answers,
    rules: &Rules,
) -> Option<NewDecision> {
    let decision = Decision::from_key(form.value("decision"));
    let urgency = rules.urgency(form.value("urgency")).cloned();
    let reason = form.value("reason").trim().to_owned();
    let unseen = proposals.iter().filter(|p| !form.values("shown").contains(&p.key)).count();
    if unseen > 0 {
        form.refuse_all("Your answers bring up further reasons: look at them below, then save again");
    }
    if decision.is_none() {
        form.refuse("decision", "Say whether a psychiatrist should see this person");
    }
    if decision == Some(Decision::Refer) && urgency.is_none() {
        form.refuse("urgency", "Say how urgent it is");
    }
    if reason.is_empty() {
        form.refuse("reason", "Give your reason: a decision stands on it, not on a rule or a score");
    } else if reason.chars().count() > LONGEST {
        form.refuse("reason", format!("Shorten the reason to {LONGEST} characters"));
    }
    if proposals.iter().any(|p| p.medical_first) {
        let called = Asked::from_key(form.value("medical-help"));
        if called == Asked::NotAsked {
            form.refuse("medical-help", "Say whether medical help was called: the body comes first");
        }
        added.set("medical-help", called.key());
    }
    if !form.is_accepted() {
        return None;
    }
    let relied: Vec<String> = form.values("relied").to_vec();
    let proposals =
        proposals.iter().map(|p| Proposal { relied_on: relied.contains(&p.key), ..p.clone() }).collect();
    Some(NewDecision { decision: decision?, reason, urgency, proposals, added })
}

fn draw(permit: &Permit<Triage>, seen: &Seen, rules: &Rules, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, instance(&seen.subject));
    let medical = seen.proposals.iter().any(|p| p.medical_first);
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Triage: should a psychiatrist see this person?" }
        @if medical { (warning_text("Medical emergency first. Confusion or withdrawal: call custody healthcare or 999 now, then decide about psychiatry.")) }
        h2 class="govuk-heading-m" { "What the rules propose" }
        @if seen.proposals.is_empty() { (nothing_proposed()) }
        @else {
            (proposals(&seen.proposals))
            p class="govuk-body-s al-muted" { "Rules " (rules.version) ". They propose; you decide, either way, with a reason." }
        }
        (also_recorded(&left_over(&seen.facts, &seen.proposals)))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            @for proposal in &seen.proposals { input type="hidden" name="shown" value=(proposal.key); }
            (more(form))
            (decision_fields(form, seen, rules, medical))
            (button("Save decision", Emphasis::Primary))
        }
        @if !seen.earlier.is_empty() {
            h2 class="govuk-heading-m" { "Decided before" }
            ul class="govuk-list" {
                @for decided in &seen.earlier {
                    li { a class="govuk-link" href=(format!("/triage/{}", decided.id)) { (crate::triage::below::decision_words(decided)) } ", " (decided.by) ", " (clock::moment_words(decided.decided_at)) }
                }
            }
        }
    };
    let title = if form.is_accepted() { "Triage" } else { "Error: Triage" };
    (status(form), page(permit, shell(&seen.subject, title, None), body)).into_response()
}

/// Words that no rule uses are not words that nobody should read: thoughts of not living stand here when no plan was told.
fn also_recorded(left: &[&Fact]) -> Markup {
    html! {
        @if !left.is_empty() {
            h2 class="govuk-heading-s" { "Also recorded" }
            p class="govuk-body-s al-muted" { "No rule proposes anything from these alone. You may." }
            ul class="govuk-list govuk-list--bullet" { @for one in left { li { (fact(one)) } } }
        }
    }
}

fn nothing_proposed() -> Markup {
    inset_text(html! {
        p class="govuk-body" { "The rules propose nothing from what is recorded. " strong { "That is not “no need”." } }
        p class="govuk-body" { "They see only what was written down: a screening, questionnaires, the list, the escort record. Add what you know, or refer on your own judgement." }
    })
}

/// What the clinician knows beyond the record: folded away until something is in it.
fn more(form: &Form) -> Markup {
    let filled = SHEET
        .questions()
        .any(|q| form.values(q.key).iter().any(|v| !v.is_empty()) || form.error(q.key).is_some());
    let inner = html! {
        (inputs(&SHEET, form))
        (button_named("Look again with these answers", Emphasis::Secondary, "then", "look"))
    };
    if filled { details_open("Add what you know", inner) } else { details("Add what you know", inner) }
}

fn decision_fields(form: &Form, seen: &Seen, rules: &Rules, medical: bool) -> Markup {
    let relied: Vec<Choice<'_>> = seen.proposals.iter().map(|p| Choice::new(&p.key, &p.name)).collect();
    let help: Vec<Choice<'_>> = [(Asked::Yes, "Yes"), (Asked::No, "No"), (Asked::NotKnown, "Not known yet")]
        .into_iter()
        .map(|(asked, words)| Choice::new(asked.key(), words))
        .collect();
    let decisions = [
        Choice::new(Decision::Refer.key(), "Yes, refer for a psychiatric assessment"),
        Choice::new(Decision::NotNow.key(), "No, not now"),
    ];
    let labels: Vec<(String, String)> = rules
        .urgency
        .iter()
        .map(|u| {
            let unsure = if u.confirmed { "" } else { " (time not confirmed in a source)" };
            (format!("{}. {}", u.code, u.words), format!("{}{unsure}", u.time_words()))
        })
        .collect();
    let urgencies: Vec<Choice<'_>> = rules
        .urgency
        .iter()
        .zip(&labels)
        .map(|(u, (label, hint))| Choice { hint: Some(hint), ..Choice::new(&u.code, label) })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "Your decision" }
        @if !relied.is_empty() {
            (checkboxes(&form.field("relied", "Which of these reasons do you rely on?").with_size(LabelSize::Small).with_hint("None, some or all"), Layout::Small, &relied))
        }
        @if medical { (radios(&form.field("medical-help", "Was medical help called?").with_size(LabelSize::Small), Layout::Inline, &help)) }
        (radios(&form.field("decision", "Should a psychiatrist see this person?").with_size(LabelSize::Small), Layout::Small, &decisions))
        (radios(&form.field("urgency", "How urgent?").with_size(LabelSize::Small).with_hint("The clock starts when you save"), Layout::Small, &urgencies))
        (textarea(&form.field("reason", "Your reason").with_size(LabelSize::Small).with_hint("Also when you follow a proposal. A score alone is no reason, and closes nothing"), 4))
    }
}
