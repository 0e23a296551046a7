//! One referral in: what was said, who may be meant, and what is done with it.

use super::typed_page::around;
use crate::access::policy::{TakeReferralsIn, WriteReports};
use crate::access::{Permit, Reader};
use crate::clock;
use crate::ids::{ProjectId, ReferralInId};
use crate::morning::{self, Rules};
use crate::people::{self, Person};
use crate::referrals_in::alike::{Alike, AlikeLine, lines_alike, lines_of_day, people_alike};
use crate::referrals_in::codes::{DANGER, DECLINES, PLACES, ROLES, SOURCES, TOLD, WORRIES, words_in};
use crate::referrals_in::on_pages::state_words;
use crate::referrals_in::reading::{find_referral_in, open_referrals_in};
use crate::referrals_in::record::{ReferralIn, Standing};
use crate::web::components::{
    Choice, Emphasis, Event, Form, HeadingLevel, LabelSize, Layout, SummaryRow, back_link, button,
    button_link, details, post_button, radios, select, summary_list, tag, textarea, timeline, warning_text,
};
use crate::web::{Page, PageError, Shell, page};
use axum::Extension;
use axum::extract::Path;
use maud::{Markup, html};
use std::sync::Arc;

/// Everything the page shows.
struct Seen {
    one: ReferralIn,
    lines: Vec<AlikeLine>,
    people: Vec<Person>,
    /// Who holds a record that looks like who is meant and is not open to the reader.
    closed: Vec<String>,
    others: Vec<ReferralIn>,
    projects: Vec<(ProjectId, String)>,
    joined_to: Option<(String, String)>,
}

async fn load(
    permit: &Permit<TakeReferralsIn>,
    id: ReferralInId,
    rules: Arc<Rules>,
) -> Result<Seen, PageError> {
    let seen = permit
        .write(move |w| {
            let Some(one) = w.reading(|r| find_referral_in(r, id))? else {
                return Ok::<_, store::Error>(None);
            };
            let lines = w.reading(|r| lines_of_day(r, &one, &rules))?;
            let lines = lines_alike(&one, &lines);
            let open = one.standing().is_open() && one.listing().is_none() && one.person().is_none();
            let (people, closed) = if open { people_alike(w, &one)? } else { (Vec::new(), Vec::new()) };
            let (others, projects, joined_to) = w.reading(|r| {
                let others: Vec<ReferralIn> = open_referrals_in(r, clock::now())?
                    .into_iter()
                    .filter(|other| other.id != one.id && other.standing().is_open())
                    .collect();
                Ok((others, around(r)?.0, joined(r, &one, &rules)?))
            })?;
            Ok(Some(Seen { one, lines, people, closed, others, projects, joined_to }))
        })
        .await?;
    seen.ok_or(PageError::NotFound)
}

/// The name and the page of whom it was joined to, where the reader may see them.
fn joined(
    r: &mut Reader<'_, TakeReferralsIn>,
    one: &ReferralIn,
    rules: &Rules,
) -> store::Result<Option<(String, String)>> {
    if let Some(id) = one.person() {
        let person = people::find(r, id)?;
        return Ok(person.map(|p| (p.details.name(), format!("/people/{}", p.id()))));
    }
    let Some(id) = one.listing() else { return Ok(None) };
    let Some(found) = morning::find(r, id)? else { return Ok(None) };
    let line = morning::line_of(r, &found, rules)?;
    Ok(line.map(|line| (line.name, format!("/listings/{id}"))))
}

pub(super) async fn show(
    permit: Permit<TakeReferralsIn>,
    Path(id): Path<ReferralInId>,
    Extension(rules): Extension<Arc<Rules>>,
) -> Page {
    let seen = load(&permit, id, rules).await?;
    let one = &seen.one;
    let (colour, words) = state_words(one, clock::now());
    let standing = one.standing();
    let body = html! {
        h1 class="govuk-heading-l" { (one.name) }
        p class="govuk-body" { (tag(colour, &words)) }
        @if one.danger == "yes" && standing.is_open() { (warning_text("Whoever referred says that somebody is in danger now.")) }
        @if standing == Standing::Received { (post_button("Take it on", &one.name, Emphasis::Primary, &format!("/referrals-in/{id}/accept"))) }
        (said(one))
        @if permit.may::<WriteReports>() && let Some((question, wanted)) = &one.report { (report(&seen, question, wanted)) }
        (whom(&seen))
        @if standing.is_open() { (ways(&seen)) }
        (history(one))
    };
    let shell = Shell {
        title: "Referral to us",
        room: "/referrals-in",
        before: Some(back_link("Referred to us", "/referrals-in")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

/// A report that was asked for with it: begun by a human, once it is known who is meant.
fn report(seen: &Seen, question: &str, wanted: &str) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "A report for the court is asked for" }
        p class="govuk-body al-typed" { (question) }
        @if !wanted.is_empty() { p class="govuk-body" { "By when: " (wanted) } }
        @match &seen.joined_to {
            Some((_, href)) => p class="govuk-body" { a class="govuk-link" href=(format!("{href}/reports/new?referral={}", seen.one.id)) { "Start the report’s clock" } },
            None => p class="govuk-body" { "Say first who it is about." },
        }
    }
}

