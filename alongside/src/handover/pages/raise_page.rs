//! Raising a warning. The form takes no bare "risk of self-harm": it asks for the words, who said them, when, and how we know.

use super::parts::{href_of, text};
use crate::access::policy::HandOver;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::drafts::{self, Instance, Opened};
use crate::forms::{set_when, typed_when, when_input};
use crate::handover::codes::Basis;
use crate::handover::warning::{NewWarning, raise_as};
use crate::ids::{ListingId, PersonId, ProjectId, WarningId};
use crate::morning;
use crate::people::{self, identity_of, project_names_of};
use crate::web::components::{
    Choice, Emphasis, Form, Identity, Input, Layout, back_link, button, error_summary, identity_bar, radios,
    text_input, textarea,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use maud::{Markup, html};

/// Whom a new warning is about.
#[derive(Debug, Clone, Copy)]
enum Whom {
    Line(ListingId),
    Person(PersonId),
}

/// The same, found in scope.
struct Found {
    listing: Option<ListingId>,
    person: Option<PersonId>,
    project: Option<ProjectId>,
    identity: Markup,
    href: String,
    back: String,
}

fn find(r: &mut Reader<'_, HandOver>, whom: Whom) -> store::Result<Option<Found>> {
    Ok(match whom {
        Whom::Line(id) => {
            let Some(line) = morning::find(r, id)? else { return Ok(None) };
            let Some(named) = morning::named(r, &[line.id()])?.remove(&line.id()) else { return Ok(None) };
            let href = format!("/listings/{}", line.id());
            let identity = identity_bar(&Identity {
                name: &named.name,
                href: Some(&href),
                facts: vec![
                    ("Born", &named.born_words()),
                    ("PNC", named.pnc.as_deref().unwrap_or("Not known")),
                    ("Court", &named.court),
                ],
                flags: Vec::new(),
            });
            Some(Found {
                listing: Some(line.id()),
                person: None,
                project: line.court.projects.first().copied(),
                identity,
                back: href.clone(),
                href: format!("{href}/warnings/new"),
            })
        }
        Whom::Person(id) => {
            let Some(person) = people::find(r, id)? else { return Ok(None) };
            let back = format!("/people/{}", person.id());
            Some(Found {
                listing: None,
                person: Some(person.id()),
                project: project_names_of(r, &person)?.first().map(|(id, _)| *id),
                identity: identity_of(&person),
                href: format!("{back}/warnings/new"),
                back,
            })
        }
    })
}

fn instance(found: &Found) -> Instance {
    Instance {
        form: "Self-harm warning",
        subject: match (found.listing, found.person) {
            (Some(id), _) => format!("listing {id}"),
            (None, Some(id)) => format!("person {id}"),
            (None, None) => String::new(),
        },
        href: found.href.clone(),
    }
}

pub(super) async fn on_line(permit: Permit<HandOver>, Path(id): Path<ListingId>) -> Page {
    form(permit, Whom::Line(id)).await
}

pub(super) async fn on_person(permit: Permit<HandOver>, Path(id): Path<PersonId>) -> Page {
    form(permit, Whom::Person(id)).await
}

pub(super) async fn send_on_line(
    permit: Permit<HandOver>,
    Path(id): Path<ListingId>,
    Sent(sent): Sent,
) -> Page {
    send(permit, Whom::Line(id), sent).await
}

pub(super) async fn send_on_person(
    permit: Permit<HandOver>,
    Path(id): Path<PersonId>,
    Sent(sent): Sent,
) -> Page {
    send(permit, Whom::Person(id), sent).await
}

async fn form(permit: Permit<HandOver>, whom: Whom) -> Page {
    let account = permit.account_id();
    let found = permit
        .read(move |r| {
            let Some(found) = find(r, whom)? else { return Ok::<_, store::Error>(None) };
            let opened = drafts::open(r, account, &instance(&found))?;
            Ok(Some((found, opened)))
        })
        .await?;
    let Some((found, mut opened)) = found else { return Err(PageError::NotFound) };
    if opened.version == 0 {
        set_when(&mut opened.form, "heard", clock::now());
    }
    draw(&permit, &found, &opened)
}

fn draw(permit: &Permit<HandOver>, found: &Found, opened: &Opened) -> Page {
    let (form, what) = (&opened.form, instance(found));
    let bases: Vec<Choice<'_>> = Basis::ALL.iter().map(|b| Choice::new(b.key(), b.words())).collect();
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Raise a self-harm warning" }
        p class="govuk-body" { "It stays open, and stands on the board, until whoever takes charge of the person confirms that they have it." }
        (drafts::notice(opened))
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            (textarea(&form.field("words", "What was said or seen, in the very words").with_hint("Not “risk of self-harm”, but what they said, did or have with them"), 4))
            (radios(&form.field("basis", "How do we know?"), Layout::Small, &bases))
            (text_input(&form.field("said-by", "Who said or saw it").with_hint("The person; a colleague, officer or relative by name; or which document"), Input { autocomplete: Some("off"), ..Input::default() }))
            (when_input(form, "heard", "When it was said or seen", "Time"))
            (textarea(&form.field("advice", "What should the receiver do?").with_hint("For example: constant observation until seen by healthcare; remove laces; open an ACCT; what calms them"), 3))
            (button("Raise the warning", Emphasis::Primary))
        }
    };
    let ok = form.is_accepted();
    let shell = Shell {
        title: if ok { "Raise a warning" } else { "Error: Raise a warning" },
        room: "/warnings",
        before: Some(back_link("Back", &found.back)),
        identity: Some(found.identity.clone()),
        wide: false,
    };
    let status = if ok { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(permit, shell, body)).into_response())
}

