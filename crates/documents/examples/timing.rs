//! Prints how long a render takes: `cargo run --release -p documents --example timing`. Figures only; nothing is asserted.

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use documents::{Document, Fonts, Renderer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let renderer = Renderer::new(Fonts::bundled())?;
    println!("fonts and template read in {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    println!("| document | pages | first ms | then, each different: p50 / max ms | kB |");
    println!("|---|---|---|---|---|");
    for (name, document) in [
        ("report", common::report()),
        ("long report", common::long_report(6)),
        ("names", common::many_scripts()),
    ] {
        measure(&renderer, name, document)?;
    }
    Ok(())
}

fn measure(
    renderer: &Renderer,
    name: &str,
    mut document: Document,
) -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let pdf = renderer.pdf(&document)?;
    let first = started.elapsed().as_secs_f64() * 1000.0;
    let mut times = Vec::new();
    for round in 0..30 {
        // Every text changes, so that nothing laid out before can be used again.
        for section in &mut document.sections {
            for block in &mut section.blocks {
                if let documents::Block::Paragraph { text } = block {
                    text.insert_str(0, &format!("{round} "));
                }
            }
        }
        let started = Instant::now();
        renderer.pdf(&document)?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let kb = pdf.bytes.len() as f64 / 1000.0;
    println!("| {name} | {} | {first:.0} | {:.0} / {:.0} | {kb:.0} |", pdf.pages, times[15], times[29]);
    Ok(())
}
