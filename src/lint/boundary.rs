//! The policy's boundaries × candidates → those a boundary excuses are left out; a duty nobody declared leaves one hint.

use super::{Candidate, Excused, Linter, Setting};
use crate::document::{Document, Kind};
use crate::finding::{Finding, Group};
use crate::language::stems::{Stemming, Stems};
use crate::language::{Force, Mark, Reading, Sentence};
use crate::policy::{At, Boundary, TouchpointId};

/// The rule that hints at a duty nobody declared.
const UNDECLARED: &str = "undeclared-boundary";

/// Takes out the candidates whose sentence a boundary covers at its touchpoints.
pub(super) fn excuse(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
    candidates: &mut Vec<Candidate>,
) -> Vec<Excused> {
    let covers = &linter.boundaries;
    let mut excused = Vec::new();
    if covers.iter().all(|c| c.phrases.is_empty()) {
        return excused;
    }
    let mut stemming = Stemming::of(doc, reading, &linter.lexicon);
    candidates.retain(|c| {
        let s = &reading.sentences[c.sentence as usize];
        let section = doc.blocks[s.block as usize].section as usize;
        let at = setting.sections.get(section).map_or(&[][..], Vec::as_slice);
        let stems = stemming.everything(s);
        let quotes = s.marks.has(Mark::Quote);
        let by = covers.iter().enumerate().find_map(|(i, b)| Some((i, b.excuses(&stems, quotes, at)?)));
        excused.extend(by.map(|(boundary, phrase)| {
            let line = doc.source.position(doc.flat.to_source(s.text).start).line;
            Excused { boundary, phrase, line }
        }));
        by.is_none()
    });
    excused
}

/// A boundary, ready to be looked for.
#[derive(Debug)]
pub(super) struct Covers {
    at: At,
    phrases: Vec<Vec<u32>>,
    wording: Vec<Vec<u32>>,
}

impl Covers {
    pub(super) fn of(boundary: &Boundary) -> Covers {
        let stems =
            |texts: &[crate::policy::Text]| texts.iter().map(|t| Stems::of(&t.text).all().to_vec()).collect();
        Covers {
            at: boundary.at.clone(),
            phrases: stems(&boundary.covers),
            wording: stems(&boundary.wording),
        }
    }

    /// Whether a sentence is a part of the wording.
    fn words(&self, stems: &Stems) -> bool {
        let part = stems.all();
        part.len() > 1 && self.wording.iter().any(|run| run.windows(part.len()).any(|w| w == part))
    }

    /// Whether it excuses a sentence: one that holds a phrase it covers. Where it has a wording, that text and the
    /// sentences it consists of; and the order to read it, unless it quotes something else. The index of the phrase, or
    /// `None` for the wording.
    fn excuses(&self, stems: &Stems, quotes: bool, at: &[TouchpointId]) -> Option<Option<usize>> {
        let here = match &self.at {
            At::All | At::Unsaid => true,
            some => at.iter().any(|t| some.includes(*t)),
        };
        if !here {
            return None;
        }
        let holds = |runs: &[Vec<u32>]| runs.iter().position(|run| stems.holds(run));
        if !self.wording.is_empty() && (holds(&self.wording).is_some() || self.words(stems)) {
            return Some(None);
        }
        let phrase = holds(&self.phrases).filter(|_| self.wording.is_empty() || !quotes);
        phrase.map(Some)
    }
}

/// One hint a document that a duty is ordered which no boundary of the policy declares.
pub(super) fn undeclared(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
    candidates: &[Candidate],
) -> Option<Finding> {
    linter.policy()?;
    let rule = linter.rules.position(UNDECLARED)? as u32;
    if matches!(setting.kind, Kind::Technical | Kind::Story | Kind::Experiment | Kind::Journey) {
        return None;
    }
    let mut stemming = Stemming::of(doc, reading, &linter.lexicon);
    let (i, s) = reading.sentences.iter().enumerate().find(|(i, s)| {
        // What looks like a script and was left alone because it is a duty.
        s.marks.has(Mark::Duty)
            && s.marks.force == Force::Must
            && !s.marks.has(Mark::Heading)
            && !candidates.iter().any(|c| c.sentence as usize == *i)
            && looks_scripted(linter, reading, s)
            && !linter.boundaries.iter().any(|c| {
                let stems = stemming.everything(s);
                c.phrases.iter().chain(&c.wording).any(|run| stems.holds(run))
            })
    })?;
    let candidate = Candidate {
        rule,
        sentence: i as u32,
        text: s.text,
        parts: Vec::new(),
        surety: 0.0,
        also: Vec::new(),
    };
    linter.word(doc, reading, &candidate)
}

/// Whether a rule would speak here, were it not for the duty.
fn looks_scripted(linter: &Linter, reading: &Reading, s: &Sentence) -> bool {
    let mut freed = s.clone();
    freed.marks.bits &= !(1 << Mark::Duty as u8);
    !linter.rules.hits(reading, &linter.lexicon, &freed, Some(Group::OverScripting)).is_empty()
}
