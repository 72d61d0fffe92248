//! Outcomes × sections of a document → covered, weakly covered or not, each with the sentence that counts as evidence.
//!
//! Evidence is a sentence that says what a customer gets, feels, knows or can do; what it is evidence *of* is judged by
//! concepts ([`concepts`]) and by the outcome's own words, and against the other outcomes of the policy: a sentence that
//! speaks for all of them alike speaks for none.

pub mod concepts;
mod particular;

pub use particular::{Particular, Particulars};

use self::concepts::{Concepts, Profile};
use crate::document::{BlockKind, Document};
use crate::language::stems::{Stemming, Stems};
use crate::language::{Lexicon, Mark, Reading, Sentence};
use crate::policy::{Outcome, OutcomeId, Policy, Text};
use crate::source::Span;
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

/// How a section speaks to something declared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spoken {
    /// The answer.
    pub answer: Answer,
    /// From 0 to 1; comparable within a document.
    pub score: f32,
    /// The sentence that speaks for it most, in the source.
    pub evidence: Option<Span>,
}

/// Declared outcomes, read into concepts once for all documents.
#[derive(Debug)]
pub struct Outcomes(Declared);

/// What is declared and looked for together: each is contrasted with the others of its kind, and with nothing else.
#[derive(Debug)]
struct Declared {
    concepts: Concepts,
    profiles: Vec<Profile>,
    /// Stems of each one's own statement and signals.
    own: Vec<Vec<(u32, f32)>>,
    signals: Vec<Vec<Vec<u32>>>,
    /// Whether each is one particular thing, to be said in its own words, be it as what somebody gets or as an order.
    particular: bool,
    /// For each of those asked about, with which of the rest it is contrasted; empty where each is with all.
    rivals: Vec<Vec<usize>>,
}

/// Something declared, as words.
struct Statement<'a> {
    title: &'a str,
    signals: Vec<&'a str>,
    feels: Vec<&'a str>,
}

/// Where `covered` and `weakly` begin. These and the constants below were chosen together on the tuning half of the
/// coverage corpus; the other half and the labelled documents were only measured with.
const COVERED: f32 = 0.54;
const WEAKLY: f32 = 0.39;
/// How many of its own words a sentence holds that speaks of something particular; it and those beside it hold half.
const OWN_HERE: usize = 2;
/// The most that something particular is given where its own words are missing: one answer less.
const POINTS: f32 = COVERED - 0.01;
const SILENCE: f32 = WEAKLY - 0.01;
/// Below this the sentence that comes closest is not worth quoting.
const NOTHING: f32 = 0.15;

/// Below this opinion (log-odds) a sentence is an order, a system's state or a company's aim, and no evidence.
const LEAST: f32 = -6.0;
/// What a word of the outcome's own is worth, and how many of them count.
const OWN: f32 = 0.4;
const OWN_MOST: f32 = 3.0;
/// What a whole signal, or the whole statement, is worth.
const WHOLE: f32 = 2.0;
/// How much of what the sentences before and after speak of counts for a sentence: "They know that" speaks of what was
/// said before.
const NEIGHBOUR: f32 = 0.3;
/// How much of what its heading speaks of counts for a sentence.
const HEADING: f32 = 0.5;
/// How much of what a sentence says for all outcomes alike is taken off, and how much of what it says for another one.
const ALIKE: f32 = 0.9;
const OTHER: f32 = 0.3;
/// How much of what the rest of the document says anyway is taken off: in a document about money every sentence
/// speaks of prices.
const ANYWAY: f32 = 1.3;
/// As if the document held this many more sentences that speak of nothing, so that a short one is not held against
/// itself.
const SILENT: f32 = 8.0;
/// What the second-best sentence of a section adds.
const SECOND: f32 = 0.25;

