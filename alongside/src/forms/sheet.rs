//! The questions.

/// A page of questions.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Its key in the database.
    pub key: &'static str,
    /// Its title on pages.
    pub title: &'static str,
    /// What it asks, in groups.
    pub parts: &'static [Part],
}

/// Questions under one heading.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The heading; empty for none.
    pub title: &'static str,
    /// Advice below the heading; empty for none.
    pub hint: &'static str,
    /// The questions.
    pub questions: &'static [Question],
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Its key: the field's name, and its name in the database.
    pub key: &'static str,
    /// The question.
    pub label: &'static str,
    /// Help below it; empty for none.
    pub hint: &'static str,
    /// What can be answered.
    pub kind: Kind,
}

/// What can be answered.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines, in somebody's words.
    Words,
    /// Yes, no, not known, declined; left open means not asked. With "yes" a line of words may be given under this label;
    /// its field is the question's key with `-words` behind it.
    Asked(&'static str),
    /// One of these.
    One(&'static [Opt]),
    /// Any of these.
    Many(&'static [Opt]),
    /// A day.
    Day,
    /// A whole number between two.
    Number(i64, i64),
}

/// One answer that can be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Opt {
    /// Kept and sent.
    pub key: &'static str,
    /// Read.
    pub words: &'static str,
}

impl Opt {
    /// An answer.
    #[must_use]
    pub const fn new(key: &'static str, words: &'static str) -> Self {
        Self { key, words }
    }
}

impl Question {
    /// One line.
    #[must_use]
    pub const fn line(key: &'static str, label: &'static str) -> Self {
        Self { key, label, hint: "", kind: Kind::Line }
    }

    /// Several lines.
    #[must_use]
    pub const fn words(key: &'static str, label: &'static str) -> Self {
        Self { key, label, hint: "", kind: Kind::Words }
    }

    /// Yes, no, not known, declined or not asked; `words` labels the line for more, empty for none.
    #[must_use]
    pub const fn asked(key: &'static str, label: &'static str, words: &'static str) -> Self {
        Self { key, label, hint: "", kind: Kind::Asked(words) }
    }

    /// One of several.
    #[must_use]
    pub const fn one(key: &'static str, label: &'static str, options: &'static [Opt]) -> Self {
        Self { key, label, hint: "", kind: Kind::One(options) }
    }

    /// Any of several.
    #[must_use]
    pub const fn many(key: &'static str, label: &'static str, options: &'static [Opt]) -> Self {
        Self { key, label, hint: "", kind: Kind::Many(options) }
    }

    /// A day.
    #[must_use]
    pub const fn day(key: &'static str, label: &'static str) -> Self {
        Self { key, label, hint: "", kind: Kind::Day }
    }

    /// A whole number.
    #[must_use]
    pub const fn number(key: &'static str, label: &'static str, least: i64, most: i64) -> Self {
        Self { key, label, hint: "", kind: Kind::Number(least, most) }
    }

    /// The same with help below it.
    #[must_use]
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// The field that holds the words beside a "yes".
    #[must_use]
    pub fn words_key(&self) -> String {
        format!("{}-words", self.key)
    }
}

impl Sheet {
    /// All questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &'static Question> {
        self.parts.iter().flat_map(|part| part.questions)
    }
}
