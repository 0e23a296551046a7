//! The pages of reports.

mod close_page;
mod correct_page;
mod countersign_page;
mod deliver_page;
mod feedback_page;
mod followed_page;
mod hearing_page;
mod letterhead_page;
mod list_page;
mod oral_page;
mod parts;
mod report_page;
mod report_parts;
mod request_page;
mod sign_page;
mod spoken_page;
mod version_page;
mod write_fields;
mod write_page;

use crate::access::Routes;
use crate::access::policy::{Countersign, KeepLetterheads, ViewClinical, WriteReports};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewClinical, _>("/reports", list_page::show)
        .get::<WriteReports, _>("/recommendations", feedback_page::show)
        .get::<WriteReports, _>("/listings/{listing}/reports/new", request_page::for_line)
        .post::<WriteReports, _>("/listings/{listing}/reports/new", request_page::ask_line)
        .get::<WriteReports, _>("/people/{person}/reports/new", request_page::for_person)
        .post::<WriteReports, _>("/people/{person}/reports/new", request_page::ask_person)
        .get::<ViewClinical, _>("/reports/{report}", report_page::show)
        .post::<WriteReports, _>("/reports/{report}/take", report_page::take_it)
        .get::<WriteReports, _>("/reports/{report}/hearing", hearing_page::form)
        .post::<WriteReports, _>("/reports/{report}/hearing", hearing_page::send)
        .get::<WriteReports, _>("/reports/{report}/close", close_page::form)
        .post::<WriteReports, _>("/reports/{report}/close", close_page::send)
        .get::<WriteReports, _>("/reports/{report}/write", write_page::form)
        .post::<WriteReports, _>("/reports/{report}/write", write_page::send)
        .post::<WriteReports, _>("/reports/{report}/preview", write_page::preview)
        .get::<ViewClinical, _>("/reports/{report}/draft.pdf", version_page::draft_pdf)
        .get::<WriteReports, _>("/reports/{report}/sign", sign_page::form)
        .post::<WriteReports, _>("/reports/{report}/sign", sign_page::send)
        .get::<Countersign, _>("/reports/{report}/countersign", countersign_page::form)
        .post::<Countersign, _>("/reports/{report}/countersign", countersign_page::send)
        .get::<WriteReports, _>("/reports/{report}/correct", correct_page::form)
        .post::<WriteReports, _>("/reports/{report}/correct", correct_page::send)
        .get::<ViewClinical, _>("/reports/{report}/versions/{version}", version_page::show)
        .get::<ViewClinical, _>("/reports/{report}/versions/{version}/pdf", version_page::pdf)
        .get::<ViewClinical, _>("/reports/{report}/versions/{version}/aloud", version_page::aloud)
        .get::<WriteReports, _>("/reports/{report}/deliver", deliver_page::form)
        .post::<WriteReports, _>("/reports/{report}/deliver", deliver_page::send)
        .post::<WriteReports, _>("/reports/{report}/deliveries/{delivery}/receipt", deliver_page::receipt)
        .get::<WriteReports, _>("/reports/{report}/recommendations/{recommendation}", followed_page::form)
        .post::<WriteReports, _>("/reports/{report}/recommendations/{recommendation}", followed_page::send)
        .get::<WriteReports, _>("/listings/{listing}/spoken", spoken_page::for_line)
        .post::<WriteReports, _>("/listings/{listing}/spoken", spoken_page::send_line)
        .get::<WriteReports, _>("/people/{person}/spoken", spoken_page::for_person)
        .post::<WriteReports, _>("/people/{person}/spoken", spoken_page::send_person)
        .get::<ViewClinical, _>("/spoken/{oral}", oral_page::show)
        .post::<WriteReports, _>("/spoken/{oral}/more", oral_page::add)
        .get::<KeepLetterheads, _>("/letterheads", letterhead_page::list)
        .get::<KeepLetterheads, _>("/letterheads/{letterhead}", letterhead_page::form)
        .post::<KeepLetterheads, _>("/letterheads/{letterhead}", letterhead_page::send)
}
