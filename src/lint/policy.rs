//! A policy → what is to be said about it: where it is loose although it should be tight, tight although it should be
//! loose, or old.
//!
//! What cannot be understood is an error and was told when the policy was read. Everything here is a finding with a
//! place in the `.promise` file. The texts are in `rules/policy.toml`, the words looked for in `rules/policy-words.toml`.

mod boundaries;
mod disagree;
mod empower;
pub(super) mod example;
mod guidelines;
mod journey;
mod names;
mod outcomes;
mod promise;
pub(super) mod records;
mod review;
mod said;
pub mod steps;
mod together;
pub(super) mod words;

use super::{Linter, Seen};
use crate::finding::{Finding, Level, Related};
use crate::policy::{Name, Place, Policy};
use crate::source::{Source, Span};
use jiff::civil::Date;
use words::Words;

/// A policy and what it is judged with.
struct Scene<'a> {
    linter: &'a Linter,
    policy: &'a Policy,
    words: &'static Words,
    today: Date,
}

/// Something to be said about a policy, before it is worded.
struct Flaw {
    rule: &'static str,
    place: Place,
    /// The block it is about ("outcome made-right"); empty for the brand.
    block: String,
    /// What to say in place of the rule's own message.
    message: Option<String>,
    /// The level, where the rule's own does not fit.
    level: Option<Level>,
    related: Vec<(Place, String)>,
}

impl Flaw {
    fn at(rule: &'static str, place: Place) -> Flaw {
        Flaw { rule, place, block: String::new(), message: None, level: None, related: Vec::new() }
    }

    /// At the name of a block: `outcome made-right`.
    fn of(rule: &'static str, word: &str, head: Place, name: &Name) -> Flaw {
        Flaw::at(rule, named(head, name)).within(word, name)
    }

    fn within(mut self, word: &str, name: &Name) -> Flaw {
        self.block = format!("{word} {}", name.text);
        self
    }

    fn saying(mut self, message: impl Into<String>) -> Flaw {
        self.message = Some(message.into());
        self
    }

    fn level(mut self, level: Level) -> Flaw {
        self.level = Some(level);
        self
    }

    fn and(mut self, place: Place, label: impl Into<String>) -> Flaw {
        self.related.push((place, label.into()));
        self
    }
}

/// From a block's first word to the end of its name.
fn named(head: Place, name: &Name) -> Place {
    Place { span: Span { start: head.span.start, end: name.place.span.end }, ..head }
}

/// What there is to say about a policy, in order.
pub(super) fn find(linter: &Linter, policy: &Policy, today: Date) -> Vec<Finding> {
    let scene = Scene { linter, policy, words: Words::builtin(), today };
    let mut flaws = Vec::new();
    promise::find(&scene, &mut flaws);
    outcomes::find(&scene, &mut flaws);
    journey::find(&scene, &mut flaws);
    guidelines::find(&scene, &mut flaws);
    boundaries::find(&scene, &mut flaws);
    empower::find(&scene, &mut flaws);
    review::find(&scene, &mut flaws);
    names::find(&scene, &mut flaws);
    records::find(&scene, &mut flaws);
    let mut findings: Vec<Finding> = flaws.into_iter().filter_map(|flaw| scene.word(flaw)).collect();
    findings.sort_by(|a, b| a.key().cmp(&b.key()));
    findings
}

/// What a policy's documents lack when all are looked at together, in order.
pub(super) fn find_together(
    linter: &Linter,
    policy: &Policy,
    seen: &Seen,
    today: Date,
    open: &dyn Fn(&str) -> Option<Source>,
) -> Vec<Finding> {
    let scene = Scene { linter, policy, words: Words::builtin(), today };
    let mut flaws = Vec::new();
    together::find(&scene, seen, &mut flaws);
    let mut findings: Vec<Finding> = flaws.into_iter().filter_map(|flaw| scene.word(flaw)).collect();
    findings.extend(disagree::find(&scene, seen, open));
    findings.sort_by(|a, b| a.key().cmp(&b.key()));
    findings
}

/// Questions a policy leaves open, that are no findings; each a sentence.
pub(super) fn questions(policy: &Policy) -> Vec<String> {
    let mut asked = Vec::new();
    let name = policy.sources.first().map_or("the policy", |s| s.name());
    if policy.first.is_empty() && policy.outcomes.len() > 1 {
        asked.push(format!("{name}: which outcome goes first when two conflict? A line `first …` says it"));
    }
    if policy.brand.when_in_doubt.is_none() && !policy.outcomes.is_empty() {
        asked.push(format!(
            "{name}: what should anybody do who finds no answer here? A line `when in doubt \"…\"` says it"
        ));
    }
    asked.extend(records::questions(policy));
    asked
}

impl Scene<'_> {
    /// A flaw in words; `None` where the rule is not heard at this sensitivity.
    fn word(&self, flaw: Flaw) -> Option<Finding> {
        let rule = self.linter.rules.named(flaw.rule)?;
        if rule.sensitivity > self.linter.sensitivity {
            return None;
        }
        let related = |(place, label): (Place, String)| Related {
            source: self.policy.source(place).clone(),
            span: place.span,
            label,
        };
        Some(Finding {
            rule: rule.id.clone(),
            group: rule.group,
            level: flaw.level.unwrap_or(rule.level),
            title: rule.title.clone(),
            message: flaw.message.unwrap_or_else(|| rule.message.clone()),
            why: rule.why.clone(),
            instead: rule.instead.clone(),
            source: self.policy.source(flaw.place).clone(),
            span: flaw.place.span,
            parts: Vec::new(),
            place: None,
            heading_path: if flaw.block.is_empty() { Vec::new() } else { vec![flaw.block] },
            related: flaw.related.into_iter().map(related).collect(),
            also: Vec::new(),
            sentences: vec![promise::one_line(self.policy.slice(flaw.place))],
        })
    }
}
