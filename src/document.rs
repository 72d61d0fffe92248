//! Playbooks, SOPs, macros: bytes of a file → [`Document`] (blocks with exact places, ready to be read as language).
//!
//! One reader a format turns bytes into blocks; [`flatten`] keeps the map from the flat text back to the file, so
//! that spans are carried from byte to report and never searched for again.

pub mod flatten;
pub mod kind;
pub mod model;

mod asciidoc;
mod builder;
mod dialect;
mod docx;
mod extract;
mod fence;
mod front_matter;
mod html;
mod markdown;
mod markup;
mod mdx;
mod metadata;
mod office;
mod read;
mod replies;
mod rst;
mod sections;
mod text;
mod urls;
mod xlsx;

pub use kind::Kind;
pub use model::*;
pub use read::{Limits, ReadError, format_of, read, read_as};
