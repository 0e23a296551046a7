//! Recording what happened in court: on a line, on a day in court that is here already, or on one typed about a person.

use super::record_form::draw;
use crate::access::policy::RecordHearings;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::drafts::{self, Instance, Sent as SentBefore};
use crate::hearings::days::{Day, days, plain};
use crate::hearings::heard::Heard;
use crate::hearings::kept;
use crate::hearings::saying::{NewWord, On, say};
use crate::hearings::sheet::{fill, read};
use crate::hearings::subject::{Subject, hearing_in_scope, of_line, of_person};
use crate::ids::{HearingId, ListingId, PersonId};
use crate::projects::{Court, courts_in_scope, national_code_of};
use crate::web::components::{Form, TypedDate, typed_date};
use crate::web::{Page, PageError, Sent};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};

/// The longest text of one field.
const LONGEST: usize = 200;

/// Which day in court an address names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    Line(ListingId),
    Hearing(HearingId),
    New(PersonId),
}

impl Of {
    pub(super) fn href(self) -> String {
        match self {
            Of::Line(id) => format!("/listings/{id}/hearing"),
            Of::Hearing(id) => format!("/hearings/{id}/record"),
            Of::New(id) => format!("/people/{id}/hearings/new"),
        }
    }

    pub(super) fn instance(self) -> Instance {
        let subject = match self {
            Of::Line(id) => format!("listing {id}"),
            Of::Hearing(id) => format!("hearing {id}"),
            Of::New(id) => format!("person {id}"),
        };
        Instance { form: "What happened in court", subject, href: self.href() }
    }
}

/// What the page shows besides the form.
pub(super) struct Seen {
    pub(super) subject: Subject,
    /// The day, where there is one.
    pub(super) day: Option<Day>,
    /// All days of the person: a typed one may be there already.
    all: Vec<Day>,
    /// The courts one works at.
    pub(super) courts: Vec<Court>,
}

impl Seen {
    /// The place of the day, where the line or the court says it.
    pub(super) fn place(&self) -> Option<Heard> {
        if let Some(found) = self.subject.found() {
            return Some(Heard {
                court_code: found.court.code().to_owned(),
                court: found.court.name.clone(),
                on: found.date,
                ..Heard::default()
            });
        }
        let court = self.day.as_ref()?.court.as_ref()?;
        Some(Heard {
            court_code: court.court_code.clone(),
            court: court.court.clone(),
            on: court.on,
            ..Heard::default()
        })
    }

    /// What we recorded last, as the form names it.
    pub(super) fn ours(&self) -> String {
        self.day
            .as_ref()
            .and_then(|day| day.ours.as_ref())
            .map(|said| said.id.to_string())
            .unwrap_or_default()
    }
}

fn look(
    permit: &Permit<RecordHearings>,
    r: &mut Reader<'_, RecordHearings>,
    of: Of,
) -> store::Result<Option<Seen>> {
    let (subject, id) = match of {
        Of::Line(line) => (of_line(r, line)?, None),
        Of::New(person) => (of_person(r, person)?, None),
        Of::Hearing(id) => (hearing_in_scope(permit, r, id)?.map(|(subject, _)| subject), Some(id)),
    };
    let Some(subject) = subject else { return Ok(None) };
    let all = days(kept::about(r, &subject.about)?);
    let is_it = |day: &&Day| {
        day.hearings.iter().any(|hearing| {
            Some(hearing.id) == id
                || matches!(of, Of::Line(_))
                    && hearing.listing.is_some()
                    && hearing.listing == subject.listing()
        })
    };
    let day = all.iter().find(is_it).cloned();
    let courts = courts_in_scope(r)?;
    Ok(Some(Seen { subject, day, all, courts }))
}

pub(super) async fn for_line(permit: Permit<RecordHearings>, Path(id): Path<ListingId>) -> Page {
    form(permit, Of::Line(id)).await
}

pub(super) async fn for_hearing(permit: Permit<RecordHearings>, Path(id): Path<HearingId>) -> Page {
    form(permit, Of::Hearing(id)).await
}

