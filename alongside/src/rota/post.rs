//! Posts of the rota as they are kept: somebody, somewhere, every week or on one day.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::{ProjectId, RotaPostId};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use store::{Result, Row, sql};
use uuid::Uuid;

/// Half a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Half {
    /// Until one o'clock.
    Morning,
    /// After.
    Afternoon,
}

impl Half {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Morning, Self::Afternoon];

    /// As it is kept, and as people read it in a sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
        }
    }

    /// The half of the day that a moment lies in.
    #[must_use]
    pub fn now(at: Timestamp) -> Self {
        if clock::in_london(at).hour() < 13 { Self::Morning } else { Self::Afternoon }
    }

    /// The half with this key.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|half| half.key() == key)
    }
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A court: code and name.
    Court(String, String),
    /// A probation office, or where else.
    Office(String),
}

impl Place {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Court(_, name) | Self::Office(name) => name,
        }
    }

    /// The court's code, where it is one.
    #[must_use]
    pub fn court(&self) -> Option<&str> {
        match self {
            Self::Court(code, _) => Some(code),
            Self::Office(_) => None,
        }
    }
}

/// On which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Every week on this weekday, from a day on.
    Every(Weekday, Date),
    /// On one day.
    On(Date),
}

/// A post to be put on the rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    /// The project.
    pub project: ProjectId,
    /// Who; nobody on purpose for none.
    pub who: Option<Uuid>,
    /// Which half of the day.
    pub half: Half,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
}

/// A post as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub id: RotaPostId,
    /// What was put.
    pub new: NewPost,
    /// The name of who is there; empty for nobody on purpose.
    pub name: String,
    /// Their account is disabled.
    pub left: bool,
    /// The last day, once it is ended.
    pub last_day: Option<Date>,
    /// Days on which they are not there: day, why, who said so.
    pub off: Vec<(Date, String, String)>,
    /// Who put it, in words.
    pub by: String,
}

impl Post {
    /// Whether it is meant for a day, away or not.
    #[must_use]
    pub fn is_for(&self, day: Date) -> bool {
        let due = match self.new.when {
            When::Every(weekday, from) => day.weekday() == weekday && day >= from,
            When::On(on) => day == on,
        };
        due && self.last_day.is_none_or(|last| day <= last)
    }

    /// The first day from one on that it is meant for; nothing when it is over.
    #[must_use]
    pub fn next(&self, from: Date) -> Option<Date> {
        let day = match self.new.when {
            When::On(on) => on,
            When::Every(weekday, first) => {
                let from = from.max(first);
                from.saturating_add(i64::from(from.weekday().until(weekday)).days())
            }
        };
        (day >= from && self.is_for(day)).then_some(day)
    }
}

/// Puts a post on the rota.
///
/// # Errors
/// When the database refuses.
pub fn put<C: Capability>(w: &mut Writer<'_, C>, id: RotaPostId, new: &NewPost) -> Result<()> {
    let (by, who) = (w.by(), new.who.map_or("nobody, on purpose".into(), |who| format!("account {who}")));
    let (weekday, first): (Option<i64>, Date) = match new.when {
        When::Every(weekday, from) => (Some(i64::from(weekday.to_monday_one_offset())), from),
        When::On(day) => (None, day),
    };
    let office = if new.place.court().is_some() { "" } else { new.place.name() };
    // Typed words stay out of the audit.
    w.record(Event::new("put on the rota", "rota", id).with(format!(
        "{who}, {} {}, {first}",
        new.place.court().unwrap_or("elsewhere"),
        new.half.key()
    )));
    w.execute(
        sql("INSERT INTO rota_post (id, project_id, account_id, half, court_code, place, weekday, first_day, made_at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        &[
            &id,
            &new.project,
            &new.who,
            &new.half.key(),
            &new.place.court(),
            &office,
            &weekday,
            &first,
            &clock::now(),
            &by,
        ],
    )?;
    Ok(())
}

