//! Invented documents for tests, the sample and the timing.
#![allow(dead_code)] // each user takes what it needs

use documents::*;

pub fn text(words: &str) -> Block {
    Block::Paragraph { text: words.into() }
}

pub fn bullets(items: &[&str]) -> Block {
    Block::Bullets { items: items.iter().map(|item| (*item).to_owned()).collect() }
}

pub fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { heading: heading.into(), blocks }
}

pub fn fact(label: &str, value: &str, source: &str) -> Fact {
    Fact { label: label.into(), value: value.into(), source: source.into() }
}

fn cells(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The same-day report of an invented person.
pub fn report() -> Document {
    Document {
        title: "Health report on Ana Example".into(),
        kind: "Same-day health report".into(),
        language: Language::default(),
        date: Day { year: 2026, month: 11, day: 25, words: "25 November 2026".into() },
        letterhead: Letterhead {
            project: "Riverbank court project".into(),
            organisation: "Alongside, an invented service".into(),
            address: cells(&["Riverbank Magistrates’ Court", "1 Example Street", "London N0 0AA"]),
            contact: cells(&["020 7946 0000", "riverbank@alongside.example"]),
        },
        marks: vec![
            Mark {
                kind: MarkKind::Confidential,
                label: "Confidential".into(),
                words: "For the court, the defence, the prosecution and probation, as the person agreed. Not for onward copying.".into(),
            },
            Mark {
                kind: MarkKind::ReportingRestriction,
                label: "Reporting restriction".into(),
                words: "The court has ordered that nothing may be published that identifies the witness.".into(),
            },
        ],
        facts: vec![
            FactTable {
                caption: "Person and request".into(),
                rows: vec![
                    fact("Name", "Ana Example", ""),
                    fact("Date of birth", "3 March 1992", "Escort record of today"),
                    fact("Case", "44RB0000126, Riverbank Magistrates’ Court, court 2", ""),
                    fact("Asked for by", "District Judge Sample, at 10:12, for a decision on bail", ""),
                    fact("Interpreter", "", ""),
                ],
            },
            FactTable {
                caption: "What this report is based on".into(),
                rows: vec![
                    fact("Interview", "35 minutes in the cells, from 10:30", ""),
                    fact("Records", "Escort record; summary of the mental health trust", "Read today, 10:20"),
                ],
            },
        ],
        sections: vec![
            section(
                "In short",
                vec![
                    Block::Notice {
                        text: "Ana Example needs treatment that is available on bail. No bed is needed. This is not a full psychiatric report.".into(),
                    },
                    text("She has a depressive illness that began in spring. She takes part in the hearing well when it goes slowly and questions are short."),
                ],
            ),
            section(
                "Risk and safeguarding",
                vec![
                    Block::Quote {
                        words: "I thought about ending it on Sunday. I rang my sister instead.".into(),
                        who: "Ana Example".into(),
                        when: "today, 10:41".into(),
                        source: "said to me in the cell".into(),
                    },
                    Block::Quote {
                        words: "Quiet night, accepted breakfast, checked every 30 minutes.".into(),
                        who: "Custody sergeant".into(),
                        when: "today, 06:50".into(),
                        source: "escort record, section risk".into(),
                    },
                    bullets(&[
                        "Her sister will stay with her until Friday and keeps her tablets.",
                        "She knows the number of the crisis line and has it on paper.",
                    ]),
                ],
            ),
            section(
                "Services that will take her",
                vec![Block::Table {
                    caption: "Services asked this morning".into(),
                    header: cells(&["Service", "Answer", "First appointment"]),
                    rows: vec![
                        cells(&["Bridge community mental health team", "Accepted at 11:05", "27 November, 14:00"]),
                        cells(&["Women’s centre, Example Road", "Accepted at 11:10", "30 November, 10:30"]),
                        cells(&["Housing advice desk", "Open today", "No appointment needed"]),
                    ],
                }],
            ),
            section(
                "Recommendation",
                vec![Block::Numbered {
                    items: cells(&[
                        "Bail with a condition to keep the appointments above would let treatment start this week.",
                        "If the court considers custody, a full psychiatric report would take about 14 days.",
                    ]),
                }],
            ),
            section("Limits of this report", vec![]),
        ],
        signature: Some(Signature {
            author: "Sam Practitioner".into(),
            role: "Forensic mental health practitioner".into(),
            grade: "registered nurse".into(),
            date: "25 November 2026, 11:32".into(),
            countersigned: Some(Countersignature {
                name: "Robin Lead".into(),
                role: "Clinical lead".into(),
                date: "25 November 2026, 11:36".into(),
            }),
        }),
        footer: Footer {
            document_id: "RB-2026-0417".into(),
            version: "2".into(),
            hash: "9f31c07a5e".into(),
            classification: "Official – sensitive".into(),
        },
    }
}

const SENTENCES: [&str; 4] = [
    "She was calm when we met and said that the last weeks had been hard at home and at work.",
    "Sleep is short, appetite is low, and she has stopped seeing friends since the summer.",
    "She answered questions about dates and places without help and asked when she may ring her sister.",
    "The trust’s summary speaks of one earlier episode, treated in the community, with good recovery.",
];

/// The report with more sections of plain text.
pub fn long_report(more_sections: usize) -> Document {
    let mut document = report();
    for number in 0..more_sections {
        let paragraph =
            |from: usize| (0..6).map(|i| SENTENCES[(from + i + number) % 4]).collect::<Vec<_>>().join(" ");
        document.sections.push(section(
            &format!("Background, part {}", number + 1),
            vec![
                text(&format!("{}\n\n{}", paragraph(0), paragraph(1))),
                Block::Table {
                    caption: String::new(),
                    header: cells(&["Date", "What", "Source"]),
                    rows: (1..5)
                        .map(|row| {
                            vec![format!("{row} May 2026"), SENTENCES[row % 4].into(), "trust summary".into()]
                        })
                        .collect(),
                },
            ],
        ));
    }
    document
}

/// "Name" in many scripts, with the language, none of them a real person.
pub const NAMES: [(&str, &str); 26] = [
    ("Polish", "Łucja Żółćiński"),
    ("Welsh", "Siân Ŵyn"),
    ("Vietnamese", "Nguyễn Thị Phượng"),
    ("Yoruba", "Ọláṣẹ́gun Ẹ̀rọ"),
    ("Greek", "Ελένη Παράδειγμα"),
    ("Ukrainian", "Олена Прикладчук"),
    ("Arabic", "آمنة المثالي"),
    ("Persian", "گلچهره نمونه‌ای"),
    ("Urdu", "زینب نمونہ"),
    ("Hebrew", "דוגמה לוי"),
    ("Hindi", "प्रियंका उदाहरण"),
    ("Bengali", "সুস্মিতা উদাহরণ"),
    ("Punjabi", "ਗੁਰਪ੍ਰੀਤ ਉਦਾਹਰਨ"),
    ("Gujarati", "કૃપા ઉદાહરણ"),
    ("Tamil", "தமிழ்ச்செல்வி மாதிரி"),
    ("Telugu", "శ్రీలక్ష్మి ఉదాహరణ"),
    ("Sinhala", "ශ්‍රියානි උදාහරණ"),
    ("Thai", "สมหญิง ตัวอย่าง"),
    ("Khmer", "សុភា ឧទាហរណ៍"),
    ("Burmese", "ခင်မြင့် နမူနာ"),
    ("Amharic", "ሰላማዊት ምሳሌ"),
    ("Tigrinya", "ኣብርሃም ኣብነት"),
    ("Georgian", "ნინო მაგალითი"),
    ("Armenian", "Անահիտ Օրինակյան"),
    ("Chinese", "範例 王小明 样例"),
    ("Korean, Japanese", "김보기 / みほん たろう"),
];

/// A table of names in every script that the bundled fonts know.
pub fn many_scripts() -> Document {
    let mut document = report();
    document.title = "Names in many scripts: آمنة, 王小明, Олена".into();
    document.facts = vec![FactTable {
        caption: "Names".into(),
        rows: NAMES.iter().map(|(language, name)| fact(language, name, "")).collect(),
    }];
    document.sections = vec![section(
        "In a sentence",
        vec![text(
            "The sister of آمنة المثالي, known as דוגמה, came with 김보기 to see Ελένη; the fee was −3 → €5 ✓.",
        )],
    )];
    document
}
