//! Every trap that published forms, programs and web pages are known for.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use common::{library, met, request, score, score_for, subscale, total, try_score};
use instruments::report::ScoreRequest;
use instruments::{Answer, Context, Met, Mode, parse_answers};

fn warns(report: &instruments::report::ScoreReport, words: &str) -> bool {
    report.warnings.iter().any(|w| w.contains(words))
}

// --- what holds for all

#[test]
fn answers_are_kept_as_given_before_any_reversal() {
    let report = score("CORE-10", "1 2 3 . 0 0 0 0 0 0");
    let kept = [1, 2, 3].map(Answer::Value).to_vec();
    assert_eq!(report.answers[..3], kept);
    assert_eq!(report.answers[3], Answer::Missing);
    assert_eq!(report.id, "core-10");
    let json = serde_json::to_string(&report.answers).unwrap();
    assert_eq!(json, "[1,2,3,null,0,0,0,0,0,0]");
    assert_eq!(serde_json::from_str::<Vec<Answer>>(&json).unwrap(), report.answers);
}

#[test]
fn a_missing_item_is_not_a_zero() {
    let report = score("PHQ-9", "1 2 0 3 . 1 0 0 2");
    assert_eq!(total(&report), None);
    assert_eq!(report.band, None);
    assert_eq!(report.lower_bound.unwrap().rounded(), 9.0);
    assert_eq!(report.missing, ["5"]);
    assert_eq!(report.at_least_band.as_deref(), Some("mild"));
    assert!(warns(&report, "No total"), "{:?}", report.warnings);
}

#[test]
fn a_cut_off_already_passed_shows_on_an_incomplete_form() {
    let report = score("PHQ-9", "3 3 3 3 . . . . 0");
    assert_eq!(total(&report), None);
    assert_eq!(met(&report, "caseness"), Met::Met);
    assert_eq!(report.positive, Some(true));
}

#[test]
fn an_incomplete_form_never_reads_negative_even_if_it_hardly_could_be_positive() {
    // At most 3 of 27 is possible, and still nobody answered item 5.
    let report = score("PHQ-9", "0 0 0 0 . 0 0 0 0");
    assert_eq!(met(&report, "caseness"), Met::CannotTell);
    assert_eq!(report.positive, None);
    assert_eq!(report.band, None);
    assert_eq!(report.at_least_band, None);
    assert!(!report.results.contains_key("syndrome"));
}

#[test]
fn an_empty_form_has_no_score_anywhere() {
    for instrument in library().instruments().iter().filter(|i| i.total_scale().is_some()) {
        let blanks = vec!["."; instrument.required_items()].join(" ");
        let report = score(&instrument.id, &blanks);
        assert_eq!(total(&report), None, "{}", instrument.id);
        assert_ne!(report.positive, Some(false), "{}", instrument.id);
        assert!(report.subscales.values().all(Option::is_none), "{}", instrument.id);
        assert!(report.bands.is_empty() && report.positives.is_empty(), "{}", instrument.id);
    }
}

#[test]
fn an_answer_out_of_range_is_refused_with_its_number_and_what_is_allowed() {
    let refused = |name: &str, answers: &str| try_score(&request(name, answers)).unwrap_err().to_string();
    assert_eq!(
        refused("PHQ-9", "1 2 4 0 0 0 0 0 0"),
        "item 3 (Sleep): \"4\" is not allowed; write 0 to 3, or . when not answered"
    );
    assert_eq!(
        refused("AUDIT", "0 0 0 0 0 0 0 0 1 0"),
        "item 9 (Someone injured): \"1\" is not allowed; write 0, 2, 4, or . when not answered"
    );
    assert!(refused("PC-PTSD-5", "y y maybe n n n").contains("write y or n, or . when not answered"));
    assert!(refused("K10", "0 1 1 1 1 1 1 1 1 1").contains("item 1 (Tired out for no good reason): \"0\""));
    assert!(refused("K6", "9 0 0 0 0 0").contains("write 0 to 4, or"), "though the form prints 4 first");
    assert!(refused("PHQ-9", "1 2 -1 0 0 0 0 0 0").contains("item 3"));
    assert!(refused("PHQ-9", "1 2 1.5 0 0 0 0 0 0").contains("item 3"));
}

#[test]
fn too_few_and_too_many_answers_say_how_many_and_which() {
    let refused = |name: &str, answers: &str| try_score(&request(name, answers)).unwrap_err().to_string();
    assert_eq!(
        refused("GAD-7", "1 1 1 1 1"),
        "GAD-7 needs 7 answers, 5 given; nothing for item 6 (Irritable), item 7 (Afraid something awful might happen). \
         Write . for each item not answered"
    );
    assert_eq!(
        refused("GAD-7", "1 1 1 1 1 1 1 2"),
        "GAD-7 takes 7 answers, 8 given; the first one too many is \"2\""
    );
    assert!(refused("PHQ-9", "0 0 0 0 0 0 0 0 0 0 0").contains("takes 9 to 10 answers"));
}

