//! Where the person lives, and what they live on.

use super::Topic;
use crate::forms::{Part, Question, Sheet};

/// Accommodation.
pub(super) const ACCOMMODATION_TOPIC: Topic = Topic {
    sheet: Sheet {
        key: "accommodation",
        title: "Where you live",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::one("accommodation", "Accommodation (national codes)", super::ACCOMMODATION),
                Question::one("settled", "Settled accommodation? (national indicator)", super::SETTLED),
                Question::asked(
                    "place-tonight",
                    "Has somewhere to go tonight if released?",
                    "Where, can it be checked",
                ),
                Question::asked(
                    "tenancy-risk",
                    "Could lose the home, through this case or otherwise?",
                    "Why, by when",
                ),
                Question::asked("rough", "Slept rough in the last year?", "When, where"),
                Question::words("accommodation-words", "What it is like there, who else, is it safe"),
                Question::asked("housing-support", "In touch with a housing service?", "Which, who"),
            ],
        }],
    },
    ask: "",
    instruments: &[],
};

/// Employment, education, money.
pub(super) const WORK: Topic = Topic {
    sheet: Sheet {
        key: "work-money",
        title: "Work, education, money",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::one("employment", "Employment (national codes)", super::EMPLOYMENT),
                Question::line("employment-words", "Work, now or last"),
                Question::asked("job-risk", "Could lose work through this case?", "What would help"),
                Question::words("education", "School, training, what the person would like to learn"),
                Question::asked("benefits", "Receives benefits?", "Which, sanctions, claims waiting"),
                Question::asked("debts", "Debts or bills that press?", "What, to whom, any threats"),
                Question::asked("food-heating", "Goes without food, heating or phone?", "How often"),
            ],
        }],
    },
    ask: "",
    instruments: &["wsas", "outcomes-star"],
};
