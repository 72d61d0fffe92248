//! A sentence → how surely it is over-scripted, how surely it says what a customer gets.
//!
//! A linear model over words, word classes, marks and neighbours. It never speaks alone to a reader: it tells patterns
//! that fit by accident from patterns that mean it, and where it is sure that a sentence takes the room away although
//! no pattern saw it, it names the rule the sentence comes closest to. Its weights are data
//! (`rules/judgement.bin`, made by `tests/quality/train.rs` from the labelled corpus beside that file).
//!
//! Features are hashed into a table of a fixed size (Weinberger et al., *Feature Hashing for Large Scale Multitask
//! Learning*, 2009), so that a word costs a few additions and no dictionary.

use crate::document::{BlockKind, Document};
pub use crate::language::Opinion;
use crate::language::{Actor, Force, Lexicon, Mark, Reading, Sentence, TokenKind};

/// Size of the table of the two questions; a power of two.
pub const BUCKETS: usize = 1 << 19;
/// Size of the table that names rules; a power of two.
pub const NAME_BUCKETS: usize = 1 << 12;
/// The two questions, in the order of the table: over-scripted? an outcome?
pub const QUESTIONS: usize = 2;

static DATA: &[u8] = include_bytes!("../rules/judgement.bin");

/// The model.
#[derive(Clone, Debug)]
pub struct Judge {
    /// [`QUESTIONS`] weights a bucket.
    weights: &'static [u8],
    bias: [f32; QUESTIONS],
    scale: [f32; QUESTIONS],
    /// Weights of the second look, for each question.
    second: [[f32; SURROUNDINGS]; QUESTIONS],
    /// The rules it can name, in the order of the table.
    names: Vec<&'static str>,
    name_weights: &'static [u8],
    name_bias: Vec<f32>,
    name_scale: f32,
}

impl Judge {
    /// The model that ships with the program; `None` where its data are empty (before the first training).
    pub fn builtin() -> Option<Judge> {
        let mut at = 0;
        let mut take = |n: usize| {
            let part = DATA.get(at..at + n)?;
            at += n;
            Some(part)
        };
        let float = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        let head = take(4 * 2 * QUESTIONS + 8)?;
        let bias = std::array::from_fn(|q| float(&head[q * 4..]));
        let scale = std::array::from_fn(|q| float(&head[(QUESTIONS + q) * 4..]));
        let second = take(4 * SURROUNDINGS * QUESTIONS)?;
        let second =
            std::array::from_fn(|q| std::array::from_fn(|i| float(&second[(q * SURROUNDINGS + i) * 4..])));
        let name_scale = float(&head[8 * QUESTIONS..]);
        let count = float(&head[8 * QUESTIONS + 4..]) as usize;
        let mut names = Vec::new();
        let mut name_bias = Vec::new();
        for _ in 0..count {
            let n = take(1)?[0] as usize;
            names.push(std::str::from_utf8(take(n)?).ok()?);
            name_bias.push(float(take(4)?));
        }
        let weights = take(BUCKETS * QUESTIONS)?;
        let name_weights = take(NAME_BUCKETS * count)?;
        Some(Judge { weights, bias, scale, second, names, name_weights, name_bias, name_scale })
    }

    /// Its opinion of every sentence of a document: a first look at each by itself, and a second at each among its
    /// neighbours, for a line in a document full of scripts is more likely one than the same line elsewhere.
    pub fn opinions(&self, doc: &Document, reading: &Reading, lexicon: &Lexicon) -> Vec<Opinion> {
        let mut features = Vec::with_capacity(512);
        let first: Vec<Opinion> = (0..reading.sentences.len())
            .map(|i| {
                features.clear();
                self::features(doc, reading, lexicon, i, &mut features);
                self.opinion(&features)
            })
            .collect();
        let around = Surroundings::of(doc, reading, &first);
        (0..first.len())
            .map(|i| {
                let answer = |q: usize| {
                    let x = around.at(doc, reading, &first, i, q);
                    x.iter().zip(&self.second[q]).map(|(x, w)| x * w).sum()
                };
                Opinion { scripted: answer(0), outcome: answer(1) }
            })
            .collect()
    }

