//! The directory: found by words, need and borough.

use crate::access::Permit;
use crate::access::policy::{KeepDirectory, ViewDirectory};
use crate::assessment::{AREAS, area_words};
use crate::audit::Event;
use crate::directory::reading::services_in_scope;
use crate::directory::service::{Capacity, Service};
use crate::web::components::{
    Choice, Emphasis, Input, LabelSize, TagColour, button, button_link, empty_state, select, tag, text_input,
};
use crate::web::{Page, Sent, Shell, page};
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<ViewDirectory>, Sent(form): Sent) -> Page {
    let all = permit
        .read(|r| {
            r.saw(Event::new("directory opened", "service", "list"));
            services_in_scope(r)
        })
        .await?;
    let (words, need) = (form.value("words").trim().to_lowercase(), form.value("need").to_owned());
    let shown: Vec<&Service> = all
        .iter()
        .filter(|s| s.ended.is_none())
        .filter(|s| need.is_empty() || s.needs().contains(&need))
        .filter(|s| {
            let text = s.text();
            words.split_whitespace().all(|word| text.contains(word))
        })
        .collect();
    let mut needs = vec![Choice::new("", "Any need")];
    needs.extend(AREAS.iter().map(|(key, words)| Choice::new(key, words)));
    let may_keep = permit.may::<KeepDirectory>();
    let body = html! {
        h1 class="govuk-heading-l" { "Directory of services" }
        form method="get" action="/directory" role="search" {
            (text_input(&form.field("words", "Name, place or words").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
            (select(&form.field("need", "Need").with_size(LabelSize::Small), &needs))
            (button("Search", Emphasis::Secondary))
        }
        p class="govuk-body" aria-live="polite" { (shown.len()) " of " (all.iter().filter(|s| s.ended.is_none()).count()) " services" }
        @if shown.is_empty() { (empty_state("No service fits", html! { p class="govuk-body" { "Use fewer words, or another need." } })) }
        @else { ul class="al-worklist" { @for one in &shown { (row(one)) } } }
        h2 class="govuk-heading-m" { "Keeping it right" }
        ul class="govuk-list" {
            li { a class="govuk-link" href="/directory/review" { "Entries to look at again" } }
            @if may_keep { li { a class="govuk-link" href="/directory/files" { "Files in and out" } } }
        }
        @if may_keep { (button_link("Add a service", Emphasis::Secondary, "/directory/new")) }
    };
    Ok(page(&permit, Shell { title: "Directory of services", room: "/directory", ..Shell::default() }, body))
}

fn row(one: &Service) -> Markup {
    let needs: Vec<&str> = one.needs().iter().map(|n| area_words(n)).collect();
    html! {
        li class="al-worklist__item" {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" { a class="govuk-link" href=(format!("/directory/{}", one.id)) { (one.name) } }
            p class="govuk-body govuk-!-margin-bottom-1" { (needs.join(", ")) }
            p class="govuk-body govuk-!-margin-bottom-1" {
                @match one.capacity().0 {
                    Capacity::Free => { (tag(TagColour::Green, "Places free")) " " }
                    Capacity::Full => { (tag(TagColour::Red, "Full")) " " }
                    Capacity::NotKnown => {}
                }
                @if let Some((weeks, _)) = one.waiting() { @if weeks == 0 { "No waiting. " } @else { "Waiting about " (weeks) " weeks. " } }
                @if one.doubts().next().is_some() { (tag(TagColour::Orange, "Doubted")) }
            }
        }
    }
}
