//! A document → the few facts about it that count when all documents of a policy are looked at together.
//!
//! Documents are read one by one and forgotten; of each only this little is kept.

use super::policy::words::{STEPS, Words};
use super::{Linter, Setting};
use crate::document::{Document, Kind};
use crate::language::{Mark, Reading};
use crate::policy::{At, Policy, TouchpointId};
use crate::source::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// What is kept of a document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The touchpoints it is about.
    pub about: Vec<TouchpointId>,
    /// Those at which it tells staff what to do.
    pub directs: Vec<TouchpointId>,
    /// Indices of the boundaries it mentions.
    pub mentions: Vec<usize>,
    /// The passages that hold a phrase a boundary covers, at its touchpoints.
    pub held: Vec<Excused>,
    /// Those of them that would be findings otherwise.
    pub excused: Vec<Excused>,
    /// The limits, amounts and deadlines it names.
    pub claims: Vec<Claim>,
    /// Where it is used.
    pub site: Option<String>,
    /// For each of the six steps the line that speaks of it, from 1.
    pub steps: [Option<u32>; 6],
}

/// A figure, and what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// How much: whole units of the currency, or minutes.
    pub value: f64,
    /// The currency, or `minutes`.
    pub unit: String,
    /// Stems of the words that say what it is for, sorted.
    pub about: Vec<String>,
    /// The sentence.
    pub span: Span,
    /// The figure as it is written.
    pub said: String,
}

/// A claim and the document it stands in.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The document, as it is shown to people.
    pub name: String,
    /// Where it is used.
    pub site: Option<String>,
    /// The claim.
    pub claim: Claim,
}

/// A passage, and the boundary that covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excused {
    /// Index of the boundary.
    pub boundary: usize,
    /// Index of the phrase it `covers` that stands there; `None` for its wording.
    pub phrase: Option<usize>,
    /// The line, from 1.
    pub line: u32,
}

/// By boundary and phrase (`None` for its wording): documents and lines.
pub type Passages = BTreeMap<(usize, Option<usize>), Vec<(String, u32)>>;

/// What a policy's documents hold together.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// What documents say of limits, amounts and deadlines.
    pub claims: Vec<Claimed>,
    /// How many documents were read.
    pub documents: usize,
    /// For each touchpoint the documents about it.
    pub about: BTreeMap<TouchpointId, usize>,
    /// For each touchpoint the documents that tell staff there what to do.
    pub directs: BTreeMap<TouchpointId, Vec<String>>,
    /// Indices of the boundaries a document mentions.
    pub mentions: BTreeSet<usize>,
    /// For each of the six steps a document that speaks of it, and its line.
    pub steps: [Option<(String, u32)>; 6],
    /// For each boundary and each phrase it covers (`None` for its wording) the documents and lines that hold it.
    pub held: Passages,
    /// Those of them that would be findings otherwise.
    pub excused: Passages,
}

impl Seen {
    /// Counts a document in.
    pub fn add(&mut self, name: &str, facts: &Facts) {
        self.documents += 1;
        self.claims.extend(facts.claims.iter().map(|claim| Claimed {
            name: name.to_owned(),
            site: facts.site.clone(),
            claim: claim.clone(),
        }));
        for at in &facts.about {
            *self.about.entry(*at).or_default() += 1;
        }
        for at in &facts.directs {
            self.directs.entry(*at).or_default().push(name.to_owned());
        }
        self.mentions.extend(&facts.mentions);
        for (mine, line) in self.steps.iter_mut().zip(facts.steps) {
            if let (None, Some(line)) = (&mine, line) {
                *mine = Some((name.to_owned(), line));
            }
        }
        for (mine, theirs) in [(&mut self.held, &facts.held), (&mut self.excused, &facts.excused)] {
            for Excused { boundary, phrase, line } in theirs {
                mine.entry((*boundary, *phrase)).or_default().push((name.to_owned(), *line));
            }
        }
    }
}

/// What is looked for in every document at once: phrases of boundaries, words for the six steps.
#[derive(Debug)]
pub(super) struct Cues {
    finder: Option<AhoCorasick>,
    means: Vec<Cue>,
}

