//! Who is this? Asked at the head of a screening when nobody has decided yet who stands on the line. A person decides.

use crate::access::{Capability, Reader, Writer};
use crate::clock;
use crate::ids::PersonId;
use crate::morning::{Decision, Found, candidates, decide, person_on, register_from_line};
use crate::people::{Person, find};
use crate::web::components::{Choice, Form, LabelSize, Layout, radios};
use maud::{Markup, html};
use store::Result;

/// What is known about who stands on the line.
pub(super) enum Who {
    /// Linked already.
    Linked(Box<Person>),
    /// Linked to somebody whose record is in another project.
    Elsewhere,
    /// Not decided: these may be the person.
    Open(Vec<Likely>),
}

/// Somebody of the reader's projects who may be the person.
pub(super) struct Likely {
    person: PersonId,
    words: String,
    certain: bool,
}

pub(super) fn who<C: Capability>(r: &mut Reader<'_, C>, line: &Found) -> Result<Who> {
    if let Some(person) = person_on(r, line)? {
        return Ok(find(r, person)?.map_or(Who::Elsewhere, |p| Who::Linked(Box::new(p))));
    }
    let mut likely = Vec::new();
    for candidate in candidates(r, line)?.into_iter().filter(|c| c.in_scope && c.decision.is_none()).take(4) {
        if let Some(person) = find(r, candidate.person)? {
            let born = person.details.date_of_birth.map_or("birth date not known".into(), clock::day_words);
            likely.push(Likely {
                person: candidate.person,
                words: format!("{}, born {born}", person.details.name()),
                certain: candidate.matched.band == "certain",
            });
        }
    }
    Ok(Who::Open(likely))
}

impl Who {
    /// The answer that stands there before anybody chose: only the top band, or somebody new where nobody is alike.
    pub(super) fn suggested(&self) -> String {
        match self {
            Who::Open(likely) if likely.is_empty() => "new".into(),
            Who::Open(likely) => {
                let certain: Vec<_> = likely.iter().filter(|l| l.certain).collect();
                match certain[..] {
                    [one] => one.person.to_string(),
                    _ => String::new(),
                }
            }
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
                let ids: Vec<String> = likely.iter().map(|l| l.person.to_string()).collect();
                let mut choices: Vec<Choice<'_>> = likely
                    .iter()
                    .zip(&ids)
                    .map(|(l, id)| Choice {
                        hint: l.certain.then_some("Fits almost certainly"),
                        ..Choice::new(id, &l.words)
                    })
                    .collect();
                choices.push(Choice::new("new", "Somebody new: put them on the register"));
                choices.push(Choice::new("later", "Decide later: keep this on the line"));
                html! {
                    (radios(&form.field("who", "Who is this?").with_size(LabelSize::Small).with_hint("Ask for name and date of birth."), Layout::Small, &choices))
                    @if !likely.is_empty() { p class="govuk-body-s" { a class="govuk-link" href=(compare) { "Compare them field by field" } } }
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
