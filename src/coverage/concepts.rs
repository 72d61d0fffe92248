//! `rules/concepts.toml` → what a sentence, or a declared outcome, speaks of: recognised, heard, in control …

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

/// The stems of a text in order, with negations marked.
#[derive(Clone, Debug, Default)]
pub struct Stems {
    stems: Vec<u32>,
    /// Where a negation stands shortly before.
    denied: Vec<bool>,
}

/// One concept as written.
#[derive(Debug, Deserialize)]
struct Written {
    about: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    opposites: Vec<String>,
    #[serde(default)]
    field: Vec<String>,
    #[serde(default)]
    statement: Vec<String>,
}

/// An expression that speaks for a concept.
#[derive(Clone, Debug)]
struct Entry {
    rest: Vec<u32>,
    concept: u16,
    weight: f32,
    denied: bool,
}

/// All concepts, ready to be looked for.
#[derive(Debug)]
pub struct Concepts {
    names: Vec<String>,
    about: Vec<String>,
    /// By first stem; for sentences of documents.
    entries: HashMap<u32, Vec<Entry>>,
    /// By first stem; for declared outcomes.
    statements: HashMap<u32, Vec<Entry>>,
}

/// How much a text speaks for each concept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile(Vec<f32>);

impl Profile {
    /// How alike two profiles are; this one is of length 1.
    pub fn dot(&self, other: &Profile) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }
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

fn small() -> Vec<u32> {
    SMALL.iter().map(|w| hash(w)).collect()
}

fn hash(word: &str) -> u32 {
    crate::language::key::hash(word.as_bytes())
}

impl Stems {
    /// The stems of a text.
    pub fn of(text: &str) -> Stems {
        Stems::from_words(text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))))
    }

    /// The stems of words.
    pub fn from_words<'a>(words: impl Iterator<Item = &'a str>) -> Stems {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut out = Stems::default();
        let mut since = usize::MAX;
        for word in words {
            // A hyphenated word is its parts, as everywhere.
            for word in word.split(['-', '‑']).filter(|w| !w.is_empty()) {
                let word = word.to_lowercase().replace('’', "'");
                let word = word.strip_suffix("'s").unwrap_or(&word);
                if NEGATIONS.contains(&word) || word.ends_with("n't") {
                    since = 0;
                } else {
                    since = since.saturating_add(1);
                }
                if DROPPED.contains(&word) || word.is_empty() {
                    continue;
                }
                let stem = if PERSONS.contains(&word) { hash("they") } else { hash(&stemmer.stem(word)) };
                out.stems.push(stem);
                out.denied.push(since <= 6 && since > 0);
            }
        }
        out
    }

    /// All stems in order.
    pub fn all(&self) -> Vec<u32> {
        self.stems.clone()
    }

    /// The stems that say something: not persons, not the small words of the language.
    pub fn telling(&self) -> Vec<u32> {
        let small = small();
        let mut out: Vec<u32> = Vec::new();
        for s in &self.stems {
            if !small.contains(s) && !out.contains(s) {
                out.push(*s);
            }
        }
        out
    }

    /// Whether a stem stands in it.
    pub fn has(&self, stem: u32) -> bool {
        self.stems.contains(&stem)
    }

    /// Whether a run of stems stands in it.
    pub fn holds(&self, run: &[u32]) -> bool {
        !run.is_empty() && self.stems.windows(run.len()).any(|w| w == run)
    }
}

impl Concepts {
    /// The concepts that ship with the program.
    pub fn builtin() -> Concepts {
        let written: std::collections::BTreeMap<String, Written> =
            serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/concepts.json")))
                .unwrap_or_default();
        let mut c = Concepts {
            names: Vec::new(),
            about: Vec::new(),
            entries: HashMap::new(),
            statements: HashMap::new(),
        };
        for (name, w) in written {
            let id = c.names.len() as u16;
            let mut add = |list: &[String], weight: f32, alone: f32, denied: bool| {
                for text in list {
                    let stems = Stems::of(text).all();
                    let weight = if stems.len() == 1 { alone } else { weight };
                    push(&mut c.entries, stems, id, weight, denied);
                }
            };
            add(&w.words, 1.5, 1.5, false);
            add(&w.phrases, 1.5, 1.5, false);
            add(&w.signs, 1.2, 0.8, false);
            add(&w.opposites, 1.0, 1.0, true);
            add(&w.field, 0.9, 0.9, false);
            for list in [&w.statement, &w.words, &w.phrases] {
                for text in list {
                    let stems = Stems::of(text).all();
                    let weight = 2.0 * (1.0 + 0.5 * (stems.len() as f32 - 1.0));
                    push(&mut c.statements, stems, id, weight, false);
                }
            }
            c.names.push(name);
            c.about.push(w.about);
        }
        thin(&mut c.entries);
        thin(&mut c.statements);
        let small = small();
        c.entries.retain(|first, list| {
            list.retain(|e| !e.rest.is_empty() || !small.contains(first));
            !list.is_empty()
        });
        c
    }

