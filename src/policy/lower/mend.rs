//! Braces that are missing or too many → the tree the writer had in mind, and one mistake for each brace.
//!
//! A lost `}` puts everything behind it into the wrong block, and would make a mistake of every line to come. So a
//! file whose braces do not match is mended: where a line stands that does not belong in its block but does belong
//! in one around it, the block must have ended before it. The mended text is as long as the one that was written,
//! so that every place stays true.

use super::words;
use crate::policy::error::{Mistake, PolicyError};
use crate::policy::parse::{self, Entry, ItemKind, Line, Tree, Unread};
use crate::policy::vocabulary::{TOP, Word};
use crate::source::{Source, Span};

/// Braces that are put right in one file; what is still wrong then is reported as it stands.
const MOST: usize = 24;

/// So many lines in a block inside the one they belong in are no accident of their own: a brace was lost before them.
const CROSSED: usize = 3;

/// Reads a text, and puts its braces right.
pub(super) fn read(source: &Source) -> (Option<Tree>, Vec<PolicyError>) {
    let mut errors = Vec::new();
    let mut text = source.text().to_owned();
    let mut crossed = false;
    for round in 0..=MOST {
        let mended = Source::new(source.name(), text.as_str());
        let tree = match parse::parse(&mended) {
            Ok(tree) => tree,
            Err(unread) => {
                errors.push(unread_error(source, unread));
                return (None, errors);
            }
        };
        let mut unclosed = Vec::new();
        let mut strays = Vec::new();
        survey(source, &tree.entries, &mut unclosed, &mut strays);
        // A brace too few and one too many make the numbers even, and leave whole blocks in the wrong place.
        crossed |=
            round == 0 && unclosed.is_empty() && astray(source, &tree.entries, &mut vec![&TOP]) >= CROSSED;
        let closing = || closing(source, &tree.entries, &mut vec![(&TOP, Span::default(), crossed)]);
        let mend = match (unclosed.as_slice(), strays.as_slice()) {
            _ if round == MOST => None,
            ([], []) if !crossed => None,
            ([], []) => closing(),
            ([], [stray, ..]) => {
                let close = if crossed { closing() } else { None };
                close.or_else(|| reopening(source, &tree.entries, &TOP, *stray))
            }
            _ => closing(),
        };
        match mend.and_then(|m| m.apply(&mut text).map(|()| m)) {
            Some(mend) => errors.push(mend.error(source)),
            None => {
                let open = |(word, span): &(String, Span)| {
                    PolicyError::at(Mistake::UnclosedBrace { word: word.clone() }, source, *span)
                };
                errors.extend(unclosed.iter().map(open));
                errors.extend(strays.iter().map(|s| PolicyError::at(Mistake::StrayBrace, source, *s)));
                return (Some(tree), errors);
            }
        }
    }
    (None, errors)
}

fn unread_error(source: &Source, unread: Unread) -> PolicyError {
    let first_line = source.line_span(0).unwrap_or_default();
    match unread {
        Unread::TooDeep(brace) => PolicyError::at(Mistake::TooDeep, source, brace),
        Unread::TooTangled => PolicyError::at(Mistake::TooTangled, source, first_line),
        Unread::TooLarge => PolicyError::at(Mistake::TooLarge, source, first_line),
    }
}

/// Blocks that are never closed, with their words, and braces that close nothing.
fn survey(source: &Source, entries: &[Entry], unclosed: &mut Vec<(String, Span)>, strays: &mut Vec<Span>) {
    for entry in entries {
        let (word, block) = match entry {
            Entry::Line(Line { items, block: Some(block) }) => {
                (items.first().map_or("", |i| source.slice(i.span)), block)
            }
            Entry::Bare(block) => ("", block),
            Entry::Close(at) => {
                strays.push(*at);
                continue;
            }
            Entry::Line(_) | Entry::Comment(_) => continue,
        };
        if block.close.is_none() {
            unclosed.push((word.to_owned(), block.open));
        }
        survey(source, &block.entries, unclosed, strays);
    }
}

/// One brace put right.
struct Mend {
    /// What to write over.
    at: Span,
    /// A brace, or a blank in place of one.
    with: &'static str,
    mistake: Mistake,
    place: Span,
    second: Option<(Span, &'static str)>,
}

impl Mend {
    fn apply(&self, text: &mut String) -> Option<()> {
        text.get(self.at.range())?;
        text.replace_range(self.at.range(), self.with);
        Some(())
    }

