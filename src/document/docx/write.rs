//! Paragraphs and tables of a Word document → lines with their kind and their place in words.

use super::body::{Node, NoteKind, Paragraph, Table};
use super::numbering::Numbering;
use super::styles::{Role, Styles};
use super::table;
use crate::document::BlockKind;
use crate::document::dialect::{self, Opening, Sign};
use crate::document::extract::{Extract, Line, Piece};
use std::collections::HashMap;

/// A heading with more letters than this is a paragraph somebody gave an outline level (bytes).
const LONGEST_HEADING: usize = 250;

/// Letters of a heading that a place shows.
const SHOWN: usize = 60;

type Notes = HashMap<NoteKind, HashMap<String, Vec<Node>>>;

/// Writes the body; gives the text of its title, where one is styled so.
pub(super) fn body(
    extract: &mut Extract,
    nodes: Vec<Node>,
    styles: &Styles,
    numbering: Numbering,
    notes: Notes,
    comments: HashMap<String, String>,
) -> Option<String> {
    let mut w = Writer {
        extract,
        styles,
        numbering,
        notes,
        comments,
        lists: Vec::new(),
        title: None,
        shift: 0,
        level: 0,
        heading: String::new(),
        paragraphs: 0,
        tables: 0,
        around: Vec::new(),
    };
    w.nodes(nodes);
    w.close_lists(0);
    w.title
}

/// A list that is open.
struct OpenList {
    key: Key,
    list: u32,
    last: Option<u32>,
}

/// What tells lists apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// A list of Word's: its template, its level, whether it counts.
    Word { template: u32, level: u8, ordered: bool },
    /// A sign somebody typed.
    Typed(Sign),
}

/// What stands around the paragraph that is written.
#[derive(Clone)]
enum Around {
    Cell { table: u32, row: u32, column: u32, header: bool, number: u32 },
    Box,
    Note(NoteKind),
}

