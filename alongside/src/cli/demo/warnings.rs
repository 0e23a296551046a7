//! Warnings on their way: handed over, received, and one that nobody has confirmed yet.

use super::Failed;
use super::page::{after, id_after};
use super::screenings::Row;
use super::somebody::{Fields, Service, Somebody};
use super::words::{RECEIVERS, WATCH, pick};
use alongside::clock;
use jiff::{SignedDuration, Timestamp};

/// How far a warning got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    NotHandedOver,
    HandedOver,
    ReceivedByWord,
    ReceivedByLink,
}

/// Takes the warning that a screening raised as far as it got.
pub(super) fn carry(
    service: &Service,
    nurse: &Somebody<'_>,
    row: &Row,
    reached: Reached,
) -> Result<(), Failed> {
    let line = nurse.get(&row.href())?.page;
    let warning = id_after(&line, "/warnings/").ok_or("the demo's screening raised no warning")?;
    let href = format!("/warnings/{warning}");
    if reached == Reached::NotHandedOver {
        return Ok(());
    }
    let handed = later(row.contact, 35);
    let to_prison = row.turn % 2 == 1;
    let fields = Fields::new()
        .with("receiver", if to_prison { "prison" } else { "escort" })
        .with("place", if to_prison { "HMP Pretend" } else { "Made-up Escorts" })
        .with("given-to", pick(&RECEIVERS, row.turn))
        .with("means", if to_prison { "telephone" } else { "in-person" })
        .moment("handed", handed);
    nurse.post(&format!("{href}/handover"), &fields)?;
    match reached {
        Reached::ReceivedByWord => by_word(nurse, &href, row, handed),
        Reached::ReceivedByLink => by_link(service, nurse, &href, row),
        _ => Ok(()),
    }
}

/// So many minutes after, but not before they have passed: a demo may be made at a quarter past midnight.
fn later(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(at).min(clock::now())
}

fn handover(nurse: &Somebody<'_>, href: &str) -> Result<String, Failed> {
    let page = nurse.get(href)?.page;
    let id =
        id_after(&page, &format!("{href}/handovers/")).ok_or("a handover of the demo is not on its page")?;
    Ok(format!("{href}/handovers/{id}"))
}

fn by_word(nurse: &Somebody<'_>, href: &str, row: &Row, handed: Timestamp) -> Result<(), Failed> {
    let fields = Fields::new()
        .with("received-by", pick(&RECEIVERS, row.turn))
        .all(&[("role", "Senior officer"), ("how", "telephone")])
        .with("note", pick(&WATCH, row.turn))
        .moment("received", later(handed, 20));
    nurse.post(&format!("{}/received", handover(nurse, href)?), &fields).map(drop)
}

/// The receiver opens the one-time link, with no account, and confirms.
fn by_link(service: &Service, nurse: &Somebody<'_>, href: &str, row: &Row) -> Result<(), Failed> {
    let page = nurse.post(&format!("{}/link", handover(nurse, href)?), &Fields::new())?.page;
    let token = after(&page, "/receive/").ok_or("the demo's one-time link is not on its page")?;
    let fields =
        Fields::new().with("received-by", pick(&RECEIVERS, row.turn)).with("role", "Reception, HMP Pretend");
    service.receiver().post(&format!("/receive/{token}"), &fields).map(drop)
}
