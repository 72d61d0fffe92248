//! A policy and its settings → what there is to say about them, before any document is read.

use super::Run;
use crate::assign::assign;
use crate::config::{self, Config, FailOn, RuleLevel};
use crate::document::{self, Format, Limits};
use crate::finding::{Finding, Level};
use crate::lint::{Linter, Seen, Setting};
use crate::policy::Policy;
use crate::rule::Sensitivity;
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
    /// Whether it was come across in a folder that was walked, so that its documents are there to be looked at
    /// together.
    pub whole: bool,
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
    /// Whether something was said about it before: what its documents lack together comes after them.
    pub told_before: bool,
    /// What it leaves open without being found wanting, each a sentence.
    pub questions: Vec<String>,
}

impl Run {
    /// Says what the documents of a policy lack when all of them are looked at together.
    pub fn together(
        &self,
        job: &PolicyJob,
        seen: &Seen,
        open: &dyn Fn(&str) -> Option<Source>,
    ) -> Option<CheckedPolicy> {
        let policy = job.linter.policy().filter(|_| self.only.wants_policies())?;
        let mut findings = job.linter.check_together(seen, self.today, open);
        findings.retain(|finding| self.only.wants_rule(finding));
        let set = |finding| triage::set(finding, &job.config, self.today);
        let findings: Vec<Finding> = findings.into_iter().filter_map(set).collect();
        let fail_on = self.fail_on.or(job.config.fail_on.as_ref().map(|s| s.value)).unwrap_or_default();
        Some(CheckedPolicy {
            name: policy.sources.first().map_or_else(String::new, |s| s.name().to_owned()),
            fails: findings.iter().any(|f| fail_on.holds(f.level)),
            known: 0,
            config: job.config.clone(),
            told_before: true,
            questions: Vec::new(),
            findings,
            fail_on,
        })
    }
}

/// Where a rule about documents together speaks in a small set of files: spans of the text.
///
/// # Errors
/// A policy that cannot be read, or none, in words.
pub(super) fn fits_together(rule: &str, text: &str) -> Result<Vec<Range<usize>>, String> {
    let mut files: Vec<(&str, usize, &str)> = Vec::new();
    let starts: Vec<usize> = text
        .match_indices("=== ")
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || text[..*at].ends_with('\n'))
        .collect();
    for (i, start) in starts.iter().enumerate() {
        let part = &text[*start..starts.get(i + 1).copied().unwrap_or(text.len())];
        let (name, body) = part.split_once('\n').unwrap_or((part, ""));
        files.push((name[4..].trim(), text.len() - text[*start + name.len() + 1..].len(), body));
    }
    let policy =
        files.iter().find(|(name, ..)| name.ends_with(".promise")).ok_or("the example has no policy")?;
    let (read, _) =
        Policy::parse(Source::new(policy.0, policy.2)).map_err(|e| format!("{}: {e}", policy.0))?;
    let linter =
        Linter::new(Some(Arc::new(read)), Vec::new(), Sensitivity::Everything).map_err(|e| e.to_string())?;
    let mut seen = Seen::default();
    let mut sources: Vec<Source> = Vec::new();
    for (name, _, body) in files.iter().filter(|file| file.0 != policy.0) {
        let document =
            document::read_as(name, *body, Format::Markdown, Limits::default()).map_err(|e| e.to_string())?;
        let assignment = assign(&document, Path::new(name), &Config::default(), linter.policy());
        let reading = linter.read(&document);
        let setting = Setting { kind: assignment.kind.value, sections: &assignment.sections };
        let (_, excused) =
            linter.check_covered(&document, &reading, setting, &linter.cover(&document, &reading));
        sources.push(document.source.clone());
        seen.add(name, &linter.facts(&document, &reading, setting, excused));
    }
    let found = linter.check_together(&seen, date(2026, 11, 21), &|name| {
        sources.iter().find(|s| s.name() == name).cloned()
    });
    let mut spans = Vec::new();
    for finding in found.iter().filter(|f| f.rule == rule) {
        let file = files.iter().find(|(name, ..)| *name == finding.source.name());
        let start = file.map_or(0, |(_, at, _)| *at);
        spans.push(start + finding.span.start as usize..start + finding.span.end as usize);
    }
    Ok(spans)
}

impl CheckedPolicy {
    /// Says anew whether a finding ends the run with exit code 1, after some were left out.
    pub fn judge(&mut self) {
        self.fails = self.findings.iter().any(|f| self.fail_on.holds(f.level));
    }

    /// The findings of each file, the policy's own first; the first time it is told of, even where it has none.
    pub fn files(&self) -> Vec<(&str, &[Finding])> {
        let mut files: Vec<(&str, &[Finding])> = self
            .findings
            .chunk_by(|a, b| a.source.name() == b.source.name())
            .map(|f| (f[0].source.name(), f))
            .collect();
        match files.iter().position(|(name, _)| *name == self.name) {
            Some(own) => files[..=own].rotate_right(1),
            None if self.told_before => {}
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
            told_before: false,
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
    let said = |(name, config::Setting { value, span }): (&String, &config::Setting<RuleLevel>)| {
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
