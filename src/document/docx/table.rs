//! A Word table → which of its rows is the heading row, and which column each cell stands in.

use super::body::{Cell, Node, Row, Table};
use super::styles::{Role, Styles};
use crate::document::{dialect, metadata};

/// A cell with its place.
pub(super) struct Placed {
    pub row: u32,
    pub column: u32,
    pub nodes: Vec<Node>,
}

/// A table whose cells know their places.
pub(super) struct Grid {
    pub cells: Vec<Placed>,
    pub rows: u32,
    pub columns: u32,
    pub header: bool,
    /// What a first row over the whole width says: a title of the table.
    pub title: Vec<Node>,
}

/// More columns than this are not told apart.
const COLUMNS: u32 = 1000;

/// Places the cells of a table.
pub(super) fn grid(mut table: Table, styles: &Styles) -> Grid {
    let width = |r: &Row| r.cells.iter().fold(r.before, |w, c| w.saturating_add(c.span.max(1)));
    let widest = table.rows.iter().map(width).max().unwrap_or(0);
    let mut title = Vec::new();
    if table.rows.len() > 2 && widest > 1 && table.rows[0].cells.len() == 1 {
        let first = table.rows.remove(0);
        title = first.cells.into_iter().flat_map(|c| c.nodes).collect();
    }
    let header = table.rows.len() > 1 && heads(&table, styles);
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let mut cells = Vec::new();
    for (row, line) in (0..).zip(table.rows) {
        let mut column = line.before;
        for cell in line.cells {
            if !cell.merged {
                cells.push(Placed { row, column: column.min(COLUMNS - 1), nodes: cell.nodes });
            }
            column = column.saturating_add(cell.span.max(1));
        }
    }
    Grid { cells, rows, columns: widest.min(COLUMNS), header, title }
}

/// Whether row 0 holds the headings of the columns: it says so, it looks so, or it reads so.
fn heads(table: &Table, styles: &Styles) -> bool {
    let first = &table.rows[0];
    let styled = table.style.as_deref().is_some_and(|s| styles.first_row(s)) && table.first_row;
    let all = |test: &dyn Fn(&Cell) -> bool| !first.cells.is_empty() && first.cells.iter().all(test);
    let bold = all(&|c| empty(c) || paragraphs(c).all(|p| p.is_empty() || p.bold()));
    let named = all(&|c| paragraphs(c).all(|p| styles.role(p.style.as_deref()) == Role::TableHeading));
    let shaded = all(&|c| c.shaded) && !table.rows[1].cells.iter().all(|c| c.shaded);
    let says = !first.cells.iter().all(empty);
    let text = |c: &Cell| paragraphs(c).map(|p| p.text()).collect::<Vec<_>>().join(" ").trim().to_owned();
    // Names of facts down the first column: a control table has no heading row.
    let facts =
        table.rows.iter().all(|r| r.cells.first().is_some_and(|c| metadata::canonical(&text(c)).is_some()));
    let reads = || {
        first.cells.len() > 1
            && all(&|c| {
                let text = text(c);
                dialect::title_like(&text)
                    && text.split_whitespace().count() <= 3
                    && !text.ends_with(['?', ':'])
            })
    };
    says && !facts && (first.header || styled || bold || named || shaded || reads())
}

fn paragraphs(cell: &Cell) -> impl Iterator<Item = &super::body::Paragraph> {
    cell.nodes.iter().filter_map(|n| match n {
        Node::Paragraph(p) => Some(p.as_ref()),
        Node::Table(_) => None,
    })
}

fn empty(cell: &Cell) -> bool {
    paragraphs(cell).all(|p| p.is_empty())
}
