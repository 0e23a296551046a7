//! Every route × every role × (own project, another project, disabled, signed out): nobody sees what is not theirs, and no
//! refusal names anybody.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::policy::KeepRegister;
use alongside::access::{Permit, Role};
use alongside::ids::PersonId;
use alongside::people::{Details, NewPerson, register};
use axum::http::StatusCode;
use world::{World, both};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

/// Words that stand only on the seeded line and person.
const NAMES: [&str; 2] = ["ZYXWVU", "QWERTIL"];

fn seed(world: &World<'_>) -> (alongside::ids::ProjectId, alongside::ids::ProjectId, String, String) {
    let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    let reading = world.import("list.csv", LIST.as_bytes());
    assert_eq!(reading.counts.listings_new, 1, "{reading:?}");
    let row = world.test.db.read(|r| r.one(store::sql("SELECT id FROM listing"), &[])).unwrap();
    let listing: alongside::ids::ListingId = row.get("id").unwrap();
    let clinician = world.someone("Seeder", Role::Practitioner, Some(own));
    let made = world.post(&clinician, &format!("/listings/{listing}/compare"), &[("decision", "new")]);
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let row = world.test.db.read(|r| r.one(store::sql("SELECT id FROM person"), &[])).unwrap();
    let person: alongside::ids::PersonId = row.get("id").unwrap();
    (own, other, listing.to_string(), person.to_string())
}

/// An assessment with a topic, a need and a questionnaire that asks to be talked about: real ids, which another project must
/// be refused like any that never were.
fn seed_assessment(
    world: &World<'_>,
    own: alongside::ids::ProjectId,
    person: &str,
) -> Vec<(&'static str, String)> {
    let who = world.someone("Assessor", Role::Practitioner, Some(own));
    let begun = world.post(&who, &format!("/people/{person}/assessments"), &[("open", "0")]);
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let href = begun.location().to_owned();
    let fields = [("medication", "yes"), ("medication-words", "ZYXWVU takes it"), ("seen", "0")];
    let saved = world.post(&who, &format!("{href}/topics/medication"), &fields);
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let need = [("area", "drugs"), ("level", "mild"), ("plan", "QWERTIL to be seen")];
    let listed = world.post(&who, &format!("{href}/needs"), &need);
    assert_eq!(listed.status, StatusCode::SEE_OTHER, "{}", listed.body);
    let answers = [("item-1", "1"), ("item-9", "1"), ("draft", "")];
    let filled = world.post(&who, &format!("/people/{person}/questionnaires/phq-9/fill"), &answers);
    assert_eq!(filled.status, StatusCode::SEE_OTHER, "{}", filled.body);
    let need: alongside::ids::NeedId = world
        .test
        .db
        .read(|r| r.one(store::sql("SELECT need_id FROM assessment_need"), &[]))
        .unwrap()
        .get("need_id")
        .unwrap();
    let response = filled.location().split('/').nth(2).unwrap().to_owned();
    let assessment = href.rsplit('/').next().unwrap().to_owned();
    vec![("{assessment}", assessment), ("{need}", need.to_string()), ("{response}", response)]
}