#[test]
fn answers_may_be_separated_by_spaces_or_commas_and_written_in_any_case() {
    for text in ["Y Y Y N N N", "y,y,y,n,n,n", "yes, Yes; YES no No NO", "1 1 1 0 0 0"] {
        assert_eq!(total(&score("pc-ptsd-5", text)), Some(2.0), "{text}");
    }
}

#[test]
fn names_are_found_in_any_case_with_or_without_hyphens() {
    for (name, id) in [
        ("phq9", "phq-9"),
        ("PHQ-9", "phq-9"),
        ("Phq 9", "phq-9"),
        ("audit c", "audit-c"),
        ("AUDITC", "audit-c"),
        ("dast10", "dast-10"),
        ("pcptsd5", "pc-ptsd-5"),
        ("K10", "k10"),
        ("k10 us", "k10-us"),
        ("ASRS", "asrs"),
        ("aq10", "aq-10"),
        ("CORE OM", "core-om"),
        ("c-ssrs", "c-ssrs-screener"),
        ("OGRS3", "ogrs"),
        ("OGRS3/4", "ogrs"),
        ("Grubin reception", "emhs"),
        ("HELP-PC (police)", "help-pc"),
        ("Hayes HASI", "hasi"),
        ("Do-IT/RAPID", "do-it-profiler"),
        ("ASRS v1.1 (6)", "asrs"),
        ("ASRS v1.1 6-item", "asrs"),
    ] {
        assert_eq!(library().find(name, None, None).unwrap().instrument.id, id, "{name}");
    }
    assert_eq!(library().find("K10", Some("US"), None).unwrap().instrument.id, "k10-us");
    assert_eq!(library().find("k10-us", Some("1-5"), None).unwrap().instrument.id, "k10");
    assert_eq!(library().find("AUDIT-C", None, Some("us")).unwrap().instrument.id, "audit-c-us");
    assert_eq!(library().find("AUDIT-C", None, Some("UK")).unwrap().instrument.id, "audit-c");
    let unknown = library().find("PHQ", None, None).unwrap_err().to_string();
    assert!(unknown.contains("near it: PHQ-2, PHQ-8, PHQ-9"), "{unknown}");
    let variant = library().find("K10", Some("nz"), None).unwrap_err().to_string();
    assert_eq!(variant, "K10 has no variant \"nz\"; write au or us");
}

#[test]
fn an_instrument_that_may_only_be_recorded_is_never_scored() {
    for name in ["MoCA", "HCR-20", "LDSQ", "Outcomes Star", "OASys"] {
        let refused = try_score(&request(name, "1 2 3")).unwrap_err().to_string();
        assert!(
            refused.contains("allows only a record of tool, date, assessor and result"),
            "{name}: {refused}"
        );
    }
}

#[test]
fn another_language_or_an_interpreter_is_said_in_a_warning() {
    let welsh = ScoreRequest { language: Some("cy".into()), ..request("PHQ-9", "0 0 0 0 0 0 0 0 0") };
    assert!(warns(&try_score(&welsh).unwrap(), "for the English form"));
    let read = ScoreRequest { mode: Some("interpreter".into()), ..request("PHQ-9", "0 0 0 0 0 0 0 0 0") };
    assert!(warns(&try_score(&read).unwrap(), "Interpreted or simplified"));
    assert_eq!("read aloud".parse::<Mode>().unwrap(), Mode::ReadAloud);
}

// --- no band for suicide risk, ever

#[test]
fn nothing_bands_suicide_or_self_harm() {
    for instrument in library().instruments() {
        let enquiry = instrument.domain == "self-harm enquiry";
        assert!(
            !enquiry
                || (instrument.scales.is_empty()
                    && instrument.bands.is_empty()
                    && instrument.cut_offs.is_empty())
        );
        for band in &instrument.bands {
            let scale = instrument.scales[band.scale].name.to_lowercase();
            assert!(!scale.contains("risk"), "{}: {scale}", instrument.id);
            assert!(!band.label.contains("suicid"), "{}: {}", instrument.id, band.label);
        }
    }
}

