//! What is asked about a psychiatric assessment, part by part. Each answer is kept as a fact of its own.

use crate::forms::{Opt, Part, Question, Sheet};

/// Who wants the assessment.
pub const ASKED_BY: &[Opt] = &[
    Opt::new("court", "The court"),
    Opt::new("practitioner", "Our service, for the court or for the person"),
];

/// What it is for.
pub const PURPOSES: &[Opt] = &[
    Opt::new("bail", "Bail: whether and where the person could be treated"),
    Opt::new("participation", "Concern about effective participation"),
    Opt::new("disposal", "Disposal: what the court could do"),
    Opt::new("mhtr", "Whether a mental health treatment requirement would suit"),
    Opt::new("section", "Whether a section of the Mental Health Act is needed"),
    Opt::new("treatment", "Treatment now"),
];

/// The request itself.
pub const REQUEST: Sheet = Sheet {
    key: "psychiatric-request",
    title: "Ask for a psychiatric assessment",
    parts: &[
        Part {
            title: "",
            hint: "",
            questions: &[
                Question::one("asked-by", "Who asks?", ASKED_BY),
                Question::line("asker", "Name and role of whoever asked").hint("The bench, the legal adviser, you"),
                Question::day("asked-on", "Asked on").hint("Leave open for today. The clock of the court's report starts on this day"),
                Question::many("purpose", "What for?", PURPOSES),
                Question::words("question", "What must the doctor answer?")
                    .hint("In plain words. Say “concern about effective participation”: whether somebody can take part is for the court"),
            ],
        },
        Part {
            title: "For which hearing",
            hint: "",
            questions: &[
                Question::day("hearing-on", "Day of the hearing"),
                Question::line("hearing-court", "Court"),
                Question::day("report-due", "The report is wanted by"),
            ],
        },
    ],
};

const YES_NO: &[Opt] = &[Opt::new("yes", "Yes"), Opt::new("no", "No"), Opt::new("not-known", "Not known")];

/// What a doctor or a service answered.
pub const ANSWERS: &[Opt] =
    &[Opt::new("accepted", "Accepted"), Opt::new("declined", "Declined"), Opt::new("no-answer", "No answer")];

/// Why a request was declined. The first three are the national rejection reasons.
pub const DECLINED: &[Opt] = &[
    Opt::new("duplicate", "Asked already (duplicate)"),
    Opt::new("inappropriate", "Not for this service"),
    Opt::new("incomplete", "Not enough was told to decide"),
    Opt::new("area", "Lives outside our area"),
    Opt::new("capacity", "No doctor free in time"),
    Opt::new("another-service", "Another service knows the person"),
    Opt::new("person", "The person declined"),
    Opt::new("other", "Another reason, in words"),
];