/// Records that rooms keep about the seeded person: for each placeholder the id of a real one, which another project must not
/// reach.
fn records(world: &World<'_>, own: alongside::ids::ProjectId, person: &str) -> Vec<(&'static str, String)> {
    use alongside::access::Permit;
    use alongside::access::policy::HandOver;
    use alongside::{consent, handover, people, screening};
    let permit: Permit<HandOver> = Permit::for_command_line(&world.test.db);
    let now = alongside::clock::now();
    permit
        .write_now(|w| {
            let person = w.reading(|r| people::find(r, person.parse().unwrap()))?.unwrap();
            let about = consent::Subject::person(w, &person)?;
            let given = consent::NewDecision {
                recipient: consent::Recipient::Court,
                name: String::new(),
                purpose: None,
                decision: consent::Decision::Given,
                limits: String::new(),
                withdraws: None,
                obtained: consent::Obtained::default(),
                expires_on: None,
                decided_at: now,
            };
            let decision = consent::record(w, &about, &given)?;
            let because = consent::NewOverride {
                project: own,
                recipient: consent::Recipient::Police,
                name: String::new(),
                purpose: consent::Purpose::Safety,
                class: consent::Class::Law,
                reason: "An order".into(),
                told: "yes".into(),
                told_words: "So".into(),
            };
            let overridden = consent::override_consent(w, &about, &because)?;
            let new = handover::NewWarning {
                listing: None,
                person: Some(person.id()),
                project: own,
                words: "Words".into(),
                said_by: "The person".into(),
                heard_at: now,
                basis: handover::Basis::SaidByPerson,
                advice: String::new(),
            };
            let warning = handover::raise(w, &new)?;
            let opened = w.reading(|r| handover::find_warning(r, warning))?.unwrap();
            let given = handover::NewHandover {
                receiver: handover::Receiver::Escort,
                place: "Invented Escorts".into(),
                given_to: String::new(),
                means: consent::Means::InPerson,
                handed_at: now,
                confirm_within: 60,
                after: None,
            };
            let handed = handover::hand_over(w, &opened, &given)?;
            let screened = alongside::ids::ScreeningId::fresh();
            let entry = screening::Entry {
                seen: screening::Seen::Declined,
                seen_words: "QWERTIL said no".into(),
                contact_at: now,
                late_from_paper: false,
                answers: alongside::forms::Answers::default(),
                need: None,
                outcome: None,
            };
            screening::record(w, screened, screening::On::Person(person.id()), own, &entry)?;
            Ok::<_, store::Error>(vec![
                ("{screening}", screened.to_string()),
                ("{consent}", decision.to_string()),
                ("{override}", overridden.to_string()),
                ("{warning}", warning.to_string()),
                ("{handover}", handed.to_string()),
                ("{secret}", "x".to_owned()),
            ])
        })
        .unwrap()
}

fn filled(path: &str, listing: &str, person: &str, import: &str) -> String {
    let nowhere = uuid::Uuid::now_v7().to_string();
    path.replace("{topic}", "medication")
        .replace("{instrument}", "phq-9")
        .replace("{court}", "B01ND")
        .replace("{date}", "2026-11-23")
        .replace("{listing}", listing)
        .replace("{person}", person)
        .replace("{import}", import)
        .replace("{project}", &nowhere)
        .replace("{account}", &nowhere)
        .replace("{token}", &nowhere)
        .replace("{borough}", &nowhere)
        .replace("{grant}", &nowhere)
        .replace("{other}", &nowhere)
        .replace("{draft}", &nowhere)
        .replace("{session}", &nowhere)
        .replace("{identity}", &nowhere)
        .replace("{secret}", "x")
        .replace("{use}", &nowhere)
        .replace("{mark}", "x")
        .replace("{name}", "x.css")
        .replace("{*rest}", "x")
}

/// A decision, an assessment and a partner service of the seeded person: what stands in the paths of triage. No account of the
/// matrix answers for the service.
fn triaged(world: &World<'_>, own: alongside::ids::ProjectId, listing: &str) -> Vec<(&'static str, String)> {
    use alongside::access::Permit;
    use alongside::access::policy::ManageService;
    use alongside::triage::{NewPartner, add_partner};
    let clinician = world.someone("Triager", Role::Practitioner, Some(own));
    let decided = world.post(
        &clinician,
        &format!("/listings/{listing}/triage"),
        &[("decision", "refer"), ("urgency", "C"), ("reason", "test")],
    );
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    let asked = world.post(
        &clinician,
        &format!("/listings/{listing}/psychiatry"),
        &[("asked-by", "court"), ("purpose", "bail")],
    );
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let permit: Permit<ManageService> = Permit::for_command_line(&world.test.db);
    let new = NewPartner {
        name: "North Trust".into(),
        kind: "forensic".into(),
        contact: String::new(),
        reply_hours: None,
    };
    let partner = permit.write_now(|w| add_partner(w, own, &new)).unwrap();
    let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    vec![
        ("{triage}", last(decided.location())),
        ("{psychiatric}", last(asked.location())),
        ("{partner}", partner.to_string()),
        ("{request}", uuid::Uuid::now_v7().to_string()),
        ("{part}", "doctor-1".into()),
        ("{purpose}", "answer".into()),
    ]
}

