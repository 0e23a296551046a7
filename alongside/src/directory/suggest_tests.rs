use super::super::service::Word;
use super::*;
use crate::forms::Answers;
use crate::ids::ServiceId;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 26);

fn service(name: &str, answers: &[(&str, &str)]) -> Service {
    let mut kept = Answers::default();
    for (key, value) in answers {
        kept.set_all(key, &value.split('|').map(str::to_owned).collect::<Vec<_>>());
    }
    Service {
        id: ServiceId::fresh(),
        version: 1,
        name: name.into(),
        answers: kept,
        changed_at: "2026-11-20T09:00:00Z".parse().unwrap(),
        changed_by: "Mo Manager".into(),
        source_key: None,
        projects: Vec::new(),
        said: Vec::new(),
        ended: None,
    }
}

fn wanted() -> Wanted {
    Wanted {
        needs: vec!["accommodation".into(), "drugs".into()],
        sex: Sex::Female,
        age: Some(34),
        borough: None,
        outcode: Some("ZZ1".into()),
        applies: Vec::new(),
        project: None,
    }
}

fn only(answers: &[(&str, &str)], wanted: &Wanted) -> Suggestion {
    let mut all = vec![("needs", "accommodation")];
    all.extend_from_slice(answers);
    suggest(&[service("Harbour House", &all)], wanted, TODAY).pop().unwrap()
}

#[test]
fn every_exclusion_says_why_and_what_is_known() {
    for (answers, why) in [
        (vec![("sex", "men")], "Men only; recorded as female"),
        (vec![("youngest", "35")], "Takes ages 35 and over; they are 34"),
        (vec![("youngest", "18"), ("oldest", "30")], "Takes ages 18 to 30; they are 34"),
        (vec![("outcodes", "ZZ2, ZZ3")], "Serves only ZZ2, ZZ3"),
    ] {
        assert_eq!(only(&answers, &wanted()).excluded, [why]);
    }
    let applies = Wanted { applies: vec!["arson".into()], ..wanted() };
    assert_eq!(only(&[("exclusions", "arson|pets")], &applies).excluded, ["Does not take: arson"]);
}

#[test]
fn what_is_not_known_is_something_to_check_and_never_a_reason_against() {
    let nothing = Wanted { needs: wanted().needs, ..Wanted::default() };
    let answers = [
        ("sex", "women"),
        ("youngest", "18"),
        ("oldest", "30"),
        ("outcodes", "ZZ2"),
        ("boroughs", "Camden"),
        ("exclusions", "arson"),
    ];
    let one = only(&answers, &nothing);
    assert!(one.excluded.is_empty(), "{one:?}");
    for caution in [
        "Women only: ask the person and the service",
        "Takes ages 18 to 30; their age is not known",
        "Serves Camden, ZZ2; not known whether they live there",
        "Does not take: arson",
        "Waiting time not known",
    ] {
        assert!(one.cautions.iter().any(|c| c == caution), "{caution}: {:?}", one.cautions);
    }
    // Recorded as neither: nobody is turned away by a list.
    let neither = Wanted { sex: Sex::NotSpecified, ..wanted() };
    assert!(only(&[("sex", "women")], &neither).excluded.is_empty());
    // One of two lists was looked at, and it is not on it: not known, still.
    assert!(only(&[("boroughs", "Camden"), ("outcodes", "ZZ2")], &wanted()).excluded.is_empty());
}

#[test]
fn old_figures_are_marked_and_a_doubt_is_shown() {
    let fresh = only(&[("waiting-weeks", "2"), ("waiting-on", "2026-11-20")], &wanted());
    assert!(
        fresh.reasons.contains(&"Waiting about 2 weeks, learnt 20 November 2026".to_owned()),
        "{fresh:?}"
    );
    let old = only(&[("waiting-weeks", "2"), ("waiting-on", "2026-09-20")], &wanted());
    assert!(old.cautions.iter().any(|c| c.contains("old or undated")), "{old:?}");
    let mut doubted = service("Harbour House", &[("needs", "accommodation")]);
    doubted.said.push(Word {
        id: Uuid::now_v7(),
        kind: "doubt".into(),
        words: "The number rings out".into(),
        at: "2026-11-25T09:00:00Z".parse().unwrap(),
        by: "Sam Okafor".into(),
        settled: None,
    });
    let shown = suggest(&[doubted], &wanted(), TODAY).pop().unwrap();
    assert!(shown.cautions.iter().any(|c| c.ends_with("The number rings out")));
}

