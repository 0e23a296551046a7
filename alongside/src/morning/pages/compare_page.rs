//! Compare and decide: is it the person we know? Does this escort record belong to this line? A human says.

use super::find_page::somebody_else;
use super::joins_page::proposal_card;
use super::line_page::{decision_words, identity};
use super::parts::day_href;
use crate::access::Permit;
use crate::access::policy::{BreakGlass, Recognise, ViewPerson};
use crate::audit::Event;
use crate::clock;
use crate::ids::{JoinId, ListingId, PersonId, ProjectId, ProposalId};
use crate::morning::board::board;
use crate::morning::candidates::{Candidate, candidates, preselected, refused_on_other_lines};
use crate::morning::line::Line;
use crate::morning::linking::{Decided, Decision, Refusal, decide, decisions, register_from_line, take_back};
use crate::morning::refusals::Refusal as Refused;
use crate::morning::rules::Rules;
use crate::morning::take_in::from_json;
use crate::morning::work::{Found, find, find_to_change};
use crate::people::{Answer, Matched, fields_table, likely_words, weights_table};
use crate::web::components::{
    Choice, Emphasis, Form, Input, Layout, TagColour, back_link, button, details, empty_state, error_summary,
    inset_text, radios, tag, text_input,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use std::sync::Arc;
use store::sql;

pub(super) struct Proposal {
    pub(super) id: ProposalId,
    pub(super) from: Option<String>,
    pub(super) matched: Matched,
}

struct Joined {
    id: JoinId,
    how: String,
    by: String,
    from: Option<String>,
}

struct Seen {
    line: Line,
    court: String,
    href: String,
    candidates: Vec<Candidate>,
    refused: Vec<(Refused, Option<ListingId>)>,
    decisions: Vec<Decided>,
    proposals: Vec<Proposal>,
    joined: Vec<Joined>,
    projects: Vec<(ProjectId, String)>,
}

pub(super) async fn show(
    permit: Permit<Recognise>,
    Path(id): Path<ListingId>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    draw(&permit, id, rules, Form::blank(), None).await
}

/// The page; `looked` is whom a colleague found who looked for somebody else.
pub(super) async fn draw(
    permit: &Permit<Recognise>,
    id: ListingId,
    rules: Arc<Rules>,
    form: Form,
    looked: Option<Answer>,
) -> Page {
    let seen = permit
        .read(move |r| {
            let Some(found) = find(r, id)? else { return Ok::<_, store::Error>(None) };
            r.saw(Event::new("candidates compared", "listing", found.id()));
            load(r, &found, &rules)
        })
        .await?;
    let Some(seen) = seen else { return Err(PageError::NotFound) };
    let status = if form.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell {
        title: if status == StatusCode::OK { "Compare and decide" } else { "Error: Compare and decide" },
        room: "/courts",
        before: Some(back_link(&format!("Board, {}", seen.court), &seen.href)),
        identity: Some(identity(&seen.line)),
        wide: false,
    };
    Ok((status, page(permit, shell, body(permit, &seen, &form, looked.as_ref()))).into_response())
}

fn load(
    r: &mut crate::access::Reader<'_, Recognise>,
    found: &Found,
    rules: &Rules,
) -> store::Result<Option<Seen>> {
    let board = board(r, &found.court, found.date, rules)?;
    let line =
        board.rows.into_iter().map(|row| row.line).chain(board.removed).find(|line| line.id == found.id());
    let Some(line) = line else { return Ok(None) };
    let proposals = r
        .query(
            sql("SELECT p.id, p.comparison, e.from_words FROM join_proposal p JOIN escort_record e ON e.id = p.escort_id WHERE p.listing_id = $1 AND p.decision IS NULL ORDER BY p.at"),
            &[&found.id()],
        )?
        .iter()
        .map(|row| Ok(Proposal { id: row.get("id")?, from: row.get("from_words")?, matched: from_json(&row.get::<String>("comparison")?)? }))
        .collect::<store::Result<_>>()?;
    let joined = r
        .query(
            sql("SELECT j.id, j.how, j.by_words, e.from_words FROM listing_escort j JOIN escort_record e ON e.id = j.escort_id WHERE j.listing_id = $1 AND j.undone_at IS NULL AND j.how <> 'the record''s own line' ORDER BY j.at"),
            &[&found.id()],
        )?
        .iter()
        .map(|row| Ok(Joined { id: row.get("id")?, how: row.get("how")?, by: row.get("by_words")?, from: row.get("from_words")? }))
        .collect::<store::Result<_>>()?;
    let projects = r
        .query_list(
            sql("SELECT id, name FROM project WHERE id IN ($LIST) ORDER BY name"),
            &[],
            &found.court.projects,
        )?
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?)))
        .collect::<store::Result<_>>()?;
    Ok(Some(Seen {
        court: found.court.name.clone(),
        href: day_href(found.court.code(), found.date),
        candidates: candidates(r, found)?,
        refused: refused_on_other_lines(r, found)?,
        decisions: decisions(r, found)?,
        line,
        proposals,
        joined,
        projects,
    }))
}

