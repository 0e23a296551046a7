//! Who stands on this line? What a decision gives, what taking it back takes away, and who is found when recognition was wrong.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::Recognise;
use alongside::access::{Permit, Role};
use alongside::ids::{ListingId, PersonId, ProjectId};
use alongside::morning::{Decision, decide, find_to_change};
use alongside::people::{Details, compare_with, find, merge, merges, note_contact, unmerge};
use axum::http::StatusCode;
use jiff::civil::date;
use store::sql;
use world::lists::{Case, case, escort, libra};
use world::people::{self, details, keeper};
use world::{Answer, Someone, World, both};

const DAY: &str = "23/11/2026";
const SENT: &str = "2026-11-23T07:30:00Z";
const PNC: &str = "2012/0052494Q";
const THAMES: (&str, &str) = ("B01ND", "Thames Magistrates' Court");

fn put(world: &World<'_>, project: ProjectId, details: Details) -> PersonId {
    people::put(world, project, &[details])[0]
}

/// The lines that stand, in the order of their case numbers.
fn lines(world: &World<'_>) -> Vec<ListingId> {
    let all =
        sql("SELECT id FROM listing WHERE removed_at IS NULL AND joined_into IS NULL ORDER BY case_no, id");
    let rows = world.test.db.read(|r| r.query(all, &[])).unwrap();
    rows.iter().map(|row| row.get("id").unwrap()).collect()
}

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn page(world: &World<'_>, who: &Someone, path: &str) -> String {
    let answer = world.get(who, path);
    assert_eq!(answer.status, StatusCode::OK, "{} {path}: {}", world.test.engine, answer.body);
    answer.body
}

fn compare(line: ListingId) -> String {
    format!("/listings/{line}/compare")
}

/// The value of the first field of this name.
fn field(body: &str, name: &str) -> String {
    let from = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    from.split('"').next().unwrap().to_owned()
}

/// The answer that stands chosen to who stands on the line, on either page that asks.
fn chosen(body: &str) -> Option<String> {
    let asked = |input: &&str| input.contains("name=\"who\"") || input.contains("name=\"decision\"");
    let input = body.split("<input").map(|rest| rest.split('>').next().unwrap()).filter(asked);
    let input = input.into_iter().find(|input| input.contains("radio") && input.contains(" checked"))?;
    Some(input.split("value=\"").nth(1)?.split('"').next()?.to_owned())
}

#[test]
fn a_court_of_two_projects_is_no_way_into_the_records_of_the_other() {
    both(|world| {
        let one = world.project("One", &[THAMES]);
        let two = world.project("Two", &[]);
        let service: Permit<alongside::access::policy::ManageService> =
            Permit::for_command_line(&world.test.db);
        service.write_now(|w| alongside::projects::link_court(w, two, "B01ND")).unwrap();
        let (ours, theirs) = (
            world.someone("Ours Example", Role::Practitioner, Some(one)),
            world.someone("Theirs Example", Role::Practitioner, Some(two)),
        );
        let x = put(world, one, details("Zephyr", "QUILLFEATHER", date(1990, 2, 1)));
        world.import("a.xml", &libra(DAY, SENT, &[case(1, "Zephyr", "QUILLFEATHER")]));
        let line = lines(world)[0];
        went(&world.post(&ours, &compare(line), &[("decision", &format!("same {x}"))]));
        let fields = [
            ("heard-day", "20"),
            ("heard-month", "11"),
            ("heard-year", "2026"),
            ("heard-time", "10:00"),
            ("words", "Wortwörtlich ZX1"),
            ("basis", "said"),
            ("said-by", "The person"),
            ("advice", "Bleibt nah ZX2"),
        ];
        went(&world.post(&ours, &format!("/people/{x}/warnings/new"), &fields));
        let (board, shown) = ("/courts/B01ND/2026-11-23", format!("/listings/{line}"));
        assert!(page(world, &ours, &shown).contains("Wortwörtlich ZX1"));
        assert_eq!(world.get(&theirs, &format!("/people/{x}")).status, StatusCode::NOT_FOUND);
        for path in [board, shown.as_str()] {
            let body = page(world, &theirs, path);
            assert!(!body.contains("ZX1") && !body.contains("ZX2"), "{path}: {body}");
        }
        assert!(page(world, &theirs, board).contains("Warning not handed over"), "a life may hang on it");
        assert!(page(world, &theirs, &shown).contains("record of another project"));
    });
}

