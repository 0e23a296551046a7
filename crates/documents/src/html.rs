//! The model as HTML: for a preview beside the form, and for readers who prefer it to a PDF. Semantic elements, no style, no
//! script: the page around it brings the style sheet.

use maud::{DOCTYPE, Markup, html};

use crate::clean::{Fate, REPLACEMENT, allowed};
use crate::model::{Block, Document, Fact, FactTable, Mark, MarkKind, Section, Signature};
use crate::prepare::rectangular;
use crate::words;

/// The document as an `article`, to stand inside a page whose headings it continues from `h1`.
pub fn html_article(document: &Document) -> Markup {
    let letterhead = &document.letterhead;
    let dir = if document.language.is_right_to_left() { "rtl" } else { "ltr" };
    html! {
        article class="document" lang=(document.language.tag()) dir=(dir) {
            header class="document-letterhead" {
                @if !letterhead.project.is_empty() { p { strong { (lines(&letterhead.project)) } } }
                @if !letterhead.organisation.is_empty() { p { (lines(&letterhead.organisation)) } }
                @if !letterhead.address.is_empty() || !letterhead.contact.is_empty() {
                    address {
                        @for (index, line) in letterhead.address.iter().chain(&letterhead.contact).enumerate() {
                            @if index > 0 { br; }
                            (lines(line))
                        }
                    }
                }
            }
            p class="document-kind" {
                (text(&document.kind))
                @if !document.date.words.is_empty() {
                    @if !document.kind.is_empty() { " – " }
                    (text(&document.date.words))
                }
            }
            h1 { (text(&document.title)) }
            @for mark in &document.marks { (mark_of(mark)) }
            @for table in &document.facts { (fact_table(table)) }
            @for section in &document.sections { (section_of(section)) }
            @if let Some(signature) = &document.signature { (signature_of(signature)) }
            footer class="document-footer" {
                p { (text(&words::footer_line(&document.footer))) }
                @if !document.footer.classification.is_empty() {
                    p { strong { (text(&document.footer.classification)) } }
                }
            }
        }
    }
}

/// The document as a whole page. `stylesheet` is the address of a style sheet, where there is one.
pub fn html_page(document: &Document, stylesheet: Option<&str>) -> String {
    html! {
        (DOCTYPE)
        html lang=(document.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (text(&document.title)) }
                @if let Some(address) = stylesheet { link rel="stylesheet" href=(address); }
            }
            body { main { (html_article(document)) } }
        }
    }
    .into_string()
}

fn mark_of(mark: &Mark) -> Markup {
    let kind = match mark.kind {
        MarkKind::ReportingRestriction => "document-mark document-mark--restriction",
        MarkKind::Youth => "document-mark document-mark--youth",
        MarkKind::Confidential => "document-mark document-mark--confidential",
        MarkKind::Draft => "document-mark document-mark--draft",
        MarkKind::Other => "document-mark",
    };
    html! {
        p class=(kind) {
            strong { (text(&mark.label)) }
            @if !mark.words.is_empty() { br; (lines(&mark.words)) }
        }
    }
}

fn fact_table(table: &FactTable) -> Markup {
    html! {
        @if table.rows.is_empty() {
            @if !table.caption.is_empty() { p { strong { (text(&table.caption)) } } }
            p { em { (words::NOTHING_RECORDED) } }
        } @else {
            table class="document-facts" {
                @if !table.caption.is_empty() { caption { (text(&table.caption)) } }
                tbody { @for fact in &table.rows { (fact_row(fact)) } }
            }
        }
    }
}

fn fact_row(fact: &Fact) -> Markup {
    html! {
        tr {
            th scope="row" { (text(&fact.label)) }
            td {
                @if fact.value.trim().is_empty() { em { (words::NOT_RECORDED) } } @else { (lines(&fact.value)) }
                @if !fact.source.is_empty() { br; small { (lines(&fact.source)) } }
            }
        }
    }
}

fn section_of(section: &Section) -> Markup {
    let blocks: Vec<Markup> = section.blocks.iter().filter_map(block).collect();
    html! {
        section {
            h2 { @if section.heading.trim().is_empty() { "–" } @else { (text(&section.heading)) } }
            @if blocks.is_empty() { p { em { (words::NOTHING_RECORDED) } } }
            @for block in &blocks { (block) }
        }
    }
}

fn block(block: &Block) -> Option<Markup> {
    let filled = |items: &[String]| items.iter().any(|item| !item.trim().is_empty());
    let listed = |items: &[String]| {
        html! { @for item in items.iter().filter(|item| !item.trim().is_empty()) { li { (lines(item)) } } }
    };
    Some(match block {
        Block::Paragraph { text } => {
            let paragraphs = words::paragraphs(text);
            if paragraphs.is_empty() {
                return None;
            }
            html! { @for paragraph in &paragraphs { p { (lines(paragraph)) } } }
        }
        Block::Bullets { items } if filled(items) => html! { ul { (listed(items)) } },
        Block::Numbered { items } if filled(items) => html! { ol { (listed(items)) } },
        Block::Bullets { .. } | Block::Numbered { .. } => return None,
        Block::Table { caption, header, rows } => {
            let (header, rows) = rectangular(header, rows)?;
            html! {
                table {
                    @if !caption.is_empty() { caption { (text(caption)) } }
                    thead { tr { @for cell in &header { th scope="col" { (lines(cell)) } } } }
                    tbody { @for row in &rows { tr { @for cell in row { td { (lines(cell)) } } } } }
                }
            }
        }
        Block::Quote { words: quoted, who, when, source } => html! {
            figure class="document-quote" {
                blockquote { p { (lines(quoted)) } }
                figcaption { (text(&words::said(who, when, source))) }
            }
        },
        Block::Notice { text } if text.trim().is_empty() => return None,
        Block::Notice { text } => html! { p class="document-notice" { (lines(text)) } },
    })
}

fn signature_of(signature: &Signature) -> Markup {
    html! {
        div class="document-signature" {
            p {
                (words::SIGNED) " " strong { (text(&signature.author)) } br;
                (text(&words::role_line(signature))) br;
                (text(&signature.date))
            }
            @if let Some(second) = &signature.countersigned {
                p {
                    (words::COUNTERSIGNED) " " strong { (text(&second.name)) } br;
                    (text(&second.role)) br;
                    (text(&second.date))
                }
            }
        }
    }
}

/// Text on one line, without the signs that HTML may not hold.
fn text(text: &str) -> String {
    clean(text).split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text with its line ends.
fn lines(text: &str) -> Markup {
    let text = clean(text);
    html! {
        @for (index, line) in text.trim_end().split('\n').enumerate() {
            @if index > 0 { br; }
            (line)
        }
    }
}

fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match allowed(c) {
            Fate::Kept(c) => Some(c),
            Fate::Replaced => Some(REPLACEMENT),
            Fate::Removed => None,
        })
        .collect()
}
