//! Files nobody sent on purpose: wrong encodings, broken markup, bombs, other kinds of file, things of last year.
#![allow(clippy::unwrap_used)]

use intake::{Custody, Format, Intake, Limits, ListedKind, Refusal, RefusalKind, read};
use jiff::civil::date;

fn take(bytes: &[u8]) -> Result<Intake, Refusal> {
    read(bytes, None, date(2026, 3, 2), &Limits::default())
}

fn sample(name: &str) -> String {
    std::fs::read_to_string(format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A list of one room with the given case elements.
fn list(cases: &str) -> String {
    format!(
        "<ExternalDocumentRequest><documents><document><info>\
         <source_file_name>5_02032026_2574_B01ND00_ADULT_COURT_LIST_DAILY</source_file_name></info><data><job><sessions>\
         <session><s_id>1</s_id><doh>02/03/2026</doh><court>Testbury</court><room>01</room><blocks><block><desc>Remands</desc>\
         <cases>{cases}</cases></block></blocks></session></sessions></job></data></document></documents></ExternalDocumentRequest>"
    )
}

fn case(number: usize) -> String {
    format!(
        "<case><c_id>{number}</c_id><caseno>26{number:08}</caseno><def_name>Mr No{number} TESTER</def_name><def_type>P</def_type></case>"
    )
}

fn refused(bytes: &[u8], kind: RefusalKind) -> Refusal {
    let refusal = take(bytes).unwrap_err();
    assert_eq!(refusal.kind, kind, "{refusal}");
    assert!(refusal.advice.is_some(), "{refusal}");
    refusal
}

#[test]
fn a_list_reads_the_same_in_every_encoding() {
    let text =
        list("<case><c_id>1</c_id><caseno>2600000001</caseno><def_name>Mr Zoë TESTÉR</def_name></case>");
    let want = take(text.as_bytes()).unwrap();
    assert_eq!(want.listings[0].person.name.surname.as_deref(), Some("TESTÉR"));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked: Vec<u8> = [b"\xEF\xBB\xBF".to_vec(), text.clone().into_bytes()].concat();
    for bytes in [utf16, windows, marked] {
        assert_eq!(take(&bytes).unwrap().listings, want.listings);
    }
}

#[test]
fn entities_are_never_expanded() {
    let bomb =
        "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><CourtList>&b;</CourtList>";
    let refusal = refused(bomb.as_bytes(), RefusalKind::Entities);
    assert_eq!(refusal.place.as_deref(), Some("line 1"));
    let outside =
        "<!DOCTYPE l SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CourtList/>";
    refused(outside.as_bytes(), RefusalKind::Entities);
    let harmless = format!("<!DOCTYPE ExternalDocumentRequest>\n{}", list(&case(1)));
    assert_eq!(take(harmless.as_bytes()).unwrap().listings.len(), 1);
    let unknown = list("<case><caseno>1</caseno><def_name>Mr A &unknown; TESTER</def_name></case>");
    assert!(
        take(unknown.as_bytes()).unwrap().listings[0]
            .person
            .name
            .as_received
            .as_deref()
            .unwrap()
            .contains("&unknown;")
    );
}

#[test]
fn depth_size_and_counts_have_bounds() {
    refused(format!("<CourtList>{}", "<a>".repeat(100_000)).as_bytes(), RefusalKind::TooLarge);
    refused(format!("{{\"hearing\":{}", "[".repeat(100_000)).as_bytes(), RefusalKind::TooLarge);
    let small = Limits { bytes: 1000, ..Limits::default() };
    let refusal = read(&[b' '; 1001], None, date(2026, 3, 2), &small).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::TooLarge);
    let few = Limits { rows: 10, ..Limits::default() };
    let cases: String = (0..20).map(case).collect();
    assert_eq!(
        read(list(&cases).as_bytes(), None, date(2026, 3, 2), &few).unwrap_err().kind,
        RefusalKind::TooLarge
    );
}

#[test]
fn eight_hundred_cases_are_all_read() {
    let cases: String = (0..800).map(case).collect();
    let found = take(list(&cases).as_bytes()).unwrap();
    assert_eq!((found.listings.len(), found.rows_seen), (800, 800));
}

#[test]
fn other_kinds_of_file_are_named() {
    for (bytes, word) in [
        (&b"PK\x03\x04\x14\x00..xl/worksheets/sheet1.xml"[..], "Excel"),
        (b"PK\x03\x04\x14\x00..list.xml", "ZIP"),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", "PDF"),
        (b"\x1F\x8B\x08\x00\x00\x00\x00\x00", "gzip"),
    ] {
        assert!(refused(bytes, RefusalKind::WrongKindOfFile).what.contains(word));
    }
    refused(b"<!DOCTYPE html>\n<html><body><h1>503</h1></body></html>", RefusalKind::ErrorMessage);
    refused(b"<html lang=\"en\"><head><title>Sign in</title></head></html>", RefusalKind::ErrorMessage);
    refused(b"", RefusalKind::Empty);
    refused(b"\xEF\xBB\xBF  \r\n ", RefusalKind::Empty);
    refused(b"<?xml version=\"1.0\"?><catalogue><book/></catalogue>", RefusalKind::UnknownFormat);
    refused(b"Dear clerk, the list is attached.\nKind regards", RefusalKind::UnknownFormat);
    refused(b"[1, 2, 3]", RefusalKind::UnknownFormat);
    refused(b"{}", RefusalKind::UnknownFormat);
}

#[test]
fn error_answers_and_pointers_are_not_lists() {
    let fault = "<soap:Envelope xmlns:soap='x'><soap:Body><soap:Fault><soap:Reason><soap:Text>Not today</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>";
    assert!(refused(fault.as_bytes(), RefusalKind::ErrorMessage).what.contains("Not today"));
    refused(br#"{"status":404,"error":"Not Found","path":"/hearing"}"#, RefusalKind::ErrorMessage);
    let pointer =
        r#"["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"b","s3Key":"k"}]"#;
    refused(pointer.as_bytes(), RefusalKind::Pointer);
    let wrapped = serde_json::json!({"Type": "Notification", "Message": pointer}).to_string();
    refused(wrapped.as_bytes(), RefusalKind::Pointer);
}

#[test]
fn a_case_with_broken_markup_does_not_cost_its_neighbours() {
    let broken = [
        "<case><c_id>5</c_id><caseno>5</caseno><def_name>Mr A & B < C TESTER</def_name></case>",
        "<case><c_id>5</c_id><caseno>5</caseno><def_name>Mr Open TESTER</case>",
        "<case><c_id>5</c_id><caseno>5</caseno><def_name>Mr Never TESTER</def_name>",
        "<case><c_id>5</c_id><caseno>5</caseno></def_type><def_name>Mr Stray TESTER</def_name></case>",
        "<case><c_id a=\"unclosed>5</c_id><caseno>5</caseno><def_name>Mr Quote TESTER</def_name></case>",
        "<case><c_id>5</c_id><![CDATA[never closed <caseno>5</caseno></case>",
        "<case><c_id>5</c_id><caseno>5</caseno><def_name>Mr Comment TESTER</def_name><!-- never closed </case>",
    ];
    for case_text in broken {
        let text = list(&format!("{}{}{case_text}{}{}", case(1), case(2), case(3), case(4)));
        let found = take(text.as_bytes()).unwrap();
        let numbers: Vec<&str> =
            found.listings.iter().filter_map(|listing| listing.case_no.as_deref()).collect();
        for number in [1, 2, 3, 4] {
            assert!(
                numbers.contains(&format!("26{number:08}").as_str()),
                "{case_text}: {numbers:?} {:?}",
                found.notes
            );
        }
        assert!(!found.notes.is_empty(), "{case_text}");
    }
}

#[test]
fn a_damaged_list_never_takes_anybody_off() {
    let text = list(&format!("{}{}{}", case(1), case(2), case(3)));
    assert_eq!(take(text.as_bytes()).unwrap().covers.len(), 1);
    let cut = take(&text.as_bytes()[..text.find("26000000").unwrap() + 300]).unwrap();
    assert!(cut.covers.is_empty() && !cut.listings.is_empty());
    assert!(cut.notes.iter().any(|note| note.what.contains("cut short")));
}

#[test]
fn text_after_the_list_is_left_out_with_a_note() {
    let found = take(format!("{}\n\ngarbage after the list", list(&case(1))).as_bytes()).unwrap();
    assert_eq!(found.listings.len(), 1);
    assert!(found.notes.iter().any(|note| note.what.contains("after the end")));
    let hearing = format!("{}\n}}}} garbage", sample("hearing-review.json"));
    assert_eq!(take(hearing.as_bytes()).unwrap().listings.len(), 1);
}

#[test]
fn any_namespace_or_none_reads_the_same() {
    let plain = list(&case(1));
    let want = take(plain.as_bytes()).unwrap().listings;
    let prefixed = plain.replace("</", "</x:").replace('<', "<x:").replace("<x:/x:", "</x:");
    assert_eq!(take(prefixed.as_bytes()).unwrap().listings, want);
    let other =
        plain.replace("<ExternalDocumentRequest>", "<ExternalDocumentRequest xmlns=\"urn:something:else\">");
    assert_eq!(take(other.as_bytes()).unwrap().listings, want);
}

#[test]
fn a_later_version_of_a_list_keeps_the_identity_of_a_case() {
    let before = take(list(&case(1)).as_bytes()).unwrap();
    let moved = list("<case><c_id>1</c_id><h_id>99</h_id><caseno>2600000001</caseno><def_name>Mr Noah TESTER</def_name><cseq>7</cseq></case>")
        .replace("<room>01</room>", "<room>04</room>");
    let after = take(moved.as_bytes()).unwrap();
    assert_eq!(before.listings[0].source_key, after.listings[0].source_key);
    assert!(!after.covers[0].includes(&before.listings[0]), "a list of room 4 says nothing of room 1");
}

#[test]
fn two_defendants_of_one_case_are_two_rows_even_under_one_id() {
    let two = "<case><c_id>1</c_id><caseno>7</caseno><def_name>Ann TESTER</def_name></case>\
               <case><c_id>1</c_id><caseno>7</caseno><def_name>Bo PRETEND</def_name></case>";
    let found = take(list(two).as_bytes()).unwrap();
    assert_eq!(found.listings.len(), 2);
    assert_ne!(found.listings[0].source_key, found.listings[1].source_key);
}

#[test]
fn no_key_refusal_skip_or_note_holds_a_name_or_birth_date() {
    for name in
        ["libra-csci.xml", "libra-soap.xml", "hearing-resulted-sns.json", "escort-flat.json", "list.csv"]
    {
        let found = take(sample(name).as_bytes()).unwrap();
        let mut said: Vec<String> = found.listings.iter().map(|listing| listing.source_key.clone()).collect();
        said.extend(found.escort_records.iter().map(|record| record.source_key.clone()));
        said.extend(found.skips.iter().map(|skip| format!("{} {}", skip.what, skip.why)));
        said.extend(found.notes.iter().map(|note| note.what.clone()));
        let said = said.join("\n").to_lowercase();
        for word in ["madeup", "fiction", "pretend", "parked", "1988", "04/05"] {
            assert!(!said.contains(word), "{name}: {word} in {said}");
        }
    }
}

#[test]
fn a_bad_template_row_is_skipped_and_the_rest_are_read() {
    let text = format!(
        "{}\nB01ND,,02/03/2026,10:00,1,1,2600000001,,Tester,Ann,1/2/90,,F,,,,,custody\nB01ND,,never,10:00,1,2,2600000002,,Tester,Bo\n",
        intake::LIST_TEMPLATE_HEADER
    );
    let found = take(text.as_bytes()).unwrap();
    assert_eq!((found.format, found.listings.len(), found.skips.len()), (Format::ListCsv, 1, 1));
    assert_eq!(found.listings[0].custody, Custody::Custody);
    assert_eq!(found.listings[0].kind, ListedKind::Person);
    assert!(found.covers.is_empty());
}

#[test]
fn a_csv_with_an_unclosed_quotation_mark_keeps_its_other_rows() {
    let text = "Court code,Date,Surname,Forename,Offence\nB01ND,02/03/2026,Tester,Ann,\"never closed\nB01ND,02/03/2026,Pretend,Bo,Affray\n";
    let found = take(text.as_bytes()).unwrap();
    assert_eq!(found.listings.len(), 2);
}

#[test]
fn tabs_semicolons_and_windows_1252_are_all_csv() {
    for delimiter in ["\t", ";", "|"] {
        let text = ["Court code", "Date", "Surname", "Forename\nB01ND", "2 Mar 2026", "Testér", "Ann\n"]
            .join(delimiter);
        let windows: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let found = take(&windows).unwrap();
        assert_eq!(found.listings[0].person.name.surname.as_deref(), Some("Testér"), "{delimiter}");
    }
}

#[test]
fn a_list_without_a_date_column_is_refused_with_the_column_to_add() {
    let refusal =
        refused(b"Court,Case number,Surname,Forename\nTestbury,1,Tester,Ann\n", RefusalKind::UnknownFormat);
    assert!(refusal.advice.unwrap().contains("Date"));
}

#[test]
fn what_spreadsheets_do_to_cells_is_undone_or_said() {
    let text = "sep=;\nCourt;Date;Case number;Name\nThames (B01ND00);02/03/2026;\"=\"\"0012345678\"\"\";Ann TESTER\n\
                B01ND;02/03/2026;2,6E+09;Bo TESTER\nB01ND;02/03/2026;2.6E+09;Cy TESTER\n";
    let found = take(text.as_bytes()).unwrap();
    assert_eq!(found.listings[0].court_code.as_deref(), Some("B01ND"));
    assert_eq!(found.listings[0].case_no.as_deref(), Some("0012345678"));
    assert!(found.notes.iter().any(|note| note.what.contains("spreadsheet")));
}

#[test]
fn of_several_hearings_in_a_file_a_broken_one_is_left_out() {
    let good = sample("hearing-review.json");
    let text = format!("[{good}, {{\"Message\": \"{{broken\"}}, {{\"nothing\": 1}}]");
    let found = take(text.as_bytes()).unwrap();
    assert_eq!((found.listings.len(), found.skips.len()), (1, 3), "{:?}", found.skips);
    let lines = format!("{}\n{}", good.replace('\n', " "), good.replace('\n', " "));
    let twice = take(lines.as_bytes()).unwrap();
    assert_eq!(twice.listings.len(), 1, "two messages about one hearing are one hearing");
    assert!(twice.skips[0].why.contains("later message"));
    let other = good.replace("AAAAAAAA", "BBBBBBBB").replace('\n', " ");
    assert_eq!(take(format!("{}\n{other}", good.replace('\n', " ")).as_bytes()).unwrap().listings.len(), 2);
    let wrapped = format!("{{\"hearings\": [{good}]}}");
    assert_eq!(take(wrapped.as_bytes()).unwrap().listings.len(), 1);
    let records = format!("{{\"exported\": \"today\", \"records\": {}}}", sample("escort-flat.json"));
    assert_eq!(take(records.as_bytes()).unwrap().escort_records.len(), 1);
}

#[test]
fn results_on_linked_cases_are_read_and_those_of_nobody_are_noted() {
    let hearing = r#"{"hearing": {"id": "h", "courtCentre": {"code": "B01ND00"}, "hearingDays": [{"sittingDay": "2026-03-02T10:00:00Z"}],
        "courtApplications": [{"id": "a", "subject": {"masterDefendant": {"masterDefendantId": "m", "personDefendant": {"personDetails": {"lastName": "TESTER"}}}},
            "courtApplicationCases": [{"offences": [{"id": "o", "judicialResults": [{"cjsCode": "1116", "label": "Community order"}]}]}],
            "courtOrder": {"courtOrderOffences": [{"offence": {"id": "p", "judicialResults": [{"cjsCode": "3108"}]}}, {"offence": null}]}}],
        "defendantJudicialResults": [{"masterDefendantId": "somebody-else", "judicialResult": {"cjsCode": "4600"}}]}}"#;
    let found = take(hearing.as_bytes()).unwrap();
    let codes: Vec<_> =
        found.listings[0].results.iter().filter_map(|result| result.code.as_deref()).collect();
    assert_eq!(codes, ["1116", "3108"]);
    assert!(
        found.notes.iter().any(|note| note.what.starts_with("Results left out: 1.")),
        "{:?}",
        found.notes
    );
}

