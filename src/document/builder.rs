//! What every reader writes into: text and marks as they come, in order; out comes a [`Document`].
//!
//! The builder owns the rules all formats share: one space for any run of white space between words, a newline
//! between blocks, no empty blocks except table cells, and a `[loosetight: …]` paragraph is a comment.

use crate::document::flatten::Flat;
use crate::document::{
    Block, BlockKind, Comment, Document, Fence, Format, Inline, InlineKind, List, Meta, Table, metadata,
    sections, urls,
};
use crate::source::{Source, Span};

/// Stretches open at once; deeper ones are not told apart, so that closing one stays cheap.
const MARKS: usize = 64;

/// A document being read.
pub(crate) struct Builder<'a> {
    source: &'a str,
    flat: Flat,
    pub blocks: Vec<Block>,
    inlines: Vec<Inline>,
    pub comments: Vec<Comment>,
    pub metadata: Vec<Meta>,
    pub tables: Vec<Table>,
    pub lists: Vec<List>,
    pub fences: Vec<Fence>,
    /// Where each heading begins in the source, its markers included.
    headings: Vec<u32>,
    open: Option<Open>,
    /// White space waiting for a word to follow, and whether the author ended a line there.
    space: Option<(Span, bool)>,
    /// Indices of inlines that are not closed yet.
    marks: Vec<usize>,
}

