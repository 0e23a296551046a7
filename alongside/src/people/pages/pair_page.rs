//! Two records side by side: how alike they are now, what was said of them before, what a merge would bring together, and a
//! human's word on them.

use super::comparison::{fields_table, likely_words, weights_table};
use super::duplicates_page::band_tag;
use super::person_page::identity_of;
use crate::access::policy::KeepRegister;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::holdings::Rooms;
use crate::ids::PersonId;
use crate::people::cluster::lock;
use crate::people::held::{Counted, House, LinesOf, counted, projects_holding};
use crate::people::restricted::{Restriction, restrictions};
use crate::people::{
    Matched, PairDecided, PairDecision, Person, TakenApart, decide_pair, find, ids_of, merge, pair_decisions,
    pair_of, side_by_side, take_pair_back, taken_apart,
};
use crate::web::components::{
    Caption, Choice, Column, Emphasis, Form, Input, Layout, back_link, button, details, error_summary,
    inset_text, radios, table, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

/// One of the two.
struct Side {
    person: Person,
    projects: Vec<String>,
    limited: bool,
    address_withheld: bool,
}

struct Seen {
    a: Side,
    b: Side,
    matched: Matched,
    warnings: Vec<String>,
    decisions: Vec<PairDecided>,
    apart: Vec<TakenApart>,
    held: Vec<Counted>,
    /// What was known when the page was drawn: a decision made on less is put to the reader again.
    state: String,
}

fn side(r: &mut Reader<'_, KeepRegister>, person: Person) -> store::Result<(Side, Vec<PersonId>)> {
    let ids = ids_of(r, &person)?;
    let standing = restrictions(r, &person)?.standing;
    let is = |kind| standing.iter().any(|s| s.kind == kind);
    let (limited, address_withheld) = (is(Restriction::Limited), is(Restriction::Address));
    Ok((Side { projects: projects_holding(r, &ids)?, person, limited, address_withheld }, ids))
}

/// The versions of both records, what belongs to them, and how much was said of them: any of it may change a mind.
fn state_of(r: &mut Reader<'_, KeepRegister>, a: &Person, b: &Person) -> store::Result<String> {
    let decisions = pair_decisions(r, a, b)?;
    let back = decisions.iter().filter(|d| d.taken_back.is_some()).count();
    let (of_a, of_b) = (ids_of(r, a)?.len(), ids_of(r, b)?.len());
    let apart = taken_apart(r, a, b)?.len();
    Ok(format!("{}-{}-{of_a}-{of_b}-{}-{back}-{apart}", a.version, b.version, decisions.len()))
}

fn look(
    r: &mut Reader<'_, KeepRegister>,
    (a, b): (PersonId, PersonId),
    house: House,
) -> Result<Seen, PageError> {
    let (Some(a), Some(b)) = (find(r, a)?, find(r, b)?) else { return Err(PageError::NotFound) };
    if a.id() == b.id() {
        return Err(PageError::Conflict("These two are one record.".into()));
    }
    let state = state_of(r, &a, &b)?;
    let matched = side_by_side(r, &a, &b)?;
    let warnings = pair_of(r, &a, &b)?.map(|pair| pair.matched.warnings).unwrap_or_default();
    let (decisions, apart) = (pair_decisions(r, &a, &b)?, taken_apart(r, &a, &b)?);
    let ((a, of_a), (b, of_b)) = (side(r, a)?, side(r, b)?);
    let held = counted(r, house, &of_a, &of_b)?;
    Ok(Seen { a, b, matched, warnings, decisions, apart, held, state })
}

async fn load(
    permit: &Permit<KeepRegister>,
    pair: (PersonId, PersonId),
    house: House,
) -> Result<Seen, PageError> {
    permit.read(move |r| look(r, pair, house)).await
}

pub(super) async fn compare(
    permit: Permit<KeepRegister>,
    Path(pair): Path<(PersonId, PersonId)>,
    Extension(rooms): Extension<Rooms>,
    Extension(lines): Extension<LinesOf>,
) -> Page {
    let seen = load(&permit, pair, House { rooms, lines }).await?;
    Ok(draw(&permit, &seen, &Form::blank()))
}

fn draw(permit: &Permit<KeepRegister>, seen: &Seen, form: &Form) -> axum::response::Response {
    let accepted = form.errors().is_empty();
    let (a, b) = (&seen.a.person, &seen.b.person);
    let body = html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Are these one person?" }
        ul class="govuk-list" {
            @for (n, one) in [a, b].into_iter().enumerate() {
                li { "Record " (n + 1) ": " a class="govuk-link" href=(format!("/people/{}", one.id())) { (one.details.name()) } }
            }
        }
        (compared(seen))
        (said_before(seen))
        (brought_together(seen))
        (decision_form(seen, form))
    };
    let status = if accepted { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: if accepted { "Are these one person?" } else { "Error: Are these one person?" },
        room: "/duplicates",
        before: Some(back_link("Possible duplicates", "/duplicates")),
        identity: Some(identity_of(a)),
        ..Shell::default()
    };
    (status, page(permit, shell, body)).into_response()
}

