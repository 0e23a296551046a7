//! Whom a hearing is about. Who may open the line or the person may open their hearings: having a [`Subject`] is the proof.

use super::kept::{Hearing, by_id};
use crate::access::policy::ViewBoard;
use crate::access::{Capability, Permit, Reader, Writer};
use crate::audit::Event;
use crate::ids::{HearingId, ListingId, PersonId, ProjectId};
use crate::morning::{
    self, About, Found, Named, about_line, about_person, named, person_linked_to, person_on,
};
use crate::people::{self, Person, identity_of, project_with};
use crate::web::components::{Identity, identity_bar};
use maud::{Markup, html};
use store::Result;

/// A line, a person, or a line that is linked to a person.
#[derive(Debug, Clone)]
pub struct Subject {
    line: Option<(Found, Named)>,
    /// The person, where the reader may see them.
    pub person: Option<Person>,
    /// The project that works with them here.
    pub project: Option<ProjectId>,
    /// What records about them hang on.
    pub about: About,
}

impl Subject {
    /// The line's id.
    #[must_use]
    pub fn listing(&self) -> Option<ListingId> {
        self.line.as_ref().map(|(found, _)| found.id())
    }

    /// The line's proof of scope.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        self.line.as_ref().map(|(found, _)| found)
    }

    /// The person, when there is no line.
    pub(super) fn person_when_no_line(&self) -> Option<PersonId> {
        if self.line.is_some() { None } else { self.person.as_ref().map(Person::id) }
    }

    /// The bar on every page about them.
    #[must_use]
    pub fn identity(&self) -> Markup {
        match (&self.person, &self.line) {
            (Some(person), _) => identity_of(person),
            (None, Some((found, named))) => {
                let href = format!("/listings/{}", found.id());
                identity_bar(&Identity {
                    name: &named.name,
                    href: Some(&href),
                    facts: vec![
                        ("Born", &named.born_words()),
                        ("PNC", named.pnc.as_deref().unwrap_or("Not known")),
                        ("Court", &named.court),
                    ],
                    flags: Vec::new(),
                })
            }
            (None, None) => html! {},
        }
    }

    /// Their own page, and its name: the line where there is one.
    #[must_use]
    pub fn home(&self) -> (&'static str, String) {
        match (&self.line, &self.person) {
            (Some((found, _)), _) => ("Line", format!("/listings/{}", found.id())),
            (None, Some(person)) => ("Person", format!("/people/{}", person.id())),
            (None, None) => ("People", "/people".into()),
        }
    }

    pub(super) fn audit_words(&self) -> String {
        let listing = self.listing().map(|id| format!("listing {id}"));
        let person = self.person.as_ref().map(|person| format!("person {}", person.id()));
        [listing, person].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Says that the board of the line's day changed.
    pub(super) fn changed<C: Capability>(&self, w: &mut Writer<'_, C>) -> Result<()> {
        match &self.line {
            Some((found, _)) => morning::changed(w, found),
            None => Ok(()),
        }
    }
}

/// Whoever stands on a line in scope.
pub(super) fn of_line<C: Capability>(r: &mut Reader<'_, C>, id: ListingId) -> Result<Option<Subject>> {
    let Some(found) = morning::find(r, id)? else { return Ok(None) };
    let Some(name) = named(r, &[found.id()])?.remove(&found.id()) else { return Ok(None) };
    r.saw(Event::new("line opened", "listing", found.id()));
    let person = match person_on(r, &found)? {
        Some(person) => people::find(r, person)?,
        None => None,
    };
    let about = about_line(r, &found)?;
    let project = found.court.projects.first().copied();
    Ok(Some(Subject { line: Some((found, name)), person, project, about }))
}

/// A person in scope.
pub(super) fn of_person<C: Capability>(r: &mut Reader<'_, C>, id: PersonId) -> Result<Option<Subject>> {
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    let project = project_with(r, &person)?;
    let about = about_person(r, &person)?;
    Ok(Some(Subject { line: None, person: Some(person), project, about }))
}

/// A day in court of somebody in scope. Whoever may not open lines reaches it through the person only.
pub(super) fn hearing_in_scope<C: Capability>(
    permit: &Permit<C>,
    r: &mut Reader<'_, C>,
    id: HearingId,
) -> Result<Option<(Subject, Hearing)>> {
    let Some(hearing) = by_id(r, id)? else { return Ok(None) };
    let mut subject = None;
    if let Some(listing) = hearing.listing {
        if permit.may::<ViewBoard>() {
            subject = of_line(r, listing)?;
        }
        if subject.is_none()
            && let Some(person) = person_linked_to(r, listing)?
        {
            subject = of_person(r, person)?;
        }
    } else if let Some(person) = hearing.person {
        subject = of_person(r, person)?;
    }
    let Some(subject) = subject else { return Ok(None) };
    r.saw(Event::new("hearing opened", "hearing", id));
    Ok(Some((subject, hearing)))
}