/// The block being filled.
struct Open {
    kind: BlockKind,
    quoted: u8,
    /// Where it begins in the source, markers included.
    outer: u32,
    place: Option<Box<str>>,
    /// First byte of its flat text, once there is any.
    text: Option<u32>,
    span: Option<Span>,
    /// Number of inlines before it.
    inlines: usize,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str) -> Self {
        Builder {
            source,
            flat: Flat::with_capacity(source.len()),
            blocks: Vec::with_capacity(source.len() / 128),
            inlines: Vec::with_capacity(source.len() / 512),
            comments: Vec::new(),
            metadata: Vec::new(),
            tables: Vec::new(),
            lists: Vec::new(),
            fences: Vec::new(),
            headings: Vec::new(),
            open: None,
            space: None,
            marks: Vec::new(),
        }
    }

    /// Number of blocks so far, as an index.
    pub fn count(&self) -> u32 {
        u32::try_from(self.blocks.len()).unwrap_or(u32::MAX)
    }

    /// Ends the open block, if any, and begins another. `outer` is where it begins, markers included.
    pub fn begin(&mut self, kind: BlockKind, quoted: u8, outer: usize) {
        self.end();
        let outer = Span::new(outer, outer).start;
        self.open = Some(Open {
            kind,
            quoted,
            outer,
            place: None,
            text: None,
            span: None,
            inlines: self.inlines.len(),
        });
    }

    /// Says in words where the open block stands, for formats without lines.
    pub fn place(&mut self, place: String) {
        if let Some(o) = &mut self.open {
            o.place = (!place.is_empty()).then(|| place.into_boxed_str());
        }
    }

    /// The byte of the source at `at`.
    pub fn source_byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the open block has text already.
    pub fn has_text(&self) -> bool {
        self.open.as_ref().is_some_and(|o| o.text.is_some_and(|t| t < self.flat.len()))
    }

    /// The kind of the open block.
    pub fn kind(&self) -> Option<BlockKind> {
        self.open.as_ref().map(|o| o.kind)
    }

    /// How many quotes the open block stands in.
    pub fn quoted(&self) -> Option<u8> {
        self.open.as_ref().map(|o| o.quoted)
    }

    /// The text of the open block so far.
    pub fn text(&self) -> &str {
        self.open.as_ref().and_then(|o| self.flat.text().get(o.text? as usize..)).unwrap_or("")
    }

    /// The open block turns out to be something else.
    pub fn turn_into(&mut self, kind: BlockKind) {
        if let Some(o) = &mut self.open {
            o.kind = kind;
        }
    }

    /// Text that stands in the source letter for letter.
    pub fn copy(&mut self, at: std::ops::Range<usize>) {
        let Some(text) = self.source.get(at.clone()).filter(|t| !t.is_empty()) else { return };
        self.ready();
        let mut span = Span::from(at);
        let text = if self.spaced() {
            // What stood between two spaces is gone: one of them stays.
            let rest = text.trim_start_matches([' ', '\t']);
            span.start += Span::new(0, text.len() - rest.len()).end;
            rest
        } else {
            text
        };
        self.flat.copy(text, span.start);
        self.cover(span);
    }

    /// Whether a space more would be one too many.
    fn spaced(&self) -> bool {
        matches!(self.flat.text().as_bytes().last(), None | Some(b' ' | b'\n'))
    }

    /// Text that stands for another one in the source (`&amp;` → `&`). A line break in it becomes a space.
    pub fn stand_in(&mut self, text: &str, at: std::ops::Range<usize>) {
        if text == "\u{a0}" {
            // `&nbsp;`
            self.space(at, false);
            return;
        }
        if text.is_empty() {
            return;
        }
        self.ready();
        let span = Span::from(at);
        if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
            if !self.spaced() {
                self.flat.replace(" ", span);
            }
        } else {
            self.flat.replace(text, span);
        }
        self.cover(span);
    }

    /// White space: one space, if a word follows in the same block. `hard`: the author ended the line on purpose.
    pub fn space(&mut self, at: std::ops::Range<usize>, hard: bool) {
        if !self.has_text() {
            return;
        }
        let span = Span::from(at);
        self.space = Some(match self.space {
            Some((s, h)) => (s.join(span), h || hard),
            None => (span, hard),
        });
    }

    /// Lengthens the open block's span, for markers that belong to its text (`**`).
    pub fn cover(&mut self, span: Span) {
        if let Some(o) = &mut self.open {
            o.span = Some(o.span.map_or(span, |s| s.join(span)));
        }
    }

    /// Begins a stretch with a meaning of its own.
    pub fn mark(&mut self, kind: InlineKind) {
        if self.open.is_none() || self.marks.len() >= MARKS {
            return;
        }
        self.ready();
        self.marks.push(self.inlines.len());
        let at = self.flat.len();
        self.inlines.push(Inline { kind, text: Span { start: at, end: at } });
    }

    /// Ends the innermost stretch of this kind.
    pub fn unmark(&mut self, kind: InlineKind) {
        let Some(at) = self.marks.iter().rposition(|&i| self.inlines[i].kind == kind) else { return };
        let i = self.marks.remove(at);
        self.inlines[i].text.end = self.flat.len();
    }

    /// Makes ready for a word: the newline before the block, the space before the word.
    fn ready(&mut self) {
        let Some(o) = &mut self.open else { return };
        if o.text.is_none() {
            self.flat.separate();
            o.text = Some(self.flat.len());
            self.space = None;
        }
        let Some((span, hard)) = self.space.take() else { return };
        if self.spaced() {
            return;
        }
        let at = self.flat.len();
        if self.source.get(span.range()) == Some(" ") {
            self.flat.copy(" ", span.start);
        } else {
            self.flat.replace(" ", span);
        }
        if hard {
            self.inlines.push(Inline { kind: InlineKind::Break, text: Span { start: at, end: at + 1 } });
        }
    }

    /// Whether the open block's text is wholly bold, a colon behind it aside.
    pub fn wholly_strong(&self) -> bool {
        let Some(o) = &self.open else { return false };
        let Some(start) = o.text else { return false };
        let text = self.text().trim_end().trim_end_matches(':').trim_end();
        let end = start + Span::new(0, text.len()).end;
        !text.is_empty()
            && self.inlines[o.inlines..].iter().any(|i| {
                i.kind == InlineKind::Strong
                    && i.text.start == start
                    && (i.text.end >= end || i.text.is_empty())
            })
            && !self.inlines[o.inlines..].iter().any(|i| i.kind == InlineKind::Break)
    }

    /// Ends the open block. Says whether a block came of it.
    pub fn end(&mut self) -> bool {
        for i in std::mem::take(&mut self.marks) {
            self.inlines[i].text.end = self.flat.len();
        }
        self.space = None;
        let Some(o) = self.open.take() else { return false };
        let text = o.text.unwrap_or(self.flat.len());
        let trimmed = self.flat.text()[text as usize..].trim_end().len();
        let end = text + Span::new(0, trimmed).end;
        if end < self.flat.len() {
            self.flat.truncate(end);
        }
        let mut kept = o.inlines;
        for at in o.inlines..self.inlines.len() {
            let mut i = self.inlines[at];
            i.text.end = i.text.end.min(end);
            if !i.text.is_empty() {
                self.inlines[kept] = i;
                kept += 1;
            }
        }
        self.inlines.truncate(kept);
        if text == end {
            self.inlines.truncate(o.inlines);
            if !matches!(o.kind, BlockKind::Cell { .. } | BlockKind::Code) {
                return false;
            }
        } else if o.kind == BlockKind::Paragraph && self.bracketed(text, o.span) {
            self.inlines.truncate(o.inlines);
            self.flat.truncate(text);
            return false;
        }
        if matches!(o.kind, BlockKind::Heading { .. }) {
            self.headings.push(o.outer);
        }
        self.blocks.push(Block {
            kind: o.kind,
            text: Span { start: text, end },
            span: o.span.unwrap_or(Span { start: o.outer, end: o.outer }),
            section: 0,
            quoted: o.quoted,
            place: o.place,
        });
        true
    }

    /// A paragraph `[loosetight: …]` is a comment, for formats that have none.
    fn bracketed(&mut self, text: u32, span: Option<Span>) -> bool {
        let text = &self.flat.text()[text as usize..];
        let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else { return false };
        let inner = inner.trim();
        if !inner.get(..11).is_some_and(|p| p.eq_ignore_ascii_case("loosetight:")) {
            return false;
        }
        let comment =
            Comment { text: inner.to_owned(), span: span.unwrap_or_default(), before: self.count() };
        self.comments.push(comment);
        true
    }

    /// A comment; it stands before the block that is open or comes next.
    pub fn comment(&mut self, text: &str, at: std::ops::Range<usize>) {
        let before = self.count();
        self.comments.push(Comment { text: text.trim().to_owned(), span: at.into(), before });
    }

    /// Begins a list and gives its index.
    pub fn begin_list(&mut self, ordered: bool) -> u32 {
        let at = self.count();
        self.lists.push(List { blocks: at..at, ordered });
        u32::try_from(self.lists.len() - 1).unwrap_or(u32::MAX)
    }

    /// Ends a list.
    pub fn end_list(&mut self, list: u32) {
        let at = self.count();
        if let Some(l) = self.lists.get_mut(list as usize) {
            l.blocks.end = at;
        }
    }

    /// Begins a table and gives its index.
    pub fn begin_table(&mut self) -> u32 {
        let at = self.count();
        self.tables.push(Table { blocks: at..at, rows: 0, columns: 0, header: false, control: false });
        u32::try_from(self.tables.len() - 1).unwrap_or(u32::MAX)
    }

    /// Ends a table of so many rows and columns.
    pub fn end_table(&mut self, table: u32, rows: u32, columns: u32, header: bool) {
        let at = self.count();
        if let Some(t) = self.tables.get_mut(table as usize) {
            *t = Table { blocks: t.blocks.start..at, rows, columns, header, control: false };
        }
    }

    /// Says of all cells of a table's first row whether they are headings.
    pub fn heading_row(&mut self, table: u32, is: bool) {
        let Some(t) = self.tables.get(table as usize) else { return };
        for b in &mut self.blocks[t.blocks.start as usize..t.blocks.end as usize] {
            if let BlockKind::Cell { table: of, row: 0, header, .. } = &mut b.kind
                && *of == table
            {
                *header = is;
            }
        }
    }

    /// All blocks are in: sections, addresses, a control table.
    pub fn finish(mut self, source: Source, format: Format) -> Document {
        self.end();
        let sections = sections::sections(&mut self.blocks, &self.headings, source.text().len());
        urls::mark(self.flat.text(), &mut self.inlines);
        let mut document = Document {
            source,
            format,
            flat: self.flat,
            blocks: self.blocks,
            inlines: self.inlines,
            sections,
            tables: self.tables,
            lists: self.lists,
            fences: self.fences,
            metadata: self.metadata,
            comments: self.comments,
        };
        metadata::control_table(&mut document);
        metadata::control_lines(&mut document);
        document
    }
}