pub(super) async fn for_person(permit: Permit<RecordHearings>, Path(id): Path<PersonId>) -> Page {
    form(permit, Of::New(id)).await
}

pub(super) async fn save_for_line(
    permit: Permit<RecordHearings>,
    Path(id): Path<ListingId>,
    Sent(form): Sent,
) -> Page {
    save(permit, Of::Line(id), form).await
}

pub(super) async fn save_for_hearing(
    permit: Permit<RecordHearings>,
    Path(id): Path<HearingId>,
    Sent(form): Sent,
) -> Page {
    save(permit, Of::Hearing(id), form).await
}

pub(super) async fn save_for_person(
    permit: Permit<RecordHearings>,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Page {
    save(permit, Of::New(id), form).await
}

async fn form(permit: Permit<RecordHearings>, of: Of) -> Page {
    let (account, viewer) = (permit.account_id(), permit.clone());
    let found = permit
        .read(move |r| {
            let Some(seen) = look(&viewer, r, of)? else { return Ok::<_, store::Error>(None) };
            let opened = drafts::open(r, account, &of.instance())?;
            Ok(Some((seen, opened)))
        })
        .await?;
    let Some((seen, mut opened)) = found else { return Err(PageError::NotFound) };
    if opened.continued_from.is_none() {
        begin(&seen, &mut opened.form);
    }
    Ok(draw(&permit, of, &seen, &opened))
}

/// What stands in the form when it is opened: what we recorded before; else only what says which case it is.
fn begin(seen: &Seen, form: &mut Form) {
    let day = seen.day.as_ref();
    let heard = day.map(|day| &day.heard);
    form.set("case", heard.map(|heard| heard.cases.join(", ")).unwrap_or_default());
    if let Some(ours) = day.and_then(|day| day.ours.as_ref()) {
        fill(&ours.heard, form);
        if seen.place().is_none() {
            let place = &ours.heard;
            let known = seen.courts.iter().any(|court| court.code() == place.court_code);
            form.set("court", if known { place.court_code.clone() } else { "other".into() });
            form.set("court-name", if known { String::new() } else { place.court.clone() });
            form.set("on-day", place.on.day().to_string());
            form.set("on-month", place.on.month().to_string());
            form.set("on-year", place.on.year().to_string());
            form.set("at", place.at.clone().unwrap_or_default());
        }
    }
    form.set("seen", seen.ours());
    form.set("court-said", day.and_then(|day| day.court_said).map(|id| id.to_string()).unwrap_or_default());
}

/// The place of the day: given, or typed.
fn place(seen: &Seen, form: &mut Form) -> Heard {
    let mut place = seen.place().unwrap_or_else(|| typed_place(seen, form));
    let cases = form.value("case").to_uppercase();
    place.cases =
        cases.split([',', ';']).map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned).collect();
    for field in ["case", "court-name", "why", "at"] {
        if form.value(field).chars().count() > LONGEST {
            form.refuse(field, format!("Shorten this to {LONGEST} characters"));
        }
    }
    place
}

fn typed_place(seen: &Seen, form: &mut Form) -> Heard {
    let mut place = Heard::default();
    let chosen = form.value("court").to_owned();
    match seen.courts.iter().find(|court| court.code() == chosen) {
        Some(court) => (place.court_code, place.court) = (court.code().to_owned(), court.name.clone()),
        None if chosen == "other" => {
            let name = form.value("court-name").trim().to_owned();
            if name.is_empty() {
                form.refuse("court-name", "Enter the court’s name");
            }
            place.court_code = national_code_of(&name).unwrap_or_default().to_owned();
            place.court = name;
        }
        None => form.refuse("court", "Choose the court"),
    }
    match typed_date(form, "on") {
        TypedDate::Is(day) => place.on = day,
        TypedDate::Empty => form.refuse("on", "Enter the day of the hearing"),
        TypedDate::NotADate => form.refuse("on", "Enter day, month and year in figures, like 27 3 2026"),
    }
    let typed = form.value("at").trim().to_owned();
    if !typed.is_empty() {
        match crate::screening::time_of(&typed) {
            Some(time) => place.at = Some(time.strftime("%H:%M").to_string()),
            None => form.refuse("at", "Enter a time like 10:00"),
        }
    }
    place
}

