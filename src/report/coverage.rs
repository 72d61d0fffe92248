//! Answers of sections for outcomes → a matrix for people, JSON for programs, or the evidence for one cell.

use super::Look;
use super::json::VERSION;
use crate::coverage::Answer;
use crate::engine::Covered;
use crate::policy::{OutcomeId, Policy, TouchpointId};
use crate::problem::{Problem, listed};
use crate::source::Span;
use owo_colors::Style;
use serde::Serialize;
use std::io::{self, Write};
use std::sync::Arc;

/// Touchpoint × outcome, over all documents of a policy.
#[derive(Clone, Debug)]
pub struct Matrix {
    policy: Arc<Policy>,
    /// One row a touchpoint, in journey order; one cell an outcome.
    rows: Vec<Row>,
    documents: usize,
}

#[derive(Clone, Debug, Default)]
struct Row {
    /// How many sections are about it.
    sections: usize,
    /// The best answer of any of them.
    best: Vec<Option<Answer>>,
}

impl Matrix {
    /// An empty matrix for a policy.
    pub fn of(policy: Arc<Policy>) -> Self {
        let row = Row { sections: 0, best: vec![None; policy.outcomes.len()] };
        Matrix { rows: vec![row; policy.touchpoints.len()], policy, documents: 0 }
    }

    /// Whether it is for this policy.
    pub fn is_of(&self, policy: &Arc<Policy>) -> bool {
        Arc::ptr_eq(&self.policy, policy)
    }

    /// Counts a document in.
    pub fn count(&mut self, covered: &Covered) {
        self.documents += 1;
        for section in &covered.sections {
            for id in &section.touchpoints {
                let Some(row) = self.rows.get_mut(id.0) else { continue };
                row.sections += 1;
                for (best, outcome) in row.best.iter_mut().zip(&section.outcomes) {
                    *best = (*best).max(Some(outcome.answer));
                }
            }
        }
    }

    /// What is due at a touchpoint and how it stands: `None` where it is not due.
    fn cell(&self, touchpoint: TouchpointId, outcome: OutcomeId) -> Option<Answer> {
        let due = self.policy.outcome(outcome).at.includes(touchpoint);
        due.then(|| self.rows[touchpoint.0].best[outcome.0].unwrap_or(Answer::Not))
    }

    /// The matrix as people read it.
    pub fn show(&self, look: &Look) -> String {
        let bold = look.style(Style::new().bold());
        let name = self.policy.sources.first().map_or("", |s| s.name());
        let mut text = format!(
            "{}, held against {} document{}\n\n",
            bold.style(name),
            self.documents,
            if self.documents == 1 { "" } else { "s" }
        );
        if self.policy.outcomes.is_empty() || self.policy.touchpoints.is_empty() {
            text += "It declares no outcome and touchpoint that could be held against each other.\n\n";
            return text;
        }
        text += &if look.narrated { self.narrated() } else { self.table(look) };
        text += &self.missing(look);
        text
    }

    fn table(&self, look: &Look) -> String {
        let outcomes: Vec<&str> = self.policy.outcomes.iter().map(|o| o.name.text.as_str()).collect();
        let touchpoints: Vec<&str> = self.policy.touchpoints.iter().map(|t| t.name.text.as_str()).collect();
        let side = touchpoints.iter().map(|t| t.chars().count()).max().unwrap_or(0);
        let wide: usize = outcomes.iter().map(|o| o.chars().count() + 2).sum();
        // Names on top where they fit, else numbers and a list of what they mean.
        let named = side + 2 + wide + 12 <= look.width;
        let heads: Vec<String> = match named {
            true => outcomes.iter().map(|o| (*o).to_owned()).collect(),
            false => (1..=outcomes.len()).map(|n| n.to_string()).collect(),
        };
        let mut text = format!("{:side$}", "");
        for head in &heads {
            text += &format!("  {head}");
        }
        text.push('\n');
        for (id, touchpoint) in self.policy.touchpoint_ids().zip(&touchpoints) {
            text += &format!("{touchpoint:side$}");
            for (outcome, head) in self.policy.outcome_ids().zip(&heads) {
                let (sign, style) = sign(self.cell(id, outcome), look);
                let room = head.chars().count();
                let left = (room - 1) / 2;
                text += &format!("  {:left$}{}{:3$}", "", look.style(style).style(sign), "", room - 1 - left);
            }
            let sections = self.rows[id.0].sections;
            text += &match sections {
                0 => "  no section".to_owned(),
                1 => "  1 section".to_owned(),
                n => format!("  {n} sections"),
            };
            text.push('\n');
        }
        text.push('\n');
        if !named {
            for (n, outcome) in outcomes.iter().enumerate() {
                text += &format!("{:>3}  {outcome}\n", n + 1);
            }
            text.push('\n');
        }
        let signs = [Some(Answer::Covered), Some(Answer::Weakly), Some(Answer::Not), None];
        let words = ["covered", "weakly", "missing", "not due"];
        let legend: Vec<String> =
            signs.iter().zip(words).map(|(s, w)| format!("{} {w}", sign(*s, look).0)).collect();
        text + &legend.join("   ") + "\n\n"
    }

    fn narrated(&self) -> String {
        let mut text = String::new();
        for id in self.policy.touchpoint_ids() {
            let cells: Vec<String> = self
                .policy
                .outcome_ids()
                .filter_map(|outcome| {
                    let answer = self.cell(id, outcome)?;
                    Some(format!("{} is {}", self.policy.outcome(outcome).name.text, word(answer)))
                })
                .collect();
            let cells = if cells.is_empty() { "nothing is due".to_owned() } else { listed(&cells) };
            text += &format!("{}: {cells}.\n", self.policy.touchpoint(id).name.text);
        }
        text + "\n"
    }

