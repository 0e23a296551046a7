//! The pages of the register.

mod apart_page;
mod comparison;
mod details_page;
mod duplicates_page;
mod other_page;
mod pair_page;
mod person_page;
mod restrictions_page;
mod search_page;

pub use comparison::{fields_table, likely_words, weights_table};
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
        .get::<KeepRegister, _>("/people/{person}/other", other_page::form)
        .post::<KeepRegister, _>("/people/{person}/other", other_page::send)
        .get::<KeepRegister, _>("/people/{person}/compare/{other}", pair_page::compare)
        .post::<KeepRegister, _>("/people/{person}/compare/{other}", pair_page::decide)
        .post::<KeepRegister, _>("/people/{person}/compare/{other}/take-back", pair_page::take_back)
        .get::<KeepRegister, _>("/people/{person}/merges/{merge}", apart_page::show)
        .post::<KeepRegister, _>("/people/{person}/merges/{merge}", apart_page::take_apart)
        .get::<RestrictPeople, _>("/people/{person}/restrictions", restrictions_page::show)
        .post::<RestrictPeople, _>("/people/{person}/restrictions", restrictions_page::change)
}
