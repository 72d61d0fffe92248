//! Lines that something introduces → hits: a speech verb, a label, a heading or a column, and behind it, in quotation
//! marks, italics, the next item, the next cell or a fenced line, the words staff are to say.
//!
//! A list of textbook phrases finds almost none of these; what tells a script from a story is the frame. So the frame
//! is read first (who speaks, when, on whose order), and the words inside only name the rule.

use super::Linter;
use super::frames::Frames;
use super::reply_bank::Bank;
use crate::document::{BlockKind, Document};
use crate::language::{Actor, ClassSet, Force, Lexicon, Mark, Quote, Reading, Sentence, TokenKind};
use crate::rule::Hit;
use std::ops::Range;

/// The shortest quotation that can be a line, in words: "Hello there" is one, "VIP" is not.
const LINE: u32 = 3;
/// How far in front of a quotation its frame may begin, in tokens.
const FRAME: u32 = 9;
/// How far a line may stand from the sentence that introduces it, in sentences.
const REACH: usize = 3;

/// A document whose lines are looked at, and what its headings and its banks of replies say of them.
#[derive(Debug)]
pub(super) struct Script<'a> {
    linter: &'a Linter,
    doc: &'a Document,
    reading: &'a Reading,
    /// For each section, what its headings say of the lines below.
    sections: Vec<Headings>,
    /// For each sentence, whether it belongs to a bank of replies.
    bank: Vec<Bank>,
}

/// What the headings above a sentence say about lines that stand there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Headings {
    pub(super) script: bool,
    opening: bool,
    closing: bool,
    /// Offered, told of or held up as wrong.
    pub(super) excused: bool,
}

/// How a line is introduced.
#[derive(Clone, Debug)]
struct Frame {
    tokens: Range<u32>,
    opening: bool,
    closing: bool,
    example: bool,
    sure: bool,
}

impl<'a> Script<'a> {
    pub(super) fn of(linter: &'a Linter, doc: &'a Document, reading: &'a Reading) -> Script<'a> {
        let mut script = Script { linter, doc, reading, sections: Vec::new(), bank: Vec::new() };
        script.sections = (0..doc.sections.len() as u32).map(|s| script.headings(s)).collect();
        script.bank = super::reply_bank::sentences(&script, doc, reading);
        script
    }

    pub(super) fn frames(&self) -> &'a Frames {
        &self.linter.frames
    }

    /// Whether a sentence orders the text behind it to be sent: "send the following:".
    pub(super) fn sends(&self, lead: &Sentence) -> bool {
        const SENDING: [&str; 8] = ["send", "post", "paste", "reply", "answer", "respond", "write", "use"];
        let told =
            lead.marks.has(Mark::LeadIn) && !lead.marks.has(Mark::Example) && !lead.marks.has(Mark::Past);
        told && self
            .reading
            .tokens_of(lead)
            .iter()
            .any(|t| SENDING.contains(&self.linter.lexicon.text(self.linter.lexicon.lemma(t.word))))
    }

    /// What the headings of a section say, once read.
    pub(super) fn heading(&self, section: u32) -> Headings {
        self.sections.get(section as usize).copied().unwrap_or_default()
    }

    /// Reads the headings of a section.
    fn headings(&self, section: u32) -> Headings {
        let mut out = Headings::default();
        let mut at = Some(section);
        let mut nearest = true;
        while let Some(s) = at.and_then(|i| self.doc.sections.get(i as usize)) {
            let sentences = s.heading.map_or(&[][..], |h| self.reading.of_block(h));
            for h in sentences {
                let has = |classes: &ClassSet| h.classes.meets(classes);
                let frames = self.frames();
                out.script |= has(&frames.script_heading);
                out.opening |= nearest && has(&frames.opening_heading);
                out.closing |= nearest && has(&frames.closing_heading);
                out.excused |= has(&frames.excusing_heading) || nearest && has(&frames.offer_heading);
            }
            nearest = nearest && sentences.is_empty();
            at = s.parent;
        }
        out
    }

    /// Adds the line of a sentence to what patterns found there. A pattern that names the same rule knows the place
    /// better.
    pub(super) fn add(&self, index: usize, hits: &mut Vec<Hit>) {
        let Some(hit) = self.hit(index) else { return };
        match hits.iter_mut().find(|h| h.rule == hit.rule) {
            Some(known) => known.sure |= hit.sure,
            None => hits.push(hit),
        }
    }

