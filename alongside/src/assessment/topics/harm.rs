//! Safety. No question here is added up, and nothing bands anybody (NICE NG225, recommendation against risk tools).

use super::Topic;
use crate::forms::{Opt, Part, Question, Sheet};

/// Self-harm and suicide.
pub(super) const SELF_HARM: Topic = Topic {
    sheet: Sheet {
        key: "self-harm",
        title: "Self-harm and suicide",
        parts: &[
            Part {
                title: "",
                hint: "",
                questions: &[
                    Question::asked(
                        "self-harm-thoughts",
                        "Thoughts of ending life, or of hurting oneself?",
                        "In their words; how often, when last",
                    ),
                    Question::asked("self-harm-plan", "A plan, or a way thought of?", "What"),
                    Question::asked(
                        "self-harm-intent",
                        "Means to do it?",
                        "What they say; what holds them back",
                    ),
                    Question::asked("self-harm-means", "Has the means, or can get them?", "What, where"),
                    Question::asked(
                        "self-harm-past",
                        "Harmed or tried before?",
                        "When, how, what led to it, what came after",
                    ),
                    Question::words("self-harm-words", "In the person's words"),
                ],
            },
            Part {
                title: "What makes it worse, and what protects",
                hint: "",
                questions: &[
                    Question::words("self-harm-triggers", "What sets it off, or would today")
                        .hint("A remand, a visit refused, a date, a loss"),
                    Question::words("protective", "What keeps the person safe, in their words"),
                    Question::asked(
                        "acct-before",
                        "Watched or on a self-harm plan in custody before (ACCT)?",
                        "Where, when",
                    ),
                    Question::words(
                        "self-harm-done",
                        "What was done about it in this contact, and who was told",
                    ),
                ],
            },
        ],
    },
    ask: "Ask plainly: asking does not put the thought there. Ask the person alone where you can. If they are in danger now, stop here, stay with them and get help.",
    instruments: &["c-ssrs-screener"],
};

const WHOM: &[Opt] = &[
    Opt::new("partner", "Partner or former partner"),
    Opt::new("family", "Family"),
    Opt::new("children", "Children"),
    Opt::new("staff", "Staff or officials"),
    Opt::new("someone-known", "Somebody known"),
    Opt::new("strangers", "Strangers"),
];

/// Harm to others.
pub(super) const TO_OTHERS: Topic = Topic {
    sheet: Sheet {
        key: "harm-to-others",
        title: "Harm to others",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked("others-thoughts", "Thoughts of hurting somebody?", "Whom, in their words"),
                Question::asked("others-plan", "A plan or a wish to act on it?", "What"),
                Question::asked("others-past", "Hurt or threatened somebody before?", "What, when, what led to it"),
                Question::many("others-whom", "Towards whom", WHOM),
                Question::asked("others-weapons", "Carries or can get a weapon?", "What, why"),
                Question::asked("others-symptoms", "Linked with voices, beliefs or substances?", "How"),
                Question::asked("others-fire", "Fire-setting, or fixation on a person?", "What, when"),
                Question::words("others-done", "Who was told, and what was done").hint("Somebody in danger may be told without consent: see the ledger of consent and disclosure"),
            ],
        }],
    },
    ask: "",
    instruments: &["hcr-20", "start", "face", "oasys", "ogrs", "dash"],
};

const SKIPPED: &[Opt] = &[
    Opt::new("asked", "Asked"),
    Opt::new("not-now", "The person would rather not, today"),
    Opt::new("not-safe", "Not asked: no privacy, or not safe to open it here"),
];

/// Trauma: asked safely, or not at all.
pub(super) const TRAUMA: Topic = Topic {
    sheet: Sheet {
        key: "trauma",
        title: "Things that have happened to you",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::one("trauma-asked", "Was this asked about?", SKIPPED),
                Question::asked(
                    "trauma",
                    "Frightening or harmful things happened?",
                    "Only what the person wants to say",
                ),
                Question::asked(
                    "trauma-now",
                    "Still happening, or somebody to be afraid of now?",
                    "Who, what keeps them safe today",
                ),
                Question::words("trauma-effects", "How it shows today")
                    .hint("Sleep, being on guard, memories that push in, going numb, avoiding things"),
                Question::words("trauma-helps", "What helps when it comes up, and what to avoid")
                    .hint("For whoever meets the person next"),
                Question::asked("trauma-support", "Has or wants support with it?", "From whom"),
            ],
        }],
    },
    ask: "Ask only in private and with time to close well. Say first why you ask, that they need not answer, and that you don't need details: “Some people here have been through frightening things. You don't have to tell me about any. Is there something I should know so that we treat you well?” Leave the whole topic out if it doesn't fit today.",
    instruments: &["pc-ptsd-5", "pcl-5", "itq"],
};

/// Safeguarding.
pub(super) const SAFEGUARDING: Topic = Topic {
    sheet: Sheet {
        key: "safeguarding",
        title: "Safeguarding",
        parts: &[
            Part {
                title: "Adults",
                hint: "",
                questions: &[
                    Question::asked(
                        "adult-at-risk",
                        "Is the person being harmed, exploited or neglected?",
                        "What, by whom",
                    ),
                    Question::asked("adult-other", "Is another adult at risk?", "Who, what"),
                    Question::asked("domestic-abuse", "Domestic abuse, as either side?", "What is known"),
                ],
            },
            Part {
                title: "Children",
                hint: "",
                questions: &[
                    Question::asked("child-at-risk", "Is a child at risk?", "Which child, what"),
                    Question::asked("child-services", "Children's services involved?", "Where, who"),
                ],
            },
            Part {
                title: "What was done",
                hint: "",
                questions: &[
                    Question::asked(
                        "safeguarding-referral",
                        "Safeguarding referral made or needed?",
                        "To whom, when, what was said to the person",
                    ),
                    Question::words("safeguarding-done", "What was done, and who was told"),
                ],
            },
        ],
    },
    ask: "",
    instruments: &["dash"],
};
