//! The run as workflow commands of GitHub Actions: annotations at the lines of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>. A step shows at most ten
//! annotations of each sort; more are dropped in silence. So the worst come first, and a line says what is left out.

use super::place::{Range, Root, in_full};
use super::{Found, Report, Summary};
use crate::finding::Level;
use std::io::{self, Write};

/// How many annotations of a sort a step shows.
const SHOWN: usize = 10;

/// The annotations, held back until all are known.
#[derive(Debug)]
pub struct Github {
    root: Root,
    /// For each level, the first that were found.
    first: [Vec<String>; 3],
    /// For each level, how many were found.
    found: [usize; 3],
}

impl Github {
    /// Annotations with paths from `root`.
    pub fn new(root: Root) -> Self {
        Github { root, first: Default::default(), found: [0; 3] }
    }
}

/// The text of a command, with what would end it written otherwise.
fn text(words: &str) -> String {
    words.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The same for a property, which a comma or a colon would end too.
fn property(words: &str) -> String {
    text(words).replace(':', "%3A").replace(',', "%2C")
}

fn sort(level: Level) -> &'static str {
    match level {
        Level::MustFix => "error",
        Level::ShouldFix => "warning",
        Level::Consider => "notice",
    }
}

impl Report for Github {
    fn found(&mut self, found: Found<'_>, _: &mut dyn Write) -> io::Result<()> {
        for finding in found.findings {
            let level = finding.level as usize;
            self.found[level] += 1;
            if self.first[level].len() == SHOWN {
                continue;
            }
            let mut at = format!("file={}", property(&self.root.path(finding.source.name())));
            if let Some(range) = Range::of_finding(finding) {
                at += &format!(",line={},endLine={}", range.line, range.end_line);
                if range.line == range.end_line {
                    at += &format!(",col={},endColumn={}", range.column, range.end_column);
                }
            }
            let title = property(&format!("{} [{}]", finding.title, finding.rule));
            let said = text(&in_full(finding, &self.root));
            self.first[level].push(format!("::{} {at},title={title}::{said}", sort(finding.level)));
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()> {
        let levels = [Level::MustFix, Level::ShouldFix, Level::Consider];
        // What could not be read is an error too, and counts among the ten.
        let problems = summary.problems.iter().map(|problem| {
            let help = problem.help().map(|help| format!("\n{help}")).unwrap_or_default();
            let place = problem.labels().and_then(|mut labels| labels.next());
            let place = place.and_then(|label| problem.source_code()?.read_span(label.inner(), 0, 0).ok());
            let at = place.as_ref().and_then(|p| {
                let file = property(&self.root.path(p.name()?));
                Some(format!("file={file},line={},col={},", p.line() + 1, p.column() + 1))
            });
            let at = at.unwrap_or_default();
            format!("::error {at}title=loosetight::{}", text(&format!("{problem}{help}")))
        });
        let mut errors: Vec<String> = problems.chain(self.first[Level::MustFix as usize].drain(..)).collect();
        self.found[Level::MustFix as usize] += summary.problems.len();
        errors.truncate(SHOWN);
        self.first[Level::MustFix as usize] = errors;
        for line in levels.iter().flat_map(|level| &self.first[*level as usize]) {
            writeln!(to, "{line}")?;
        }
        let left = levels.map(|level| self.found[level as usize] - self.first[level as usize].len());
        if left != [0; 3] {
            let counted: Vec<String> = levels
                .iter()
                .zip(left)
                .filter(|(_, left)| *left > 0)
                .map(|(level, left)| format!("{left} {}", level.words()))
                .collect();
            writeln!(to, "not annotated, as a step shows ten of each sort: {}", counted.join(", "))?;
        }
        Ok(())
    }
}
