//! Texts → their stems in order, so that they can be compared by what they speak of.

pub use super::stem::Stem;

use super::stem::{is_small, words};
use super::{Lexicon, Reading, Sentence, Token, TokenKind};
use crate::document::Document;
use std::collections::HashMap;

/// The stems of a text in order, with negations marked.
#[derive(Clone, Debug, Default)]
pub struct Stems {
    stems: Vec<u32>,
    /// Where a negation stands shortly before.
    denied: Vec<bool>,
    /// One bit for each stem, several to a bit: a stem whose bit is not set is not in it.
    bits: [u64; 4],
}

impl Stems {
    /// The stems of a text.
    pub fn of(text: &str) -> Stems {
        words(text).map(Stem::of).collect()
    }

    /// All stems in order.
    pub fn all(&self) -> &[u32] {
        &self.stems
    }

    /// Whether a negation stands shortly before the stem at this place.
    pub fn is_denied(&self, at: usize) -> bool {
        self.denied.get(at).copied().unwrap_or(false)
    }

    /// The stems that say something: not persons, not the small words of the language.
    pub fn telling(&self) -> Vec<u32> {
        let mut out: Vec<u32> = Vec::new();
        for s in &self.stems {
            if !is_small(*s) && !out.contains(s) {
                out.push(*s);
            }
        }
        out
    }

    /// Whether a stem stands in it.
    #[inline]
    pub fn has(&self, stem: u32) -> bool {
        self.bits[stem as usize / 64 % 4] & (1 << (stem % 64)) != 0 && self.stems.contains(&stem)
    }

    /// Whether a run of stems stands in it.
    pub fn holds(&self, run: &[u32]) -> bool {
        run.first().is_some_and(|s| self.has(*s)) && self.stems.windows(run.len()).any(|w| w == run)
    }
}

impl FromIterator<Stem> for Stems {
    fn from_iter<I: IntoIterator<Item = Stem>>(words: I) -> Stems {
        let mut out = Stems::default();
        let mut since = usize::MAX;
        for word in words {
            since = if word.denies { 0 } else { since.saturating_add(1) };
            if word.hash != 0 {
                out.stems.push(word.hash);
                out.denied.push(since <= 6 && since > 0);
                out.bits[word.hash as usize / 64 % 4] |= 1 << (word.hash % 64);
            }
        }
        out
    }
}

/// The stems of a document's sentences. A word the lexicon knows has its stem there; any other is stemmed once.
#[derive(Debug)]
pub struct Stemming<'a> {
    doc: &'a Document,
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    strangers: HashMap<u32, Stem>,
}

impl<'a> Stemming<'a> {
    /// For the sentences of a document.
    pub fn of(doc: &'a Document, reading: &'a Reading, lexicon: &'a Lexicon) -> Stemming<'a> {
        Stemming { doc, reading, lexicon, strangers: HashMap::new() }
    }

    /// The stems of a sentence's words, without figures, gaps and code.
    pub fn words(&mut self, s: &Sentence) -> Stems {
        let tokens = self.reading.tokens_of(s).iter().filter(|t| t.kind == TokenKind::Word);
        tokens.map(|t| self.stem(t)).collect()
    }

    /// The stems of everything a sentence holds.
    pub fn everything(&mut self, s: &Sentence) -> Stems {
        let text = self.doc.flat.text();
        let tokens = self.reading.tokens_of(s).iter();
        tokens
            .flat_map(|t| match t.kind {
                TokenKind::Word => vec![self.stem(t)],
                _ => words(text.get(t.text().range()).unwrap_or("")).map(Stem::of).collect(),
            })
            .collect()
    }

    fn stem(&mut self, t: &Token) -> Stem {
        let text = self.doc.flat.text();
        self.lexicon.stem(t.word).unwrap_or_else(|| {
            let stranger = self.strangers.entry(t.hash);
            *stranger.or_insert_with(|| Stem::of(text.get(t.text().range()).unwrap_or("")))
        })
    }
}
