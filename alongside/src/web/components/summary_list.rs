//! Facts as pairs of what and value, with a way to change each.

use maud::{Markup, html};

/// A link at the end of a row.
#[derive(Debug, Clone, Copy)]
pub struct RowAction<'a> {
    /// "Change".
    pub text: &'a str,
    /// What is changed, for screen readers: "name".
    pub about: &'a str,
    /// Where it goes.
    pub href: &'a str,
}

/// One pair.
#[derive(Debug, Clone)]
pub struct SummaryRow<'a> {
    /// What.
    pub key: &'a str,
    /// The value; [`super::not_known`] when there is none.
    pub value: Markup,
    /// What may be done about it.
    pub actions: Vec<RowAction<'a>>,
}

impl<'a> SummaryRow<'a> {
    /// A pair nothing can be done about here.
    pub fn new(key: &'a str, value: Markup) -> Self {
        Self { key, value, actions: Vec::new() }
    }
}

/// The words for a fact nobody has: never a blank, which could be read as "none".
pub fn not_known() -> Markup {
    html! { span class="al-muted" { "Not known" } }
}

/// A list of pairs.
pub fn summary_list(rows: &[SummaryRow<'_>]) -> Markup {
    let any_actions = rows.iter().any(|row| !row.actions.is_empty());
    html! {
        dl class="govuk-summary-list" {
            @for row in rows { (summary_row(row, any_actions)) }
        }
    }
}

/// A list of pairs in a box with a heading.
pub fn summary_card(title: &str, rows: &[SummaryRow<'_>]) -> Markup {
    html! {
        div class="govuk-summary-card" {
            div class="govuk-summary-card__title-wrapper" { h2 class="govuk-summary-card__title" { (title) } }
            div class="govuk-summary-card__content" { (summary_list(rows)) }
        }
    }
}

fn summary_row(row: &SummaryRow<'_>, any_actions: bool) -> Markup {
    let bare = any_actions && row.actions.is_empty();
    html! {
        div class=(if bare { "govuk-summary-list__row govuk-summary-list__row--no-actions" } else { "govuk-summary-list__row" }) {
            dt class="govuk-summary-list__key" { (row.key) }
            dd class="govuk-summary-list__value" { (row.value) }
            @if let [action] = row.actions.as_slice() {
                dd class="govuk-summary-list__actions" { (action_link(action)) }
            } @else if !row.actions.is_empty() {
                dd class="govuk-summary-list__actions" {
                    ul class="govuk-summary-list__actions-list" {
                        @for action in &row.actions {
                            li class="govuk-summary-list__actions-list-item" { (action_link(action)) }
                        }
                    }
                }
            }
        }
    }
}

fn action_link(action: &RowAction<'_>) -> Markup {
    html! {
        a class="govuk-link" href=(action.href) {
            (action.text) span class="govuk-visually-hidden" { " " (action.about) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_link_says_what_it_changes() {
        let change = RowAction { text: "Change", about: "court", href: "/courts/1/edit" };
        let rows = [
            SummaryRow { actions: vec![change], ..SummaryRow::new("Court", html! { "Camberwell Green" }) },
            SummaryRow::new("Code", not_known()),
        ];
        let html = summary_list(&rows).into_string();
        assert!(html.contains("Change<span class=\"govuk-visually-hidden\"> court</span>"));
        assert!(html.contains("govuk-summary-list__row--no-actions"));
        assert!(html.contains("Not known"));
    }

    #[test]
    fn a_card_has_a_heading() {
        let html = summary_card("Hearing", &[SummaryRow::new("Room", html! { "3" })]).into_string();
        assert!(html.contains("<h2 class=\"govuk-summary-card__title\">Hearing</h2>"));
    }
}
