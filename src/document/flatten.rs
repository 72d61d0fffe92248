//! Flat text with a map back to the source: emphasis marks, entities, soft wraps and `> ` prefixes are gone, and
//! every byte of what is left knows where it came from.

use crate::source::Span;

/// Flat text and where each stretch of it lies in the source.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    text: String,
    /// Stretches in order of `flat`; a stretch reaches to the next one's start.
    runs: Vec<Run>,
}

/// A stretch of flat text that came from one stretch of the source.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// First byte in the flat text.
    flat: u32,
    /// First byte in the source.
    source: u32,
    /// Length of the source stretch in bytes: equal to the flat length when copied, different when the text was
    /// replaced (`&amp;` → `&`, a soft wrap → one space).
    source_len: u32,
    copied: bool,
}

impl Flat {
    /// An empty text with room for `bytes`.
    pub fn with_capacity(bytes: usize) -> Self {
        Flat { text: String::with_capacity(bytes), runs: Vec::new() }
    }

    /// The flat text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its length in bytes, as a position.
    pub fn len(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// Whether nothing has been pushed yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends text that stands in the source letter for letter at `source`.
    pub fn copy(&mut self, text: &str, source: u32) {
        if text.is_empty() {
            return;
        }
        let flat = self.len();
        // Text that goes on where the last copied run ended lengthens that run.
        let goes_on = self
            .runs
            .last()
            .is_some_and(|r| r.copied && r.source + r.source_len == source && r.flat + r.source_len == flat);
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if goes_on {
            if let Some(r) = self.runs.last_mut() {
                r.source_len += len;
            }
        } else {
            self.runs.push(Run { flat, source, source_len: len, copied: true });
        }
        self.text.push_str(text);
    }

    /// Appends text that stands for another text at `source` (an entity, a soft wrap).
    pub fn replace(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let source_len = source.end.saturating_sub(source.start);
        self.runs.push(Run { flat: self.len(), source: source.start, source_len, copied: false });
        self.text.push_str(text);
    }

    /// Ends a block: a newline that stands for nothing in the source, unless one stands there already.
    pub(crate) fn separate(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Takes back everything from byte `len` on, which must be a character boundary.
    pub(crate) fn truncate(&mut self, len: u32) {
        while self.runs.last().is_some_and(|r| r.flat >= len) {
            self.runs.pop();
        }
        if let Some(r) = self.runs.last_mut()
            && r.copied
        {
            r.source_len = r.source_len.min(len - r.flat);
        }
        self.text.truncate(len as usize);
    }

    /// The stretches in order: flat span, source span, and whether the text was copied letter for letter
    /// (otherwise it stands for another text: `&amp;`, a soft wrap).
    pub fn stretches(&self) -> impl Iterator<Item = (Span, Span, bool)> + '_ {
        self.runs.iter().enumerate().map(|(i, r)| {
            let next = self.runs.get(i + 1).map_or(self.len(), |n| n.flat);
            let end = if r.copied { (r.flat + r.source_len).min(next) } else { self.ends(r.flat, next) };
            (Span { start: r.flat, end }, Span { start: r.source, end: r.source + r.source_len }, r.copied)
        })
    }

    /// Where a replaced stretch ends: before the newline that separates it from the next block.
    fn ends(&self, start: u32, next: u32) -> u32 {
        let separated = next > start + 1 && self.text.as_bytes().get(next as usize - 1) == Some(&b'\n');
        if separated { next - 1 } else { next }
    }

    /// The span of the source that a range of flat text came from. Replaced text counts whole.
    pub fn to_source(&self, flat: Span) -> Span {
        if flat.is_empty() {
            let at = self.place(flat.start, false);
            return Span { start: at, end: at };
        }
        Span { start: self.place(flat.start, false), end: self.place(flat.end - 1, true) }
    }

    /// Where one flat byte lies: its own source byte, or one past it with `end`.
    fn place(&self, at: u32, end: bool) -> u32 {
        let i = self.runs.partition_point(|r| r.flat <= at);
        let Some(r) = i.checked_sub(1).and_then(|i| self.runs.get(i)) else { return 0 };
        match (r.copied, end) {
            (true, false) => r.source + (at - r.flat).min(r.source_len),
            (true, true) => r.source + (at - r.flat + 1).min(r.source_len),
            (false, false) => r.source,
            (false, true) => r.source + r.source_len,
        }
    }
}
