//! Outcomes × sections of a document → covered, weakly covered or not, each with the sentence that counts as evidence.
//!
//! Evidence is a sentence that says what a customer gets, feels, knows or can do; what it is evidence *of* is judged by
//! concepts ([`concepts`]) and by the outcome's own words, and against the other outcomes of the policy: a sentence that
//! speaks for all of them alike speaks for none.

pub mod concepts;

use crate::document::{BlockKind, Document};
use crate::language::{Mark, Opinion, Reading, Sentence, TokenKind};
use crate::policy::{OutcomeId, Policy};
use crate::source::Span;
use concepts::{Concepts, Profile, Stems};
use serde::{Deserialize, Serialize};

/// How a section speaks to an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It does not.
    Not,
    /// Something points there.
    Weakly,
    /// It does.
    Covered,
}

/// The answer for one outcome in one section.
#[derive(Clone, Debug)]
pub struct Covering {
    /// The outcome.
    pub outcome: OutcomeId,
    /// The answer.
    pub answer: Answer,
    /// From 0 to 1; comparable within a document.
    pub score: f32,
    /// The sentence that speaks for it most, in the source.
    pub evidence: Option<Span>,
}

/// Declared outcomes, read into concepts once for all documents.
#[derive(Debug)]
pub struct Outcomes {
    concepts: Concepts,
    profiles: Vec<Profile>,
    /// Stems of each outcome's own statement and signals.
    own: Vec<Vec<(u32, f32)>>,
    signals: Vec<Vec<Vec<u32>>>,
}

/// Where `covered` and `weakly` begin, chosen on the tuning half of the coverage corpus.
const COVERED: f32 = 0.55;
const WEAKLY: f32 = 0.35;

impl Outcomes {
    /// Reads the outcomes of a policy.
    pub fn of(policy: &Policy) -> Outcomes {
        let concepts = Concepts::builtin();
        let mut profiles = Vec::new();
        let mut own: Vec<Vec<(u32, f32)>> = Vec::new();
        let mut signals = Vec::new();
        for o in &policy.outcomes {
            let parts: Vec<&str> = std::iter::once(o.title.text.as_str())
                .chain(o.signals.iter().map(|s| s.text.as_str()))
                .chain(o.feels.iter().map(|s| s.text.as_str()))
                .collect();
            profiles.push(concepts.profile(&parts));
            let mut stems: Vec<(u32, f32)> = Vec::new();
            for part in &parts {
                for s in Stems::of(part).telling() {
                    if !stems.iter().any(|(k, _)| *k == s) {
                        stems.push((s, 1.0));
                    }
                }
            }
            own.push(stems);
            signals
                .push(o.signals.iter().map(|s| Stems::of(&s.text).all()).filter(|s| s.len() > 1).collect());
        }
        // A word that several outcomes share says little about any one of them.
        let shared = |stem: u32| own.iter().filter(|o| o.iter().any(|(s, _)| *s == stem)).count();
        let weights: Vec<Vec<f32>> =
            own.iter().map(|o| o.iter().map(|(s, _)| 1.0 / shared(*s) as f32).collect()).collect();
        for (o, w) in own.iter_mut().zip(weights) {
            for ((_, weight), w) in o.iter_mut().zip(w) {
                *weight = w;
            }
        }
        Outcomes { concepts, profiles, own, signals }
    }

    /// The concepts an outcome was read into, the strongest first.
    pub fn concepts(&self, outcome: OutcomeId) -> Vec<(&str, f32)> {
        self.profiles.get(outcome.0).map_or_else(Vec::new, |p| self.concepts.named(p))
    }

    /// The answers for every section of a document: one list a section, one entry an outcome.
    pub fn cover(&self, doc: &Document, reading: &Reading) -> Vec<Vec<Covering>> {
        let count = self.profiles.len();
        let blank = || -> Vec<Covering> {
            (0..count)
                .map(|o| Covering { outcome: OutcomeId(o), answer: Answer::Not, score: 0.0, evidence: None })
                .collect()
        };
        let mut out: Vec<Vec<Covering>> = doc.sections.iter().map(|_| blank()).collect();
        if count == 0 {
            return out;
        }
        for (i, s) in reading.sentences.iter().enumerate() {
            let opinion = reading.opinions.get(i).copied().unwrap_or_default();
            let Some(weight) = evidence(doc, s, opinion) else { continue };
            let stems = Stems::of_tokens(doc, reading, s);
            let scores = self.scores(&stems);
            let section = doc.blocks[s.block as usize].section as usize;
            let Some(row) = out.get_mut(section) else { continue };
            for (c, score) in row.iter_mut().zip(scores) {
                let score = squash(score) * weight;
                if score > c.score {
                    c.score = score;
                    c.evidence = Some(doc.flat.to_source(s.text));
                }
            }
        }
        for c in out.iter_mut().flatten() {
            c.answer = if c.score >= COVERED {
                Answer::Covered
            } else if c.score >= WEAKLY {
                Answer::Weakly
            } else {
                Answer::Not
            };
        }
        out
    }

    /// How much a sentence speaks for each outcome, contrasted with the others.
    fn scores(&self, stems: &Stems) -> Vec<f32> {
        /// How much of what a sentence says for all outcomes alike is taken off.
        const CONTRAST: f32 = 0.7;
        /// What one shared word of the outcome's own is worth.
        const OWN: f32 = 0.9;
        /// What a whole signal is worth.
        const SIGNAL: f32 = 2.5;
        let said = self.concepts.read(stems);
        let mut v: Vec<f32> = self
            .profiles
            .iter()
            .zip(&self.own)
            .zip(&self.signals)
            .map(|((p, own), signals)| {
                let words: f32 = own.iter().filter(|(s, _)| stems.has(*s)).map(|(_, w)| w).sum();
                let whole = signals.iter().any(|s| stems.holds(s)) as u8 as f32;
                p.dot(&said) + OWN * words.min(3.0) + SIGNAL * whole
            })
            .collect();
        if v.len() > 1 {
            let mean = v.iter().sum::<f32>() / v.len() as f32;
            v.iter_mut().for_each(|x| *x -= CONTRAST * mean);
        }
        v
    }
}

/// How much a sentence counts as evidence at all, from 0 to 1; `None` where it cannot be any.
fn evidence(doc: &Document, s: &Sentence, opinion: Opinion) -> Option<f32> {
    let block = &doc.blocks[s.block as usize];
    if matches!(block.kind, BlockKind::Code | BlockKind::Heading { .. }) || s.marks.has(Mark::AllQuote) {
        return None;
    }
    // Below this a sentence is an order, a system's state or a company's aim.
    const LEAST: f32 = -2.5;
    (opinion.outcome > LEAST).then(|| 1.0 / (1.0 + (-(opinion.outcome + 1.0)).exp()))
}

/// A sum without bounds → 0 to 1.
fn squash(x: f32) -> f32 {
    if x <= 0.0 { 0.0 } else { x / (x + 1.2) }
}

impl Stems {
    /// The stems of a sentence's words outside code.
    fn of_tokens(doc: &Document, reading: &Reading, s: &Sentence) -> Stems {
        let text = doc.flat.text();
        Stems::from_words(
            reading
                .tokens_of(s)
                .iter()
                .filter(|t| t.kind == TokenKind::Word)
                .filter_map(|t| text.get(t.text().range())),
        )
    }
}