    fn error(&self, source: &Source) -> PolicyError {
        let error = PolicyError::at(self.mistake.clone(), source, self.place);
        match self.second {
            Some((span, label)) => error.and(source, span, label),
            None => error,
        }
    }
}

/// The word a line begins with, if it is one of those that may stand in `block`.
fn word_in(source: &Source, line: &Line, block: &'static Word) -> Option<&'static Word> {
    let words = line.items.iter().take_while(|i| i.kind == ItemKind::Word).take(5);
    let texts: Vec<&str> = words.map(|i| source.slice(i.span)).collect();
    words::exact(&texts, block.holds()).map(|(word, _)| word)
}

/// How many lines stand in a block inside the one they belong in.
fn astray(source: &Source, entries: &[Entry], around: &mut Vec<&'static Word>) -> usize {
    let mut found = 0;
    for entry in entries {
        let Entry::Line(line) = entry else { continue };
        let innermost = around.iter().rev().find_map(|w| word_in(source, line, w).map(|word| (word, *w)));
        let Some((word, home)) = innermost else { continue };
        found += usize::from(around.last().is_some_and(|here| !std::ptr::eq(*here, home)));
        if let Some(block) = &line.block {
            around.push(word);
            found += astray(source, &block.entries, around);
            around.pop();
        }
    }
    found
}

/// The first line that stands in a block it does not belong to, but belongs in one around it: a `}` is missing
/// before it. `around` are the blocks it stands in, from the top: word, brace, and whether it is never closed.
fn closing(
    source: &Source,
    entries: &[Entry],
    around: &mut Vec<(&'static Word, Span, bool)>,
) -> Option<Mend> {
    let (here, brace, _) = *around.last()?;
    for entry in entries {
        let Entry::Line(line) = entry else { continue };
        let word = word_in(source, line, here);
        let (outer, _) = around.split_at(around.len() - 1);
        let in_lost_block = around.iter().any(|(_, _, unclosed)| *unclosed);
        let belongs = |(w, ..): &&(&'static Word, Span, bool)| word_in(source, line, w).is_some();
        if word.is_none() && in_lost_block && outer.iter().rev().find(belongs).is_some() {
            let start = line.head().start as usize;
            let blank =
                source.text()[..start].char_indices().next_back().filter(|(_, c)| c.is_whitespace())?;
            let at = Span::new(blank.0, blank.0 + blank.1.len_utf8());
            // A blank may be longer than a brace; what is left of it stays blank.
            let with = ["}", "} ", "}  "].get(at.len() - 1)?;
            let word = here.phrase.to_owned();
            let second = Some((line.head(), "this belongs outside of it"));
            return Some(Mend { at, with, mistake: Mistake::UnclosedBrace { word }, place: brace, second });
        }
        let inside = word.or_else(|| around.iter().rev().find_map(|(w, ..)| word_in(source, line, w)));
        if let (Some(word), Some(block)) = (inside, &line.block) {
            around.push((word, block.open, block.close.is_none()));
            let found = closing(source, &block.entries, around);
            around.pop();
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// The first line before `stray` that does not belong in its block but belongs in the one that has just been closed:
/// the `}` before it is too much.
fn reopening(source: &Source, entries: &[Entry], here: &'static Word, stray: Span) -> Option<Mend> {
    let mut closed: Option<(&'static Word, Span)> = None;
    for entry in entries {
        let Entry::Line(line) = entry else { continue };
        if line.head().start > stray.start {
            return None;
        }
        let word = word_in(source, line, here);
        if let (None, Some((before, brace))) = (word, closed)
            && word_in(source, line, before).is_some()
        {
            let second = Some((line.head(), "this would belong in the block"));
            return Some(Mend { at: brace, with: " ", mistake: Mistake::StrayBrace, place: brace, second });
        }
        let Some((word, block)) = word.zip(line.block.as_ref()) else { continue };
        if let Some(found) = reopening(source, &block.entries, word, stray) {
            return Some(found);
        }
        closed = block.close.map(|brace| (word, brace));
    }
    None
}
