//! Recording what happened in court: on a line, on a day in court that is here already, or on one typed about a person.

use super::parts::title;
use crate::access::policy::RecordHearings;
use crate::access::{Permit, Reader};
use crate::clock;
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::forms::inputs;
use crate::hearings::codes::GROUPS;
use crate::hearings::days::{Day, days, plain};
use crate::hearings::heard::Heard;
use crate::hearings::kept;
use crate::hearings::saying::{NewWord, On, say};
use crate::hearings::sheet::{SHEET, WORDS, fill, offered, read};
use crate::hearings::subject::{Subject, hearing_in_scope, of_line, of_person};
use crate::ids::{HearingId, ListingId, PersonId};
use crate::projects::{Court, courts_in_scope, national_code_of};
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TypedDate, Width, back_link, button, checkboxes,
    date_input, details, details_open, error_summary, inset_text, select, text_input, typed_date,
};
use crate::web::{Page, PageError, Sent, Shell, page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};

/// The longest text of one field.
const LONGEST: usize = 200;

/// Which day in court an address names.
#[derive(Debug, Clone, Copy)]
enum Of {
    Line(ListingId),
    Hearing(HearingId),
    New(PersonId),
}

impl Of {
    fn href(self) -> String {
        match self {
            Of::Line(id) => format!("/listings/{id}/hearing"),
            Of::Hearing(id) => format!("/hearings/{id}/record"),
            Of::New(id) => format!("/people/{id}/hearings/new"),
        }
    }

    fn instance(self) -> Instance {
        let subject = match self {
            Of::Line(id) => format!("listing {id}"),
            Of::Hearing(id) => format!("hearing {id}"),
            Of::New(id) => format!("person {id}"),
        };
        Instance { form: "What happened in court", subject, href: self.href() }
    }
}

/// What the page shows besides the form.
struct Seen {
    subject: Subject,
    /// The day, where there is one.
    day: Option<Day>,
    /// All days of the person: a typed one may be there already.
    all: Vec<Day>,
    /// The courts one works at.
    courts: Vec<Court>,
}

impl Seen {
    /// The place of the day, where the line or the court says it.
    fn place(&self) -> Option<Heard> {
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
    fn ours(&self) -> String {
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
    meanwhile(&seen, &mut form);
    let reason = form.value("why").trim().to_owned();
    if !seen.ours().is_empty() && reason.is_empty() {
        form.refuse("why", "Say why it is changed: what was recorded before stays in the history");
    }
    if !form.is_accepted() {
        return Ok(draw(&permit, of, &seen, &drafts::reopened(&form)));
    }
    let answers_to = form.value("court-said").parse().ok();
    let writer = permit.clone();
    let href = permit
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
            if let SentBefore::Before(there) = drafts::submit(w, &of.instance(), &form, &href)? {
                return Ok(there);
            }
            if seen.ours() != form.value("seen") {
                return Err(PageError::Conflict(
                    "A colleague recorded something about this hearing at this very moment.".into(),
                ));
            }
            say(w, &seen.subject, &NewWord { on, heard, reason, answers_to })?;
            Ok(href)
        })
        .await?;
    Ok(Redirect::to(&href).into_response())
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
    let ours = seen.ours();
    if ours != form.value("seen") {
        let by = seen.day.as_ref().and_then(|day| day.ours.as_ref()).map(|said| said.by.clone());
        form.refuse_all(format!(
            "{} recorded this hearing since you opened the form. Yours is kept below; look at theirs, then save again with your reason if yours is right",
            by.as_deref().unwrap_or("A colleague")
        ));
        form.set("seen", ours);
    }
}