#[test]
fn who_takes_them_comes_first_then_places_then_needs_met_then_waiting() {
    let services = [
        service("Not for her", &[("needs", "accommodation|drugs"), ("sex", "men")]),
        service("Full", &[("needs", "accommodation|drugs"), ("capacity", "full")]),
        service("One need", &[("needs", "drugs"), ("waiting-weeks", "1")]),
        service("Both, long wait", &[("needs", "accommodation|drugs"), ("waiting-weeks", "9")]),
        service("Both, short wait", &[("needs", "accommodation|drugs"), ("waiting-weeks", "2")]),
        service("Another need", &[("needs", "armed-forces")]),
    ];
    let order: Vec<String> =
        suggest(&services, &wanted(), TODAY).into_iter().map(|s| s.service.name).collect();
    assert_eq!(order, ["Both, short wait", "Both, long wait", "One need", "Full", "Not for her"]);
}

fn any_service() -> impl Strategy<Value = Service> {
    let pick = |all: &'static [&'static str]| prop::sample::select(all);
    (
        pick(&["accommodation", "drugs", "accommodation|drugs"]),
        pick(&["", "all", "women", "men"]),
        pick(&["", "18", "30", "50"]),
        pick(&["", "ZZ1", "ZZ2"]),
        pick(&["", "arson", "pets|arson"]),
        pick(&["", "free", "full"]),
    )
        .prop_map(|(needs, sex, youngest, outcodes, exclusions, capacity)| {
            let all = [
                ("needs", needs),
                ("sex", sex),
                ("youngest", youngest),
                ("outcodes", outcodes),
                ("exclusions", exclusions),
                ("capacity", capacity),
            ];
            let answers: Vec<(&str, &str)> = all.into_iter().filter(|(_, v)| !v.is_empty()).collect();
            service("Any", &answers)
        })
}

proptest! {
    /// An excluded service never stands before one that takes them, and the order of the register does not matter.
    #[test]
    fn the_order_is_sound(mut services in prop::collection::vec(any_service(), 1..12), by in 0_usize..12, arson: bool) {
        let wanted = Wanted { applies: if arson { vec!["arson".into()] } else { Vec::new() }, ..wanted() };
        let found = suggest(&services, &wanted, TODAY);
        let first_out = found.iter().position(|s| !s.excluded.is_empty()).unwrap_or(found.len());
        prop_assert!(found[first_out..].iter().all(|s| !s.excluded.is_empty()));
        prop_assert!(found.iter().all(|s| s.service.needs().iter().any(|n| wanted.needs.contains(n))));
        let turn = by % services.len();
        services.rotate_left(turn);
        prop_assert_eq!(suggest(&services, &wanted, TODAY), found);
    }

    /// Knowing less never excludes anybody whom knowing more would not.
    #[test]
    fn knowing_less_excludes_nobody(service in any_service(), sex: bool, age: bool, home: bool, applies: bool) {
        let full = Wanted { applies: vec!["arson".into()], ..wanted() };
        let less = Wanted {
            sex: if sex { full.sex } else { Sex::NotKnown },
            age: full.age.filter(|_| age),
            outcode: full.outcode.clone().filter(|_| home),
            applies: if applies { full.applies.clone() } else { Vec::new() },
            ..full.clone()
        };
        let all = [service];
        let (more, less) = (suggest(&all, &full, TODAY), suggest(&all, &less, TODAY));
        for (more, less) in more.iter().zip(&less) {
            prop_assert!(less.excluded.iter().all(|why| more.excluded.contains(why)), "{:?} {:?}", less.excluded, more.excluded);
        }
    }
}
