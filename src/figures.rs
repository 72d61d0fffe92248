//! Counts of a document → the two numbers: how clear the outcomes are, and how free people are to bring them about.
//!
//! 100 is not the aim of either, and neither says anything without the other: a playbook can be free because it says
//! nothing, and clear because it orders everything.

use crate::finding::Level;
use serde::Serialize;

/// Fewer staff-directed sentences than this say nothing about freedom.
const FEWEST: u32 = 5;

/// What the two numbers are made of. Counts of several documents can be added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Sentences that direct staff and are not excused by a boundary.
    pub directed: u32,
    /// What over-scripting findings weigh, in tenths: 10 a must fix, 6 a should fix, 2 a consider, for each part of
    /// a run.
    pub scripted: u32,
    /// Sections about contact with customers; those at a moment of truth count twice.
    pub contact: u32,
    /// Halves of such sections that speak to an outcome: two for evidence, one for weak evidence.
    pub clear: u32,
}

impl Figures {
    /// Counts an over-scripting finding of this level with so many parts.
    pub fn script(&mut self, level: Level, parts: usize) {
        let weight = match level {
            Level::MustFix => 10,
            Level::ShouldFix => 6,
            Level::Consider => 2,
        };
        self.scripted += weight * u32::try_from(parts.max(1)).unwrap_or(u32::MAX);
    }

    /// Share of customer-contact sections that speak to an outcome, 0 to 100; `None` where there is no such section.
    pub fn clarity(&self) -> Option<u32> {
        (self.contact > 0).then(|| rounded(100 * self.clear, 2 * self.contact))
    }

    /// How much of what staff are told leaves room, 0 to 100; `None` under five sentences directed at them.
    pub fn freedom(&self) -> Option<u32> {
        let all = 10 * self.directed;
        (self.directed >= FEWEST).then(|| rounded(100 * all.saturating_sub(self.scripted), all))
    }
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, more: Figures) {
        self.directed += more.directed;
        self.scripted += more.scripted;
        self.contact += more.contact;
        self.clear += more.clear;
    }
}

fn rounded(part: u32, whole: u32) -> u32 {
    let (part, whole) = (u64::from(part), u64::from(whole));
    u32::try_from((part + whole / 2) / whole).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freedom_weighs_findings_against_what_staff_are_told() {
        let mut figures = Figures { directed: 20, ..Figures::default() };
        assert_eq!(figures.freedom(), Some(100));
        figures.script(Level::MustFix, 0);
        figures.script(Level::ShouldFix, 3);
        figures.script(Level::Consider, 1);
        // 1.0 + 3 × 0.6 + 0.2 = 3.0 of 20 sentences.
        assert_eq!(figures.freedom(), Some(85));
        figures.script(Level::MustFix, 100);
        assert_eq!(figures.freedom(), Some(0));
        assert_eq!(Figures { directed: 4, ..Figures::default() }.freedom(), None);
    }

    #[test]
    fn clarity_counts_weak_evidence_half() {
        assert_eq!(Figures::default().clarity(), None);
        assert_eq!(Figures { contact: 4, clear: 2 + 1, ..Figures::default() }.clarity(), Some(38));
        assert_eq!(Figures { contact: 2, clear: 4, ..Figures::default() }.clarity(), Some(100));
    }
}
