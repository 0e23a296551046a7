//! Everything about one instrument.

use serde::Serialize;

use super::pair;
use crate::context::Sex;
use crate::library::{FindError, Library};
use crate::licences::LicenceEntry;
use crate::model::{Direction, Instrument, Kind, Loinc};
use crate::points::Points;
use crate::words;

/// One instrument, for reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShowReport {
    /// Lasting id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Full title.
    pub title: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Variants to choose from.
    pub variants: Vec<String>,
    /// Published version.
    pub version: String,
    /// What it is about.
    pub domain: String,
    /// Scored, or recorded only.
    pub kind: Kind,
    /// Who completes it.
    pub completed_by: String,
    /// The time asked about.
    pub time_frame: Option<String>,
    /// The words before the items.
    pub stem: Option<String>,
    /// The items in order.
    pub items: Vec<ShowItem>,
    /// When items are not asked, in words.
    pub skips: Vec<String>,
    /// The numbers it yields.
    pub scales: Vec<ShowScale>,
    /// All cut-offs, whatever sex, country or language they are for.
    pub cut_offs: Vec<ShowCutOff>,
    /// What some answers ask for in the same contact.
    pub prompts: Vec<String>,
    /// Published sizes of reliable change, in words.
    pub reliable_change: Vec<String>,
    /// LOINC codes.
    pub loinc: Loinc,
    /// Its line in the licence register.
    pub licence: LicenceEntry,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// What could not be confirmed.
    pub unconfirmed: Vec<String>,
    /// Where the scoring comes from.
    pub sources: Vec<String>,
}

/// One item and its answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShowItem {
    /// Its number on the form.
    pub id: String,
    /// Our short label.
    pub label: String,
    /// The standard wording, if shipped or installed.
    pub text: Option<String>,
    /// Its answers as `value label`.
    pub answers: Vec<String>,
    /// Scored the other way round.
    pub reversed: bool,
    /// May be left off.
    pub optional: bool,
    /// LOINC code.
    pub loinc: Option<String>,
}

/// One scale, its rule and bands in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShowScale {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// How it is worked out.
    pub rule: String,
    /// When a value is allowed although items are missing.
    pub missing: String,
    /// Lowest and highest value.
    pub range: [Points; 2],
    /// Which end is better.
    pub direction: Direction,
    /// Bands as `from–to label`.
    pub bands: Vec<String>,
}

/// One cut-off and whom it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShowCutOff {
    /// Id.
    pub id: String,
    /// In words.
    pub cut_off: String,
    /// What meeting it means.
    pub words: String,
    /// Only for this sex.
    pub sex: Option<Sex>,
    /// Only in this country.
    pub country: Option<String>,
    /// Only in this language.
    pub language: Option<String>,
    /// Where it was published.
    pub source: Option<String>,
}

/// Show the instrument of this name.
///
/// # Errors
/// [`FindError`] when there is none.
pub fn show_by_name(library: &Library, name: &str, variant: Option<&str>) -> Result<ShowReport, FindError> {
    library.find(name, variant, None).map(|found| show(library, found.instrument))
}

/// Everything about one instrument.
pub fn show(library: &Library, instrument: &Instrument) -> ShowReport {
    let licence = crate::licences::entry(instrument);
    let family = library.instruments().iter().filter(|i| i.family.is_some() && i.family == instrument.family);
    let variants =
        family.filter_map(|i| i.variant.clone()).chain(instrument.variants.iter().map(|v| v.id.clone()));
    ShowReport {
        id: instrument.id.clone(),
        name: instrument.name.clone(),
        title: instrument.title.clone(),
        aliases: instrument.aliases.clone(),
        variants: variants.collect(),
        version: instrument.version.clone(),
        domain: instrument.domain.clone(),
        kind: instrument.kind,
        completed_by: instrument.completed_by.clone(),
        time_frame: instrument.time_frame.clone(),
        stem: instrument.stem.clone(),
        items: instrument.items.iter().map(item).collect(),
        skips: instrument.skips.iter().map(|s| s.words.clone()).collect(),
        scales: (0..instrument.scales.len()).filter_map(|at| scale(instrument, at)).collect(),
        cut_offs: instrument
            .cut_offs
            .iter()
            .map(|c| ShowCutOff {
                id: c.id.clone(),
                cut_off: words::cut_off(instrument, &c.on),
                words: c.words.clone(),
                sex: c.sex,
                country: c.country.clone(),
                language: c.language.clone(),
                source: c.source.clone(),
            })
            .collect(),
        prompts: instrument.prompts.iter().map(|p| p.words.clone()).collect(),
        reliable_change: instrument
            .reliable_change
            .iter()
            .map(|r| format!("{}: {} points or more ({})", r.id, Points(r.points), r.source))
            .collect(),
        loinc: instrument.loinc.clone(),
        licence,
        notes: instrument.notes.clone(),
        unconfirmed: instrument.unconfirmed.clone(),
        sources: instrument.sources.clone(),
    }
}

