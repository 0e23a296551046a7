//! Who is where on a day, and where nobody is: worked out from posts, changes and who is away.

use super::away::{Away, away_now};
use super::post::{Half, Place, Post, When, posts};
use crate::access::{Capability, Reader};
use crate::ids::ProjectId;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use law::Calendar;
use store::Result;
use uuid::Uuid;

/// Whether somebody on the rota comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// There.
    There,
    /// Nobody, on purpose.
    NotNeeded,
    /// Not there on this day: why.
    Off(String),
    /// Away: who looks after their tasks meanwhile, which is not who stands in court.
    Away(String),
    /// Their account is disabled.
    Left,
}

/// One post on one day.
#[derive(Debug, Clone)]
pub struct Shift<'a> {
    /// The post.
    pub post: &'a Post,
    /// Whether they come.
    pub standing: Standing,
}

/// The posts of some days, with who is away.
#[derive(Debug, Clone, Default)]
pub struct Rota {
    /// All posts of the reader's projects that may be meant for these days.
    pub posts: Vec<Post>,
    /// Who is away.
    pub away: Vec<Away>,
}

/// Somewhere nobody is though somebody should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The day.
    pub day: Date,
    /// The project.
    pub project: ProjectId,
    /// The court: code and name.
    pub court: Place,
}

/// The rota of the reader's projects for days between two.
///
/// # Errors
/// When the database can't be read.
pub fn rota<C: Capability>(r: &mut Reader<'_, C>, from: Date, to: Date) -> Result<Rota> {
    Ok(Rota { posts: posts(r, from, to)?, away: away_now(r, from)? })
}

impl Rota {
    /// Who is meant to be where on a day.
    #[must_use]
    pub fn on(&self, day: Date, half: Half) -> Vec<Shift<'_>> {
        self.posts
            .iter()
            .filter(|post| post.new.half == half && post.is_for(day))
            .map(|post| Shift { post, standing: self.standing(post, day) })
            .collect()
    }

    fn standing(&self, post: &Post, day: Date) -> Standing {
        let Some(who) = post.new.who else { return Standing::NotNeeded };
        if post.left {
            return Standing::Left;
        }
        if let Some((_, why, _)) = post.off.iter().find(|(off, ..)| *off == day) {
            return Standing::Off(why.clone());
        }
        let away =
            self.away.iter().find(|away| away.who.0 == who && away.days.0 <= day && day <= away.days.1);
        away.map_or(Standing::There, |away| Standing::Away(away.stand_in.1.clone()))
    }

    /// The courts a colleague is at in one half of a day, by code.
    #[must_use]
    pub fn courts_of(&self, who: Uuid, day: Date, half: Half) -> Vec<String> {
        let mut courts: Vec<String> = self
            .on(day, half)
            .iter()
            .filter(|shift| shift.standing == Standing::There && shift.post.new.who == Some(who))
            .filter_map(|shift| shift.post.new.place.court().map(str::to_owned))
            .collect();
        courts.sort();
        courts.dedup();
        courts
    }

    /// Whether a court is kept on the rota of a morning at all.
    fn keeps(&self, court: &str, day: Date) -> bool {
        self.posts.iter().any(|post| {
            let standing = match post.new.when {
                When::Every(_, from) => from <= day && post.last_day.is_none_or(|last| last >= day),
                When::On(_) => false,
            };
            standing && post.new.half == Half::Morning && post.new.place.court() == Some(court)
        })
    }

    /// Whether nobody is at a court on a morning on which one should be: it stands on the rota, and it is a working day.
    #[must_use]
    pub fn lacks(&self, court: &str, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if weekend || !Calendar::default().is_working_day(day) || !self.keeps(court, day) {
            return false;
        }
        !self.on(day, Half::Morning).iter().any(|shift| {
            shift.post.new.place.court() == Some(court)
                && matches!(shift.standing, Standing::There | Standing::NotNeeded)
        })
    }
}

