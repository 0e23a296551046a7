//! The one model behind every rendering. All text in it is data: nothing is ever read as markup.

use serde::{Deserialize, Serialize};

/// A document as it was signed, or as it stands while it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// What it is about, the first heading: "Report on Ana Example".
    pub title: String,
    /// What kind it is: "Same-day health report".
    pub kind: String,
    /// The language of the text.
    pub language: Language,
    /// The day it bears. No clock is read: the same model always gives the same bytes.
    pub date: Day,
    /// Who sends it.
    pub letterhead: Letterhead,
    /// What must be seen on every page.
    pub marks: Vec<Mark>,
    /// Tables of facts: identity, request, sources.
    pub facts: Vec<FactTable>,
    /// The text.
    pub sections: Vec<Section>,
    /// Who stands for it. `None` while it is a draft.
    pub signature: Option<Signature>,
    /// What identifies it, at the foot of every page.
    pub footer: Footer,
}

/// A language as PDF and HTML name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    code: String,
    region: Option<String>,
}

impl Language {
    /// A language by its two- or three-letter code and two-letter region: `("cy", Some("GB"))`. Anything else is taken as
    /// English, because a wrong code must not stop a report.
    pub fn new(code: &str, region: Option<&str>) -> Self {
        let letters = |text: &str, len: std::ops::RangeInclusive<usize>| {
            len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic())
        };
        if !letters(code, 2..=3) {
            return Self::default();
        }
        Self {
            code: code.to_ascii_lowercase(),
            region: region.filter(|region| letters(region, 2..=2)).map(str::to_ascii_uppercase),
        }
    }

    /// The code: "en".
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The region: "GB".
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// As an HTML `lang` attribute: "en-GB".
    pub fn tag(&self) -> String {
        match &self.region {
            Some(region) => format!("{}-{region}", self.code),
            None => self.code.clone(),
        }
    }

    /// Whether the text runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(
            self.code.as_str(),
            "ar" | "dv" | "fa" | "he" | "ks" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi"
        )
    }
}

impl Default for Language {
    fn default() -> Self {
        Self { code: "en".into(), region: Some("GB".into()) }
    }
}

/// A day, in numbers for the file's own date and in words for the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
    /// As printed: "25 November 2026".
    pub words: String,
}

impl Default for Day {
    fn default() -> Self {
        Self { year: 2000, month: 1, day: 1, words: String::new() }
    }
}

/// Who sends the document; set for each project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letterhead {
    /// The project's name.
    pub project: String,
    /// The organisation behind it.
    pub organisation: String,
    /// Address, a line each.
    pub address: Vec<String>,
    /// Telephone, e-mail, hours: a line each.
    pub contact: Vec<String>,
}

/// What kind of mark it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Something may not be published.
    ReportingRestriction,
    /// The person is under 18.
    Youth,
    /// Confidential.
    Confidential,
    /// Not signed yet.
    Draft,
    /// Anything else.
    Other,
}

/// Something the reader must see before reading, and on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its kind.
    pub kind: MarkKind,
    /// A few words, repeated at the head of every page.
    pub label: String,
    /// What it means for the reader, said once on the first page.
    pub words: String,
}

/// A table of labels and values.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FactTable {
    /// What the table shows; may be empty.
    pub caption: String,
    /// Its rows.
    pub rows: Vec<Fact>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fact {
    /// "Date of birth".
    pub label: String,
    /// As recorded; an empty value is printed as "not recorded".
    pub value: String,
    /// Where it comes from and of when; may be empty.
    pub source: String,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Its content. An empty section says that nothing was recorded.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// Text; an empty line starts a new paragraph, a single line end a new line.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A list with bullets.
    Bullets {
        /// Its items.
        items: Vec<String>,
    },
    /// A numbered list: steps, recommendations.
    Numbered {
        /// Its items.
        items: Vec<String>,
    },
    /// A table with a header row. Short rows are filled up, long ones get columns without a heading.
    Table {
        /// What it shows; may be empty.
        caption: String,
        /// Headings of the columns.
        header: Vec<String>,
        /// Rows of cells.
        rows: Vec<Vec<String>>,
    },
    /// Who said what, when.
    Quote {
        /// What was said, without quotation marks.
        words: String,
        /// Who said it.
        who: String,
        /// When.
        when: String,
        /// How we know: "seen in the escort record", "told to me in the cell"; may be empty.
        source: String,
    },
    /// Something to be seen first: a limit of the report, a warning.
    Notice {
        /// The text.
        text: String,
    },
}

/// Who stands for the document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signature {
    /// Name.
    pub author: String,
    /// Role: "Forensic mental health practitioner".
    pub role: String,
    /// Grade or registration; may be empty.
    pub grade: String,
    /// When, in words.
    pub date: String,
    /// Who countersigned, where the grade requires it.
    pub countersigned: Option<Countersignature>,
}

/// A second signature.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Countersignature {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// When, in words.
    pub date: String,
}

/// What identifies the document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Footer {
    /// Id of the document. No name or birth date.
    pub document_id: String,
    /// Its version: "2".
    pub version: String,
    /// The hash of the locked version, or a part of it.
    pub hash: String,
    /// "Official – sensitive".
    pub classification: String,
}
