//! What is held tight: outcomes, hallmarks, standards and boundaries.

use super::{At, Dated, Interval, Measure, Name, OutcomeRef, Place, Remarks, Text};
use serde::Serialize;

/// `outcome recognised "Guests feel expected, not processed" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its name.
    pub name: Name,
    /// What the customer gets, feels, knows or can do.
    pub title: Text,
    /// Where it is due.
    pub at: At,
    /// How it feels.
    pub feels: Vec<Text>,
    /// Words or signs by which one would recognise it.
    pub signals: Vec<Text>,
    /// How one knows.
    pub measures: Vec<Measure>,
    /// Whom it is for, where that is not the brand's customer.
    pub customer: Option<Text>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `outcome` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `hallmark lit-window "A lamp is on in the room before the guest opens the door" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hallmark {
    /// Its name.
    pub name: Name,
    /// What customers notice.
    pub title: Text,
    /// Where.
    pub at: At,
    /// The outcomes it serves.
    pub serves: Vec<OutcomeRef>,
    /// What brings it about.
    pub by: Vec<Means>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `hallmark` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// What brings a hallmark about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// A thing.
    Product,
    /// A way of working.
    Process,
    /// What people do.
    Behaviour,
}

/// `standard call-back "Anyone who has to wait a minute is offered a call back" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standard {
    /// Its name.
    pub name: Name,
    /// What the customer gets.
    pub title: Text,
    /// Where.
    pub at: At,
    /// The outcomes it serves.
    pub serves: Vec<OutcomeRef>,
    /// How one knows.
    pub measures: Vec<Measure>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `standard` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `boundary allergens "We never guess about allergens" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Boundary {
    /// Its name.
    pub name: Name,
    /// What is tight.
    pub title: Text,
    /// What sort of duty it rests on; empty where nothing is said.
    pub kinds: Vec<BoundaryKind>,
    /// Where it holds; [`At::All`] where nothing is said.
    pub at: At,
    /// Phrases: a clause that holds one, at these touchpoints, may be tight.
    pub covers: Vec<Text>,
    /// What is to be done.
    #[serde(rename = "do")]
    pub to_do: Option<Text>,
    /// The only text that may be prescribed word for word.
    pub wording: Vec<Text>,
    /// Who requires it.
    pub authority: Option<Text>,
    /// With whom it was agreed, and when.
    pub agreed: Option<Agreement>,
    /// How often it is looked at again.
    pub review: Option<Interval>,
    /// The outcomes it protects.
    pub protects: Vec<OutcomeRef>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `boundary` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `agreed with "Compliance" 2026-05-20`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// With whom.
    pub with: Text,
    /// When.
    pub on: Option<Dated>,
    /// The whole line.
    pub place: Place,
}

/// What sort of duty a boundary rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the words say it themselves")]
pub enum BoundaryKind {
    Legal,
    Safety,
    Security,
    Privacy,
    Accessibility,
    Money,
    Ethics,
    Professional,
    /// Somebody else requires it.
    Contract,
}
