//! What assessments and questionnaires hold about a person.

use super::area_words;
use super::needs::Level;
use super::topics::GROUPS;
use crate::forms::Sheet;
use crate::holdings::{
    Holding, answers_told, coded, day, figure, json, key, moment, read_as, staff, words, yes_no,
};
use store::sql;

fn topic(key: &str) -> String {
    let known = GROUPS.iter().flat_map(|group| group.topics).find(|topic| topic.key() == key);
    known.map_or(key, |topic| topic.title()).into()
}

fn answers(text: &str) -> Vec<(String, String)> {
    let sheets: Vec<&Sheet> =
        GROUPS.iter().flat_map(|group| group.topics).map(|topic| &topic.sheet).collect();
    answers_told(text, &sheets)
}

const ASSESSMENT: &[&str] = &["assessment"];
const RESPONSE: &[&str] = &["response"];

/// The tables of this room.
pub const HOLDINGS: &[Holding] = &[
    Holding::new(
        "assessment",
        "Health and wellbeing assessment",
        &["person"],
        sql("SELECT * FROM assessment WHERE person_id IN ($LIST) ORDER BY begun_at, id"),
        &[moment("begun_at", "Begun"), staff("begun_by", "By")],
    )
    .ties(&["person_id", "project_id", "listing_id", "account_id"]),
    Holding::new(
        "assessment_topic",
        "Topic of an assessment",
        ASSESSMENT,
        sql("SELECT * FROM assessment_topic WHERE assessment_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("topic", "Topic", topic),
            key("state", "State"),
            read_as("answers", "Answers", answers),
            json("confirmed", "Taken over from earlier and confirmed"),
            words("reason", "Why this version was written"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["assessment_id", "version"]),
    Holding::new(
        "assessment_need",
        "Need",
        ASSESSMENT,
        sql("SELECT * FROM assessment_need WHERE assessment_id IN ($LIST) ORDER BY at, id"),
        &[
            coded("area", "Area", |k| area_words(k).into()),
            coded("level", "How much", |k| Level::from_key(k).map_or(k, |one| one.words()).into()),
            words("plan", "Plan"),
            words("by_whom", "Who does it"),
            words("by_when", "By when"),
            yes_no("taken_off", "Taken off"),
            words("reason", "Why"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["need_id", "assessment_id", "version"]),
    Holding::new(
        "assessment_signature",
        "Assessment signed",
        ASSESSMENT,
        sql("SELECT * FROM assessment_signature WHERE assessment_id IN ($LIST) ORDER BY at"),
        &[
            words("no_need_reason", "Why no need was found"),
            words("not_asked", "What was not asked"),
            yes_no("countersign", "A second signature is needed"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .key(&["assessment_id"])
    .ties(&["account_id"]),
    Holding::new(
        "assessment_countersignature",
        "Assessment countersigned",
        ASSESSMENT,
        sql("SELECT * FROM assessment_countersignature WHERE assessment_id IN ($LIST) ORDER BY at, id"),
        &[words("words", "In words"), moment("at", "When"), staff("by_words", "By")],
    )
    .ties(&["assessment_id", "account_id"]),
    Holding::new(
        "response",
        "Questionnaire",
        &["person"],
        sql("SELECT * FROM response WHERE person_id IN ($LIST) ORDER BY at, id"),
        &[key("instrument", "Which"), moment("at", "Begun"), staff("by_words", "By")],
    )
    .ties(&["person_id", "project_id", "assessment_id"]),
    Holding::new(
        "response_version",
        "Questionnaire filled in",
        RESPONSE,
        sql("SELECT * FROM response_version WHERE response_id IN ($LIST) ORDER BY at, response_id, version"),
        &[
            words("name", "Which"),
            words("instrument_version", "Version of the questionnaire"),
            day("filled_on", "Filled in on"),
            json("answers", "Answers"),
            key("variant", "Form"),
            key("mode", "How"),
            key("language", "Language"),
            key("sex", "Sex used for the scoring"),
            staff("assessor", "With whom"),
            json("result", "Result"),
            figure("total", "Total"),
            figure("lower_bound", "At least"),
            figure("out_of", "Out of"),
            words("band", "In words"),
            words("positive", "Reached a published cut-off"),
            words("reason", "Why this version was written"),
            moment("at", "Written down"),
            staff("by_words", "By"),
        ],
    )
    .key(&["response_id", "version"]),
    Holding::new(
        "response_error",
        "Questionnaire marked as a mistake",
        RESPONSE,
        sql("SELECT * FROM response_error WHERE response_id IN ($LIST) ORDER BY at"),
        &[words("reason", "Why"), moment("at", "When"), staff("by_words", "By")],
    )
    .key(&["response_id"]),
    Holding::new(
        "response_prompt",
        "An answer to be talked about",
        RESPONSE,
        sql("SELECT * FROM response_prompt WHERE response_id IN ($LIST) ORDER BY at, id"),
        &[key("prompt", "What"), words("words", "In words"), moment("at", "When")],
    )
    .ties(&["response_id", "version"]),
    Holding::new(
        "response_prompt_answer",
        "It was talked about",
        &["response_prompt"],
        sql("SELECT * FROM response_prompt_answer WHERE prompt_id IN ($LIST) ORDER BY at, id"),
        &[
            key("done", "What was done"),
            words("words", "In words"),
            moment("at", "When"),
            staff("by_words", "By"),
        ],
    )
    .ties(&["prompt_id"]),
];
