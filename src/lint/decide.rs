//! Sentences → candidates for over-scripting: patterns that fit, weighed against the model's opinion and against what
//! speaks for leaving the sentence alone.

use super::script::Script;
use super::{Candidate, Linter, Setting, genre, scope};
use crate::document::{BlockKind, Document, InlineKind, Kind};
use crate::judge::{self, Opinion};
use crate::language::{Force, Mark, Reading, Sentence, TokenKind};
use crate::rule::{Hit, Sensitivity};

/// Log-odds at which the model speaks and at which it vetoes, by sensitivity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thresholds {
    /// The model alone is enough, once the document has been counted in.
    pub alone: f32,
    /// A pattern that fits is dropped below this.
    pub veto: f32,
    /// What the model's opinion and half its nearness to a rule must come to together: a sentence unlike anything a rule
    /// can name has to be all the more scripted.
    pub named: f32,
}

impl Thresholds {
    /// Chosen on labelled company documents and fragments so that `careful` is right about nine times in ten in documents
    /// that serve customers.
    pub(crate) fn of(sensitivity: Sensitivity) -> Thresholds {
        match sensitivity {
            Sensitivity::Careful => Thresholds { alone: 0.2, veto: 0.0, named: 0.4 },
            Sensitivity::Thorough => Thresholds { alone: -0.4, veto: -1.0, named: -0.3 },
            Sensitivity::Everything => {
                Thresholds { alone: -0.2, veto: f32::NEG_INFINITY, named: f32::NEG_INFINITY }
            }
        }
    }
}

/// The candidates of a document, one a sentence: the strongest rule, the others listed under it. In a text of `law` only
/// a company's own rules speak.
pub(crate) fn over_scripting(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
    law: bool,
) -> Vec<Candidate> {
    if !linter.rules.look_at(setting.kind) {
        return Vec::new();
    }
    let t = Thresholds::of(linter.sensitivity);
    let script = Script::of(linter, doc, reading);
    let law = law || setting.kind == Kind::Technical;
    let mut out = Vec::new();
    let mut silent = Vec::new();
    for (i, s) in reading.sentences.iter().enumerate() {
        if !is_read(doc, s) {
            continue;
        }
        let opinion = reading.opinions.get(i).copied();
        let mut hits = linter.rules.hits(reading, &linter.lexicon, s, None);
        script.add(i, &mut hits);
        linter.rules.add_expressions(doc.flat.text(), reading, s, &mut hits);
        let told = script.excuses(i);
        // What a company looks for itself is looked for here too.
        let left_alone = law || genre::describes_code(doc, s.block);
        // Of a whole reply the opening alone may be harmless: it is the place that tells.
        let slack = |rule: u32| if Some(rule) == linter.frames.bank { 1.0 } else { 0.0 };
        hits.retain(|h| {
            let allowed = linter.rules.get(h.rule).is_some_and(|r| r.sensitivity <= linter.sensitivity);
            allowed
                && (!left_alone || linter.rules.is_own(h.rule))
                && scope::holds(linter, doc, reading, setting, s, h.rule)
                && (h.sure || !told && opinion.is_none_or(|o| o.scripted > t.veto - slack(h.rule)))
        });
        match strongest(linter, reading, i, hits, opinion) {
            Some(c) => out.push(c),
            None if !left_alone && !told => silent.push(i),
            None => {}
        }
    }
    // What a company looks for itself says nothing of how the document treats people.
    let seen = out.iter().filter(|c| !linter.rules.is_own(c.rule)).count();
    let lean = lean(seen, reading.sentences.len());
    for i in silent {
        let (s, opinion) = (&reading.sentences[i], reading.opinions.get(i).copied());
        let odds = opinion.map_or(f32::NEG_INFINITY, |o| o.scripted + lean);
        // Where the wording or the choice is handed over, little is taken.
        let left = linter.sensitivity < Sensitivity::Everything && s.marks.has(Mark::Room);
        if odds > t.alone && !left && !is_no_order(reading, s) && !is_title(doc, s) {
            let named =
                name(linter, doc, reading, i).filter(|(_, near)| odds + 0.5 * near.min(1.0) > t.named);
            let hits = named.into_iter().map(|(hit, _)| hit).collect();
            out.extend(strongest(linter, reading, i, hits, opinion));
        }
    }
    out.sort_by_key(|c| c.sentence);
    out
}

