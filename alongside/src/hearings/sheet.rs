//! What the form asks about a day in court, and how answers become words of ours. Result codes stand beside the sheet: only those
//! a court could give on that day are offered.

use super::codes::{Attended, Comes, Ended, GROUPS, PutOff, Stood};
use super::heard::{ComesBack, Heard, Pronounced};
use crate::clock;
use crate::forms::{Answers, Opt, Part, Question, Sheet};
use crate::projects::national_code_of;
use crate::web::components::Form;
use jiff::civil::Date;
use law::codes::{ResultCode, find_result, results};

const STOOD: &[Opt] = &[
    Stood::Custody.opt(),
    Stood::Hospital.opt(),
    Stood::ConditionalBail.opt(),
    Stood::UnconditionalBail.opt(),
    Stood::NotRemanded.opt(),
    Stood::NotKnown.opt(),
];

/// The questions.
pub const SHEET: Sheet = Sheet {
    key: "hearing",
    title: "What happened in court",
    parts: &[
        Part {
            title: "",
            hint: "",
            questions: &[
                Question::one(
                    "attended",
                    "How did they attend?",
                    &[
                        Attended::InPerson.opt(),
                        Attended::ByVideo.opt(),
                        Attended::NotPresent.opt(),
                        Attended::NotKnown.opt(),
                    ],
                ),
                Question::one("before", "Before the hearing they were", STOOD),
                Question::one(
                    "ended",
                    "It ended with",
                    &[
                        Ended::Adjourned.opt(),
                        Ended::Continues.opt(),
                        Ended::ToCrownCourt.opt(),
                        Ended::Disposed.opt(),
                        Ended::NoConviction.opt(),
                        Ended::NotKnown.opt(),
                    ],
                ),
                Question::one("after", "After the hearing they are", STOOD),
            ],
        },
        Part {
            title: "If it was put off",
            hint: "",
            questions: &[
                Question::one(
                    "put-off",
                    "For",
                    &[
                        PutOff::Psychiatric.opt(),
                        PutOff::PsrOral.opt(),
                        PutOff::PsrShort.opt(),
                        PutOff::PsrStandard.opt(),
                        PutOff::Psr.opt(),
                        PutOff::Legal.opt(),
                        PutOff::Other.opt(),
                        PutOff::NotKnown.opt(),
                    ],
                ),
                Question::line("put-off-words", "In words")
                    .hint("Who asked for it, what for; for “Other” always"),
                Question::one(
                    "comes-how",
                    "When does it come back?",
                    &[Comes::OnDay.opt(), Comes::InWeek.opt(), Comes::ToBeFixed.opt(), Comes::NotKnown.opt()],
                ),
                Question::day("comes-on", "Day"),
                Question::line("comes-at", "Time").hint("Like 10:00"),
                Question::line("comes-room", "Room"),
                Question::line("comes-court", "Court, if it is another one")
                    .hint("Like Snaresbrook Crown Court"),
            ],
        },
    ],
};

/// Beside the results.
pub const WORDS: Sheet = Sheet {
    key: "hearing-words",
    title: "",
    parts: &[Part {
        title: "",
        hint: "",
        questions: &[
            Question::line("terms", "Length and terms of what was ordered")
                .hint("Like 12 months, treatment by a named practitioner; the words the later work rests on"),
            Question::words("words", "In the court’s own words").hint("What else was said of the result"),
        ],
    }],
};

/// Result codes a court could give on a day.
pub fn offered(on: Date) -> impl Iterator<Item = &'static ResultCode> {
    results().iter().filter(move |result| result.valid.covers(on))
}

