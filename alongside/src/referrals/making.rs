//! Making referrals: each under a ruling of the ledger, or not at all.

use super::following::{New, end_links, keep};
use super::reading::by_id;
use super::record::{Referral, What};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::consent::{self, Means, NewDisclosure, Purpose, Question, Recipient, Ruling, Stop, Why};
use crate::ids::{ProjectId, ReferralId};
use crate::links::Purpose as LinkPurpose;
use crate::people::{Person, ids_of};
use crate::post::{Kind, LinkWanted, NewMessage, queue};
use crate::triage::Section;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Read, Result, sql};
use uuid::Uuid;

/// Hours that a link of an e-mail works.
pub const LINK_HOURS: i64 = 168;

/// Where the service's own page stands.
pub(super) const ANSWER_PATH: &str = "/referral-answer/";

/// The service a referral goes to, as the directory has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct To {
    /// The entry of the directory.
    pub service: Uuid,
    /// Its name.
    pub name: String,
    /// Who it is, for the ledger.
    pub recipient: Recipient,
    /// Its address for referrals; empty when it takes none by e-mail.
    pub email: String,
    /// Working days in which it promises an answer.
    pub reply_days: Option<i64>,
}

impl To {
    /// What the ledger is asked.
    #[must_use]
    pub fn question(&self, purpose: Purpose) -> Question<'_> {
        Question { recipient: self.recipient, name: &self.name, purpose }
    }
}

/// A referral to be made.
#[derive(Debug, Clone)]
pub struct NewReferral {
    /// The project that makes it.
    pub project: ProjectId,
    /// To whom.
    pub to: To,
    /// What telling them is for.
    pub purpose: Purpose,
    /// Why; a key of [`super::codes::REASONS`].
    pub reason: String,
    /// How soon; a key of [`super::codes::PRIORITIES`].
    pub priority: String,
    /// Areas of need.
    pub needs: Vec<String>,
    /// Why although the directory says they would not be taken; empty when they would.
    pub despite: String,
    /// What is told.
    pub packet: Vec<Section>,
    /// By which means; a key of [`super::codes::SENT_BY`].
    pub means: String,
    /// The day by which the service promises an answer.
    pub reply_due: Date,
    /// When it was sent: now, or earlier when it is written down afterwards.
    pub sent_at: Timestamp,
}

/// What telling a service is for, by who it is.
#[must_use]
pub fn purpose_for(recipient: Recipient) -> Purpose {
    match recipient {
        Recipient::Gp | Recipient::MentalHealthTrust | Recipient::PrisonHealthcare => Purpose::Treatment,
        _ => Purpose::Support,
    }
}