fn draw(permit: &Permit<RecordHearings>, of: Of, seen: &Seen, opened: &Opened) -> Response {
    let (form, what) = (&opened.form, of.instance());
    let place = seen.place();
    let on = match (&place, typed_date(form, "on")) {
        (Some(place), _) => place.on,
        (None, TypedDate::Is(on)) => on,
        (None, _) => clock::london_day(clock::now()),
    };
    let heading = match &place {
        Some(place) => format!("What happened in court: {}", title(place)),
        None => "A hearing of this person".to_owned(),
    };
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { (heading) }
        @if let Some(day) = &seen.day { (court_says(day)) }
        form method="post" action=(what.href) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&what, opened))
            input type="hidden" name="seen" value=(form.value("seen"));
            input type="hidden" name="court-said" value=(form.value("court-said"));
            @if place.is_none() { (place_fields(form, &seen.courts)) }
            (text_input(&form.field("case", "Case reference").with_size(LabelSize::Small).with_hint("URN or case number, as the list has it; several with commas"), Input { autocomplete: Some("off"), ..Input::default() }))
            (inputs(&SHEET, form))
            (result_fields(form, on))
            (inputs(&WORDS, form))
            @if !seen.ours().is_empty() {
                (text_input(&form.field("why", "Why is it changed?").with_size(LabelSize::Small), Input { autocomplete: Some("off"), ..Input::default() }))
            }
            (button("Save", Emphasis::Primary))
        }
    };
    let ok = form.is_accepted();
    let (back, href) = match of {
        Of::Hearing(id) => ("Hearing", format!("/hearings/{id}")),
        Of::New(id) => ("Hearings", format!("/people/{id}/hearings")),
        Of::Line(_) => seen.subject.home(),
    };
    let shell = Shell {
        title: if ok { "What happened in court" } else { "Error: What happened in court" },
        room: "/people",
        before: Some(back_link(back, &href)),
        identity: Some(seen.subject.identity()),
        wide: false,
    };
    let status = if ok { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, page(permit, shell, body)).into_response()
}

fn court_says(day: &Day) -> Markup {
    html! {
        @if let Some(court) = &day.court {
            (inset_text(html! {
                @if court.says_what_happened() { "The court’s message already says: " (court.ended.words().to_lowercase()) ". What you record stands beside it; where it differs, both are shown." }
                @else { "The list says no result" @if court.before.is_said() { "; before the hearing: " (court.before.words().to_lowercase()) } "." }
            }))
        }
    }
}

fn place_fields(form: &Form, courts: &[Court]) -> Markup {
    let mut choices = vec![Choice::new("", "Choose")];
    choices.extend(courts.iter().map(|court| Choice::new(court.code(), &court.name)));
    choices.push(Choice::new("other", "Another court"));
    html! {
        (select(&form.field("court", "Court").with_size(LabelSize::Small), &choices))
        (text_input(&form.field("court-name", "Name of another court").with_size(LabelSize::Small).with_hint("Only for “Another court”, like Snaresbrook Crown Court"), Input { autocomplete: Some("off"), ..Input::default() }))
        (date_input(&form.field("on", "Day of the hearing").with_size(LabelSize::Small)))
        (text_input(&form.field("at", "Time").with_size(LabelSize::Small).with_hint("Like 10:00"), Input { width: Width::Five, autocomplete: Some("off"), ..Input::default() }))
    }
}

/// Result codes a court could give on the day, in groups that are folded until something in them is ticked.
fn result_fields(form: &Form, on: Date) -> Markup {
    let codes: Vec<_> = offered(on).collect();
    html! {
        h2 class="govuk-heading-m" { "Results" }
        p class="govuk-body al-muted" { "National result codes. Tick what you know; the court’s own message fills in the rest." }
        @for group in GROUPS {
            @let labels: Vec<(&str, String)> = codes.iter().filter(|code| group.uses.contains(&code.used_as)).map(|code| (code.code, format!("{} ({})", code.meaning, code.code))).collect();
            @let choices: Vec<Choice<'_>> = labels.iter().map(|(code, label)| Choice::new(code, label)).collect();
            @let ticked = !form.values(group.field).is_empty() || form.error(group.field).is_some();
            @let boxes = checkboxes(&form.field(group.field, group.heading).with_size(LabelSize::Hidden), Layout::Small, &choices);
            @if choices.is_empty() {} @else if ticked { (details_open(group.heading, boxes)) } @else { (details(group.heading, boxes)) }
        }
    }
}
