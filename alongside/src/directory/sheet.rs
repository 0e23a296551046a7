//! What is asked about a service.

use crate::assessment::AREAS;
use crate::forms::{Opt, Part, Question, Sheet};

const fn areas() -> [Opt; AREAS.len()] {
    let mut out = [Opt::new("", ""); AREAS.len()];
    let mut i = 0;
    while i < AREAS.len() {
        out[i] = Opt::new(AREAS[i].0, AREAS[i].1);
        i += 1;
    }
    out
}

/// Needs it serves: the areas of the assessment.
const NEEDS: &[Opt] = &areas();

/// What may keep somebody out.
pub const EXCLUSIONS: &[Opt] = &[
    Opt::new("arson", "Arson"),
    Opt::new("sexual-offences", "Sexual offences"),
    Opt::new("violence", "Violence to staff or other residents"),
    Opt::new("offences-against-children", "Offences against children"),
    Opt::new("drug-use", "Using drugs now"),
    Opt::new("alcohol-use", "Drinking now"),
    Opt::new("no-address", "No fixed address"),
    Opt::new("no-local-connection", "No local connection"),
    Opt::new("no-recourse", "No recourse to public funds"),
    Opt::new("no-gp", "Not registered with a GP"),
    Opt::new("in-custody", "In custody"),
    Opt::new("section", "Detained under the Mental Health Act"),
    Opt::new("other-service", "In the care of another mental health team"),
    Opt::new("pets", "Brings an animal"),
];

/// Who is told, for the ledger.
const RECIPIENTS: &[Opt] = &[
    Opt::new("trust", "Mental health trust"),
    Opt::new("gp", "GP"),
    Opt::new("voluntary", "Voluntary service"),
    Opt::new("housing", "Housing"),
    Opt::new("benefits", "Benefits or employment"),
    Opt::new("probation", "Probation"),
    Opt::new("prison-healthcare", "Prison healthcare"),
];

const SEX: &[Opt] =
    &[Opt::new("all", "Everybody"), Opt::new("women", "Women only"), Opt::new("men", "Men only")];
const AREA: &[Opt] = &[Opt::new("listed", "Only the places below"), Opt::new("anywhere", "Anywhere")];
const HOW: &[Opt] = &[
    Opt::new("email", "E-mail"),
    Opt::new("telephone", "Telephone"),
    Opt::new("web", "Form on the web"),
    Opt::new("post", "Post"),
    Opt::new("self", "The person refers themselves"),
    Opt::new("walk-in", "Walk in"),
];
const CAPACITY: &[Opt] =
    &[Opt::new("free", "Places free"), Opt::new("full", "Full"), Opt::new("not-known", "Not known")];
const ACCESS: &[Opt] = &[
    Opt::new("step-free", "Step-free"),
    Opt::new("interpreters", "Interpreters"),
    Opt::new("bsl", "British Sign Language"),
    Opt::new("home-visits", "Visits people where they are"),
    Opt::new("online", "Online or by telephone"),
    Opt::new("quiet", "A quiet place to wait"),
    Opt::new("easy-read", "Easy-read letters"),
    Opt::new("children", "Children welcome"),
];

/// The sheet.
pub const SHEET: Sheet = Sheet {
    key: "service",
    title: "A service of the directory",
    parts: &[
        Part {
            title: "What it does",
            hint: "",
            questions: &[
                Question::line("name", "Name"),
                Question::words("what", "What it does").hint("As you would say it to the person"),
                Question::many("needs", "Needs it serves", NEEDS),
            ],
        },
        Part {
            title: "For whom",
            hint: "Left open means not known. A service is never ruled out by what is not known",
            questions: &[
                Question::one("sex", "Women, men, or everybody", SEX),
                Question::number("youngest", "Youngest age", 0, 120),
                Question::number("oldest", "Oldest age", 0, 120),
                Question::one("area", "Where people may live", AREA),
                Question::line("boroughs", "Boroughs").hint("With commas between them"),
                Question::line("outcodes", "First halves of postcodes")
                    .hint("Like SW11, with commas between them"),
                Question::many("exclusions", "Who is not taken", EXCLUSIONS),
                Question::words("exclusion-words", "More about who is not taken"),
            ],
        },
        Part {
            title: "How to refer",
            hint: "",
            questions: &[
                Question::one(
                    "recipient",
                    "What sort of service it is, for the ledger of consent",
                    RECIPIENTS,
                ),
                Question::many("how", "Ways to refer", HOW),
                Question::line("email", "E-mail for referrals")
                    .hint("One address that more than one person reads"),
                Question::line("phone", "Telephone"),
                Question::line("web", "Web page").hint("A public page, beginning with https://"),
                Question::words("address", "Address"),
                Question::line("hours", "Opening hours"),
                Question::number("reply-days", "Working days in which it promises an answer", 0, 90),
            ],
        },
        Part {
            title: "Places and waiting",
            hint: "With the day on which you learnt it: after 30 days it is shown as old",
            questions: &[
                Question::one("capacity", "Places", CAPACITY),
                Question::day("capacity-on", "Places learnt on"),
                Question::number("waiting-weeks", "Weeks of waiting", 0, 200),
                Question::day("waiting-on", "Waiting time learnt on"),
            ],
        },
        Part {
            title: "Being there",
            hint: "",
            questions: &[
                Question::line("languages", "Languages").hint("With commas between them"),
                Question::many("access", "Access", ACCESS),
                Question::asked("trauma-informed", "Works in a trauma-informed way", ""),
                Question::asked("gender-informed", "Works in a gender-informed way", ""),
                Question::line("cost", "What it costs the person"),
                Question::words("notes", "Notes for colleagues"),
            ],
        },
    ],
};
