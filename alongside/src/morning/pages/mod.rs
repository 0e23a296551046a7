//! The pages of the morning, in the order they are used.

mod assign;
mod board_page;
mod changes_page;
mod compare_page;
mod find_page;
mod courts_page;
mod filter;
mod joins_page;
mod line_page;
mod live;
mod pack_page;
mod parts;
mod search_page;
mod sheet_page;
mod work_forms;

pub use line_page::identity;

use crate::access::Routes;
use crate::access::policy::{PrintPack, Recognise, ViewBoard, WorkBoard};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewBoard, _>("/courts", courts_page::show)
        .get::<ViewBoard, _>("/mornings/{date}", courts_page::all_courts)
        .get::<ViewBoard, _>("/courts/{court}/{date}", board_page::show)
        .get::<ViewBoard, _>("/courts/{court}/{date}/live", live::events)
        .get::<ViewBoard, _>("/courts/{court}/{date}/changes", changes_page::show)
        .post::<ViewBoard, _>("/courts/{court}/{date}/search", search_page::send)
        .post::<WorkBoard, _>("/courts/{court}/{date}/assign", assign::send)
        .get::<PrintPack, _>("/courts/{court}/{date}/pack", pack_page::show)
        .get::<PrintPack, _>("/sheet", sheet_page::form)
        .post::<PrintPack, _>("/sheet", sheet_page::send)
        .get::<ViewBoard, _>("/listings/{listing}", line_page::show)
        .post::<WorkBoard, _>("/listings/{listing}/take", work_forms::take_line)
        .post::<WorkBoard, _>("/listings/{listing}/release", work_forms::release_line)
        .post::<WorkBoard, _>("/listings/{listing}/preparation", work_forms::note_preparation)
        .post::<WorkBoard, _>("/listings/{listing}/move", work_forms::move_line)
        .post::<WorkBoard, _>("/listings/{listing}/put-back", work_forms::put_line_back)
        .get::<Recognise, _>("/listings/{listing}/compare", compare_page::show)
        .post::<Recognise, _>("/listings/{listing}/compare", compare_page::send)
        .post::<Recognise, _>("/listings/{listing}/compare/find", find_page::look)
        .post::<Recognise, _>("/listings/{listing}/compare/add", find_page::add)
        .post::<Recognise, _>("/listings/{listing}/take-back", compare_page::take_decision_back)
        .post::<Recognise, _>("/listings/{listing}/joins", joins_page::decide_join)
        .post::<Recognise, _>("/listings/{listing}/unjoin", joins_page::undo_join)
}