#[test]
fn the_c_ssrs_screener_prompts_and_gives_no_number_or_band() {
    let report = score("C-SSRS screener", "n n . . . y");
    assert_eq!(
        (total(&report), report.lower_bound, report.band.clone(), report.positive),
        (None, None, None, None)
    );
    assert_eq!(report.prompts.len(), 1);
    assert!(report.missing.is_empty(), "items 3 to 5 are not asked after a no: {:?}", report.missing);
    assert!(report.text().contains("no total is published"));

    let asked = score("C-SSRS screener", "n y . n n n");
    assert_eq!(asked.missing, ["3"]);
    let last = score("C-SSRS screener", "n n . . . .");
    assert!(last.prompts.is_empty());
    assert!(warns(&last, "ask before this contact ends"), "item 6 is always asked: {:?}", last.warnings);
    let report = score("C-SSRS screener", "n n . . . n");
    assert!(report.prompts.is_empty() && report.warnings.is_empty());
}

// --- distress, depression, anxiety

#[test]
fn the_us_k10_is_the_australian_one_minus_ten() {
    let australian = score("K10", "3 2 1 5 4 2 3 1 1 2");
    let american = score("K10 (0-4)", "2 1 0 4 3 1 2 0 0 1");
    assert_eq!(total(&australian).unwrap() - 10.0, total(&american).unwrap());
    assert_eq!(australian.band.as_deref(), Some("high"));
    assert_eq!(american.band, None, "the Australian bands are not for the 0-to-4 version");
}

#[test]
fn a_missing_k10_item_is_at_least_one_so_the_lower_bound_counts_it() {
    let report = score("K10", "5 5 5 5 5 1 1 1 1 .");
    assert_eq!(report.lower_bound.unwrap().rounded(), 30.0);
    assert_eq!(report.at_least_band.as_deref(), Some("very high"));
    assert_eq!(report.band.as_deref(), Some("very high"), "every possible total lies in the worst band");
}

#[test]
fn item_9_of_the_phq_9_prompts_whatever_the_total() {
    let low = score("PHQ-9", "0 0 0 0 0 0 0 0 1");
    assert_eq!((total(&low), low.prompts.len(), low.positive), (Some(1.0), 1, Some(false)));
    let incomplete = score("PHQ-9", ". . . . . . . . 3");
    assert_eq!((total(&incomplete), incomplete.prompts.len()), (None, 1));
    let blank = score("PHQ-9", "0 0 0 0 0 0 0 0 .");
    assert!(warns(&blank, "Item 9 (thoughts of being better off dead or of self-harm) is not answered"));
}

#[test]
fn the_phq_9_function_question_is_not_in_the_total() {
    let with = score("PHQ-9", "1 1 1 1 1 1 1 1 0 3");
    assert_eq!((total(&with), with.missing.len()), (Some(8.0), 0));
    assert_eq!(total(&score("PHQ-9", "1 1 1 1 1 1 1 1 0 .")), Some(8.0));
}

#[test]
fn nine_points_on_the_phq_9_are_not_caseness() {
    assert_eq!(score("PHQ-9", "1 1 1 1 1 1 1 1 1").positive, Some(false));
}

#[test]
fn item_9_counts_for_the_syndrome_from_several_days() {
    assert_eq!(score("PHQ-9", "2 2 2 2 0 0 0 0 1").results["syndrome"], "major");
    assert_eq!(score("PHQ-9", "2 2 2 1 1 1 1 1 1").results["syndrome"], "other");
    assert_eq!(score("PHQ-9", "1 1 2 2 2 2 2 2 3").results["syndrome"], "none", "no core symptom");
}

#[test]
fn british_sign_language_versions_have_their_own_cut_offs() {
    let bsl = |name: &str, answers: &str| {
        try_score(&ScoreRequest { language: Some("BSL".into()), ..request(name, answers) }).unwrap()
    };
    assert_eq!(bsl("PHQ-9", "1 1 1 1 1 1 1 1 0").positive, Some(true));
    assert_eq!(bsl("PHQ-9", "1 1 1 1 1 1 1 0 0").positive, Some(false));
    assert_eq!(bsl("GAD-7", "1 1 1 1 1 1 0").positive, Some(true));
    let shown = bsl("GAD-7", "1 1 1 1 1 0 0");
    assert_eq!(shown.positive, Some(false));
    assert_eq!(shown.findings.len(), 1, "the English cut-offs are not shown: {:?}", shown.findings);
}

#[test]
fn gad_7_severe_starts_at_fifteen_and_zero_is_not_at_all() {
    assert_eq!(score("GAD-7", "3 2 2 2 2 2 2").band.as_deref(), Some("severe"));
    assert_eq!(score("GAD-7", "2 2 2 2 2 2 2").band.as_deref(), Some("moderate"));
    let item = &library().by_id("gad-7").unwrap().items[0];
    assert_eq!(item.choice(0).unwrap().label, "Not at all");
}

