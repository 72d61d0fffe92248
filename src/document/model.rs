//! What a reader hands over: the blocks of a document in reading order, with one flat text under all of them.

use crate::document::flatten::Flat;
use crate::document::metadata;
use crate::source::{Source, Span};
use serde::{Deserialize, Serialize};

/// A document as the linter reads it. All `text` spans are bytes of [`Document::flat`]; all `span`s are bytes of
/// [`Document::source`].
#[derive(Clone, Debug)]
pub struct Document {
    /// What spans refer to: the file's own text, or for a format without byte positions the text taken from it.
    pub source: Source,
    /// How it was read.
    pub format: Format,
    /// The flat text of all blocks, one after the other, a newline between two.
    pub flat: Flat,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Emphasis, code, links and labels inside blocks, in order of their start.
    pub inlines: Vec<Inline>,
    /// Sections in reading order; the first is what stands before any heading and may be empty.
    pub sections: Vec<Section>,
    /// Tables in reading order; [`BlockKind::Cell`] names its table by index.
    pub tables: Vec<Table>,
    /// Lists in the order in which they begin; [`BlockKind::Item`] names its list by index.
    pub lists: Vec<List>,
    /// Fenced and indented texts in reading order; [`BlockKind::Fence`] names its fence by index.
    pub fences: Vec<Fence>,
    /// What front matter or a document-control table says, keys in lower case.
    pub metadata: Vec<Meta>,
    /// Comments of the document (`<!-- … -->`, a bracketed `[loosetight: …]` paragraph, a Word comment).
    pub comments: Vec<Comment>,
}

/// How a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// CommonMark with GFM tables and task lists.
    Markdown,
    /// Plain text.
    Text,
    /// A web page or an export of a wiki.
    Html,
    /// A Word document.
    Docx,
    /// An Excel workbook.
    Xlsx,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    Asciidoc,
    /// An export of macros or saved replies, one a row.
    Csv,
    /// An export of macros or saved replies in JSON.
    Json,
}

/// One paragraph, heading, list item, table cell or piece of fenced text.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its flat text.
    pub text: Span,
    /// Where it stands in the source, markers left out.
    pub span: Span,
    /// Index of its section.
    pub section: u32,
    /// How many block quotes it stands in.
    pub quoted: u8,
    /// Where a format has no lines, the place in words ("4 Arrival › paragraph 12").
    pub place: Option<Box<str>>,
}

/// The kinds of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; `level` from 1. A bold line that serves as one counts, one level below its surroundings.
    Heading {
        /// 1 to 6, as in HTML.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// A list item, or a further paragraph of one (`first` false).
    Item {
        /// Which list of the document, from 0; a nested list has its own number.
        list: u32,
        /// Nesting, from 0.
        depth: u8,
        /// Its number, in an ordered list.
        number: Option<u32>,
        /// Whether the item begins here.
        first: bool,
    },
    /// A table cell.
    Cell {
        /// Which table of the document, from 0.
        table: u32,
        /// Row, from 0; the heading row, where there is one, is row 0.
        row: u32,
        /// Column, from 0.
        column: u32,
        /// Whether it stands in the heading row.
        header: bool,
    },
    /// A line of fenced or indented text that is prose.
    Fence {
        /// Which fence of the document, from 0.
        fence: u32,
    },
    /// Fenced text that is not prose (a program, a log): kept for its place, never read.
    Code,
}

/// A stretch of text with a meaning of its own.
#[derive(Clone, Copy, Debug)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where, in the flat text.
    pub text: Span,
}

/// The kinds of inline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Italics.
    Emphasis,
    /// Bold.
    Strong,
    /// Code: read as one opaque word.
    Code,
    /// A link's text.
    Link,
    /// A bare address: read as one opaque word.
    Url,
    /// Struck out: not read.
    Struck,
    /// The space that stands for a line the author ended on purpose (two spaces, a backslash, `<br>`).
    Break,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its cells, row by row. A cell with several paragraphs is several blocks with the same row and column.
    pub blocks: std::ops::Range<u32>,
    /// How many rows, the heading row included.
    pub rows: u32,
    /// How many columns its widest row has.
    pub columns: u32,
    /// Whether row 0 is a heading row.
    pub header: bool,
    /// Whether it is the document's control table (owner, version, reviewed): metadata, not advice.
    pub control: bool,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Its blocks, nested lists included.
    pub blocks: std::ops::Range<u32>,
    /// Whether it is numbered.
    pub ordered: bool,
}

/// A fenced or indented text.
#[derive(Clone, Debug)]
pub struct Fence {
    /// Its lines, or its one block of [`BlockKind::Code`].
    pub blocks: std::ops::Range<u32>,
    /// The words after the opening fence ("md", "text"), in the source; empty without any.
    pub info: Span,
    /// Fences included, in the source.
    pub span: Span,
}

/// A heading and the text up to the next heading of any level.
#[derive(Clone, Debug)]
pub struct Section {
    /// Index of the heading's block; `None` before the first heading.
    pub heading: Option<u32>,
    /// The heading's level; 0 before the first heading.
    pub level: u8,
    /// Index of the nearest section above with a lower level.
    pub parent: Option<u32>,
    /// Its blocks, the heading included.
    pub blocks: std::ops::Range<u32>,
    /// From its heading to the next heading, in the source.
    pub span: Span,
}