impl<'a> Statement<'a> {
    fn of(outcome: &'a Outcome) -> Statement<'a> {
        Statement {
            title: outcome.title.as_str(),
            signals: outcome.signals.iter().map(Text::as_str).collect(),
            feels: outcome.feels.iter().map(Text::as_str).collect(),
        }
    }
}

impl Outcomes {
    /// Reads the outcomes of a policy.
    pub fn of(policy: &Policy) -> Outcomes {
        Outcomes(Declared::read(policy.outcomes.iter().map(Statement::of)))
    }

    /// The concepts an outcome was read into, the strongest first.
    pub fn concepts(&self, outcome: OutcomeId) -> Vec<(&str, f32)> {
        self.0.profiles.get(outcome.0).map_or_else(Vec::new, |p| self.0.concepts.named(p))
    }

    /// The answers for every section of a document: one list a section, one entry an outcome.
    pub fn cover(&self, doc: &Document, reading: &Reading, lexicon: &Lexicon) -> Vec<Vec<Covering>> {
        let covering = |(o, s): (usize, Spoken)| Covering {
            outcome: OutcomeId(o),
            answer: s.answer,
            score: s.score,
            evidence: s.evidence,
        };
        let sections = self.0.cover(doc, reading, lexicon).into_iter();
        sections.map(|row| row.into_iter().enumerate().map(covering).collect()).collect()
    }
}

impl Declared {
    /// Reads what is declared.
    fn read<'a>(declared: impl Iterator<Item = Statement<'a>>) -> Declared {
        let concepts = Concepts::builtin();
        let mut profiles = Vec::new();
        let mut own: Vec<Vec<(u32, f32)>> = Vec::new();
        let mut signals = Vec::new();
        for o in declared {
            let parts: Vec<&str> =
                std::iter::once(o.title).chain(o.signals.iter().copied()).chain(o.feels).collect();
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
            let whole = o.signals.iter().chain([&o.title]).map(|s| Stems::of(s).all().to_vec());
            signals.push(whole.filter(|s: &Vec<u32>| s.len() > 1).collect());
        }
        // A word that several of them share says little about any one of them.
        let shared = |stem: u32| own.iter().filter(|o| o.iter().any(|(s, _)| *s == stem)).count();
        let weights: Vec<Vec<f32>> =
            own.iter().map(|o| o.iter().map(|(s, _)| 1.0 / shared(*s) as f32).collect()).collect();
        for (o, w) in own.iter_mut().zip(weights) {
            for ((_, weight), w) in o.iter_mut().zip(w) {
                *weight = w;
            }
        }
        Declared { concepts, profiles, own, signals, particular: false, rivals: Vec::new() }
    }