#[test]
fn gad_7_shows_both_caseness_and_the_original_cut_off() {
    let report = score("GAD-7", "2 2 1 1 1 1 1");
    assert_eq!((met(&report, "caseness"), met(&report, "screen")), (Met::Met, Met::NotMet));
    assert_eq!(report.positive, Some(true));
}

// --- alcohol

#[test]
fn a_person_who_never_drinks_is_not_asked_audit_2_to_8_but_always_9_and_10() {
    let report = score("AUDIT", "0 . . . . . . . 2 4");
    assert_eq!((total(&report), subscale(&report, "harm")), (Some(6.0), Some(6.0)));
    assert_eq!(total(&score("AUDIT", "0 . . . . . . . . .")), None);
    assert_eq!(
        total(&score("AUDIT", "1 0 0 . . . . . 0 0")),
        Some(1.0),
        "items 2 and 3 are 0: 4 to 8 are skipped"
    );
    assert_eq!(total(&score("AUDIT", "1 0 1 . . . . . 0 0")), None);
    let short = try_score(&request("AUDIT", "0")).unwrap_err().to_string();
    assert!(short.contains("nothing for item 9 (Someone injured), item 10 (Others concerned)"), "{short}");
}

#[test]
fn a_sub_score_below_its_cut_off_reads_not_met_only_when_the_whole_form_is_answered() {
    assert_eq!(met(&score("AUDIT", "2 1 1 0 0 0 0 0 0 ."), "dependence"), Met::CannotTell);
    assert_eq!(met(&score("AUDIT", "2 1 1 0 0 0 0 0 0 0"), "dependence"), Met::NotMet);
}

#[test]
fn an_answer_to_an_audit_item_that_is_not_asked_counts_and_is_pointed_out() {
    let report = score("AUDIT", "0 3 0 0 0 0 0 0 0 0");
    assert_eq!(total(&report), Some(3.0));
    assert!(warns(&report, "item 2 (Units on a typical drinking day) answered all the same and counts"));
}

#[test]
fn audit_c_is_positive_from_5_in_the_uk_and_from_4_or_3_by_sex_in_the_us() {
    assert_eq!(score_for("AUDIT-C", "2 2 0", "f").positive, Some(false));
    assert_eq!(score_for("AUDIT-C", "2 2 1", "f").positive, Some(true));
    assert_eq!(score_for("AUDIT-C US", "2 1 0", "f").positive, Some(true));
    assert_eq!(score_for("AUDIT-C US", "2 1 0", "m").positive, Some(false));
    let unknown = score("AUDIT-C US", "2 1 0");
    assert_eq!((unknown.positive, unknown.findings.len()), (None, 2));
    let units = library().by_id("audit-c").unwrap().items[1].label.clone();
    assert!(units.contains("Units"), "{units}");
    assert_eq!(total(&score("AUDIT-C", "0")), Some(0.0), "the rest is not asked and may be left off");
}

#[test]
fn the_wrong_loinc_code_of_audit_c_item_1_is_nowhere() {
    for instrument in library().instruments() {
        assert!(instrument.items.iter().all(|i| i.loinc.as_deref() != Some("68517-2")), "{}", instrument.id);
    }
}

#[test]
fn fast_is_positive_at_once_when_item_1_is_weekly() {
    for answers in ["3 . . .", "3", "4 0 . 0"] {
        let report = score("FAST", answers);
        assert_eq!(report.positive, Some(true), "{answers}");
        assert!(total(&report).is_some(), "{answers}");
    }
    let blank = score("FAST", "2 . . .");
    assert_eq!((total(&blank), blank.positive), (None, None));
    assert_eq!(score("FAST", "2 1 . .").positive, Some(true), "the lower bound has passed 3");
}

// --- drugs

#[test]
fn a_never_user_who_answers_no_throughout_the_dast_10_scores_one_and_the_form_is_questioned() {
    let all_no = score("DAST-10", "N N N N N N N N N N");
    assert_eq!((total(&all_no), all_no.band.as_deref()), (Some(1.0), Some("low")));
    assert!(warns(&all_no, "answer yes to item 3 and no to item 5"));
    let as_told = score("DAST-10", "N N Y N N N N N N N");
    assert_eq!(
        (total(&as_told), as_told.band.as_deref(), as_told.warnings.len()),
        (Some(0.0), Some("none"), 0)
    );
}

