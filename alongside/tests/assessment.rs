//! Assessment and questionnaires as practitioners and managers live them, on both databases.
#![allow(clippy::unwrap_used)]

mod world;

use alongside::access::Role;
use alongside::ids::{ListingId, PersonId, ProjectId};
use axum::http::StatusCode;
use store::sql;
use world::{Answer, Someone, World, both, both_with};

const LIST: &str = "court code,date,surname,forename,date of birth,list number,case number\nB01ND,2026-11-23,ZYXWVU,QWERTIL,01/02/1990,1,1600000001\nB01ND,2026-11-23,MADEUP,ORLANDA,03/04/1985,2,1600000002\n";

struct Service {
    project: ProjectId,
    nurse: Someone,
    stranger: Someone,
    person: String,
    /// ZYXWVU's line, linked; MADEUP's, not.
    lines: [String; 2],
}

fn service(world: &World<'_>) -> Service {
    let project = world.project("Own", &[("B01ND", "Thames Magistrates' Court")]);
    let other = world.project("Other", &[("B01GU", "Highbury Corner Magistrates' Court")]);
    world.import("list.csv", LIST.as_bytes());
    let line = |name: &str| {
        let row = world
            .test
            .db
            .read(|r| r.one(sql("SELECT id FROM listing WHERE surname = $1"), &[&name]))
            .unwrap();
        row.get::<ListingId>("id").unwrap().to_string()
    };
    let lines = [line("ZYXWVU"), line("MADEUP")];
    let nurse = world.someone("Nurse Example", Role::Practitioner, Some(project));
    let made = world.post(&nurse, &format!("/listings/{}/compare", lines[0]), &[("decision", "new")]);
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let row = world.test.db.read(|r| r.one(sql("SELECT id FROM person"), &[])).unwrap();
    let person = row.get::<PersonId>("id").unwrap().to_string();
    let stranger = world.someone("Stranger Example", Role::Practitioner, Some(other));
    Service { project, nurse, stranger, person, lines }
}

fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

impl Service {
    fn begin(&self, world: &World<'_>) -> String {
        went(&world.post(&self.nurse, &format!("/people/{}/assessments", self.person), &[("open", "9")]))
    }

    fn topic(&self, world: &World<'_>, href: &str, topic: &str, fields: &[(&str, &str)]) -> Answer {
        world.post(&self.nurse, &format!("{href}/topics/{topic}"), fields)
    }

    fn fill(&self, world: &World<'_>, instrument: &str, fields: &[(&str, &str)]) -> Answer {
        world.post(&self.nurse, &format!("/people/{}/questionnaires/{instrument}/fill", self.person), fields)
    }
}

/// Answers to all nine items, the last one given apart.
fn phq(each: &'static str, ninth: &'static str) -> Vec<(&'static str, &'static str)> {
    const ITEMS: [&str; 8] = ["item-1", "item-2", "item-3", "item-4", "item-5", "item-6", "item-7", "item-8"];
    let mut all: Vec<(&str, &str)> = ITEMS.iter().map(|item| (*item, each)).collect();
    all.push(("item-9", ninth));
    all
}

#[test]
fn an_assessment_begins_with_a_person_and_a_line_without_one_leads_to_who_it_is() {
    both(|world| {
        let s = service(world);
        let to = went(&world.get(&s.nurse, &format!("/listings/{}/assess", s.lines[0])));
        assert!(to.starts_with(&format!("/people/{}/assessments?listing=", s.person)), "{to}");
        let to = went(&world.get(&s.nurse, &format!("/listings/{}/assess", s.lines[1])));
        assert_eq!(to, format!("/listings/{}/compare", s.lines[1]));
        let page = world.get(&s.nurse, &format!("/listings/{}", s.lines[1]));
        assert!(page.body.contains("Say who this is, then assess"));
    });
}

#[test]
fn begun_twice_from_one_page_is_begun_once() {
    both(|world| {
        let s = service(world);
        let path = format!("/people/{}/assessments", s.person);
        went(&world.post(&s.nurse, &path, &[("open", "0")]));
        let again = world.post(&s.nurse, &path, &[("open", "0")]);
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("One is begun already"));
        let row = world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM assessment"), &[])).unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1);
    });
}