#[derive(Clone, Copy, Debug)]
enum Cue {
    /// A phrase of a boundary, by its index; `None` for its wording.
    Boundary(usize, Option<usize>),
    /// A boundary's name.
    Name(usize),
    Step(usize),
}

impl Cues {
    pub(super) fn of(policy: &Policy) -> Cues {
        let mut texts: Vec<String> = Vec::new();
        let mut means = Vec::new();
        let mut add = |text: &str, cue: Cue| {
            let text = text.to_lowercase();
            for text in [text.replace('-', " "), text] {
                if text.len() > 2 && !texts.contains(&text) {
                    texts.push(text);
                    means.push(cue);
                }
            }
        };
        for (i, boundary) in policy.boundaries.iter().enumerate() {
            for (n, text) in boundary.covers.iter().enumerate() {
                add(&text.text, Cue::Boundary(i, Some(n)));
            }
            for text in &boundary.wording {
                add(&text.text, Cue::Boundary(i, None));
            }
            add(&boundary.name.text, Cue::Name(i));
        }
        for (i, step) in STEPS.iter().enumerate() {
            for text in Words::builtin().written(step) {
                add(text, Cue::Step(i));
            }
        }
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&texts)
            .ok();
        Cues { finder, means }
    }
}

/// The facts of a document.
pub(super) fn of(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
    excused: Vec<Excused>,
) -> Facts {
    let mut facts = Facts { excused, ..Facts::default() };
    let Some(policy) = linter.policy() else { return facts };
    if matches!(setting.kind, Kind::Technical | Kind::Experiment) {
        return facts;
    }
    if !matches!(setting.kind, Kind::Story | Kind::Journey | Kind::Scorecard) {
        facts.claims = super::claims::of(doc, reading);
    }
    let directs = |section: usize| {
        let blocks = doc.sections[section].blocks.clone();
        blocks.flat_map(|b| reading.of_block(b)).any(|s| s.marks.has(Mark::Directive))
    };
    let tells = matches!(setting.kind, Kind::Playbook | Kind::Handbook | Kind::Basics);
    for (section, at) in setting.sections.iter().enumerate().take(doc.sections.len()) {
        facts.about.extend(at);
        if tells && directs(section) {
            facts.directs.extend(at);
        }
    }
    for list in [&mut facts.about, &mut facts.directs] {
        list.sort_unstable();
        list.dedup();
    }
    let cues = linter.cues.get_or_init(|| Cues::of(policy));
    let text = doc.flat.text();
    let bytes = text.as_bytes();
    let Some(finder) = &cues.finder else { return facts };
    for hit in finder.find_overlapping_iter(text) {
        // A phrase begins where a word does; how it ends depends on its form.
        if hit.start() > 0 && bytes[hit.start() - 1].is_ascii_alphanumeric() {
            continue;
        }
        let span = || doc.flat.to_source(Span::new(hit.start(), hit.end()));
        let line = || doc.source.position(span().start).line;
        let cue = cues.means[hit.pattern().as_usize()];
        if let Cue::Boundary(i, _) | Cue::Name(i) = cue
            && !facts.mentions.contains(&i)
        {
            facts.mentions.push(i);
        }
        match cue {
            Cue::Boundary(boundary, phrase) => {
                let at = &policy.boundaries[boundary].at;
                let section =
                    doc.sections.partition_point(|s| s.span.start <= span().start).saturating_sub(1);
                let here = setting.sections.get(section).map_or(&[][..], Vec::as_slice);
                let held = Excused { boundary, phrase, line: line() };
                let holds = matches!(at, At::All | At::Unsaid) || here.iter().any(|t| at.includes(*t));
                if holds && facts.held.last() != Some(&held) {
                    facts.held.push(held);
                }
            }
            Cue::Step(i) if facts.steps[i].is_none() && speaks_of_work(setting.kind) => {
                facts.steps[i] = Some(line());
            }
            _ => {}
        }
    }
    facts
}

/// Whether documents of a kind say how people work together here.
fn speaks_of_work(kind: Kind) -> bool {
    matches!(kind, Kind::Playbook | Kind::Handbook | Kind::Basics | Kind::Training)
}