/// The day in court of the seeded line, which came with its list.
fn heard(world: &World<'_>) -> Vec<(&'static str, String)> {
    let row = world.test.db.read(|r| r.one(store::sql("SELECT id FROM hearing"), &[])).unwrap();
    vec![("{hearing}", row.get::<alongside::ids::HearingId>("id").unwrap().to_string())]
}

/// A report, written, signed and delivered, and a spoken one: what stands in the paths of reports.
fn reported(world: &World<'_>, own: alongside::ids::ProjectId, listing: &str) -> Vec<(&'static str, String)> {
    let who = world.someone("Reporter", Role::Practitioner, Some(own));
    let now = alongside::clock::in_london(alongside::clock::now());
    let (day, month, year, time) = (
        now.day().to_string(),
        now.month().to_string(),
        now.year().to_string(),
        now.strftime("%H:%M").to_string(),
    );
    let moment = |name: &str| {
        [("day", &day), ("month", &month), ("year", &year), ("time", &time)]
            .map(|(part, value)| (format!("{name}-{part}"), value.clone()))
    };
    let send = |path: &str, fields: &[(&str, &str)], name: &str| {
        let at = moment(name);
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        all.extend(at.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        let answer = world.post(&who, path, &all);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        answer.location().to_owned()
    };
    let asked = [("asked-by", "bench"), ("kind", "letter"), ("purpose", "bail")];
    let report = send(&format!("/listings/{listing}/reports/new"), &asked, "asked");
    let text = [("source", "interview"), ("text-letter", "QWERTIL asked for the dates."), ("seen", "0")];
    send(&format!("{report}/write"), &text, "x");
    let check = world.get(&who, &format!("{report}/sign")).body;
    let looked: Vec<String> = check
        .split("name=\"looked\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split("value=\"").nth(1)?.split('"').next()?.to_owned()))
        .collect();
    let mut sign: Vec<(&str, &str)> = looked.iter().map(|key| ("looked", key.as_str())).collect();
    sign.push(("save", "1"));
    send(&format!("{report}/sign"), &sign, "x");
    let given = [("to", "court"), ("to-name", "Desk"), ("means", "paper"), ("version", "1")];
    send(&format!("{report}/deliver"), &given, "when");
    let said = [("said", "QWERTIL was seen."), ("to", "court")];
    let oral = send(&format!("/listings/{listing}/spoken"), &said, "when");
    let delivery: alongside::ids::DeliveryId = world
        .test
        .db
        .read(|r| r.one(store::sql("SELECT id FROM report_delivery"), &[]))
        .unwrap()
        .get("id")
        .unwrap();
    let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    vec![
        ("{report}", last(&report)),
        ("{version}", "1".into()),
        ("{delivery}", delivery.to_string()),
        ("{recommendation}", uuid::Uuid::now_v7().to_string()),
        ("{oral}", last(&oral)),
        ("{letterhead}", own.to_string()),
    ]
}