/// Values as recognition cleans them, so that one number written in two ways is one; and what each part weighs.
fn compared(seen: &Seen) -> Markup {
    let matched = &seen.matched;
    let withheld = seen.a.person.address_withheld || seen.b.person.address_withheld;
    let empty: Vec<&str> = matched
        .fields
        .iter()
        .filter(|f| f.finding.contains("not known") && f.listed.is_empty() && f.known.is_empty())
        .map(|f| f.name.as_str())
        // What is withheld may be known, and a court's own number for a case is nothing to ask for.
        .filter(|name| !(withheld && *name == "address") && *name != "master defendant id")
        .collect();
    html! {
        p class="govuk-body" { (band_tag(matched)) " Recognition puts it at " (likely_words(matched)) " that they are one person." }
        @for warning in &seen.warnings { p class="govuk-body" { strong { "Mind: " } (warning) "." } }
        (fields_table("The two records", "Record 1", "Record 2", &matched.fields))
        @if !empty.is_empty() { p class="govuk-body" { "Not known on either side: " (empty.join(", ")) "." } }
        @if withheld { p class="govuk-body" { "An address is withheld from you, so addresses are not compared." } }
        p class="govuk-body" { "Earlier names, birth dates and addresses are compared too." }
        (details("How the weight adds up", weights_table(matched)))
    }
}

/// Each word on the two, who said it and why: whoever looks next needs it.
fn said_before(seen: &Seen) -> Markup {
    if seen.decisions.is_empty() && seen.apart.is_empty() {
        return html! {};
    }
    let (a, b) = (seen.a.person.id(), seen.b.person.id());
    let own = |d: &PairDecided| [a, b].contains(&d.first) && [a, b].contains(&d.second);
    let newest = seen.decisions.iter().filter(|d| own(d)).map(|d| d.n).max();
    html! {
        h2 class="govuk-heading-m" { "What was said of them before" }
        @for d in &seen.decisions {
            (inset_text(html! {
                p class="govuk-body" { strong { (d.decision.words()) } ". " (d.by) ", " (clock::moment_words(d.at)) @if !d.reason.is_empty() { ": " (d.reason) } "." }
                @if !own(d) { p class="govuk-body" { "That was said of a record that has been merged into one of these since." } }
                @if let Some((at, by)) = &d.taken_back { p class="govuk-body" { "Taken back by " (by) ", " (clock::moment_words(*at)) "." } }
                @else if own(d) && Some(d.n) == newest {
                    @if !d.stands { p class="govuk-body" { "A record has changed since, so the pair is offered again." } }
                    form method="post" action=(format!("/people/{a}/compare/{b}/take-back")) { input type="hidden" name="n" value=(d.n); (button("Take this decision back", Emphasis::Secondary)) }
                }
            }))
        }
        @for one in &seen.apart {
            @let ((at, by, why), (undone_at, undone_by, undone_why)) = (&one.merged, &one.apart);
            (inset_text(html! {
                p class="govuk-body" { strong { "Merged" } " by " (by) ", " (clock::moment_words(*at)) @if !why.is_empty() { ": " (why) } "." }
                p class="govuk-body" { strong { "Taken apart" } " by " (undone_by) ", " (clock::moment_words(*undone_at)) @if !undone_why.is_empty() { ": " (undone_why) } "." }
            }))
        }
    }
}

fn brought_together(seen: &Seen) -> Markup {
    let rows: Vec<Vec<Markup>> = seen
        .held
        .iter()
        .map(|one| vec![html! { (one.what) }, html! { (one.first) }, html! { (one.second) }])
        .collect();
    let of =
        |projects: &[String]| if projects.is_empty() { "no project".to_owned() } else { projects.join(", ") };
    html! {
        h2 class="govuk-heading-m" { "What a merge brings together" }
        @if rows.is_empty() { p class="govuk-body" { "Nothing hangs on either record." } }
        @else {
            p class="govuk-body" { "Named as in a copy that the person would get." }
            (table(Caption::Hidden("What each record holds"), &[Column::words("Holds"), Column::figures("Record 1"), Column::figures("Record 2")], &rows))
        }
        h3 class="govuk-heading-s" { "Who will see it" }
        p class="govuk-body" { "Record 1 is open to colleagues of " strong { (of(&seen.a.projects)) } ", record 2 to colleagues of " strong { (of(&seen.b.projects)) } ". Merged, all of them open everything of both." }
        @for (n, side) in [&seen.a, &seen.b].into_iter().enumerate() {
            @if side.limited { p class="govuk-body" { "Record " (n + 1) " is found only by colleagues named on it. Merged, only they find either of the two." } }
            @if side.address_withheld { p class="govuk-body" { "The address of record " (n + 1) " is withheld. Merged, the addresses of both are." } }
        }
    }
}

