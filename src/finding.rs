//! What the linter has to say: a place, the clause of the policy that makes it matter, why, and what to write instead.

use crate::source::{Source, Span};
use serde::{Deserialize, Serialize};

/// How much a finding matters, in the reader's words. Ordered from mild to strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth a thought (`note` in machine formats).
    Consider,
    /// Worth changing (`warning`).
    ShouldFix,
    /// Works against the promise (`error`).
    MustFix,
}

impl Level {
    /// As it is said to people.
    pub fn words(self) -> &'static str {
        match self {
            Level::MustFix => "must fix",
            Level::ShouldFix => "should fix",
            Level::Consider => "consider",
        }
    }

    /// As settings and packs write it.
    pub const WORDS: [&str; 3] = ["must-fix", "should-fix", "consider"];

    /// The level a word names: `must fix`, `must-fix`, any case.
    pub fn named(word: &str) -> Option<Level> {
        let plain = word.trim().replace([' ', '_'], "-").to_lowercase();
        [Level::MustFix, Level::ShouldFix, Level::Consider]
            .into_iter()
            .find(|level| level.words().replace(' ', "-") == plain)
    }

    /// One step stricter, at most [`Level::MustFix`].
    pub fn stricter(self) -> Level {
        match self {
            Level::Consider => Level::ShouldFix,
            _ => Level::MustFix,
        }
    }

    /// One step milder, at most down to [`Level::Consider`]; never off.
    pub fn milder(self) -> Level {
        match self {
            Level::MustFix => Level::ShouldFix,
            _ => Level::Consider,
        }
    }
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Behaviour that is tight where it should be loose.
    OverScripting,
    /// What the customer gets, missing where it should stand.
    MissingOutcome,
    /// The policy itself, and what documents do with it.
    Policy,
    /// Experiments, memories, decisions, training designs, journeys.
    Record,
}

/// A second place that belongs to a finding: the clause of the policy, the other half of a contradiction.
#[derive(Clone, Debug)]
pub struct Related {
    /// The text it stands in.
    pub source: Source,
    /// Where.
    pub span: Span,
    /// What it says there, in a few words ("hosts decide up to 250 EUR").
    pub label: String,
}

/// One thing the linter has to say about one place.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's name, in kebab-case.
    pub rule: String,
    /// What the rule is about.
    pub group: Group,
    /// How much it matters here, after touchpoint and configuration.
    pub level: Level,
    /// The rule's plain title, fit to be read aloud.
    pub title: String,
    /// What was seen, about this place.
    pub message: String,
    /// Why it matters, with its source.
    pub why: String,
    /// At least two different ways to write it instead.
    pub instead: Vec<String>,
    /// The text the primary place stands in.
    pub source: Source,
    /// The primary place.
    pub span: Span,
    /// For a finding over a run of blocks, its parts in order; empty otherwise.
    pub parts: Vec<Span>,
    /// The place in words where the format has no lines ("4 Arrival › paragraph 12").
    pub place: Option<String>,
    /// Headings above the place, from the title down.
    pub heading_path: Vec<String>,
    /// Second places; a clause of the policy where one makes the finding matter.
    pub related: Vec<Related>,
    /// Weaker rules that saw the same place.
    pub also: Vec<String>,
    /// The whole sentences it is about, as read: one for each part, or the one it stands in. See [`crate::fingerprint`].
    pub sentences: Vec<String>,
}

impl Finding {
    /// Divides a finding over a run of blocks: parts that `belongs` names by index and place, and those it does not. A
    /// finding about one place goes one way or the other.
    pub fn split(self, belongs: impl Fn(usize, Span) -> bool) -> (Option<Finding>, Option<Finding>) {
        if self.parts.is_empty() {
            return if belongs(0, self.span) { (Some(self), None) } else { (None, Some(self)) };
        }
        let of = |belonging: bool| {
            let indices: Vec<usize> =
                (0..self.parts.len()).filter(|i| belongs(*i, self.parts[*i]) == belonging).collect();
            let parts: Vec<Span> = indices.iter().map(|i| self.parts[*i]).collect();
            let span = parts.iter().copied().reduce(Span::join)?;
            let sentences = indices.iter().filter_map(|i| self.sentences.get(*i).cloned()).collect();
            Some(Finding { span, parts, sentences, ..self.clone() })
        };
        (of(true), of(false))
    }

    /// The total order of findings: file, place, rule.
    pub fn key(&self) -> (&str, Span, &str) {
        (self.source.name(), self.span, &self.rule)
    }
}
