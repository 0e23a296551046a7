//! Everything about a person in one line of time, newest first. Read from the doors of the rooms above; nothing is kept here.
//!
//! A room's entries are there for a reader who may open that room's records of this person, and not for anybody else.

use super::codes::{agency_words, words_in};
use super::contact::contacts_of;
use super::entry::{Entry, Kind};
use super::request::information_of;
use crate::access::policy::{
    Capability, HandOver, KeepLiaison, ViewClinical, ViewConsent, ViewHearings, ViewPerson, ViewReferrals,
};
use crate::access::{Permit, Reader};
use crate::assessment::{assessments_of, responses_of};
use crate::clock;
use crate::consent;
use crate::handover;
use crate::hearings::{Day, days_about};
use crate::morning::{About, about_person};
use crate::people::{Person, reached_by};
use crate::referrals::{What, referrals_of};
use crate::reports::{orals_about, reports_about};
use crate::screening;
use crate::triage::{Decision, cases_about, decisions_about};
use store::Result;

/// Everything about a person that this reader may see, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn timeline(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<Vec<Entry>> {
    let about = about_person(r, person)?;
    let mut all = Vec::new();
    if may::<KeepLiaison>(permit, r, person)? {
        contacts(r, &about, &mut all)?;
    }
    if may::<ViewReferrals>(permit, r, person)? {
        referrals(r, &about, &mut all)?;
    }
    if may::<ViewClinical>(permit, r, person)? {
        clinical(r, &about, &mut all)?;
        reports(r, &about, &mut all)?;
    }
    if may::<ViewHearings>(permit, r, person)? {
        court(r, &about, person, &mut all)?;
    }
    if may::<ViewConsent>(permit, r, person)? {
        told(r, person, &mut all)?;
    }
    if permit.may::<HandOver>() {
        warnings(r, &about, &mut all)?;
    }
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.title.cmp(&b.title)));
    Ok(all)
}

fn may<C: Capability>(
    permit: &Permit<ViewPerson>,
    r: &mut Reader<'_, ViewPerson>,
    person: &Person,
) -> Result<bool> {
    reached_by::<C>(permit, r, person)
}

type On<'a, 'b> = &'a mut Reader<'b, ViewPerson>;

fn contacts(r: On<'_, '_>, about: &About, all: &mut Vec<Entry>) -> Result<()> {
    for contact in contacts_of(r, &about.people)?.into_iter().filter(|c| c.mistaken.is_none()) {
        let new = &contact.new;
        let who = if new.who.is_empty() {
            agency_words(&new.agency).to_owned()
        } else {
            format!("{}, {}", new.who, agency_words(&new.agency))
        };
        all.push(Entry {
            at: new.at,
            kind: Kind::Contact,
            title: format!("{}: {who}", words_in(super::codes::MEANS, &new.means)),
            words: new.words.clone(),
            by: contact.by.clone(),
            href: format!("/contacts/{}", contact.id),
        });
    }
    for asked in information_of(r, &about.people)? {
        let href = format!("/information/{}", asked.id);
        let whom = format!("{}, {}", asked.who, agency_words(&asked.agency));
        all.push(Entry {
            at: asked.asked_at,
            kind: Kind::Contact,
            title: format!("Information asked for: {whom}"),
            words: words_in(super::codes::SUBJECTS, &asked.subject).into(),
            by: asked.by.clone(),
            href: href.clone(),
        });
        for event in &asked.events {
            all.push(Entry {
                at: event.at,
                kind: Kind::Contact,
                title: format!("{}: {whom}", event.kind_words()),
                words: event.words.clone(),
                by: event.by.clone(),
                href: href.clone(),
            });
        }
    }
    Ok(())
}

fn referrals(r: On<'_, '_>, about: &About, all: &mut Vec<Entry>) -> Result<()> {
    for referral in referrals_of(r, &about.people)? {
        let href = format!("/referrals/{}", referral.id);
        all.push(Entry {
            at: referral.sent_at,
            kind: Kind::Referral,
            title: format!("Referred to {}", referral.service_name),
            words: String::new(),
            by: referral.by.clone(),
            href: href.clone(),
        });
        for event in referral.standing() {
            // An appointment stands where it was offered; whether they came, where it was.
            let at = if event.what == What::Appointment { event.recorded_at } else { event.at };
            let mut words = event.code_words().to_owned();
            if event.what == What::Appointment {
                words = clock::moment_words(event.at);
            }
            all.push(Entry {
                at,
                kind: Kind::Referral,
                title: format!("{}: {}", event.what.words(), referral.service_name),
                words,
                by: event.by.clone(),
                href: href.clone(),
            });
        }
    }
    Ok(())
}

