//! What can be said about a referral, as keys and words. Where the national lists have a code for it, it stands beside.

/// An answer that can be chosen: our key, the words, and the code of the national lists (NHS Data Dictionary) where there is
/// one that means the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Kept and sent.
    pub key: &'static str,
    /// Read.
    pub words: &'static str,
    /// In the national list; empty when it has none.
    pub national: &'static str,
}

const fn code(key: &'static str, words: &'static str, national: &'static str) -> Code {
    Code { key, words, national }
}

/// Why somebody is referred (Onward Referral Reason).
pub const REASONS: &[Code] = &[
    code("help", "Help or treatment", "04"),
    code("take-over", "To take over the person’s care", "01"),
    code("opinion", "An opinion only", "02"),
    code("test", "A test", "03"),
    code("other", "Something else", "96"),
];

/// How soon (Priority Type).
pub const PRIORITIES: &[Code] =
    &[code("routine", "Routine", "3"), code("urgent", "Urgent", "2"), code("emergency", "Emergency", "1")];

/// Why a service does not take somebody (Referral Rejection Reason).
pub const DECLINES: &[Code] = &[
    code("full", "No place free", ""),
    code("area", "Lives outside the area", "02"),
    code("criteria", "Does not fit whom we serve", "02"),
    code("exclusion", "Something we exclude", "02"),
    code("need", "The need is for another service", "02"),
    code("known", "Already known to us, or referred before", "01"),
    code("incomplete", "Not enough information", "03"),
    code("not-reached", "We could not reach them", ""),
    code("person", "They did not want it", ""),
    code("other", "Something else", ""),
];

/// How an appointment was kept (Attendance Status).
pub const ATTENDED: &[Code] =
    &[code("on-time", "Came on time", "5"), code("late-seen", "Came late and was seen", "6")];

/// Why an appointment was not kept, and on whose side the reason lay.
pub const MISSED: &[Code] = &[
    code("no-word", "They did not come and gave no word", "3"),
    code("person-cancelled", "They cancelled", "2"),
    code("late-not-seen", "They came too late to be seen", "7"),
    code("service-cancelled", "The service cancelled or moved it", "4"),
    code("service-not-ready", "They came and the service could not see them", "4"),
    code("not-told", "Nobody had told them", ""),
    code("we-failed", "We did not do what we had promised (take them, remind them)", ""),
    code("in-custody", "In custody, at court or in hospital", ""),
    code("not-known", "Not known", ""),
];

/// On whose side a reason lies.
#[must_use]
pub fn whose(missed: &str) -> measures::referrals::Whose {
    use measures::referrals::Whose;
    match missed {
        "no-word" | "person-cancelled" | "late-not-seen" => Whose::Person,
        "service-cancelled" | "service-not-ready" => Whose::Service,
        "not-told" | "we-failed" => Whose::Us,
        "in-custody" => Whose::Elsewhere,
        _ => Whose::NotKnown,
    }
}

/// How a referral ended (Referral Closure Reason).
pub const CLOSINGS: &[Code] = &[
    code("completed", "What it was for was done", "02"),
    code("goes-on", "The service goes on with them, ours is done", "02"),
    code("no-further", "No further help fits", "04"),
    code("other-service", "Referred to another service", "08"),
    code("stopped-coming", "They stopped coming", "05"),
    code("refused", "They refused to be seen", "09"),
    code("asked-to-end", "They asked for it to end", "07"),
    code("moved", "They moved away", "03"),
    code("admitted", "Admitted to hospital, or in custody", "01"),
    code("died", "They died", "06"),
    code("declined", "The service declined, and nothing else was tried", ""),
    code("other", "Something else", ""),
];

/// Why we take a referral back.
pub const REVOKED: &[Code] = &[
    code("consent", "The person took their consent back", ""),
    code("mistake", "Made by mistake", ""),
    code("not-needed", "No longer needed", ""),
    code("custody", "They went to custody", ""),
    code("other", "Something else", ""),
];

/// By which means we asked again.
pub const CHASED_BY: &[Code] = &[
    code("email", "E-mail with a new link", ""),
    code("telephone", "Telephone", ""),
    code("letter", "Letter", ""),
    code("in-person", "In person", ""),
];

/// By which means a referral leaves.
pub const SENT_BY: &[Code] = &[
    code("link-email", "By e-mail with a one-time link", ""),
    code("link", "By a one-time link that I send myself", ""),
    code("paper", "Printed and handed over or posted", ""),
    code("secure-email", "From my own secure mailbox", ""),
    code("telephone", "By telephone", ""),
];

/// The words of a key; the key itself when the list has no such one any more.
#[must_use]
pub fn words_in<'a>(list: &[Code], key: &'a str) -> &'a str {
    list.iter().find(|code| code.key == key).map_or(key, |code| code.words)
}

/// Whether a list has a key.
#[must_use]
pub fn has(list: &[Code], key: &str) -> bool {
    list.iter().any(|code| code.key == key)
}
