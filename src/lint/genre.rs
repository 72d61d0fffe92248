//! A document, read → whether it is a text of law (a contract, terms, rules of procedure), and whether a table cell
//! describes a part of a machine. Both are full of orders, times and words to be said, and none of them is a script.

use crate::document::{BlockKind, Document, InlineKind};
use crate::language::{Mark, Reading, TokenKind, key};
use std::sync::LazyLock;

/// Fewer sentences than this are no text of law.
const FEWEST: usize = 20;
/// One sentence of so many holds a word of law. Playbooks stay below one in twenty, contracts above one in four.
const ONE_IN: usize = 5;
/// So many different ones: a party also comes to dinner, and an applicant to see a flat.
const DIFFERENT: usize = 4;

/// Words of law, by their hashes.
struct Law {
    /// The lowest bits of each hash, so that nearly every other word is told apart by one look.
    bits: Vec<u64>,
    hashes: Vec<u32>,
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let lines = include_str!("../../rules/law.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(str::split_whitespace);
    let mut hashes: Vec<u32> = words.map(|word| key::hash(word.as_bytes())).collect();
    hashes.sort_unstable();
    let mut bits = vec![0; 1 << 10];
    for hash in &hashes {
        bits[(hash >> 6) as usize & 0x3ff] |= 1u64 << (hash & 0x3f);
    }
    Law { bits, hashes }
});

impl Law {
    fn holds(&self, hash: u32) -> bool {
        self.bits[(hash >> 6) as usize & 0x3ff] & (1 << (hash & 0x3f)) != 0
            && self.hashes.binary_search(&hash).is_ok()
    }
}

/// Whether a document is a text of law.
pub(super) fn is_law(reading: &Reading) -> bool {
    let law = &*LAW;
    let sentences = || reading.sentences.iter().filter(|s| !s.marks.has(Mark::Heading));
    let all = sentences().count();
    if all < FEWEST {
        return false;
    }
    let mut words: Vec<u32> = Vec::new();
    let mut of_law = 0;
    for s in sentences() {
        let before = of_law;
        for t in reading.tokens_of(s).iter().filter(|t| t.kind == TokenKind::Word && law.holds(t.hash)) {
            of_law = before + 1;
            if words.len() < DIFFERENT && !words.contains(&t.hash) {
                words.push(t.hash);
            }
        }
    }
    words.len() >= DIFFERENT && of_law * ONE_IN >= all
}

/// Whether a block stands in a row that begins with code: it says what a field, a setting or a command is for.
pub(super) fn describes_code(doc: &Document, block: u32) -> bool {
    if !matches!(doc.blocks[block as usize].kind, BlockKind::Cell { header: false, .. }) {
        return false;
    }
    let Some(first) = doc.row(block).first() else { return false };
    let from = doc.inlines.partition_point(|i| i.text.end <= first.text.start);
    let code = doc.inlines[from..].iter().take_while(|i| i.text.start < first.text.end);
    code.filter(|i| i.kind == InlineKind::Code).map(|i| i.text.len()).sum::<usize>() * 2 > first.text.len()
}
