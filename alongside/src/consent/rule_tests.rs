//! The rule's properties, and the cases that made it what it is.
