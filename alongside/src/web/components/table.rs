//! Tables with a caption, headings with a scope, and figures set to the right.

use maud::{Markup, html};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Holds {
    /// Words.
    #[default]
    Words,
    /// Figures, set to the right.
    Figures,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its heading.
    pub heading: &'a str,
    /// What it holds.
    pub holds: Holds,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub const fn words(heading: &'a str) -> Self {
        Self { heading, holds: Holds::Words }
    }

    /// A column of figures.
    pub const fn figures(heading: &'a str) -> Self {
        Self { heading, holds: Holds::Figures }
    }
}

/// Whether the caption is seen or only heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caption<'a> {
    /// Stands above the table.
    Shown(&'a str),
    /// For screen readers; for a table right below a heading that says the same.
    Hidden(&'a str),
}

/// A table whose rows are named by their first cell. Every row has as many cells as there are columns.
/// It can be scrolled sideways on a narrow screen, by keyboard too.
pub fn table(caption: Caption<'_>, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    let (class, text) = match caption {
        Caption::Shown(text) => ("govuk-table__caption govuk-table__caption--s", text),
        Caption::Hidden(text) => ("govuk-visually-hidden", text),
    };
    html! {
        div class="al-table-scroll" tabindex="0" role="region" aria-label=(text) {
            table class="govuk-table al-table" {
                caption class=(class) { (text) }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        @for column in columns {
                            th scope="col" class=(format!("govuk-table__header{}", modifier("header", column.holds))) { (column.heading) }
                        }
                    }
                }
                tbody class="govuk-table__body" {
                    @for row in rows {
                        tr class="govuk-table__row" {
                            @for (index, cell) in row.iter().enumerate() {
                                @let holds = columns.get(index).map_or(Holds::Words, |column| column.holds);
                                @if index == 0 {
                                    th scope="row" class="govuk-table__header al-table__row-header" { (cell) }
                                } @else {
                                    td class=(format!("govuk-table__cell{}", modifier("cell", holds))) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn modifier(part: &str, holds: Holds) -> String {
    match holds {
        Holds::Words => String::new(),
        Holds::Figures => format!(" govuk-table__{part}--numeric"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_caption_and_scoped_headings() {
        let rows = [vec![html! { "Room 1" }, html! { "14" }]];
        let columns = [Column::words("Room"), Column::figures("Listed")];
        let html = table(Caption::Shown("Listings by room"), &columns, &rows).into_string();
        assert!(html.contains(
            "<caption class=\"govuk-table__caption govuk-table__caption--s\">Listings by room</caption>"
        ));
        assert!(html.contains(
            "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Listed</th>"
        ));
        assert!(
            html.contains("<th scope=\"row\" class=\"govuk-table__header al-table__row-header\">Room 1</th>")
        );
        assert!(html.contains("<td class=\"govuk-table__cell govuk-table__cell--numeric\">14</td>"));
    }

    #[test]
    fn a_hidden_caption_is_still_there_to_be_heard() {
        let html = table(Caption::Hidden("Skipped"), &[Column::words("What")], &[]).into_string();
        assert!(html.contains("<caption class=\"govuk-visually-hidden\">Skipped</caption>"));
    }
}
