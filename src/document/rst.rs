//! reStructuredText → blocks: titles, lists, quotations, tables, directives; roles and links as far as they hold text.
//!
//! Structure is indentation: a block reaches as far as its lines are indented, and what stands in it is read the same
//! way with the indent taken off.

use crate::document::builder::Builder;
use crate::document::markup::{Row, rows};
use crate::document::{BlockKind, Meta, fence};
use crate::source::Span;
use std::ops::Range;

mod inline;
mod table;

/// Deeper indentation is read as one level.
const DEEPEST: u8 = 40;

/// Directives whose content is a program or a picture.
const CODE: &[&str] = &["code", "code-block", "sourcecode", "parsed-literal", "math", "prompt", "csv-table"];

/// Directives that hold nothing to read.
const SKIPPED: &[&str] = &[
    "image",
    "toctree",
    "contents",
    "include",
    "literalinclude",
    "index",
    "raw",
    "highlight",
    "graphviz",
    "mermaid",
    "plantuml",
    "sectnum",
    "default-role",
    "role",
    "automodule",
    "autoclass",
    "currentmodule",
    "unicode",
    "replace",
];

/// Directives whose words behind the name are text.
const TITLED: &[&str] = &[
    "note",
    "tip",
    "hint",
    "important",
    "warning",
    "caution",
    "attention",
    "danger",
    "error",
    "admonition",
    "topic",
    "rubric",
    "sidebar",
    "seealso",
    "table",
    "list-table",
    "centered",
];

/// Reads the whole of `source`.
pub(crate) fn read<'a>(b: &mut Builder<'a>, source: &'a str) {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = rows(source, start);
    let all = 0..lines.len();
    let mut reader = Reader { b, source, lists: Vec::new(), quotes: 0, titles: Vec::new(), depth: 0 };
    reader.body(&mut lines, all, 0);
    reader.b.end();
}

/// What begins an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet(u8),
    Number,
}

struct OpenList {
    list: u32,
    number: Option<u32>,
    first: bool,
}

struct Reader<'b, 'a> {
    b: &'b mut Builder<'a>,
    source: &'a str,
    lists: Vec<OpenList>,
    quotes: u8,
    /// Styles of titles in the order in which they came: the sign, and whether it stands above as well.
    titles: Vec<(u8, bool)>,
    depth: u8,
}

impl Reader<'_, '_> {
    /// Reads lines whose text begins at column `indent`.
    fn body(&mut self, lines: &mut [Row], range: Range<usize>, indent: usize) {
        self.depth += 1;
        let mut i = range.start;
        // The list that is open on this level.
        let mut mark: Option<Mark> = None;
        while i < range.end {
            if lines[i].is_empty() {
                i += 1;
                continue;
            }
            let text = lines[i].text(self.source);
            if let Some((sign, number, width)) = self.item(lines, i, &range, text) {
                if mark != Some(sign) {
                    self.end_list(&mut mark);
                    let list = self.b.begin_list(sign == Mark::Number);
                    self.lists.push(OpenList { list, number: None, first: true });
                    mark = Some(sign);
                }
                if let Some(l) = self.lists.last_mut() {
                    l.first = true;
                    l.number = match number {
                        // `#.` counts on.
                        Some(0) => Some(l.number.map_or(1, |n| n.saturating_add(1))),
                        other => other,
                    };
                }
                let inner = lines[i].indent + width;
                let end = extent(lines, i + 1, range.end, lines[i].indent);
                lines[i].start += width;
                lines[i].indent = inner;
                self.inside(lines, i..end, inner);
                i = end;
                continue;
            }
            self.end_list(&mut mark);
            i = self.block(lines, i, &range, indent);
        }
        self.end_list(&mut mark);
        self.depth -= 1;
    }

    /// Reads what stands inside something, unless it is too deep to be told apart.
    fn inside(&mut self, lines: &mut [Row], range: Range<usize>, indent: usize) {
        if self.depth < DEEPEST {
            self.body(lines, range, indent);
        } else {
            for i in range {
                if !lines[i].is_empty() {
                    self.paragraph(lines[i].start..lines[i].end);
                }
            }
        }
    }

    fn end_list(&mut self, mark: &mut Option<Mark>) {
        if mark.take().is_some()
            && let Some(l) = self.lists.pop()
        {
            self.b.end();
            self.b.end_list(l.list);
        }
    }