async fn save(permit: Permit<RecordHearings>, of: Of, mut form: Form) -> Page {
    let viewer = permit.clone();
    let Some(seen) = permit.read(move |r| look(&viewer, r, of)).await? else {
        return Err(PageError::NotFound);
    };
    let today = clock::london_day(clock::now());
    let place = place(&seen, &mut form);
    let heard = read(&mut form, place, today);
    let reason = form.value("why").trim().to_owned();
    // Somebody recorded meanwhile, or this very form was sent before: which of the two is known only where it is written.
    let stale = seen.ours() != form.value("seen");
    if !stale && !seen.ours().is_empty() && reason.is_empty() {
        form.refuse("why", "Say why it is changed: what was recorded before stays in the history");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, of, &seen, &drafts::reopened(&form)));
    }
    let answers_to = form.value("court-said").parse().ok();
    let (writer, sent) = (permit.clone(), form.clone());
    let kept = permit
        .write(move |w| {
            let Some(seen) = w.reading(|r| look(&writer, r, of))? else { return Err(PageError::NotFound) };
            let (on, id) = match hearing_of(&seen, of, &heard) {
                Some(id) => (On::Known(id), id),
                None => {
                    let id = HearingId::fresh();
                    (On::New(id), id)
                }
            };
            let href = format!("/hearings/{id}");
            if let SentBefore::Before(there) = drafts::submit(w, &of.instance(), &sent, &href)? {
                return Ok(there);
            }
            if seen.ours() != sent.value("seen") {
                return Err(PageError::Conflict("A colleague recorded this hearing meanwhile.".into()));
            }
            say(w, &seen.subject, &NewWord { on, heard, reason, answers_to })?;
            Ok(href)
        })
        .await;
    match kept {
        Ok(href) => Ok(Redirect::to(&href).into_response()),
        Err(PageError::Conflict(_)) => {
            let viewer = permit.clone();
            let seen = permit.read(move |r| look(&viewer, r, of)).await?.ok_or(PageError::NotFound)?;
            meanwhile(&seen, &mut form);
            Ok(draw(&permit, of, &seen, &drafts::reopened(&form)))
        }
        Err(error) => Err(error),
    }
}

/// The record it belongs to, where there is one: that of the address, else one of the same day of the same case.
fn hearing_of(seen: &Seen, of: Of, heard: &Heard) -> Option<HearingId> {
    match of {
        Of::Hearing(id) => Some(id),
        Of::Line(_) => {
            let day = seen.day.as_ref()?;
            day.hearings.iter().find(|h| h.listing == seen.subject.listing()).map(|h| h.id)
        }
        Of::New(_) => {
            let cases: Vec<String> = heard.cases.iter().map(|case| plain(case)).collect();
            let same = |day: &&Day| {
                let theirs: Vec<String> = day.heard.cases.iter().map(|case| plain(case)).collect();
                day.ours.is_none()
                    && day.heard.court_code == heard.court_code
                    && day.heard.on == heard.on
                    && (cases.is_empty()
                        || theirs.is_empty()
                        || theirs.iter().any(|case| cases.contains(case)))
            };
            seen.all.iter().find(same)?.hearings.first().map(|hearing| hearing.id)
        }
    }
}

/// What a colleague recorded since the form was opened is told; sending again then counts.
fn meanwhile(seen: &Seen, form: &mut Form) {
    let by = seen.day.as_ref().and_then(|day| day.ours.as_ref()).map(|said| said.by.clone());
    form.refuse_all(format!(
        "{} recorded this hearing since you opened the form. Yours is kept below; look at theirs, then save again with your reason if yours is right",
        by.as_deref().unwrap_or("A colleague")
    ));
    form.set("seen", seen.ours());
}
