//! The policy language: text of a `.promise` file → [`Policy`], or every mistake in it at once, in words.

pub mod model;
pub mod parse;

pub use model::*;
