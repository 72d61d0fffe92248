//! A sentence with several sums → its tiers: "up to 20 EUR the host, 20 to 50 EUR the captain, beyond that the manager".

use std::ops::Range;

use super::Look;
use crate::language::amount::Amount;
use crate::language::{Sentence, TokenKind};

/// A tier of a sentence: the words that decide about the sums in it.
pub(super) struct Part {
    pub tokens: Range<u32>,
    pub amounts: Vec<Amount>,
}

impl Look<'_> {
    /// The tiers of a sentence; one part where it has none. `before` is the last sum named before the sentence.
    pub(super) fn parts(&self, s: &Sentence, amounts: &[Amount], before: Option<&Amount>) -> Vec<Part> {
        let mut sums = amounts.to_vec();
        sums.extend(self.relative(s, amounts, before));
        sums.sort_by_key(|a| a.tokens.start);
        let mut parts: Vec<Part> = Vec::new();
        let mut start = s.tokens.start;
        let mut held: Vec<Amount> = Vec::new();
        for (n, a) in sums.iter().enumerate() {
            if n > 0
                && let Some(cut) = self.cut(a.tokens.start, sums[n - 1].tokens.end.max(start))
            {
                let tokens = start..cut;
                // "A meal of 20 EUR, or a taxi of 40, needs …": without a verb of its own it waits for the next part.
                if self.says_something(tokens.clone()) {
                    parts.push(Part { tokens, amounts: std::mem::take(&mut held) });
                }
                start = cut;
            }
            held.push(a.clone());
        }
        parts.push(Part { tokens: start..s.tokens.end, amounts: held });
        if let [only] = parts.as_mut_slice() {
            only.tokens = s.tokens.clone();
        }
        parts
    }

    /// Where a part that speaks of the sum at `at` begins: the nearest mark or "and" within four words before it.
    fn cut(&self, at: u32, from: u32) -> Option<u32> {
        (from..at).rev().take(5).find(|&i| {
            let t = &self.reading.tokens[i as usize];
            let mark = [',', ';', ':', '—', '–', '.', '?', '('].into_iter().any(|m| t.is(m));
            mark || t.kind == TokenKind::Word
                && matches!(self.text(t.text()), "and" | "but" | "while" | "whereas" | "then")
        })
    }

    fn says_something(&self, of: Range<u32>) -> bool {
        let (lexicon, says) = (&self.linter.lexicon, &self.allowed.says);
        of.clone().any(|i| {
            let t = &self.reading.tokens[i as usize];
            t.kind == TokenKind::Word && lexicon.classes(t.word).meets(says)
                || self.reading.phrases_at(i).iter().any(|h| says.has(h.class))
        })
    }

    /// Sums that are named by an earlier one: "beyond that", "anything higher", "below that", "the rest".
    fn relative(&self, s: &Sentence, amounts: &[Amount], before: Option<&Amount>) -> Vec<Amount> {
        let word = |i: u32| {
            if s.tokens.contains(&i) {
                self.text(self.reading.tokens[i as usize].text()).to_lowercase()
            } else {
                String::new()
            }
        };
        let mut out: Vec<Amount> = Vec::new();
        for i in s.tokens.clone() {
            let (a, b) = (word(i), word(i + 1));
            let up = |w: &str| {
                matches!(
                    w,
                    "above"
                        | "beyond"
                        | "over"
                        | "past"
                        | "exceeding"
                        | "higher"
                        | "bigger"
                        | "larger"
                        | "more"
                )
            };
            let down = |w: &str| matches!(w, "below" | "under" | "less" | "lower" | "smaller");
            let that = |w: &str| matches!(w, "that" | "this" | "it" | "which" | "those");
            let all = matches!(a.as_str(), "anything" | "everything" | "all" | "whatever");
            let sums = |w: &str| {
                matches!(w, "sums" | "sum" | "amounts" | "amount" | "ones" | "credits" | "gestures")
            };
            let above = up(&a) && (that(&b) || sums(&b)) || all && up(&b) || a == "the" && b == "rest";
            let below = down(&a) && (that(&b) || sums(&b)) || all && down(&b);
            let taken = |x: &Amount| x.tokens.contains(&i) || x.tokens.contains(&(i + 1));
            if !above && !below || amounts.iter().chain(&out).any(taken) {
                continue;
            }
            let Some(pivot) = amounts.iter().rfind(|x| x.tokens.end <= i).or(before) else { continue };
            let at = if pivot.is_above() || below && pivot.low > 0.0 { pivot.low } else { pivot.high };
            let (low, high) = if above { (at, f64::INFINITY) } else { (0.0, at) };
            out.push(Amount { tokens: i..(i + 2).min(s.tokens.end), low, high, currency: pivot.currency });
        }
        out
    }
}
