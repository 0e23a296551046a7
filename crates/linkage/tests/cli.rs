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
