//! Excel workbooks → blocks: a section for each sheet, a table for each stretch of rows, scorecards above all.
//!
//! calamine reads the cells one by one, never a whole grid: one cell in the last corner of a sheet would make a grid
//! of seventeen thousand million. Hidden sheets are left out.

use crate::document::extract::{Extract, Line, Piece};
use crate::document::office::archive::Archive;
use crate::document::{BlockKind, Document, Format, Limits, ReadError, dialect, metadata};
use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;

/// More columns than this are not told apart.
const COLUMNS: u32 = 1000;

/// Reads an Excel workbook.
///
/// # Errors
/// Where it is none, is protected, broken, or unpacks to more than the limits allow.
pub(crate) fn read(name: &str, bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let what = "an Excel workbook";
    let mut archive = Archive::open(name, bytes, limits, what)?;
    if !archive.parts().iter().any(|p| p.ends_with("workbook.xml")) {
        return Err(ReadError::NotOffice { name: name.to_owned(), what });
    }
    // calamine opens the archive itself and takes what comes.
    archive.weigh()?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(name, "workbook", &e))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.visible == SheetVisible::Visible && s.typ == calamine::SheetType::WorkSheet)
        .map(|s| s.name.clone())
        .collect();
    let mut extract = Extract::default();
    for sheet in sheets {
        let rows = rows(name, &mut book, &sheet)?;
        if !rows.is_empty() {
            write(&mut extract, &sheet, rows);
        }
    }
    Ok(extract.finish(name, Format::Xlsx))
}

/// A row: its number from 0, and column and text of each cell that has some.
struct Row {
    row: u32,
    cells: Vec<(u32, String)>,
}

fn rows(name: &str, book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<Row>, ReadError> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| broken(name, sheet, &e))?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|e| broken(name, sheet, &e))? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        match rows.last_mut() {
            Some(r) if r.row == row => r.cells.push((column, text)),
            _ => rows.push(Row { row, cells: vec![(column, text)] }),
        }
    }
    // A writer may have put rows in any order.
    rows.sort_by_key(|r| r.row);
    rows.dedup_by(|later, first| {
        let same = later.row == first.row;
        if same {
            first.cells.append(&mut later.cells);
        }
        same
    });
    for r in &mut rows {
        r.cells.sort_by_key(|c| c.0);
        r.cells.dedup_by_key(|c| c.0);
    }
    Ok(rows)
}

fn broken(name: &str, part: &str, error: &XlsxError) -> ReadError {
    let name = name.to_owned();
    match error {
        XlsxError::Password => ReadError::Encrypted { name, what: "an Excel workbook" },
        other => ReadError::BrokenPart { name, part: part.to_owned(), why: other.to_string() },
    }
}

/// A cell's value as people read it.
fn text(value: &DataRef) -> String {
    match value {
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::Bool(b) => if *b { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(d) if d.is_duration() => d.as_f64().to_string(),
        DataRef::DateTime(d) => {
            let (year, month, day, ..) = d.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn write(extract: &mut Extract, sheet: &str, rows: Vec<Row>) {
    line(extract, BlockKind::Heading { level: 1 }, sheet, format!("sheet {sheet}"));
    let mut rest = rows.as_slice();
    while let Some(first) = rest.first() {
        // An empty row ends a table.
        let together = rest.windows(2).take_while(|w| w[1].row == w[0].row.saturating_add(1)).count() + 1;
        let (mut part, after) = rest.split_at(together.min(rest.len()).max(1));
        rest = after;
        let _ = first;
        // Single cells above a table are its title, single cells alone are text.
        let wide = part.iter().position(|r| r.cells.len() > 1).unwrap_or(part.len());
        for row in &part[..wide] {
            for (column, text) in &row.cells {
                line(extract, BlockKind::Paragraph, text, place(sheet, row.row, *column));
            }
        }
        part = &part[wide..];
        if !part.is_empty() {
            table(extract, sheet, part);
        }
    }
}

fn table(extract: &mut Extract, sheet: &str, rows: &[Row]) {
    let columns = rows.iter().flat_map(|r| &r.cells).map(|c| c.0);
    let (left, right) = (columns.clone().min().unwrap_or(0), columns.max().unwrap_or(0));
    let width = (right - left).saturating_add(1).min(COLUMNS);
    let title = |t: &str| dialect::title_like(t) && t.split_whitespace().count() <= 8;
    let facts = rows.iter().all(|r| r.cells.first().is_some_and(|c| metadata::canonical(&c.1).is_some()));
    let header = rows.len() > 1 && !facts && rows[0].cells.iter().all(|c| title(&c.1));
    let table = extract.begin_table();
    for (at, row) in (0..).zip(rows) {
        for (column, text) in &row.cells {
            let kind = BlockKind::Cell {
                table,
                row: at,
                column: (column - left).min(COLUMNS - 1),
                header: header && at == 0,
            };
            line(extract, kind, text, place(sheet, row.row, *column));
        }
    }
    extract.end_table(table, u32::try_from(rows.len()).unwrap_or(u32::MAX), width, header);
}

fn line(extract: &mut Extract, kind: BlockKind, text: &str, place: String) {
    let mut pieces = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            pieces.push(Piece::Break);
        }
        pieces.push(Piece::Text(line.to_owned(), 0));
    }
    extract.line(Line { kind, quoted: 0, place, pieces, comments: Vec::new() });
}

/// "Call scorecard › B4".
fn place(sheet: &str, row: u32, column: u32) -> String {
    format!("{sheet} › {}{}", letters(column), u64::from(row) + 1)
}

/// A column's letters: A to Z, then AA.
fn letters(column: u32) -> String {
    let mut n = u64::from(column) + 1;
    let mut letters = Vec::new();
    while n > 0 {
        n -= 1;
        letters.push(b'A' + (n % 26) as u8);
        n /= 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        let names: Vec<String> = [0, 25, 26, 51, 701, 702, 16383].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]);
    }
}
