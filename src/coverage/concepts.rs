//! `rules/concepts.toml` → what a sentence, or a declared outcome, speaks of: recognised, heard, in control …
//!
//! The build script writes the concepts down as two tables of expressions (`concepts.bin`), one for sentences of documents
//! and one for declared outcomes, so that nothing is read or stemmed at start-up. Layout (little endian): how many
//! concepts (32 bits), each as name and explanation (length 16, bytes); then for each table: how many slots, expressions
//! and further stems (32 each), the slots (opening, first expression, how many: 32 each; opening 0 is empty), the expressions
//! (place of the further stems 32, weight as a float 32, concept 16, how many further stems 8, denied 8), the further
//! stems (32 each).

use crate::language::stem::opening;
use crate::language::stems::Stems;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/concepts.bin"));

/// All concepts, ready to be looked for.
#[derive(Debug)]
pub struct Concepts {
    names: Vec<&'static str>,
    about: Vec<&'static str>,
    /// For sentences of documents.
    entries: Expressions,
    /// For declared outcomes.
    statements: Expressions,
}

/// Expressions that speak for concepts, by what they open with.
#[derive(Clone, Copy, Debug)]
struct Expressions {
    slots: &'static [u8],
    list: &'static [u8],
    further: &'static [u8],
}

/// An expression that speaks for a concept.
struct Expression {
    concept: usize,
    weight: f32,
    denied: bool,
    /// Further stems, four bytes each.
    rest: &'static [u8],
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

fn u32_at(b: &[u8], at: usize) -> u32 {
    b.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u16_at(b: &[u8], at: usize) -> u16 {
    b.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

impl Expressions {
    /// How many bytes a slot and an expression take.
    const SLOT: usize = 12;
    const ONE: usize = 12;

    /// Those with an [`opening`].
    #[inline]
    fn of(&self, opening: u32) -> impl Iterator<Item = Expression> + use<> {
        let (list, further) = (self.list, self.further);
        let mask = self.slots.len() / Self::SLOT - 1;
        let mut at = opening as usize & mask;
        let mut found = 0..0;
        loop {
            let slot = at * Self::SLOT;
            match u32_at(self.slots, slot) {
                0 => break,
                o if o == opening => {
                    let from = u32_at(self.slots, slot + 4) as usize;
                    found = from..from + u32_at(self.slots, slot + 8) as usize;
                    break;
                }
                _ => at = (at + 1) & mask,
            }
        }
        found.map(move |i| {
            let b = &list[i * Self::ONE..(i + 1) * Self::ONE];
            let rest = u32_at(b, 0) as usize * 4;
            Expression {
                concept: u16_at(b, 8) as usize,
                weight: f32::from_bits(u32_at(b, 4)),
                denied: b[11] != 0,
                rest: &further[rest..rest + b[10] as usize * 4],
            }
        })
    }

    /// Adds up what the expressions found among stems speak for.
    fn find(&self, stems: &Stems, sum: &mut [f32]) {
        let mut seen: Vec<(usize, u32, usize)> = Vec::new();
        let all = stems.all();
        for (i, s) in all.iter().enumerate() {
            let pair = all.get(i + 1).map(|next| opening(*s, Some(*next)));
            for e in [Some(*s), pair].into_iter().flatten().flat_map(|o| self.of(o)) {
                let follows = all.get(i + 1..i + 1 + e.rest.len() / 4).is_some_and(|next| {
                    next.iter().zip(e.rest.chunks_exact(4)).all(|(s, b)| s.to_le_bytes() == b)
                });
                if !follows || e.denied && !stems.is_denied(i) {
                    continue;
                }
                // The same expression twice in a sentence is said once.
                let key = (e.concept, *s, e.rest.len());
                if !seen.contains(&key) {
                    seen.push(key);
                    if let Some(x) = sum.get_mut(e.concept) {
                        *x += e.weight;
                    }
                }
            }
        }
    }
}

impl Concepts {
    /// The concepts that ship with the program.
    pub fn builtin() -> Concepts {
        let mut at = 0;
        let mut take = |n: usize| {
            let part = &TABLE[at..at + n];
            at += n;
            part
        };
        let mut number = || u32_at(take(4), 0) as usize;
        let count = number();
        let mut text = || {
            let n = u16_at(take(2), 0) as usize;
            std::str::from_utf8(take(n)).unwrap_or("")
        };
        let (mut names, mut about) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for _ in 0..count {
            names.push(text());
            about.push(text());
        }
        let mut expressions = || {
            let [slots, list, further] = std::array::from_fn(|_| u32_at(take(4), 0) as usize);
            Expressions {
                slots: take(slots * Expressions::SLOT),
                list: take(list * Expressions::ONE),
                further: take(further * 4),
            }
        };
        Concepts { entries: expressions(), statements: expressions(), names, about }
    }

    /// What the text of a declared outcome speaks for, as a profile of length 1.
    pub fn profile(&self, parts: &[&str]) -> Profile {
        let mut sum = vec![0.0; self.names.len()];
        for part in parts {
            self.statements.find(&Stems::of(part), &mut sum);
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
        self.entries.find(stems, &mut sum);
        sum.iter_mut().for_each(|x| *x = x.min(3.0));
        Profile(sum)
    }

    /// The concepts of a profile by name, the strongest first.
    pub fn named(&self, profile: &Profile) -> Vec<(&str, f32)> {
        let weights = profile.0.iter().copied();
        let mut out: Vec<_> = self.names.iter().copied().zip(weights).filter(|(_, w)| *w > 0.0).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }

    /// Every concept with the line that explains it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().copied().zip(self.about.iter().copied())
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
