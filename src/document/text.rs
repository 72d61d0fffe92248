//! Plain text → blocks: paragraphs, headings (underlined, in capitals, numbered titles), bullets, numbers, quotes.
//!
//! One pass over the lines with one line of look-ahead. Nothing here is certain, so each reading needs more than one
//! sign: a number opens a title only where the line is short, stands alone, and no next number follows.

use crate::document::builder::Builder;
use crate::document::dialect::{self, Opening, Sign};
use crate::document::{BlockKind, fence};
use crate::source::Span;
use std::ops::Range;

/// From this length on (bytes) a line is a paragraph that its editor did not wrap.
const UNWRAPPED: usize = 140;

/// Reads the whole of `source`.
pub(crate) fn read<'a>(b: &mut Builder<'a>, source: &'a str) {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let lines = Lines::new(source, start);
    let mut width = 0;
    let mut unwrapped = false;
    for line in lines.clone() {
        unwrapped |= line.text().len() >= UNWRAPPED;
        width = width.max(line.text().len().min(UNWRAPPED));
    }
    let mut reader = Reader {
        b,
        source,
        width,
        unwrapped,
        lists: Vec::new(),
        titled: false,
        blank: true,
        last: start..start,
        lines_in_block: 0,
        last_number: None,
        indented: None,
        table: None,
    };
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        // What follows is looked at, not taken.
        let next = lines.peek().copied();
        reader.line(line, next, || lines.clone().find(|l| !l.text().is_empty()));
    }
    reader.end();
}

/// One line: where it stands and what it holds without the white space around it.
#[derive(Clone, Copy)]
struct Line<'a> {
    source: &'a str,
    start: usize,
    end: usize,
    /// Columns before the first word; a tab counts four.
    indent: usize,
}

impl<'a> Line<'a> {
    fn text(&self) -> &'a str {
        &self.source[self.start..self.end]
    }
}

/// The lines of a text; `\n`, `\r\n` and a lone `\r` each end one.
#[derive(Clone)]
struct Lines<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(source: &'a str, at: usize) -> Self {
        Lines { source, at }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.at >= self.source.len() {
            return None;
        }
        let bytes = self.source.as_bytes();
        let from = self.at;
        let to = memchr::memchr2(b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |n| from + n);
        self.at = to + if bytes[to..].starts_with(b"\r\n") { 2 } else { 1 };
        let whole = &self.source[from..to];
        let text = whole.trim_start();
        let start = to - text.len();
        let indent = whole[..whole.len() - text.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        Some(Line { source: self.source, start, end: start + text.trim_end().len(), indent })
    }
}

/// A list that is open.
struct OpenList {
    sign: Sign,
    indent: usize,
    list: u32,
}

struct Reader<'b, 'a> {
    b: &'b mut Builder<'a>,
    source: &'a str,
    /// Length of the longest line.
    width: usize,
    /// Each line is a paragraph.
    unwrapped: bool,
    lists: Vec<OpenList>,
    /// An unnumbered heading stands above.
    titled: bool,
    /// The line before was empty.
    blank: bool,
    /// The line before, if it belongs to the open block.
    last: Range<usize>,
    lines_in_block: u32,
    /// How many numbers the last numbered item had, and the last of them.
    last_number: Option<(u8, u32)>,
    /// Lines of an indented run that is being gathered.
    indented: Option<Vec<Range<usize>>>,
    table: Option<OpenTable>,
}

/// A table drawn with bars that is open.
struct OpenTable {
    table: u32,
    rows: u32,
    columns: u32,
    header: bool,
}

