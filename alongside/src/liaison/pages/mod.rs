//! The pages of the liaison log.

mod ask_page;
mod contact_page;
mod information_page;
mod parts;
mod record_page;
mod timeline_page;
mod worklist_page;

use crate::access::Routes;
use crate::access::policy::{KeepLiaison, ViewPerson};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewPerson, _>("/people/{person}/timeline", timeline_page::show)
        .get::<KeepLiaison, _>("/people/{person}/contacts/new", record_page::form)
        .post::<KeepLiaison, _>("/people/{person}/contacts/new", record_page::send)
        .get::<KeepLiaison, _>("/contacts/{contact}", contact_page::show)
        .post::<KeepLiaison, _>("/contacts/{contact}/mistaken", contact_page::mistaken)
        .post::<KeepLiaison, _>("/contacts/{contact}/done", contact_page::done)
        .get::<KeepLiaison, _>("/people/{person}/information/new", ask_page::form)
        .post::<KeepLiaison, _>("/people/{person}/information/new", ask_page::send)
        .get::<KeepLiaison, _>("/information", worklist_page::show)
        .get::<KeepLiaison, _>("/information/{information}", information_page::show)
        .post::<KeepLiaison, _>("/information/{information}", information_page::send)
}
