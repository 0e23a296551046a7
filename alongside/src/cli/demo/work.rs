//! What colleagues did at the nine courts: the court day before is worked through, today is half done.

use super::assessing::{self, assess, consent_in_part, trend};
use super::court;
use super::psychiatry::{self, Hands, follow, services, triage};
use super::reports::{self, letterheads, report};
use super::screenings::{Came, Row, screen};
use super::somebody::{Fields, Service, Somebody};
use super::warnings::{Reached, carry};
use super::{Failed, SignIn};
use alongside::access::policy::{ManageService, ViewBoard};
use alongside::access::{App, Permit};
use alongside::clock;
use alongside::config::Config;
use alongside::ids::ProjectId;
use alongside::morning::{Known, board};
use alongside::projects::{court_for_operator, project_names};
use alongside::service::{marker_rules, routes};
use demo::service::{COLLEAGUES, COURTS, CourtFact, PROJECTS, ProjectFact};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use store::Db;

/// Rows of today that nobody has touched: the first of each court, for whoever tries the demo.
const LEFT_FIRST: usize = 2;
/// At the court of the first sign-in more are left.
const LEFT_AT_THAMES: usize = 8;
/// Rows of today that somebody screened, and that somebody only took.
const SCREENED_TODAY: usize = 6;
const TAKEN_TODAY: usize = 2;

/// One row's story.
#[derive(Debug, Clone, Copy)]
enum Story {
    Only(Came),
    Warned(Reached),
    Assessed(assessing::Stage),
    Psychiatry(psychiatry::Stage),
    Reported(reports::Stage),
}

impl Story {
    /// Needs somebody of the register on the line.
    fn needs_person(self) -> bool {
        matches!(self, Story::Assessed(_) | Story::Psychiatry(_))
    }

    fn came(self) -> Came {
        match self {
            Story::Only(came) => came,
            Story::Warned(_) => Came::Warning,
            Story::Assessed(_) | Story::Reported(_) => Came::Assess,
            Story::Psychiatry(_) => Came::Urgent,
        }
    }
}

/// The court day before, at the court with this number: something of everything, and not the same everywhere.
fn day_before(court: usize) -> Vec<Story> {
    use Story::{Assessed, Only, Psychiatry, Warned};
    const UNSEEN: [&str; 5] =
        ["interpreter-absent", "unfit", "no-time", "with-solicitor", "refused-by-custody"];
    let case = |n: usize| {
        let all = psychiatry::Stage::ALL;
        Psychiatry(all.get((court + n) % all.len()).copied().unwrap_or(psychiatry::Stage::Asked))
    };
    let unseen = UNSEEN.get(court % UNSEEN.len()).copied().unwrap_or("no-time");
    let mut stories = vec![
        Warned(if court.is_multiple_of(2) { Reached::ReceivedByWord } else { Reached::ReceivedByLink }),
        Assessed(assessing::Stage::Countersigned),
        Only(Came::NoNeed),
        Only(Came::NotSeen("declined")),
        case(0),
        Only(Came::Advice),
        Warned(if court.is_multiple_of(3) { Reached::NotHandedOver } else { Reached::HandedOver }),
        Only(Came::NotSeen("released")),
        Assessed(assessing::Stage::Begun),
        Only(Came::NotSeen(unseen)),
        case(2),
        Only(Came::NoNeed),
    ];
    if court.is_multiple_of(2) {
        stories.push(Assessed(assessing::Stage::Signed));
    }
    stories
}

/// Today so far. At Thames nobody is urgent yet: its first rows stay the first.
fn today_so_far(court: usize, at_thames: bool) -> Vec<Story> {
    use Story::{Only, Reported, Warned};
    let all = reports::Stage::ALL;
    let stage = all.get(court % all.len()).copied().unwrap_or(reports::Stage::Asked);
    let (third, fourth) = if at_thames {
        (Reported(reports::Stage::Followed), Reported(reports::Stage::Written))
    } else {
        (Only(Came::Advice), Reported(stage))
    };
    let fifth = match court % 3 {
        _ if at_thames => Only(Came::Assess),
        1 => Warned(Reached::HandedOver),
        _ => Only(Came::Urgent),
    };
    vec![Only(Came::NoNeed), Only(Came::NotSeen("with-solicitor")), third, fourth, fifth, Only(Came::NoNeed)]
}

