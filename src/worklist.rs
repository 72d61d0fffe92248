//! Findings of many documents → a list of decisions: what stands in thirty documents is decided once.
//!
//! The list is a table for people who have a spreadsheet and no Git: what it is, the words, where they stand, and a
//! column for the decision. [`Answers`] reads it back.

mod answers;
mod draft;

pub use answers::{Answer, Answers, Decision, Mistake};
pub use draft::Drafts;

use crate::engine::Checked;
use crate::finding::{Finding, Level};
use crate::fingerprint::Fingerprint;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

/// How many places a row names one by one.
const PLACES: usize = 8;
/// How many lines of a script a row shows.
const LINES: usize = 3;

/// The column a person writes in, and the words for it. The names of columns may change; their first word may not.
const COLUMNS: [&str; 13] = [
    "decision: rewrite / keep tight because / later until / unfair",
    "reason or day",
    "what it is",
    "the words",
    "where",
    "times",
    "how much it matters",
    "why",
    "one way to write it",
    "another way",
    "site",
    "owner",
    "id (please leave it)",
];

/// One decision to be made.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is known by, here and in the answers.
    pub id: String,
    /// One of its findings; the others say the same elsewhere.
    pub finding: Finding,
    /// The strictest level it was found with.
    pub level: Level,
    /// Where it was found, in order.
    pub places: Vec<String>,
    sites: BTreeSet<String>,
    owners: BTreeSet<String>,
}

/// What a finding is known by in a list: the rule and all its sentences, wherever they stand.
pub fn id(finding: &Finding) -> String {
    let words = finding.sentences.join("\n");
    // A letter in front, or a spreadsheet takes some of them for numbers.
    format!("F{}", Fingerprint::of(&finding.rule, &finding.about(), &words).digits())
}

/// The decisions to be made about some documents: what matters most first, then what is said most often.
pub fn rows<'a>(documents: impl IntoIterator<Item = &'a Checked>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for checked in documents {
        for finding in &checked.findings {
            let id = id(finding);
            let at = *by_id.entry(id.clone()).or_insert_with(|| {
                rows.push(Row {
                    id,
                    finding: finding.clone(),
                    level: finding.level,
                    places: Vec::new(),
                    sites: BTreeSet::new(),
                    owners: BTreeSet::new(),
                });
                rows.len() - 1
            });
            let row = &mut rows[at];
            row.level = row.level.max(finding.level);
            row.places.push(place(finding));
            row.sites.extend(checked.site.clone());
            row.owners.extend(checked.owner.clone());
        }
    }
    // A stable sort: equals stay in the order of the documents.
    rows.sort_by_key(|row| (std::cmp::Reverse(row.level), std::cmp::Reverse(row.places.len())));
    rows
}

fn place(finding: &Finding) -> String {
    match &finding.place {
        Some(place) => format!("{}, {place}", finding.source.name()),
        None => {
            format!("{}, line {}", finding.source.name(), finding.source.position(finding.span.start).line)
        }
    }
}

/// Writes the list. The mark in front tells spreadsheets that it is UTF-8.
///
/// # Errors
/// What keeps it from being written.
pub fn write(rows: &[Row], to: &mut dyn Write) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    csv.write_record(COLUMNS)?;
    for row in rows {
        let Finding { title, why, instead, .. } = &row.finding;
        let list = |words: &BTreeSet<String>| words.iter().cloned().collect::<Vec<_>>().join(", ");
        let times = row.places.len().to_string();
        let way = |n: usize| instead.get(n).map_or("", String::as_str);
        let (words, places) = (words(&row.finding), places(&row.places));
        let (sites, owners) = (list(&row.sites), list(&row.owners));
        let cells = [
            "",
            "",
            title,
            &words,
            &places,
            &times,
            row.level.words(),
            why,
            way(0),
            way(1),
            &sites,
            &owners,
            &row.id,
        ];
        csv.write_record(cells.map(harmless))?;
    }
    csv.flush()
}

/// The sentences of a finding, the first few of a script.
fn words(finding: &Finding) -> String {
    let mut shown = finding.sentences.iter().take(LINES).cloned().collect::<Vec<_>>().join("\n");
    let about = finding.about();
    if !about.is_empty() {
        shown = format!("{shown} ({about})");
    }
    match finding.sentences.len().saturating_sub(LINES) {
        0 => shown,
        more => format!("{shown}\n… and {more} more lines"),
    }
}

fn places(places: &[String]) -> String {
    let mut shown = places.iter().take(PLACES).cloned().collect::<Vec<_>>().join("\n");
    if places.len() > PLACES {
        shown += &format!("\n… and {} more", places.len() - PLACES);
    }
    shown
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!(" {cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(cell), format!(" {cell}"));
        }
        assert_eq!(harmless("a=1"), "a=1");
    }
}
