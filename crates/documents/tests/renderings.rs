//! One model, three renderings: what must hold for each, and for any text.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::LazyLock;

use documents::*;
use proptest::prelude::*;

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| Renderer::new(Fonts::bundled()).unwrap());

fn with_text(words: &str) -> Document {
    Document { sections: vec![common::section("Text", vec![common::text(words)])], ..common::report() }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let document = common::report();
    let first = RENDERER.pdf(&document).unwrap();
    RENDERER.pdf(&common::many_scripts()).unwrap();
    let again = std::thread::spawn({
        let document = document.clone();
        move || Renderer::new(Fonts::bundled()).unwrap().pdf(&document).unwrap()
    });
    assert_eq!(first, again.join().unwrap());
    assert_eq!(first.pages, 2);
    let mut next = document;
    next.footer.version = "3".into();
    assert_ne!(first.bytes, RENDERER.pdf(&next).unwrap().bytes);
}

#[test]
fn names_in_every_script_are_printed() {
    let pdf = RENDERER.pdf(&common::many_scripts()).unwrap();
    assert_eq!(pdf.replaced, vec![]);
}

#[test]
fn what_no_font_has_is_shown_and_told_never_lost() {
    let mut document = with_text("She wrote “\u{1F98A}\u{1F98A} ok”, \u{E0B0} and \u{202E}drow\u{7}.");
    document.title = "Report on \u{A98F}\u{A9A0}".into(); // Javanese, not bundled
    let pdf = RENDERER.pdf(&document).unwrap();
    let told: Vec<(&str, Why, usize)> =
        pdf.replaced.iter().map(|r| (r.code_points.as_str(), r.why, r.times)).collect();
    assert_eq!(
        told,
        [
            ("U+0007", Why::NotAllowed, 1),
            ("U+202E", Why::LeftOut, 1),
            ("U+A98F", Why::NoShape, 1),
            ("U+A9A0", Why::NoShape, 1),
            ("U+E0B0", Why::NotAllowed, 1),
            ("U+1F98A", Why::NoShape, 2),
        ]
    );
    assert_eq!(pdf.replaced[5].place, "/sections/0/blocks/0/text/0");
}

#[test]
fn a_sign_that_has_a_shape_alone_but_not_where_it_stands_is_told_too() {
    let pdf = RENDERER.pdf(&with_text("ক\u{308}ক a\u{E48} \u{5D0}\u{94D}")).unwrap();
    for replaced in &pdf.replaced {
        assert_eq!(replaced.why, Why::NoShape);
    }
}

#[test]
fn a_sign_that_a_font_claims_but_does_not_draw_is_never_taken_for_printed() {
    // The Korean font claims ideographs with empty outlines: they must come from the East Asian one.
    let words = "範例王小明样例 韓國 가각한글 龍 ひらがな カタカナ ㄱㅏ ㄅㄆ";
    assert_eq!(RENDERER.pdf(&with_text(words)).unwrap().replaced, vec![]);
    // It claims all 11,172 syllables and draws the 2,479 that are used; the others are told.
    let rare = RENDERER.pdf(&with_text("갂")).unwrap().replaced;
    assert_eq!((rare[0].code_points.as_str(), rare[0].why), ("U+AC02", Why::NoShape));
}

#[test]
fn text_is_never_markup() {
    let words = "#panic() = not a heading $x$ *bold* `code` <label> @ref #import \"a\" \\u{1} // comment {page} {pages}";
    assert_eq!(RENDERER.pdf(&with_text(words)).unwrap().replaced, vec![]);
    let html = html_page(&with_text("<script>alert(1)</script> & \"quotes\""), None);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;"));
    assert!(!html.contains("style=") && !html.contains("<script"));
}

#[test]
fn empty_parts_say_that_nothing_was_recorded() {
    let mut document = common::report();
    document.facts.push(FactTable { caption: "Empty table".into(), rows: vec![] });
    document.sections.push(Section::default());
    document.sections.push(common::section(
        "Only empty blocks",
        vec![
            common::text(" \n\n "),
            common::bullets(&["", " "]),
            Block::Table { caption: "No columns".into(), header: vec![], rows: vec![vec![]] },
        ],
    ));
    RENDERER.pdf(&document).unwrap();
    RENDERER.pdf(&Document::default()).unwrap();
    assert_eq!(html_page(&document, None).matches("Nothing was recorded here.").count(), 4);
    assert_eq!(read_aloud(&document, 150).text.matches("Nothing was recorded here.").count(), 4);
}