    /// What the text of a declared outcome speaks for, as a profile of length 1.
    pub fn profile(&self, parts: &[&str]) -> Profile {
        let mut sum = vec![0.0; self.names.len()];
        for part in parts {
            find(&self.statements, &Stems::of(part), &mut sum);
        }
        let length = sum.iter().map(|x| x.min(6.0) * x.min(6.0)).sum::<f32>().sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|x| *x = x.min(6.0) / length);
        }
        Profile(sum)
    }

    /// What a sentence speaks for.
    pub fn read(&self, stems: &Stems) -> Profile {
        let mut sum = vec![0.0; self.names.len()];
        find(&self.entries, stems, &mut sum);
        sum.iter_mut().for_each(|x| *x = x.min(3.0));
        Profile(sum)
    }

    /// The concepts of a profile by name, the strongest first.
    pub fn named(&self, profile: &Profile) -> Vec<(&str, f32)> {
        let mut out: Vec<_> = self
            .names
            .iter()
            .map(String::as_str)
            .zip(profile.0.iter().copied())
            .filter(|(_, w)| *w > 0.0)
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }

    /// Every concept with the line that explains it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(String::as_str).zip(self.about.iter().map(String::as_str))
    }
}

fn push(to: &mut HashMap<u32, Vec<Entry>>, stems: Vec<u32>, concept: u16, weight: f32, denied: bool) {
    let Some((&first, rest)) = stems.split_first() else { return };
    let list = to.entry(first).or_default();
    if !list.iter().any(|e| e.concept == concept && e.rest == rest && e.denied == denied) {
        list.push(Entry { rest: rest.to_vec(), concept, weight, denied });
    }
}

/// An expression that speaks for several concepts speaks less for each.
fn thin(entries: &mut HashMap<u32, Vec<Entry>>) {
    for list in entries.values_mut() {
        let counts: Vec<f32> = list
            .iter()
            .map(|e| list.iter().filter(|o| o.rest == e.rest && o.denied == e.denied).count() as f32)
            .collect();
        for (e, n) in list.iter_mut().zip(counts) {
            e.weight /= n.sqrt();
        }
    }
}

fn find(entries: &HashMap<u32, Vec<Entry>>, stems: &Stems, sum: &mut [f32]) {
    let mut seen: Vec<(u16, u32, usize)> = Vec::new();
    for (i, s) in stems.stems.iter().enumerate() {
        for e in entries.get(s).into_iter().flatten() {
            if stems.stems.get(i + 1..i + 1 + e.rest.len()) != Some(e.rest.as_slice())
                || e.denied && !stems.denied[i]
            {
                continue;
            }
            // The same expression twice in a sentence is said once.
            let key = (e.concept, *s, e.rest.len());
            if !seen.contains(&key) {
                seen.push(key);
                if let Some(x) = sum.get_mut(e.concept as usize) {
                    *x += e.weight;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concept_explains_itself_and_is_found_by_its_own_words() {
        let c = Concepts::builtin();
        assert!(c.names.len() >= 40);
        let profile = c.profile(&["Guests feel recognised as individuals"]);
        assert_eq!(c.named(&profile).first().map(|n| n.0), Some("recognised"));
    }

    #[test]
    fn an_opposite_counts_only_where_it_is_denied() {
        let c = Concepts::builtin();
        let denied = c.read(&Stems::of("They never have to repeat themselves"));
        let said = c.read(&Stems::of("They have to repeat themselves"));
        assert!(denied.0.iter().sum::<f32>() > said.0.iter().sum::<f32>());
    }
}
