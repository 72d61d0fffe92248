//! XML of a Word document's text → paragraphs and tables, tracked changes accepted, text boxes taken once.

use super::styles::{Role, Styles};
use crate::document::ReadError;
use crate::document::extract::{Piece, marks};
use crate::document::office::xml::{Element, Part, Space, Tag};
use std::collections::{HashMap, HashSet};

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Node {
    Paragraph(Box<Paragraph>),
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub style: Option<String>,
    pub num: Option<u32>,
    pub level: Option<u8>,
    pub outline: Option<u8>,
    pub pieces: Vec<Piece>,
    /// Text boxes anchored in it.
    pub boxes: Vec<Node>,
    /// Footnotes and endnotes it refers to.
    pub notes: Vec<(NoteKind, String)>,
    /// Word comments that begin in it.
    pub comments: Vec<String>,
    /// Its end was deleted: it goes on in the next one.
    joined: bool,
}

impl Paragraph {
    /// Its text, breaks as spaces.
    pub fn text(&self) -> String {
        let of = |p: &Piece| match p {
            Piece::Text(t, _) => t.clone(),
            Piece::Break => " ".to_owned(),
        };
        self.pieces.iter().map(of).collect()
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        !self.pieces.iter().any(|p| matches!(p, Piece::Text(t, _) if !t.trim().is_empty()))
    }

    /// Whether all its words are bold.
    pub fn bold(&self) -> bool {
        let plain = |p: &Piece| match p {
            Piece::Text(t, m) => m & marks::STRONG == 0 && !t.trim_matches([' ', ':', '\t']).is_empty(),
            Piece::Break => true,
        };
        !self.is_empty() && !self.pieces.iter().any(plain)
    }
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub style: Option<String>,
    /// Whether it asks for its style's first row.
    pub first_row: bool,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub cells: Vec<Cell>,
    /// Marked to be repeated on every page: a heading row.
    pub header: bool,
    /// Columns left free before the first cell.
    pub before: u32,
    deleted: bool,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub nodes: Vec<Node>,
    /// How many columns it reaches over; 0 as long as it does not say.
    pub span: u32,
    /// Goes on with the cell above.
    pub merged: bool,
    pub shaded: bool,
    deleted: bool,
}

/// Which kind of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// The text of a part: the body, or notes and comments by their id.
#[derive(Default)]
pub(super) struct Texts {
    pub body: Vec<Node>,
    pub by_id: HashMap<String, Vec<Node>>,
}

/// Reads a part.
pub(super) fn read(name: &str, part: &str, text: &str, styles: &Styles) -> Result<Texts, ReadError> {
    let mut reader = Reader::new(styles);
    reader.levels.push(Level::default());
    let mut xml = Part::new(name, part, text);
    while let Some(tag) = xml.next()? {
        match tag {
            Tag::Start(space, element) => {
                let local = element.name().to_owned();
                if reader.start(space, &local, &element) {
                    reader.path.push(if space == Space::Word { local } else { String::new() });
                } else {
                    xml.skip()?;
                }
            }
            Tag::End => {
                if let Some(local) = reader.path.pop() {
                    reader.end(&local);
                }
            }
            Tag::Text(text) => reader.text(&text),
        }
    }
    while let Some(level) = reader.close() {
        reader.texts.body.extend(level);
    }
    Ok(reader.texts)
}

struct Reader<'a> {
    styles: &'a Styles,
    /// Names of the open elements; empty for other vocabularies.
    path: Vec<String>,
    texts: Texts,
    /// What is being filled: the body, a cell, a text box; innermost last.
    levels: Vec<Level>,
    /// Ids of the notes or the comment that are open.
    ids: Vec<String>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// For each `AlternateContent` that is open, whether one of its forms was taken.
    taken: Vec<bool>,
    /// For each `sdt` that is open, whether its content is left out.
    controls: Vec<bool>,
    run: Run,
    links: u32,
    /// Comments that begin between two paragraphs.
    waiting: Vec<String>,
    anchored: HashSet<String>,
}

