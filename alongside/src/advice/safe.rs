//! Words that tell why somebody carries a sheet.

/// Beginnings of words, in English and Welsh, that must not stand on a sheet that is safe to carry.
const TELLING: &[&str] = &[
    // English
    "mental",
    "health",
    "depress",
    "anxiet",
    "psych",
    "suicid",
    "self-harm",
    "selfharm",
    "harm",
    "crisis",
    "samaritan",
    "therap",
    "counsel",
    "trauma",
    "medicat",
    "hospital",
    "clinic",
    "ward",
    "drug",
    "alcohol",
    "drink",
    "recover",
    "rehab",
    "detox",
    "abuse",
    "abusi",
    "violen",
    "domestic",
    "refuge",
    "women",
    "safeguard",
    "court",
    "magistrat",
    "hearing",
    "trial",
    "bail",
    "custod",
    "prison",
    "probation",
    "police",
    "offen",
    "crim",
    "liaison",
    "solicitor",
    "sentence",
    "gambl",
    "autis",
    "veteran",
    "homeless",
    "shelter",
    // Welsh
    "iechyd",
    "meddwl",
    "iselder",
    "gorbryder",
    "seic",
    "hunanladd",
    "hunan-niwed",
    "argyfwng",
    "therapi",
    "cwnsela",
    "trawma",
    "meddyginiaeth",
    "ysbyty",
    "clinig",
    "cyffur",
    "alcohol",
    "yfed",
    "adfer",
    "camdri",
    "cam-dri",
    "trais",
    "lloches",
    "menywod",
    "llys",
    "ynad",
    "gwrandawiad",
    "mechnïaeth",
    "dalfa",
    "carchar",
    "prawf",
    "heddlu",
    "trosedd",
    "cyswllt",
    "cyfreithiwr",
    "digartref",
];

/// The telling words in a text, as they stand there, each once.
#[must_use]
pub fn telling(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’' || c == '\'')) {
        let plain = word.to_lowercase();
        let tells = TELLING.iter().any(|stem| {
            plain.starts_with(stem) || plain.split('-').any(|part| !part.is_empty() && part.starts_with(stem))
        });
        if tells && !found.iter().any(|f| f.eq_ignore_ascii_case(word)) {
            found.push(word.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_found_in_any_case_and_joined_by_hyphens() {
        for (text, found) in [
            ("Ring the Mental Health team", vec!["Mental", "Health"]),
            ("Thames Magistrates' Court at ten", vec!["Magistrates'", "Court"]),
            ("post-trauma group", vec!["post-trauma"]),
            ("Gwasanaeth iechyd meddwl", vec!["iechyd", "meddwl"]),
            ("Thursday at ten, 1 Nowhere Street, bus 25", vec![]),
            ("Bring a photograph and a pen", vec![]),
        ] {
            assert_eq!(telling(text), found, "{text}");
        }
    }
}
