//! A line of the tree → its pieces: what its word takes, then each part that follows on the line, in tokens.

use crate::policy::lower::clause::Clause;
use crate::policy::lower::figures;
use crate::policy::parse::{Item, ItemKind, Line};
use crate::policy::vocabulary::{WORDS, Word};
use crate::source::{Source, Span};
use std::collections::HashMap;

/// Tokens that stay together.
pub(super) type Piece = Vec<Token>;

/// Something printed between blanks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A word of the language; the first token of each piece.
    Phrase(&'static Word),
    /// A name, a figure, any other word.
    Plain(String),
    /// A quotation: its marks, and its lines without the white space around them.
    Quotation { open: char, close: char, lines: Vec<String> },
    /// A comma; no blank before it.
    Comma,
    /// A comment behind a comma, on the same line or on one of its own. The list goes on in a new line.
    Comment { text: String, own_line: bool },
}

/// A word with what it takes, and the parts that follow it, on the same line or in a block.
pub(super) struct Part {
    /// The word and what it takes.
    pub head: Piece,
    /// What follows.
    pub follows: Vec<Part>,
}

impl Part {
    /// All of it on one line.
    pub fn on_one_line(&self) -> Piece {
        let mut piece = self.head.clone();
        piece.extend(self.follows.iter().flat_map(Part::on_one_line));
        piece
    }
}

/// A line without its block.
pub(super) fn of_line(source: &Source, line: &Line, clauses: &HashMap<u32, &Clause>) -> Part {
    match clauses.get(&line.head().start) {
        Some(clause) => part(source, &line.items, clause, line.head(), clauses),
        None => Part { head: piece(source, &line.items, clauses), follows: Vec::new() },
    }
}

fn part(
    source: &Source,
    items: &[Item],
    clause: &Clause,
    whole: Span,
    clauses: &HashMap<u32, &Clause>,
) -> Part {
    let follows: Vec<&Clause> = clause.inner.iter().filter(|c| whole.contains(c.head.span)).collect();
    let end = follows.first().map_or(whole.end, |c| c.head.span.start);
    let own = Span { start: whole.start, end };
    let own: Vec<Item> = items.iter().filter(|i| own.contains(i.span)).copied().collect();
    let follows = follows.into_iter().map(|c| part(source, items, c, c.head.span, clauses)).collect();
    Part { head: piece(source, &own, clauses), follows }
}

fn piece(source: &Source, items: &[Item], clauses: &HashMap<u32, &Clause>) -> Piece {
    let mut tokens = Piece::new();
    let mut skip = 0;
    let mut before: Option<Item> = None;
    for item in items {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if let Some(clause) = clauses.get(&item.span.start) {
            tokens.push(Token::Phrase(clause.word));
            skip = clause.word.phrase.split(' ').count() - 1;
        } else {
            tokens.push(token(source, item, before));
        }
        before = Some(*item);
    }
    tokens
}

fn token(source: &Source, item: &Item, before: Option<Item>) -> Token {
    let text = source.slice(item.span);
    match item.kind {
        ItemKind::Quotation { inner, .. } => quotation(text, source.slice(inner)),
        ItemKind::Comma => Token::Comma,
        ItemKind::Comment => {
            let gap = before.map_or("", |b| source.slice(Span { start: b.span.end, end: item.span.start }));
            Token::Comment { text: text.to_owned(), own_line: gap.contains(super::is_break) }
        }
        ItemKind::Figure => Token::Plain(figure(text)),
        _ => Token::Plain(text.to_owned()),
    }
}

/// `€250` and `250€` → `250 EUR`, `85 %` → `85%`; other figures stay as they are written.
fn figure(text: &str) -> String {
    let (before, digits, behind) = figures::apart(text);
    match (figures::sign(before), figures::sign(behind)) {
        (Some(code), None) if behind.is_empty() => format!("{digits} {code}"),
        (None, Some(code)) if before.is_empty() => format!("{digits} {code}"),
        _ if behind == "%" => format!("{before}{digits}%"),
        _ => text.to_owned(),
    }
}

fn quotation(whole: &str, inner: &str) -> Token {
    let open = whole.chars().next().unwrap_or('"');
    let close = whole.chars().next_back().unwrap_or('"');
    // Marks that do not go together become straight ones; nothing inside them is a mark.
    let pairs = [
        ('"', '"'),
        ('\u{201c}', '\u{201d}'),
        ('\u{201e}', '\u{201c}'),
        ('\u{201e}', '\u{201d}'),
        ('\u{ab}', '\u{bb}'),
    ];
    let (open, close) = if pairs.contains(&(open, close)) { (open, close) } else { ('"', '"') };
    let lines = inner.split(super::is_break).map(|line| {
        let words: Vec<&str> = line.split([' ', '\t']).filter(|w| !w.is_empty()).collect();
        words.join(" ")
    });
    Token::Quotation { open, close, lines: lines.filter(|l| !l.is_empty()).collect() }
}

/// Whether `earlier`, standing on the same line, would take up `later` although it has one of its kind already.
pub(super) fn would_take(earlier: &Piece, later: &Piece) -> bool {
    let (Some(Token::Phrase(first)), Some(Token::Phrase(next))) = (earlier.first(), later.first()) else {
        return false;
    };
    let takes = WORDS.iter().any(|w| w.phrase == next.phrase && w.inside.contains(&first.phrase));
    let has = earlier.iter().any(|t| matches!(t, Token::Phrase(w) if w.phrase == next.phrase));
    takes && has
}
