//! What became of a row of `check --batch` → one line of JSON. Findings and documents look as in `--format json`.

use super::json::{JsonDocument, JsonFinding, JsonProblem, json};
use crate::engine::Checked;
use crate::fingerprint::Ordinals;
use miette::Diagnostic;
use serde::Serialize;
use serde_json::Value;

/// What a row is known by.
#[derive(Clone, Debug, Serialize)]
pub struct RowId<'a> {
    /// Its line, from 1.
    pub row: u64,
    /// What whoever sent it knows it by, where that could be made out.
    pub id: Option<&'a Value>,
}

#[derive(Serialize)]
struct CheckedRow<'a> {
    #[serde(flatten)]
    of: RowId<'a>,
    document: JsonDocument,
    findings: Vec<JsonFinding<'a>>,
    allowed: usize,
    notes: &'a [String],
}

#[derive(Serialize)]
struct RowNotRead<'a> {
    #[serde(flatten)]
    of: RowId<'a>,
    not_read: &'a str,
}

#[derive(Serialize)]
struct BrokenRow<'a> {
    #[serde(flatten)]
    of: RowId<'a>,
    error: JsonProblem,
}

impl RowId<'_> {
    /// A document that was checked.
    ///
    /// # Errors
    /// Those of `serde_json`; memory aside there is none.
    pub fn checked(self, checked: &Checked) -> serde_json::Result<Vec<u8>> {
        let mut ordinals = Ordinals::default();
        let told = checked.told().into_iter().map(|(finding, by)| (finding, by, ordinals.next(finding)));
        let findings = told.filter(|(_, by, _)| by.is_none()).map(|(finding, _, print)| json(finding, print));
        line(&CheckedRow {
            of: self,
            document: JsonDocument::of(checked),
            findings: findings.collect(),
            allowed: checked.allowed.len(),
            notes: &checked.remarks,
        })
    }

    /// A document that was not looked at, and why.
    ///
    /// # Errors
    /// Those of `serde_json`; memory aside there is none.
    pub fn not_read(self, why: &str) -> serde_json::Result<Vec<u8>> {
        line(&RowNotRead { of: self, not_read: why })
    }

    /// A row that is none, or a document that cannot be read.
    ///
    /// # Errors
    /// Those of `serde_json`; memory aside there is none.
    pub fn broken(self, problem: &dyn Diagnostic) -> serde_json::Result<Vec<u8>> {
        line(&BrokenRow { of: self, error: JsonProblem::of(problem) })
    }
}

fn line(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}
