//! The pages of consent and disclosure.

mod approvals_page;
mod basis_page;
mod copy_page;
mod decide_fields;
mod decide_page;
mod disclose_page;
mod ledger_page;
mod override_page;
mod parts;
mod withdraw_page;

pub use ledger_page::on_person;

use crate::access::Routes;
use crate::access::policy::{ApproveDisclosure, KeepConsent, ViewConsent};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewConsent, _>("/people/{person}/consent", ledger_page::show)
        .get::<ViewConsent, _>("/people/{person}/consent/copy", copy_page::show)
        .get::<KeepConsent, _>("/people/{person}/consent/basis", basis_page::form)
        .post::<KeepConsent, _>("/people/{person}/consent/basis", basis_page::send)
        .get::<KeepConsent, _>("/people/{person}/consent/decide", decide_page::form)
        .post::<KeepConsent, _>("/people/{person}/consent/decide", decide_page::send)
        .get::<KeepConsent, _>("/people/{person}/consent/told", disclose_page::form)
        .post::<KeepConsent, _>("/people/{person}/consent/told", disclose_page::send)
        .get::<KeepConsent, _>("/people/{person}/consent/override", override_page::form)
        .post::<KeepConsent, _>("/people/{person}/consent/override", override_page::send)
        .get::<KeepConsent, _>("/people/{person}/consent/{consent}/withdraw", withdraw_page::form)
        .post::<KeepConsent, _>("/people/{person}/consent/{consent}/withdraw", withdraw_page::send)
        .get::<ApproveDisclosure, _>("/disclosures/approvals", approvals_page::list)
        .get::<ApproveDisclosure, _>("/disclosures/approvals/{override}", approvals_page::form)
        .post::<ApproveDisclosure, _>("/disclosures/approvals/{override}", approvals_page::send)
}
