//! A document, its policy and the rules → what there is to say about it. Document by document, in parallel, with the
//! same result in the same order each time.

use crate::document::{Format, Kind};
use crate::figures::Figures;
use crate::finding::Finding;
use serde::Serialize;

/// A document, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The document, as it is shown to people.
    pub name: String,
    /// How it was read.
    pub format: Format,
    /// What it is for.
    pub kind: Kind,
    /// Names of the touchpoints it is about as a whole.
    pub touchpoints: Vec<String>,
    /// Where it is used.
    pub site: Option<String>,
    /// Who is in charge of it.
    pub owner: Option<String>,
    /// The policy it was held against, as it is shown to people.
    pub policy: Option<String>,
    /// What there is to say, in order.
    pub findings: Vec<Finding>,
    /// What the two numbers are made of.
    pub figures: Figures,
    /// What is kept well, the best first.
    pub kept: Vec<Kept>,
    /// Headings of sections at no touchpoint, where the policy has touchpoints.
    pub nowhere: Vec<String>,
}

/// A sentence worth keeping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What is good about it.
    pub what: Keep,
    /// The sentence.
    pub text: String,
    /// The document, as it is shown to people.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
}

/// What is worth keeping about a sentence, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// It says what the customer gets, feels, knows or can do.
    Outcome,
    /// It leaves room.
    Room,
    /// It tells what happened.
    Story,
}
