//! The mental state now, and how the person's mind has always worked.

use super::Topic;
use crate::forms::{Opt, Part, Question, Sheet};

const APPEARANCE: &[Opt] = &[
    Opt::new("kempt", "Well kept"),
    Opt::new("self-neglect", "Signs of self-neglect"),
    Opt::new("injuries", "Injuries or scars seen"),
    Opt::new("underdressed", "Not dressed for the weather"),
    Opt::new("intoxicated", "Seems intoxicated"),
    Opt::new("withdrawing", "Seems to be withdrawing"),
];
const BEHAVIOUR: &[Opt] = &[
    Opt::new("calm", "Calm, at ease"),
    Opt::new("agitated", "Agitated, restless"),
    Opt::new("slowed", "Slowed"),
    Opt::new("withdrawn", "Withdrawn"),
    Opt::new("guarded", "Guarded"),
    Opt::new("responding", "Responding to something unseen"),
    Opt::new("disinhibited", "Disinhibited"),
    Opt::new("hostile", "Hostile or threatening"),
    Opt::new("tearful", "Tearful"),
];
const SPEECH: &[Opt] = &[
    Opt::new("usual", "Usual rate, tone and volume"),
    Opt::new("pressured", "Fast or pressured"),
    Opt::new("slow", "Slow"),
    Opt::new("quiet", "Quiet or monotonous"),
    Opt::new("loud", "Loud"),
    Opt::new("sparse", "Sparse"),
    Opt::new("mute", "Doesn't speak"),
    Opt::new("slurred", "Slurred"),
];
const AFFECT: &[Opt] = &[
    Opt::new("reactive", "Reactive, fits what is said"),
    Opt::new("flat", "Flat or blunted"),
    Opt::new("low", "Low"),
    Opt::new("anxious", "Anxious"),
    Opt::new("elated", "Elated"),
    Opt::new("irritable", "Irritable"),
    Opt::new("labile", "Changes quickly"),
    Opt::new("incongruent", "Doesn't fit what is said"),
];
const FORM: &[Opt] = &[
    Opt::new("ordered", "Ordered, easy to follow"),
    Opt::new("circumstantial", "Circumstantial"),
    Opt::new("tangential", "Tangential"),
    Opt::new("flight", "Flight of ideas"),
    Opt::new("loosened", "Loosened associations"),
    Opt::new("blocked", "Thought block"),
    Opt::new("perseverative", "Returns to the same point"),
];
const CONTENT: &[Opt] = &[
    Opt::new("nothing-unusual", "Nothing unusual"),
    Opt::new("persecutory", "Persecutory beliefs"),
    Opt::new("grandiose", "Grandiose beliefs"),
    Opt::new("reference", "Ideas of reference"),
    Opt::new("passivity", "Thoughts or acts controlled from outside"),
    Opt::new("guilt", "Guilt or worthlessness"),
    Opt::new("hopeless", "Hopelessness"),
    Opt::new("preoccupied", "Preoccupation"),
    Opt::new("obsessions", "Obsessions or compulsions"),
];
const PERCEPTION: &[Opt] = &[
    Opt::new("nothing-unusual", "Nothing unusual"),
    Opt::new("hears-voices", "Hears voices"),
    Opt::new("command", "Voices that tell them what to do"),
    Opt::new("sees", "Sees things"),
    Opt::new("other-senses", "Smells, tastes or feels things"),
    Opt::new("derealisation", "Feels unreal, or the world does"),
    Opt::new("flashbacks", "Flashbacks"),
];
const COGNITION: &[Opt] = &[
    Opt::new("alert", "Alert"),
    Opt::new("time", "Knows day and time"),
    Opt::new("place", "Knows the place"),
    Opt::new("person", "Knows who is who"),
    Opt::new("attention", "Attention is poor"),
    Opt::new("memory", "Memory is poor"),
    Opt::new("fluctuating", "Comes and goes: think of delirium"),
];
const INSIGHT: &[Opt] = &[
    Opt::new("sees-own", "Sees it as a difficulty of their own"),
    Opt::new("partly", "Partly"),
    Opt::new("not", "Doesn't see it so"),
];

