//! One sheet, as it was given; and on paper.

use crate::access::policy::GiveAdvice;
use crate::access::{App, Permit};
use crate::advice::kept::{Sheet, find_sheet, mistaken as mark};
use crate::advice::sheet::{Variant, strings};
use crate::audit::Event;
use crate::clock;
use crate::ids::SheetId;
use crate::people::{Person, identity_of};
use crate::web::components::{
    Emphasis, Form, Input, LabelSize, back_link, button, button_link, details, inset_text, print_button,
    text_input,
};
use crate::web::{Page, PageError, Sent, Shell, Tongue, page, print_page_in};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

async fn find(permit: &Permit<GiveAdvice>, id: SheetId) -> Result<(Person, Sheet), PageError> {
    permit.read(move |r| find_sheet(r, id)).await?.ok_or(PageError::NotFound)
}

fn words(sheet: &Sheet) -> Markup {
    html! {
        div lang=(sheet.language) {
            @for section in &sheet.sections {
                h2 class="govuk-heading-m" { (section.heading) }
                ul class="govuk-list" { @for line in &section.lines { li { (line) } } }
            }
        }
    }
}

pub(super) async fn show(permit: Permit<GiveAdvice>, Path(id): Path<SheetId>) -> Page {
    let (person, sheet) = find(&permit, id).await?;
    let variant = Variant::from_key(&sheet.variant).map_or("", Variant::words);
    let language = Tongue::from_code(&sheet.language).name();
    let body = html! {
        h1 class="govuk-heading-l" { "Advice sheet" }
        @if let Some((at, by, why)) = &sheet.mistaken { (inset_text(html! { p class="govuk-body" { strong { "Given by mistake." } " " (why) " (" (by) ", " (clock::moment_words(*at)) ")" } })) }
        p class="govuk-body" { (variant) ", " (language) ", " (match sheet.how.as_str() { "read-out" => "read out", "both" => "printed and read out", _ => "printed" }) ". Given by " (sheet.by) ", " (clock::moment_words(sheet.given_at)) ". Safe to carry: " (match sheet.safe.as_str() { "yes" => "yes", "no" => "no", _ => "not asked" }) "." }
        (button_link("Print", Emphasis::Primary, &format!("/advice/{id}/print")))
        div class="al-sent" { (words(&sheet)) }
        @if sheet.mistaken.is_none() {
            (details("Given by mistake", html! {
                form method="post" action=(format!("/advice/{id}/mistaken")) novalidate {
                    (text_input(&Form::blank().field("words", "What is wrong with it").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
                    (button("Mark it as a mistake", Emphasis::Warning))
                }
            }))
        }
    };
    let shell = Shell {
        title: "Advice sheet",
        room: "/people",
        before: Some(back_link("Person", &format!("/people/{}", person.id()))),
        identity: Some(identity_of(&person)),
        wide: false,
    };
    Ok(page(&permit, shell, body))
}

/// The sheet alone. A sheet that is safe to carry bears neither our name nor an address that would tell.
pub(super) async fn print(
    permit: Permit<GiveAdvice>,
    State(app): State<App>,
    Path(id): Path<SheetId>,
) -> Page {
    let (_, sheet) = find(&permit, id).await?;
    permit
        .read(move |r| {
            r.saw(Event::new("advice printed", "advice", id));
            Ok::<_, store::Error>(())
        })
        .await?;
    let tongue = Tongue::from_code(&sheet.language);
    let s = strings(tongue);
    let safe = sheet.variant == Variant::Safe.key();
    let title = s.get(if safe { "title-safe" } else { "title" }).to_owned();
    let public = app.config.public_page.as_ref().filter(|_| !safe);
    let qr = public
        .map(|page| {
            QrCode::new(page.as_bytes())
                .map(|qr| qr.render::<svg::Color<'_>>().min_dimensions(120, 120).build())
        })
        .transpose()
        .map_err(|e| PageError::Inside(e.to_string()))?;
    let large = sheet.variant == Variant::Large.key();
    let body = html! {
        nav class="govuk-!-display-none-print" aria-label="Back" { (back_link("Advice sheet", &format!("/advice/{id}"))) }
        main class=(if large { "govuk-main-wrapper al-large" } else { "govuk-main-wrapper" }) id="content" tabindex="-1" {
            h1 class="govuk-heading-l" { (title) }
            @for section in &sheet.sections {
                @if section.heading != title { h2 class="govuk-heading-m" { (section.heading) } }
                ul class="govuk-list al-sheet" { @for line in &section.lines { li { (line) } } }
            }
            @if let (Some(page), Some(qr)) = (public, &qr) {
                h2 class="govuk-heading-m" { (s.get("page")) }
                div class="al-qr" role="img" aria-label=(page) { (PreEscaped(qr)) }
                p class="govuk-body" { (page) }
            }
            (print_button(if tongue == Tongue::Welsh { "Argraffu" } else { "Print" }))
        }
    };
    Ok(print_page_in(tongue, &title, body).into_response())
}

pub(super) async fn mistaken(permit: Permit<GiveAdvice>, Path(id): Path<SheetId>, Sent(form): Sent) -> Page {
    let (_, sheet) = find(&permit, id).await?;
    let words: String = form.value("words").trim().chars().take(1_000).collect();
    if words.is_empty() {
        return Err(PageError::Unusable("Write what is wrong with it.".into()));
    }
    if sheet.mistaken.is_none() {
        permit.write(move |w| mark(w, id, &words)).await?;
    }
    Ok(Redirect::to(&format!("/advice/{id}")).into_response())
}