fn item(item: &crate::model::Item) -> ShowItem {
    ShowItem {
        id: item.id.clone(),
        label: item.label.clone(),
        text: item.text.clone(),
        answers: item
            .choices
            .iter()
            .map(|c| format!("{} {}", c.value, c.label).trim_end().to_owned())
            .collect(),
        reversed: item.reversed,
        optional: item.optional,
        loinc: item.loinc.clone(),
    }
}

fn scale(instrument: &Instrument, at: usize) -> Option<ShowScale> {
    let scale = instrument.scales.get(at)?;
    let bands = instrument.bands.iter().filter(|b| b.scale == at);
    Some(ShowScale {
        id: scale.id.clone(),
        name: scale.name.clone(),
        rule: words::rule(instrument, scale),
        missing: words::needs(scale),
        range: pair(scale.range),
        direction: scale.direction,
        bands: bands.map(|b| format!("{}–{} {}", Points(b.from), Points(b.to), b.label)).collect(),
    })
}

impl ShowReport {
    /// As plain text.
    pub fn text(&self) -> String {
        let mut lines = vec![format!("{}: {} ({})", self.name, self.title, self.version)];
        lines.push(format!("About {}; completed by {}.", self.domain, self.completed_by));
        lines.extend(self.time_frame.iter().map(|t| format!("Time asked about: {t}.")));
        lines.extend(self.stem.iter().cloned());
        for item in &self.items {
            let reversed = if item.reversed { " (scored the other way round)" } else { "" };
            let optional = if item.optional { " (optional)" } else { "" };
            let words = item.text.as_ref().unwrap_or(&item.label);
            lines.push(format!("  {}. {words}{reversed}{optional}", item.id));
            lines.push(format!("     {}", item.answers.join(" | ")));
        }
        lines.extend(self.skips.iter().map(|s| format!("Not asked: {s}.")));
        for scale in &self.scales {
            let [low, high] = scale.range;
            lines.push(format!("{}: {}, {low}–{high}; {}.", scale.name, scale.rule, scale.missing));
            lines.extend(scale.bands.iter().map(|b| format!("  {b}")));
        }
        for cut in &self.cut_offs {
            let sex = cut.sex.map(|s| format!("{s:?}").to_lowercase());
            let whom =
                [sex, cut.country.clone(), cut.language.clone()].into_iter().flatten().collect::<Vec<_>>();
            let whom = if whom.is_empty() { String::new() } else { format!(" [{}]", whom.join(", ")) };
            lines.push(format!("Cut-off {}{whom}: {}", cut.cut_off, cut.words));
        }
        lines.extend(self.prompts.iter().map(|p| format!("Prompt: {p}")));
        lines.extend(self.reliable_change.iter().map(|r| format!("Reliable change: {r}")));
        let licence = &self.licence;
        lines.push(format!("Licence: {} ({}). {}", licence.verdict_words, licence.owner, licence.terms));
        lines.push(format!("Evidence, checked {}: {}", licence.checked, licence.evidence));
        lines.extend(licence.attribution.iter().cloned());
        lines.extend(self.notes.iter().map(|n| format!("Note: {n}")));
        lines.extend(self.unconfirmed.iter().map(|n| format!("Not confirmed: {n}")));
        lines.extend(self.sources.iter().map(|s| format!("Source: {s}")));
        lines.join("\n") + "\n"
    }
}
