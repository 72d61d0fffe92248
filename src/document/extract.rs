//! Text taken out of a format without byte positions (Word, Excel) → a [`Document`] over that text, one line a block.
//!
//! Readers hand over lines in order; the text they make together is the document's source, and the builder is led
//! over it as over any file, so that spans, excerpts and fingerprints work alike.

use crate::document::builder::Builder;
use crate::document::{BlockKind, Document, Format, InlineKind};
use crate::source::{Source, Span};
use std::ops::Range;

/// What a stretch of a line is, as bits.
pub(crate) mod marks {
    /// Bold.
    pub const STRONG: u8 = 1;
    /// Italics.
    pub const EMPHASIS: u8 = 2;
    /// Struck out.
    pub const STRUCK: u8 = 4;
    /// A link's text.
    pub const LINK: u8 = 8;
}

const KINDS: [(u8, InlineKind); 4] = [
    (marks::STRONG, InlineKind::Strong),
    (marks::EMPHASIS, InlineKind::Emphasis),
    (marks::STRUCK, InlineKind::Struck),
    (marks::LINK, InlineKind::Link),
];

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text and what it is.
    Text(String, u8),
    /// A line the author ended on purpose.
    Break,
}

/// One block to be.
#[derive(Debug)]
pub(crate) struct Line {
    pub kind: BlockKind,
    pub quoted: u8,
    pub place: String,
    pub pieces: Vec<Piece>,
    /// What is said about it in the margin.
    pub comments: Vec<String>,
}

enum Step {
    Line(Line),
    BeginList(bool),
    EndList(u32),
    BeginTable,
    EndTable { table: u32, rows: u32, columns: u32, header: bool },
}

/// A document being taken out of its file.
#[derive(Default)]
pub(crate) struct Extract {
    steps: Vec<Step>,
    lists: u32,
    tables: u32,
}

impl Extract {
    pub fn line(&mut self, line: Line) {
        self.steps.push(Step::Line(line));
    }

    /// Begins a list and gives its index.
    pub fn begin_list(&mut self, ordered: bool) -> u32 {
        self.steps.push(Step::BeginList(ordered));
        self.lists += 1;
        self.lists - 1
    }

    pub fn end_list(&mut self, list: u32) {
        self.steps.push(Step::EndList(list));
    }

    /// Begins a table and gives its index.
    pub fn begin_table(&mut self) -> u32 {
        self.steps.push(Step::BeginTable);
        self.tables += 1;
        self.tables - 1
    }

    pub fn end_table(&mut self, table: u32, rows: u32, columns: u32, header: bool) {
        self.steps.push(Step::EndTable { table, rows, columns, header });
    }

    /// All lines are in.
    pub fn finish(self, name: &str, format: Format) -> Document {
        let mut text = String::new();
        let written: Vec<Option<Written>> = self
            .steps
            .iter()
            .map(|s| match s {
                Step::Line(line) => Some(write(&mut text, line)),
                _ => None,
            })
            .collect();
        let source = Source::new(name, text);
        let shared = source.clone();
        let mut b = Builder::new(shared.text());
        for (step, written) in self.steps.into_iter().zip(written) {
            match step {
                Step::Line(line) => {
                    if let Some(written) = written {
                        replay(&mut b, line, written);
                    }
                }
                Step::BeginList(ordered) => {
                    b.begin_list(ordered);
                }
                Step::EndList(list) => b.end_list(list),
                Step::BeginTable => {
                    b.begin_table();
                }
                Step::EndTable { table, rows, columns, header } => {
                    b.end_table(table, rows, columns, header);
                }
            }
        }
        b.finish(source, format)
    }
}

/// Where the parts of a line came to stand in the text.
struct Written {
    line: Range<usize>,
    /// Each piece without the white space around it; a break is the space before the next word.
    pieces: Vec<Range<usize>>,
    comments: Vec<Option<Range<usize>>>,
}

/// Writes a line, one space for any white space between words. A comment that speaks to the linter gets a line of
/// its own before it, so that a finding about the comment has a place; other comments stay out of the text.
fn write(text: &mut String, line: &Line) -> Written {
    let mut comments = Vec::with_capacity(line.comments.len());
    for comment in &line.comments {
        comments.push(addressed(comment).then(|| {
            let start = text.len();
            text.push('[');
            words(text, start + 1, comment, &mut false);
            text.push(']');
            let at = start..text.len();
            text.push('\n');
            at
        }));
    }
    let start = text.len();
    let mut space = false;
    let mut pieces = Vec::with_capacity(line.pieces.len());
    for piece in &line.pieces {
        match piece {
            Piece::Text(t, _) => {
                let from = text.len();
                words(text, start, t, &mut space);
                pieces.push(from..text.len());
            }
            Piece::Break => {
                space = true;
                pieces.push(text.len()..text.len());
            }
        }
    }
    let at = start..text.len();
    if !at.is_empty() {
        text.push('\n');
    }
    Written { line: at, pieces, comments }
}

/// Appends words; `space` says whether white space came last and a word is to follow it.
fn words(text: &mut String, start: usize, words: &str, space: &mut bool) {
    for c in words.chars() {
        // Control characters are none of a text's; a zero byte would make it look binary.
        if c.is_whitespace() || c.is_control() {
            *space = true;
        } else {
            if std::mem::take(space) && text.len() > start {
                text.push(' ');
            }
            text.push(c);
        }
    }
}

fn addressed(comment: &str) -> bool {
    comment.trim_start().get(..11).is_some_and(|p| p.eq_ignore_ascii_case("loosetight:"))
}

fn replay(b: &mut Builder, line: Line, written: Written) {
    for (comment, at) in line.comments.iter().zip(written.comments) {
        b.comment(comment, at.unwrap_or(written.line.clone()));
    }
    b.begin(line.kind, line.quoted, written.line.start);
    b.place(line.place);
    b.cover(Span::from(written.line.clone()));
    let mut open = 0;
    let mut broken = false;
    for (piece, at) in line.pieces.iter().zip(written.pieces) {
        match piece {
            Piece::Text(_, bits) => {
                let mut at = at;
                if at.is_empty() {
                    continue;
                }
                for (bit, kind) in KINDS {
                    if open & bit != 0 && bits & bit == 0 {
                        b.unmark(kind);
                    }
                }
                if b.source_byte(at.start) == Some(b' ') {
                    // The space before a word belongs to neither stretch, as in other formats.
                    b.space(at.start..at.start + 1, std::mem::take(&mut broken));
                    at.start += 1;
                }
                for (bit, kind) in KINDS {
                    if open & bit == 0 && bits & bit != 0 {
                        b.mark(kind);
                    }
                }
                open = *bits;
                b.copy(at);
            }
            Piece::Break => broken = true,
        }
    }
    b.end();
}
