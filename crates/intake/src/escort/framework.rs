//! The questions of the digital framework, from `data/framework-2.5.2.tsv`, and those of the 2016 form mapped to them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::CodeDomain;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuestionKind {
    /// One option.
    Radio,
    /// Any number of options.
    Checkbox,
    /// Free text.
    Text,
    /// A list of items with questions of their own (medicines, property bags).
    Items,
}

/// One question.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) key: &'static str,
    pub(crate) section: &'static str,
    pub(crate) kind: QuestionKind,
    /// Stored words of the options.
    pub(crate) options: Vec<&'static str>,
    /// Codes that fill the answer in: list, code, words.
    pub(crate) codes: Vec<(CodeDomain, &'static str, &'static str)>,
}

static TABLE: &str = include_str!("../../data/framework-2.5.2.tsv");

static QUESTIONS: LazyLock<HashMap<&'static str, Question>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(parse)
        .map(|question| (question.key, question))
        .collect()
});

fn parse(row: &'static str) -> Option<Question> {
    let mut cells = row.split('\t');
    let (key, section, kind) = (cells.next()?, cells.next()?, cells.next()?);
    let options = cells.next().unwrap_or_default();
    let codes = cells.next().unwrap_or_default();
    Some(Question {
        key,
        section,
        kind: match kind {
            "radio" => QuestionKind::Radio,
            "checkbox" => QuestionKind::Checkbox,
            "add_multiple_items" => QuestionKind::Items,
            _ => QuestionKind::Text,
        },
        options: options
            .split(" | ")
            .map(|option| option.trim_end_matches('*'))
            .filter(|o| !o.is_empty())
            .collect(),
        codes: codes.split(" | ").filter_map(code).collect(),
    })
}

fn code(text: &'static str) -> Option<(CodeDomain, &'static str, &'static str)> {
    let (domain, rest) = text.split_once(':')?;
    let (code, words) = rest.split_once('=')?;
    Some((domain_of(domain), code, words))
}

/// The list a sender means by a word.
pub(crate) fn domain_of(word: &str) -> CodeDomain {
    match crate::words::squash(word).as_str() {
        "alert" | "alerts" | "nomisalert" => CodeDomain::Alert,
        "careneed" | "personalcareneed" | "personalcareneeds" | "careneeds" => CodeDomain::CareNeed,
        "adjustment" | "reasonableadjustment" | "reasonableadjustments" => CodeDomain::Adjustment,
        "contact" | "contacts" => CodeDomain::Contact,
        "assessment" | "assessments" => CodeDomain::Assessment,
        "casenote" | "casenotes" => CodeDomain::CaseNote,
        other => CodeDomain::Other(other.to_owned()),
    }
}

/// A question by its key in any spelling (`mental_health_needs`, `Mental health needs`).
pub(crate) fn question(key: &str) -> Option<&'static Question> {
    QUESTIONS.get(spelled(key).as_str())
}

