//! HTML → blocks: plain pages and exports of Confluence, Notion, Google Docs and Word.
//!
//! html5gum cuts the source into tags and texts with their bytes; no tree is built. Elements that hold text open and
//! close blocks, so a missing end tag costs nothing; only lists, tables and quotes are remembered while they are open.

use crate::document::builder::Builder;
use crate::document::dialect::{self, Levels, Opening, Sign};
use crate::document::{BlockKind, InlineKind, Meta, fence};
use crate::source::Span;
use element::{Attributes, Role, role};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::convert::Infallible;
use std::ops::Range;
use table::Tables;

mod element;
mod entity;
mod table;

pub(crate) use element::{InlineTag, inline_tag};
pub(crate) use entity::{plain, write};

/// Whether HTML has an element of this name.
pub(crate) fn is_element(name: &str) -> bool {
    !matches!(role(name), Role::Unknown)
}

/// Reads the whole of `source`.
pub(crate) fn read<'a>(b: &mut Builder<'a>, source: &'a str) {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Reader::new(b, source, 0, false);
    reader.part(start..source.len());
    reader.end();
}

/// Reads stretches of HTML inside another format, `quoted` block quotes deep. A tag that is none of HTML's is text
/// there: `<Name>` in a script is a word to fill in.
pub(crate) fn read_parts<'a>(b: &mut Builder<'a>, source: &'a str, parts: &[Range<usize>], quoted: u8) {
    let mut reader = Reader::new(b, source, quoted, true);
    for part in parts {
        reader.part(part.clone());
    }
    reader.end();
}

/// A list that is open.
struct OpenList {
    list: u32,
    number: Option<u32>,
    first: bool,
    /// How many table cells were open around it.
    cells: usize,
    /// A list of Google Docs: which one, as its class says.
    id: Option<String>,
}

struct Reader<'b, 'a> {
    b: &'b mut Builder<'a>,
    source: &'a str,
    quotes: u8,
    /// Inside another format.
    embedded: bool,
    /// Where the part that is read begins.
    base: usize,
    name: String,
    attributes: Attributes,
    tag_start: usize,
    /// The element that is left out, and how many of its name are open in it.
    skip: Option<(String, u32)>,
    title: bool,
    /// Class names that a style sheet makes bold.
    style: bool,
    bold: Vec<String>,
    lists: Vec<OpenList>,
    /// How many list elements are open.
    inside: usize,
    tables: Tables,
    /// Open `span`s, and what each means.
    spans: Vec<Option<InlineKind>>,
    /// Levels of odd bullets in a row.
    loose: Levels,
    /// Text of a `pre`, and the word that names its language.
    pre: Option<Pre>,
    /// Where the element began whose text comes next.
    outer: usize,
    /// Kind for the text that comes next, where an element gives one.
    heading: Option<u8>,
    /// A line begins: the text that comes next may open with a bullet.
    line_start: bool,
    /// The last thing was `<br>`.
    broken: bool,
    /// Level of the last heading.
    level: u8,
}

struct Pre {
    start: usize,
    info: Span,
    pieces: Vec<Range<usize>>,
}

impl<'b, 'a> Reader<'b, 'a> {
    fn new(b: &'b mut Builder<'a>, source: &'a str, quotes: u8, embedded: bool) -> Self {
        Reader {
            b,
            source,
            quotes,
            embedded,
            base: 0,
            name: String::new(),
            attributes: Attributes::default(),
            tag_start: 0,
            skip: None,
            title: false,
            style: false,
            bold: Vec::new(),
            lists: Vec::new(),
            inside: 0,
            tables: Tables::default(),
            spans: Vec::new(),
            loose: Levels::default(),
            pre: None,
            outer: 0,
            heading: None,
            line_start: true,
            broken: false,
            level: 0,
        }
    }

