//! A document's text → sentences with marks: what each one does, to whom, with how much force.
//!
//! Rules do not see words but marks. Tokens are cut once, looked up once, and every later question (is this an order?
//! whose words are these? is a customer there?) is answered from the classes of the lexicon.

pub mod amount;
pub mod inflect;
pub mod key;
pub mod lexicon;
pub mod marks;
pub mod roles;
pub mod sentence;
pub mod stem;
pub mod stems;
pub mod token;

use std::ops::Range;

use crate::document::{BlockKind, Document};
use crate::source::Span;
pub use lexicon::{ClassId, ClassSet, Lexicon, WordId};
pub use marks::{Actor, Force, Mark, Marks};
pub use roles::Core;
pub use sentence::{PhraseHit, Quote};
pub use token::{Look, Token, TokenKind};

/// A document read as language.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All quotations, in order of their start.
    pub quotes: Vec<Quote>,
    /// All phrases of several words, in order of their first token.
    pub phrases: Vec<PhraseHit>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The sentences of each block.
    pub blocks: Vec<Range<u32>>,
    /// What the model thinks of each sentence; empty where no model was asked.
    pub opinions: Vec<Opinion>,
}

/// What the model thinks of a sentence, as log-odds: above 0 is more likely than not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Opinion {
    /// That it takes away room that should be the person's.
    pub scripted: f32,
    /// That it says what the customer gets.
    pub outcome: f32,
}

/// A sentence, heading, item or cell, and what it does.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Index of its block.
    pub block: u32,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its place in the flat text.
    pub text: Span,
    /// The classes of all its words and phrases.
    pub classes: ClassSet,
    /// What it does.
    pub marks: Marks,
}

impl Reading {
    /// The quotation that begins at a token (with or without its mark).
    #[inline]
    pub fn quote_at(&self, token: u32) -> Option<&Quote> {
        if !self.tokens.get(token as usize).is_some_and(|t| t.opens.quote) {
            return None;
        }
        let i = self.quotes.partition_point(|q| q.outside.start < token);
        self.quotes.get(i).filter(|q| q.outside.start == token)
    }

    /// The quotations that begin among these tokens.
    pub fn quotes_in(&self, tokens: &Range<u32>) -> &[Quote] {
        let from = self.quotes.partition_point(|q| q.outside.start < tokens.start);
        let to = self.quotes.partition_point(|q| q.outside.start < tokens.end);
        &self.quotes[from..to]
    }

    /// Whether a token stands inside a quotation.
    pub fn quoted(&self, token: u32) -> bool {
        let i = self.quotes.partition_point(|q| q.outside.start <= token);
        i.checked_sub(1).and_then(|i| self.quotes.get(i)).is_some_and(|q| token < q.outside.end)
    }

    /// The phrases that begin at a token.
    #[inline]
    pub fn phrases_at(&self, token: u32) -> &[PhraseHit] {
        if !self.tokens.get(token as usize).is_some_and(|t| t.opens.phrase) {
            return &[];
        }
        let from = self.phrases.partition_point(|h| h.first < token);
        let n = self.phrases[from..].iter().take_while(|h| h.first == token).count();
        &self.phrases[from..from + n]
    }

    /// Whether a clause begins at this token: behind a colon, a dash, a semicolon or a sentence's first comma.
    pub fn opens_clause(&self, token: u32, of: Range<u32>) -> bool {
        if token <= of.start {
            return true;
        }
        let before = &self.tokens[token as usize - 1];
        before.is(':')
            || before.is(';')
            || before.is('–')
            || before.is('—')
            || before.is('.')
            || before.is('!')
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, s: &Sentence) -> &[Token] {
        &self.tokens[s.tokens.start as usize..s.tokens.end as usize]
    }

    /// The indices of a block's sentences.
    pub fn indices_of_block(&self, block: u32) -> Range<u32> {
        self.blocks.get(block as usize).cloned().unwrap_or(0..0)
    }

    /// The sentences of a block.
    pub fn of_block(&self, block: u32) -> &[Sentence] {
        let r = self.indices_of_block(block);
        &self.sentences[r.start as usize..r.end as usize]
    }
}

/// Reads a document. Linear in its length.
pub fn read(doc: &Document, lexicon: &Lexicon, core: &Core) -> Reading {
    let bytes = doc.flat.text().len();
    let mut r = Reading {
        tokens: Vec::with_capacity(bytes / 5 + 8),
        sentences: Vec::with_capacity(bytes / 60 + 8),
        blocks: Vec::with_capacity(doc.blocks.len()),
        ..Reading::default()
    };
    let mut inline = 0;
    let mut cuts = Vec::new();
    for (b, block) in doc.blocks.iter().enumerate() {
        let first = r.sentences.len() as u32;
        while doc.inlines.get(inline).is_some_and(|i| i.text.end <= block.text.start) {
            inline += 1;
        }
        let here = doc.inlines[inline..].partition_point(|i| i.text.start < block.text.end);
        let inlines = &doc.inlines[inline..inline + here];
        if block.kind != BlockKind::Code {
            let start = r.tokens.len() as u32;
            token::tokenize(doc, block.text, inlines, lexicon, &mut r.tokens);
            let of = start..r.tokens.len() as u32;
            let quotes = r.quotes.len();
            sentence::quotes(&r.tokens, of.clone(), inlines, &mut r.quotes);
            for q in &r.quotes[quotes..] {
                r.tokens[q.outside.start as usize].opens.quote = true;
            }
            cuts.clear();
            sentence::split(doc, &r.tokens, of, &r.quotes[quotes..], &mut cuts);
            for tokens in cuts.drain(..) {
                let mut classes = ClassSet::EMPTY;
                sentence::phrases(&mut r.tokens, tokens.clone(), lexicon, &mut r.phrases, &mut classes);
                let text =
                    r.tokens[tokens.start as usize].text().join(r.tokens[tokens.end as usize - 1].text());
                r.sentences.push(Sentence {
                    block: b as u32,
                    tokens,
                    text,
                    classes,
                    marks: Marks::default(),
                });
            }
        }
        r.blocks.push(first..r.sentences.len() as u32);
    }
    marks::mark(doc, &mut r, lexicon, core);
    r
}
