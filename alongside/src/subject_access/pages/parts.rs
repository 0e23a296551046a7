//! What the pages share: finding a request through its person, the clock as a tag, texts that must be there.

use crate::access::policy::{AnswerAccess, ViewPerson};
use crate::access::{Permit, Reader};
use crate::people::{Person, find};
use crate::subject_access::{Request, find_request};
use crate::web::PageError;
use crate::web::components::{Form, TagColour, back_link, tag};
use jiff::Timestamp;
use law::State;
use maud::{Markup, html};
use uuid::Uuid;

/// Longest text of a reason.
const LONGEST: usize = 2_000;

/// A request, if its person is in scope; otherwise there is no such request.
pub(super) fn found(r: &mut Reader<'_, AnswerAccess>, id: Uuid) -> store::Result<Option<(Request, Person)>> {
    let Some(request) = find_request(r, id)? else { return Ok(None) };
    Ok(find(r, request.person)?.map(|person| (request, person)))
}

/// The same for a handler that only needs these two.
pub(super) async fn load(permit: &Permit<AnswerAccess>, id: Uuid) -> Result<(Request, Person), PageError> {
    permit.read(move |r| found(r, id)).await?.ok_or(PageError::NotFound)
}

/// How a request stands.
pub(super) fn standing(request: &Request, now: Timestamp) -> Markup {
    match request.clock(now).state {
        State::Running => tag(TagColour::Blue, "In time"),
        State::DueSoon => tag(TagColour::Orange, "Due soon"),
        State::Overdue => tag(TagColour::Red, "Overdue"),
        State::Met if request.closed.is_none() => tag(TagColour::Green, "Answered in time"),
        State::MetLate if request.closed.is_none() => tag(TagColour::Orange, "Answered late"),
        State::Paused | State::Met => tag(TagColour::Grey, "Closed"),
        State::MetLate => tag(TagColour::Grey, "Closed, late"),
    }
}

/// Back to the record for whoever works with the person, else to the list.
pub(super) fn back(permit: &Permit<AnswerAccess>, person: &Person) -> Markup {
    if permit.may::<ViewPerson>() {
        back_link("Record", &format!("/people/{}", person.id()))
    } else {
        back_link("Subject access", "/subject-access")
    }
}

/// A field that makes the same form, sent twice, one act: the id of the row that it makes.
pub(super) fn once() -> Markup {
    html! { input type="hidden" name="once" value=(Uuid::now_v7()); }
}

/// That id.
pub(super) fn once_of(form: &Form) -> Uuid {
    form.value("once").parse().unwrap_or_else(|_| Uuid::now_v7())
}

/// The answer where a request was closed while somebody worked on it.
pub(super) fn closed_meanwhile() -> PageError {
    PageError::Conflict("This request was closed meanwhile.".into())
}

/// A text that must be there.
pub(super) fn required(form: &mut Form, name: &str, message: &str) -> String {
    let words: String = form.value(name).trim().chars().take(LONGEST).collect();
    if words.is_empty() {
        form.refuse(name, message);
    }
    words
}
