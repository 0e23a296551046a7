//! The house keeps its order: rooms use only rooms above them in `lib.rs`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rooms() -> Vec<String> {
    fs::read_to_string(src().join("lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned))
        .collect()
}

fn files(at: &Path, into: &mut Vec<PathBuf>) {
    if at.is_dir() {
        for entry in fs::read_dir(at).unwrap() {
            files(&entry.unwrap().path(), into);
        }
    } else if at.extension().is_some_and(|e| e == "rs") {
        into.push(at.to_owned());
    }
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let rooms = rooms();
    assert!(rooms.len() > 8, "{rooms:?}");
    let mut wrong = Vec::new();
    for (place, room) in rooms.iter().enumerate() {
        let mut sources = Vec::new();
        files(&src().join(room), &mut sources);
        files(&src().join(format!("{room}.rs")), &mut sources);
        // Tests of a room stand in files of their own and may look at the whole house.
        sources.retain(|path| path.exists() && !path.to_string_lossy().ends_with("tests.rs"));
        for path in sources {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for used in code.split("crate::").skip(1) {
                // `use crate::{a, b}` names several rooms.
                let names: Vec<&str> = match used.strip_prefix('{') {
                    Some(list) => list
                        .split('}')
                        .next()
                        .unwrap()
                        .split(',')
                        .map(|n| n.trim().split("::").next().unwrap())
                        .collect(),
                    None => vec![used.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap()],
                };
                for name in names {
                    if rooms.iter().position(|r| r == name).is_some_and(|at| at > place) {
                        wrong.push(format!("{} uses {name}, which stands below {room}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_outgrows_a_head() {
    let mut sources = Vec::new();
    files(&src(), &mut sources);
    let long: Vec<String> = sources
        .iter()
        .map(|path| (fs::read_to_string(path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > 400)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split these by purpose:\n{}", long.join("\n"));
}
