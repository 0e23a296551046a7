//! Projects, boroughs, courts, and who signs in: the service administrator's room.
//!
//! Offers [`courts_in_scope`] and [`Court`]: the proof that a reader's projects serve a court.

mod accounts;
mod accounts_pages;
mod courts;
mod courts_pages;
mod national_courts;
mod projects_pages;
mod queries;
mod tokens_pages;

use crate::access::Routes;

pub use accounts::{AccountLine, accounts_for_operator, grant, revoke};
pub use courts::{
    Court, add_court, court_for_operator, court_in_scope, courts_in_scope, courts_of, link_court,
    project_serving, short_name,
};
pub use national_courts::{NationalCourt, national_code_of, national_court, plain_name};
pub use projects_pages::whole::Whole;
pub use queries::{
    NewProject, create_borough, create_project, name_of_project, project_by_name, project_names,
};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    tokens_pages::routes(accounts_pages::routes(courts_pages::routes(projects_pages::routes(routes))))
}
