//! Sentences → candidates for over-scripting: patterns that fit, weighed against the model's opinion and against what
//! speaks for leaving the sentence alone.

use super::script::Script;
use super::{Candidate, Linter, Setting, genre, scope};
use crate::document::{BlockKind, Document, Kind};
use crate::judge::{self, Opinion};
use crate::language::{Force, Mark, Reading, Sentence};
use crate::rule::{Hit, Sensitivity};

/// Log-odds at which the model speaks and at which it vetoes, by sensitivity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thresholds {
    /// The model alone is enough.
    pub alone: f32,
    /// A pattern that fits is dropped below this.
    pub veto: f32,
    /// What the model's opinion and half its nearness to a rule must come to together.
    pub named: f32,
    /// Whether the model may speak of sentences that hold nothing a rule is made of.
    pub unanchored: bool,
}

impl Thresholds {
    /// Chosen on the tuning half of the corpus so that `careful` is right nine times in ten.
    pub(crate) fn of(sensitivity: Sensitivity) -> Thresholds {
        match sensitivity {
            Sensitivity::Careful => Thresholds { alone: -0.3, veto: -1.0, named: 0.2, unanchored: false },
            Sensitivity::Thorough => Thresholds { alone: -0.6, veto: -2.0, named: -0.6, unanchored: false },
            Sensitivity::Everything => Thresholds {
                alone: -0.4,
                veto: f32::NEG_INFINITY,
                named: f32::NEG_INFINITY,
                unanchored: true,
            },
        }
    }
}

/// The candidates of a document, one a sentence: the strongest rule, the others listed under it.
pub(crate) fn over_scripting(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
) -> Vec<Candidate> {
    if !linter.rules.look_at(setting.kind) {
        return Vec::new();
    }
    let t = Thresholds::of(linter.sensitivity);
    let script = Script::of(linter, doc, reading);
    let law = setting.kind == Kind::Technical || genre::is_law(reading);
    let mut out = Vec::new();
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
        hits.retain(|h| {
            let allowed = linter.rules.get(h.rule).is_some_and(|r| r.sensitivity <= linter.sensitivity);
            allowed
                && (!left_alone || linter.rules.is_own(h.rule))
                && scope::holds(linter, doc, reading, setting, s, h.rule)
                && (h.sure || !told && opinion.is_none_or(|o| o.scripted > t.veto))
        });
        let alone = opinion.is_some_and(|o| o.scripted > t.alone);
        if hits.is_empty() && alone && !left_alone && !told && (t.unanchored || anchored(s)) {
            // A sentence unlike anything a rule can name has to be all the more scripted.
            let enough = |near: f32| opinion.is_some_and(|o| o.scripted + 0.5 * near.min(1.0) > t.named);
            hits.extend(name(linter, doc, reading, i).filter(|(_, near)| enough(*near)).map(|(hit, _)| hit));
        }
        if let Some(c) = strongest(linter, reading, i, hits, opinion) {
            out.push(c);
        }
    }
    out
}

/// Whether a sentence is text that could script somebody: not a heading, not a table's heading row.
pub(super) fn is_read(doc: &Document, s: &Sentence) -> bool {
    !matches!(
        doc.blocks[s.block as usize].kind,
        BlockKind::Code | BlockKind::Cell { header: true, .. } | BlockKind::Heading { .. }
    ) && !s.marks.has(Mark::Heading)
}

/// Whether a sentence holds anything over-scripting is made of: somebody's words, a clock, a count, leave to be asked,
/// an absolute or a ban, an order to staff. Without any of it the model only guesses from the company a sentence keeps.
fn anchored(s: &Sentence) -> bool {
    const ANCHORS: [Mark; 11] = [
        Mark::StaffQuote,
        Mark::Clock,
        Mark::Count,
        Mark::Approval,
        Mark::Absolute,
        Mark::Forbids,
        Mark::Negated,
        Mark::Imperative,
        Mark::Directive,
        Mark::Placeholder,
        Mark::Speaks,
    ];
    // "If the customer says the price is too high:" orders nothing yet.
    let opens = s.marks.has(Mark::LeadIn) && s.marks.has(Mark::Condition) && s.marks.force == Force::None;
    !opens && (s.marks.force >= Force::Must || ANCHORS.iter().any(|&m| s.marks.has(m)))
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
