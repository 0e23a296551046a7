//! What several pages of warnings share: who it is about, and the words of the warning.

use crate::access::{Capability, Permit, Reader};
use crate::clock;
use crate::handover::codes::Basis;
use crate::handover::warning::{Opened, Warning, find_warning};
use crate::ids::WarningId;
use crate::morning::{Named, named};
use crate::people::identity_of;
use crate::web::components::{Form, Identity, SummaryRow, back_link, identity_bar, summary_list};
use crate::web::{Page, PageError, Shell, page};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{Markup, html};

/// A warning with the words that tell whom it is about.
#[derive(Debug)]
pub(super) struct Shown {
    pub opened: Opened,
    /// As the line has them; the person's own record goes before it.
    line: Option<Named>,
}

/// What tells one person from another, on paper.
#[derive(Debug)]
pub(super) struct Who {
    pub name: String,
    pub born: String,
    pub pnc: String,
    /// "Thames Magistrates' Court, 23 November 2026"; empty for a warning raised on a person's page.
    pub at: String,
}

impl Shown {
    pub(super) fn with<C: Capability>(r: &mut Reader<'_, C>, opened: Opened) -> store::Result<Self> {
        let line = match &opened.line {
            Some(line) => named(r, &[line.id()])?.remove(&line.id()),
            None => None,
        };
        Ok(Self { opened, line })
    }

    pub(super) fn warning(&self) -> &Warning {
        &self.opened.warning
    }

    pub(super) fn who(&self) -> Who {
        let at = self.line.as_ref().map(|l| format!("{}, {}", l.court, clock::day_words(l.date)));
        let at = at.unwrap_or_default();
        match (&self.opened.who, &self.line) {
            (Some(person), _) => {
                let d = &person.details;
                let today = clock::london_day(clock::now());
                let born =
                    d.date_of_birth.map_or("Not known".to_owned(), |born| match clock::age_on(born, today) {
                        Some(age) => format!("{} ({age})", clock::day_words(born)),
                        None => clock::day_words(born),
                    });
                Who { name: d.name(), born, pnc: d.pnc.clone().unwrap_or_else(|| "Not known".into()), at }
            }
            (None, Some(line)) => Who {
                name: line.name.clone(),
                born: line.born_words(),
                pnc: line.pnc.clone().unwrap_or_else(|| "Not known".into()),
                at,
            },
            (None, None) => {
                Who { name: "Not known".into(), born: "Not known".into(), pnc: "Not known".into(), at }
            }
        }
    }

    /// The bar on every page about the person.
    pub(super) fn identity(&self) -> Markup {
        if let Some(person) = &self.opened.who {
            return identity_of(person);
        }
        let who = self.who();
        let href = self.opened.line.as_ref().map(|line| format!("/listings/{}", line.id()));
        identity_bar(&Identity {
            name: &who.name,
            href: href.as_deref(),
            facts: vec![("Born", &who.born), ("PNC", &who.pnc), ("On the list of", &who.at)],
            flags: Vec::new(),
        })
    }
}

/// The warning, if the reader may see whom it is about.
pub(super) async fn shown<C: Capability>(permit: &Permit<C>, id: WarningId) -> Result<Shown, PageError> {
    permit
        .read(move |r| {
            let Some(opened) = find_warning(r, id)? else { return Ok::<_, store::Error>(None) };
            Shown::with(r, opened).map(Some)
        })
        .await?
        .ok_or(PageError::NotFound)
}

/// The address of a warning.
pub(super) fn href_of(id: WarningId) -> String {
    format!("/warnings/{id}")
}

/// A page below a warning; 422 when its form has something wrong.
pub(super) fn below<C: Capability>(
    permit: &Permit<C>,
    shown: &Shown,
    title: &str,
    form: &Form,
    body: Markup,
) -> Page {
    let status = if form.is_accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if form.is_accepted() { title.to_owned() } else { format!("Error: {title}") };
    let w = shown.warning();
    let shell = Shell {
        title: &title,
        room: "/warnings",
        before: Some(back_link(&format!("Warning {}", w.reference), &href_of(w.id))),
        identity: Some(shown.identity()),
        wide: false,
    };
    Ok((status, page(permit, shell, body)).into_response())
}

/// What was said, by whom, when, how we know, and what the receiver should do.
pub(super) fn facts(w: &Warning) -> Markup {
    summary_list(&[
        SummaryRow::new("What", html! { span class="al-typed al-strong" { (w.words) } }),
        SummaryRow::new("When", html! { (clock::moment_words(w.heard_at)) }),
        SummaryRow::new("Who, and how we know", html! { (source_words(w)) }),
        SummaryRow::new(
            "Advice to the receiver",
            html! { @if w.advice.is_empty() { span class="al-muted" { "None given" } } @else { span class="al-typed" { (w.advice) } } },
        ),
        SummaryRow::new("Raised", html! { (clock::moment_words(w.raised_at)) " by " (w.by) }),
    ])
}

/// "Said by the person", "Told to us by somebody else: Officer Example".
pub(super) fn source_words(w: &Warning) -> String {
    let basis = w.basis.words();
    match w.said_by.to_lowercase().strip_prefix("the person") {
        Some(rest) if w.basis == Basis::SaidByPerson => {
            format!("{basis}{}", &w.said_by[w.said_by.len() - rest.len()..])
        }
        _ => format!("{basis}: {}", w.said_by),
    }
}

/// Text of a form, without spaces at the ends.
pub(super) fn text(form: &Form, name: &str) -> String {
    form.value(name).trim().to_owned()
}

/// "2 hours 5 minutes".
pub(super) fn age_words(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let count = |n: i64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, m) => count(m, "minute"),
        (0, h, 0) => count(h, "hour"),
        (0, h, m) => format!("{} {}", count(h, "hour"), count(m, "minute")),
        (d, 0, _) => count(d, "day"),
        (d, h, _) => format!("{} {}", count(d, "day"), count(h, "hour")),
    }
}

#[cfg(test)]
mod tests {
    use super::age_words;

    #[test]
    fn ages_read_as_people_say_them() {
        assert_eq!(age_words(-5), "0 minutes");
        assert_eq!(age_words(60), "1 minute");
        assert_eq!(age_words(3_600), "1 hour");
        assert_eq!(age_words(7_500), "2 hours 5 minutes");
        assert_eq!(age_words(90_000), "1 day 1 hour");
        assert_eq!(age_words(2 * 86_400), "2 days");
    }
}
