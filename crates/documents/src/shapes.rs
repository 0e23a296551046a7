//! Looks at what was laid out: is every sign really there? A font may lack one (glyph 0), or claim it and draw nothing.

use std::collections::BTreeMap;

use ttf_parser::GlyphId;
use typst::layout::{Frame, FrameItem};
use typst::text::{TextItem, is_default_ignorable};
use typst_layout::PagedDocument;

/// Texts that would print as nothing or as the "no such glyph" box, longest first.
pub(crate) fn without_shape(document: &PagedDocument) -> Vec<String> {
    let mut found = Vec::new();
    for page in document.pages() {
        look_into(&page.frame, &mut found);
    }
    found.sort();
    found.dedup();
    // A cluster is replaced before a part of it.
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found
}

fn look_into(frame: &Frame, found: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => look_into(&group.frame, found),
            FrameItem::Text(text) => look_at(text, found),
            _ => {}
        }
    }
}

/// Glyphs of one cluster share their range of text; the cluster is there when one of them draws something.
fn look_at(item: &TextItem, found: &mut Vec<String>) {
    let mut clusters: BTreeMap<(usize, usize), (bool, bool)> = BTreeMap::new();
    for glyph in &item.glyphs {
        let range = glyph.range();
        let (missing, drawn) = clusters.entry((range.start, range.end)).or_default();
        *missing |= glyph.id == 0;
        *drawn |= draws(item, GlyphId(glyph.id));
    }
    for ((start, end), (missing, drawn)) in clusters {
        let Some(part) = item.text.get(start..end) else { continue };
        let part = part.replace('\u{200B}', "");
        if !part.is_empty() && (missing || (!drawn && part.chars().any(must_be_seen))) {
            found.push(part);
        }
    }
}

fn draws(item: &TextItem, glyph: GlyphId) -> bool {
    let face = item.font.ttf();
    face.glyph_bounding_box(glyph).is_some()
        || face.is_color_glyph(glyph)
        || face.glyph_svg_image(glyph).is_some()
        || face.glyph_raster_image(glyph, u16::MAX).is_some()
}

// A blank braille cell is a sign whose shape is nothing.
fn must_be_seen(c: char) -> bool {
    !c.is_whitespace() && !is_default_ignorable(c) && c != '\u{2800}'
}
