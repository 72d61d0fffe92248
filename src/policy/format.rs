//! A `.promise` file → the same file, laid out as everybody's is. What it means stays, and so do its comments, its
//! order and the line breaks somebody chose inside a quotation; a file with mistakes is left alone.
//!
//! A line that fits comfortably is one line. Where it does not, as many of its parts as fit stay with it, and the rest
//! goes into a block behind it; long quotations are broken between words, long lists behind commas.

mod pieces;
mod wrap;

use super::error::PolicyErrors;
use super::lower;
use super::lower::clause::Clause;
use super::parse::{Block, Entry, Line};
use super::vocabulary::Shape;
use crate::source::{Source, Span};
use pieces::{Part, Piece, Token};
use std::collections::HashMap;

/// How long lines may be, in characters.
pub const WIDTH: usize = 120;

/// How long a line may be that could be a block instead.
pub const COMFORTABLE: usize = 104;

/// What one block is set in by.
const INDENT: usize = 2;

/// Lays out a policy file, a part of a policy as well.
///
/// # Errors
/// The mistakes in it. Names need not lead anywhere; everything else has to be in order.
pub fn format(source: &Source) -> Result<String, PolicyErrors> {
    let (tree, clauses, errors) = lower::read(source);
    let Some(tree) = tree.filter(|_| errors.is_empty()) else {
        return Err(PolicyErrors { errors, warnings: Vec::new() });
    };
    let mut by_start = HashMap::new();
    for clause in &clauses {
        clause.walk(&mut |c| {
            by_start.entry(c.head.span.start).or_insert(c);
        });
    }
    let mut printer = Printer { source, clauses: by_start, out: String::new() };
    printer.entries(&tree.entries, 0);
    let mut out = printer.out;
    let ends = source.text().find(['\r', '\n']).is_some_and(|at| source.text()[at..].starts_with("\r\n"));
    if ends {
        out = out.replace('\n', "\r\n");
    }
    Ok(out)
}

struct Printer<'a> {
    source: &'a Source,
    /// Clauses by the byte they begin at.
    clauses: HashMap<u32, &'a Clause>,
    out: String,
}