/// The questions about one doctor: keys in the order of the sheet.
const fn doctor(k: [&'static str; 14]) -> [Question; 14] {
    [
        Question::line(k[0], "Doctor's name"),
        Question::one(k[1], "Approved under section 12?", YES_NO),
        Question::day(k[2], "Asked on"),
        Question::one(k[3], "Answer", ANSWERS),
        Question::one(k[4], "If declined, why", DECLINED),
        Question::line(k[5], "If declined, in words"),
        Question::day(k[6], "Appointment on"),
        Question::line(k[7], "Appointment at").hint("Like 14:00"),
        Question::day(k[8], "Seen on"),
        Question::day(k[9], "Report promised by"),
        Question::day(k[10], "Report sent on"),
        Question::day(k[11], "Report received on"),
        Question::words(k[12], "The opinion, in short")
            .hint("The doctor's words; the whole report stays where it is kept"),
        Question::one(k[13], "Route this doctor recommends", ROUTES),
    ]
}

const KEYS_1: [&str; 14] = [
    "d1-name",
    "d1-s12",
    "d1-asked",
    "d1-answer",
    "d1-declined",
    "d1-declined-words",
    "d1-appointment",
    "d1-time",
    "d1-seen",
    "d1-due",
    "d1-sent",
    "d1-received",
    "d1-opinion",
    "d1-route",
];
const KEYS_2: [&str; 14] = [
    "d2-name",
    "d2-s12",
    "d2-asked",
    "d2-answer",
    "d2-declined",
    "d2-declined-words",
    "d2-appointment",
    "d2-time",
    "d2-seen",
    "d2-due",
    "d2-sent",
    "d2-received",
    "d2-opinion",
    "d2-route",
];
const DOCTOR_1: [Question; 14] = doctor(KEYS_1);
const DOCTOR_2: [Question; 14] = doctor(KEYS_2);

const BED: [Question; 6] = [
    Question::asked("bed-needed", "Is a hospital bed needed?", "Which kind, how secure?"),
    Question::day("bed-sought", "Bed sought from"),
    Question::day("bed-found", "Bed found on"),
    Question::line("bed-where", "Where"),
    Question::day("transport-on", "Transport on"),
    Question::day("admitted-on", "Admitted on"),
];

/// Kinds of adjournment; the keys are those of the crate `law`.
pub const ADJOURNED: &[Opt] = &[
    Opt::new("adjourn.reports.custody", "For reports after conviction, in custody"),
    Opt::new("adjourn.reports.bail", "For reports after conviction, on bail"),
    Opt::new("adjourn.medical.custody", "For a medical examination (s30), in custody"),
    Opt::new("adjourn.medical.bail", "For a medical examination (s30), on bail"),
    Opt::new("remand.later", "Remanded in custody before conviction"),
];

const COURT: [Question; 5] = [
    Question::day("next-hearing", "Next hearing on"),
    Question::one("adjourned", "Adjourned", ADJOURNED),
    Question::day("adjourned-on", "Adjourned on"),
    Question::asked("custody-only", "In custody only because this report is awaited?", "Who said so?")
        .hint("Bail would be given if the report were there. Say who said it: the bench, the solicitor"),
    Question::day("custody-since", "In custody for it since"),
];

/// Routes and orders; the keys and names are those of the crate `law` (a test holds them together).
pub const ROUTES: &[Opt] = &[
    Opt::new("s35", "Remand to hospital for a report (section 35)"),
    Opt::new("s36", "Remand to hospital for treatment (section 36)"),
    Opt::new("s37", "Hospital order (section 37)"),
    Opt::new("s37-guardianship", "Guardianship order (section 37)"),
    Opt::new("s37(3)", "Hospital or guardianship order without conviction (section 37(3))"),
    Opt::new("s38", "Interim hospital order (section 38)"),
    Opt::new("s41", "Restriction order, with a hospital order (sections 37 and 41)"),
    Opt::new("s43", "Committal to the Crown Court for restriction (section 43)"),
    Opt::new("s45A", "Hospital and limitation direction (section 45A)"),
    Opt::new("s47", "Transfer of a sentenced prisoner to hospital (section 47, with or without 49)"),
    Opt::new("s48", "Transfer of a remand prisoner to hospital (section 48, with or without 49)"),
    Opt::new("mhtr", "Mental health treatment requirement"),
    Opt::new("community", "Care in the community, no order"),
    Opt::new("none", "No mental health route"),
];

const ROUTE: [Question; 3] = [
    Question::one("route", "Route recommended", ROUTES),
    Question::words("route-words", "Why, in short"),
    Question::day("route-on", "Recommended on"),
];

const OUTCOME: [Question; 6] = [
    Question::one("outcome", "What the court did", ROUTES),
    Question::line("outcome-words", "In words, if none of these"),
    Question::day("outcome-on", "On"),
    Question::day("order-until", "First period ordered until")
        .hint("Sections 35, 36 and 38 run for a period at a time"),
    Question::day("order-until-2", "Second period until"),
    Question::day("order-until-3", "Third period until"),
];

/// Why one is closed.
pub const CLOSED: &[Opt] = &[
    Opt::new("done", "Done: the outcome is known"),
    Opt::new("not-needed", "No longer needed"),
    Opt::new("declined", "The person declined"),
    Opt::new("case-ended", "The case ended"),
    Opt::new("elsewhere", "Taken on elsewhere"),
    Opt::new("moved", "Moved away"),
    Opt::new("died", "Died"),
    Opt::new("mistake", "Asked by mistake"),
];

const CLOSE: [Question; 2] =
    [Question::one("closed", "Closed, because", CLOSED), Question::words("closed-words", "Reason, in words")];

const fn sheet(key: &'static str, title: &'static str, parts: &'static [Part]) -> Sheet {
    Sheet { key, title, parts }
}

const fn plain(questions: &'static [Question]) -> Part {
    Part { title: "", hint: "", questions }
}

/// The parts of a psychiatric assessment, in the order they are filled.
pub const PARTS: [Sheet; 7] = [
    sheet("doctor-1", "Doctor 1", &[plain(&DOCTOR_1)]),
    sheet("doctor-2", "Doctor 2", &[plain(&DOCTOR_2)]),
    sheet("court", "Hearing and custody", &[plain(&COURT)]),
    sheet("bed", "Bed and transport", &[plain(&BED)]),
    sheet("route", "Route recommended", &[plain(&ROUTE)]),
    sheet("outcome", "What the court did", &[plain(&OUTCOME)]),
    sheet("close", "Close", &[plain(&CLOSE)]),
];

/// The part with this key.
#[must_use]
pub fn part(key: &str) -> Option<&'static Sheet> {
    PARTS.iter().find(|sheet| sheet.key == key)
}

