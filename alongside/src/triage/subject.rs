//! Whom a decision or an assessment is about. Who may open the line or the person may open what hangs on them: having a
//! [`Subject`] is the proof.

use super::case::Case;
use super::decision::Decided;
use super::reading::{case_by_id, triage_by_id};
use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::ids::{ListingId, PersonId, ProjectId, PsychiatricId, TriageId};
use crate::morning::{self, About, Found, Line, about_line, about_person, person_linked_to, person_on};
use crate::people::{self, Person, project_with};
use maud::{Markup, html};
use store::Result;

/// A line, a person, or a line that is linked to a person.
#[derive(Debug, Clone)]
pub struct Subject {
    line: Option<(Found, Line)>,
    /// The person, where the reader may see them.
    pub person: Option<Person>,
    /// The project that works with them here.
    pub project: ProjectId,
    /// What records about them hang on.
    pub about: About,
}

impl Subject {
    /// The line's id.
    #[must_use]
    pub fn listing(&self) -> Option<ListingId> {
        self.line.as_ref().map(|(found, _)| found.id())
    }

    /// The line.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.line.as_ref().map(|(_, line)| line)
    }

    /// The line's proof of scope.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        self.line.as_ref().map(|(found, _)| found)
    }

    /// The court of the line.
    #[must_use]
    pub fn court(&self) -> Option<&str> {
        self.line.as_ref().map(|(found, _)| found.court.name.as_str())
    }

    /// The person's id.
    #[must_use]
    pub fn person_id(&self) -> Option<PersonId> {
        self.person.as_ref().map(Person::id)
    }

    /// The person, for a record that hangs on no line. One that hangs on a line is the person's while the line is linked to them,
    /// and goes with a link that is taken back.
    #[must_use]
    pub fn person_without_line(&self) -> Option<PersonId> {
        if self.line.is_some() { None } else { self.person_id() }
    }

    /// The bar on every page about them.
    #[must_use]
    pub fn identity(&self) -> Markup {
        match (&self.line, &self.person) {
            (Some((_, line)), _) => morning::identity(line),
            (None, Some(person)) => people::identity_of(person),
            (None, None) => html! {},
        }
    }

    /// Their own page, and its name.
    #[must_use]
    pub fn home(&self) -> (&'static str, String) {
        match (&self.line, &self.person) {
            (Some((found, _)), _) => ("Line", format!("/listings/{}", found.id())),
            (None, Some(person)) => ("Person", format!("/people/{}", person.id())),
            (None, None) => ("Psychiatric assessments", "/psychiatry".into()),
        }
    }

    /// Where this room's pages about them stand.
    #[must_use]
    pub fn base(&self) -> String {
        self.home().1
    }

    /// "listing 0198…", for drafts.
    #[must_use]
    pub fn key(&self) -> String {
        self.base().trim_start_matches('/').replace('/', " ")
    }

    /// Ids of line and person, for the audit.
    #[must_use]
    pub fn audit_words(&self) -> String {
        let listing = self.listing().map(|id| format!("listing {id}"));
        let person = self.person_id().map(|id| format!("person {id}"));
        [listing, person].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Says that the board of the line's day changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn changed<C: Capability>(&self, w: &mut Writer<'_, C>) -> Result<()> {
        match &self.line {
            Some((found, _)) => morning::changed(w, found),
            None => Ok(()),
        }
    }
}

/// Which line or person an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Whoever stands on this line.
    Line(ListingId),
    /// This person.
    Person(PersonId),
}

impl Of {
    /// Whoever it is, if in scope.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn find<C: Capability>(
        self,
        r: &mut Reader<'_, C>,
        rules: &morning::Rules,
    ) -> Result<Option<Subject>> {
        match self {
            Of::Line(id) => of_line(r, id, rules),
            Of::Person(id) => of_person(r, id),
        }
    }
}

/// Whoever stands on a line in scope.
pub(super) fn of_line<C: Capability>(
    r: &mut Reader<'_, C>,
    id: ListingId,
    rules: &morning::Rules,
) -> Result<Option<Subject>> {
    let Some(found) = morning::find(r, id)? else { return Ok(None) };
    let Some(project) = found.court.projects.first().copied() else { return Ok(None) };
    let Some(line) = morning::line_of(r, &found, rules)? else { return Ok(None) };
    r.saw(Event::new("line opened", "listing", found.id()));
    let person = match person_on(r, &found)? {
        Some(person) => people::find(r, person)?,
        None => None,
    };
    let about = about_line(r, &found)?;
    Ok(Some(Subject { line: Some((found, line)), person, project, about }))
}

/// A person in scope.
pub(super) fn of_person<C: Capability>(r: &mut Reader<'_, C>, id: PersonId) -> Result<Option<Subject>> {
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    let Some(project) = project_with(r, &person)? else { return Ok(None) };
    let about = about_person(r, &person)?;
    Ok(Some(Subject { line: None, person: Some(person), project, about }))
}

/// Whoever a record hangs on: its line if that is in scope, else its person.
///
/// # Errors
/// When the database can't be read.
pub fn of_record<C: Capability>(
    r: &mut Reader<'_, C>,
    listing: Option<ListingId>,
    person: Option<PersonId>,
    rules: &morning::Rules,
) -> Result<Option<Subject>> {
    if let Some(listing) = listing
        && let Some(subject) = of_line(r, listing, rules)?
    {
        return Ok(Some(subject));
    }
    let linked = match (person, listing) {
        (None, Some(listing)) => person_linked_to(r, listing)?,
        (person, _) => person,
    };
    match linked {
        Some(person) => of_person(r, person),
        None => Ok(None),
    }
}

/// An assessment about somebody in scope.
pub(super) fn case_in_scope<C: Capability>(
    r: &mut Reader<'_, C>,
    id: PsychiatricId,
    rules: &morning::Rules,
) -> Result<Option<(Subject, Case)>> {
    let Some(case) = case_by_id(r, id)? else { return Ok(None) };
    let Some(subject) = of_record(r, case.listing, case.person, rules)? else { return Ok(None) };
    r.saw(Event::new("psychiatric assessment opened", "psychiatric", id));
    Ok(Some((subject, case)))
}

/// A decision about somebody in scope.
pub(super) fn triage_in_scope<C: Capability>(
    r: &mut Reader<'_, C>,
    id: TriageId,
    rules: &morning::Rules,
) -> Result<Option<(Subject, Decided)>> {
    let Some(decided) = triage_by_id(r, id)? else { return Ok(None) };
    let Some(subject) = of_record(r, decided.listing, decided.person, rules)? else { return Ok(None) };
    r.saw(Event::new("triage opened", "triage", id));
    Ok(Some((subject, decided)))
}
