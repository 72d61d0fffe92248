//! A policy as plain data: what lowering turns a `.promise` file into, complete and resolved.
//!
//! Nothing in here still needs looking up: a reference holds the id of what it names and the place where it is
//! written. Every node knows its [`Place`], and the policy keeps the [`Source`]s its places refer to, so that a
//! finding can point at the clause that makes it one.

mod backstage;
mod brand;
mod journey;
mod loose;
mod progress;
mod tight;
mod value;

pub use backstage::*;
pub use brand::*;
pub use journey::*;
pub use loose::*;
pub use progress::Progress;
pub use tight::*;
pub use value::*;

use crate::source::Source;
use serde::{Serialize, Serializer};

/// A whole policy: what is held tight, what is left loose, and what makes it possible.
#[derive(Clone, Debug, Serialize)]
pub struct Policy {
    /// The texts its places refer to; the first is the file that was asked for, then what it includes and extends.
    #[serde(serialize_with = "names")]
    pub sources: Vec<Source>,
    /// Whom the promise comes from, and the promise.
    pub brand: Brand,
    /// The ways customers go, in their own order.
    pub journeys: Vec<Journey>,
    /// Every touchpoint of every journey, in reading order; [`Stage::touchpoints`] says where each belongs.
    pub touchpoints: Vec<Touchpoint>,
    /// What every customer gets.
    pub outcomes: Vec<Outcome>,
    /// Which outcome goes first when two conflict; need not name them all; empty where nothing is said.
    pub first: Vec<OutcomeRef>,
    /// Designed details customers notice.
    pub hallmarks: Vec<Hallmark>,
    /// Commitments about what the customer gets.
    pub standards: Vec<Standard>,
    /// What is tight on purpose.
    pub boundaries: Vec<Boundary>,
    /// How people get there, theirs to decide.
    pub guidelines: Vec<Guideline>,
    /// What people may decide alone, and up to where.
    pub empowerments: Vec<Empowerment>,
    /// What makes it possible behind the stage.
    pub supports: Vec<Support>,
    /// Who knows what.
    pub roles: Vec<Role>,
    /// How people are chosen, taught, praised and kept in line with the promise.
    pub culture: Option<Culture>,
    /// Action-learning cycles.
    pub experiments: Vec<Experiment>,
    /// Customer experiences worth passing on.
    pub memories: Vec<Memory>,
    /// Employees' decisions as teachable moments.
    pub decisions: Vec<Decision>,
    /// The `tight`, `loose` and `backstage` blocks themselves, in order: their places, owners and reasons.
    pub sections: Vec<Section>,
    /// What this policy declares anew although the one it extends has it already.
    pub overrides: Vec<Override>,
}

impl Policy {
    /// The text a place refers to.
    pub fn source(&self, place: Place) -> &Source {
        &self.sources[place.source as usize]
    }

    /// What is written at a place.
    pub fn slice(&self, place: Place) -> &str {
        self.source(place).slice(place.span)
    }

    /// A touchpoint by its id.
    pub fn touchpoint(&self, id: TouchpointId) -> &Touchpoint {
        &self.touchpoints[id.0]
    }

    /// An outcome by its id.
    pub fn outcome(&self, id: OutcomeId) -> &Outcome {
        &self.outcomes[id.0]
    }

    /// An experiment by its id.
    pub fn experiment(&self, id: ExperimentId) -> &Experiment {
        &self.experiments[id.0]
    }

    /// The touchpoint called `name` (case does not matter).
    pub fn touchpoint_named(&self, name: &str) -> Option<TouchpointId> {
        self.touchpoints.iter().position(|t| t.name.text.eq_ignore_ascii_case(name)).map(TouchpointId)
    }

    /// The outcome called `name` (case does not matter).
    pub fn outcome_named(&self, name: &str) -> Option<OutcomeId> {
        self.outcomes.iter().position(|o| o.name.text.eq_ignore_ascii_case(name)).map(OutcomeId)
    }

    /// Ids of all touchpoints, in reading order.
    pub fn touchpoint_ids(&self) -> impl Iterator<Item = TouchpointId> + use<> {
        (0..self.touchpoints.len()).map(TouchpointId)
    }

    /// Ids of all outcomes, in the order they are declared.
    pub fn outcome_ids(&self) -> impl Iterator<Item = OutcomeId> + use<> {
        (0..self.outcomes.len()).map(OutcomeId)
    }

    /// The outcomes due at a touchpoint.
    pub fn outcomes_at(&self, touchpoint: TouchpointId) -> impl Iterator<Item = OutcomeId> {
        self.outcome_ids().filter(move |&id| self.outcome(id).at.includes(touchpoint))
    }

    /// The stage a touchpoint belongs to, and the stage's journey.
    pub fn stage_of(&self, touchpoint: TouchpointId) -> Option<(&Journey, &Stage)> {
        self.journeys
            .iter()
            .flat_map(|j| j.stages.iter().map(move |s| (j, s)))
            .find(|(_, s)| s.touchpoints.contains(&touchpoint))
    }
}

/// Sources are serialised as their names; the text is a file of its own.
fn names<S: Serializer>(sources: &[Source], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(sources.iter().map(Source::name))
}

/// One `tight`, `loose` or `backstage` block.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Which of the three.
    pub side: Side,
    /// The reason, stories and owner that stand in the block itself.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// The whole block.
    pub place: Place,
}

/// The three halves of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// What every customer gets, and what is done one way only.
    Tight,
    /// How people get there.
    Loose,
    /// What makes it possible.
    Backstage,
}

/// Something a policy declares anew although the policy it extends has it already. Allowed, and said aloud.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Override {
    /// The word of the language it is declared with (`outcome`, `promise`).
    pub word: String,
    /// Its name; empty for lines of the brand, which have none.
    pub name: String,
    /// The declaration that holds.
    pub place: Place,
    /// The one it replaces.
    pub replaced: Place,
}