    /// The answers for every section of a document: one list a section, one entry for each.
    fn cover(&self, doc: &Document, reading: &Reading, lexicon: &Lexicon) -> Vec<Vec<Spoken>> {
        let count = self.profiles.len();
        let nothing = Spoken { answer: Answer::Not, score: 0.0, evidence: None };
        let mut out: Vec<Vec<Spoken>> = vec![vec![nothing; count]; doc.sections.len()];
        if count == 0 {
            return out;
        }
        let sentences: Vec<Weighed> =
            (0..reading.sentences.len()).map(|i| Weighed::of(doc, reading, i)).collect();
        let mut stemming = Stemming::of(doc, reading, lexicon);
        let stems: Vec<Stems> = reading
            .sentences
            .iter()
            .zip(&sentences)
            .map(|(s, w)| if w.part == Part::None { Stems::default() } else { stemming.words(s) })
            .collect();
        let said: Vec<Vec<f32>> = stems
            .iter()
            .zip(&sentences)
            .map(|(stems, w)| match w.part {
                Part::None => vec![0.0; count],
                _ => self.speaks(stems),
            })
            .collect();
        let mut speech = in_context(&sentences, &said);
        speech.iter_mut().for_each(|v| match self.rivals.is_empty() {
            true => against_each_other(v),
            false => against_rivals(v, &self.rivals),
        });
        against_the_document(&sentences, &mut speech);
        let mut second = vec![vec![0.0f32; count]; out.len()];
        let mut points = vec![vec![false; count]; out.len()];
        for (i, ((s, weighed), v)) in reading.sentences.iter().zip(&sentences).zip(&speech).enumerate() {
            let section = weighed.section;
            let (Some(row), Some(next)) = (out.get_mut(section), second.get_mut(section)) else { continue };
            if weighed.part != Part::Text {
                continue;
            }
            let gate = match weighed.outcome <= LEAST {
                true => 0.0,
                false => sigmoid(0.7 * (weighed.outcome + 1.5)),
            };
            for (o, ((c, next), v)) in row.iter_mut().zip(next).zip(v).enumerate() {
                let named = if self.particular { self.names(o, i, &sentences, &stems) } else { None };
                let score = match named {
                    // A part of the whole statement is worth that part of it.
                    Some(part) => squash(v.max(0.0) + WHOLE * part),
                    None => squash(*v) * gate,
                };
                *next = next.max(score.min(c.score));
                if score > c.score {
                    c.score = score;
                    c.evidence = Some(doc.flat.to_source(s.text));
                    points[section][o] = self.particular && named.is_none();
                }
            }
        }
        let marks = second.iter().flatten().zip(points.iter().flatten());
        for (c, (second, only_points)) in out.iter_mut().flatten().zip(marks) {
            // The root spreads the scores over the scale; it changes no order.
            c.score = (c.score + SECOND * second * (1.0 - c.score)).sqrt();
            if *only_points {
                c.score = c.score.min(if c.score < COVERED { SILENCE } else { POINTS });
            }
            if c.score < NOTHING {
                c.evidence = None;
            }
            c.answer = match c.score {
                x if x >= COVERED => Answer::Covered,
                x if x >= WEAKLY => Answer::Weakly,
                _ => Answer::Not,
            };
        }
        out
    }

    /// How much of something particular a sentence says, with those beside it, in its own words; `None` where that is
    /// not enough to know it by.
    fn names(&self, which: usize, sentence: usize, sentences: &[Weighed], stems: &[Stems]) -> Option<f32> {
        let own = &self.own[which];
        let held = |stem: u32, i: usize| stems.get(i).is_some_and(|s| s.has(stem));
        let section = sentences[sentence].section;
        let near = sentence.saturating_sub(1)..(sentence + 2).min(sentences.len());
        let near = near.filter(|i| sentences[*i].section == section && sentences[*i].part == Part::Text);
        let here = own.iter().filter(|(s, _)| held(*s, sentence)).count();
        let around = own.iter().filter(|(s, _)| near.clone().any(|i| held(*s, i))).count();
        let known = here >= OWN_HERE.min(own.len()) && around * 2 >= own.len() && around > 0;
        known.then(|| around as f32 / own.len() as f32)
    }

    /// How much words speak for each, taken by themselves.
    fn speaks(&self, stems: &Stems) -> Vec<f32> {
        let said = self.concepts.read(stems);
        let all = self.profiles.iter().zip(&self.own).zip(&self.signals);
        all.map(|((p, own), signals)| {
            let words: f32 = own.iter().filter(|(s, _)| stems.has(*s)).map(|(_, w)| w).sum();
            let whole = if signals.iter().any(|s| stems.holds(s)) { WHOLE } else { 0.0 };
            p.dot(&said) + OWN * words.min(OWN_MOST) + whole
        })
        .collect()
    }
}

/// What a sentence can be to its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Nothing: code, or somebody's words.
    None,
    /// Its heading.
    Heading,
    /// Text that may be evidence.
    Text,
}

/// A sentence: where it stands and how surely it says what a customer gets.
#[derive(Clone, Copy, Debug)]
struct Weighed {
    section: usize,
    part: Part,
    /// The model's opinion, as log-odds.
    outcome: f32,
}

