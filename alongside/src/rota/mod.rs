//! The rota: who is at which court in the morning, and at which probation office in the afternoon.
//!
//! It decides which board opens for a colleague, whom the board names as there, and where nobody is. It gives no rights and
//! takes none: on the morning somebody is ill, whoever steps in must find the board open.

mod away;
mod pages;
mod post;
mod week;

pub use away::{Away, away_now, colleagues, end_away, go_away};
pub use pages::{board_line, routes};
pub use post::{Half, NewPost, Place, Post, When, change, left_posts, posts, put};
pub use week::{Gap, Rota, Shift, Standing, gaps, rota};
