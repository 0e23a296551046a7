//! Two voices, one day: what counts, where they differ, what is next.
#![allow(clippy::unwrap_used)]
