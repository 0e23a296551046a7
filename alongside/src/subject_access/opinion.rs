//! What stands before a copy that tells health data: a health professional said whether telling it would be likely to cause serious
//! harm, within the last six months; or the person knows it all already (Data Protection Act 2018, Schedule 3, paragraphs 5
//! and 6; not confirmed by a lawyer).

use super::request::lock_open;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::forms::Opt;
use jiff::ToSpan;
use jiff::civil::Date;
use store::{Read, Result, sql};
use uuid::Uuid;

/// What the opinion is.
pub const OPINIONS: &[Opt] = &[
    Opt::new("no-harm", "Telling it is not likely to cause serious harm to anybody’s health"),
    Opt::new("some-harm", "Some of it is: those passages are withheld"),
    Opt::new("known", "Nobody was asked: the person has seen or knows all of it already"),
];

/// The one for which nobody was asked.
pub const KNOWN: &str = "known";

/// Months after which another opinion is asked for.
const FRESH_MONTHS: i64 = 6;

/// An opinion as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// A key of [`OPINIONS`].
    pub kind: String,
    /// Who gave it, with their profession; empty where nobody was asked.
    pub professional: String,
    /// The day it was given.
    pub given_on: Date,
    /// What they said, or how we know that the person knows.
    pub words: String,
}

impl Opinion {
    /// Whether it is still young enough.
    #[must_use]
    pub fn stands(&self, today: Date) -> bool {
        self.given_on.saturating_add(FRESH_MONTHS.months()) >= today
    }
}

/// The newest opinion on a request.
///
/// # Errors
/// When the database can't be read.
pub fn opinion_on(r: &mut Read<'_>, request: Uuid) -> Result<Option<Opinion>> {
    r.maybe(
        sql("SELECT kind, professional, given_on, words FROM access_opinion WHERE request_id = $1 ORDER BY at DESC, id DESC LIMIT 1"),
        &[&request],
    )?
    .map(|row| {
        Ok(Opinion {
            kind: row.get("kind")?,
            professional: row.get("professional")?,
            given_on: row.get("given_on")?,
            words: row.get("words")?,
        })
    })
    .transpose()
}

/// Writes an opinion down, under an id that the form brings; no where the request was closed meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn write_opinion<C: Capability>(
    w: &mut Writer<'_, C>,
    (id, request): (Uuid, Uuid),
    new: &Opinion,
) -> Result<bool> {
    if !lock_open(w, request)? {
        return Ok(false);
    }
    let (by, account) = (w.by(), w.actor().account);
    w.record(
        Event::new("subject access: opinion written down", "subject access", request)
            .with(format!("opinion {}", new.kind)),
    );
    w.execute(
        sql("INSERT INTO access_opinion (id, request_id, kind, professional, given_on, words, at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING"),
        &[&id, &request, &new.kind, &new.professional, &new.given_on, &new.words, &clock::now(), &account, &by],
    )?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_opinion_stands_for_six_months() {
        let opinion = Opinion {
            kind: "no-harm".into(),
            professional: "Dr Pretend".into(),
            given_on: date(2026, 5, 27),
            words: String::new(),
        };
        assert!(opinion.stands(date(2026, 11, 27)) && !opinion.stands(date(2026, 11, 28)));
    }
}
