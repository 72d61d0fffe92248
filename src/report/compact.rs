//! One line a finding, `file:line:column: level: message [rule]`: for editors, `grep` and people in a hurry.

use super::{Found, Report, Summary};
use std::io::{self, Write};

/// The compact format.
#[derive(Debug, Default)]
pub struct Compact;

impl Report for Compact {
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()> {
        for finding in found.findings {
            let at = finding.source.position(finding.span.start);
            let place = finding.place.as_ref().map(|p| format!(" ({})", one_line(p))).unwrap_or_default();
            writeln!(
                to,
                "{}:{}:{}: {}: {}{place} [{}]",
                one_line(finding.source.name()),
                at.line,
                at.column,
                finding.level.words(),
                one_line(&finding.message),
                finding.rule,
            )?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Without line ends and other characters that would break the line or move a terminal's cursor.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
