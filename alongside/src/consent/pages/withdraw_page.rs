//! Taking consent back: one question a page, what can't be recalled in plain sight, and a look at the answers before they count.

use super::parts::{Held, ledger_href, person_of, person_page, refuse_long, text, whom, whom_and_why};
use crate::access::Permit;
use crate::access::policy::KeepConsent;
use crate::clock;
use crate::consent::codes::{Decision, How};
use crate::consent::decisions::{Kept, NewDecision, Obtained, record};
use crate::consent::ledger::{Told, note_recipient_told};
use crate::consent::rule::Under;
use crate::consent::subject::Subject;
use crate::drafts::{self, Instance, Opened};
use crate::forms::{set_when, typed_when, when_input};
use crate::ids::{ConsentId, DisclosureId, PersonId};
use crate::people::find;
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, SummaryRow, button, button_named, checkboxes, error_summary,
    radios, summary_list, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

/// The pages, in order.
const STEPS: [&str; 4] = ["words", "how", "told", "check"];

fn instance(person: PersonId, id: ConsentId) -> Instance {
    Instance {
        form: "Withdrawal of consent",
        subject: format!("decision {id}"),
        href: format!("{}/{id}/withdraw", ledger_href(person)),
    }
}

/// A decision that can be taken back: a consent of this person.
fn standing(held: &Held, id: ConsentId) -> Result<&Kept, PageError> {
    held.decisions
        .iter()
        .find(|k| k.decided.id == id && matches!(k.decided.decision, Decision::Given | Decision::Partial))
        .ok_or(PageError::NotFound)
}

/// What was told resting on it, newest first.
fn shared(held: &Held, id: ConsentId) -> Vec<&Told> {
    held.told.iter().filter(|t| t.under == Some(Under::Decision(id))).collect()
}

pub(super) async fn form(
    permit: Permit<KeepConsent>,
    Path((person, id)): Path<(PersonId, ConsentId)>,
) -> Page {
    let held = person_of(&permit, person).await?;
    standing(&held, id)?;
    let (account, what) = (permit.account_id(), instance(held.person.id(), id));
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.version == 0 {
        opened.form.set("how", How::InPerson.key());
        set_when(&mut opened.form, "when", clock::now());
    }
    opened.form.set("step", STEPS[0]);
    draw(&permit, &held, id, &opened)
}

pub(super) async fn send(
    permit: Permit<KeepConsent>,
    Path((person, id)): Path<(PersonId, ConsentId)>,
    Sent(mut form): Sent,
) -> Page {
    let held = person_of(&permit, person).await?;
    let kept = standing(&held, id)?.clone();
    let at = STEPS.iter().position(|s| *s == form.value("step")).unwrap_or(0);
    if form.value("go") == "back" {
        form.set("step", STEPS[at.saturating_sub(1)]);
        return draw(&permit, &held, id, &drafts::reopened(&form));
    }
    if at + 1 < STEPS.len() {
        check(&mut form, STEPS[at]);
        if form.is_accepted() {
            form.set("step", STEPS[at + 1]);
        }
        return draw(&permit, &held, id, &drafts::reopened(&form));
    }
    for step in STEPS {
        check(&mut form, step);
        if !form.is_accepted() {
            form.set("step", step);
            return draw(&permit, &held, id, &drafts::reopened(&form));
        }
    }
    let Some(decided_at) = typed_when(&mut form, "when", clock::now()) else {
        return draw(&permit, &held, id, &drafts::reopened(&form));
    };
    let new = withdrawal(&kept, &form, decided_at);
    let mut notices: Vec<DisclosureId> = shared(&held, id).iter().map(|t| t.id).collect();
    notices.retain(|d| form.values("told").iter().any(|v| *v == d.to_string()));
    let (person, back, what) =
        (held.person.id(), ledger_href(held.person.id()), instance(held.person.id(), id));
    let to = permit
        .write(move |w| {
            let Some(person) = w.reading(|r| find(r, person))? else { return Err(PageError::NotFound) };
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &back)? {
                return Ok(href);
            }
            let about = Subject::person(w, &person)?;
            record(w, &about, &new)?;
            for disclosure in &notices {
                note_recipient_told(w, *disclosure, &text(&form, "told-words"), clock::now())?;
            }
            Ok(back)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}

fn withdrawal(kept: &Kept, form: &Form, decided_at: jiff::Timestamp) -> NewDecision {
    NewDecision {
        recipient: kept.decided.recipient,
        name: kept.decided.name.clone(),
        purpose: kept.decided.purpose,
        decision: Decision::Withdrawn,
        limits: String::new(),
        withdraws: Some(kept.decided.id),
        obtained: Obtained {
            how: How::from_key(form.value("how")),
            own_words: text(form, "own-words"),
            ..Obtained::default()
        },
        expires_on: None,
        decided_at,
    }
}

fn check(form: &mut Form, step: &str) {
    match step {
        "words" => refuse_long(form, &[("own-words", "Their words")]),
        "how" => {
            if How::from_key(form.value("how")).is_none() {
                form.refuse("how", "Choose how they told you");
            }
            typed_when(form, "when", clock::now());
        }
        _ => refuse_long(form, &[("told-words", "What they were told")]),
    }
}

fn draw(permit: &Permit<KeepConsent>, held: &Held, id: ConsentId, opened: &Opened) -> Page {
    let (form, what) = (&opened.form, instance(held.person.id(), id));
    let kept = standing(held, id)?;
    let step = STEPS.iter().find(|s| **s == form.value("step")).unwrap_or(&STEPS[0]);
    let told = shared(held, id);
    let body = html! {
        (error_summary(form))
        p class="govuk-caption-l" { "Withdraw: " (whom_and_why(&kept.decided)) }
        @if *step == STEPS[0] { (drafts::notice(opened)) }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="step" value=(step);
            (carried(form, step))
            @match *step {
                "words" => (words_step(form)),
                "how" => (how_step(form)),
                "told" => (told_step(form, &told)),
                _ => (check_step(form, kept, &told)),
            }
            div class="govuk-button-group" {
                @if *step == "check" { (button("Withdraw this consent", Emphasis::Warning)) } @else { (button("Continue", Emphasis::Primary)) }
                @if *step != STEPS[0] { (button_named("One question back", Emphasis::Secondary, "go", "back")) }
            }
        }
    };
    person_page(permit, &held.person, "Withdraw consent", form, body)
}

