//! The published cleaning vectors of `hmpps-person-match`: a table of our own with the same facts, and the files themselves
//! where they are at hand.

use linkage::{Address, FullName, Name, Place, Postcode, Record, clean, clean_words};
use std::path::Path;

/// Names as that service keeps them: words of two letters and more; the last word of the surname.
fn as_published(name: &FullName) -> (Vec<String>, String) {
    let long = |word: &&str| word.len() > 1;
    let given = name.given.split(' ').filter(long).map(str::to_owned).collect();
    (given, name.surnames().filter(long).last().unwrap_or("").to_owned())
}

#[test]
fn names_come_out_as_published() {
    for (forename, middle, surname, given, last) in [
        ("John", "Robert James", "Smith", "JOHN ROBERT JAMES", "SMITH"),
        ("Mary-Jane", "", "O'Connor", "MARY JANE", "OCONNOR"),
        ("MIG_ERROR_Tom", "NO_SHOW_William", "DUPLICATE_Brown", "TOM WILLIAM", "BROWN"),
        ("a", "", "Smith", "", "SMITH"),
        (
            "NOT ENTERED NAMAMC",
            "JONES NOT\n  ENTERED   Mc Kenzie",
            "MC DUFF-MCDONALD",
            "NAMAMC JONES MCKENZIE",
            "MCDONALD",
        ),
        ("john    james", "JR", "o'connor", "JOHN JAMES JR", "OCONNOR"),
    ] {
        let (words, surname) = as_published(&FullName::read(forename, middle, surname));
        assert_eq!((words.join(" ").as_str(), surname.as_str()), (given, last), "{forename} {middle}");
    }
    assert_eq!(clean_words("MARY-ANN O'CONNOR"), "MARY ANN OCONNOR");
}

#[test]
fn a_nameless_record_has_no_name() {
    assert!(clean(&Record::default()).names.is_empty());
    let signs = Record {
        name: Name { forename: "--".into(), middle: "'".into(), surname: " ".into() },
        ..Record::default()
    };
    assert!(clean(&signs).names.is_empty());
}

#[test]
fn aliases_are_names_too_and_repeats_go() {
    let name = |forename: &str, surname: &str| Name {
        forename: forename.into(),
        middle: String::new(),
        surname: surname.into(),
    };
    let record = Record {
        name: name("john", "o'connor"),
        aliases: vec![name("JONNY", "SMYTH"), name("John", "OConnor")],
        ..Record::default()
    };
    let surnames: Vec<String> = clean(&record).names.into_iter().map(|n| n.surname).collect();
    assert_eq!(surnames, ["OCONNOR", "SMYTH"]);
}

#[test]
fn postcodes_of_the_six_shapes_are_read_and_nothing_else() {
    for (raw, shown, outcode) in [
        ("CR2 6XH", "CR2 6XH", "CR2"),
        ("DN55 1PT", "DN55 1PT", "DN55"),
        ("M1 1AE", "M1 1AE", "M1"),
        ("B33 8TH", "B33 8TH", "B33"),
        ("W1A 0AX", "W1A 0AX", "W1A"),
        ("EC1A 1BB", "EC1A 1BB", "EC1A"),
        (" ab1 4bc ", "AB1 4BC", "AB1"),
        ("n16 8ph", "N16 8PH", "N16"),
        ("SW1A1AA", "SW1A 1AA", "SW1A"),
    ] {
        let postcode = Postcode::parse(raw).unwrap();
        assert_eq!((postcode.to_string().as_str(), postcode.outcode()), (shown, outcode));
    }
    for raw in [
        "ABC 123",
        "A1A 1A1",
        "12345",
        "W1W ABC",
        "1AA 1AA",
        "AP@ 1AA",
        "NF11NF",
        "1xy z22",
        "TEST",
        "invalid postcode",
        "1AB 2YX",
        "",
    ] {
        assert_eq!(Postcode::parse(raw), None, "{raw:?}");
    }
}

#[test]
fn placeholder_dates_and_numbers_are_left_out() {
    let record = Record {
        births: vec![
            "1955-05-05".into(),
            "1955-03-28".into(),
            "1955-03-28".into(),
            "1970-01-01".into(),
            "1900-01-01".into(),
        ],
        cro: "000000/00Z".into(),
        addresses: vec![Address { postcode: "NF1 1NF".into(), ..Address::default() }],
        ..Record::default()
    };
    let cleaned = clean(&record);
    assert_eq!(
        cleaned.births.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["1955-05-05", "1955-03-28"]
    );
    assert_eq!((cleaned.cro, cleaned.places), (None, Vec::<Place>::new()));
}

/// Where the reference material lies beside the checkout, its short-form files are walked: every `input_value` gives its
/// `output_value`.
#[test]
fn the_published_files_pass() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples/person-matching"));
    let Ok(text) = std::fs::read_to_string(folder.join("cleaning__test_individual_names_cleaning.yaml"))
    else {
        println!("the published vectors are not beside this checkout; their facts are in the tables above");
        return;
    };
    let value = |line: &str, key: &str| {
        let (_, rest) = line.split_once(key)?;
        Some(rest.trim().trim_matches('"').to_owned())
    };
    let mut pairs = 0;
    let mut input = None;
    for line in text.lines() {
        if let Some(raw) = value(line, "input_value:") {
            input = Some(raw);
        } else if let (Some(raw), Some(wanted)) = (&input, value(line, "output_value:")) {
            assert_eq!(clean_words(raw), wanted);
            pairs += 1;
        }
    }
    assert!(pairs >= 4);
    let text =
        std::fs::read_to_string(folder.join("cleaning__test_individual_postcode_cleaning.yaml")).unwrap();
    let (good, bad) = text.split_once("# Test invalid formats").unwrap();
    let quoted =
        |text: &str| -> Vec<String> { text.split('"').skip(1).step_by(2).map(str::to_owned).collect() };
    let valid = quoted(good).into_iter().filter(|t| t.contains(' ') && t.len() <= 8);
    assert!(valid.filter(|t| Postcode::parse(t).is_some()).count() >= 6);
    assert!(quoted(bad).iter().all(|t| Postcode::parse(t).is_none()));
}
