//! Answers of sections → touchpoint × outcome in the order of the journey, each cell with the sentences that count.

use super::words::{quoted, said};
use super::{Page, Part, Piece};
use crate::coverage::Answer;
use crate::engine::Covered;
use crate::policy::{OutcomeId, Policy, TouchpointId};
use maud::{Markup, html};

/// How many sentences a cell shows, and how much of one.
const SHOWN: usize = 3;
const LETTERS: usize = 280;

/// What documents say at each touchpoint to each outcome.
#[derive(Clone, Debug)]
pub struct Heat {
    /// A row a touchpoint, a cell an outcome.
    cells: Vec<Vec<Vec<Proof>>>,
    /// How many sections are about each touchpoint.
    sections: Vec<usize>,
}

/// A sentence that speaks to an outcome, and how.
#[derive(Clone, Debug)]
struct Proof {
    answer: Answer,
    score: f32,
    at: String,
    heading: String,
    text: String,
}

impl Heat {
    /// Nothing said yet.
    pub fn of(policy: &Policy) -> Heat {
        let touchpoints = policy.touchpoints.len();
        Heat {
            cells: vec![vec![Vec::new(); policy.outcomes.len()]; touchpoints],
            sections: vec![0; touchpoints],
        }
    }

    /// Counts a document in; of each cell only the best sentences are kept.
    pub fn count(&mut self, covered: &Covered) {
        for section in &covered.sections {
            for id in &section.touchpoints {
                let Some(row) = self.cells.get_mut(id.0) else { continue };
                self.sections[id.0] += 1;
                for (cell, outcome) in row.iter_mut().zip(&section.outcomes) {
                    let Some(evidence) = outcome.evidence.as_ref().filter(|_| outcome.answer != Answer::Not)
                    else {
                        continue;
                    };
                    let proof = Proof {
                        answer: outcome.answer,
                        score: outcome.score,
                        at: format!("{}:{}", covered.name, evidence.line),
                        heading: section.heading.clone(),
                        text: evidence.text.clone(),
                    };
                    // Behind its equals: the first document goes first.
                    let at = cell.partition_point(|known| known.score >= proof.score);
                    cell.insert(at, proof);
                    cell.truncate(SHOWN);
                }
            }
        }
    }

    /// What is due and how it stands; `None` where it is not due.
    pub(super) fn answer(&self, policy: &Policy, at: TouchpointId, outcome: OutcomeId) -> Option<Answer> {
        let due = policy.outcome(outcome).at.includes(at);
        let best = self.cells[at.0][outcome.0].iter().map(|proof| proof.answer).max();
        due.then(|| best.unwrap_or(Answer::Not))
    }

    /// How many cells are due, and how many of them nobody speaks to.
    pub(super) fn due(&self, policy: &Policy) -> (usize, usize) {
        let pairs = policy.touchpoint_ids().flat_map(|t| policy.outcome_ids().map(move |o| (t, o)));
        let answers = pairs.filter_map(|(t, o)| self.answer(policy, t, o));
        answers.fold((0, 0), |(due, none), a| (due + 1, none + usize::from(a == Answer::Not)))
    }
}

/// Touchpoint × outcome.
pub(super) fn heat(page: &Page<'_>) -> Option<Piece> {
    let drawn: Vec<(usize, &Part)> = page
        .parts
        .iter()
        .enumerate()
        .filter(|(_, p)| !p.policy.outcomes.is_empty() && !p.policy.touchpoints.is_empty())
        .collect();
    (!drawn.is_empty()).then(|| Piece {
        id: "journey",
        heading: "Where the promise is spoken to",
        body: html! {
            p { "Each row is a place where customers meet us, in the order of their journey. A cell says whether any "
                "document speaks to the outcome that is due there, and leads to the sentence that does." }
            @for (n, part) in drawn {
                (page.of(part))
                (table(n, part))
                (proofs(n, part))
            }
        },
    })
}

fn table(n: usize, part: &Part) -> Markup {
    let policy = &part.policy;
    html! {
        div.wide tabindex="0" role="region" aria-label="Touchpoints and outcomes" {
            table.heat {
                caption { "Touchpoints and outcomes; ★ marks a moment of truth" }
                thead { tr {
                    th scope="col" { "Touchpoint" }
                    @for outcome in &policy.outcomes { th scope="col" { (said(&outcome.name.text)) } }
                } }
                tbody {
                    @for at in order(policy) {
                        @let touchpoint = policy.touchpoint(at);
                        tr {
                            th scope="row" {
                                @if touchpoint.moment_of_truth.is_some() {
                                    span.truth title="moment of truth" aria-label="moment of truth" role="img" { "★" } " "
                                }
                                (said(&touchpoint.name.text))
                                @if part.heat.sections[at.0] == 0 { small { " no section is about it" } }
                            }
                            @for outcome in policy.outcome_ids() {
                                (cell(n, part, at, outcome))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(n: usize, part: &Part, at: TouchpointId, outcome: OutcomeId) -> Markup {
    let there = format!("#proof-{n}-{}-{}", at.0, outcome.0);
    let names = format!(
        "{}, {} at {}",
        "evidence",
        part.policy.outcome(outcome).name.text,
        part.policy.touchpoint(at).name.text
    );
    let link = |word: &str| html! { a href=(there) aria-label={ (word) ": " (names) } { (word) } };
    html! {
        @match part.heat.answer(&part.policy, at, outcome) {
            Some(Answer::Covered) => td.covered { (link("clear")) },
            Some(Answer::Weakly) => td.weakly { (link("weak")) },
            Some(Answer::Not) => td.missing { "missing" },
            None => td.none { span aria-label="not due" { "·" } },
        }
    }
}

/// The sentences behind the cells.
fn proofs(n: usize, part: &Part) -> Markup {
    let policy = &part.policy;
    html! {
        details {
            summary { "The sentences behind the cells" }
            @for at in order(policy) {
                @let told: Vec<OutcomeId> = policy.outcome_ids()
                    .filter(|o| part.heat.answer(policy, at, *o).is_some_and(|a| a != Answer::Not)).collect();
                @if !told.is_empty() {
                    h3 { (said(&policy.touchpoint(at).title.text)) }
                    dl {
                        @for outcome in told {
                            dt id={ "proof-" (n) "-" (at.0) "-" (outcome.0) } tabindex="-1" {
                                (said(&policy.outcome(outcome).title.text))
                            }
                            @for proof in &part.heat.cells[at.0][outcome.0] {
                                dd {
                                    (quoted(&proof.text, LETTERS)) " "
                                    small { (said(&proof.at))
                                        @if !proof.heading.is_empty() { ", " (said(&proof.heading)) }
                                        @if proof.answer == Answer::Weakly { " (weak)" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Touchpoints in the order of the journeys.
fn order(policy: &Policy) -> impl Iterator<Item = TouchpointId> {
    policy.journeys.iter().flat_map(|j| &j.stages).flat_map(|s| s.touchpoints.iter().copied())
}
