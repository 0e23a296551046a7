//! One talk about several recipients: the fields, and the decisions they make.

use super::parts::{Asked, refuse_long, text};
use crate::clock;
use crate::consent::codes::{Decision, How, Purpose, Recipient};
use crate::consent::decisions::{NewDecision, Obtained};
use crate::forms::{set_when, typed_when, when_input};
use crate::web::components::{
    Choice, Form, Input, LabelSize, Layout, TypedDate, checkboxes, date_input, details, details_open, radios,
    select, text_input, textarea, typed_date,
};
use jiff::Timestamp;
use maud::{Markup, html};

/// What one row offers; "no change" is what an untouched row says.
const ANSWERS: [(&str, &str); 6] = [
    ("", "No change"),
    ("given", "Yes"),
    ("refused", "No"),
    ("partial", "In part"),
    ("capacity", "Can’t decide now"),
    ("not-asked", "Not asked"),
];
/// Those of a court day first; the rest below.
const IN_COURT: [Recipient; 8] = [
    Recipient::Court,
    Recipient::Defence,
    Recipient::Prosecution,
    Recipient::Probation,
    Recipient::Police,
    Recipient::Escort,
    Recipient::Prison,
    Recipient::PrisonHealthcare,
];

fn field_of(recipient: Recipient) -> String {
    format!("to-{}", recipient.key())
}

fn name_of(recipient: Recipient) -> String {
    format!("name-{}", recipient.key())
}

/// A blank form, as it stands at a moment; whoever one came to ask about has the purpose chosen.
pub(super) fn blank(asked: &Asked, now: Timestamp) -> Form {
    let mut form = Form::blank();
    set_when(&mut form, "when", now);
    form.set("how", How::InPerson.key());
    form.set("asked", asked.recipient().map_or("", Recipient::key));
    if let Some(purpose) = asked.purpose() {
        form.set("purpose", purpose.key());
    }
    form
}

pub(super) fn inputs(form: &Form) -> Markup {
    let asked = Recipient::from_key(form.value("asked"));
    let rest = |r: &&Recipient| Some(**r) != asked;
    html! {
        @if let Some(recipient) = asked {
            input type="hidden" name="asked" value=(recipient.key());
            (group("You came to ask about", std::iter::once(&recipient), form))
        }
        (group("In and around court", IN_COURT.iter().filter(rest), form))
        (group("Health, home and everyday life", Recipient::ALL.iter().filter(|r| !IN_COURT.contains(r)).filter(rest), form))
        h2 class="govuk-heading-m" { "What they said" }
        (textarea(&form.field("limits", "If only in part: what may be said").with_size(LabelSize::Small).with_hint("It counts for every recipient marked “In part”. Other limits for another recipient: save, and record those afterwards."), 2))
        (purposes(form))
        (textarea(&form.field("own-words", "In their own words").with_size(LabelSize::Small), 2))
        (capacity(form))
        (date_input(&form.field("until", "If they set an end: last day").with_size(LabelSize::Small).with_hint("Leave empty for no end. It counts for “Yes” and “In part”.")))
        h2 class="govuk-heading-m" { "How it came about" }
        (hows(form))
        (text_input(&form.field("interpreter", "Interpreter, if there was one: language, who"), Input { autocomplete: Some("off"), ..Input::default() }))
        (radios(&form.field("easy-read", "Easy-read words or pictures used?"), Layout::Inline, &[Choice::new("yes", "Yes"), Choice::new("no", "No")]))
        (when_input(form, "when", "When they said it", "Time"))
    }
}

fn purposes(form: &Form) -> Markup {
    let choices: Vec<Choice<'_>> = Purpose::ALL.iter().map(|p| Choice::new(p.key(), p.words())).collect();
    let field = form
        .field("purpose", "Only for this purpose")
        .with_size(LabelSize::Small)
        .with_hint("Tick none for any purpose but research, which always has to be asked for.");
    checkboxes(&field, Layout::Small, &choices)
}

fn capacity(form: &Form) -> Markup {
    let shares = [
        Choice::new("yes", "Share, in their best interests"),
        Choice::new("no", "Don’t share"),
        Choice::new("", "Nobody has decided yet"),
    ];
    let fields = html! {
        (textarea(&form.field("capacity-words", "What makes you think so, and what was done").with_size(LabelSize::Small), 2))
        (radios(&form.field("capacity-share", "Best-interests decision (Mental Capacity Act 2005, section 4)").with_size(LabelSize::Small), Layout::Small, &shares))
        (text_input(&form.field("capacity-by", "Decided by: name and role"), Input { autocomplete: Some("off"), ..Input::default() }))
    };
    // Rare, so folded away; never when there is something in it.
    let names = ["capacity-words", "capacity-by", "capacity-share"];
    let open = names.iter().any(|n| form.error(n).is_some() || !form.value(n).is_empty());
    let title = "If they can’t decide it now";
    if open { details_open(title, fields) } else { details(title, fields) }
}

fn hows(form: &Form) -> Markup {
    let choices: Vec<Choice<'_>> = How::ALL.iter().map(|h| Choice::new(h.key(), h.words())).collect();
    radios(&form.field("how", "How they told you").with_size(LabelSize::Small), Layout::Small, &choices)
}

