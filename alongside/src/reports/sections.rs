//! The sections a report can have, the sources it can rest on, and what can be recommended: data only.

/// One section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Its key in the database and on forms.
    pub key: &'static str,
    /// Its heading in the document.
    pub heading: &'static str,
    /// How to write it, above the field.
    pub hint: &'static str,
}

const fn section(key: &'static str, heading: &'static str, hint: &'static str) -> Section {
    Section { key, heading, hint }
}

/// The section whose content is who said what and when.
pub const RISK: &str = "risk";

/// All of them, in the order of a document.
pub const SECTIONS: [Section; 11] = [
    section("since", "What is new since the earlier report", "What changed, since when, and how you know"),
    section(
        "contact",
        "Contact and consent",
        "Where and how long you met, who was there, what the person agreed to",
    ),
    section(
        "background",
        "Background",
        "Only what bears on today’s question. Leave out what the court does not need",
    ),
    section(
        "presentation",
        "How the person is now",
        "What you saw and what they said. Effect before diagnosis",
    ),
    section(RISK, "Risk and safeguarding", "Who said what, when, and how you know. No grades of risk"),
    section(
        "participation",
        "Taking part in the hearing",
        "What helps: breaks, short questions, an intermediary. Whether somebody can take part is for the court",
    ),
    section(
        "treatment",
        "Treatment",
        "The condition, whether treatment would help it, who offers it, whether it is arranged, whether the person is willing",
    ),
    section(
        "engagement",
        "How contact has gone",
        "Appointments kept and missed, with their days and the reasons given",
    ),
    section(
        "needs",
        "Needs and services",
        "What is needed, which service offers it, when the first appointment is",
    ),
    section("letter", "Letter", "In plain words, to the reader"),
    section(
        "limits",
        "Limits of this report",
        "How short the contact was, what could not be read, what a fuller report could add",
    ),
];

/// The section with that key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.key == key)
}

/// What a report can rest on: key and words.
pub const SOURCES: [(&str, &str); 16] = [
    ("interview", "Talk with the person"),
    ("screening", "Our screening"),
    ("assessment", "Our health and wellbeing assessment"),
    ("questionnaires", "Questionnaires"),
    ("psychiatrist", "A psychiatrist’s opinion"),
    ("escort-record", "Escort record"),
    ("court-list", "Court list"),
    ("health-records", "Health records (GP, trust)"),
    ("probation-records", "Probation records, OASys"),
    ("case-papers", "Case summary, previous convictions"),
    ("police", "Police"),
    ("social-care", "Children’s or adults’ social care"),
    ("family", "Family or carer"),
    ("referrals", "Our referrals to services"),
    ("directory", "Our directory of services"),
    ("other", "Something else"),
];

/// What can be recommended: key and words.
pub const RECOMMENDED: [(&str, &str); 9] = [
    ("bail", "Bail, with what makes it work"),
    ("remand", "What remand would need: care, observation, healthcare"),
    ("participation", "What helps the person to take part"),
    ("further-report", "A further report"),
    ("psychiatric-report", "A psychiatric report or assessment"),
    ("disposal", "A disposal"),
    ("requirement", "A requirement of an order"),
    ("service", "A service to refer to"),
    ("none", "No recommendation, with the reason"),
];

/// The words of a pair of such a list; the key itself where it is unknown.
#[must_use]
pub fn words_of<'a>(list: &[(&str, &'static str)], key: &'a str) -> &'a str {
    list.iter().find(|(k, _)| *k == key).map_or(key, |(_, words)| words)
}
