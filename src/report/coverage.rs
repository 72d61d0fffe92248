//! Answers of sections for outcomes, standards and hallmarks → a matrix for people, a table for spreadsheets and wikis,
//! JSON for programs, or the evidence for one cell.

mod challenge;
mod json;
mod show;
mod table;
mod why;

pub use challenge::Challenge;
pub use json::Json;
pub use table::{csv, markdown};
pub use why::Why;

use crate::coverage::{Answer, Particular};
use crate::engine::{Covered, Evidence};
use crate::policy::{At, Measure, OutcomeId, Policy, TouchpointId};
use std::sync::Arc;

/// Touchpoint × what is held tight, over all documents of a policy.
#[derive(Clone, Debug)]
pub struct Matrix {
    policy: Arc<Policy>,
    /// One row a touchpoint, in journey order.
    rows: Vec<Row>,
    documents: usize,
}

#[derive(Clone, Debug, Default)]
struct Row {
    /// How many sections are about it.
    sections: usize,
    /// The best answer of any of them: one an outcome.
    outcomes: Vec<Option<Best>>,
    /// One a standard or hallmark.
    particulars: Vec<Option<Best>>,
}

/// The best answer of a touchpoint's sections, and where it was found.
#[derive(Clone, Debug)]
struct Best {
    answer: Answer,
    score: f32,
    document: String,
    evidence: Option<Evidence>,
}

/// What a column of the matrix is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tight {
    /// An outcome.
    Outcome(OutcomeId),
    /// A standard or hallmark, and its place in the list of them.
    Particular(Particular, usize),
}

impl Tight {
    fn kind(self) -> &'static str {
        match self {
            Tight::Outcome(_) => "outcome",
            Tight::Particular(particular, _) => particular.kind(),
        }
    }

    fn name(self, policy: &Policy) -> &str {
        match self {
            Tight::Outcome(id) => &policy.outcome(id).name.text,
            Tight::Particular(particular, _) => particular.name(policy),
        }
    }

    fn at(self, policy: &Policy) -> &At {
        match self {
            Tight::Outcome(id) => &policy.outcome(id).at,
            Tight::Particular(particular, _) => particular.at(policy),
        }
    }

    fn measures(self, policy: &Policy) -> &[Measure] {
        match self {
            Tight::Outcome(id) => &policy.outcome(id).measures,
            Tight::Particular(particular, _) => particular.measures(policy),
        }
    }
}

/// A cell that is due.
struct Cell<'a> {
    touchpoint: TouchpointId,
    tight: Tight,
    answer: Answer,
    best: Option<&'a Best>,
}

impl Matrix {
    /// An empty matrix for a policy.
    pub fn of(policy: Arc<Policy>) -> Self {
        let row = Row {
            sections: 0,
            outcomes: vec![None; policy.outcomes.len()],
            particulars: vec![None; Particular::all(&policy).count()],
        };
        Matrix { rows: vec![row; policy.touchpoints.len()], policy, documents: 0 }
    }

    /// Whether it is for this policy.
    pub fn is_of(&self, policy: &Arc<Policy>) -> bool {
        Arc::ptr_eq(&self.policy, policy)
    }

    /// Counts a document in.
    pub fn count(&mut self, covered: &Covered) {
        self.documents += 1;
        for section in &covered.sections {
            for id in &section.touchpoints {
                let Some(row) = self.rows.get_mut(id.0) else { continue };
                row.sections += 1;
                for (best, o) in row.outcomes.iter_mut().zip(&section.outcomes) {
                    take(best, o.answer, o.score, o.evidence.as_ref(), &covered.name);
                }
                for (best, p) in row.particulars.iter_mut().zip(&section.particulars) {
                    take(best, p.answer, p.score, p.evidence.as_ref(), &covered.name);
                }
            }
        }
    }

    /// What is due at a touchpoint and how it stands: `None` where it is not due.
    fn cell(&self, touchpoint: TouchpointId, tight: Tight) -> Option<Cell<'_>> {
        let row = &self.rows[touchpoint.0];
        let best = match tight {
            Tight::Outcome(id) => &row.outcomes[id.0],
            Tight::Particular(_, i) => &row.particulars[i],
        };
        let best = best.as_ref();
        let answer = best.map_or(Answer::Not, |b| b.answer);
        tight.at(&self.policy).includes(touchpoint).then_some(Cell { touchpoint, tight, answer, best })
    }

    fn answer(&self, touchpoint: TouchpointId, outcome: OutcomeId) -> Option<Answer> {
        self.cell(touchpoint, Tight::Outcome(outcome)).map(|cell| cell.answer)
    }

    /// What is held tight: outcomes, then standards, then hallmarks.
    fn tight(&self) -> impl Iterator<Item = Tight> + use<> {
        self.policy.outcome_ids().map(Tight::Outcome).chain(self.particulars())
    }

    fn particulars(&self) -> impl Iterator<Item = Tight> + use<> {
        Particular::all(&self.policy).zip(0..).map(|(particular, i)| Tight::Particular(particular, i))
    }

    /// All that is due, touchpoint by touchpoint.
    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        let touchpoints = self.policy.touchpoint_ids();
        touchpoints.flat_map(move |id| self.tight().filter_map(move |tight| self.cell(id, tight)))
    }

    fn name(&self) -> &str {
        self.policy.sources.first().map_or("", |s| s.name())
    }
}

/// Keeps the better of two answers; of two that are alike, the first.
fn take(best: &mut Option<Best>, answer: Answer, score: f32, evidence: Option<&Evidence>, document: &str) {
    if best.as_ref().is_none_or(|b| (answer, score) > (b.answer, b.score)) {
        *best = Some(Best { answer, score, document: document.to_owned(), evidence: evidence.cloned() });
    }
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Covered => "covered",
        Answer::Weakly => "weakly covered",
        Answer::Not => "missing",
    }
}
