//! Findings as people read them: the passage, what was seen in it, why it matters and what to write instead.
//!
//! Why and instead are said at the first finding of each rule and not again. The summary ends with the next step.

use super::excerpt::Excerpt;
use super::{Found, Granted, Look, Report, Summary};
use crate::engine::Checked;
use crate::finding::{Finding, Level, Related};
use crate::problem::listed;
use crate::source::Span;
use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};
use owo_colors::Style;
use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Display};
use std::io::{self, Write};

/// How many remarks the summary tells unless asked for all.
const NOTES: usize = 5;
/// How many parts of a run are shown one by one.
const PARTS: usize = 3;

/// The human format.
#[derive(Debug)]
pub struct Human {
    look: Look,
    /// Without summary and remarks.
    quiet: bool,
    /// With all there is to say.
    verbose: bool,
    /// Rules whose why and instead have been said.
    explained: HashSet<String>,
}

impl Human {
    /// The human format in this look.
    pub fn new(look: Look, quiet: bool, verbose: bool) -> Self {
        Human { look, quiet, verbose, explained: HashSet::new() }
    }
}

impl Report for Human {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        self.findings(found.findings, to)
    }

    fn document(&mut self, checked: &Checked, to: &mut dyn Write) -> io::Result<()> {
        self.findings(&checked.findings, to)?;
        if self.verbose && !checked.nowhere.is_empty() {
            let headings: Vec<_> = checked.nowhere.iter().map(|h| format!("“{h}”")).collect();
            let text =
                format!("{}: at no touchpoint, so nothing is due at {}", checked.name, listed(&headings));
            to.write_all(self.look.hanging("note", &text).as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        to.write_all(self.summary(summary).as_bytes())
    }
}

/// A mistake of the run's surroundings, as people read it.
pub fn problem(problem: &dyn Diagnostic, look: &Look) -> String {
    look.render(problem, true).unwrap_or_else(|_| format!("{problem}\n"))
}

impl Human {
    fn findings(&mut self, findings: &[Finding], to: &mut dyn Write) -> io::Result<()> {
        for finding in findings {
            let first = self.explained.insert(finding.rule.clone());
            let text = self.finding(finding, first || self.verbose).map_err(io::Error::other)?;
            to.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    fn finding(&self, finding: &Finding, explain: bool) -> Result<String, fmt::Error> {
        // Frame, line number and a space: what miette puts in front of a line.
        let width = if self.look.narrated { 2_000 } else { self.look.width.saturating_sub(12).max(24) };
        let view = View::of(finding, width);
        let mut text = self.look.render(&view, finding.place.is_none())?;
        trim_blank_end(&mut text);
        for words in view.excerpt.homeless() {
            text += &self.look.hanging("here", words);
        }
        if !finding.also.is_empty() {
            let see = if finding.also.len() == 1 { "sees" } else { "see" };
            text += &self.look.hanging("also", &format!("{} {see} the same place", listed(&finding.also)));
        }
        if explain {
            text += &self.look.hanging("why", &finding.why);
            for (i, instead) in finding.instead.iter().enumerate() {
                text += &self.look.hanging(if i == 0 { "instead" } else { "or" }, instead);
            }
        }
        for related in &finding.related {
            text += &self.look.render(&Second::of(related, width), true)?;
            trim_blank_end(&mut text);
        }
        text.push('\n');
        Ok(text)
    }

    fn summary(&self, summary: &Summary) -> String {
        let mut text = self.line();
        for kept in summary.kept.iter().take(1) {
            let said = format!("“{}” ({}:{})", kept.text.trim(), kept.file, kept.line);
            text += &self.look.hanging("Kept well", &said);
        }
        if !summary.policies.is_empty() {
            text += &self.look.hanging("Policy", &listed(&summary.policies));
        }
        text += &self.look.hanging("Documents", &documents(summary));
        if summary.documents > 0 || summary.findings() > 0 {
            let known = match summary.known {
                0 => String::new(),
                known => format!("; {known} known from the baseline"),
            };
            text += &self.look.hanging("Findings", &(self.levels(summary) + &known));
            text += &self.look.hanging("Numbers", &numbers(summary));
        }
        text += &self.allowed(summary);
        if let Some(measured) = summary.measured.first() {
            let aim = measured.aim.as_ref().map(|aim| format!("; the aim is {aim}")).unwrap_or_default();
            let said = format!("“{}”: {}{aim}", measured.question, measured.now);
            text += &self.look.hanging("Customers", &said);
        }
        let shown = if self.verbose { summary.notes.len() } else { NOTES };
        for note in summary.notes.iter().take(shown) {
            text += &self.look.hanging("Note", note);
        }
        if summary.notes.len() > shown {
            let more = summary.notes.len() - shown;
            text += &self.look.hanging("Note", &format!("{more} more like these; --verbose tells them all"));
        }
        text += &self.look.hanging("Next", &next(summary));
        text
    }

    /// What is allowed, and why: how many findings, then the reasons.
    fn allowed(&self, summary: &Summary) -> String {
        if summary.allowances.is_empty() {
            return String::new();
        }
        let (findings, reasons) = (summary.allowed(), summary.allowances.len());
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let mut text = self.look.hanging(
            "Allowed",
            &format!("{findings} finding{}, by {reasons} exception{}", s(findings), s(reasons)),
        );
        let shown = if self.verbose { reasons } else { NOTES };
        for granted in summary.allowances.iter().take(shown) {
            text += &self.look.hanging("by", &allowance(granted));
        }
        if reasons > shown {
            let more = format!("and {} more; --verbose tells them all", reasons - shown);
            text += &self.look.hanging("by", &more);
        }
        text
    }

    fn line(&self) -> String {
        match (self.look.narrated, self.look.unicode) {
            (true, _) => "Summary\n".to_owned(),
            (false, true) => "─".repeat(self.look.width.min(72)) + "\n",
            (false, false) => "-".repeat(self.look.width.min(72)) + "\n",
        }
    }

    fn levels(&self, summary: &Summary) -> String {
        let styles = [
            (Level::MustFix, Style::new().red()),
            (Level::ShouldFix, Style::new().yellow()),
            (Level::Consider, Style::new().cyan()),
        ];
        if summary.findings() == 0 {
            return "none".to_owned();
        }
        let counts: Vec<String> = styles
            .into_iter()
            .filter(|(level, _)| summary.of(*level) > 0)
            .map(|(level, style)| {
                let said = format!("{} {}", summary.of(level), level.words());
                self.look.style(style).style(said).to_string()
            })
            .collect();
        counts.join(if self.look.unicode && !self.look.narrated { " · " } else { ", " })
    }
}

/// Which documents the run was about, and which it was not.
pub(super) fn documents(summary: &Summary) -> String {
    let mut text = format!("{} checked", summary.documents);
    if !summary.not_read.is_empty() {
        let mut whys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for not_read in &summary.not_read {
            whys.entry(&not_read.why).or_default().push(&not_read.name);
        }
        let told: Vec<String> = whys
            .iter()
            .map(|(why, names)| match names.as_slice() {
                [one] => format!("{one} ({why})"),
                [first, rest @ ..] => format!("{first} and {} more ({why})", rest.len()),
                [] => String::new(),
            })
            .collect();
        text += &format!("; not read: {}", told.join(", "));
    }
    text
}

/// An allowance on one line: `verbatim-line at desk.md:12, until 2027-03-31: “prescribed by law”`.
pub(super) fn allowance(granted: &Granted) -> String {
    let until = match (granted.until, granted.expired) {
        (Some(day), true) => format!(", was until {day}"),
        (Some(day), false) => format!(", until {day}"),
        (None, _) => String::new(),
    };
    let because = granted.because.as_ref().map(|why| format!(": “{why}”")).unwrap_or_default();
    format!("{} at {}{until}{because}", listed(&granted.rules), granted.at())
}

/// The two numbers, never one without the other.
pub(super) fn numbers(summary: &Summary) -> String {
    let said = |number: Option<u32>| number.map_or("n/a".to_owned(), |n| n.to_string());
    format!(
        "outcome clarity {}, freedom {} (of 100, which is not the aim of either)",
        said(summary.figures.clarity()),
        said(summary.figures.freedom())
    )
}

/// The one thing to do next.
fn next(summary: &Summary) -> String {
    let worst = summary.rules.iter().max_by_key(|(_, n)| **n).map(|(rule, _)| rule.as_str());
    if !summary.problems.is_empty() {
        let n = summary.problems.len();
        let what =
            if n == 1 { "what could not be read".into() } else { format!("the {n} things that went wrong") };
        return format!("mend {what}, told above; nothing is said here about what they hold");
    }
    if summary.documents == 0 && summary.policies.is_empty() {
        return "name a folder or a document: `loosetight check FOLDER`".to_owned();
    }
    if let (Some((file, [must, should, consider])), Some(rule)) = (&summary.heaviest, worst) {
        let (n, level) = match (must, should) {
            (0, 0) => (*consider, "to consider"),
            (0, should) => (*should, "that should be fixed"),
            (must, _) => (*must, "that must be fixed"),
        };
        let things =
            if n == 1 { format!("the one thing {level}") } else { format!("the {n} things {level}") };
        return format!(
            "start with {things} in {file}; `loosetight explain {rule}` shows how others wrote it"
        );
    }
    if summary.without_policy > 0 {
        return "`loosetight init` starts a policy, so that missing outcomes are seen as well".to_owned();
    }
    "`loosetight coverage` shows which outcome is spoken to where".to_owned()
}

fn trim_blank_end(text: &mut String) {
    text.truncate(text.trim_end().len());
    text.push('\n');
}

/// A finding, for miette.
#[derive(Debug)]
struct View<'a> {
    finding: &'a Finding,
    excerpt: Excerpt<'a>,
    more: usize,
}

impl<'a> View<'a> {
    fn of(finding: &'a Finding, width: usize) -> Self {
        let mut passages: Vec<(Span, String)> = match finding.parts.as_slice() {
            [] => vec![(finding.span, String::new())],
            parts => parts.iter().take(PARTS).map(|part| (*part, String::new())).collect(),
        };
        passages[0].1.clone_from(&finding.message);
        let name = match &finding.place {
            Some(place) => format!("{}, {place}", finding.source.name()),
            None => finding.source.name().to_owned(),
        };
        let excerpt = Excerpt::new(&finding.source, name, &passages, width);
        View { finding, excerpt, more: finding.parts.len().saturating_sub(PARTS) }
    }
}

impl Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { level, title, rule, .. } = self.finding;
        write!(f, "{}: {title}", level.words())?;
        match self.more {
            0 => {}
            more => write!(f, ", and {more} more like it")?,
        }
        write!(f, " [{rule}]")
    }
}

impl std::error::Error for View<'_> {}

impl Diagnostic for View<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.finding.level {
            Level::MustFix => Severity::Error,
            Level::ShouldFix => Severity::Warning,
            Level::Consider => Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels().iter().cloned()))
    }
}

/// A second place, for miette.
#[derive(Debug)]
struct Second<'a> {
    related: &'a Related,
    excerpt: Excerpt<'a>,
}

impl<'a> Second<'a> {
    fn of(related: &'a Related, width: usize) -> Self {
        let passages = [(related.span, String::new())];
        let excerpt = Excerpt::new(&related.source, related.source.name().to_owned(), &passages, width);
        Second { related, excerpt }
    }
}

impl Display for Second<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.related.label)
    }
}

impl std::error::Error for Second<'_> {}

impl Diagnostic for Second<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels().iter().cloned()))
    }
}