impl<'b, 'a> Reader<'b, 'a> {
    fn line(&mut self, line: Line<'a>, next: Option<Line<'a>>, later: impl Fn() -> Option<Line<'a>>) {
        let text = line.text();
        if self.table_row(line, next) {
            return;
        }
        if text.is_empty() {
            self.b.end();
            self.blank = true;
            return;
        }
        if self.gathers(line) {
            self.blank = false;
            return;
        }
        let blank = std::mem::replace(&mut self.blank, false);
        if is_rule(text) {
            self.underline(text);
            return;
        }
        let alone = next.is_none_or(|n| n.text().is_empty());
        if let Some((level, skip)) = self.heading(line, blank || !self.b.is_open(), alone, next, later) {
            self.close_lists(0);
            self.b.begin(BlockKind::Heading { level }, 0, line.start);
            self.b.copy(line.start + skip..line.end);
            self.b.end();
            return;
        }
        if let Some(rest) = text.strip_prefix('>') {
            self.quoted_line(line, rest);
            return;
        }
        let fresh = !self.b.has_text() || !self.lists.is_empty() || dialect::ends_thought(self.b.text());
        if let Some((sign, number, skip)) = opening(text, fresh).and_then(Sign::of)
            && text.len() != skip
        {
            self.item(line, sign, number, skip);
            return;
        }
        let starts = !self.b.is_open()
            || (self.unwrapped && line.indent <= self.lists.last().map_or(0, |l| l.indent))
            || speaker(text, fresh);
        if starts { self.paragraph(line, blank) } else { self.goes_on(line) }
    }

    /// Reads a row of a table drawn with bars, the first only where another follows; ends the table elsewhere.
    fn table_row(&mut self, line: Line<'a>, next: Option<Line<'a>>) -> bool {
        let text = line.text();
        let is =
            |text: &str| is_frame(text) || (text.starts_with('|') && text.len() > 2 && text.ends_with('|'));
        if !is(text) || (self.table.is_none() && next.is_none_or(|n| !is(n.text()) || n.text() == text)) {
            if let Some(t) = self.table.take() {
                self.b.end_table(t.table, t.rows, t.columns, t.header && t.rows > 1);
                self.b.heading_row(t.table, t.header && t.rows > 1);
            }
            return false;
        }
        if self.table.is_none() {
            self.indented_ends();
            self.b.end();
            self.close_lists(0);
            let table = self.b.begin_table();
            self.table = Some(OpenTable { table, rows: 0, columns: 0, header: false });
        }
        self.blank = false;
        let Some(t) = &mut self.table else { return true };
        if is_frame(text) {
            t.header |= t.rows == 1;
            return true;
        }
        let mut at = line.start + 1;
        for (column, cell) in (0..).zip(self.source[at..line.end - 1].split('|')) {
            let words = cell.trim_start();
            let start = at + cell.len() - words.len();
            let kind = BlockKind::Cell { table: t.table, row: t.rows, column, header: false };
            self.b.begin(kind, 0, start);
            self.b.cover(Span::new(start, start));
            self.b.copy(start..start + words.trim_end().len());
            self.b.end();
            at += cell.len() + 1;
            t.columns = t.columns.max(column + 1);
        }
        t.rows += 1;
        true
    }

    /// A paragraph, or the next one of an item.
    fn paragraph(&mut self, line: Line<'a>, blank: bool) {
        self.b.end();
        let kept = self.lists.iter().take_while(|l| line.indent > l.indent).count();
        if blank || kept == 0 {
            self.close_lists(kept);
        }
        let kind = match self.lists.last() {
            Some(l) => BlockKind::Item { list: l.list, depth: depth(kept), number: None, first: false },
            None => BlockKind::Paragraph,
        };
        self.b.begin(kind, 0, line.start);
        self.copy(line.start..line.end, 0);
    }

    /// A further line of the open block.
    fn goes_on(&mut self, line: Line<'a>) {
        let last = self.source[self.last.clone()].len();
        // A line far shorter than the others was ended on purpose: an address, a sign-off.
        let hard = last * 2 < self.width && !dialect::ends_thought(self.b.text());
        self.b.space(self.last.end..line.start, hard);
        let lines = self.lines_in_block;
        self.copy(line.start..line.end, lines);
    }

    fn copy(&mut self, at: Range<usize>, lines: u32) {
        self.b.copy(at.clone());
        self.last = at;
        self.lines_in_block = lines + 1;
    }

