//! What a document says of its customers, held against what it tells staff to do → what is missing, reported where it
//! should stand.
//!
//! Only text about contact with customers can lack something; a parent heading or the document's purpose that says what
//! the customer gets silences what lies below it. At most one finding a rule and document, or a step of the journey.

mod document;
mod due;
mod reasonless;
mod section;
mod tightened;

use super::{Candidate, Linter, Setting};
use crate::coverage::{Answer, Covering};
use crate::document::{Document, Kind};
use crate::finding::{Finding, Related};
use crate::language::{Mark, Reading, Sentence};
use crate::policy::{Place, Policy, TouchpointId};
use crate::rule::Sensitivity;

/// A document, read, with what the rules of this folder ask for.
struct Scene<'a> {
    linter: &'a Linter,
    doc: &'a Document,
    reading: &'a Reading,
    setting: Setting<'a>,
    /// The answers of every section for every outcome; empty where none is declared.
    covered: &'a [Vec<Covering>],
    sections: Vec<SectionView>,
}

/// What a section holds, counted.
#[derive(Clone, Copy, Debug, Default)]
struct SectionView {
    /// Sentences that tell staff what to do, machines and duties aside.
    directed: usize,
    /// Sentences that name a customer.
    customers: usize,
    /// All sentences but the heading.
    sentences: usize,
    /// Whether a sentence of it says what the customer gets.
    outcome: bool,
    /// Whether it is the document's own record, work behind the stage, or ideas.
    aside: bool,
    /// Whether its heading announces a purpose.
    purpose: bool,
}

/// What is missing, before it is worded.
struct Missing {
    rule: &'static str,
    /// The sentence it is placed at.
    sentence: usize,
    /// What to say in place of the rule's own message.
    message: Option<String>,
    /// Ways to write it, in the policy's words.
    instead: Vec<String>,
    related: Vec<Related>,
}

/// Below this opinion (log-odds) a sentence leaves no doubt that it says nothing of what the customer gets.
const NO_OUTCOME: f32 = -1.5;

/// What the document lacks; empty for a document that is not about customers.
pub(super) fn find(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
    covered: &[Vec<Covering>],
) -> Vec<Finding> {
    if !matches!(setting.kind, Kind::Playbook | Kind::Handbook | Kind::Basics | Kind::Training) {
        return Vec::new();
    }
    let mut scene = Scene { linter, doc, reading, setting, covered, sections: Vec::new() };
    scene.sections = (0..doc.sections.len()).map(|i| scene.view(i)).collect();
    if !scene.meets_customers() {
        return Vec::new();
    }
    let mut all = Vec::new();
    tightened::find(&scene, &mut all);
    due::find(&scene, &mut all);
    section::find(&scene, &mut all);
    document::find(&scene, &mut all);
    reasonless::find(&scene, &mut all);
    all.into_iter().filter_map(|m| scene.word(m)).collect()
}

impl<'a> Scene<'a> {
    fn view(&self, section: usize) -> SectionView {
        let mut view = SectionView {
            aside: self.is_aside(section),
            purpose: section == 0
                || self.heading_is(section, &["outcome-heading"])
                || self.names_purpose(section),
            ..SectionView::default()
        };
        for (i, s) in self.sentences(section) {
            view.sentences += 1;
            view.customers += usize::from(s.marks.has(Mark::Customer));
            view.directed += usize::from(is_directed(s));
            let opinion = self.reading.opinions.get(i).map_or(0.0, |o| o.outcome);
            view.outcome |= s.marks.has(Mark::Outcome) || opinion > NO_OUTCOME;
        }
        view
    }

    /// Whether a heading above the section, or its own, speaks of the document itself, of machines, of work without a
    /// customer or of a duty, or its own one offers ideas or lines.
    fn is_aside(&self, section: usize) -> bool {
        let mut at = Some(section);
        while let Some(i) = at {
            let duty = self.doc.sections[i].heading.is_some_and(|block| {
                let marks = |m: Mark| self.reading.of_block(block).iter().any(|s| s.marks.has(m));
                marks(Mark::Duty) || marks(Mark::Technical)
            });
            if duty || self.heading_is(i, &["heading-meta", "heading-backstage"]) {
                return true;
            }
            at = self.doc.sections[i].parent.map(|p| p as usize);
        }
        self.heading_is(section, &["heading-offer", "heading-script"])
    }

