//! Doors for people without an account: one-time links and posters.

use super::typed_page::around;
use crate::access::policy::TakeReferralsIn;
use crate::access::{App, Permit};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use crate::links::{self, Purpose};
use crate::referrals_in::doors::{Door, doors, end_door, make_door};
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TagColour, back_link, button, button_link, empty_state,
    error_summary, panel, post_button, print_button, radios, select, tag, text_input, warning_text,
};
use crate::web::{Page, PageError, Sent, Shell, page, print_page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;
use uuid::Uuid;

/// Hours that a link for one referral may work.
const HOURS: [(i64, &str); 3] = [(24, "1 day"), (72, "3 days"), (168, "7 days")];

type Seen = (Vec<Door>, Vec<(ProjectId, String)>);

async fn load(permit: &Permit<TakeReferralsIn>) -> Result<Seen, PageError> {
    Ok(permit
        .read(|r| {
            r.saw(Event::new("doors for referrals opened", "referral door", "list"));
            Ok::<_, store::Error>((doors(r)?, around(r)?.0))
        })
        .await?)
}

pub(super) async fn show(permit: Permit<TakeReferralsIn>) -> Page {
    let seen = load(&permit).await?;
    Ok(draw(&permit, &seen, &Form::blank()))
}

pub(super) async fn make(
    permit: Permit<TakeReferralsIn>,
    State(app): State<App>,
    Sent(mut form): Sent,
) -> Page {
    let seen = load(&permit).await?;
    let name: String = form.value("name").trim().chars().take(100).collect();
    if name.is_empty() {
        form.refuse("name", "Say for whom it is, or where it will hang");
    }
    let chosen = match seen.1.as_slice() {
        [(only, _)] => Some(*only),
        all => all.iter().find(|(id, _)| id.to_string() == form.value("project")).map(|(id, _)| *id),
    };
    if chosen.is_none() {
        form.refuse("project", "Choose the project");
    }
    let kind = match form.value("kind") {
        "link" => Some("link"),
        "poster" => Some("poster"),
        _ => None,
    };
    if kind.is_none() {
        form.refuse("kind", "Choose a link or a poster");
    }
    let hours: i64 =
        form.value("hours").parse().ok().filter(|h| HOURS.iter().any(|(n, _)| n == h)).unwrap_or(72);
    let (Some(project), Some(kind), true) = (chosen, kind, form.is_accepted()) else {
        return Ok(draw(&permit, &seen, &form));
    };
    let (door, token) = permit
        .write(move |w| {
            let door = make_door(w, project, kind, &name)?;
            let token = match kind {
                "link" => Some(links::make(w, Purpose::ReferralIn, door.id, hours)?),
                _ => None,
            };
            Ok::<_, store::Error>((door, token))
        })
        .await?;
    let Some(token) = token else {
        return Ok(Redirect::to(&format!("/referrals-in/doors/{}/poster", door.id)).into_response());
    };
    let mut shown = Form::blank();
    shown.set("link", format!("{}/refer-once/{token}", app.config.public_url));
    let body = html! {
        (panel("Link made", html! { "Copy it now: it is not shown again" }))
        (text_input(&shown.field("link", "The link"), Input { autocomplete: Some("off"), ..Input::default() }))
        p class="govuk-body" { "For " (door.name) ". It takes one referral, for " (hours / 24) " day(s), and opens nothing else." }
        (button_link("I have copied it", Emphasis::Primary, "/referrals-in/doors"))
    };
    Ok(page(&permit, shell("Link made"), body))
}

fn shell(title: &str) -> Shell<'_> {
    Shell {
        title,
        room: "/referrals-in",
        before: Some(back_link("Referred to us", "/referrals-in")),
        ..Shell::default()
    }
}

