//! The pages of a screening, and what it says on those of the morning and the person.

mod correct_page;
mod fields;
mod record_page;
mod sections;
mod show_page;
mod who;

use crate::access::Routes;
use crate::access::policy::{Screen, ViewClinical};

pub use sections::{on_board, on_line, on_person};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<Screen, _>("/listings/{listing}/screening", record_page::on_line)
        .post::<Screen, _>("/listings/{listing}/screening", record_page::send_on_line)
        .get::<Screen, _>("/people/{person}/screening", record_page::on_person)
        .post::<Screen, _>("/people/{person}/screening", record_page::send_on_person)
        .get::<ViewClinical, _>("/screenings/{screening}", show_page::show)
        .get::<Screen, _>("/screenings/{screening}/correct", correct_page::form)
        .post::<Screen, _>("/screenings/{screening}/correct", correct_page::send)
}
