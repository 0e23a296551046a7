//! The pages of the register.

mod details_page;
mod duplicates_page;
mod person_page;
mod restrictions_page;
mod search_page;

pub use person_page::{OnPerson, Sections, identity_for, identity_of};

use crate::access::Routes;
use crate::access::policy::{KeepRegister, RestrictPeople, SearchPeople, ViewPerson};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<SearchPeople, _>("/people", search_page::form)
        .post::<SearchPeople, _>("/people/search", search_page::send)
        .post::<KeepRegister, _>("/people/new", details_page::new_form)
        .post::<KeepRegister, _>("/people", details_page::create)
        .get::<ViewPerson, _>("/people/{person}", person_page::show)
        .get::<KeepRegister, _>("/people/{person}/details", details_page::edit_form)
        .post::<KeepRegister, _>("/people/{person}/details", details_page::save)
        .get::<KeepRegister, _>("/duplicates", duplicates_page::list)
        .get::<KeepRegister, _>("/people/{person}/compare/{other}", duplicates_page::compare)
        .post::<KeepRegister, _>("/people/{person}/compare/{other}", duplicates_page::decide)
        .post::<KeepRegister, _>("/people/{person}/unmerge", duplicates_page::take_apart)
        .get::<RestrictPeople, _>("/people/{person}/restrictions", restrictions_page::show)
        .post::<RestrictPeople, _>("/people/{person}/restrictions", restrictions_page::change)
}