#[test]
fn numbers_are_refused_where_a_yes_no_item_scores_the_other_way_round() {
    for name in ["DAST-10", "DAST-28", "SAPAS"] {
        let items = library().find(name, None, None).unwrap().instrument.required_items();
        let refused = try_score(&request(name, &vec!["1"; items].join(" "))).unwrap_err().to_string();
        assert!(refused.contains("write y or n"), "{name}: {refused}");
    }
}

#[test]
fn dast_10_does_not_score_with_one_answer() {
    assert_eq!(total(&score("DAST-10", "y . . . . . . . . .")), None);
}

#[test]
fn dast_28_reverses_items_4_5_and_7_and_not_9() {
    let instrument = library().by_id("dast-28").unwrap();
    let reversed = instrument.items.iter().filter(|i| i.reversed).map(|i| i.id.as_str()).collect::<Vec<_>>();
    assert_eq!(reversed, ["4", "5", "7"]);
    assert_eq!(total(&score("DAST-28", &["n"; 28].join(" "))), Some(3.0));
    assert_eq!(score("DAST-28", &["y"; 28].join(" ")).findings.len(), 2);
}

#[test]
fn dudit_cut_offs_depend_on_sex_and_both_are_shown_when_it_is_unknown() {
    let answers = "1 1 1 0 0 0 0 0 0 0 0";
    assert_eq!(score_for("DUDIT", answers, "m").positive, Some(false));
    assert_eq!(score_for("DUDIT", answers, "F").positive, Some(true));
    let unknown = score("DUDIT", answers);
    assert_eq!(unknown.positive, None);
    assert_eq!(unknown.positives.len(), 1);
    assert!(unknown.positives[0].words.starts_with("If recorded as female"), "{:?}", unknown.positives);
    assert!(warns(&unknown, "Sex for scoring is not recorded"));
    assert_eq!(score("DUDIT", "4 4 0 0 0 0 0 0 0 0 0").positive, Some(true), "past both cut-offs");
    assert_eq!(score("DUDIT", "1 0 0 0 0 0 0 0 0 0 0").positive, Some(false), "below both");
}

// --- trauma

#[test]
fn a_gate_answered_no_ends_the_pc_ptsd_5_with_zero() {
    for answers in ["N", "N . . . . .", "n n n n n n"] {
        let report = score("PC-PTSD-5", answers);
        assert_eq!((total(&report), report.positive), (Some(0.0), Some(false)), "{answers}");
    }
    let contradictory = score("PC-PTSD-5", "N Y Y N N N");
    assert_eq!(total(&contradictory), Some(0.0));
    assert!(warns(&contradictory, "answered all the same and does not count"));
}

#[test]
fn a_gate_left_blank_leaves_the_pc_ptsd_5_open() {
    let report = score("PC-PTSD-5", ". Y Y Y Y Y");
    assert_eq!(
        (total(&report), report.positive, report.missing.as_slice()),
        (None, None, ["gate".to_owned()].as_slice())
    );
    assert!(warns(&report, "the question before it that decides whether it counts is not"));
}

#[test]
fn three_on_the_pc_ptsd_5_decides_for_women_and_four_for_men() {
    let three = "Y Y Y Y N N";
    assert_eq!(score_for("PC-PTSD-5", three, "female").positive, Some(true));
    assert_eq!(score_for("PC-PTSD-5", three, "male").positive, Some(false));
    assert_eq!(score("PC-PTSD-5", three).positive, None);
    assert_eq!(score_for("PC-PTSD-5", three, "female").findings.len(), 2, "4 stays in view");
}

#[test]
fn pcl_5_uses_31_to_33_and_never_38_or_the_old_checklists_change_values() {
    let thirty_one = score("PCL-5", "2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 1 0 0 0 0");
    assert_eq!(total(&thirty_one), Some(31.0));
    assert_eq!((met(&thirty_one, "31"), met(&thirty_one, "33")), (Met::Met, Met::NotMet));
    let instrument = library().by_id("pcl-5").unwrap();
    assert!(instrument.cut_offs.iter().all(|c| !c.id.contains("38")));
    assert!(instrument.reliable_change.is_empty());
}

