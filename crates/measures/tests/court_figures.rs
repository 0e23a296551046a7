//! The worked cases of `docs/managers/court-figures.md` are the tests: this reads its two tables.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use measures::court::{CaseTime, Figures, Hearing, Next, Outcome, Reason, Standing, figures};
use proptest::prelude::*;

const PAGE: &str = include_str!("../../../docs/managers/court-figures.md");

/// The rows of the table whose header begins so, cell by cell.
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
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"].iter().position(|m| *m == month).unwrap();
    date(2026, i8::try_from(month + 1).unwrap(), day.parse().unwrap())
}

fn standing(text: &str) -> Standing {
    match text {
        "" => Standing::NotKnown,
        "custody" => Standing::Custody,
        "hospital" => Standing::Hospital,
        "bail" => Standing::Bail,
        "none" => Standing::NotRemanded,
        other => panic!("no standing {other}"),
    }
}

fn hearing(cells: &[&str]) -> Hearing {
    let [_, case, court, days, before, after, outcome, next] = cells else { panic!("{cells:?}") };
    let (first, last) = days.split_once(" to ").unwrap_or((days, days));
    Hearing {
        case: (*case).to_owned(),
        court: (*court).to_owned(),
        first_day: day(first),
        last_day: day(last),
        before: standing(before),
        after: standing(after),
        outcome: match *outcome {
            "" => Outcome::NotKnown,
            "adjourned, psychiatric" => Outcome::Adjourned(Reason::PsychiatricReport),
            "adjourned, pre-sentence" => Outcome::Adjourned(Reason::PreSentenceReport),
            "adjourned, other" => Outcome::Adjourned(Reason::Other),
            "continues" => Outcome::Continues,
            "to the Crown Court" => Outcome::ToCrownCourt,
            "disposed" => Outcome::Disposed,
            other => panic!("no outcome {other}"),
        },
        next: match *next {
            "" => Next::NotSaid,
            "to be fixed" => Next::ToBeFixed,
            on => Next::On(day(on)),
        },
    }
}

fn time(case: &CaseTime) -> String {
    format!("{}{}", case.days, if case.disposed.is_some() { "" } else { " so far" })
}

fn row(example: &str, as_of: &str, figures: &Figures) -> Vec<String> {
    let (remand, adjourned) = (&figures.remand, &figures.adjournments);
    vec![
        example.to_owned(),
        as_of.to_owned(),
        remand.days.to_string(),
        remand.awaiting_report.to_string(),
        remand.not_known.to_string(),
        format!("{} of {}", adjourned.with_length, adjourned.count),
        adjourned.days.to_string(),
        adjourned.for_report.to_string(),
        figures.without_result.to_string(),
        figures.cases.iter().map(time).collect::<Vec<_>>().join("; "),
    ]
}

#[test]
fn the_worked_cases_come_out_as_worked_by_hand() {
    let hearings = table("| example | case |");
    let expected = table("| example | as of |");
    assert!(expected.len() >= 16, "only {} worked cases were read", expected.len());
    for cells in &expected {
        let of_example: Vec<Hearing> =
            hearings.iter().filter(|h| h[0] == cells[0]).map(|h| hearing(h)).collect();
        assert!(!of_example.is_empty(), "{} has no hearings", cells[0]);
        assert_eq!(row(cells[0], cells[1], &figures(&of_example, day(cells[1]))), *cells);
        // The order in which they were written down changes nothing.
        let backwards: Vec<Hearing> = of_example.iter().rev().cloned().collect();
        assert_eq!(row(cells[0], cells[1], &figures(&backwards, day(cells[1]))), *cells);
    }
    for cells in &hearings {
        assert!(expected.iter().any(|e| e[0] == cells[0]), "{} is worked out nowhere", cells[0]);
    }
}

#[test]
fn the_working_says_what_each_figure_is_the_sum_of() {
    let hearings: Vec<Hearing> = table("| example | case |")
        .iter()
        .filter(|cells| cells[0] == "two cases")
        .map(|cells| hearing(cells))
        .collect();
    let found = figures(&hearings, day("1 May"));
    let spells: Vec<(i64, bool)> =
        found.remand.spells.iter().map(|spell| (spell.days(), spell.reason.is_report())).collect();
    assert_eq!(spells, [(14, false), (21, true)]);
    assert_eq!(found.remand.awaiting_psychiatric, 21);
    assert!(!found.remand.running);
    let lengths: Vec<Option<i64>> = found.adjournments.list.iter().map(|one| one.days()).collect();
    assert_eq!(lengths, [Some(14), Some(21), Some(21)]);
}

fn any_hearing() -> impl Strategy<Value = Hearing> {
    let standing = prop_oneof![
        Just(Standing::Custody),
        Just(Standing::Hospital),
        Just(Standing::Bail),
        Just(Standing::NotRemanded),
        Just(Standing::NotKnown),
    ];
    let outcome = prop_oneof![
        Just(Outcome::Adjourned(Reason::PsychiatricReport)),
        Just(Outcome::Adjourned(Reason::Other)),
        Just(Outcome::Continues),
        Just(Outcome::ToCrownCourt),
        Just(Outcome::Disposed),
        Just(Outcome::NotKnown),
    ];
    let at = |n: i64| date(2026, 1, 1).saturating_add(jiff::Span::new().days(n));
    (0..3_u8, 0_i64..200, 0_i64..4, standing.clone(), standing, outcome, 0_i64..60).prop_map(
        move |(case, first, long, before, after, outcome, next)| Hearing {
            case: case.to_string(),
            court: "TMC".into(),
            first_day: at(first),
            last_day: at(first + long),
            before,
            after,
            outcome,
            next: match next {
                0..20 => Next::NotSaid,
                20..30 => Next::ToBeFixed,
                _ => Next::On(at(first + next)),
            },
        },
    )
}

proptest! {
    #[test]
    fn no_day_counts_twice_and_parts_are_never_more_than_the_whole(hearings in prop::collection::vec(any_hearing(), 0..10), ahead in 0_i64..300) {
        let as_of = date(2026, 1, 1).saturating_add(jiff::Span::new().days(ahead));
        let found = figures(&hearings, as_of);
        let remand = &found.remand;
        prop_assert!(remand.days >= 0 && remand.not_known >= 0);
        prop_assert!(remand.awaiting_report <= remand.days);
        prop_assert!(remand.awaiting_psychiatric <= remand.awaiting_report);
        prop_assert!(remand.days + remand.not_known <= ahead, "more days than have passed");
        let adjourned = &found.adjournments;
        prop_assert!(adjourned.with_length <= adjourned.count && adjourned.for_report <= adjourned.count);
        prop_assert!(adjourned.report_days <= adjourned.days && adjourned.days >= 0);
        prop_assert!(found.cases.iter().all(|case| case.days >= 0));
    }
}
