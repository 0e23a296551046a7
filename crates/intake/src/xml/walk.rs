//! The walk over the file: hands out whole subtrees of the names asked for, and leaf texts of everything else.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::Node;
use crate::limits::Limits;
use crate::refusal::{Refusal, RefusalKind};

/// What the walk meets, in order.
#[derive(Debug)]
pub(crate) enum Piece {
    /// An element outside any subtree opened; `depth` 0 is a root.
    Open { name: String, depth: usize, line: usize },
    /// An element outside any subtree closed; `text` is its own text.
    Close { name: String, text: String },
    /// One of the names asked for, whole.
    Tree(Node),
}

/// Something wrong with the markup that was got over.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) line: usize,
    pub(crate) what: &'static str,
}

/// How often the walk starts again behind broken markup before it gives the rest up.
const MOST_RESTARTS: usize = 50;
const MOST_TROUBLES: usize = 50;

/// Elements of a list that never stand inside their own kind: a second start means the end tag of the first is missing.
const NEVER_NESTED: [&str; 9] =
    ["document", "sessions", "session", "blocks", "block", "cases", "case", "offences", "offence"];

struct Walk<'t, 'f> {
    text: &'t str,
    limits: &'f Limits,
    trees: &'f [&'f str],
    on: &'f mut dyn FnMut(Piece) -> Result<(), Refusal>,
    /// Elements now open, outermost first.
    open: Vec<Node>,
    /// How many of them stand outside any subtree.
    outside: usize,
    nodes: usize,
    troubles: Vec<Trouble>,
    counted_to: usize,
    lines: usize,
}

/// Walks `text`, calling `on` for every piece; subtrees named in `trees` come whole. Returns what had to be got over.
///
/// # Errors
/// A refusal when the file declares entities or goes beyond a limit, or whatever `on` refuses.
pub(crate) fn walk(
    text: &str,
    limits: &Limits,
    trees: &[&str],
    on: &mut dyn FnMut(Piece) -> Result<(), Refusal>,
) -> Result<Vec<Trouble>, Refusal> {
    let (text, stray) = stray_signs(text);
    let mut walk = Walk {
        text: &text,
        limits,
        trees,
        on,
        open: Vec::new(),
        outside: 0,
        nodes: 0,
        troubles: Vec::new(),
        counted_to: 0,
        lines: 1,
    };
    if let Some(line) = stray {
        walk.trouble(line, "a “<” stands in the text and was taken as text");
    }
    walk.run()?;
    Ok(walk.troubles)
}

/// A `<` that cannot begin markup is text somebody typed ("speed < 30"); the line of the first one.
fn stray_signs(text: &str) -> (Cow<'_, str>, Option<usize>) {
    let stray = |at: usize| {
        let next = text[at + 1..].chars().next();
        !next.is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':' | '/' | '!' | '?'))
    };
    let Some(first) = text.match_indices('<').map(|(at, _)| at).find(|&at| stray(at)) else {
        return (Cow::Borrowed(text), None);
    };
    let mut clean = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for (at, _) in text.match_indices('<').filter(|&(at, _)| stray(at)) {
        clean.push_str(&text[from..at]);
        clean.push_str("&lt;");
        from = at + 1;
    }
    clean.push_str(&text[from..]);
    (Cow::Owned(clean), Some(1 + text[..first].matches('\n').count()))
}

impl Walk<'_, '_> {
    fn run(&mut self) -> Result<(), Refusal> {
        let mut base = 0;
        let mut restarts = 0;
        while let Some(broken_at) = self.run_from(base)? {
            restarts += 1;
            let line = self.line(broken_at);
            if restarts > MOST_RESTARTS {
                self.trouble(line, "the file is too badly broken; nothing after this line was read");
                break;
            }
            self.trouble(line, "the markup is broken here");
            // The sign that could not be read is passed over, and reading goes on behind it.
            let Some(next) = self.text[broken_at..].char_indices().nth(1) else { break };
            base = broken_at + next.0;
        }
        let cut = !self.open.is_empty();
        while !self.open.is_empty() {
            self.close_last(true)?;
        }
        if cut {
            let line = self.line(self.text.len());
            self.trouble(line, "the file ends before its last tags are closed; it may have been cut short");
        }
        Ok(())
    }