    /// The sentences of a section with their indices, its heading left out.
    fn sentences(&self, section: usize) -> impl Iterator<Item = (usize, &'a Sentence)> + use<'a> {
        let (reading, blocks) = (self.reading, self.doc.sections[section].blocks.clone());
        blocks
            .flat_map(move |b| reading.blocks.get(b as usize).cloned().unwrap_or(0..0))
            .map(move |i| (i as usize, &reading.sentences[i as usize]))
            .filter(|(_, s)| !s.marks.has(Mark::Heading))
    }

    /// The sentence a finding about a section is placed at: its heading, else its first sentence.
    fn place(&self, section: usize) -> Option<usize> {
        let heading = self.doc.sections[section].heading;
        let of =
            |b: u32| self.reading.blocks.get(b as usize).filter(|r| !r.is_empty()).map(|r| r.start as usize);
        heading.and_then(of).or_else(|| self.sentences(section).next().map(|(i, _)| i))
    }

    fn heading_is(&self, section: usize, classes: &[&str]) -> bool {
        let Some(block) = self.doc.sections[section].heading else { return false };
        let ids = || classes.iter().filter_map(|c| self.linter.lexicon.class(c));
        self.reading.of_block(block).iter().any(|s| ids().any(|id| s.classes.has(id)))
    }

    fn names_purpose(&self, section: usize) -> bool {
        let heading = self.doc.heading(section as u32).to_lowercase();
        heading.split(|c: char| !c.is_alphanumeric()).any(|w| {
            matches!(
                w,
                "purpose" | "purposes" | "objective" | "objectives" | "goal" | "goals" | "aim" | "aims"
            )
        })
    }

    /// Whether the document is about serving customers at all: they are named again and again, machines are not.
    fn meets_customers(&self) -> bool {
        let all = self.sections.iter().map(|s| s.sentences).sum::<usize>();
        let customers = self.sections.iter().map(|s| s.customers).sum::<usize>();
        let technical = self
            .reading
            .sentences
            .iter()
            .filter(|s| s.marks.has(Mark::Technical) && !s.marks.has(Mark::Heading))
            .count();
        customers >= 3 && customers * 8 >= all && technical * 8 <= all
    }

    /// Whether a section is about contact with customers and tells staff what to do there.
    fn is_contact(&self, section: usize) -> bool {
        let view = &self.sections[section];
        view.directed >= 3 && view.customers >= 2 && !view.aside
    }

    /// Whether the section, a heading above it or the document's purpose says what the customer gets.
    fn says_outcome(&self, section: usize) -> bool {
        let mut at = Some(section);
        while let Some(i) = at {
            if self.speaks(i) {
                return true;
            }
            at = self.doc.sections[i].parent.map(|p| p as usize);
        }
        (0..self.sections.len()).any(|i| self.sections[i].purpose && self.speaks(i))
    }

    /// Whether a section's own text says what the customer gets.
    fn speaks(&self, section: usize) -> bool {
        self.sections[section].outcome
            || self.covered.get(section).is_some_and(|row| row.iter().any(|c| c.answer >= Answer::Weakly))
    }

    fn touchpoints(&self, section: usize) -> &'a [TouchpointId] {
        self.setting.sections.get(section).map_or(&[], Vec::as_slice)
    }

    fn policy(&self) -> Option<&'a Policy> {
        self.linter.policy.as_deref()
    }

    /// A line of the policy as the second place of a finding.
    fn clause(&self, place: Place, label: String) -> Option<Related> {
        let policy = self.policy()?;
        Some(Related { source: policy.source(place).clone(), span: place.span, label })
    }

    fn wants(&self, rule: &str) -> bool {
        let rule = self.linter.rules.named(rule);
        rule.is_some_and(|r| r.sensitivity <= self.linter.sensitivity)
    }

    fn thorough(&self) -> bool {
        self.linter.sensitivity >= Sensitivity::Thorough
    }

    fn word(&self, missing: Missing) -> Option<Finding> {
        if !self.wants(missing.rule) {
            return None;
        }
        let rule = self.linter.rules.position(missing.rule)? as u32;
        let s = self.reading.sentences.get(missing.sentence)?;
        let mut finding = self.linter.word(
            self.doc,
            self.reading,
            &Candidate {
                rule,
                sentence: missing.sentence as u32,
                text: s.text,
                parts: Vec::new(),
                surety: 0.0,
                also: Vec::new(),
            },
        )?;
        if let Some(message) = missing.message {
            finding.message = message;
        }
        if !missing.instead.is_empty() {
            finding.instead = missing.instead;
        }
        finding.related = missing.related;
        Some(finding)
    }
}

impl Missing {
    fn at(rule: &'static str, sentence: usize) -> Missing {
        Missing { rule, sentence, message: None, instead: Vec::new(), related: Vec::new() }
    }
}

/// Whether a sentence tells staff how to act, machines and duties aside.
fn is_directed(s: &Sentence) -> bool {
    s.marks.has(Mark::Directive) && !s.marks.has(Mark::Technical) && !s.marks.has(Mark::Duty)
}
