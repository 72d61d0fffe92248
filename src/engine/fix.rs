//! A document → the same document with what can be mended without asking: the rewrites `fix` offers.
//!
//! A rewrite only adds a marker or a sentence, or takes out an exception nobody needs; nobody's words are changed. It
//! counts only if the document, read again, no longer has the finding and has no other instead.

use super::{Checked, Job, Run};
use crate::document::{BlockKind, Document, Format};
use crate::finding::Finding;
use crate::lint::Linter;
use crate::problem::AnyProblem;
use crate::source::Span;
use crate::triage::settle;
use std::collections::HashMap;

/// Rules about prescribed sentences, which stop being orders once they are examples.
const SAYINGS: [&str; 3] = ["verbatim-line", "fixed-opening", "fixed-closing"];
/// Rules about outcomes nobody speaks to, which name them as second places.
const SILENCES: [&str; 3] = ["outcome-missing", "section-without-outcome", "promise-not-echoed"];

/// A rewritten document.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// What it was.
    pub before: String,
    /// What it would be.
    pub after: String,
    /// The rule of each finding that was mended.
    pub mended: Vec<String>,
}

/// One rewrite: what stands here becomes that.
struct Rewrite {
    at: Span,
    text: String,
}

impl Run {
    /// Rewrites a document; `None` where nothing can be mended. Nothing is written to the disk.
    ///
    /// # Errors
    /// What keeps the document from being read.
    pub fn fix(&self, job: &Job) -> Result<Option<Fixed>, AnyProblem> {
        let document = self.read(job)?;
        let before = document.source.text().to_owned();
        let raw = std::fs::read(&job.target.path).unwrap_or_default();
        let whole = job.bytes.is_some() || raw == before.as_bytes();
        if !matches!(document.format, Format::Markdown | Format::Text) || !whole {
            return Ok(None);
        }
        let (mut now, mut mended) = (before.clone(), Vec::new());
        // One rewrite at a time: each is judged by what the others left. Each leaves fewer findings, so there is an end.
        while let Some((after, rule)) = self.one_better(job, &now)? {
            mended.push(rule);
            now = after;
        }
        Ok((!mended.is_empty()).then_some(Fixed { before, after: now, mended }))
    }

    /// The text after the first rewrite that helps, and the rule it helps with.
    fn one_better(&self, job: &Job, text: &str) -> Result<Option<(String, String)>, AnyProblem> {
        let here = with(job, text);
        let (document, Some(checked)) = (self.read(&here)?, self.document(here)?) else { return Ok(None) };
        for (at, finding) in checked.findings.iter().enumerate() {
            let Some(rewrite) = rewrite(&document, finding, &job.linter) else { continue };
            let after = applied(text, &rewrite);
            if self.is_better(job, &checked, at, &after)? {
                return Ok(Some((after, finding.rule.clone())));
            }
        }
        Ok(None)
    }

    /// Whether a text has neither this finding nor any that was not there.
    fn is_better(&self, job: &Job, before: &Checked, finding: usize, text: &str) -> Result<bool, AnyProblem> {
        let Some(after) = self.document(with(job, text))? else { return Ok(false) };
        let key = |f: &Finding| (f.rule.clone(), f.about(), f.sentences.clone());
        let mut known: HashMap<_, i32> = HashMap::new();
        for (at, f) in before.findings.iter().enumerate() {
            *known.entry(key(f)).or_default() += i32::from(at != finding);
        }
        for f in &after.findings {
            *known.entry(key(f)).or_default() -= 1;
        }
        Ok(known.values().all(|left| *left >= 0))
    }
}

fn with(job: &Job, text: &str) -> Job {
    Job { bytes: Some(text.as_bytes().to_vec()), ..job.clone() }
}

fn applied(text: &str, rewrite: &Rewrite) -> String {
    let range = rewrite.at.range();
    format!("{}{}{}", &text[..range.start], rewrite.text, &text[range.end..])
}

