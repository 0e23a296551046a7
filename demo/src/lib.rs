//! An invented service.

pub mod people;