#[test]
fn a_save_is_a_version_and_the_page_of_versions_says_what_changed() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        let first =
            [("seen", "0"), ("medication", "yes"), ("medication-words", "olanzapine"), ("state", "begun")];
        assert_eq!(went(&s.topic(world, &href, "medication", &first)), href);
        let second = [("seen", "1"), ("medication", "declined"), ("state", "complete"), ("then", "next")];
        assert_eq!(
            went(&s.topic(world, &href, "medication", &second)),
            format!("{href}/topics/physical-health")
        );
        let versions = world.get(&s.nurse, &format!("{href}/topics/medication/versions")).body;
        assert!(versions.contains("Version 2") && versions.contains("Version 1"));
        assert!(versions.contains("olanzapine") && versions.contains("Declined to say"));
        assert!(versions.contains("<li>Takes prescribed medication?</li>"), "what changed is named");
        // The same words again, as by a second press, are no third version.
        went(&s.topic(world, &href, "medication", &second));
        assert!(
            !world.get(&s.nurse, &format!("{href}/topics/medication/versions")).body.contains("Version 3")
        );
        let list = world.get(&s.nurse, &href).body;
        assert!(list.contains("Completed") && list.contains("Not started"));
    });
}

#[test]
fn two_who_save_one_topic_both_keep_their_text() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        went(&s.topic(world, &href, "formulation", &[("seen", "0"), ("formulation", "the first text")]));
        let late = s.topic(world, &href, "formulation", &[("seen", "0"), ("formulation", "the second text")]);
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("the first text") && late.body.contains("the second text"));
        assert!(late.body.contains("name=\"seen\" value=\"1\""), "saving again makes it the newer version");
    });
}

#[test]
fn what_was_said_before_is_shown_with_its_day_and_counts_only_once_confirmed() {
    both(|world| {
        let s = service(world);
        let screening = [
            ("seen", "seen"),
            ("contact-day", "23"),
            ("contact-month", "11"),
            ("contact-year", "2026"),
            ("contact-time", "9:42"),
            ("asked-first", "yes"),
            ("self-harm-thoughts", "no"),
            ("medication", "yes"),
            ("medication-words", "sertraline, last night"),
            ("need", "mild"),
            ("outcome", "assess"),
            ("who", "new"),
        ];
        let kept = world.post(&s.nurse, &format!("/listings/{}/screening", s.lines[0]), &screening);
        went(&kept);
        let href = s.begin(world);
        let page = world.get(&s.nurse, &format!("{href}/topics/medication")).body;
        assert!(page.contains("Said on 23 November 2026, in screening"), "{page}");
        assert!(page.contains("Not part of this assessment unless you say"));
        let row =
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM assessment_topic"), &[])).unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 0, "looking carries nothing over");
        assert!(!world.get(&s.nurse, &format!("{href}/print")).body.contains("sertraline"));

        went(&world.post(&s.nurse, &format!("{href}/topics/medication/still-right"), &[]));
        let print = world.get(&s.nurse, &format!("{href}/print")).body;
        assert!(print.contains("sertraline") && print.contains("Said on 23 November 2026, in screening"));
        assert!(print.contains("Confirmed as still right"));
        // Pressed twice it is one version; an answer that is changed is no longer said to be confirmed.
        went(&world.post(&s.nurse, &format!("{href}/topics/medication/still-right"), &[]));
        let changed = [("seen", "1"), ("medication", "yes"), ("medication-words", "none since Friday")];
        went(&s.topic(world, &href, "medication", &changed));
        let print = world.get(&s.nurse, &format!("{href}/print")).body;
        assert!(print.contains("none since Friday") && !print.contains("Confirmed as still right"));
    });
}

#[test]
fn an_earlier_assessment_is_offered_too_and_may_be_changed_first() {
    both(|world| {
        let s = service(world);
        let earlier = s.begin(world);
        went(&s.topic(
            world,
            &earlier,
            "accommodation",
            &[("seen", "0"), ("accommodation", "HM04"), ("settled", "N")],
        ));
        let href = s.begin(world);
        let shown = world.get(&s.nurse, &format!("{href}/topics/accommodation?before=use")).body;
        assert!(shown.contains("not saved yet") && shown.contains("in an earlier assessment"));
        assert!(shown.contains("<option value=\"HM04\" selected>"), "{shown}");
        went(&s.topic(
            world,
            &href,
            "accommodation",
            &[("seen", "0"), ("took", "yes"), ("accommodation", "HM01"), ("settled", "N")],
        ));
        let print = world.get(&s.nurse, &format!("{href}/print")).body;
        assert!(print.contains("Homeless: sleeping rough"));
        assert_eq!(print.matches("Confirmed as still right").count(), 1, "only the unchanged answer");
    });
}

