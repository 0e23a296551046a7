//! The shell of every page, its errors, its assets, and what stands between the network and the rooms.

mod assets;
pub mod components;
mod csv;
mod error;
mod form;
mod middleware;
mod shell;
mod tongue;

pub use assets::asset;
pub use csv::{csv_answer, csv_text, neutral};
pub use error::{Page, PageError};
pub use form::{Sent, Uploads};
pub use middleware::layers;
pub use shell::{Shell, bare_page, page, print_page, print_page_in, public_page};
pub use tongue::{Strings, Tongue, other_tongues};
