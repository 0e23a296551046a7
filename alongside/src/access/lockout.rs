//! Refused sign-ins: counted, slowed, then held for a while. Every way in asks here first — password, one-time code,
//! recovery code, passkey, one-time link, the present password on one's own account — so that no path has rules of its own.
//!
//! A try is counted before it is weighed and taken off the count when it fits: many tries at the same moment cannot outrun
//! the count. Addresses without an account are counted alike, so that being held tells nothing about who has one.

use super::account::email_key;
use super::session::fingerprint;
use crate::audit::{Actor, Event, append};
use jiff::{SignedDuration, Timestamp};
use store::{Read, Result, Write, sql};
use uuid::Uuid;

/// Minutes that a hold lasts; it ends by itself.
pub const HELD_MINUTES: i64 = 15;
/// After so many hours without a refused try the count is forgotten.
const FORGOTTEN_HOURS: i64 = 24;
/// Tries between one hold and the next.
const AFTER_A_HOLD: i64 = 3;
/// Most rows kept: whoever tries from ten thousand networks pushes out the oldest counts, not the disk.
const MOST_ROWS: i64 = 5_000;

/// When tries are slowed and held.
struct Rule {
    kind: &'static str,
    /// Refused tries that cost nothing: people mistype.
    slow_from: i64,
    /// Refused tries after which nothing is weighed for a while.
    held_from: i64,
}

const ACCOUNT: Rule = Rule { kind: "account", slow_from: 5, held_from: 10 };
/// A whole building may come from one address: ten times as patient.
const NETWORK: Rule = Rule { kind: "network", slow_from: 50, held_from: 100 };

/// How long nothing is weighed after so many refused tries.
fn wait_after(rule: &Rule, failures: i64) -> Option<SignedDuration> {
    if failures < rule.slow_from {
        return None;
    }
    let over = failures - rule.held_from;
    if over >= 0 && over % AFTER_A_HOLD == 0 {
        return Some(SignedDuration::from_mins(HELD_MINUTES));
    }
    // 2, 4, 8 … 60 seconds.
    let doubled = 2_i64 << (failures - rule.slow_from).min(5);
    Some(SignedDuration::from_secs(doubled.min(60)))
}

/// Who tries, from where.
#[derive(Debug, Clone)]
pub struct Attempt {
    account: Option<(String, Option<Uuid>)>,
    network: String,
}

impl Attempt {
    /// For an e-mail address as typed, whether or not there is an account.
    pub(super) fn address(email: &str, account: Option<Uuid>, network: &str) -> Self {
        Self { account: Some((fingerprint(&email_key(email)), account)), network: network.to_owned() }
    }

    /// For a secret that says by itself whom it belongs to, until that is known: only the network counts.
    pub(super) fn nobody(network: &str) -> Self {
        Self { account: None, network: network.to_owned() }
    }

    fn subjects(&self) -> Vec<(&'static Rule, &str, Option<Uuid>)> {
        let mut out = vec![(&NETWORK, self.network.as_str(), None)];
        if let Some((subject, id)) = &self.account {
            out.push((&ACCOUNT, subject.as_str(), *id));
        }
        out
    }
}

/// Whether a try is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is; so many tries were refused before it.
    Open {
        /// Of this account.
        refused_before: i64,
    },
    /// Nothing is weighed until then.
    Held {
        /// The moment it ends by itself.
        until: Timestamp,
    },
}

struct Count {
    failures: i64,
    turned_away: i64,
    held_until: Option<Timestamp>,
}

fn count_of(r: &mut Read<'_>, kind: &str, subject: &str, now: Timestamp) -> Result<Option<Count>> {
    let row = r.maybe(
        sql("SELECT failures, turned_away, last_at, held_until FROM refused_try WHERE kind = $1 AND subject = $2"),
        &[&kind, &subject],
    )?;
    let Some(row) = row else { return Ok(None) };
    let last: Timestamp = row.get("last_at")?;
    if last + SignedDuration::from_hours(FORGOTTEN_HOURS) <= now {
        return Ok(Some(Count { failures: 0, turned_away: 0, held_until: None }));
    }
    Ok(Some(Count {
        failures: row.get("failures")?,
        turned_away: row.get("turned_away")?,
        held_until: row.get("held_until")?,
    }))
}

