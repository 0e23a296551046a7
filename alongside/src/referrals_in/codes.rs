//! What can be said in a referral, as keys. The words for whoever refers stand in `words/`, in each language.

use crate::consent::Recipient;
use crate::forms::Opt;

/// Why worried.
pub const WORRIES: &[Opt] = &[
    Opt::new("ending-life", "Talks of ending their life or harming themselves"),
    Opt::new("low", "Seems very low"),
    Opt::new("voices", "Hears or sees what others do not"),
    Opt::new("confused", "Confused, or can’t follow what is said"),
    Opt::new("agitated", "Very agitated or frightened"),
    Opt::new("substances", "Drugs or alcohol"),
    Opt::new("known", "Known to mental health services"),
    Opt::new("learning", "Learning difficulty or autism"),
    Opt::new("pregnant", "Pregnant"),
    Opt::new("forces", "Served in the armed forces"),
    Opt::new("other", "Something else"),
];

/// Where the person is.
pub const PLACES: &[Opt] = &[
    Opt::new("cells", "In the court cells"),
    Opt::new("building", "In the court building"),
    Opt::new("police", "At a police station"),
    Opt::new("prison", "In prison"),
    Opt::new("community", "In the community, on bail"),
    Opt::new("not-known", "Not known"),
];

/// Immediate danger.
pub const DANGER: &[Opt] =
    &[Opt::new("yes", "Yes"), Opt::new("no", "No"), Opt::new("not-known", "Not known")];

/// What the person was told, and whether they agree.
pub const TOLD: &[Opt] = &[Opt::new("yes", "Yes"), Opt::new("no", "No"), Opt::new("not-asked", "Not asked")];

/// Who refers.
pub const ROLES: &[Opt] = &[
    Opt::new("legal-adviser", "Legal adviser"),
    Opt::new("solicitor", "Solicitor"),
    Opt::new("prosecutor", "Prosecutor"),
    Opt::new("escort", "Escort or cell staff"),
    Opt::new("usher", "Usher"),
    Opt::new("judge", "Judge, magistrate or their clerk"),
    Opt::new("police", "Police"),
    Opt::new("probation", "Probation"),
    Opt::new("family", "Family or friend"),
    Opt::new("self", "The person themselves"),
    Opt::new("other", "Somebody else"),
];

/// Whom the ledger calls whoever refers; nothing for the person themselves and for somebody it does not know.
#[must_use]
pub fn recipient_of(role: &str) -> Option<Recipient> {
    Some(match role {
        "legal-adviser" | "usher" | "judge" => Recipient::Court,
        "solicitor" => Recipient::Defence,
        "prosecutor" => Recipient::Prosecution,
        "escort" => Recipient::Escort,
        "police" => Recipient::Police,
        "probation" => Recipient::Probation,
        "family" => Recipient::Family,
        _ => return None,
    })
}

/// How it came.
pub const SOURCES: &[Opt] = &[
    Opt::new("account", "By their own account"),
    Opt::new("link", "By a one-time link"),
    Opt::new("poster", "By a poster"),
    Opt::new("telephone", "By telephone"),
    Opt::new("paper", "On paper"),
    Opt::new("in-person", "Said to us"),
    Opt::new("file", "In a file"),
];

/// Why we do not take it. The words are meant for whoever referred.
pub const DECLINES: &[Opt] = &[
    Opt::new("not-here", "The person is not at this court"),
    Opt::new("gone", "The person had left before we could see them"),
    Opt::new("declined", "The person did not want to be seen"),
    Opt::new("other-service", "Another service is right for this"),
    Opt::new("not-enough", "We could not tell who is meant"),
    Opt::new("no-time", "We could not see them in time"),
    Opt::new("misuse", "Not a referral"),
];

/// The words of a key; the key itself when the list has no such one any more.
#[must_use]
pub fn words_in<'a>(list: &'static [Opt], key: &'a str) -> &'a str {
    match list.iter().find(|opt| opt.key == key) {
        Some(opt) => opt.words,
        None => key,
    }
}

/// Whether a list has a key.
#[must_use]
pub fn has(list: &[Opt], key: &str) -> bool {
    list.iter().any(|opt| opt.key == key)
}