impl Printer<'_> {
    /// Prints what stands in a block (or the file), each entry on lines of its own.
    fn entries(&mut self, entries: &[Entry], depth: usize) {
        let mut before: Option<Span> = None;
        let mut was_block = false;
        for (i, entry) in entries.iter().enumerate() {
            let at = span(entry);
            if let (Entry::Comment(comment), Some(before)) = (entry, before)
                && self.breaks(before.end as usize, comment.start as usize) == 0
            {
                // At the end of the line before it.
                self.out.truncate(self.out.trim_end_matches('\n').len());
                self.out.push_str(&format!(" {}\n", self.source.slice(*comment)));
                continue;
            }
            if let Some(before) = before {
                let blank = self.breaks(before.end as usize, at.start as usize) > 1;
                // Blocks at the top are set apart, together with the comments above them.
                let apart = depth == 0 && was_block && self.next_is_block(&entries[i..]);
                if blank || apart {
                    self.out.push('\n');
                }
            }
            match entry {
                Entry::Comment(comment) => {
                    self.indent(depth);
                    self.out.push_str(self.source.slice(*comment));
                    self.out.push('\n');
                    was_block = false;
                }
                Entry::Line(line) => {
                    self.line(line, depth);
                    was_block = self.is_block(line);
                }
                Entry::Bare(_) | Entry::Close(_) => {}
            }
            before = Some(at);
        }
    }

    /// Whether the first line among these is a block over several lines.
    fn next_is_block(&self, entries: &[Entry]) -> bool {
        let line = entries.iter().find_map(|e| match e {
            Entry::Line(line) => Some(line),
            _ => None,
        });
        line.is_some_and(|l| self.is_block(l))
    }

    fn is_block(&self, line: &Line) -> bool {
        line.block.as_ref().is_some_and(|b| !b.entries.is_empty())
            && self.clause(line).is_some_and(|c| c.word.shape == Shape::Block)
    }

    fn clause(&self, line: &Line) -> Option<&Clause> {
        self.clauses.get(&line.head().start).copied()
    }

    /// How many line breaks there are between two bytes.
    fn breaks(&self, from: usize, to: usize) -> usize {
        let between = self.source.text().get(from..to).unwrap_or("").replace("\r\n", "\n");
        between.chars().filter(|&c| is_break(c)).count()
    }

    fn indent(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n(' ', depth * INDENT));
    }

    fn line(&mut self, line: &Line, depth: usize) {
        let shape = self.clause(line).map_or(Shape::Line, |c| c.word.shape);
        if shape == Shape::Line {
            return match self.whole(line) {
                Some(part) => self.part(&part, None, depth),
                // There is a comment in the block, so it stays one.
                None => {
                    self.part(&pieces::of_line(self.source, line, &self.clauses), line.block.as_ref(), depth)
                }
            };
        }
        let start = self.out.len();
        self.indent(depth);
        let head = pieces::of_line(self.source, line, &self.clauses).on_one_line();
        self.tokens(&head, depth, start);
        if let Some(block) = &line.block {
            self.block(block, depth, start);
        }
        self.out.push('\n');
    }

    /// A line with what stands in its block, as parts that may follow on it; `None` where a comment is in the way.
    fn whole(&self, line: &Line) -> Option<Part> {
        let mut part = pieces::of_line(self.source, line, &self.clauses);
        for entry in line.block.iter().flat_map(|b| &b.entries) {
            let Entry::Line(inner) = entry else { return None };
            part.follows.push(self.whole(inner)?);
        }
        Some(part)
    }

    /// Prints a part: what fits on its line, and the rest in a block, together with what has to stay in one.
    fn part(&mut self, part: &Part, block: Option<&Block>, depth: usize) {
        let start = self.out.len();
        self.indent(depth);
        let follows: Vec<Piece> = part.follows.iter().map(Part::on_one_line).collect();
        let pieces: Vec<Piece> = std::iter::once(part.head.clone()).chain(follows).collect();
        let fitting = self.fitting(&pieces, depth);
        self.tokens(&pieces[..fitting].concat(), depth, start);
        let rest = &part.follows[fitting - 1..];
        if !rest.is_empty() || block.is_some() {
            self.out.push_str(" {");
            let mut entries = block.map_or(&[][..], |b| &b.entries);
            if rest.is_empty() {
                entries = self.comment_at_brace(block, entries);
            }
            self.out.push('\n');
            rest.iter().for_each(|part| self.part(part, None, depth + 1));
            self.entries(entries, depth + 1);
            self.indent(depth);
            self.out.push('}');
        }
        self.out.push('\n');
    }

    /// How many pieces stand on the line itself: all that fit, at least the first.
    fn fitting(&self, pieces: &[Piece], depth: usize) -> usize {
        let mut width = depth * INDENT;
        let mut fitting = 1;
        for (i, piece) in pieces.iter().enumerate() {
            width += wrap::width(piece) + usize::from(i > 0);
            // A brace comes behind, unless this is the last one.
            let brace = if i + 1 < pieces.len() { 2 } else { 0 };
            let taken_up = pieces[..i].iter().any(|earlier| pieces::would_take(earlier, piece));
            let comment = pieces[..=i].iter().flatten().any(|t| matches!(t, Token::Comment { .. }));
            if i > 0 && (taken_up || comment || width > COMFORTABLE) {
                break;
            }
            if i == 0 || width + brace <= COMFORTABLE {
                fitting = i + 1;
            }
        }
        fitting
    }

    /// Prints tokens from where the line begins in the output.
    fn tokens(&mut self, tokens: &[Token], depth: usize, start: usize) {
        wrap::print(&mut self.out, tokens, start, depth * INDENT);
    }

    fn block(&mut self, block: &Block, depth: usize, start: usize) {
        if block.entries.is_empty() {
            self.out.push_str(" {}");
            return;
        }
        if self.breaks(block.span.start as usize, block.span.end as usize) == 0
            && let [Entry::Line(line)] = block.entries.as_slice()
        {
            // Somebody wrote a short block on one line; it stays there if it fits.
            let mark = self.out.len();
            self.line(line, 0);
            let inner = self.out.split_off(mark);
            let inner = inner.trim_end();
            let width = self.out[start..].chars().count() + " {  }".len() + inner.chars().count();
            if !inner.contains('\n') && !self.out[start..].contains('\n') && width <= COMFORTABLE {
                self.out.push_str(&format!(" {{ {inner} }}"));
                return;
            }
        }
        self.out.push_str(" {");
        let entries = self.comment_at_brace(Some(block), &block.entries);
        self.out.push('\n');
        self.entries(entries, depth + 1);
        self.indent(depth);
        self.out.push('}');
    }

    /// Prints a comment that stands beside the opening brace; gives back what comes after it.
    fn comment_at_brace<'e>(&mut self, block: Option<&Block>, entries: &'e [Entry]) -> &'e [Entry] {
        let Some(open) = block.map(|b| b.open) else { return entries };
        match entries {
            [Entry::Comment(comment), rest @ ..]
                if self.breaks(open.end as usize, comment.start as usize) == 0 =>
            {
                self.out.push_str(&format!(" {}", self.source.slice(*comment)));
                rest
            }
            _ => entries,
        }
    }
}

fn span(entry: &Entry) -> Span {
    match entry {
        Entry::Line(line) => line.span(),
        Entry::Comment(at) | Entry::Close(at) => *at,
        Entry::Bare(block) => block.span,
    }
}

/// Characters that end a line, as the grammar has them; `\r\n` has become one.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{2028}' | '\u{2029}')
}
