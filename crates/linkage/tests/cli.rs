//! The command line: files in, decisions out, exit codes that scripts can trust.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy only knows test functions")]
use std::path::PathBuf;
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("linkage-cli-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let register = "rec_id,forename,middle,surname,dob,sex,pnc\n\
        R1,Ibrahim,Tariq,Invented,1984-05-15,M,2003/0011985X\n\
        R2,\"Hodan\",,\"O'Invented\",1990-01-02,F,\n";
    let list = "surname,list_id,forename,dob,extra\n\
        Invented,L1,Ibrahm,15/05/1984,x\n\
        Nobody,L2,Claire,1961-12-30,\"y, z\"\n";
    std::fs::write(folder.join("register.csv"), register).unwrap();
    std::fs::write(folder.join("list.csv"), list).unwrap();
    std::fs::write(folder.join("truth.csv"), "list_id,rec_id\nL1,R1\n").unwrap();
    folder
}

fn linkage(folder: &PathBuf, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linkage")).current_dir(folder).args(args).output().unwrap()
}

const INPUTS: [&str; 4] = ["--register", "register.csv", "--list", "list.csv"];

#[test]
fn match_writes_a_line_for_every_candidate_and_one_for_a_row_without() {
    let folder = folder("match");
    let out = linkage(
        &folder,
        &[&["match"], &INPUTS[..], &["--out", "d.csv", "--stats", "--threads", "1"]].concat(),
    );
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let stats: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((stats["people"].as_u64(), stats["rows"].as_u64()), (Some(2), Some(2)));
    assert!(
        stats["read"]["cpu"].is_number()
            && stats["index"]["wall"].is_number()
            && stats["match"]["cpu"].is_number()
    );
    let lines = std::fs::read_to_string(folder.join("d.csv")).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines[0], "list_id,rec_id,weight,probability,band,rank");
    assert!(lines[1].starts_with("L1,R1,") && lines[1].ends_with(",1"), "{}", lines[1]);
    assert_eq!(lines[2], "L2,,,,none,");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_index_file_takes_the_registers_place_and_decides_the_same() {
    let folder = folder("index");
    assert!(linkage(&folder, &["index", "--register", "register.csv", "--out", "r.index"]).status.success());
    assert!(linkage(&folder, &[&["match"], &INPUTS[..], &["--out", "a.csv"]].concat()).status.success());
    let args = ["match", "--register", "r.index", "--list", "list.csv", "--out", "b.csv"];
    assert!(linkage(&folder, &args).status.success());
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("a.csv"), read("b.csv"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_trained_model_is_a_readable_file_that_match_takes() {
    let folder = folder("train");
    let train = [&["train"], &INPUTS[..], &["--truth", "truth.csv", "--out", "m.toml"]].concat();
    assert!(linkage(&folder, &train).status.success());
    assert!(std::fs::read_to_string(folder.join("m.toml")).unwrap().contains("+labels"));
    let evaluate =
        [&["evaluate"], &INPUTS[..], &["--truth", "truth.csv", "--model", "m.toml", "--json"]].concat();
    let out = linkage(&folder, &evaluate);
    let figures: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(figures["all"]["known"].as_u64(), Some(1));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn explain_shows_a_waterfall_and_errors_say_what_to_do() {
    let folder = folder("explain");
    let out = linkage(&folder, &[&["explain"], &INPUTS[..], &["--row", "L1"]].concat());
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(text.contains("before looking") && text.contains("IBRAHM | IBRAHIM"), "{text}");
    let missing =
        linkage(&folder, &["match", "--register", "none.csv", "--list", "list.csv", "--out", "d.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("none.csv can't be read"));
    assert_eq!(linkage(&folder, &["match"]).status.code(), Some(2));
    assert_eq!(linkage(&folder, &["--help"]).status.code(), Some(0));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Matches one list against one register, both given as bytes; the decisions' lines without the header, or the complaint.
fn decide(name: &str, register: &[u8], list: &[u8]) -> Result<Vec<String>, String> {
    let folder = folder(name);
    std::fs::write(folder.join("register.csv"), register).unwrap();
    std::fs::write(folder.join("list.csv"), list).unwrap();
    let out = linkage(&folder, &[&["match"], &INPUTS[..], &["--out", "d.csv"]].concat());
    let written = std::fs::read_to_string(folder.join("d.csv")).unwrap_or_default();
    std::fs::remove_dir_all(folder).unwrap();
    match out.status.code() {
        Some(0) => Ok(written.lines().skip(1).map(str::to_owned).collect()),
        Some(1) => Err(String::from_utf8_lossy(&out.stderr).into_owned()),
        other => panic!("it ended with {other:?}: {}", String::from_utf8_lossy(&out.stderr)),
    }
}

/// The ids of each line, as `list_id>rec_id`.
fn ids(lines: &[String]) -> Vec<String> {
    let id = |line: &String| {
        let parts: Vec<&str> = line.split(',').collect();
        format!("{}>{}", parts[0], parts[1])
    };
    lines.iter().map(id).collect()
}

const KNOWN: &[u8] = b"rec_id,forename,surname,dob\nR1,Zo\xC3\xAB,Inv\xC3\xA9nted,1990-02-28\n";

#[test]
fn whatever_wrote_the_file_its_rows_are_found() {
    for (name, list) in [
        ("bom", "\u{FEFF}list_id,forename,surname,dob\r\nL1,Zoë,Invénted,1990-02-28\r\n".as_bytes()),
        ("cp1252", b"list_id,forename,surname,dob\nL1,Zo\xEB,Inv\xE9nted,1990-02-28\n"),
        ("blank", "\n\r\nlist_id,forename,surname,dob\n\nL1,Zoë,Invénted,1990-02-28\n\n".as_bytes()),
        (
            "quotes",
            "\"list_id\",\"forename\",\"surname\",\"dob\"\n\"L1\",\"Zoë\",\"Invénted\",\"1990-02-28\""
                .as_bytes(),
        ),
        (
            "newline",
            "list_id,notes,forename,surname,dob\nL1,\"two\r\nlines, \"\"said\"\"\",Zoë,Invénted,1990-02-28\n"
                .as_bytes(),
        ),
        ("sign", "list_id,notes,forename,surname,dob\nL1,5\" nail,Zoë,Invénted,1990-02-28\n".as_bytes()),
        (
            "order",
            "DOB, Surname ,colour,FORENAME,list_id\n28/02/1990,Invénted,red,Zoë,L1,too,many\n".as_bytes(),
        ),
        ("twice", "list_id,forename,surname,dob,surname\nL1,Zoë,Invénted,1990-02-28,\n".as_bytes()),
    ] {
        assert_eq!(ids(&decide(name, KNOWN, list).unwrap()), ["L1>R1"], "{name}");
    }
}

#[test]
fn any_column_may_be_absent() {
    let list = b"list_id,forename,surname,dob\nL1,Zo\xEB,Inv\xE9nted,1990-02-28\n";
    for register in ["rec_id,pnc\nR1,2003/0011985X\n", "rec_id\nR1\n", "rec_id,forename,surname,dob\n"] {
        assert_eq!(decide("absent", register.as_bytes(), list).unwrap(), ["L1,,,,none,"], "{register}");
    }
    assert_eq!(decide("nothing", KNOWN, b"list_id\nL1\nL2\n").unwrap(), ["L1,,,,none,", "L2,,,,none,"]);
    assert_eq!(decide("norows", KNOWN, b"list_id,surname\n").unwrap(), Vec::<String>::new());
    // Without ids, rows are called by their number.
    let mut list = "forename,surname,dob\n".to_owned();
    list.push_str("Claire,Nobody,1961-12-30\nZoë,Invénted,1990-02-28\n");
    let register = "forename,surname,dob\nHodan,Another,1971-10-03\nZoë,Invénted,1990-02-28\n";
    assert_eq!(ids(&decide("noids", register.as_bytes(), list.as_bytes()).unwrap()), ["1>", "2>2"]);
}

#[test]
fn a_file_that_cannot_be_read_whole_is_refused_and_says_why() {
    for (name, list, words) in [
        ("empty", &b""[..], "is empty"),
        ("spaces", b"\n  \n", "is empty"),
        ("unknown", b"a,b,c\n1,2,3\n", "no column that is known"),
        ("semicolons", b"list_id;surname\nL1;Invented\n", "commas between"),
        ("utf16", b"\xFF\xFEl\0i\0s\0t\0_\0i\0d\0\n\0", "in UTF-8"),
        ("oldmac", b"list_id,surname\rL1,Invented\r", "line feeds"),
        ("open", b"list_id,surname\nL1,Invented\nL2,\"Invented\nL3,Invented\n", "row 2 never closes"),
    ] {
        let said = decide(name, KNOWN, list).unwrap_err();
        assert!(said.contains(words) && said.contains("list.csv"), "{name}: {said}");
    }
    let said = decide("register", b"", KNOWN).unwrap_err();
    assert!(said.contains("register.csv is empty"), "{said}");
}

#[test]
fn rows_of_one_id_are_decided_each_and_warned_of() {
    let folder = folder("twice");
    std::fs::write(
        folder.join("list.csv"),
        "list_id,forename,surname,dob\nL1,Ibrahim,Invented,1984-05-15\nL1,Claire,Nobody,1961-12-30\n",
    )
    .unwrap();
    let out = linkage(&folder, &[&["match"], &INPUTS[..], &["--out", "d.csv"]].concat());
    assert!(String::from_utf8_lossy(&out.stderr).contains("2 rows of the list have the id \"L1\""));
    assert_eq!(std::fs::read_to_string(folder.join("d.csv")).unwrap().lines().count(), 3);
    std::fs::remove_dir_all(folder).unwrap();
}
