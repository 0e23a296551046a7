//! A service in a folder of its own, as a command line or a restored backup has it.

use super::lists::{case, libra};
use alongside::access::Permit;
use alongside::config::Config;
use alongside::exchange::{Again, Archive, read_import, receive};
use alongside::operate::{Kept, doctor, increment, run};
use alongside::service::{MIGRATIONS, open};
use std::fs;
use std::path::{Path, PathBuf};
use store::sql;

pub fn config_of(folder: &Path) -> Config {
    let data = folder.display().to_string();
    Config::load(|name| (name == "ALONGSIDE_DATA").then(|| data.clone())).unwrap()
}

/// A data folder with one list taken in.
pub fn filled(folder: &Path) -> Config {
    let config = config_of(folder);
    take_in(&config, 1);
    config
}

/// Takes in one more list of one person.
pub fn take_in(config: &Config, number: u32) {
    let permit = Permit::for_command_line(&open(config).unwrap());
    let list = libra("23/11/2026", "2026-11-23T07:30:00Z", &[case(number, "Ada", "EXAMPLE")]);
    let (name, archive) = (format!("{number}.xml"), Archive::of(config).unwrap());
    let received = receive(&permit, &archive, &name, &list, "test").unwrap();
    read_import(&permit, &archive, received.id, Again::No).unwrap();
}

/// A key as `age-keygen` writes it: the file, and the public half.
pub fn key(folder: &Path, name: &str) -> (PathBuf, String) {
    use age::secrecy::ExposeSecret as _;
    let key = age::x25519::Identity::generate();
    let path = folder.join(name);
    fs::write(&path, format!("# a comment\n{}\n", key.to_string().expose_secret())).unwrap();
    (path, key.to_public().to_string())
}

/// A service whose backups go to a folder, with the first one made.
pub fn backed_up(home: &Path, shelf: &Path, keys: Vec<String>) -> (Config, PathBuf) {
    let mut config = filled(home);
    config.backup.to = Some(shelf.to_owned());
    config.backup.keys = keys;
    let made = run(&config, &open(&config).unwrap(), shelf).unwrap();
    assert!(made.proven, "{made:?}");
    (config, made.place.into())
}

/// Makes an increment, which must hold something, and gives its place.
pub fn kept(config: &Config, shelf: &Path) -> PathBuf {
    match increment(config, &open(config).unwrap(), shelf).unwrap() {
        Kept::Increment { place, .. } => place,
        other => panic!("{other:?}"),
    }
}

pub fn listings(config: &Config) -> i64 {
    open(config).unwrap().read(|r| r.one(sql("SELECT COUNT(*) AS n FROM listing"), &[])?.get("n")).unwrap()
}

pub fn says(config: &Config, name: &str) -> (bool, String) {
    let found = doctor(config, MIGRATIONS).into_iter().find(|c| c.name == name).unwrap();
    (found.well, found.words)
}