fn said(one: &ReferralIn) -> Markup {
    let worries: Vec<&str> = one.worries.iter().map(|w| words_in(WORRIES, w)).collect();
    let born = one.born_on.map_or("not known".into(), clock::day_words);
    let (name, role, contact) = &one.referrer;
    let rows = [
        SummaryRow::new(
            "Who",
            html! { (one.name) ", born " (born) @if !one.number.is_empty() { ", number " (one.number) } },
        ),
        SummaryRow::new("Where", html! { (words_in(PLACES, &one.place)) }),
        SummaryRow::new(
            "In court",
            html! {
                @if let Some(day) = one.hearing_on { (clock::weekday_words(day)) @if !one.hearing_time.is_empty() { ", " (one.hearing_time) } } @else { "Day not known" }
            },
        ),
        SummaryRow::new(
            "Why",
            html! {
                @if !worries.is_empty() { ul class="govuk-list govuk-list--bullet" { @for worry in &worries { li { (worry) } } } }
                span class="al-typed" { (one.words) }
            },
        ),
        SummaryRow::new("Danger now", html! { (words_in(DANGER, &one.danger)) }),
        SummaryRow::new(
            "The person",
            html! { "Told of it: " (if one.told == "not-asked" { "not said".to_owned() } else { words_in(TOLD, &one.told).to_lowercase() }) ". Agrees: " (words_in(TOLD, &one.agrees).to_lowercase()) "." },
        ),
        SummaryRow::new("Referred by", html! { (name) ", " (words_in(ROLES, role)) ". " (contact) }),
        SummaryRow::new(
            "Came",
            html! { (words_in(SOURCES, &one.source)) ", " (clock::moment_words(one.received_at)) ", due " (clock::moment_words(one.due_at)) },
        ),
    ];
    summary_list(&rows)
}

fn whom(seen: &Seen) -> Markup {
    let (one, id) = (&seen.one, seen.one.id);
    html! {
        h2 class="govuk-heading-m" { "Who is it about?" }
        @if let Some((name, href)) = &seen.joined_to {
            p class="govuk-body" { "Joined to " a class="govuk-link" href=(href) { (name) } "." }
            @if one.standing().is_open() { (post_button("That is somebody else", "", Emphasis::Secondary, &format!("/referrals-in/{id}/unjoin"))) }
        } @else if one.listing().is_some() || one.person().is_some() {
            p class="govuk-body" { "Joined to somebody you can’t open." }
        } @else if one.standing().is_open() { (proposals(seen)) }
        @else { p class="govuk-body" { "Nobody said." } }
    }
}

fn proposals(seen: &Seen) -> Markup {
    let id = seen.one.id;
    let blank = Form::blank();
    let lines: Vec<(String, String, String)> = seen
        .lines
        .iter()
        .map(|line| {
            let alike = match line.alike {
                Alike::Very => "Very alike",
                Alike::Perhaps => "May be",
                Alike::No => "Not alike, as far as one can tell",
            };
            let born = if line.born.is_empty() { String::new() } else { format!(", born {}", line.born) };
            (format!("line-{}", line.listing), format!("{}{born}", line.name), alike.to_owned())
        })
        .collect();
    let people: Vec<(String, String, String)> = seen
        .people
        .iter()
        .map(|p| {
            let born = p
                .details
                .date_of_birth
                .map(|on| format!(", born {}", clock::day_words(on)))
                .unwrap_or_default();
            (
                format!("person-{}", p.id()),
                format!("{}{born}", p.details.name()),
                "On the register".to_owned(),
            )
        })
        .collect();
    let alike = seen.lines.iter().filter(|l| l.alike != Alike::No).count();
    html! {
        @if seen.one.hearing_on.is_none() { p class="govuk-body" { "The referral names no day in court, so no list was looked at." } }
        @else if seen.lines.is_empty() { p class="govuk-body" { "There is no list of that court and day yet." } }
        @else if alike == 0 { p class="govuk-body" { "Nobody on the list of that day looks like them." } }
        @for holder in &seen.closed { p class="govuk-body" { strong { "Mind: " } "a record that may be theirs is held by " (holder) " and is not open to you. Ask there before you make another." } }
        form method="post" action=(format!("/referrals-in/{id}/join")) novalidate {
            (radios(&blank.field("whom", "You say who it is: nothing is joined by itself").with_size(LabelSize::Small), Layout::Small, &as_choices(&lines[..alike.min(lines.len())], &people)))
            @if lines.len() > alike { (details("Somebody else on that list", html! { (radios(&blank.field("whom-else", "On the list").with_size(LabelSize::Small), Layout::Small, &as_choices(&lines[alike..], &[]))) })) }
            (button("Join", Emphasis::Secondary))
        }
    }
}

