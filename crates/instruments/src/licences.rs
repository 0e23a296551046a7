//! The licence register: every instrument, who owns it, what we may do, on what evidence, checked when.

use jiff::civil::Date;
use serde::Serialize;

use crate::library::Library;
use crate::model::{Instrument, Verdict};

/// One line of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicenceEntry {
    /// Id of the instrument.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in words.
    pub verdict_words: &'static str,
    /// Who owns the rights.
    pub owner: String,
    /// The terms in a sentence.
    pub terms: String,
    /// What the verdict rests on.
    pub evidence: String,
    /// When it was checked.
    pub checked: Date,
    /// The line to print with it.
    pub attribution: Option<String>,
    /// The standard wording is shipped with Alongside or was installed as a text pack.
    pub has_wording: bool,
    /// Who holds the licence for the installed text pack.
    pub text_pack: Option<String>,
}

/// The register, by name of the instrument.
pub fn licences(library: &Library) -> Vec<LicenceEntry> {
    library.instruments().iter().map(entry).collect()
}

pub(crate) fn entry(instrument: &Instrument) -> LicenceEntry {
    LicenceEntry {
        id: instrument.id.clone(),
        name: instrument.name.clone(),
        verdict: instrument.licence.verdict,
        verdict_words: instrument.licence.verdict.words(),
        owner: instrument.licence.owner.clone(),
        terms: instrument.licence.terms.clone(),
        evidence: instrument.licence.evidence.clone(),
        checked: instrument.licence.checked,
        attribution: instrument.licence.attribution.clone(),
        has_wording: !instrument.items.is_empty() && instrument.items.iter().all(|i| i.text.is_some()),
        text_pack: instrument.text_pack.clone(),
    }
}
