//! The run as JSON for other programs: one object, `"version": 1`, findings as they come.
//!
//! Spans are bytes of the original file, end exclusive; lines and columns count from 1, columns in characters.

use super::place::Range;
use super::{Found, Report, Summary};
use crate::engine::{Checked, Kept};
use crate::figures::Figures;
use crate::finding::{Finding, Group, Level};
use crate::fingerprint::Ordinals;
use crate::source::Span;
use crate::triage::settle::Told;
use crate::walk::NotRead;
use miette::Diagnostic;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The version of the output; it changes when a field goes away or changes its meaning.
pub const VERSION: u32 = 1;

/// The JSON format.
#[derive(Debug, Default)]
pub struct Json {
    begun: bool,
    ordinals: Ordinals,
    /// Whether a finding has been written.
    listed: bool,
    documents: Vec<JsonDocument>,
}

#[derive(Serialize)]
pub(super) struct JsonFinding<'a> {
    rule: &'a str,
    also: &'a [String],
    group: Group,
    level: Level,
    title: &'a str,
    message: &'a str,
    file: &'a str,
    span: Span,
    #[serde(flatten)]
    position: Range,
    text: &'a str,
    parts: &'a [Span],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    heading_path: &'a [String],
    why: &'a str,
    instead: &'a [String],
    related: Vec<JsonRelated<'a>>,
    /// Known by this from run to run.
    fingerprint: String,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    file: &'a str,
    span: Span,
    #[serde(flatten)]
    position: Range,
    label: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct JsonDocument {
    file: String,
    format: crate::document::Format,
    kind: crate::document::Kind,
    touchpoints: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    policy: Option<String>,
    findings: usize,
    clarity: Option<u32>,
    freedom: Option<u32>,
    figures: Figures,
}

#[derive(Serialize)]
struct JsonSummary<'a> {
    documents: usize,
    levels: BTreeMap<&'a Level, usize>,
    allowed: usize,
    known: usize,
    clarity: Option<u32>,
    freedom: Option<u32>,
    kept: &'a [Kept],
    policies: &'a [String],
    not_read: &'a [NotRead],
    notes: &'a [String],
}

/// A problem as JSON.
#[derive(Serialize)]
pub(super) struct JsonProblem {
    code: Option<String>,
    message: String,
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

impl JsonDocument {
    pub(super) fn of(checked: &Checked) -> Self {
        JsonDocument {
            file: checked.name.clone(),
            format: checked.format,
            kind: checked.kind,
            touchpoints: checked.touchpoints.clone(),
            site: checked.site.clone(),
            owner: checked.owner.clone(),
            policy: checked.policy.clone(),
            findings: checked.findings.len(),
            clarity: checked.figures.clarity(),
            freedom: checked.figures.freedom(),
            figures: checked.figures,
        }
    }
}

impl JsonProblem {
    pub(super) fn of(problem: &dyn Diagnostic) -> Self {
        let label = problem.labels().and_then(|mut labels| labels.next());
        let place = label.and_then(|label| problem.source_code()?.read_span(label.inner(), 0, 0).ok());
        JsonProblem {
            code: problem.code().map(|c| c.to_string()),
            message: problem.to_string(),
            help: problem.help().map(|h| h.to_string()),
            file: place.as_ref().and_then(|p| p.name().map(str::to_owned)),
            line: place.as_ref().map(|p| p.line() + 1),
            column: place.as_ref().map(|p| p.column() + 1),
        }
    }
}

impl Json {
    fn begin(&mut self, to: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            write!(to, "{{\"version\":{VERSION},\"findings\":[")?;
        }
        Ok(())
    }

    fn told(&mut self, told: &[(&Finding, Option<&Told>)], to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        for (finding, allowed) in told {
            let fingerprint = self.ordinals.next(finding);
            if allowed.is_some() {
                continue;
            }
            to.write_all(if self.listed { b",\n" } else { b"\n" })?;
            self.listed = true;
            serde_json::to_writer(&mut *to, &json(finding, fingerprint))?;
        }
        Ok(())
    }
}

impl Report for Json {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        self.told(&found.told, to)
    }

    fn document(&mut self, checked: &Checked, to: &mut dyn Write) -> io::Result<()> {
        self.told(&checked.told(), to)?;
        self.documents.push(JsonDocument::of(checked));
        Ok(())
    }

    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        let levels = [Level::MustFix, Level::ShouldFix, Level::Consider];
        let counted: BTreeMap<&Level, usize> =
            levels.iter().map(|level| (level, summary.of(*level))).collect();
        write!(to, "\n],\"documents\":")?;
        serde_json::to_writer(&mut *to, &self.documents)?;
        write!(to, ",\"summary\":")?;
        serde_json::to_writer(
            &mut *to,
            &JsonSummary {
                documents: summary.documents,
                levels: counted,
                allowed: summary.allowed(),
                known: summary.known,
                clarity: summary.figures.clarity(),
                freedom: summary.figures.freedom(),
                kept: &summary.kept,
                policies: &summary.policies,
                not_read: &summary.not_read,
                notes: &summary.notes,
            },
        )?;
        write!(to, ",\"allowances\":")?;
        serde_json::to_writer(&mut *to, &summary.allowances)?;
        for (key, problems) in [("warnings", &summary.warnings), ("problems", &summary.problems)] {
            let problems: Vec<JsonProblem> = problems.iter().map(|p| JsonProblem::of(p.as_ref())).collect();
            write!(to, ",\"{key}\":")?;
            serde_json::to_writer(&mut *to, &problems)?;
        }
        writeln!(to, "}}")
    }
}

pub(super) fn json(finding: &Finding, fingerprint: String) -> JsonFinding<'_> {
    JsonFinding {
        rule: &finding.rule,
        also: &finding.also,
        group: finding.group,
        level: finding.level,
        title: &finding.title,
        message: &finding.message,
        file: finding.source.name(),
        span: finding.span,
        position: Range::of(&finding.source, finding.span),
        text: finding.source.slice(finding.span),
        parts: &finding.parts,
        place: finding.place.as_deref(),
        heading_path: &finding.heading_path,
        why: &finding.why,
        instead: &finding.instead,
        related: finding
            .related
            .iter()
            .map(|r| JsonRelated {
                file: r.source.name(),
                span: r.span,
                position: Range::of(&r.source, r.span),
                label: &r.label,
            })
            .collect(),
        fingerprint,
    }
}
