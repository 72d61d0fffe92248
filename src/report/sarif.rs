//! The run as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for GitHub code scanning, Azure DevOps
//! and the viewers of editors.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; numbers in comments are its sections. Results
//! are written as they come, the tool with its rules at the end.

use super::place::{Range, Root, in_full, severity};
use super::{Found, Report, Summary};
use crate::finding::{Finding, Level};
use crate::fingerprint::Ordinals;
use crate::problem::AnyProblem;
use crate::rule::Rule;
use crate::source::Source;
use crate::triage::allowance::Allowance;
use crate::triage::settle::Told;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// What paths are relative to (3.14.14): whoever reads the file knows where the tree lies.
const TOP: &str = "%SRCROOT%";

/// The SARIF format.
#[derive(Debug)]
pub struct Sarif {
    root: Root,
    /// Every rule that could have spoken.
    known: Vec<Rule>,
    /// Names of the rules that spoke, in the order in which they did.
    rules: Vec<String>,
    ordinals: Ordinals,
    begun: bool,
    results: usize,
}

impl Sarif {
    /// SARIF with paths from `root`; `rules` are described where they have something to say.
    pub fn new(root: Root, rules: Vec<Rule>) -> Self {
        let ordinals = Ordinals::default();
        Sarif { root, known: rules, rules: Vec::new(), ordinals, begun: false, results: 0 }
    }

    fn begin(&mut self, to: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            let schema =
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
            write!(to, "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\"results\":[")?;
        }
        Ok(())
    }

    fn result(&mut self, finding: &Finding) -> Value {
        let index = self.rules.iter().position(|r| *r == finding.rule).unwrap_or_else(|| {
            self.rules.push(finding.rule.clone());
            self.rules.len() - 1
        });
        let mut location =
            json!({ "physicalLocation": { "artifactLocation": self.artifact(finding.source.name()) } });
        if let Some(range) = Range::of_finding(finding) {
            let mut region = region(range);
            region["snippet"] = json!({ "text": finding.source.slice(finding.span) });
            location["physicalLocation"]["region"] = region;
        }
        // Headings, or the place in words where a format has no lines (3.33.5).
        let logical = finding.place.clone().unwrap_or_else(|| finding.heading_path.join(" › "));
        if !logical.is_empty() {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": logical }]);
        }
        let related: Vec<Value> = finding
            .related
            .iter()
            .enumerate()
            .map(|(id, r)| {
                json!({
                    "id": id,
                    "physicalLocation": {
                        "artifactLocation": self.artifact(r.source.name()),
                        "region": region(Range::of(&r.source, r.span)),
                    },
                    "message": { "text": r.label },
                })
            })
            .collect();
        let mut result = json!({
            "ruleId": finding.rule,
            "ruleIndex": index,
            "level": severity(finding.level),
            "message": { "text": in_full(finding, &self.root) },
            "locations": [location],
            "partialFingerprints": { "loosetight/v1": self.ordinals.next(finding) },
        });
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        if !finding.also.is_empty() {
            result["properties"] = json!({ "also": finding.also });
        }
        result
    }

    /// Why a finding does not count (3.35).
    fn suppression(&self, source: &Source, told: &Told) -> Value {
        let Allowance { because, until, span, .. } = &told.allowance;
        let mut location =
            json!({ "physicalLocation": { "artifactLocation": self.artifact(source.name()) } });
        match &told.place {
            None => location["physicalLocation"]["region"] = region(Range::of(source, *span)),
            Some(place) => location["logicalLocations"] = json!([{ "fullyQualifiedName": place }]),
        }
        let until = until.map(|day| format!(" (until {day})")).unwrap_or_default();
        json!({
            "kind": "inSource",
            "status": "accepted",
            "justification": format!("{}{until}", because.as_deref().unwrap_or_default()),
            "location": location,
        })
    }

    fn artifact(&self, name: &str) -> Value {
        let uri = self.root.uri(name);
        if uri.starts_with("file:") {
            return json!({ "uri": uri });
        }
        json!({ "uri": uri, "uriBaseId": TOP })
    }

    /// A rule's description (3.49). Every rule that speaks is known; were one not, its name says enough.
    fn rule(&self, id: &str) -> Value {
        let Some(rule) = self.known.iter().find(|r| r.id == id) else { return json!({ "id": id }) };
        let mut text = format!("{}\n", rule.why);
        let mut markdown = format!("{}\n\nInstead:\n\n", rule.why);
        for way in &rule.instead {
            text += &format!("\nInstead: {way}");
            markdown += &format!("- {way}\n");
        }
        if !rule.unless.is_empty() {
            text += &format!("\n\nStays tight: {}", rule.unless);
            markdown += &format!("\nStays tight: {}\n", rule.unless);
        }
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.title },
            "fullDescription": { "text": rule.message },
            "help": { "text": text, "markdown": markdown },
            "defaultConfiguration": { "level": severity(rule.level) },
            "properties": { "tags": [rule.group] },
        })
    }

    /// What kept something from being read, as a remark about the run (3.20.21).
    fn notification(&self, problem: &AnyProblem, level: Level) -> Value {
        let help = problem.help().map(|help| format!("\n\n{help}")).unwrap_or_default();
        let mut notification = json!({
            "level": severity(level),
            "message": { "text": format!("{problem}{help}") },
        });
        if let Some(code) = problem.code() {
            notification["descriptor"] = json!({ "id": code.to_string() });
        }
        let label = problem.labels().and_then(|mut labels| labels.next());
        let place = label.and_then(|label| problem.source_code()?.read_span(label.inner(), 0, 0).ok());
        if let Some((place, name)) = place.as_ref().and_then(|p| Some((p, p.name()?))) {
            notification["locations"] = json!([{
                "physicalLocation": {
                    "artifactLocation": self.artifact(name),
                    "region": { "startLine": place.line() + 1, "startColumn": place.column() + 1 },
                },
            }]);
        }
        notification
    }
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.line,
        "startColumn": range.column,
        "endLine": range.end_line,
        "endColumn": range.end_column,
    })
}

impl Report for Sarif {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        for (finding, allowed) in found.told {
            let mut result = self.result(finding);
            if let Some(told) = allowed {
                result["suppressions"] = json!([self.suppression(&finding.source, told)]);
            }
            to.write_all(if self.results == 0 { b"\n" } else { b",\n" })?;
            self.results += 1;
            serde_json::to_writer(&mut *to, &result)?;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        let rules: Vec<Value> = self.rules.iter().map(|id| self.rule(id)).collect();
        let problems = summary.problems.iter().map(|p| self.notification(p, Level::MustFix));
        let warnings = summary.warnings.iter().map(|p| self.notification(p, Level::ShouldFix));
        let notes = summary.notes.iter().map(|note| json!({ "level": "note", "message": { "text": note } }));
        let notifications: Vec<Value> = problems.chain(warnings).chain(notes).collect();
        let mut properties = Map::new();
        properties.insert("documents".to_owned(), summary.documents.into());
        properties.insert("clarity".to_owned(), summary.figures.clarity().into());
        properties.insert("freedom".to_owned(), summary.figures.freedom().into());
        let rest = json!({
            "tool": { "driver": {
                "name": "loosetight",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "en",
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { TOP: { "description": { "text": "The top of the working tree." } } },
            "invocations": [{
                "executionSuccessful": summary.problems.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "properties": properties,
        });
        // The members of `rest` go on where the results end.
        let rest = rest.to_string();
        writeln!(to, "\n],{}]}}", rest.get(1..).unwrap_or("}"))
    }
}
