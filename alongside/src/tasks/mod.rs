//! Tasks and diary: what is due across people, in one list.
//!
//! What rooms say is due ([`due`]) is read from their facts: nothing is created twice, and nothing stays when its cause is gone.
//! Beside it stand own tasks, which somebody typed; one may hang on a person's next hearing and then moves with it, saying so.
//! While a colleague is away their tasks stand with whoever looks after them. The diary has appointments; its calendar feed
//! holds no personal data.

mod derived;
mod diary;
mod feed;
mod holdings;
mod own;
mod pages;

pub use derived::{Due, due};
pub use diary::{Entry, KINDS, NewEntry, call_off, enter, entries};
pub use feed::{Duty, calendar};
pub use holdings::HOLDINGS;
pub use own::{NewTask, Task, left_tasks, make_task, open_tasks, settle_task};
pub use pages::routes;
