//! Who is this? Asked at the head of a screening when nobody has decided yet who stands on the line. A person decides.

use crate::access::{Capability, Reader, Writer};
use crate::clock;
use crate::ids::PersonId;
use crate::morning::{
    Candidate, Decision, Found, candidates, decide, person_on, preselected, register_from_line,
};
use crate::people::{Person, find};
use crate::web::components::{Choice, Form, LabelSize, Layout, radios};
use maud::{Markup, html};
use std::collections::HashMap;
use store::Result;

/// What is known about who stands on the line.
pub(super) enum Who {
    /// Linked already.
    Linked(Box<Person>),
    /// Linked to somebody whose record is in another project.
    Elsewhere,
    /// Not decided: these may be the person.
    Open(Likely),
}

/// Who may be the person on the line.
pub(super) struct Likely {
    /// Those whose record the reader may open, best first.
    ours: Vec<Candidate>,
    names: HashMap<PersonId, String>,
    /// Those whose record they may not open: who holds each, to ask there.
    closed: Vec<String>,
    /// Who may stand there before anybody chose.
    preselected: Option<PersonId>,
}

/// More than these are for the page that compares field by field.
const OFFERED: usize = 4;

pub(super) fn who<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<Who> {
    if let Some(person) = person_on(r, line)? {
        return Ok(find(r, person)?.map_or(Who::Elsewhere, |p| Who::Linked(Box::new(p))));
    }
    let mut all = candidates(r, line)?;
    all.retain(|c| c.decision.as_deref() != Some("not-same"));
    let preselected = preselected(&all);
    let closed = all.iter().filter(|c| !c.in_scope).map(|c| c.held_by.join(" and ")).collect();
    let mut ours: Vec<Candidate> = all.into_iter().filter(|c| c.in_scope).collect();
    ours.truncate(OFFERED);
    let mut names = HashMap::new();
    for candidate in &ours {
        if let Some(person) = find(r, candidate.person)? {
            let born = person.details.date_of_birth.map_or("birth date not known".into(), clock::day_words);
            names.insert(candidate.person, format!("{}, born {born}", person.details.name()));
        }
    }
    ours.retain(|c| names.contains_key(&c.person));
    Ok(Who::Open(Likely { ours, names, closed, preselected }))
}

impl Likely {
    fn nobody(&self) -> bool {
        self.ours.is_empty() && self.closed.is_empty()
    }

    /// What to know of a candidate besides the name.
    fn hint(candidate: &Candidate) -> Option<String> {
        let mut said: Vec<String> = Vec::new();
        if candidate.matched.band == "certain" {
            said.push("Fits almost certainly".into());
        }
        if candidate.decision.is_some() {
            said.push("A colleague could not tell".into());
        }
        said.extend(candidate.matched.warnings.iter().map(|warning| format!("Mind: {warning}")));
        (!said.is_empty()).then(|| said.join(". "))
    }
}

impl Who {
    /// The answer that stands there before anybody chose: somebody new only where recognition knows of nobody alike, wherever
    /// their record is held.
    pub(super) fn suggested(&self) -> String {
        match self {
            Who::Open(likely) if likely.nobody() => "new".into(),
            Who::Open(likely) => likely.preselected.map(|one| one.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    pub(super) fn input(&self, form: &Form, compare: &str) -> Markup {
        match self {
            Who::Linked(_) => html! {},
            Who::Elsewhere => {
                html! { p class="govuk-body" { "This line is linked to a person of another project. What you record here stays on the line, and they see it with the person." } }
            }
            Who::Open(likely) => {
                let texts: Vec<(String, &str, Option<String>)> = likely
                    .ours
                    .iter()
                    .map(|c| {
                        let name = likely.names.get(&c.person).map_or("", String::as_str);
                        (c.person.to_string(), name, Likely::hint(c))
                    })
                    .collect();
                let mut choices: Vec<Choice<'_>> = texts
                    .iter()
                    .map(|(id, name, hint)| Choice { hint: hint.as_deref(), ..Choice::new(id, name) })
                    .collect();
                choices.push(Choice::new("new", "Somebody new: put them on the register"));
                choices.push(Choice::new("later", "Decide later: keep this on the line"));
                html! {
                    @for holder in &likely.closed {
                        p class="govuk-body" { strong { "Mind: " } "a record that may be this person’s is held by " (holder) " and is not open to you. Ask there before you make another." }
                    }
                    (radios(&form.field("who", "Who is this?").with_size(LabelSize::Small).with_hint("Ask for name and date of birth."), Layout::Small, &choices))
                    @if !likely.nobody() { p class="govuk-body-s" { a class="govuk-link" href=(compare) { "Compare them field by field" } } }
                }
            }
        }
    }
}

/// What the practitioner said, put to work. The person, when there is one now; an error's words when it can't be kept.
pub(super) fn settle<C: Capability>(
    w: &mut Writer<'_, C>,
    line: &Found,
    said: &str,
    met: bool,
) -> Result<std::result::Result<Option<Person>, String>> {
    match w.reading(|r| who(r, line))? {
        Who::Linked(person) => return Ok(Ok(Some(*person))),
        Who::Elsewhere => return Ok(Ok(None)),
        Who::Open(_) => {}
    }
    let id = match said {
        // Nobody met them: nothing was asked that could tell who they are.
        "new" if !met => None,
        "new" => {
            let Some(project) = line.court.projects.first() else { return Ok(Ok(None)) };
            match register_from_line(w, line, *project, "met in person, at screening")? {
                Ok(id) => Some(id),
                Err(_) => return Ok(Err("Somebody linked this line a moment ago: look who it is".into())),
            }
        }
        "later" => None,
        "" if !met => None,
        "" => return Ok(Err("Say who this is, or that it is decided later".into())),
        id => {
            let Ok(person) = id.parse::<PersonId>() else {
                return Ok(Err("Choose one of these, or decide later".into()));
            };
            match decide(w, line, person, Decision::Same, "met in person, at screening")? {
                Ok(()) => Some(person),
                Err(_) => return Ok(Err("This can't be the person any more: choose again".into())),
            }
        }
    };
    match id {
        Some(id) => Ok(Ok(w.reading(|r| find(r, id))?)),
        None => Ok(Ok(None)),
    }
}