/// The share of sentences in which patterns see something from which on a document counts as one that scripts people.
/// This and the next three were chosen together on labelled company documents and fragments.
const USUAL: f32 = 0.05;
/// As if so many more sentences had been read, with the usual share: a short document shows little.
const BEFORE: f32 = 15.0;
/// How much the share counts, and how far it can speak for a sentence.
const WEIGHT: f32 = 3.0;
const MOST: f32 = 0.4;

/// What a document as a whole adds to the model's opinion of its sentences, as log-odds. Where no pattern sees anything
/// in page after page, a sentence that only resembles a script is hardly one; where they see one line after another,
/// the lines between deserve less of the doubt. Patterns and model err on different sentences, and this is where they
/// check each other.
fn lean(seen: usize, of: usize) -> f32 {
    let odds = |share: f32| (share / (1.0 - share)).ln();
    let share = (seen as f32 + BEFORE * USUAL) / (of.max(seen) as f32 + BEFORE);
    (WEIGHT * (odds(share.min(0.9)) - odds(USUAL))).min(MOST)
}

/// Whether a sentence is text that could script somebody: not a heading, not a table's heading row.
pub(super) fn is_read(doc: &Document, s: &Sentence) -> bool {
    !matches!(
        doc.blocks[s.block as usize].kind,
        BlockKind::Code | BlockKind::Cell { header: true, .. } | BlockKind::Heading { .. }
    ) && !s.marks.has(Mark::Heading)
}

/// Whether a whole line is set in bold: a title, whatever the document calls it.
fn is_title(doc: &Document, s: &Sentence) -> bool {
    let before = doc.inlines.partition_point(|i| i.text.start <= s.text.start);
    // What is set in bold may hold links and code, so not only the last one before counts.
    let near = doc.inlines[before.saturating_sub(8)..before].iter();
    near.filter(|i| i.kind == InlineKind::Strong).any(|i| s.text.end <= i.text.end)
}

/// Whether a sentence cannot take anybody's room, whatever it resembles: it only opens a case ("If the customer says the
/// price is too high:"), or it is a single word that orders nothing.
fn is_no_order(reading: &Reading, s: &Sentence) -> bool {
    let has = |m: Mark| s.marks.has(m);
    let opens = has(Mark::LeadIn) && has(Mark::Condition) && s.marks.force == Force::None;
    let word = || reading.tokens_of(s).iter().filter(|t| t.kind == TokenKind::Word).count() < 2;
    opens || !has(Mark::Imperative) && word()
}

/// The rule a sentence comes closest to, where the model alone is sure, and how close.
fn name(linter: &Linter, doc: &Document, reading: &Reading, index: usize) -> Option<(Hit, f32)> {
    let judge = linter.judge.as_ref()?;
    let mut features = Vec::with_capacity(512);
    judge::features(doc, reading, &linter.lexicon, index, &mut features);
    let (rule, near) =
        judge.nearest(&features).into_iter().find_map(|(n, near)| Some((linter.rules.position(n)?, near)))?;
    Some((Hit { rule: rule as u32, tokens: reading.sentences[index].tokens.clone(), sure: false }, near))
}

/// One candidate of all that fits a sentence.
fn strongest(
    linter: &Linter,
    reading: &Reading,
    index: usize,
    mut hits: Vec<Hit>,
    opinion: Option<Opinion>,
) -> Option<Candidate> {
    hits.sort_by_key(|h| {
        (
            std::cmp::Reverse(h.sure),
            std::cmp::Reverse(linter.rules.get(h.rule).map(|r| r.level)),
            h.tokens.start,
            h.rule,
        )
    });
    let first = hits.first()?;
    let tokens = &reading.tokens[first.tokens.start as usize..first.tokens.end as usize];
    let text = tokens.first()?.text().join(tokens.last()?.text());
    Some(Candidate {
        rule: first.rule,
        sentence: index as u32,
        text,
        parts: Vec::new(),
        surety: opinion.map_or(0.0, |o| o.scripted),
        also: hits[1..].iter().map(|h| h.rule).collect(),
    })
}