#[test]
fn what_a_mistaken_link_opened_goes_when_it_is_taken_back() {
    both(|world| {
        let (one, two) = (world.project("One", &[]), world.project("Two", &[THAMES]));
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(one));
        world.also(&nurse, Role::Practitioner, Some(two));
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(two));
        let x = put(world, one, details("Zephyr", "QUILLFEATHER", date(1990, 2, 1)));
        let seen = |who: &Someone| world.get(who, &format!("/people/{x}")).status;
        let twice = [case(1, "Zephyr", "QUILLFEATHER"), case(2, "Zephyr", "QUILLFEATHER")];
        world.import("a.xml", &libra(DAY, SENT, &twice));
        let there = lines(world);
        let same = format!("same {x}");
        let link = |line| went(&world.post(&nurse, &compare(line), &[("decision", &same)]));
        let take_back = |line: ListingId| {
            let decision = field(&page(world, &nurse, &compare(line)), "decision");
            went(&world.post(&nurse, &format!("/listings/{line}/take-back"), &[("decision", &decision)]));
        };
        link(there[0]);
        assert_eq!(seen(&colleague), StatusCode::OK);
        take_back(there[0]);
        assert_eq!(seen(&colleague), StatusCode::NOT_FOUND, "the mistake gave it");
        // Said to be somebody else afterwards, without taking it back first: the same.
        link(there[0]);
        went(&world.post(&nurse, &compare(there[0]), &[("decision", &format!("not-same {x}"))]));
        assert_eq!(seen(&colleague), StatusCode::NOT_FOUND);
        // Another line of the court is linked to the same person: it rests on that, until that goes too.
        link(there[0]);
        link(there[1]);
        take_back(there[0]);
        assert_eq!(seen(&colleague), StatusCode::OK);
        take_back(there[1]);
        assert_eq!(seen(&colleague), StatusCode::NOT_FOUND);
        // Somebody of the project met them since: that was no mistake.
        link(there[0]);
        keeper(world)
            .write_now(|w| {
                let person = w.reading(|r| find(r, x))?.unwrap();
                let later = alongside::clock::now() + jiff::SignedDuration::from_mins(1);
                note_contact(w, &person, two, later)
            })
            .unwrap();
        take_back(there[0]);
        assert_eq!(seen(&colleague), StatusCode::OK);
    });
}

#[test]
fn a_merge_taken_apart_leaves_nobody_with_a_record_they_did_not_hold() {
    both(|world| {
        let (one, two) = (world.project("One", &[]), world.project("Two", &[]));
        let colleague = world.someone("Colleague Example", Role::Practitioner, Some(two));
        let a = put(world, one, details("Zephyr", "QUILLFEATHER", date(1990, 2, 1)));
        let b = put(world, two, details("Zephir", "QUILLFEATHER", date(1990, 2, 1)));
        keeper(world)
            .write_now(|w| {
                let (a, b) = (w.reading(|r| find(r, a))?.unwrap(), w.reading(|r| find(r, b))?.unwrap());
                merge(w, &a, &b, "one person")?.unwrap();
                let both = w.reading(|r| find(r, b.id()))?.unwrap();
                note_contact(w, &both, two, alongside::clock::now())
            })
            .unwrap();
        assert_eq!(world.get(&colleague, &format!("/people/{a}")).status, StatusCode::OK, "one record");
        keeper(world)
            .write_now(|w| {
                let kept = w.reading(|r| find(r, a))?.unwrap();
                let merge = w.reading(|r| merges(r, &kept))?[0].id;
                unmerge(w, &kept, merge, "two after all")
            })
            .unwrap();
        assert_eq!(world.get(&colleague, &format!("/people/{a}")).status, StatusCode::NOT_FOUND);
        assert_eq!(world.get(&colleague, &format!("/people/{b}")).status, StatusCode::OK);
    });
}

