//! A line of a policy → what it does as a sentence: whom it is about, whether it orders, whether it scripts.

use super::Scene;
use crate::document::{self, Document, Format, Limits};
use crate::finding::Group;
use crate::language::{Actor, ClassId, ClassSet, Force, Mark, Reading, Sentence};
use crate::lint::claims;
use crate::lint::facts::Claim;
use crate::lint::script::Script;

/// A line of a policy, read as language.
pub(super) struct Said {
    doc: Document,
    reading: Reading,
}

/// Below this opinion (log-odds) a pattern of over-scripting fits a line of the policy only by accident, unless the
/// pattern is sure of itself.
const ACCIDENT: f32 = -2.0;

impl Said {
    /// Reads a line. A full stop is added where there is none, or a short line would be a heading.
    pub fn of(scene: &Scene<'_>, text: &str) -> Option<Said> {
        let end = if text.ends_with(['.', '!', '?', '"', '”', '\'']) { "" } else { "." };
        // A line that begins like a list or a heading is neither.
        let text = text.trim_start_matches(['#', '-', '*', '+', '>', '|', '=', ' ']);
        let text = format!("{text}{end}\n");
        let doc = document::read_as("line", text.into_bytes(), Format::Markdown, Limits::default()).ok()?;
        let reading = scene.linter.read(&doc);
        Some(Said { doc, reading })
    }

    /// Its sentences.
    pub fn sentences(&self) -> &[Sentence] {
        &self.reading.sentences
    }

    /// The limits, amounts and deadlines it names.
    pub fn claims(&self) -> Vec<Claim> {
        claims::of(&self.doc, &self.reading)
    }

    /// Whether any of its sentences has this mark.
    pub fn has(&self, mark: Mark) -> bool {
        self.sentences().iter().any(|s| s.marks.has(mark))
    }

    /// Who acts in its first sentence.
    pub fn actor(&self) -> Actor {
        self.sentences().first().map_or(Actor::Unknown, |s| s.marks.actor)
    }

    /// How surely it says what a customer gets (log-odds of its surest sentence).
    pub fn outcome(&self) -> f32 {
        self.reading.opinions.iter().map(|o| o.outcome).fold(f32::NEG_INFINITY, f32::max)
    }

    /// Whether a sentence of it begins with a word of one of these classes of the lexicon, articles aside.
    pub fn opens_with(&self, scene: &Scene<'_>, classes: &[&str]) -> bool {
        let lexicon = &scene.linter.lexicon;
        let ids: Vec<_> = classes.iter().filter_map(|c| lexicon.class(c)).collect();
        let skipped: Vec<_> =
            ["determiner", "adverb-opener"].iter().filter_map(|c| lexicon.class(c)).collect();
        self.sentences().iter().any(|s| {
            let tokens = self.reading.tokens_of(s).iter();
            let first =
                tokens.map(|t| lexicon.classes(t.word)).find(|set| !skipped.iter().any(|c| set.has(*c)));
            first.is_some_and(|set| ids.iter().any(|c| set.has(*c)))
        })
    }

    /// Whether it orders in so many words: staff must, always do, never do, at all times.
    pub fn orders(&self, scene: &Scene<'_>) -> bool {
        let lexicon = &scene.linter.lexicon;
        let [always, never, whole] = ["always", "never", "no-exception"].map(|c| lexicon.class(c));
        let is = |set: &ClassSet, class: Option<ClassId>| class.is_some_and(|c| set.has(c));
        self.sentences().iter().any(|s| {
            let m = &s.marks;
            if m.has(Mark::Condition) || m.has(Mark::Room) {
                return false;
            }
            let first =
                self.reading.tokens_of(s).first().map(|t| *lexicon.classes(t.word)).unwrap_or_default();
            let absolute = is(&first, always) || is(&first, never) || is(&s.classes, whole);
            m.actor == Actor::Staff
                && (m.has(Mark::Imperative) && absolute || m.force == Force::Must && !m.has(Mark::Imperative))
        })
    }

    /// The first rule of over-scripting that sees it.
    pub fn scripted(&self, scene: &Scene<'_>) -> Option<String> {
        let linter = scene.linter;
        let script = Script::of(linter, &self.doc, &self.reading);
        self.reading.sentences.iter().enumerate().find_map(|(i, s)| {
            let mut hits = linter.rules.hits(&self.reading, &linter.lexicon, s, Some(Group::OverScripting));
            script.add(i, &mut hits);
            let opinion = self.reading.opinions.get(i).map_or(0.0, |o| o.scripted);
            let rule = hits.into_iter().find(|hit| hit.sure || opinion > ACCIDENT)?.rule;
            linter.rules.get(rule).map(|rule| rule.id.clone())
        })
    }
}