#[test]
fn twenty_pages_very_long_words_and_ragged_tables() {
    let mut document = common::long_report(28);
    let long = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(12);
    document.sections.push(common::section(
        &long,
        vec![
            common::text(&long),
            Block::Table {
                caption: "Ragged".into(),
                header: vec!["A".into(), long.clone()],
                rows: vec![vec![], vec!["1".into(), "2".into(), long.clone(), "4".into()]],
            },
        ],
    ));
    let pdf = RENDERER.pdf(&document).unwrap();
    assert!(pdf.pages >= 20, "{}", pdf.pages);
    assert_eq!(pdf.replaced, vec![]);
}

#[test]
fn a_wrong_date_or_language_does_not_stop_a_report() {
    let mut document = common::report();
    document.date = Day { year: 0, month: 99, day: 31, words: String::new() };
    document.language = Language::new("not a code", Some("??"));
    assert_eq!(document.language.tag(), "en-GB");
    RENDERER.pdf(&document).unwrap();
    document.date = Day { year: 2026, month: 2, day: 31, words: String::new() };
    document.language = Language::new("ar", None);
    RENDERER.pdf(&document).unwrap();
    assert!(html_page(&document, Some("/assets/a.css")).contains("lang=\"ar\" dir=\"rtl\""));
}

#[test]
fn a_folder_of_fonts_can_be_added_and_says_what_it_could_not_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let (_, problems) = Fonts::bundled().with_folder(&folder);
    assert_eq!(problems, vec![]); // no font files in it
    let (_, problems) = Fonts::bundled().with_folder(&folder.join("nowhere"));
    assert_eq!(problems.len(), 1);
}

#[test]
fn reading_time_and_what_must_go() {
    let spoken = read_aloud(&with_text(&"word ".repeat(300)), 150);
    assert_eq!(spoken.seconds, (spoken.words as u64 * 60).div_ceil(150));
    assert_eq!(spoken.words_over(90), spoken.words - 225);
    assert_eq!(spoken.words_over(100_000), 0);
    assert_eq!(read_aloud(&Document::default(), 0).time_in_words(), "0 s at 1 words a minute");
}

#[test]
fn html_of_the_report() {
    insta::assert_snapshot!(html_page(&common::report(), Some("/assets/app.css")).replace("><", ">\n<"));
}

#[test]
fn the_report_read_aloud() {
    let spoken = read_aloud(&common::report(), WORDS_PER_MINUTE);
    insta::assert_snapshot!(format!(
        "{}\n\n({} words, {})",
        spoken.text,
        spoken.words,
        spoken.time_in_words()
    ));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "\\PC{0,60}", "[\\u0000-\\uFFFF]{0,60}", "[ -~\n]{0,200}"]
}

proptest! {
    // A layout takes a good half second in a debug build; PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16)
    ))]

    #[test]
    fn any_text_anywhere_is_laid_out(texts in prop::collection::vec(any_text(), 12)) {
        let mut document = common::report();
        document.title = texts[0].clone();
        document.kind = texts[1].clone();
        document.letterhead.project = texts[2].clone();
        document.marks[0].label = texts[3].clone();
        document.facts[0].rows[0] = common::fact(&texts[4], &texts[5], &texts[6]);
        document.sections = vec![common::section(&texts[7], vec![
            common::text(&texts[8]),
            common::bullets(&[&texts[9], &texts[10]]),
            Block::Table { caption: texts[9].clone(), header: vec![texts[10].clone()], rows: vec![texts[..3].to_vec()] },
            Block::Quote { words: texts[11].clone(), who: texts[0].clone(), when: texts[1].clone(), source: texts[2].clone() },
        ])];
        document.footer.classification = texts[11].clone();
        let pdf = RENDERER.pdf(&document);
        prop_assert!(pdf.is_ok(), "{:?}", pdf.err());
        let html = html_page(&document, None);
        prop_assert!(!html.chars().any(|c| c.is_control() && c != '\n'));
        read_aloud(&document, 150);
    }
}
