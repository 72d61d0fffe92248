//! Many patterns → the few that are worth trying on a sentence, by one word or class each of them cannot do without.

use super::{Key, Pattern};
use crate::language::{ClassId, ClassSet, Token, WordId};

/// Which of a list of patterns can fit where.
#[derive(Debug, Default)]
pub struct Index {
    /// For each word, where its patterns lie in `lists`; one entry more than words.
    by_word: Vec<u32>,
    lists: Vec<u32>,
    by_class: Vec<(ClassId, Vec<u32>)>,
    classes: ClassSet,
    always: Vec<u32>,
    /// How many patterns there are.
    patterns: usize,
}

impl Index {
    /// An index of patterns, by their place in the list.
    pub fn of<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Index {
        let mut index = Index::default();
        let mut words: Vec<(WordId, u32)> = Vec::new();
        let mut classes: Vec<(ClassId, u32)> = Vec::new();
        for (i, p) in patterns.enumerate() {
            index.patterns = i + 1;
            let i = i as u32;
            for key in &p.keys {
                match key {
                    Key::Word(w) => words.push((*w, i)),
                    Key::Class(c) => classes.push((*c, i)),
                    Key::Always => index.always.push(i),
                }
            }
        }
        words.sort_unstable();
        classes.sort_unstable();
        let most = words.last().map_or(0, |(w, _)| w.0 as usize + 1);
        index.by_word = vec![0; most + 1];
        for (w, _) in &words {
            index.by_word[w.0 as usize + 1] += 1;
        }
        for i in 0..most {
            index.by_word[i + 1] += index.by_word[i];
        }
        index.lists = words.into_iter().map(|(_, i)| i).collect();
        for of_one in classes.chunk_by(|a, b| a.0 == b.0) {
            index.classes.add(of_one[0].0);
            index.by_class.push((of_one[0].0, of_one.iter().map(|(_, i)| *i).collect()));
        }
        index
    }

    /// The patterns that could fit these tokens of a sentence with these classes, in order.
    pub fn tries(&self, tokens: &[Token], classes: &ClassSet) -> Vec<u32> {
        let mut seen = vec![0u64; self.patterns.div_ceil(64)];
        let mut add = |list: &[u32]| {
            for &i in list {
                seen[i as usize / 64] |= 1 << (i % 64);
            }
        };
        add(&self.always);
        if classes.meets(&self.classes) {
            for (class, list) in &self.by_class {
                if classes.has(*class) {
                    add(list);
                }
            }
        }
        for t in tokens.iter().filter(|t| t.word != WordId::UNKNOWN) {
            add(self.of_word(t.lemma));
            if t.lemma != t.word {
                add(self.of_word(t.word));
            }
        }
        let mut out = Vec::with_capacity(32);
        for (i, mut left) in seen.into_iter().enumerate() {
            while left != 0 {
                out.push((i * 64) as u32 + left.trailing_zeros());
                left &= left - 1;
            }
        }
        out
    }

    fn of_word(&self, word: WordId) -> &[u32] {
        match self.by_word.get(word.0 as usize..word.0 as usize + 2) {
            Some(&[from, to]) => &self.lists[from as usize..to as usize],
            _ => &[],
        }
    }
}
