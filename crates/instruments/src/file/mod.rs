//! From the text of one instrument file to a checked [`Instrument`].

mod error;
mod raw;
mod resolve;
mod resolve_rules;

pub(crate) use error::toml_error;
pub use error::{LoadError, LoadErrors};

use crate::model::Instrument;

/// Read one instrument file. `file` names it in messages, as a path the reader can open.
pub(crate) fn read(file: &str, text: &str) -> Result<Instrument, Vec<LoadError>> {
    let raw: raw::Instrument = toml::from_str(text).map_err(|e| vec![toml_error(file, text, &e)])?;
    let instrument = resolve::instrument(file, raw)?;
    let errors = crate::check::check(file, &instrument);
    if errors.is_empty() { Ok(instrument) } else { Err(errors) }
}
