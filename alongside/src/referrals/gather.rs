//! What is known around somebody when a referral is made: needs, court, consent, and the services that would take them.

use super::making::{To, may_tell, purpose_for};
use super::packet::{Address, Known, sections};
use crate::access::Reader;
use crate::access::policy::MakeReferrals;
use crate::assessment::{Need, assessments_of, needs_of};
use crate::clock;
use crate::consent::Ruling;
use crate::directory::{self, Service, Suggestion, Wanted};
use crate::hearings::{NextHearing, next_hearing};
use crate::ids::ProjectId;
use crate::morning::about_person;
use crate::people::{Person, address_is_withheld, project_with};
use crate::screening::{self, Screening, Seen};
use crate::triage::Section;
use jiff::civil::Date;
use store::Result;

/// Everything that a referral may be made of.
#[derive(Debug)]
pub(super) struct Around {
    pub(super) project: ProjectId,
    needs: Vec<Need>,
    screening: Option<Screening>,
    next_hearing: Option<NextHearing>,
    address: Address,
    services: Vec<Service>,
    wanted: Wanted,
    today: Date,
}

/// Reads what is known; nothing when no project of the reader works with the person.
pub(super) fn around(r: &mut Reader<'_, MakeReferrals>, person: &Person) -> Result<Option<Around>> {
    let Some(project) = project_with(r, person)? else { return Ok(None) };
    let about = about_person(r, person)?;
    let today = clock::london_day(clock::now());
    // The newest assessment that lists anything says what is needed now.
    let mut needs = Vec::new();
    for listed in assessments_of(r, &about.people)? {
        needs = needs_of(r, listed.id)?;
        if !needs.is_empty() {
            break;
        }
    }
    let screening = screening::of(r, &about)?.into_iter().find(|s| s.entry.seen == Seen::Seen);
    let next_hearing = next_hearing(r, &about, today)?;
    let withheld = address_is_withheld(r, person)?;
    let services = directory::services(r)?;
    let wanted = Wanted::of(person, project, today);
    Ok(Some(Around {
        project,
        needs,
        screening,
        next_hearing,
        address: if withheld { Address::Withheld } else { Address::Open },
        services,
        wanted,
        today,
    }))
}

impl Around {
    /// Areas of need that an assessment lists, in its order, each once.
    pub(super) fn areas(&self) -> Vec<String> {
        let mut areas: Vec<String> = Vec::new();
        for need in &self.needs {
            if !areas.contains(&need.said.area) {
                areas.push(need.said.area.clone());
            }
        }
        areas
    }

    /// The directory's suggestions for these needs.
    pub(super) fn suggest(&self, needs: &[String], applies: &[String]) -> Vec<Suggestion> {
        let wanted = Wanted { needs: needs.to_vec(), applies: applies.to_vec(), ..self.wanted.clone() };
        directory::suggest(&self.services, &wanted, self.today)
    }

    /// Whether any service that may be suggested turns people away for this.
    pub(super) fn excludes(&self, key: &str) -> bool {
        self.services.iter().any(|s| s.ended.is_none() && s.exclusions().iter().any(|e| e == key))
    }

    /// What may be told, part by part.
    pub(super) fn sections(&self, person: &Person, needs: &[String]) -> Vec<Section> {
        let known = Known {
            needs: &self.needs,
            screening: self.screening.as_ref(),
            next_hearing: self.next_hearing.clone(),
            address: self.address,
        };
        sections(person, &known, needs)
    }
}

/// One service chosen, with the ledger's ruling about it.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) to: To,
    pub(super) ruling: Ruling,
    /// Why the directory says they would not be taken; empty when they would.
    pub(super) excluded: Vec<String>,
}

/// The chosen ones among the suggestions, each with its ruling now.
pub(super) fn chosen(
    r: &mut Reader<'_, MakeReferrals>,
    person: &Person,
    suggestions: Vec<Suggestion>,
    ids: &[String],
) -> Result<Vec<Chosen>> {
    let now = clock::now();
    let mut found = Vec::new();
    for one in suggestions.into_iter().filter(|s| ids.contains(&s.service.id.to_string())) {
        let to = to_of(&one.service);
        let ruling = may_tell(r, person, &to, purpose_for(to.recipient), now)?;
        found.push(Chosen { to, ruling, excluded: one.excluded });
    }
    Ok(found)
}

fn to_of(service: &Service) -> To {
    To {
        service: service.id.into(),
        name: service.name.clone(),
        recipient: service.recipient(),
        email: service.email().to_owned(),
        reply_days: service.reply_days(),
    }
}
