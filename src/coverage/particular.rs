//! Standards and hallmarks of a policy × sections of a document → how each section speaks to them.
//!
//! They are judged as outcomes are, and held against one another and the outcomes they do not serve; no outcome's answer
//! hangs on them. A standard and a hallmark are particular things: words for the same matter that are none of their own
//! count one answer less.

use super::{Declared, Spoken, Statement};
use crate::document::Document;
use crate::language::stems::Stems;
use crate::language::{Lexicon, Reading};
use crate::policy::{At, Measure, OutcomeRef, Policy};

/// A particular thing held tight beside the outcomes, by its place in the policy's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particular {
    /// A standard.
    Standard(usize),
    /// A hallmark.
    Hallmark(usize),
}

impl Particular {
    /// All of a policy: its standards, then its hallmarks.
    pub fn all(policy: &Policy) -> impl Iterator<Item = Particular> + use<> {
        let standards = (0..policy.standards.len()).map(Particular::Standard);
        standards.chain((0..policy.hallmarks.len()).map(Particular::Hallmark))
    }

    /// The word it is declared with.
    pub fn kind(self) -> &'static str {
        match self {
            Particular::Standard(_) => "standard",
            Particular::Hallmark(_) => "hallmark",
        }
    }

    /// Its name.
    pub fn name(self, policy: &Policy) -> &str {
        match self {
            Particular::Standard(i) => &policy.standards[i].name.text,
            Particular::Hallmark(i) => &policy.hallmarks[i].name.text,
        }
    }

    /// What the customer gets or notices.
    pub fn title(self, policy: &Policy) -> &str {
        match self {
            Particular::Standard(i) => &policy.standards[i].title.text,
            Particular::Hallmark(i) => &policy.hallmarks[i].title.text,
        }
    }

    /// Where it is due.
    pub fn at(self, policy: &Policy) -> &At {
        match self {
            Particular::Standard(i) => &policy.standards[i].at,
            Particular::Hallmark(i) => &policy.hallmarks[i].at,
        }
    }

    /// The outcomes it serves.
    pub fn serves(self, policy: &Policy) -> &[OutcomeRef] {
        match self {
            Particular::Standard(i) => &policy.standards[i].serves,
            Particular::Hallmark(i) => &policy.hallmarks[i].serves,
        }
    }

    /// How one knows; a hallmark is not measured.
    pub fn measures(self, policy: &Policy) -> &[Measure] {
        match self {
            Particular::Standard(i) => &policy.standards[i].measures,
            Particular::Hallmark(_) => &[],
        }
    }
}

/// Standards and hallmarks, read into concepts once for all documents.
#[derive(Debug)]
pub struct Particulars {
    /// They themselves, then the outcomes.
    declared: Declared,
    count: usize,
}

impl Particulars {
    /// Reads those of a policy.
    pub fn of(policy: &Policy) -> Particulars {
        let particulars: Vec<Particular> = Particular::all(policy).collect();
        let statements = particulars.iter().map(|p| Statement {
            title: p.title(policy),
            signals: Vec::new(),
            feels: Vec::new(),
        });
        let count = particulars.len();
        // What it serves may be spoken of in the same breath; any other outcome is another matter.
        let rivals = particulars.iter().enumerate().map(|(i, p)| {
            let beside = (0..count).filter(move |other| *other != i);
            let outcomes = policy.outcome_ids().filter(|id| p.serves(policy).iter().all(|r| r.id != *id));
            beside.chain(outcomes.map(|id| count + id.0)).collect()
        });
        let rivals = rivals.collect();
        let mut declared = Declared::read(statements.chain(policy.outcomes.iter().map(Statement::of)));
        // Customers and staff are spoken of everywhere: their names say nothing of any one thing.
        let people = policy.brand.customers.iter().chain(&policy.brand.staff);
        let people: Vec<u32> = people.flat_map(|p| Stems::of(p.as_str()).all().to_vec()).collect();
        declared.own.iter_mut().for_each(|own| own.retain(|(stem, _)| !people.contains(stem)));
        Particulars { declared: Declared { particular: true, rivals, ..declared }, count }
    }

    /// One list a section, one entry for each in the order of [`Particular::all`].
    pub fn cover(&self, doc: &Document, reading: &Reading, lexicon: &Lexicon) -> Vec<Vec<Spoken>> {
        if self.count == 0 {
            return vec![Vec::new(); doc.sections.len()];
        }
        let mut sections = self.declared.cover(doc, reading, lexicon);
        sections.iter_mut().for_each(|row| row.truncate(self.count));
        sections
    }
}