fn group<'a>(title: &str, recipients: impl Iterator<Item = &'a Recipient>, form: &Form) -> Markup {
    html! {
        h2 class="govuk-heading-m" { (title) }
        div class="al-decide" { @for recipient in recipients { (row(*recipient, form)) } }
    }
}

fn row(recipient: Recipient, form: &Form) -> Markup {
    let (field, name) = (field_of(recipient), name_of(recipient));
    let answers: Vec<Choice<'_>> = ANSWERS.iter().map(|(key, words)| Choice::new(key, words)).collect();
    html! {
        div {
            (select(&form.field(&field, recipient.words()), &answers))
            @if recipient.goes_by_name() {
                (text_input(&form.field(&name, name_label(recipient)), Input { autocomplete: Some("off"), ..Input::default() }))
            }
        }
    }
}

fn name_label(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Family => "Who: name, and what they are to the person",
        Recipient::Housing => "Which housing service (empty for any)",
        _ => "Which service (empty for any)",
    }
}

/// The decisions of a form; what can't be kept is refused in it.
pub(super) fn read(form: &mut Form, now: Timestamp) -> Vec<NewDecision> {
    let chosen: Vec<(Recipient, Decision)> = Recipient::ALL
        .iter()
        .filter_map(|r| {
            let key = form.value(&field_of(*r));
            Decision::from_key(key).filter(|d| *d != Decision::Withdrawn).map(|d| (*r, d))
        })
        .collect();
    if chosen.is_empty() {
        let first = Recipient::from_key(form.value("asked")).unwrap_or(Recipient::Court);
        form.refuse(&field_of(first), "Say for at least one recipient what they decided");
    }
    let any = |decision| chosen.iter().any(|(_, d)| *d == decision);
    if any(Decision::Partial) && text(form, "limits").is_empty() {
        form.refuse("limits", "Say what may be told to those marked “In part”");
    }
    if any(Decision::Capacity) && text(form, "capacity-words").is_empty() {
        form.refuse(
            "capacity-words",
            "Say what makes you think that they can’t decide it now, and what was done",
        );
    }
    let share = text(form, "capacity-share");
    if any(Decision::Capacity) && !share.is_empty() && text(form, "capacity-by").is_empty() {
        form.refuse("capacity-by", "Say who made the best-interests decision");
    }
    for (recipient, decision) in &chosen {
        let needs_name = *recipient == Recipient::Family
            && matches!(decision, Decision::Given | Decision::Partial | Decision::Capacity);
        if needs_name && text(form, &name_of(*recipient)).is_empty() {
            form.refuse(
                &name_of(*recipient),
                "Say who: consent to tell one of a family is no consent to tell another",
            );
        }
    }
    let expires_on = match typed_date(form, "until") {
        TypedDate::Empty => None,
        TypedDate::Is(day) if day >= clock::london_day(now) => Some(day),
        TypedDate::Is(_) => {
            form.refuse("until", "The last day is over already: enter today or a later day");
            None
        }
        TypedDate::NotADate => {
            form.refuse("until", "Enter the last day in figures: day, month and year");
            None
        }
    };
    let how = How::from_key(form.value("how"));
    if how.is_none() {
        form.refuse("how", "Choose how they told you");
    }
    let when = typed_when(form, "when", now);
    refuse_long(
        form,
        &[("limits", "What may be said"), ("own-words", "Their words"), ("capacity-words", "What was done")],
    );
    let Some(decided_at) = when.filter(|_| form.is_accepted()) else { return Vec::new() };
    let purposes: Vec<Option<Purpose>> = match form.values("purpose") {
        [] => vec![None],
        some => some.iter().filter_map(|key| Purpose::from_key(key)).map(Some).collect(),
    };
    let mut out = Vec::new();
    for (recipient, decision) in chosen {
        for purpose in &purposes {
            out.push(one(form, recipient, decision, *purpose, (how, expires_on, decided_at)));
        }
    }
    out
}

fn one(
    form: &Form,
    recipient: Recipient,
    decision: Decision,
    purpose: Option<Purpose>,
    (how, expires_on, decided_at): (Option<How>, Option<jiff::civil::Date>, Timestamp),
) -> NewDecision {
    let only = |when: bool, name: &str| if when { text(form, name) } else { String::new() };
    let in_doubt = decision == Decision::Capacity;
    NewDecision {
        recipient,
        name: only(recipient.goes_by_name(), &name_of(recipient)),
        purpose,
        decision,
        limits: only(decision == Decision::Partial, "limits"),
        withdraws: None,
        obtained: Obtained {
            how,
            interpreter: text(form, "interpreter"),
            easy_read: text(form, "easy-read"),
            own_words: text(form, "own-words"),
            capacity_words: only(in_doubt, "capacity-words"),
            capacity_by: only(in_doubt, "capacity-by"),
            capacity_share: only(in_doubt, "capacity-share"),
        },
        expires_on: expires_on.filter(|_| matches!(decision, Decision::Given | Decision::Partial)),
        decided_at,
    }
}
