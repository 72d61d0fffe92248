//! Markdown → blocks: CommonMark, GFM tables and task lists, front matter, and the dialects of Word exports.
//!
//! pulldown-cmark gives every event with its exact bytes; this reader only decides what the events mean. Its nesting
//! is capped beforehand, for its cost per line grows with the depth of what is open.

use crate::document::builder::Builder;
use crate::document::dialect::{self, Levels, Opening, Sign};
use crate::document::{BlockKind, InlineKind, fence, front_matter, html, mdx};
use crate::source::Span;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// How many bytes of list and quote markers a line may begin with; the rest is read as text.
const MARKERS: usize = 256;

/// Reads the whole of `source`.
pub(crate) fn read<'a>(b: &mut Builder<'a>, source: &'a str, mdx: bool) {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let start = front_matter::read(b, source, start);
    read_part(b, source, start..source.len(), mdx);
    b.end();
}

/// Reads one part of the source as Markdown.
fn read_part<'a>(b: &mut Builder<'a>, source: &'a str, part: Range<usize>, mdx: bool) {
    let text = &source[part.clone()];
    let (without, comments) = if mdx { mdx::masked(text) } else { Default::default() };
    let shallow = cap_nesting(if mdx { &without } else { text });
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::new(b, source, mdx);
    reader.comments = comments.into_iter().map(|c| c.start + part.start..c.end + part.start).collect();
    for (event, range) in Parser::new_ext(&shallow, options).into_offset_iter() {
        reader.mdx_comments(range.start + part.start);
        reader.event(event, range.start + part.start..range.end + part.start);
    }
    reader.end_block();
    reader.mdx_comments(part.end);
    reader.loose_list_ends(0);
}

/// Makes a letter of the first marker too many of a line, so that no line opens more than some hundred containers.
/// Offsets stay as they are; text is copied from the source, never from here.
fn cap_nesting(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let marker =
        |b: u8| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')') || b.is_ascii_digit();
    let mut capped: Option<Vec<u8>> = None;
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        if end - start > MARKERS && marker(bytes[start]) {
            let line = &bytes[start..end];
            let prefix = line.iter().take_while(|b| marker(**b)).take(MARKERS + 1).count();
            // A long rule (`-----`) opens nothing.
            if prefix > MARKERS && line[..prefix].iter().any(|b| matches!(b, b' ' | b'\t' | b'>')) {
                capped.get_or_insert_with(|| bytes.to_vec())[start + MARKERS] = b'x';
            }
        }
        start = end + 1;
    }
    match capped.map(String::from_utf8) {
        Some(Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(text),
    }
}

/// A list that is open.
struct OpenList {
    list: u32,
    /// Number of the current item.
    number: Option<u32>,
    /// Whether the current item has no block yet.
    first: bool,
}

/// A table that is open.
struct OpenTable {
    table: u32,
    row: u32,
    column: u32,
    columns: u32,
    header: bool,
}

struct Reader<'b, 'a> {
    b: &'b mut Builder<'a>,
    source: &'a str,
    mdx: bool,
    /// Comments of MDX, and how many of them have been told.
    comments: Vec<Range<usize>>,
    commented: usize,
    lists: Vec<OpenList>,
    quotes: u8,
    table: Option<OpenTable>,
    /// Inside an image: its text describes a picture.
    images: u32,
    /// Inside an address between angle brackets.
    address: bool,
    /// The next text begins a line of a paragraph.
    line_start: bool,
    /// Text before this byte is a marker that has been read.
    done: usize,
    /// Level of the last heading with markup, and how many numbers its own number has.
    level: u8,
    number_parts: u8,
    /// Odd bullets in a row.
    loose: Levels,
    /// The open heading is a line that had no space after its sign: it ends with its line.
    one_line: bool,
    /// Info string and content of the code block that is open.
    fence: Option<(Span, Span)>,
    /// Lines of the code block or the HTML block that is open.
    lines: Vec<Range<usize>>,
}

impl<'b, 'a> Reader<'b, 'a> {
    fn new(b: &'b mut Builder<'a>, source: &'a str, mdx: bool) -> Self {
        Reader {
            b,
            source,
            mdx,
            comments: Vec::new(),
            commented: 0,
            lists: Vec::new(),
            quotes: 0,
            table: None,
            images: 0,
            address: false,
            line_start: false,
            done: 0,
            level: 0,
            number_parts: 0,
            loose: Levels::default(),
            one_line: false,
            fence: None,
            lines: Vec::new(),
        }
    }

    /// `{/* … */}` before this byte.
    fn mdx_comments(&mut self, before: usize) {
        while let Some(at) = self.comments.get(self.commented).filter(|c| c.start < before).cloned() {
            self.b.comment(&self.source[at.start + 3..at.end - 3], at);
            self.commented += 1;
        }
    }

