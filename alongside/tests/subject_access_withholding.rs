//! Subject access: what is withheld is told nowhere, whatever changes meanwhile, and whoever rules rules on what they saw.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::clock;
use alongside::ids::PersonId;
use axum::http::StatusCode;
use jiff::{SignedDuration, ToSpan};
use store::sql;
use world::access::{asked, copy, hidden, on_page, opinion, rule_on_all, today};
use world::everything::everything;
use world::pdf::text_of;
use world::{Someone, World, both};

const SAID: &str = "He told his landlord that he would burn the house down before Christmas";

fn set(world: &World<'_>, statement: store::Statement, words: &str) {
    world.test.db.write(|w| w.execute(statement, &[&words])).unwrap();
}

/// Rules on one passage as the page shows it now.
fn rule(world: &World<'_>, who: &Someone, request: &str, key: &str, withhold: bool) -> world::Answer {
    let at = format!("{request}/passages?show=all");
    // The passage may stand on any page.
    let body = (1..40)
        .map(|n| world.get(who, &format!("{at}&page={n}")).body)
        .find(|body| on_page(body).iter().any(|there| there == key))
        .unwrap();
    let (rule, class, seen) = (format!("rule-{key}"), format!("class-{key}"), format!("seen-{key}"));
    let stamp = hidden(&body, &seen);
    let how = if withhold { "withhold" } else { "keep" };
    let fields = [("passage", key), (&rule, how), (&class, "third-party"), (&seen, &stamp)];
    world.post(who, &at, &fields)
}

fn waiting(world: &World<'_>, who: &Someone, request: &str) -> Vec<String> {
    on_page(&world.get(who, &format!("{request}/passages")).body)
}

/// The key of the one contact's words.
fn contact(world: &World<'_>) -> String {
    let id: uuid::Uuid = world
        .test
        .db
        .read(|r| r.one(sql("SELECT id FROM contact ORDER BY id LIMIT 1"), &[])?.get("id"))
        .unwrap();
    format!("contact/{id}/words")
}

#[test]
fn what_is_withheld_stands_nowhere_in_the_copy_also_where_another_record_repeats_it() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        set(world, sql("UPDATE contact SET words = $1"), SAID);
        set(world, sql("UPDATE task SET what = $1"), &format!("After the call: “{SAID}”. Ask the manager"));
        set(
            world,
            sql("UPDATE consent_decision SET capacity_words = $1"),
            "would burn the house down before Christmas, see log",
        );
        let request = asked(world, &guardian, seeded.id(), today());
        rule_on_all(world, &guardian, &request, |_| false);
        opinion(world, &guardian, &request);
        assert!(waiting(world, &guardian, &request).is_empty());
        let key = contact(world);
        assert_eq!(rule(world, &guardian, &request, &key, true).status, StatusCode::SEE_OTHER);
        // Kept before, they wait again: that ruling did not know.
        let waits = waiting(world, &guardian, &request);
        assert!(waits.iter().any(|key| key.starts_with("task/")), "{waits:?}");
        assert!(waits.iter().any(|key| key.starts_with("consent_decision/")), "{waits:?}");
        assert_eq!(copy(world, &guardian, &request).status, StatusCode::CONFLICT);
        rule_on_all(world, &guardian, &request, |_| true);
        let made = copy(world, &guardian, &request);
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let json = world.get(&guardian, &format!("{request}/copies/1/json")).body;
        assert!(json.contains("withheld") && !json.contains("burn"), "{json}");
        let pdf: Vec<u8> =
            world.test.db.read(|r| r.one(sql("SELECT pdf FROM access_export"), &[])?.get("pdf")).unwrap();
        let text = text_of(&pdf);
        assert!(text.contains("Withheld") && !text.contains("burn"), "{text}");
    });
}

#[test]
fn withheld_words_that_change_wait_again_though_nothing_else_would_point_at_them() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        set(world, sql("UPDATE contact SET words = $1"), "sleeps badly since the summer");
        let request = asked(world, &guardian, seeded.id(), today());
        rule_on_all(world, &guardian, &request, |_| false);
        opinion(world, &guardian, &request);
        let key = contact(world);
        assert_eq!(rule(world, &guardian, &request, &key, true).status, StatusCode::SEE_OTHER);
        set(world, sql("UPDATE contact SET words = $1"), "sleeps badly since the summer, corrected");
        assert!(waiting(world, &guardian, &request).contains(&key));
        let page = world.get(&guardian, &format!("{request}/passages")).body;
        assert!(page.contains("It was withheld, and says something else since"), "{page}");
        assert_eq!(copy(world, &guardian, &request).status, StatusCode::CONFLICT);
    });
}