/// The demo's colleagues at work, each signed in.
pub(super) struct Morning<'a> {
    service: &'a Service,
    db: &'a Db,
    config: &'a Config,
    people: HashMap<&'static str, Somebody<'a>>,
}

/// Colleagues work through the court day before, and half of today, over the service's own pages.
pub(super) fn colleagues_at_work(
    db: &Db,
    sign_ins: &[SignIn],
    before: Date,
    today: Date,
) -> Result<(), Failed> {
    // Read anew: making the demo wrote its settings.
    let config = Config::load(|name| std::env::var(name).ok())?;
    let court = |p: &&ProjectFact| p.kind == "court";
    let view: Permit<ManageService> = Permit::for_command_line(db);
    let named: HashMap<String, ProjectId> =
        view.read_now(project_names)?.into_iter().map(|(id, name)| (name, id)).collect();
    let projects: Vec<String> =
        PROJECTS.iter().filter(court).filter_map(|p| named.get(p.name)).map(ToString::to_string).collect();
    let service = Service::new(routes(&App::new(db.clone(), config.clone()))?.0)?;
    let morning = Morning::begin(&service, db, &config, sign_ins)?;
    morning.work_through(before, &projects)?;
    morning.work_half(today)?;
    morning.end()
}

impl<'a> Morning<'a> {
    pub(super) fn begin(
        service: &'a Service,
        db: &'a Db,
        config: &'a Config,
        sign_ins: &[SignIn],
    ) -> Result<Self, Failed> {
        let mut people = HashMap::new();
        for colleague in COLLEAGUES {
            if !["practitioner", "manager", "clinical-partner"].contains(&colleague.role) {
                continue;
            }
            let Some(with) = sign_ins.iter().find(|s| s.email == colleague.email) else { continue };
            people.insert(colleague.email, service.sign_in(&with.name, &with.email, &with.password)?);
        }
        Ok(Self { service, db, config, people })
    }

