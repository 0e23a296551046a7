//! Files a deployer adds: new instruments, text packs, and what is said when one is wrong.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use std::fs;

use instruments::report::{ScoreRequest, score_by_name};
use instruments::{Library, Met, licences};

/// A library with these files added from a folder.
fn with_files(files: &[(&str, &str)]) -> Result<Library, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut library = common::library().clone();
    library.add_directory(folder.path()).map_err(|errors| {
        let folder = folder.path().display().to_string();
        errors.to_string().replace(&folder, "folder")
    })?;
    Ok(library)
}

const SMALL: &str = r#"
id = "calm-3"
name = "CALM-3"
title = "Invented scale of calm, 3 items"
version = "1"
domain = "calm"
kind = "scored"
completed_by = "the person"
sources = ["Invented for this test"]
item = [
  { id = "1", label = "Calm", answers = "much" },
  { id = "2", label = "Hurried", answers = "much", reversed = true },
  { id = "3", label = "Rested", answers = "much" },
]

[licence]
verdict = "T"
owner = "Nobody"
terms = "Free."
evidence = "Invented."
checked = "2026-11-23"
attribution = "CALM-3, invented."

[answers.much]
from = 0
to = 4
low = "not at all"
high = "very much"

[[scale]]
id = "total"
rule = "sum"
items = ["1-3"]
may_miss = 1
range = [0, 12]
high_is = "better"

[[band]]
from = 0
to = 5
label = "low"

[[band]]
from = 6
to = 12
label = "high"

[[cut_off]]
id = "low"
below = 6
decides = "all"
words = "Little calm."
"#;

/// The message for the small instrument with one thing changed.
fn wrong(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    with_files(&[("calm-3.toml", &SMALL.replacen(from, to, 1))]).unwrap_err()
}

#[test]
fn a_new_instrument_is_a_file_and_no_code() {
    let library = with_files(&[("calm-3.toml", SMALL)]).unwrap();
    let score = |answers: &str| {
        let request =
            ScoreRequest { name: "calm3".into(), answers: answers.into(), ..ScoreRequest::default() };
        score_by_name(&library, &request).unwrap()
    };
    let report = score("1 4 1");
    assert_eq!(
        (report.total.unwrap().rounded(), report.band.as_deref(), report.positive),
        (2.0, Some("low"), Some(true))
    );
    assert_eq!(score("4 0 .").total.unwrap().rounded(), 12.0, "prorated");
    assert_eq!(score("4 . .").total, None);
}

#[test]
fn a_wrong_file_says_which_file_which_key_and_what_to_write() {
    assert_eq!(
        wrong("answers = \"much\" },", "answers = \"mach\" },"),
        "folder/calm-3.toml, item 1, answers: there is no answer set \"mach\"; write one of: much, yes-no"
    );
    assert_eq!(
        wrong("items = [\"1-3\"]", "items = [\"1-4\"]"),
        "folder/calm-3.toml, scale total, items: there is no item \"4\"; write one of: 1, 2, 3"
    );
    assert_eq!(
        wrong("range = [0, 12]", "range = [0, 9]"),
        "folder/calm-3.toml, scale total, range: the items give 0 to 12, the file says 0 to 9; correct the range, the items or their answers\n\
         folder/calm-3.toml, band: the bands of total leave a gap, overlap or miss an end of its range; list them from lowest to highest; each starts one above the one before"
    );
    assert_eq!(wrong("items = [\"1-3\"]", "items = [\"2-9\"]").lines().count(), 1);
    assert!(
        wrong("items = [\"1-3\"]", "items = [\"3-1\"]")
            .contains("runs backwards; write the earlier item first")
    );
    assert!(
        wrong("items = [\"1-3\"]", "items = [\"1-3\", \"2\"]").contains("an item stands in the list twice")
    );
    assert!(wrong("from = 6", "from = 8").contains("leave a gap"));
    assert!(
        wrong("below = 6\n", "")
            .contains("cut_off low: a condition has a bound where none belongs, or lacks one")
    );
    assert!(wrong("may_miss = 1", "may_miss = 3").contains("all items may be missing"));
    assert!(
        wrong("attribution = \"CALM-3, invented.\"", "")
            .contains("licence.attribution: shipped wording needs its attribution")
    );
    assert!(wrong("verdict = \"T\"", "verdict = \"X\"").contains("write kind = \"record-only\""));
    assert!(wrong("id = \"calm-3\"", "id = \"calm-4\"").contains("give the file the name of its id"));
    assert!(wrong("name = \"CALM-3\"", "name = \"PHQ-9\"").contains("is also a name of"));
    assert!(
        wrong("rule = \"sum\"", "rule = \"sum\"\ntimes = 2").contains("times means nothing for this rule")
    );
    assert!(
        wrong("rule = \"sum\"", "rule = \"total\"").contains("line 32"),
        "{}",
        wrong("rule = \"sum\"", "rule = \"total\"")
    );
    assert!(wrong("version = \"1\"", "versoin = \"1\"").contains("versoin"));
    assert!(wrong("sources = [\"Invented for this test\"]", "").contains("name the paper, form or page"));
}

