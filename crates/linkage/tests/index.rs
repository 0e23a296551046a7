//! The index: the same answers built, saved, mapped and changed.

use linkage::{Index, Model, Name, Number, Record, blocking_keys, clean, terms};
use proptest::prelude::*;

fn person(forename: &str, surname: &str, birth: &str, postcode: &str) -> Record {
    let name = Name { forename: forename.into(), middle: String::new(), surname: surname.into() };
    let mut out = Record { name, births: vec![birth.into()], sex: "M".into(), ..Record::default() };
    out.addresses.push(linkage::Address {
        house: "12".into(),
        street: "Invented Road".into(),
        town: "London".into(),
        postcode: postcode.into(),
    });
    out
}

fn register() -> Vec<(String, Record)> {
    let forenames = ["Mohammed", "James", "Kwame", "Piotr", "Siobhan", "Aisha"];
    let surnames = ["Khan", "Invented", "Mensah", "Nowak", "O'Neill", "Ali", "Rowe-Wallis"];
    let mut out = Vec::new();
    for (i, forename) in forenames.iter().enumerate() {
        for (j, surname) in surnames.iter().enumerate() {
            let birth = format!(
                "19{:02}-{:02}-{:02}",
                60 + i * 5 + j,
                1 + (i * 7 + j) % 12,
                1 + (i * 11 + j * 3) % 28
            );
            out.push((format!("P{i}{j}"), person(forename, surname, &birth, &format!("E{} {}AB", 1 + i, j))));
        }
    }
    out
}

fn answers(index: &Index, rows: &[Record]) -> Vec<Vec<(String, String)>> {
    let model = Model::shipped();
    let one = |row: &Record| {
        let listed = clean(row);
        let best = index.best(&model, &listed);
        best.iter()
            .map(|(i, known)| {
                (
                    index.id(*i).to_owned(),
                    format!("{:.9}", model.score(&listed, known, index.frequencies()).weight),
                )
            })
            .collect()
    };
    rows.iter().map(one).collect()
}

fn list() -> Vec<Record> {
    vec![
        person("Muhammad", "Khan", "1960-01-01", "E1 0AB"),
        person("Piotr", "Nowack", "1978-10-15", "E9 9ZZ"),
        person("Wallis", "Siobhan", "1986-11-07", "E5 6AB"),
        person("Nobody", "Known", "2001-01-02", "SW1A 1AA"),
    ]
}

#[test]
fn a_saved_index_answers_as_the_built_one_and_threads_change_nothing() {
    let (one, two) = (Index::build(&register(), 1), Index::build(&register(), 3));
    let folder = std::env::temp_dir().join(format!("linkage-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("saved.index");
    one.save(&path).unwrap();
    let opened = Index::open(&path).unwrap();
    assert_eq!(answers(&one, &list()), answers(&opened, &list()));
    assert_eq!(answers(&one, &list()), answers(&two, &list()));
    assert_eq!((opened.len(), opened.person(3)), (one.len(), one.person(3)));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_changed_person_is_found_by_the_new_facts_and_not_by_the_old() {
    let mut index = Index::build(&register(), 1);
    let before = index.len();
    let moved = person("Kwame", "Mensah", "1972-03-03", "N1 1AA");
    index.put("P22", &clean(&moved));
    assert_eq!(index.len(), before);
    let found = index.best(&Model::shipped(), &clean(&moved));
    assert_eq!(found.first().map(|(row, _)| index.id(*row)), Some("P22"));
    assert_eq!(found.iter().filter(|(row, _)| index.id(*row) == "P22").count(), 1);
    index.put("P99", &clean(&person("Newly", "Added", "1999-09-09", "N1 1AB")));
    assert_eq!(index.len(), before + 1);
    assert!(index.remove("P99") && !index.remove("P99"));
    assert_eq!(index.len(), before);
    assert!(
        index.best(&Model::shipped(), &clean(&person("Newly", "Added", "1999-09-09", "N1 1AB"))).is_empty()
    );
}

#[test]
fn changes_count_and_survive_saving_as_if_built_at_once() {
    let all = register();
    let (early, late) = all.split_at(20);
    let mut grown = Index::build(early, 1);
    for (id, record) in late {
        grown.put(id, &clean(record));
    }
    let path = std::env::temp_dir().join(format!("linkage-test-{}-grown.index", std::process::id()));
    grown.save(&path).unwrap();
    let built = Index::build(&all, 1);
    assert_eq!(answers(&built, &list()), answers(&Index::open(&path).unwrap(), &list()));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_damaged_file_is_refused_or_harmless() {
    let path = std::env::temp_dir().join(format!("linkage-test-{}-damaged.index", std::process::id()));
    Index::build(&register(), 1).save(&path).unwrap();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(Index::open(&path).is_err());
    let mut changed = whole;
    let middle = changed.len() / 2;
    for byte in changed.iter_mut().skip(middle).step_by(97) {
        *byte ^= 0x5A;
    }
    std::fs::write(&path, changed).unwrap();
    if let Ok(index) = Index::open(&path) {
        let _ = answers(&index, &list());
    }
    std::fs::write(&path, "not an index").unwrap();
    assert!(Index::open(&path).is_err());
    std::fs::remove_file(path).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_goes_in_comes_out(forename in "\\PC{0,20}", surname in "\\PC{0,300}", birth in "[0-9/-]{0,10}", pnc in "[0-9]{4}/[0-9]{7}[A-Z]", cro in "[0-9]{1,6}/[0-9]{2}[A-Z]", nhs in "[0-9]{10}") {
        let mut record = person(&forename, &surname, &birth, "E1 1AA");
        record.pnc = pnc;
        record.cro = cro;
        record.nhs = nhs;
        record.crn = "X123456".into();
        record.prison_number = "A1234BC".into();
        record.master_defendant_id = forename.clone();
        record.addresses.push(linkage::Address { town: surname, ..linkage::Address::default() });
        record.other_numbers = vec![
            Number::Pnc("2012/0052494Q".into()),
            Number::Cro("SF39/12345A".into()),
            Number::Nhs("9434765919".into()),
            Number::PrisonNumber("B9876CD".into()),
            Number::Crn("Y654321".into()),
        ];
        let cleaned = clean(&record);
        prop_assert!(cleaned.other_numbers.len() > 3);
        let mut index = Index::build(&[("one".to_owned(), record)], 1);
        prop_assert_eq!(index.person(0), cleaned.clone());
        index.put("two", &cleaned);
        let row = u64::from(index.row_of("two").unwrap());
        prop_assert_eq!(index.person(row), cleaned.clone());
        prop_assert!(!blocking_keys(&cleaned).is_empty());
        for term in terms(&cleaned) {
            prop_assert_eq!(index.frequencies().count(term.kind, &term.value), Some(1));
        }
    }
}