/// One place that is being filled.
#[derive(Default)]
struct Level {
    nodes: Vec<Node>,
    /// A paragraph whose end was deleted, waiting for the next.
    joined: Option<Paragraph>,
}

/// What the open run says of itself.
#[derive(Clone, Default)]
struct Run {
    bold: Option<bool>,
    italic: Option<bool>,
    struck: bool,
    hidden: Option<bool>,
    style: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles) -> Self {
        Reader {
            styles,
            path: Vec::new(),
            texts: Texts::default(),
            levels: Vec::new(),
            ids: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            taken: Vec::new(),
            controls: Vec::new(),
            run: Run::default(),
            links: 0,
            waiting: Vec::new(),
            anchored: HashSet::new(),
        }
    }

    fn parent(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    fn above(&self, steps: usize) -> &str {
        self.path.iter().rev().nth(steps).map_or("", String::as_str)
    }

    /// An element begins. Says whether its content is to be read.
    fn start(&mut self, space: Space, local: &str, element: &Element) -> bool {
        match space {
            Space::Word => self.word(local, element),
            Space::Compatibility => match local {
                "AlternateContent" => {
                    self.taken.push(false);
                    true
                }
                // The first form is the one today's Word wrote; the others say the same again.
                "Choice" | "Fallback" => !self.taken.last_mut().is_some_and(|t| std::mem::replace(t, true)),
                _ => true,
            },
            // Formulas have runs of their own, DrawingML its own text: neither is prose.
            Space::Other => true,
        }
    }

    fn word(&mut self, local: &str, element: &Element) -> bool {
        match (local, self.parent()) {
            ("p", _) => {
                self.paragraphs
                    .push(Paragraph { comments: std::mem::take(&mut self.waiting), ..Paragraph::default() });
            }
            ("r", _) => self.run = Run::default(),
            ("tbl", _) => self.tables.push(Table::default()),
            ("tr", _) => {
                if let Some(t) = self.tables.last_mut() {
                    t.rows.push(Row::default());
                }
            }
            ("tc", _) => {
                if let Some(r) = self.tables.last_mut().and_then(|t| t.rows.last_mut()) {
                    r.cells.push(Cell::default());
                }
                self.levels.push(Level::default());
            }
            ("txbxContent", _) => self.levels.push(Level::default()),
            ("del" | "moveFrom", "rPr") if self.above(1) == "pPr" => {
                if let Some(p) = self.paragraphs.last_mut() {
                    p.joined = true;
                }
            }
            ("del", "trPr") => {
                if let Some(r) = self.row() {
                    r.deleted = true;
                }
            }
            ("cellDel", "tcPr") => {
                if let Some(c) = self.cell() {
                    c.deleted = true;
                }
            }
            (
                "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "fldData" | "pPrChange"
                | "rPrChange" | "sectPr" | "sectPrChange" | "tblPrChange" | "tblPrExChange" | "tblGridChange"
                | "tcPrChange" | "trPrChange" | "numberingChange" | "rt" | "hdr" | "ftr",
                _,
            ) => return false,
            ("sdt", _) => self.controls.push(false),
            ("docPartGallery", _) => {
                if let Some(c) = self.controls.last_mut() {
                    *c |= element.val().is_some_and(|v| v.eq_ignore_ascii_case("table of contents"));
                }
            }
            ("showingPlcHdr", "sdtPr") => {
                if let Some(c) = self.controls.last_mut() {
                    *c |= element.on();
                }
            }
            ("sdtContent", _) => return !self.controls.last().copied().unwrap_or(false),
            ("footnote" | "endnote" | "comment", _) => {
                self.ids.push(element.attribute("id").unwrap_or_default());
                self.levels.push(Level::default());
            }
            ("hyperlink", _) => self.links += 1,
            ("commentRangeStart" | "commentReference", _) => self.anchor(element.attribute("id")),
            ("footnoteReference", _) => self.note(NoteKind::Foot, element),
            ("endnoteReference", _) => self.note(NoteKind::End, element),
            (_, "pPr" | "numPr") => self.paragraph_property(local, element),
            (_, "rPr") if self.above(1) == "r" => self.run_property(local, element),
            (_, "tblPr" | "trPr" | "tcPr") => self.table_property(local, element),
            (_, "r") => self.sign(local, element),
            _ => {}
        }
        true
    }

    fn row(&mut self) -> Option<&mut Row> {
        self.tables.last_mut()?.rows.last_mut()
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.row()?.cells.last_mut()
    }

    fn anchor(&mut self, id: Option<String>) {
        let Some(id) = id else { return };
        if self.anchored.insert(id.clone()) {
            match self.paragraphs.last_mut() {
                Some(p) => p.comments.push(id),
                None => self.waiting.push(id),
            }
        }
    }

    fn note(&mut self, kind: NoteKind, element: &Element) {
        if let (Some(p), Some(id)) = (self.paragraphs.last_mut(), element.attribute("id")) {
            p.notes.push((kind, id));
        }
    }

    fn paragraph_property(&mut self, local: &str, element: &Element) {
        let Some(p) = self.paragraphs.last_mut() else { return };
        match local {
            "pStyle" => p.style = element.val(),
            "outlineLvl" => p.outline = element.number(),
            "numId" => p.num = element.number(),
            "ilvl" => p.level = element.number(),
            _ => {}
        }
    }

    fn run_property(&mut self, local: &str, element: &Element) {
        let run = &mut self.run;
        match local {
            "b" => run.bold = Some(element.on()),
            "i" => run.italic = Some(element.on()),
            "strike" | "dstrike" => run.struck |= element.on(),
            "vanish" => run.hidden = Some(element.on()),
            "rStyle" => run.style = element.val(),
            _ => {}
        }
    }

    fn table_property(&mut self, local: &str, element: &Element) {
        match local {
            "tblStyle" => {
                if let Some(t) = self.tables.last_mut() {
                    t.style = element.val();
                }
            }
            "tblLook" => {
                // Older files say it in one number, newer ones in words as well.
                let first = element.attribute("firstRow").map(|v| matches!(v.as_str(), "1" | "true" | "on"));
                let bits = element.val().and_then(|v| u32::from_str_radix(&v, 16).ok());
                if let Some(t) = self.tables.last_mut() {
                    t.first_row = first.or(bits.map(|b| b & 0x20 != 0)).unwrap_or(false);
                }
            }
            "tblHeader" => {
                let on = element.on();
                if let Some(r) = self.row() {
                    r.header = on;
                }
            }
            "gridBefore" => {
                let n = element.number().unwrap_or(0);
                if let Some(r) = self.row() {
                    r.before = n;
                }
            }
            "gridSpan" => {
                let n = element.number().unwrap_or(1);
                if let Some(c) = self.cell() {
                    c.span = n;
                }
            }
            "vMerge" => {
                let goes_on = element.val().as_deref() != Some("restart");
                if let Some(c) = self.cell() {
                    c.merged = goes_on;
                }
            }
            "shd" => {
                let fill = element.attribute("fill").unwrap_or_default();
                let plain = ["", "auto", "ffffff"].iter().any(|p| p.eq_ignore_ascii_case(&fill));
                if let Some(c) = self.cell() {
                    c.shaded = !plain;
                }
            }
            _ => {}
        }
    }

    /// A sign of a run that is an element of its own.
    fn sign(&mut self, local: &str, element: &Element) {
        match local {
            "tab" | "ptab" => self.push("\t"),
            "br" => match element.attribute("type").as_deref() {
                Some("page" | "column") => self.push(" "),
                _ => self.line_break(),
            },
            "cr" => self.line_break(),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => {
                let code = element.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.push(&c.to_string());
                }
            }
            _ => {}
        }
    }

    fn line_break(&mut self) {
        if let Some(p) = self.paragraphs.last_mut() {
            p.pieces.push(Piece::Break);
        }
    }

    fn text(&mut self, text: &str) {
        if self.parent() == "t" {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        let (bold, italic, hidden) = match &self.run.style {
            Some(style) => self.styles.run(style),
            None => (None, None, None),
        };
        if self.run.hidden.or(hidden).unwrap_or(false) {
            return;
        }
        let Some(p) = self.paragraphs.last_mut() else { return };
        // The bold of a heading's style is the style's, not the author's.
        let styled = || {
            let style = p.style.as_deref();
            self.styles.bold(style).filter(|_| self.styles.role(style) == Role::Body)
        };
        let bold = self.run.bold.or(bold).or_else(styled);
        let mut is = 0;
        for (on, bit) in [
            (bold.unwrap_or(false), marks::STRONG),
            (self.run.italic.or(italic).unwrap_or(false), marks::EMPHASIS),
            (self.run.struck, marks::STRUCK),
            (self.links > 0, marks::LINK),
        ] {
            is |= if on { bit } else { 0 };
        }
        match p.pieces.last_mut() {
            Some(Piece::Text(last, m)) if *m == is => last.push_str(text),
            _ => p.pieces.push(Piece::Text(text.to_owned(), is)),
        }
    }

    fn end(&mut self, local: &str) {
        match local {
            "p" => self.end_paragraph(),
            "tc" => {
                let nodes = self.close().unwrap_or_default();
                if let Some(c) = self.cell() {
                    c.nodes = nodes;
                }
            }
            "tr" => {
                if let Some(t) = self.tables.last_mut() {
                    if t.rows.last().is_some_and(|r| r.deleted) {
                        t.rows.pop();
                    } else if let Some(r) = t.rows.last_mut() {
                        r.cells.retain(|c| !c.deleted);
                    }
                }
            }
            "tbl" => {
                if let Some(t) = self.tables.pop() {
                    self.put(Node::Table(t));
                }
            }
            "txbxContent" => {
                let nodes = self.close().unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(p) => p.boxes.extend(nodes),
                    None => nodes.into_iter().for_each(|n| self.put(n)),
                }
            }
            "footnote" | "endnote" | "comment" => {
                if let (Some(nodes), Some(id)) = (self.close(), self.ids.pop()) {
                    self.texts.by_id.insert(id, nodes);
                }
            }
            "sdt" => {
                self.controls.pop();
            }
            "hyperlink" => self.links = self.links.saturating_sub(1),
            _ => {}
        }
    }

    fn put(&mut self, node: Node) {
        if let Some(level) = self.levels.last_mut() {
            // A paragraph that waits for a next one that does not come stands by itself.
            level.nodes.extend(level.joined.take().map(|p| Node::Paragraph(Box::new(p))));
            level.nodes.push(node);
        }
    }

    /// Ends what is being filled.
    fn close(&mut self) -> Option<Vec<Node>> {
        let mut level = self.levels.pop()?;
        level.nodes.extend(level.joined.take().map(|p| Node::Paragraph(Box::new(p))));
        Some(level.nodes)
    }

    fn end_paragraph(&mut self) {
        let Some(mut p) = self.paragraphs.pop() else { return };
        if let Some(before) = self.levels.last_mut().and_then(|l| l.joined.take()) {
            // The mark that stays is the second one's, so its style holds for both.
            let rest = std::mem::take(&mut p.pieces);
            p.pieces = before.pieces.into_iter().chain(rest).collect();
            p.boxes.splice(0..0, before.boxes);
            p.notes.splice(0..0, before.notes);
            p.comments.splice(0..0, before.comments);
        }
        match self.levels.last_mut() {
            Some(level) if p.joined => level.joined = Some(p),
            _ => self.put(Node::Paragraph(Box::new(p))),
        }
    }
}