/// Counts a try, and says whether it is weighed at all.
///
/// # Errors
/// When the database fails.
pub(super) fn begin(w: &mut Write<'_>, attempt: &Attempt, now: Timestamp) -> Result<Standing> {
    let mut counts = Vec::new();
    for (rule, subject, account) in attempt.subjects() {
        counts.push((rule, subject, account, count_of(w, rule.kind, subject, now)?));
    }
    let held =
        counts.iter().filter_map(|(.., count)| count.as_ref()?.held_until).filter(|at| *at > now).max();
    if let Some(until) = held {
        turn_away(w, &counts, now)?;
        return Ok(Standing::Held { until });
    }
    let mut refused_before = 0;
    for (rule, subject, account, count) in counts {
        let failures = count.as_ref().map_or(0, |c| c.failures) + 1;
        if rule.kind == ACCOUNT.kind {
            refused_before = failures - 1;
        }
        let until = wait_after(rule, failures).map(|wait| now + wait);
        w.execute(
            sql("INSERT INTO refused_try (kind, subject, account_id, failures, turned_away, first_at, last_at, held_until) VALUES ($1, $2, $3, $4, 0, $5, $6, $7) ON CONFLICT (kind, subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, held_until = excluded.held_until, account_id = excluded.account_id"),
            &[&rule.kind, &subject, &account, &failures, &now, &now, &until],
        )?;
        if count.is_none() {
            prune(w, now)?;
        }
    }
    Ok(Standing::Open { refused_before })
}

type Counted<'a> = (&'static Rule, &'a str, Option<Uuid>, Option<Count>);

fn turn_away(w: &mut Write<'_>, counts: &[Counted<'_>], now: Timestamp) -> Result<()> {
    for (rule, subject, account, count) in counts {
        let Some(count) = count.as_ref().filter(|c| c.held_until.is_some_and(|at| at > now)) else {
            continue;
        };
        w.execute(
            sql("UPDATE refused_try SET turned_away = turned_away + 1, last_at = $1 WHERE kind = $2 AND subject = $3"),
            &[&now, &rule.kind, &subject],
        )?;
        let n = count.turned_away + 1;
        if is_milestone(n) {
            let event = about(rule, subject, *account, "sign-in tries turned away unweighed");
            append(w, &Actor::named("sign-in page"), &[event.with(format!("{n} while held"))])?;
        }
    }
    Ok(())
}

/// Drops what is forgotten, and the oldest beyond the bound.
fn prune(w: &mut Write<'_>, now: Timestamp) -> Result<()> {
    let forgotten = now - SignedDuration::from_hours(FORGOTTEN_HOURS);
    w.execute(sql("DELETE FROM refused_try WHERE last_at <= $1"), &[&forgotten])?;
    let n: i64 = w.one(sql("SELECT COUNT(*) AS n FROM refused_try"), &[])?.get("n")?;
    if n > MOST_ROWS {
        // Those that are held stay longest: an attacker must not free an account by trying others.
        w.execute(
            sql("DELETE FROM refused_try WHERE (kind, subject) IN (SELECT kind, subject FROM refused_try ORDER BY CASE WHEN held_until IS NULL THEN 0 ELSE 1 END, last_at LIMIT $1)"),
            &[&(n - MOST_ROWS)],
        )?;
    }
    Ok(())
}

/// 1, 2, 4, 8 …: the audit tells of ten thousand tries in fourteen events.
fn is_milestone(n: i64) -> bool {
    n > 0 && n & (n - 1) == 0
}

fn about(rule: &Rule, subject: &str, account: Option<Uuid>, action: &'static str) -> Event {
    match account {
        Some(id) => Event::new(action, "account", id),
        None if rule.kind == NETWORK.kind => Event::new(action, "network", subject),
        None => Event::new(action, "account", "none with this address"),
    }
}

/// Writes down that a counted try was refused: with the count, and only at 1, 2, 4, 8 … and at the first hold.
pub(super) fn refused(w: &mut Write<'_>, attempt: &Attempt, how: &str, now: Timestamp) -> Result<()> {
    for (rule, subject, account) in attempt.subjects() {
        let n = count_of(w, rule.kind, subject, now)?.map_or(0, |c| c.failures);
        let first_hold = n == rule.held_from;
        // One mistyped password is not yet news of a network; an address without an account has no record to tell it in.
        let told = match account {
            Some(_) => is_milestone(n) || first_hold,
            None => rule.kind == NETWORK.kind && (first_hold || (is_milestone(n) && n >= 16)),
        };
        if told {
            let held = if first_hold { "; held from now on" } else { "" };
            let event =
                about(rule, subject, account, "sign-in refused").with(format!("{how}; try {n}{held}"));
            append(w, &Actor::named("sign-in page"), &[event])?;
        }
    }
    Ok(())
}

