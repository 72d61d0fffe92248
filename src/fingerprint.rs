//! A finding → what it is known by from run to run: the rule and the sentence, not the place.
//!
//! A sentence keeps its fingerprint when lines elsewhere are edited, its section is moved or its file is renamed. Only
//! letters and digits of a sentence count, so that neither a changed comma nor a list marker makes it another one.
//! Equal ones are told apart by counting.

use crate::finding::{Finding, Group};
use std::collections::HashMap;

/// What one passage of a finding is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// What a rule's finding about a sentence is known by. `about` names what of the policy is missing there, if the
    /// finding is about something missing: one heading may lack several outcomes.
    pub fn of(rule: &str, about: &str, sentence: &str) -> Fingerprint {
        let mut hash = Fnv::default();
        hash.add(rule.as_bytes());
        hash.add(&[0]);
        hash.add(about.as_bytes());
        hash.add(&[0]);
        hash.add(normal(sentence).as_bytes());
        Fingerprint(hash.0)
    }

    /// As sixteen hexadecimal digits.
    pub fn digits(self) -> String {
        self.numbered(0)
    }

    /// As sixteen hexadecimal digits, told apart from `before` equal ones.
    fn numbered(self, before: u32) -> String {
        let mut hash = Fnv(self.0);
        if before > 0 {
            hash.add(&before.to_le_bytes());
        }
        format!("{:016x}", hash.0)
    }
}

impl Finding {
    /// What its passages are known by: one for each part, or one.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        let about = self.about();
        self.sentences.iter().map(|sentence| Fingerprint::of(&self.rule, &about, sentence)).collect()
    }

    /// What of the policy is missing, where something is.
    pub fn about(&self) -> String {
        match self.group {
            Group::MissingOutcome => {
                self.related.iter().map(|r| r.label.as_str()).collect::<Vec<_>>().join("; ")
            }
            _ => String::new(),
        }
    }
}

/// Tells findings of a run apart that are known by the same, in the order they come.
#[derive(Clone, Debug, Default)]
pub struct Ordinals {
    seen: HashMap<Fingerprint, u32>,
}

impl Ordinals {
    /// The fingerprint of the next finding, as text that no other finding of the run has. A finding over a run of
    /// blocks is known by the first of them.
    pub fn next(&mut self, finding: &Finding) -> String {
        let sentence = finding.sentences.first().map_or("", String::as_str);
        let print = Fingerprint::of(&finding.rule, &finding.about(), sentence);
        let before = self.seen.entry(print).or_default();
        *before += 1;
        print.numbered(*before - 1)
    }
}

/// A sentence as it is compared: lower case, one space between words, neither punctuation nor marks.
pub fn normal(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') && !matches!(c, '\'' | '’') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A hash of bytes that is the same on every machine and in every version.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hash = Fnv::default();
    hash.add(bytes);
    hash.0
}

/// The hash of Fowler, Noll and Vo, 64 bits, variant 1a (<http://www.isthe.com/chongo/tech/comp/fnv/>): the same on
/// every machine and in every version, which the hashes of the standard library do not promise.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        let hash = |text: &str| hash(text.as_bytes());
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn only_letters_and_digits_of_a_sentence_count() {
        let print = |text: &str| Fingerprint::of("name-quota", "", text);
        assert_eq!(print("Don’t say “Hello”, 3 times!"), print("  don't say hello 3\n times"));
        assert_ne!(print("Say it 3 times"), print("Say it 4 times"));
        assert_ne!(print("Say it"), Fingerprint::of("smile-order", "", "Say it"));
        assert_ne!(print("Say it"), Fingerprint::of("name-quota", "`heard` is due here", "Say it"));
    }
}
