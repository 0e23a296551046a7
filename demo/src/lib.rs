//! An invented service.
