//! The run as Markdown, for comments on reviews, wikis and the summary of a job.

use super::human::{allowance, documents, numbers};
use super::place::{Range, Root, lead, second};
use super::{Found, Report, Summary};
use crate::finding::{Finding, Level};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The Markdown format. Findings are held back: what they come to stands first.
#[derive(Debug)]
pub struct Markdown {
    root: Root,
    text: String,
    /// Bytes of findings at most; what comes after them is counted.
    limit: usize,
    left: usize,
}

impl Markdown {
    /// Markdown with paths from `root`.
    pub fn new(root: Root) -> Self {
        Markdown { root, text: String::new(), limit: usize::MAX, left: 0 }
    }

    /// The same with at most so many bytes of findings.
    pub fn limited(root: Root, bytes: usize) -> Self {
        Markdown { limit: bytes, ..Markdown::new(root) }
    }

    fn finding(&self, finding: &Finding) -> String {
        let mut text = format!("- **{}**", finding.level.words());
        if let Some(range) = Range::of_finding(finding) {
            let _ = write!(text, " line {}", range.line);
        }
        let _ = write!(text, " `{}`: {}{}\n\n", finding.rule, plain(&lead(finding)), plain(&finding.message));
        let said = finding.sentences.first().map_or("", String::as_str);
        let _ = writeln!(text, "  > {}", plain(said));
        match finding.sentences.len().saturating_sub(1) {
            0 => {}
            more => {
                let _ = writeln!(text, "  > … and {more} more like it");
            }
        }
        text.push('\n');
        for (i, way) in finding.instead.iter().enumerate() {
            let _ = writeln!(text, "  {} {}  ", if i == 0 { "Instead:" } else { "Or:" }, plain(way));
        }
        for related in &finding.related {
            let _ = writeln!(text, "\n  Policy: {}", plain(&second(related, &self.root)));
        }
        text.push('\n');
        text
    }
}

/// Text that Markdown reads as itself, on one line. A name behind `@` is nobody's to call; the comment is invisible.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '>' | '!' | '$' | '+' | '-' | '=' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '@' if letters.peek().is_some_and(|next| next.is_alphanumeric()) => out.push_str("@<!-- -->"),
            // `1.` and `1)` begin a list.
            '.' | ')' if out.ends_with(|d: char| d.is_ascii_digit()) => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.trim().to_owned() + if text.ends_with(' ') { " " } else { "" }
}

impl Report for Markdown {
    fn found(&mut self, found: Found<'_>, _: &mut dyn Write) -> io::Result<()> {
        if found.findings.is_empty() {
            return Ok(());
        }
        let mut heading = format!("### {}\n\n", plain(&self.root.path(found.name)));
        for finding in found.findings {
            let text = self.finding(finding);
            if self.left > 0 || self.text.len() + heading.len() + text.len() > self.limit {
                self.left += 1;
                continue;
            }
            self.text += &std::mem::take(&mut heading);
            self.text += &text;
        }
        Ok(())
    }

    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()> {
        let counted: Vec<String> = [Level::MustFix, Level::ShouldFix, Level::Consider]
            .into_iter()
            .filter(|level| summary.of(*level) > 0)
            .map(|level| format!("{} {}", summary.of(level), level.words()))
            .collect();
        let counted = if counted.is_empty() { "nothing to mend".to_owned() } else { counted.join(" · ") };
        writeln!(to, "## loosetight: {counted}\n")?;
        for kept in summary.kept.iter().take(1) {
            let file = self.root.path(&kept.file);
            writeln!(to, "Kept well: “{}” ({}:{})\n", plain(kept.text.trim()), plain(&file), kept.line)?;
        }
        writeln!(to, "Documents: {}  ", plain(&documents(summary)))?;
        writeln!(to, "Numbers: {}\n", plain(&numbers(summary)))?;
        for problem in &summary.problems {
            writeln!(to, "**Not read:** {}\n", plain(&problem.to_string()))?;
        }
        if !summary.allowances.is_empty() {
            writeln!(to, "Allowed, {} in all:\n", summary.allowed())?;
            for granted in &summary.allowances {
                writeln!(to, "- {}", plain(&allowance(granted)))?;
            }
            writeln!(to)?;
        }
        to.write_all(self.text.as_bytes())?;
        if self.left > 0 {
            writeln!(to, "… and {} more; the log of the run has them all.", self.left)?;
        }
        Ok(())
    }
}
