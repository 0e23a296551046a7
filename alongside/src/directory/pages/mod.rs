//! The pages of the directory.

mod entry_page;
mod exchange_page;
mod list_page;
mod review_page;
mod service_page;

use crate::access::Routes;
use crate::access::policy::{KeepDirectory, ViewDirectory};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewDirectory, _>("/directory", list_page::show)
        .get::<ViewDirectory, _>("/directory/review", review_page::show)
        .get::<KeepDirectory, _>("/directory/new", entry_page::blank)
        .post::<KeepDirectory, _>("/directory/new", entry_page::add_it)
        .get::<KeepDirectory, _>("/directory/files", exchange_page::show)
        .upload::<KeepDirectory, _>("/directory/files", exchange_page::take_in)
        .get::<ViewDirectory, _>("/directory.csv", exchange_page::csv)
        .get::<ViewDirectory, _>("/directory.json", exchange_page::json)
        .get::<ViewDirectory, _>("/directory/{service}", service_page::show)
        .get::<ViewDirectory, _>("/directory/{service}/history", service_page::versions)
        .post::<ViewDirectory, _>("/directory/{service}/checked", service_page::checked)
        .post::<ViewDirectory, _>("/directory/{service}/doubt", service_page::doubt)
        .get::<KeepDirectory, _>("/directory/{service}/change", entry_page::form)
        .post::<KeepDirectory, _>("/directory/{service}/change", entry_page::change_it)
        .post::<KeepDirectory, _>("/directory/{service}/settle", service_page::settle_doubts)
        .post::<KeepDirectory, _>("/directory/{service}/end", service_page::end_it)
}
