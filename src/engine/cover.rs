//! A document and the outcomes of its policy → the answer of every section for every outcome, with its evidence.

use super::{Job, Outcome, Run};
use crate::assign::assign;
use crate::coverage::{Answer, Covering, Particular, Spoken};
use crate::document::Document;
use crate::policy::{OutcomeId, Policy, TouchpointId};
use crate::source::Span;
use std::sync::Arc;

/// A document, held against outcomes.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The document, as it is shown to people.
    pub name: String,
    /// The policy; `None` where there is none, and then there are no answers.
    pub policy: Option<Arc<Policy>>,
    /// Its sections, in order.
    pub sections: Vec<SectionCovered>,
}

/// A section: its own text, from its heading to the next heading of any level.
#[derive(Clone, Debug)]
pub struct SectionCovered {
    /// The heading as it is read; empty before the first heading.
    pub heading: String,
    /// The heading's level; 0 before the first heading.
    pub depth: u8,
    /// Where.
    pub span: Span,
    /// The touchpoints it is about.
    pub touchpoints: Vec<TouchpointId>,
    /// One answer for every outcome of the policy, in the policy's order.
    pub outcomes: Vec<OutcomeCovered>,
    /// One answer for every standard and hallmark of the policy, in the order of [`Particular::all`].
    pub particulars: Vec<ParticularCovered>,
}

/// The answer of one section for one standard or hallmark.
#[derive(Clone, Debug)]
pub struct ParticularCovered {
    /// Which.
    pub particular: Particular,
    /// Whether it is due at one of the section's touchpoints.
    pub due: bool,
    /// The answer.
    pub answer: Answer,
    /// From 0 to 1.
    pub score: f32,
    /// The sentence that speaks for it most.
    pub evidence: Option<Evidence>,
}

/// The answer of one section for one outcome.
#[derive(Clone, Debug)]
pub struct OutcomeCovered {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Whether it is due at one of the section's touchpoints.
    pub due: bool,
    /// The answer.
    pub answer: Answer,
    /// From 0 to 1.
    pub score: f32,
    /// The sentence that speaks for it most.
    pub evidence: Option<Evidence>,
}

/// A sentence that counts as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
    /// Its words, white space folded.
    pub text: String,
}

/// Holds one document against the outcomes of its policy.
pub fn document(run: &Run, job: &Job) -> Outcome<Covered> {
    let document = run.read(job)?;
    let policy = job.linter.shared_policy();
    let assignment = assign(&document, &job.target.path, &job.target.config, policy.as_deref());
    if !run.only.wants(&assignment) {
        return Ok(None);
    }
    let reading = job.linter.read(&document);
    let mut answers = job.linter.cover(&document, &reading).into_iter();
    let mut beside = job.linter.cover_particulars(&document, &reading).into_iter();
    let sections = document.sections.iter().zip(assignment.sections).zip(0..);
    let sections = sections
        .map(|((section, touchpoints), i)| SectionCovered {
            heading: document.heading(i).to_owned(),
            depth: section.level,
            span: section.span,
            outcomes: answers
                .next()
                .unwrap_or_default()
                .into_iter()
                .map(|answer| outcome(answer, &document, policy.as_deref(), &touchpoints))
                .collect(),
            particulars: policy
                .iter()
                .flat_map(|policy| Particular::all(policy))
                .zip(beside.next().unwrap_or_default())
                .map(|(which, spoken)| particular(which, spoken, &document, policy.as_deref(), &touchpoints))
                .collect(),
            touchpoints,
        })
        .collect();
    Ok(Some(Covered { name: job.target.name.clone(), policy, sections }))
}

fn outcome(
    covering: Covering,
    document: &Document,
    policy: Option<&Policy>,
    at: &[TouchpointId],
) -> OutcomeCovered {
    let Covering { outcome, answer, score, evidence } = covering;
    let due = policy.is_some_and(|p| at.iter().any(|id| p.outcome(outcome).at.includes(*id)));
    OutcomeCovered { outcome, due, answer, score, evidence: evidence.map(|span| quoted(document, span)) }
}

fn particular(
    particular: Particular,
    spoken: Spoken,
    document: &Document,
    policy: Option<&Policy>,
    at: &[TouchpointId],
) -> ParticularCovered {
    let Spoken { answer, score, evidence } = spoken;
    let due = policy.is_some_and(|p| at.iter().any(|id| particular.at(p).includes(*id)));
    let evidence = evidence.map(|span| quoted(document, span));
    ParticularCovered { particular, due, answer, score, evidence }
}

fn quoted(document: &Document, span: Span) -> Evidence {
    Evidence {
        span,
        line: document.source.position(span.start).line,
        text: document.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