/// One line of metadata.
#[derive(Clone, Debug)]
pub struct Meta {
    /// The key, in lower case.
    pub key: String,
    /// The value as written; a list is joined by commas.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

/// A comment of the document.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its text without the marks around it.
    pub text: String,
    /// Where it stands, marks included.
    pub span: Span,
    /// Index of the block that follows (the number of blocks at the end of the document).
    pub before: u32,
}

impl Document {
    /// The flat text of a block.
    pub fn text(&self, block: &Block) -> &str {
        self.flat.text().get(block.text.range()).unwrap_or("")
    }

    /// The heading text of a section, empty before the first heading.
    pub fn heading(&self, section: u32) -> &str {
        let Some(s) = self.sections.get(section as usize) else { return "" };
        s.heading.and_then(|b| self.blocks.get(b as usize)).map_or("", |b| self.text(b))
    }

    /// The headings from the document's title down to this section.
    pub fn heading_path(&self, section: u32) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = Some(section);
        while let Some(i) = at {
            let Some(s) = self.sections.get(i as usize) else { break };
            if s.heading.is_some() {
                path.push(self.heading(i));
            }
            at = s.parent;
        }
        path.reverse();
        path
    }

    /// The value of a metadata key, under this name or another people have for it (`last_reviewed` for `reviewed`).
    pub fn meta(&self, key: &str) -> Option<&Meta> {
        let same = |m: &&Meta| metadata::canonical(&m.key) == Some(key);
        self.metadata.iter().find(|m| m.key == key).or_else(|| self.metadata.iter().find(same))
    }

    /// The blocks of an index range, as tables, lists, fences and sections hold them.
    pub fn slice(&self, blocks: &std::ops::Range<u32>) -> &[Block] {
        self.blocks.get(blocks.start as usize..blocks.end as usize).unwrap_or(&[])
    }

    /// For a cell, the heading of its column: the first block of row 0 in the same column, where row 0 is a heading
    /// row and the cell does not stand in it.
    pub fn column_heading(&self, block: &Block) -> Option<&Block> {
        let BlockKind::Cell { table, column, header: false, .. } = block.kind else { return None };
        let t = self.tables.get(table as usize).filter(|t| t.header)?;
        self.slice(&t.blocks)
            .iter()
            .take_while(|b| !matches!(b.kind, BlockKind::Cell { table: x, row: 1.., .. } if x == table))
            .find(|b| matches!(b.kind, BlockKind::Cell { table: x, column: y, .. } if x == table && y == column))
    }

    /// The index of one of the document's blocks.
    pub fn index_of(&self, block: &Block) -> u32 {
        let from = self.blocks.partition_point(|b| b.text.start < block.text.start);
        // Empty blocks may begin at the same place.
        let at = self.blocks[from..].iter().position(|b| std::ptr::eq(b, block)).unwrap_or(0);
        (from + at) as u32
    }

    /// For the cell at index `block`, the blocks of its row, itself included, from left to right; empty otherwise.
    pub fn row(&self, block: u32) -> &[Block] {
        let Some(BlockKind::Cell { table, row, .. }) = self.blocks.get(block as usize).map(|b| b.kind) else {
            return &[];
        };
        let same =
            |b: &Block| matches!(b.kind, BlockKind::Cell { table: t, row: r, .. } if t == table && r == row);
        let at = block as usize;
        let start = at - self.blocks[..at].iter().rev().take_while(|b| same(b)).count();
        let end = at + self.blocks[at..].iter().take_while(|b| same(b)).count();
        &self.blocks[start..end]
    }

    /// For a block of a nested list, the index of the item it is nested in.
    pub fn parent_item(&self, block: u32) -> Option<u32> {
        let BlockKind::Item { list, .. } = self.blocks.get(block as usize)?.kind else { return None };
        let before = self.lists.get(list as usize)?.blocks.start.checked_sub(1)?;
        let around = |l: u32| self.lists.get(l as usize).is_some_and(|l| l.blocks.contains(&block));
        match self.blocks.get(before as usize)?.kind {
            BlockKind::Item { list, .. } if around(list) => Some(before),
            _ => None,
        }
    }

    /// Index of the block that introduces a list, table or fence: the one just before it in the same section.
    pub fn lead(&self, blocks: &std::ops::Range<u32>) -> Option<u32> {
        let before = blocks.start.checked_sub(1)?;
        let section = |b: u32| self.blocks.get(b as usize).map(|b| b.section);
        (section(before) == section(blocks.start)).then_some(before)
    }

    /// The inlines inside a range of flat text, in order of their start.
    pub fn inlines_in(&self, text: Span) -> &[Inline] {
        let start = self.inlines.partition_point(|i| i.text.start < text.start);
        let end = self.inlines.partition_point(|i| i.text.start < text.end);
        self.inlines.get(start..end).unwrap_or(&[])
    }
}
