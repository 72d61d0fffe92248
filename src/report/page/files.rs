//! Allowances and unread files → what a reader should know the page does not count.

use super::words::{clean, more, said};
use super::{Page, Piece};
use crate::report::Granted;
use maud::html;

/// How many lines a list has.
const LINES: usize = 200;

/// What documents allow themselves, why, and until when.
pub(super) fn allowances(page: &Page<'_>) -> Option<Piece> {
    let all: &[Granted] = &page.summary.allowances;
    (!all.is_empty()).then(|| Piece {
        id: "allowances",
        heading: "Allowed for a reason",
        body: html! {
            div.wide tabindex="0" role="region" aria-label="Allowances" {
                table {
                    caption { "Allowances" }
                    thead { tr {
                        th scope="col" { "Where" } th scope="col" { "What" } th scope="col" { "Because" }
                        th scope="col" { "Until" } th scope="col" { "Passages" }
                    } }
                    tbody {
                        @for granted in all.iter().take(LINES) {
                            tr {
                                th scope="row" { (said(&granted.at())) }
                                td { (said(&granted.rules.join(", "))) " in " (granted.reach.words()) }
                                td { @match &granted.because {
                                    Some(because) => (said(because)),
                                    None => "no reason is given, so it allows nothing",
                                } }
                                td { @match granted.until {
                                    Some(day) => { (day) @if granted.expired { " (over)" } }
                                    None => "no end",
                                } }
                                td.figure { (granted.findings) }
                            }
                        }
                    }
                }
            }
            (more(all.len(), LINES))
        },
    })
}

/// What was come across and not read, and what could not be.
pub(super) fn not_read(page: &Page<'_>) -> Option<Piece> {
    let unread: Vec<_> = page.summary.not_read.iter().collect();
    let problems = &page.summary.problems;
    (!unread.is_empty() || !problems.is_empty()).then(|| Piece {
        id: "unread",
        heading: "Not read",
        body: html! {
            p { "Nothing on this page speaks of these." }
            ul {
                @for file in unread.iter().take(LINES) { li { (said(&file.name)) ": " (clean(&file.why)) } }
                @for problem in problems.iter().take(LINES) { li { (said(&problem.to_string())) } }
            }
            (more(unread.len(), LINES))
            (more(problems.len(), LINES))
        },
    })
}