/// Where nobody is on the mornings of the days from one on: courts that the rota keeps.
#[must_use]
pub fn gaps(rota: &Rota, first: Date, days: i64) -> Vec<Gap> {
    let mut courts: Vec<(ProjectId, Place)> = rota
        .posts
        .iter()
        .filter(|post| post.new.place.court().is_some())
        .map(|post| (post.new.project, post.new.place.clone()))
        .collect();
    courts.sort_by(|a, b| a.1.cmp(&b.1));
    courts.dedup_by(|a, b| a.1 == b.1);
    let mut gaps = Vec::new();
    for day in (0..days).map(|n| first.saturating_add(n.days())) {
        for (project, court) in &courts {
            if court.court().is_some_and(|code| rota.lacks(code, day)) {
                gaps.push(Gap { day, project: *project, court: court.clone() });
            }
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RotaPostId;
    use crate::rota::post::NewPost;
    use jiff::civil::date;

    fn post(who: Option<Uuid>, when: When) -> Post {
        Post {
            id: RotaPostId::fresh(),
            new: NewPost {
                project: ProjectId::fresh(),
                who,
                half: Half::Morning,
                place: Place::Court("B01ND".into(), "Thames".into()),
                when,
            },
            name: "Nurse Example".into(),
            left: false,
            last_day: None,
            off: Vec::new(),
            by: String::new(),
        }
    }

    /// Monday 30 November 2026.
    const MONDAY: Date = date(2026, 11, 30);

    fn every(weekday: Weekday) -> When {
        When::Every(weekday, date(2026, 11, 2))
    }

    #[test]
    fn five_mornings_have_no_gap_and_four_have_one() {
        let who = Some(Uuid::now_v7());
        let week =
            [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        let mut rota =
            Rota { posts: week.iter().map(|day| post(who, every(*day))).collect(), away: Vec::new() };
        assert_eq!(gaps(&rota, MONDAY, 14), []);
        rota.posts.pop();
        let days: Vec<Date> = gaps(&rota, MONDAY, 14).iter().map(|gap| gap.day).collect();
        assert_eq!(days, [date(2026, 12, 4), date(2026, 12, 11)]);
        // Nobody on purpose is no gap.
        rota.posts.push(post(None, every(Weekday::Friday)));
        assert_eq!(gaps(&rota, MONDAY, 14), []);
    }

    #[test]
    fn the_next_day_of_a_post_is_its_next_weekday_while_it_lasts() {
        let mut weekly = post(None, every(Weekday::Wednesday));
        assert_eq!(weekly.next(MONDAY), Some(date(2026, 12, 2)));
        assert_eq!(weekly.next(date(2026, 12, 2)), Some(date(2026, 12, 2)));
        assert_eq!(weekly.next(date(2026, 10, 1)), Some(date(2026, 11, 4)));
        weekly.last_day = Some(date(2026, 12, 1));
        assert_eq!(weekly.next(MONDAY), None);
        let once = post(None, When::On(MONDAY));
        assert_eq!((once.next(MONDAY), once.next(date(2026, 12, 1))), (Some(MONDAY), None));
    }

    #[test]
    fn a_bank_holiday_and_a_court_that_is_on_no_rota_are_no_gaps() {
        let rota =
            Rota { posts: vec![post(Some(Uuid::now_v7()), every(Weekday::Wednesday))], away: Vec::new() };
        // Friday 25 December 2026, and the Monday after it, a substitute day for the Saturday.
        let days: Vec<Date> = gaps(&rota, date(2026, 12, 24), 6).iter().map(|gap| gap.day).collect();
        assert_eq!(days, [date(2026, 12, 24), date(2026, 12, 29)]);
        let once = Rota { posts: vec![post(None, When::On(MONDAY))], away: Vec::new() };
        assert_eq!(gaps(&once, MONDAY, 7), []);
    }

    #[test]
    fn who_is_ill_away_or_gone_leaves_a_gap_and_their_board_does_not_open() {
        let who = Uuid::now_v7();
        let there = post(Some(who), every(Weekday::Monday));
        let rota = |post: Post, away: Vec<Away>| Rota { posts: vec![post], away };
        assert_eq!(rota(there.clone(), vec![]).courts_of(who, MONDAY, Half::Morning), ["B01ND"]);
        let off = Post { off: vec![(MONDAY, "ill".into(), String::new())], ..there.clone() };
        let left = Post { left: true, ..there.clone() };
        let ended = Post { last_day: Some(date(2026, 11, 29)), ..there.clone() };
        let away = Away {
            id: Uuid::now_v7(),
            who: (who, String::new()),
            stand_in: (Uuid::now_v7(), "Other Example".into()),
            days: (MONDAY, MONDAY),
        };
        for (rota, standing) in [
            (rota(off, vec![]), Some(Standing::Off("ill".into()))),
            (rota(left, vec![]), Some(Standing::Left)),
            (rota(there, vec![away]), Some(Standing::Away("Other Example".into()))),
            (rota(ended, vec![]), None),
        ] {
            assert!(rota.courts_of(who, MONDAY, Half::Morning).is_empty());
            assert_eq!(rota.on(MONDAY, Half::Morning).first().map(|s| s.standing.clone()), standing);
            assert_eq!(rota.lacks("B01ND", MONDAY), standing.is_some());
        }
    }
}
