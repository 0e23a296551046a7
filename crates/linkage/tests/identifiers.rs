//! Check letters and digits, against numbers whose check is published or was worked by hand.

use linkage::{Check, Crn, Cro, IdentifierError, NhsNumber, Pnc, PrisonNumber};

#[test]
fn every_way_of_writing_a_pnc_is_one_number() {
    for text in ["2003/0011985X", "20030011985X", "03/11985X", "030011985x", " 2003 / 0011985 X "] {
        let pnc = Pnc::parse(text).unwrap();
        assert_eq!((pnc.to_string().as_str(), pnc.check()), ("2003/0011985X", Check::Fits), "{text:?}");
    }
    assert_eq!(Pnc::parse("79/0011985X").unwrap().to_string(), "1979/0011985X");
}

#[test]
fn a_wrong_check_letter_is_kept_and_marked_with_the_right_one() {
    let pnc = Pnc::parse("2004/0012345U").unwrap();
    assert_eq!(pnc.to_string(), "2004/0012345U");
    assert_eq!(pnc.check(), Check::ShouldBe('D'));
    assert!(pnc.check().why_not().unwrap().contains("should be D"));
    assert!(matches!(Pnc::parse("2019/1276541A").unwrap().check(), Check::ShouldBe(_)));
    assert!(matches!(Cro::parse("11111/79J").unwrap().check(), Check::ShouldBe(_)));
}

#[test]
fn published_numbers_pass() {
    assert_eq!(Pnc::parse("20120052494Q").unwrap().check(), Check::Fits);
    let cro = Cro::parse("18763/79J").unwrap();
    assert_eq!((cro.to_string().as_str(), cro.check()), ("018763/79J", Check::Fits));
    assert_eq!(NhsNumber::parse("943 476 5919").unwrap().check(), Check::Fits);
    assert_eq!(NhsNumber::parse("943 476 5918").unwrap().check(), Check::ShouldBe('9'));
    assert_eq!(PrisonNumber::parse("a1234bc").unwrap().to_string(), "A1234BC");
    assert_eq!(Crn::parse("x123456").unwrap().to_string(), "X123456");
}

#[test]
fn the_file_form_of_a_cro_does_not_pad_its_serial() {
    // 39 followed by 12345, mod 23 = 2 → B; padded to six it would be another letter.
    let right = LETTERS[(3_912_345 % 23) as usize] as char;
    let cro = Cro::parse(&format!("SF39/12345{right}")).unwrap();
    assert_eq!((cro.check(), cro.to_string()), (Check::Fits, format!("SF39/12345{right}")));
}
const LETTERS: &[u8; 23] = b"ZABCDEFGHJKLMNPQRTUVWXY";

#[test]
fn placeholders_and_other_shapes_are_no_identifiers() {
    assert_eq!(Cro::parse("000000/00Z"), Err(IdentifierError::Placeholder));
    assert_eq!(NhsNumber::parse("0000000000"), Err(IdentifierError::Placeholder));
    for text in [
        "",
        "  ",
        "2004",
        "/",
        "2004/X",
        "20041/0012345D",
        "12345678901234567890",
        "é2004/0012345D",
        "2004/0012345Ω",
    ] {
        assert!(Pnc::parse(text).is_err(), "{text:?}");
        assert!(Cro::parse(text).is_err(), "{text:?}");
        assert!(Crn::parse(text).is_err(), "{text:?}");
    }
}
