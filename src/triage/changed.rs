//! What a change touched → which findings belong to it: those in its lines, and what is missing from documents it
//! touched, since that is nowhere in particular.

use crate::finding::{Finding, Group};
use crate::source::Span;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// The lines of a file that a change touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// A new file, or one without lines.
    All,
    /// These, from 1.
    Some(Vec<RangeInclusive<u32>>),
}

/// What a change touched.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    files: HashMap<PathBuf, Lines>,
}

impl Changed {
    /// With a file, under its real path.
    pub fn add(&mut self, path: PathBuf, lines: Lines) {
        self.files.insert(path, lines);
    }

    /// Whether a file was touched. Paths are compared as they really are, without links.
    pub fn has(&self, path: &Path) -> bool {
        self.lines(path).is_some()
    }

    fn lines(&self, path: &Path) -> Option<&Lines> {
        self.files.get(&path.canonicalize().unwrap_or_else(|_| path.to_owned()))
    }

    /// What of a finding in a file belongs to the change.
    pub fn of(&self, path: &Path, finding: Finding) -> Option<Finding> {
        match self.lines(path)? {
            Lines::All => Some(finding),
            Lines::Some(lines) => touched(finding, lines),
        }
    }
}

/// What of a finding lies in these lines.
fn touched(finding: Finding, lines: &[RangeInclusive<u32>]) -> Option<Finding> {
    if finding.group == Group::MissingOutcome || finding.place.is_some() {
        return Some(finding);
    }
    let source = finding.source.clone();
    let belongs = |_: usize, span: Span| {
        let first = source.position(span.start).line;
        let last = source.position(span.end.saturating_sub(1).max(span.start)).line;
        lines.iter().any(|range| *range.start() <= last && first <= *range.end())
    };
    finding.split(belongs).0
}
