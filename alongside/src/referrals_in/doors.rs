//! Doors for people without an account: a link for one referral, or an open form behind a poster. What an open form can cost us is
//! bounded: so many referrals in ten minutes from one network, and through one door; any number of tries is one row.

use crate::access::{Capability, Reader, Writer, secret};
use crate::audit::Event;
use crate::clock;
use crate::ids::ProjectId;
use jiff::Timestamp;
use store::{Read, Result, Row, sql};
use uuid::Uuid;

/// Referrals through one open form in ten minutes.
pub const MOST_PER_DOOR: i64 = 20;
/// Referrals from one network in ten minutes, through open forms.
pub const MOST_PER_NETWORK: i64 = 5;
/// Characters of a poster's address: short enough to be typed, long enough not to be guessed.
const CODE_LENGTH: usize = 10;

/// A door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Its id.
    pub id: Uuid,
    /// The project.
    pub project: ProjectId,
    /// "link" or "poster".
    pub kind: String,
    /// For whom, or where it hangs.
    pub name: String,
    /// What stands in a poster's address.
    pub code: Option<String>,
    /// Made when, by whom.
    pub made: (Timestamp, String),
    /// Closed.
    pub ended: Option<(Timestamp, String)>,
}

fn door(row: &Row) -> Result<Door> {
    let ended: Option<Timestamp> = row.get("ended_at")?;
    let by: Option<String> = row.get("ended_by")?;
    Ok(Door {
        id: row.get("id")?,
        project: row.get("project_id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        code: row.get("code")?,
        made: (row.get("made_at")?, row.get("made_by")?),
        ended: ended.map(|at| (at, by.unwrap_or_default())),
    })
}

/// Makes a door. A poster gets a code of its own; a link's secret is made by `links`.
///
/// # Errors
/// When the database refuses or the system has no randomness.
pub fn make_door<C: Capability>(
    w: &mut Writer<'_, C>,
    project: ProjectId,
    kind: &'static str,
    name: &str,
) -> Result<Door> {
    let (id, now, by) = (Uuid::now_v7(), clock::now(), w.by());
    let code = match kind {
        "poster" => Some(code()?),
        _ => None,
    };
    w.record(
        Event::new("door for referrals made", "referral door", id).with(format!("{kind}, project {project}")),
    );
    w.execute(
        sql("INSERT INTO referral_door (id, project_id, kind, name, code, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&id, &project, &kind, &name, &code, &now, &by],
    )?;
    Ok(Door { id, project, kind: kind.into(), name: name.into(), code, made: (now, by), ended: None })
}

/// Letters and digits that are not taken for each other.
fn code() -> Result<String> {
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let secret = secret()?;
    Ok(secret.bytes().take(CODE_LENGTH).map(|b| char::from(SIGNS[usize::from(b) % SIGNS.len()])).collect())
}

/// Closes a door.
///
/// # Errors
/// When the database refuses.
pub fn end_door<C: Capability>(w: &mut Writer<'_, C>, id: Uuid) -> Result<()> {
    let by = w.by();
    w.record(Event::new("door for referrals closed", "referral door", id));
    w.execute(
        sql("UPDATE referral_door SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL"),
        &[&clock::now(), &by, &id],
    )?;
    Ok(())
}

/// Doors of the reader's projects, newest first.
///
/// # Errors
/// When the database can't be read.
pub fn doors<C: Capability>(r: &mut Reader<'_, C>) -> Result<Vec<Door>> {
    let (all, projects) = r.projects();
    r.query_list(
        sql("SELECT * FROM referral_door WHERE $1 OR project_id IN ($LIST) ORDER BY made_at DESC, id DESC"),
        &[&all],
        &projects,
    )?
    .iter()
    .map(door)
    .collect()
}

/// The poster with this code, if it hangs.
pub(super) fn poster(r: &mut Read<'_>, code: &str) -> Result<Option<Door>> {
    r.maybe(sql("SELECT * FROM referral_door WHERE code = $1 AND ended_at IS NULL"), &[&code])?
        .map(|row| door(&row))
        .transpose()
}

/// A door by its id, if it is open: for a link, which proves itself.
pub(super) fn open_door(r: &mut Read<'_>, id: Uuid) -> Result<Option<Door>> {
    r.maybe(sql("SELECT * FROM referral_door WHERE id = $1 AND ended_at IS NULL"), &[&id])?
        .map(|row| door(&row))
        .transpose()
}

/// Counts one use; false when there were too many in these ten minutes. One row a bucket, however many tries.
pub(super) fn may_pass<C: Capability>(
    w: &mut Writer<'_, C>,
    bucket: &str,
    most: i64,
    now: Timestamp,
) -> Result<bool> {
    let since = Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(600)).unwrap_or(now);
    let n: i64 = w
        .maybe(sql("SELECT n FROM referral_door_use WHERE bucket = $1 AND since = $2"), &[&bucket, &since])?
        .map(|row| row.get("n"))
        .transpose()?
        .unwrap_or(0);
    if n >= most {
        return Ok(false);
    }
    w.record(Event::new("open form used", "referral door", bucket));
    w.execute(
        sql("INSERT INTO referral_door_use (bucket, since, n) VALUES ($1, $2, 1) ON CONFLICT (bucket, since) DO UPDATE SET n = referral_door_use.n + 1"),
        &[&bucket, &since],
    )?;
    Ok(true)
}
