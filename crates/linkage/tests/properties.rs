//! What must hold for any text at all.

use linkage::{
    Cleaned, Frequencies, Model, Name, Number, Record, blocking_keys, clean, clean_words, lookup_keys,
    match_list, terms,
};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-z' -]{0,12}",
        1 => any::<String>(),
        1 => "[0-9/]{0,10}[A-Z]?",
        1 => prop::sample::select(vec!["Mohammed", "Bill", "NOT ENTERED", "Mc Kay", "1984-05-07", "E1 7DY", "2003/0011985X", "18763/79J", "M", "f"])
            .prop_map(str::to_owned),
    ]
}

prop_compose! {
    fn record()(forename in text(), middle in text(), surname in text(), alias in text(), birth in text(), second in text(), sex in text(),
        house in text(), street in text(), postcode in text(), pnc in text(), cro in text(), nhs in text(), other in text()) -> Record {
        let mut out = Record { name: Name { forename, middle, surname: surname.clone() }, sex, pnc, cro, nhs, ..Record::default() };
        out.aliases.push(Name { forename: alias, middle: String::new(), surname });
        out.other_numbers = vec![Number::Pnc(other.clone()), Number::Cro(other.clone()), Number::PrisonNumber(other)];
        out.births = vec![birth, second];
        out.addresses.push(linkage::Address { house, street, town: String::new(), postcode });
        out
    }
}

fn register(people: &[&Cleaned]) -> Frequencies {
    Frequencies::of_register(people.iter().copied())
}

proptest! {
    #[test]
    fn cleaning_what_is_clean_changes_nothing(raw in text()) {
        let once = clean_words(&raw);
        prop_assert_eq!(clean_words(&once), once);
    }

    #[test]
    fn any_text_gives_keys_terms_and_a_finite_weight(a in record(), b in record()) {
        let (a, b) = (clean(&a), clean(&b));
        let keys = blocking_keys(&a);
        prop_assert!(lookup_keys(&a).iter().all(|key| keys.contains(key)));
        let _ = terms(&a);
        let comparison = Model::shipped().compare(&a, &b, &register(&[&a, &b]));
        prop_assert!(comparison.weight.is_finite());
        prop_assert!((0.0..=1.0).contains(&comparison.probability));
    }

    #[test]
    fn the_waterfall_adds_up(a in record(), b in record()) {
        let (a, b) = (clean(&a), clean(&b));
        let comparison = Model::shipped().compare(&a, &b, &register(&[&a, &b]));
        let sum: f64 = comparison.fields.iter().map(|line| line.weight).sum();
        prop_assert!((sum - comparison.weight).abs() < 1e-9);
    }

    #[test]
    fn a_pair_weighs_the_same_either_way_round(a in record(), b in record()) {
        let (a, b) = (clean(&a), clean(&b));
        let register = register(&[&a, &b]);
        let model = Model::shipped();
        let (there, back) = (model.score(&a, &b, &register), model.score(&b, &a, &register));
        prop_assert!((there.weight - back.weight).abs() < 1e-9, "{:?} {:?}", there, back);
    }

    #[test]
    fn a_list_is_decided_without_panic(a in record(), b in record()) {
        let (a, b) = (clean(&a), clean(&b));
        let candidates = [(1, a.clone()), (2, b.clone())];
        let row = |listed| linkage::ListRow { listed, candidates: &candidates };
        let decisions = match_list(&Model::shipped(), &[row(&a), row(&b)], &register(&[&a, &b]));
        prop_assert_eq!(decisions.len(), 2);
    }
}

#[test]
fn the_shipped_model_survives_its_file() {
    let model = Model::shipped();
    assert_eq!(Model::from_toml(&model.to_toml().unwrap()).unwrap(), model);
}