#[test]
fn the_itq_never_says_both_and_needs_all_18() {
    let complex = score("ITQ", "2 0 0 2 2 0 2 0 0 2 0 0 2 2 0 0 2 0");
    assert_eq!(complex.results["diagnosis"], "CPTSD");
    assert_eq!((met(&complex, "CPTSD"), met(&complex, "PTSD")), (Met::Met, Met::NotMet));
    let simple = score("ITQ", "2 0 0 2 2 0 2 0 0 2 0 0 2 2 0 0 0 0");
    assert_eq!((met(&simple, "CPTSD"), met(&simple, "PTSD")), (Met::NotMet, Met::Met));
    let gap = score("ITQ", "2 0 0 2 2 0 2 0 0 2 0 0 2 2 0 0 . 0");
    assert_eq!(
        (total(&gap), met(&gap, "CPTSD"), met(&gap, "PTSD")),
        (None, Met::CannotTell, Met::CannotTell)
    );
    assert_eq!(
        (gap.positive, subscale(&gap, "ptsd")),
        (Some(true), Some(6.0)),
        "PTSD criteria are met either way"
    );
    let unimpaired = score("ITQ", "4 4 4 4 4 4 1 1 1 4 4 4 4 4 4 4 4 4");
    assert_eq!(unimpaired.results["diagnosis"], "none");
    let only_dso = score("ITQ", "1 1 1 1 1 1 4 4 4 4 4 4 4 4 4 4 4 4");
    assert_eq!(only_dso.results["diagnosis"], "none");
}

// --- jail screens, personality

#[test]
fn the_bjmhs_refers_on_any_of_its_four_rules_and_is_never_negative_with_a_blank() {
    for (answers, refer) in [
        ("Y Y N N N N N N", Some(true)),
        ("Y N N N N N N N", Some(false)),
        ("N N N N N N Y N", Some(true)),
        ("N N N N N N N Y", Some(true)),
        ("N N N N N N N N Y", Some(true)), // staff concern
        ("N N N N N N N N N", Some(false)),
        ("N N N N N N N N .", Some(false)), // no concern raised
        ("N N N N N N . N", None),
        ("Y . N N N N N N", None),
        (". . . . . . Y .", Some(true)),
    ] {
        assert_eq!(score("BJMHS", answers).positive, refer, "{answers}");
    }
    let open = score("BJMHS", "Y Y . . . . . .");
    assert_eq!(total(&open), Some(2.0));
    assert!(warns(&open, "Counted from the answered items only"));
}

#[test]
fn the_bjmhs_is_known_to_miss_women_and_says_so() {
    assert!(warns(&score_for("BJMHS", "N N N N N N N N", "f"), "use the K6 and the PC-PTSD-5 with it"));
    assert!(!warns(&score_for("BJMHS", "N N N N N N N N", "m"), "K6"));
}

#[test]
fn cmhs_has_no_cut_off_because_none_was_confirmed() {
    let report = score("CMHS-M", &["y"; 12].join(" "));
    assert_eq!((total(&report), report.positive, report.findings.len()), (Some(12.0), None, 0));
}

#[test]
fn sapas_item_3_scores_for_no_and_the_result_is_a_screen_not_a_diagnosis() {
    assert_eq!(total(&score("SAPAS", "N N N N N N N N")), Some(1.0));
    assert_eq!(total(&score("SAPAS", "N N Y N N N N N")), Some(0.0));
    let report = score("SAPAS", "Y Y N N N N N N");
    assert!(report.positives[0].words.contains("personality difficulty screen, never a diagnosis"));
    assert_eq!(met(&report, "general"), Met::NotMet, "4 for the general population");
}

// --- neurodevelopment

#[test]
fn asrs_items_1_to_3_count_from_sometimes_and_4_to_6_from_often() {
    assert_eq!(total(&score("ASRS", "2 2 2 2 2 2")), Some(3.0));
    assert_eq!(total(&score("ASRS", "1 1 1 3 3 3")), Some(3.0));
    assert_eq!(subscale(&score("ASRS", "2 2 2 2 2 2"), "sum"), Some(12.0));
}

#[test]
fn aq_10_refers_at_six_and_the_adolescent_key_is_another() {
    assert_eq!(score("AQ-10", "2 3 3 3 3 2 3 3 2 2").positive, Some(true), "6, not more than 6");
    assert_eq!(score("AQ-10", "2 3 3 3 3 2 3 3 2 3").positive, Some(false));
    let agree = "1 1 1 1 1 1 1 1 1 1";
    assert_eq!(total(&score("AQ-10", agree)), Some(4.0));
    let one_agreed = "4 4 4 4 1 4 4 4 4 4";
    assert_eq!(total(&score("AQ-10", one_agreed)), Some(5.0));
    assert_eq!(total(&score("AQ-10 adolescent", one_agreed)), Some(7.0));
    let item = |id: &str, at: usize| {
        let item = &library().by_id(id).unwrap().items[at];
        item.points(item.choice(1).unwrap())
    };
    assert_eq!((item("aq-10", 4), item("aq-10-adolescent", 4)), (0.0, 1.0));
    assert_eq!((item("aq-10", 6), item("aq-10-adolescent", 6)), (1.0, 0.0));
}

// --- CORE

