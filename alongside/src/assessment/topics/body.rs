//! Medication, physical health, substances.

use super::Topic;
use crate::forms::{Part, Question, Sheet};

/// Medication.
pub(super) const MEDICATION: Topic = Topic {
    sheet: Sheet {
        key: "medication",
        title: "Medication",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked(
                    "medication",
                    "Takes prescribed medication?",
                    "What, dose, how often, last dose",
                ),
                Question::words(
                    "medication-list",
                    "Each medicine: name, dose, how often, last taken, who prescribes",
                ),
                Question::asked("medication-missed", "Doses missed lately?", "Since when, why"),
                Question::asked("depot", "Has a depot injection?", "Which, last given, next due"),
                Question::asked(
                    "medication-needed",
                    "Medication needed today or tonight?",
                    "What, by when, who was told",
                ),
                Question::asked(
                    "clozapine-lithium",
                    "Clozapine, lithium, methadone or another that must not stop suddenly?",
                    "Which, who was told",
                ),
                Question::asked("allergies", "Allergies or bad reactions?", "To what, what happened"),
                Question::words("side-effects", "Side effects, and what the person thinks of the medication"),
            ],
        }],
    },
    ask: "",
    instruments: &[],
};

/// Physical health.
pub(super) const PHYSICAL: Topic = Topic {
    sheet: Sheet {
        key: "physical-health",
        title: "Physical health",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked("physical-health", "Physical health problems?", "Which, what treatment"),
                Question::asked("pain", "In pain now?", "Where, what helps"),
                Question::asked("seizures", "Seizures, blackouts or faints?", "Last one, treated how"),
                Question::asked("gp", "Registered with a GP?", "Practice, last seen"),
                Question::many("disability", "Disability (national codes)", super::DISABILITY),
                Question::words("sleep-food", "Sleep, food, weight, exercise"),
                Question::asked("smoking", "Smokes or vapes?", "How much"),
            ],
        }],
    },
    ask: "",
    instruments: &["wsas"],
};

/// Alcohol, drugs, gambling.
pub(super) const SUBSTANCES: Topic = Topic {
    sheet: Sheet {
        key: "substances",
        title: "Alcohol, drugs, gambling",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked(
                    "substance-withdrawal",
                    "Withdrawing now, or has in custody before?",
                    "From what, last use, fits or seeing things",
                ),
                Question::words("alcohol", "Alcohol: what, how much, how often, last drink"),
                Question::words("drugs", "Drugs: what, how, how often, last used"),
                Question::asked("injects", "Injects, or ever has?", "When last, shared equipment"),
                Question::asked(
                    "overdose",
                    "Overdosed by accident before?",
                    "When, on what, carries naloxone",
                ),
                Question::asked(
                    "substance-team",
                    "In touch with a drug or alcohol service?",
                    "Which, key worker, prescription",
                ),
                Question::words(
                    "substances-and-mind",
                    "What substances do for the person, and to their mental health",
                ),
                Question::words("substances-and-offence", "Part it plays in offending, in their words"),
                Question::asked("gambling", "Gambles more than they can afford?", "What, debts"),
            ],
        }],
    },
    ask: "Alcohol or benzodiazepine withdrawal can kill. Shaking, sweating, seeing things, a fit: call a health care professional first.",
    instruments: &["audit-c", "audit", "dast-10", "fast", "cage", "dudit", "dast-28", "audit-c-us", "tweak"],
};
