//! Findings of a document → the same text with an allowance at each of them.
//!
//! Above a paragraph, list, table or fence stands a line of its own; in an item, a cell or the first passage of a file,
//! where such a line would mean more, a comment at its end. What cannot hold a comment is left as it is.

use super::allowance::stands_alone_at;
use crate::document::{Block, BlockKind, Document, Format};
use crate::finding::Finding;
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What an allowance says.
#[derive(Clone, Debug)]
pub struct Words {
    /// The rule.
    pub rule: String,
    /// Why.
    pub because: String,
    /// The last day it holds.
    pub until: Option<Date>,
}

impl Words {
    /// `loosetight: allow RULE because "…" until DATE`.
    pub fn line(&self) -> String {
        // A straight quotation mark would end the reason.
        let because = self.because.replace('"', "'");
        let until = self.until.map(|day| format!(" until {day}")).unwrap_or_default();
        format!("loosetight: allow {} because \"{because}\"{until}", self.rule)
    }
}

/// Whether allowances can be written into files of a format; else why not.
///
/// # Errors
/// Why not, in words that go on after "not written: ".
pub fn can_hold(format: Format) -> Result<(), &'static str> {
    match format {
        Format::Markdown | Format::Text | Format::Html => Ok(()),
        Format::Docx => Err("nothing is written into Word files; put it there as a comment at the passage"),
        Format::Xlsx => Err("nothing is written into workbooks"),
        Format::Rst | Format::Asciidoc => Err("put it there as a comment above the passage"),
        Format::Csv | Format::Json => Err("an export is written anew by the program it comes from"),
    }
}

/// The text of a document with an allowance at each finding; the same passage gets one of the same words.
pub fn insert(document: &Document, findings: &[(Finding, Words)]) -> String {
    let text = document.source.text();
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (finding, words) in findings {
        let places = if finding.parts.is_empty() { vec![finding.span] } else { finding.parts.clone() };
        for (at, insertion) in places_for(document, &places, words, line_end) {
            let here = edits.entry(at).or_default();
            if !here.contains(&insertion) {
                here.push(insertion);
            }
        }
    }
    let mut out = String::with_capacity(text.len() + edits.len() * 80);
    let mut from = 0;
    for (at, insertions) in edits {
        out.push_str(&text[from..at]);
        insertions.iter().for_each(|insertion| out.push_str(insertion));
        from = at;
    }
    out.push_str(&text[from..]);
    out
}

/// Where to write what, so that these places are allowed.
fn places_for(document: &Document, places: &[Span], words: &Words, line_end: &str) -> Vec<(usize, String)> {
    let blocks: Vec<u32> = places.iter().filter_map(|span| block_at(document, *span)).collect();
    // A run within one list, table or fence is allowed as a whole.
    let groups = || {
        let lists = document.lists.iter().map(|l| &l.blocks);
        let tables = document.tables.iter().map(|t| &t.blocks);
        lists.chain(tables).chain(document.fences.iter().map(|f| &f.blocks))
    };
    let holds = |group: &&std::ops::Range<u32>| blocks.iter().all(|b| group.contains(b));
    let fence = groups().find(|group| {
        holds(group) && matches!(document.blocks[group.start as usize].kind, BlockKind::Fence { .. })
    });
    let around = if blocks.len() > 1 { groups().find(holds) } else { fence };
    // As the first thing of a file a line would be about the whole of it; a fence has no other place for one.
    let around = around.filter(|group| group.start > 0 || fence.is_some());
    if let Some(group) = around
        && let Some(edit) = above(document, group.start, words, line_end)
    {
        return vec![edit];
    }
    let mut edits: Vec<(usize, String)> =
        blocks.iter().map(|block| at_block(document, *block, words, line_end)).collect();
    edits.dedup();
    edits
}

/// The block a place begins in.
fn block_at(document: &Document, span: Span) -> Option<u32> {
    let holds = |b: &Block| b.span.start <= span.start && span.start < b.span.end;
    document.blocks.iter().position(holds).and_then(|at| u32::try_from(at).ok())
}

fn at_block(document: &Document, block: u32, words: &Words, line_end: &str) -> (usize, String) {
    let b = &document.blocks[block as usize];
    let alone = matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading { .. }) && b.quoted == 0;
    let markdown = document.format == Format::Markdown;
    if (markdown && alone && block > 0 || document.format == Format::Text)
        && let Some(edit) = above(document, block, words, line_end)
    {
        return edit;
    }
    let gap = if markdown { " " } else { "" };
    (b.span.end as usize, format!("{gap}<!-- {} -->", words.line()))
}

/// A line of its own above a block, where nothing stands before the block on its line but white space and markers.
fn above(document: &Document, block: u32, words: &Words, line_end: &str) -> Option<(usize, String)> {
    let text = document.source.text();
    let b = &document.blocks[block as usize];
    // A fence's lines come after the line that opens it.
    let fence = document.fences.iter().find(|f| f.blocks.start == block);
    let start = fence.map_or(b.span.start, |f| f.span.start) as usize;
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let prefix = &text[line..start];
    match document.format {
        Format::Text => {
            let line = if line == 0 { text.len() - text.trim_start_matches('\u{feff}').len() } else { line };
            let before = text[..line].trim_end_matches([' ', '\t', '\u{feff}']);
            let own = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n");
            let gap = if own { "" } else { line_end };
            Some((line, format!("{gap}[{}]{line_end}{line_end}", words.line())))
        }
        Format::Markdown => {
            let indent: String = prefix.chars().take_while(|c| c.is_whitespace()).collect();
            let marked = matches!(b.kind, BlockKind::Fence { .. } | BlockKind::Paragraph)
                && !stands_alone_at(document, start);
            if marked || prefix.contains('>') || indent.len() > 3 {
                return None;
            }
            Some((line, format!("{indent}<!-- {} -->{line_end}", words.line())))
        }
        _ => None,
    }
}
