//! Writes the sample documents into a folder: `cargo run -p documents --example sample -- FOLDER`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::PathBuf;

use documents::{Fonts, Renderer, WORDS_PER_MINUTE, html_page, read_aloud};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    std::fs::create_dir_all(&folder)?;
    let renderer = Renderer::new(Fonts::bundled())?;
    for (name, document) in
        [("report", common::report()), ("long", common::long_report(18)), ("scripts", common::many_scripts())]
    {
        let pdf = renderer.pdf(&document)?;
        let spoken = read_aloud(&document, WORDS_PER_MINUTE);
        println!(
            "{name}: {} pages, {} bytes, read out in {}",
            pdf.pages,
            pdf.bytes.len(),
            spoken.time_in_words()
        );
        for replaced in &pdf.replaced {
            println!(
                "  not printed as written: {} ({:?}, {} times, {})",
                replaced.code_points, replaced.why, replaced.times, replaced.place
            );
        }
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes)?;
        std::fs::write(folder.join(format!("{name}.html")), html_page(&document, None))?;
        std::fs::write(folder.join(format!("{name}.txt")), spoken.text)?;
    }
    Ok(())
}