struct Writer<'a> {
    extract: &'a mut Extract,
    styles: &'a Styles,
    numbering: Numbering,
    notes: Notes,
    comments: HashMap<String, String>,
    lists: Vec<OpenList>,
    title: Option<String>,
    /// Headings stand one level below a title.
    shift: u8,
    /// Level of the last heading with a style.
    level: u8,
    /// The last heading as places name it.
    heading: String,
    paragraphs: u32,
    tables: u32,
    around: Vec<Around>,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: Vec<Node>) {
        for node in nodes {
            match node {
                Node::Paragraph(p) => self.paragraph(*p),
                Node::Table(t) => self.table(t),
            }
        }
    }

    fn paragraph(&mut self, mut p: Paragraph) {
        let role = self.styles.role(p.style.as_deref());
        if role == Role::Contents {
            return;
        }
        let comments =
            std::mem::take(&mut p.comments).iter().filter_map(|id| self.comments.remove(id)).collect();
        let boxes = std::mem::take(&mut p.boxes);
        let notes = std::mem::take(&mut p.notes);
        let empty = p.is_empty();
        if !empty {
            if self.around.is_empty() {
                self.paragraphs += 1;
            }
            let (kind, quoted) = self.kind(&mut p, role);
            self.put(kind, quoted, p.pieces, comments);
        } else if !comments.is_empty() {
            // A comment on an empty paragraph belongs to what follows.
            self.put(BlockKind::Paragraph, 0, Vec::new(), comments);
        }
        if !boxes.is_empty() {
            self.around.push(Around::Box);
            self.nodes(boxes);
            self.around.pop();
        }
        for (kind, id) in notes {
            let Some(nodes) = self.notes.get_mut(&kind).and_then(|n| n.remove(&id)) else { continue };
            self.around.push(Around::Note(kind));
            self.nodes(nodes);
            self.around.pop();
        }
    }

    fn put(&mut self, kind: BlockKind, quoted: u8, pieces: Vec<Piece>, comments: Vec<String>) {
        let place = self.place();
        self.extract.line(Line { kind, quoted, place, pieces, comments });
    }

    /// What a paragraph with text is, and whether it is a quotation. A typed bullet is taken off its text.
    fn kind(&mut self, p: &mut Paragraph, role: Role) -> (BlockKind, u8) {
        let text = p.text();
        let text = text.trim();
        // Counted even where it makes no item: a numbered heading counts too.
        let (num, level) = self.styles.list(p.style.as_deref());
        let item = p.num.or(num).and_then(|n| {
            let mut item = self.numbering.item(n, p.level.or(level), p.style.as_deref(), self.styles)?;
            if item.level == 0 {
                item.level = self.styles.list_level(p.style.as_deref()).unwrap_or(0);
            }
            Some(item)
        });
        if let Some(Around::Cell { table, row, column, header, .. }) = self.cell() {
            return (BlockKind::Cell { table, row, column, header }, 0);
        }
        let heading = match (role, p.outline) {
            (Role::Heading(level), _) => Some(level),
            (Role::Title, _) => Some(0),
            (_, Some(level @ 0..=8)) => Some(level + 1),
            _ => None,
        };
        if let Some(level) = heading.filter(|_| text.len() <= LONGEST_HEADING) {
            self.close_lists(0);
            if level == 0 && self.title.is_none() && self.level == 0 {
                self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
                self.shift = 1;
            }
            let level = if level == 0 { 1 } else { level.saturating_add(self.shift).min(6) };
            self.level = level;
            self.heading_is(item.map_or(String::new(), |i| i.label), text);
            return (BlockKind::Heading { level }, 0);
        }
        if let Some(item) = item {
            let key =
                Key::Word { template: item.template, level: item.level, ordered: item.number.is_some() };
            return (self.item(key, item.number), 0);
        }
        if role == Role::Quote {
            self.close_lists(0);
            return (BlockKind::Paragraph, 1);
        }
        if let Some((sign, number, skip)) = dialect::opening(text, true)
            .filter(|o| !matches!(o, Opening::Number { .. }) || !p.bold())
            .and_then(Sign::of)
        {
            drop_start(&mut p.pieces, skip);
            return (self.item(Key::Typed(sign), number), 0);
        }
        if role == Role::ListContinue && !self.lists.is_empty() {
            let list = self.lists.last().map_or(0, |l| l.list);
            return (BlockKind::Item { list, depth: self.depth(), number: None, first: false }, 0);
        }
        if matches!(self.around.last(), Some(Around::Note(_))) && !self.lists.is_empty() {
            let list = self.lists.last().map_or(0, |l| l.list);
            return (BlockKind::Item { list, depth: self.depth(), number: None, first: false }, 0);
        }
        self.close_lists(0);
        if p.bold() && dialect::title_like(text.trim_end_matches(':')) && self.around.is_empty() {
            self.heading_is(String::new(), text);
            return (BlockKind::Heading { level: (self.level + 1).min(6) }, 0);
        }
        (BlockKind::Paragraph, 0)
    }

    /// The innermost cell around what is written.
    fn cell(&self) -> Option<Around> {
        self.around.iter().rev().find(|a| matches!(a, Around::Cell { .. })).cloned()
    }

    fn heading_is(&mut self, label: String, text: &str) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = if label.is_empty() { words } else { format!("{label} {words}") };
        self.heading = match whole.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}…", whole[..at].trim_end()),
            None => whole,
        };
    }

    fn depth(&self) -> u8 {
        u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    fn item(&mut self, key: Key, number: Option<u32>) -> BlockKind {
        let goes_on = |l: &OpenList| match (l.key, key) {
            (Key::Typed(a), Key::Typed(b)) => a == b,
            (
                Key::Word { level: a, ordered: x, template: s },
                Key::Word { level: b, ordered: y, template: t },
            ) => {
                let counts_on = number > l.last;
                a == b && x == y && if y { s == t && counts_on } else { true }
            }
            _ => false,
        };
        match self.lists.iter().rposition(goes_on) {
            Some(at) => self.close_lists(at + 1),
            None => {
                // Deeper levels end where a list of this level or a lower one begins anew.
                let keep = match key {
                    // Typed signs after a list of Word's are another list.
                    Key::Typed(_) => {
                        let typed = self.lists.last().is_some_and(|l| matches!(l.key, Key::Typed(_)));
                        if typed { self.lists.len() } else { 0 }
                    }
                    Key::Word { level, .. } => self
                        .lists
                        .iter()
                        .take_while(|l| matches!(l.key, Key::Word { level: above, .. } if above < level))
                        .count(),
                };
                self.close_lists(keep);
                let ordered = match key {
                    Key::Word { ordered, .. } => ordered,
                    Key::Typed(sign) => !matches!(sign, Sign::Bullet(_)),
                };
                let list = self.extract.begin_list(ordered);
                self.lists.push(OpenList { key, list, last: None });
            }
        }
        let depth = self.depth();
        let list = self.lists.last_mut().map_or(0, |l| {
            l.last = number;
            l.list
        });
        BlockKind::Item { list, depth, number, first: true }
    }

    fn close_lists(&mut self, from: usize) {
        for l in self.lists.drain(from.min(self.lists.len())..).rev() {
            self.extract.end_list(l.list);
        }
    }

    fn table(&mut self, t: Table) {
        // One cell alone is a frame around paragraphs.
        if let [row] = t.rows.as_slice()
            && row.cells.len() == 1
        {
            let nodes = t.rows.into_iter().flat_map(|r| r.cells).flat_map(|c| c.nodes).collect();
            return self.nodes(nodes);
        }
        let grid = table::grid(t, self.styles);
        if grid.cells.is_empty() {
            return;
        }
        self.nodes(grid.title);
        self.close_lists(0);
        self.tables += 1;
        let (number, table) = (self.tables, self.extract.begin_table());
        for cell in grid.cells {
            let header = grid.header && cell.row == 0;
            self.around.push(Around::Cell { table, row: cell.row, column: cell.column, header, number });
            let full = cell.nodes.iter().any(|n| match n {
                Node::Paragraph(p) => !p.is_empty() || !p.boxes.is_empty(),
                Node::Table(_) => true,
            });
            if full {
                self.nodes(cell.nodes);
            } else {
                let kind = BlockKind::Cell { table, row: cell.row, column: cell.column, header };
                self.put(kind, 0, Vec::new(), Vec::new());
            }
            self.around.pop();
        }
        self.extract.end_table(table, grid.rows, grid.columns, grid.header);
    }

    /// "4 Arrival › paragraph 12", "4 Arrival › table 2, row 3, column 1".
    fn place(&self) -> String {
        let mut place = self.heading.clone();
        let mut add = |words: &str| {
            if !place.is_empty() {
                place.push_str(" › ");
            }
            place.push_str(words);
        };
        match self.cell() {
            Some(Around::Cell { number, row, column, .. }) => {
                add(&format!("table {number}, row {}, column {}", row + 1, column + 1));
            }
            _ => add(&format!("paragraph {}", self.paragraphs)),
        }
        match self.around.last() {
            Some(Around::Box) => add("text box"),
            Some(Around::Note(NoteKind::Foot)) => add("footnote"),
            Some(Around::Note(NoteKind::End)) => add("endnote"),
            _ => {}
        }
        place
    }
}

/// Takes white space and then `skip` bytes off the start of a paragraph's text.
fn drop_start(pieces: &mut Vec<Piece>, mut skip: usize) {
    let mut begun = false;
    for piece in pieces.iter_mut() {
        match piece {
            Piece::Text(text, _) => {
                if !begun {
                    let rest = text.trim_start().len();
                    text.drain(..text.len() - rest);
                    begun = rest > 0;
                }
                let off = skip.min(text.len());
                text.drain(..off);
                skip -= off;
            }
            Piece::Break => skip = skip.saturating_sub(usize::from(begun)),
        }
        if begun && skip == 0 {
            break;
        }
    }
    pieces.retain(|p| !matches!(p, Piece::Text(t, _) if t.is_empty()));
}
