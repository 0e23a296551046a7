//! People in the person's life, and how they speak and live.

use super::Topic;
use crate::forms::{Opt, Part, Question, Sheet};

/// Topics that many women, and others, may want to talk about. Offered, never assumed.
pub(super) const WOMEN: Topic = Topic {
    sheet: Sheet {
        key: "women",
        title: "Pregnancy, birth, children, abuse",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked("women-wanted", "Wants to talk about any of this?", "What, and with whom"),
                Question::asked("pregnant", "Pregnant?", "How far, care so far, last seen by a midwife"),
                Question::asked("perinatal", "Had a baby in the last year?", "When, how mother and baby are"),
                Question::asked(
                    "perinatal-mind",
                    "Mental health during pregnancy or after a birth?",
                    "What, what helped",
                ),
                Question::asked(
                    "children-apart",
                    "Children who live elsewhere or were taken into care?",
                    "What contact, what support",
                ),
                Question::asked(
                    "abuse",
                    "Hurt, controlled or made to do things by a partner or others?",
                    "Only what the person wants to say",
                ),
                Question::asked(
                    "periods-menopause",
                    "Periods or menopause that trouble mood or health?",
                    "What",
                ),
                Question::asked("woman-worker", "Would rather see a woman, or a women's service?", "Which"),
            ],
        }],
    },
    ask: "Offer it: “There are things some people like to talk about with us: pregnancy, children, being hurt by somebody. Is there any of that today?” Pregnant people in custody need a midwife told today.",
    instruments: &[],
};

const WHERE: &[Opt] = &[
    Opt::new("alone", "Lives alone"),
    Opt::new("partner", "With a partner"),
    Opt::new("family", "With family"),
    Opt::new("friends", "With friends"),
    Opt::new("others", "With others"),
];

/// Relationships, children, caring.
pub(super) const RELATIONSHIPS: Topic = Topic {
    sheet: Sheet {
        key: "relationships",
        title: "Relationships, children, caring",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked(
                    "dependants-now",
                    "Anybody at home who depends on the person right now?",
                    "Who, how old, who is with them until when",
                ),
                Question::many("lives-with", "Lives with", WHERE),
                Question::words("relationships", "Partner, family, friends: who matters, who is a worry"),
                Question::asked("children", "Children?", "Ages, where they live"),
                Question::asked(
                    "parental-responsibility",
                    "Parental responsibility for a child?",
                    "For whom",
                ),
                Question::asked("carer", "Cares for somebody?", "Whom, what care, who does it meanwhile"),
                Question::asked("pets", "Animals at home that need somebody today?", "What, who can go"),
                Question::words("contact-wanted", "Whom the person wants told, and whom not"),
            ],
        }],
    },
    ask: "A child or an adult who is alone now comes first.",
    instruments: &[],
};

const INTERPRETER: &[Opt] = &[
    Opt::new("1", "Professional interpreter"),
    Opt::new("2", "Family or friend"),
    Opt::new("3", "Another person"),
    Opt::new("4", "Not required"),
    Opt::new("5", "Interpreter did not attend"),
    Opt::new("X", "Not recorded"),
];

/// Communication and culture.
pub(super) const COMMUNICATION: Topic = Topic {
    sheet: Sheet {
        key: "communication",
        title: "Language, culture, faith, armed forces",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::line("language", "Language the person thinks in"),
                Question::asked(
                    "interpreter",
                    "Needs an interpreter?",
                    "Language and dialect, man or woman, who not",
                ),
                Question::one(
                    "interpreter-used",
                    "Interpreter in this contact (national codes)",
                    INTERPRETER,
                ),
                Question::line("communication-needs", "Hearing, sight, speech, reading: what helps"),
                Question::one(
                    "ethnicity",
                    "Ethnic background, as the person says it (national codes)",
                    super::ETHNICITY,
                ),
                Question::line("ethnicity-words", "In the person's words"),
                Question::line("faith", "Faith or belief, and what it asks for today")
                    .hint("Food, prayer, washing, who may be present"),
                Question::one("armed-forces-status", "Armed forces (national codes)", super::ARMED_FORCES),
                Question::line("armed-forces-words", "Service, when, support wanted"),
                Question::words("culture", "Migration, community, what we should know to understand well"),
            ],
        }],
    },
    ask: "",
    instruments: &[],
};
