//! Days side by side, with their dates: never "today" alone, which is wrong after midnight and in print.

use jiff::civil::Date;
use maud::{Markup, html};

/// One day that can be chosen.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its page, with the filters kept.
    pub href: String,
    /// How many are listed, if a list has come.
    pub count: Option<usize>,
}

/// The days around the chosen one. `today` only adds the word below the date it belongs to.
pub fn day_bar(days: &[Day], chosen: Date, today: Date) -> Markup {
    let at = days.iter().position(|day| day.date == chosen);
    html! {
        nav class="al-days" aria-label="Days" {
            ul class="al-days__list" {
                @for (index, day) in days.iter().enumerate() {
                    @let here = day.date == chosen;
                    @let key = key_of(index, at);
                    li {
                        a class=(if here { "al-day al-day--chosen" } else { "al-day" }) href=(day.href)
                            aria-current=[here.then_some("page")] data-key=[key]
                            data-key-label=[key.map(|_| long_date(day.date))] {
                            span class="al-day__name" { (day.date.strftime("%a %-d %b").to_string()) }
                            " "
                            span class="al-day__count" {
                                @if day.date == today { "Today" @if day.count.is_some() { ", " } }
                                @match day.count {
                                    Some(count) => { (count) " listed" },
                                    None => @if day.date != today { "No list" },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `[` goes to the day before and `]` to the day after, of those that are shown.
fn key_of(index: usize, chosen: Option<usize>) -> Option<char> {
    match chosen {
        Some(at) if index + 1 == at => Some('['),
        Some(at) if index == at + 1 => Some(']'),
        _ => None,
    }
}

/// A date as people here read it: "Monday 24 November 2025".
pub fn long_date(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// A date as it stands in a narrow column: "24 Nov 2025".
pub fn short_date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_shown_with_their_dates_and_the_chosen_one_is_marked() {
        let days = [
            Day { date: date(2025, 11, 23), href: "?date=2025-11-23".into(), count: None },
            Day { date: date(2025, 11, 24), href: "?date=2025-11-24".into(), count: Some(41) },
            Day { date: date(2025, 11, 25), href: "?date=2025-11-25".into(), count: Some(0) },
        ];
        let html = day_bar(&days, date(2025, 11, 24), date(2025, 11, 24)).into_string();
        assert!(html.contains("href=\"?date=2025-11-24\" aria-current=\"page\""));
        assert!(html.contains("Mon 24 Nov"));
        assert!(html.contains("Today, 41 listed"));
        assert!(html.contains("No list"));
        assert!(html.contains("data-key=\"[\"") && html.contains("data-key=\"]\""));
        assert_eq!(html.matches("aria-current").count(), 1);
    }

    #[test]
    fn dates_are_written_out() {
        assert_eq!(long_date(date(2025, 11, 24)), "Monday 24 November 2025");
        assert_eq!(short_date(date(2025, 3, 7)), "7 Mar 2025");
    }
}
