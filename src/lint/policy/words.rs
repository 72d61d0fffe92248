//! `rules/policy-words.toml` → lists of expressions that are found in a text by their stems.

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The lists about the six steps, in their order: people, basics, empowerment, teachable moments, praise, alignment.
pub(in crate::lint) const STEPS: [&str; 6] =
    ["step-people", "step-basics", "step-empowerment", "step-teaching", "step-praise", "step-alignment"];

/// The lists, ready to be looked for.
#[derive(Debug)]
pub(in crate::lint) struct Words {
    written: HashMap<String, Vec<String>>,
    lists: HashMap<String, Vec<Vec<String>>>,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lint) struct Stem {
    /// Its stem.
    pub stem: String,
    /// Its bytes.
    pub at: Range<usize>,
}

impl Words {
    /// The lists that ship.
    pub fn builtin() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let written: HashMap<String, Vec<String>> =
                serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/policy-words.json")))
                    .unwrap_or_default();
            let entries = |list: &[String]| {
                list.iter().map(|e| stems(e).into_iter().map(|s| s.stem).collect()).collect()
            };
            Words {
                lists: written.iter().map(|(name, list)| (name.clone(), entries(list))).collect(),
                written,
            }
        })
    }

    /// The expressions of a list as they are written.
    pub fn written(&self, list: &str) -> &[String] {
        self.written.get(list).map_or(&[], Vec::as_slice)
    }

    /// Where expressions of a list stand in a text: the longest at each word.
    pub fn hits(&self, list: &str, text: &str) -> Vec<Range<usize>> {
        let words = stems(text);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(list, &words[at..]) {
                0 => at += 1,
                n => {
                    hits.push(words[at].at.start..words[at + n - 1].at.end);
                    at += n;
                }
            }
        }
        hits
    }

    /// Whether an expression of a list stands in a text.
    pub fn has(&self, list: &str, text: &str) -> bool {
        let words = stems(text);
        (0..words.len()).any(|at| self.longest(list, &words[at..]) > 0)
    }

    /// The words of a text that belong to none of these lists.
    pub fn beyond(&self, lists: &[&str], text: &str) -> Vec<Stem> {
        let words = stems(text);
        let mut left = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match lists.iter().map(|list| self.longest(list, &words[at..])).max().unwrap_or(0) {
                0 => {
                    left.push(words[at].clone());
                    at += 1;
                }
                n => at += n,
            }
        }
        left
    }

    /// How many words the longest expression of a list takes that begins here.
    fn longest(&self, list: &str, words: &[Stem]) -> usize {
        let entries = self.lists.get(list).map_or(&[][..], Vec::as_slice);
        let fits = |entry: &&Vec<String>| {
            entry.len() <= words.len() && entry.iter().zip(words).all(|(e, w)| *e == w.stem)
        };
        entries.iter().filter(fits).map(Vec::len).max().unwrap_or(0)
    }
}

/// The words of a text with their stems; hyphens part words.
pub(in crate::lint) fn stems(text: &str) -> Vec<Stem> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut out = Vec::new();
    let mut from = None;
    let ends = text.char_indices().map(|(i, c)| (i, Some(c))).chain([(text.len(), None)]);
    for (i, c) in ends {
        let inside = c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
        match (from, inside) {
            (None, true) => from = Some(i),
            (Some(start), false) => {
                let word = text[start..i].trim_matches(['\'', '’']).to_lowercase().replace('’', "'");
                if !word.is_empty() {
                    out.push(Stem { stem: stemmer.stem(&word).into_owned(), at: start..i });
                }
                from = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_found_by_their_stems_and_where_they_stand() {
        let words = Words::builtin();
        let text = "We keep exceeding expectations with world-class coats.";
        let found: Vec<&str> = words.hits("filler", text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["exceeding expectations", "world-class"]);
        let left: Vec<&str> =
            words.beyond(&["filler", "grammar"], text).into_iter().map(|s| &text[s.at]).collect();
        assert_eq!(left, ["keep", "coats"]);
    }

    #[test]
    fn every_list_that_is_asked_for_is_there() {
        let lists = &Words::builtin().lists;
        for name in [
            "filler",
            "carrier",
            "grammar",
            "vague",
            "vague-carrier",
            "activity",
            "manner",
            "circular",
            "hedge",
            "leave",
            "amount",
            "whole",
        ] {
            assert!(lists.get(name).is_some_and(|l| !l.is_empty()), "{name}");
        }
    }
}
