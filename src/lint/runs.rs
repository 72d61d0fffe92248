//! Candidates side by side → one candidate over the run: a script of twenty lines is one thing to change, not twenty.

use super::{Candidate, Linter};
use crate::document::Document;
use crate::language::Reading;

/// How many sentences (a label, a number) may stand between two replies of one bank.
const BETWEEN: u32 = 3;

/// Joins neighbouring candidates of the same rule in the same section.
pub(crate) fn join(linter: &Linter, doc: &Document, reading: &Reading, candidates: &mut Vec<Candidate>) {
    let block = |c: &Candidate| &doc.blocks[reading.sentences[c.sentence as usize].block as usize];
    let mut out: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut last = 0;
    let bank = linter.frames.bank;
    for c in candidates.drain(..) {
        if let Some(run) = out.last_mut()
            && run.rule == c.rule
            && c.sentence <= last + if bank == Some(c.rule) { 1 + BETWEEN } else { 1 }
            && block(run).section == block(&c).section
        {
            if run.parts.is_empty() {
                run.parts.push(run.text);
            }
            run.parts.push(c.text);
            run.text = run.text.join(c.text);
            run.surety = run.surety.max(c.surety);
            for a in c.also {
                if !run.also.contains(&a) {
                    run.also.push(a);
                }
            }
            last = c.sentence;
            continue;
        }
        last = c.sentence;
        out.push(c);
    }
    *candidates = out;
}
