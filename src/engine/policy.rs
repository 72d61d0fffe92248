//! A policy and its settings → what there is to say about them, before any document is read.

use super::Run;
use crate::config::{self, Config, FailOn, RuleLevel, Setting};
use crate::finding::{Finding, Level};
use crate::lint::Linter;
use crate::source::Source;
use crate::triage;
use jiff::civil::{Date, date};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A policy to be judged, and the settings that hold where it lies.
#[derive(Clone, Debug)]
pub struct PolicyJob {
    /// The policy, and the rules it is judged with.
    pub linter: Arc<Linter>,
    /// The settings.
    pub config: Arc<Config>,
    /// Whether the settings are judged with it: of policies that share them, with the first.
    pub judges_settings: bool,
}

/// A policy, judged.
#[derive(Clone, Debug)]
pub struct CheckedPolicy {
    /// The policy's file, as it is shown to people.
    pub name: String,
    /// What there is to say, file by file: a policy may include others, and its settings are judged with it.
    pub findings: Vec<Finding>,
    /// The settings that hold where it lies.
    pub config: Arc<Config>,
    /// How many findings are known from a baseline, and left out.
    pub known: usize,
    /// From which level on a finding ends the run with exit code 1.
    pub fail_on: FailOn,
    /// Whether one of them ends the run with exit code 1.
    pub fails: bool,
    /// What it leaves open without being found wanting, each a sentence.
    pub questions: Vec<String>,
}

impl CheckedPolicy {
    /// Says anew whether a finding ends the run with exit code 1, after some were left out.
    pub fn judge(&mut self) {
        self.fails = self.findings.iter().any(|f| self.fail_on.holds(f.level));
    }

    /// The findings of each file, the policy's own first, even where it has none.
    pub fn files(&self) -> Vec<(&str, &[Finding])> {
        let mut files: Vec<(&str, &[Finding])> = self
            .findings
            .chunk_by(|a, b| a.source.name() == b.source.name())
            .map(|f| (f[0].source.name(), f))
            .collect();
        match files.iter().position(|(name, _)| *name == self.name) {
            Some(own) => files[..=own].rotate_right(1),
            None => files.insert(0, (&self.name, &[])),
        }
        files
    }
}

/// The rule about settings.
const RULE: &str = "open-ended-exception";

impl Run {
    /// Judges a policy; `None` where it was not asked for.
    pub fn policy(&self, job: &PolicyJob) -> Option<CheckedPolicy> {
        let policy = job.linter.policy().filter(|_| self.only.wants_policies())?;
        let mut findings = job.linter.check_policy(self.today);
        if job.judges_settings {
            findings.extend(settings(&job.linter, &job.config, self.today));
        }
        findings.retain(|finding| self.only.wants_rule(finding));
        let set = |finding| triage::set(finding, &job.config, self.today);
        let findings: Vec<Finding> = findings.into_iter().filter_map(set).collect();
        let fail_on = self.fail_on.or(job.config.fail_on.as_ref().map(|s| s.value)).unwrap_or_default();
        Some(CheckedPolicy {
            name: policy.sources.first().map_or_else(String::new, |s| s.name().to_owned()),
            fails: findings.iter().any(|f| fail_on.holds(f.level)),
            known: 0,
            config: job.config.clone(),
            questions: job.linter.policy_questions(),
            findings,
            fail_on,
        })
    }
}

/// Rules that are off without a reason, off for good, or were off until a day that has passed.
fn settings(linter: &Linter, config: &Config, today: Date) -> Vec<Finding> {
    let Some(source) = &config.source else { return Vec::new() };
    let Some(rule) = linter.rules().named(RULE) else { return Vec::new() };
    let said = |(name, Setting { value, span }): (&String, &Setting<RuleLevel>)| {
        let RuleLevel { level, because, until } = value;
        let (level, message) = match (level, because, until) {
            (_, _, Some(day)) if *day < today => {
                (rule.level, format!("this held until {day}; `{name}` counts as it did before"))
            }
            (None, None, _) => (rule.level, format!("`{name}` is off, and nothing says why")),
            (None, Some(_), None) => {
                (Level::Consider, format!("`{name}` is off for good: no `until` ends it"))
            }
            _ => return None,
        };
        Some(Finding {
            rule: rule.id.clone(),
            group: rule.group,
            level,
            title: rule.title.clone(),
            message,
            why: rule.why.clone(),
            instead: rule.instead.clone(),
            source: source.clone(),
            span: *span,
            parts: Vec::new(),
            place: None,
            heading_path: vec!["levels".to_owned()],
            related: Vec::new(),
            also: Vec::new(),
            sentences: vec![format!("{name} = off")],
        })
    };
    config.levels.iter().filter_map(said).collect()
}

/// Where a rule about settings speaks in a small `loosetight.toml`: spans of the text.
///
/// # Errors
/// A text that is no such file, in words.
pub(super) fn fits_settings(linter: &Linter, rule: &str, text: &str) -> Result<Vec<Range<usize>>, String> {
    let source = Source::new(config::FILE, text);
    let config = config::read_text(&source, Path::new("")).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("the example cannot be read: {}", said.join("; "))
    })?;
    let found = settings(linter, &config, date(2026, 11, 21));
    Ok(found.into_iter().filter(|f| f.rule == rule).map(|f| f.span.range()).collect())
}
