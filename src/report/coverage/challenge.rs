//! Measures and coverage → the gap that is worth the next challenge of an experiment.
//!
//! A gap counts by how far the figure is from its target and by how little the documents speak to it where it is due;
//! both weigh alike, and what has no figure yet cannot be compared.

use super::{Matrix, Tight, word};
use crate::coverage::Answer;
use crate::policy::{Direction, Measure, Policy, Reading, Target, TouchpointId};
use serde::Serialize;

/// What is furthest from its target and least spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Challenge {
    tight: Tight,
    /// Which of its measures.
    measure: usize,
    /// The touchpoint where least speaks for it, and how much does.
    weakest: Option<(TouchpointId, Answer)>,
}

/// A challenge for programs.
#[derive(Debug, Serialize)]
pub(super) struct JsonChallenge<'a> {
    policy: &'a str,
    kind: &'static str,
    name: &'a str,
    measure: &'a str,
    question: &'a str,
    now: &'a str,
    target: &'a str,
    touchpoint: Option<&'a str>,
    answer: Option<Answer>,
}

impl Challenge {
    /// The one worth most; `None` where no figure misses its target.
    pub fn of(matrix: &Matrix) -> Option<Challenge> {
        let policy: &Policy = &matrix.policy;
        let mut first: Option<(f64, Challenge)> = None;
        for tight in matrix.tight() {
            let far = tight.measures(policy).iter().enumerate().filter_map(|(i, m)| Some((far(m)?, i)));
            // Of several measures the worst.
            let Some((far, measure)) = far.reduce(|a, b| if b.0 > a.0 { b } else { a }) else { continue };
            let due: Vec<(TouchpointId, Answer)> = policy
                .touchpoint_ids()
                .filter_map(|id| matrix.cell(id, tight).map(|cell| (id, cell.answer)))
                .collect();
            let silent: f64 = due.iter().map(|(_, answer)| silence(*answer)).sum();
            let worth = far + silent / due.len().max(1) as f64;
            let weakest = due.into_iter().reduce(|a, b| if b.1 < a.1 { b } else { a });
            if first.as_ref().is_none_or(|(most, _)| worth > *most) {
                first = Some((worth, Challenge { tight, measure, weakest }));
            }
        }
        first.map(|(_, challenge)| challenge)
    }

    /// In one sentence.
    pub(super) fn sentence(&self, matrix: &Matrix) -> String {
        let policy: &Policy = &matrix.policy;
        let name = self.tight.name(policy);
        let Some((measure, target, now)) = self.figures(policy) else { return name.to_owned() };
        let mut text = format!(
            "{name} is at {}, to be {}: “{}”",
            policy.slice(now.quantity.place),
            policy.slice(target.place),
            measure.question.text
        );
        if let Some((touchpoint, answer)) = self.weakest {
            let at = &policy.touchpoint(touchpoint).name.text;
            text += &match answer {
                Answer::Covered => "; the documents speak to it wherever it is due".to_owned(),
                _ => format!("; it is {} at {at}", word(answer)),
            };
        }
        text
    }

    pub(super) fn json<'a>(&self, matrix: &'a Matrix) -> Option<JsonChallenge<'a>> {
        let policy: &Policy = &matrix.policy;
        let (measure, target, now) = self.figures(policy)?;
        Some(JsonChallenge {
            policy: matrix.name(),
            kind: self.tight.kind(),
            name: self.tight.name(policy),
            measure: &measure.kind.text,
            question: &measure.question.text,
            now: policy.slice(now.quantity.place),
            target: policy.slice(target.place),
            touchpoint: self.weakest.map(|(id, _)| policy.touchpoint(id).name.text.as_str()),
            answer: self.weakest.map(|(_, answer)| answer),
        })
    }

    fn figures<'a>(&self, policy: &'a Policy) -> Option<(&'a Measure, &'a Target, &'a Reading)> {
        let measure = self.tight.measures(policy).get(self.measure)?;
        Some((measure, measure.target.as_ref()?, measure.now.as_ref()?))
    }
}

/// How far a figure is from its target, from 0 to 1; `None` where it is reached, or cannot be compared.
fn far(measure: &Measure) -> Option<f64> {
    let (target, now) = (measure.target.as_ref()?, measure.now.as_ref()?);
    if target.reached_by(&now.quantity)? {
        return None;
    }
    let (wanted, is) = (target.quantity.value, now.quantity.value);
    let share = match target.direction {
        Direction::AtLeast => is / wanted,
        Direction::AtMost => wanted / is,
    };
    Some(1.0 - share.clamp(0.0, 1.0))
}

/// What an answer leaves to be said.
fn silence(answer: Answer) -> f64 {
    match answer {
        Answer::Covered => 0.0,
        Answer::Weakly => 0.5,
        Answer::Not => 1.0,
    }
}
