//! Rules and their examples → the examples they do not pass.
//!
//! A sentence is tried on the rule's patterns alone, as Markdown, as plain text and as a web page. A document, and a
//! sentence of a rule that is found by code, goes through the whole linter, held against a policy: the rule's own
//! or `rules/example.promise`.

use crate::assign::assign;
use crate::config::Config;
use crate::document::{self, Document, Format, Kind, Limits};
use crate::lint::{Linter, Setting};
use crate::policy::Policy;
use crate::rule::selftest::{self, Failure};
use crate::rule::{About, Rule, Sensitivity};
use crate::source::Source;
use crate::triage::settle::Settle;
use jiff::civil::{Date, date};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The policy examples are held against where their rule brings none.
pub const POLICY: &str = include_str!("../../rules/example.promise");

/// The day examples are read on, so that they say the same on every other.
const TODAY: Date = date(2026, 11, 21);

/// Runs the examples of rules; keeps the linters it needs from one rule to the next.
#[derive(Debug)]
pub struct Examples<'a> {
    /// For sentences: sees everything, holds no policy.
    linter: &'a Linter,
    /// Rules beside the built-in ones.
    packs: Vec<Rule>,
    /// By the text of a policy and the sensitivity.
    strict: HashMap<(String, Sensitivity), Result<Arc<Linter>, String>>,
}

impl<'a> Examples<'a> {
    /// For the rules of a linter, of which `packs` are those beside the built-in ones.
    pub fn new(linter: &'a Linter, packs: Vec<Rule>) -> Self {
        Examples { linter, packs, strict: HashMap::new() }
    }

    /// The examples a rule does not pass, each told once.
    pub fn failures(&mut self, rule: &Rule) -> Vec<Failure> {
        let mut all: Vec<Failure> = Vec::new();
        if rule.about != About::Documents {
            return self.policies(rule);
        }
        for format in [Format::Markdown, Format::Text, Format::Html] {
            for failure in self.sentences(rule, format) {
                if !all.contains(&failure) {
                    all.push(failure);
                }
            }
        }
        for example in &rule.documents {
            let (text, places) = selftest::unmarked(&example.text);
            let sensitivity = example.sensitivity.unwrap_or(rule.sensitivity);
            let problem = match self.linter(rule, sensitivity) {
                Ok(linter) => {
                    let found = checked(&linter, &rule.id, &text, Format::Markdown, example.kind);
                    selftest::problem(&text, &places, found)
                }
                Err(why) => Some(why),
            };
            all.extend(problem.map(|problem| selftest::failure(rule, example.text.trim(), problem)));
        }
        all
    }

    /// The examples of a rule about policies or settings.
    fn policies(&self, rule: &Rule) -> Vec<Failure> {
        let found = |linter: &Linter, text: &str, kind: Option<Kind>| match rule.about {
            About::Records if kind.is_some() => Ok(checked(linter, &rule.id, text, Format::Markdown, kind)),
            About::Together => super::policy::fits_together(&rule.id, text),
            About::Settings => super::policy::fits_settings(linter, &rule.id, text),
            _ => linter.fits_policy(&rule.id, text),
        };
        let examples = rule.documents.iter().filter_map(|example| {
            let (text, places) = selftest::unmarked(&example.text);
            let problem = match found(self.linter, &text, example.kind) {
                Ok(found) => selftest::problem(&text, &places, found),
                Err(why) => Some(why),
            };
            Some(selftest::failure(rule, example.text.trim(), problem?))
        });
        examples.collect()
    }

    fn sentences(&mut self, rule: &Rule, format: Format) -> Vec<Failure> {
        if rule.reads_sentences() {
            return selftest::run(rule, &|text| self.linter.fits(&rule.id, text, format));
        }
        let sentences = rule.bad.iter().chain(&rule.good);
        let linter = match self.linter(rule, rule.sensitivity) {
            Ok(linter) => linter,
            Err(why) => return sentences.map(|s| selftest::failure(rule, s, why.clone())).collect(),
        };
        selftest::run(rule, &|text| {
            let frame = if format == Format::Markdown { selftest::FRAME } else { "" };
            let found = checked(&linter, &rule.id, &format!("{frame}{text}\n"), format, None);
            found.into_iter().map(|r| r.start - frame.len()..r.end - frame.len()).collect()
        })
    }

    /// The linter that holds documents against the policy of a rule.
    fn linter(&mut self, rule: &Rule, sensitivity: Sensitivity) -> Result<Arc<Linter>, String> {
        let text = rule.policy.as_deref().unwrap_or(POLICY);
        let made = self.strict.entry((text.to_owned(), sensitivity)).or_insert_with(|| {
            let policy = match text.trim() {
                "" => None,
                _ => {
                    let read = Policy::parse(Source::new("example.promise", text));
                    let read = read.map_err(|e| format!("the rule's policy cannot be read: {e}"))?;
                    Some(Arc::new(read.0))
                }
            };
            let linter = Linter::new(policy, self.packs.clone(), sensitivity);
            linter.map(Arc::new).map_err(|e| e.to_string())
        });
        made.clone()
    }
}

/// Where a rule speaks in a document that is checked as any other is.
fn checked(linter: &Linter, rule: &str, text: &str, format: Format, kind: Option<Kind>) -> Vec<Range<usize>> {
    let read = document::read_as("example", text, format, Limits::default());
    let Ok(document): Result<Document, _> = read else { return Vec::new() };
    let assignment = assign(&document, Path::new("example"), &Config::default(), linter.policy());
    let kind = kind.unwrap_or(assignment.kind.value);
    let reading = linter.read(&document);
    let findings = linter.check(&document, &reading, Setting { kind, sections: &assignment.sections });
    let settle = Settle { document: &document, kind, rules: linter.rules(), today: TODAY };
    let settled = settle.run(findings, |rule| linter.speaks(rule));
    let all = settled.findings.iter().chain(&settled.about);
    all.filter(|f| f.rule == rule).map(|f| f.span.range()).collect()
}
