//! Findings as decisions → the sentences to rewrite first, and scripts that stand in many places, counted once.

use super::words::{clean, cut, more, said};
use super::{Page, Piece};
use crate::finding::Group;
use crate::worklist::{self, Row};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// How many are shown, and at most how many of one rule: ten times the same advice is one advice.
const FIRST: usize = 10;
const ALIKE: usize = 3;
/// How many repeated scripts are shown, and how many places of one.
const REPEATED: usize = 20;
const PLACES: usize = 6;
/// How much of a sentence.
const LETTERS: usize = 400;

fn scripts(page: &Page<'_>) -> Vec<Row> {
    let mut rows = worklist::rows(page.documents);
    rows.retain(|row| row.finding.group == Group::OverScripting && !row.finding.sentences.is_empty());
    rows
}

/// Ten sentences, each with why and how.
pub(super) fn first(page: &Page<'_>) -> Option<Piece> {
    let mut of_rule: BTreeMap<String, usize> = BTreeMap::new();
    let rows = scripts(page).into_iter().filter(|row| {
        let n = of_rule.entry(row.finding.rule.clone()).or_default();
        *n += 1;
        *n <= ALIKE
    });
    let rows: Vec<Row> = rows.take(FIRST).collect();
    (!rows.is_empty()).then(|| Piece {
        id: "rewrite",
        heading: if rows.len() == FIRST { "Ten sentences to rewrite first" } else { "Sentences to rewrite first" },
        body: html! {
            p { "Two ways others went are given for each. Write your own: copied, they would only be the next script." }
            ol.rewrite { @for row in &rows { li { (sentence(row)) } } }
        },
    })
}

fn sentence(row: &Row) -> Markup {
    let finding = &row.finding;
    html! {
        figure {
            blockquote { p dir="auto" { (clean(&cut(&finding.sentences.join(" "), LETTERS))) } }
            figcaption {
                span class={ "level " (class(row)) } { (row.level.words()) } " "
                (said(&super::place(finding)))
                @if row.places.len() > 1 { ", and " (row.places.len() - 1) " more" }
            }
        }
        p { strong { (said(&finding.title)) ". " } (said(&finding.why)) }
        @for related in finding.related.iter().take(1) {
            p.aside { "Beside it: " (said(&cut(&related.label, LETTERS))) " (" (said(related.source.name())) ")" }
        }
        @if !finding.instead.is_empty() {
            ul.ways { @for way in finding.instead.iter().take(2) { li { (said(way)) } } }
        }
    }
}

fn class(row: &Row) -> &'static str {
    super::findings::class(row.level)
}

/// What stands in several places.
pub(super) fn repeated(page: &Page<'_>) -> Option<Piece> {
    let mut rows = scripts(page);
    rows.retain(|row| row.places.len() > 1);
    rows.sort_by_key(|row| std::cmp::Reverse(row.places.len()));
    (!rows.is_empty()).then(|| Piece {
        id: "repeated",
        heading: "Said again and again",
        body: html! {
            p { "Word for word the same in several places: one decision settles all of them." }
            ol.repeated {
                @for row in rows.iter().take(REPEATED) {
                    li {
                        p { strong { (row.places.len()) " times: " }
                            q dir="auto" { (clean(&cut(&row.finding.sentences.join(" "), LETTERS))) } }
                        p.aside {
                            @for (i, place) in row.places.iter().take(PLACES).enumerate() {
                                @if i > 0 { "; " } (said(place))
                            }
                            @if row.places.len() > PLACES { "; and " (row.places.len() - PLACES) " more" }
                        }
                    }
                }
            }
            (more(rows.len(), REPEATED))
        },
    })
}