    /// Reads from a byte offset; `Some` is where the markup broke.
    fn run_from(&mut self, base: usize) -> Result<Option<usize>, Refusal> {
        let text = self.text;
        let mut reader = Reader::from_str(&text[base..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let before = base + usize::try_from(reader.buffer_position()).unwrap_or(0);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(_) => {
                    let at = base + usize::try_from(reader.error_position()).unwrap_or(0);
                    let at = at.max(before).min(text.len());
                    let start = text[before.min(at)..].find('<').map_or(at, |found| before.min(at) + found);
                    return Ok((start < text.len()).then_some(start));
                }
            };
            match event {
                Event::Start(tag) => self.start(tag.local_name().as_ref(), before)?,
                Event::Empty(tag) => {
                    self.start(tag.local_name().as_ref(), before)?;
                    self.close_last(false)?;
                }
                Event::End(tag) => self.end(tag.local_name().as_ref(), before)?,
                Event::Text(piece) => self.add_text(&piece.xml10_content()),
                Event::CData(piece) => self.add_text(&piece.xml10_content()),
                Event::GeneralRef(reference) => self.add_text(&referred(&reference)),
                Event::DocType(doctype) => self.doctype(&doctype.xml10_content(), before)?,
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// A harmless document type is passed over; one that declares anything is refused.
    fn doctype(&mut self, text: &str, at: usize) -> Result<(), Refusal> {
        if !text.contains('[') && !text.to_ascii_uppercase().contains("ENTITY") {
            return Ok(());
        }
        let line = self.line(at);
        Err(Refusal::new(
            RefusalKind::Entities,
            "The file begins with declarations (a DTD) that could make it grow without bound; they are never followed.",
        )
        .at(format!("line {line}"))
        .advise("A court list never has them. Ask the sender for a plain export."))
    }

    fn start(&mut self, name: &str, at: usize) -> Result<(), Refusal> {
        let line = self.line(at);
        if NEVER_NESTED.contains(&name)
            && let Some(position) = self.open.iter().rposition(|node| node.name == name)
        {
            self.trouble(line, "an end tag is missing before this line");
            while self.open.len() > position {
                self.close_last(false)?;
            }
        }
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(Refusal::new(
                RefusalKind::TooLarge,
                format!("The file has more than {} elements.", self.limits.nodes),
            )
            .at(format!("line {line}"))
            .advise("Send it in parts, one court or one day each."));
        }
        if self.open.len() >= self.limits.depth {
            return Err(Refusal::new(
                RefusalKind::TooLarge,
                format!(
                    "Elements stand more than {} deep inside each other, which no court list does.",
                    self.limits.depth
                ),
            )
            .at(format!("line {line}"))
            .advise("Ask the sender for a plain export."));
        }
        let inside = self.open.len() > self.outside;
        if !inside && !self.trees.contains(&name) {
            (self.on)(Piece::Open { name: name.to_owned(), depth: self.open.len(), line })?;
            self.outside += 1;
        }
        self.open.push(Node { name: name.to_owned(), line, ..Node::default() });
        Ok(())
    }

    fn end(&mut self, name: &str, at: usize) -> Result<(), Refusal> {
        let Some(position) = self.open.iter().rposition(|node| node.name == name) else {
            let line = self.line(at);
            self.trouble(line, "an end tag has no start tag");
            return Ok(());
        };
        if position + 1 < self.open.len() {
            let line = self.line(at);
            self.trouble(line, "the tags do not match; what stands there may be incomplete");
        }
        while self.open.len() > position {
            self.close_last(false)?;
        }
        Ok(())
    }

    fn close_last(&mut self, cut: bool) -> Result<(), Refusal> {
        let Some(mut node) = self.open.pop() else { return Ok(()) };
        node.cut = cut;
        if self.open.len() < self.outside {
            self.outside = self.open.len();
            let (name, text) = (std::mem::take(&mut node.name), std::mem::take(&mut node.text));
            return (self.on)(Piece::Close { name, text });
        }
        if self.open.len() == self.outside {
            return (self.on)(Piece::Tree(node));
        }
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(node);
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str) {
        let limit = self.limits.text;
        if let Some(node) = self.open.last_mut() {
            let room = limit.saturating_sub(node.text.len());
            node.clipped |= text.len() > room;
            node.text.push_str(crate::words::clip(text, room));
        } else if !text.trim().is_empty() && self.nodes > 0 {
            let line = self.lines;
            self.trouble(line, "there is text after the end of the list; it was left out");
        }
    }

    fn trouble(&mut self, line: usize, what: &'static str) {
        let again = self.troubles.last().is_some_and(|last| last.what == what && last.line == line);
        if !again && self.troubles.len() < MOST_TROUBLES {
            self.troubles.push(Trouble { line, what });
        }
    }

    /// The line of a byte offset; offsets only grow.
    fn line(&mut self, at: usize) -> usize {
        if at > self.counted_to {
            self.lines +=
                self.text.as_bytes()[self.counted_to..at].iter().filter(|&&byte| byte == b'\n').count();
            self.counted_to = at;
        }
        self.lines
    }
}

/// The five entities of XML, a space for HTML's hard space, character numbers; anything else stays as written.
fn referred(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        let unwanted = character.is_control() && !matches!(character, '\n' | '\r' | '\t');
        return if unwanted { String::new() } else { character.to_string() };
    }
    let name = reference.xml10_content();
    match name.as_ref() {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => " ".into(),
        other => format!("&{other};"),
    }
}
