//! The policy language: text of a `.promise` file → [`Policy`], or every mistake in it at once, in words.
//!
//! ```text
//! text ──parse──▶ tree ──lower──▶ clauses, checked ──▶ Policy
//!                          ▲ vocabulary: the one table of what may be said
//! ```
//!
//! An error is what cannot be understood: a word nobody knows or one in the wrong block, a date or amount that is
//! none, a name that names nothing or is declared twice, a brand without a promise. Whatever else a policy lacks is a
//! finding about it, and the business of rules.

pub mod error;
pub mod format;
pub mod load;
mod lower;
pub mod model;
pub mod parse;
pub mod prose;
pub mod reference;
pub mod vocabulary;

pub use error::{Mistake, PolicyError, PolicyErrors};
pub use format::format;
pub use model::*;
