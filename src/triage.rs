//! What rules saw → what counts here: levels after touchpoint and settings, and only what was asked for.
//!
//! A `routine` touchpoint or a `basics` document makes a finding one step milder, a `personal` touchpoint or a moment
//! of truth one step stricter: one step at most, and never off. What `[levels]` says comes after that and is final.

pub mod allowance;
pub mod changed;
pub mod insert;
pub mod settle;
pub mod shard;
#[cfg(test)]
mod tests;

use crate::assign::Assignment;
use crate::config::Config;
use crate::document::{Document, Kind};
use crate::finding::{Finding, Group, Level};
use crate::policy::{Manner, Policy, TouchpointId};
use crate::source::Span;
use jiff::civil::Date;

/// What a call asks for with `--only`. Several of a kind mean any of them; several kinds mean all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// Names of rules.
    pub rules: Vec<String>,
    /// Kinds of document.
    pub kinds: Vec<Kind>,
    /// Names of touchpoints.
    pub touchpoints: Vec<String>,
    /// Sites, in any case.
    pub sites: Vec<String>,
    /// Owners, in any case.
    pub owners: Vec<String>,
}

impl Only {
    /// Whether a document is asked for at all.
    pub fn wants(&self, assignment: &Assignment) -> bool {
        let among = |wanted: &[String], said: &Option<String>| {
            wanted.is_empty()
                || said.as_ref().is_some_and(|said| wanted.iter().any(|w| w.eq_ignore_ascii_case(said)))
        };
        (self.kinds.is_empty() || self.kinds.contains(&assignment.kind.value))
            && among(&self.sites, &assignment.site.value)
            && among(&self.owners, &assignment.owner.value)
    }

    /// Whether policies are asked for: they are of no kind, and at no touchpoint, site or owner.
    pub fn wants_policies(&self) -> bool {
        self.kinds.is_empty()
            && self.touchpoints.is_empty()
            && self.sites.is_empty()
            && self.owners.is_empty()
    }

    /// Whether a finding of this rule is asked for.
    pub fn wants_rule(&self, finding: &Finding) -> bool {
        let rule = |name: &String| *name == finding.rule || finding.also.contains(name);
        self.rules.is_empty() || self.rules.iter().any(rule)
    }

    /// Whether a finding of this rule at these touchpoints is asked for.
    fn wants_finding(&self, finding: &Finding, at: &[&str]) -> bool {
        self.wants_rule(finding)
            && (self.touchpoints.is_empty()
                || self.touchpoints.iter().any(|t| at.iter().any(|name| name.eq_ignore_ascii_case(t))))
    }
}

/// What decides about the findings of one document.
#[derive(Clone, Copy, Debug)]
pub struct Triage<'a> {
    /// The document.
    pub document: &'a Document,
    /// What it is.
    pub assignment: &'a Assignment,
    /// The policy it is held against.
    pub policy: Option<&'a Policy>,
    /// The settings that hold for it.
    pub config: &'a Config,
    /// What was asked for.
    pub only: &'a Only,
    /// The day of the run.
    pub today: Date,
}

impl Triage<'_> {
    /// Findings with the level they have here, those that do not count gone.
    pub fn run(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter_map(|finding| self.one(finding)).collect()
    }

    /// Whether a rule had a chance to speak: nothing was asked for that leaves it out, and it is not off.
    pub fn speaks(&self, rule: &crate::rule::Rule) -> bool {
        let off = self.config.levels.get(&rule.id).is_some_and(|setting| {
            setting.value.level.is_none() && setting.value.until.is_none_or(|day| day >= self.today)
        });
        let asked = self.only.rules.is_empty() || self.only.rules.contains(&rule.id);
        !off && asked && self.only.touchpoints.is_empty()
    }

    fn one(&self, mut finding: Finding) -> Option<Finding> {
        let at = self.touchpoints(finding.span);
        let names: Vec<&str> = self
            .policy
            .map(|p| at.iter().map(|id| p.touchpoint(*id).name.text.as_str()).collect())
            .unwrap_or_default();
        if !self.only.wants_finding(&finding, &names) {
            return None;
        }
        if matches!(finding.group, Group::OverScripting | Group::MissingOutcome) {
            finding.level = shifted(finding.level, self.assignment.kind.value, self.policy, at);
        }
        set(finding, self.config, self.today)
    }

    /// The touchpoints of the section a span begins in.
    fn touchpoints(&self, span: Span) -> &[TouchpointId] {
        let sections = &self.document.sections;
        let section = sections.partition_point(|s| s.span.start <= span.start).saturating_sub(1);
        self.assignment.sections.get(section).map_or(&[], Vec::as_slice)
    }
}

/// The level the settings give a finding on a day; `None` for off.
pub fn set(mut finding: Finding, config: &Config, today: Date) -> Option<Finding> {
    match config.levels.get(&finding.rule) {
        Some(setting) if setting.value.until.is_none_or(|day| day >= today) => {
            finding.level = setting.value.level?;
            Some(finding)
        }
        _ => Some(finding),
    }
}

/// A level, one step up or down for where and in what it was found. Of several touchpoints the strictest decides.
fn shifted(level: Level, kind: Kind, policy: Option<&Policy>, at: &[TouchpointId]) -> Level {
    let steps = at.iter().filter_map(|id| Some(step(policy?.touchpoint(*id))));
    let steps = steps.max().unwrap_or(0) - i32::from(kind == Kind::Basics);
    match steps.signum() {
        1 => level.stricter(),
        -1 => level.milder(),
        _ => level,
    }
}

/// One step stricter (1), milder (-1), or neither. A moment of truth is one however routine it is.
fn step(touchpoint: &crate::policy::Touchpoint) -> i32 {
    match touchpoint.manner {
        _ if touchpoint.moment_of_truth.is_some() => 1,
        Manner::Personal => 1,
        Manner::Routine => -1,
        Manner::Ordinary => 0,
    }
}