/// Answers of the other pages travel with the form, so that no page holds a question twice.
fn carried(form: &Form, step: &str) -> Markup {
    let asked_here: &[&str] = match step {
        "words" => &["own-words"],
        "how" => &["how", "when-day", "when-month", "when-year", "when-time"],
        "told" => &["told", "told-words"],
        _ => &[],
    };
    html! {
        @for (name, value) in form.pairs() {
            @if !name.starts_with("draft") && !["step", "go"].contains(&name) && !asked_here.contains(&name) { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn words_step(form: &Form) -> Markup {
    textarea(
        &form
            .field("own-words", "What did they say, in their words?")
            .with_size(LabelSize::PageHeading)
            .with_hint("They need not say why. Leave it empty if they said no more than that."),
        4,
    )
}

fn how_step(form: &Form) -> Markup {
    let hows: Vec<Choice<'_>> = How::ALL.iter().map(|h| Choice::new(h.key(), h.words())).collect();
    html! {
        h1 class="govuk-heading-l" { "How and when did they say so?" }
        (radios(&form.field("how", "How they told you"), Layout::Small, &hows))
        (when_input(form, "when", "When they said it", "Time"))
    }
}

fn told_step(form: &Form, told: &[&Told]) -> Markup {
    let rows: Vec<(String, String)> = told
        .iter()
        .map(|t| {
            let words = format!(
                "{}, {}: {}",
                whom(t.recipient, &t.to_name),
                clock::moment_words(t.told_at),
                t.summary
            );
            (t.id.to_string(), words)
        })
        .collect();
    let choices: Vec<Choice<'_>> = rows.iter().map(|(id, words)| Choice::new(id, words)).collect();
    html! {
        h1 class="govuk-heading-l" { "What was already told can’t be recalled" }
        @if rows.is_empty() { p class="govuk-body" { "Nothing was told resting on this consent." } }
        @else {
            (warning_text("Tell the person that these have been told already. Ask the recipients to use it no further."))
            (checkboxes(&form.field("told", "Recipients you have told of the withdrawal").with_hint("Tick those you have told. The others stay in the ledger as not told."), Layout::Stacked, &choices))
            (textarea(&form.field("told-words", "What you told them, and what they answered"), 2))
        }
    }
}

fn check_step(form: &Form, kept: &Kept, told: &[&Told]) -> Markup {
    let when = format!(
        "{} {} {}, {}",
        form.value("when-day"),
        form.value("when-month"),
        form.value("when-year"),
        form.value("when-time")
    );
    let how = How::from_key(form.value("how")).map_or("", How::words);
    let ticked = form.values("told").len();
    let words = text(form, "own-words");
    let rows = [
        SummaryRow::new("Withdrawn", html! { (whom_and_why(&kept.decided)) }),
        SummaryRow::new(
            "In their words",
            html! { @if words.is_empty() { "Nothing more was said" } @else { span class="al-typed" { (words) } } },
        ),
        SummaryRow::new("Said", html! { (how) ", " (when) }),
        SummaryRow::new(
            "Already told",
            html! { (told.len()) " in the ledger, " (ticked) " of the recipients told of the withdrawal" },
        ),
    ];
    html! {
        h1 class="govuk-heading-l" { "Check before it counts" }
        (summary_list(&rows))
        p class="govuk-body" { "From then on nothing more is told to them for this. The consent itself stays in the ledger, as what held until now." }
    }
}
