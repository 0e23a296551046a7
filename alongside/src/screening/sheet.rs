//! What a screening asks. The paper cell sheet asks the same, in the same order.
//!
//! The self-harm enquiry is not scored and gives no band (NICE NG225): what the person said stands in their words.

use crate::forms::{Opt, Part, Question, Sheet};

const PLACES: &[Opt] = &[
    Opt::new("cells", "Court cells"),
    Opt::new("interview-room", "Interview room"),
    Opt::new("courtroom", "Dock or courtroom"),
    Opt::new("video", "By video"),
    Opt::new("telephone", "By telephone"),
    Opt::new("probation-office", "Probation office"),
    Opt::new("elsewhere", "Elsewhere"),
];

const PRESENT: &[Opt] = &[
    Opt::new("nobody", "Nobody else"),
    Opt::new("custody-officer", "Custody or escort officer"),
    Opt::new("solicitor", "Solicitor"),
    Opt::new("interpreter", "Interpreter"),
    Opt::new("appropriate-adult", "Appropriate adult"),
    Opt::new("family", "Family or carer"),
    Opt::new("colleague", "Colleague"),
    Opt::new("other", "Somebody else"),
];

const OBSERVED: &[Opt] = &[
    Opt::new("nothing-unusual", "Nothing unusual"),
    Opt::new("responding-to-unseen", "Responding to things unseen"),
    Opt::new("thought-disorder", "Hard to follow; thoughts jump"),
    Opt::new("elated", "Elated, fast"),
    Opt::new("agitated", "Agitated or frightened"),
    Opt::new("low", "Low or tearful"),
    Opt::new("withdrawn", "Withdrawn or silent"),
    Opt::new("confused", "Confused"),
    Opt::new("intoxicated", "Intoxicated"),
    Opt::new("withdrawing", "Withdrawing from alcohol or drugs"),
    Opt::new("self-neglect", "Neglecting themselves"),
];

/// Flags that "no, unless marked" may answer together: asked one by one, heard as "no".
pub const FLAGS: &[&str] = &[
    "learning-disability",
    "neurodivergence",
    "brain-injury",
    "physical-health",
    "pregnant",
    "medication",
    "substance-withdrawal",
    "dependants-now",
    "participation",
    "interpreter",
    "armed-forces",
];

/// First-level questions, in the same way.
pub const FIRST_LEVEL: &[&str] =
    &["mental-health", "mental-health-care", "hospital-before", "voices", "low-mood"];

/// Where and with whom; then everything asked.
pub const SHEET: Sheet = Sheet {
    key: "screening-1",
    title: "Screening",
    parts: &[
        Part {
            title: "Where, and who was there",
            hint: "",
            questions: &[
                Question::one("place", "Where", PLACES),
                Question::many("present", "Who else was there?", PRESENT),
            ],
        },
        Part {
            title: "What you saw",
            hint: "",
            questions: &[
                Question::many("observed", "How they were", OBSERVED),
                Question::words("observed-words", "In your words"),
            ],
        },
        Part {
            title: "First questions",
            hint: "",
            questions: &[
                Question::asked(
                    "mental-health",
                    "Any worry about their mental health now?",
                    "In their words",
                ),
                Question::asked(
                    "mental-health-care",
                    "Seeing a mental health team or GP for it?",
                    "Whom, where",
                ),
                Question::asked(
                    "hospital-before",
                    "Ever in hospital for their mental health?",
                    "When, where",
                ),
                Question::asked(
                    "voices",
                    "Hears or sees things others don’t, or feels controlled?",
                    "In their words",
                ),
                Question::asked("low-mood", "Low, hopeless or not sleeping?", "In their words"),
            ],
        },
        Part {
            title: "Self-harm and suicide",
            hint: "Ask plainly. Asking does not put the thought there. Nothing here is scored.",
            questions: &[
                Question::asked(
                    "self-harm-thoughts",
                    "Thoughts of harming themselves or of not living?",
                    "In their words",
                ),
                Question::asked("self-harm-plan", "A plan?", "In their words"),
                Question::asked("self-harm-intent", "Do they mean to act on it?", "In their words"),
                Question::asked("self-harm-means", "Have they the means, here or where they go?", "What"),
                Question::asked("self-harm-past", "Harmed themselves before?", "What, when"),
                Question::words("self-harm-words", "Anything else they said, in their words"),
                Question::words("protective", "What keeps them safe, who matters to them"),
            ],
        },
        Part {
            title: "Also ask",
            hint: "",
            questions: &[
                Question::asked("learning-disability", "Learning disability, or help at school?", "What"),
                Question::asked("neurodivergence", "Autism, ADHD or similar?", "What"),
                Question::asked("brain-injury", "Head injury with loss of consciousness?", "When, what"),
                Question::asked("physical-health", "Physical illness or pain?", "What"),
                Question::asked("pregnant", "Pregnant, or a baby in the last year?", "How far, or how old"),
                Question::asked("medication", "On medication?", "What, and when the last dose was"),
                Question::asked(
                    "substance-withdrawal",
                    "Withdrawing, or will be today?",
                    "From what, last used when",
                ),
                Question::asked(
                    "dependants-now",
                    "Children or others at home without them right now?",
                    "Who, and who is with them",
                ),
                Question::asked(
                    "participation",
                    "Concern about effective participation in court?",
                    "What you saw",
                ),
                Question::asked(
                    "interpreter",
                    "Needs an interpreter or help to communicate?",
                    "Language, what helps",
                ),
                Question::asked("armed-forces", "Served in the armed forces?", "Which"),
            ],
        },
        Part {
            title: "What you told them",
            hint: "",
            questions: &[Question::words("told", "Advice given, and what happens next")],
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_a_key_of_its_own_and_the_lists_name_questions() {
        let mut keys: Vec<&str> = SHEET.questions().map(|q| q.key).collect();
        for key in FLAGS.iter().chain(FIRST_LEVEL) {
            assert!(keys.contains(key), "{key}");
        }
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
        // The draft keeps its own fields under this word.
        assert!(keys.iter().all(|key| !key.starts_with("draft")));
    }
}
