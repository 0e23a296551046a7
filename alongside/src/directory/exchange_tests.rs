use super::*;

fn service() -> Service {
    let mut answers = Answers::default();
    for (key, value) in [
        ("name", "Harbour House"),
        ("what", "Rooms for six months"),
        ("sex", "women"),
        ("youngest", "18"),
        ("oldest", "65"),
        ("boroughs", "Camden, Islington"),
        ("outcodes", "N1, EC1A"),
        ("recipient", "housing"),
        ("email", "intake@harbour.example.org"),
        ("phone", "020 7946 0000"),
        ("web", "https://harbour.example.org"),
        ("address", "1 Nowhere Street, London"),
        ("hours", "Monday to Friday, 9 to 5"),
        ("reply-days", "3"),
        ("capacity", "free"),
        ("capacity-on", "2026-11-20"),
        ("waiting-weeks", "2"),
        ("waiting-on", "2026-11-20"),
        ("languages", "English, Welsh"),
        ("trauma-informed", "yes"),
        ("cost", "Nothing"),
        ("exclusion-words", "Nobody under a curfew"),
    ] {
        answers.set(key, value);
    }
    answers.set_all("needs", &["accommodation".into(), "money".into()]);
    answers.set_all("exclusions", &["arson".into(), "pets".into()]);
    answers.set_all("how", &["email".into()]);
    answers.set_all("access", &["step-free".into()]);
    Service {
        id: ServiceId::fresh(),
        version: 1,
        name: "Harbour House".into(),
        answers,
        changed_at: "2026-11-20T09:00:00Z".parse().unwrap(),
        changed_by: "Mo Manager".into(),
        source_key: None,
        projects: Vec::new(),
        said: Vec::new(),
        ended: None,
    }
}

#[test]
fn both_shapes_come_back_as_they_went() {
    let one = service();
    let csv = from_csv(&to_csv(std::slice::from_ref(&one)).unwrap());
    assert_eq!((csv.rows[0].answers.clone(), csv.skipped), (one.answers.clone(), Vec::new()));
    let json = from_hsds(&to_hsds(std::slice::from_ref(&one)).to_string());
    assert_eq!((json.rows[0].answers.clone(), json.skipped), (one.answers.clone(), Vec::new()));
    assert_eq!(json.rows[0].key, one.id.to_string());
}

#[test]
fn what_cannot_be_used_is_named_and_costs_nothing_else() {
    let read = from_csv(
        "name,youngest,needs,colour\nHarbour House,old,accommodation; flying,blue\n,18,,\nQuay,,,\n",
    );
    let names: Vec<&str> = read.rows.iter().map(|r| r.answers.value("name")).collect();
    assert_eq!(names, ["Harbour House", "Quay"]);
    assert_eq!(read.rows[0].answers.values("needs"), ["accommodation"]);
    let said = read.skipped.join("\n");
    for part in ["“colour”", "Line 2, Youngest age: “old”", "“flying”", "Line 3: no name"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for text in ["", "{", "[]", "\u{feff}id\n1\n"] {
        assert!(!from_csv(text).skipped.is_empty() || !from_hsds(text).skipped.is_empty());
    }
}

#[test]
fn a_page_of_an_api_is_read_with_its_ages_areas_and_addresses() {
    let read = from_hsds(
        r#"{"contents": [{"id": "s-1", "name": "Quay Advice", "status": "active", "minimum_age": 18.0,
            "service_areas": [{"name": "Camden"}, {"name": "NW1"}],
            "service_at_locations": [{"location": {"addresses": [{"address_1": "2 Nowhere Street", "city": "London", "postal_code": "ZZ1 1ZZ"}]}}]},
            {"id": "s-2", "name": "Closed", "status": "inactive"}]}"#,
    );
    assert_eq!(read.rows.len(), 1);
    let answers = &read.rows[0].answers;
    assert_eq!(answers.value("youngest"), "18");
    assert_eq!((answers.value("boroughs"), answers.value("outcodes")), ("Camden", "NW1"));
    assert_eq!(answers.value("address"), "2 Nowhere Street, London, ZZ1 1ZZ");
    assert_eq!(read.skipped, ["Service 2: not active, not taken"]);
}
