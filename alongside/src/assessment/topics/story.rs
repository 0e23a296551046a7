//! What brings them here, what was before, and what they bring.

use super::Topic;
use crate::forms::{Part, Question, Sheet};

/// Presenting situation and the offence in their words.
pub(super) const PRESENTING: Topic = Topic {
    sheet: Sheet {
        key: "presenting",
        title: "Today, and what happened",
        parts: &[
            Part {
                title: "",
                hint: "",
                questions: &[
                    Question::words("situation", "What has been going on for you?")
                        .hint("In the person's words"),
                    Question::words("hoped-for", "What would help most today?").hint("In the person's words"),
                ],
            },
            Part {
                title: "The offence, in their words",
                hint: "Before a plea, don't ask what happened: note only what is said unprompted. What stands here may have to be disclosed.",
                questions: &[
                    Question::words("offence-words", "What the person says about it"),
                    Question::words("offence-mind", "State of mind at the time, as far as said or seen"),
                    Question::asked(
                        "understands-charge",
                        "Understands the charge and what happens today?",
                        "What was said or seen",
                    ),
                    Question::asked(
                        "participation",
                        "Concern about effective participation?",
                        "What was seen that raises it",
                    ),
                ],
            },
        ],
    },
    ask: "",
    instruments: &["k6", "core-10"],
};

/// Mental health before, and treatment.
pub(super) const HISTORY: Topic = Topic {
    sheet: Sheet {
        key: "history",
        title: "Mental health before, and treatment",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked(
                    "mental-health",
                    "Mental health difficulties, now or before?",
                    "Which, and since when",
                ),
                Question::words("diagnoses", "Diagnoses given")
                    .hint("Which, by whom, when; “says” or “seen in a letter”"),
                Question::asked(
                    "mental-health-care",
                    "In touch with a mental health team now?",
                    "Which team, who",
                ),
                Question::asked("hospital-before", "In hospital for mental health before?", "Where and when"),
                Question::asked("under-the-act", "Held under the Mental Health Act before?", "Section, when"),
                Question::asked("crisis-plan", "Has a crisis or care plan?", "Where it is kept"),
                Question::words("treatment-before", "Treatment and support tried, and how it went"),
                Question::words("family-history", "Mental health in the family"),
            ],
        }],
    },
    ask: "",
    instruments: &["bjmhs", "core-om"],
};

/// Strengths, hopes, what has helped.
pub(super) const STRENGTHS: Topic = Topic {
    sheet: Sheet {
        key: "strengths",
        title: "Strengths, hopes, what has helped",
        parts: &[Part {
            title: "",
            hint: "In the person's words where you can.",
            questions: &[
                Question::words("good-at", "What are you good at? What do others come to you for?"),
                Question::words("helped-before", "What has helped before, even a little?"),
                Question::words("who-helps", "Who is on your side?"),
                Question::words("hopes", "What would you like life to look like in a year?"),
                Question::words("first-step", "What would a first step be?"),
            ],
        }],
    },
    ask: "",
    instruments: &["who-5", "ons4", "gbo", "swemwbs", "reqol-10", "dialog"],
};
