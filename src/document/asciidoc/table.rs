//! Tables of AsciiDoc (`|===`) → cells.

use super::inline;
use crate::document::BlockKind;
use crate::document::builder::Builder;
use crate::document::markup::{Row, trim};
use crate::source::Span;
use std::ops::Range;

/// More columns than this are not told apart.
const COLUMNS: usize = 1000;

/// Reads the table whose fence is line `i`; gives the line behind it.
pub(super) fn read(b: &mut Builder, source: &str, lines: &[Row], i: usize, quoted: u8) -> usize {
    let fence = lines[i].text(source);
    let end = (i + 1..lines.len()).find(|j| lines[*j].text(source) == fence).unwrap_or(lines.len());
    let bar = if fence.starts_with('!') { '!' } else { '|' };
    let options = if i > 0 { lines[i - 1].text(source) } else { "" };
    let mut cells: Vec<(Range<usize>, usize)> = Vec::new();
    let mut in_first_line = None;
    let mut blank_after_first = false;
    for row in &lines[i + 1..end] {
        if row.is_empty() {
            blank_after_first |= in_first_line.is_none_or(|n| n == cells.len()) && !cells.is_empty();
            continue;
        }
        cut(source, row, bar, &mut cells);
        in_first_line.get_or_insert(cells.len());
    }
    let first = in_first_line.unwrap_or(0);
    let columns = columns(options).unwrap_or(first.max(1)).min(COLUMNS);
    // A first line by itself holds the headings, unless all columns stand on lines of their own.
    let implicit = blank_after_first && first == columns && !options.contains("noheader");
    let header =
        (implicit || options.contains("header")) && !options.contains("%noheader") && cells.len() > columns;
    let table = b.begin_table();
    let mut at = 0;
    for (cell, span) in cells {
        let (row, column) = (at / columns, at % columns);
        let number = |n: usize| Span::new(0, n).end;
        let kind =
            BlockKind::Cell { table, row: number(row), column: number(column), header: header && row == 0 };
        b.begin(kind, quoted, cell.start);
        b.cover(Span::new(cell.start, cell.start));
        inline::write(b, source, cell);
        b.end();
        at += span.clamp(1, columns - column);
    }
    let rows = Span::new(0, at.div_ceil(columns)).end;
    b.end_table(table, rows, Span::new(0, columns).end, header);
    end + 1
}

/// How many columns `cols="1,2a"` or `cols="3*"` names.
fn columns(options: &str) -> Option<usize> {
    let rest = options.split_once("cols=")?.1;
    let list = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or(""),
        None => rest.split([',', ']']).next().unwrap_or(""),
    };
    let count = |c: &str| c.split_once('*').and_then(|(n, _)| n.trim().parse::<usize>().ok()).unwrap_or(1);
    let columns: usize = list.split([',', ';']).map(count).fold(0, |sum, n| sum.saturating_add(n));
    (columns > 0).then_some(columns)
}

/// Cuts a line at its bars; what stands before the first goes on with the cell before. A cell may say before its bar
/// how far it reaches (`2+|`) and how it looks (`a|`).
fn cut(source: &str, row: &Row, bar: char, cells: &mut Vec<(Range<usize>, usize)>) {
    let text = row.text(source);
    let bars: Vec<usize> =
        text.match_indices(bar).map(|(i, _)| i).filter(|i| !text[..*i].ends_with('\\')).collect();
    let mut span = 1;
    let mut from = None;
    for at in bars {
        let before = &text[..at];
        let word = before.rsplit([' ', '\t', bar]).next().unwrap_or("");
        let spec = !word.is_empty()
            && word.len() <= 6
            && (word.contains('+')
                || word.contains('*')
                || matches!(word, "a" | "e" | "h" | "m" | "s" | "l" | "d" | "^" | "<" | ">"))
            && word.chars().all(|c| c.is_ascii_digit() || "+*.aehmsld<>^".contains(c));
        let end = if spec { at - word.len() } else { at };
        push(source, row.start, from, end, span, cells);
        span = if spec { word.split(['+', '.']).next().and_then(|n| n.parse().ok()).unwrap_or(1) } else { 1 };
        from = Some(at + bar.len_utf8());
    }
    push(source, row.start, from, text.len(), span, cells);
}

fn push(
    source: &str,
    start: usize,
    from: Option<usize>,
    end: usize,
    span: usize,
    cells: &mut Vec<(Range<usize>, usize)>,
) {
    match from {
        Some(from) => cells.push((trim(source, start + from..start + end.max(from)), span)),
        None => {
            let more = trim(source, start..start + end);
            if let (Some((cell, _)), false) = (cells.last_mut(), more.is_empty()) {
                *cell = if cell.start == cell.end { more } else { cell.start..more.end };
            }
        }
    }
}
