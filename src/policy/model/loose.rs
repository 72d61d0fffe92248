//! What is left loose: guidelines, and what people may decide alone.

use super::{At, Name, OutcomeRef, Place, Remarks, Text};
use serde::Serialize;

/// `guideline own-the-ask "Whoever hears the request keeps hold of it" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guideline {
    /// Its name.
    pub name: Name,
    /// What it says.
    pub title: Text,
    /// The outcomes it serves.
    pub serves: Vec<OutcomeRef>,
    /// Where.
    pub at: At,
    /// Things to try.
    #[serde(rename = "try")]
    pub tries: Vec<Text>,
    /// What is theirs to decide.
    pub decide: Option<Text>,
    /// Phrases of the old way.
    pub instead_of: Vec<Text>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `guideline` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `empower hosts "Everyone who wears a name badge" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Empowerment {
    /// Its name: a role or any group.
    pub name: Name,
    /// Who they are.
    pub title: Text,
    /// Up to how much they decide alone.
    pub spends: Vec<Spend>,
    /// What they may do.
    pub may: Vec<Text>,
    /// `without approval`, and where that is said.
    pub without_approval: Option<Place>,
    /// When they ask first.
    pub ask_first: Vec<Text>,
    /// Whom they tell, and when.
    pub tell: Vec<Tell>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `empower` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `may spend up to 250 EUR per stay to "put something right"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spend {
    /// Up to how much.
    pub limit: Limit,
    /// Per what (`stay`, `case`, or the writer's own words).
    pub per: Option<Text>,
    /// What for.
    pub to: Option<Text>,
    /// The whole line.
    pub place: Place,
}

/// Up to how much somebody decides alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// `250 EUR`.
    Money(Money),
    /// `10% of the bill`: percent.
    ShareOfBill(f64),
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Money {
    /// How much, in whole units of the currency; two decimals at most.
    pub amount: f64,
    /// ISO 4217 code (`EUR`), whichever way it was written.
    pub currency: String,
}

/// `tell "the duty manager" by "the end of the shift"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tell {
    /// Whom.
    pub whom: Text,
    /// By when, or how.
    pub by: Option<Text>,
    /// The whole line.
    pub place: Place,
}