#[test]
fn what_came_after_the_look_is_told_to_nobody_before_another_look() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let request = asked(world, &guardian, seeded.id(), today());
        rule_on_all(world, &guardian, &request, |_| false);
        opinion(world, &guardian, &request);
        let seen = hidden(&world.get(&guardian, &request).body, "seen");
        // Nothing in it would wait.
        set(world, sql("UPDATE contact SET words = $1"), "eats well");
        rule_on_all(world, &guardian, &request, |_| false);
        let refused = world.post(&guardian, &format!("{request}/copy"), &[("seen", &seen)]);
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("recorded since you looked"), "{}", refused.body);
        assert_eq!(copy(world, &guardian, &request).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_ruling_on_words_that_changed_or_that_a_colleague_ruled_on_meanwhile_is_not_kept() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        set(world, sql("UPDATE contact SET words = $1"), "her mother rang");
        let request = asked(world, &guardian, seeded.id(), today());
        let key = contact(world);
        let at = format!("{request}/passages?show=all");
        let (rule_field, seen) = (format!("rule-{key}"), format!("seen-{key}"));
        let stamp = (1..40)
            .map(|n| hidden(&world.get(&guardian, &format!("{at}&page={n}")).body, &seen))
            .find(|stamp| !stamp.is_empty())
            .unwrap();
        let keep = [("passage", key.as_str()), (&rule_field, "keep"), (&seen, &stamp)];
        set(world, sql("UPDATE contact SET words = $1"), "her mother rang about the neighbour");
        let changed = world.post(&guardian, &at, &keep);
        assert!(changed.body.contains("since you looked: read it again"), "{}", changed.body);
        set(world, sql("UPDATE contact SET words = $1"), "her mother rang");
        assert_eq!(rule(world, &guardian, &request, &key, true).status, StatusCode::SEE_OTHER);
        let overtaken = world.post(&guardian, &at, &keep);
        assert_eq!(overtaken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", overtaken.body);
        let kept: i64 = world
            .test
            .db
            .read(|r| {
                r.one(
                    sql("SELECT COUNT(*) AS n FROM access_ruling WHERE decision = 'keep' AND passage = $1"),
                    &[&key],
                )?
                .get("n")
            })
            .unwrap();
        assert_eq!(kept, 0, "what was withheld is not kept by somebody who did not see that");
    });
}

#[test]
fn whoever_stands_on_the_same_list_is_found_in_words_about_the_person() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let words = "arrested beside ignatius madeupson";
        set(world, sql("UPDATE task SET what = $1"), words);
        let request = asked(world, &guardian, seeded.id(), today());
        let why = "Seems to name somebody: “Ignatius MADEUPSON”";
        let waits = || {
            (1..6).any(|n| world.get(&guardian, &format!("{request}/passages?page={n}")).body.contains(why))
        };
        assert!(!waits(), "nobody of that name is known");
        let copy = sql(
            "INSERT INTO listing (id, court_code, list_date, source_key, origin, kind, full_name, forename, surname, sex, custody, offences_short, detail, sent_at, first_import, last_import, first_seen_at, changed_at) SELECT $1, court_code, list_date, 'another', origin, kind, 'MADEUPSON, Ignatius', 'Ignatius', 'MADEUPSON', sex, custody, offences_short, detail, sent_at, first_import, last_import, first_seen_at, changed_at FROM listing WHERE id IN (SELECT d.listing_id FROM link_decision d WHERE d.decision = 'same' AND d.undone_at IS NULL AND d.person_id = $2) LIMIT 1",
        );
        let added = world.test.db.write(|w| w.execute(copy, &[&uuid::Uuid::now_v7(), &seeded.id()])).unwrap();
        assert_eq!(added, 1);
        assert!(waits());
    });
}

