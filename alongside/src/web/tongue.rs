//! The languages of pages for people without an account, and the strings of such a page: one file a language, every key in each.

use maud::{Markup, html};
use std::collections::BTreeMap;

/// A language of public pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Tongue; 2] = [Tongue::English, Tongue::Welsh];

    /// Its code, in addresses and for readers of pages (BCP 47).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::Welsh => "cy",
        }
    }

    /// Its own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Tongue::English => "English",
            Tongue::Welsh => "Cymraeg",
        }
    }

    /// From its code; anything else is English.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.code() == code).unwrap_or_default()
    }
}

/// The strings of one page or letter in one language.
#[derive(Debug, Clone)]
pub struct Strings {
    /// The language.
    pub tongue: Tongue,
    words: BTreeMap<String, String>,
}

impl Strings {
    /// From a file of keys and words: `title = "Answer a referral"`. A file of ours that can't be read has no strings: the test
    /// of the room says so.
    #[must_use]
    pub fn of(tongue: Tongue, file: &str) -> Self {
        Self { tongue, words: toml::from_str(file).unwrap_or_default() }
    }

    /// The words of a key; the key itself where there are none, which the test of the room finds.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words of a key with what stands for `{}` put in.
    #[must_use]
    pub fn with(&self, key: &str, value: &str) -> String {
        self.get(key).replace("{}", value)
    }

    /// Its keys, for the test that every language has all of them.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}

/// The way to the same page in the other languages: `href` takes the code.
pub fn other_tongues(shown: Tongue, href: &str) -> Markup {
    html! {
        nav class="al-tongues" aria-label="Language / Iaith" {
            @for one in Tongue::ALL.into_iter().filter(|one| *one != shown) {
                a class="govuk-link" href=(format!("{href}?lang={}", one.code())) hreflang=(one.code()) lang=(one.code()) { (one.name()) }
            }
        }
    }
}