    /// Whoever of this role works at the court.
    fn at(&self, role: &str, court: &CourtFact) -> Result<&Somebody<'a>, Failed> {
        COLLEAGUES
            .iter()
            .filter(|c| c.role == role)
            .filter(|c| {
                PROJECTS.iter().any(|p| c.projects.contains(&p.name) && p.courts.contains(&court.code))
            })
            .find_map(|c| self.people.get(c.email))
            .ok_or_else(|| format!("no {role} of the demo works at {}", court.name).into())
    }

    /// Works through the day before, at every court.
    pub(super) fn work_through(&self, day: Date, projects: &[String]) -> Result<(), Failed> {
        let Some(first) = COURTS.first() else { return Ok(()) };
        let partner = services(self.at("manager", first)?, projects)?;
        for (number, court) in COURTS.iter().enumerate() {
            let mut rows = self.rows(court, day)?;
            for (n, story) in day_before(number).into_iter().enumerate() {
                let wanted = rows.iter().position(|row| row.fresh || !story.needs_person());
                let Some(place) = wanted else { continue };
                let turn = number * 5 + n;
                let contact = morning_of(day, n);
                let row = Row { contact, turn, ..rows.remove(place) };
                self.tell(court, &row, story, (number, day, &partner))?;
                self.in_court(court, &row, story, (number, n, day))?;
            }
            if number == 0 {
                court::otherwise(self.at("practitioner", court)?, self.db, self.config, court, day)?;
            }
        }
        court::sent_by_the_court(self.config, self.db, day)
    }

    /// What happened in court, for most rows of some courts; for a few who are known, what happened before.
    fn in_court(
        &self,
        court: &CourtFact,
        row: &Row,
        story: Story,
        (number, n, day): (usize, usize, Date),
    ) -> Result<(), Failed> {
        if number % 2 == 1 || n % 4 == 3 {
            return Ok(());
        }
        let nurse = self.at("practitioner", court)?;
        if matches!(story, Story::Psychiatry(_)) && row.fresh {
            court::earlier(nurse, row, court, day)?;
        }
        court::ended(nurse, row, day)
    }

    fn tell(
        &self,
        court: &CourtFact,
        row: &Row,
        story: Story,
        (number, day, partner): (usize, Date, &str),
    ) -> Result<(), Failed> {
        let (nurse, manager) = (self.at("practitioner", court)?, self.at("manager", court)?);
        screen(nurse, row, story.came())?;
        match story {
            Story::Only(_) => {}
            Story::Warned(reached) => carry(self.service, nurse, row, reached)?,
            Story::Assessed(stage) => {
                if stage == assessing::Stage::Countersigned && number % 3 == 0 {
                    trend(nurse, row, day)?;
                }
                assess(nurse, manager, row, stage)?;
                if stage == assessing::Stage::Begun {
                    consent_in_part(nurse, row)?;
                    triage(nurse, row, false)?;
                }
            }
            Story::Reported(stage) => report(nurse, row, stage)?,
            Story::Psychiatry(stage) => {
                let partner_hands = self.at("clinical-partner", court)?;
                follow(&Hands { nurse, partner: partner_hands, service: partner }, row, stage, day)?;
            }
        }
        Ok(())
    }

    /// Does about half of today, and leaves the first rows of every court alone.
    pub(super) fn work_half(&self, day: Date) -> Result<(), Failed> {
        let now = clock::now();
        let mut managers: Vec<&str> = Vec::new();
        for court in COURTS.iter() {
            let manager = self.at("manager", court)?;
            if !managers.contains(&manager.name()) {
                managers.push(manager.name());
                letterheads(manager)?;
            }
        }
        for (number, court) in COURTS.iter().enumerate() {
            let at_thames = court.code == "B01ND";
            let left = if at_thames { LEFT_AT_THAMES } else { LEFT_FIRST };
            let rows: Vec<Row> = self.rows(court, day)?;
            let half = rows.len() / 2;
            let nurse = self.at("practitioner", court)?;
            let stories = today_so_far(number, at_thames);
            for (n, row) in
                rows.into_iter().skip(left).take(half.min(SCREENED_TODAY + TAKEN_TODAY)).enumerate()
            {
                let Some(story) = stories.get(n) else {
                    nurse.post(&format!("{}/take", row.href()), &Fields::new())?;
                    continue;
                };
                let back = i64::try_from(stories.len() - n).unwrap_or(0) * 9 + 40;
                let contact = today_at(day, now, back);
                self.tell(court, &Row { contact, turn: number * 7 + n, ..row }, *story, (number, day, ""))?;
            }
        }
        Ok(())
    }

    /// The rows of a court day, as ranked.
    fn rows(&self, court: &CourtFact, day: Date) -> Result<Vec<Row>, Failed> {
        let rules = marker_rules(self.config)?;
        let view: Permit<ViewBoard> = Permit::for_command_line(self.db);
        let placed = view.read_now(|r| {
            let Some(court) = court_for_operator(r, court.code, day)? else {
                return Ok::<_, store::Error>(Vec::new());
            };
            Ok(board(r, &court, day, &rules)?.rows)
        })?;
        Ok(placed
            .into_iter()
            .map(|row| Row {
                listing: row.line.id.to_string(),
                fresh: row.line.known() == Known::Not,
                contact: Timestamp::UNIX_EPOCH,
                turn: 0,
            })
            .collect())
    }

    /// Everybody signs out.
    pub(super) fn end(self) -> Result<(), Failed> {
        for somebody in self.people.values() {
            somebody.post("/sign-out", &Fields::new())?;
        }
        Ok(())
    }
}

/// The n-th contact of a past morning: from half past eight on, a quarter of an hour each.
fn morning_of(day: Date, n: usize) -> Timestamp {
    let minutes = i64::try_from(n).unwrap_or(0) * 14 + 30;
    let eight = day.at(8, 0, 0, 0).to_zoned(clock::london()).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp());
    eight.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(eight)
}

/// Some minutes ago, but today: a demo made at a quarter past midnight has short contacts.
fn today_at(day: Date, now: Timestamp, minutes_ago: i64) -> Timestamp {
    let midnight = day.to_zoned(clock::london()).map_or(now, |z| z.timestamp());
    let then = now.checked_sub(SignedDuration::from_mins(minutes_ago)).unwrap_or(now);
    then.max(midnight)
}
