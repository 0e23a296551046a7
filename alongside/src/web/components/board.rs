//! The morning board: one ranked row a listing, read across on a laptop, as cards on a phone, on paper as a table.
//!
//! What a row says is decided in the room `morning`; this only sets it out. The table needs no script. With it, `j`
//! and `k` go from name to name (`data-row-link`), and the boxes get a "select all".

use maud::{Markup, html};

/// How many markers stand in a row before "and n more"; the opened row shows all of them, and so does paper.
const MARKERS_SHOWN: usize = 4;

/// One listing, in the words the board shows.
#[derive(Debug, Clone)]
pub struct BoardRow<'a> {
    /// The listing's id: value of its box, and the anchor `#listing-…` to come back to.
    pub id: &'a str,
    /// The opened row: why it stands where it stands.
    pub href: String,
    /// Its place in the ranking, from 1.
    pub place: usize,
    /// Court room, as on the list: "3".
    pub room: &'a str,
    /// Sitting time: "10:00".
    pub time: &'a str,
    /// Number on the list.
    pub list_number: &'a str,
    /// Name as on the list.
    pub name: &'a str,
    /// What stands below the name: "34, male, in custody".
    pub about: &'a str,
    /// Tags beside the name: new, removed from the list, moved by hand.
    pub flags: Vec<Markup>,
    /// The markers, strongest first.
    pub markers: Vec<Markup>,
    /// The offence, short.
    pub offence: &'a str,
    /// Whether we know the person.
    pub known: KnownAs<'a>,
    /// Preparation status, a tag.
    pub status: Markup,
    /// Who took it.
    pub taken_by: Option<&'a str>,
    /// What can be done from here: usually the "Take" button.
    pub action: Markup,
}

/// What recognition says, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownAs<'a> {
    /// A human has linked the listing to a person.
    Known {
        /// "seen 12 Mar 2025", or empty.
        last_contact: &'a str,
    },
    /// People it might be, open to compare.
    Possibly {
        /// How many.
        people: usize,
        /// The page that compares them.
        compare_href: String,
    },
    /// Nobody on the register is like this listing.
    NotKnown,
    /// Recognition has not run yet.
    NotCompared,
}

/// Whether rows can be chosen for [`selection_bar`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// A box in every row.
    Boxes,
    /// No boxes: for those who may only read, and for print.
    None,
}

