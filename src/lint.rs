//! A document read as language → findings. Which patterns fit, what the model thinks of them, what speaks for leaving
//! a sentence alone, and which runs of sentences are one thing.

mod boundary;
mod claims;
mod decide;
mod facts;
mod frames;
mod genre;
mod limits;
mod missing;
mod policy;
mod record;
mod reply_bank;
mod runs;
mod scope;
mod script;
mod wording;

use std::sync::Arc;

use crate::coverage::{Covering, Outcomes, Particulars, Spoken};
use crate::document::{self, Document, Format, Kind, Limits};
use crate::finding::Finding;
use crate::judge::Judge;
use crate::language::{self, Core, Lexicon, Mark, Reading, Sentence};
use crate::policy::{Policy, TouchpointId};
use crate::rule::pack::PackError;
use crate::rule::{Rule, Rules, Sensitivity, selftest};
use crate::source::{Source, Span};
pub use facts::{Claim, Claimed, Excused, Facts, Passages, Seen};
use jiff::civil::Date;
pub use policy::steps::{Step, six as six_steps};

/// Log-odds from which a sentence counts as one that says what a customer gets: the best balance of precision and
/// recall in cross-validation.
const OUTCOME: f32 = 0.0;

/// Everything that is the same for every document of a run.
#[derive(Debug)]
pub struct Linter {
    pub(crate) lexicon: Lexicon,
    pub(crate) core: Core,
    pub(crate) rules: Rules,
    pub(crate) judge: Option<Judge>,
    pub(crate) policy: Option<Arc<Policy>>,
    /// The policy's outcomes, read into concepts; `None` where it declares none.
    pub(crate) outcomes: Option<Outcomes>,
    /// Its standards and hallmarks, read into concepts when they are first asked for.
    particulars: std::sync::OnceLock<Particulars>,
    /// What is looked for in documents when all of them are looked at together; made when it is first asked for.
    cues: std::sync::OnceLock<facts::Cues>,
    /// What the policy lets people decide alone; `None` where it empowers nobody.
    allowed: Option<limits::Allowed>,
    /// What the policy's boundaries excuse.
    boundaries: Vec<boundary::Covers>,
    /// What spoken lines are introduced by.
    frames: frames::Frames,
    pub(crate) sensitivity: Sensitivity,
}

/// What a document is and what its sections are about.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// What the document is for.
    pub kind: Kind,
    /// For each section, the touchpoints it is about; may be shorter than the list of sections.
    pub sections: &'a [Vec<TouchpointId>],
}

/// Something a rule saw, before it is worded.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Index of the rule.
    pub rule: u32,
    /// Index of the first sentence it is about.
    pub sentence: u32,
    /// The place, in the flat text.
    pub text: Span,
    /// For a run, the parts in order, in the flat text.
    pub parts: Vec<Span>,
    /// How sure the linter is, as log-odds; ranks rules on the same place.
    pub surety: f32,
    /// Weaker rules on the same place.
    pub also: Vec<u32>,
}

impl Linter {
    /// A linter for a policy (or for none).
    ///
    /// # Errors
    /// A pack that cannot be read. The built-in packs always can.
    pub fn new(
        policy: Option<Arc<Policy>>,
        packs: Vec<Rule>,
        sensitivity: Sensitivity,
    ) -> Result<Linter, Box<PackError>> {
        let mut lexicon = Lexicon::english();
        if let Some(policy) = &policy {
            own_words(policy, &mut lexicon);
        }
        let mut rules = Rules::builtin(&mut lexicon)?;
        rules.extend(packs, &mut lexicon)?;
        let allowed = policy.as_deref().and_then(|p| limits::Allowed::of(p, &mut lexicon));
        let core = Core::of(&lexicon);
        let outcomes = policy.as_deref().filter(|p| !p.outcomes.is_empty()).map(Outcomes::of);
        let boundaries = policy.iter().flat_map(|p| &p.boundaries).map(boundary::Covers::of).collect();
        Ok(Linter {
            frames: frames::Frames::of(&lexicon, &rules),
            boundaries,
            lexicon,
            core,
            rules,
            judge: Judge::builtin(),
            policy,
            outcomes,
            particulars: std::sync::OnceLock::new(),
            cues: std::sync::OnceLock::new(),
            allowed,
            sensitivity,
        })
    }

    /// The rules it holds.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether a rule may speak at the linter's sensitivity.
    pub fn speaks(&self, rule: &Rule) -> bool {
        rule.sensitivity <= self.sensitivity
    }