#[test]
fn core_10_reverses_items_2_and_3_and_not_4() {
    assert_eq!(total(&score("CORE-10", "0 4 4 0 0 0 0 0 0 0")), Some(0.0));
    assert_eq!(total(&score("CORE-10", "0 0 0 0 0 0 0 0 0 0")), Some(8.0));
}

#[test]
fn core_10_prorates_one_missing_item_and_never_two() {
    let one = score("CORE-10", "1 2 2 1 1 1 2 2 2 .");
    assert_eq!(
        (total(&one), one.band.as_deref(), one.positive),
        (Some(15.5556), Some("moderate"), Some(true))
    );
    assert!(warns(&one, "Prorated"));
    let two = score("CORE-10", "1 2 2 1 1 1 2 2 . .");
    assert_eq!((total(&two), two.positive), (None, Some(true)));
    assert_eq!(serde_json::to_value(one.total).unwrap().to_string(), "15.5556");
}

#[test]
fn a_prorated_core_10_between_two_bands_belongs_to_the_lower() {
    // 13 from 9 items is 14.44: above "11 to 14", below "15 to 19".
    let report = score("CORE-10", "2 3 3 2 2 0 2 2 1 .");
    assert_eq!(total(&report), Some(14.4444));
    assert_eq!(report.band.as_deref(), Some("mild"));
}

#[test]
fn item_6_of_the_core_10_prompts_whatever_the_total() {
    let report = score("CORE-10", "0 4 4 0 0 1 0 0 0 0");
    assert_eq!((total(&report), report.prompts.len()), (Some(1.0), 1));
    let blank = score("CORE-10", "0 4 4 0 0 . 0 0 0 0");
    assert_eq!((total(&blank), blank.positive), (Some(0.0), Some(false)), "one missing item is prorated");
    assert!(warns(&blank, "Item 6 (plans to end life) is not answered"), "but the blank is not passed over");
}

#[test]
fn core_om_reverses_eight_items_and_not_item_30() {
    let instrument = library().by_id("core-om").unwrap();
    let reversed = instrument.items.iter().filter(|i| i.reversed).map(|i| i.id.as_str()).collect::<Vec<_>>();
    assert_eq!(reversed, ["3", "4", "7", "12", "19", "21", "31", "32"]);
}

#[test]
fn core_om_prorates_three_missing_in_all_but_none_in_well_being_and_risk() {
    let with_gaps = |gaps: &[usize]| {
        let answers = (1..=34).map(|i| if gaps.contains(&i) { "." } else { "2" }).collect::<Vec<_>>();
        score("CORE-OM", &answers.join(" "))
    };
    let domains = |gaps: &[usize]| {
        let report = with_gaps(gaps);
        ["W", "P", "F", "R"].map(|d| subscale(&report, d).is_some())
    };
    assert_eq!(domains(&[]), [true; 4]);
    assert_eq!(domains(&[4]), [false, true, true, true]);
    assert_eq!(domains(&[2]), [true; 4]);
    assert_eq!(domains(&[2, 5]), [true, false, true, true]);
    assert_eq!(domains(&[1]), [true; 4]);
    assert_eq!(domains(&[1, 3]), [true, true, false, true]);
    assert_eq!(domains(&[6]), [true, true, true, false]);
    assert_eq!(total(&with_gaps(&[1, 2, 4])), Some(20.0), "divided by the 31 answered");
    assert_eq!(total(&with_gaps(&[1, 2, 4, 6])), None);
}

#[test]
fn a_risk_item_of_the_core_om_prompts() {
    let calm = (1..=34).map(|i| if [3, 4, 7, 12, 19, 21, 31, 32].contains(&i) { "4" } else { "0" });
    let mut answers = calm.collect::<Vec<_>>();
    assert!(score("CORE-OM", &answers.join(" ")).prompts.is_empty());
    answers[23] = "1";
    assert_eq!(score("CORE-OM", &answers.join(" ")).prompts.len(), 1);
}

// --- wellbeing, functioning

#[test]
fn swemwbs_converts_to_the_metric_score_and_has_no_bands() {
    let report = score("SWEMWBS", "4 4 4 4 4 3 3");
    assert_eq!((total(&report), subscale(&report, "metric")), (Some(26.0), Some(23.21)));
    assert!(report.bands.is_empty() && report.findings.is_empty());
    assert_eq!(subscale(&score("SWEMWBS", "4 4 4 4 4 3 ."), "metric"), None);
    assert!(library().by_id("wemwbs").unwrap().bands.is_empty());
}