/// A referral to a service and one to us, a contact, a request for information, a letter that is stuck: what stands in the paths
/// of getting people to help.
fn helped(world: &World<'_>, own: alongside::ids::ProjectId, person: &str) -> Vec<(&'static str, String)> {
    use alongside::access::Permit;
    use alongside::access::policy::KeepLiaison;
    use alongside::consent::{self, Recipient};
    use alongside::forms::Answers;
    use alongside::ids::{ContactId, InformationId, ReferralId, ReferralInId, ServiceId};
    use alongside::{directory, liaison, people, post, referrals, referrals_in};
    let permit: Permit<KeepLiaison> = Permit::for_command_line(&world.test.db);
    let (now, today) = (alongside::clock::now(), alongside::clock::london_day(alongside::clock::now()));
    let (service, referral, incoming) = (ServiceId::fresh(), ReferralId::fresh(), ReferralInId::fresh());
    let (contact, asked) = (ContactId::fresh(), InformationId::fresh());
    permit
        .write_now(|w| {
            let person = w.reading(|r| people::find(r, person.parse().unwrap()))?.unwrap();
            let about = consent::Subject::person(w, &person)?;
            for recipient in [Recipient::Gp, Recipient::Housing] {
                let given = consent::NewDecision {
                    recipient,
                    name: String::new(),
                    purpose: None,
                    decision: consent::Decision::Given,
                    limits: String::new(),
                    withdraws: None,
                    obtained: consent::Obtained::default(),
                    expires_on: None,
                    decided_at: now,
                };
                consent::record(w, &about, &given)?;
            }
            let mut answers = Answers::default();
            answers.set("name", "Harbour House");
            directory::add(w, service, &answers, None, "")?;
            let new = referrals::NewReferral {
                project: own,
                to: referrals::To {
                    service: service.into(),
                    name: "Harbour House".into(),
                    recipient: Recipient::Housing,
                    email: String::new(),
                    reply_days: None,
                },
                purpose: consent::Purpose::Support,
                reason: "help".into(),
                priority: "routine".into(),
                needs: vec!["accommodation".into()],
                despite: String::new(),
                packet: vec![alongside::triage::Section {
                    key: "who".into(),
                    heading: "Who".into(),
                    lines: vec!["QWERTIL ZYXWVU".into()],
                }],
                means: "paper".into(),
                reply_due: today,
                sent_at: now,
            };
            referrals::make(w, &person, referral, &new)?.unwrap();
            let (_, made) = w.reading(|r| referrals::find_referral(r, referral))?.unwrap();
            let event = referrals::keep(w, &made, &referrals::New::of(referrals::What::Note))?;
            let said = liaison::NewContact {
                project: own,
                at: now,
                agency: "gp".into(),
                who: "Dr Pretend".into(),
                role: String::new(),
                means: "telephone".into(),
                purpose: "information".into(),
                direction: "out".into(),
                words: "QWERTIL takes it".into(),
                told: String::new(),
                told_for: None,
                outcome: "spoke".into(),
                follow_up: String::new(),
                follow_up_on: None,
            };
            liaison::record_contact(w, &person, contact, &said)?.unwrap();
            let question = liaison::NewInformation {
                project: own,
                agency: Recipient::Gp,
                who: "Dr Pretend".into(),
                role: String::new(),
                subject: "medication".into(),
                words: "What does QWERTIL take?".into(),
                means: "email".into(),
                asked_at: now,
                due_on: today,
            };
            liaison::ask(w, &person, asked, &question)?;
            let came = referrals_in::NewReferralIn {
                project: own,
                source: "telephone",
                door: None,
                name: "QWERTIL ZYXWVU".into(),
                born_on: None,
                sex: String::new(),
                number: String::new(),
                place: "cells".into(),
                court: "B01ND".into(),
                hearing_on: None,
                hearing_time: String::new(),
                worries: vec!["low".into()],
                words: String::new(),
                danger: "no".into(),
                told: "yes".into(),
                agrees: "yes".into(),
                report: None,
                referrer: ("Ursula Usher".into(), "usher".into(), "desk".into()),
            };
            referrals_in::receive(w, incoming, &came)?;
            let door = referrals_in::make_door(w, own, "poster", "Cells")?;
            let sheet = alongside::ids::SheetId::fresh();
            let advice = alongside::advice::NewSheet {
                project: own,
                variant: "ordinary",
                language: "en",
                safe: "yes".into(),
                sections: vec![alongside::advice::Section {
                    heading: "For".into(),
                    lines: vec!["QWERTIL".into()],
                }],
                how: "printed".into(),
            };
            alongside::advice::give(w, &person, sheet, &advice)?;
            let (task, entry) = (alongside::ids::TaskId::fresh(), alongside::ids::DiaryId::fresh());
            let todo = alongside::tasks::NewTask {
                project: own,
                person: Some(person.id()),
                what: "Ring QWERTIL".into(),
                due_on: Some(today),
                hearing_days: None,
                assigned: None,
            };
            alongside::tasks::make_task(w, task, &todo)?;
            let rota = alongside::ids::RotaPostId::fresh();
            let post = alongside::rota::NewPost {
                project: own,
                who: None,
                half: alongside::rota::Half::Afternoon,
                place: alongside::rota::Place::Office("QWERTIL's office".into()),
                when: alongside::rota::When::On(alongside::clock::london_day(now)),
            };
            alongside::rota::put(w, rota, &post)?;
            let goes: uuid::Uuid =
                w.one(store::sql("SELECT id FROM account ORDER BY id LIMIT 1"), &[])?.get("id")?;
            let visit = alongside::tasks::NewEntry {
                project: own,
                person: Some(person.id()),
                kind: "visit".into(),
                at: now,
                minutes: 30,
                place: "QWERTIL's home".into(),
                words: String::new(),
                goes: (goes, "Somebody".into()),
            };
            alongside::tasks::enter(w, entry, &visit)?;
            let letter = post::NewMessage {
                kind: post::Kind::Email,
                to: "intake@harbour.example.org".into(),
                subject: "A referral is waiting".into(),
                body: String::new(),
                link: None,
                about: ("referral", referral.into()),
                project: own,
                at: now,
            };
            let message = post::queue(w, &letter)?;
            Ok::<_, store::Error>(vec![
                ("{service}", service.to_string()),
                ("{referral}", referral.to_string()),
                ("{event}", event.to_string()),
                ("{act}", "note".to_owned()),
                ("{contact}", contact.to_string()),
                ("{information}", asked.to_string()),
                ("{referral_in}", incoming.to_string()),
                ("{door}", door.id.to_string()),
                ("{code}", "nosuchcode".to_owned()),
                ("{message}", message.to_string()),
                ("{sheet}", sheet.to_string()),
                ("{task}", task.to_string()),
                ("{diary}", entry.to_string()),
                ("{rota}", rota.to_string()),
                ("{away}", uuid::Uuid::now_v7().to_string()),
            ])
        })
        .unwrap()
}

