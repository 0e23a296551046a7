//! Parts that several pages of this room share.

use crate::access::{Capability, Permit, Reader};
use crate::ids::{PersonId, ProjectId};
use crate::people::{self, project_with};
use crate::projects::project_names;
use crate::rota::colleagues;
use crate::web::components::{Choice, Form, back_link};
use crate::web::{PageError, Shell};
use axum::http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// About whom, from the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct About {
    pub(super) person: Option<PersonId>,
}

/// Projects and colleagues of the reader.
#[derive(Debug, Clone)]
pub(super) struct Around {
    pub(super) projects: Vec<(ProjectId, String)>,
    pub(super) colleagues: Vec<(Uuid, String)>,
}

impl Around {
    /// The project chosen in a form: the only one, where there is one.
    pub(super) fn project(&self, form: &Form) -> Option<ProjectId> {
        match self.projects.as_slice() {
            [(only, _)] => Some(*only),
            all => all.iter().find(|(id, _)| id.to_string() == form.value("project")).map(|(id, _)| *id),
        }
    }

    /// The colleague chosen under a name.
    pub(super) fn colleague(&self, form: &Form, name: &str) -> Option<(Uuid, String)> {
        self.colleagues.iter().find(|(id, _)| id.to_string() == form.value(name)).cloned()
    }
}

pub(super) async fn around<C: Capability>(permit: &Permit<C>) -> Result<Around, PageError> {
    Ok(permit
        .read(|r| {
            let (everywhere, mine) = r.projects();
            let projects = project_names(r)?
                .into_iter()
                .filter(|(id, _)| everywhere || mine.contains(&Uuid::from(*id)))
                .collect();
            Ok::<_, store::Error>(Around { projects, colleagues: colleagues(r)? })
        })
        .await?)
}

/// The person a form is about, with the project that works with them: in scope, or nobody.
pub(super) fn whom<C: Capability>(
    r: &mut Reader<'_, C>,
    id: Option<PersonId>,
) -> store::Result<Option<(PersonId, String, Option<ProjectId>)>> {
    let Some(id) = id else { return Ok(None) };
    let Some(person) = people::find(r, id)? else { return Ok(None) };
    let project = project_with(r, &person)?;
    Ok(Some((person.id(), person.details.name(), project)))
}

/// Ids and names as owned choices.
pub(super) fn listed<I: ToString>(all: &[(I, String)]) -> Vec<(String, String)> {
    all.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
}

/// The same as choices, after a first one.
pub(super) fn choices<'a>(first: &'a str, all: &'a [(String, String)]) -> Vec<Choice<'a>> {
    std::iter::once(Choice::new("", first))
        .chain(all.iter().map(|(id, name)| Choice::new(id, name)))
        .collect()
}

pub(super) fn shell<'a>(title: &'a str, room: &'a str, back: (&str, &str)) -> Shell<'a> {
    Shell { title, room, before: Some(back_link(back.0, back.1)), ..Shell::default() }
}

pub(super) fn status(form: &Form) -> StatusCode {
    if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

pub(super) fn titled(form: &Form, title: &str) -> String {
    if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") }
}
