//! How far a referral is, what is due next, and when: worked out from what happened, and nothing else.

use super::record::{Happened, Referral, What};
use crate::clock::london_day;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use law::Calendar;
use uuid::Uuid;

/// Working days that a service has to answer when the directory knows no promise.
pub const REPLY_DAYS: i32 = 5;
/// Working days from acceptance to when a first appointment should be known.
const APPOINTMENT_DAYS: i32 = 10;
/// Working days from asking again to asking again.
const CHASE_DAYS: i32 = 3;
/// Working days in which a missed appointment should be booked again, a question answered, a declined referral followed.
const OUR_DAYS: i32 = 2;
/// Weeks after which we ask about a waiting list.
const WAITING_WEEKS: i32 = 4;
/// Working days after the first appointment in which we write down what came of it.
const OUTCOME_DAYS: i32 = 10;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Sent; no word from the service.
    Sent,
    /// The service has it and has not answered.
    Acknowledged,
    /// The service waits for an answer of ours.
    Asked,
    /// On the waiting list.
    Waiting,
    /// Accepted; no appointment known.
    Accepted,
    /// An appointment lies ahead.
    Booked,
    /// An appointment has passed, and nobody wrote down whether they came.
    Passed,
    /// An appointment was not kept, and none is booked.
    Missed,
    /// The first appointment was attended.
    Attended,
    /// The service does not take them.
    Declined,
    /// Ended.
    Closed,
    /// Taken back.
    Revoked,
    /// Another took over.
    Transferred,
}

impl State {
    /// All of them, in the order of the journey.
    pub const ALL: [State; 13] = [
        State::Sent,
        State::Acknowledged,
        State::Asked,
        State::Waiting,
        State::Accepted,
        State::Booked,
        State::Passed,
        State::Missed,
        State::Attended,
        State::Declined,
        State::Closed,
        State::Revoked,
        State::Transferred,
    ];

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            State::Sent => "Sent, no word yet",
            State::Acknowledged => "The service has it",
            State::Asked => "They ask us something",
            State::Waiting => "On the waiting list",
            State::Accepted => "Accepted, no appointment yet",
            State::Booked => "Appointment ahead",
            State::Passed => "Appointment passed, not known if they came",
            State::Missed => "Appointment not kept, none booked",
            State::Attended => "First appointment attended",
            State::Declined => "Declined",
            State::Closed => "Closed",
            State::Revoked => "Taken back",
            State::Transferred => "Taken over by another referral",
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, State::Closed | State::Revoked | State::Transferred)
    }
}

/// What is due next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The day.
    pub on: Date,
    /// What has to be done, as a sentence: "Ask for an answer".
    pub what: &'static str,
    /// Whether the service is late (silence), or it is for us to act.
    pub silence: Silence,
}

/// Whose move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// The service has not done what it promised by that day.
    Theirs,
    /// It is for us.
    Ours,
}

/// An appointment with what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Appointment<'a> {
    /// The offer.
    pub offered: &'a Happened,
    /// What became of it.
    pub came: Option<&'a Happened>,
}

