//! What the readers of reStructuredText and AsciiDoc share: lines with their indent, cells of a row, words with their
//! places.

use crate::document::builder::Builder;
use std::ops::Range;

/// A line without the white space around it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its first byte in the source, white space included.
    pub from: usize,
    pub start: usize,
    pub end: usize,
    /// Columns before the first word; a tab goes to the next eighth.
    pub indent: usize,
}

impl Row {
    pub fn text<'a>(&self, source: &'a str) -> &'a str {
        &source[self.start..self.end]
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// The lines of a text; `\n`, `\r\n` and a lone `\r` each end one.
pub(super) fn rows(source: &str, start: usize) -> Vec<Row> {
    let bytes = source.as_bytes();
    let mut rows = Vec::new();
    let mut from = start;
    while from < bytes.len() {
        let to = memchr::memchr2(b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |n| from + n);
        let whole = &source[from..to];
        let text = whole.trim_start();
        let start = to - text.len();
        let indent = whole[..whole.len() - text.len()]
            .chars()
            .fold(0, |n, c| if c == '\t' { (n / 8 + 1) * 8 } else { n + 1 });
        rows.push(Row { from, start, end: start + text.trim_end().len(), indent });
        from = to + if bytes[to..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    rows
}

/// Writes words into the open block, one space for any white space between them.
pub(super) fn words(b: &mut Builder, source: &str, at: Range<usize>) {
    let mut from = at.start;
    let text = &source[at.clone()];
    while from < at.end {
        let rest = &text[from - at.start..];
        let space = rest.len() - rest.trim_start().len();
        if space > 0 {
            b.space(from..from + space, false);
            from += space;
            continue;
        }
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        b.copy(from..from + word);
        from += word;
    }
}

/// Whether a mark may begin here: what stands before is no letter, what follows is no space.
pub(super) fn begins(source: &str, at: Range<usize>, from: usize, len: usize) -> bool {
    let before = source[at.start..from].chars().next_back();
    let after = source[from + len..at.end].chars().next();
    before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_whitespace())
}

/// Where the mark that ends a stretch stands: not after a space, not before a letter. `from` is the first byte inside.
pub(super) fn ends(source: &str, at: Range<usize>, from: usize, mark: &str) -> Option<usize> {
    let text = source.get(from..at.end)?;
    // Nobody emphasises a page; a mark alone must not cost the rest of the text.
    let text = &text[..text.floor_char_boundary(4000)];
    let mut search = 0;
    while let Some(n) = text[search..].find(mark) {
        let i = search + n;
        let before = text[..i].chars().next_back();
        let after = text[i + mark.len()..].chars().next();
        if before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric()) {
            return Some(from + i);
        }
        search = i + mark.len();
    }
    None
}

/// The byte at which character column `column` of a line begins; the line's end where it is shorter.
pub(super) fn column(source: &str, row: &Row, column: usize) -> usize {
    let line = &source[row.from..row.end];
    line.char_indices().nth(column).map_or(row.end, |(i, _)| row.from + i)
}

/// A range without the white space around it.
pub(super) fn trim(source: &str, at: Range<usize>) -> Range<usize> {
    let whole = source.get(at.clone()).unwrap_or("");
    let text = whole.trim_start();
    let start = at.end - text.len();
    start..start + text.trim_end().len()
}