fn decision_form(seen: &Seen, form: &Form) -> Markup {
    let (a, b) = (&seen.a.person, &seen.b.person);
    let keep = [format!("merge {}", a.id()), format!("merge {}", b.id())];
    let labels = [
        format!("Same person: keep {} (record 1) and merge the other into it", a.details.name()),
        format!("Same person: keep {} (record 2) and merge the other into it", b.details.name()),
    ];
    let mut choices: Vec<Choice<'_>> = keep
        .iter()
        .zip(&labels)
        .map(|(value, label)| Choice {
            hint: Some(
                "Can be undone at any time. What is written meanwhile stays with the record that is kept",
            ),
            ..Choice::new(value, label)
        })
        .collect();
    choices.push(Choice {
        hint: Some("Not offered again unless one of the records changes"),
        ..Choice::new("not-same", PairDecision::NotSame.words())
    });
    choices.push(Choice {
        hint: Some("Out of the list until one of the records changes"),
        ..Choice::new("cannot-tell", PairDecision::CannotTell.words())
    });
    html! {
        form method="post" action=(format!("/people/{}/compare/{}", a.id(), b.id())) novalidate {
            input type="hidden" name="seen" value=(seen.state);
            (radios(&form.field("decision", "Your decision"), Layout::Stacked, &choices))
            (text_input(&form.field("reason", "Reason").with_hint("What told you"), Input::default()))
            (button("Keep decision", Emphasis::Primary))
        }
    }
}

/// What a human chose.
#[derive(Clone, Copy)]
enum Word {
    Keep(PersonId),
    Said(PairDecision),
}

/// What came of it.
enum Outcome {
    /// It was kept.
    Done,
    /// There is more to know than the page showed.
    KnowsMore,
    /// One of the records stands for itself no more.
    Merged,
}

pub(super) async fn decide(
    permit: Permit<KeepRegister>,
    Path(pair): Path<(PersonId, PersonId)>,
    Extension(rooms): Extension<Rooms>,
    Extension(lines): Extension<LinesOf>,
    Sent(mut form): Sent,
) -> Page {
    let house = House { rooms, lines };
    let seen = load(&permit, pair, house).await?;
    let (a, b) = (seen.a.person.id(), seen.b.person.id());
    let reason = form.value("reason").trim().chars().take(500).collect::<String>();
    let word = match form.value("decision") {
        "not-same" => Some(Word::Said(PairDecision::NotSame)),
        "cannot-tell" => Some(Word::Said(PairDecision::CannotTell)),
        other => other
            .strip_prefix("merge ")
            .and_then(|id| id.parse().ok())
            .filter(|id| [a, b].contains(id))
            .map(Word::Keep),
    };
    if word.is_none() {
        form.refuse("decision", "Choose what you decide");
    }
    if reason.is_empty() {
        form.refuse("reason", "Say what told you: whoever looks at this pair next needs it");
    }
    let (Some(word), true) = (word, form.errors().is_empty()) else { return Ok(draw(&permit, &seen, &form)) };
    let drawn = form.value("seen").to_owned();
    let outcome = permit
        .write(move |w| {
            lock(w, &[a, b])?;
            let (Some(first), Some(second)) = (w.reading(|r| find(r, a))?, w.reading(|r| find(r, b))?) else {
                return Err(PageError::NotFound);
            };
            if first.id() != a || second.id() != b {
                return Ok(Outcome::Merged);
            }
            // What a colleague said or changed since the page was drawn is read before it is decided over.
            if w.reading(|r| state_of(r, &first, &second))? != drawn {
                return Ok(Outcome::KnowsMore);
            }
            let kept = match word {
                Word::Said(said) => decide_pair(w, &first, &second, said, &reason)?,
                Word::Keep(id) if id == a => merge(w, &first, &second, &reason)?.is_ok(),
                Word::Keep(_) => merge(w, &second, &first, &reason)?.is_ok(),
            };
            Ok(if kept { Outcome::Done } else { Outcome::Merged })
        })
        .await?;
    match (outcome, word) {
        (Outcome::Done, Word::Keep(kept)) => Ok(Redirect::to(&format!("/people/{kept}")).into_response()),
        (Outcome::Done, Word::Said(_)) => Ok(Redirect::to("/duplicates").into_response()),
        (Outcome::Merged, _) => Err(PageError::Conflict(
            "One of these records was merged meanwhile. Open it again to see what it is part of.".into(),
        )),
        (Outcome::KnowsMore, _) => {
            form.refuse_all("Somebody decided on these two, or changed one of them, since this page was drawn. Nothing was kept of what you chose. Read what stands below now, then decide");
            let now = load(&permit, pair, house).await?;
            Ok(draw(&permit, &now, &form))
        }
    }
}

pub(super) async fn take_back(
    permit: Permit<KeepRegister>,
    Path((a, b)): Path<(PersonId, PersonId)>,
    Sent(form): Sent,
) -> Page {
    let n = form.value("n").parse().unwrap_or_default();
    let there = permit
        .write(move |w| {
            let (Some(first), Some(second)) = (w.reading(|r| find(r, a))?, w.reading(|r| find(r, b))?) else {
                return Err(PageError::NotFound);
            };
            Ok(take_pair_back(w, &first, &second, n)?)
        })
        .await?;
    if there {
        Ok(Redirect::to(&format!("/people/{a}/compare/{b}")).into_response())
    } else {
        Err(PageError::Conflict("This decision was taken back, or decided over, meanwhile.".into()))
    }
}
