//! AsciiDoc → blocks: sections, lists, delimited blocks, admonitions, tables; attributes of the header as metadata.

use crate::document::builder::Builder;
use crate::document::markup::{Row, rows};
use crate::document::{BlockKind, Meta, fence};
use crate::source::Span;
use std::ops::Range;

mod inline;
mod table;

/// Reads the whole of `source`.
pub(crate) fn read<'a>(b: &mut Builder<'a>, source: &'a str) {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let lines = rows(source, start);
    let mut r = Reader {
        b,
        source,
        lists: Vec::new(),
        quotes: 0,
        open: Vec::new(),
        quoted: false,
        listing: None,
        header: true,
        attached: false,
        author: false,
    };
    let mut i = 0;
    while i < lines.len() {
        i = r.line(&lines, i);
    }
    r.close_lists(0);
    r.b.end();
}

/// What begins an item: the sign with its repetitions.
type Mark = (u8, usize);

struct OpenList {
    mark: Mark,
    list: u32,
    number: u32,
    ordered: bool,
    first: bool,
    /// How many delimited blocks were open around it.
    around: usize,
}

struct Reader<'b, 'a> {
    b: &'b mut Builder<'a>,
    source: &'a str,
    lists: Vec<OpenList>,
    quotes: u8,
    /// Delimited blocks that hold other blocks: their fence, and whether they quote.
    open: Vec<(&'a str, bool)>,
    /// `[quote]` stands above.
    quoted: bool,
    /// `[source,language]` stands above.
    listing: Option<Span>,
    /// Only the title and attributes came so far.
    header: bool,
    /// A `+` ties the next block to the item.
    attached: bool,
    /// The line below the title names its author.
    author: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Reads the block that begins on this line; gives the line behind it.
    fn line(&mut self, lines: &[Row], i: usize) -> usize {
        let source = self.source;
        let row = &lines[i];
        let text = row.text(source);
        if text.is_empty() {
            self.author = false;
            self.header = false;
            return i + 1;
        }
        if row.indent == 0
            && let Some(next) = self.head(lines, i)
        {
            return next;
        }
        self.header = false;
        if row.indent == 0
            && let Some(next) = self.delimited(lines, i)
        {
            return next;
        }
        if let Some((mark, ordered, width)) = item(text) {
            return self.item(lines, i, mark, ordered, width);
        }
        if let Some(at) = text.find("::").filter(|n| *n > 0 && is_term(text, *n)) {
            return self.term(lines, i, at);
        }
        if text == "+" {
            self.attached = true;
            return i + 1;
        }
        if row.indent > 0 && self.lists.is_empty() {
            return self.literal(lines, i);
        }
        self.paragraph(lines, i)
    }

    /// Titles, attributes, comments, macros: lines that are blocks of their own.
    fn head(&mut self, lines: &[Row], i: usize) -> Option<usize> {
        let source = self.source;
        let row = &lines[i];
        let text = row.text(source);
        let title = self.b.blocks.len();
        let sign = text.as_bytes()[0];
        if matches!(sign, b'=' | b'#') {
            let level = text.bytes().take_while(|b| *b == sign).count();
            let rest = &text[level..];
            if (1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !rest.trim().is_empty() {
                self.close_lists(0);
                let discrete = row.end - rest.trim_start().len();
                let level = u8::try_from(level).unwrap_or(6);
                self.b.begin(BlockKind::Heading { level }, 0, row.start);
                inline::write(self.b, source, discrete..row.end);
                self.b.end();
                self.author = self.header && level == 1 && title == 0;
                self.quoted = false;
                return Some(i + 1);
            }
        }
        if let Some((name, value)) = attribute(text) {
            if !value.is_empty() && self.b.count() <= 1 {
                let at = row.end - value.len()..row.end;
                let (key, value) = (name.to_lowercase(), value.to_owned());
                self.b.metadata.push(Meta { key, value, span: at.into() });
            }
            return Some(i + 1);
        }
        if text.starts_with("//") && !text.starts_with("////") && !text.starts_with("///") {
            self.b.comment(&text[2..], row.start..row.end);
            return Some(i + 1);
        }
        if self.author {
            self.credits(row);
            return Some(i + 1);
        }
        if matches!(text, "'''" | "<<<" | "---" | "***" | "toc::[]") {
            self.close_lists(0);
            return Some(i + 1);
        }
        let macros =
            ["image::", "include::", "video::", "audio::", "ifdef::", "ifndef::", "ifeval::", "endif::"];
        if macros.iter().any(|m| text.starts_with(m)) && text.ends_with(']') {
            return Some(i + 1);
        }
        if text.starts_with('[')
            && text.ends_with(']')
            && !text.starts_with("[loosetight")
            && !text.contains("](")
        {
            return Some(self.style(row, text, i));
        }
        if let Some(caption) = text.strip_prefix('.')
            && caption.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '*' | '_'))
        {
            // The title of a block.
            self.close_lists(0);
            self.text(row.start + 1..row.end);
            return Some(i + 1);
        }
        None
    }

