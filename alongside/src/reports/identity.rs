//! Who a report is about, as it names them, and what must stand on everything printed about them.

use crate::clock;
use crate::people::Details;
use crate::triage::Subject;
use jiff::civil::Date;

/// Who a report is about, as it names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name, forename first.
    pub name: String,
    /// The birth date.
    pub born: Option<Date>,
    /// Sex in words.
    pub sex: String,
    /// Case number, where a list gave one.
    pub case: String,
    /// What they are before the court for.
    pub offences: String,
    /// Custody or bail.
    pub held: String,
    /// Where these come from.
    pub source: String,
    /// Under 18.
    pub youth: bool,
    /// A restriction on reporting.
    pub restriction: String,
}

impl Identity {
    /// Of whoever a report is about; `restriction` is what was typed with the request.
    #[must_use]
    pub fn of(subject: &Subject, restriction: &str, today: Date) -> Self {
        let mut identity = Self { restriction: restriction.to_owned(), ..Self::default() };
        if let Some(line) = subject.line() {
            let person = &line.detail.person.name;
            identity.name = natural(
                person.forename.as_deref(),
                person.middle_names.as_deref(),
                person.surname.as_deref(),
            )
            .unwrap_or_else(|| line.name.clone());
            identity.born = line.date_of_birth;
            line.sex.words().clone_into(&mut identity.sex);
            identity.case = line.case_no.clone().or_else(|| line.detail.urn.clone()).unwrap_or_default();
            // In full: the board's short form cuts them off.
            let titles: Vec<&str> = line.detail.offences.iter().filter_map(|o| o.title.as_deref()).collect();
            identity.offences = titles.join("; ");
            line.held().words().clone_into(&mut identity.held);
            identity.source = format!("court list of {}", clock::day_words(line.date));
            identity.youth = line.is_youth();
            if let Some(stated) = line.detail.reporting_restriction.as_deref().filter(|s| *s != restriction) {
                identity.restriction = [stated, restriction]
                    .into_iter()
                    .filter(|s| !s.is_empty())
                    .collect::<Vec<_>>()
                    .join("; ");
            }
        }
        if let Some(person) = &subject.person {
            let d: &Details = &person.details;
            if let Some(name) =
                natural(d.forename.as_deref(), d.middle_names.as_deref(), d.surname.as_deref())
            {
                identity.name = name;
                identity.source = "our register".into();
            }
            identity.born = d.date_of_birth.or(identity.born);
            d.sex.words().clone_into(&mut identity.sex);
        }
        let age = identity.born.and_then(|born| clock::age_on(born, today));
        identity.youth |= age.is_some_and(|age| age < 18);
        identity
    }

    /// What must be said and printed wherever the person is spoken of.
    #[must_use]
    pub fn restrictions(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.youth {
            words.push(UNDER_18.to_owned());
        }
        if !self.restriction.is_empty() {
            words.push(format!("Reporting restriction: {}", self.restriction));
        }
        words
    }
}

const UNDER_18: &str = "Under 18: their name and anything that identifies them must not be published";

fn natural(forename: Option<&str>, middle: Option<&str>, surname: Option<&str>) -> Option<String> {
    let parts: Vec<&str> =
        [forename, middle, surname].into_iter().flatten().filter(|p| !p.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
