//! The list of instruments.

use serde::Serialize;

use super::pair;
use crate::library::Library;
use crate::model::{Instrument, Kind, Verdict};
use crate::points::Points;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListEntry {
    /// Lasting id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Full title.
    pub title: String,
    /// What it is about.
    pub domain: String,
    /// Scored, or recorded only.
    pub kind: Kind,
    /// How many items must be answered.
    pub items: usize,
    /// Range of the total, when one is published.
    pub range: Option<[Points; 2]>,
    /// Variants to choose from, the default first.
    pub variants: Vec<String>,
    /// Licence verdict.
    pub verdict: Verdict,
}

/// All instruments, by name.
pub fn list(library: &Library) -> Vec<ListEntry> {
    library.instruments().iter().map(entry).collect()
}

fn entry(instrument: &Instrument) -> ListEntry {
    let total = instrument.total_scale().and_then(|at| instrument.scales.get(at));
    let own = instrument.variant.clone().into_iter();
    ListEntry {
        id: instrument.id.clone(),
        name: instrument.name.clone(),
        title: instrument.title.clone(),
        domain: instrument.domain.clone(),
        kind: instrument.kind,
        items: instrument.required_items(),
        range: total.map(|scale| pair(scale.range)),
        variants: own.chain(instrument.variants.iter().map(|v| v.id.clone())).collect(),
        verdict: instrument.licence.verdict,
    }
}

/// The list as a plain table.
pub fn list_text(entries: &[ListEntry]) -> String {
    let width = entries.iter().map(|e| e.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for entry in entries {
        let range = match (&entry.range, entry.kind) {
            (Some([low, high]), _) => format!("{low}–{high}"),
            (None, Kind::Scored) => "no total".to_owned(),
            (None, Kind::RecordOnly) => "record only".to_owned(),
        };
        let pad = " ".repeat(width.saturating_sub(entry.name.chars().count()));
        text.push_str(&format!(
            "{}{pad}  {:>2} items  {range:<12}  {:<2}  {}\n",
            entry.name,
            entry.items,
            format!("{:?}", entry.verdict),
            entry.title
        ));
    }
    text
}
