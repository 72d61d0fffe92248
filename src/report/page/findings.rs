//! All findings → a table. It can be read as it is; a few lines of script filter it.

use super::words::{clean, counted, cut, more};
use super::{Page, Piece, place};
use crate::finding::{Finding, Level};
use maud::{Markup, html};

/// How many findings the table names, and how much of a sentence: a page has to open on a phone.
const ROWS: usize = 10_000;
const LETTERS: usize = 160;

/// The table.
pub(super) fn findings(page: &Page<'_>) -> Option<Piece> {
    let all: Vec<&Finding> = page.findings().collect();
    Some(Piece {
        id: "findings",
        heading: "Everything that was found",
        body: html! {
            @if all.is_empty() { p { "Nothing was found." } } @else {
                // Only a script can filter, so only a script shows it.
                form #filter hidden {
                    label for="filter-words" { "Only with these words" }
                    input #filter-words type="search" autocomplete="off";
                    label for="filter-level" { "How much it matters" }
                    select #filter-level {
                        option value="" { "all" }
                        @for level in [Level::MustFix, Level::ShouldFix, Level::Consider] {
                            option value=(class(level)) { (level.words()) }
                        }
                    }
                    output #filter-count role="status" aria-live="polite" { (counted(all.len().min(ROWS), "finding")) }
                }
                div.wide tabindex="0" role="region" aria-label="All findings" {
                    table.findings {
                        caption { "All findings, file by file" }
                        thead { tr {
                            th scope="col" { "Where" } th scope="col" { "Level" }
                            th scope="col" { "What" } th scope="col" { "Words" }
                        } }
                        tbody { @for finding in all.iter().take(ROWS) { (row(finding)) } }
                    }
                }
                (more(all.len(), ROWS))
            }
        },
    })
}

fn row(finding: &Finding) -> Markup {
    html! {
        tr class=(class(finding.level)) {
            th scope="row" dir="auto" { (clean(&place(finding))) }
            td { (finding.level.words()) }
            td dir="auto" { (clean(&cut(&finding.message, LETTERS))) }
            td dir="auto" { (clean(&cut(&finding.sentences.join(" "), LETTERS))) }
        }
    }
}

/// The word style and script know a level by.
pub(super) fn class(level: Level) -> &'static str {
    match level {
        Level::MustFix => "must",
        Level::ShouldFix => "should",
        Level::Consider => "consider",
    }
}