/// May this service be told about this person now?
///
/// # Errors
/// When the database can't be read.
pub fn may_tell(
    r: &mut Read<'_>,
    person: &Person,
    to: &To,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Ruling> {
    let about = consent::Subject::person(r, person)?;
    consent::ask_about(r, &about, &to.question(purpose), now)
}

/// Whether the person has said no since the service was told: then its link opens no more, and we should take the referral back.
/// A reason to tell without consent that has run out says nothing of that kind: what was told under it was told.
///
/// # Errors
/// When the database can't be read.
pub fn withdrawn_since(
    r: &mut Read<'_>,
    person: &Person,
    referral: &Referral,
    now: Timestamp,
) -> Result<Option<Stop>> {
    let about = consent::Subject::person(r, person)?;
    let question =
        Question { recipient: referral.recipient, name: &referral.service_name, purpose: referral.purpose };
    Ok(match consent::ask_about(r, &about, &question, now)? {
        Ruling::Stop(stop)
            if matches!(stop.why, Why::Refused | Why::Withdrawn)
                && stop.since.is_some_and(|since| since > referral.sent_at) =>
        {
            Some(stop)
        }
        _ => None,
    })
}

fn means_of(key: &str) -> Means {
    match key {
        "paper" => Means::Paper,
        "secure-email" => Means::SecureEmail,
        "telephone" => Means::Telephone,
        _ => Means::System,
    }
}

/// Makes a referral: the ruling, the ledger's entry, the referral and its e-mail are one unit of work.
///
/// # Errors
/// When the database refuses.
pub fn make<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    id: ReferralId,
    new: &NewReferral,
) -> Result<std::result::Result<(), Stop>> {
    let about = consent::Subject::person(w, person)?;
    let (now, by, account) = (clock::now(), w.by(), w.actor().account);
    let headings: Vec<&str> = new.packet.iter().map(|section| section.heading.as_str()).collect();
    let told = consent::disclose_about(
        w,
        &about,
        &NewDisclosure {
            recipient: new.to.recipient,
            to_name: new.to.name.clone(),
            to_role: String::new(),
            purpose: new.purpose,
            means: means_of(&new.means),
            summary: format!("Referral: {}", headings.join(", ")),
            about: Some(("referral", id.into())),
            told_at: new.sent_at,
        },
    )?;
    let disclosure = match told {
        Ok(disclosure) => disclosure,
        Err(stop) => return Ok(Err(stop)),
    };
    let packet = serde_json::to_string(&new.packet)
        .map_err(|e| store::Error::Column { column: "packet".into(), why: e.to_string() })?;
    let sent_to = if new.means == "link-email" { new.to.email.as_str() } else { "" };
    w.record(Event::new("referral made", "referral", id).with(format!(
        "person {}, service {}",
        person.id(),
        new.to.service
    )));
    w.execute(
        sql("INSERT INTO referral (id, person_id, project_id, service_id, service_name, recipient, purpose, reason, priority, needs, despite, packet, disclosure_id, means, sent_to, sent_at, reply_due, made_at, account_id, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"),
        &[
            &id,
            &person.id(),
            &new.project,
            &new.to.service,
            &new.to.name,
            &new.to.recipient.key(),
            &new.purpose.key(),
            &new.reason,
            &new.priority,
            &new.needs.join(" "),
            &new.despite,
            &packet,
            &disclosure,
            &new.means,
            &sent_to,
            &new.sent_at,
            &new.reply_due,
            &now,
            &account,
            &by,
        ],
    )?;
    if new.means == "link-email" {
        queue(w, &letter(id, new.project, sent_to, LETTER, now))?;
    }
    crate::people::note_contact(w, person, new.project, now)?;
    Ok(Ok(()))
}

/// The text of the first letter. It says nothing about anybody: who and what for stand behind the link only.
const LETTER: &str = "A liaison service that works in courts has sent you a referral.\n\nOpen it and answer here:\n{link}\n\nThe link works once, for seven days. What you open is confidential. If it no longer opens, reply to this letter and ask for another.\n";

/// The text of a letter that asks again.
pub(super) const CHASER: &str = "We have not heard from you about a referral that we sent you.\n\nOpen it and answer here; the link that we sent before no longer works:\n{link}\n\nThe link works once, for seven days. What you open is confidential. If you have answered already, please ring us.\n";

/// A letter to a service with a link to its page of this referral.
pub(super) fn letter(id: ReferralId, project: ProjectId, to: &str, text: &str, at: Timestamp) -> NewMessage {
    NewMessage {
        kind: Kind::Email,
        to: to.to_owned(),
        subject: "A referral is waiting for your answer".into(),
        body: text.to_owned(),
        link: Some(LinkWanted {
            purpose: LinkPurpose::ReferralAnswer,
            subject: id.into(),
            hours: LINK_HOURS,
            path: ANSWER_PATH,
        }),
        about: ("referral", id.into()),
        project,
        at,
    }
}

/// Another referral of the same person takes over: the old one ends and names the new one.
///
/// # Errors
/// When the database refuses.
pub fn transfer<C: Capability>(
    w: &mut Writer<'_, C>,
    person: &Person,
    from: ReferralId,
    to: ReferralId,
    why: &str,
) -> Result<()> {
    let Some(old) = by_id(w, from)? else { return Ok(()) };
    let same = ids_of(w, person)?.contains(&old.person);
    if !same || !old.state(clock::now()).is_open() {
        return Ok(());
    }
    keep(w, &old, &New { of: Some(to.into()), words: why.into(), ..New::of(What::Transferred) })?;
    end_links(w, &old)
}
