//! Filters as links: every choice is an address, so Back, bookmarks and a second tab keep it.

use maud::{Markup, html};

/// One choice of a filter.
#[derive(Debug, Clone)]
pub struct Chip<'a> {
    /// What it says.
    pub text: &'a str,
    /// How many rows it would leave, if known.
    pub count: Option<usize>,
    /// The address with this choice made, or unmade when it is chosen already.
    pub href: String,
    /// Whether it is chosen now.
    pub state: ChipState,
    /// The key that chooses it without a mouse, if it has one: "1".
    pub key: Option<char>,
}

/// Whether a chip is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipState {
    /// Not chosen.
    Off,
    /// Chosen.
    On,
}

/// One group of chips with its name: "Room".
#[derive(Debug, Clone)]
pub struct ChipGroup<'a> {
    /// What the choices are about.
    pub name: &'a str,
    /// The choices.
    pub chips: Vec<Chip<'a>>,
}

/// The filters of a list: the first `in_sight` groups at once, the others behind "More filters", which stands open when
/// one of them is chosen. `clear_href` is given when any is chosen.
pub fn filter_chips(groups: &[ChipGroup<'_>], in_sight: usize, clear_href: Option<&str>) -> Markup {
    let (first, rest) = groups.split_at(in_sight.min(groups.len()));
    let open = rest.iter().flat_map(|group| &group.chips).any(|chip| chip.state == ChipState::On);
    html! {
        nav class="al-filters" aria-label="Filters" {
            @for group in first { (chip_group(group)) }
            @if !rest.is_empty() {
                details class="al-filters__more" open[open] {
                    summary { "More filters" }
                    @for group in rest { (chip_group(group)) }
                }
            }
            @if let Some(href) = clear_href { a class="govuk-link al-filters__clear" href=(href) { "Clear filters" } }
        }
    }
}

fn chip_group(group: &ChipGroup<'_>) -> Markup {
    let id = format!("filter-{}", super::field::id_of(&group.name.to_lowercase()));
    html! {
        div class="al-filters__group" {
            span class="al-filters__name" id=(id) { (group.name) }
            ul class="al-filters__list" aria-labelledby=(id) {
                @for chip in &group.chips { li { (chip_link(group.name, chip)) } }
            }
        }
    }
}

fn chip_link(group: &str, chip: &Chip<'_>) -> Markup {
    let on = chip.state == ChipState::On;
    html! {
        a class=(if on { "al-chip al-chip--on" } else { "al-chip" }) href=(chip.href) aria-current=[on.then_some("true")]
            data-key=[chip.key] data-key-label=[chip.key.map(|_| format!("{group}: {}", chip.text))] {
            @if on { span class="al-chip__tick" aria-hidden="true" { "✓ " } }
            (chip.text)
            @if let Some(count) = chip.count {
                " " span class="al-chip__count" { (count) span class="govuk-visually-hidden" { " listed" } }
            }
            @if on { span class="govuk-visually-hidden" { ", chosen: choose again to remove" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(state: ChipState) -> ChipGroup<'static> {
        let chip = Chip {
            text: "Court 3",
            count: Some(7),
            href: "?room=3&custody=yes".into(),
            state,
            key: Some('1'),
        };
        ChipGroup { name: "Room", chips: vec![chip] }
    }

    #[test]
    fn a_choice_is_an_address_and_keeps_the_others() {
        let html = filter_chips(&[group(ChipState::Off)], 1, None).into_string();
        assert!(html.contains("href=\"?room=3&amp;custody=yes\""));
        assert!(html.contains("data-key=\"1\" data-key-label=\"Room: Court 3\""));
        assert!(html.contains("7<span class=\"govuk-visually-hidden\"> listed</span>"));
        assert!(!html.contains("aria-current"));
        assert!(!html.contains("Clear filters"));
    }

    #[test]
    fn a_chosen_chip_is_told_by_tick_and_words_not_by_colour_alone() {
        let html = filter_chips(&[group(ChipState::On)], 1, Some("?")).into_string();
        assert!(html.contains("aria-current=\"true\""));
        assert!(html.contains("✓"));
        assert!(html.contains("choose again to remove"));
        assert!(html.contains("Clear filters"));
    }

    #[test]
    fn what_is_folded_away_stands_open_when_it_is_chosen() {
        let fold = |state| filter_chips(&[group(ChipState::Off), group(state)], 1, None).into_string();
        assert!(fold(ChipState::Off).contains("<details class=\"al-filters__more\"><summary>"));
        assert!(fold(ChipState::On).contains("<details class=\"al-filters__more\" open><summary>"));
        assert!(!filter_chips(&[group(ChipState::On)], 2, None).into_string().contains("<details"));
    }
}
