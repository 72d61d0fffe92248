//! What a run came to: counted while documents go by, told at its end.

use crate::engine::{Checked, CheckedPolicy, Kept};
use crate::figures::Figures;
use crate::finding::{Finding, Level};
use crate::policy::Policy;
use crate::problem::AnyProblem;
use crate::source::Span;
use crate::triage::allowance::{Allowance, Reach};
use crate::walk::NotRead;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many documents were checked.
    pub documents: usize,
    /// How many findings there are of each level.
    pub levels: BTreeMap<Level, usize>,
    /// How many findings there are of each rule.
    pub rules: BTreeMap<String, usize>,
    /// The document with most to mend: findings at the strictest level first.
    pub heaviest: Option<(String, [usize; 3])>,
    /// What the two numbers are made of.
    pub figures: Figures,
    /// The best that was found, so far at most one of each kind.
    pub kept: Vec<Kept>,
    /// How many findings are known from a baseline, and not told.
    pub known: usize,
    /// What is allowed where, in order.
    pub allowances: Vec<Granted>,
    /// What customers say about the outcomes, where the policy tells.
    pub measured: Vec<Measured>,
    /// The policies documents were held against.
    pub policies: Vec<String>,
    /// Documents no policy was found for.
    pub without_policy: usize,
    /// What was come across and not read.
    pub not_read: Vec<NotRead>,
    /// What is worth knowing about the policies.
    pub warnings: Vec<AnyProblem>,
    /// What went wrong.
    pub problems: Vec<AnyProblem>,
    /// Remarks about the run itself, each a sentence.
    pub notes: Vec<String>,
}

/// An allowance of a document, and what it came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Granted {
    /// The document, as it is shown to people.
    pub file: String,
    /// Its line, from 1; `None` in a format without lines.
    pub line: Option<u32>,
    /// The place in words where the format has no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where it stands, in bytes.
    pub span: Span,
    /// The rules it is about.
    pub rules: Vec<String>,
    /// Why.
    pub because: Option<String>,
    /// The last day it holds.
    pub until: Option<Date>,
    /// How much of the document it is about.
    pub reach: Reach,
    /// How many findings it allows.
    pub findings: usize,
    /// Whether its day is over.
    pub expired: bool,
}

impl Granted {
    /// Where it stands, as people write it.
    pub fn at(&self) -> String {
        match (self.line, &self.place) {
            (Some(line), _) => format!("{}:{line}", self.file),
            (None, Some(place)) => format!("{}, {place}", self.file),
            (None, None) => self.file.clone(),
        }
    }
}

/// What customers say about an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The outcome's name.
    pub outcome: String,
    /// What is asked or counted.
    pub question: String,
    /// Where it stands ("71%").
    pub now: String,
    /// What is aimed at ("at least 85%").
    pub aim: Option<String>,
}

impl Measured {
    /// What customers say about the outcomes of a policy: targets that are missed first, then in the policy's order.
    pub fn all(policy: &Policy) -> Vec<Measured> {
        let measures = policy.outcomes.iter().flat_map(|o| o.measures.iter().map(move |m| (o, m)));
        let read = measures.filter_map(|(outcome, measure)| Some((outcome, measure, measure.now.as_ref()?)));
        let mut read: Vec<_> = read.collect();
        // What is furthest from done first: a target that is missed.
        read.sort_by_key(|(_, measure, now)| {
            measure.target.as_ref().and_then(|t| t.reached_by(&now.quantity)) != Some(false)
        });
        let read = read.into_iter();
        read.map(|(outcome, measure, now)| Measured {
            outcome: outcome.name.text.clone(),
            question: measure.question.text.clone(),
            now: policy.slice(now.quantity.place).to_owned(),
            aim: measure.target.as_ref().map(|target| policy.slice(target.place).to_owned()),
        })
        .collect()
    }
}

impl Summary {
    /// Counts a document in.
    pub fn count(&mut self, checked: &Checked) {
        self.documents += 1;
        self.figures += checked.figures;
        self.known += checked.known;
        self.weigh(&checked.name, &checked.findings);
        self.allowances.extend(checked.allowances.iter().filter(|t| t.allowance.unclear.is_none()).map(
            |told| {
                let Allowance { rules, because, until, reach, span, .. } = &told.allowance;
                let source = checked.source.position(span.start);
                Granted {
                    file: checked.name.clone(),
                    line: told.place.is_none().then_some(source.line),
                    place: told.place.clone(),
                    span: *span,
                    rules: rules.clone(),
                    because: because.clone(),
                    until: *until,
                    reach: *reach,
                    findings: told.used,
                    expired: told.expired,
                }
            },
        ));
        for kept in &checked.kept {
            match self.kept.iter_mut().find(|known| known.what == kept.what) {
                Some(known) if kept.worth > known.worth => *known = kept.clone(),
                Some(_) => {}
                None => self.kept.push(kept.clone()),
            }
        }
        self.kept.sort_by_key(|kept| kept.what);
        self.notes.extend(checked.remarks.iter().cloned());
        match &checked.policy {
            Some(policy) if !self.policies.contains(policy) => self.policies.push(policy.clone()),
            Some(_) => {}
            None => self.without_policy += 1,
        }
    }

    /// Counts a policy in.
    pub fn count_policy(&mut self, checked: &CheckedPolicy) {
        self.known += checked.known;
        self.weigh(&checked.name, &checked.findings);
        self.notes.extend(checked.questions.iter().cloned());
    }

    fn weigh(&mut self, name: &str, findings: &[Finding]) {
        let mut weight = [0; 3];
        for finding in findings {
            *self.levels.entry(finding.level).or_default() += 1;
            *self.rules.entry(finding.rule.clone()).or_default() += 1;
            weight[2 - finding.level as usize] += 1;
        }
        if weight != [0; 3] && self.heaviest.as_ref().is_none_or(|(_, most)| weight > *most) {
            self.heaviest = Some((name.to_owned(), weight));
        }
    }

    /// How many findings there are of a level.
    pub fn of(&self, level: Level) -> usize {
        self.levels.get(&level).copied().unwrap_or(0)
    }

    /// How many findings are allowed.
    pub fn allowed(&self) -> usize {
        self.allowances.iter().map(|granted| granted.findings).sum()
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.levels.values().sum()
    }
}
