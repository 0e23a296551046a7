//! The ledger of one person: on what ground we hold their record, what they decided, what was told to whom.

use super::parts::{Held, held, ledger_href, state_tag, whom};
use crate::access::policy::{KeepConsent, ViewConsent, ViewPerson};
use crate::access::{Permit, Reader};
use crate::audit::Event;
use crate::clock;
use crate::consent::codes::{Decision, Recipient, purpose_words};
use crate::consent::decisions::{Kept, decisions};
use crate::consent::ledger::Told;
use crate::consent::overrides::KeptOverride;
use crate::consent::rule::{Question, Under, counting, holds};
use crate::consent::subject::Subject;
use crate::ids::PersonId;
use crate::people::{Person, identity_of};
use crate::web::components::{
    Caption, Column, Emphasis, SummaryRow, TagColour, back_link, button_link, details, inset_text, not_known,
    summary_list, table, tag,
};
use crate::web::{Page, PageError, Shell, page};
use axum::extract::Path;
use jiff::Timestamp;
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<ViewConsent>, Path(id): Path<PersonId>) -> Page {
    let found = permit
        .read(move |r| {
            let found = held(r, id)?;
            if let Some(held) = &found {
                r.saw(Event::new("consent ledger opened", "person", held.person.id()));
            }
            Ok::<_, store::Error>(found)
        })
        .await?;
    let Some(held) = found else { return Err(PageError::NotFound) };
    let now = clock::now();
    let body = body(&held, permit.may::<KeepConsent>(), now);
    let shell = Shell {
        title: "Consent and disclosure",
        room: "/people",
        before: Some(back_link("Person", &format!("/people/{}", held.person.id()))),
        identity: Some(identity_of(&held.person)),
        wide: true,
    };
    Ok(page(&permit, shell, body))
}

fn body(held: &Held, may_keep: bool, now: Timestamp) -> Markup {
    let base = ledger_href(held.person.id());
    html! {
        h1 class="govuk-heading-l" { "Consent and disclosure" }
        div class="govuk-button-group" {
            @if may_keep {
                (button_link("Record what they decide", Emphasis::Primary, &format!("{base}/decide")))
                (button_link("Record what was told", Emphasis::Secondary, &format!("{base}/told")))
                a class="govuk-link" href=(format!("{base}/override")) { "Reason to tell without consent" }
            }
            a class="govuk-link" href=(format!("{base}/copy")) { "Copy for the person" }
        }
        (decided(held, may_keep, now))
        (what_was_told(held))
        (without_consent(held, now))
        (grounds(held, may_keep))
    }
}

/// The newest decision of each recipient, name and purpose; and all others.
fn split(all: &[Kept]) -> (Vec<&Kept>, Vec<&Kept>) {
    let (mut current, mut earlier): (Vec<&Kept>, Vec<&Kept>) = (Vec::new(), Vec::new());
    for kept in all {
        let cell = |k: &Kept| {
            (k.decided.recipient, k.decided.name.to_lowercase(), k.decided.purpose.map(|p| p.key()))
        };
        // "Not asked" says that nothing new was said: it takes no earlier answer's place.
        let said_before = kept.decided.decision == Decision::NotAsked
            && all.iter().any(|k| k.decided.decision != Decision::NotAsked && cell(k) == cell(kept));
        if said_before || current.iter().any(|k| cell(k) == cell(kept)) {
            earlier.push(kept);
        } else {
            current.push(kept);
        }
    }
    current.sort_by_key(|k| (k.decided.recipient, k.decided.name.clone(), k.decided.purpose));
    (current, earlier)
}

fn decided(held: &Held, may_keep: bool, now: Timestamp) -> Markup {
    let (current, earlier) = split(&held.decisions);
    let asked: Vec<Recipient> = current.iter().map(|k| k.decided.recipient).collect();
    let never: Vec<&str> = Recipient::ALL.iter().filter(|r| !asked.contains(r)).map(|r| r.words()).collect();
    let columns = [
        Column::words("May we tell"),
        Column::words("What for"),
        Column::words("Decision"),
        Column::words("Limits and their words"),
        Column::words("Said"),
        Column::words("Change"),
    ];
    html! {
        h2 class="govuk-heading-m" { "What they decided" }
        @if current.is_empty() { p class="govuk-body" { "Nobody has recorded a decision yet. Until then nothing is told to anybody." } }
        @else {
            (table(Caption::Hidden("What they decided"), &columns, &current.iter().map(|k| decision_cells(held, k, may_keep, now)).collect::<Vec<_>>()))
            @if !never.is_empty() { p class="govuk-body" { strong { "Not asked about: " } (never.join(", ").to_lowercase().replace("gp", "GP")) "." } }
        }
        @if !earlier.is_empty() {
            (details(&format!("Earlier decisions ({})", earlier.len()), table(Caption::Hidden("Earlier decisions"), &columns, &earlier.iter().map(|k| decision_cells(held, k, false, now)).collect::<Vec<_>>())))
        }
    }
}

