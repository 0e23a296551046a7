use super::super::lines::lines;
use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const ON: Date = date(2026, 11, 26);

fn content() -> Content {
    Content {
        name: "Qwertil".into(),
        court: Some((date(2026, 12, 3), "10:00".into(), "Thames Magistrates' Court".into())),
        appointments: vec![(
            "Thursday 3 December 2026, 14:00".into(),
            "Riverbank Drug and Alcohol Service".into(),
        )],
        agreed: vec!["Take the blue letter along".into()],
        ring: vec!["020 7946 0000, Nell".into()],
        lines: lines(None).unwrap().line,
        directions: vec!["Bus 25 to the third stop".into()],
        more: Vec::new(),
    }
}

fn text(sections: &[Section]) -> String {
    sections.iter().flat_map(|s| s.lines.iter().chain([&s.heading])).map(|l| format!("{l}\n")).collect()
}

#[test]
fn every_language_has_every_string() {
    let english: Vec<String> = strings(Tongue::English).keys().map(str::to_owned).collect();
    assert!(english.len() > 15);
    for tongue in Tongue::ALL {
        assert_eq!(strings(tongue).keys().collect::<Vec<_>>(), english, "{}", tongue.name());
    }
}

#[test]
fn an_ordinary_sheet_says_what_is_next_and_a_safe_one_only_dates_numbers_and_notes() {
    let s = strings(Tongue::English);
    let open = text(&sheet(&content(), Variant::Ordinary, &s, ON).unwrap());
    for part in [
        "Qwertil",
        "Thursday 3 December 2026, 10:00, Thames Magistrates' Court",
        "Riverbank Drug",
        "116 123",
        "Bus 25",
    ] {
        assert!(open.contains(part), "{part}: {open}");
    }
    let safe = text(&sheet(&content(), Variant::Safe, &s, ON).unwrap());
    for part in ["Thursday 3 December 2026 10:00", "020 7946 0000", "116 123", "Bus 25", "blue letter"] {
        assert!(safe.contains(part), "{part}: {safe}");
    }
    for never in ["Qwertil", "Court", "Riverbank", "Samaritans", "NHS"] {
        assert!(!safe.contains(never), "{never}: {safe}");
    }
}

#[test]
fn a_telling_word_that_was_typed_is_named_and_no_safe_sheet_is_made() {
    let told = Content { agreed: vec!["Go to the Drug group".into()], ..content() };
    assert_eq!(sheet(&told, Variant::Safe, &strings(Tongue::English), ON), Err(vec!["Drug".to_owned()]));
    assert!(sheet(&told, Variant::Large, &strings(Tongue::English), ON).is_ok());
}

#[test]
fn easy_to_read_has_one_idea_a_line_and_welsh_has_welsh_days() {
    let easy = sheet(&content(), Variant::Easy, &strings(Tongue::English), ON).unwrap();
    let court = easy.iter().find(|s| s.heading == "You must go to court on:").unwrap();
    assert_eq!(court.lines, ["Thursday 3 December 2026", "10:00", "Thames Magistrates' Court"]);
    let welsh = text(&sheet(&content(), Variant::Ordinary, &strings(Tongue::Welsh), ON).unwrap());
    assert!(welsh.contains("dydd Iau 3 Rhagfyr 2026") && welsh.contains("Y Samariaid"), "{welsh}");
}

proptest! {
    /// Whatever is typed: a sheet that is safe to carry either holds no telling word, in either language, or is not made.
    #[test]
    fn no_safe_sheet_tells(words in prop::collection::vec("(mental|drug|cyffur|letter|bus|llys|pen|Court|clinic|tea)[a-z]{0,4}", 0..6), welsh: bool) {
        let s = strings(if welsh { Tongue::Welsh } else { Tongue::English });
        let typed = Content { agreed: vec![words.join(" ")], more: words.clone(), ..content() };
        match sheet(&typed, Variant::Safe, &s, ON) {
            Ok(made) => prop_assert!(telling(&text(&made)).is_empty()),
            Err(found) => prop_assert!(!found.is_empty()),
        }
    }
}
