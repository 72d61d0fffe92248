//! A document's marks and findings → what its two numbers are made of, and what is kept well in it.

use super::{Keep, Kept};
use crate::assign::Assignment;
use crate::coverage::{Answer, Covering};
use crate::document::{Document, Kind};
use crate::figures::Figures;
use crate::finding::{Finding, Group};
use crate::language::{Actor, Mark, Reading, Sentence};
use crate::policy::{Policy, TouchpointId};

/// Sentences of about this many letters are quoted best.
const GOOD_LENGTH: std::ops::RangeInclusive<usize> = 30..=160;

/// What the two numbers are made of.
pub fn weigh(
    document: &Document,
    reading: &Reading,
    findings: &[Finding],
    assignment: &Assignment,
    policy: Option<&Policy>,
    covered: &[Vec<Covering>],
) -> Figures {
    let mut figures = Figures::default();
    if assignment.kind.value == Kind::Technical {
        return figures;
    }
    let directed =
        reading.sentences.iter().filter(|s| s.marks.has(Mark::Directive) && !s.marks.has(Mark::Duty));
    figures.directed = u32::try_from(directed.count()).unwrap_or(u32::MAX);
    for finding in findings.iter().filter(|f| f.group == Group::OverScripting) {
        figures.script(finding.level, finding.parts.len());
    }
    // Where nothing is declared, nothing can be clear or unclear.
    let Some(policy) = policy.filter(|p| !p.outcomes.is_empty()) else { return figures };
    for (i, section) in document.sections.iter().enumerate() {
        let mut sentences = section.blocks.clone().flat_map(|block| reading.of_block(block));
        if !sentences.any(is_contact) {
            continue;
        }
        let at = assignment.sections.get(i).map_or(&[][..], Vec::as_slice);
        let truth = at.iter().any(|id| policy.touchpoint(*id).moment_of_truth.is_some());
        let weight = if truth { 2 } else { 1 };
        figures.contact += weight;
        let answer = covered.get(i).map_or(Answer::Not, |answers| best(policy, at, answers));
        figures.clear += weight * answer as u32;
    }
    figures
}

/// The best answer of a section for an outcome that is due there, or for any where none is.
fn best(policy: &Policy, at: &[TouchpointId], answers: &[Covering]) -> Answer {
    let due = |c: &&Covering| at.iter().any(|id| policy.outcome(c.outcome).at.includes(*id));
    let any_due = answers.iter().any(|c| due(&c));
    answers.iter().filter(|c| !any_due || due(c)).map(|c| c.answer).max().unwrap_or(Answer::Not)
}

/// Whether a sentence is about contact with a customer.
fn is_contact(s: &Sentence) -> bool {
    !s.marks.has(Mark::Heading) && !s.marks.has(Mark::Technical) && s.marks.has(Mark::Customer)
}

/// What is kept well: of each sort the sentence that says it best.
pub fn kept(document: &Document, reading: &Reading, kind: Kind) -> Vec<Kept> {
    if kind == Kind::Technical {
        return Vec::new();
    }
    [Keep::Outcome, Keep::Room, Keep::Story]
        .into_iter()
        .filter_map(|what| {
            let sentences = reading.sentences.iter().enumerate().filter(|(_, s)| !s.marks.has(Mark::Heading));
            let surety = |i: usize| reading.opinions.get(i).map_or(0.0, |o| o.outcome);
            // Of two equally good the first, so that the choice does not hang on chance.
            let (s, worth) = sentences
                .filter_map(|(i, s)| Some((s, worth(s, what, kind, surety(i))?)))
                .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
            let span = document.flat.to_source(s.text);
            Some(Kept {
                what,
                text: words(document, s),
                file: document.source.name().to_owned(),
                line: document.source.position(span.start).line,
                worth,
            })
        })
        .collect()
}

/// How well a sentence says it; `None` where it does not.
fn worth(s: &Sentence, what: Keep, kind: Kind, surety: f32) -> Option<u32> {
    let has = |mark| s.marks.has(mark);
    if has(Mark::Cell) || has(Mark::Question) || has(Mark::Placeholder) || has(Mark::AllQuote) {
        return None;
    }
    let says = match what {
        Keep::Outcome => has(Mark::Outcome) && !has(Mark::Directive),
        Keep::Room => has(Mark::Loose) && !has(Mark::Negated) && (has(Mark::Staff) || has(Mark::Imperative)),
        Keep::Story => kind == Kind::Story && has(Mark::Past) && has(Mark::Customer),
    };
    let fits = GOOD_LENGTH.contains(&s.text.len());
    let signs = [fits, s.marks.actor == Actor::Customer, has(Mark::Reason), !has(Mark::Item)];
    // Three signs weigh as much as the model's log-odds can: it is the surest judge of what an outcome is.
    let sure = if what == Keep::Outcome { (surety.clamp(0.0, 6.0) * 2.0) as u32 } else { 0 };
    says.then(|| signs.into_iter().map(|sign| 4 * u32::from(sign)).sum::<u32>() + sure)
}

/// A sentence as it is read, white space folded.
fn words(document: &Document, s: &Sentence) -> String {
    let text = document.flat.text().get(s.text.range()).unwrap_or("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Headings of sections at no touchpoint, where the policy has touchpoints.
pub fn nowhere(document: &Document, assignment: &Assignment, policy: Option<&Policy>) -> Vec<String> {
    if policy.is_none_or(|p| p.touchpoints.is_empty()) || assignment.kind.value == Kind::Technical {
        return Vec::new();
    }
    let sections = document.sections.iter().zip(&assignment.sections).enumerate();
    sections
        .filter(|(_, (section, at))| section.heading.is_some() && at.is_empty())
        .map(|(i, _)| document.heading(u32::try_from(i).unwrap_or(u32::MAX)).to_owned())
        .collect()
}