/// Words that say nothing of what was said or seen; HM Inspectorate of Prisons found them useless to the next officer (2012).
const BARE: [&str; 7] = [
    "risk of self-harm",
    "risk of self harm",
    "self-harm",
    "self harm",
    "suicidal",
    "suicide risk",
    "at risk",
];

fn read(form: &mut Form, found: &Found, now: Timestamp) -> Option<NewWarning> {
    let words = text(form, "words");
    let bare = words.trim_end_matches('.').to_lowercase();
    if words.is_empty() {
        form.refuse("words", "Write what was said or seen, in the very words");
    } else if BARE.contains(&bare.as_str()) {
        form.refuse("words", "Say what was said or seen: the receiver can do nothing with these words alone");
    }
    let basis = Basis::from_key(form.value("basis"));
    if basis.is_none() {
        form.refuse("basis", "Choose how we know");
    }
    let said_by = text(form, "said-by");
    if said_by.is_empty() {
        form.refuse("said-by", "Say who said or saw it");
    }
    let heard_at = typed_when(form, "heard", now);
    for (field, label) in [("words", "What was said"), ("advice", "Advice"), ("said-by", "Who")] {
        if form.value(field).chars().count() > 3_000 {
            form.refuse(field, format!("{label}: shorten to what fits one page"));
        }
    }
    if found.project.is_none() {
        form.refuse_all(
            "No project of yours serves this person: a warning needs a project that answers for it",
        );
    }
    if !form.is_accepted() {
        return None;
    }
    Some(NewWarning {
        listing: found.listing,
        person: found.person,
        project: found.project?,
        words,
        said_by,
        heard_at: heard_at?,
        basis: basis?,
        advice: text(form, "advice"),
    })
}

async fn send(permit: Permit<HandOver>, whom: Whom, mut form: Form) -> Page {
    let found = permit.read(move |r| find(r, whom)).await?;
    let Some(found) = found else { return Err(PageError::NotFound) };
    let Some(new) = read(&mut form, &found, clock::now()) else {
        return draw(&permit, &found, &drafts::reopened(&form));
    };
    let (id, what) = (WarningId::fresh(), instance(&found));
    let to = format!("{}/handover", href_of(id));
    let to = permit
        .write(move |w| {
            // Scope again, in the unit that writes.
            if w.reading(|r| find(r, whom))?.is_none() {
                return Err(PageError::NotFound);
            }
            if let drafts::Sent::Before(href) = drafts::submit(w, &what, &form, &to)? {
                return Ok(href);
            }
            raise_as(w, id, &new)?;
            Ok(to)
        })
        .await?;
    Ok(Redirect::to(&to).into_response())
}
