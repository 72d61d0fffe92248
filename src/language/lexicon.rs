//! Words → classes. The built-in table is made by `build.rs` from `rules/lexicon/en`; words of a policy and of users'
//! packs are laid over it at start-up.
//!
//! Layout of the table (little endian): six counts of 32 bits (classes, sets, words, slots, phrases, bytes of text);
//! class names (length, bytes); sets of classes (64 bits each [`key::MAX_CLASSES`] / 64 times); words (offset of the text 4, base form
//! 2, set 2, length 1, form 1, whether it denies 1, padding 1, stem 4); slots of the index (2 each, `u16::MAX` empty); phrases (count 1, class 2,
//! words 2 each); text.

use crate::language::inflect::{self, Form, Inflect};
use crate::language::key;
use crate::language::stem::Stem;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// The number of a word form; [`WordId::UNKNOWN`] for a word nobody listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u16);

impl WordId {
    /// A word that is in no table.
    pub const UNKNOWN: WordId = WordId(u16::MAX);
}

/// The number of a word class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

impl ClassId {
    /// A class that no lexicon has; matches nothing.
    pub const NONE: ClassId = ClassId(u16::MAX);
}

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ClassSet([u64; key::MAX_CLASSES / 64]);

impl ClassSet {
    /// The empty set.
    pub const EMPTY: ClassSet = ClassSet([0; key::MAX_CLASSES / 64]);

    /// Whether the class is in it.
    #[inline]
    pub fn has(&self, class: ClassId) -> bool {
        self.0.get(class.0 as usize / 64).is_some_and(|w| w & (1 << (class.0 % 64)) != 0)
    }

    /// Adds a class.
    pub fn add(&mut self, class: ClassId) {
        if let Some(w) = self.0.get_mut(class.0 as usize / 64) {
            *w |= 1 << (class.0 % 64);
        }
    }

    /// Adds all classes of another set.
    #[inline]
    pub fn join(&mut self, other: &ClassSet) {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a |= b;
        }
    }

    /// Whether the two share a class.
    #[inline]
    pub fn meets(&self, other: &ClassSet) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    /// Whether no class is in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&w| w == 0)
    }

    /// The classes in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = ClassId> + '_ {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(ClassId((i * 64) as u16 + bit as u16))
            })
        })
    }
}

#[derive(Clone, Copy)]
struct Record {
    text: u32,
    lemma: u16,
    set: u16,
    len: u8,
    form: u8,
    /// Not worked out for words that were added: most of them stand in no document.
    stem: Option<Stem>,
}

/// A phrase of several words and its class.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    /// Where its base forms after the second begin, and how many there are.
    further: u32,
    len: u8,
    class: ClassId,
    /// The next phrase that begins with the same two; `u16::MAX` after the last.
    next: u16,
}

/// All words the linter knows.
#[derive(Clone)]
pub struct Lexicon {
    classes: Vec<String>,
    /// The hashes of the classes' names in order, each with its class.
    by_name: Vec<(u32, u16)>,
    sets: Vec<ClassSet>,
    words: Vec<Record>,
    slots: Vec<u16>,
    /// The text of the built-in words stays in the table; that of added words follows here.
    text_base: usize,
    text_len: usize,
    added: String,
    /// Those that begin with the same two base forms lead to each other.
    phrases: Vec<Phrase>,
    /// The further base forms of all phrases.
    further: Vec<u16>,
    /// Open-addressed: two base forms, the first and the last phrase that begin with them; `u16::MAX` is empty.
    pairs: Vec<(u32, u16, u16)>,
    /// A hash of the names of each set's classes, the same from build to build.
    signatures: Vec<u32>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon")
            .field("classes", &self.classes.len())
            .field("words", &self.words.len())
            .finish()
    }
}

fn u16_at(b: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([b[at], b[at + 1]])
}

fn u32_at(b: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]])
}

fn u64_at(b: &[u8], at: usize) -> u64 {
    u32_at(b, at) as u64 | (u32_at(b, at + 4) as u64) << 32
}

