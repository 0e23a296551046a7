//! Late, stale, doubled and strange saves, straight against the rows. Through HTTP: `tests/drafts.rs`.

use super::kept::{Instance, Saved, Sent, empty_old, find, open, other_texts, save, submit};
use crate::access::policy::OwnAccount;
use crate::access::{Permit, create_account};
use crate::audit::Actor;
use crate::ids::DraftId;
use crate::service::MIGRATIONS;
use crate::web::components::Form;
use jiff::ToSpan;
use std::collections::HashSet;
use store::testing::{TestDb, both};
use uuid::Uuid;

fn typed(text: &str) -> Form {
    Form::from_pairs([("note", text)])
}

fn somebody(world: &TestDb) -> Uuid {
    world
        .db
        .write(|w| {
            create_account(
                w,
                &Actor::named("test"),
                "Ada Example",
                "ada@example.org",
                "seven plain test words",
            )
            .map_err(|e| store::Error::Migration(e.to_string()))
        })
        .unwrap()
}

fn keep(world: &TestDb, who: Uuid, id: DraftId, seen: i64, text: &str) -> Saved {
    world.db.write(|w| save(w, who, id, ("Note", "line 1", "/x"), seen, &typed(text))).unwrap()
}

#[test]
fn a_stale_save_overwrites_nothing_and_both_texts_are_kept() {
    both(MIGRATIONS, |world| {
        let (who, id) = (somebody(world), DraftId::fresh());
        assert_eq!(keep(world, who, id, 0, "one"), Saved::As(1));
        assert_eq!(keep(world, who, id, 1, "one two"), Saved::As(2));
        // A second tab that was opened at version 1.
        assert_eq!(keep(world, who, id, 1, "one three"), Saved::Beside);
        world
            .db
            .read(|r| {
                assert_eq!(find(r, who, id)?.unwrap().body.value("note"), "one two");
                let others = other_texts(r, id)?;
                assert_eq!(others.len(), 1);
                assert_eq!(others[0].1.value("note"), "one three");
                Ok::<_, store::Error>(())
            })
            .unwrap();
    });
}

#[test]
fn nobody_saves_into_or_reads_another_account_s_draft() {
    both(MIGRATIONS, |world| {
        let (who, id) = (somebody(world), DraftId::fresh());
        keep(world, who, id, 0, "mine");
        assert_eq!(keep(world, Uuid::now_v7(), id, 1, "theirs"), Saved::NotYours);
        world
            .db
            .read(|r| {
                assert!(find(r, Uuid::now_v7(), id)?.is_none());
                assert_eq!(find(r, who, id)?.unwrap().body.value("note"), "mine");
                Ok::<_, store::Error>(())
            })
            .unwrap();
    });
}

fn instance() -> Instance {
    Instance { form: "Note", subject: "line 1".into(), href: "/x".into() }
}

#[test]
fn a_form_sent_twice_is_sent_once_and_a_late_autosave_never_beats_it() {
    both(MIGRATIONS, |world| {
        let permit: Permit<OwnAccount> = Permit::for_command_line(&world.db);
        let (who, id) = (Uuid::nil(), DraftId::fresh());
        let mut form = typed("final");
        form.set("draft", id.to_string());
        let send = |result: &'static str| {
            let form = form.clone();
            permit.write_now(move |w| submit(w, &instance(), &form, result)).unwrap()
        };
        // The command line's account is no row, so the test writes one under the nil id.
        world
            .db
            .write(|w| {
                let made = create_account(
                    w,
                    &Actor::named("test"),
                    "Ada Example",
                    "ada@example.org",
                    "seven plain test words",
                )
                .map_err(|e| store::Error::Migration(e.to_string()))?;
                w.execute(store::sql("UPDATE account SET id = $1 WHERE id = $2"), &[&who, &made])
            })
            .unwrap();
        assert_eq!(send("/made/1"), Sent::Now);
        assert_eq!(send("/made/2"), Sent::Before("/made/1".into()));
        assert_eq!(keep(world, who, id, 1, "late"), Saved::Beside);
        world
            .db
            .read(|r| {
                assert_eq!(find(r, who, id)?.unwrap().body.value("note"), "final");
                assert_eq!(other_texts(r, id)?[0].1.value("note"), "late");
                Ok::<_, store::Error>(())
            })
            .unwrap();
        let next = permit.read_now(|r| open(r, who, &instance())).unwrap();
        assert!(next.continued_from.is_none(), "a sent form does not open again");
        assert_ne!(next.id, id);
    });
}

#[test]
fn a_save_whose_answer_was_lost_comes_again_and_is_the_same_save() {
    both(MIGRATIONS, |world| {
        let (who, id) = (somebody(world), DraftId::fresh());
        for _ in 0..2 {
            assert_eq!(keep(world, who, id, 0, "once"), Saved::As(1));
        }
        for _ in 0..2 {
            assert_eq!(keep(world, who, id, 1, "once and more"), Saved::As(2));
        }
        assert_eq!(keep(world, who, id, 0, "once"), Saved::Beside, "an older text is not the newest");
        let others = world.db.read(|r| other_texts(r, id)).unwrap();
        assert_eq!(others.len(), 1);
    });
}

#[test]
fn after_thirty_days_the_text_is_gone_and_the_row_still_knows_that_it_was_sent() {
    both(MIGRATIONS, |world| {
        let (who, id) = (somebody(world), DraftId::fresh());
        keep(world, who, id, 0, "old words");
        keep(world, who, id, 5, "other words");
        let soon = crate::clock::now().checked_add((24 * 29).hours()).unwrap();
        assert_eq!(world.db.write(|w| empty_old(w, soon, &HashSet::new())).unwrap(), 0);
        let later = crate::clock::now().checked_add((24 * 31).hours()).unwrap();
        let asked_for = HashSet::from([id]);
        assert_eq!(
            world.db.write(|w| empty_old(w, later, &asked_for)).unwrap(),
            0,
            "somebody asked to see it"
        );
        assert_eq!(world.db.write(|w| empty_old(w, later, &HashSet::new())).unwrap(), 1);
        world
            .db
            .read(|r| {
                let kept = find(r, who, id)?.unwrap();
                assert!(kept.emptied && kept.body.value("note").is_empty());
                assert!(other_texts(r, id)?.is_empty());
                Ok::<_, store::Error>(())
            })
            .unwrap();
    });
}