#[test]
fn who_5_is_the_raw_total_times_four_and_low_is_poor() {
    let poor = score("WHO-5", "2 2 3 3 2");
    assert_eq!((subscale(&poor, "percent"), poor.positive), (Some(48.0), Some(true)));
    assert_eq!(score("WHO-5", "3 3 3 2 2").positive, Some(false), "raw 13 is 52");
    let open = score("WHO-5", "0 0 1 1 .");
    assert_eq!((total(&open), open.positive), (None, Some(true)), "poor whatever the last answer is");
    assert_eq!(score("WHO-5", "5 5 5 . 5").positive, None);
}

#[test]
fn ons4_is_never_added_up_and_anxiety_runs_the_other_way() {
    let report = score("ONS4", "10 9 8 0");
    assert_eq!((total(&report), report.lower_bound, report.band.clone()), (None, None, None));
    assert_eq!(report.bands["satisfaction"], "very high");
    assert_eq!(report.bands["anxiety"], "very low");
    assert_eq!(score("ONS4", ". 9 8 0").bands.len(), 3, "each question stands by itself");
}

#[test]
fn a_person_who_does_not_work_has_a_wsas_out_of_32() {
    let not_working = |answers: &str, variant: &str| {
        try_score(&ScoreRequest { variant: Some(variant.into()), ..request("WSAS", answers) }).unwrap()
    };
    for variant in ["not-working", "Not working", "retired"] {
        let report = not_working(". 2 2 2 2", variant);
        assert_eq!((total(&report), report.out_of.unwrap().rounded()), (Some(8.0), 32.0));
        assert_eq!(report.band.as_deref(), Some("subclinical"));
        assert!(report.text().contains("Does not apply and is not counted: item 1."), "{}", report.text());
    }
    assert_eq!(total(&score("WSAS", "na 2 2 2 2")), Some(8.0));
    assert_eq!(total(&not_working(". 2 2 2 2", "working")), None, "who works and left it blank has no score");
}

#[test]
fn a_blank_work_item_with_nobody_saying_whether_the_person_works_bands_nothing() {
    let report = score("WSAS", ". 2 2 2 2");
    assert_eq!((total(&report), report.out_of.unwrap().rounded()), (Some(8.0), 32.0));
    assert_eq!(report.band, None, "8 is mild out of 32, but the blank may be up to 8 more");
    assert!(warns(&report, "Say which: working (the person works, so item 1 applies); not-working"));
    let worst = score("WSAS", ". 8 8 8 8");
    assert_eq!(worst.band.as_deref(), Some("moderately severe or worse"), "whatever the blank is");
}

#[test]
fn dialog_has_two_means() {
    let report = score("DIALOG", "1 2 3 4 5 6 7 4 6 6 7");
    assert_eq!((total(&report), subscale(&report, "treatment")), (Some(4.0), Some(6.3333)));
    assert!(report.text().contains("Treatment satisfaction (mean of 3): 6.3333"), "{}", report.text());
}

#[test]
fn not_known_is_not_an_answer() {
    let report = score("HoNOS", "0 0 0 0 0 0 0 0 0 0 0 9");
    assert_eq!((total(&report), report.missing.as_slice()), (None, ["12".to_owned()].as_slice()));
    assert_eq!(report.answers[11], Answer::Value(9), "but it is kept");
    assert!(warns(&report, "is marked as not known"));
    assert_eq!(total(&score("CGI-S", "0")), None);
    assert_eq!(total(&score("CGI-I", "2")), Some(2.0));
}

#[test]
fn goals_are_followed_one_by_one() {
    for answers in ["4", "4 .", "4 7 10"] {
        assert_eq!(total(&score("GBO", answers)), None);
    }
}

#[test]
fn scoring_needs_no_parser_when_answers_come_from_a_form() {
    let found = library().find("phq2", None, None).unwrap();
    let answers = vec![Answer::Value(1), Answer::Value(2)];
    assert_eq!(parse_answers(found.instrument, "1 2").unwrap(), answers);
    let score = instruments::score(found.instrument, &answers, &Context::default()).unwrap();
    assert_eq!((score.total, score.positive), (Some(3.0), Some(true)));
    let wrong =
        instruments::score(found.instrument, &[Answer::Value(7), Answer::Value(0)], &Context::default());
    assert!(wrong.unwrap_err().to_string().contains("item 1 (Little interest or pleasure): \"7\""));
    let na =
        instruments::score(found.instrument, &[Answer::NotApplicable, Answer::Value(0)], &Context::default());
    assert!(na.unwrap_err().to_string().contains("not applicable"));
    let variant = Context { variant: Some("x".into()), ..Context::default() };
    assert!(instruments::score(found.instrument, &answers, &variant).is_err());
}
