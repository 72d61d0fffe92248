//! A word → its stem, so that two texts can be compared by what they speak of: "remembered", "remembers" and
//! "remember" are one; any person is "they"; articles and possessives say nothing. Shared with the build script, so that
//! what it writes down and what is looked for can never disagree.
//!
//! The stemmer is Porter's second English one (<https://snowballstem.org/algorithms/english/stemmer.html>).

use super::key;
use rust_stemmers::{Algorithm, Stemmer};
use std::sync::LazyLock;

/// A word as texts are compared by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stem {
    /// The hash of its stem; 0 for a word that is left out.
    pub hash: u32,
    /// Whether it denies what follows.
    pub denies: bool,
}

const NEGATIONS: [&str; 22] = [
    "no", "not", "never", "nobody", "without", "none", "nothing", "neither", "hardly", "nor", "instead",
    "rather", "free", "don't", "doesn't", "isn't", "needn't", "won't", "can't", "cannot", "stop", "less",
];
const DROPPED: [&str; 14] =
    ["a", "an", "the", "their", "her", "his", "our", "your", "my", "its", "this", "these", "that", "those"];
const PERSONS: [&str; 15] = [
    "they",
    "them",
    "she",
    "he",
    "him",
    "we",
    "us",
    "you",
    "i",
    "me",
    "themselves",
    "herself",
    "himself",
    "it",
    "somebody",
];

/// The hash of a stem.
pub fn hash(stem: &str) -> u32 {
    key::hash(stem.as_bytes()).max(1)
}

/// What an expression is found by: its only stem, or its first two. Many expressions share a first stem, few share two.
#[inline]
pub fn opening(first: u32, second: Option<u32>) -> u32 {
    second.map_or(first, |second| (first.rotate_left(9) ^ second).wrapping_mul(0x9e37_79b1).max(1))
}

impl Stem {
    /// The stem of a word without hyphens, as it is written.
    pub fn of(word: &str) -> Stem {
        let word = word.to_lowercase().replace('’', "'");
        let word = word.strip_suffix("'s").unwrap_or(&word);
        let denies = NEGATIONS.contains(&word) || word.ends_with("n't");
        let hash = if DROPPED.contains(&word) || word.is_empty() {
            0
        } else if PERSONS.contains(&word) {
            hash("they")
        } else {
            hash(&Stemmer::create(Algorithm::English).stem(word))
        };
        Stem { hash, denies }
    }
}

/// The words of a text, apostrophes inside kept, hyphenated ones in their parts.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|w| !w.is_empty())
}

/// The small words of the language, as stems: by themselves they point nowhere.
const SMALL: [&str; 64] = [
    "they",
    "is",
    "are",
    "be",
    "was",
    "to",
    "of",
    "and",
    "or",
    "in",
    "on",
    "at",
    "for",
    "with",
    "as",
    "by",
    "from",
    "do",
    "does",
    "have",
    "has",
    "had",
    "not",
    "no",
    "never",
    "without",
    "what",
    "when",
    "who",
    "how",
    "where",
    "which",
    "than",
    "more",
    "less",
    "all",
    "any",
    "every",
    "everyon",
    "everybodi",
    "peopl",
    "custom",
    "guest",
    "can",
    "will",
    "would",
    "should",
    "if",
    "after",
    "befor",
    "so",
    "up",
    "out",
    "about",
    "into",
    "feel",
    "get",
    "know",
    "leav",
    "make",
    "us",
    "one",
    "onli",
    "just",
];

/// Whether a stem is one of the small words.
pub fn is_small(stem: u32) -> bool {
    static HASHES: LazyLock<Vec<u32>> = LazyLock::new(|| {
        let mut all: Vec<u32> = SMALL.iter().map(|w| hash(w)).collect();
        all.sort_unstable();
        all
    });
    HASHES.binary_search(&stem).is_ok()
}
