//! One model of a document, three renderings: a tagged PDF that keeps (PDF/A-2a) and can be read by everybody (PDF/UA-1), HTML, and
//! text to read out in court with the time it takes.
//!
//! The same model gives the same bytes: no clock is read, fonts and template are part of the program. All text is data, never
//! markup. A name in any script is printed; what no font has a shape for becomes a visible sign and is reported
//! ([`Pdf::replaced`]), never silently lost.
//!
//! ```
//! use documents::{Document, Fonts, Renderer, WORDS_PER_MINUTE, html_page, read_aloud};
//! let document = Document { title: "Report on Zoë Beispiel".into(), ..Document::default() };
//! let renderer = Renderer::new(Fonts::bundled())?;
//! let pdf = renderer.pdf(&document)?;
//! assert!(pdf.bytes.starts_with(b"%PDF-1.7") && pdf.replaced.is_empty());
//! assert!(html_page(&document, None).contains("<h1>Report on Zoë Beispiel</h1>"));
//! assert_eq!(read_aloud(&document, WORDS_PER_MINUTE).words, 4);
//! # Ok::<(), documents::RenderError>(())
//! ```
#![deny(missing_docs)]

mod clean;
mod fonts;
mod html;
mod model;
mod prepare;
mod read_aloud;
mod render;
mod shapes;
mod words;

pub use fonts::{FontProblem, Fonts};
pub use html::{html_article, html_page};
pub use model::*;
pub use read_aloud::{Spoken, WORDS_PER_MINUTE, read_aloud};
pub use render::{Pdf, RenderError, Renderer, Replaced, Why};