#[test]
fn every_route_refuses_who_may_not_and_names_nobody() {
    both(|world| {
        let (own, other, listing, person) = seed(world);
        let import: alongside::ids::ImportId = world
            .test
            .db
            .read(|r| r.one(store::sql("SELECT id FROM import"), &[]))
            .unwrap()
            .get("id")
            .unwrap();
        let import = import.to_string();
        let mut records = records(world, own, &person);
        records.extend(seed_assessment(world, own, &person));
        records.extend(triaged(world, own, &listing));
        records.extend(heard(world));
        records.extend(reported(world, own, &listing));
        records.extend(helped(world, own, &person));
        let mut failures = Vec::new();
        let people: Vec<(Role, bool, world::Someone)> = Role::ALL
            .into_iter()
            .flat_map(|role| [(role, true), (role, false)])
            .map(|(role, ours)| {
                let who = world.someone(
                    &format!("{} {}", role.key(), if ours { "own" } else { "other" }),
                    role,
                    Some(if ours { own } else { other }),
                );
                (role, ours, who)
            })
            .collect();
        for route in &world.declared {
            let path =
                records.iter().fold(filled(route.path, &listing, &person, &import), |path, (name, id)| {
                    path.replace(name, id)
                });
            if path.contains('{') {
                failures.push(format!("{path}: the test does not know how to fill this path"));
                continue;
            }
            let Some(capability) = route.capability else { continue };
            // It does what it says: whoever asks next would be signed out. `signing_in.rs` tests it.
            if path.ends_with("/sessions/end-all") {
                continue;
            }
            let signed_out = world.status_of(route.method, &path, None);
            let expected =
                if route.method == "GET" { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
            if signed_out != expected {
                failures.push(format!("{} {path} signed out: {signed_out}", route.method));
            }
            for (role, ours, who) in &people {
                let may = route.roles.contains(role);
                // An event stream has no end: its status is enough.
                if path.ends_with("/live") {
                    let status = world.status_of(route.method, &path, Some(who));
                    if (status == StatusCode::OK) != (may && *ours) {
                        failures.push(format!("{path} as {role:?} (own project: {ours}): {status}"));
                    }
                    continue;
                }
                let answer = world.send(route.method, &path, Some(who), &[]);
                if !may && answer.status != StatusCode::NOT_FOUND {
                    failures.push(format!(
                        "{} {path} as {role:?}, who lacks {capability}: {}",
                        route.method, answer.status
                    ));
                }
                if answer.status == StatusCode::INTERNAL_SERVER_ERROR {
                    failures.push(format!("{} {path} as {role:?}: broke", route.method));
                }
                let clinical = matches!(role, Role::Practitioner | Role::Manager | Role::LinkWorker);
                // Whoever sent a file in may have it back; nobody here sent this one.
                if (!*ours || !clinical)
                    && !path.ends_with("/original")
                    && NAMES.iter().any(|name| answer.body.contains(name))
                {
                    failures.push(format!(
                        "{} {path} as {role:?} (own project: {ours}) names somebody",
                        route.method
                    ));
                }
                if answer.status != StatusCode::OK
                    && NAMES.iter().any(|name| answer.body.contains(name))
                    && !clinical
                {
                    failures.push(format!("{} {path} as {role:?}: a refusal names somebody", route.method));
                }
            }
        }
        assert!(failures.is_empty(), "{}:\n{}", world.test.engine, failures.join("\n"));
    });
}

/// A person on the register, put there by the operator.
fn on_register(world: &World<'_>, project: alongside::ids::ProjectId, forename: &str) -> PersonId {
    let permit: Permit<KeepRegister> = Permit::for_command_line(&world.test.db);
    let details =
        Details { forename: Some(forename.into()), surname: Some("ZYXWVU".into()), ..Details::default() };
    permit.write_now(|w| register(w, &NewPerson { details, source: "test".into(), project })).unwrap()
}

/// Every route about a person × a limited, a merged and a glass-opened record, for whoever may not and for whoever may.
#[test]
fn restricted_merged_and_opened_records_on_every_route_about_a_person() {
    both(|world| {
        let (own, other) = (world.project("Own", &[]), world.project("Other", &[]));
        let limited = on_register(world, own, "QWERTIL");
        let (kept, merged) = (on_register(world, own, "QWERTIL"), on_register(world, own, "QWERTIL"));
        let (opened, closed) = (on_register(world, other, "QWERTIL"), on_register(world, other, "QWERTIL"));
        let manager = world.someone("Manager Own", Role::Manager, Some(own));
        let practitioner = world.someone("Practitioner Own", Role::Practitioner, Some(own));
        let far = world.someone("Manager Other", Role::Manager, Some(other));
        let leaver = world.someone("Leaver Own", Role::Manager, Some(own));
        let merge = format!("merge {kept}");
        let done = world.post(
            &manager,
            &format!("/people/{kept}/compare/{merged}"),
            &[("decision", &merge), ("reason", "one")],
        );
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let done = world.post(
            &manager,
            &format!("/people/{limited}/restrictions"),
            &[("do", "restrict"), ("kind", "limited"), ("reason", "works here")],
        );
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let done = world.post(
            &practitioner,
            &format!("/glass/{opened}"),
            &[("class", "life"), ("reason", "a reason in a sentence")],
        );
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    store::sql("UPDATE account SET disabled_at = created_at WHERE id = $1"),
                    &[&leaver.account],
                )
            })
            .unwrap();

        // (record, who, what they may do with it)
        enum Reach {
            Nothing,
            Reading,
            All,
        }
        let cases = [
            ("limited, not named", limited, &practitioner, Reach::Nothing),
            ("limited, named", limited, &manager, Reach::All),
            ("merged, own", merged, &manager, Reach::All),
            ("merged, another project", merged, &far, Reach::Nothing),
            ("kept, another project", kept, &far, Reach::Nothing),
            ("opened by glass", opened, &practitioner, Reach::Reading),
            ("opened by somebody else", opened, &manager, Reach::Nothing),
            ("another of that project", closed, &practitioner, Reach::Nothing),
            ("own, but disabled", kept, &leaver, Reach::Nothing),
        ];
        let mut failures = Vec::new();
        let mut walked = 0;
        for route in world.declared.iter().filter(|r| r.path.contains("{person}")) {
            let Some(capability) = route.capability else { continue };
            for (what, person, who, reach) in &cases {
                let path = filled(route.path, "x", &person.to_string(), "x");
                // The page that asks for the glass opens for closed records, and names nobody.
                let asks = capability == "BreakGlass";
                let answer = world.send(route.method, &path, Some(who), &[]);
                walked += 1;
                let names = NAMES.iter().any(|name| answer.body.contains(name));
                let reads = alongside::access::policy::THROUGH_GLASS.contains(&capability);
                let right = match reach {
                    Reach::Nothing if asks => !names,
                    Reach::Nothing => {
                        !names
                            && matches!(
                                answer.status,
                                StatusCode::NOT_FOUND | StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED
                            )
                    }
                    Reach::Reading if reads => answer.status != StatusCode::NOT_FOUND,
                    Reach::Reading => !names && answer.status == StatusCode::NOT_FOUND,
                    Reach::All => answer.status != StatusCode::INTERNAL_SERVER_ERROR,
                };
                if !right {
                    failures.push(format!(
                        "{} {} ({what}): {}, names: {names}",
                        route.method, route.path, answer.status
                    ));
                }
            }
        }
        assert!(walked >= 9 * 9, "only {walked}");
        assert!(failures.is_empty(), "{}:\n{}", world.test.engine, failures.join("\n"));
        for (person, who) in [(limited, &manager), (merged, &manager), (opened, &practitioner)] {
            assert!(
                world.get(who, &format!("/people/{person}")).body.contains("QWERTIL"),
                "the walk proves nothing otherwise"
            );
        }
    });
}

