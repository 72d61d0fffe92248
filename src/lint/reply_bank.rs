//! A section → the sentences of its ready-made replies, where it keeps a bank of them: texts, each in a fence, a
//! quotation, a cell or an item of its own, that open with a salutation and close with a sign-off.
//!
//! One letter is an example; two or more side by side, or one below a heading that calls itself a library of replies,
//! are a bank.

use super::script::Script;
use crate::document::{BlockKind, Document};
use crate::language::{Reading, TokenKind};
use std::ops::Range;

/// How far into a reply its salutation may stand, in tokens: "R1, late:", "Block 7 >" may come first.
const LABEL: u32 = 8;
/// How many tokens from the end of a reply count as its close.
const CLOSE: u32 = 12;
/// The shortest reply, in tokens; below that it is a greeting.
const SHORT: u32 = 8;

/// Whether a sentence belongs to a bank of replies, and what shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Bank {
    /// It does not.
    #[default]
    No,
    /// Its text opens and closes like a letter; an example may look the same.
    Shape,
    /// The document says so: a collection of replies, a text to be sent.
    Place,
}

/// Marks the sentences of reply banks.
pub(super) fn sentences(script: &Script<'_>, doc: &Document, reading: &Reading) -> Vec<Bank> {
    let mut out = vec![Bank::No; reading.sentences.len()];
    for section in 0..doc.sections.len() {
        let headings = script.heading(section as u32);
        if headings.excused {
            continue;
        }
        let whole = |t: &Range<u32>| is_reply(script, reading, t);
        let replies: Vec<Range<u32>> =
            texts(doc, reading, &doc.sections[section].blocks).into_iter().filter(whole).collect();
        if replies.len() >= 2 || headings.script && !replies.is_empty() {
            for s in replies.into_iter().flatten() {
                out[s as usize] = Bank::Shape;
            }
        }
    }
    for s in fenced(script, doc, reading).into_iter().flatten() {
        out[s as usize] = Bank::Place;
    }
    out
}

/// Fenced texts that are replies by where they stand: below a heading that calls itself a collection of replies, where
/// there are at least two, or behind a line that says to send them.
fn fenced(script: &Script<'_>, doc: &Document, reading: &Reading) -> Vec<Range<u32>> {
    let mut kept = Vec::new();
    let mut sent = Vec::new();
    for section in 0..doc.sections.len() {
        let headings = script.heading(section as u32);
        if headings.excused {
            continue;
        }
        for text in texts(doc, reading, &doc.sections[section].blocks) {
            let first = &reading.sentences[text.start as usize];
            if !matches!(doc.blocks[first.block as usize].kind, BlockKind::Fence { .. }) {
                continue;
            }
            let lead = text.start.checked_sub(1).and_then(|i| reading.sentences.get(i as usize));
            if lead.is_some_and(|l| script.sends(l)) {
                sent.push(text);
            } else if headings.script
                && reading.sentences[text.end as usize - 1].tokens.end - first.tokens.start >= SHORT
            {
                kept.push(text);
            }
        }
    }
    if kept.len() >= 2 {
        sent.extend(kept);
    }
    sent
}

/// The texts that stand by themselves among these blocks, as sentences: each fence, quoted paragraph, cell and item.
fn texts(doc: &Document, reading: &Reading, blocks: &Range<u32>) -> Vec<Range<u32>> {
    let mut out: Vec<Range<u32>> = Vec::new();
    let mut fence = None;
    for b in blocks.clone() {
        let block = &doc.blocks[b as usize];
        let of = reading.blocks[b as usize].clone();
        if of.is_empty() {
            continue;
        }
        match block.kind {
            BlockKind::Fence { fence: f } if fence == Some(f) && !opens(reading, &of) => {
                if let Some(last) = out.last_mut() {
                    last.end = of.end;
                }
            }
            BlockKind::Fence { fence: f } => {
                fence = Some(f);
                out.push(of);
            }
            BlockKind::Cell { header: false, .. } | BlockKind::Item { .. } => out.push(of),
            BlockKind::Paragraph if block.quoted > 0 => out.push(of),
            _ => {}
        }
    }
    out
}

/// Whether a line of a fence begins the next letter: several are often kept in one fence.
fn opens(reading: &Reading, of: &Range<u32>) -> bool {
    let s = &reading.sentences[of.start as usize];
    reading.tokens_of(s).windows(2).any(|w| w[0].kind == TokenKind::Number && w[1].is(':'))
}

/// Whether a text opens like a reply and closes like one.
fn is_reply(script: &Script<'_>, reading: &Reading, text: &Range<u32>) -> bool {
    let (Some(first), Some(last)) =
        (reading.sentences.get(text.start as usize), reading.sentences.get(text.end as usize - 1))
    else {
        return false;
    };
    let (start, end) = (first.tokens.start, last.tokens.end);
    if end - start < SHORT {
        return false;
    }
    let early = start..end.min(start + LABEL);
    let late = start.max(end.saturating_sub(CLOSE))..end;
    script.holds(&early, &script.frames().salutation)
        && (script.holds(&late, &script.frames().sign_off)
            || reading.tokens[late.start as usize..end as usize]
                .iter()
                .any(|t| t.kind == TokenKind::Placeholder))
}
