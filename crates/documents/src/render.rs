//! The model to PDF: Typst as a library, PDF/A-2a and PDF/UA-1 enforced. What breaks either is an error here, not in court.

use serde::Serialize;
use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::{Family, Fonts};
use crate::model::Document;
use crate::prepare::{Cleaner, for_template};
use crate::shapes::without_shape;

/// Makes PDF files. Made once and shared: it holds the fonts and the template.
pub struct Renderer {
    typst_library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Fonts,
    families: Vec<Family>,
    template: Source,
    data: FileId,
    standards: PdfStandards,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file. The same model gives the same bytes.
    pub bytes: Vec<u8>,
    /// How many pages.
    pub pages: usize,
    /// What could not be printed as it was written. Show it to the author before signing.
    pub replaced: Vec<Replaced>,
}

/// Why something was not printed as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No font has a shape for it: printed as �.
    NoShape,
    /// An archive file may not hold it (control signs, private use): printed as �.
    NotAllowed,
    /// It is invisible and would hide or reorder text: left out.
    LeftOut,
}

/// A sign that was not printed as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// The sign or signs.
    pub text: String,
    /// As code points: "U+1F642".
    pub code_points: String,
    /// Why.
    pub why: Why,
    /// How often.
    pub times: usize,
    /// The first place, as a path into the model: "/sections/0/blocks/1/items/0".
    pub place: String,
}

impl Replaced {
    pub(crate) fn new(text: &str, why: Why, place: &str) -> Self {
        let code_points: Vec<String> = text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        Self { text: text.into(), code_points: code_points.join(" "), why, times: 0, place: place.into() }
    }
}

/// Why no file could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The PDF standards could not be combined: a fault of the program.
    #[error("the PDF standards don't go together: {0}")]
    Standards(String),
    /// The model could not be handed to the template.
    #[error("the document could not be handed to the template: {0}")]
    Model(String),
    /// Typst or the checks of PDF/A and PDF/UA said no. Texts of the document are taken out of the message.
    #[error("the document could not be laid out: {0}")]
    Layout(String),
}

/// One run: the renderer's unchanging parts and one document's data.
struct Run<'a> {
    renderer: &'a Renderer,
    data: Bytes,
}

impl World for Run<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.renderer.typst_library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.renderer.book
    }

    fn main(&self) -> FileId {
        self.renderer.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.renderer.template.id() {
            Ok(self.renderer.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.renderer.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.renderer.fonts.get(index)
    }

    // No clock: a document bears the date of its model.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

const TEMPLATE: &str = include_str!("../templates/document.typ");
/// Renderings for which layout results are kept: enough for a preview after each pause, little enough to stay small.
const KEEP: usize = 5;

impl Renderer {
    /// With these fonts.
    ///
    /// # Errors
    /// [`RenderError::Standards`] and [`RenderError::Model`] only when the program itself is at fault.
    pub fn new(fonts: Fonts) -> Result<Self, RenderError> {
        let file = |name: &str| {
            VirtualPath::new(name)
                .map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
                .map_err(|_| RenderError::Model(name.into()))
        };
        let features = [Feature::A11yExtras].into_iter().collect();
        Ok(Self {
            typst_library: LazyHash::new(Library::builder().with_features(features).build()),
            book: fonts.book(),
            families: fonts.families(),
            fonts,
            template: Source::new(file("/document.typ")?, TEMPLATE.into()),
            data: file("/document.json")?,
            standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
                .map_err(|error| RenderError::Standards(error.message().to_string()))?,
        })
    }

    /// The document as a tagged PDF (PDF/A-2a and PDF/UA-1).
    ///
    /// # Errors
    /// [`RenderError::Layout`] when the layout or the standards refuse it. No text of a document is known to do that.
    pub fn pdf(&self, document: &Document) -> Result<Pdf, RenderError> {
        let mut unshapeable: Vec<String> = Vec::new();
        let mut refused = None;
        // A sign may exist in a font and still have no shape where it stands (a mark of one script on a letter of another).
        // That shows only after layout; then it is replaced and laid out again, in the end with the main font's signs only.
        for main_font_only in [false, false, false, true] {
            let mut value = for_template(document, &self.families);
            let cleaner = Cleaner { fonts: &self.fonts, unshapeable: &unshapeable, main_font_only };
            let replaced = cleaner.clean(&mut value);
            let laid_out = self.lay_out(&value)?;
            let broken = without_shape(&laid_out);
            if broken.is_empty() {
                match self.export(&laid_out, document) {
                    Ok(bytes) => return Ok(Pdf { bytes, pages: laid_out.pages().len(), replaced }),
                    Err(error) => refused = Some(error),
                }
            } else {
                refused = Some(RenderError::Layout("signs without a shape were left".into()));
            }
            for text in broken {
                if !unshapeable.contains(&text) {
                    unshapeable.push(text);
                }
            }
        }
        Err(refused.unwrap_or_else(|| RenderError::Layout("no try succeeded".into())))
    }

    fn lay_out(&self, value: &serde_json::Value) -> Result<PagedDocument, RenderError> {
        let data = serde_json::to_vec(value).map_err(|error| RenderError::Model(error.to_string()))?;
        let run = Run { renderer: self, data: Bytes::new(data) };
        let result = typst::compile::<PagedDocument>(&run).output;
        comemo::evict(KEEP);
        result.map_err(|errors| RenderError::Layout(messages(&errors)))
    }

    fn export(&self, laid_out: &PagedDocument, document: &Document) -> Result<Vec<u8>, RenderError> {
        let footer = &document.footer;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{}\n{}\n{}", footer.document_id, footer.version, footer.hash)),
            creator: Smart::Custom(Some("Alongside".into())),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(laid_out, &options).map_err(|errors| RenderError::Layout(messages(&errors)))
    }
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("families", &self.families).finish_non_exhaustive()
    }
}

/// Messages without the document's own words, which Typst puts between backticks: a name never goes into an error.
fn messages(errors: &[SourceDiagnostic]) -> String {
    let tidy = |message: &str| message.split('`').step_by(2).collect::<Vec<_>>().join("…");
    errors.iter().map(|error| tidy(&error.message)).collect::<Vec<_>>().join("; ")
}
