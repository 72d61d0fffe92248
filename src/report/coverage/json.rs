//! Coverage → JSON: the sections of each document, then what is due where, then what is worth the next challenge.

use super::{Challenge, Matrix, Tight};
use crate::coverage::Answer;
use crate::engine::{Covered, Evidence};
use crate::policy::TouchpointId;
use crate::report::json::VERSION;
use crate::source::Span;
use serde::Serialize;
use std::io::{self, Write};

/// The coverage as JSON, document by document.
#[derive(Debug, Default)]
pub struct Json {
    begun: bool,
}

#[derive(Serialize)]
struct JsonDocument<'a> {
    file: &'a str,
    policy: Option<&'a str>,
    sections: Vec<JsonSection<'a>>,
}

#[derive(Serialize)]
struct JsonSection<'a> {
    heading: &'a str,
    depth: u8,
    span: Span,
    touchpoints: Vec<&'a str>,
    outcomes: Vec<JsonOutcome<'a>>,
    particulars: Vec<JsonParticular<'a>>,
}

#[derive(Serialize)]
struct JsonParticular<'a> {
    kind: &'static str,
    name: &'a str,
    covered: bool,
    answer: Answer,
    score: f32,
    due: bool,
    evidence: Option<JsonEvidence<'a>>,
}

#[derive(Serialize)]
struct JsonOutcome<'a> {
    outcome: &'a str,
    covered: bool,
    answer: Answer,
    score: f32,
    due: bool,
    evidence: Option<JsonEvidence<'a>>,
}

#[derive(Serialize)]
struct JsonEvidence<'a> {
    span: Span,
    line: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonCell<'a> {
    policy: &'a str,
    touchpoint: &'a str,
    outcome: &'a str,
    answer: Answer,
    sections: usize,
}

#[derive(Serialize)]
struct JsonBeside<'a> {
    policy: &'a str,
    touchpoint: &'a str,
    kind: &'static str,
    name: &'a str,
    answer: Answer,
    sections: usize,
}

impl Json {
    fn begin(&mut self, to: &mut dyn Write) -> io::Result<bool> {
        let first = !self.begun;
        if first {
            write!(to, "{{\"version\":{VERSION},\"documents\":[")?;
        }
        self.begun = true;
        Ok(first)
    }

    /// One document.
    pub fn document(&mut self, covered: &Covered, to: &mut dyn Write) -> io::Result<()> {
        let first = self.begin(to)?;
        to.write_all(if first { b"\n" } else { b",\n" })?;
        let policy = covered.policy.as_deref();
        let name = |id: &TouchpointId| policy.map(|p| p.touchpoint(*id).name.text.as_str());
        let sections = covered.sections.iter().map(|section| JsonSection {
            heading: &section.heading,
            depth: section.depth,
            span: section.span,
            touchpoints: section.touchpoints.iter().filter_map(name).collect(),
            outcomes: section
                .outcomes
                .iter()
                .map(|o| JsonOutcome {
                    outcome: policy.map_or("", |p| p.outcome(o.outcome).name.text.as_str()),
                    covered: o.answer == Answer::Covered,
                    answer: o.answer,
                    score: o.score,
                    due: o.due,
                    evidence: o.evidence.as_ref().map(quoted),
                })
                .collect(),
            particulars: section
                .particulars
                .iter()
                .map(|p| JsonParticular {
                    kind: p.particular.kind(),
                    name: policy.map_or("", |policy| p.particular.name(policy)),
                    covered: p.answer == Answer::Covered,
                    answer: p.answer,
                    score: p.score,
                    due: p.due,
                    evidence: p.evidence.as_ref().map(quoted),
                })
                .collect(),
        });
        let policy = policy.and_then(|p| p.sources.first()).map(|s| s.name());
        serde_json::to_writer(
            &mut *to,
            &JsonDocument { file: &covered.name, policy, sections: sections.collect() },
        )?;
        Ok(())
    }

    /// The end: touchpoint × outcome, what is due.
    pub fn end(&mut self, matrices: &[Matrix], to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        let (mut cells, mut beside, mut challenges) = (Vec::new(), Vec::new(), Vec::new());
        for matrix in matrices {
            let policy = matrix.name();
            for cell in matrix.cells() {
                let touchpoint = matrix.policy.touchpoint(cell.touchpoint).name.text.as_str();
                let (name, answer) = (cell.tight.name(&matrix.policy), cell.answer);
                let sections = matrix.rows[cell.touchpoint.0].sections;
                match cell.tight {
                    Tight::Outcome(_) => {
                        cells.push(JsonCell { policy, touchpoint, outcome: name, answer, sections });
                    }
                    Tight::Particular(particular, _) => {
                        let kind = particular.kind();
                        beside.push(JsonBeside { policy, touchpoint, kind, name, answer, sections });
                    }
                }
            }
            challenges.extend(Challenge::of(matrix).and_then(|c| c.json(matrix)));
        }
        write!(to, "\n],\"matrix\":")?;
        serde_json::to_writer(&mut *to, &cells)?;
        write!(to, ",\"particulars\":")?;
        serde_json::to_writer(&mut *to, &beside)?;
        write!(to, ",\"challenges\":")?;
        serde_json::to_writer(&mut *to, &challenges)?;
        writeln!(to, "}}")
    }
}

fn quoted(evidence: &Evidence) -> JsonEvidence<'_> {
    JsonEvidence { span: evidence.span, line: evidence.line, text: &evidence.text }
}
