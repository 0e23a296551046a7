//! Which help, and from whom: needs, then the services of the directory that fit, with why, and those that do not, with why not.

use super::parts::shell;
use crate::access::Permit;
use crate::access::policy::MakeReferrals;
use crate::assessment::AREAS;
use crate::directory::{EXCLUSIONS, Suggestion};
use crate::ids::{PersonId, ReferralId};
use crate::people;
use crate::referrals::gather::{Around, around};
use crate::web::components::{
    Choice, Emphasis, Form, LabelSize, Layout, TagColour, button, checkboxes, details, inset_text, tag,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::Path;
use maud::{Markup, html};

pub(super) async fn show(
    permit: Permit<MakeReferrals>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let asked = form.values("need").to_vec();
    let found = permit
        .read(move |r| {
            let Some(person) = people::find(r, id)? else { return Ok::<_, store::Error>(None) };
            let around = around(r, &person)?;
            Ok(around.map(|around| (person, around)))
        })
        .await?;
    let Some((person, around)) = found else { return Err(PageError::NotFound) };
    // What was assessed is ticked when the page opens; what is asked for in the address counts from then on.
    if asked.is_empty() && form.value("asked").is_empty() {
        form.set_all("need", &around.areas());
    }
    let chosen = known_needs(&form);
    let applies = known_exclusions(&form);
    let suggestions = around.suggest(&chosen, &applies);
    let base = format!("/people/{id}/referrals");
    let instead = known_referral(&form);
    let body = html! {
        h1 class="govuk-heading-l" { "Refer to a service" }
        @if !instead.is_empty() { (inset_text(html! { p class="govuk-body" { "In place of a referral that did not work. It ends when the new one is sent." } })) }
        (needs_form(&base, &form, &around, &instead))
        h2 class="govuk-heading-m" id="services" { "Services" }
        @if chosen.is_empty() { p class="govuk-body" { "Choose what help is wanted; then the services that fit stand here." } }
        @else { (services_form(&base, &chosen, &applies, &suggestions, &instead)) }
    };
    let back = format!("/people/{id}");
    Ok(page(&permit, shell(&person, "Refer to a service", ("Person", &back)), body))
}

/// The needs in an address; what is none is left out.
pub(super) fn known_needs(form: &Form) -> Vec<String> {
    form.values("need").iter().filter(|need| AREAS.iter().any(|(key, _)| key == need)).cloned().collect()
}

/// What applies of what keeps people out; what is none of it is left out.
pub(super) fn known_exclusions(form: &Form) -> Vec<String> {
    form.values("applies").iter().filter(|key| EXCLUSIONS.iter().any(|e| e.key == **key)).cloned().collect()
}

/// The referral that is to be replaced; empty for none.
pub(super) fn known_referral(form: &Form) -> String {
    form.value("instead").parse::<ReferralId>().map(|id| id.to_string()).unwrap_or_default()
}

fn needs_form(base: &str, form: &Form, around: &Around, instead: &str) -> Markup {
    let assessed = around.areas();
    let hint = if assessed.is_empty() {
        "No need is recorded in an assessment yet"
    } else {
        "Ticked are the needs of the assessment"
    };
    let (known, others): (Vec<_>, Vec<_>) = AREAS.iter().partition(|(key, _)| {
        assessed.iter().any(|a| a == key) || form.values("need").iter().any(|n| n == key)
    });
    let choices = |list: &[&(&'static str, &'static str)]| -> Vec<Choice<'static>> {
        list.iter().map(|(key, words)| Choice::new(key, words)).collect()
    };
    html! {
        form method="get" action=(format!("{base}/new#services")) {
            input type="hidden" name="asked" value="yes";
            @if !instead.is_empty() { input type="hidden" name="instead" value=(instead); }
            @if known.is_empty() { (checkboxes(&form.field("need", "What help is wanted?").with_size(LabelSize::Medium).with_hint(hint), Layout::Small, &choices(&others))) }
            @else {
                (checkboxes(&form.field("need", "What help is wanted?").with_size(LabelSize::Medium).with_hint(hint), Layout::Small, &choices(&known)))
                (details("Other needs", html! { (checkboxes(&Form::blank().field("need", "Other needs").with_size(LabelSize::Small), Layout::Small, &choices(&others))) }))
            }
            @let reasons: Vec<Choice<'_>> = EXCLUSIONS.iter().filter(|e| around.excludes(e.key)).map(|e| Choice::new(e.key, e.words)).collect();
            @if !reasons.is_empty() { (details("Does anything of this apply?", html! { (checkboxes(&form.field("applies", "Services turn people away for these").with_size(LabelSize::Small).with_hint("Tick only what is known. What is not ticked stands as something to check"), Layout::Small, &reasons)) })) }
            (button("Show services", Emphasis::Secondary))
        }
    }
}

fn services_form(
    base: &str,
    chosen: &[String],
    applies: &[String],
    all: &[Suggestion],
    instead: &str,
) -> Markup {
    let (fit, not): (Vec<_>, Vec<_>) = all.iter().partition(|s| s.excluded.is_empty());
    html! {
        form method="get" action=(format!("{base}/write")) {
            @for need in chosen { input type="hidden" name="need" value=(need); }
            @for key in applies { input type="hidden" name="applies" value=(key); }
            @if !instead.is_empty() { input type="hidden" name="instead" value=(instead); }
            @if fit.is_empty() { (inset_text(html! { p class="govuk-body" { "No service of the directory fits. Look below at those that do not, and why; or search the " a class="govuk-link" href="/directory" { "directory" } "." } })) }
            @else { ol class="al-worklist" { @for one in &fit { (offered(one)) } } }
            @if !not.is_empty() {
                (details(&format!("Not for this person: {} {}", not.len(), if not.len() == 1 { "service" } else { "services" }), html! {
                    p class="govuk-body" { "A service may agree all the same: tick it only when they said so, and write that on the next page." }
                    ul class="al-worklist" { @for one in &not { (offered(one)) } }
                }))
            }
            (button("Continue with the services ticked", Emphasis::Primary))
        }
    }
}

fn offered(one: &Suggestion) -> Markup {
    let id = one.service.id.to_string();
    let name = format!("service-{id}");
    html! {
        li class="al-worklist__item" {
            div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                div class="govuk-checkboxes__item" {
                    input class="govuk-checkboxes__input" type="checkbox" name="service" value=(id) id=(name);
                    label class="govuk-label govuk-checkboxes__label" for=(name) { strong { (one.service.name) } }
                }
            }
            ul class="govuk-list govuk-list--bullet" {
                @for why in &one.excluded { li { (tag(TagColour::Red, "Not for them")) " " (why) } }
                @for why in &one.reasons { li { (why) } }
                @for why in &one.cautions { li { (tag(TagColour::Orange, "Check")) " " (why) } }
            }
            p class="govuk-body govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/directory/{id}")) { "What the directory says" span class="govuk-visually-hidden" { " about " (one.service.name) } } }
        }
    }
}