fn draw(permit: &Permit<TakeReferralsIn>, (all, projects): &Seen, form: &Form) -> Response {
    let ids: Vec<String> = projects.iter().map(|(id, _)| id.to_string()).collect();
    let mut teams = vec![Choice::new("", "Choose")];
    teams.extend(projects.iter().zip(&ids).map(|((_, name), id)| Choice::new(id, name)));
    let hours: Vec<(String, &str)> = HOURS.iter().map(|(n, words)| (n.to_string(), *words)).collect();
    let hours: Vec<Choice<'_>> = hours.iter().map(|(n, words)| Choice::new(n, words)).collect();
    let kinds = [
        Choice {
            hint: Some("For one agency or person. Takes one referral"),
            ..Choice::new("link", "A one-time link")
        },
        Choice {
            hint: Some("An open form that anybody may fill in, with a limit to how often"),
            ..Choice::new("poster", "A poster with a QR code")
        },
    ];
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Links and posters" }
        p class="govuk-body" { "For people without an account. A door shows nothing about anybody; whoever refers by it can see how their own referral stands." }
        @if all.is_empty() { (empty_state("None yet", html! {})) }
        @else { ul class="al-worklist" { @for one in all { (row(one)) } } }
        h2 class="govuk-heading-m" { "Make one" }
        form method="post" action="/referrals-in/doors" novalidate {
            (radios(&form.field("kind", "What").with_size(LabelSize::Small), Layout::Stacked, &kinds))
            (text_input(&form.field("name", "For whom, or where it will hang").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
            @if projects.len() > 1 { (select(&form.field("project", "Project").with_size(LabelSize::Small), &teams)) }
            (select(&form.field("hours", "How long a link works").with_size(LabelSize::Small), &hours))
            (button("Make it", Emphasis::Primary))
        }
    };
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { "Links and posters" } else { "Error: Links and posters" };
    (status, page(permit, shell(title), body)).into_response()
}

fn row(one: &Door) -> Markup {
    html! {
        li class="al-worklist__item" {
            p class="govuk-body govuk-!-margin-bottom-1" {
                strong { (one.name) } ", " (if one.kind == "poster" { "poster" } else { "link" }) ", made " (clock::moment_words(one.made.0)) " by " (one.made.1) " "
                @if one.ended.is_some() { (tag(TagColour::Grey, "Closed")) }
            }
            @if one.ended.is_none() {
                div class="govuk-button-group" {
                    @if one.kind == "poster" { a class="govuk-link" href=(format!("/referrals-in/doors/{}/poster", one.id)) { "Print the poster" span class="govuk-visually-hidden" { " of " (one.name) } } }
                    (post_button("Close it", &one.name, Emphasis::Small, &format!("/referrals-in/doors/{}/end", one.id)))
                }
            }
        }
    }
}

async fn find(permit: &Permit<TakeReferralsIn>, id: Uuid) -> Result<Door, PageError> {
    let all = permit.read(doors).await?;
    all.into_iter().find(|one| one.id == id && one.ended.is_none()).ok_or(PageError::NotFound)
}

pub(super) async fn end(permit: Permit<TakeReferralsIn>, Path(id): Path<Uuid>) -> Page {
    find(&permit, id).await?;
    permit
        .write(move |w| {
            end_door(w, id)?;
            links::revoke(w, Purpose::ReferralIn, id)
        })
        .await?;
    Ok(Redirect::to("/referrals-in/doors").into_response())
}

pub(super) async fn poster(
    permit: Permit<TakeReferralsIn>,
    State(app): State<App>,
    Path(id): Path<Uuid>,
) -> Page {
    let door = find(&permit, id).await?;
    let Some(code) = &door.code else { return Err(PageError::NotFound) };
    let address = format!("{}/r/{code}", app.config.public_url);
    let picture = QrCode::new(address.as_bytes())
        .map(|qr| qr.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
        .map_err(|e| PageError::Inside(e.to_string()))?;
    let body = html! {
        nav class="govuk-!-display-none-print" aria-label="Back" { (back_link("Links and posters", "/referrals-in/doors")) }
        main class="govuk-main-wrapper al-poster" id="content" tabindex="-1" {
            h1 class="govuk-heading-xl" { "Worried about somebody at court?" }
            p class="govuk-body-l" { "Tell the liaison service. It takes a minute." }
            div class="al-qr" role="img" aria-label="QR code of the address below" { (PreEscaped(picture)) }
            p class="govuk-body-l" { strong { (address) } }
            (warning_text("Somebody in danger now? Call the staff beside you, or 999."))
            div lang="cy" {
                h2 class="govuk-heading-l" { "Yn poeni am rywun yn y llys?" }
                p class="govuk-body-l" { "Dywedwch wrth y gwasanaeth cyswllt. Mae’n cymryd munud." }
                p class="govuk-body" { "Rhywun mewn perygl nawr? Galwch y staff wrth eich ymyl, neu 999." }
            }
            (print_button("Print"))
        }
    };
    Ok(print_page("Poster", body).into_response())
}