#[test]
fn somebody_recognition_missed_is_found_by_search_compared_and_linked() {
    both(|world| {
        let own = world.project("Own", &[THAMES]);
        let other = world.project("Other", &[]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let married = put(world, own, details("Ottilie", "WINTERBOURNE", date(1979, 7, 14)));
        let hidden = put(world, other, details("Ottilie", "WINTERBOURNE", date(1979, 7, 14)));
        let people = [case(1, "Zephyr", "QUILLFEATHER")];
        world.import("a.xml", &libra(DAY, SENT, &people));
        let line = lines(world)[0];
        let before = page(world, &nurse, &compare(line));
        assert!(before.contains("Nobody looks alike") && before.contains("Is it somebody else"), "{before}");
        let found = world.post(&nurse, &format!("{}/find", compare(line)), &[("search", "ottilie wint")]);
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.body.contains(&married.to_string()) && !found.body.contains(&hidden.to_string()));
        let add = |person: PersonId| {
            world.post(&nurse, &format!("{}/add", compare(line)), &[("person", &person.to_string())])
        };
        assert_eq!(add(hidden).status, StatusCode::NOT_FOUND);
        went(&add(married));
        went(&add(married));
        // The next version of the list is weighed anew, and keeps whom the colleague found.
        let mut later = people.clone();
        later[0].forename = "Zephir".into();
        world.import("b.xml", &libra(DAY, "2026-11-23T09:00:00Z", &later));
        let body = page(world, &nurse, &compare(line));
        assert!(body.contains("Found by a colleague") && body.contains("WINTERBOURNE"), "{body}");
        assert_eq!(body.matches("class=\"al-candidate\"").count(), 1);
        assert_eq!(chosen(&body), None, "nothing is chosen beforehand");
        let said = [("decision", format!("same {married}")), ("reason", "Married name on the list".into())];
        let said: Vec<(&str, &str)> = said.iter().map(|(n, v)| (*n, v.as_str())).collect();
        went(&world.post(&nurse, &compare(line), &said));
        assert!(page(world, &nurse, &format!("/listings/{line}")).contains(&format!("/people/{married}")));
    });
}