/// A try fitted and somebody is in: the account's count is over, the network's is as before.
pub(super) fn fitted(w: &mut Write<'_>, attempt: &Attempt) -> Result<()> {
    for (rule, subject, _) in attempt.subjects() {
        if rule.kind == ACCOUNT.kind {
            w.execute(
                sql("DELETE FROM refused_try WHERE kind = $1 AND subject = $2"),
                &[&rule.kind, &subject],
            )?;
        } else {
            uncount(w, rule, subject)?;
        }
    }
    Ok(())
}

/// A try fitted but there is more to ask: it does not count, and what was refused before goes on counting. Otherwise a
/// known password would wipe the count of wrong codes.
pub(super) fn half_fitted(w: &mut Write<'_>, attempt: &Attempt) -> Result<()> {
    for (rule, subject, _) in attempt.subjects() {
        uncount(w, rule, subject)?;
    }
    Ok(())
}

fn uncount(w: &mut Write<'_>, rule: &Rule, subject: &str) -> Result<()> {
    w.execute(
        sql("UPDATE refused_try SET failures = failures - 1, held_until = NULL WHERE kind = $1 AND subject = $2 AND failures > 0"),
        &[&rule.kind, &subject],
    )?;
    Ok(())
}

/// A count as the administrator sees it.
#[derive(Debug, Clone)]
pub struct Refused {
    /// `account` or `network`.
    pub kind: String,
    /// For the address of its form: the network, or a hash.
    pub subject: String,
    /// The colleague's name, when there is such an account.
    pub name: Option<String>,
    /// Tries refused.
    pub failures: i64,
    /// Tries not even weighed.
    pub turned_away: i64,
    /// The latest.
    pub last_at: Timestamp,
    /// Held until then, if it lies ahead.
    pub held_until: Option<Timestamp>,
}

/// Counts of today, those that are held first.
///
/// # Errors
/// When the database can't be read.
pub fn refused_tries(r: &mut Read<'_>, now: Timestamp) -> Result<Vec<Refused>> {
    let since = now - SignedDuration::from_hours(FORGOTTEN_HOURS);
    let mut rows: Vec<Refused> = r
        .query(
            sql("SELECT t.kind, t.subject, t.failures, t.turned_away, t.last_at, t.held_until, a.name FROM refused_try t LEFT JOIN account a ON a.id = t.account_id WHERE t.failures > 0 AND t.last_at > $1 ORDER BY t.failures DESC, t.last_at DESC LIMIT 200"),
            &[&since],
        )?
        .iter()
        .map(|row| {
            Ok(Refused {
                kind: row.get("kind")?,
                subject: row.get("subject")?,
                name: row.get("name")?,
                failures: row.get("failures")?,
                turned_away: row.get("turned_away")?,
                last_at: row.get("last_at")?,
                held_until: row.get::<Option<Timestamp>>("held_until")?.filter(|at| *at > now),
            })
        })
        .collect::<Result<_>>()?;
    rows.sort_by_key(|row| row.held_until.is_none());
    Ok(rows)
}

/// Lifts a hold and forgets the count; whether there was one.
///
/// # Errors
/// When the database refuses.
pub fn lift(w: &mut Write<'_>, by: &Actor, kind: &str, subject: &str) -> Result<bool> {
    let row = w.maybe(
        sql("SELECT account_id, failures FROM refused_try WHERE kind = $1 AND subject = $2"),
        &[&kind, &subject],
    )?;
    let Some(row) = row else { return Ok(false) };
    let rule = if kind == ACCOUNT.kind { &ACCOUNT } else { &NETWORK };
    let (account, failures): (Option<Uuid>, i64) = (row.get("account_id")?, row.get("failures")?);
    w.execute(sql("DELETE FROM refused_try WHERE kind = $1 AND subject = $2"), &[&kind, &subject])?;
    let event = about(rule, subject, account, "hold on sign-in lifted")
        .with(format!("from {failures} refused tries to 0"));
    append(w, by, &[event])?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_free_then_slow_then_held_and_the_hold_comes_back() {
        let waits: Vec<i64> =
            (1..=16).map(|n| wait_after(&ACCOUNT, n).map_or(0, |wait| wait.as_secs())).collect();
        assert_eq!(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 900, 60, 60, 900, 60, 60, 900]);
        assert!(wait_after(&NETWORK, 49).is_none());
        assert_eq!(wait_after(&NETWORK, 100), Some(SignedDuration::from_mins(HELD_MINUTES)));
        // However many there were: no shift too far.
        assert!(wait_after(&ACCOUNT, i64::MAX).is_some());
    }

    #[test]
    fn ten_thousand_tries_are_few_milestones() {
        assert_eq!((1..=10_000).filter(|n| is_milestone(*n)).count(), 14);
    }
}
