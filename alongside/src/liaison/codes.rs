//! What can be said about a contact or a request, as keys and words.

use crate::consent::{Means, Recipient};
use crate::forms::Opt;

/// The key of the person themselves, among the agencies.
pub const PERSON: &str = "person";
/// The key of somebody who is none of the agencies.
pub const OTHER: &str = "other";

/// With whom: the person, or one of those the ledger knows.
#[must_use]
pub fn agency_words(key: &str) -> &str {
    match key {
        PERSON => "The person themselves",
        OTHER => "Somebody else",
        _ => match Recipient::from_key(key) {
            Some(recipient) => recipient.words(),
            None => key,
        },
    }
}

/// Agencies, in the order of pages: the person first.
pub const AGENCIES: &[&str] = &[
    PERSON,
    "gp",
    "trust",
    "probation",
    "prison",
    "prison-healthcare",
    "defence",
    "court",
    "prosecution",
    "police",
    "escort",
    "family",
    "housing",
    "benefits",
    "voluntary",
    OTHER,
];

/// By which means, with the code of the national list (Consultation Medium) in the comment.
pub const MEANS: &[Opt] = &[
    Opt::new("face-to-face", "Face to face"), // 01
    Opt::new("telephone", "Telephone"),       // 02
    Opt::new("video", "Video"),               // 03
    Opt::new("email", "E-mail"),              // 05
    Opt::new("text", "Text message"),         // 06
    Opt::new("letter", "Letter"),             // 98
    Opt::new("meeting", "Meeting of several agencies"),
];

/// The means as the ledger knows it.
#[must_use]
pub fn ledger_means(key: &str) -> Means {
    match key {
        "telephone" | "video" => Means::Telephone,
        "email" | "text" => Means::SecureEmail,
        "letter" => Means::Letter,
        _ => Means::InPerson,
    }
}

/// What for.
pub const PURPOSES: &[Opt] = &[
    Opt::new("information", "To get information"),
    Opt::new("tell", "To tell them something"),
    Opt::new("arrange", "To arrange something"),
    Opt::new("advice", "Advice or consultation"),
    Opt::new("support", "Support of the person"),
    Opt::new("safeguarding", "Safeguarding"),
    Opt::new("other", "Something else"),
];

/// Who began it.
pub const DIRECTIONS: &[Opt] = &[
    Opt::new("out", "We got in touch"),
    Opt::new("in", "They got in touch"),
    Opt::new("met", "A planned meeting"),
];

/// What came of it.
pub const OUTCOMES: &[Opt] = &[
    Opt::new("spoke", "Spoke with them"),
    Opt::new("message", "Left a message"),
    Opt::new("no-answer", "No answer"),
    Opt::new("not-kept", "They did not come or were not there"),
    Opt::new("sent", "Sent"),
];

/// What is asked for.
pub const SUBJECTS: &[Opt] = &[
    Opt::new("known", "Whether they are known, and to whom"),
    Opt::new("care", "Care now: team, coordinator, plan"),
    Opt::new("history", "Past care and admissions"),
    Opt::new("medication", "Medication"),
    Opt::new("risk", "Risk as they know it"),
    Opt::new("attendance", "Attendance and how it goes"),
    Opt::new("needs", "What they need to take part"),
    Opt::new("report", "A report or letter"),
    Opt::new("other", "Something else"),
];

/// The words of a key; the key itself when the list has no such one any more.
#[must_use]
pub fn words_in<'a>(list: &'static [Opt], key: &'a str) -> &'a str {
    list.iter().find(|opt| opt.key == key).map_or(key, |opt| opt.words)
}

/// Whether a list has a key.
#[must_use]
pub fn has(list: &[Opt], key: &str) -> bool {
    list.iter().any(|opt| opt.key == key)
}
