//! An invented service.

pub mod lists;
pub mod people;
pub mod service;
