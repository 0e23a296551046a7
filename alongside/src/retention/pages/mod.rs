//! The pages of retention.

mod kind_page;
mod overview_page;
mod person_page;
mod run_page;

use crate::access::Routes;
use crate::access::policy::{KeepRecords, PlaceHolds, PreviewRetention};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<PreviewRetention, _>("/retention", overview_page::show)
        .get::<PreviewRetention, _>("/retention/{kind}", kind_page::show)
        .post::<KeepRecords, _>("/retention/{kind}", kind_page::confirm)
        .get::<PreviewRetention, _>("/retention/runs/{run}", run_page::show)
        .get::<PlaceHolds, _>("/people/{person}/keeping", person_page::show)
        .post::<PlaceHolds, _>("/people/{person}/keeping/hold", person_page::place_hold)
        .post::<KeepRecords, _>("/people/{person}/keeping/lift", person_page::lift_hold)
        .post::<PlaceHolds, _>("/people/{person}/keeping/death", person_page::write_death)
        .post::<PlaceHolds, _>("/people/{person}/keeping/mistake", person_page::take_death_back)
}