/// The board. `caption` says which court, day and filters, for those who hear it.
pub fn board(caption: &str, rows: &[BoardRow<'_>], selection: Selection) -> Markup {
    html! {
        table class="al-board" data-board {
            caption class="govuk-visually-hidden" { (caption) }
            thead {
                tr {
                    @if selection == Selection::Boxes { th scope="col" class="al-row__pick" { span class="govuk-visually-hidden" { "Select" } } }
                    th scope="col" class="al-row__place" { abbr title="Place in the ranking" { "#" } }
                    th scope="col" class="al-row__where" { "Room" }
                    th scope="col" class="al-row__person" { "Person" }
                    th scope="col" class="al-row__why" { "Markers" }
                    th scope="col" class="al-row__offence" { "Offence" }
                    th scope="col" class="al-row__known" { "Known to us" }
                    th scope="col" class="al-row__state" { "Preparation" }
                }
            }
            tbody { @for row in rows { (board_row(row, selection)) } }
        }
    }
}

fn board_row(row: &BoardRow<'_>, selection: Selection) -> Markup {
    html! {
        tr class="al-row" id=(format!("listing-{}", row.id)) {
            @if selection == Selection::Boxes { td class="al-row__pick" { (pick(row)) } }
            td class="al-row__place" { span class="govuk-visually-hidden" { "Place " } (row.place) }
            td class=(if row.time.is_empty() { "al-row__where al-row__where--none" } else { "al-row__where" }) {
                span class="al-row__room" { (row.room) } " " span class="al-row__time" { (row.time) }
                @if !row.list_number.is_empty() { " " span class="al-row__number" { "no. " (row.list_number) } }
            }
            th scope="row" class="al-row__person" {
                a class="govuk-link govuk-link--no-visited-state al-row__name" href=(row.href) data-row-link { (row.name) }
                " " span class="al-row__about" { (row.about) }
                @for flag in &row.flags { " " (flag) }
            }
            td class="al-row__why" { (markers(row)) }
            td class="al-row__offence" { (row.offence) }
            td class="al-row__known" { (known(row)) }
            td class="al-row__state" {
                (row.status)
                @if let Some(who) = row.taken_by {
                    " " span class="al-row__taken" { span class="govuk-visually-hidden" { "Taken by " } (who) }
                }
                (row.action)
            }
        }
    }
}

fn pick(row: &BoardRow<'_>) -> Markup {
    // The box belongs to the form of `selection_bar`, which stands outside the table: forms cannot nest.
    html! {
        label class="al-pick" {
            input type="checkbox" name="listing" value=(row.id) form="selection";
            span class="govuk-visually-hidden" { "Select " (row.name) }
        }
    }
}

fn markers(row: &BoardRow<'_>) -> Markup {
    if row.markers.is_empty() {
        return html! { span class="al-muted" { "None" } };
    }
    let left = row.markers.len().saturating_sub(MARKERS_SHOWN);
    html! {
        ul class="al-markers" {
            @for (index, marker) in row.markers.iter().enumerate() {
                li class=[(index >= MARKERS_SHOWN).then_some("al-markers__rest")] { (marker) }
            }
            @if left > 0 {
                li class="al-markers__more" {
                    a class="govuk-link govuk-link--no-visited-state" href=(row.href) {
                        "and " (left) " more" span class="govuk-visually-hidden" { " for " (row.name) }
                    }
                }
            }
        }
    }
}

fn known(row: &BoardRow<'_>) -> Markup {
    match &row.known {
        KnownAs::Known { last_contact } => html! {
            strong { "Known" } @if !last_contact.is_empty() { " " span class="al-row__contact" { (last_contact) } }
        },
        KnownAs::Possibly { people, compare_href } => html! {
            "Possibly known "
            a class="govuk-link govuk-link--no-visited-state" href=(compare_href) {
                "Compare " (people) span class="govuk-visually-hidden" { " with " (row.name) }
            }
        },
        KnownAs::NotKnown => html! { span class="al-muted" { "Not known" } },
        KnownAs::NotCompared => html! { span class="al-muted" { "Not compared yet" } },
    }
}

/// What can be done with the chosen rows: sends `listing=…` for each, to `action`. `controls` are the fields and
/// buttons, for instance a select of colleagues and "Assign". Stands above [`board`], whose boxes belong to it.
pub fn selection_bar(action: &str, controls: Markup) -> Markup {
    html! {
        form method="post" action=(action) id="selection" class="al-selection" {
            label class="al-selection__all" hidden data-select-all="listing" {
                input type="checkbox"; " Select all"
            }
            span class="al-selection__count" role="status" data-select-count="listing" {}
            (controls)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Emphasis, Grade, TagColour, marker, post_button, tag};
    use super::*;

    fn row() -> BoardRow<'static> {
        BoardRow {
            id: "42",
            href: "/listings/42".into(),
            place: 1,
            room: "3",
            time: "10:00",
            list_number: "14",
            name: "EXAMPLE, Ada",
            about: "34, female, in custody",
            flags: vec![tag(TagColour::Blue, "New")],
            markers: (0..7).map(|_| marker(Grade::Alert, "ACCT open", "PER, 24 Nov")).collect(),
            offence: "Theft from a shop",
            known: KnownAs::Possibly { people: 2, compare_href: "/listings/42/compare".into() },
            status: tag(TagColour::Grey, "Not started"),
            taken_by: None,
            action: post_button("Take", "EXAMPLE, Ada", Emphasis::Small, "/listings/42/take"),
        }
    }

    #[test]
    fn a_row_is_named_by_its_person_and_opens_from_the_name() {
        let html = board("Camberwell Green", &[row()], Selection::Boxes).into_string();
        assert!(html.contains("<th scope=\"row\" class=\"al-row__person\"><a"));
        assert!(html.contains("href=\"/listings/42\" data-row-link>EXAMPLE, Ada</a>"));
        assert!(html.contains("id=\"listing-42\""));
    }

    #[test]
    fn a_long_row_of_markers_says_how_many_are_left() {
        let html = board("x", &[row()], Selection::None).into_string();
        assert_eq!(html.matches("al-markers__rest").count(), 3);
        assert!(html.contains("and 3 more<span class=\"govuk-visually-hidden\"> for EXAMPLE, Ada</span>"));
    }

    #[test]
    fn boxes_belong_to_the_selection_form_and_name_whom_they_select() {
        let html = board("x", &[row()], Selection::Boxes).into_string();
        assert!(html.contains("name=\"listing\" value=\"42\" form=\"selection\""));
        assert!(html.contains("Select EXAMPLE, Ada"));
        assert!(selection_bar("/board/assign", html! {}).into_string().contains("id=\"selection\""));
        assert!(!board("x", &[row()], Selection::None).into_string().contains("checkbox"));
    }

    #[test]
    fn who_is_known_is_said_in_words() {
        let say = |known| board("x", &[BoardRow { known, ..row() }], Selection::None).into_string();
        assert!(
            say(KnownAs::Known { last_contact: "seen 12 Mar 2025" }).contains("<strong>Known</strong> <span")
        );
        assert!(say(KnownAs::NotKnown).contains("Not known"));
        assert!(say(KnownAs::NotCompared).contains("Not compared yet"));
        assert!(say(row().known).contains("Compare 2<span"));
    }

    #[test]
    fn no_marker_is_said_too() {
        let html = board("x", &[BoardRow { markers: Vec::new(), ..row() }], Selection::None).into_string();
        assert!(html.contains("<td class=\"al-row__why\"><span class=\"al-muted\">None</span></td>"));
    }
}
