//! Who is listed where at one court: the plan that all files of the court are written from.

use super::words::{BLOCKS, BREACH, CHARGES, Charge, FIRMS, LANGUAGES, PLAINLY_INVENTED};
use super::{Court, uuid};
use crate::people::{Dice, Written};
use jiff::civil::Date;
use linkage::Record;

/// One person's line.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) who: Record,
    pub(super) title: &'static str,
    pub(super) case_no: String,
    pub(super) c_id: u64,
    pub(super) urn: String,
    /// Index into [`BLOCKS`].
    pub(super) block: usize,
    pub(super) room: usize,
    pub(super) charges: Vec<Charge>,
    pub(super) adjourned_for: Option<&'static str>,
    pub(super) informant: &'static str,
    pub(super) solicitor: Option<&'static str>,
    pub(super) language: Option<&'static str>,
    /// Brought from a cell or a prison, and so with an escort record.
    pub(super) held: bool,
    /// Brought from prison rather than from a police station.
    pub(super) from_prison: bool,
    /// Listed by Common Platform instead of Libra.
    pub(super) common_platform: bool,
    pub(super) id: String,
}

/// One court's day.
#[derive(Debug)]
pub(super) struct Day<'a> {
    pub(super) court: &'a Court,
    /// Its place among the courts: decides envelope and a few certainties.
    pub(super) number: u64,
    pub(super) date: Date,
    pub(super) rows: Vec<Row>,
}

pub(super) fn plan<'a>(
    court: &'a Court,
    number: u64,
    date: Date,
    people: &[&Written],
    dice: &mut Dice,
) -> Day<'a> {
    let invented = people.len().min(3);
    let mut rows: Vec<Row> = Vec::with_capacity(people.len());
    for (at, written) in people.iter().enumerate() {
        let mut row = row(written.record.clone(), number, at as u64, dice);
        if at < invented {
            plainly_invented(&mut row, number as usize * 3 + at);
        }
        rows.push(row);
    }
    // The last three are Common Platform's: a review, a youth, and one more.
    let from = rows.len().saturating_sub(3);
    for row in &mut rows[from..] {
        row.common_platform = true;
    }
    if let Some(youth) = rows.get_mut(from + 1) {
        let age = i16::try_from(dice.between(15, 17)).unwrap_or(16);
        youth.who.births =
            Date::new(date.year() - age, 1, 15).map(|born| born.to_string()).into_iter().collect();
        youth.held = false;
        youth.who.pnc.clear();
    }
    if let Some(review) = rows.get_mut(from) {
        review.held = false;
    }
    second_defendant(&mut rows, from);
    Day { court, number, date, rows }
}

fn row(who: Record, court: u64, at: u64, dice: &mut Dice) -> Row {
    let block = match dice.below(20) {
        0..6 => 0,
        6..12 => 1,
        12..15 => 2,
        15..17 => 3,
        17..19 => 4,
        _ => 5,
    };
    let case = 26_0000_0000 + court * 100_000 + at * 100 + dice.below(100);
    let charge = |dice: &mut Dice| dice.pick(&CHARGES).copied().unwrap_or(BREACH);
    let mut charges = vec![if block == 3 { BREACH } else { charge(dice) }];
    if dice.chance(0.3) {
        let more = charge(dice);
        if !charges.contains(&more) {
            charges.push(more);
        }
    }
    let female = who.sex == "F";
    // Nobody is kept in custody for speeding.
    let speeding = charges.iter().all(|(code, _, _)| *code == "RR84113");
    let held = match block {
        _ if speeding => false,
        1 => dice.chance(0.75),
        0 => dice.chance(0.5),
        5 => false,
        _ => dice.chance(0.2),
    };
    Row {
        title: if female { "Ms" } else { "Mr" },
        case_no: case.to_string(),
        c_id: 9_000_000 + court * 10_000 + at,
        urn: format!("01ZZ{:07}26", dice.below(10_000_000)),
        room: 1 + block / 2,
        adjourned_for: dice.pick(BLOCKS[block].3).copied(),
        informant: if block == 3 { "LNPROB" } else { "POL01" },
        solicitor: if dice.chance(0.6) { dice.pick(&FIRMS).copied() } else { None },
        language: if dice.chance(0.06) { dice.pick(&LANGUAGES).copied() } else { None },
        from_prison: held && !who.prison_number.is_empty() || held && block != 0 && dice.chance(0.4),
        id: uuid(dice),
        common_platform: false,
        block,
        charges,
        held,
        who,
    }
}

/// Puts a name in place that nobody takes for real, and takes away the numbers of somebody else.
fn plainly_invented(row: &mut Row, which: usize) {
    let (title, forename, surname, sex) = PLAINLY_INVENTED[which % PLAINLY_INVENTED.len()];
    row.title = title;
    row.who.name.forename = forename.to_owned();
    row.who.name.middle.clear();
    row.who.name.surname = surname.to_owned();
    row.who.sex = sex.to_owned();
    row.who.pnc.clear();
    row.who.cro.clear();
    row.who.prison_number.clear();
}

/// The second row of the first busy block becomes the co-defendant of the row before it: one case number, two people.
fn second_defendant(rows: &mut [Row], before: usize) {
    let pair = (1..before).find(|&at| rows[at].block == rows[at - 1].block && rows[at].block == 1);
    if let Some(at) = pair {
        rows[at].case_no = rows[at - 1].case_no.clone();
        rows[at].urn = rows[at - 1].urn.clone();
        rows[at].charges = rows[at - 1].charges.clone();
    }
}

impl Row {
    /// Date of birth as a date.
    pub(super) fn born(&self) -> Option<Date> {
        self.who.births.first()?.parse().ok()
    }

    /// Whole name as a court writes it: surname in capitals.
    pub(super) fn whole_name(&self) -> String {
        format!("{} {} {}", self.title, self.who.name.forename, self.who.name.surname.to_uppercase())
    }
}
