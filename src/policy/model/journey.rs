//! The ways customers go: journeys, their stages, and the touchpoints where customer and brand meet.

use super::{Dated, Name, Place, Remarks, Text, TouchpointId};
use serde::Serialize;

/// `journey "A stay with us" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Journey {
    /// What it is called.
    pub title: Text,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `journey` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `stage arriving "I am tired and I want to stop being in transit" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// Its name.
    pub name: Name,
    /// What the customer would say there.
    pub title: Text,
    /// Its touchpoints, in order.
    pub touchpoints: Vec<TouchpointId>,
    /// When somebody went the way of a customer.
    pub walked: Vec<Walk>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `stage` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `walked 2026-07-11 by "Front of House lead" noticed "…"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Walk {
    /// When.
    pub on: Dated,
    /// By whom.
    pub by: Option<Text>,
    /// What they noticed.
    pub noticed: Option<Text>,
    /// The whole line.
    pub place: Place,
}

/// `touchpoint arrival "From the pavement to the door of the room" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Touchpoint {
    /// Its name.
    pub name: Name,
    /// What happens there.
    pub title: Text,
    /// Other words and headings for it.
    pub also: Vec<Text>,
    /// How much depends on the person there.
    pub manner: Manner,
    /// `moment of truth`, and where that is said.
    pub moment_of_truth: Option<Place>,
    /// `differentiate`: here the brand means to be unlike others; where that is said.
    pub differentiate: Option<Place>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `touchpoint` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// How much at a touchpoint depends on the person there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// `routine`: simple and often the same.
    Routine,
    /// Neither is said.
    #[default]
    Ordinary,
    /// `personal`: different with each customer.
    Personal,
}
