//! The words of the demo's colleagues: plainly invented, undramatic, and nothing that anybody would want to repeat.

/// The one of a list whose turn it is.
pub(super) fn pick<'a>(list: &[&'a str], turn: usize) -> &'a str {
    list.get(turn % list.len().max(1)).copied().unwrap_or_default()
}

pub(super) const SEEN: [&str; 5] = [
    "Tired, polite, answers at length",
    "Quiet; answers in one word, then more",
    "Looks at the floor, warms up when asked about work",
    "Talks fast, laughs at the clock on the wall",
    "Restless; sat down when offered tea",
];

pub(super) const LOW: [&str; 5] = [
    "Says sleep is three hours a night since the summer",
    "Says nothing is fun any more, not even the fishing",
    "Worries about the rent and does not open letters",
    "Says work stopped in August and the days are long",
    "Misses the dog, who is with a neighbour",
];

pub(super) const VOICES: [&str; 4] = [
    "Says the radiator speaks their name; it has for a month",
    "Hears neighbours talk through the wall when nobody is there",
    "Says the bus drivers pass messages about them",
    "Hears a choir at night, and is tired of it",
];

pub(super) const THOUGHTS: [&str; 4] = [
    "Some mornings would rather not wake up. Says it passes by noon",
    "“I can’t see Friday from here.” Wants somebody to know",
    "Says being gone would be quieter. Has said so to a sister too",
    "Thinks others would be better off. Cannot say for how long",
];

pub(super) const KEEPS_SAFE: [&str; 3] =
    ["A sister who rings on Sundays", "The allotment, and the dog", "A daughter’s school play in spring"];

pub(super) const TOLD: [&str; 4] = [
    "To see the GP this week; letter offered",
    "That we ring on Thursday; card given",
    "Where the advice centre is, and that it is free",
    "What happens next, twice, in short sentences",
];

pub(super) const WATCH: [&str; 3] = [
    "Look in often until healthcare has seen them. Talking about football helps.",
    "Ask again how they are on arrival. They answer when asked plainly.",
    "Tell reception healthcare today. They would like to ring their sister.",
];

pub(super) const SITUATION: [&str; 4] = [
    "“The hours were cut, then the letters came, and I stopped opening them.”",
    "“I moved twice this year. I keep losing things and appointments.”",
    "“Since my mother’s move I do everything, and I am tired.”",
    "“I argue with everybody, and then I am sorry.”",
];

pub(super) const HOPED_FOR: [&str; 4] = [
    "Somebody to sit with while the letters are opened",
    "A doctor who knows the whole story",
    "To sleep, and to go back to the bakery",
    "A form filled in, and a bus pass",
];

pub(super) const NEEDS: [(&str, &str, &str, &str); 4] = [
    ("accommodation", "moderate", "Arrears: housing advice, and open the letters together", "Friday"),
    ("mental-health", "moderate", "Low mood: appointment with the GP, go along", "this week"),
    ("money", "mild", "Claim stopped: ring the office together", "before the next hearing"),
    ("communication", "mild", "Short sentences, and a break each half hour in court", "the next hearing"),
];

pub(super) const REASONS: [&str; 4] = [
    "A month of hearing things, not known to any team, and the court asks what could help. A doctor should look.",
    "Says more each time we meet, and it worries them too. Agreed to be seen.",
    "The bench cannot say whether a treatment requirement would suit without a doctor.",
    "New this month, and no other cause found. Better looked at early.",
];

pub(super) const QUESTIONS: [&str; 4] = [
    "What is the matter, and could it be treated in the community?",
    "Would a mental health treatment requirement suit?",
    "Is there a concern about effective participation, and what would help?",
    "What should bail conditions leave room for?",
];

pub(super) const OPINIONS: [&str; 3] = [
    "Can be treated in the community; the team will offer appointments.",
    "A treatment requirement would suit, and they agree to it.",
    "Helped most by sleep, structure and a named worker.",
];

pub(super) const DOCTORS: [&str; 3] = ["Dr Imogen Madeup", "Dr Testament Fiction", "Dr Verity Pretend"];

pub(super) const RECEIVERS: [&str; 3] = ["Officer Nobody, 41", "Officer Example, 7", "Officer Person, 112"];

pub(super) const ASKED_OF_US: [&str; 4] = [
    "Could help begin this week if bail were granted?",
    "What would make it likely that appointments are kept?",
    "Is there anything the court should do so that they can follow?",
    "Which service would see them, and when?",
];

pub(super) const PLANS: [&str; 4] = [
    "Bail, with the appointment at the advice centre on Friday",
    "Bail to the sister’s address, with the GP on Thursday",
    "Bail, with a letter in large print that says where to be and when",
    "Bail, with the link worker who rings the evening before",
];

pub(super) const LIMITS: [&str; 3] = [
    "One short talk in the cells. No health records could be seen today.",
    "Based on twenty minutes and what stands in our record. A longer talk could tell more.",
    "Nobody else was asked. What is said here is what was said to us.",
];
