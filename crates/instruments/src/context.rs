//! What the scorer must know besides the answers, because published cut-offs differ by it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The circumstances of one completed form. The default is an English form used in Great Britain, sex not recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Sex as recorded for scoring; `None` shows every sex's cut-off.
    pub sex: Option<Sex>,
    /// Country whose cut-offs apply, as two letters; `None` means `GB`.
    pub country: Option<String>,
    /// Language of the form as a BCP 47 tag (`en`, `cy`) or `bsl` for British Sign Language; `None` means English.
    pub language: Option<String>,
    /// How the form was completed.
    pub mode: Option<Mode>,
    /// A variant inside the instrument's file, such as `not-working` for the WSAS.
    pub variant: Option<String>,
}

/// Sex as a published cut-off distinguishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// How the form was completed; recorded because reading aloud, interpreting or simplifying changes a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The person filled it in.
    SelfCompleted,
    /// A practitioner read it aloud.
    ReadAloud,
    /// Through an interpreter.
    Interpreter,
    /// An easy-read version.
    EasyRead,
}

/// A word for sex or mode that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} \"{given}\" is not known; write {allowed}")]
pub struct ContextError {
    what: &'static str,
    given: String,
    allowed: &'static str,
}

impl FromStr for Sex {
    type Err = ContextError;
    fn from_str(text: &str) -> Result<Self, ContextError> {
        match text.trim().to_lowercase().as_str() {
            "f" | "female" | "woman" => Ok(Self::Female),
            "m" | "male" | "man" => Ok(Self::Male),
            _ => Err(ContextError {
                what: "sex",
                given: text.to_owned(),
                allowed: "f or m, or leave it out to see the cut-offs for both",
            }),
        }
    }
}

impl FromStr for Mode {
    type Err = ContextError;
    fn from_str(text: &str) -> Result<Self, ContextError> {
        match text.trim().to_lowercase().replace(['_', ' '], "-").as_str() {
            "self" | "self-completed" => Ok(Self::SelfCompleted),
            "read-aloud" | "interview" => Ok(Self::ReadAloud),
            "interpreter" => Ok(Self::Interpreter),
            "easy-read" => Ok(Self::EasyRead),
            _ => Err(ContextError {
                what: "mode",
                given: text.to_owned(),
                allowed: "self-completed, read-aloud, interpreter or easy-read",
            }),
        }
    }
}

impl Context {
    /// The country whose cut-offs apply.
    pub(crate) fn country(&self) -> &str {
        self.country.as_deref().unwrap_or("GB")
    }

    /// The language of the form, lower case, without region: `en-GB` is `en`.
    pub(crate) fn language(&self) -> String {
        let tag = self.language.as_deref().unwrap_or("en").trim().to_lowercase();
        tag.split(['-', '_']).next().unwrap_or("en").to_owned()
    }
}

/// `GB`, `UK`, `gb-eng`, `England` name one country to a published cut-off; others are compared in upper case.
pub(crate) fn country_code(text: &str) -> String {
    let upper = text.trim().to_uppercase();
    match upper.as_str() {
        "UK" | "GB-ENG" | "GB-WLS" | "GB-SCT" | "GB-NIR" | "ENGLAND" | "WALES" | "SCOTLAND" => {
            "GB".to_owned()
        }
        "USA" | "UNITED STATES" => "US".to_owned(),
        _ => upper,
    }
}
