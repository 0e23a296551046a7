//! Assessments begun, signed and countersigned; questionnaires filled in some weeks apart.

use super::Failed;
use super::page::id_after;
use super::screenings::Row;
use super::somebody::{Fields, Somebody};
use super::words::{HOPED_FOR, LOW, NEEDS, SITUATION, pick};
use alongside::clock;
use jiff::ToSpan;
use jiff::civil::Date;

/// How far an assessment got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Begun,
    Signed,
    Countersigned,
}

/// Assesses the person of a line.
pub(super) fn assess(
    nurse: &Somebody<'_>,
    manager: &Somebody<'_>,
    row: &Row,
    stage: Stage,
) -> Result<(), Failed> {
    let person = row.person(nurse)?;
    let begin = Fields::new().with("listing", row.listing.clone()).with("open", "0");
    let made = nurse.post(&format!("/people/{person}/assessments"), &begin)?.to;
    let id = id_after(&made, "/assessments/").ok_or("the demo's assessment was not begun")?;
    let href = format!("/assessments/{id}");
    let presenting = topic()
        .with("situation", pick(&SITUATION, row.turn))
        .with("hoped-for", pick(&HOPED_FOR, row.turn))
        .with("understands-charge", "yes");
    nurse.post(&format!("{href}/topics/presenting"), &presenting)?;
    let mind = topic()
        .all(&[("behaviour", "calm"), ("thought-form", "ordered"), ("low-mood", "yes"), ("voices", "no")])
        .with("low-mood-words", pick(&LOW, row.turn));
    nurse.post(&format!("{href}/topics/mental-state"), &mind)?;
    let Some((area, level, plan, by_when)) = NEEDS.get(row.turn % NEEDS.len()) else { return Ok(()) };
    let need = Fields::new().all(&[
        ("area", area),
        ("level", level),
        ("plan", plan),
        ("by_whom", "Link worker"),
        ("by_when", by_when),
    ]);
    nurse.post(&format!("{href}/needs"), &need)?;
    if stage >= Stage::Signed {
        nurse.post(&format!("{href}/sign"), &Fields::new())?;
    }
    if stage == Stage::Countersigned {
        let words = Fields::new().with("words", "Read and agreed. Ring on Thursday as planned.");
        manager.post(&format!("{href}/countersign"), &words)?;
    }
    Ok(())
}

fn topic() -> Fields {
    Fields::new().all(&[("seen", "0"), ("state", "complete"), ("then", "list")])
}

/// In part: what may be said, and to whom not.
pub(super) fn consent_in_part(nurse: &Somebody<'_>, row: &Row) -> Result<(), Failed> {
    let person = row.person(nurse)?;
    let fields = Fields::new()
        .all(&[("to-housing", "partial"), ("name-housing", "Pretend Homes"), ("to-family", "refused")])
        .with("limits", "That appointments are kept; nothing about health")
        .with("own-words", "Tell them I come, not why")
        .all(&[("how", "in-person"), ("easy-read", "no")])
        .moment("when", row.contact);
    nurse.post(&format!("/people/{person}/consent/decide"), &fields).map(drop)
}

/// The answers of PHQ-9, the earliest first: it gets better.
const PHQ9: [[i32; 9]; 3] =
    [[3, 2, 3, 2, 2, 2, 2, 1, 1], [2, 2, 2, 2, 1, 1, 2, 1, 0], [1, 1, 2, 1, 1, 0, 1, 0, 0]];

/// The same questionnaire three times, three weeks apart. The first speaks of self-harm in one item, and was talked about.
pub(super) fn trend(nurse: &Somebody<'_>, row: &Row, day: Date) -> Result<(), Failed> {
    let person = row.person(nurse)?;
    for (answers, weeks) in PHQ9.iter().zip([6_i64, 3, 0]) {
        let filled = day.checked_sub(weeks.weeks()).unwrap_or(day);
        let fields =
            Fields::new().all(&[("mode", "read-aloud"), ("language", "English")]).day("filled", filled);
        let fields = answers
            .iter()
            .enumerate()
            .fold(fields, |all, (n, value)| all.with(&format!("item-{}", n + 1), value.to_string()));
        let to = nurse.post(&format!("/people/{person}/questionnaires/phq-9/fill"), &fields)?.to;
        if to.ends_with("/now") {
            let done = Fields::new().with("done", "talked").with(
                "words",
                format!(
                    "Talked about on {}: a thought that comes and goes, no plan. Has a number to ring.",
                    clock::day_words(filled)
                ),
            );
            nurse.post(&to, &done)?;
        }
    }
    Ok(())
}