#[test]
fn who_was_put_on_the_register_since_the_list_came_is_found_when_the_line_is_opened() {
    both(|world| {
        let own = world.project("Own", &[THAMES]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        world.import("a.xml", &libra(DAY, SENT, &[case(1, "Zephyr", "QUILLFEATHER")]));
        let line = lines(world)[0];
        let screening = format!("/listings/{line}/screening");
        assert_eq!(chosen(&page(world, &nurse, &screening)).as_deref(), Some("new"), "nobody is alike");
        let born = date(1990, 2, 1);
        let x = put(
            world,
            own,
            Details { postcode: Some("ZZ1 1ZZ".into()), ..details("Zephyr", "QUILLFEATHER", born) },
        );
        assert!(page(world, &nurse, &compare(line)).contains(&x.to_string()));
        let form = page(world, &nurse, &screening);
        assert!(form.contains(&x.to_string()) && chosen(&form).as_deref() != Some("new"), "{form}");
        went(&world.post(&nurse, &compare(line), &[("decision", &format!("same {x}"))]));
    });
}

#[test]
fn the_screening_form_chooses_nobody_whom_another_line_claims_and_nobody_new_who_is_known_elsewhere() {
    both(|world| {
        let own = world.project("Own", &[THAMES]);
        let other = world.project("Other", &[]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let known = Details { pnc: Some(PNC.into()), ..details("Zephyr", "QUILLFEATHER", date(1990, 2, 1)) };
        let x = put(world, own, known);
        let elsewhere = put(world, other, details("Ottilie", "WINTERBOURNE", date(1990, 2, 1)));
        let claim = |number| Case { pnc: PNC, ..case(number, "Zephyr", "QUILLFEATHER") };
        let screening = |line: ListingId| page(world, &nurse, &format!("/listings/{line}/screening"));
        world.import("a.xml", &libra(DAY, SENT, &[claim(1)]));
        assert_eq!(chosen(&screening(lines(world)[0])), Some(x.to_string()), "one line alone");
        world.import(
            "b.xml",
            &libra(DAY, "2026-11-23T08:30:00Z", &[claim(1), claim(2), case(3, "Ottilie", "WINTERBOURNE")]),
        );
        let there = lines(world);
        for line in &there[..2] {
            let form = screening(*line);
            assert!(chosen(&form).is_none() && form.contains("Mind: "), "{form}");
        }
        went(&world.post(&nurse, &compare(there[0]), &[("decision", &format!("same {x}"))]));
        let form = screening(there[1]);
        assert!(form.contains("another line of this day is linked to the same person already"), "{form}");
        assert_eq!(chosen(&form), None);
        // Known to another project: not new, and not named.
        let form = screening(there[2]);
        assert_eq!(chosen(&form), None, "{form}");
        assert!(
            form.contains("held by Other and is not open to you") && !form.contains(&elsewhere.to_string())
        );
        // A colleague could not tell: open still, and said.
        went(&world.post(&nurse, &compare(there[1]), &[("decision", &format!("cannot-tell {x}"))]));
        let form = screening(there[1]);
        assert!(form.contains("A colleague could not tell") && chosen(&form).is_none(), "{form}");
    });
}

#[test]
fn a_refusal_of_one_record_says_nothing_of_the_one_it_was_merged_into_and_is_told_where_it_holds() {
    both(|world| {
        let own = world.project("Own", &[THAMES]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let born = date(1990, 2, 1);
        let thin = put(world, own, details("Zephyr", "QUILLFEATHER", born));
        world.import(
            "a.xml",
            &libra("20/11/2026", "2026-11-20T07:30:00Z", &[case(1, "Zephyr", "QUILLFEATHER")]),
        );
        let first = lines(world)[0];
        let refuse = [("decision", format!("not-same {thin}")), ("reason", "His father".to_owned())];
        let refuse: Vec<(&str, &str)> = refuse.iter().map(|(n, v)| (*n, v.as_str())).collect();
        went(&world.post(&nurse, &compare(first), &refuse));
        world.import("b.xml", &libra(DAY, SENT, &[case(1, "Zephyr", "QUILLFEATHER")]));
        let line = *lines(world).iter().find(|line| **line != first).unwrap();
        let body = page(world, &nurse, &compare(line));
        assert!(!body.contains("class=\"al-candidate\""), "refused before: {body}");
        assert!(
            body.contains("Nurse Example") && body.contains("His father"),
            "who said so, and why: {body}"
        );
        assert!(body.contains(&compare(first)), "and where it is taken back: {body}");
        let full = Details { pnc: Some(PNC.into()), ..details("Zephyr", "QUILLFEATHER", born) };
        let full = put(world, own, full);
        keeper(world)
            .write_now(|w| {
                let (kept, merged) =
                    (w.reading(|r| find(r, full))?.unwrap(), w.reading(|r| find(r, thin))?.unwrap());
                merge(w, &kept, &merged, "one person")
            })
            .unwrap()
            .unwrap();
        for line in [first, line] {
            let body = page(world, &nurse, &compare(line));
            assert!(body.contains(&format!("same {full}")), "the two together were never refused: {body}");
        }
    });
}

#[test]
fn lines_linked_to_different_people_are_joined_by_nobody() {
    both(|world| {
        let own = world.project("Own", &[THAMES]);
        let nurse = world.someone("Nurse Example", Role::Practitioner, Some(own));
        let x =
            put(world, own, Details { pnc: Some(PNC.into()), ..details("Bea", "SAMPLE", date(1990, 2, 1)) });
        let taken = world.import(
            "escort.json",
            &escort("r1", "2026-11-23", "Bea", "SAMPLE", "1990-02-01", PNC, "\"pregnant\": \"No\""),
        );
        assert_eq!(taken.refusal, None, "{taken:?}");
        let escorted = lines(world)[0];
        went(&world.post(&nurse, &compare(escorted), &[("decision", &format!("same {x}"))]));
        world.import("a.xml", &libra(DAY, SENT, &[case(2, "Bea", "SAMPLE")]));
        let listed = *lines(world).iter().find(|line| **line != escorted).unwrap();
        went(&world.post(&nurse, &compare(listed), &[("decision", "new")]));
        let proposal = field(&page(world, &nurse, &compare(listed)), "proposal");
        let join = [("proposal", proposal.as_str()), ("word", "same")];
        let refused = world.post(&nurse, &format!("/listings/{listed}/joins"), &join);
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.body.contains("linked to different people"), "{}", refused.body);
        // A list that names the same number joins by itself, but not these.
        world.import(
            "b.xml",
            &libra(DAY, "2026-11-23T09:00:00Z", &[Case { pnc: PNC, ..case(2, "Bea", "SAMPLE") }]),
        );
        assert_eq!(lines(world).len(), 2);
        let decision = field(&page(world, &nurse, &compare(listed)), "decision");
        went(&world.post(&nurse, &format!("/listings/{listed}/take-back"), &[("decision", &decision)]));
        went(&world.post(&nurse, &format!("/listings/{listed}/joins"), &join));
        assert_eq!(lines(world).len(), 1);
    });
}

#[test]
fn a_store_weighs_a_pair_as_the_whole_register_does_also_by_a_common_middle_name() {
    both(|world| {
        let own = world.project("Own", &[]);
        let born = date(1990, 2, 1);
        let with_middle = |middle: &str, surname: &str| Details {
            middle_names: Some(middle.into()),
            ..details("Zephyr", surname, born)
        };
        let x = put(world, own, with_middle("Ali", "QUILLFEATHER-OAKES"));
        let mut all = vec![with_middle("Ali", "QUILLFEATHER-OAKES")];
        for n in 0..40_i8 {
            all.push(details("Ali", &format!("OTHER{n}"), date(1960, 1 + n % 12, 2 + n % 20)));
            put(world, own, all[all.len() - 1].clone());
        }
        let row = with_middle("Ali", "OAKES").record();
        let matched = keeper(world).read_now(|r| compare_with(r, &row, x)).unwrap().unwrap();
        let cleaned: Vec<linkage::Cleaned> = all.iter().map(|d| linkage::clean(&d.record())).collect();
        let register = linkage::Frequencies::of_register(&cleaned);
        let whole = linkage::Model::shipped().compare(&linkage::clean(&row), &cleaned[0], &register);
        let (middle, unseen) = (matched.fields.iter().find(|f| f.name.contains("iddle")).unwrap(), 5.0);
        assert!(middle.weight < unseen, "as common as a middle name as it is as a forename: {middle:?}");
        assert!((matched.weight - whole.weight).abs() < 1e-9, "{} {}", matched.weight, whole.weight);
    });
}

#[test]
fn of_two_who_decide_at_once_one_links_the_line() {
    both(|world| {
        let own = world.project("Own", &[THAMES]);
        let born = date(1990, 2, 1);
        // Among others: where everybody has one name, it tells nothing.
        for n in 0..30_i8 {
            put(
                world,
                own,
                details(&format!("Name{n}"), &format!("OTHER{n}"), date(1960, 1 + n % 12, 2 + n % 20)),
            );
        }
        let two = [
            put(world, own, details("Zephyr", "QUILLFEATHER", born)),
            put(world, own, details("Zephyr", "QUILLFEATHER", born)),
        ];
        world.import("a.xml", &libra(DAY, SENT, &[case(1, "Zephyr", "QUILLFEATHER")]));
        let line = lines(world)[0];
        let gate = std::sync::Barrier::new(2);
        let kept: Vec<_> = std::thread::scope(|all| {
            let deciding: Vec<_> = two
                .iter()
                .map(|person| {
                    let (db, gate) = (&world.test.db, &gate);
                    all.spawn(move || {
                        let permit: Permit<Recognise> = Permit::for_command_line(db);
                        gate.wait();
                        permit
                            .write_now(|w| {
                                let line = find_to_change(w, line)?.unwrap();
                                let done = decide(w, &line, *person, Decision::Same, "at once")?;
                                // Held open, so that the other decides meanwhile.
                                std::thread::sleep(std::time::Duration::from_millis(150));
                                Ok::<_, store::Error>(done)
                            })
                            .unwrap()
                    })
                })
                .collect();
            deciding.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(kept.iter().filter(|kept| kept.is_ok()).count(), 1, "{}: {kept:?}", world.test.engine);
    });
}
