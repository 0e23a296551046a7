//! Somebody invented of whom every room holds something: for tests that walk every route, take everything away, or tell
//! everything.
#![allow(dead_code, clippy::unwrap_used)]

use super::World;
use alongside::access::{Permit, Role};
use axum::http::StatusCode;

pub const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\n";

/// Words that stand only on the seeded line and person.
pub const NAMES: [&str; 2] = ["ZYXWVU", "QWERTIL"];

pub fn seed(world: &World<'_>) -> (alongside::ids::ProjectId, alongside::ids::ProjectId, String, String) {
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
pub fn seed_assessment(
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
pub fn records(
    world: &World<'_>,
    own: alongside::ids::ProjectId,
    person: &str,
) -> Vec<(&'static str, String)> {
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

/// A decision, an assessment and a partner service of the seeded person: what stands in the paths of triage. No account of the
/// matrix answers for the service.
pub fn triaged(
    world: &World<'_>,
    own: alongside::ids::ProjectId,
    listing: &str,
) -> Vec<(&'static str, String)> {
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
pub fn heard(world: &World<'_>) -> Vec<(&'static str, String)> {
    let row = world.test.db.read(|r| r.one(store::sql("SELECT id FROM hearing"), &[])).unwrap();
    vec![("{hearing}", row.get::<alongside::ids::HearingId>("id").unwrap().to_string())]
}

/// A report, written, signed and delivered, and a spoken one: what stands in the paths of reports.
pub fn reported(
    world: &World<'_>,
    own: alongside::ids::ProjectId,
    listing: &str,
) -> Vec<(&'static str, String)> {
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
pub fn helped(
    world: &World<'_>,
    own: alongside::ids::ProjectId,
    person: &str,
) -> Vec<(&'static str, String)> {
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

/// Where everything is.
pub struct Seeded {
    pub own: alongside::ids::ProjectId,
    pub other: alongside::ids::ProjectId,
    pub listing: String,
    pub person: String,
    /// For each placeholder of a path the id of a real record.
    pub records: Vec<(&'static str, String)>,
}

impl Seeded {
    pub fn id(&self) -> alongside::ids::PersonId {
        self.person.parse().unwrap()
    }

    pub fn record(&self, placeholder: &str) -> &str {
        self.records.iter().find(|(name, _)| *name == placeholder).map_or("", |(_, id)| id)
    }
}

/// One person of whom every room holds something.
pub fn everything(world: &World<'_>) -> Seeded {
    let (own, other, listing, person) = seed(world);
    let mut all = records(world, own, &person);
    all.extend(seed_assessment(world, own, &person));
    all.extend(triaged(world, own, &listing));
    all.extend(heard(world));
    all.extend(reported(world, own, &listing));
    all.extend(helped(world, own, &person));
    joined(world, &person, &all);
    Seeded { own, other, listing, person, records: all }
}

/// Says whom the referral to us is about.
fn joined(world: &World<'_>, person: &str, records: &[(&'static str, String)]) {
    use alongside::access::policy::TakeReferralsIn;
    use alongside::referrals_in::{EventKind, More, find_referral_in, happened};
    let permit: Permit<TakeReferralsIn> = Permit::for_command_line(&world.test.db);
    let id = records.iter().find(|(name, _)| *name == "{referral_in}").unwrap().1.parse().unwrap();
    permit
        .write_now(|w| {
            let referral = w.reading(|r| find_referral_in(r, id))?.unwrap();
            let whom = More { person: Some(person.parse().unwrap()), ..More::default() };
            happened(w, &referral, EventKind::Joined, &whom)
        })
        .unwrap();
}

/// The same, with a row in every table about people that these acts leave empty.
pub fn everything_and_more(world: &World<'_>) -> Seeded {
    let seeded = everything(world);
    let (person, listing) = (seeded.person.parse().unwrap(), seeded.listing.parse().unwrap());
    super::schema::fill_empty(world.test, person, listing, NAMES[0]);
    seeded
}
