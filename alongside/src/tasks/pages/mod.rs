//! The pages of tasks and diary.

mod away_page;
mod diary_page;
mod feed_page;
mod list_page;
mod parts;
mod task_page;

use crate::access::Routes;
use crate::access::policy::{ViewTasks, WorkTasks};
use axum::routing::get;

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewTasks, _>("/tasks", list_page::show)
        .get::<WorkTasks, _>("/tasks/new", task_page::form)
        .post::<WorkTasks, _>("/tasks/new", task_page::send)
        .get::<WorkTasks, _>("/tasks/away", away_page::show)
        .post::<WorkTasks, _>("/tasks/away", away_page::send)
        .post::<WorkTasks, _>("/tasks/away/{away}/end", away_page::end)
        .post::<WorkTasks, _>("/tasks/{task}/settle", task_page::settle)
        .get::<ViewTasks, _>("/diary", diary_page::show)
        .get::<WorkTasks, _>("/diary/new", diary_page::form)
        .post::<WorkTasks, _>("/diary/new", diary_page::send)
        .post::<WorkTasks, _>("/diary/{diary}/call-off", diary_page::off)
        .post::<WorkTasks, _>("/diary/feed", feed_page::make)
        .post::<WorkTasks, _>("/diary/feed/end", feed_page::end)
        .open("GET", "/diary-feed/{token}", get(feed_page::feed))
}