/// The message for the small instrument with this added at its end.
fn wrong_with(addition: &str) -> String {
    with_files(&[("calm-3.toml", &format!("{SMALL}\n{addition}"))]).unwrap_err()
}

#[test]
fn rules_that_could_not_be_worked_out_are_refused_when_the_file_is_read() {
    let scale = "[[scale]]\nid = \"x\"\nhigh_is = \"better\"\n";
    let told = wrong_with(&format!("{scale}rule = \"times\"\nof = \"x\"\ntimes = 2\nrange = [0, 0]"));
    assert!(told.contains("put the scale named in `of` above it"), "{told}");
    let told = wrong_with(&format!(
        "{scale}rule = \"convert\"\nof = \"total\"\ntable = [[0, 1], [2, 3], [1, 2]]\nrange = [1, 2]"
    ));
    assert!(told.contains("does not rise row by row over every whole score from 0 to 12"), "{told}");
    let told =
        wrong_with("[[skip]]\nwhen = { scale = \"total\", at_least = 1 }\nitems = [\"3\"]\nwords = \"x\"");
    assert!(told.contains("skips come first"), "{told}");
    let told = wrong_with("[[criterion]]\nid = \"a\"\nlabel = \"a\"\nwhen = { criterion = \"a\" }");
    assert!(told.contains("put that criterion above it"), "{told}");
    let told =
        wrong_with("[[caution]]\nwords = \"x\"\nwhen = { item = \"1\", scale = \"total\", at_least = 1 }");
    assert!(told.contains("write exactly one of item, scale"), "{told}");
    let from_one = SMALL.replace("from = 0\nto = 4", "from = 1\nto = 5").replace("[0, 12]", "[3, 15]");
    let skip = "[[skip]]\nwhen = { item = \"1\", at_most = 1 }\nitems = [\"3\"]\nwords = \"x\"";
    let told = with_files(&[("calm-3.toml", &format!("{from_one}\n{skip}"))]).unwrap_err();
    assert!(told.contains("item 3 cannot score 0; skip only items for which not asked means 0"), "{told}");
}

/// A scale of one missing item may be prorated as a part of the total and still say nothing by itself.
#[test]
fn a_prorated_total_does_not_make_an_incomplete_sub_scale_negative() {
    let half = "[[scale]]\nid = \"half\"\nrule = \"sum\"\nitems = [\"2-3\"]\nrange = [0, 8]\nhigh_is = \"worse\"\n\
                [[cut_off]]\nid = \"half\"\nscale = \"half\"\nat_least = 7\nwords = \"x\"";
    let library = with_files(&[("calm-3.toml", &format!("{SMALL}\n{half}"))]).unwrap();
    let request = ScoreRequest { name: "calm3".into(), answers: "1 4 .".into(), ..ScoreRequest::default() };
    let report = score_by_name(&library, &request).unwrap();
    assert!(report.total.is_some());
    assert_eq!(
        common::met(&report, "half"),
        Met::CannotTell,
        "at most 4 of 7 is possible, but item 3 is missing"
    );
}

#[test]
fn what_hangs_on_an_unanswered_gate_has_no_value_even_if_no_rule_asks_for_the_gate() {
    let gated = SMALL.replace("items = [\"1-3\"]", "items = [\"2-3\"]").replace("may_miss = 1\n", "");
    let gated = gated.replace("[0, 12]", "[0, 8]").replace("to = 12", "to = 8");
    let skip = "[[skip]]\nwhen = { item = \"1\", at_most = 0 }\nitems = [\"3\"]\noverrides = true\nwords = \"Not calm\"";
    let count = "[[scale]]\nid = \"many\"\nrule = \"count\"\nfrom = 1\nitems = [\"2-3\"]\nrange = [0, 2]\nhigh_is = \"better\"";
    let library = with_files(&[("calm-3.toml", &format!("{gated}\n{skip}\n{count}"))]).unwrap();
    let score = |answers: &str| {
        let request =
            ScoreRequest { name: "calm3".into(), answers: answers.into(), ..ScoreRequest::default() };
        score_by_name(&library, &request).unwrap()
    };
    let open = score(". 2 2");
    assert_eq!(
        (open.total, common::subscale(&open, "many"), open.lower_bound.unwrap().rounded()),
        (None, None, 2.0)
    );
    assert_eq!(score("1 2 2").total.unwrap().rounded(), 4.0);
    assert_eq!(score("0 2 2").total.unwrap().rounded(), 2.0);
}