    /// The words it knows.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The policy it holds documents against.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_deref()
    }

    /// The same, to be kept.
    pub fn shared_policy(&self) -> Option<Arc<Policy>> {
        self.policy.clone()
    }

    /// The policy's outcomes, ready to be looked for; `None` where it declares none.
    pub fn outcomes(&self) -> Option<&Outcomes> {
        self.outcomes.as_ref()
    }

    /// Reads a document as language.
    pub fn read(&self, doc: &Document) -> Reading {
        let mut reading = language::read(doc, &self.lexicon, &self.core);
        if let Some(judge) = &self.judge {
            reading.opinions = judge.opinions(doc, &reading, &self.lexicon);
            for (s, o) in reading.sentences.iter_mut().zip(&reading.opinions) {
                s.marks.set_if(Mark::Outcome, o.outcome > OUTCOME);
            }
        }
        reading
    }

    /// Which outcomes of the policy each section speaks to: one list a section; empty where none is declared.
    pub fn cover(&self, doc: &Document, reading: &Reading) -> Vec<Vec<Covering>> {
        self.outcomes.as_ref().map(|o| o.cover(doc, reading, &self.lexicon)).unwrap_or_default()
    }

    /// How each section speaks to the policy's standards and hallmarks: one list a section, in the order of
    /// [`Particular::all`](crate::coverage::Particular::all); empty where there is no policy.
    pub fn cover_particulars(&self, doc: &Document, reading: &Reading) -> Vec<Vec<Spoken>> {
        let Some(policy) = self.policy.as_deref() else { return Vec::new() };
        self.particulars.get_or_init(|| Particulars::of(policy)).cover(doc, reading, &self.lexicon)
    }

    /// The findings of one document, in order of their place.
    pub fn check(&self, doc: &Document, reading: &Reading, setting: Setting<'_>) -> Vec<Finding> {
        self.check_covered(doc, reading, setting, &self.cover(doc, reading)).0
    }

    /// What is to be kept of a document for when all are looked at together.
    pub fn facts(
        &self,
        doc: &Document,
        reading: &Reading,
        setting: Setting<'_>,
        excused: Vec<Excused>,
    ) -> Facts {
        facts::of(self, doc, reading, setting, excused)
    }

    /// The findings of one document, for a caller who has asked [`Linter::cover`] already, and what boundaries excuse
    /// in it.
    pub fn check_covered(
        &self,
        doc: &Document,
        reading: &Reading,
        setting: Setting<'_>,
        covered: &[Vec<Covering>],
    ) -> (Vec<Finding>, Vec<Excused>) {
        let law = genre::is_law(reading);
        let mut candidates = decide::over_scripting(self, doc, reading, setting, law);
        if law {
            let found = candidates.iter().filter_map(|c| self.word(doc, reading, c)).collect();
            return (found, Vec::new());
        }
        let excused = boundary::excuse(self, doc, reading, setting, &mut candidates);
        let conflicts =
            self.supersede(limits::conflicts(self, doc, reading, setting), reading, &mut candidates);
        let undeclared = boundary::undeclared(self, doc, reading, setting, &candidates);
        runs::join(self, doc, reading, &mut candidates);
        let mut out: Vec<Finding> = candidates.iter().filter_map(|c| self.word(doc, reading, c)).collect();
        out.extend(conflicts.into_iter().filter_map(|(c, conflict)| {
            let related = conflict.related.into_iter().collect();
            Some(Finding { message: conflict.message, related, ..self.word(doc, reading, &c)? })
        }));
        out.extend(undeclared);
        out.extend(record::find(self, doc, reading, setting));
        if setting.kind != Kind::Technical {
            out.extend(wording::find(self, doc, reading));
        }
        out.extend(missing::find(self, doc, reading, setting, covered));
        out.sort_by(|a, b| a.key().cmp(&b.key()));
        (out, excused)
    }

    /// Conflicts with the policy take the place of what other rules saw in the same sentence; those are listed under
    /// them.
    fn supersede(
        &self,
        conflicts: Vec<limits::Conflict>,
        reading: &Reading,
        candidates: &mut Vec<Candidate>,
    ) -> Vec<(Candidate, limits::Conflict)> {
        let Some(rule) = self.rules.position(limits::RULE) else { return Vec::new() };
        let mut out = Vec::with_capacity(conflicts.len());
        for conflict in conflicts {
            let mut mine = Candidate {
                rule: rule as u32,
                sentence: conflict.sentence,
                text: reading.sentences[conflict.sentence as usize].text,
                parts: Vec::new(),
                surety: 0.0,
                also: Vec::new(),
            };
            candidates.retain(|c| {
                // A run of lines is more than this sentence, and stays.
                let same = c.sentence == conflict.sentence && c.parts.len() < 2;
                if same {
                    mine.also.push(c.rule);
                    mine.also.extend(&c.also);
                }
                !same
            });
            out.push((mine, conflict));
        }
        out
    }

    /// What there is to say about the policy itself on a day, in order of the place; empty without a policy.
    pub fn check_policy(&self, today: Date) -> Vec<Finding> {
        self.policy.as_deref().map(|p| policy::find(self, p, today)).unwrap_or_default()
    }

    /// What the policy's documents lack when all of them are looked at together; empty without a policy. `open` reads a
    /// document's text again, for the few that are pointed at.
    pub fn check_together(
        &self,
        seen: &Seen,
        today: Date,
        open: &dyn Fn(&str) -> Option<Source>,
    ) -> Vec<Finding> {
        self.policy.as_deref().map(|p| policy::find_together(self, p, seen, today, open)).unwrap_or_default()
    }

    /// What the policy leaves open without being found wanting, each as a question.
    pub fn policy_questions(&self) -> Vec<String> {
        self.policy.as_deref().map(policy::questions).unwrap_or_default()
    }

    /// Where a rule about policies speaks in a small policy: spans of the text. One without a brand is read beside a
    /// sound one.
    ///
    /// # Errors
    /// A text that is no policy, in words.
    pub fn fits_policy(&self, rule: &str, text: &str) -> Result<Vec<std::ops::Range<usize>>, String> {
        policy::example::fits(self, rule, text)
    }

    /// Where the patterns of a rule fit in a text read as a section about serving customers: spans of the text. The
    /// model is not asked, so that an example says what the pattern says.
    pub fn fits(&self, rule: &str, text: &str, format: Format) -> Vec<std::ops::Range<usize>> {
        let Some(rule) = self.rules.position(rule) else { return Vec::new() };
        let frame = if format == Format::Markdown { selftest::FRAME } else { "" };
        let framed = format!("{frame}{text}\n");
        let Ok(doc) = document::read_as("example", framed.into_bytes(), format, Limits::default()) else {
            return Vec::new();
        };
        let reading = self.read(&doc);
        let script = script::Script::of(self, &doc, &reading);
        let mut out = Vec::new();
        for (i, s) in reading.sentences.iter().enumerate() {
            let mut hits = self.rules.hits(&reading, &self.lexicon, s, None);
            script.add(i, &mut hits);
            self.rules.add_expressions(doc.flat.text(), &reading, s, &mut hits);
            for hit in hits {
                let tokens = &reading.tokens[hit.tokens.start as usize..hit.tokens.end as usize];
                if let (true, Some(first), Some(last)) =
                    (hit.rule as usize == rule, tokens.first(), tokens.last())
                {
                    let span = doc.flat.to_source(first.text().join(last.text()));
                    out.push(span.start as usize - frame.len()..span.end as usize - frame.len());
                }
            }
        }
        out
    }

    /// A candidate in words; `None` for a rule that is not among the linter's own.
    fn word(&self, doc: &Document, reading: &Reading, c: &Candidate) -> Option<Finding> {
        let rule = self.rules.get(c.rule)?;
        let block = &doc.blocks[reading.sentences[c.sentence as usize].block as usize];
        Some(Finding {
            rule: rule.id.clone(),
            group: rule.group,
            level: rule.level,
            title: rule.title.clone(),
            message: rule.message.clone(),
            why: rule.why.clone(),
            instead: rule.instead.clone(),
            source: doc.source.clone(),
            span: doc.flat.to_source(c.text),
            parts: c.parts.iter().map(|p| doc.flat.to_source(*p)).collect(),
            place: block.place.as_deref().map(str::to_owned),
            heading_path: doc.heading_path(block.section).into_iter().map(str::to_owned).collect(),
            related: Vec::new(),
            also: c.also.iter().filter_map(|&r| self.rules.get(r)).map(|r| r.id.clone()).collect(),
            sentences: sentences(doc, reading, c),
        })
    }
}

/// The whole sentences a candidate is about: one for each part, or its own.
fn sentences(doc: &Document, reading: &Reading, c: &Candidate) -> Vec<String> {
    let text = |s: &Sentence| doc.flat.text().get(s.text.range()).unwrap_or("").to_owned();
    if c.parts.is_empty() {
        return vec![text(&reading.sentences[c.sentence as usize])];
    }
    let around = |part: &Span| {
        let at = reading.sentences.partition_point(|s| s.text.end <= part.start);
        reading.sentences.get(at).map(text).unwrap_or_default()
    };
    c.parts.iter().map(around).collect()
}

/// Lays a policy's words for customers and staff over the lexicon.
fn own_words(policy: &Policy, lexicon: &mut Lexicon) {
    for (class, words) in [("customer", &policy.brand.customers), ("staff", &policy.brand.staff)] {
        if let Some(class) = lexicon.make_class(class) {
            for w in words {
                lexicon.add(&w.text, language::inflect::Inflect::Noun, class);
            }
        }
    }
}