/// The structured examination.
pub(super) const MENTAL_STATE: Topic = Topic {
    sheet: Sheet {
        key: "mental-state",
        title: "Mental state now",
        parts: &[
            Part {
                title: "Appearance and behaviour",
                hint: "",
                questions: &[
                    Question::many("appearance", "Appearance", APPEARANCE),
                    Question::many("behaviour", "Behaviour", BEHAVIOUR),
                    Question::words("appearance-words", "What you saw"),
                ],
            },
            Part {
                title: "Speech",
                hint: "",
                questions: &[
                    Question::many("speech", "Speech", SPEECH),
                    Question::words("speech-words", "More on speech"),
                ],
            },
            Part {
                title: "Mood and affect",
                hint: "",
                questions: &[
                    Question::words("mood", "Mood, as the person says it"),
                    Question::many("affect", "Affect, as you see it", AFFECT),
                    Question::asked(
                        "low-mood",
                        "Low in mood, or no interest in things?",
                        "Since when, how it shows",
                    ),
                    Question::words("sleep-appetite", "Sleep, appetite, energy"),
                ],
            },
            Part {
                title: "Thought",
                hint: "",
                questions: &[
                    Question::many("thought-form", "Form", FORM),
                    Question::many("thought-content", "Content", CONTENT),
                    Question::words("thought-words", "In their words, and what you think of it"),
                ],
            },
            Part {
                title: "Perception",
                hint: "",
                questions: &[
                    Question::many("perception", "Perception", PERCEPTION),
                    Question::asked(
                        "voices",
                        "Hears or sees things that others don't?",
                        "What, since when, what they say",
                    ),
                ],
            },
            Part {
                title: "Cognition and insight",
                hint: "",
                questions: &[
                    Question::many("cognition", "Cognition and orientation", COGNITION),
                    Question::words("cognition-words", "More on cognition"),
                    Question::one("insight", "Insight", INSIGHT),
                    Question::words("insight-words", "What the person thinks is the matter, and about help"),
                ],
            },
        ],
    },
    ask: "Confusion that came suddenly, or comes and goes, is a medical emergency first.",
    instruments: &[
        "phq-9", "gad-7", "k10", "honos", "phq-2", "gad-2", "phq-8", "cgi-s", "cgi-i", "moca", "6-cit",
        "amts",
    ],
};

/// How the person learns, attends and communicates, and injuries of the brain.
pub(super) const NEURODEVELOPMENT: Topic = Topic {
    sheet: Sheet {
        key: "neurodevelopment",
        title: "Learning, attention, autism, brain injury",
        parts: &[Part {
            title: "",
            hint: "",
            questions: &[
                Question::asked("learning-disability", "Learning disability?", "Who said so, what helps"),
                Question::asked(
                    "neurodivergence",
                    "Autism, ADHD, dyslexia or other?",
                    "Which; diagnosed, waiting, or thinks so",
                ),
                Question::asked(
                    "brain-injury",
                    "Ever knocked out, or an injury to the head?",
                    "When, how long, what changed since",
                ),
                Question::asked(
                    "school-support",
                    "Extra help at school, or a special school?",
                    "What, until when",
                ),
                Question::asked("reading", "Hard to read, write or fill in forms?", "What helps"),
                Question::words("daily-skills", "Managing money, travel, time, letters"),
                Question::words("adjustments", "What court, probation and we should do differently")
                    .hint("Short sentences, breaks, a quiet room, easy-read, an intermediary"),
            ],
        }],
    },
    ask: "",
    instruments: &["aq-10", "asrs", "asrs-18", "ldsq", "hasi", "do-it-profiler", "bisi"],
};