impl Lexicon {
    /// The built-in English lexicon.
    pub fn english() -> Self {
        let b = TABLE;
        let count = |i: usize| u32_at(b, i * 4) as usize;
        let [classes, sets, words, slots, phrases, text] = [0, 1, 2, 3, 4, 5].map(count);
        let mut at = 24;
        let mut lexicon = Lexicon {
            classes: Vec::with_capacity(classes + 8),
            by_name: Vec::with_capacity(classes + 8),
            sets: Vec::with_capacity(sets + 16),
            words: Vec::with_capacity(words + 256),
            slots: Vec::with_capacity(slots),
            text_base: 0,
            text_len: text,
            added: String::new(),
            phrases: Vec::with_capacity(phrases),
            further: Vec::with_capacity(phrases * 2),
            pairs: vec![(0, u16::MAX, u16::MAX); (phrases * 2 + 512).next_power_of_two()],
            signatures: Vec::with_capacity(sets + 16),
        };
        for _ in 0..classes {
            let n = b[at] as usize;
            let name = String::from_utf8_lossy(&b[at + 1..at + 1 + n]).into_owned();
            lexicon.by_name.push((key::hash(name.as_bytes()), lexicon.classes.len() as u16));
            lexicon.classes.push(name);
            at += 1 + n;
        }
        lexicon.by_name.sort_unstable();
        for _ in 0..sets {
            lexicon.sets.push(ClassSet(std::array::from_fn(|i| u64_at(b, at + i * 8))));
            at += key::MAX_CLASSES / 8;
        }
        for i in 0..lexicon.sets.len() {
            let signature = lexicon.sign(&lexicon.sets[i]);
            lexicon.signatures.push(signature);
        }
        lexicon.words.extend(b[at..at + words * 16].chunks_exact(16).map(|r| Record {
            text: u32_at(r, 0),
            lemma: u16_at(r, 4),
            set: u16_at(r, 6),
            len: r[8],
            form: r[9],
            stem: Some(Stem { hash: u32_at(r, 12), denies: r[10] != 0 }),
        }));
        at += words * 16;
        lexicon.slots.extend(b[at..at + slots * 2].chunks_exact(2).map(|s| u16_at(s, 0)));
        at += slots * 2;
        for _ in 0..phrases {
            let n = b[at] as usize;
            let class = ClassId(u16_at(b, at + 1));
            let ids: Vec<u16> = (0..n).map(|i| u16_at(b, at + 3 + i * 2)).collect();
            at += 3 + n * 2;
            lexicon.insert_phrase(&ids, class);
        }
        lexicon.text_base = at;
        lexicon
    }

    fn insert_phrase(&mut self, ids: &[u16], class: ClassId) {
        let [first, second, rest @ ..] = ids else { return };
        // The number that stands for none, and the length a byte holds: far beyond what anybody writes down.
        if self.phrases.len() >= u16::MAX as usize || rest.len() > u8::MAX as usize {
            return;
        }
        if self.phrases.len() * 2 > self.pairs.len() {
            let larger = vec![(0, u16::MAX, u16::MAX); self.pairs.len() * 2];
            for slot in std::mem::replace(&mut self.pairs, larger) {
                if slot.1 != u16::MAX {
                    let at = self.pair_slot(slot.0);
                    self.pairs[at] = slot;
                }
            }
        }
        let base = |id: &u16| self.words[*id as usize].lemma;
        let pair = u32::from(base(first)) << 16 | u32::from(base(second));
        let further = self.further.len() as u32;
        self.further.extend(rest.iter().map(base));
        let this = self.phrases.len() as u16;
        self.phrases.push(Phrase { further, len: rest.len() as u8, class, next: u16::MAX });
        let at = self.pair_slot(pair);
        match &mut self.pairs[at] {
            (_, first, _) if *first == u16::MAX => self.pairs[at] = (pair, this, this),
            (_, _, last) => self.phrases[std::mem::replace(last, this) as usize].next = this,
        }
    }

    /// The slot two base forms are in, or the empty one they would be put into.
    #[inline]
    fn pair_slot(&self, pair: u32) -> usize {
        let mask = self.pairs.len() - 1;
        let mut at = pair.wrapping_mul(0x9e37_79b1) as usize >> 12 & mask;
        while self.pairs[at].1 != u16::MAX && self.pairs[at].0 != pair {
            at = (at + 1) & mask;
        }
        at
    }

    fn word_text(&self, r: &Record) -> &[u8] {
        let (from, to) = (r.text as usize, r.text as usize + r.len as usize);
        if from >= self.text_len {
            &self.added.as_bytes()[from - self.text_len..to - self.text_len]
        } else {
            &TABLE[self.text_base + from..self.text_base + to]
        }
    }