    /// What the lines of a sentence break, if it holds one that staff are to say.
    fn hit(&self, index: usize) -> Option<Hit> {
        let s = &self.reading.sentences[index];
        let block = &self.doc.blocks[s.block as usize];
        let headings = self.heading(block.section);
        let bank = self.bank.get(index).copied().unwrap_or_default();
        if bank != Bank::No {
            let rule = self.frames().bank?;
            return Some(Hit { rule, tokens: s.tokens.clone(), sure: bank == Bank::Place });
        }
        if headings.excused || s.marks.has(Mark::Duty) || self.pair(s) {
            return None;
        }
        let quotes = self.reading.quotes_in(&s.tokens);
        let line = quotes.iter().find(|q| self.is_line(q));
        let outside = |classes: &ClassSet| self.outside(s, quotes, classes);
        if outside(&self.frames().offered) || outside(&self.frames().other) || self.excuses(index) {
            return None;
        }
        let Some(q) = line else { return self.bare(index, s, headings) };
        if s.marks.has(Mark::CustomerQuote) && !s.marks.has(Mark::StaffQuote) {
            return None;
        }
        let frame = if s.marks.has(Mark::AllQuote) { self.above(index, headings) } else { self.around(s, q) };
        let frame = frame?;
        let alone = quotes.iter().filter(|q| q.words >= 2).count() == 1;
        if frame.example && !alone {
            return None;
        }
        self.named(s, q.inside.clone(), &frame)
    }

    /// Whether what a sentence quotes is only told of: what was said once, what somebody else said, what one is not to
    /// say. "For years we had them say …", "A buyer in Porto: …", "Do not: …".
    pub(super) fn excuses(&self, index: usize) -> bool {
        let s = &self.reading.sentences[index];
        let quotes = self.reading.quotes_in(&s.tokens);
        let Some(q) = quotes.iter().find(|q| q.words > 1) else { return false };
        if self.is_told(s, quotes) || self.outside(s, quotes, &self.frames().over) {
            return true;
        }
        let label =
            q.outside.start > s.tokens.start && self.reading.tokens[q.outside.start as usize - 1].is(':');
        let first = lexicon_text(self.linter, self.reading, s.tokens.start);
        let before = s.tokens.start..q.outside.start.min(s.tokens.end);
        label
            && (matches!(first, "do" | "don't" | "not" | "never" | "instead" | "another")
                || matches!(first, "a" | "an" | "one" | "our") && self.holds(&before, &self.frames().people))
    }

    /// Whether a quotation is something one says to a customer: it addresses somebody, asks or exclaims.
    fn is_line(&self, q: &Quote) -> bool {
        q.words >= LINE && self.addresses(&q.inside)
    }

    fn addresses(&self, tokens: &Range<u32>) -> bool {
        let of = &self.reading.tokens[tokens.start as usize..tokens.end as usize];
        of.iter().any(|t| t.kind == TokenKind::Placeholder || t.is('?') || t.is('!'))
            || self.holds(tokens, &self.frames().address)
            || self.holds(tokens, &self.frames().refusal)
            || self.holds(tokens, &self.frames().policy)
    }

    /// Whether a class begins among these tokens.
    pub(super) fn holds(&self, of: &Range<u32>, classes: &ClassSet) -> bool {
        of.clone().any(|i| self.begins(i, of.end, classes))
    }

    fn begins(&self, at: u32, end: u32, classes: &ClassSet) -> bool {
        let t = &self.reading.tokens[at as usize];
        let set = self.linter.lexicon.classes(t.word);
        t.kind == TokenKind::Word && set.meets(classes)
            || self
                .reading
                .phrases_at(at)
                .iter()
                .any(|h| at + u32::from(h.len) <= end && classes.has(h.class))
    }

    /// Whether a class stands in the sentence outside its quotations.
    fn outside(&self, s: &Sentence, quotes: &[Quote], classes: &ClassSet) -> bool {
        s.tokens.clone().any(|i| {
            !quotes.iter().any(|q| q.words > 1 && q.outside.contains(&i))
                && self.begins(i, s.tokens.end, classes)
        })
    }

    /// Whether the sentence tells what was said: a past form in front of the words, and no passive that orders.
    fn is_told(&self, s: &Sentence, quotes: &[Quote]) -> bool {
        let lexicon: &Lexicon = &self.linter.lexicon;
        let past = |i: u32| {
            let word = self.reading.tokens[i as usize].word;
            matches!(
                lexicon.text(word),
                "said"
                    | "wrote"
                    | "told"
                    | "asked"
                    | "used"
                    | "made"
                    | "gave"
                    | "sent"
                    | "was"
                    | "were"
                    | "had"
                    | "replied"
                    | "did"
                    | "answered"
                    | "stopped"
                    | "dropped"
                    | "removed"
                    | "began"
                    | "heard"
                    | "came"
            ) && !i.checked_sub(1).is_some_and(|b| {
                matches!(
                    lexicon.text(self.reading.tokens[b as usize].word),
                    "is" | "are" | "be" | "gets" | "get" | "been" | "to" | "must" | "will" | "always" | "and"
                )
            })
        };
        s.tokens
            .clone()
            .filter(|i| !quotes.iter().any(|q| q.outside.contains(i)))
            .any(|i| self.reading.tokens[i as usize].kind == TokenKind::Word && past(i))
    }

