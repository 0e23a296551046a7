//! The rows: opening, saving, sending, throwing away, and what remains after thirty days.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::DraftId;
use crate::web::components::Form;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use store::{Read, Result, Row, Write, sql};
use uuid::Uuid;

/// How long a draft can be brought back.
const KEPT_DAYS: i64 = 30;

/// Which form, about what: a person has one draft of a form about a thing at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The form's name, as people read it on the shelf: "Screening". No name of a person.
    pub form: &'static str,
    /// What it is about, by id: "listing 0198…".
    pub subject: String,
    /// Where the form is opened.
    pub href: String,
}

/// A form as it should be shown: blank, or as it was left.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The draft's id: also the key that makes sending it twice one sending.
    pub id: DraftId,
    /// The version the page is made from; 0 before the first save.
    pub version: i64,
    /// What was typed.
    pub form: Form,
    /// When it was saved last, if this goes on with an earlier draft.
    pub continued_from: Option<Timestamp>,
    /// Other texts of the same form that were kept.
    pub other_texts: usize,
}

/// What became of a form that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It is the first time: do the work.
    Now,
    /// The same form was sent before; this is where its result is.
    Before(String),
}

/// One draft on the shelf.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub id: DraftId,
    pub form: String,
    pub href: String,
    pub version: i64,
    pub body: Form,
    pub saved_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
    pub result_href: Option<String>,
    pub discarded_at: Option<Timestamp>,
    pub emptied: bool,
}

fn kept(row: &Row) -> Result<Kept> {
    Ok(Kept {
        id: row.get("id")?,
        form: row.get("form")?,
        href: row.get("href")?,
        version: row.get("version")?,
        body: from_json(&row.get::<String>("body")?)?,
        saved_at: row.get("saved_at")?,
        submitted_at: row.get("submitted_at")?,
        result_href: row.get("result_href")?,
        discarded_at: row.get("discarded_at")?,
        emptied: row.get::<Option<Timestamp>>("emptied_at")?.is_some(),
    })
}

fn from_json(text: &str) -> Result<Form> {
    if text.is_empty() {
        return Ok(Form::blank());
    }
    let pairs: Vec<(String, String)> = serde_json::from_str(text)
        .map_err(|e| store::Error::Column { column: "body".into(), why: e.to_string() })?;
    Ok(Form::from_pairs(pairs))
}

/// What was typed, without the fields that are the draft's own.
fn to_json(form: &Form) -> Result<String> {
    let pairs: Vec<(&str, &str)> = form.pairs().filter(|(name, _)| !name.starts_with("draft")).collect();
    serde_json::to_string(&pairs)
        .map_err(|e| store::Error::Column { column: "body".into(), why: e.to_string() })
}

/// The form for this account: the open draft if there is one, else a blank form with a fresh id. Nothing is written.
///
/// # Errors
/// When the database can't be read.
pub fn open<C: Capability>(r: &mut Reader<'_, C>, account: Uuid, what: &Instance) -> Result<Opened> {
    let row = r.maybe(
        sql("SELECT * FROM draft WHERE account_id = $1 AND form = $2 AND subject = $3 AND submitted_at IS NULL AND discarded_at IS NULL AND emptied_at IS NULL ORDER BY saved_at DESC"),
        &[&account, &what.form, &what.subject],
    )?;
    let Some(row) = row else {
        return Ok(Opened {
            id: DraftId::fresh(),
            version: 0,
            form: Form::blank(),
            continued_from: None,
            other_texts: 0,
        });
    };
    let kept = kept(&row)?;
    let others = other_texts(r, kept.id)?.len();
    Ok(Opened {
        id: kept.id,
        version: kept.version,
        form: kept.body,
        continued_from: Some(kept.saved_at),
        other_texts: others,
    })
}

/// What an autosave came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saved {
    /// Kept as this version.
    As(i64),
    /// The form was sent or thrown away, or saved elsewhere since: the text is kept beside the other one.
    Beside,
    /// Somebody else's draft, or no draft.
    NotYours,
}

/// Keeps what is typed. `seen` is the version the page was made from.
pub(super) fn save(
    w: &mut Write<'_>,
    account: Uuid,
    id: DraftId,
    what: (&str, &str, &str),
    seen: i64,
    form: &Form,
) -> Result<Saved> {
    let (now, body) = (clock::now(), to_json(form)?);
    let (form_name, subject, href) = what;
    let inserted = w.execute(
        sql("INSERT INTO draft (id, account_id, form, subject, href, version, body, begun_at, saved_at) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8) ON CONFLICT (id) DO NOTHING"),
        &[&id, &account, &form_name, &subject, &href, &body, &now, &now],
    )?;
    if inserted == 1 {
        return Ok(Saved::As(1));
    }
    let moved = w.execute(
        sql("UPDATE draft SET version = version + 1, body = $1, saved_at = $2 WHERE id = $3 AND account_id = $4 AND version = $5 AND submitted_at IS NULL AND discarded_at IS NULL AND emptied_at IS NULL"),
        &[&body, &now, &id, &account, &seen],
    )?;
    if moved == 1 {
        return Ok(Saved::As(seen + 1));
    }
    let Some(there) = owned(w, account, id)? else { return Ok(Saved::NotYours) };
    let same = to_json(&there.body)? == body;
    // The answer to an earlier try was lost on the way: the same text again is that one, and no other.
    if same && there.submitted_at.is_none() && there.discarded_at.is_none() && !there.emptied {
        return Ok(Saved::As(there.version));
    }
    if there.submitted_at.is_none() || !same {
        keep_beside(w, id, &body, now)?;
    }
    Ok(Saved::Beside)
}