#[test]
fn what_was_begun_and_not_sent_is_told_waits_and_is_not_emptied_meanwhile() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        let draft = sql(
            "INSERT INTO draft (id, account_id, form, subject, href, version, body, begun_at, saved_at, discarded_at) VALUES ($1, $2, 'Contact', $3, '/x', 1, '[[\"what_was_said\",\"wept for an hour\"]]', $4, $4, $4)",
        );
        let old = clock::now() - SignedDuration::from_hours(24 * 40);
        let subject = format!("person {}", seeded.id());
        world
            .test
            .db
            .write(|w| {
                w.execute(sql("DELETE FROM draft"), &[])?;
                w.execute(draft, &[&uuid::Uuid::now_v7(), &guardian.account, &subject, &old])
            })
            .unwrap();
        let request = asked(world, &guardian, seeded.id(), today());
        assert_eq!(alongside::service::empty_old_drafts(&world.test.db).unwrap(), 0);
        let waits = waiting(world, &guardian, &request);
        let page = world.get(&guardian, &request).body;
        assert!(page.contains("Begun and not sent") && !page.contains("discard"), "{page}");
        rule_on_all(world, &guardian, &request, |_| false);
        opinion(world, &guardian, &request);
        assert_eq!(copy(world, &guardian, &request).status, StatusCode::SEE_OTHER);
        let json = world.get(&guardian, &format!("{request}/copies/1/json")).body;
        assert!(json.contains("wept for an hour") && json.contains("what was said"), "{waits:?}");
        let closed = world.post(&guardian, &format!("{request}/close"), &[("outcome", "withdrawn")]);
        assert_eq!(closed.status, StatusCode::SEE_OTHER);
        assert_eq!(alongside::service::empty_old_drafts(&world.test.db).unwrap(), 1);
    });
}

#[test]
fn an_address_that_is_withheld_waits_and_is_kept_only_by_whoever_may_see_it() {
    both(|world| {
        let seeded = everything(world);
        let guardian = world.someone("Gwen Guardian", Role::RecordsGuardian, None);
        set(world, sql("UPDATE person_version SET street = $1"), "Hiding Lane");
        let request = asked(world, &guardian, seeded.id(), today());
        let street = |keys: Vec<String>| keys.into_iter().find(|key| key.ends_with("/street"));
        assert_eq!(street(waiting(world, &guardian, &request)), None);
        let restrict = sql(
            "INSERT INTO person_restriction (id, person_id, kind, reason, set_at, set_by) VALUES ($1, $2, 'address', 'x', $3, 'test')",
        );
        let person: PersonId = seeded.id();
        world
            .test
            .db
            .write(|w| w.execute(restrict, &[&uuid::Uuid::now_v7(), &person, &clock::now()]))
            .unwrap();
        let mut key = None;
        for n in 1..40 {
            let body = world.get(&guardian, &format!("{request}/passages?page={n}")).body;
            assert!(!body.contains("Hiding Lane"), "{body}");
            key = key.or(street(on_page(&body)));
        }
        let key = key.unwrap();
        let kept = rule(world, &guardian, &request, &key, false);
        assert!(kept.body.contains("The address is withheld from you"), "{}", kept.body);
        assert_eq!(rule(world, &guardian, &request, &key, true).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn the_clock_is_met_by_the_first_sending_and_the_same_form_twice_is_one_act() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = world::access::person(world, own, "EXAMPLE");
        let manager = world.someone("Mo Manager", Role::Manager, Some(own));
        let request = asked(world, &manager, who, today().saturating_sub(20.days()));
        rule_on_all(world, &manager, &request, |_| false);
        opinion(world, &manager, &request);
        assert_eq!(copy(world, &manager, &request).status, StatusCode::SEE_OTHER);
        let page = world.get(&manager, &request).body;
        let now = clock::in_london(clock::now());
        let (day, month, year, time, once) = (
            now.day().to_string(),
            now.month().to_string(),
            now.year().to_string(),
            now.strftime("%H:%M").to_string(),
            hidden(&page, "once"),
        );
        let sent = [
            ("once", once.as_str()),
            ("copy", "1"),
            ("to", "Ada Example"),
            ("means", "hand"),
            ("sent-day", &day),
            ("sent-month", &month),
            ("sent-year", &year),
            ("sent-time", &time),
        ];
        for _ in 0..2 {
            assert_eq!(world.post(&manager, &format!("{request}/send"), &sent).status, StatusCode::SEE_OTHER);
        }
        let page = world.get(&manager, &request).body;
        assert_eq!(page.matches("Sent to Ada Example").count(), 1);
        assert!(page.contains("Answered in time") && !page.contains("Two months more"), "{page}");
        let json = world.get(&manager, &format!("{request}/copies/1/json")).body;
        for told in ["What it is used for", "How long it is kept", "Decisions by machine", "20 years"] {
            assert!(json.contains(told), "{told}");
        }
    });
}
