//! The pages of this room.

mod begin_page;
mod choose_page;
mod correct_page;
mod countersign_page;
mod error_page;
mod fields;
mod fill_page;
mod instruments_page;
mod needs_page;
mod now_page;
mod overview_page;
mod parts;
mod print_page;
mod result_page;
mod sign_page;
mod topic_page;
mod trend_page;
mod versions_page;

use crate::access::Routes;
use crate::access::policy::{Assess, Countersign, ViewClinical, ViewInstruments};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let routes = routes
        .get::<Assess, _>("/listings/{listing}/assess", begin_page::from_line)
        .get::<Assess, _>("/people/{person}/assessments", begin_page::show)
        .post::<Assess, _>("/people/{person}/assessments", begin_page::send)
        .get::<ViewClinical, _>("/assessments/{assessment}", overview_page::show)
        .get::<Assess, _>("/assessments/{assessment}/topics/{topic}", topic_page::show)
        .post::<Assess, _>("/assessments/{assessment}/topics/{topic}", topic_page::send)
        .post::<Assess, _>("/assessments/{assessment}/topics/{topic}/still-right", topic_page::still_right)
        .get::<ViewClinical, _>("/assessments/{assessment}/topics/{topic}/versions", versions_page::show)
        .get::<Assess, _>("/assessments/{assessment}/needs", needs_page::show)
        .post::<Assess, _>("/assessments/{assessment}/needs", needs_page::send)
        .get::<Assess, _>("/assessments/{assessment}/needs/{need}", needs_page::show_one)
        .post::<Assess, _>("/assessments/{assessment}/needs/{need}", needs_page::send_one)
        .get::<Assess, _>("/assessments/{assessment}/sign", sign_page::show)
        .post::<Assess, _>("/assessments/{assessment}/sign", sign_page::send)
        .get::<Countersign, _>("/countersign", countersign_page::list)
        .get::<Countersign, _>("/assessments/{assessment}/countersign", countersign_page::show)
        .post::<Countersign, _>("/assessments/{assessment}/countersign", countersign_page::send)
        .get::<ViewClinical, _>("/assessments/{assessment}/print", print_page::whole)
        .get::<ViewClinical, _>("/assessments/{assessment}/safety-plan", print_page::safety_plan);
    routes
        .get::<Assess, _>("/people/{person}/questionnaires", choose_page::show)
        .get::<ViewClinical, _>("/people/{person}/questionnaires/{instrument}", trend_page::show)
        .get::<Assess, _>("/people/{person}/questionnaires/{instrument}/fill", fill_page::show)
        .post::<Assess, _>("/people/{person}/questionnaires/{instrument}/fill", fill_page::send)
        .get::<ViewClinical, _>("/questionnaires/{response}", result_page::show)
        .get::<Assess, _>("/questionnaires/{response}/now", now_page::show)
        .post::<Assess, _>("/questionnaires/{response}/now", now_page::send)
        .get::<Assess, _>("/questionnaires/{response}/correct", correct_page::show)
        .post::<Assess, _>("/questionnaires/{response}/correct", correct_page::send)
        .get::<Assess, _>("/questionnaires/{response}/error", error_page::show)
        .post::<Assess, _>("/questionnaires/{response}/error", error_page::send)
        .get::<ViewInstruments, _>("/instruments", instruments_page::list)
        .get::<ViewInstruments, _>("/instruments/{instrument}", instruments_page::show)
}