    /// `[quote, somebody]`, `[source,python]`, `[[anchor]]`: about the block that follows.
    fn style(&mut self, row: &Row, text: &str, i: usize) -> usize {
        let inner = text.trim_matches(['[', ']']);
        let name = inner.split([',', '.', '%', '#']).next().unwrap_or("").trim();
        match name {
            "quote" | "verse" => self.quoted = true,
            "source" | "listing" | "literal" => {
                let word = inner.split(',').nth(1).map_or("", str::trim);
                let at = text.find(word).unwrap_or(0);
                let start = row.start + at;
                self.listing = Some(Span::new(start, start + word.len()));
            }
            _ => {}
        }
        i + 1
    }

    /// The lines below the title: author, then version and date.
    fn credits(&mut self, row: &Row) {
        let text = row.text(self.source);
        let mut put = |key: &str, value: &str, at: usize| {
            let value = value.trim();
            if !value.is_empty() {
                let span = Span::new(row.start + at, row.start + at + value.len());
                self.b.metadata.push(Meta { key: key.to_owned(), value: value.to_owned(), span });
            }
        };
        let version = text.strip_prefix('v').filter(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(rest) = version {
            let number = rest.split([',', ':']).next().unwrap_or("");
            put("version", number, 1);
            if let Some(comma) = text.find(',') {
                let date = text[comma + 1..].split(':').next().unwrap_or("");
                put("date", date, comma + 1 + (date.len() - date.trim_start().len()));
            }
            self.author = false;
        } else {
            put("author", text.split('<').next().unwrap_or(text), 0);
        }
    }

    /// A delimited block, or the end of one that holds others.
    fn delimited(&mut self, lines: &[Row], i: usize) -> Option<usize> {
        let source = self.source;
        let text = lines[i].text(source);
        if text.starts_with("|===") || text == ",===" || text == "!===" {
            self.end_attached();
            return Some(table::read(self.b, source, lines, i, self.quotes));
        }
        let sign = *text.as_bytes().first()?;
        let ticks = text.strip_prefix("```");
        let same = text.len() >= 4 && text.bytes().all(|b| b == sign);
        let fence = if let Some(info) = ticks { (!info.contains('`')).then_some("```") } else { None };
        let close =
            |mark: &str| (i + 1..lines.len()).find(|j| lines[*j].text(source) == mark).unwrap_or(lines.len());
        if same && matches!(sign, b'/' | b'+' | b'-' | b'.') || fence.is_some() {
            let end = close(fence.unwrap_or(text));
            let last = end.min(lines.len() - 1);
            let span = Span::new(lines[i].start, lines[last].end);
            let from = lines.get(i + 1).map_or(source.len(), |l| l.from);
            let to = lines.get(end).map_or(source.len(), |l| l.from);
            let inner = from.min(to)..to;
            match (sign, fence) {
                (b'/', None) => {
                    self.b.comment(&source[inner], span.range());
                }
                (b'+', None) => {}
                _ => {
                    self.end_attached();
                    let info = ticks.map(|word| Span::new(lines[i].end - word.len(), lines[i].end));
                    let info =
                        self.listing.take().or(info).unwrap_or(Span { start: span.start, end: span.start });
                    fence::read(self.b, source, info, span, &[inner], self.quotes, false);
                }
            }
            return Some(end + 1);
        }
        if text == "--" || (same && matches!(sign, b'_' | b'=' | b'*')) {
            if let Some(at) = self.open.iter().rposition(|(mark, _)| *mark == text) {
                self.close_lists_of(at + 1);
                for (_, quotes) in self.open.drain(at..) {
                    self.quotes = self.quotes.saturating_sub(u8::from(quotes));
                }
            } else {
                if !std::mem::take(&mut self.attached) {
                    let around = self.open.len();
                    self.close_lists_of(around);
                }
                let quotes = sign == b'_' || std::mem::take(&mut self.quoted);
                self.quotes = self.quotes.saturating_add(u8::from(quotes));
                self.open.push((text, quotes));
            }
            self.quoted = false;
            return Some(i + 1);
        }
        None
    }

    /// A block that no `+` ties to the item ends the list.
    fn end_attached(&mut self) {
        if !std::mem::take(&mut self.attached) {
            self.close_lists_of(self.open.len());
        }
        if let Some(l) = self.lists.last_mut() {
            l.first = false;
        }
    }

    fn item(&mut self, lines: &[Row], i: usize, mark: Mark, ordered: bool, width: usize) -> usize {
        let around = self.open.len();
        match self.lists.iter().rposition(|l| l.mark == mark && l.around == around) {
            Some(at) => self.close_lists(at + 1),
            None => {
                let list = self.b.begin_list(ordered);
                self.lists.push(OpenList { mark, list, number: 0, ordered, first: true, around });
            }
        }
        let text = lines[i].text(self.source);
        let written: Option<u32> = text.split('.').next().and_then(|n| n.parse().ok());
        if let Some(l) = self.lists.last_mut() {
            l.first = true;
            l.number = written.unwrap_or_else(|| l.number.saturating_add(1));
        }
        let mut start = lines[i].start + width;
        // A box to tick.
        for tick in ["[ ] ", "[x] ", "[*] "] {
            start += if self.source[start..lines[i].end].starts_with(tick) { tick.len() } else { 0 };
        }
        let end = self.reach(lines, i + 1);
        self.text(start..lines[end - 1].end);
        end
    }

    /// `term:: what it means`.
    fn term(&mut self, lines: &[Row], i: usize, at: usize) -> usize {
        self.close_lists(0);
        let row = &lines[i];
        self.text(row.start..row.start + at);
        let rest = row.text(self.source)[at..].trim_start_matches(':').trim_start();
        let start = row.end - rest.len();
        let end = self.reach(lines, i + 1);
        if start < lines[end - 1].end {
            self.text(start..lines[end - 1].end);
        }
        end
    }

    /// The line behind a paragraph that goes on at line `from`.
    fn reach(&self, lines: &[Row], from: usize) -> usize {
        let ends = |row: &Row| {
            let text = row.text(self.source);
            let same = |s: u8| text.len() >= 4 && text.bytes().all(|b| b == s);
            text.is_empty()
                || text == "+"
                || text == "--"
                || text.starts_with("|===")
                || text.starts_with("```")
                || text.starts_with("//")
                || b"-.=_*/+".iter().any(|s| same(*s))
                || (text.starts_with('[') && text.ends_with(']'))
                || (!self.lists.is_empty() && item(text).is_some())
        };
        (from..lines.len()).find(|j| ends(&lines[*j])).unwrap_or(lines.len())
    }

    fn literal(&mut self, lines: &[Row], i: usize) -> usize {
        let end = (i..lines.len()).find(|j| lines[*j].is_empty()).unwrap_or(lines.len());
        let span = Span::new(lines[i].start, lines[end - 1].end);
        let info = Span { start: span.start, end: span.start };
        let to = lines.get(end).map_or(self.source.len(), |l| l.from);
        let inner = lines[i].from..to;
        fence::read(self.b, self.source, info, span, std::slice::from_ref(&inner), self.quotes, false);
        end
    }

    fn paragraph(&mut self, lines: &[Row], i: usize) -> usize {
        if !std::mem::take(&mut self.attached) && lines[i].indent == 0 {
            self.close_lists_of(self.open.len());
        }
        let end = self.reach(lines, i + 1);
        let mut at = lines[i].start..lines[end - 1].end;
        for name in ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "] {
            at.start += if self.source[at.clone()].starts_with(name) { name.len() } else { 0 };
        }
        let quoted = std::mem::take(&mut self.quoted);
        self.quotes = self.quotes.saturating_add(u8::from(quoted));
        self.text(at);
        self.quotes = self.quotes.saturating_sub(u8::from(quoted));
        end
    }

