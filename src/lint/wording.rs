//! The agreed wording of a boundary × a document → where it is altered, with the difference.
//!
//! A text that shares most of its runs of three words with a wording means to be it. Where it leaves words out or puts
//! others in between, that is drift; a part of the wording, quoted as it stands, is none.

use super::{Candidate, Linter};
use crate::document::Document;
use crate::finding::{Finding, Related};
use crate::language::{Reading, TokenKind};
use std::ops::Range;

const RULE: &str = "wording-drift";
/// A wording of fewer words is a phrase, and may stand anywhere.
const SHORTEST: usize = 6;
/// Which share of a wording must be there for a text to mean it.
const SHARE: f64 = 0.5;
/// How many differences are told.
const TOLD: usize = 3;

/// Words of a text, in lower case, with their bytes.
fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    let mut from = None;
    for (i, c) in text.char_indices().map(|(i, c)| (i, Some(c))).chain([(text.len(), None)]) {
        let inside = c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
        match (from, inside) {
            (None, true) => from = Some(i),
            (Some(start), false) => {
                out.push((text[start..i].to_lowercase().replace('’', "'"), start..i));
                from = None;
            }
            _ => {}
        }
    }
    out
}

/// Where agreed wordings are altered.
pub(super) fn find(linter: &Linter, doc: &Document, reading: &Reading) -> Vec<Finding> {
    let Some(policy) = linter.policy() else { return Vec::new() };
    let Some(rule) = linter.rules.position(RULE) else { return Vec::new() };
    if !linter.rules.get(rule as u32).is_some_and(|r| linter.speaks(r)) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for boundary in &policy.boundaries {
        for wording in &boundary.wording {
            let agreed: Vec<String> = words(&wording.text).into_iter().map(|(w, _)| w).collect();
            if agreed.len() < SHORTEST {
                continue;
            }
            for (block, sentences) in reading.blocks.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
                // Without two of its words in a row it is not worth a closer look.
                let first = &reading.sentences[sentences.start as usize];
                let last = &reading.sentences[sentences.end as usize - 1];
                let tokens = &reading.tokens[first.tokens.start as usize..last.tokens.end as usize];
                if tokens.iter().filter(|t| t.kind == TokenKind::Word).count() * 2 < agreed.len() {
                    continue;
                }
                let start = doc.blocks[block].text.start as usize;
                let Some(text) = doc.flat.text().get(doc.blocks[block].text.range()) else { continue };
                let here = words(text);
                let Some(drift) = drift(&agreed, &here) else { continue };
                let at = start + here[drift.at.start].1.start..start + here[drift.at.end - 1].1.end;
                let sentence = reading
                    .sentences
                    .iter()
                    .position(|s| s.text.end as usize > at.start)
                    .unwrap_or(sentences.start as usize);
                let candidate = Candidate {
                    rule: rule as u32,
                    sentence: sentence as u32,
                    text: crate::source::Span::new(at.start, at.end),
                    parts: Vec::new(),
                    surety: 0.0,
                    also: Vec::new(),
                };
                let Some(mut finding) = linter.word(doc, reading, &candidate) else { continue };
                finding.message = format!("not as it was agreed: {}", drift.told.join("; "));
                finding.related.push(Related {
                    source: policy.source(wording.place).clone(),
                    span: wording.place.span,
                    label: format!("the agreed wording of {}", boundary.name.text),
                });
                all.push(finding);
            }
        }
    }
    all
}

/// A wording, altered.
struct Drift {
    /// The words it takes in the text.
    at: Range<usize>,
    /// The differences, in words.
    told: Vec<String>,
}

fn drift(agreed: &[String], here: &[(String, Range<usize>)]) -> Option<Drift> {
    // Runs of three words that stand in both.
    let mut near = here
        .windows(3)
        .enumerate()
        .filter(|(_, w)| agreed.windows(3).any(|a| a.iter().zip(w.iter()).all(|(a, (b, _))| a == b)));
    let first = near.next()?.0;
    let last = near.next_back().map_or(first, |(i, _)| i);
    let from = first.saturating_sub(agreed.len());
    let to = (last + 3 + agreed.len()).min(here.len());
    let pairs = common(agreed, &here[from..to]);
    if (pairs.len() as f64) < SHARE * agreed.len() as f64 {
        return None;
    }
    // Single words that happen to be alike far off belong to something else.
    let (first, last) = (*pairs.first()?, *pairs.last()?);
    let mut told = Vec::new();
    for (a, b) in pairs.iter().zip(&pairs[1..]) {
        let gone = agreed[a.0 + 1..b.0].join(" ");
        let new: Vec<&str> = here[from + a.1 + 1..from + b.1].iter().map(|(w, _)| w.as_str()).collect();
        let new = new.join(" ");
        match (gone.is_empty(), new.is_empty()) {
            (true, true) => {}
            (true, false) => told.push(format!("“{new}” is added")),
            (false, true) => told.push(format!("“{gone}” is left out")),
            (false, false) => told.push(format!("“{new}” stands where “{gone}” was agreed")),
        }
    }
    if told.is_empty() {
        return None;
    }
    // Longer than the wording by half: the wording is told about, not told.
    let length = last.1 + 1 - first.1;
    if length > agreed.len() * 3 / 2 {
        return None;
    }
    if told.len() > TOLD {
        let more = told.len() - TOLD;
        told.truncate(TOLD);
        told.push(format!("and {more} more"));
    }
    Some(Drift { at: from + first.1..from + last.1 + 1, told })
}

/// The longest common run of words, gaps allowed: pairs of indices (dynamic programming over both).
fn common(a: &[String], b: &[(String, Range<usize>)]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = match a[i] == b[j].0 {
                true => best[i + 1][j + 1] + 1,
                false => best[i + 1][j].max(best[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j].0 {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(agreed: &str, here: &str) -> Option<Vec<String>> {
        let agreed: Vec<String> = words(agreed).into_iter().map(|(w, _)| w).collect();
        drift(&agreed, &words(here)).map(|d| d.told)
    }

    const AGREED: &str =
        "You may travel on the next sailing, travel by another way we arrange, or have your fare back today.";

    #[test]
    fn the_difference_is_told_and_a_part_is_none() {
        let altered =
            "You may travel on the next boat, travel by another way we arrange, or have your fare back.";
        assert_eq!(told(AGREED, altered), Some(vec!["“boat” stands where “sailing” was agreed".to_owned()]));
        assert_eq!(told(AGREED, AGREED), None);
        assert_eq!(
            told(AGREED, "Then say: You may travel on the next sailing, travel by another way we arrange."),
            None
        );
        assert_eq!(told(AGREED, "Passengers may travel on the next sailing."), None);
    }
}
