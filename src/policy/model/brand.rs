//! The brand: whose promise it is, to whom, and what customers take for granted.

use super::{Dated, Interval, Place, Reading, Remarks, Text};
use serde::Serialize;

/// `brand "Harbor Hotels" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brand {
    /// Its name.
    pub name: Text,
    /// `promise "…"`.
    pub promise: Text,
    /// `for "…"`: whom the promise is made to.
    #[serde(rename = "for")]
    pub for_whom: Option<Text>,
    /// `unlike "…"`.
    pub unlike: Option<Text>,
    /// `expects "…"`: what customers take for granted.
    pub expects: Vec<Expectation>,
    /// `values "…"`: what brings customers back or makes them tell others.
    pub values: Vec<Value>,
    /// The policy's own words for customers.
    pub customers: Vec<Text>,
    /// The policy's own words for the people who serve them.
    pub staff: Vec<Text>,
    /// `when in doubt "…"`.
    pub when_in_doubt: Option<Text>,
    /// `reviewed DATE`.
    pub reviewed: Option<Dated>,
    /// `review every 6 months`.
    pub review: Option<Interval>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `brand` to the end of its name.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `expects "…" met 61% on 2026-08-31 source "…"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expectation {
    /// What customers take for granted.
    pub text: Text,
    /// What share of them say they get it.
    pub met: Option<Reading>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// The whole line.
    pub place: Place,
}

/// `values "…" drives retention`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// What customers value.
    pub text: Text,
    /// What it drives; empty where nothing is said.
    pub drives: Vec<Drive>,
    /// The whole line.
    pub place: Place,
}

/// What a value drives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drive {
    /// Customers come back.
    Retention,
    /// Customers tell others.
    Advocacy,
    /// Customers believe us.
    Trust,
}