impl Referral {
    /// Appointments, in the order they were offered.
    #[must_use]
    pub fn appointments(&self) -> Vec<Appointment<'_>> {
        let standing: Vec<&Happened> = self.standing().collect();
        standing
            .iter()
            .filter(|e| e.what == What::Appointment)
            .map(|offered| Appointment {
                offered,
                came: standing
                    .iter()
                    .rev()
                    .find(|e| {
                        matches!(e.what, What::Attended | What::Missed | What::CalledOff)
                            && e.of == Some(Uuid::from(offered.id))
                    })
                    .copied(),
            })
            .collect()
    }

    /// The appointment that lies ahead or has passed without a word.
    #[must_use]
    pub fn open_appointment(&self) -> Option<Appointment<'_>> {
        self.appointments().into_iter().rfind(|a| a.came.is_none())
    }

    /// The newest answer of the service.
    #[must_use]
    pub fn answer(&self) -> Option<&Happened> {
        self.standing().filter(|e| matches!(e.what, What::Accepted | What::Waiting | What::Declined)).last()
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        let last = |what: What| self.standing().filter(|e| e.what == what).last();
        for (what, state) in [
            (What::Closed, State::Closed),
            (What::Revoked, State::Revoked),
            (What::Transferred, State::Transferred),
        ] {
            if last(what).is_some() {
                return state;
            }
        }
        if last(What::Attended).is_some() {
            return State::Attended;
        }
        // What was said last counts: a service may decline after it had accepted.
        let declined = self.answer().filter(|e| e.what == What::Declined).map(order);
        let appointments = self.appointments();
        if let Some(newest) = appointments.last().filter(|a| declined.is_none_or(|d| order(a.offered) > d)) {
            return match newest.came.map(|e| e.what) {
                None if newest.offered.at > now => State::Booked,
                None => State::Passed,
                Some(_) => State::Missed,
            };
        }
        let open_question =
            last(What::Asked).filter(|asked| last(What::Answered).is_none_or(|a| order(a) < order(asked)));
        match (self.answer(), open_question) {
            (answer, Some(asked)) if answer.is_none_or(|a| order(a) < order(asked)) => State::Asked,
            (Some(answer), _) => match answer.what {
                What::Accepted => State::Accepted,
                What::Waiting => State::Waiting,
                _ => State::Declined,
            },
            (None, _) if last(What::Acknowledged).is_some() => State::Acknowledged,
            (None, _) => State::Sent,
        }
    }

    /// What is due next, and when; nothing once it is closed.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Option<Next> {
        let calendar = Calendar::default();
        let working = |from: Date, days: i32| calendar.add_working_days(from, days);
        let day_of = |event: Option<&Happened>| event.map(|e| london_day(e.at));
        let sent = london_day(self.sent_at);
        let answered = day_of(self.answer()).unwrap_or(sent);
        let (on, what, silence) = match self.state(now) {
            State::Sent | State::Acknowledged => (
                self.reply_due.unwrap_or_else(|| working(sent, REPLY_DAYS)),
                "Ask for an answer",
                Silence::Theirs,
            ),
            State::Asked => {
                let asked = self.standing().filter(|e| e.what == What::Asked).last();
                (working(day_of(asked).unwrap_or(sent), OUR_DAYS), "Answer their question", Silence::Ours)
            }
            State::Waiting => (
                answered.saturating_add(WAITING_WEEKS.weeks()),
                "Ask about the waiting list",
                Silence::Theirs,
            ),
            State::Accepted => {
                (working(answered, APPOINTMENT_DAYS), "Ask for the first appointment", Silence::Theirs)
            }
            State::Booked => {
                let at = self.open_appointment().map_or(now, |a| a.offered.at);
                return Some(Next {
                    on: london_day(at),
                    what: "Appointment: write down whether they came",
                    silence: Silence::Ours,
                });
            }
            State::Passed => {
                let at = self.open_appointment().map_or(now, |a| a.offered.at);
                return Some(Next {
                    on: working(london_day(at), 1),
                    what: "Write down whether they came",
                    silence: Silence::Ours,
                });
            }
            State::Missed => {
                let missed = self.appointments().last().and_then(|a| a.came);
                (working(day_of(missed).unwrap_or(sent), OUR_DAYS), "Book another appointment", Silence::Ours)
            }
            State::Attended => {
                let came = self.standing().filter(|e| e.what == What::Attended).last();
                let from = came.map_or(sent, |e| london_day(e.at));
                (working(from, OUTCOME_DAYS), "Write down what came of it, and close", Silence::Ours)
            }
            State::Declined => (working(answered, OUR_DAYS), "Find another way, or close", Silence::Ours),
            State::Closed | State::Revoked | State::Transferred => return None,
        };
        // Asking again gives them a few days more.
        let chased = self.standing().filter(|e| e.what == What::Chased).last();
        let on = match chased.filter(|_| silence == Silence::Theirs) {
            Some(chased) => on.max(working(london_day(chased.at), CHASE_DAYS)),
            None => on,
        };
        Some(Next { on, what, silence })
    }

    /// Days that the next step is overdue; nothing when it is not.
    #[must_use]
    pub fn overdue_days(&self, now: Timestamp) -> Option<i64> {
        let today = london_day(now);
        self.next(now).filter(|next| next.on < today).map(|next| i64::from((today - next.on).get_days()))
    }

    /// How often we asked again.
    #[must_use]
    pub fn chased(&self) -> usize {
        self.standing().filter(|e| e.what == What::Chased).count()
    }
}

/// Of two things, which was written down later.
fn order(event: &Happened) -> (Timestamp, Uuid) {
    (event.recorded_at, event.id.into())
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
