//! A cell that is asked for × a document → section by section the sentence that comes closest.

use super::word;
use crate::coverage::Particular;
use crate::engine::Covered;
use crate::policy::Policy;
use crate::problem::Problem;
use std::io::{self, Write};
use std::sync::Arc;

/// The evidence for one cell: `recognised@arrival`, or for an outcome, standard or hallmark everywhere: `recognised`.
#[derive(Clone, Debug)]
pub struct Why {
    outcome: String,
    touchpoint: Option<String>,
}

impl Why {
    /// Reads what is asked for.
    ///
    /// # Errors
    /// A name that no policy declares.
    pub fn read(asked: &str, policies: &[Arc<Policy>]) -> Result<Why, Problem> {
        let (outcome, touchpoint) = match asked.split_once('@') {
            Some((outcome, touchpoint)) => (outcome.trim(), Some(touchpoint.trim())),
            None => (asked.trim(), None),
        };
        let unknown = |what: &str, name: &str, known: Vec<&str>| {
            Problem::new("coverage::unknown", format!("the policy has no {what} `{name}`"))
                .suggest(name, &known)
        };
        let beside = |p| Particular::all(p).map(move |which| which.name(p));
        let outcomes = |p: &'_ Arc<Policy>| p.outcome_named(outcome).is_some();
        if !policies.iter().any(|p| outcomes(p) || beside(p).any(|name| name == outcome)) {
            let all = |p| outcome_names(p).chain(beside(p));
            let known = policies.iter().flat_map(|p| all(p)).collect();
            return Err(unknown("outcome", outcome, known));
        }
        if let Some(name) = touchpoint.filter(|t| !policies.iter().any(|p| p.touchpoint_named(t).is_some())) {
            let known =
                policies.iter().flat_map(|p| p.touchpoints.iter().map(|t| t.name.text.as_str())).collect();
            return Err(unknown("touchpoint", name, known));
        }
        Ok(Why { outcome: outcome.to_owned(), touchpoint: touchpoint.map(str::to_owned) })
    }

    /// What a document holds for it: section by section, the sentence that comes closest.
    pub fn document(&self, covered: &Covered, to: &mut dyn Write) -> io::Result<()> {
        let Some(policy) = &covered.policy else { return Ok(()) };
        let outcome = policy.outcome_named(&self.outcome);
        let particular = Particular::all(policy).position(|which| which.name(policy) == self.outcome);
        let at = self.touchpoint.as_deref().map(|name| policy.touchpoint_named(name));
        for section in &covered.sections {
            let here = at.is_none_or(|at| at.is_some_and(|id| section.touchpoints.contains(&id)));
            let (answer, score, evidence) = match (outcome, particular) {
                _ if !here => continue,
                (Some(id), _) => match section.outcomes.get(id.0) {
                    Some(o) => (o.answer, o.score, &o.evidence),
                    None => continue,
                },
                (None, Some(i)) => match section.particulars.get(i) {
                    Some(p) => (p.answer, p.score, &p.evidence),
                    None => continue,
                },
                (None, None) => return Ok(()),
            };
            let heading =
                if section.heading.is_empty() { "before the first heading" } else { &section.heading };
            match evidence {
                Some(evidence) => writeln!(
                    to,
                    "{}:{}: {} ({:.2}) in “{heading}”\n  “{}”",
                    covered.name,
                    evidence.line,
                    word(answer),
                    score,
                    evidence.text
                )?,
                None => writeln!(
                    to,
                    "{}: {} in “{heading}”: no sentence speaks of it",
                    covered.name,
                    word(answer)
                )?,
            }
        }
        Ok(())
    }

    /// Whether a cell is asked for.
    pub(super) fn wants(&self, name: &str, touchpoint: &str) -> bool {
        self.outcome == name && self.touchpoint.as_deref().is_none_or(|t| t == touchpoint)
    }
}

fn outcome_names(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.outcomes.iter().map(|o| o.name.text.as_str())
}
