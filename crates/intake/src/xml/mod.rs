//! XML as courts send it: read as a stream, by local names only, never trusting a schema, never expanding an entity, and
//! forgiving tags that do not match so that one bad case does not cost a list.

mod node;
mod walk;

pub(crate) use node::Node;
pub(crate) use walk::{Piece, Trouble, walk};