fn body(permit: &Permit<Recognise>, seen: &Seen, form: &Form, looked: Option<&Answer>) -> Markup {
    let id = seen.line.id;
    let linked = seen.decisions.iter().any(|d| d.decision == "same");
    html! {
        (error_summary(form))
        h1 class="govuk-heading-l" { "Compare and decide" }
        @if !seen.proposals.is_empty() {
            h2 class="govuk-heading-m" { "Does this escort record belong to this line?" }
            @for proposal in &seen.proposals { (proposal_card(id, proposal)) }
        }
        @for joined in &seen.joined {
            (inset_text(html! {
                p class="govuk-body" { "Escort record" @if let Some(from) = &joined.from { " from " (from) } ": joined by " (joined.how) ", " (joined.by) "." }
                form method="post" action=(format!("/listings/{id}/unjoin")) { input type="hidden" name="join" value=(joined.id); (button("Take the escort record off this line", Emphasis::Secondary)) }
            }))
        }
        h2 class="govuk-heading-m" { "Is this somebody on our register?" }
        @for decided in &seen.decisions {
            (inset_text(html! {
                p class="govuk-body" { (decision_words(&decided.decision)) ". " (decided.by) ", " (clock::moment_words(decided.at)) @if !decided.reason.is_empty() { ": " (decided.reason) } }
                @if decided.decision == "same" && permit.may::<ViewPerson>() { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}", decided.person)) { "Open the record" } } }
                form method="post" action=(format!("/listings/{id}/take-back")) { input type="hidden" name="decision" value=(decided.id); (button("Take this decision back", Emphasis::Secondary)) }
            }))
        }
        @if seen.candidates.is_empty() {
            (empty_state("Nobody looks alike", html! { p class="govuk-body" { "Nobody on the register is like the person on this line." } }))
        }
        @for (index, candidate) in seen.candidates.iter().enumerate() { (candidate_card(permit, index, candidate)) }
        @for (refused, line) in &seen.refused { (refused_elsewhere(permit, refused, *line)) }
        @if !linked {
            (somebody_else(id, form, looked))
            (decision_form(seen, form))
        }
    }
}

/// A person refused on another line for the same identity, who is not offered again: whoever looks next sees who said so.
fn refused_elsewhere(permit: &Permit<Recognise>, refused: &Refused, line: Option<ListingId>) -> Markup {
    inset_text(html! {
        p class="govuk-body" {
            "A record that looks alike is not shown: " (refused.by) " said on " (clock::moment_words(refused.at)) " that it is somebody else"
            @if !refused.reason.is_empty() { ": " (refused.reason) } "."
        }
        @if permit.may::<ViewPerson>() { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}", refused.person)) { "Open the record" } } }
        @if let Some(listing) = line { p class="govuk-body" { a class="govuk-link" href=(format!("/listings/{listing}/compare")) { "Open the line where that was decided" } ", to take it back if it is wrong." } }
    })
}

fn candidate_card(permit: &Permit<Recognise>, index: usize, candidate: &Candidate) -> Markup {
    html! {
        section class="al-candidate" aria-label=(format!("Candidate {}", index + 1)) {
            h3 class="govuk-heading-s" {
                "Candidate " (index + 1) " "
                @match candidate.matched.band.as_str() {
                    "certain" => { (tag(TagColour::Green, "Fits almost certainly")) },
                    "none" => { (tag(TagColour::Grey, "Found by a colleague")) },
                    _ => { (tag(TagColour::Yellow, "To be reviewed")) },
                }
                @if let Some(decision) = &candidate.decision { " " (tag(TagColour::Grey, decision_words(decision))) }
            }
            @for warning in &candidate.matched.warnings { p class="govuk-body" { strong { "Mind: " } (warning) "." } }
            @if candidate.in_scope {
                (fields_table("The court list and our record", "Court list", "Our record", &candidate.matched.fields))
                (details("How the weight adds up", weights_table(&candidate.matched)))
                @if permit.may::<ViewPerson>() { p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}", candidate.person)) { "Open the record of candidate " (index + 1) } } }
            } @else {
                p class="govuk-body" { "This record is held by " strong { (candidate.held_by.join(", ")) } " and is not open to you, so it isn't shown. Recognition puts it at " (likely_words(&candidate.matched)) " that it is the same person: ask a colleague there." }
                @if permit.may::<BreakGlass>() { p class="govuk-body" { "If it can't wait: " a class="govuk-link" href=(format!("/glass/{}", candidate.person)) { "break the glass for candidate " (index + 1) } } }
            }
        }
    }
}

