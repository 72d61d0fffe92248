//! Playbooks, SOPs, macros: bytes of a file → [`Document`] (blocks with exact places, ready to be read as language).
//!
//! One reader a format turns bytes into blocks; [`flatten`] keeps the map from the flat text back to the file, so
//! that spans are carried from byte to report and never searched for again.

pub mod flatten;
pub mod kind;
pub mod model;

pub use kind::Kind;
pub use model::*;
