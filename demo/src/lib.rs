//! An invented service.

pub mod people;
pub mod service;