fn decision_form(seen: &Seen, form: &Form) -> Markup {
    let id = seen.line.id;
    let mut filled = form.clone();
    let open: Vec<(usize, &Candidate)> = seen
        .candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| c.in_scope && c.decision.as_deref() != Some("not-same"))
        .collect();
    let values: Vec<(String, String)> = open
        .iter()
        .flat_map(|(index, c)| {
            let n = index + 1;
            [
                (format!("same {}", c.person), format!("Same person as candidate {n}")),
                (format!("not-same {}", c.person), format!("Not the same as candidate {n}")),
                (format!("cannot-tell {}", c.person), format!("Can't tell about candidate {n}")),
            ]
        })
        .collect();
    if filled.value("decision").is_empty()
        && let Some(only) = preselected(&seen.candidates)
    {
        filled.set("decision", format!("same {only}"));
    }
    let mut choices: Vec<Choice<'_>> =
        values.iter().map(|(value, label)| Choice::new(value, label)).collect();
    choices.push(Choice {
        hint: Some("Makes a record from this line"),
        ..Choice::new("new", "A new person: nobody on the register")
    });
    let project_ids: Vec<String> = seen.projects.iter().map(|(id, _)| id.to_string()).collect();
    let projects: Vec<Choice<'_>> =
        seen.projects.iter().zip(&project_ids).map(|((_, name), id)| Choice::new(id, name)).collect();
    html! {
        form method="post" action=(format!("/listings/{id}/compare")) novalidate {
            (radios(&filled.field("decision", "Your decision"), Layout::Stacked, &choices))
            @if seen.projects.len() > 1 { (crate::web::components::select(&filled.field("project", "For a new person: which project"), &projects)) }
            (text_input(&filled.field("reason", "Reason (optional)").with_hint("What told you: a scar, a voice, a document. Helps whoever meets this pair next."), Input::default()))
            (button("Keep decision", Emphasis::Primary))
        }
    }
}

pub(super) async fn send(
    permit: Permit<Recognise>,
    Path(id): Path<ListingId>,
    Extension(rules): Extension<Arc<Rules>>,
    Sent(mut form): Sent,
) -> Page {
    let reason = form.value("reason").trim().chars().take(500).collect::<String>();
    let chosen = form.value("decision").to_owned();
    let project: Option<ProjectId> = form.value("project").parse().ok();
    let parsed: Option<(Decision, PersonId)> =
        chosen.split_once(' ').and_then(|(d, p)| Some((Decision::from_key(d)?, p.parse().ok()?)));
    if parsed.is_none() && chosen != "new" {
        form.refuse("decision", "Choose what you decide");
        return draw(&permit, id, rules, form, None).await;
    }
    let outcome = permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            match parsed {
                Some((decision, person)) => Ok(decide(w, &line, person, decision, &reason)?),
                None => {
                    let project = project
                        .filter(|p| line.court.projects.contains(p))
                        .or_else(|| line.court.projects.first().copied());
                    let Some(project) = project else { return Err(PageError::NotFound) };
                    Ok(register_from_line(w, &line, project, &reason)?.map(drop))
                }
            }
        })
        .await?;
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/listings/{id}")).into_response()),
        Err(Refusal::AlreadyLinked) => Err(PageError::Conflict(
            "This line was linked to a person meanwhile. Take that decision back first if it is wrong."
                .into(),
        )),
        Err(Refusal::NotACandidate) => Err(PageError::NotFound),
    }
}

pub(super) async fn take_decision_back(
    permit: Permit<Recognise>,
    Path(id): Path<ListingId>,
    Sent(form): Sent,
) -> Page {
    let Ok(decision) = form.value("decision").parse() else { return Err(PageError::NotFound) };
    permit
        .write(move |w| {
            let Some(line) = find_to_change(w, id)? else { return Err(PageError::NotFound) };
            Ok(take_back(w, &line, decision)?)
        })
        .await?;
    Ok(Redirect::to(&format!("/listings/{id}/compare")).into_response())
}
