//! The run as Checkstyle's XML, which most tools that collect findings can read.

use super::place::{Range, Root, lead, severity};
use super::xml::Xml;
use super::{Found, Report, Summary};
use std::io::{self, Write};

/// The Checkstyle format.
#[derive(Debug)]
pub struct Checkstyle {
    root: Root,
    begun: bool,
}

impl Checkstyle {
    /// Checkstyle with paths from `root`.
    pub fn new(root: Root) -> Self {
        Checkstyle { root, begun: false }
    }

    fn begin(&mut self, to: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let mut xml = Xml::new(to);
        xml.declaration()?;
        // The version of the format, as Checkstyle itself says it.
        xml.open("checkstyle", &[("version", "4.3".into())])?;
        xml.line()
    }
}

impl Report for Checkstyle {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        let mut xml = Xml::new(to);
        xml.open("file", &[("name", self.root.path(found.name).into())])?;
        xml.line()?;
        for finding in found.findings {
            let mut attributes = Vec::new();
            if let Some(range) = Range::of_finding(finding) {
                attributes.push(("line", range.line.to_string().into()));
                attributes.push(("column", range.column.to_string().into()));
            }
            // Its mildest word is "info".
            let severity = severity(finding.level).replace("note", "info");
            attributes.push(("severity", severity.into()));
            attributes.push(("message", format!("{}{}", lead(finding), finding.message).into()));
            attributes.push(("source", format!("loosetight.{}", finding.rule).into()));
            xml.empty("error", &attributes)?;
        }
        xml.close("file")
    }

    fn end(&mut self, _: &Summary, to: &mut dyn Write) -> io::Result<()> {
        self.begin(to)?;
        Xml::new(to).close("checkstyle")
    }
}
