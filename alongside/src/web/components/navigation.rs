//! Ways around: skip link, service navigation, breadcrumbs, back link, pages of a list.

use maud::{Markup, html};

/// Where the reader is, as far as a link knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Current {
    /// Elsewhere.
    #[default]
    No,
    /// On this very page.
    Page,
    /// On a page below it.
    Section,
}

impl Current {
    fn aria(self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::Page => Some("page"),
            Self::Section => Some("true"),
        }
    }
}

/// One entry of the service navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavItem<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where it goes.
    pub href: &'a str,
    /// Whether the reader is there.
    pub current: Current,
}

/// One step of the breadcrumbs.
#[derive(Debug, Clone, Copy)]
pub struct Crumb<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where it goes.
    pub href: &'a str,
}

/// The first thing on every page: jumps past header and navigation to `<main id="content">`.
pub fn skip_link() -> Markup {
    html! { a href="#content" class="govuk-skip-link" data-module="govuk-skip-link" { "Skip to main content" } }
}

/// The rooms of the service, on every page of a signed-in reader. Folds behind a Menu button on a phone.
pub fn service_navigation(items: &[NavItem<'_>]) -> Markup {
    html! {
        div class="govuk-service-navigation al-service-navigation" data-module="govuk-service-navigation" {
            div class="govuk-width-container" {
                div class="govuk-service-navigation__container" {
                    nav aria-label="Menu" class="govuk-service-navigation__wrapper" {
                        button type="button" hidden aria-hidden="true" aria-controls="navigation"
                            class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" { "Menu" }
                        ul class="govuk-service-navigation__list" id="navigation" {
                            @for item in items { (navigation_item(item)) }
                        }
                    }
                }
            }
        }
    }
}

fn navigation_item(item: &NavItem<'_>) -> Markup {
    let active = if item.current == Current::No { "" } else { " govuk-service-navigation__item--active" };
    html! {
        li class=(format!("govuk-service-navigation__item{active}")) {
            a class="govuk-service-navigation__link" href=(item.href) aria-current=[item.current.aria()] {
                @if item.current == Current::No {
                    (item.text)
                } @else {
                    strong class="govuk-service-navigation__active-fallback" { (item.text) }
                }
            }
        }
    }
}

/// The way down to this page.
pub fn breadcrumbs(crumbs: &[Crumb<'_>]) -> Markup {
    html! {
        nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="Breadcrumb" {
            ol class="govuk-breadcrumbs__list" {
                @for crumb in crumbs {
                    li class="govuk-breadcrumbs__list-item" {
                        a class="govuk-breadcrumbs__link" href=(crumb.href) { (crumb.text) }
                    }
                }
            }
        }
    }
}

/// One step back, to a page with an address of its own.
pub fn back_link(text: &str, href: &str) -> Markup {
    html! { a href=(href) class="govuk-back-link" { (text) } }
}

/// Which page of how many. `href_of` gives the address of a page, with the list's filters kept.
/// Shows nothing when there is one page.
pub fn pagination(page: usize, pages: usize, href_of: &dyn Fn(usize) -> String) -> Markup {
    if pages < 2 {
        return html! {};
    }
    html! {
        nav class="govuk-pagination" aria-label="Pagination" {
            @if page > 1 {
                div class="govuk-pagination__prev" {
                    a class="govuk-link govuk-pagination__link" href=(href_of(page - 1)) rel="prev" {
                        span class="govuk-pagination__link-title" {
                            "Previous" span class="govuk-visually-hidden" { " page" }
                        }
                    }
                }
            }
            ul class="govuk-pagination__list" {
                @for entry in page_entries(page, pages) {
                    @match entry {
                        Some(number) => (page_item(number, page, href_of)),
                        None => li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" },
                    }
                }
            }
            @if page < pages {
                div class="govuk-pagination__next" {
                    a class="govuk-link govuk-pagination__link" href=(href_of(page + 1)) rel="next" {
                        span class="govuk-pagination__link-title" {
                            "Next" span class="govuk-visually-hidden" { " page" }
                        }
                    }
                }
            }
        }
    }
}

fn page_item(number: usize, page: usize, href_of: &dyn Fn(usize) -> String) -> Markup {
    let (class, current) = if number == page {
        ("govuk-pagination__item govuk-pagination__item--current", Some("page"))
    } else {
        ("govuk-pagination__item", None)
    };
    html! {
        li class=(class) {
            a class="govuk-link govuk-pagination__link" href=(href_of(number)) aria-label=(format!("Page {number}"))
                aria-current=[current] { (number) }
        }
    }
}

/// First, last, this page and its neighbours; `None` where pages are left out.
fn page_entries(page: usize, pages: usize) -> Vec<Option<usize>> {
    let mut entries = Vec::new();
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= 1 {
            entries.push(Some(number));
        } else if entries.last() != Some(&None) {
            entries.push(None);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_one_is_on_is_marked_for_everyone() {
        let items = [
            NavItem { text: "Morning", href: "/board", current: Current::Section },
            NavItem { text: "People", href: "/people", current: Current::No },
        ];
        let html = service_navigation(&items).into_string();
        assert!(html.contains("href=\"/board\" aria-current=\"true\"><strong"));
        assert!(html.contains("<a class=\"govuk-service-navigation__link\" href=\"/people\">People</a>"));
        assert!(html.contains("hidden aria-hidden=\"true\" aria-controls=\"navigation\""));
    }

    #[test]
    fn the_skip_link_leads_to_the_content() {
        assert!(skip_link().into_string().contains("href=\"#content\""));
    }

    #[test]
    fn breadcrumbs_are_a_named_landmark() {
        let html = breadcrumbs(&[Crumb { text: "Imports", href: "/imports" }]).into_string();
        assert!(html.contains("aria-label=\"Breadcrumb\""));
        assert!(back_link("Back to the board", "/board").into_string().contains("Back to the board"));
    }

    #[test]
    fn a_long_list_leaves_out_the_pages_between() {
        assert_eq!(page_entries(5, 9), [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]);
        assert_eq!(page_entries(1, 2), [Some(1), Some(2)]);
    }

    #[test]
    fn one_page_needs_no_pagination() {
        assert_eq!(pagination(1, 1, &|_| String::new()).into_string(), "");
        let html = pagination(2, 3, &|page| format!("?room=2&page={page}")).into_string();
        assert!(html.contains("href=\"?room=2&amp;page=1\" rel=\"prev\""));
        assert!(html.contains("aria-label=\"Page 2\" aria-current=\"page\""));
    }
}