#[test]
fn signing_needs_needs_or_a_reason_and_names_what_was_not_asked() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        went(&s.topic(
            world,
            &href,
            "medication",
            &[("seen", "0"), ("medication", "no"), ("state", "complete")],
        ));
        went(&s.topic(
            world,
            &href,
            "trauma",
            &[("seen", "0"), ("trauma-asked", "not-now"), ("state", "left-out")],
        ));
        let sign = format!("{href}/sign");
        let refused = world.post(&s.nurse, &sign, &[]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("List at least one need, or say why none was found"));
        went(&world.post(&s.nurse, &sign, &[("no_need_reason", "Came with a parcel, not as a defendant")]));
        let page = world.get(&s.nurse, &href).body;
        assert!(page.contains("Signed by <strong>Nurse Example</strong>"));
        assert!(page.contains("No need found: "));
        let not_asked = page.split("Not asked: ").nth(1).unwrap().split("</p>").next().unwrap();
        assert!(
            not_asked.contains("Self-harm and suicide")
                && not_asked.contains("Things that have happened to you")
        );
        assert!(!not_asked.contains("Medication"), "{not_asked}");
    });
}

#[test]
fn after_signing_a_change_is_a_correction_with_a_reason() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        went(&s.topic(world, &href, "medication", &[("seen", "0"), ("medication", "no")]));
        went(&world.post(
            &s.nurse,
            &format!("{href}/needs"),
            &[("area", "medication"), ("level", "severe"), ("plan", "see GP")],
        ));
        went(&world.post(&s.nurse, &format!("{href}/sign"), &[]));
        let bare = s.topic(world, &href, "medication", &[("seen", "1"), ("medication", "yes")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.body.contains("Say why it is corrected"));
        went(&s.topic(
            world,
            &href,
            "medication",
            &[("seen", "1"), ("medication", "yes"), ("reason", "Pressed the wrong one")],
        ));
        let versions = world.get(&s.nurse, &format!("{href}/topics/medication/versions")).body;
        assert!(versions.contains("Corrected because: ") && versions.contains("Pressed the wrong one"));
        assert!(world.get(&s.nurse, &href).body.contains("Corrected since"));
        let need = world.post(&s.nurse, &format!("{href}/needs"), &[("area", "drugs"), ("level", "mild")]);
        assert_eq!(need.status, StatusCode::UNPROCESSABLE_ENTITY, "a need after signing needs a reason too");
        // Nothing that stood when it was signed is gone.
        let row = world
            .test
            .db
            .read(|r| {
                r.one(sql("SELECT COUNT(*) AS n FROM assessment_topic WHERE topic = 'medication'"), &[])
            })
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 2);
    });
}

#[test]
fn a_need_is_changed_and_taken_off_by_new_versions() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        let bare = world.post(&s.nurse, &format!("{href}/needs"), &[("plan", "something")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.body.contains("Choose the area") && bare.body.contains("Choose a level"));
        let said = [
            ("area", "money"),
            ("level", "moderate"),
            ("plan", "claim"),
            ("by_whom", "link worker"),
            ("by_when", "Friday"),
        ];
        went(&world.post(&s.nurse, &format!("{href}/needs"), &said));
        let page = world.get(&s.nurse, &format!("{href}/needs")).body;
        let one = page.split("href=\"").find(|part| part.starts_with(&format!("{href}/needs/"))).unwrap();
        let one = one.split('"').next().unwrap().to_owned();
        let change = [("seen", "1"), ("area", "money"), ("level", "severe"), ("plan", "claim today")];
        went(&world.post(&s.nurse, &one, &change));
        went(&world.post(&s.nurse, &one, &change));
        assert!(world.get(&s.nurse, &href).body.contains("claim today"));
        let off = world.post(&s.nurse, &one, &[("seen", "2"), ("then", "off")]);
        assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY, "taking it off needs a reason");
        went(&world.post(&s.nurse, &one, &[("seen", "2"), ("then", "off"), ("reason", "was a mistake")]));
        assert!(!world.get(&s.nurse, &href).body.contains("claim today"));
        let row =
            world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM assessment_need"), &[])).unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 3);
    });
}