    fn item(&mut self, line: Line<'a>, sign: Sign, number: Option<u32>, skip: usize) {
        self.b.end();
        while self.lists.last().is_some_and(|l| l.indent > line.indent) {
            self.close_lists(self.lists.len() - 1);
        }
        let same = self.lists.iter().rposition(|l| l.indent == line.indent && l.sign == sign);
        // Word's levels often come without their indent: another odd sign is a level of its own.
        let odd = matches!(sign, Sign::Bullet('o' | '§' | '▪' | '◦' | '○' | '■'));
        match same {
            Some(at) => self.close_lists(at + 1),
            None if odd => {}
            None => {
                let at = self.lists.iter().position(|l| l.indent >= line.indent);
                self.close_lists(at.unwrap_or(self.lists.len()));
            }
        }
        if same.is_none() {
            let list = self.b.begin_list(!matches!(sign, Sign::Bullet(_)));
            self.lists.push(OpenList { sign, indent: line.indent, list });
        }
        if let (Sign::Number(parts), Some(number)) = (sign, number) {
            self.last_number = Some((parts, number));
        }
        let list = self.lists.last().map_or(0, |l| l.list);
        let kind = BlockKind::Item { list, depth: depth(self.lists.len()), number, first: true };
        self.b.begin(kind, 0, line.start);
        self.copy(line.start + skip..line.end, 0);
    }

    /// `> quoted`.
    fn quoted_line(&mut self, line: Line<'a>, rest: &str) {
        let text = rest.trim_start_matches(['>', ' ', '\t']);
        let signs = 1 + rest[..rest.len() - text.len()].bytes().filter(|b| *b == b'>').count();
        let quoted = u8::try_from(signs).unwrap_or(u8::MAX);
        let start = line.end - text.len();
        self.close_or_keep_quote(quoted, line.start);
        if text.is_empty() {
            self.b.end();
            return;
        }
        if self.b.has_text() {
            self.b.space(self.last.end..start, false);
        }
        self.copy(start..line.end, 0);
    }

    fn close_or_keep_quote(&mut self, quoted: u8, start: usize) {
        if self.b.quoted() != Some(quoted) {
            self.b.end();
            self.close_lists(0);
            self.b.begin(BlockKind::Paragraph, quoted, start);
        }
    }

    /// Gathers indented lines outside lists: a quotation, or a program.
    fn gathers(&mut self, line: Line<'a>) -> bool {
        if let Some(lines) = &mut self.indented {
            if line.indent >= 4 && !self.blank {
                lines.push(line.start..line.end);
                return true;
            }
            self.indented_ends();
        }
        if line.indent < 4 || !self.blank || !self.lists.is_empty() || opening(line.text(), true).is_some() {
            return false;
        }
        self.b.end();
        self.indented = Some(std::iter::once(line.start..line.end).collect());
        true
    }

    fn indented_ends(&mut self) {
        let Some(lines) = self.indented.take() else { return };
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let span = Span::new(first.start, last.end);
        if !fence::is_prose("", lines.iter().map(|r| &self.source[r.clone()])) {
            self.b.begin(BlockKind::Code, 0, first.start);
            self.b.cover(span);
            self.b.end();
            return;
        }
        self.b.begin(BlockKind::Paragraph, 1, first.start);
        for line in lines {
            if self.b.has_text() {
                let hard = self.last.len() * 2 < self.width && !dialect::ends_thought(self.b.text());
                self.b.space(self.last.end..line.start, hard);
            }
            self.copy(line, 0);
        }
        self.b.end();
    }

    /// A line of `=` or `-` makes a heading of the single line above it; anything else is a rule.
    fn underline(&mut self, text: &str) {
        let level = match text.as_bytes()[0] {
            b'=' | b'#' => 1,
            b'-' => 2,
            _ => 3,
        };
        let title = self.b.text();
        let is = self.lines_in_block == 1
            && self.b.kind() == Some(BlockKind::Paragraph)
            && title.len() <= 100
            && !title.ends_with('.');
        if is {
            self.b.turn_into(BlockKind::Heading { level });
            self.titled = true;
        }
        self.b.end();
        self.close_lists(0);
    }