#[test]
fn the_file_name_is_the_last_resort_for_the_court() {
    let text = list(&case(1))
        .replace("<source_file_name>5_02032026_2574_B01ND00_ADULT_COURT_LIST_DAILY</source_file_name>", "");
    let name = "/drop/5_02032026_2574_B01ND00_ADULT_COURT_LIST_DAILY.xml";
    let hinted = read(text.as_bytes(), Some(name), date(2026, 3, 2), &Limits::default()).unwrap();
    assert_eq!(hinted.listings[0].court_code.as_deref(), Some("B01ND"));
    assert_eq!(take(text.as_bytes()).unwrap().listings[0].court_code, None);
}

#[test]
fn a_late_list_adds_and_never_takes_off() {
    let text = list(&case(1)).replace("<job>", "<job><late>Y</late>");
    let found = take(text.as_bytes()).unwrap();
    assert!(found.covers.is_empty() && found.listings.len() == 1);
}

#[test]
fn a_small_hearing_cannot_fill_the_memory() {
    let days: Vec<String> =
        (1..=28).map(|day| format!("{{\"sittingDay\":\"2026-03-{day:02}T10:00:00Z\"}}")).collect();
    let text = sample("hearing-review.json")
        .replace("{\"sittingDay\": \"2026-07-01T09:00:00.000Z\", \"isCancelled\": true}", &days.join(","));
    assert_eq!(take(text.as_bytes()).unwrap().listings.len(), 29);
    let small = Limits { bytes: 4 * 1024, ..Limits::default() };
    let refusal = read(text.as_bytes(), None, date(2026, 3, 2), &small).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::TooLarge);
}