#[test]
fn a_manager_countersigns_where_the_service_asks_and_never_their_own() {
    both_with(&[("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_COUNTERSIGN", "practitioners")], |world| {
        let s = service(world);
        let manager = world.someone("Manager Example", Role::Manager, Some(s.project));
        let href = s.begin(world);
        went(&world.post(&s.nurse, &format!("{href}/needs"), &[("area", "drugs"), ("level", "mild")]));
        went(&world.post(&s.nurse, &format!("{href}/sign"), &[]));
        assert!(world.get(&s.nurse, &href).body.contains("waits for countersignature"));
        assert_eq!(world.get(&s.nurse, &format!("{href}/countersign")).status, StatusCode::NOT_FOUND);
        assert!(world.get(&manager, "/countersign").body.contains("ZYXWVU"));
        went(&world.post(&manager, &format!("{href}/countersign"), &[("words", "Read and agreed")]));
        let page = world.get(&manager, &href).body;
        assert!(
            page.contains("Countersigned by <strong>Manager Example</strong>")
                && page.contains("Read and agreed")
        );
        assert!(!world.get(&manager, "/countersign").body.contains("ZYXWVU"));
        // A correction afterwards waits again.
        went(&s.topic(
            world,
            &href,
            "medication",
            &[("seen", "0"), ("medication", "no"), ("reason", "forgotten")],
        ));
        assert!(world.get(&manager, "/countersign").body.contains("ZYXWVU"));

        // Somebody who is both signs, and can't countersign that.
        world.also(&s.nurse, Role::Manager, Some(s.project));
        let own = world.post(&s.nurse, &format!("{href}/countersign"), &[]);
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.body);
        assert!(own.body.contains("somebody else countersigns"));
    });
}

#[test]
fn nobody_countersigns_where_the_service_does_not_ask() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        went(&world.post(&s.nurse, &format!("{href}/sign"), &[("no_need_reason", "none")]));
        assert!(!world.get(&s.nurse, &href).body.contains("countersign"));
    });
}

#[test]
fn item_9_stops_in_the_same_contact_and_stands_until_somebody_says_what_was_done() {
    both(|world| {
        let s = service(world);
        // All others 0: the total is 1, which nobody would call depressed.
        let now = went(&s.fill(world, "phq-9", &phq("0", "1")));
        assert!(now.ends_with("/now"), "{now}");
        let card = world.get(&s.nurse, &now).body;
        assert!(card.contains("Talk about this now") && card.contains("Item 9 is above 0"), "{card}");
        let result = now.trim_end_matches("/now").to_owned();
        let page = format!("/people/{}", s.person);
        assert!(world.get(&s.nurse, &page).body.contains("still to be talked about"));

        let nothing = world.post(&s.nurse, &now, &[("done", "talked")]);
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "a tick without words is not enough");
        // Put off: said, and open.
        went(&world.post(
            &s.nurse,
            &now,
            &[("done", "put-off"), ("words", "Called into court; I come back at two")],
        ));
        let body = world.get(&s.nurse, &page).body;
        assert!(body.contains("still to be talked about") && body.contains("I come back at two"));
        went(&world.post(
            &s.nurse,
            &now,
            &[("done", "talked"), ("words", "Passive thoughts, no plan; officer told")],
        ));
        assert!(!world.get(&s.nurse, &page).body.contains("still to be talked about"));
        let result = world.get(&s.nurse, &result).body;
        assert!(result.contains("Passive thoughts, no plan") && result.contains("I come back at two"));
        assert_eq!(went(&world.get(&s.nurse, &now)), now.trim_end_matches("/now"), "nothing is left to ask");
    });
}

