//! What the room works with: types, words, and the one renderer of PDF files.

use super::document::digest;
use super::kinds::{DataError, Kind, Kinds};
use super::words::Words;
use crate::config::Config;
use crate::web::PageError;
use documents::{Document, Fonts, Pdf, Renderer};
use std::sync::Arc;

/// Made once, when the service starts.
#[derive(Debug)]
pub struct Desk {
    /// The types of report and the room's figures.
    pub kinds: Kinds,
    /// Words to look at.
    pub words: Words,
    renderer: Arc<Renderer>,
}

/// What can't be used at the start.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A data file.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The renderer: a fault of the program.
    #[error(transparent)]
    Renderer(#[from] documents::RenderError),
}

impl Desk {
    /// Reads the data files and the fonts.
    ///
    /// # Errors
    /// When a file of the deployer's can't be used.
    pub fn load(config: &Config) -> Result<Self, DeskError> {
        Ok(Self {
            kinds: Kinds::load(config.report_kinds.as_deref())?,
            words: Words::load(config.report_words.as_deref())?,
            renderer: Arc::new(Renderer::new(Fonts::bundled())?),
        })
    }

    /// The type of a report; one that was taken out of the file since has the sections of a same-day report.
    ///
    /// # Errors
    /// Never with a file that was accepted: it has all types.
    pub fn kind(&self, key: &str) -> Result<&Kind, PageError> {
        self.kinds
            .find(key)
            .or_else(|| self.kinds.find("same-day"))
            .ok_or_else(|| PageError::Inside("the report types are empty".into()))
    }

    /// The PDF of a document, on a thread that may work.
    ///
    /// # Errors
    /// When the layout fails; the message holds no text of the document.
    pub async fn pdf(&self, document: Document) -> Result<Pdf, PageError> {
        let renderer = Arc::clone(&self.renderer);
        tokio::task::spawn_blocking(move || renderer.pdf(&document))
            .await
            .map_err(|stopped| PageError::Inside(format!("the layout stopped: {stopped}")))?
            .map_err(|error| PageError::Inside(error.to_string()))
    }

    /// A document with its hash in the footer, the whole hash, and its PDF: what a lock keeps.
    ///
    /// # Errors
    /// When the layout fails.
    pub async fn finish(&self, mut document: Document) -> Result<Finished, PageError> {
        let hash = digest(&document)?;
        document.footer.hash = hash.chars().take(16).collect();
        let pdf = self.pdf(document.clone()).await?;
        Ok(Finished { document, hash, pdf })
    }
}

/// What a lock keeps.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The document, with its hash in the footer.
    pub document: Document,
    /// SHA-256 over it, before the hash was put in.
    pub hash: String,
    /// Its PDF.
    pub pdf: Pdf,
}
