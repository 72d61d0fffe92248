//! A document that is a record (an experiment, a training design, a journey) → what is missing from it as one.
//!
//! A record is read by its headings and by labels in front of a colon ("Goal: …"); the words for its parts are in
//! `rules/policy-words.toml`.

use super::policy::records::{big, grounded};
use super::policy::words::Words;
use super::{Candidate, Linter, Setting};
use crate::document::{Document, Kind};
use crate::finding::Finding;
use crate::language::{Mark, Reading, Sentence};
use crate::problem::listed;

/// What the record lacks; empty for other documents.
pub(super) fn find(linter: &Linter, doc: &Document, reading: &Reading, setting: Setting<'_>) -> Vec<Finding> {
    let record = Record { linter, doc, reading, words: Words::builtin(), parts: parts(doc, reading) };
    let mut all = Vec::new();
    match setting.kind {
        Kind::Experiment => record.experiment(&mut all),
        Kind::Training => record.training(&mut all),
        Kind::Journey => record.journey(&mut all),
        _ => {}
    }
    all
}

struct Record<'a> {
    linter: &'a Linter,
    doc: &'a Document,
    reading: &'a Reading,
    words: &'static Words,
    parts: Vec<Part>,
}

/// A part of a record: what it is called, and what it says.
struct Part {
    /// Its heading or label.
    name: String,
    /// The sentence the name stands in.
    first: usize,
    /// The sentences it holds; empty where the label stands in front of its only one.
    holds: std::ops::Range<usize>,
    /// What it says.
    text: String,
}

/// The parts of a document: sections, and paragraphs with a label in front.
fn parts(doc: &Document, reading: &Reading) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let text = |s: &Sentence| doc.flat.text().get(s.text.range()).unwrap_or("").to_owned();
    for (i, s) in reading.sentences.iter().enumerate() {
        let said = text(s);
        if s.marks.has(Mark::Heading) {
            parts.push(Part { name: said, first: i, holds: i + 1..i + 1, text: String::new() });
            continue;
        }
        let label = said.split_once(':').filter(|(name, _)| name.split_whitespace().count() <= 4);
        let opens = reading.blocks.get(s.block as usize).is_some_and(|b| b.start as usize == i);
        match label.filter(|_| opens) {
            Some((name, rest)) => parts.push(Part {
                name: name.to_owned(),
                first: i,
                holds: i..i + 1,
                text: rest.trim().to_owned(),
            }),
            None => {
                if let Some(last) = parts.last_mut() {
                    last.holds.end = i + 1;
                    last.text.push_str(&said);
                    last.text.push(' ');
                }
            }
        }
    }
    parts
}

impl Record<'_> {
    /// The parts whose name is on a list.
    fn named(&self, list: &str) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |p| self.words.has(list, &p.name))
    }

    fn has(&self, list: &str) -> bool {
        self.named(list).any(|p| !p.text.trim().is_empty())
    }

    fn experiment(&self, all: &mut Vec<Finding>) {
        let plan = [
            ("part-goal", "what customers should get (goal)"),
            ("part-success", "how success would show"),
            ("part-challenge", "what stands in the way (challenge)"),
            ("part-change", "the one small behaviour that is tried"),
        ];
        let result = [
            ("part-notes", "what got better, and what got worse"),
            ("part-reflection", "with whom it was thought over"),
            ("part-next", "what comes next"),
        ];
        // A record without a single part of the kind is told some other way, and better left to people.
        let known = plan.iter().chain(&result).filter(|(list, _)| self.has(list)).count();
        if known < 2 {
            return;
        }
        let ended = result.iter().any(|(list, _)| self.has(list));
        let due = plan.iter().chain(result.iter().filter(|_| ended));
        let mut missing: Vec<&str> = due.filter(|(list, _)| !self.has(list)).map(|(_, what)| *what).collect();
        let timed = self.parts.iter().any(|p| self.words.has("part-time", &p.name))
            || self.reading.sentences.iter().any(|s| s.marks.has(Mark::Clock))
            || self.words.has("duration", self.doc.flat.text());
        if !timed {
            missing.push("when, and for how long");
        }
        if !missing.is_empty() {
            all.extend(self.word(
                "experiment-incomplete",
                0,
                Some(format!("this does not say {}", listed(&missing))),
            ));
        }
        let evidence = self.has("part-evidence");
        if let Some(challenge) = self.named("part-challenge").find(|p| !p.text.trim().is_empty())
            && !evidence
            && !grounded(self.words, &challenge.text)
        {
            let message = self.words.has("wish", &challenge.text).then(|| {
                "a wish rather than a challenge: which behaviour, at which moment, and what do customers say about it?"
                    .to_owned()
            });
            all.extend(self.word("challenge-without-evidence", self.said(challenge), message));
        }
        if let Some(change) = self.named("part-change").find(|p| !p.text.trim().is_empty())
            && let Some(why) = big(self.words, &change.text)
        {
            all.extend(self.word("change-too-big", self.said(change), Some(why.to_owned())));
        }
    }

    /// The first sentence a part holds.
    fn said(&self, part: &Part) -> usize {
        if part.holds.is_empty() { part.first } else { part.holds.start }
    }

    fn training(&self, all: &mut Vec<Finding>) {
        let text = self.doc.flat.text();
        let contents: Vec<&Part> = self.named("part-content").collect();
        if contents.len() < 2 {
            return;
        }
        let missing: Vec<&str> = [
            ("train-goal", "what people will be able to do"),
            ("train-experience", "what they will truly experience"),
        ]
        .into_iter()
        .filter(|(list, _)| !self.words.has(list, text))
        .map(|(_, what)| what)
        .collect();
        // Where it says what people will be able to do, the order is a matter of taste.
        if missing.first() == Some(&"what people will be able to do") {
            let message = format!("this begins with its content, and does not say {}", listed(&missing));
            all.extend(self.word("content-first-training", contents[0].first, Some(message)));
        }
    }

    fn journey(&self, all: &mut Vec<Finding>) {
        let told = self.reading.sentences.iter().any(|s| {
            let words = super::policy::words::stems(self.doc.flat.text().get(s.text.range()).unwrap_or(""));
            words.iter().any(|w| matches!(w.stem.as_str(), "i" | "my" | "me"))
        });
        let inside: Vec<&Part> = self.named("part-department").collect();
        if !told && inside.len() >= 2 {
            all.extend(self.word("inside-out-journey", inside[0].first, None));
        }
    }

    fn word(&self, rule: &str, sentence: usize, message: Option<String>) -> Option<Finding> {
        let rule = self.linter.rules.position(rule)? as u32;
        if !self.linter.rules.get(rule).is_some_and(|r| self.linter.speaks(r)) {
            return None;
        }
        let text = self.reading.sentences.get(sentence)?.text;
        let candidate = Candidate {
            rule,
            sentence: sentence as u32,
            text,
            parts: Vec::new(),
            surety: 0.0,
            also: Vec::new(),
        };
        let mut finding = self.linter.word(self.doc, self.reading, &candidate)?;
        if let Some(message) = message {
            finding.message = message;
        }
        Some(finding)
    }
}