    /// What is due and not spoken to, in words, and what to do next.
    fn missing(&self, look: &Look) -> String {
        let mut text = String::new();
        let mut first = None;
        for id in self.policy.touchpoint_ids() {
            let missing: Vec<&str> = self
                .policy
                .outcome_ids()
                .filter(|outcome| self.cell(id, *outcome) == Some(Answer::Not))
                .map(|outcome| self.policy.outcome(outcome).name.text.as_str())
                .collect();
            if missing.is_empty() {
                continue;
            }
            let name = &self.policy.touchpoint(id).name.text;
            let sections = self.rows[id.0].sections;
            // Where documents speak of a touchpoint there is something to look at.
            if first.as_ref().is_none_or(|(none, _)| *none && sections > 0) {
                first = Some((sections == 0, format!("{}@{name}", missing[0])));
            }
            let why = match sections {
                0 => format!("{} at {name}: no section is about it", listed(&missing)),
                _ => format!("{} at {name}", listed(&missing)),
            };
            text += &look.hanging("Missing", &why);
        }
        let next = match first {
            Some((_, cell)) => format!("`loosetight coverage --why {cell}` shows what comes closest"),
            None => "everything that is due is spoken to".to_owned(),
        };
        text + &look.hanging("Next", &next)
    }
}

fn sign(answer: Option<Answer>, look: &Look) -> (&'static str, Style) {
    let (fancy, plain, style) = match answer {
        Some(Answer::Covered) => ("●", "#", Style::new().green()),
        Some(Answer::Weakly) => ("◐", "+", Style::new().yellow()),
        Some(Answer::Not) => ("○", "o", Style::new().red()),
        None => ("·", ".", Style::new().dimmed()),
    };
    (if look.unicode { fancy } else { plain }, style)
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Covered => "covered",
        Answer::Weakly => "weakly covered",
        Answer::Not => "missing",
    }
}

/// The evidence for one cell: `recognised@arrival`, or for an outcome everywhere: `recognised`.
#[derive(Clone, Debug)]
pub struct Why {
    outcome: String,
    touchpoint: Option<String>,
}

impl Why {
    /// Reads what is asked for.
    ///
    /// # Errors
    /// A name that no policy declares.
    pub fn read(asked: &str, policies: &[Arc<Policy>]) -> Result<Why, Problem> {
        let (outcome, touchpoint) = match asked.split_once('@') {
            Some((outcome, touchpoint)) => (outcome.trim(), Some(touchpoint.trim())),
            None => (asked.trim(), None),
        };
        let unknown = |what: &str, name: &str, known: Vec<&str>| {
            Problem::new("coverage::unknown", format!("the policy has no {what} `{name}`"))
                .suggest(name, &known)
        };
        if !policies.iter().any(|p| p.outcome_named(outcome).is_some()) {
            let known =
                policies.iter().flat_map(|p| p.outcomes.iter().map(|o| o.name.text.as_str())).collect();
            return Err(unknown("outcome", outcome, known));
        }
        if let Some(name) = touchpoint.filter(|t| !policies.iter().any(|p| p.touchpoint_named(t).is_some())) {
            let known =
                policies.iter().flat_map(|p| p.touchpoints.iter().map(|t| t.name.text.as_str())).collect();
            return Err(unknown("touchpoint", name, known));
        }
        Ok(Why { outcome: outcome.to_owned(), touchpoint: touchpoint.map(str::to_owned) })
    }

    /// What a document holds for it: section by section, the sentence that comes closest.
    pub fn document(&self, covered: &Covered, to: &mut dyn Write) -> io::Result<()> {
        let Some(policy) = &covered.policy else { return Ok(()) };
        let Some(outcome) = policy.outcome_named(&self.outcome) else { return Ok(()) };
        let at = self.touchpoint.as_deref().map(|name| policy.touchpoint_named(name));
        for section in &covered.sections {
            let here = at.is_none_or(|at| at.is_some_and(|id| section.touchpoints.contains(&id)));
            let Some(answer) = section.outcomes.get(outcome.0).filter(|_| here) else { continue };
            let heading =
                if section.heading.is_empty() { "before the first heading" } else { &section.heading };
            match &answer.evidence {
                Some(evidence) => writeln!(
                    to,
                    "{}:{}: {} ({:.2}) in “{heading}”\n  “{}”",
                    covered.name,
                    evidence.line,
                    word(answer.answer),
                    answer.score,
                    evidence.text
                )?,
                None => writeln!(
                    to,
                    "{}: {} in “{heading}”: no sentence speaks of it",
                    covered.name,
                    word(answer.answer)
                )?,
            }
        }
        Ok(())
    }
}

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
                    evidence: o.evidence.as_ref().map(|e| JsonEvidence {
                        span: e.span,
                        line: e.line,
                        text: &e.text,
                    }),
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
        let mut cells = Vec::new();
        for matrix in matrices {
            let policy = matrix.policy.sources.first().map_or("", |s| s.name());
            for id in matrix.policy.touchpoint_ids() {
                for outcome in matrix.policy.outcome_ids() {
                    let Some(answer) = matrix.cell(id, outcome) else { continue };
                    cells.push(JsonCell {
                        policy,
                        touchpoint: &matrix.policy.touchpoint(id).name.text,
                        outcome: &matrix.policy.outcome(outcome).name.text,
                        answer,
                        sections: matrix.rows[id.0].sections,
                    });
                }
            }
        }
        write!(to, "\n],\"matrix\":")?;
        serde_json::to_writer(&mut *to, &cells)?;
        writeln!(to, "}}")
    }
}
