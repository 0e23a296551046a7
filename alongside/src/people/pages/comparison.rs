//! A comparison drawn: the two sides field by field, and how the weight adds up. Also for pages of rooms below.

use crate::people::{Matched, MatchedField};
use crate::web::components::{Caption, Column, not_known, table};
use maud::{Markup, html};

/// How likely two records are one person, in words. Nothing is certain: what would round to a hundred is said as what it is more
/// than, and what would round to nothing as what it is less than.
#[must_use]
pub fn likely_words(matched: &Matched) -> String {
    match matched.probability * 100.0 {
        percent if percent > 99.9 => "over 99.9 %".to_owned(),
        percent if percent < 0.1 => "under 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

/// Identifiers first, then name, birth date, the rest: the order in which people compare.
fn order(name: &str) -> u8 {
    match name.to_lowercase() {
        n if n.contains("pnc")
            || n.contains("cro")
            || n.contains("nhs")
            || n.contains("prison")
            || n.contains("crn")
            || n.contains("master defendant") =>
        {
            0
        }
        n if n.contains("name") => 1,
        n if n.contains("birth") => 2,
        _ => 3,
    }
}

/// The values of both sides as they were compared, each with a word for how they agree; what neither side knows is left out.
#[must_use]
pub fn fields_table(caption: &str, left: &str, right: &str, fields: &[MatchedField]) -> Markup {
    let mut shown: Vec<&MatchedField> =
        fields.iter().filter(|f| !(f.listed.is_empty() && f.known.is_empty())).collect();
    shown.sort_by_key(|f| order(&f.name));
    let rows: Vec<Vec<Markup>> = shown
        .into_iter()
        .map(|f| {
            let word = match f.agreement.as_str() {
                "equal" => html! { strong { "✓ Equal" } },
                "close" => html! { "≈ Close" },
                "differs" => html! { strong { "✗ Differs" } },
                _ if f.listed.is_empty() || f.known.is_empty() => {
                    html! { span class="al-muted" { "On one side only" } }
                }
                _ => html! { span class="al-muted" { "Not weighed" } },
            };
            let value = |v: &str| {
                if v.is_empty() {
                    not_known()
                } else {
                    html! { (v) }
                }
            };
            vec![html! { (f.name) }, value(&f.listed), value(&f.known), word]
        })
        .collect();
    table(
        Caption::Hidden(caption),
        &[Column::words("Field"), Column::words(left), Column::words(right), Column::words("Compared")],
        &rows,
    )
}

/// What each part weighs, with their sum.
#[must_use]
pub fn weights_table(matched: &Matched) -> Markup {
    let mut rows: Vec<Vec<Markup>> = matched
        .printed()
        .into_iter()
        .map(|(name, finding, bits)| {
            vec![html! { (name) }, html! { (finding) }, html! { (format!("{bits:+.1}")) }]
        })
        .collect();
    rows.push(vec![
        html! { strong { "Sum" } },
        html! { (likely_words(matched)) " likely the same person" },
        html! { strong { (format!("{:+.1}", matched.weight)) } },
    ]);
    table(
        Caption::Hidden("Weights in bits: above zero speaks for the same person"),
        &[Column::words("Part"), Column::words("Finding"), Column::figures("Bits")],
        &rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_to_be_certain() {
        let at = |probability| {
            likely_words(&Matched {
                weight: 0.0,
                probability,
                band: "certain".into(),
                fields: Vec::new(),
                warnings: Vec::new(),
            })
        };
        assert_eq!(at(0.999_99), "over 99.9 %");
        assert_eq!(at(0.5), "50.0 %");
        assert_eq!(at(0.000_01), "under 0.1 %");
    }
}