    /// Copies text, comments of MDX left out.
    fn copy(&mut self, at: Range<usize>) {
        let mut from = at.start;
        let first = self.comments.partition_point(|c| c.end <= at.start);
        for c in self.comments[first..].iter().take_while(|c| c.start < at.end) {
            self.b.copy(from..c.start.max(from));
            from = c.end.min(at.end);
        }
        self.b.copy(from..at.end);
    }

    fn event(&mut self, event: Event, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, at),
            Event::Code(text) => self.code(&text, at),
            Event::InlineHtml(_) => self.inline_html(at),
            Event::Html(_) => self.gather(at),
            Event::SoftBreak => self.line_break(at, false),
            Event::HardBreak => self.line_break(at, true),
            Event::Rule => {
                self.end_block();
                self.loose_list_ends(0);
            }
            Event::TaskListMarker(_) | Event::FootnoteReference(_) => {}
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, at: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.end_block();
                self.begin_text(at.start);
            }
            Tag::Heading { level, .. } => {
                self.end_block();
                self.loose_list_ends(0);
                self.line_start = false;
                self.b.begin(BlockKind::Heading { level: level as u8 }, self.quotes, at.start);
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.loose_list_ends(0);
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::List(first) => {
                self.end_block();
                self.loose_list_ends(0);
                let list = self.b.begin_list(first.is_some());
                let number = first.map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                self.lists.push(OpenList { list, number, first: true });
            }
            Tag::Item => {
                self.end_block();
                self.loose_list_ends(0);
                if let Some(l) = self.lists.last_mut() {
                    l.first = true;
                }
            }
            Tag::CodeBlock(kind) => {
                self.end_block();
                self.lines.clear();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => self.info(&info, at.clone()),
                    CodeBlockKind::Indented => Span::new(at.start, at.start),
                };
                self.fence = Some((info, Span::from(at)));
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.lines.clear();
            }
            Tag::Table(columns) => {
                self.end_block();
                self.loose_list_ends(0);
                let columns = u32::try_from(columns.len()).unwrap_or(u32::MAX);
                let table = self.b.begin_table();
                self.table = Some(OpenTable { table, row: 0, column: 0, columns, header: false });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(t) = &mut self.table {
                    t.column = 0;
                    t.header = tag == Tag::TableHead;
                }
            }
            Tag::TableCell => {
                self.line_start = false;
                if let Some(t) = &self.table {
                    let kind =
                        BlockKind::Cell { table: t.table, row: t.row, column: t.column, header: t.header };
                    self.b.begin(kind, self.quotes, at.start);
                }
            }
            Tag::Emphasis => self.mark(InlineKind::Emphasis, at),
            Tag::Strong => self.mark(InlineKind::Strong, at),
            Tag::Strikethrough => self.mark(InlineKind::Struck, at),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.address = true;
                self.mark(InlineKind::Url, at);
            }
            Tag::Link { .. } => self.mark(InlineKind::Link, at),
            Tag::Image { .. } => self.images += 1,
            Tag::FootnoteDefinition(_) => {
                self.end_block();
                self.loose_list_ends(0);
            }
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => {
                self.number_parts = match dialect::opening(self.b.text(), true) {
                    Some(Opening::Number { parts, .. }) => parts,
                    _ => 0,
                };
                self.level = level as u8;
                self.b.end();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.loose_list_ends(0);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.end_block();
                self.loose_list_ends(0);
                if let Some(l) = self.lists.last_mut() {
                    l.number = l.number.map(|n| n.saturating_add(1));
                }
            }
            TagEnd::List(_) => {
                self.end_block();
                if let Some(l) = self.lists.pop() {
                    self.b.end_list(l.list);
                }
            }
            TagEnd::CodeBlock => self.end_fence(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::TableCell => {
                self.b.end();
                if let Some(t) = &mut self.table {
                    t.column += 1;
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(t) = &mut self.table {
                    t.row += 1;
                }
            }
            TagEnd::Table => {
                if let Some(t) = self.table.take() {
                    self.b.end_table(t.table, t.row, t.columns, true);
                }
            }
            TagEnd::Emphasis => self.b.unmark(InlineKind::Emphasis),
            TagEnd::Strong => self.b.unmark(InlineKind::Strong),
            TagEnd::Strikethrough => self.b.unmark(InlineKind::Struck),
            TagEnd::Link => {
                self.b.unmark(if self.address { InlineKind::Url } else { InlineKind::Link });
                self.address = false;
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => self.end_block(),
        }
    }

    /// Begins a paragraph or the next one of a list item.
    fn begin_text(&mut self, outer: usize) {
        let kind = match self.lists.last() {
            Some(l) => {
                let depth = u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX);
                BlockKind::Item { list: l.list, depth, number: l.number, first: l.first }
            }
            None => BlockKind::Paragraph,
        };
        self.b.begin(kind, self.quotes, outer);
        self.line_start = true;
    }

    /// In a tight list an item's text comes without a paragraph around it.
    fn ensure_open(&mut self, at: usize) {
        if !self.b.is_open() {
            self.begin_text(at);
        }
    }

    /// Ends the open block, if any.
    fn end_block(&mut self) {
        self.one_line = false;
        if !self.b.is_open() {
            return;
        }
        let kind = self.b.kind();
        if self.b.end()
            && let (Some(BlockKind::Item { list, .. }), Some(l)) = (kind, self.lists.last_mut())
            && l.list == list
        {
            l.first = false;
        }
    }

    /// A paragraph ends: it may have been a heading, or a statement of MDX.
    fn end_paragraph(&mut self) {
        if self.b.kind() == Some(BlockKind::Paragraph) {
            self.loose_list_ends(0);
            if self.quotes == 0
                && self.b.wholly_strong()
                && dialect::title_like(self.b.text().trim_end_matches(':'))
            {
                self.b.turn_into(BlockKind::Heading { level: (self.level + 1).min(6) });
            }
        }
        self.end_block();
    }

    /// The lists of odd bullets end that are `from` levels deep or deeper.
    fn loose_list_ends(&mut self, from: usize) {
        if self.loose.is_open() {
            self.loose.close(from, self.b);
        }
    }

    fn mark(&mut self, kind: InlineKind, at: Range<usize>) {
        if self.images > 0 {
            return;
        }
        self.ensure_open(at.start);
        self.line_start = false;
        self.b.mark(kind);
        self.b.cover(Span::from(at));
    }

    fn line_break(&mut self, at: Range<usize>, hard: bool) {
        if self.images == 0 && self.b.is_open() {
            self.b.space(at, hard);
            let prose = matches!(self.b.kind(), Some(BlockKind::Paragraph | BlockKind::Item { .. }));
            self.line_start = prose || self.one_line;
        }
    }

    fn text(&mut self, text: &str, mut at: Range<usize>) {
        if self.fence.is_some() {
            self.gather(at);
            return;
        }
        if self.images > 0 {
            return;
        }
        self.ensure_open(at.start);
        if self.line_start {
            self.line_start = false;
            self.open_line(at.start);
        }
        if at.start < self.done {
            at.start = self.done.min(at.end);
            if at.is_empty() {
                return;
            }
            self.copy(at);
        } else if text.len() == at.len() {
            // Letter for letter; where markers too many were capped, the source has the letters.
            self.copy(at);
        } else {
            self.b.stand_in(text, at);
        }
    }

    /// Content of a code or HTML block: what goes on where the last piece ended, a `\r` aside, lengthens it.
    fn gather(&mut self, at: Range<usize>) {
        match self.lines.last_mut() {
            Some(last) if matches!(self.source.get(last.end..at.start), Some("" | "\r")) => last.end = at.end,
            _ => self.lines.push(at),
        }
    }

    /// A line of a paragraph begins at this byte: what its author may have meant by it.
    fn open_line(&mut self, start: usize) {
        if self.one_line {
            self.one_line = false;
            self.b.end();
            self.begin_text(start);
            self.line_start = false;
        }
        let bytes = self.source.as_bytes();
        // Cheap first: nearly every line begins with a letter that opens nothing.
        if !matches!(bytes.get(start), Some(b'#' | b'0'..=b'9' | b'(' | b'a'..=b'z' | 0x80..)) {
            self.plain_line();
            return;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        let line = &self.source[start..end];
        let fresh = !self.b.has_text() || self.loose.is_open() || dialect::ends_thought(self.b.text());
        let Some(opening) = dialect::opening(line, fresh) else {
            self.plain_line();
            return;
        };
        match opening {
            Opening::Heading { level, skip } => {
                if !self.lists.is_empty() {
                    return;
                }
                self.end_block();
                self.loose_list_ends(0);
                self.level = level;
                self.number_parts = 0;
                self.b.begin(BlockKind::Heading { level }, self.quotes, start);
                self.one_line = true;
                self.done = start + skip;
            }
            Opening::Number { parts, .. }
                if parts > 1
                    && self.lists.is_empty()
                    && self.whole_paragraph(start, end)
                    && numbered_title(line) =>
            {
                let deeper = parts.saturating_sub(self.number_parts).max(1);
                self.loose_list_ends(0);
                self.b.turn_into(BlockKind::Heading { level: self.level.saturating_add(deeper).min(6) });
            }
            _ => {
                let Some((sign, number, skip)) = Sign::of(opening) else { return };
                if matches!(opening, Opening::Number { parts: 1, .. }) && !self.b.has_text() {
                    // Markdown has lists of its own for these.
                    return;
                }
                self.done = start + skip;
                let own_item = matches!(self.b.kind(), Some(BlockKind::Item { first: true, .. }));
                if own_item && !self.b.has_text() {
                    return;
                }
                self.end_block();
                let (list, depth) = self.loose.item(sign, self.b);
                let around = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
                let kind = BlockKind::Item { list, depth: depth.saturating_add(around), number, first: true };
                self.b.begin(kind, self.quotes, start);
            }
        }
    }

    /// A paragraph that begins with an ordinary line ends the odd bullets before it.
    fn plain_line(&mut self) {
        if self.b.kind() == Some(BlockKind::Paragraph) && !self.b.has_text() {
            self.loose_list_ends(0);
        }
    }

    /// Whether the open paragraph is one line, from `start` to `end`.
    fn whole_paragraph(&self, start: usize, end: usize) -> bool {
        let rest =
            self.source[end..].strip_prefix("\r\n").unwrap_or(self.source[end..].get(1..).unwrap_or(""));
        !self.b.has_text() && start < end && rest.lines().next().is_none_or(|l| l.trim().is_empty())
    }

    fn code(&mut self, text: &str, at: Range<usize>) {
        if self.images > 0 {
            return;
        }
        self.ensure_open(at.start);
        self.line_start = false;
        self.b.mark(InlineKind::Code);
        let whole = &self.source[at.clone()];
        let ticks = whole.bytes().take_while(|b| *b == b'`').count();
        let inner = whole.get(ticks..whole.len().saturating_sub(ticks)).unwrap_or("");
        let over_lines = memchr::memchr2(b'\n', b'\r', inner.as_bytes()).is_some();
        if over_lines {
            let words: Vec<&str> = text.split_ascii_whitespace().collect();
            self.b.stand_in(&words.join(" "), at.clone());
        } else if inner == text {
            self.b.copy(at.start + ticks..at.end - ticks);
        } else if inner.len() == text.len() + 2 && inner.get(1..inner.len() - 1) == Some(text) {
            self.b.copy(at.start + ticks + 1..at.end - ticks - 1);
        } else {
            self.b.stand_in(text, at.clone());
        }
        self.b.unmark(InlineKind::Code);
        self.b.cover(Span::from(at));
    }

    fn inline_html(&mut self, at: Range<usize>) {
        if self.images > 0 {
            return;
        }
        let tag = &self.source[at.clone()];
        if let Some(inner) = tag.strip_prefix("<!--") {
            self.b.comment(inner.strip_suffix("-->").unwrap_or(inner), at);
            return;
        }
        match html::inline_tag(tag) {
            html::InlineTag::Break => self.line_break(at, true),
            html::InlineTag::Open(kind) => self.mark(kind, at),
            html::InlineTag::Close(kind) => self.b.unmark(kind),
            html::InlineTag::Known => {}
            // `<Name>` in a script is a word to fill in, not markup.
            html::InlineTag::Unknown if !self.mdx || !tag.contains(['=', '/']) => {
                self.ensure_open(at.start);
                self.line_start = false;
                if memchr::memchr2(b'\n', b'\r', tag.as_bytes()).is_some() {
                    let words: Vec<&str> = tag.split_ascii_whitespace().collect();
                    self.b.stand_in(&words.join(" "), at);
                } else {
                    self.b.copy(at);
                }
            }
            html::InlineTag::Unknown => {}
        }
    }

    /// Where the info string of a fence stands.
    fn info(&self, info: &str, at: Range<usize>) -> Span {
        let whole = &self.source[at.clone()];
        let ticks = whole.bytes().take_while(|b| matches!(b, b'`' | b'~')).count();
        let line = whole[ticks..].lines().next().unwrap_or("");
        let start = at.start + ticks + (line.len() - line.trim_start().len());
        Span::new(start, start + if info.is_empty() { 0 } else { line.trim().len() })
    }

    fn end_fence(&mut self) {
        let Some((info, span)) = self.fence.take() else { return };
        let lines = std::mem::take(&mut self.lines);
        fence::read(self.b, self.source, info, span, &lines, self.quotes, false);
        self.lines = lines;
        if let Some(l) = self.lists.last_mut() {
            l.first = false;
        }
    }

    fn end_html(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.loose_list_ends(0);
        html::read_parts(self.b, self.source, &lines, self.quotes);
        self.lines = lines;
    }
}

/// Whether a numbered line is a title rather than a step.
fn numbered_title(line: &str) -> bool {
    match dialect::opening(line, true) {
        Some(Opening::Number { skip, .. }) => {
            let text = &line[skip..];
            dialect::title_like(text) && text.split_whitespace().count() <= 7 && !text.ends_with(['?', ':'])
        }
        _ => false,
    }
}