/// Writes a change down: `off` (not there on a day, why), `on` (there after all), `ended` (after a day).
///
/// # Errors
/// When the database refuses.
pub fn change<C: Capability>(
    w: &mut Writer<'_, C>,
    post: RotaPostId,
    kind: &'static str,
    day: Date,
    words: &str,
) -> Result<()> {
    let by = w.by();
    w.record(Event::new("rota changed", "rota", post).with(format!("{kind} {day}")));
    w.execute(
        sql("INSERT INTO rota_change (id, post_id, kind, day, words, at, by_words) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[&Uuid::now_v7(), &post, &kind, &day, &words, &clock::now(), &by],
    )?;
    Ok(())
}

/// Posts of the reader's projects that may be meant for days between two.
///
/// # Errors
/// When the database can't be read.
pub fn posts<C: Capability>(r: &mut Reader<'_, C>, from: Date, to: Date) -> Result<Vec<Post>> {
    let (all, projects) = r.projects();
    let mut found = r
        .query_list(
            sql("SELECT p.*, a.name, a.disabled_at, c.name AS court FROM rota_post p LEFT JOIN account a ON a.id = p.account_id LEFT JOIN court c ON c.code = p.court_code WHERE p.first_day <= $1 AND (p.weekday IS NOT NULL OR p.first_day >= $2) AND ($3 OR p.project_id IN ($LIST)) ORDER BY c.name, p.place, a.name, p.id"),
            &[&to, &from, &all],
            &projects,
        )?
        .iter()
        .map(post)
        .collect::<Result<Vec<Post>>>()?;
    let changes = r.query_list(
        sql("SELECT x.* FROM rota_change x JOIN rota_post p ON p.id = x.post_id WHERE ($1 OR p.project_id IN ($LIST)) ORDER BY x.at, x.id"),
        &[&all],
        &projects,
    )?;
    for row in &changes {
        let (id, kind): (RotaPostId, String) = (row.get("post_id")?, row.get("kind")?);
        let day: Date = row.get("day")?;
        let Some(post) = found.iter_mut().find(|post| post.id == id) else { continue };
        post.off.retain(|(off, ..)| kind == "ended" || *off != day);
        match kind.as_str() {
            "ended" => post.last_day = Some(day),
            "off" => post.off.push((day, row.get("words")?, row.get("by_words")?)),
            _ => {}
        }
    }
    found.retain(|post| post.last_day.is_none_or(|last| last >= from));
    Ok(found)
}

/// Posts from a day on that are still those of colleagues whose accounts are disabled.
///
/// # Errors
/// When the database can't be read.
pub fn left_posts<C: Capability>(r: &mut Reader<'_, C>, from: Date) -> Result<Vec<Post>> {
    let mut all = posts(r, from, Date::MAX)?;
    all.retain(|post| post.left && post.next(from).is_some());
    Ok(all)
}

/// One of the reader's projects, when it is meant for a day.
pub(super) fn find_post<C: Capability>(
    r: &mut Reader<'_, C>,
    id: RotaPostId,
    day: Date,
) -> Result<Option<Post>> {
    Ok(posts(r, day, day)?.into_iter().find(|post| post.id == id && post.is_for(day)))
}

fn post(row: &Row) -> Result<Post> {
    let weekday: Option<i64> = row.get("weekday")?;
    let first: Date = row.get("first_day")?;
    let weekday =
        weekday.and_then(|n| i8::try_from(n).ok()).and_then(|n| Weekday::from_monday_one_offset(n).ok());
    let (court, name): (Option<String>, Option<String>) = (row.get("court_code")?, row.get("court")?);
    let half: String = row.get("half")?;
    let disabled: Option<Timestamp> = row.get("disabled_at")?;
    Ok(Post {
        id: row.get("id")?,
        new: NewPost {
            project: row.get("project_id")?,
            who: row.get("account_id")?,
            half: Half::of(&half).unwrap_or(Half::Morning),
            place: match court {
                Some(code) => {
                    let name = name.unwrap_or_else(|| code.clone());
                    Place::Court(code, name)
                }
                None => Place::Office(row.get("place")?),
            },
            when: weekday.map_or(When::On(first), |weekday| When::Every(weekday, first)),
        },
        name: row.get::<Option<String>>("name")?.unwrap_or_default(),
        left: disabled.is_some(),
        last_day: None,
        off: Vec::new(),
        by: row.get("by_words")?,
    })
}
