//! Grid tables and simple tables of reStructuredText → cells.

use crate::document::BlockKind;
use crate::document::builder::Builder;
use crate::document::markup::{Row, column, trim};
use crate::source::Span;
use std::ops::Range;

/// A line of a grid table's frame.
pub(super) fn is_frame(text: &str) -> bool {
    text.len() > 2
        && text.starts_with('+')
        && text.ends_with('+')
        && text.bytes().all(|b| matches!(b, b'+' | b'-' | b'='))
}

/// A line of a simple table's frame: two columns or more.
pub(super) fn is_border(text: &str) -> bool {
    text.starts_with("==") && text.contains(" =") && text.bytes().all(|b| matches!(b, b'=' | b' '))
}

/// Cells of one row, each a list of stretches.
type Cells = Vec<Vec<Range<usize>>>;

/// Reads the grid table that begins at `lines[0]`; gives how many lines it has.
pub(super) fn grid(b: &mut Builder, source: &str, lines: &[Row], quoted: u8) -> usize {
    let count =
        lines.iter().take_while(|l| matches!(source.as_bytes().get(l.start), Some(b'+' | b'|'))).count();
    let lines = &lines[..count];
    let indent = lines[0].text(source);
    let offset = source[lines[0].from..lines[0].start].chars().count();
    let cuts: Vec<usize> =
        indent.char_indices().filter(|(_, c)| *c == '+').map(|(i, _)| i + offset).collect();
    let columns = cuts.len().saturating_sub(1);
    let mut rows: Vec<Cells> = Vec::new();
    let mut header = false;
    let mut open: Option<Cells> = None;
    for line in lines {
        let text = line.text(source);
        if is_frame(text) {
            rows.extend(open.take());
            header |= text.contains('=') && rows.len() == 1;
            continue;
        }
        let cells = open.get_or_insert_with(|| vec![Vec::new(); columns]);
        let mut first = 0;
        for c in 0..columns {
            let end = column(source, line, cuts[c + 1]);
            // A cell over several columns has no bar between them.
            if source.as_bytes().get(end) == Some(&b'|') || c + 1 == columns {
                let start = column(source, line, cuts[first]);
                let start = start + usize::from(source.as_bytes().get(start) == Some(&b'|'));
                let at = trim(source, start.min(end)..end);
                if !at.is_empty() && !source[at.clone()].starts_with("+-") {
                    cells[first].push(at);
                }
                first = c + 1;
            }
        }
    }
    rows.extend(open.take());
    put(b, source, rows, header, quoted);
    count
}

/// Reads the simple table that begins at `lines[0]`; gives how many lines it has.
pub(super) fn simple(b: &mut Builder, source: &str, lines: &[Row], quoted: u8) -> usize {
    let first = lines[0].text(source);
    let offset = source[lines[0].from..lines[0].start].chars().count();
    let mut starts = Vec::new();
    let mut before = ' ';
    for (i, c) in first.chars().enumerate() {
        if c == '=' && before == ' ' {
            starts.push(i + offset);
        }
        before = c;
    }
    let borders: Vec<usize> =
        (0..lines.len()).filter(|i| is_border(lines[*i].text(source))).take(3).collect();
    let blank = |from: usize, to: usize| lines[from..to].iter().any(Row::is_empty);
    // The third border ends the table, or the second where no head is set apart.
    let (head, end) = match borders[..] {
        [_, second, third] if !blank(second, third) => (Some(second), third),
        [_, second, ..] => (None, second),
        _ => (None, lines.iter().position(Row::is_empty).unwrap_or(lines.len()).max(1) - 1),
    };
    let mut rows: Vec<Cells> = Vec::new();
    let mut header = false;
    for (i, line) in lines[..end].iter().enumerate().skip(1) {
        let text = line.text(source);
        if Some(i) == head {
            header = rows.len() == 1;
            continue;
        }
        if text.is_empty() || text.bytes().all(|b| matches!(b, b'-' | b' ')) {
            continue;
        }
        let cell = |c: usize| {
            let start = column(source, line, starts[c]);
            let end = starts.get(c + 1).map_or(line.end, |next| column(source, line, *next));
            trim(source, start..end.max(start))
        };
        let goes_on = cell(0).is_empty() && !rows.is_empty();
        if !goes_on {
            rows.push(vec![Vec::new(); starts.len()]);
        }
        if let Some(row) = rows.last_mut() {
            for (c, pieces) in row.iter_mut().enumerate() {
                let at = cell(c);
                if !at.is_empty() && !matches!(&source[at.clone()], "\\" | "..") {
                    pieces.push(at);
                }
            }
        }
    }
    put(b, source, rows, header, quoted);
    end + 1
}

fn put(b: &mut Builder, source: &str, rows: Vec<Cells>, header: bool, quoted: u8) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    let table = b.begin_table();
    let number = |n: usize| Span::new(0, n).end;
    let count = number(rows.len());
    let mut last = 0;
    for (r, cells) in rows.into_iter().enumerate() {
        // Stretches of a cell on several lines lie between those of its neighbours: cells are written in order.
        for (c, pieces) in cells.into_iter().enumerate() {
            let start = pieces.first().map_or(last, |p| p.start);
            let kind = BlockKind::Cell { table, row: number(r), column: number(c), header: header && r == 0 };
            b.begin(kind, quoted, start);
            b.cover(Span::new(start, start));
            let mut before: Option<usize> = None;
            for piece in pieces {
                if let Some(end) = before {
                    b.space(end..piece.start.max(end), false);
                }
                before = Some(piece.end);
                last = piece.end;
                super::inline::write(b, source, piece);
            }
            b.end();
        }
    }
    b.end_table(table, count, number(columns), header);
}
