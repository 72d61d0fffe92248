//! Boundaries and the passages they cover → a register for whoever answers for them.

use super::words::said;
use super::{Page, Piece};
use crate::policy::{At, Boundary, BoundaryKind, Policy};
use maud::html;
use std::collections::BTreeSet;

/// What is tight on purpose, why, and by whose authority.
pub(super) fn register(page: &Page<'_>) -> Option<Piece> {
    let any = page.parts.iter().any(|part| !part.policy.boundaries.is_empty());
    any.then(|| Piece {
        id: "boundaries",
        heading: "Tight on purpose",
        body: html! {
            p { "What is done one way only, and why. Outside of these people find their own way." }
            @for part in page.parts.iter().filter(|part| !part.policy.boundaries.is_empty()) {
                (page.of(part))
                div.wide tabindex="0" role="region" aria-label="Boundary register" {
                    table.register {
                        caption { "Boundary register" }
                        thead { tr {
                            th scope="col" { "Boundary" } th scope="col" { "Because" }
                            th scope="col" { "Rests on" } th scope="col" { "Agreed" }
                            th scope="col" { "Where" } th scope="col" { "Passages it covers" }
                        } }
                        tbody {
                            @for (i, boundary) in part.policy.boundaries.iter().enumerate() {
                                tr {
                                    th scope="row" { (said(&boundary.title.text)) }
                                    td { @match &boundary.remarks.because {
                                        Some(because) => (said(&because.text)),
                                        None => "no reason is given",
                                    } }
                                    td {
                                        (kinds(boundary))
                                        @if let Some(authority) = &boundary.authority {
                                            @if !boundary.kinds.is_empty() { ": " } (said(&authority.text))
                                        }
                                    }
                                    td { @match &boundary.agreed {
                                        Some(agreed) => {
                                            (said(&agreed.with.text))
                                            @if let Some(on) = &agreed.on { ", " (on.date) }
                                        }
                                        None => "with nobody yet",
                                    } }
                                    td { (said(&at(&part.policy, boundary))) }
                                    td.figure { (passages(part, i)) }
                                }
                            }
                        }
                    }
                }
            }
        },
    })
}

fn at(policy: &Policy, boundary: &Boundary) -> String {
    match &boundary.at {
        At::Touchpoints(list) => {
            let names: Vec<&str> = list.iter().map(|r| policy.touchpoint(r.id).name.text.as_str()).collect();
            crate::problem::listed(&names)
        }
        _ => "everywhere".to_owned(),
    }
}

/// How many passages, and in how many files.
fn passages(part: &super::Part, index: usize) -> String {
    let held = part.seen.held.iter().filter(|((boundary, _), _)| *boundary == index);
    let all: Vec<&(String, u32)> = held.flat_map(|(_, places)| places).collect();
    let files: BTreeSet<&str> = all.iter().map(|(file, _)| file.as_str()).collect();
    match all.len() {
        0 => "none".to_owned(),
        n => format!("{n} in {}", super::words::counted(files.len(), "file")),
    }
}

fn kinds(boundary: &Boundary) -> String {
    let word = |kind: &BoundaryKind| match kind {
        BoundaryKind::Legal => "law",
        BoundaryKind::Safety => "safety",
        BoundaryKind::Security => "security",
        BoundaryKind::Privacy => "privacy",
        BoundaryKind::Accessibility => "accessibility",
        BoundaryKind::Money => "money",
        BoundaryKind::Ethics => "ethics",
        BoundaryKind::Professional => "the profession",
        BoundaryKind::Contract => "a contract",
    };
    crate::problem::listed(&boundary.kinds.iter().map(word).collect::<Vec<_>>())
}
