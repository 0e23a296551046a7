//! National code lists that the service needs, as tables in `data/`.
//!
//! Source: the standing data of the Criminal Justice System as published in the Ministry of Justice's open repository
//! (`ministryofjustice/bichard7-next-data`, August 2026, MIT licence); only rows that the service uses. The list carries no
//! dates: from and until are filled where the law gives them.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;

use crate::source::Validity;

/// A line of a simple list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// The national description.
    pub meaning: &'static str,
}

/// What a result means for the service's clocks and counts. Ours, not national.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultUse {
    /// Remand or adjournment on bail.
    Bail,
    /// Remand or adjournment in custody.
    Custody,
    /// Remand to hospital.
    Hospital,
    /// Adjourned for a medical or psychiatric report.
    ForReport,
    /// Adjourned without more.
    Adjourned,
    /// Sent or committed to the Crown Court.
    ToCrownCourt,
    /// Sentence put off.
    SentenceLater,
    /// An order under the Mental Health Act.
    MentalHealthOrder,
    /// A community or suspended sentence.
    CommunitySentence,
    /// A requirement of one.
    Requirement,
    /// A prison sentence.
    CustodialSentence,
    /// Another final disposal.
    OtherDisposal,
    /// Ended without conviction.
    NoConviction,
}

const USES: &[(&str, ResultUse)] = &[
    ("bail", ResultUse::Bail),
    ("custody", ResultUse::Custody),
    ("hospital", ResultUse::Hospital),
    ("for-report", ResultUse::ForReport),
    ("adjourned", ResultUse::Adjourned),
    ("to-crown-court", ResultUse::ToCrownCourt),
    ("sentence-later", ResultUse::SentenceLater),
    ("mental-health-order", ResultUse::MentalHealthOrder),
    ("community-sentence", ResultUse::CommunitySentence),
    ("requirement", ResultUse::Requirement),
    ("custodial-sentence", ResultUse::CustodialSentence),
    ("other-disposal", ResultUse::OtherDisposal),
    ("no-conviction", ResultUse::NoConviction),
];

/// Whether the national list calls a result final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultType {
    /// F.
    Final,
    /// I.
    Interim,
    /// P in the list, which doesn't say what it stands for.
    P,
    /// The list gives none.
    NotGiven,
}

/// A result code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultCode {
    /// The code: "3108".
    pub code: &'static str,
    /// The national description.
    pub meaning: &'static str,
    /// Final or interim.
    pub result_type: ResultType,
    /// What it means for us.
    pub used_as: ResultUse,
    /// Days on which a court could give it, where known.
    pub valid: Validity,
}

impl ResultCode {
    /// The case comes back to the same court. A committal to the Crown Court is not counted.
    pub fn is_adjournment(&self) -> bool {
        use ResultUse as U;
        matches!(
            self.used_as,
            U::Bail | U::Custody | U::Hospital | U::ForReport | U::Adjourned | U::SentenceLater
        )
    }
}

/// The result codes.
pub fn results() -> &'static [ResultCode] {
    static LIST: LazyLock<Vec<ResultCode>> =
        LazyLock::new(|| rows(include_str!("../data/results.tsv")).filter_map(|row| result(&row)).collect());
    &LIST
}

/// A result code.
pub fn find_result(code: &str) -> Option<&'static ResultCode> {
    results().iter().find(|result| result.code == code.trim())
}

/// The result with this national description, whatever its case: some messages give words and no code.
pub fn find_result_by_meaning(words: &str) -> Option<&'static ResultCode> {
    results().iter().find(|result| result.meaning.eq_ignore_ascii_case(words.trim()))
}

/// Result classes: what kind of decision a hearing ended with.
pub fn result_classes() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| simple(include_str!("../data/result-classes.tsv")));
    &LIST
}

/// Bail, custody or care.
pub fn remand_statuses() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| simple(include_str!("../data/remand-statuses.tsv")));
    &LIST
}

/// Types of hearing.
pub fn hearing_types() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| simple(include_str!("../data/hearing-types.tsv")));
    &LIST
}

/// Pleas.
pub fn pleas() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| simple(include_str!("../data/pleas.tsv")));
    &LIST
}

/// Verdicts. The list has a caution without a code; it is left out.
pub fn verdicts() -> &'static [Code] {
    static LIST: LazyLock<Vec<Code>> = LazyLock::new(|| simple(include_str!("../data/verdicts.tsv")));
    &LIST
}

// A row that doesn't read is left out here; a test holds that none is.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split('\t').collect())
}

fn simple(text: &'static str) -> Vec<Code> {
    rows(text).filter_map(|row| Some(Code { code: row.first()?, meaning: row.get(1)? })).collect()
}

fn result(row: &[&'static str]) -> Option<ResultCode> {
    let [code, meaning, result_type, used_as, from, until] = row else { return None };
    let day = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<Date>().ok().map(Some) };
    Some(ResultCode {
        code,
        meaning,
        result_type: match *result_type {
            "F" => ResultType::Final,
            "I" => ResultType::Interim,
            "P" => ResultType::P,
            "" => ResultType::NotGiven,
            _ => return None,
        },
        used_as: USES.iter().find(|(word, _)| word == used_as)?.1,
        valid: Validity { from: day(from)?, until: day(until)? },
    })
}
