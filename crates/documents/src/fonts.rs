//! The fonts a document is set in. Those in `fonts/` are part of the program, so a report looks the same, byte for byte, on
//! every machine. A folder with more can be added; the order is fixed by file name.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;

/// Order matters: it is the order in which a missing sign is looked for.
static BUNDLED: &[&[u8]] = &[
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSans-Italic.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../fonts/NotoSansEthiopic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSansBengali-Regular.ttf"),
    include_bytes!("../fonts/NotoSansGurmukhi-Regular.ttf"),
    include_bytes!("../fonts/NotoSansGujarati-Regular.ttf"),
    include_bytes!("../fonts/NotoSansOriya-Regular.ttf"),
    include_bytes!("../fonts/NotoSansTamil-Regular.ttf"),
    include_bytes!("../fonts/NotoSansTelugu-Regular.ttf"),
    include_bytes!("../fonts/NotoSansKannada-Regular.ttf"),
    include_bytes!("../fonts/NotoSansMalayalam-Regular.ttf"),
    include_bytes!("../fonts/NotoSansSinhala-Regular.ttf"),
    include_bytes!("../fonts/NotoSansThaana-Regular.ttf"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoSansLao-Regular.ttf"),
    include_bytes!("../fonts/NotoSansKhmer-Regular.ttf"),
    include_bytes!("../fonts/NotoSansMyanmar-Regular.ttf"),
    include_bytes!("../fonts/NanumSquareR.ttf"),
    include_bytes!("../fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("../fonts/DejaVuSans.ttf"),
];

/// Families that claim signs they have no shape for (an empty outline, which would print as nothing), and the signs that they
/// are asked for instead, as a character class.
const ASKED_ONLY_FOR: &[(&str, &str)] = &[
    ("NanumSquare", r"[\u{1100}-\u{11FF}\u{3130}-\u{318F}\u{AC00}-\u{D7A3}]"),
    ("Droid Sans Fallback", r"[^\u{1100}-\u{11FF}\u{3130}-\u{318F}\u{AC00}-\u{D7A3}]"),
];

/// A family as the template names it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Family {
    pub(crate) name: String,
    pub(crate) only: Option<&'static str>,
}

/// Fonts in the order they are asked.
#[derive(Debug, Clone)]
pub struct Fonts {
    fonts: Vec<Font>,
}

/// A font file that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontProblem {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

impl Fonts {
    /// The fonts that are part of the program.
    pub fn bundled() -> Self {
        Self { fonts: BUNDLED.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect() }
    }

    /// With the fonts (`.ttf`, `.otf`, `.ttc`) of a folder behind them, by name of file. What can't be read is reported and left
    /// out. Documents are byte-identical only as long as the folder is.
    pub fn with_folder(mut self, folder: &Path) -> (Self, Vec<FontProblem>) {
        let mut problems = Vec::new();
        let mut note = |path: &Path, reason: String| problems.push(FontProblem { path: path.into(), reason });
        let mut files: Vec<PathBuf> = match std::fs::read_dir(folder) {
            Ok(entries) => {
                entries.flatten().map(|entry| entry.path()).filter(|path| is_font_file(path)).collect()
            }
            Err(error) => {
                note(folder, error.to_string());
                Vec::new()
            }
        };
        files.sort();
        for path in files {
            match std::fs::read(&path) {
                Ok(data) => {
                    let before = self.fonts.len();
                    self.fonts.extend(Font::iter(Bytes::new(data)));
                    if self.fonts.len() == before {
                        note(&path, "not a font".into());
                    }
                }
                Err(error) => note(&path, error.to_string()),
            }
        }
        (self, problems)
    }

    /// Families in order, each once.
    pub(crate) fn families(&self) -> Vec<Family> {
        let mut families: Vec<Family> = Vec::new();
        for font in &self.fonts {
            let name = font.info().family.to_string();
            if !families.iter().any(|family| family.name == name) {
                let only = ASKED_ONLY_FOR.iter().find(|(family, _)| *family == name).map(|(_, only)| *only);
                families.push(Family { name, only });
            }
        }
        families
    }

    pub(crate) fn book(&self) -> LazyHash<FontBook> {
        LazyHash::new(FontBook::from_fonts(&self.fonts))
    }

    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether some font has a shape for it, or it needs none.
    pub(crate) fn covers(&self, c: char) -> bool {
        c == '\n'
            || c == ' '
            || is_default_ignorable(c)
            || self.fonts.iter().any(|f| f.info().coverage.contains(c.into()))
    }

    /// Whether the main font has it: the narrowest set, used when everything else failed.
    pub(crate) fn main_covers(&self, c: char) -> bool {
        c == '\n' || self.fonts.first().is_some_and(|font| font.info().coverage.contains(c.into()))
    }
}

fn is_font_file(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| ["ttf", "otf", "ttc"].contains(&extension.to_ascii_lowercase().as_str()))
}