#[test]
fn a_disabled_account_is_signed_out_at_once() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Leaver Example", Role::Practitioner, Some(own));
        assert_eq!(world.get(&who, "/courts/B01ND/2026-11-23").status, StatusCode::OK);
        world
            .test
            .db
            .write(|w| {
                w.execute(
                    store::sql("UPDATE account SET disabled_at = created_at WHERE id = $1"),
                    &[&who.account],
                )
            })
            .unwrap();
        assert_eq!(world.get(&who, "/courts/B01ND/2026-11-23").status, StatusCode::SEE_OTHER);
        let again = world.send(
            "POST",
            "/sign-in",
            None,
            &[("email", "leaver.example@example.org"), ("password", world::PASSWORD)],
        );
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let nobody = world.send(
            "POST",
            "/sign-in",
            None,
            &[("email", "nobody@example.org"), ("password", world::PASSWORD)],
        );
        let strip =
            |body: &str| body.replace("leaver.example@example.org", "").replace("nobody@example.org", "");
        assert_eq!(strip(&again.body), strip(&nobody.body), "the answer tells which addresses have accounts");
    });
}

#[test]
fn a_form_from_another_site_changes_nothing() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Target Example", Role::Practitioner, Some(own));
        let request = axum::http::Request::post("/account")
            .header("cookie", &who.cookie)
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("old=x&new=y&again=y"))
            .unwrap();
        assert_eq!(world.request(request).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn every_answer_carries_the_headers_that_keep_it_private() {
    both(|world| {
        let own = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
        let who = world.someone("Reader Example", Role::Practitioner, Some(own));
        for path in ["/courts/B01ND/2026-11-23", "/nowhere", "/account"] {
            let answer = world.get(&who, path);
            let header = |name: &str| answer.headers.get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
            assert_eq!(header("cache-control"), "no-store", "{path}");
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
            assert!(policy.contains("require-trusted-types-for 'script'; trusted-types alongside"), "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert!(!answer.body.contains("style=\"") && !answer.body.contains("<script>"), "{path}");
        }
    });
}