/// A key in the framework's spelling: lower case, words joined by hyphens.
pub(crate) fn spelled(key: &str) -> String {
    let words: Vec<String> = key
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// Questions of the 2016–20 form and what they are called today; questions without a successor keep their own name, spelled
/// with hyphens.
const OLD_FORM: [(&str, &str); 60] = [
    ("acct_status", "acct-status"),
    ("sex_offences", "current-or-previous-sex-offender"),
    ("date_of_most_recently_closed_acct", "date-of-most-recently-closed-acct"),
    ("open_acct", "open-acct"),
    ("self_harm", "indication-of-self-harm-or-suicide"),
    ("suicide", "indication-of-self-harm-or-suicide"),
    ("observation_level", "observation-level"),
    ("constant_watch", "constant-watch"),
    ("vulnerable_prisoner", "risk-from-other-people"),
    ("rule_45", "held-separately"),
    ("csra", "csra"),
    ("controlled_unlock", "controlled-unlock"),
    ("controlled_unlock_required", "controlled-unlock"),
    ("high_profile", "high-public-interest"),
    ("pnc_warnings", "pnc-warnings"),
    ("intimidation_public", "stalker-harasser-or-intimidator"),
    ("intimidation_prisoners", "intimidation-prisoners"),
    ("gang_member", "gang-member-or-organised-crime"),
    ("violent_or_dangerous", "violent-or-dangerous"),
    ("violence", "violent-or-dangerous"),
    ("violence_to_staff", "violence-to-staff"),
    ("risk_to_females", "risk-to-females"),
    ("homophobic", "homophobic"),
    ("racist", "racist"),
    ("discrimination_to_other_religions", "discrimination-to-other-religions"),
    ("other_violence_due_to_discrimination", "other-violence-due-to-discrimination"),
    ("current_e_risk", "escape-risk"),
    ("previous_escape_attempts", "previous-escape-attempts"),
    ("escape_pack", "escape-pack"),
    ("escort_risk_assessment", "escort-risk-assessment"),
    ("category_a", "category-a"),
    ("hostage_taker", "hostage-taker"),
    ("sex_offence", "current-or-previous-sex-offender"),
    ("arson", "arsonist"),
    ("conceals_weapons", "conceals-weapons"),
    ("uses_weapons", "uses-weapons"),
    ("conceals_drugs", "conceals-drugs"),
    ("conceals_mobile_phone_or_other_items", "conceals-mobile-phone-or-other-items"),
    ("substance_supply", "substance-supply"),
    ("substance_use", "substance-use"),
    ("must_return", "must-return"),
    ("must_not_return", "must-not-return"),
    ("has_must_not_return_details", "must-not-return"),
    ("other_risk", "other-risk-information"),
    ("physical_issues", "physical-health-needs"),
    ("mental_illness", "mental-health-needs"),
    ("phobias", "phobias"),
    ("personal_care", "help-with-personal-tasks"),
    ("allergies", "special-diet-or-allergies"),
    ("dependencies", "addiction-dependencies"),
    ("alcohol_withdrawal", "alcohol-withdrawal"),
    ("female_hygiene_kit", "female-hygiene-kit"),
    ("pregnant", "pregnant"),
    ("has_medications", "prescribed-medication"),
    ("medications", "medication-details"),
    ("mpv", "requires-special-vehicle"),
    ("contact_number", "health-contact-details"),
    ("travelling_with_child", "travelling-with-child"),
    ("not_for_release", "release-status"),
    ("hearing_speach_sight", "communication-needs"),
];

/// Names that only the 2016 form has: seeing them tells the form.
const ONLY_OLD: [&str; 14] = [
    "acct_status",
    "open_acct",
    "mental_illness",
    "physical_issues",
    "has_medications",
    "vulnerable_prisoner",
    "rule_45",
    "csra",
    "mpv",
    "current_e_risk",
    "must_return",
    "sex_offence",
    "self_harm",
    "controlled_unlock",
];

static OLD_KEYS: LazyLock<HashMap<String, &'static str>> =
    LazyLock::new(|| OLD_FORM.iter().map(|(old, new)| (spelled(old), *new)).collect());

/// Today's key of a question of the 2016 form.
pub(crate) fn old_question(key: &str) -> Option<&'static str> {
    OLD_KEYS.get(&spelled(key)).copied()
}

/// Whether a name is one that only the 2016 form has.
pub(crate) fn is_only_old(key: &str) -> bool {
    ONLY_OLD.contains(&spelled(key).replace('-', "_").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_63_questions_are_there_with_their_lists_of_codes() {
        assert_eq!(QUESTIONS.len(), 63);
        let need = question("mental_health_needs").unwrap();
        assert!(need.codes.contains(&(CodeDomain::CareNeed, "D", "Dyslexia")));
        let harm = question("indication-of-self-harm-or-suicide").unwrap();
        assert!(harm.codes.iter().any(|(domain, code, _)| *domain == CodeDomain::Alert && *code == "F1"));
        assert_eq!(question("nature-of-self-harm").unwrap().options.len(), 7);
    }

    #[test]
    fn mht_is_hearing_impaired_as_an_alert() {
        let codes = &question("communication-needs").unwrap().codes;
        assert!(codes.contains(&(CodeDomain::Alert, "MHT", "Hearing Impaired")));
    }
}
