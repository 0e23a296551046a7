//! What the store promises, on both engines.
#![allow(clippy::unwrap_used)]
use jiff::{Timestamp, civil};
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Error, Many, Migration, Value, sql, testing::both};
use uuid::Uuid;

const SCHEMA: [Migration; 2] = [
    Migration {
        number: 1,
        name: "everything",
        text: "CREATE TABLE thing (\n  id uuid PRIMARY KEY,\n  n bigint,\n  ratio double precision,\n  ok boolean NOT NULL,\n  words text,\n  raw bytea,\n  seen_at timestamptz,\n  date date,\n  doc text\n);\n",
    },
    Migration {
        number: 2,
        name: "more",
        text: "ALTER TABLE thing ADD COLUMN born date;\nCREATE INDEX thing_words ON thing (words);\n",
    },
];

const INSERT: &str = "INSERT INTO thing (id, n, ratio, ok, words, raw, seen_at, date, doc, born) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

#[test]
fn every_type_comes_back_as_it_went_in() {
    both(&SCHEMA, |world| {
        let id = Uuid::now_v7();
        let at: Timestamp = "2026-11-23T07:30:00.123456789Z".parse().unwrap();
        let day = civil::date(1990, 2, 28);
        world
            .db
            .write(|w| {
                w.execute(
                    sql(INSERT),
                    &[
                        &id,
                        &42_i64,
                        &0.5_f64,
                        &true,
                        &"Zoë O’Neill",
                        &vec![0_u8, 255],
                        &at,
                        &day,
                        &"{\"a\": 1}",
                        &day,
                    ],
                )?;
                w.execute(
                    sql(INSERT),
                    &[
                        &Uuid::now_v7(),
                        &Value::Null,
                        &None::<f64>,
                        &false,
                        &None::<String>,
                        &Value::Null,
                        &None::<Timestamp>,
                        &None::<civil::Date>,
                        &Value::Null,
                        &Value::Null,
                    ],
                )
            })
            .unwrap();
        let row = world.db.read(|r| r.one(sql("SELECT * FROM thing WHERE id = $1"), &[&id])).unwrap();
        assert_eq!(row.get::<Uuid>("id").unwrap(), id, "{}", world.engine);
        assert_eq!(row.get::<i64>("n").unwrap(), 42);
        assert!((row.get::<f64>("ratio").unwrap() - 0.5).abs() < f64::EPSILON);
        assert!(row.get::<bool>("ok").unwrap());
        assert_eq!(row.get::<String>("words").unwrap(), "Zoë O’Neill");
        assert_eq!(row.get::<Vec<u8>>("raw").unwrap(), [0, 255]);
        assert_eq!(row.get::<Timestamp>("seen_at").unwrap(), "2026-11-23T07:30:00.123456Z".parse().unwrap());
        assert_eq!(row.get::<civil::Date>("date").unwrap(), day);
        let empty = world.db.read(|r| r.one(sql("SELECT * FROM thing WHERE n IS NULL"), &[])).unwrap();
        assert_eq!(empty.get::<Option<String>>("words").unwrap(), None);
        assert!(matches!(empty.get::<String>("words"), Err(Error::Column { .. })));
        assert!(matches!(empty.get::<String>("no_such"), Err(Error::Column { .. })));
    });
}

#[test]
fn moments_sort_by_time() {
    both(&SCHEMA, |world| {
        for at in ["2026-11-23T12:00:00.5Z", "2026-11-23T12:00:00Z", "2026-11-23T12:00:01Z"] {
            let at: Timestamp = at.parse().unwrap();
            world
                .db
                .write(|w| {
                    w.execute(
                        sql("INSERT INTO thing (id, ok, seen_at) VALUES ($1, $2, $3)"),
                        &[&Uuid::now_v7(), &true, &at],
                    )
                })
                .unwrap();
        }
        let rows =
            world.db.read(|r| r.query(sql("SELECT seen_at FROM thing ORDER BY seen_at"), &[])).unwrap();
        let times: Vec<Timestamp> = rows.iter().map(|r| r.get("seen_at").unwrap()).collect();
        assert!(times.is_sorted(), "{} {times:?}", world.engine);
    });
}

