//! A document-control table (owner, version, reviewed, next review) → metadata.

use crate::document::{Block, BlockKind, Document, Meta, Table};

/// What people call the facts of a document, and the one name they are kept under.
const KEYS: &[(&str, &[&str])] = &[
    (
        "owner",
        &[
            "owner",
            "document owner",
            "process owner",
            "policy owner",
            "sop owner",
            "content owner",
            "responsible",
            "person responsible",
            "maintainer",
            "maintained by",
            "owned by",
        ],
    ),
    ("author", &["author", "authors", "prepared by", "written by", "created by", "drafted by"]),
    ("approved by", &["approved by", "approver", "authorised by", "authorized by", "signed off by"]),
    (
        "reviewed",
        &[
            "reviewed",
            "last reviewed",
            "last review",
            "review date",
            "date reviewed",
            "date of last review",
            "reviewed on",
            "last updated",
            "updated",
            "last revised",
            "revised",
            "revision date",
            "date revised",
            "last revision",
        ],
    ),
    ("reviewed by", &["reviewed by", "reviewer"]),
    (
        "next review",
        &[
            "next review",
            "next review date",
            "review due",
            "review by",
            "next review due",
            "due for review",
            "expires",
            "expiry date",
            "valid until",
        ],
    ),
    (
        "version",
        &["version", "version no", "version number", "document version", "revision", "rev", "rev no"],
    ),
    (
        "effective",
        &[
            "effective",
            "effective date",
            "effective from",
            "issued",
            "issue date",
            "date issued",
            "date of issue",
        ],
    ),
    (
        "number",
        &[
            "document number",
            "document no",
            "document id",
            "doc no",
            "doc id",
            "sop no",
            "sop number",
            "reference",
            "ref",
        ],
    ),
    ("status", &["status", "document status"]),
    ("title", &["title", "document title", "sop title", "document name"]),
    ("kind", &["kind", "document type", "document kind", "type of document"]),
    ("department", &["department", "dept", "team", "business unit"]),
    ("site", &["site", "sites", "location", "property", "branch"]),
    ("audience", &["audience", "applies to", "who it is for", "intended for"]),
    ("touchpoint", &["touchpoint", "touchpoints"]),
    ("customer", &["customer", "customers"]),
    ("classification", &["classification", "confidentiality"]),
    ("date", &["date"]),
    ("changes", &["changes", "change", "description of change", "summary of changes", "change history"]),
];

/// The name a fact is kept under: `Document Owner:`, `last_reviewed` and `Next Review Date` are known by one each.
pub(crate) fn canonical(key: &str) -> Option<&'static str> {
    if key.len() > 40 {
        return None;
    }
    let key = key.trim().trim_end_matches([':', '.']).replace(['_', '-'], " ").to_lowercase();
    let key = key.trim();
    KEYS.iter().find(|(_, words)| words.contains(&key)).map(|(name, _)| *name)
}

/// Finds the control tables of a document, marks them, and takes their facts; front matter goes first.
pub(crate) fn control_table(document: &mut Document) {
    let mut facts = Vec::new();
    let mut control = Vec::new();
    for (index, table) in document.tables.iter().enumerate() {
        if table.rows > 40 {
            continue;
        }
        let near_top = table.blocks.start < 60;
        let found = read(document, table, if near_top { 2 } else { 3 });
        if let Some(found) = found {
            control.push(index);
            facts.extend(found);
        }
    }
    for index in control {
        if let Some(t) = document.tables.get_mut(index) {
            t.control = true;
        }
    }
    for fact in facts {
        if document.meta(&fact.key).is_none() {
            document.metadata.push(fact);
        }
    }
}

/// How many blocks from the top on may be lines of facts.
const TOP: usize = 12;

/// Takes facts from lines at the top: `Owner: Front office`, one a line or several with bars or dots between them.
/// A block counts only where all of it is such lines.
pub(crate) fn control_lines(document: &mut Document) {
    let mut facts = Vec::new();
    for block in document.blocks.iter().take(TOP).filter(|b| b.section <= 1) {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) && block.text.len() <= 600 {
            facts.extend(
                lines(document.source.slice(block.span), block.span.start as usize).unwrap_or_default(),
            );
        }
    }
    for fact in facts {
        if document.meta(&fact.key).is_none() {
            document.metadata.push(fact);
        }
    }
}

/// The facts of lines that hold nothing else; `base` is where the text stands.
fn lines(text: &str, base: usize) -> Option<Vec<Meta>> {
    let mut found = Vec::new();
    // Emphasis, quotes and line ends around a value are none of it.
    let marks = [' ', '\t', '\r', '\\', '*', '_', '>', '-', '\u{a0}'];
    let mut at = 0;
    for whole in text.split_inclusive(['\n', '\r', '|', '·', '•']) {
        let from = at;
        at += whole.len();
        let piece = whole.trim_end_matches(['\n', '\r', '|', '·', '•']);
        if piece.trim_matches(marks).is_empty() {
            continue;
        }
        let (key, value) = piece.split_once(':')?;
        let key = canonical(key.trim_matches(marks))?;
        let inner = value.trim_start_matches(marks);
        let start = from + piece.len() - inner.len();
        let value = inner.trim_end_matches(marks);
        if value.is_empty() || value.len() > 120 {
            return None;
        }
        let span = crate::source::Span::new(base + start, base + start + value.len());
        found.push(Meta { key: key.to_owned(), value: value.to_owned(), span });
    }
    Some(found)
}

/// The facts of a table with at least `least` known names; `None` where it is no control table.
fn read(document: &Document, table: &Table, least: usize) -> Option<Vec<Meta>> {
    let cells = document.slice(&table.blocks);
    let at = |b: &Block| match b.kind {
        BlockKind::Cell { row, column, .. } => (row, column),
        _ => (u32::MAX, u32::MAX),
    };
    // Rows of name and value, perhaps two pairs side by side.
    let mut found = Vec::new();
    let mut others = 0;
    for pair in cells.windows(2) {
        let ((row, column), (next_row, next_column)) = (at(&pair[0]), at(&pair[1]));
        if row != next_row || column % 2 == 1 || next_column != column + 1 {
            continue;
        }
        match canonical(document.text(&pair[0])) {
            Some(key) => found.push((key, &pair[1])),
            None if !pair[0].text.is_empty() => others += 1,
            None => {}
        }
    }
    // Two names side by side are a heading row, not a name and its value.
    let heads = found.iter().filter(|(_, b)| canonical(document.text(b)).is_some()).count();
    if found.len() >= least && found.len() > others && heads == 0 {
        return Some(found.into_iter().map(|(key, b)| meta(document, key, b)).collect());
    }
    // A heading row of names, and below it the values; with more rows it is a history and says nothing about now.
    let names =
        cells.iter().filter(|b| at(b).0 == 0).filter_map(|b| Some((at(b).1, canonical(document.text(b))?)));
    let names: Vec<(u32, &str)> = names.collect();
    let history = names.len() >= 2 && names.iter().any(|(_, n)| matches!(*n, "version" | "changes"));
    let wide = names.len() * 2 > table.columns as usize;
    if !wide || names.len() < least || !(history || table.rows == 2) {
        return None;
    }
    if table.rows != 2 {
        return Some(Vec::new());
    }
    let value = |column: u32| cells.iter().find(|b| at(b) == (1, column) && !b.text.is_empty());
    Some(names.into_iter().filter_map(|(column, key)| Some(meta(document, key, value(column)?))).collect())
}

fn meta(document: &Document, key: &str, value: &Block) -> Meta {
    Meta { key: key.to_owned(), value: document.text(value).to_owned(), span: value.span }
}
