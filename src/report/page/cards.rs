//! A policy → what people carry with them: a card a role, experiments under way, the promise on a page.

use super::words::said;
use super::{Page, Piece};
use crate::policy::prose::{Prose, prose as told};
use crate::policy::{Empowerment, Policy};
use maud::{Markup, html};

/// What each group may decide alone.
pub(super) fn empowerment(page: &Page<'_>) -> Option<Piece> {
    let any = page.parts.iter().any(|part| !part.policy.empowerments.is_empty());
    any.then(|| Piece {
        id: "cards",
        heading: "Yours to decide",
        body: html! {
            p { "A card for each group, to print and to carry." }
            @for part in page.parts {
                (page.of(part))
                div.cards { @for group in &part.policy.empowerments { (card(&part.policy, group)) } }
            }
        },
    })
}

fn card(policy: &Policy, group: &Empowerment) -> Markup {
    html! {
        article.card {
            h3 { (said(&group.title.text)) }
            @if group.without_approval.is_some() { p { strong { "Without asking anybody." } } }
            @if !group.spends.is_empty() || !group.may.is_empty() {
                p { "You may" }
                ul {
                    @for spend in &group.spends { li { (said(policy.slice(spend.place).trim_start_matches("may").trim())) } }
                    @for may in &group.may { li { (said(&may.text)) } }
                }
            }
            @if !group.ask_first.is_empty() {
                p { "Ask first" }
                ul { @for ask in &group.ask_first { li { (said(&ask.text)) } } }
            }
            @for tell in &group.tell {
                p { "Tell " (said(&tell.whom.text)) @if let Some(by) = &tell.by { ", by " (said(&by.text)) } }
            }
            @if let Some(doubt) = &policy.brand.when_in_doubt {
                p.doubt { "When in doubt: " (said(&doubt.text)) }
            }
        }
    }
}

/// Experiments, and how far they are.
pub(super) fn experiments(page: &Page<'_>) -> Option<Piece> {
    let all: Vec<_> = page.parts.iter().flat_map(|part| &part.policy.experiments).collect();
    (!all.is_empty()).then(|| Piece {
        id: "experiments",
        heading: "Being tried",
        body: html! {
            ul.experiments {
                @for experiment in all {
                    li {
                        p { strong { (said(&experiment.title.text)) } " – " (experiment.progress(page.today).words()) }
                        @if let Some(tried) = &experiment.to_try { p { (said(&tried.text)) } }
                        @if let Some(overdue) = experiment.overdue(page.today) { p.aside { (said(&overdue)) } }
                    }
                }
            }
        },
    })
}

/// The policy as prose.
fn prose_of(policy: &Policy) -> Markup {
    let pieces = told(policy);
    html! {
        @for run in pieces.chunk_by(|a, b| matches!((a, b), (Prose::Item(_), Prose::Item(_)))) {
            @match &run[0] {
                Prose::Title(text) => h3 { (said(text)) },
                Prose::Heading(text) => h4 { (said(text)) },
                Prose::Subheading(text) => h5 { (said(text)) },
                Prose::Paragraph(text) => p { (said(text)) },
                Prose::Item(_) => ul {
                    @for piece in run { @if let Prose::Item(text) = piece { li { (said(text)) } } }
                },
            }
        }
    }
}

/// The promise on a page.
pub(super) fn prose(page: &Page<'_>) -> Option<Piece> {
    (!page.parts.is_empty()).then(|| Piece {
        id: "policy",
        heading: "The promise on a page",
        body: html! { @for part in page.parts { article.prose { (prose_of(&part.policy)) } } },
    })
}