fn clinical(r: On<'_, '_>, about: &About, all: &mut Vec<Entry>) -> Result<()> {
    for one in screening::of(r, about)?.into_iter().filter(|s| !s.in_error) {
        let base =
            one.listing.map(|id| format!("/listings/{id}")).or(one.person.map(|id| format!("/people/{id}")));
        all.push(Entry {
            at: one.entry.contact_at,
            kind: Kind::Clinical,
            title: "Screening".into(),
            words: one.entry.seen.words().into(),
            by: one.by.clone(),
            href: base.unwrap_or_default(),
        });
    }
    for one in assessments_of(r, &about.people)? {
        let (at, title) = match &one.signature {
            Some(signature) => (signature.at, "Assessment signed"),
            None => (one.begun_at, "Assessment begun"),
        };
        all.push(Entry {
            at,
            kind: Kind::Clinical,
            title: title.into(),
            words: one.state().into(),
            by: one.begun_by.clone(),
            href: format!("/assessments/{}", one.id),
        });
    }
    for one in responses_of(r, about)? {
        all.push(Entry {
            at: one.at,
            kind: Kind::Clinical,
            title: one.name.clone(),
            words: format!("Filled in on {}", clock::day_words(one.filled_on)),
            by: one.by.clone(),
            href: format!("/questionnaires/{}", one.id),
        });
    }
    for one in decisions_about(r, about)? {
        all.push(Entry {
            at: one.decided_at,
            kind: Kind::Clinical,
            title: match one.decision {
                Decision::Refer => "Triage: to be seen by a psychiatrist".into(),
                Decision::NotNow => "Triage: no psychiatric assessment now".into(),
            },
            words: one.reason.clone(),
            by: one.by.clone(),
            href: format!("/triage/{}", one.id),
        });
    }
    for one in cases_about(r, about)? {
        all.push(Entry {
            at: one.asked_at,
            kind: Kind::Clinical,
            title: "Psychiatric assessment asked for".into(),
            words: one.stage().words().into(),
            by: String::new(),
            href: format!("/psychiatry/{}", one.id),
        });
    }
    Ok(())
}

fn reports(r: On<'_, '_>, about: &About, all: &mut Vec<Entry>) -> Result<()> {
    for one in reports_about(r, about)? {
        let href = format!("/reports/{}", one.id);
        all.push(Entry {
            at: one.asked_at,
            kind: Kind::Report,
            title: "Report asked for".into(),
            words: one.state().words().into(),
            by: one.by.clone(),
            href: href.clone(),
        });
        for delivery in &one.deliveries {
            all.push(Entry {
                at: delivery.at,
                kind: Kind::Report,
                title: format!("Report given to {}", delivery.recipient.in_a_sentence()),
                words: format!("Version {}", delivery.version),
                by: delivery.by.clone(),
                href: href.clone(),
            });
        }
    }
    for one in orals_about(r, about)? {
        all.push(Entry {
            at: one.new.said_at,
            kind: Kind::Report,
            title: format!("Spoken report to {}", one.new.recipient.in_a_sentence()),
            words: String::new(),
            by: one.by.clone(),
            href: format!("/spoken/{}", one.id),
        });
    }
    Ok(())
}

fn court(r: On<'_, '_>, about: &About, person: &Person, all: &mut Vec<Entry>) -> Result<()> {
    for day in days_about(r, about)?.iter().filter(|day: &&Day| day.counts()) {
        let heard = &day.heard;
        let midday = heard.on.at(12, 0, 0, 0).to_zoned(clock::london()).map(|at| at.timestamp());
        let Ok(at) = midday else { continue };
        all.push(Entry {
            at,
            kind: Kind::Court,
            title: format!("In court: {}", heard.court),
            words: heard.ended.words().into(),
            by: String::new(),
            href: day.hearings.first().map_or_else(
                || format!("/people/{}/hearings", person.id()),
                |h| format!("/hearings/{}", h.id),
            ),
        });
    }
    Ok(())
}

fn told(r: On<'_, '_>, person: &Person, all: &mut Vec<Entry>) -> Result<()> {
    let subject = consent::Subject::person(r, person)?;
    let href = format!("/people/{}/consent", person.id());
    for kept in consent::decisions(r, &subject)? {
        let decided = &kept.decided;
        let whom = if decided.name.is_empty() {
            decided.recipient.words().to_owned()
        } else {
            format!("{}: {}", decided.recipient.words(), decided.name)
        };
        all.push(Entry {
            at: decided.decided_at,
            kind: Kind::Consent,
            title: format!("{}: {whom}", decided.decision.words()),
            words: decided.limits.clone(),
            by: kept.by.clone(),
            href: href.clone(),
        });
    }
    for one in consent::told(r, &subject)? {
        let whom =
            if one.to_name.is_empty() { one.recipient.words().to_owned() } else { one.to_name.clone() };
        all.push(Entry {
            at: one.told_at,
            kind: Kind::Consent,
            title: format!("Told: {whom}"),
            words: one.summary.clone(),
            by: one.by.clone(),
            href: href.clone(),
        });
    }
    Ok(())
}

fn warnings(r: On<'_, '_>, about: &About, all: &mut Vec<Entry>) -> Result<()> {
    for one in handover::all_of(r, about)? {
        let href = format!("/warnings/{}", one.id);
        all.push(Entry {
            at: one.raised_at,
            kind: Kind::Warning,
            title: "Self-harm warning".into(),
            words: one.words.clone(),
            by: one.by.clone(),
            href: href.clone(),
        });
        for given in &one.handovers {
            all.push(Entry {
                at: given.handed_at,
                kind: Kind::Warning,
                title: format!("Warning handed over: {}", given.place),
                words: String::new(),
                by: given.by.clone(),
                href: href.clone(),
            });
        }
    }
    Ok(())
}
