//! The matrix → one line a cell for spreadsheets, and tables for wikis.

use super::{Cell, Challenge, Matrix, Why};
use crate::coverage::Answer;
use crate::policy::Measure;
use crate::report::markdown::plain;
use crate::worklist::harmless;
use std::io::{self, Write};

/// The columns, one line a cell that is due; the last two are what the policy measures.
const COLUMNS: [&str; 11] = [
    "touchpoint",
    "outcome",
    "answer",
    "score",
    "document",
    "line",
    "evidence",
    "kind",
    "policy",
    "now",
    "target",
];

/// Writes matrices as one table for spreadsheets; only the cells of `why`, where it is given.
///
/// # Errors
/// What keeps it from being written.
pub fn csv(matrices: &[Matrix], why: Option<&Why>, to: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(to);
    csv.write_record(COLUMNS)?;
    for matrix in matrices {
        for cell in matrix.wanted(why) {
            let line = Line::of(matrix, &cell);
            let (now, target) = figures(matrix, &cell);
            let cells = [
                line.touchpoint,
                line.name,
                answer(cell.answer),
                &line.score,
                line.document,
                &line.line,
                line.evidence,
                cell.tight.kind(),
                matrix.name(),
                now,
                target,
            ];
            csv.write_record(cells.map(harmless))?;
        }
    }
    csv.flush()
}

/// Writes matrices as Markdown: the matrix, then every cell with its evidence.
///
/// # Errors
/// What keeps it from being written.
pub fn markdown(matrices: &[Matrix], why: Option<&Why>, to: &mut dyn Write) -> io::Result<()> {
    for (i, matrix) in matrices.iter().enumerate() {
        if i > 0 {
            writeln!(to)?;
        }
        writeln!(to, "## What {} holds tight, and where it is spoken to\n", plain(matrix.name()))?;
        if why.is_none() {
            matrix.markdown_matrix(to)?;
        }
        row(to, &["touchpoint", "outcome", "answer", "score", "document", "line", "evidence"])?;
        row(to, &["---", "---", "---", "---:", "---", "---:", "---"])?;
        for cell in matrix.wanted(why) {
            let line = Line::of(matrix, &cell);
            let name = match cell.tight.kind() {
                "outcome" => line.name.to_owned(),
                kind => format!("{kind} {}", line.name),
            };
            let (document, evidence) = (plain(line.document), plain(line.evidence));
            let answer = answer(cell.answer);
            row(to, &[line.touchpoint, &name, answer, &line.score, &document, &line.line, &evidence])?;
        }
        if let Some(challenge) = Challenge::of(matrix).filter(|_| why.is_none()) {
            writeln!(to, "\nWorth the next challenge: {}.", plain(&challenge.sentence(matrix)))?;
        }
    }
    Ok(())
}

/// One cell in words.
struct Line<'a> {
    touchpoint: &'a str,
    name: &'a str,
    score: String,
    document: &'a str,
    line: String,
    evidence: &'a str,
}

impl<'a> Line<'a> {
    fn of(matrix: &'a Matrix, cell: &Cell<'a>) -> Line<'a> {
        let best = cell.best;
        let evidence = best.and_then(|b| b.evidence.as_ref());
        Line {
            touchpoint: &matrix.policy.touchpoint(cell.touchpoint).name.text,
            name: cell.tight.name(&matrix.policy),
            score: format!("{:.2}", best.map_or(0.0, |b| b.score)),
            // A document that says nothing of it is no place.
            document: best.filter(|_| evidence.is_some()).map_or("", |b| &b.document),
            line: evidence.map(|e| e.line.to_string()).unwrap_or_default(),
            evidence: evidence.map_or("", |e| &e.text),
        }
    }
}

impl Matrix {
    fn wanted<'a>(&'a self, why: Option<&'a Why>) -> impl Iterator<Item = Cell<'a>> {
        let touchpoint = |cell: &Cell<'_>| self.policy.touchpoint(cell.touchpoint).name.text.as_str();
        self.cells().filter(move |c| why.is_none_or(|w| w.wants(c.tight.name(&self.policy), touchpoint(c))))
    }

    /// Outcomes, standards and hallmarks down, touchpoints across in the order of the journey.
    fn markdown_matrix(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut head = vec![""];
        head.extend(self.policy.touchpoints.iter().map(|t| t.name.text.as_str()));
        row(to, &head)?;
        row(to, &vec!["---"; head.len()])?;
        for tight in self.tight() {
            let name = match tight.kind() {
                "outcome" => tight.name(&self.policy).to_owned(),
                kind => format!("{kind} {}", tight.name(&self.policy)),
            };
            let mut cells = vec![name.as_str()];
            let answers = self.policy.touchpoint_ids().map(|id| self.cell(id, tight));
            cells.extend(answers.map(|cell| cell.map_or("", |cell| answer(cell.answer))));
            row(to, &cells)?;
        }
        writeln!(to)
    }
}

fn row(to: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
    writeln!(to, "| {} |", cells.join(" | "))
}

/// An answer in one word.
fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Covered => "covered",
        Answer::Weakly => "weakly",
        Answer::Not => "missing",
    }
}

/// Where a cell's first measure stands and what it aims at, as the policy says it.
fn figures<'a>(matrix: &'a Matrix, cell: &Cell<'_>) -> (&'a str, &'a str) {
    let of = |m: &'a Measure| {
        let now = m.now.as_ref().map_or("", |now| matrix.policy.slice(now.quantity.place));
        (now, m.target.as_ref().map_or("", |target| matrix.policy.slice(target.place)))
    };
    cell.tight.measures(&matrix.policy).first().map_or(("", ""), of)
}
