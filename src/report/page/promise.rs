//! The policy's brand and what was kept well → the opening of the page, in the company's own words.

use super::words::{quoted, said};
use super::{Page, Piece};
use crate::engine::{Keep, Kept};
use crate::report::Measured;
use maud::html;

/// How many sentences of each sort are quoted, and how much of one.
const KEPT: usize = 3;
const LETTERS: usize = 320;

/// The promise, whom it is made to, and what settles a doubt.
pub(super) fn promise(page: &Page<'_>) -> Option<Piece> {
    let body = html! {
        @if page.parts.is_empty() {
            p { "No policy was found, so nothing is promised here that documents could be held against. "
                code { "loosetight init" } " starts one." }
        }
        @for part in page.parts {
            @let brand = &part.policy.brand;
            (page.of(part))
            blockquote.promise { p dir="auto" { (super::words::clean(&brand.promise.text)) } }
            dl.facts {
                @if let Some(whom) = &brand.for_whom { div { dt { "For" } dd { (said(&whom.text)) } } }
                @if let Some(unlike) = &brand.unlike { div { dt { "Unlike" } dd { (said(&unlike.text)) } } }
                @if let Some(doubt) = &brand.when_in_doubt {
                    div { dt { "When in doubt" } dd { (said(&doubt.text)) } }
                }
            }
            @if !part.policy.outcomes.is_empty() {
                p { "What every customer gets, whoever serves them:" }
                ul.outcomes {
                    @for outcome in &part.policy.outcomes {
                        li { strong { (said(&outcome.name.text)) } " " (said(&outcome.title.text)) }
                    }
                }
            }
        }
    };
    Some(Piece { id: "promise", heading: "The promise", body })
}

/// Sentences worth keeping.
pub(super) fn kept(page: &Page<'_>) -> Option<Piece> {
    let mut all: Vec<&Kept> = page.documents.iter().flat_map(|d| &d.kept).collect();
    // A stable sort: equals stay in the order of the documents.
    all.sort_by_key(|kept| std::cmp::Reverse(kept.worth));
    let of = |what: Keep| {
        let mut told: Vec<&Kept> = Vec::new();
        for kept in all.iter().filter(|kept| kept.what == what) {
            if told.len() < KEPT && !told.iter().any(|known| known.text == kept.text) {
                told.push(kept);
            }
        }
        told
    };
    let sorts = [
        (Keep::Outcome, "They say what the customer gets"),
        (Keep::Room, "They leave room"),
        (Keep::Story, "They tell what happened"),
    ];
    let sorts: Vec<_> = sorts.into_iter().map(|(what, head)| (head, of(what))).collect();
    sorts.iter().any(|(_, told)| !told.is_empty()).then(|| Piece {
        id: "kept",
        heading: "Kept well",
        body: html! {
            p { "Sentences to build on: whoever wrote them knows how it is done." }
            div.columns {
                @for (head, told) in &sorts {
                    @if !told.is_empty() {
                        div {
                            h3 { (head) }
                            @for kept in told {
                                figure {
                                    blockquote { p dir="auto" { (super::words::clean(&super::words::cut(&kept.text, LETTERS))) } }
                                    figcaption { (said(&format!("{}:{}", kept.file, kept.line))) }
                                }
                            }
                        }
                    }
                }
            }
        },
    })
}

/// What customers say.
pub(super) fn measured(page: &Page<'_>) -> Option<Piece> {
    let all: Vec<Measured> = page.parts.iter().flat_map(|part| Measured::all(&part.policy)).collect();
    let expected: Vec<_> = page
        .parts
        .iter()
        .flat_map(|part| part.policy.brand.expects.iter().map(move |e| (part, e)))
        .filter_map(|(part, e)| Some((part, e, e.met.as_ref()?)))
        .collect();
    (!all.is_empty() || !expected.is_empty()).then(|| Piece {
        id: "customers",
        heading: "What customers say",
        body: html! {
            p { "Documents can only promise. These figures are the policy's own; what is furthest from its aim comes first." }
            @if !all.is_empty() {
                div.wide tabindex="0" role="region" aria-label="What was measured" {
                    table {
                        caption { "What was measured" }
                        thead { tr {
                            th scope="col" { "Outcome" } th scope="col" { "What is asked or counted" }
                            th scope="col" { "Now" } th scope="col" { "Aim" }
                        } }
                        tbody {
                            @for m in &all {
                                tr {
                                    th scope="row" { (said(&m.outcome)) }
                                    td { (quoted(&m.question, LETTERS)) }
                                    td { (said(&m.now)) }
                                    td { @if let Some(aim) = &m.aim { (said(aim)) } @else { "no aim yet" } }
                                }
                            }
                        }
                    }
                }
            }
            @if !expected.is_empty() {
                h3 { "What they take for granted, and how many get it" }
                ul {
                    @for (part, expectation, met) in &expected {
                        li { (said(&expectation.text.text)) ": " strong { (said(part.policy.slice(met.quantity.place))) } }
                    }
                }
            }
        },
    })
}
