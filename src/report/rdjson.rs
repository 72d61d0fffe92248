//! The run in reviewdog's diagnostic format (`rdjson`), for comments on reviews of any forge.
//!
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>: lines and columns from 1, columns in bytes of UTF-8,
//! the end exclusive.

use super::place::{Root, in_full};
use super::{Found, Report, Summary};
use crate::finding::Level;
use crate::source::{Source, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The rdjson format.
#[derive(Debug)]
pub struct Rdjson {
    root: Root,
    written: usize,
}

impl Rdjson {
    /// rdjson with paths from `root`.
    pub fn new(root: Root) -> Self {
        Rdjson { root, written: 0 }
    }
}

fn range(source: &Source, span: Span) -> Value {
    let position = |offset| {
        let at = source.position_in_bytes(offset);
        json!({ "line": at.line, "column": at.column })
    };
    json!({ "start": position(span.start), "end": position(span.end) })
}

impl Report for Rdjson {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        for finding in found.findings {
            let severity = match finding.level {
                Level::MustFix => "ERROR",
                Level::ShouldFix => "WARNING",
                Level::Consider => "INFO",
            };
            let mut location = json!({ "path": self.root.path(finding.source.name()) });
            if finding.place.is_none() {
                location["range"] = range(&finding.source, finding.span);
            }
            to.write_all(if self.written == 0 {
                b"{\"source\":{\"name\":\"loosetight\"},\"diagnostics\":[\n"
            } else {
                b",\n"
            })?;
            self.written += 1;
            let diagnostic = json!({
                "message": in_full(finding, &self.root),
                "location": location,
                "severity": severity,
                "code": { "value": finding.rule },
            });
            serde_json::to_writer(&mut *to, &diagnostic)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, to: &mut dyn Write) -> io::Result<()> {
        match self.written {
            0 => writeln!(to, "{{\"source\":{{\"name\":\"loosetight\"}},\"diagnostics\":[]}}"),
            _ => writeln!(to, "\n]}}"),
        }
    }
}