#[test]
fn a_warning_said_to_go_with_the_person_is_raised_in_the_same_moment() {
    both(|world| {
        let s = service(world);
        let now = went(&s.fill(world, "phq-9", &phq("1", "3")));
        let draft = alongside::ids::DraftId::fresh().to_string();
        let said = [
            ("done", "warned"),
            ("words", "Says he would not wake up if he could"),
            ("draft", draft.as_str()),
        ];
        let to = went(&world.post(&s.nurse, &now, &said));
        assert!(to.starts_with("/warnings/"), "{to}");
        let warning = world.get(&s.nurse, &to).body;
        assert!(warning.contains("would not wake up") && warning.contains("answering PHQ-9"), "{warning}");
        went(&world.post(&s.nurse, &now, &said));
        let row = world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM warning"), &[])).unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1, "pressed twice it is one warning");
    });
}

#[test]
fn item_6_of_the_core_10_stops_too_and_a_waiting_answer_holds_up_the_signature() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        let id = href.rsplit('/').next().unwrap();
        let now = went(&s.fill(world, "core-10", &[("item-6", "1"), ("assessment", id)]));
        assert!(now.ends_with("/now"));
        let sign = world.post(&s.nurse, &format!("{href}/sign"), &[("no_need_reason", "none")]);
        assert_eq!(sign.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(sign.body.contains("An answer about self-harm waits"));
        went(&world.post(
            &s.nurse,
            &now,
            &[("done", "put-off"), ("words", "Interpreter left; my colleague at one")],
        ));
        went(&world.post(&s.nurse, &format!("{href}/sign"), &[("no_need_reason", "none")]));
        assert!(world.get(&s.nurse, &href).body.contains("still to be talked about"), "put off stays open");
    });
}

#[test]
fn a_form_with_gaps_has_no_total_shows_what_is_passed_and_never_reads_negative() {
    both(|world| {
        let s = service(world);
        let at = went(&s.fill(
            world,
            "phq-9",
            &[("item-1", "3"), ("item-2", "3"), ("item-3", "3"), ("item-4", "3"), ("item-5", ".")],
        ));
        let page = world.get(&s.nurse, &at).body;
        assert!(page.contains("No total: answers are missing. At least 12"), "{page}");
        assert!(page.contains("10 or more: passed"));
        let at = went(&s.fill(world, "gad-7", &[("item-1", "0"), ("item-2", "0")]));
        let page = world.get(&s.nurse, &at).body;
        assert!(
            page.contains("can't be told while answers are missing") || page.contains("can&#39;t be told"),
            "{page}"
        );
        assert!(!page.contains("not passed") && !page.contains("minimal"));
        let row = world
            .test
            .db
            .read(|r| r.one(sql("SELECT total, positive FROM response_version WHERE name = 'GAD-7'"), &[]))
            .unwrap();
        assert_eq!(row.get::<Option<f64>>("total").unwrap(), None);
        assert_eq!(row.get::<String>("positive").unwrap(), "");
    });
}

#[test]
fn the_gate_and_the_skips_work_without_script() {
    both(|world| {
        let s = service(world);
        let form = world.get(&s.nurse, &format!("/people/{}/questionnaires/audit/fill", s.person)).body;
        assert!(form.contains("When it is so, leave these open: item 1 is never"), "{form}");
        assert!(form.contains("&quot;items&quot;:[&quot;2&quot;"), "the script reads the same rule");
        let at = went(&s.fill(world, "audit", &[("item-1", "0"), ("item-9", "0"), ("item-10", "0")]));
        assert!(world.get(&s.nurse, &at).body.contains("0 of 40"));
        let at = went(&s.fill(world, "pc-ptsd-5", &[("item-gate", "0")]));
        assert!(world.get(&s.nurse, &at).body.contains("0 of 5"));
    });
}

#[test]
fn both_cut_offs_stand_where_sex_is_not_known() {
    both(|world| {
        let s = service(world);
        let form = world.get(&s.nurse, &format!("/people/{}/questionnaires/pc-ptsd-5/fill", s.person)).body;
        assert!(form.contains("Sex for scoring") && form.contains("Show both"));
        let three = [
            ("item-gate", "1"),
            ("item-1", "1"),
            ("item-2", "1"),
            ("item-3", "1"),
            ("item-4", "0"),
            ("item-5", "0"),
        ];
        let at = went(&s.fill(world, "pc-ptsd-5", &three));
        let page = world.get(&s.nurse, &at).body;
        assert!(page.contains("If recorded as female"), "{page}");
        let mut women = three.to_vec();
        women.push(("sex", "f"));
        let at = went(&s.fill(world, "pc-ptsd-5", &women));
        assert!(!world.get(&s.nurse, &at).body.contains("If recorded as"));
    });
}

