//! `3/8` → which part of all documents a run is about.
//!
//! The part is decided by what a document holds, not by its name or place: on every machine and in every order of
//! the documents each falls into exactly one part, and equal documents into the same.

use crate::fingerprint::hash;
use std::fmt::{self, Display};
use std::str::FromStr;

/// One part of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 0.
    part: u64,
    /// Of how many.
    of: u64,
}

impl Shard {
    /// Whether a document that holds these bytes belongs to this part.
    pub fn holds(self, bytes: &[u8]) -> bool {
        // The lowest bits of this hash depend on few bits of the text; folded, all count.
        let hash = hash(bytes);
        (hash ^ (hash >> 32)) % self.of == self.part
    }
}

impl Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part + 1, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a part is written like 3/8: the third of eight".to_owned();
        let (part, of) = text.split_once('/').ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u32>().map(u64::from).map_err(|_| wrong());
        match (number(part)?, number(of)?) {
            (_, 0) => Err("there is no part of nothing".to_owned()),
            (0, of) => Err(format!("parts are counted from 1: the first is 1/{of}")),
            (part, of) if part > of => Err(format!("there is no part {part} of {of}")),
            (part, of) => Ok(Shard { part: part - 1, of }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_belongs_to_exactly_one_part_and_parts_are_of_like_size() {
        for of in [1_u32, 2, 3, 8, 10] {
            let parts: Vec<Shard> = (1..=of).map(|n| format!("{n}/{of}").parse().expect("a part")).collect();
            let mut counts = vec![0_usize; parts.len()];
            for text in 0..4000 {
                let text = format!("# Arrival {text}\n\nSay hello.\n");
                let holders: Vec<usize> =
                    (0..parts.len()).filter(|p| parts[*p].holds(text.as_bytes())).collect();
                assert_eq!(holders.len(), 1, "{text:?} of {of}");
                counts[holders[0]] += 1;
            }
            let even = 4000 / parts.len();
            assert!(counts.iter().all(|n| (even * 8 / 10..=even * 12 / 10).contains(n)), "{counts:?}");
        }
    }

    #[test]
    fn what_is_no_part_is_explained() {
        for (text, why) in [
            ("3", "a part is written like 3/8: the third of eight"),
            ("a/8", "a part is written like 3/8: the third of eight"),
            ("-1/8", "a part is written like 3/8: the third of eight"),
            ("1/0", "there is no part of nothing"),
            ("0/8", "parts are counted from 1: the first is 1/8"),
            ("9/8", "there is no part 9 of 8"),
        ] {
            assert_eq!(text.parse::<Shard>(), Err(why.to_owned()), "{text}");
        }
    }
}