    /// Its first opinion of a sentence, given the sentence's features.
    pub fn opinion(&self, features: &[u32]) -> Opinion {
        let mut sums = [0i32; QUESTIONS];
        for f in features {
            let at = (*f as usize & (BUCKETS - 1)) * QUESTIONS;
            if let Some(w) = self.weights.get(at..at + QUESTIONS) {
                for (s, &w) in sums.iter_mut().zip(w) {
                    *s += w as i8 as i32;
                }
            }
        }
        let norm = norm(features.len());
        let answer = |q: usize| self.bias[q] + self.scale[q] * norm * sums[q] as f32;
        Opinion { scripted: answer(0), outcome: answer(1) }
    }

    /// The rules a sentence comes closest to, the closest first, with log-odds.
    pub fn nearest(&self, features: &[u32]) -> Vec<(&'static str, f32)> {
        let count = self.names.len();
        let mut sums = vec![0i32; count];
        for f in features {
            let at = (*f as usize & (NAME_BUCKETS - 1)) * count;
            for (s, &w) in sums.iter_mut().zip(&self.name_weights[at..at + count]) {
                *s += w as i8 as i32;
            }
        }
        let norm = norm(features.len());
        let mut out: Vec<_> = self
            .names
            .iter()
            .zip(sums)
            .zip(&self.name_bias)
            .map(|((n, s), b)| (*n, b + self.name_scale * norm * s as f32))
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }
}

/// How many figures describe the surroundings of a sentence.
pub const SURROUNDINGS: usize = 16;

/// What the first look found in a document as a whole.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// For each question, the summed probability over all sentences.
    sums: [f32; QUESTIONS],
    sections: Vec<[f32; QUESTIONS]>,
    counts: Vec<f32>,
    technical: f32,
    duty: f32,
}

fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// The log-odds of a share, held away from certainty.
fn odds(share: f32) -> f32 {
    let p = share.clamp(0.02, 0.98);
    (p / (1.0 - p)).ln()
}

fn answer(o: &Opinion, question: usize) -> f32 {
    if question == 0 { o.scripted } else { o.outcome }
}

impl Surroundings {
    /// Sums the first look up.
    pub fn of(doc: &Document, reading: &Reading, first: &[Opinion]) -> Surroundings {
        let mut s = Surroundings {
            sums: [0.0; QUESTIONS],
            sections: vec![[0.0; QUESTIONS]; doc.sections.len()],
            counts: vec![0.0; doc.sections.len()],
            technical: 0.0,
            duty: 0.0,
        };
        for (sentence, o) in reading.sentences.iter().zip(first) {
            let section = doc.blocks[sentence.block as usize].section as usize;
            for q in 0..QUESTIONS {
                let p = chance(answer(o, q));
                s.sums[q] += p;
                if let Some(sum) = s.sections.get_mut(section) {
                    sum[q] += p;
                }
            }
            if let Some(n) = s.counts.get_mut(section) {
                *n += 1.0;
            }
            s.technical += sentence.marks.has(Mark::Technical) as u8 as f32;
            s.duty += sentence.marks.has(Mark::Duty) as u8 as f32;
        }
        let n = first.len().max(1) as f32;
        s.technical /= n;
        s.duty /= n;
        s
    }

    /// The figures for one sentence and one question. The sentence itself is left out of every mean.
    pub fn at(
        &self,
        doc: &Document,
        reading: &Reading,
        first: &[Opinion],
        i: usize,
        q: usize,
    ) -> [f32; SURROUNDINGS] {
        let s = &reading.sentences[i];
        let block = &doc.blocks[s.block as usize];
        let own = answer(&first[i], q);
        let p = chance(own);
        // Means lean towards what is usual where there is little to go by.
        let mean = |sum: f32, n: f32, usual: f32| (sum + usual * 3.0) / (n + 3.0);
        let rest = mean(self.sums[q] - p, first.len() as f32 - 1.0, 0.2);
        let section = block.section as usize;
        let here = mean(
            self.sections.get(section).map_or(0.0, |x| x[q]) - p,
            self.counts.get(section).copied().unwrap_or(1.0) - 1.0,
            rest,
        );
        let near = |at: Option<usize>| {
            at.and_then(|at| Some((first.get(at)?, reading.sentences.get(at)?)))
                .filter(|(_, n)| doc.blocks[n.block as usize].section == block.section)
                .map_or(-1.0, |(o, _)| answer(o, q).clamp(-4.0, 4.0))
        };
        let flag = |yes: bool| yes as u8 as f32;
        [
            1.0,
            own,
            odds(rest),
            odds(here),
            near(i.checked_sub(1)),
            near(Some(i + 1)),
            answer(&first[i], 1 - q).clamp(-4.0, 4.0),
            self.technical,
            self.duty,
            flag(matches!(block.kind, BlockKind::Heading { .. })),
            flag(matches!(block.kind, BlockKind::Cell { .. })),
            flag(matches!(block.kind, BlockKind::Fence { .. }) || block.quoted > 0),
            flag(matches!(block.kind, BlockKind::Item { .. })),
            flag(s.marks.has(Mark::StaffQuote)),
            flag(s.marks.has(Mark::Customer)),
            flag(s.marks.has(Mark::Duty)),
        ]
    }
}

