//! The pages of the rota, and its line above a board.

mod post_page;
mod put_page;
mod week_page;

pub use week_page::board_line;

use crate::access::Routes;
use crate::access::policy::{ViewTasks, WorkTasks};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewTasks, _>("/rota", week_page::show)
        .get::<WorkTasks, _>("/rota/new", put_page::form)
        .post::<WorkTasks, _>("/rota/new", put_page::send)
        .get::<WorkTasks, _>("/rota/{rota}", post_page::show)
        .post::<WorkTasks, _>("/rota/{rota}", post_page::send)
}
