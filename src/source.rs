//! Bytes of a file ↔ line and column ↔ UTF-16. The only file that converts positions.
//!
//! Everything behind the readers speaks in [`Span`]s: bytes of the original file. Lines and columns exist only at
//! the edge, where a person or an editor wants them, and are worked out here from one index of line starts.

use std::sync::{Arc, OnceLock};

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use serde::{Deserialize, Serialize};

/// A range of bytes in a source text, end exclusive. Files are at most 4 GiB, so 32 bits do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end` (bytes, end exclusive).
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: clamp(start), end: clamp(end) }
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same as a range of `usize`, to slice a string with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(r: std::ops::Range<usize>) -> Self {
        Span::new(r.start, r.end)
    }
}

impl From<Span> for SourceSpan {
    fn from(s: Span) -> Self {
        (s.start as usize, s.len()).into()
    }
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A place as people count: line and column from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1. `\n`, `\r\n` and a lone `\r` each end a line.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

/// A named text and an index of its lines. Cloning shares the text.
#[derive(Clone, Debug)]
pub struct Source {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    name: String,
    text: String,
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source called `name` (a path as it is shown to people, with forward slashes).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Source { inner: Arc::new(Inner { name: name.into(), text: text.into(), lines: OnceLock::new() }) }
    }

    /// The name it is shown under.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// The text of a span; empty where the span does not lie on character boundaries inside the text.
    pub fn slice(&self, span: Span) -> &str {
        self.inner.text.get(span.range()).unwrap_or("")
    }

    /// Bytes at which the lines start.
    fn lines(&self) -> &[u32] {
        self.inner.lines.get_or_init(|| {
            let bytes = self.inner.text.as_bytes();
            let mut starts = vec![0];
            for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                    continue;
                }
                starts.push(clamp(at + 1));
            }
            starts
        })
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }

    /// Index (from 0) of the line that holds a byte.
    fn line_of(&self, offset: u32) -> usize {
        self.lines().partition_point(|&s| s <= offset).saturating_sub(1)
    }

    /// The bytes of line `line` (from 0), without its line ending.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let lines = self.lines();
        let start = *lines.get(line)?;
        let mut end = lines.get(line + 1).copied().unwrap_or(clamp(self.inner.text.len()));
        let bytes = self.inner.text.as_bytes();
        while end > start && matches!(bytes[end as usize - 1], b'\n' | b'\r') {
            end -= 1;
        }
        Some(Span { start, end })
    }

    /// Line and column of a byte offset. An offset inside a character counts as the character's start,
    /// one behind the end as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.lines()[line];
        let column = self.inner.text[start as usize..offset as usize].chars().count();
        Position { line: clamp(line + 1), column: clamp(column + 1) }
    }

    /// Line and column of a byte offset, both from 1, the column in bytes of UTF-8, as some programs count.
    pub fn position_in_bytes(&self, offset: u32) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        Position { line: clamp(line + 1), column: offset - self.lines()[line] + 1 }
    }

    /// Line and UTF-16 code unit of a byte offset, both from 0, as the Language Server Protocol counts.
    pub fn utf16(&self, offset: u32) -> (u32, u32) {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.lines()[line] as usize;
        let units: usize = self.inner.text[start..offset as usize].chars().map(char::len_utf16).sum();
        (clamp(line), clamp(units))
    }

    /// The byte offset of a line and UTF-16 code unit (both from 0). Past the end of a line means its end.
    pub fn from_utf16(&self, line: u32, unit: u32) -> u32 {
        let Some(span) = self.line_span(line as usize) else { return clamp(self.inner.text.len()) };
        let mut units = 0;
        for (at, c) in self.slice(span).char_indices() {
            if units >= unit {
                return span.start + clamp(at);
            }
            units += clamp(c.len_utf16());
        }
        span.end
    }

    /// The nearest character boundary at or before `offset`.
    fn floor(&self, offset: u32) -> u32 {
        clamp(self.inner.text.floor_char_boundary(offset as usize))
    }
}

/// Miette asks for a span and some lines around it, once for every label; answering from the index instead of
/// scanning from the start makes a thousand findings in a megabyte take milliseconds.
impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.text();
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let first = self.line_of(clamp(start));
        // A span that ends at a line start belongs to the line before it.
        let last = self.line_of(clamp(if end > start { end - 1 } else { end }));
        let from = first.saturating_sub(context_lines_before);
        let to = (last + context_lines_after).min(self.line_count() - 1);
        let from_byte = self.lines()[from] as usize;
        let to_byte = self.lines().get(to + 1).map_or(text.len(), |&s| s as usize);
        let column = text[..text.floor_char_boundary(start)][self.lines()[first] as usize..].chars().count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name().to_owned(),
            &text.as_bytes()[from_byte..to_byte],
            (from_byte, to_byte - from_byte).into(),
            from,
            if from == first { column } else { 0 },
            to - from + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_every_kind_of_line_end() {
        let s = Source::new("x", "a\r\nbé😀c\rd\n");
        let at = |needle: &str| s.position(clamp(s.text().find(needle).unwrap()));
        assert_eq!(at("a"), Position { line: 1, column: 1 });
        assert_eq!(at("c"), Position { line: 2, column: 4 });
        assert_eq!(at("d"), Position { line: 3, column: 1 });
        assert_eq!(s.position(999), Position { line: 4, column: 1 });
        assert_eq!(s.utf16(clamp(s.text().find('c').unwrap())), (1, 4));
        assert_eq!(s.position_in_bytes(clamp(s.text().find('c').unwrap())), Position { line: 2, column: 8 });
    }

    proptest::proptest! {
        #[test]
        fn utf16_round_trips(text in "(\\PC|\r\n|\n|é|😀|e\u{301}){0,60}") {
            let s = Source::new("x", text.clone());
            for (at, c) in text.char_indices() {
                if c == '\n' || c == '\r' { continue; }
                let (line, unit) = s.utf16(clamp(at));
                proptest::prop_assert_eq!(s.from_utf16(line, unit) as usize, at);
            }
        }
    }
}
