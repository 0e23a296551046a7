//! Making sense of it, and staying safe. In words: no band, no score.

use super::Topic;
use crate::forms::{Part, Question, Sheet};

/// Formulation.
pub(super) const FORMULATION: Topic = Topic {
    sheet: Sheet {
        key: "formulation",
        title: "Formulation",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::words("formulation", "How you make sense of it, in a few sentences"),
                Question::words("predisposing", "What made it likely"),
                Question::words("precipitating", "What set it off"),
                Question::words("perpetuating", "What keeps it going"),
                Question::words("protecting", "What protects"),
                Question::words("formulation-shared", "What the person thinks of this"),
            ],
        }],
    },
    ask: "A diagnosis is a doctor's. Write what was seen and said, and what you make of it.",
    instruments: &["sapas", "irac"],
};

/// Risk formulation, in words.
pub(super) const RISK: Topic = Topic {
    sheet: Sheet {
        key: "risk",
        title: "Risk formulation",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::words("risk-what", "What could happen, to whom"),
                Question::words("risk-when", "When would it be more likely, and what would be seen before"),
                Question::words("risk-less", "What makes it less likely"),
                Question::words("risk-today", "What changes today: court result, remand, release, a date"),
                Question::words("risk-manage", "What is to be done, by whom, by when"),
                Question::words("risk-told", "Who needs to know, and who was told"),
            ],
        }],
    },
    ask: "No levels and no scores: they don't predict who will come to harm (NICE NG225). Say what could happen, when, and what helps.",
    instruments: &[],
};

/// The person's own safety plan.
pub(super) const SAFETY: Topic = Topic {
    sheet: Sheet {
        key: super::SAFETY_PLAN,
        title: "Safety plan",
        parts: &[Part {
            title: "",
            hint: "In the person's words: they take a copy with them.",
            questions: &[
                Question::words("plan-signs", "How I notice that it is getting worse"),
                Question::words("plan-self", "What I can do myself"),
                Question::words("plan-places", "Places and people that take my mind off it"),
                Question::words("plan-people", "People I can ring").hint("Name and number, one a line"),
                Question::words("plan-professionals", "Professionals I can ring")
                    .hint("Name, number and hours, one a line"),
                Question::words("plan-means", "How I make it harder to hurt myself")
                    .hint("Who keeps tablets, what is put away"),
                Question::words("plan-reasons", "What I stay for"),
            ],
        }],
    },
    ask: "",
    instruments: &[],
};