    /// One block that is no item; gives the line behind it.
    fn block(&mut self, lines: &mut [Row], i: usize, range: &Range<usize>, indent: usize) -> usize {
        let source = self.source;
        let text = lines[i].text(source);
        let outermost = self.depth == 1 && lines[i].indent == 0;
        if lines[i].indent > indent {
            let end = extent(lines, i + 1, range.end, indent);
            let inner =
                lines[i..end].iter().filter(|l| !l.is_empty()).map(|l| l.indent).min().unwrap_or(indent);
            self.quotes = self.quotes.saturating_add(1);
            self.inside(lines, i..end, inner);
            self.quotes = self.quotes.saturating_sub(1);
            return end;
        }
        if outermost && let Some(end) = self.title(lines, i, range.end) {
            return end;
        }
        if table::is_frame(text) {
            return i + table::grid(self.b, source, &lines[i..range.end], self.quotes).max(1);
        }
        if table::is_border(text) {
            return i + table::simple(self.b, source, &lines[i..range.end], self.quotes).max(1);
        }
        if rule(text).is_some() && text.len() >= 4 {
            return i + 1;
        }
        if text == ".." || text.starts_with(".. ") {
            let end = extent(lines, i + 1, range.end, lines[i].indent);
            self.explicit(lines, i, end);
            return end;
        }
        if text.starts_with("__ ") {
            return i + 1;
        }
        if text.starts_with(">>>") {
            let end = (i..range.end).find(|j| lines[*j].is_empty()).unwrap_or(range.end);
            self.code(Span::new(lines[i].start, lines[end - 1].end));
            return end;
        }
        if let Some((name, value)) = field(text) {
            return self.field(lines, i, range, name, value);
        }
        if text == "|" || text.starts_with("| ") {
            return self.line_block(lines, i, range);
        }
        self.text(lines, i, range, indent)
    }

    /// A title, underlined or between two lines.
    fn title(&mut self, lines: &[Row], i: usize, end: usize) -> Option<usize> {
        let line = |j: usize| if j < end { lines[j].text(self.source) } else { "" };
        let wide = |title: &str, rule: &str| rule.len() >= title.chars().count().min(4) && !title.is_empty();
        let (over, at) = match (rule(line(i)), rule(line(i + 2))) {
            (Some(a), Some(b)) if a == b && wide(line(i + 1), line(i)) => (true, i + 1),
            _ => (false, i),
        };
        let sign = rule(line(at + 1)).filter(|_| wide(line(at), line(at + 1)))?;
        if !over && (rule(line(at)).is_some() || lines[at + 1].indent != lines[at].indent) {
            return None;
        }
        let style = (sign, over);
        let level = self.titles.iter().position(|t| *t == style).unwrap_or_else(|| {
            self.titles.push(style);
            self.titles.len() - 1
        });
        let level = u8::try_from(level + 1).unwrap_or(6).min(6);
        self.b.begin(BlockKind::Heading { level }, 0, lines[i].start);
        inline::write(self.b, self.source, lines[at].start..lines[at].end);
        self.b.end();
        Some(at + 2)
    }