#[test]
fn an_error_undoes_the_whole_unit() {
    both(&SCHEMA, |world| {
        let failed: Result<(), Error> = world.db.write(|w| {
            w.execute(sql("INSERT INTO thing (id, ok) VALUES ($1, $2)"), &[&Uuid::now_v7(), &true])?;
            Err(Error::Rows(7))
        });
        assert!(failed.is_err());
        let n: i64 = world.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM thing"), &[])?.get("n")).unwrap();
        assert_eq!(n, 0, "{}", world.engine);
    });
}

#[test]
fn a_panic_in_a_unit_undoes_it_and_the_next_one_works() {
    both(&SCHEMA, |world| {
        let db = world.db.clone();
        let panicked = std::thread::spawn(move || {
            let _: Result<(), Error> = db.write(|w| {
                w.execute(sql("INSERT INTO thing (id, ok) VALUES ($1, $2)"), &[&Uuid::now_v7(), &true])?;
                panic!("on purpose");
            });
        })
        .join();
        assert!(panicked.is_err());
        world
            .db
            .write(|w| {
                w.execute(sql("INSERT INTO thing (id, ok) VALUES ($1, $2)"), &[&Uuid::now_v7(), &true])
            })
            .unwrap();
        let n: i64 = world.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM thing"), &[])?.get("n")).unwrap();
        assert_eq!(n, 1, "{}", world.engine);
    });
}

#[test]
fn a_read_cannot_write() {
    both(&SCHEMA, |world| {
        let refused = world.db.read(|r| {
            r.query(sql("INSERT INTO thing (id, ok) VALUES ($1, $2) RETURNING id"), &[&Uuid::now_v7(), &true])
        });
        assert!(refused.is_err(), "{}", world.engine);
    });
}

#[test]
fn parameters_go_by_their_number_wherever_they_stand() {
    both(&SCHEMA, |world| {
        let add = |n: i64, words: &str| {
            world.db.write(|w| {
                w.execute(
                    sql("INSERT INTO thing (words, n, ok, id) VALUES ($3, $2, TRUE, $1)"),
                    &[&Uuid::now_v7(), &n, &words],
                )
            })
        };
        add(1, "one").unwrap();
        add(2, "two").unwrap();
        let found = world
            .db
            .read(|r| r.one(sql("SELECT n FROM thing WHERE words = $2 AND n = $1"), &[&2_i64, &"two"]));
        assert_eq!(found.unwrap().get::<i64>("n").unwrap(), 2, "{}", world.engine);
        let listed = world.db.read(|r| {
            r.query_list(
                sql("SELECT n FROM thing WHERE words IN ($LIST) AND n = $1"),
                &[&1_i64],
                &["one", "two"],
            )
        });
        assert_eq!(listed.unwrap().len(), 1, "{}", world.engine);
    });
}

#[test]
fn long_lists_take_several_rounds_and_lose_nothing() {
    both(&SCHEMA, |world| {
        let ids: Vec<Uuid> = (0..1300).map(|_| Uuid::now_v7()).collect();
        world
            .db
            .write(|w| {
                for id in &ids {
                    w.execute(sql("INSERT INTO thing (id, ok) VALUES ($1, $2)"), &[id, &true])?;
                }
                Ok::<_, Error>(())
            })
            .unwrap();
        for take in [0, 1, 2, 17, 1000, 1001, 1300] {
            let rows = world
                .db
                .read(|r| {
                    r.query_list(
                        sql("SELECT id FROM thing WHERE ok = $1 AND id IN ($LIST)"),
                        &[&true],
                        &ids[..take],
                    )
                })
                .unwrap();
            assert_eq!(rows.len(), take, "{}", world.engine);
        }
    });
}