fn keep_beside(w: &mut Write<'_>, id: DraftId, body: &str, now: Timestamp) -> Result<()> {
    let same =
        w.maybe(sql("SELECT id FROM draft_other_text WHERE draft_id = $1 AND body = $2"), &[&id, &body])?;
    if same.is_none() {
        w.execute(
            sql("INSERT INTO draft_other_text (id, draft_id, body, saved_at) VALUES ($1, $2, $3, $4)"),
            &[&Uuid::now_v7(), &id, &body, &now],
        )?;
    }
    Ok(())
}

/// Says that a form is being sent, in the transaction of the work it asks for. Call it first; when the answer is
/// [`Sent::Before`], do nothing and go where it says. `result` is the address of what the work makes.
///
/// # Errors
/// When the database refuses.
pub fn submit<C: Capability>(
    w: &mut Writer<'_, C>,
    what: &Instance,
    sent: &Form,
    result: &str,
) -> Result<Sent> {
    let account = w.actor().account.unwrap_or_else(Uuid::nil);
    let id: DraftId = sent.value("draft").parse().unwrap_or_else(|_| DraftId::fresh());
    let seen: i64 = sent.value("draft_version").parse().unwrap_or(0);
    let (now, body) = (clock::now(), to_json(sent)?);
    w.record(Event::new("form sent", "draft", id).with(what.form));
    let mut raw = w.raw_for_operator();
    let inserted = raw.execute(
        sql("INSERT INTO draft (id, account_id, form, subject, href, version, body, begun_at, saved_at, submitted_at, result_href) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING"),
        &[&id, &account, &what.form, &what.subject, &what.href, &body, &now, &now, &now, &result],
    )?;
    if inserted == 1 {
        return Ok(Sent::Now);
    }
    let moved = raw.execute(
        sql("UPDATE draft SET submitted_at = $1, result_href = $2, saved_at = $3 WHERE id = $4 AND account_id = $5 AND submitted_at IS NULL"),
        &[&now, &result, &now, &id, &account],
    )?;
    let Some(there) = owned(&mut raw, account, id)? else {
        // Somebody else's id in our form is a mistake in a program, not a thing a person does: the work is a new one.
        return Ok(Sent::Now);
    };
    if moved == 0 {
        return Ok(Sent::Before(there.result_href.unwrap_or_else(|| what.href.clone())));
    }
    if there.version > seen && to_json(&there.body)? != body {
        let later = to_json(&there.body)?;
        keep_beside(&mut raw, id, &later, now)?;
    }
    raw.execute(sql("UPDATE draft SET body = $1, version = version + 1 WHERE id = $2"), &[&body, &id])?;
    Ok(Sent::Now)
}

/// Keeps what was typed for later, for a form that was sent by a "finish later" button: the way without script.
///
/// # Errors
/// When the database refuses.
pub fn keep<C: Capability>(w: &mut Writer<'_, C>, what: &Instance, sent: &Form) -> Result<()> {
    let account = w.actor().account.unwrap_or_else(Uuid::nil);
    let id: DraftId = sent.value("draft").parse().unwrap_or_else(|_| DraftId::fresh());
    let seen: i64 = sent.value("draft_version").parse().unwrap_or(0);
    w.record(Event::new("form put aside", "draft", id).with(what.form));
    save(&mut w.raw_for_operator(), account, id, (what.form, &what.subject, &what.href), seen, sent)?;
    Ok(())
}

fn owned(r: &mut Read<'_>, account: Uuid, id: DraftId) -> Result<Option<Kept>> {
    r.maybe(sql("SELECT * FROM draft WHERE id = $1 AND account_id = $2"), &[&id, &account])?
        .map(|row| kept(&row))
        .transpose()
}

/// One's own draft.
pub(super) fn find(r: &mut Read<'_>, account: Uuid, id: DraftId) -> Result<Option<Kept>> {
    owned(r, account, id)
}

/// One's own drafts of the last thirty days, newest first.
pub(super) fn shelf(r: &mut Read<'_>, account: Uuid) -> Result<Vec<Kept>> {
    r.query(
        sql("SELECT * FROM draft WHERE account_id = $1 AND emptied_at IS NULL ORDER BY saved_at DESC LIMIT 200"),
        &[&account],
    )?
    .iter()
    .map(kept)
    .collect()
}

