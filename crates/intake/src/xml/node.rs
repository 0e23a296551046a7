//! One element with all that is in it.

use crate::words::line;

/// An element by its local name. Attributes carry nothing in these formats and are not kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// Its own text, pieces joined.
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
    /// Line of its start tag.
    pub(crate) line: usize,
    /// The file ended before its end tag.
    pub(crate) cut: bool,
    /// Its text was longer than allowed and ends early.
    pub(crate) clipped: bool,
}

impl Node {
    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of that name.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All elements of those names anywhere below, in order, not looking inside one that was found.
    pub(crate) fn below<'a>(&'a self, names: &[&str]) -> Vec<&'a Node> {
        let mut found = Vec::new();
        let mut open: Vec<&Node> = self.children.iter().rev().collect();
        while let Some(node) = open.pop() {
            if names.contains(&node.name.as_str()) {
                found.push(node);
            } else {
                open.extend(node.children.iter().rev());
            }
        }
        found
    }

    /// The text of the first non-blank child of that name, on one line.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.children(name).find_map(|child| line(&child.text))
    }
}