/// Long sentences have more features; without this they would shout.
pub fn norm(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

/// Kinds of feature, so that the same word means different things in different places.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Tag {
    Word = 1,
    Pair,
    Triple,
    Skip,
    ClassPair,
    WordClass,
    ClassWord,
    Quoted,
    QuotedPair,
    Gram,
    Class,
    Mark,
    MarkPair,
    First,
    FirstPair,
    Last,
    Kind,
    Length,
    Heading,
    HeadingClass,
    Before,
    After,
    BeforeMark,
    AfterMark,
    Shape,
    Title,
}

#[inline]
fn hash(tag: Tag, a: u32, b: u32) -> u32 {
    let h = (tag as u32).wrapping_mul(0x9e37_79b1)
        ^ a.wrapping_mul(0x85eb_ca6b).rotate_left(13)
        ^ b.wrapping_mul(0xc2b2_ae35);
    let h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    (h ^ (h >> 13)).wrapping_mul(0x297a_2d39) ^ (h >> 16)
}

/// The features of one sentence, appended to `out`.
pub fn features(doc: &Document, r: &Reading, lexicon: &Lexicon, index: usize, out: &mut Vec<u32>) {
    let Some(s) = r.sentences.get(index) else { return };
    let text = doc.flat.text();
    let tokens = r.tokens_of(s);
    // Tokens of two kinds of speech: what the document says, and what it quotes.
    let (mut p1, mut p2, mut c1) = (0u32, 0u32, 0u32);
    let mut quoted = false;
    let mut words = 0u32;
    let mut quote = r.quotes_in(&s.tokens).iter().peekable();
    for (i, t) in tokens.iter().enumerate() {
        let at = s.tokens.start + i as u32;
        while quote.peek().is_some_and(|q| q.outside.end <= at) {
            quote.next();
        }
        let inside = quote.peek().is_some_and(|q| q.inside.contains(&at) && q.words > 1);
        if inside != quoted {
            quoted = inside;
            (p1, p2, c1) = (7, 7, 7);
        }
        let (w, c) = match t.kind {
            TokenKind::Word => {
                words += 1;
                (t.hash, lexicon.signature(t.word))
            }
            TokenKind::Number => (3, 3),
            TokenKind::Placeholder => (4, 4),
            TokenKind::Opaque => (5, 5),
            TokenKind::Open | TokenKind::Close => (6, 6),
            TokenKind::Mark => (t.hash.wrapping_add(64), t.hash.wrapping_add(64)),
        };
        if quoted {
            out.push(hash(Tag::Quoted, w, 0));
            out.push(hash(Tag::QuotedPair, p1, w));
        } else {
            out.push(hash(Tag::Word, w, 0));
            out.push(hash(Tag::Pair, p1, w));
            out.push(hash(Tag::Skip, p2, w));
            out.push(hash(Tag::Triple, p2.rotate_left(7) ^ p1, w));
            out.push(hash(Tag::ClassPair, c1, c));
            out.push(hash(Tag::WordClass, p1, c));
            out.push(hash(Tag::ClassWord, c1, w));
        }
        if t.kind == TokenKind::Word {
            grams(text.get(t.text().range()).unwrap_or_default(), out);
        }
        if i == 0 {
            out.push(hash(Tag::First, w, 0));
            out.push(hash(Tag::First, c, 1));
        } else if i == 1 {
            out.push(hash(Tag::FirstPair, p1, w));
        }
        if i + 1 == tokens.len() {
            out.push(hash(Tag::Last, w, 0));
        }
        (p2, p1, c1) = (p1, w, c);
    }
    for class in s.classes.iter() {
        out.push(hash(Tag::Class, lexicon.class_hash(class), 0));
    }
    let bits = own_marks(s);
    for m in ones(bits) {
        out.push(hash(Tag::Mark, m, 0));
        out.extend(ones(bits & !((2 << m) - 1)).map(|n| hash(Tag::MarkPair, m, n)));
    }
    out.push(hash(Tag::Shape, actor(s.marks.actor), force(s.marks.force)));
    out.push(hash(Tag::Length, (words / 4).min(8), 0));
    let block = &doc.blocks[s.block as usize];
    out.push(hash(Tag::Kind, kind(&block.kind), (block.quoted > 0) as u32));
    context(doc, r, lexicon, index, out);
}