    /// Whether a sentence stands in a column of good or bad examples.
    fn pair(&self, s: &Sentence) -> bool {
        let block = &self.doc.blocks[s.block as usize];
        let Some(heading) = self.doc.column_heading(block) else { return false };
        let text = self.doc.text(heading).to_lowercase();
        [
            "don't", "do", "instead", "not", "avoid", "before", "after", "old", "new", "bad", "good",
            "better", "example",
        ]
        .iter()
        .any(|w| text.split(|c: char| !(c.is_alphabetic() || c == '\'')).any(|t| t == *w))
    }

    /// The frame a quotation has in its own sentence.
    fn around(&self, s: &Sentence, q: &Quote) -> Option<Frame> {
        let from = q.outside.start.saturating_sub(FRAME).max(s.tokens.start);
        let before = from..q.outside.start;
        let after = q.outside.end.min(s.tokens.end)..(q.outside.end + FRAME).min(s.tokens.end);
        let near = q.outside.start.saturating_sub(5).max(s.tokens.start)..q.outside.start;
        let cue = before.clone().rev().find(|&i| self.begins(i, q.outside.start, &self.frames().speech));
        let label = q.outside.start > s.tokens.start
            && self.reading.tokens[q.outside.start as usize - 1].is(':')
            && q.outside.start - s.tokens.start <= 14;
        let opening =
            self.holds(&before, &self.frames().opening) || self.holds(&after, &self.frames().opening);
        let closing =
            self.holds(&before, &self.frames().closing) || self.holds(&after, &self.frames().closing);
        let scripted =
            self.holds(&before, &self.frames().script) || self.holds(&after, &self.frames().script);
        let example = self.holds(&before, &self.frames().example)
            || before.clone().any(|i| lexicon_text(self.linter, self.reading, i) == "e")
                && before.clone().any(|i| lexicon_text(self.linter, self.reading, i) == "g");
        if cue.is_none() && !label && !opening && !closing && !scripted && !example {
            return None;
        }
        let start = match cue {
            Some(c) => c,
            None if label => s.tokens.start,
            None => q.outside.start,
        };
        let ordered = s.marks.force >= Force::Should
            && (s.marks.has(Mark::Imperative) || s.marks.actor == Actor::Staff)
            || self.holds(&before, &self.frames().order)
            || self.holds(&after, &self.frames().order);
        let said = near.clone().any(|i| self.begins(i, q.outside.start, &self.frames().speech));
        let sure = ordered
            && said
            && q.words >= 5
            && !example
            && !s.marks.has(Mark::Negated)
            && !s.marks.has(Mark::Forbids);
        if s.marks.has(Mark::Forbids) {
            return None;
        }
        let end = q.outside.end.min(s.tokens.end);
        Some(Frame { tokens: start..end, opening, closing, example, sure })
    }

    /// The frame a line has from what stands above it: a heading, a sentence that leads in, the cell beside it.
    fn above(&self, index: usize, headings: Headings) -> Option<Frame> {
        let s = &self.reading.sentences[index];
        let mut frame = Frame {
            tokens: s.tokens.clone(),
            opening: headings.opening,
            closing: headings.closing,
            example: false,
            sure: false,
        };
        if let Some(lead) = self.lead(index) {
            let quotes = self.reading.quotes_in(&lead.tokens);
            let has = |classes: &ClassSet| self.outside(lead, quotes, classes);
            if has(&self.frames().offered) {
                return None;
            }
            // What customers say is theirs. Where it has been said already, the words below answer it.
            let branch = has(&self.frames().people) && s.marks.has(Mark::AllQuote) && self.is_branch(lead);
            if branch && !has(&self.frames().example) {
                return Some(Frame { sure: true, ..frame });
            }
            if has(&self.frames().over) {
                return None;
            }
            if has(&self.frames().people) && lead.marks.actor == Actor::Customer {
                return None;
            }
            frame.example = has(&self.frames().example);
            frame.opening |= has(&self.frames().opening);
            frame.closing |= has(&self.frames().closing);
            if has(&self.frames().speech)
                || has(&self.frames().script)
                || frame.opening
                || frame.closing
                || frame.example
            {
                // A column headed "What you say" means each of its cells.
                let column =
                    matches!(self.doc.blocks[lead.block as usize].kind, BlockKind::Cell { header: true, .. });
                let whole = s.marks.has(Mark::AllQuote) && s.tokens.len() >= 6;
                frame.sure = column
                    && whole
                    && has(&self.frames().speech)
                    && !has(&self.frames().people)
                    && !frame.example;
                return Some(frame);
            }
        }
        (headings.script || frame.opening || frame.closing).then_some(frame)
    }

