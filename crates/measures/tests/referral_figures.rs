//! The worked cases of `docs/managers/referral-figures.md` are the tests: this reads its two tables.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use measures::referrals::{Answer, Days, Figures, Referral, Whose, figures};
use proptest::prelude::*;

const PAGE: &str = include_str!("../../../docs/managers/referral-figures.md");

fn table(header: &str) -> Vec<Vec<&'static str>> {
    let mut lines = PAGE.lines().skip_while(|line| !line.starts_with(header));
    assert!(lines.next().is_some() && lines.next().is_some(), "no table {header}");
    lines
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

fn day(text: &str) -> Date {
    let (day, month) = text.split_once(' ').unwrap();
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"].iter().position(|m| *m == month).unwrap();
    date(2026, i8::try_from(month + 1).unwrap(), day.parse().unwrap())
}

fn maybe(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| day(text))
}

fn referral(cells: &[&str]) -> Referral {
    let [_, made, promised, answered, answer, first, attended, missed, chased, back] = cells else {
        panic!("{cells:?}")
    };
    Referral {
        made: day(made),
        promised: day(promised),
        answered: maybe(answered).map(|on| {
            let declined = answer.strip_prefix("declined, ");
            (on, declined.map_or(Answer::Accepted, |why| Answer::Declined(why.to_owned())))
        }),
        first_appointment: maybe(first),
        attended: maybe(attended),
        missed: missed
            .split("; ")
            .filter(|m| !m.is_empty())
            .map(|m| *Whose::ALL.iter().find(|w| w.words() == m).unwrap_or_else(|| panic!("whose {m}?")))
            .collect(),
        chased: chased.parse().unwrap_or(0),
        taken_back: maybe(back),
    }
}

fn middle(days: &Days) -> String {
    days.median().map_or_else(|| "–".into(), |m| format!("{m} of {}", days.count()))
}

fn row(example: &str, as_of: &str, f: &Figures) -> Vec<String> {
    let list = |all: Vec<String>| if all.is_empty() { "–".to_owned() } else { all.join("; ") };
    vec![
        example.into(),
        as_of.into(),
        f.made.to_string(),
        f.taken_back.to_string(),
        f.answered.to_string(),
        f.accepted.to_string(),
        list(f.declined.iter().map(|(why, n)| format!("{why} {n}")).collect()),
        f.waiting.to_string(),
        f.silent.to_string(),
        f.late.to_string(),
        middle(&f.to_answer),
        middle(&f.to_first_appointment),
        f.attended.to_string(),
        list(f.missed.iter().map(|(whose, n)| format!("{} {n}", whose.words())).collect()),
        f.chased.to_string(),
    ]
}

#[test]
fn the_worked_cases_come_out_as_worked_by_hand() {
    let cases = table("| example | made |");
    let expected = table("| example | as of |");
    assert!(expected.len() >= 8);
    for cells in expected {
        let (example, as_of) = (cells[0], cells[1]);
        let referrals: Vec<Referral> =
            cases.iter().filter(|c| c[0] == example).map(|c| referral(c)).collect();
        assert!(!referrals.is_empty(), "no case {example}");
        assert_eq!(row(example, as_of, &figures(&referrals, day(as_of))), cells);
    }
}

proptest! {
    /// Every referral made is in one place and no other, in whatever order they come.
    #[test]
    fn every_referral_is_counted_once(all in prop::collection::vec((0_i32..90, 0_i32..30, prop::option::of((0_i32..60, any::<bool>())), any::<bool>()), 0..40), shift in 0_usize..40) {
        let start = date(2026, 1, 1);
        let later = |from: Date, days: i32| from.saturating_add(jiff::ToSpan::days(days));
        let mut referrals: Vec<Referral> = all.iter().map(|(made, promise, answered, back)| {
            let made = later(start, *made);
            Referral {
                made,
                promised: later(made, *promise),
                answered: answered.map(|(after, yes)| (later(made, after), if yes { Answer::Accepted } else { Answer::Declined("full".into()) })),
                first_appointment: None,
                attended: None,
                missed: Vec::new(),
                chased: 0,
                taken_back: back.then_some(made),
            }
        }).collect();
        let f = figures(&referrals, date(2026, 3, 1));
        prop_assert_eq!(f.taken_back + f.answered + f.waiting + f.silent, f.made);
        prop_assert_eq!(f.accepted + f.declined.values().sum::<usize>(), f.answered);
        prop_assert!(f.late >= f.silent);
        if !referrals.is_empty() {
            let by = shift % referrals.len();
            referrals.rotate_left(by);
        }
        prop_assert_eq!(figures(&referrals, date(2026, 3, 1)), f);
    }
}