    fn part(&mut self, part: Range<usize>) {
        self.base = part.start;
        let text = &self.source[part];
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
            self.event(event, span.start..span.end);
            None::<Infallible>
        });
        emitter.naively_switch_states(true);
        // Reading a string cannot fail.
        let _ = Tokenizer::new_with_emitter(text, emitter).finish();
    }

    fn event(&mut self, event: CallbackEvent, at: Range<usize>) {
        let at = at.start + self.base..at.end + self.base;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name.clear();
                self.name.push_str(&String::from_utf8_lossy(name));
                self.attributes.clear();
                self.tag_start = at.start;
            }
            CallbackEvent::AttributeName { name } => self.attributes.name(name),
            CallbackEvent::AttributeValue { value } => self.attributes.value(value, at.start, self.source),
            CallbackEvent::CloseStartTag { self_closing } => {
                let name = std::mem::take(&mut self.name);
                self.start(&name, self.tag_start..at.end, self_closing);
                self.name = name;
            }
            CallbackEvent::EndTag { name } => self.end_tag(&String::from_utf8_lossy(name), at),
            CallbackEvent::String { .. } => self.text(at),
            CallbackEvent::Comment { value } => {
                if self.skip.is_none() && self.source[at.clone()].starts_with("<!--") {
                    self.b.comment(&String::from_utf8_lossy(value), at);
                }
            }
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn start(&mut self, name: &str, at: Range<usize>, self_closing: bool) {
        if let Some((skipped, depth)) = &mut self.skip {
            *depth += u32::from(skipped == name && !self_closing);
            return;
        }
        if self.attributes.hidden() && !element::is_void(name) {
            self.skip = (!self_closing).then(|| (name.to_owned(), 1));
            return;
        }
        match role(name) {
            Role::Skip => {
                if name == "style" {
                    self.style = true;
                } else if !self_closing {
                    self.skip = Some((name.to_owned(), 1));
                }
            }
            Role::Title => self.title = true,
            Role::Meta => self.meta(),
            Role::Block => self.block(at.start),
            Role::Heading(level) => {
                self.block(at.start);
                self.heading = Some(level);
            }
            Role::List { ordered } => self.list(ordered),
            Role::Item => self.item(at.start),
            Role::Description { term } => {
                self.block(at.start);
                if let Some(l) = self.lists.last_mut() {
                    l.first = term;
                }
            }
            Role::Table => {
                self.block(at.start);
                let layout = self.attributes.get("role") == "presentation";
                self.tables.begin(self.b, layout);
            }
            Role::TableHead => self.tables.head(true),
            Role::Row => {
                self.block(at.start);
                self.tables.row(self.b, at.start, self.quotes);
            }
            Role::Cell { header } => {
                self.block(at.start);
                self.close_cell_lists();
                let number = |name: &str| self.attributes.get(name).trim().parse::<u32>().unwrap_or(1);
                let (columns, rows) = (number("colspan"), number("rowspan"));
                self.tables.cell(self.b, at.end, header, columns, rows, self.quotes);
            }
            Role::Quote => {
                self.block(at.start);
                self.quotes = self.quotes.saturating_add(1);
            }
            Role::Pre => {
                self.block(at.start);
                let info = self.attributes.language();
                self.pre = Some(Pre { start: at.start, info, pieces: Vec::new() });
            }
            Role::Break => self.line_break(at),
            Role::Inline(kind) => {
                if let (Some(pre), InlineKind::Code) = (&mut self.pre, kind) {
                    pre.info = if pre.info.is_empty() { self.attributes.language() } else { pre.info };
                }
                self.mark(kind, at);
            }
            Role::Span => {
                if self.attributes.style_has("mso-list:ignore") {
                    // Word writes the bullet itself into the text.
                    self.skip = Some((name.to_owned(), 1));
                    return;
                }
                let bold = self.attributes.bold(&self.bold);
                self.spans.push(bold.then_some(InlineKind::Strong));
                if bold {
                    self.mark(InlineKind::Strong, at);
                }
            }
            Role::Quotation => self.stand_in("“", at),
            Role::Nothing => {}
            Role::Unknown => {
                if self.embedded && !name.contains(['-', ':']) && self.attributes.is_empty() {
                    self.text(at);
                }
            }
        }
    }

    fn end_tag(&mut self, name: &str, at: Range<usize>) {
        if let Some((skipped, depth)) = &mut self.skip {
            *depth -= u32::from(skipped == name);
            if *depth == 0 {
                self.skip = None;
            }
            return;
        }
        match role(name) {
            Role::Skip => self.style = false,
            Role::Title => self.title = false,
            Role::Block | Role::Heading(_) | Role::Item | Role::Description { .. } => self.block(at.end),
            Role::List { .. } => {
                self.end_block();
                self.end_list();
                self.block(at.end);
            }
            Role::Table => {
                self.block(at.end);
                self.close_cell_lists();
                self.tables.end(self.b, at.start, self.quotes);
            }
            Role::TableHead => self.tables.head(false),
            Role::Row => {
                self.block(at.end);
                self.tables.end_cell(self.b, at.start, self.quotes);
            }
            Role::Cell { .. } => {
                self.block(at.end);
                self.close_cell_lists();
                self.tables.end_cell(self.b, at.start, self.quotes);
            }
            Role::Quote => {
                self.block(at.end);
                self.quotes = self.quotes.saturating_sub(1);
            }
            Role::Pre => self.end_pre(at.end),
            Role::Inline(kind) => self.b.unmark(kind),
            Role::Span => {
                if let Some(Some(kind)) = self.spans.pop() {
                    self.b.unmark(kind);
                }
            }
            Role::Quotation => self.stand_in("”", at),
            Role::Meta | Role::Break | Role::Nothing | Role::Unknown => {}
        }
    }

    /// `<meta name="owner" content="…">` says what front matter says elsewhere.
    fn meta(&mut self) {
        let (key, value) = (self.attributes.get("name"), self.attributes.get("content"));
        let technical = ["viewport", "generator", "robots", "theme-color", "progid", "originator"];
        if !key.is_empty() && !value.is_empty() && !technical.iter().any(|t| t.eq_ignore_ascii_case(key)) {
            let span = self.attributes.place("content");
            let (key, value) = (key.trim().to_lowercase(), value.trim().to_owned());
            self.b.metadata.push(Meta { key, value, span });
        }
    }

    /// An element begins or ends that text does not flow across.
    fn block(&mut self, outer: usize) {
        self.end_block();
        self.outer = outer;
        self.line_start = true;
        self.broken = false;
        self.heading = None;
    }

    fn end_block(&mut self) {
        if !self.b.is_open() {
            return;
        }
        let kind = self.b.kind();
        match kind {
            Some(BlockKind::Paragraph) => {
                self.loose.close(0, self.b);
                let title = self.quotes == 0 && self.b.wholly_strong();
                if title && dialect::title_like(self.b.text().trim_end_matches(':')) {
                    self.b.turn_into(BlockKind::Heading { level: (self.level + 1).min(6) });
                }
            }
            Some(BlockKind::Heading { level }) => self.level = level,
            _ => {}
        }
        if self.b.end() {
            if let (Some(BlockKind::Item { list, .. }), Some(l)) = (kind, self.lists.last_mut())
                && l.list == list
            {
                l.first = false;
            }
            self.tables.filled();
        }
    }

    /// Opens the block that text at this byte belongs to.
    fn ensure_open(&mut self) {
        if self.b.is_open() {
            return;
        }
        if self.inside == 0 && !self.lists.is_empty() {
            // Lists of Google Docs stay open for their next level.
            self.close_lists(0);
        }
        let kind = if let Some(level) = self.heading {
            self.loose_ends();
            BlockKind::Heading { level }
        } else if let Some(kind) = self.tables.kind() {
            self.loose_ends();
            kind
        } else if let Some(l) = self.lists.last() {
            let depth = u8::try_from(self.lists.len() - 1).unwrap_or(u8::MAX);
            BlockKind::Item { list: l.list, depth, number: l.number, first: l.first }
        } else {
            BlockKind::Paragraph
        };
        self.b.begin(kind, self.quotes, self.outer);
    }

    fn loose_ends(&mut self) {
        if self.loose.is_open() {
            self.loose.close(0, self.b);
        }
    }

    fn mark(&mut self, kind: InlineKind, at: Range<usize>) {
        if self.pre.is_none() {
            self.ensure_open();
            self.b.mark(kind);
            self.b.cover(Span::from(at));
        }
    }

    fn stand_in(&mut self, text: &str, at: Range<usize>) {
        if self.pre.is_none() {
            self.ensure_open();
            self.b.stand_in(text, at);
        }
    }

    /// One `<br>` ends a line, two end a paragraph.
    fn line_break(&mut self, at: Range<usize>) {
        if let Some(pre) = &mut self.pre {
            pre.pieces.push(at);
            return;
        }
        if self.broken && self.heading.is_none() {
            self.block(at.end);
        } else if self.b.is_open() {
            self.b.space(at, true);
            self.line_start = true;
        }
        self.broken = true;
    }

    fn text(&mut self, at: Range<usize>) {
        if self.skip.is_some() {
            return;
        }
        if self.style {
            element::bold_classes(&self.source[at], &mut self.bold);
            return;
        }
        if self.title {
            self.page_title(at);
            return;
        }
        if let Some(pre) = &mut self.pre {
            pre.pieces.push(at);
            return;
        }
        let mut done = at.start;
        if self.line_start {
            let text = &self.source[at.clone()];
            let words = text.trim_start_matches(element::is_space);
            if words.is_empty() {
                self.b.space(at, false);
                return;
            }
            self.line_start = false;
            done = self.open_line(at.end - words.len(), at.end).max(at.start);
        }
        for piece in entity::pieces(self.source, done..at.end) {
            match piece {
                entity::Piece::Space(at) => self.b.space(at, false),
                entity::Piece::Word(at) => {
                    self.ensure_open();
                    self.broken = false;
                    self.b.copy(at);
                }
                entity::Piece::Entity(text, at) => {
                    self.ensure_open();
                    self.broken = false;
                    self.b.stand_in(&text, at);
                }
            }
        }
    }

    /// A line begins at this byte. Gives the byte from which it is text and no marker.
    fn open_line(&mut self, start: usize, end: usize) -> usize {
        self.ensure_open();
        let prose = matches!(self.b.kind(), Some(BlockKind::Paragraph | BlockKind::Item { .. }));
        let line = &self.source[start..end];
        let line = &line[..memchr::memchr3(b'<', b'\n', b'\r', line.as_bytes()).unwrap_or(line.len())];
        let opening = if prose { dialect::opening(line, true) } else { None };
        let item = match opening {
            Some(Opening::Bullet { .. } | Opening::Letter { .. }) => opening.and_then(Sign::of),
            Some(Opening::Number { .. }) if !self.lone_number(line) => opening.and_then(Sign::of),
            _ => None,
        };
        let Some((sign, number, skip)) = item else { return start };
        if !self.lists.is_empty() && !self.b.has_text() {
            // An item of a list with its bullet written out.
            return start + skip;
        }
        self.end_block();
        let (list, depth) = self.loose.item(sign, self.b);
        let around = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let kind = BlockKind::Item { list, depth: depth.saturating_add(around), number, first: true };
        self.b.begin(kind, self.quotes, start);
        start + skip
    }

    /// A short numbered line is a title that will turn out to be bold, or a step: only whole sentences are steps.
    fn lone_number(&self, line: &str) -> bool {
        dialect::title_like(line) && !self.b.has_text() && !self.loose.is_open()
    }

    fn page_title(&mut self, at: Range<usize>) {
        let text = &self.source[at.clone()];
        let words = text.trim();
        if !words.is_empty() {
            let start = at.start + (text.len() - text.trim_start().len());
            let value = entity::plain(words);
            self.b.metadata.push(Meta {
                key: "title".to_owned(),
                value,
                span: Span::new(start, start + words.len()),
            });
        }
    }

    fn list(&mut self, ordered: bool) {
        self.end_block();
        self.loose_ends();
        self.inside += 1;
        let cells = self.tables.open();
        let number = ordered.then(|| self.attributes.get("start").trim().parse().unwrap_or(1));
        let docs = self.attributes.google_list();
        if let Some((id, level)) = &docs {
            // Google Docs writes each level as a list of its own, side by side.
            let same = |l: &OpenList| l.id.as_ref() == Some(id);
            let kept = self.lists.iter().take_while(|l| l.id.is_none() || same(l)).count();
            let outside = self.lists.iter().take_while(|l| l.id.is_none()).count();
            self.close_lists(kept.min(outside + level + 1));
            if self.lists.len() == outside + level + 1 {
                return;
            }
        } else {
            self.close_google_lists();
        }
        let list = self.b.begin_list(ordered);
        self.lists.push(OpenList { list, number, first: true, cells, id: docs.map(|(id, _)| id) });
    }

    /// Lists of Google Docs stay open for their next level until something else comes.
    fn close_google_lists(&mut self) {
        while self.lists.last().is_some_and(|l| l.id.is_some()) {
            self.close_lists(self.lists.len() - 1);
        }
    }

    /// Ends the lists that were opened inside the open cell.
    fn close_cell_lists(&mut self) {
        while self.lists.last().is_some_and(|l| l.cells >= self.tables.open()) {
            self.close_lists(self.lists.len() - 1);
        }
    }

    fn end_list(&mut self) {
        self.inside = self.inside.saturating_sub(1);
        self.loose_ends();
        if self.lists.last().is_some_and(|l| l.id.is_none() && l.cells >= self.tables.open()) {
            self.close_lists(self.lists.len() - 1);
        }
    }

    /// Ends lists from depth `from` on.
    fn close_lists(&mut self, from: usize) {
        for l in self.lists.drain(from.min(self.lists.len())..) {
            self.b.end_list(l.list);
        }
    }

    fn item(&mut self, outer: usize) {
        self.block(outer);
        self.loose_ends();
        let value = self.attributes.get("value").trim().parse().ok();
        if let Some(l) = self.lists.last_mut() {
            if !l.first {
                l.number = l.number.map(|n| n.saturating_add(1));
            }
            if l.number.is_some() && value.is_some() {
                l.number = value;
            }
            l.first = true;
        }
    }

    fn end_pre(&mut self, end: usize) {
        let Some(pre) = self.pre.take() else { return };
        let span = Span::new(pre.start, end);
        fence::read(self.b, self.source, pre.info, span, &pre.pieces, self.quotes, true);
        self.tables.filled();
        self.block(end);
    }

    fn end(&mut self) {
        let end = self.source.len();
        self.end_pre(end);
        self.end_block();
        self.loose_ends();
        self.close_lists(0);
        while self.tables.open() > 0 {
            self.tables.end(self.b, end, self.quotes);
        }
    }
}