/// What a form says of a day in court whose place is known. What can't be is refused in the form.
pub fn read(form: &mut Form, place: Heard, today: Date) -> Heard {
    let mut answers = Answers::read(&SHEET, form);
    let more = Answers::read(&WORDS, form);
    let time = crate::screening::time_of(answers.value("comes-at"));
    if !answers.value("comes-at").is_empty() {
        match time {
            Some(time) => answers.set("comes-at", &time.strftime("%H:%M").to_string()),
            None => form.refuse("comes-at", "Enter a time like 10:00"),
        }
    }
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let ticked = ticked(form, place.on);
    let mut heard = Heard {
        attended: Attended::from_key(answers.value("attended")),
        before: Stood::from_key(answers.value("before")),
        after: Stood::from_key(answers.value("after")),
        ended: Ended::from_key(answers.value("ended")),
        put_off: PutOff::from_key(answers.value("put-off")),
        put_off_words: answers.value("put-off-words").to_owned(),
        comes_back: ComesBack {
            how: Comes::from_key(answers.value("comes-how")),
            on: answers.day("comes-on"),
            at: said(answers.value("comes-at")),
            court_code: national_code_of(answers.value("comes-court")).map(str::to_owned),
            court: said(answers.value("comes-court")),
            room: said(answers.value("comes-room")),
        },
        results: ticked
            .into_iter()
            .map(|code| Pronounced {
                code: Some(code.code.to_owned()),
                label: code.meaning.to_owned(),
                ordered_on: Some(place.on),
                ..Pronounced::default()
            })
            .collect(),
        terms: more.value("terms").to_owned(),
        words: more.value("words").to_owned(),
        resulted: false,
        ..place
    };
    if heard.comes_back.on.is_some() && !heard.comes_back.how.is_said() {
        heard.comes_back.how = Comes::OnDay;
    }
    if heard.put_off.is_said() && !heard.ended.is_said() {
        heard.ended = Ended::Adjourned;
    }
    check(&heard, form, today);
    heard
}

/// The codes that were ticked. One that a court could not give on that day is refused.
fn ticked(form: &mut Form, on: Date) -> Vec<&'static ResultCode> {
    let mut found = Vec::new();
    for group in GROUPS {
        for code in form.values(group.field).to_vec() {
            match find_result(&code) {
                Some(known) if known.valid.covers(on) => found.push(known),
                Some(known) => {
                    let day = clock::day_words(on);
                    form.refuse(
                        group.field,
                        format!("{} ({code}): a court could not give this on {day}", known.meaning),
                    );
                }
                None => {}
            }
        }
    }
    found
}

fn check(heard: &Heard, form: &mut Form, today: Date) {
    let next = &heard.comes_back;
    if let Some(on) = next.on {
        if next.how == Comes::ToBeFixed {
            form.refuse("comes-how", "A date is given, and “to be fixed” chosen: take one of them away");
        } else if on < heard.on {
            let day = clock::day_words(heard.on);
            form.refuse(
                "comes-on",
                format!("This day lies before the hearing of {day}: check day, month and year"),
            );
        }
    } else if matches!(next.how, Comes::OnDay | Comes::InWeek) {
        form.refuse("comes-on", "Enter the day, or choose “Date to be fixed” or “Not known”");
    }
    if heard.put_off == PutOff::Other && heard.put_off_words.is_empty() {
        form.refuse("put-off-words", "Say in words what it was put off for");
    }
    let put_off = matches!(heard.ended, Ended::Adjourned | Ended::Continues | Ended::ToCrownCourt);
    if heard.put_off.is_said() && !put_off {
        form.refuse("ended", "A reason for putting it off is given: it can’t have ended. Choose “Adjourned”, or take the reason away");
    }
    if heard.on > today && heard.says_what_happened() {
        form.refuse_all("This day has not come yet: leave open what happened");
    }
    if heard.on <= today && !heard.says_what_happened() && !heard.before.is_said() {
        form.refuse_all("Nothing is answered yet: say at least how it ended, or that this is not known");
    }
}

/// Puts what we said into a form, to be changed.
pub fn fill(heard: &Heard, form: &mut Form) {
    let mut answers = Answers::default();
    for (key, value) in [
        ("attended", heard.attended.key()),
        ("before", heard.before.key()),
        ("after", heard.after.key()),
        ("ended", heard.ended.key()),
        ("put-off", heard.put_off.key()),
        ("put-off-words", heard.put_off_words.as_str()),
        ("comes-how", heard.comes_back.how.key()),
        ("comes-at", heard.comes_back.at.as_deref().unwrap_or_default()),
        ("comes-room", heard.comes_back.room.as_deref().unwrap_or_default()),
        ("comes-court", heard.comes_back.court.as_deref().unwrap_or_default()),
    ] {
        if !value.is_empty() {
            answers.set(key, value);
        }
    }
    if let Some(on) = heard.comes_back.on {
        answers.set("comes-on", &on.to_string());
    }
    answers.fill(&SHEET, form);
    for group in GROUPS {
        let codes: Vec<String> = heard
            .results
            .iter()
            .filter(|result| result.known().is_some_and(|known| group.uses.contains(&known.used_as)))
            .filter_map(|result| result.code.clone())
            .collect();
        form.set_all(group.field, &codes);
    }
    form.set("terms", heard.terms.clone());
    form.set("words", heard.words.clone());
}
