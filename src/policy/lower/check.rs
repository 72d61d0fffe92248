//! Lines and blocks of a tree → clauses, each checked against its row of the vocabulary. Every mistake is reported
//! and read past, so that one does not hide the next.

use super::clause::{Arg, Clause};
use super::items::Cursor;
use super::words::{self, Meaning};
use crate::policy::error::{Mistake, PolicyError};
use crate::policy::model::Place;
use crate::policy::parse::{Block, Entry, Item, ItemKind};
use crate::policy::vocabulary::{Often, Shape, TOP, Word};
use crate::source::{Source, Span};

/// The block a line stands in; `None` where nobody knows which block that was meant to be.
pub(super) type Around = Option<&'static Word>;

/// Checks one file.
pub(super) struct Checker<'a> {
    /// The text.
    pub source: &'a Source,
    /// Its index among the policy's sources.
    pub index: u32,
    /// What is wrong with it.
    pub errors: Vec<PolicyError>,
}

impl Checker<'_> {
    /// Checks what stands at the top of a file.
    pub fn file(&mut self, entries: &[Entry]) -> Vec<Clause> {
        let clauses = self.entries(entries, Some(&TOP));
        self.check_repeats(&clauses, &TOP);
        clauses
    }

    pub(super) fn report(&mut self, mistake: Mistake, span: Span) {
        self.errors.push(PolicyError::at(mistake, self.source, span));
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place { source: self.index, span }
    }

    pub(super) fn text(&self, item: &Item) -> &str {
        self.source.slice(item.span)
    }

    fn entries(&mut self, entries: &[Entry], around: Around) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for entry in entries {
            match entry {
                Entry::Line(line) => self.line(&line.items, line.block.as_ref(), around, &mut clauses),
                Entry::Bare(block) => {
                    self.report(Mistake::BareBlock, block.open);
                    self.entries(&block.entries, None);
                }
                // Stray braces are reported before lines are looked at.
                Entry::Comment(_) | Entry::Close(_) => {}
            }
        }
        clauses
    }

    /// Checks one line. A `;` makes two of it, so that both are looked at.
    fn line(&mut self, items: &[Item], block: Option<&Block>, around: Around, out: &mut Vec<Clause>) {
        if let Some(at) = items.iter().position(|i| i.kind == ItemKind::Odd && self.text(i) == ";") {
            self.report_odd(items[at].span);
            let (before, after) = (&items[..at], &items[at + 1..]);
            if !before.is_empty() {
                self.line(before, block.filter(|_| after.is_empty()), around, out);
            }
            if !after.is_empty() {
                self.line(after, block, around, out);
            }
            return;
        }
        let mut cursor = Cursor::new(items);
        let Some((word, known)) = self.first_word(&mut cursor, items, around) else {
            if let Some(block) = block {
                self.entries(&block.entries, None);
            }
            return;
        };
        cursor.quiet |= !known;
        let mut clause = self.clause(&mut cursor, word, &mut Vec::new());
        clause.guessed = !known;
        self.check_end(&mut cursor, word, around);
        if let Some(block) = block {
            if word.has_block() {
                clause.inner.extend(self.entries(&block.entries, Some(word)));
            } else {
                self.report(Mistake::NoBlockHere { word: word.phrase }, block.open);
                self.entries(&block.entries, None);
            }
            clause.place = clause.place.join(self.place(block.span));
        }
        self.check_repeats(&clause.inner, word);
        self.check_reading(&clause);
        out.push(clause);
    }

    /// The word a line begins with, and whether it was written as it should be. What means nothing at all in the
    /// line is reported, unless nothing in it does.
    fn first_word(
        &mut self,
        cursor: &mut Cursor,
        items: &[Item],
        around: Around,
    ) -> Option<(&'static Word, bool)> {
        let Some(first) = cursor.peek() else {
            self.report_odds(items, cursor);
            return None;
        };
        let found = match first.kind {
            ItemKind::Word => None,
            ItemKind::Quotation { .. } => Some("a quotation"),
            ItemKind::Date => Some("a date"),
            ItemKind::Comma => Some("a comma"),
            _ => Some("a number"),
        };
        let block = around.map_or("", |w| w.phrase);
        if let Some(found) = found {
            self.report_unclosed(cursor);
            self.report(Mistake::NotALine { found, block }, first.span);
            return None;
        }
        let texts: Vec<&str> = cursor.leading_words().map(|i| self.source.slice(i.span)).collect();
        let span = |n: usize| cursor.span_of(n);
        let (word, taken, mistake) = match words::meaning(&texts, around) {
            Meaning::Known { word, words } => (Some(word), words, None),
            Meaning::Elsewhere { word, words } => {
                let suggestion = around.and_then(|block| words::near_in_block(word, block));
                let mistake = Mistake::WrongBlock {
                    word: word.phrase,
                    block,
                    home: words::home(word),
                    meaning: words::only_meaning(word),
                    suggestion,
                };
                (Some(word), words, Some((mistake, span(words))))
            }
            Meaning::Meant { word, words } => {
                let known = around.map_or(Vec::new(), |w| w.holds().map(|w| w.phrase).collect());
                let suggestion = Some(word.phrase);
                let mistake =
                    Mistake::UnknownWord { word: texts[..words].join(" "), block, suggestion, known };
                (Some(word), words, Some((mistake, span(words))))
            }
            Meaning::Unknown => {
                let known = around.map_or(Vec::new(), |w| w.holds().map(|w| w.phrase).collect());
                let mistake =
                    Mistake::UnknownWord { word: texts[0].to_owned(), block, suggestion: None, known };
                (None, 1, around.map(|_| (mistake, span(1))))
            }
        };
        let known = !matches!(mistake, Some((Mistake::UnknownWord { .. }, _)));
        if let Some((mistake, span)) = mistake {
            self.report(mistake, span);
        }
        self.report_unclosed(cursor);
        let word = word?;
        self.report_odds(items, cursor);
        cursor.skip(taken);
        Some((word, known))
    }

    /// Says twice what may be said once, or two things that exclude each other.
    pub(super) fn check_repeats(&mut self, clauses: &[Clause], block: &'static Word) {
        for (i, clause) in clauses.iter().enumerate() {
            let word = clause.word;
            // Blocks, and the one line that may stand in any of several blocks, are looked at with the names.
            let elsewhere = word.shape == Shape::Block || word.phrase == "first";
            if !word.belongs_in(block) || elsewhere || clause.guessed {
                continue;
            }
            let before = &clauses[..i];
            let same = before.iter().find(|c| std::ptr::eq(c.word, word));
            let other = || before.iter().find(|c| word.either.is_some() && c.word.either == word.either);
            let (mistake, first, label) = match (same, other()) {
                (Some(first), _) if word.often == Often::Once => {
                    (Mistake::SaidTwice { word: word.phrase, block: block.phrase }, first, "first said here")
                }
                (None, Some(first)) => {
                    let about = word.either.unwrap_or_default();
                    (
                        Mistake::EitherOr { one: first.word.phrase, other: word.phrase, about },
                        first,
                        "the other is here",
                    )
                }
                _ => continue,
            };
            let error = PolicyError::at(mistake, self.source, clause.head.span);
            self.errors.push(error.and(self.source, first.head.span, label));
        }
    }

    /// `on` and `source` say something about a figure, so there has to be one.
    fn check_reading(&mut self, clause: &Clause) {
        let (figure, example) = match clause.word.phrase {
            "measure" => ("now", "now 71% on 2026-08-31 source \"Guest survey\""),
            "expects" => ("met", "met 61% on 2026-08-31 source \"Guest survey\""),
            _ => return,
        };
        if clause.one(figure).is_some() {
            return;
        }
        let complete = |c: &&Clause| !c.args.iter().any(|a| matches!(a, Arg::Nothing));
        let about = |c: &&Clause| matches!(c.word.phrase, "on" | "source");
        for inner in clause.inner.iter().filter(about).filter(complete) {
            let expected = format!("the figure it is about: a `{figure}` before it");
            let example = example.to_owned();
            self.report(Mistake::Missing { word: inner.word.phrase, expected, example }, inner.head.span);
        }
    }

    /// Reports the quotations of a line that are never closed, at their first line.
    fn report_unclosed(&mut self, cursor: &Cursor) {
        let open: Vec<Span> = cursor
            .items()
            .filter(|i| matches!(i.kind, ItemKind::Quotation { closed: false, .. }))
            .map(|i| i.span)
            .collect();
        for span in open {
            let first_line =
                self.source.slice(span).split(['\n', '\r']).next().unwrap_or_default().trim_end();
            let start = span.start as usize;
            self.report(Mistake::UnclosedQuotation, Span::new(start, start + first_line.len()));
        }
    }

    /// Reports what means nothing: neighbouring characters together.
    fn report_odds(&mut self, items: &[Item], cursor: &mut Cursor) {
        let mut run: Option<Span> = None;
        for item in items.iter().filter(|i| matches!(i.kind, ItemKind::Odd | ItemKind::Slashes)) {
            run = match run {
                Some(span) if span.end == item.span.start => Some(span.join(item.span)),
                Some(span) => {
                    cursor.quiet |= self.report_odd(span);
                    Some(item.span)
                }
                None => Some(item.span),
            };
        }
        if let Some(span) = run {
            cursor.quiet |= self.report_odd(span);
        }
    }

    /// Reports one run; says whether the rest of the line cannot be relied on.
    fn report_odd(&mut self, span: Span) -> bool {
        let found = self.source.slice(span);
        let single_marks = ['\'', '\u{2018}', '\u{2019}', '`'];
        let prose = found.starts_with(single_marks);
        let help = match found {
            _ if prose => "prose stands in double quotation marks: \"…\"",
            _ if found.starts_with("//") || found.starts_with("/*") => "a comment begins with #",
            ";" => "a new line ends a statement; nothing else is needed",
            ":" | "=" | ":=" | "->" | "=>" => "take it away; the word alone is enough",
            "-" | "*" | "•" | "–" | "—" | "·" | "o" => "take it away; a line needs no bullet",
            "." | "!" | "?" | "…" => {
                "take it away; a line needs no full stop, and prose stands in quotation marks"
            }
            _ => "take it away, or put the prose it belongs to in quotation marks",
        };
        let found: String = found.chars().take(40).collect();
        self.report(Mistake::OddCharacter { found, help: help.to_owned() }, span);
        prose
    }
}