/// Features of what stands around a sentence: headings, the sentence before, the sentence after.
fn context(doc: &Document, r: &Reading, lexicon: &Lexicon, index: usize, out: &mut Vec<u32>) {
    let s = &r.sentences[index];
    let block = &doc.blocks[s.block as usize];
    let mut section = Some(block.section);
    let mut depth = 0;
    while let Some(at) = section
        && let Some(sec) = doc.sections.get(at as usize)
    {
        if let Some(h) = sec.heading
            && h != s.block
        {
            for title in r.of_block(h) {
                for t in r.tokens_of(title).iter().filter(|t| t.kind == TokenKind::Word) {
                    let tag = if depth == 0 { Tag::Heading } else { Tag::Title };
                    out.push(hash(tag, t.hash, 0));
                    out.push(hash(Tag::HeadingClass, lexicon.signature(t.word), (depth > 0) as u32));
                }
            }
        }
        depth += 1;
        section = sec.parent.filter(|_| depth < 4);
    }
    let neighbour =
        |at: usize| r.sentences.get(at).filter(|n| doc.blocks[n.block as usize].section == block.section);
    let mut beside = |n: Option<&Sentence>, words: Tag, marks: Tag| {
        let Some(n) = n else {
            out.push(hash(marks, 99, 0));
            return;
        };
        for t in r.tokens_of(n).iter().take(3) {
            out.push(hash(words, t.hash, 0));
        }
        out.extend(ones(own_marks(n)).map(|m| hash(marks, m, 0)));
        out.push(hash(marks, 50 + actor(n.marks.actor), force(n.marks.force)));
    };
    beside(index.checked_sub(1).and_then(neighbour), Tag::Before, Tag::BeforeMark);
    beside(neighbour(index + 1), Tag::After, Tag::AfterMark);
}

/// The places of the bits that are set, from the lowest.
fn ones(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let one = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(one)
    })
}

/// Four letters in a row, the word's ends counted as letters: what endings, misspellings and words nobody listed have in
/// common with known ones.
fn grams(word: &str, out: &mut Vec<u32>) {
    let mut last = u32::from(b'_');
    // A typewriter's apostrophe and a printer's are one.
    let straight = word.split_inclusive('’').flat_map(|part| match part.strip_suffix('’') {
        Some(before) => before.bytes().chain(Some(b'\'')),
        None => part.bytes().chain(None),
    });
    let mut letters = straight.map(|b| b | 0x20).chain([b'_']).enumerate().peekable();
    while let Some((i, b)) = letters.next() {
        last = last << 8 | u32::from(b);
        if i >= 2 || letters.peek().is_none() {
            out.push(hash(Tag::Gram, last, 0));
        }
    }
}

/// The marks of a sentence without the one the model itself gives.
fn own_marks(s: &Sentence) -> u64 {
    s.marks.bits & !(1 << Mark::Outcome as u8)
}

fn actor(a: Actor) -> u32 {
    a as u32
}

fn force(f: Force) -> u32 {
    f as u32
}

fn kind(k: &BlockKind) -> u32 {
    match k {
        BlockKind::Heading { .. } => 0,
        BlockKind::Paragraph => 1,
        BlockKind::Item { .. } => 2,
        BlockKind::Cell { header, .. } => 3 + *header as u32,
        BlockKind::Fence { .. } => 5,
        BlockKind::Code => 6,
    }
}