    /// Whether a line is a heading by itself: its level, and how many bytes are markers.
    fn heading(
        &mut self,
        line: Line<'a>,
        fresh: bool,
        alone: bool,
        next: Option<Line<'a>>,
        later: impl Fn() -> Option<Line<'a>>,
    ) -> Option<(u8, usize)> {
        let text = line.text();
        if !fresh || line.indent > 3 || text.len() > 100 {
            return None;
        }
        let hashes = text.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
            self.titled = true;
            return Some((u8::try_from(hashes).unwrap_or(6), hashes + 1));
        }
        if let Some(Opening::Number { number, parts, skip }) = dialect::opening(text, true) {
            let title = &text[skip..];
            let capitals = is_capitals(title);
            let short = dialect::title_like(title) && title.split_whitespace().count() <= 7;
            let counts_on = later().is_some_and(|l| {
                matches!(dialect::opening(l.text(), true), Some(Opening::Number { number: n, parts: p, .. })
                    if p == parts && n == number.saturating_add(1))
            });
            let counted = self.last_number == Some((parts, number.wrapping_sub(1))) && !self.lists.is_empty();
            let counts_on = counts_on || counted;
            let is = short && !title.ends_with([':', '?']) && (capitals || (alone && !counts_on));
            let level = parts.saturating_add(u8::from(self.titled)).min(6);
            return is.then_some((level, 0));
        }
        let underlined = next.is_some_and(|n| is_rule(n.text()));
        if underlined || !dialect::title_like(text) || opening(text, true).is_some() {
            return None;
        }
        let first = self.b.count() == 0 && alone && !text.ends_with([':', '?']);
        if first || (is_capitals(text) && (alone || !text.contains(": "))) {
            self.titled = true;
            return Some((1, 0));
        }
        None
    }

    /// Ends lists from depth `from` on; the open block belongs to them.
    fn close_lists(&mut self, from: usize) {
        if from < self.lists.len() {
            self.b.end();
            for l in self.lists.drain(from..) {
                self.b.end_list(l.list);
            }
        }
    }

    fn end(&mut self) {
        if let Some(t) = self.table.take() {
            self.b.end_table(t.table, t.rows, t.columns, t.header && t.rows > 1);
            self.b.heading_row(t.table, t.header && t.rows > 1);
        }
        self.indented_ends();
        self.b.end();
        self.close_lists(0);
    }
}

fn depth(lists: usize) -> u8 {
    u8::try_from(lists.saturating_sub(1)).unwrap_or(u8::MAX)
}

/// How a line begins; in plain text `-`, `*` and `+` are bullets too.
fn opening(text: &str, fresh: bool) -> Option<Opening> {
    let mut chars = text.chars();
    if let Some(sign @ ('-' | '*' | '+')) = chars.next()
        && chars.as_str().starts_with([' ', '\t'])
    {
        let rest = chars.as_str().trim_start();
        return (!rest.is_empty()).then_some(Opening::Bullet { sign, skip: text.len() - rest.len() });
    }
    match dialect::opening(text, fresh) {
        // "#general" and "24. Fields" apart, a `#` in plain text is a sign for a number.
        Some(Opening::Heading { .. }) => None,
        other => other,
    }
}

/// A line of a table's frame: `|---|---|`, `+----+----+`.
fn is_frame(text: &str) -> bool {
    text.len() > 2
        && text.starts_with(['|', '+'])
        && text.contains("--")
        && text.bytes().all(|b| matches!(b, b'|' | b'+' | b'-' | b'=' | b':' | b' '))
}

/// A line of one repeated sign.
fn is_rule(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 3
        && matches!(bytes[0], b'=' | b'-' | b'~' | b'*' | b'_' | b'#')
        && bytes.iter().all(|b| *b == bytes[0])
}

/// Whether a line is written in capitals throughout.
fn is_capitals(text: &str) -> bool {
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    upper >= 3 && !text.chars().any(char::is_lowercase) && text.split_whitespace().count() <= 10
}

/// `Agent: Thank you for calling`: each speaker has a paragraph.
fn speaker(text: &str, fresh: bool) -> bool {
    let Some((name, rest)) = text.split_once(':') else { return false };
    let words = name.split(' ').count();
    let letters = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '’' | '-' | '/' | '[' | ']' | '(' | ')'));
    let capitals = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    let capital = name.starts_with(|c: char| c.is_uppercase() || c == '[');
    name.len() <= 24 && words <= 3 && letters && rest.starts_with(' ') && (capitals || (fresh && capital))
}
