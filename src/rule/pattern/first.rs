//! A pattern → what a match of it can begin with, so that most places are passed over at a look.

use super::{Node, Words};
use crate::language::{ClassSet, Lexicon, Reading, TokenKind};

/// What a match can begin with.
#[derive(Clone, Debug, Default)]
pub(super) struct First {
    /// Anything at all.
    any: bool,
    words: Words,
    classes: ClassSet,
    quote: bool,
    /// Anything but a word.
    other: bool,
}

impl First {
    /// What a match of a sequence can begin with.
    pub(super) fn of(nodes: &[Node]) -> First {
        let mut first = First::default();
        if first.open(nodes) {
            first.any = true;
        }
        first
    }

    /// Adds what a sequence can begin with; true where it can also be passed without taking anything.
    fn open(&mut self, nodes: &[Node]) -> bool {
        for node in nodes {
            let passes = match node {
                Node::Lemma(w) | Node::Exact(w) => {
                    self.words.add(*w);
                    false
                }
                Node::OneOf(words) => {
                    words.iter().for_each(|w| self.words.add(*w));
                    false
                }
                Node::Class(c) => {
                    self.classes.add(*c);
                    false
                }
                Node::Quote => {
                    self.quote = true;
                    false
                }
                Node::Mark(_) | Node::Number | Node::Placeholder => {
                    self.other = true;
                    false
                }
                Node::Any | Node::Gap { .. } | Node::End => {
                    self.any = true;
                    false
                }
                Node::Start | Node::Not(_) => true,
                Node::Optional(inner) => {
                    self.open(inner);
                    true
                }
                // Each of them is looked at, also behind one that can be passed.
                Node::Either(either) => {
                    let passed: Vec<bool> = either.iter().map(|e| self.open(e)).collect();
                    passed.contains(&true)
                }
            };
            if !passes {
                return false;
            }
        }
        true
    }

    /// Whether a match may begin at a token.
    #[inline]
    pub(super) fn may_open(&self, reading: &Reading, lexicon: &Lexicon, at: u32) -> bool {
        let t = &reading.tokens[at as usize];
        self.any
            || self.quote && t.opens.quote
            || match t.kind {
                TokenKind::Word => {
                    self.words.may_have(t.lemma)
                        || self.words.may_have(t.word)
                        || lexicon.classes(t.word).meets(&self.classes)
                        || t.opens.phrase && reading.phrases_at(at).iter().any(|h| self.classes.has(h.class))
                }
                _ => self.other,
            }
    }
}
