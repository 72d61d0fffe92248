//! A document and what is to be allowed in it → the same document with allowances at those findings.
//!
//! What was written is read again before it counts: the findings must be gone, and everything else must be as it was.

use super::{Checked, Job, Run};
use crate::finding::Finding;
use crate::problem::AnyProblem;
use crate::triage::insert::{self, Words};

/// What became of a document's findings.
#[derive(Clone, Debug)]
pub enum Allowing {
    /// There is nothing to allow.
    Nothing,
    /// How many are allowed by the new text.
    Written {
        /// How many.
        findings: usize,
        /// The whole text of the file.
        text: String,
    },
    /// They could not be allowed.
    NotWritten {
        /// How many.
        findings: usize,
        /// Why not.
        why: String,
    },
}

impl Run {
    /// Allows the findings of a document that `words` has words for. Nothing is written to the disk.
    ///
    /// # Errors
    /// What keeps the document from being read.
    pub fn allow(
        &self,
        job: &Job,
        words: impl Fn(&Finding) -> Option<Words>,
    ) -> Result<Allowing, AnyProblem> {
        let Some(mut before) = self.document(job.clone())? else { return Ok(Allowing::Nothing) };
        let mut meant: Vec<(Finding, Words)> = Vec::new();
        for finding in std::mem::take(&mut before.findings) {
            match words(&finding) {
                Some(words) => meant.push((finding, words)),
                None => before.findings.push(finding),
            }
        }
        if meant.is_empty() {
            return Ok(Allowing::Nothing);
        }
        let findings = meant.len();
        let not = |why: &str| Ok(Allowing::NotWritten { findings, why: why.to_owned() });
        if let Err(why) = insert::can_hold(before.format) {
            return not(why);
        }
        let document = self.read(job)?;
        // What is written takes the place of the file, so it must hold all of it.
        let raw = std::fs::read(&job.target.path).unwrap_or_default();
        if raw != document.source.text().as_bytes() {
            return not("some of its characters are not UTF-8");
        }
        let text = insert::insert(&document, &meant);
        let again = Job { bytes: Some(text.clone().into_bytes()), ..job.clone() };
        let Some(after) = self.document(again)? else { return not("it is read as something else then") };
        if known_by(&after) != known_by(&before) {
            return not("a comment there would change how the rest is read; put it there by hand");
        }
        Ok(Allowing::Written { findings, text })
    }
}

/// What the findings of a document are known by, in no particular order.
fn known_by(checked: &Checked) -> Vec<(String, Vec<String>)> {
    let mut known: Vec<_> = checked.findings.iter().map(|f| (f.rule.clone(), f.sentences.clone())).collect();
    known.sort();
    known
}
