//! A document's marks and findings → what its two numbers are made of, and what is kept well in it.

use super::{Keep, Kept};
use crate::assign::Assignment;
use crate::document::{Document, Kind};
use crate::figures::Figures;
use crate::finding::{Finding, Group};
use crate::language::{Actor, Mark, Reading, Sentence};
use crate::policy::Policy;

/// Sentences of about this many letters are quoted best.
const GOOD_LENGTH: std::ops::RangeInclusive<usize> = 30..=160;

/// What the two numbers are made of.
pub fn weigh(
    document: &Document,
    reading: &Reading,
    findings: &[Finding],
    assignment: &Assignment,
    policy: Option<&Policy>,
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
    for (i, section) in document.sections.iter().enumerate() {
        let sentences = || section.blocks.clone().flat_map(|block| reading.of_block(block));
        if !sentences().any(is_contact) {
            continue;
        }
        let at = assignment.sections.get(i).map_or(&[][..], Vec::as_slice);
        let truth = policy.is_some_and(|p| at.iter().any(|id| p.touchpoint(*id).moment_of_truth.is_some()));
        let weight = if truth { 2 } else { 1 };
        figures.contact += weight;
        figures.clear += weight * if sentences().any(|s| s.marks.has(Mark::Outcome)) { 2 } else { 0 };
    }
    figures
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
            let sentences = reading.sentences.iter().filter(|s| !s.marks.has(Mark::Heading));
            // Of two equally good the first, so that the choice does not hang on chance.
            let (s, worth) = sentences
                .filter_map(|s| Some((s, worth(s, what, kind)?)))
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
fn worth(s: &Sentence, what: Keep, kind: Kind) -> Option<u32> {
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
    says.then(|| signs.into_iter().map(u32::from).sum())
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