#[test]
fn a_browser_that_came_over_https_comes_over_nothing_else() {
    let hsts = |world: &World<'_>| {
        let answer = world.send("GET", "/sign-in", None, &[]);
        answer.headers.get("strict-transport-security").map(|v| v.to_str().unwrap().to_owned())
    };
    both(|world| assert_eq!(hsts(world), None, "plain http on a laptop"));
    world::both_with(&[("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org")], |world| {
        assert_eq!(hsts(world).as_deref(), Some("max-age=63072000; includeSubDomains"));
    });
}

#[test]
fn the_session_s_cookie_is_out_of_reach_of_script_and_over_https_tied_to_this_host() {
    let cookie = |world: &World<'_>| {
        world.someone("Reader Example", Role::Practitioner, None);
        let fields = [("email", "reader.example@example.org"), ("password", world::PASSWORD)];
        let answer = world.send("POST", "/sign-in", None, &fields);
        answer.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned()
    };
    both(|world| {
        let said = cookie(world);
        assert!(said.starts_with("alongside=") && said.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{said}");
    });
    let settings =
        [("ALONGSIDE_PUBLIC_URL", "https://alongside.example.org"), ("ALONGSIDE_SECOND_FACTOR", "off")];
    world::both_with(&settings, |world| {
        let said = cookie(world);
        assert!(said.starts_with("__Host-alongside="), "{said}");
        assert!(said.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure") && !said.contains("Domain"), "{said}");
    });
}

#[test]
fn every_file_of_the_pages_says_what_it_is() {
    both(|world| {
        let page = world.send("GET", "/sign-in", None, &[]).body;
        let files: Vec<&str> = page.split("/assets/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(files.len() >= 3, "{files:?}");
        for file in files {
            let answer = world.send("GET", &format!("/assets/{file}"), None, &[]);
            let kind = answer.headers.get("content-type").unwrap().to_str().unwrap();
            let right = match file.rsplit('.').next() {
                Some("css") => "text/css; charset=utf-8",
                Some("js") => "text/javascript; charset=utf-8",
                Some("svg") => "image/svg+xml; charset=utf-8",
                _ => "image/png",
            };
            assert_eq!(kind, right, "{file}");
        }
    });
}

#[test]
fn a_page_refused_for_want_of_a_role_stands_in_the_audit_and_a_thousand_are_few_rows() {
    both(|world| {
        let own = world.project("Own", &[]);
        let who = world.someone("Curious Example", Role::Practitioner, Some(own));
        for _ in 0..40 {
            assert_eq!(world.get(&who, "/audit").status, StatusCode::NOT_FOUND);
        }
        let told: Vec<String> = world
            .test
            .db
            .read(|r| {
                r.query(
                    store::sql("SELECT detail FROM audit_event WHERE action = 'page refused' AND subject_id = 'ReadAudit' ORDER BY seq"),
                    &[],
                )?
                .iter()
                .map(|row| row.get("detail"))
                .collect::<store::Result<_>>()
            })
            .unwrap();
        let counts: Vec<&str> = told.iter().map(|d| d.split(' ').next().unwrap()).collect();
        assert_eq!(counts, ["1", "2", "4", "8", "16", "32"]);
    });
}
