//! What a file may not say, checked when it is read, so that scoring never meets it.

use crate::file::LoadError;
use crate::model::{Instrument, Kind, Rule, Scale, Verdict};

/// The domain of enquiries about self-harm and suicide: answers and prompts only (NICE NG225: no risk bands).
pub(crate) const ENQUIRY: &str = "self-harm enquiry";

pub(crate) fn check(file: &str, instrument: &Instrument) -> Vec<LoadError> {
    let mut errors = Vec::new();
    let mut wrong = |key: &str, problem: String, advice: &str| {
        errors.push(LoadError::new(file, key, problem, advice));
    };
    identity(file, instrument, &mut wrong);
    licence(instrument, &mut wrong);
    items(instrument, &mut wrong);
    for scale in &instrument.scales {
        check_scale(instrument, scale, &mut wrong);
    }
    bands(instrument, &mut wrong);
    no_risk_bands(instrument, &mut wrong);
    errors
}

type Wrong<'a> = dyn FnMut(&str, String, &str) + 'a;

fn identity(file: &str, instrument: &Instrument, wrong: &mut Wrong<'_>) {
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".toml");
    let lasting = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if instrument.id.is_empty() || !instrument.id.chars().all(lasting) {
        wrong(
            "id",
            format!("\"{}\" is not a lasting name", instrument.id),
            "use small letters, digits and hyphens",
        );
    }
    if instrument.id != stem {
        wrong(
            "id",
            format!("\"{}\" is not the file's name", instrument.id),
            "give the file the name of its id",
        );
    }
    if instrument.variant.is_some() != instrument.family.is_some() {
        wrong("family", "family and variant come together".into(), "write both, or neither");
    }
    let lists: [(&str, Vec<&str>); 4] = [
        ("item", instrument.items.iter().map(|i| i.id.as_str()).collect()),
        ("scale", instrument.scales.iter().map(|s| s.id.as_str()).collect()),
        ("criterion", instrument.criteria.iter().map(|c| c.id.as_str()).collect()),
        ("applies", instrument.variants.iter().map(|v| v.id.as_str()).collect()),
    ];
    for (kind, names) in lists {
        for (at, name) in names.iter().enumerate() {
            if names.iter().take(at).any(|earlier| earlier == name) {
                wrong(&format!("{kind} {name}"), "the id is used twice".into(), "give each its own id");
            }
        }
    }
    if instrument.sources.is_empty() {
        wrong("sources", "no source is named".into(), "name the paper, form or page the scoring is from");
    }
}

fn licence(instrument: &Instrument, wrong: &mut Wrong<'_>) {
    let licence = &instrument.licence;
    let has_text = instrument.stem.is_some() || instrument.items.iter().any(|i| i.text.is_some());
    match licence.verdict {
        Verdict::T | Verdict::TA if licence.attribution.as_deref().unwrap_or("").trim().is_empty() => wrong(
            "licence.attribution",
            "shipped wording needs its attribution".into(),
            "write the line the owner asks for",
        ),
        Verdict::S | Verdict::X if has_text => wrong(
            "item, text",
            format!("verdict {:?} does not let us ship the wording", licence.verdict),
            "take text and stem out; put them in a text pack if you hold a licence",
        ),
        _ => {}
    }
    if licence.verdict == Verdict::X && instrument.kind != Kind::RecordOnly {
        wrong("kind", "verdict X allows only a record of the result".into(), "write kind = \"record-only\"");
    }
    for (key, text) in [("owner", &licence.owner), ("terms", &licence.terms), ("evidence", &licence.evidence)]
    {
        if text.trim().is_empty() {
            wrong(&format!("licence.{key}"), "it is empty".into(), "say what is known, or \"not confirmed\"");
        }
    }
}

fn items(instrument: &Instrument, wrong: &mut Wrong<'_>) {
    match instrument.kind {
        Kind::RecordOnly if !instrument.items.is_empty() => {
            wrong("item", "a record-only instrument has items".into(), "take the items out");
        }
        Kind::Scored if instrument.required_items() == 0 => {
            wrong("item", "there is no item that must be answered".into(), "write the items");
        }
        _ => {}
    }
    let first_optional = instrument.items.iter().position(|i| i.optional).unwrap_or(instrument.items.len());
    if instrument.items.iter().skip(first_optional).any(|i| !i.optional) {
        wrong(
            "item, optional",
            "an optional item stands before one that is not".into(),
            "put optional items last",
        );
    }
    for skip in &instrument.skips {
        for item in skip.items.iter().filter_map(|i| instrument.items.get(*i)) {
            let (low, high) = item.range();
            if low > 0.0 || high < 0.0 {
                wrong(
                    &format!("skip \"{}\"", skip.words),
                    format!("item {} cannot score 0", item.id),
                    "skip only items for which not asked means 0",
                );
            }
        }
    }
}