    /// How a line begins as an item: its sign, its number (0: counted), and the width of the marker.
    fn item(
        &self,
        lines: &[Row],
        i: usize,
        range: &Range<usize>,
        text: &str,
    ) -> Option<(Mark, Option<u32>, usize)> {
        let first = *text.as_bytes().first()?;
        if matches!(first, b'-' | b'*' | b'+') && text[1..].starts_with([' ', '\t']) {
            let width = text.len() - text[1..].trim_start().len();
            return Some((Mark::Bullet(first), None, width));
        }
        if let Some(rest) = text.strip_prefix('•').filter(|r| r.starts_with([' ', '\t'])) {
            return Some((Mark::Bullet(b'o'), None, text.len() - rest.trim_start().len()));
        }
        let inner = text.strip_prefix('(').unwrap_or(text);
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let name = &inner[..len];
        let number: u32 = match name {
            "#" => 0,
            _ if (1..=4).contains(&len) && name.bytes().all(|b| b.is_ascii_digit()) => name.parse().ok()?,
            _ if len == 1 && first.is_ascii_alphabetic() => {
                u32::from(name.as_bytes()[0].to_ascii_lowercase() - b'a' + 1)
            }
            _ => return None,
        };
        let rest =
            inner[len..].strip_prefix(if inner.len() < text.len() { [')', ')'] } else { ['.', ')'] })?;
        if !rest.starts_with([' ', '\t']) {
            return None;
        }
        let width = text.len() - rest.trim_start().len();
        // "A. Smith said" is a paragraph: its next line is not indented under it.
        let next = lines[..range.end].get(i + 1);
        let fits = next.is_none_or(|l| {
            let t = l.text(self.source);
            let again = t.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '('))
                && t.split(' ').next().is_some_and(|m| m.ends_with(['.', ')']) && m.len() < 6);
            t.is_empty() || l.indent >= lines[i].indent + width || again
        });
        (fits && !rest.trim().is_empty()).then_some((Mark::Number, Some(number), width))
    }

    fn begin(&mut self, outer: usize) {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let kind = match self.lists.last() {
            Some(l) => BlockKind::Item { list: l.list, depth, number: l.number, first: l.first },
            None => BlockKind::Paragraph,
        };
        self.b.begin(kind, self.quotes, outer);
    }

    fn end(&mut self) {
        if self.b.end()
            && let Some(l) = self.lists.last_mut()
        {
            l.first = false;
        }
    }

    fn paragraph(&mut self, at: Range<usize>) {
        self.begin(at.start);
        inline::write(self.b, self.source, at);
        self.end();
    }

    fn code(&mut self, span: Span) {
        self.b.begin(BlockKind::Code, self.quotes, span.start as usize);
        self.b.cover(span);
        self.b.end();
    }

    /// A paragraph, a term with its definition, or what introduces literal text.
    fn text(&mut self, lines: &mut [Row], i: usize, range: &Range<usize>, indent: usize) -> usize {
        let mut end = i + 1;
        while end < range.end && !lines[end].is_empty() {
            if lines[end].indent > indent && end == i + 1 {
                // A term: its definition is indented.
                self.paragraph(lines[i].start..lines[i].end);
                let last = extent(lines, end, range.end, indent);
                let inner = lines[end].indent;
                self.inside(lines, end..last, inner);
                return last;
            }
            end += 1;
        }
        let mut at = lines[i].start..lines[end - 1].end;
        let literal = self.source[at.clone()].ends_with("::");
        if literal {
            let text = &self.source[at.start..at.end - 2];
            // `::` alone or after a space is no text; after a word one colon stays.
            at.end = if text.is_empty() || text.ends_with(char::is_whitespace) {
                at.start + text.trim_end().len()
            } else {
                at.end - 1
            };
        }
        self.paragraph(at);
        let follows = (end..range.end).find(|j| !lines[*j].is_empty()).filter(|j| lines[*j].indent > indent);
        match follows {
            Some(from) if literal => {
                let last = extent(lines, from, range.end, indent);
                self.literal(lines, from..last, Span::default());
                last
            }
            _ => end,
        }
    }

    /// Literal text: prose, if it reads like prose.
    fn literal(&mut self, lines: &[Row], range: Range<usize>, info: Span) {
        let last = range.clone().rev().find(|j| !lines[*j].is_empty());
        let Some(last) = last else { return };
        let end = lines.get(last + 1).map_or(self.source.len(), |l| l.from);
        let span = Span::new(lines[range.start].from, lines[last].end);
        let info = if info.is_empty() { Span { start: span.start, end: span.start } } else { info };
        let inner = lines[range.start].from..end;
        fence::read(self.b, self.source, info, span, std::slice::from_ref(&inner), self.quotes, false);
        if let Some(l) = self.lists.last_mut() {
            l.first = false;
        }
    }

    /// `:Owner: Ana`. Before the first section it is a fact of the document.
    fn field(
        &mut self,
        lines: &mut [Row],
        i: usize,
        range: &Range<usize>,
        name: &str,
        value: usize,
    ) -> usize {
        let end = extent(lines, i + 1, range.end, lines[i].indent);
        let last = (i..end).rev().find(|j| !lines[*j].is_empty()).unwrap_or(i);
        let at = lines[i].start + value..lines[last].end;
        let top = self.depth == 1 && self.b.count() <= 1;
        if top && !at.is_empty() {
            let text = self.source[at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            self.b.metadata.push(Meta { key: name.trim().to_lowercase(), value: text, span: at.into() });
        } else if !top && at.start < at.end {
            let indent = lines[i].indent;
            let first = lines[i].start + value;
            lines[i].start = first;
            let inner = lines[i + 1..end].iter().filter(|l| !l.is_empty()).map(|l| l.indent).min();
            let inner = inner.unwrap_or(indent + 1);
            lines[i].indent = inner;
            self.inside(lines, i..end, inner);
        }
        end
    }

    /// `| A line`: the author's lines stay lines.
    fn line_block(&mut self, lines: &[Row], i: usize, range: &Range<usize>) -> usize {
        let mut at = i;
        let mut last: Option<usize> = None;
        self.begin(lines[i].start);
        while at < range.end && !lines[at].is_empty() {
            let line = &lines[at];
            let text = line.text(self.source);
            let words = text.strip_prefix('|').unwrap_or(text).trim_start();
            let start = line.end - words.len();
            if let Some(end) = last {
                self.b.space(end..start, text.starts_with('|'));
            }
            inline::write(self.b, self.source, start..line.end);
            last = Some(line.end);
            at += 1;
        }
        self.end();
        at
    }

    /// `.. name:: …`, a comment, a target, a footnote.
    fn explicit(&mut self, lines: &mut [Row], i: usize, end: usize) {
        let source = self.source;
        let text = lines[i].text(source);
        let rest = text[2..].trim_start();
        let start = lines[i].end - rest.len();
        let last = (i..end).rev().find(|j| !lines[*j].is_empty()).unwrap_or(i);
        let inner = lines[i + 1..end].iter().filter(|l| !l.is_empty()).map(|l| l.indent).min().unwrap_or(0);
        if rest.starts_with('_') || (rest.starts_with('|') && rest.contains("::")) {
            return;
        }
        if rest.starts_with('[')
            && let Some(close) = rest.find("] ")
        {
            lines[i].start = start + close + 2;
            lines[i].indent = inner;
            return self.inside(lines, i..end, inner);
        }
        let name = rest.split_once("::").map(|(name, after)| (name.trim(), after.trim()));
        let Some((name, after)) = name.filter(|(n, _)| !n.is_empty() && !n.contains(char::is_whitespace))
        else {
            let at = lines[i].start..lines[last].end;
            let words = source[start..lines[last].end].split_whitespace().collect::<Vec<_>>().join(" ");
            return self.b.comment(&words, at);
        };
        let name = name.rsplit(':').next().unwrap_or(name);
        if SKIPPED.contains(&name) {
            return;
        }
        let info = Span::new(lines[i].end - after.len(), lines[i].end);
        // Options: `:class: wide`.
        let mut from = i + 1;
        while from < end && (field(lines[from].text(source)).is_some() && !lines[from].is_empty()) {
            from += 1;
        }
        let from = (from..end).find(|j| !lines[*j].is_empty()).unwrap_or(end);
        if CODE.contains(&name) {
            if from < end {
                self.literal(lines, from..end, info);
            }
            return;
        }
        if TITLED.contains(&name) && !after.is_empty() {
            let to = if from == i + 1
                && from < end
                && !matches!(name, "admonition" | "topic" | "rubric" | "sidebar" | "table" | "list-table")
            {
                // The text begins on the directive's own line.
                lines[i].start = info.start as usize;
                lines[i].indent = inner;
                return self.inside(lines, i..end, inner);
            } else {
                info.end as usize
            };
            self.paragraph(info.start as usize..to);
        }
        if from < end {
            let quote = matches!(name, "epigraph" | "highlights" | "pull-quote");
            self.quotes = self.quotes.saturating_add(u8::from(quote));
            self.inside(lines, from..end, inner);
            self.quotes = self.quotes.saturating_sub(u8::from(quote));
        }
    }
}

/// The first line from `from` on that is neither empty nor indented deeper than `indent`.
fn extent(lines: &[Row], from: usize, end: usize, indent: usize) -> usize {
    (from..end).find(|j| !lines[*j].is_empty() && lines[*j].indent <= indent).unwrap_or(end)
}

/// The sign a line consists of.
fn rule(text: &str) -> Option<u8> {
    let first = *text.as_bytes().first()?;
    let is = first.is_ascii_punctuation() && text.len() >= 2 && text.bytes().all(|b| b == first);
    is.then_some(first)
}

/// `:name: value`: the name, and where the value begins in the line.
fn field(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(':')?;
    let close = rest.find(':')?;
    let (name, after) = (&rest[..close], &rest[close + 1..]);
    let is = !name.is_empty()
        && name.len() <= 60
        && !name.starts_with(char::is_whitespace)
        && (after.is_empty() || after.starts_with([' ', '\t']));
    is.then(|| (name, text.len() - after.trim_start().len()))
}