    fn text(&mut self, at: Range<usize>) {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let kind = match self.lists.last() {
            Some(l) => {
                let number = l.ordered.then_some(l.number);
                BlockKind::Item { list: l.list, depth, number, first: l.first }
            }
            None => BlockKind::Paragraph,
        };
        self.b.begin(kind, self.quotes, at.start);
        inline::write(self.b, self.source, at);
        if self.b.end()
            && let Some(l) = self.lists.last_mut()
        {
            l.first = false;
        }
    }

    fn close_lists(&mut self, from: usize) {
        for l in self.lists.drain(from.min(self.lists.len())..).rev() {
            self.b.end_list(l.list);
        }
    }

    /// Ends the lists that began inside so many delimited blocks.
    fn close_lists_of(&mut self, around: usize) {
        let keep = self.lists.iter().take_while(|l| l.around < around).count();
        self.close_lists(keep);
    }
}

/// How a line begins as an item: its mark, whether it counts, the width of the marker.
fn item(text: &str) -> Option<(Mark, bool, usize)> {
    let first = *text.as_bytes().first()?;
    let count = text.bytes().take_while(|b| *b == first).count();
    let after = |n: usize| {
        let rest = &text[n..];
        (rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
            .then(|| text.len() - rest.trim_start().len())
    };
    match first {
        b'*' | b'.' if count <= 6 => Some(((first, count), first == b'.', after(count)?)),
        b'-' if count == 1 => Some(((first, 1), false, after(1)?)),
        b'0'..=b'9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let dot = digits <= 4 && text.as_bytes().get(digits) == Some(&b'.');
            if dot { Some(((b'1', 1), true, after(digits + 1)?)) } else { None }
        }
        _ => None,
    }
}

/// `:name: value`.
fn attribute(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(':')?;
    let (name, value) = rest.split_once(':')?;
    let is = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!'))
        && (value.is_empty() || value.starts_with([' ', '\t']));
    is.then(|| (name, value.trim()))
}

/// Whether the `::` at this byte ends a term: a space or nothing follows, and the term is short.
fn is_term(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches(':');
    at <= 100 && (after.is_empty() || after.starts_with([' ', '\t']))
}