/// What they said that narrows or ends a decision since it was made.
fn ended_by(held: &Held, kept: &Kept) -> bool {
    let d = &kept.decided;
    let Some(purpose) = d.purpose else { return false };
    let rules: Vec<_> = held.decisions.iter().map(|k| k.decided.clone()).collect();
    let question = Question { recipient: d.recipient, name: &d.name, purpose };
    counting(&rules, &question)
        .is_some_and(|c| c.id != d.id && c.purpose.is_none() && c.decided_at >= d.decided_at)
}

fn decision_cells(held: &Held, kept: &Kept, may_keep: bool, now: Timestamp) -> Vec<Markup> {
    let (d, o) = (&kept.decided, &kept.obtained);
    let withdrawable = may_keep && matches!(d.decision, Decision::Given | Decision::Partial);
    vec![
        html! { (whom(d.recipient, &d.name)) },
        html! { (purpose_words(d.purpose)) },
        html! {
            (state_tag(d, now))
            @if let Some(last) = d.expires_on.filter(|last| clock::london_day(now) <= *last) { p class="govuk-body-s" { "until " (clock::day_words(last)) } }
            @if ended_by(held, kept) { p class="govuk-body-s" { "Narrowed or ended by what they said later about any purpose" } }
        },
        html! {
            @if !d.limits.is_empty() { p class="govuk-body-s" { strong { "Only: " } span class="al-typed" { (d.limits) } } }
            @if !o.own_words.is_empty() { p class="govuk-body-s al-typed" { "“" (o.own_words) "”" } }
            @if !o.capacity_words.is_empty() { p class="govuk-body-s" { strong { "Done about it: " } span class="al-typed" { (o.capacity_words) } } }
            @if d.decision == Decision::Capacity { p class="govuk-body-s" { (best_interests(&o.capacity_share)) @if !o.capacity_by.is_empty() { ", by " (o.capacity_by) } } }
        },
        html! {
            (clock::moment_words(d.decided_at)) br;
            span class="al-muted" {
                (o.how.map_or("how is not said", |how| how.words())) ", to " (kept.by)
                @if !o.interpreter.is_empty() { ", interpreter: " (o.interpreter) }
                @if o.easy_read == "yes" { ", easy-read words" }
                @if written_later(kept) { ", written down " (clock::moment_words(d.recorded_at)) }
            }
        },
        html! {
            @if withdrawable { a class="govuk-link" href=(format!("{}/{}/withdraw", ledger_href(held.person.id()), d.id)) { "Withdraw" span class="govuk-visually-hidden" { " consent to tell " (whom(d.recipient, &d.name)) } } }
        },
    ]
}

fn best_interests(share: &str) -> &'static str {
    match share {
        "yes" => "Best-interests decision: share",
        "no" => "Best-interests decision: don’t share",
        _ => "No best-interests decision yet",
    }
}

fn written_later(kept: &Kept) -> bool {
    kept.decided.recorded_at.duration_since(kept.decided.decided_at) > jiff::SignedDuration::from_mins(30)
}

fn what_was_told(held: &Held) -> Markup {
    let columns = [
        Column::words("Told"),
        Column::words("To whom"),
        Column::words("What"),
        Column::words("By which means"),
        Column::words("Rests on"),
    ];
    html! {
        h2 class="govuk-heading-m" { "What was told" }
        @if held.told.is_empty() { p class="govuk-body" { "Nothing was told to anybody through this service." } }
        @else { (table(Caption::Hidden("What was told"), &columns, &held.told.iter().map(|t| told_cells(held, t)).collect::<Vec<_>>())) }
    }
}

fn told_cells(held: &Held, t: &Told) -> Vec<Markup> {
    vec![
        html! { (clock::moment_words(t.told_at)) br; span class="al-muted" { "by " (t.by) } },
        html! { (whom(t.recipient, &t.to_name)) @if !t.to_role.is_empty() { ", " (t.to_role) } },
        html! {
            span class="al-typed" { (t.summary) }
            @if let Some((kind, id)) = &t.about { @if kind == "warning" { " " a class="govuk-link" href=(format!("/warnings/{id}")) { "Open the warning" } } }
            @if !t.limits.is_empty() { p class="govuk-body-s" { strong { "Limits that held: " } (t.limits) } }
            @for (words, at, by) in &t.notices { p class="govuk-body-s" { strong { "Told of the withdrawal" } ", " (clock::moment_words(*at)) ", by " (by) @if !words.is_empty() { ": " (words) } } }
        },
        html! { (t.means.words()) },
        rests_on(held, t),
    ]
}