#[test]
fn wording_is_printed_only_where_the_licence_lets_us() {
    both(|world| {
        let s = service(world);
        let form =
            |id: &str| world.get(&s.nurse, &format!("/people/{}/questionnaires/{id}/fill", s.person)).body;
        let phq = form("phq-9");
        assert!(
            phq.contains("Little interest or pleasure in doing things")
                && phq.contains("No permission required")
        );
        assert!(!phq.contains("Read the questions from your licensed copy"));
        assert!(form("core-10").contains("Read the questions from your licensed copy"));
        assert!(form("dudit").contains("our own short labels, not the questions"));
        let moca = form("moca");
        assert!(moca.contains("Don't copy its questions") && !moca.contains("name=\"item-"));
        let bare = s.fill(world, "moca", &[("result", "26 of 30")]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        let at = went(&s.fill(world, "moca", &[("result", "26 of 30"), ("assessor", "Dr Invented")]));
        let page = world.get(&s.nurse, &at).body;
        assert!(page.contains("26 of 30") && page.contains("Dr Invented"));
    });
}

#[test]
fn an_installed_text_pack_gives_the_wording() {
    let folder = tempfile::tempdir().unwrap();
    let items: String = (1..=10).map(|n| format!("{n} = \"Invented wording {n}\"\n")).collect();
    std::fs::write(
        folder.path().join("core.toml"),
        format!("pack_for = \"core-10\"\nlicence_held = \"Invented Trust, ref 1\"\nlanguage = \"en\"\n[items]\n{items}"),
    )
    .unwrap();
    let path = folder.path().display().to_string();
    both_with(&[("ALONGSIDE_SECOND_FACTOR", "off"), ("ALONGSIDE_INSTRUMENT_PACKS", &path)], |world| {
        let s = service(world);
        let form = world.get(&s.nurse, &format!("/people/{}/questionnaires/core-10/fill", s.person)).body;
        assert!(form.contains("Invented wording 3") && !form.contains("Read the questions from"));
        assert!(world.get(&s.nurse, "/instruments").body.contains("Invented Trust, ref 1"));
    });
}

#[test]
fn a_correction_is_a_new_version_and_an_error_counts_nowhere() {
    both(|world| {
        let s = service(world);
        let at = went(&s.fill(world, "phq-9", &phq("1", "0")));
        let correct = format!("{at}/correct");
        assert!(world.get(&s.nurse, &correct).body.contains("checked"));
        let bare = world.post(&s.nurse, &correct, &[phq("1", "2"), vec![("seen", "1")]].concat());
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "a correction needs its reason");
        let fixed = [phq("1", "2"), vec![("seen", "1"), ("reason", "typed one row too high")]].concat();
        assert_eq!(
            went(&world.post(&s.nurse, &correct, &fixed)),
            format!("{at}/now"),
            "the corrected answer prompts"
        );
        let page = world.get(&s.nurse, &at).body;
        assert!(page.contains("10 of 27") && page.contains("8 of 27"), "both versions stand");
        assert!(page.contains("item 9: 0 → 2") && page.contains("typed one row too high"));

        let bare = world.post(&s.nurse, &format!("{at}/error"), &[]);
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        went(&world.post(&s.nurse, &format!("{at}/error"), &[("reason", "another person's form")]));
        assert!(world.get(&s.nurse, &at).body.contains("It counts nowhere"));
        let person = world.get(&s.nurse, &format!("/people/{}", s.person)).body;
        assert!(!person.contains("Total 10") && !person.contains("still to be talked about"));
        let late =
            world.post(&s.nurse, &correct, &[phq("0", "0"), vec![("seen", "2"), ("reason", "x")]].concat());
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn totals_over_time_are_a_picture_a_sentence_and_a_table_with_reliable_change() {
    both(|world| {
        let s = service(world);
        for (each, ninth, day) in [("2", "0", "1"), ("2", "1", "8"), ("1", "0", "15")] {
            let fields =
                [phq(each, ninth), vec![("filled-day", day), ("filled-month", "9"), ("filled-year", "2026")]]
                    .concat();
            went(&s.fill(world, "phq-9", &fields));
        }
        let page = world.get(&s.nurse, &format!("/people/{}/questionnaires/phq-9", s.person)).body;
        assert!(page.contains("PHQ-9: 16 on 1 September 2026, 8 on 15 September 2026: reliably better and now below the clinical cut-off."), "{page}");
        assert!(
            page.contains("<svg class=\"al-chart\" role=\"img\"")
                && page.contains("<title id=\"chart-title\">")
        );
        assert!(page.contains("al-chart__reliable") && page.contains("+1, no reliable change"));
        assert!(page.contains("<details class=\"govuk-details\" open>"));
        assert!(!page.contains("style=\""));
    });
}

#[test]
fn the_same_form_sent_twice_is_one_questionnaire() {
    both(|world| {
        let s = service(world);
        let draft = alongside::ids::DraftId::fresh().to_string();
        let fields = [phq("1", "0"), vec![("draft", draft.as_str())]].concat();
        let first = went(&s.fill(world, "phq-9", &fields));
        assert_eq!(went(&s.fill(world, "phq-9", &fields)), first);
        let row = world.test.db.read(|r| r.one(sql("SELECT COUNT(*) AS n FROM response"), &[])).unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1);
    });
}

#[test]
fn a_link_worker_sees_no_assessment_and_another_project_nothing() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        let at = went(&s.fill(world, "phq-9", &phq("1", "0")));
        let worker = world.someone("Worker Example", Role::LinkWorker, Some(s.project));
        let page = format!("/people/{}", s.person);
        assert!(world.get(&s.nurse, &page).body.contains("Assessments and questionnaires"));
        let seen = world.get(&worker, &page);
        assert_eq!(seen.status, StatusCode::OK);
        assert!(!seen.body.contains("PHQ-9") && !seen.body.contains("Assessments and questionnaires"));
        // A practitioner elsewhere who is a link worker here is a link worker here.
        let other = world.project("Third", &[]);
        world.also(&worker, Role::Practitioner, Some(other));
        assert!(!world.get(&worker, &page).body.contains("PHQ-9"));
        for path in [href.clone(), format!("{href}/print"), at] {
            assert_eq!(world.get(&worker, &path).status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(world.get(&s.stranger, &path).status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn the_safety_plan_is_plain_and_holds_nothing_else_of_the_record() {
    both(|world| {
        let s = service(world);
        let href = s.begin(world);
        went(&s.topic(
            world,
            &href,
            "medication",
            &[("seen", "0"), ("medication", "yes"), ("medication-words", "olanzapine")],
        ));
        went(&s.topic(
            world,
            &href,
            "safety-plan",
            &[("seen", "0"), ("plan-people", "My sister, 020 7946 0000")],
        ));
        let plan = world.get(&s.nurse, &format!("{href}/safety-plan")).body;
        assert!(
            plan.contains("My safety plan")
                && plan.contains("My sister, 020 7946 0000")
                && plan.contains("116 123")
        );
        for word in ["olanzapine", "ZYXWVU", "PNC"] {
            assert!(!plan.contains(word), "{word} goes home with the person");
        }
    });
}

#[test]
fn the_register_of_licences_names_owner_terms_and_the_day_it_was_checked() {
    both(|world| {
        let s = service(world);
        let page = world.get(&s.nurse, "/instruments").body;
        for word in ["PHQ-9", "Pfizer", "HCR-20", "23 November 2026", "AUDIT-C"] {
            assert!(page.contains(word), "{word}");
        }
        let one = world.get(&s.nurse, "/instruments/core-10").body;
        assert!(one.contains("CC BY-ND") && one.contains("Our own short labels"));
        assert_eq!(world.get(&s.nurse, "/instruments/nothing").status, StatusCode::NOT_FOUND);
        for id in instruments::Library::builtin().unwrap().instruments().iter().map(|i| i.id.clone()) {
            assert_eq!(world.get(&s.nurse, &format!("/instruments/{id}")).status, StatusCode::OK, "{id}");
            let form = world.get(&s.nurse, &format!("/people/{}/questionnaires/{id}/fill", s.person));
            assert_eq!(form.status, StatusCode::OK, "{id}");
        }
    });
}