/// What would mend a finding, if anything that is safe to write does.
fn rewrite(document: &Document, finding: &Finding, linter: &Linter) -> Option<Rewrite> {
    match finding.rule.as_str() {
        settle::UNUSED => Some(without(document, finding.span)),
        rule if SAYINGS.contains(&rule) && finding.parts.is_empty() => example(document, finding.span),
        rule if SILENCES.contains(&rule) => outcome(document, finding, linter),
        _ => None,
    }
}

/// An exception taken out, with its line if nothing else stands on it.
fn without(document: &Document, span: Span) -> Rewrite {
    let text = document.source.text();
    let (start, end) = (span.start as usize, span.end as usize);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let after = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let alone = text[line..start].trim().is_empty() && text[end..after].trim().is_empty();
    if !alone {
        let start = text[..start].trim_end_matches([' ', '\t']).len();
        return Rewrite { at: Span::new(start, end), text: String::new() };
    }
    // In plain text a blank line follows it that is no longer needed.
    let blank = text[after..].starts_with('\n') && (line == 0 || text[..line].ends_with("\n\n"));
    Rewrite { at: Span::new(line, after + usize::from(blank)), text: String::new() }
}

/// `say "…"` → `say, for example, "…", or put it in your own words`: a single example would be repeated as it is.
fn example(document: &Document, span: Span) -> Option<Rewrite> {
    let text = document.source.text();
    let block = document.blocks.iter().find(|b| b.span.start <= span.start && span.start < b.span.end)?;
    let (start, end) = (block.span.start as usize, block.span.end as usize);
    let open = text.get(span.start as usize..end)?.find(['“', '"', '„', '«'])? + span.start as usize;
    let inside = open + text[open..].chars().next()?.len_utf8();
    let close = text.get(inside..end)?.find(['”', '"', '“', '»'])? + inside;
    let after = close + text[close..].chars().next()?.len_utf8();
    let before = text[start..open].trim_end();
    let at = start + before.len();
    let (from, marker) = match before.chars().next_back()? {
        ':' => (at - 1, ", for example: "),
        ',' => (at, " for example, "),
        c if c.is_alphanumeric() => (at, ", for example, "),
        _ => return None,
    };
    let room = match text[after..end].trim_start().chars().next() {
        None => ", or put it in your own words.",
        Some('.' | ',' | ';' | ')' | '!' | '?') => ", or put it in your own words",
        Some(_) => ", or put it in your own words,",
    };
    Some(Rewrite { at: Span::new(from, after), text: format!("{marker}{}{room}", &text[open..after]) })
}

/// The outcomes of the policy that are due, in its own words, below the heading that lacks them.
fn outcome(document: &Document, finding: &Finding, linter: &Linter) -> Option<Rewrite> {
    let policy = linter.policy()?;
    let heading = document.blocks.iter().find(|b| b.span.contains(finding.span))?;
    if !matches!(heading.kind, BlockKind::Heading { .. }) {
        return None;
    }
    let due: Vec<String> = policy
        .outcomes
        .iter()
        .filter(|o| {
            finding
                .related
                .iter()
                .any(|r| r.span == o.head.span && r.source.name() == policy.source(o.head).name())
        })
        .map(|o| format!("{}.", o.title.text.trim().trim_end_matches('.')))
        .collect();
    if due.is_empty() {
        return None;
    }
    let text = document.source.text();
    let end = heading.span.end as usize;
    let rest = &text[end..];
    let mut line = end + rest.find('\n').unwrap_or(rest.len());
    // A heading that is underlined ends with its line.
    let below = text.get(line + 1..).and_then(|rest| rest.lines().next()).unwrap_or("").trim();
    if below.len() > 1 && (below.chars().all(|c| c == '=') || below.chars().all(|c| c == '-')) {
        line += 1 + text[line + 1..].find('\n').unwrap_or(text.len() - line - 1);
    }
    let (line, line_end) = match text[..line].ends_with('\r') {
        true => (line - 1, "\r\n"),
        false => (line, "\n"),
    };
    let note = match document.format {
        Format::Markdown => " <!-- the policy's words; say it in this section's own -->",
        _ => "",
    };
    let words = format!("{line_end}{line_end}{}{note}", due.join(" "));
    Some(Rewrite { at: Span::new(line, line), text: words })
}