#[test]
fn all_mistakes_are_told_at_once_and_nothing_is_added() {
    let broken = SMALL.replace("\"much\" },", "\"mach\" },");
    let told = with_files(&[("calm-3.toml", &broken), ("calm-4.toml", "id = 3")]).unwrap_err();
    assert_eq!(told.lines().count(), 3, "{told}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good-1.toml"), SMALL.replace("calm-3", "good-1")).unwrap();
    fs::write(folder.path().join("bad.toml"), "id = 3").unwrap();
    let mut library = common::library().clone();
    assert!(library.add_directory(folder.path()).is_err());
    assert!(library.by_id("good-1").is_none());
    assert!(
        library
            .add_directory(&folder.path().join("absent"))
            .unwrap_err()
            .to_string()
            .contains("check that the folder exists")
    );
}

#[test]
fn a_self_harm_enquiry_with_a_score_or_band_is_refused() {
    let told = wrong("domain = \"calm\"", "domain = \"self-harm enquiry\"");
    assert_eq!(told.matches("NICE NG225").count(), 3, "{told}");
    let risk = SMALL.replace("id = \"total\"\nrule", "id = \"total\"\nname = \"Risk of harm\"\nrule");
    assert!(with_files(&[("calm-3.toml", &risk)]).unwrap_err().contains("is about risk and has bands"));
}

#[test]
fn wording_under_licence_does_not_belong_in_an_instrument_file() {
    let with_text = SMALL
        .replace("verdict = \"T\"", "verdict = \"S\"")
        .replace("label = \"Calm\"", "label = \"Calm\", text = \"I was calm\"");
    assert!(
        with_files(&[("calm-3.toml", &with_text)])
            .unwrap_err()
            .contains("put them in a text pack if you hold a licence")
    );
}

const PACK: &str = r#"
pack_for = "who-5"
licence_held = "Invented Trust, reference 123"
language = "en-GB"
stem = "Invented stem"
[items]
1 = "Wording one"
2 = "Wording two"
3 = "Wording three"
4 = "Wording four"
5 = "Wording five"
[answers.time]
5 = "Always"
"#;

#[test]
fn a_text_pack_gives_an_instrument_its_wording_and_the_register_who_holds_the_licence() {
    let library = with_files(&[("who-5-text.toml", PACK)]).unwrap();
    let who = library.by_id("who-5").unwrap();
    assert_eq!(who.items[3].text.as_deref(), Some("Wording four"));
    assert_eq!(who.items[0].choice(5).unwrap().label, "Always");
    assert_eq!(who.items[0].choice(4).unwrap().label, "Most of the time");
    assert_eq!(who.stem.as_deref(), Some("Invented stem"));
    let register = licences(&library);
    let entry = register.iter().find(|e| e.id == "who-5").unwrap();
    assert!(entry.has_wording);
    assert_eq!(entry.text_pack.as_deref(), Some("Invented Trust, reference 123 (en-GB)"));
    assert!(!licences(common::library()).iter().find(|e| e.id == "who-5").unwrap().has_wording);
}

#[test]
fn a_wrong_text_pack_says_what_is_wrong() {
    let told = |text: &str| with_files(&[("who-5-text.toml", text)]).unwrap_err();
    assert!(told(&PACK.replace("\"who-5\"", "\"who-6\"")).contains("there is no instrument \"who-6\""));
    assert!(told(&PACK.replace("5 = \"Wording five\"\n", "")).contains("no wording for item 5"));
    assert!(
        told(&PACK.replace("5 = \"Wording five\"", "6 = \"x\""))
            .contains("there is no item \"6\"; write one of: 1, 2, 3, 4, 5")
    );
    assert!(
        told(&PACK.replace("5 = \"Always\"", "7 = \"Always\""))
            .contains("answers.time: there is no answer \"7\"")
    );
    assert!(
        told(&PACK.replace("\"Invented Trust, reference 123\"", "\"\""))
            .contains("say who holds the licence")
    );
    assert!(
        told("pack_for = \"moca\"\nlicence_held = \"x\"\nlanguage = \"en\"")
            .contains("moca is recorded only")
    );
}

#[test]
fn the_built_in_list_is_the_data_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let mut files = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect::<Vec<_>>();
    files.sort();
    let mut built_in =
        common::library().instruments().iter().map(|i| format!("{}.toml", i.id)).collect::<Vec<_>>();
    built_in.sort();
    assert_eq!(built_in, files);
}

#[test]
fn only_free_instruments_ship_their_wording() {
    for entry in licences(common::library()) {
        let instrument = common::library().by_id(&entry.id).unwrap();
        let has_text = instrument.items.iter().any(|i| i.text.is_some()) || instrument.stem.is_some();
        assert!(!has_text || format!("{:?}", entry.verdict) == "T", "{}", entry.id);
    }
}