    /// Looks a normalised word up by its [`key::hash`].
    #[inline]
    pub fn find(&self, word: &[u8], hash: u32) -> WordId {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let id = self.slots[at];
            if id == u16::MAX {
                return WordId::UNKNOWN;
            }
            let r = &self.words[id as usize];
            if r.len as usize == word.len() && self.word_text(r) == word {
                return WordId(id);
            }
            at = (at + 1) & mask;
        }
    }

    /// Looks a word up as it is written.
    pub fn word(&self, word: &str) -> WordId {
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            return self.find(word.as_bytes(), key::hash(word.as_bytes()));
        }
        let word = key::normal(word);
        self.find(word.as_bytes(), key::hash(word.as_bytes()))
    }

    /// The classes of a word.
    #[inline]
    pub fn classes(&self, word: WordId) -> &ClassSet {
        match self.words.get(word.0 as usize) {
            Some(r) => &self.sets[r.set as usize],
            None => &ClassSet::EMPTY,
        }
    }

    fn sign(&self, set: &ClassSet) -> u32 {
        set.iter().fold(0, |h, c| h ^ self.class_hash(c).rotate_left(5).wrapping_mul(0x9e37_79b1))
    }

    /// A hash of a class's name, the same from build to build.
    pub fn class_hash(&self, class: ClassId) -> u32 {
        key::hash(self.class_name(class).as_bytes())
    }

    /// One number for all classes of a word together; 0 for a word without any, 1 for one nobody knows.
    #[inline]
    pub fn signature(&self, word: WordId) -> u32 {
        self.words.get(word.0 as usize).map_or(1, |r| self.signatures[r.set as usize])
    }

    /// The stem of a word; `None` for a word that is not in the built-in table.
    #[inline]
    pub fn stem(&self, word: WordId) -> Option<Stem> {
        self.words.get(word.0 as usize).and_then(|r| r.stem)
    }

    /// The base form of a word.
    #[inline]
    pub fn lemma(&self, word: WordId) -> WordId {
        self.words.get(word.0 as usize).map_or(WordId::UNKNOWN, |r| WordId(r.lemma))
    }

    /// Which form of its base form a word is.
    #[inline]
    pub fn is_form(&self, word: WordId, form: Form) -> bool {
        self.words.get(word.0 as usize).is_some_and(|r| r.form == form as u8)
    }

    /// A word as text.
    pub fn text(&self, word: WordId) -> &str {
        self.words
            .get(word.0 as usize)
            .and_then(|r| std::str::from_utf8(self.word_text(r)).ok())
            .unwrap_or("")
    }

    /// The number of a word's set of classes.
    #[inline]
    pub fn set(&self, word: WordId) -> Option<u16> {
        self.words.get(word.0 as usize).map(|r| r.set)
    }

    /// All sets of classes, by number.
    pub fn sets(&self) -> impl Iterator<Item = &ClassSet> {
        self.sets.iter()
    }

    /// The number of a class.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        let hash = key::hash(name.as_bytes());
        let from = self.by_name.partition_point(|(h, _)| *h < hash);
        let alike = self.by_name[from..].iter().take_while(|(h, _)| *h == hash);
        alike.map(|(_, class)| *class).find(|c| self.classes[*c as usize] == name).map(ClassId)
    }

    /// The classes of these names; names of none are left out.
    pub fn set_of(&self, names: &[&str]) -> ClassSet {
        let mut set = ClassSet::EMPTY;
        names.iter().filter_map(|name| self.class(name)).for_each(|class| set.add(class));
        set
    }

    /// The name of a class.
    pub fn class_name(&self, class: ClassId) -> &str {
        self.classes.get(class.0 as usize).map_or("", String::as_str)
    }

    /// The names of all classes.
    pub fn class_names(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().map(String::as_str)
    }

    /// How many forms of words it holds.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it holds no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The phrases two base forms open: base forms of the further words, and the class.
    #[inline]
    pub fn phrases(&self, first: WordId, second: WordId) -> impl Iterator<Item = (&[u16], ClassId)> {
        let at = self.pair_slot(u32::from(first.0) << 16 | u32::from(second.0));
        let mut next = self.pairs[at].1;
        std::iter::from_fn(move || {
            let p = self.phrases.get(next as usize)?;
            next = p.next;
            let from = p.further as usize;
            Some((&self.further[from..from + p.len as usize], p.class))
        })
    }

    /// The number of a class, made where there is none yet. `None` where all [`key::MAX_CLASSES`] are taken.
    pub fn make_class(&mut self, name: &str) -> Option<ClassId> {
        if let Some(c) = self.class(name) {
            return Some(c);
        }
        if self.classes.len() >= key::MAX_CLASSES {
            return None;
        }
        let hash = key::hash(name.as_bytes());
        let at = self.by_name.partition_point(|(h, _)| *h < hash);
        self.by_name.insert(at, (hash, self.classes.len() as u16));
        self.classes.push(name.to_owned());
        Some(ClassId((self.classes.len() - 1) as u16))
    }

    /// Adds a word as it stands, without its other forms; known words keep their base form.
    pub fn add_word(&mut self, word: &str) -> WordId {
        let word = key::normal(word);
        let hash = key::hash(word.as_bytes());
        let known = self.find(word.as_bytes(), hash);
        if known != WordId::UNKNOWN || word.len() > u8::MAX as usize || self.words.len() >= 64_000 {
            return known;
        }
        let id = self.words.len() as u16;
        self.words.push(Record {
            text: (self.text_len + self.added.len()) as u32,
            lemma: id,
            set: 0,
            len: word.len() as u8,
            form: Form::Base as u8,
            stem: None,
        });
        self.added.push_str(&word);
        if self.words.len() * 3 > self.slots.len() * 2 {
            self.grow();
        } else {
            self.insert_slot(hash, id);
        }
        WordId(id)
    }

    /// The base form of a word, made known with its regular forms where nobody listed it.
    pub fn add_lemma(&mut self, word: &str) -> WordId {
        let known = self.word(word);
        if known != WordId::UNKNOWN {
            return self.lemma(known);
        }
        let lemma = self.add_word(word);
        for (form, kind) in inflect::forms(&key::normal(word), Inflect::Verb) {
            if self.word(&form) == WordId::UNKNOWN {
                let id = self.add_word(&form);
                if let Some(r) = self.words.get_mut(id.0 as usize) {
                    r.lemma = lemma.0;
                    r.form = kind as u8;
                }
            }
        }
        lemma
    }

    fn insert_slot(&mut self, hash: u32, id: u16) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != u16::MAX {
            at = (at + 1) & mask;
        }
        self.slots[at] = id;
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        self.slots = vec![u16::MAX; size];
        for id in 0..self.words.len() {
            let hash = key::hash(self.word_text(&self.words[id]));
            self.insert_slot(hash, id as u16);
        }
    }

    /// Adds a word with the forms it takes, or a phrase, to a class.
    pub fn add(&mut self, text: &str, how: Inflect, class: ClassId) {
        let words = key::words(text);
        match words.as_slice() {
            [] => {}
            [word] => {
                let lemma = self.add_word(word);
                for (form, kind) in inflect::forms(word, how) {
                    let id = self.add_word(&form);
                    if id == WordId::UNKNOWN {
                        continue;
                    }
                    if self.words[id.0 as usize].lemma == id.0 && id != lemma {
                        self.words[id.0 as usize].lemma = lemma.0;
                        self.words[id.0 as usize].form = kind as u8;
                    }
                    self.join_class(id, class);
                }
            }
            many => {
                // The last word takes the plural ("team members").
                let ids: Vec<u16> =
                    many.iter().map(|w| self.add_word(w).0).filter(|&i| i != u16::MAX).collect();
                if ids.len() == many.len() {
                    self.insert_phrase(&ids, class);
                    if how == Inflect::Noun
                        && let Some(last) = many.last()
                        && let Some((plural, _)) = inflect::forms(last, how).into_iter().nth(1)
                    {
                        let mut ids = ids;
                        let plural = self.add_word(&plural);
                        if plural != WordId::UNKNOWN
                            && let Some(l) = ids.last_mut()
                        {
                            *l = plural.0;
                            self.insert_phrase(&ids, class);
                        }
                    }
                }
            }
        }
    }

    fn join_class(&mut self, word: WordId, class: ClassId) {
        let mut set = *self.classes(word);
        if set.has(class) {
            return;
        }
        set.add(class);
        let at = match self.sets.iter().position(|s| *s == set) {
            Some(i) => i,
            None => {
                self.signatures.push(self.sign(&set));
                self.sets.push(set);
                self.sets.len() - 1
            }
        };
        if let Some(r) = self.words.get_mut(word.0 as usize) {
            r.set = at as u16;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_policy_are_found_with_their_plural_and_keep_their_other_classes() {
        let mut l = Lexicon::english();
        let mine = l.make_class("customer").expect("room for a class");
        l.add("zorbian", Inflect::Noun, mine);
        l.add("zorb owner", Inflect::Noun, mine);
        assert!(l.classes(l.word("Zorbians")).has(mine));
        assert_eq!(l.lemma(l.word("zorbians")), l.word("zorbian"));
        assert_eq!(l.phrases(l.word("zorb"), l.lemma(l.word("owners"))).count(), 2);
        assert_eq!(l.word("qqqq"), WordId::UNKNOWN);
    }

    #[test]
    fn every_word_of_the_table_is_found_where_its_hash_leads() {
        let l = Lexicon::english();
        for id in 0..l.len() {
            let id = WordId(id as u16);
            assert_eq!(l.word(l.text(id)), id, "{}", l.text(id));
        }
    }
}
