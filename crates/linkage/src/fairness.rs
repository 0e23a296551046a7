//! Does recognition work equally well for everybody? Groups of rows by recorded sex and by the heritage that a surname
//! suggests. For reports only: no weight ever looks at a group.

use crate::clean::{Cleaned, Sex};
use crate::evaluate::{Answer, Evaluation, Truth, evaluate};
use std::collections::HashMap;
use std::sync::LazyLock;

static HERITAGE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/surname-heritage.csv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(','))
        .flat_map(|(group, names)| names.split(' ').map(move |n| (n, group)))
        .collect()
});

/// The heritage that a surname suggests; `other` for most.
#[must_use]
pub fn heritage(person: &Cleaned) -> &'static str {
    let words = person.names.iter().flat_map(|name| name.surnames());
    words.filter_map(|word| HERITAGE.get(word).copied()).next().unwrap_or("other")
}

/// The recorded sex as a word.
#[must_use]
pub fn sex(person: &Cleaned) -> &'static str {
    match person.sex {
        Some(Sex::Female) => "female",
        Some(Sex::Male) => "male",
        None => "not known",
    }
}

/// Figures for each group of a list, by a function that names the group of a row from its id and who it is; groups in the
/// order of their names.
#[must_use]
pub fn by_group<'a>(
    list: &'a [(String, Cleaned)],
    answers: &[Answer],
    truth: &Truth,
    group_of: impl Fn(&'a str, &'a Cleaned) -> &'a str,
) -> Vec<(&'a str, Evaluation)> {
    let of: HashMap<&str, &str> = list.iter().map(|(id, row)| (id.as_str(), group_of(id, row))).collect();
    let mut groups: Vec<&str> = of.values().copied().collect();
    groups.sort_unstable();
    groups.dedup();
    groups
        .into_iter()
        .map(|group| (group, evaluate(answers, truth, |id| of.get(id) == Some(&group))))
        .collect()
}