/// The items a scale is built from directly.
pub(crate) fn scale_items(rule: &Rule) -> Vec<usize> {
    match rule {
        Rule::Sum(items) | Rule::Mean { items, .. } => items.clone(),
        Rule::Count(items) => items.iter().map(|(item, _)| *item).collect(),
        Rule::Times { .. } | Rule::Convert { .. } => Vec::new(),
    }
}

fn check_scale(instrument: &Instrument, scale: &Scale, wrong: &mut Wrong<'_>) {
    let key = format!("scale {}", scale.id);
    let items = scale_items(&scale.rule);
    if items.iter().filter_map(|i| instrument.items.get(*i)).any(|i| i.optional) {
        wrong(&key, "an optional item is in it".into(), "take it out, or make the item required");
    }
    if scale.may_miss > 0 && scale.may_miss >= items.len() {
        wrong(&format!("{key}, may_miss"), "all items may be missing".into(), "write the published number");
    }
    let published = scale.range;
    let computed = range(instrument, scale);
    if (computed.0 - published.0).abs() > 1e-9 || (computed.1 - published.1).abs() > 1e-9 {
        wrong(
            &format!("{key}, range"),
            format!(
                "the items give {} to {}, the file says {} to {}",
                computed.0, computed.1, published.0, published.1
            ),
            "correct the range, the items or their answers",
        );
    }
    if let Rule::Convert { scale: source, table } = &scale.rule {
        let rising = table.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1);
        let from = instrument.scales.get(*source).map_or((0.0, -1.0), |s| s.range);
        let whole = table.len() as f64 == from.1 - from.0 + 1.0
            && table.iter().enumerate().all(|(i, row)| row.0 == from.0 + i as f64);
        if !rising || !whole {
            wrong(
                &format!("{key}, table"),
                format!("it does not rise row by row over every whole score from {} to {}", from.0, from.1),
                "write one row for each score",
            );
        }
    }
}

/// The range that follows from the items.
fn range(instrument: &Instrument, scale: &Scale) -> (f64, f64) {
    let of = |s: &usize| instrument.scales.get(*s).map_or((0.0, 0.0), |s| s.range);
    let sum = |items: &[usize]| {
        items
            .iter()
            .filter_map(|i| instrument.items.get(*i))
            .map(|i| i.range())
            .fold((0.0, 0.0), |total, one| (total.0 + one.0, total.1 + one.1))
    };
    match &scale.rule {
        Rule::Sum(items) => sum(items),
        Rule::Mean { items, times } => {
            let (low, high) = sum(items);
            (low * times / items.len() as f64, high * times / items.len() as f64)
        }
        Rule::Count(items) => (0.0, items.len() as f64),
        Rule::Times { scale, by } => (of(scale).0 * by, of(scale).1 * by),
        Rule::Convert { table, .. } => {
            (table.first().map_or(0.0, |row| row.1), table.last().map_or(0.0, |row| row.1))
        }
    }
}

fn bands(instrument: &Instrument, wrong: &mut Wrong<'_>) {
    for (at, scale) in instrument.scales.iter().enumerate() {
        let bands = instrument.bands.iter().filter(|b| b.scale == at).collect::<Vec<_>>();
        let (Some(first), Some(last)) = (bands.first(), bands.last()) else { continue };
        let meets = bands.windows(2).all(|w| w[0].to < w[1].from && w[1].from - w[0].to <= 1.0);
        let ordered = bands.iter().all(|b| b.from <= b.to);
        if !meets || !ordered || first.from != scale.range.0 || last.to != scale.range.1 {
            wrong(
                "band",
                format!("the bands of {} leave a gap, overlap or miss an end of its range", scale.id),
                "list them from lowest to highest; each starts one above the one before",
            );
        }
    }
}

/// No clinical band or cut-off for suicide risk, ever.
fn no_risk_bands(instrument: &Instrument, wrong: &mut Wrong<'_>) {
    let advice = "take it out: answers and prompts only (NICE NG225)";
    if instrument.domain == ENQUIRY {
        for (key, there) in [
            ("scale", !instrument.scales.is_empty()),
            ("cut_off", !instrument.cut_offs.is_empty()),
            ("band", !instrument.bands.is_empty()),
        ] {
            if there {
                wrong(key, "a self-harm enquiry has no score, cut-off or band".into(), advice);
            }
        }
    }
    for (at, scale) in instrument.scales.iter().enumerate() {
        let about_risk = scale.id.contains("risk") || scale.name.to_lowercase().contains("risk");
        if about_risk && instrument.bands.iter().any(|b| b.scale == at) {
            wrong("band", format!("scale {} is about risk and has bands", scale.id), advice);
        }
    }
}