    /// Whether a lead-in is a branch of a call: "If the customer says they are moving:" has told what the customer says,
    /// "If the customer says:" has not.
    fn is_branch(&self, lead: &Sentence) -> bool {
        let speech = lead.tokens.clone().find(|&i| self.begins(i, lead.tokens.end, &self.frames().speech));
        let Some(speech) = speech.filter(|_| lead.marks.has(Mark::Condition)) else { return false };
        let said: Vec<u32> = (speech + 1..lead.tokens.end)
            .filter(|&i| self.reading.tokens[i as usize].kind == TokenKind::Word)
            .collect();
        let open = said.last().is_some_and(|&i| {
            matches!(lexicon_text(self.linter, self.reading, i), "like" | "following" | "this" | "these")
        });
        said.len() >= 2 && !open
    }

    /// The sentence that introduces this one: the label in the row, the lead-in above the list, the line before.
    fn lead(&self, index: usize) -> Option<&'a Sentence> {
        let s = &self.reading.sentences[index];
        let block = &self.doc.blocks[s.block as usize];
        match block.kind {
            BlockKind::Cell { .. } => {
                let frames = self.frames();
                if let Some(h) = self.doc.column_heading(block)
                    && let Some(lead) = self.reading.of_block(self.doc.index_of(h)).first()
                    && (lead.classes.meets(&frames.script) || lead.classes.meets(&frames.speech))
                {
                    return Some(lead);
                }
                let first = s.block.checked_sub(1)?;
                let same = matches!(self.doc.blocks.get(first as usize)?.kind, BlockKind::Cell { .. });
                if same { self.reading.of_block(first).last() } else { None }
            }
            BlockKind::Item { list, .. } => {
                let blocks = &self.doc.lists.get(list as usize)?.blocks;
                self.reading.of_block(self.doc.lead(blocks)?).last().filter(|l| l.marks.has(Mark::LeadIn))
            }
            _ => {
                let near = index.saturating_sub(REACH)..index;
                self.reading.sentences[near].iter().rev().find(|l| {
                    self.doc.blocks[l.block as usize].section == block.section && l.marks.has(Mark::LeadIn)
                })
            }
        }
    }

    /// A line without quotation marks: a fenced line, an item or a cell below a heading or behind a lead-in that says
    /// it is to be spoken. Only where it also opens or closes like one.
    fn bare(&self, index: usize, s: &Sentence, headings: Headings) -> Option<Hit> {
        let block = &self.doc.blocks[s.block as usize];
        let apart = block.quoted > 0
            || matches!(
                block.kind,
                BlockKind::Item { .. } | BlockKind::Cell { .. } | BlockKind::Fence { .. }
            );
        let spoken = self.begins(s.tokens.start, s.tokens.end, &self.frames().salutation)
            || self.holds(&s.tokens, &self.frames().sign_off)
            || self.holds(&s.tokens, &self.frames().apology);
        if !apart || !spoken || s.marks.has(Mark::Imperative) || s.marks.has(Mark::Directive) {
            return None;
        }
        let frame = self.above(index, headings)?;
        self.named(s, s.tokens.clone(), &frame)
    }

    /// The rule a line breaks: by its words where they give it away, else by the place it has in the contact.
    fn named(&self, s: &Sentence, line: Range<u32>, frame: &Frame) -> Option<Hit> {
        let early = line.start..(line.start + 4).min(line.end);
        let greets = self.holds(&early, &self.frames().salutation);
        let parts = self.holds(&line, &self.frames().sign_off);
        let rule = if frame.example {
            "lone-example"
        } else if self.holds(&line, &self.frames().apology) {
            "formula-apology"
        } else if self.holds(&line, &self.frames().policy) {
            "policy-shield"
        } else if self.holds(&line, &self.frames().refusal) && !self.holds(&s.tokens, &self.frames().way_on) {
            "dead-end-no"
        } else if frame.opening && !frame.closing || greets && !parts {
            "fixed-opening"
        } else if frame.closing || parts {
            "fixed-closing"
        } else {
            "verbatim-line"
        };
        let rule = self.linter.rules.position(rule)? as u32;
        Some(Hit { rule, tokens: frame.tokens.clone(), sure: frame.sure })
    }
}

/// A word as the lexicon has it, in small letters; empty for a mark.
fn lexicon_text<'a>(linter: &'a Linter, reading: &Reading, at: u32) -> &'a str {
    linter.lexicon.text(reading.tokens[at as usize].word)
}