/// Other texts of one draft, newest first.
pub(super) fn other_texts(r: &mut Read<'_>, id: DraftId) -> Result<Vec<(Timestamp, Form)>> {
    r.query(
        sql("SELECT body, saved_at FROM draft_other_text WHERE draft_id = $1 AND emptied_at IS NULL ORDER BY saved_at DESC"),
        &[&id],
    )?
    .iter()
    .map(|row| Ok((row.get("saved_at")?, from_json(&row.get::<String>("body")?)?)))
    .collect()
}

/// Puts an unsent draft away; it stays on the shelf.
pub(super) fn discard<C: Capability>(w: &mut Writer<'_, C>, account: Uuid, id: DraftId) -> Result<bool> {
    w.record(Event::new("draft put away", "draft", id));
    let n = w.execute(
        sql("UPDATE draft SET discarded_at = $1 WHERE id = $2 AND account_id = $3 AND submitted_at IS NULL"),
        &[&clock::now(), &id, &account],
    )?;
    Ok(n == 1)
}

/// Makes a draft that was put away the open one again.
pub(super) fn bring_back<C: Capability>(w: &mut Writer<'_, C>, account: Uuid, id: DraftId) -> Result<bool> {
    w.record(Event::new("draft brought back", "draft", id));
    let n = w.execute(
        sql("UPDATE draft SET discarded_at = NULL, saved_at = $1 WHERE id = $2 AND account_id = $3 AND submitted_at IS NULL AND emptied_at IS NULL"),
        &[&clock::now(), &id, &account],
    )?;
    Ok(n == 1)
}

/// What a colleague typed about something and never sent.
#[derive(Debug, Clone)]
pub struct Unsent {
    /// The draft's id.
    pub id: DraftId,
    /// The form's name.
    pub form: String,
    /// When it was saved last.
    pub saved_at: Timestamp,
    /// Names of fields and what was typed into them: the newest text, then other texts that were kept.
    pub typed: Vec<(String, String)>,
}

/// Whether a form is about any of these records: its id stands in what the form is about, or in where it is opened.
#[must_use]
pub fn is_about(subject: &str, href: &str, ids: &HashSet<String>) -> bool {
    subject.split(' ').chain(href.split(['/', '?', '=', '&'])).any(|part| ids.contains(part))
}

/// What was typed about any of these records and never sent, also what was put away; emptied ones hold no text any more.
///
/// # Errors
/// When the database can't be read.
pub fn unsent_about(r: &mut Read<'_>, ids: &HashSet<String>) -> Result<Vec<Unsent>> {
    let mut found = Vec::new();
    for row in r.query(
        sql("SELECT * FROM draft WHERE submitted_at IS NULL AND emptied_at IS NULL ORDER BY saved_at, id"),
        &[],
    )? {
        let (subject, href): (String, String) = (row.get("subject")?, row.get("href")?);
        if !is_about(&subject, &href, ids) {
            continue;
        }
        let draft = kept(&row)?;
        let mut texts = vec![draft.body];
        texts.extend(other_texts(r, draft.id)?.into_iter().map(|(_, form)| form));
        let typed = texts.iter().flat_map(Form::pairs).filter(|(_, value)| !value.trim().is_empty());
        found.push(Unsent {
            id: draft.id,
            form: draft.form,
            saved_at: draft.saved_at,
            typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        });
    }
    Ok(found)
}

/// Empties texts older than thirty days, but for those that somebody asked to see; the rows stay, so that a form sent twice is
/// known for ever.
///
/// # Errors
/// When the database refuses.
pub fn empty_old(w: &mut Write<'_>, now: Timestamp, asked_for: &HashSet<DraftId>) -> Result<u64> {
    let before = now.checked_sub(SignedDuration::from_hours(24 * KEPT_DAYS)).unwrap_or(now);
    let old = sql("SELECT id FROM draft WHERE emptied_at IS NULL AND saved_at < $1");
    let mut due: Vec<DraftId> =
        w.query(old, &[&before])?.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    due.retain(|id| !asked_for.contains(id));
    let others =
        sql("SELECT DISTINCT draft_id FROM draft_other_text WHERE emptied_at IS NULL AND saved_at < $1");
    let mut others: Vec<DraftId> =
        w.query(others, &[&before])?.iter().map(|row| row.get("draft_id")).collect::<Result<_>>()?;
    others.retain(|id| !asked_for.contains(id));
    w.execute_list(
        sql("UPDATE draft_other_text SET body = '', emptied_at = $1 WHERE emptied_at IS NULL AND saved_at < $2 AND draft_id IN ($LIST)"),
        &[&now, &before],
        &others,
    )?;
    w.execute_list(
        sql("UPDATE draft SET body = '', emptied_at = $1 WHERE emptied_at IS NULL AND saved_at < $2 AND id IN ($LIST)"),
        &[&now, &before],
        &due,
    )
}