impl Weighed {
    fn of(doc: &Document, reading: &Reading, index: usize) -> Weighed {
        let s: &Sentence = &reading.sentences[index];
        let block = &doc.blocks[s.block as usize];
        let part = match block.kind {
            BlockKind::Heading { .. } => Part::Heading,
            BlockKind::Code => Part::None,
            _ if s.marks.has(Mark::AllQuote) => Part::None,
            _ => Part::Text,
        };
        let outcome = reading.opinions.get(index).copied().unwrap_or_default().outcome;
        Weighed { section: block.section as usize, part, outcome }
    }
}

/// What each sentence speaks of, with something of its neighbours and its heading.
fn in_context(sentences: &[Weighed], said: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut out = said.to_vec();
    let mut heading: Option<usize> = None;
    for (i, (sentence, v)) in sentences.iter().zip(&mut out).enumerate() {
        if sentence.part == Part::Heading {
            heading = Some(i);
            continue;
        }
        let mut add = |from: usize, share: f32| {
            for (x, y) in v.iter_mut().zip(&said[from]) {
                *x += share * y;
            }
        };
        for near in [i.checked_sub(1), Some(i + 1)].into_iter().flatten() {
            if sentences.get(near).is_some_and(|n| n.part == Part::Text && n.section == sentence.section) {
                add(near, NEIGHBOUR);
            }
        }
        if let Some(h) = heading.filter(|h| sentences[*h].section == sentence.section) {
            add(h, HEADING);
        }
    }
    out
}

/// Contrasts what a sentence says for an outcome with what it says for the others.
fn against_each_other(v: &mut [f32]) {
    if v.len() < 2 {
        return;
    }
    let mean = v.iter().sum::<f32>() / v.len() as f32;
    v.iter_mut().for_each(|x| *x -= ALIKE * mean);
    let (mut first, mut second, mut at) = (f32::NEG_INFINITY, f32::NEG_INFINITY, 0);
    for (i, x) in v.iter().copied().enumerate() {
        if x > first {
            (second, first, at) = (first, x, i);
        } else if x > second {
            second = x;
        }
    }
    for (i, x) in v.iter_mut().enumerate() {
        *x -= OTHER * if i == at { second } else { first };
    }
}

/// The same, each with its own rivals; those that have no list only serve as rivals.
fn against_rivals(v: &mut [f32], rivals: &[Vec<usize>]) {
    let said = v.to_vec();
    for ((x, own), rivals) in v.iter_mut().zip(&said).zip(rivals) {
        let others = rivals.iter().filter_map(|r| said.get(*r)).copied();
        let Some(most) = others.clone().reduce(f32::max) else { continue };
        let mean = (own + others.sum::<f32>()) / (rivals.len() + 1) as f32;
        *x -= ALIKE * mean + OTHER * (most - ALIKE * mean);
    }
}

/// Contrasts what a sentence says with what the rest of the document says anyway.
fn against_the_document(sentences: &[Weighed], speech: &mut [Vec<f32>]) {
    let Some(count) = speech.first().map(Vec::len) else { return };
    let weight = |s: &Weighed| if s.part == Part::Text { sigmoid(0.5 * (s.outcome + 2.0)) } else { 0.0 };
    let mut sums = vec![0.0; count];
    let mut all = 0.0;
    for (s, v) in sentences.iter().zip(speech.iter()) {
        let w = weight(s);
        all += w;
        for (sum, x) in sums.iter_mut().zip(v) {
            *sum += w * x;
        }
    }
    for (s, v) in sentences.iter().zip(speech) {
        let w = weight(s);
        for (x, sum) in v.iter_mut().zip(&sums) {
            *x -= ANYWAY * (sum - w * *x) / (all - w + SILENT);
        }
    }
}

/// Log-odds → probability.
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// A sum without bounds → 0 to 1.
fn squash(x: f32) -> f32 {
    if x <= 0.0 { 0.0 } else { x / (x + 1.2) }
}