#[test]
fn many_rows_arrive_once_each_and_in_order() {
    both(&SCHEMA, |world| {
        for n in [0, 1, 3, 5, 17, 300, 1030] {
            let mut many = Many::of(sql("INSERT INTO thing (id, ok, n, words) VALUES ($1, $2, $3, $4)"));
            let mark = format!("of {n}");
            for at in 0..n {
                let words = (at % 2 == 0).then_some(&mark);
                many.add(&[&Uuid::now_v7(), &true, &at, &words]);
            }
            let changed = world.db.write(|w| w.execute_many(&many)).unwrap();
            assert_eq!(changed, u64::try_from(n).unwrap(), "{}", world.engine);
            let marked =
                world.db.read(|r| r.query(sql("SELECT n FROM thing WHERE words = $1 ORDER BY n"), &[&mark]));
            let marked: Vec<i64> = marked.unwrap().iter().map(|row| row.get("n").unwrap()).collect();
            assert_eq!(marked, (0..n).step_by(2).collect::<Vec<_>>(), "{}", world.engine);
        }
    });
}

#[test]
fn many_rows_keep_what_the_statement_says_of_rows_already_there() {
    both(&SCHEMA, |world| {
        let (old, new) = (Uuid::now_v7(), Uuid::now_v7());
        let count = |ids: &[Uuid]| {
            let mut many = Many::of(sql(
                "INSERT INTO thing (id, ok, n) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET n = thing.n + excluded.n",
            ));
            for id in ids {
                many.add(&[id, &true, &2_i64]);
            }
            world.db.write(|w| w.execute_many(&many)).unwrap();
        };
        count(&[old]);
        count(&[old, new]);
        let n = |id: &Uuid| -> i64 {
            let row = world.db.read(|r| r.one(sql("SELECT n FROM thing WHERE id = $1"), &[id]));
            row.unwrap().get("n").unwrap()
        };
        assert_eq!((n(&old), n(&new)), (4, 2), "{}", world.engine);
    });
}

#[test]
fn a_refused_row_among_many_undoes_all_and_the_error_tells_the_statement_as_written() {
    both(&SCHEMA, |world| {
        const ONE: &str = "INSERT INTO thing (id, ok) VALUES ($1, $2)";
        let twice = Uuid::now_v7();
        let mut many = Many::of(sql(ONE));
        for id in (0..20).map(|_| Uuid::now_v7()).chain([twice, twice]) {
            many.add(&[&id, &true]);
        }
        let error = world.db.write(|w| w.execute_many(&many)).unwrap_err();
        assert!(error.is_duplicate() && error.to_string().ends_with(ONE), "{error}");
        let n: i64 = world.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM thing"), &[])?.get("n")).unwrap();
        assert_eq!(n, 0, "{}", world.engine);
    });
}

#[test]
fn a_statement_without_a_bracket_of_values_takes_no_rows() {
    both(&SCHEMA, |world| {
        let mut many = Many::of(sql("UPDATE thing SET ok = $1"));
        many.add(&[&true]);
        let said = world.db.write(|w| w.execute_many(&many)).unwrap_err().to_string();
        assert!(said.contains("after VALUES"), "{said}");
    });
}

#[test]
fn two_writers_queue_and_both_arrive() {
    both(&SCHEMA, |world| {
        let done = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        world
                            .db
                            .write(|w| {
                                w.execute(
                                    sql("INSERT INTO thing (id, ok) VALUES ($1, $2)"),
                                    &[&Uuid::now_v7(), &true],
                                )
                            })
                            .unwrap();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        let n: i64 = world.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM thing"), &[])?.get("n")).unwrap();
        assert_eq!((done.into_inner(), n), (100, 100), "{}", world.engine);
    });
}

#[test]
fn a_second_row_with_the_same_key_says_so() {
    both(&SCHEMA, |world| {
        let id = Uuid::now_v7();
        let insert = || {
            world.db.write(|w| w.execute(sql("INSERT INTO thing (id, ok) VALUES ($1, $2)"), &[&id, &true]))
        };
        insert().unwrap();
        assert!(insert().unwrap_err().is_duplicate(), "{}", world.engine);
    });
}

