//! The words of a sentence → signs that somebody else must agree, and signs that it does not matter
//! (`rules/limits.toml`).

use std::collections::HashMap;
use std::ops::Range;

use crate::language::{ClassSet, Lexicon, Reading};
use crate::rule::pattern::{self, Index, Pattern, Words};

static DATA: &str = include_str!(concat!(env!("OUT_DIR"), "/limits.json"));

/// The kinds of sign; each is a list in `rules/limits.toml`, where it is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Sign {
    Yes,
    Signature,
    Above,
    Send,
    Gate,
    Must,
    Decides,
    Two,
    Asks,
    Own,
    Leave,
    Lifted,
    Over,
    After,
    Inner,
    Duty,
    Theirs,
    Third,
    Strangers,
    Remedy,
    Big,
    Any,
}

/// Every kind with its name in the data.
pub(super) const NAMES: [(Sign, &str); 22] = [
    (Sign::Yes, "yes"),
    (Sign::Signature, "sign"),
    (Sign::Above, "above"),
    (Sign::Send, "send"),
    (Sign::Gate, "gate"),
    (Sign::Must, "must"),
    (Sign::Decides, "decides"),
    (Sign::Two, "two"),
    (Sign::Asks, "asks"),
    (Sign::Own, "own"),
    (Sign::Leave, "leave"),
    (Sign::Lifted, "lifted"),
    (Sign::Over, "over"),
    (Sign::After, "after"),
    (Sign::Inner, "inner"),
    (Sign::Duty, "duty"),
    (Sign::Theirs, "theirs"),
    (Sign::Third, "third"),
    (Sign::Strangers, "strangers"),
    (Sign::Remedy, "remedy"),
    (Sign::Big, "big"),
    (Sign::Any, "any"),
];

/// The signs, ready to be looked for.
#[derive(Debug)]
pub(super) struct Signs {
    patterns: Vec<(Sign, Pattern)>,
    index: Index,
}

/// Which signs stand in a stretch of text, and where the first of each kind does.
#[derive(Clone, Debug, Default)]
pub(super) struct Found([Option<(u32, u32)>; NAMES.len()]);

impl Found {
    /// Whether there is a sign of this kind.
    pub(super) fn has(&self, sign: Sign) -> bool {
        self.0[sign as usize].is_some()
    }

    /// The tokens of the first sign of this kind.
    pub(super) fn at(&self, sign: Sign) -> Option<Range<u32>> {
        self.0[sign as usize].map(|(a, b)| a..b)
    }

    /// Adds a sign from elsewhere.
    pub(super) fn set(&mut self, sign: Sign, at: u32) {
        self.0[sign as usize].get_or_insert((at, at + 1));
    }

    /// Whether somebody above, or beside, is there.
    pub(super) fn authority(&self) -> bool {
        [Sign::Yes, Sign::Signature, Sign::Above, Sign::Two].into_iter().any(|s| self.has(s))
    }

    /// Whether something hangs on somebody.
    pub(super) fn relation(&self) -> bool {
        [Sign::Yes, Sign::Send, Sign::Gate, Sign::Must, Sign::Decides, Sign::Two]
            .into_iter()
            .any(|s| self.has(s))
    }

    /// How many signs of approval come together; a plain word for leave counts double, and so do four
    /// eyes.
    pub(super) fn score(&self) -> u32 {
        [
            Sign::Yes,
            Sign::Yes,
            Sign::Signature,
            Sign::Above,
            Sign::Send,
            Sign::Gate,
            Sign::Must,
            Sign::Decides,
            Sign::Two,
            Sign::Two,
        ]
        .into_iter()
        .map(|s| u32::from(self.has(s)))
        .sum()
    }
}

impl Signs {
    /// Reads the built-in signs. Words nobody knew are added to the lexicon.
    pub(super) fn builtin(lexicon: &mut Lexicon) -> Signs {
        let lists: HashMap<String, Vec<String>> = serde_json::from_str(DATA).unwrap_or_default();
        let mut patterns = Vec::new();
        for (sign, name) in NAMES {
            for text in lists.get(name).into_iter().flatten() {
                // A test compiles every pattern; one that cannot be read is left out.
                if let Ok(p) = pattern::compile(text, lexicon) {
                    patterns.push((sign, p));
                }
            }
        }
        Signs { index: Index::of(patterns.iter().map(|(_, p)| p)), patterns }
    }

    /// The signs among the tokens `of`, a part of a sentence with these classes.
    pub(super) fn find(
        &self,
        reading: &Reading,
        lexicon: &Lexicon,
        of: Range<u32>,
        classes: &ClassSet,
    ) -> Found {
        let tokens = reading.tokens.get(of.start as usize..of.end as usize).unwrap_or(&[]);
        let words = Words::of(tokens);
        let mut found = Found::default();
        for i in self.index.tries(tokens, classes) {
            let (sign, p) = &self.patterns[i as usize];
            if p.is_possible(classes, &words)
                && let Some(at) = p.find(reading, lexicon, of.clone())
            {
                let slot = &mut found.0[*sign as usize];
                if slot.is_none_or(|(start, _)| at.start < start) {
                    *slot = Some((at.start, at.end));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_can_be_read() {
        let mut lexicon = Lexicon::english();
        let lists: HashMap<String, Vec<String>> = serde_json::from_str(DATA).expect("lists of patterns");
        assert_eq!(lists.len(), NAMES.len());
        for (_, name) in NAMES {
            for text in &lists[name] {
                if let Err(e) = pattern::compile(text, &mut lexicon) {
                    panic!("{name}: `{text}`: {} at {:?}", e.message, e.at);
                }
            }
        }
    }
}
