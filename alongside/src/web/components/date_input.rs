//! A date in three boxes: day, month, year. Quicker and safer to type than a calendar, and it works everywhere.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{field::Field, form::Form};

/// What the three boxes held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedDate {
    /// Nothing was typed.
    Empty,
    /// A real date.
    Is(Date),
    /// Something was typed that is no date.
    NotADate,
}

/// Three boxes under a legend, sent as `name-day`, `name-month` and `name-year`.
pub fn date_input(field: &Field<'_>) -> Markup {
    date_input_in(field, ["Day", "Month", "Year"])
}

/// The same with the words of another language over the boxes.
pub fn date_input_in(field: &Field<'_>, [day, month, year]: [&str; 3]) -> Markup {
    let error = if field.error().is_some() { " govuk-input--error" } else { "" };
    let parts = [("day", day, 2), ("month", month, 2), ("year", year, 4)];
    let boxes = html! {
        div class="govuk-date-input" {
            @for (part, label, width) in parts {
                @let name = format!("{}-{part}", field.name);
                // The first box carries the field's own id, so that the error link lands on it.
                @let id = if part == "day" { field.id() } else { format!("{}-{part}", field.id()) };
                div class="govuk-date-input__item" {
                    div class="govuk-form-group" {
                        label class="govuk-label govuk-date-input__label" for=(id) { (label) }
                        input class=(format!("govuk-input govuk-date-input__input govuk-input--width-{width}{error}"))
                            id=(id) name=(name) type="text" inputmode="numeric" value=(field.form.value(&name))
                            aria-invalid=[field.error().map(|_| "true")];
                    }
                }
            }
        }
    };
    field.fieldset(Some("group"), boxes)
}

/// Reads the three boxes of [`date_input`]. A month may be a number or an English name ("3", "mar", "March").
pub fn typed_date(form: &Form, name: &str) -> TypedDate {
    let part = |part: &str| form.value(&format!("{name}-{part}")).trim().to_lowercase();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if [&day, &month, &year].iter().all(|text| text.is_empty()) {
        return TypedDate::Empty;
    }
    let read = || {
        let year: i16 = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
        Date::new(year, month_number(&month)?, day.parse().ok()?).ok()
    };
    read().map_or(TypedDate::NotADate, TypedDate::Is)
}

fn month_number(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Ok(number) = text.parse::<i8>() {
        return Some(number);
    }
    // "ma" is both March and May: ask for enough to be certain.
    if text.len() < 3 {
        return None;
    }
    MONTHS.iter().position(|month| month.starts_with(text)).and_then(|index| i8::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;

    fn typed(day: &str, month: &str, year: &str) -> TypedDate {
        typed_date(&Form::from_pairs([("dob-day", day), ("dob-month", month), ("dob-year", year)]), "dob")
    }

    #[test]
    fn the_parts_are_labelled_and_the_first_takes_the_error_link() {
        let mut form = Form::from_pairs([("dob-day", "31"), ("dob-month", "2"), ("dob-year", "1990")]);
        form.refuse("dob", "Date of birth must be a real date");
        let html = date_input(&form.field("dob", "Date of birth")).into_string();
        assert!(
            html.contains(
                "<fieldset class=\"govuk-fieldset\" role=\"group\" aria-describedby=\"dob-error\">"
            )
        );
        assert!(
            html.contains("<label class=\"govuk-label govuk-date-input__label\" for=\"dob\">Day</label>")
        );
        assert!(
            html.contains("id=\"dob\" name=\"dob-day\" type=\"text\" inputmode=\"numeric\" value=\"31\"")
        );
        assert!(html.contains("id=\"dob-year\" name=\"dob-year\""));
    }

    #[test]
    fn a_date_is_read_with_a_month_in_figures_or_words() {
        let march = TypedDate::Is(jiff::civil::date(1990, 3, 7));
        assert_eq!(typed("7", "3", "1990"), march);
        assert_eq!(typed(" 07 ", "Mar", "1990"), march);
        assert_eq!(typed("7", "march", "1990"), march);
    }

    #[test]
    fn no_date_is_told_from_a_wrong_date() {
        assert_eq!(typed("", " ", ""), TypedDate::Empty);
        assert_eq!(typed("31", "2", "1990"), TypedDate::NotADate);
        assert_eq!(typed("7", "ma", "1990"), TypedDate::NotADate);
        assert_eq!(typed("7", "3", "90"), TypedDate::NotADate);
        assert_eq!(typed("", "3", "1990"), TypedDate::NotADate);
    }
}
