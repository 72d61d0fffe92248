//! A pattern and the tokens of a sentence → where it fits.

use std::ops::Range;

use super::{Key, Node, Pattern};
use crate::language::{ClassSet, Lexicon, Reading, Token, TokenKind, WordId};

/// Steps one attempt may take; far more than any honest pattern needs.
const STEPS: u32 = 4_000;

/// Which words stand in a stretch of text: base forms and words as they are. A word that is in it is always found; one
/// that is not is found now and then, which costs a try and no mistake (Bloom, *Space/Time Trade-offs in Hash Coding*,
/// 1970).
#[derive(Clone, Debug, Default)]
pub struct Words([u64; 16]);

impl Words {
    /// The words of tokens.
    pub fn of(tokens: &[Token]) -> Words {
        let mut words = Words::default();
        for t in tokens.iter().filter(|t| t.word != WordId::UNKNOWN) {
            words.add(t.word);
            words.add(t.lemma);
        }
        words
    }

    pub(super) fn add(&mut self, word: WordId) {
        self.0[word.0 as usize / 64 % 16] |= 1 << (word.0 % 64);
    }

    /// Whether a word may stand in it.
    #[inline]
    pub fn may_have(&self, word: WordId) -> bool {
        self.0[word.0 as usize / 64 % 16] & (1 << (word.0 % 64)) != 0
    }
}

/// One attempt at a sentence.
struct Attempt<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    of: Range<u32>,
    steps: u32,
}

impl Pattern {
    /// Whether a sentence of these classes and base forms holds everything the pattern needs.
    pub fn is_possible(&self, classes: &ClassSet, words: &Words) -> bool {
        self.needs.iter().all(|any| {
            any.iter().any(|key| match key {
                Key::Word(w) => words.may_have(*w),
                Key::Class(c) => classes.has(*c),
                Key::Always => true,
            })
        })
    }

    /// The first match in the tokens `of`: its tokens.
    pub fn find(&self, reading: &Reading, lexicon: &Lexicon, of: Range<u32>) -> Option<Range<u32>> {
        let mut attempt = Attempt { reading, lexicon, of: of.clone(), steps: 0 };
        for start in of.clone() {
            if !self.first.may_open(reading, lexicon, start) {
                continue;
            }
            // A match never starts in the middle of a gap: leading gaps are of no use.
            if let Some(end) = attempt.sequence(&self.nodes, start, &mut |_, at| Some(at))
                && end > start
            {
                return Some(start..end);
            }
            if attempt.steps > STEPS {
                break;
            }
        }
        None
    }
}

type Rest<'r> = &'r mut dyn FnMut(&mut Attempt<'_>, u32) -> Option<u32>;

impl Attempt<'_> {
    fn sequence(&mut self, nodes: &[Node], at: u32, rest: Rest<'_>) -> Option<u32> {
        self.steps += 1;
        if self.steps > STEPS {
            return None;
        }
        let Some((node, more)) = nodes.split_first() else { return rest(self, at) };
        match node {
            Node::Optional(inner) => {
                let taken = self.sequence(inner, at, &mut |a, next| a.sequence(more, next, rest));
                if taken.is_some() {
                    return taken;
                }
                self.sequence(more, at, rest)
            }
            Node::Either(either) => {
                for inner in either {
                    let found = self.sequence(inner, at, &mut |a, next| a.sequence(more, next, rest));
                    if found.is_some() {
                        return found;
                    }
                }
                None
            }
            Node::Not(inner) => {
                if self.sequence(inner, at, &mut |_, next| Some(next)).is_some() {
                    return None;
                }
                self.sequence(more, at, rest)
            }
            Node::Gap { most, wide } => {
                let mut next = at;
                for _ in 0..=*most {
                    let found = self.sequence(more, next, rest);
                    if found.is_some() {
                        return found;
                    }
                    next = self.skip(next, *wide)?;
                }
                None
            }
            Node::Start => {
                if at != self.of.start && !self.reading.opens_clause(at, self.of.clone()) {
                    return None;
                }
                self.sequence(more, at, rest)
            }
            Node::End => {
                let done =
                    at == self.of.end || at + 1 == self.of.end && self.reading.tokens[at as usize].ends();
                if done { self.sequence(more, at, rest) } else { None }
            }
            Node::Class(class) => {
                if at >= self.of.end {
                    return None;
                }
                // Phrases first: the longer reading is the better one.
                for hit in self.reading.phrases_at(at) {
                    if hit.class == *class && at + hit.len as u32 <= self.of.end {
                        let found = self.sequence(more, at + hit.len as u32, rest);
                        if found.is_some() {
                            return found;
                        }
                    }
                }
                let t = &self.reading.tokens[at as usize];
                if t.kind == TokenKind::Word && self.lexicon.classes(t.word).has(*class) {
                    return self.sequence(more, at + 1, rest);
                }
                None
            }
            single => {
                if at >= self.of.end {
                    return None;
                }
                let t = &self.reading.tokens[at as usize];
                let next = match single {
                    Node::Lemma(w) => (t.lemma == *w && t.kind == TokenKind::Word).then_some(at + 1),
                    Node::OneOf(words) => {
                        (t.kind == TokenKind::Word && words.binary_search(&t.lemma).is_ok()).then_some(at + 1)
                    }
                    Node::Exact(w) => (t.kind == TokenKind::Word && t.word == *w).then_some(at + 1),
                    Node::Mark(c) => t.is(*c).then_some(at + 1),
                    Node::Number => (t.kind == TokenKind::Number).then_some(at + 1),
                    Node::Placeholder => (t.kind == TokenKind::Placeholder).then_some(at + 1),
                    Node::Any => Some(at + 1),
                    Node::Quote => {
                        self.reading.quote_at(at).map(|q| q.outside.end).filter(|&e| e <= self.of.end)
                    }
                    _ => None,
                }?;
                self.sequence(more, next, rest)
            }
        }
    }

    /// The next place after one word of a gap; `None` where the gap may not go on.
    fn skip(&self, at: u32, wide: bool) -> Option<u32> {
        if at >= self.of.end {
            return None;
        }
        // A quotation is skipped whole, and only by a wide gap.
        if let Some(q) = self.reading.quote_at(at) {
            return wide.then_some(q.outside.end);
        }
        let t = &self.reading.tokens[at as usize];
        let stops = t.is(';') || t.is(':') || t.is('.') || t.is('!') || t.is('?');
        (wide || !stops).then_some(at + 1)
    }
}
