//! Tables of HTML: rows, columns with their spans, and cells that stay empty.

use crate::document::BlockKind;
use crate::document::builder::Builder;
use crate::source::Span;

/// The tables that are open, outermost first.
#[derive(Default)]
pub(super) struct Tables {
    open: Vec<Open>,
}

struct Open {
    table: u32,
    /// Rows begun so far.
    rows: u32,
    columns: u32,
    /// Column of the next cell.
    column: u32,
    /// For each column how many further rows a cell above reaches into.
    reach: Vec<u32>,
    /// The open cell: its column, and whether it has a block.
    cell: Option<(u32, bool)>,
    /// Inside `thead`.
    head: bool,
    /// Whether every cell of row 0 is a heading.
    header: bool,
    /// Serves only to place things on the page.
    layout: bool,
}

/// More columns than this are not told apart.
const COLUMNS: u32 = 1000;

impl Tables {
    /// How many tables are open.
    pub fn open(&self) -> usize {
        self.open.len()
    }

    pub fn begin(&mut self, b: &mut Builder, layout: bool) {
        let table = if layout { 0 } else { b.begin_table() };
        self.open.push(Open {
            table,
            rows: 0,
            columns: 0,
            column: 0,
            reach: Vec::new(),
            cell: None,
            head: false,
            header: true,
            layout,
        });
    }

    pub fn head(&mut self, head: bool) {
        if let Some(t) = self.open.last_mut() {
            t.head = head;
        }
    }

    /// A row begins at this byte.
    pub fn row(&mut self, b: &mut Builder, at: usize, quoted: u8) {
        self.end_cell(b, at, quoted);
        if let Some(t) = self.open.last_mut() {
            t.rows += 1;
            t.column = 0;
        }
    }

    /// A cell begins whose text begins at `at`.
    pub fn cell(&mut self, b: &mut Builder, at: usize, header: bool, columns: u32, rows: u32, quoted: u8) {
        self.end_cell(b, at, quoted);
        let Some(t) = self.open.last_mut() else { return };
        if t.rows == 0 {
            t.rows = 1;
        }
        while t.reach.get(t.column as usize).is_some_and(|r| *r > 0) {
            t.reach[t.column as usize] -= 1;
            t.column += 1;
        }
        let column = t.column.min(COLUMNS - 1);
        let columns = columns.clamp(1, COLUMNS - column);
        let last = (column + columns) as usize;
        if t.reach.len() < last {
            t.reach.resize(last, 0);
        }
        for r in &mut t.reach[column as usize..last] {
            *r = rows.clamp(1, 10_000) - 1;
        }
        t.cell = Some((column, false));
        t.column = column + columns;
        t.columns = t.columns.max(t.column);
        if t.rows == 1 {
            t.header &= header || t.head;
        }
    }

    /// The kind of block that text in the open cell is.
    pub fn kind(&self) -> Option<BlockKind> {
        let t = self.open.last().filter(|t| !t.layout)?;
        let (column, _) = t.cell?;
        let row = t.rows.saturating_sub(1);
        Some(BlockKind::Cell { table: t.table, row, column, header: row == 0 && t.header })
    }

    /// The open cell has a block now.
    pub fn filled(&mut self) {
        if let Some(Open { cell: Some((_, filled)), .. }) = self.open.last_mut() {
            *filled = true;
        }
    }

    /// Ends the open cell; one without a block gets an empty one, so that rows and columns stay whole.
    pub fn end_cell(&mut self, b: &mut Builder, at: usize, quoted: u8) {
        let kind = self.kind();
        let Some(t) = self.open.last_mut() else { return };
        let Some((_, filled)) = t.cell.take() else { return };
        if let (Some(kind), false) = (kind, filled) {
            b.begin(kind, quoted, at);
            b.cover(Span::new(at, at));
            b.end();
        }
    }

    /// Ends the innermost table.
    pub fn end(&mut self, b: &mut Builder, at: usize, quoted: u8) {
        self.end_cell(b, at, quoted);
        let Some(t) = self.open.pop() else { return };
        if !t.layout {
            let header = t.header && t.rows > 1;
            b.end_table(t.table, t.rows, t.columns, header);
            b.heading_row(t.table, header);
        }
        self.filled();
    }
}
