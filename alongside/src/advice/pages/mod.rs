//! The pages of advice.

mod give_page;
mod sheet_page;

use crate::access::Routes;
use crate::access::policy::GiveAdvice;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<GiveAdvice, _>("/people/{person}/advice/new", give_page::form)
        .post::<GiveAdvice, _>("/people/{person}/advice/new", give_page::send)
        .get::<GiveAdvice, _>("/advice/{sheet}", sheet_page::show)
        .get::<GiveAdvice, _>("/advice/{sheet}/print", sheet_page::print)
        .post::<GiveAdvice, _>("/advice/{sheet}/mistaken", sheet_page::mistaken)
}
