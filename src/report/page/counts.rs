//! Findings and policies → counts a board understands: words first, names of rules nowhere.

use super::words::{counted, grouped};
use super::{Page, Piece};
use crate::finding::{Group, Level};
use crate::policy::BoundaryKind;
use maud::html;

/// What is counted by rule, and how a board hears it.
const SAID: [(&str, &str); 4] = [
    ("verbatim-line", "sentences people are told to say word for word"),
    ("approval-below-limit", "times a yes is asked for what the policy lets people decide alone"),
    ("guideline-tightened", "times room the policy gives is taken back"),
    ("documents-disagree", "places where two pages cannot both be right"),
];

/// The counts.
pub(super) fn counts(page: &Page<'_>) -> Option<Piece> {
    let summary = page.summary;
    let rule = |name: &str| summary.rules.get(name).copied().unwrap_or(0);
    let group = |group: Group| page.findings().filter(|f| f.group == group).count();
    let (due, missing) = page.parts.iter().fold((0, 0), |(due, missing), part| {
        let (d, m) = part.heat.due(&part.policy);
        (due + d, missing + m)
    });
    let boundaries: Vec<_> = page.parts.iter().flat_map(|p| &p.policy.boundaries).collect();
    let kind = |kinds: &[BoundaryKind]| {
        boundaries.iter().filter(|b| b.kinds.iter().any(|k| kinds.contains(k))).count()
    };
    let law = kind(&[BoundaryKind::Legal]);
    let contract = kind(&[BoundaryKind::Contract]);
    let words: usize = page.documents.iter().map(|d| d.words).sum();
    Some(Piece {
        id: "counts",
        heading: "In figures",
        body: html! {
            dl.counts {
                div { dt { "documents read" } dd { (grouped(page.documents.len())) } }
                div { dt { "words in them" } dd { (grouped(words)) } }
                div { dt { "passages that script people" } dd { (grouped(group(Group::OverScripting))) } }
                @if due > 0 {
                    div { dt { "meetings of touchpoint and outcome nobody speaks to, of " (grouped(due)) " that are due" }
                        dd { (grouped(missing)) } }
                }
                @for (name, said) in SAID {
                    @if rule(name) > 0 { div { dt { (said) } dd { (grouped(rule(name))) } } }
                }
                @if !boundaries.is_empty() {
                    div { dt { "things tight on purpose, " (law) " of them by law, " (contract) " by contract" }
                        dd { (grouped(boundaries.len())) } }
                }
                @if summary.allowed() > 0 {
                    div { dt { "passages allowed for a reason" } dd { (grouped(summary.allowed())) } }
                }
            }
            p { "What there is to do: " (counted(summary.of(Level::MustFix), "passage")) " to fix, "
                (counted(summary.of(Level::ShouldFix), "passage")) " worth changing, "
                (counted(summary.of(Level::Consider), "passage")) " to think about."
                @if summary.known > 0 {
                    " " (counted(summary.known, "passage")) " known from a baseline are left out."
                } }
        },
    })
}