fn as_choices<'a>(
    lines: &'a [(String, String, String)],
    people: &'a [(String, String, String)],
) -> Vec<Choice<'a>> {
    lines
        .iter()
        .chain(people)
        .map(|(key, label, hint)| Choice { hint: Some(hint), ..Choice::new(key, label) })
        .chain(
            (!people.is_empty() || lines.len() < 2)
                .then(|| Choice::new("new", "Somebody new: put them on the register")),
        )
        .collect()
}

fn ways(seen: &Seen) -> Markup {
    let (one, id) = (&seen.one, seen.one.id);
    let blank = Form::blank();
    let declines: Vec<Choice<'_>> = DECLINES.iter().map(|d| Choice::new(d.key, d.words)).collect();
    let ids: Vec<String> = seen.projects.iter().map(|(id, _)| id.to_string()).collect();
    let projects: Vec<Choice<'_>> = seen
        .projects
        .iter()
        .zip(&ids)
        .filter(|((project, _), _)| *project != one.is_with())
        .map(|((_, name), id)| Choice::new(id, name))
        .collect();
    let others: Vec<(String, String)> = seen
        .others
        .iter()
        .map(|o| (o.id.to_string(), format!("{}, {}", o.name, clock::moment_words(o.received_at))))
        .collect();
    let others: Vec<Choice<'_>> = others.iter().map(|(id, words)| Choice::new(id, words)).collect();
    let warn = one
        .listing()
        .map(|l| format!("/listings/{l}/warnings/new"))
        .or_else(|| one.person().map(|p| format!("/people/{p}/warnings/new")));
    html! {
        @if one.is_urgent() {
            @match &warn {
                Some(href) => (button_link("Raise a self-harm warning", Emphasis::Secondary, href)),
                None => p class="govuk-body" { "It speaks of self-harm or danger: say who it is about, then raise a warning from here." },
            }
        }
        h2 class="govuk-heading-m" { "What becomes of it" }
        form method="post" action=(format!("/referrals-in/{id}/end")) novalidate {
            input type="hidden" name="kind" value="seen";
            (button("The person was seen", Emphasis::Secondary))
        }
        (details("Decline", html! {
            form method="post" action=(format!("/referrals-in/{id}/end")) novalidate {
                input type="hidden" name="kind" value="declined";
                (radios(&blank.field("code", "Why? Whoever referred reads this").with_size(LabelSize::Small), Layout::Small, &declines))
                (textarea(&blank.field("words", "In words, for us only"), 2))
                (button("Decline", Emphasis::Warning))
            }
        }))
        @if !others.is_empty() { (details("The same as another referral", html! {
            form method="post" action=(format!("/referrals-in/{id}/end")) novalidate {
                input type="hidden" name="kind" value="duplicate";
                (select(&blank.field("other", "Which goes on").with_size(LabelSize::Small), &others))
                (button("It goes on with that one", Emphasis::Secondary))
            }
        })) }
        @if !projects.is_empty() { (details("Pass on to another project", html! {
            form method="post" action=(format!("/referrals-in/{id}/pass-on")) novalidate {
                (select(&blank.field("project", "To").with_size(LabelSize::Small), &projects))
                (textarea(&blank.field("words", "Why"), 2))
                (button("Pass on", Emphasis::Secondary))
            }
        })) }
    }
}

fn history(one: &ReferralIn) -> Markup {
    let stamps: Vec<(String, String)> =
        one.events.iter().map(|e| (e.at.to_string(), clock::moment_words(e.at))).collect();
    let events: Vec<Event<'_>> = one
        .events
        .iter()
        .zip(&stamps)
        .rev()
        .map(|(event, (stamp, time))| Event {
            title: event.kind.words(),
            by: &event.by,
            machine_time: stamp,
            time,
            body: html! {
                @if !event.code.is_empty() { p class="govuk-body" { (words_in(DECLINES, &event.code)) } }
                @if !event.words.is_empty() { p class="govuk-body al-typed" { (event.words) } }
            },
        })
        .collect();
    html! { @if !events.is_empty() { h2 class="govuk-heading-m" { "What happened" } (timeline(&events, HeadingLevel::Three)) } }
}