#[test]
fn migrating_twice_changes_nothing_and_a_changed_step_is_refused() {
    both(&SCHEMA, |world| {
        assert_eq!(world.db.migrate(&SCHEMA).unwrap(), Vec::<i64>::new());
        let mut changed = SCHEMA;
        changed[1].text = "CREATE INDEX another ON thing (n);\n";
        assert!(
            world.db.migrate(&changed).unwrap_err().to_string().contains("another text"),
            "{}",
            world.engine
        );
        assert!(
            world.db.migrate(&SCHEMA[..1]).unwrap_err().to_string().contains("newer program"),
            "{}",
            world.engine
        );
    });
}

#[test]
fn of_programs_that_start_together_each_finds_the_schema_whole() {
    both(&[], |world| {
        let start = std::sync::Barrier::new(4);
        let applied: Vec<i64> = std::thread::scope(|all| {
            let each: Vec<_> = (0..4)
                .map(|_| {
                    all.spawn(|| {
                        let db = store::Db::open(&world.address).unwrap();
                        start.wait();
                        db.migrate(&SCHEMA).unwrap()
                    })
                })
                .collect();
            each.into_iter().flat_map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(applied.len(), 2, "each step once, by whoever came first: {applied:?} ({})", world.engine);
        assert!(world.db.prepares(sql("SELECT born FROM thing")).is_ok());
    });
}

#[test]
fn damage_is_told_apart_from_an_engine_that_could_not_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.sqlite");
    std::fs::write(&path, "no database, however long it may be: ".repeat(200)).unwrap();
    let db = store::Db::open_still(&path).unwrap();
    assert!(db.integrity().unwrap_err().is_damage());
    assert!(!Error::Connect("no connection in time".into()).is_damage());
    let nothing = store::Db::open_still(&folder.path().join("nothing.sqlite")).map(drop).unwrap_err();
    assert!(!nothing.is_damage(), "{nothing}");
}

#[test]
fn a_step_that_fails_leaves_nothing_behind() {
    both(&SCHEMA, |world| {
        let broken = [
            SCHEMA[0],
            SCHEMA[1],
            Migration {
                number: 3,
                name: "broken",
                text: "CREATE TABLE half (\n  id uuid PRIMARY KEY\n);\nCREATE TABLE nonsense syntax;\n",
            },
        ];
        assert!(world.db.migrate(&broken).is_err());
        assert!(world.db.prepares(sql("SELECT id FROM half")).is_err(), "{}", world.engine);
        world.db.migrate(&SCHEMA).unwrap();
    });
}

#[test]
fn an_unknown_address_says_what_to_write() {
    let said = store::Db::open("mysql://x").unwrap_err().to_string();
    assert!(said.contains("sqlite:PATH"), "{said}");
}

#[test]
fn a_still_copy_is_read_without_a_file_beside_it_and_takes_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let db = store::Db::open(&format!("sqlite:{}", folder.path().join("live.sqlite").display())).unwrap();
    db.migrate(&SCHEMA).unwrap();
    let still = folder.path().join("still");
    std::fs::create_dir(&still).unwrap();
    // Names that would end an address early if they were not written out.
    let copy = still.join("100% sure? #1.sqlite");
    db.copy_to(&copy).unwrap();
    let opened = store::Db::open_still(&copy).unwrap();
    let read = || opened.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM thing"), &[])?.get::<i64>("n"));
    // Both connections and the pool's are in use at once.
    std::thread::scope(|all| {
        for _ in 0..4 {
            all.spawn(|| assert_eq!(read().unwrap(), 0));
        }
    });
    assert!(opened.integrity().unwrap().is_empty());
    opened.write(|w| w.execute(sql("DELETE FROM thing"), &[])).unwrap_err();
    let beside: Vec<_> = std::fs::read_dir(&still).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(beside, [copy]);
}