/// What a partner service fills in: for the first or second doctor, an answer or what came of it.
#[must_use]
pub fn for_partner(doctor: i64, purpose: &str) -> &'static Sheet {
    match (doctor == 2, purpose == "report") {
        (false, false) => &ANSWER_1,
        (true, false) => &ANSWER_2,
        (false, true) => &REPORT_1,
        (true, true) => &REPORT_2,
    }
}

const fn answer(d: &[Question; 14]) -> [Question; 8] {
    [d[3], d[4], d[5], d[0], d[1], d[6], d[7], d[9]]
}
// The two sheets of a partner stand on one page: no question is in both.
const fn report(d: &[Question; 14]) -> [Question; 4] {
    [d[8], d[10], d[12], d[13]]
}
const ANSWER_Q1: [Question; 8] = answer(&DOCTOR_1);
const ANSWER_Q2: [Question; 8] = answer(&DOCTOR_2);
const REPORT_Q1: [Question; 4] = report(&DOCTOR_1);
const REPORT_Q2: [Question; 4] = report(&DOCTOR_2);
const BED_Q: [Question; 5] = [BED[0], BED[1], BED[2], BED[3], BED[4]];
const BED_PART: Part = Part { title: "Bed", hint: "Only if a bed is needed", questions: &BED_Q };

static ANSWER_1: Sheet = sheet("answer-1", "Your answer", &[plain(&ANSWER_Q1)]);
static ANSWER_2: Sheet = sheet("answer-2", "Your answer", &[plain(&ANSWER_Q2)]);
static REPORT_1: Sheet = sheet(
    "report-1",
    "Seen, report, opinion",
    &[Part { title: "Seen and reported", hint: "", questions: &REPORT_Q1 }, BED_PART],
);
static REPORT_2: Sheet = sheet(
    "report-2",
    "Seen, report, opinion",
    &[Part { title: "Seen and reported", hint: "", questions: &REPORT_Q2 }, BED_PART],
);

/// The label of a question of any part.
#[must_use]
pub fn label_of(key: &str) -> Option<(&'static str, &'static Question)> {
    PARTS.iter().find_map(|sheet| {
        sheet.questions().find(|q| q.key == key || q.words_key() == key).map(|q| (sheet.title, q))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::HashSet;

    #[test]
    fn the_routes_are_those_of_the_law() {
        let law: Vec<(&str, &str)> =
            law::routes::available_on(date(2026, 11, 25)).map(|route| (route.key, route.name)).collect();
        let ours: Vec<(&str, &str)> = ROUTES.iter().map(|o| (o.key, o.words)).collect();
        assert_eq!(ours, law);
    }

    #[test]
    fn every_adjournment_has_its_clock() {
        for kind in ADJOURNED {
            assert!(law::rules::in_force(kind.key, date(2026, 11, 25)).is_some(), "{}", kind.key);
        }
    }

    #[test]
    fn no_key_stands_for_two_questions() {
        let mut seen = HashSet::new();
        for question in PARTS.iter().flat_map(Sheet::questions) {
            assert!(seen.insert(question.key), "{}", question.key);
            assert!(question.key.len() < 40);
        }
    }

    #[test]
    fn the_two_sheets_of_a_partner_share_no_question_and_ask_about_their_own_doctor_only() {
        for doctor in [1, 2] {
            let (answer, report) = (for_partner(doctor, "answer"), for_partner(doctor, "report"));
            for question in report.questions() {
                assert!(answer.questions().all(|q| q.key != question.key), "{}", question.key);
            }
            let other = if doctor == 1 { "d2-" } else { "d1-" };
            assert!(answer.questions().chain(report.questions()).all(|q| !q.key.starts_with(other)));
        }
    }

    #[test]
    fn nothing_that_is_asked_says_unfit_to_plead() {
        for question in PARTS.iter().chain([&REQUEST]).flat_map(Sheet::questions) {
            assert!(!format!("{question:?}").to_lowercase().contains("unfit"), "{}", question.key);
        }
    }
}
