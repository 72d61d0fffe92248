//! The run as a GitLab Code Quality report: one list, each entry with a fingerprint of its own.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use super::place::{Range, Root, lead};
use super::{Found, Report, Summary};
use crate::finding::Level;
use crate::fingerprint::Ordinals;
use serde_json::json;
use std::io::{self, Write};

/// The Code Quality format.
#[derive(Debug)]
pub struct Gitlab {
    root: Root,
    ordinals: Ordinals,
    written: usize,
}

impl Gitlab {
    /// Code Quality with paths from `root`.
    pub fn new(root: Root) -> Self {
        Gitlab { root, ordinals: Ordinals::default(), written: 0 }
    }
}

impl Report for Gitlab {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        for (finding, allowed) in found.told {
            let fingerprint = self.ordinals.next(finding);
            if allowed.is_some() {
                continue;
            }
            let severity = match finding.level {
                Level::MustFix => "major",
                Level::ShouldFix => "minor",
                Level::Consider => "info",
            };
            // A document without lines still needs one; the description says where.
            let (line, end) = Range::of_finding(finding).map_or((1, 1), |r| (r.line, r.end_line));
            to.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
            self.written += 1;
            let entry = json!({
                "description": format!("{}{}", lead(finding), finding.message),
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": self.root.path(finding.source.name()),
                    "lines": { "begin": line, "end": end },
                },
            });
            serde_json::to_writer(&mut *to, &entry)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", if self.written == 0 { "[]" } else { "\n]" })
    }
}
