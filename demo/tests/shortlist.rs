//! A store that counts terms for a shortlist only decides as one that counts them for every candidate.

use demo::people::{Errors, Mix, list, register};
use linkage::{
    Band, Cleaned, Decision, Frequencies, ListRow, Model, Term, clean, match_list, shortlist, terms,
    terms_asked,
};
use std::collections::{HashMap, HashSet};

const PEOPLE: u64 = 2_000;

/// What is shown of a row: who, and with which weight.
fn shown(decision: &Decision, candidates: &[(u64, Cleaned)]) -> Vec<(u64, String, &'static str)> {
    let there = decision.candidates.iter().filter(|c| c.band > Band::None);
    there.map(|c| (candidates[c.candidate].0, format!("{:.6}", c.weight), c.band.word())).collect()
}

#[test]
fn a_shortlist_shows_whom_the_whole_register_shows() {
    let mut people: Vec<(u64, Cleaned)> = Vec::new();
    let households = register(9, PEOPLE, |_, record| people.push((people.len() as u64, clean(record))));
    let all = Frequencies::of_register(people.iter().map(|(_, person)| person));
    let model = Model::shipped();
    let everybody: Vec<&Cleaned> = people.iter().map(|(_, person)| person).collect();
    let mut in_register: HashMap<Term, u64> = HashMap::new();
    for term in people.iter().flat_map(|(_, person)| terms(person)) {
        *in_register.entry(term).or_default() += 1;
    }
    // As a store does: only what these people's comparisons ask for is looked up.
    let counted = |of: &[&Cleaned]| {
        let wanted: HashSet<Term> = of.iter().flat_map(|person| terms_asked(person)).collect();
        let counts = wanted.iter().map(|term| (term, in_register.get(term).copied().unwrap_or(0)));
        Frequencies::looked_up(people.len() as u64, counts)
    };
    let (mut shown_at_all, mut kept) = (0, 0);
    for row in list(9, households, 300, &Mix::HARD, &Errors::HARD) {
        let listed = clean(&row.written.record);
        let places = shortlist(&model, &listed, &everybody, &counted(&[&listed]));
        let short: Vec<(u64, Cleaned)> = places.iter().map(|place| people[*place].clone()).collect();
        let mut of: Vec<&Cleaned> = short.iter().map(|(_, person)| person).collect();
        of.push(&listed);
        let few = counted(&of);
        let by = |candidates: &[(u64, Cleaned)], register: &Frequencies| {
            let decided = match_list(&model, &[ListRow { listed: &listed, candidates }], register);
            (shown(&decided[0], candidates), decided[0].ambiguous)
        };
        let (whole, listed_short) = (by(&people, &all), by(&short, &few));
        assert_eq!(whole, listed_short, "{:?}", row.written.record);
        shown_at_all += whole.0.len();
        kept += short.len();
    }
    assert!(shown_at_all > 100, "{shown_at_all}");
    assert!(kept < 300 * 60, "a shortlist is short: {kept}");
}