fn rests_on(held: &Held, t: &Told) -> Markup {
    match t.under {
        Some(Under::Decision(id)) => match held.decisions.iter().find(|k| k.decided.id == id) {
            Some(k) => {
                html! { (k.decided.decision.words()) ", " (clock::day_words(clock::london_day(k.decided.decided_at))) }
            }
            None => html! { "A decision on a line that is no longer theirs" },
        },
        Some(Under::Override(id)) => match held.overrides.iter().find(|o| o.rule.id == id) {
            Some(o) => html! { "Without consent: " (o.rule.class.words().to_lowercase()) },
            None => html! { "Without consent" },
        },
        None => not_known(),
    }
}

/// Where an override stands, in words.
pub(super) fn override_state(o: &KeptOverride, now: Timestamp) -> Markup {
    match (&o.rule.answer, o.rule.at_once) {
        (Some((true, at)), _) => {
            html! { (tag(TagColour::Green, "Approved")) " " (clock::moment_words(*at)) @if !holds(&o.rule, now) { ", no longer in use" } }
        }
        (Some((false, at)), at_once) => {
            html! { (tag(TagColour::Red, "Not approved")) " " (clock::moment_words(*at)) @if at_once { ", after it could be used" } }
        }
        (None, true) => html! { (tag(TagColour::Orange, "Used at once, waits for approval")) },
        (None, false) => html! { (tag(TagColour::Orange, "Waits for approval")) },
    }
}

fn without_consent(held: &Held, now: Timestamp) -> Markup {
    html! {
        @if !held.overrides.is_empty() {
            h2 class="govuk-heading-m" { "Reasons to tell without consent" }
            @for o in &held.overrides {
                (inset_text(html! {
                    p class="govuk-body" { strong { (whom(o.rule.recipient, &o.rule.name)) ", " (o.rule.purpose.words().to_lowercase()) } ": " (o.rule.class.words().to_lowercase()) ". " (override_state(o, now)) }
                    p class="govuk-body al-typed" { (o.reason) }
                    p class="govuk-body-s" { (told_the_person(o)) " Recorded by " (o.by) ", " (clock::moment_words(o.rule.at)) "." @if let Some((words, by)) = &o.answer { " Answered by " (by) @if !words.is_empty() { ": " (words) } "." } }
                }))
            }
        }
    }
}

/// What the person was told about it.
pub(super) fn told_the_person(o: &KeptOverride) -> String {
    let start = match o.told.as_str() {
        "yes" => "The person was told",
        "no" => "The person was not told",
        _ => "Not said whether the person was told",
    };
    if o.told_words.is_empty() {
        format!("{start}.")
    } else {
        format!("{start}: {}.", o.told_words.trim_end_matches('.'))
    }
}

fn grounds(held: &Held, may_keep: bool) -> Markup {
    let rows: Vec<SummaryRow<'_>> = held
        .projects
        .iter()
        .map(|(id, name)| {
            let value = match held.bases.iter().find(|b| b.project == *id) {
                Some(b) => html! {
                    (b.words) "."
                    p class="govuk-body-s al-muted" { "From " (clock::day_words(b.from_day)) ", recorded by " (b.by) ". " @if b.told.is_empty() { "How the person was told is not said." } @else { "The person was told: " (b.told) } }
                },
                None => html! { "Not recorded yet" },
            };
            SummaryRow::new(name, value)
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { "On what ground we hold their record" }
        p class="govuk-body al-muted" { "Holding a record is one question, telling somebody from it another." }
        (summary_list(&rows))
        @if may_keep { p class="govuk-body" { a class="govuk-link" href=(format!("{}/basis", ledger_href(held.person.id()))) { "Record the ground" } } }
    }
}

/// What a person decided, in short: a section of their page.
///
/// # Errors
/// When the database can't be read.
pub fn on_person(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> store::Result<Option<Markup>> {
    if !permit.may::<ViewConsent>() {
        return Ok(None);
    }
    let about = Subject::person(r, person)?;
    let all = decisions(r, &about)?;
    let (current, _) = split(&all);
    let now = clock::now();
    Ok(Some(html! {
        h2 class="govuk-heading-m" { "Consent and disclosure" }
        @if current.is_empty() { p class="govuk-body" { "No decision yet about telling anybody anything." } }
        @else {
            ul class="govuk-list" {
                @for k in &current { li { (state_tag(&k.decided, now)) " " (whom(k.decided.recipient, &k.decided.name)) @if k.decided.purpose.is_some() { ", " (purpose_words(k.decided.purpose).to_lowercase()) } } }
            }
        }
        (button_link("Open the consent ledger", Emphasis::Secondary, &ledger_href(person.id())))
    }))
}
