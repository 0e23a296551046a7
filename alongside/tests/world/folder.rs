//! A service in a folder of its own, as a command line or a restored backup has it.

use super::lists::{case, libra};
use alongside::access::Permit;
use alongside::config::Config;
use alongside::exchange::{Again, read_import, receive};
use alongside::service::open;
use std::path::Path;

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
    let name = format!("{number}.xml");
    let received = receive(&permit, &config.archive(), &name, &list, "test").unwrap();
    read_import(&permit, &config.archive(), received.id, Again::No).unwrap();
}
