//! The first words of a line → the word of the language they are, or were meant to be.

use crate::policy::vocabulary::{WORDS, Word, either};

/// What the first words of a line mean.
pub(super) enum Meaning {
    /// A word of the block it stands in.
    Known { word: &'static Word, words: usize },
    /// A word of another block.
    Elsewhere { word: &'static Word, words: usize },
    /// No word of the language, but near enough to one.
    Meant { word: &'static Word, words: usize },
    /// Nothing anybody could guess.
    Unknown,
}

/// Reads the first words of a line in a block; without a block, anything known is taken as it is.
pub(super) fn meaning(texts: &[&str], around: Option<&'static Word>) -> Meaning {
    let Some(block) = around else {
        return exact(texts, WORDS.iter())
            .map_or(Meaning::Unknown, |(word, words)| Meaning::Known { word, words });
    };
    let here = exact(texts, block.holds());
    let tried = tried(texts, block.holds());
    if let Some((word, words)) = tried.filter(|(_, n)| here.is_none_or(|(_, m)| *n > m)) {
        return Meaning::Meant { word, words };
    }
    if let Some((word, words)) = here {
        return Meaning::Known { word, words };
    }
    if let Some((word, words)) = exact(texts, WORDS.iter()) {
        return Meaning::Elsewhere { word, words };
    }
    let meant = nearest(texts, block.holds())
        .or_else(|| self::tried(texts, WORDS.iter()))
        .or_else(|| nearest(texts, WORDS.iter().filter(|w| w.phrase.len() > 3)));
    meant.map_or(Meaning::Unknown, |(word, words)| Meaning::Meant { word, words })
}

/// The word of a list that stands here letter for letter, the longest first.
pub(super) fn exact(
    texts: &[&str],
    words: impl Iterator<Item = &'static Word>,
) -> Option<(&'static Word, usize)> {
    let fits = |w: &&Word| begins(texts, w.phrase).is_some();
    let longest_first = words.filter(fits).fold(None::<&Word>, |best, w| match best {
        Some(b) if count(b.phrase) >= count(w.phrase) => best,
        _ => Some(w),
    });
    longest_first.map(|w| (w, count(w.phrase)))
}

/// The word of a list that people mean by what stands here.
fn tried(texts: &[&str], words: impl Iterator<Item = &'static Word>) -> Option<(&'static Word, usize)> {
    let pairs = words.flat_map(|w| w.tried.iter().map(move |t| (w, *t)));
    pairs.filter_map(|(w, t)| begins(texts, t).map(|n| (w, n))).reduce(|a, b| if b.1 > a.1 { b } else { a })
}

/// The word that was meant by what stands inside a line of `word`.
pub(super) fn tried_or_near(texts: &[&str], word: &'static Word) -> Option<(&'static Word, usize)> {
    tried(texts, word.holds()).or_else(|| nearest(texts, word.holds()))
}

/// The word of a list that is spelt most like what stands here.
fn nearest(texts: &[&str], words: impl Iterator<Item = &'static Word>) -> Option<(&'static Word, usize)> {
    let mut best: Option<(usize, &'static Word, usize)> = None;
    for word in words {
        let n = count(word.phrase).min(texts.len());
        let written = texts[..n].join(" ").to_lowercase();
        let distance = strsim::damerau_levenshtein(&written, word.phrase);
        let letters = written.chars().count().max(word.phrase.len());
        if distance * 3 <= letters && best.is_none_or(|(d, ..)| distance < d) {
            best = Some((distance, word, n));
        }
    }
    best.map(|(_, word, n)| (word, n))
}

/// A word of `block` that may have been meant by `word`, which does not belong there: `run by` by `by`.
pub(super) fn near_in_block(word: &Word, block: &'static Word) -> Option<&'static str> {
    let parts = |w: &Word| -> Vec<&'static str> { w.phrase.split(' ').collect() };
    block.holds().find(|w| parts(w).len() > 1 && parts(w).contains(&word.phrase)).map(|w| w.phrase)
}

/// Where a word stands, in words, whichever of its rows: "in `tight`", "at the top of a file".
pub(super) fn home(word: &Word) -> String {
    let mut homes: Vec<&str> =
        WORDS.iter().filter(|w| w.phrase == word.phrase).flat_map(|w| w.inside.iter().copied()).collect();
    homes.dedup();
    match homes.as_slice() {
        [""] => "at the top of a file".into(),
        many if many.len() > 8 => "in a block".into(),
        many => format!("in {}", either(many)),
    }
}

/// What a word is for, where it is the same in every block.
pub(super) fn only_meaning(word: &Word) -> Option<&'static str> {
    let mut rows = WORDS.iter().filter(|w| w.phrase == word.phrase);
    rows.next().filter(|_| rows.next().is_none()).map(|w| w.help)
}

fn count(phrase: &str) -> usize {
    phrase.split(' ').count()
}

/// How many words of `texts` the phrase takes up, where they begin with it.
fn begins(texts: &[&str], phrase: &str) -> Option<usize> {
    let n = count(phrase);
    let same = texts.len() >= n && phrase.split(' ').zip(texts).all(|(p, t)| t.eq_ignore_ascii_case(p));
    same.then_some(n)
}
