//! Text of HTML → words, white space and what entities stand for, each with its bytes.

use super::element::is_space;
use crate::document::builder::Builder;
use html5gum::{Token, Tokenizer};
use std::borrow::Cow;
use std::ops::Range;

/// A piece of text.
pub(super) enum Piece {
    /// Any run of white space, `&nbsp;` included.
    Space(Range<usize>),
    /// Words as they stand in the source, single spaces between them included.
    Word(Range<usize>),
    /// An entity and what it stands for.
    Entity(Cow<'static, str>, Range<usize>),
}

/// Cuts text into pieces, in order and without gaps.
pub(super) fn pieces(source: &str, at: Range<usize>) -> impl Iterator<Item = Piece> + '_ {
    let mut next = at.start;
    let end = at.end;
    std::iter::from_fn(move || {
        if next >= end {
            return None;
        }
        let start = next;
        let text = &source[start..end];
        let space = text.len() - text.trim_start_matches(is_space).len();
        if space > 0 {
            next += space;
            return Some(Piece::Space(start..next));
        }
        if text.starts_with('&')
            && let Some((meaning, len)) = entity(text)
        {
            next += len;
            let at = start..next;
            return Some(if meaning == "\u{a0}" { Piece::Space(at) } else { Piece::Entity(meaning, at) });
        }
        next = start + words(text);
        Some(Piece::Word(start..next))
    })
}

/// How many bytes of `text` are words with single spaces between them. The first character counts whatever it is.
fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let space = |at: usize| match bytes.get(at) {
        None | Some(b' ' | b'\t' | b'\n' | b'\r' | 0xc) => true,
        // The non-breaking space.
        Some(0xc2) => bytes.get(at + 1) == Some(&0xa0),
        _ => false,
    };
    let mut at = 1;
    while at < bytes.len() {
        let single = bytes[at] == b' ' && !space(at + 1) && bytes[at + 1] != b'&';
        if bytes[at] == b'&' || (space(at) && !single) {
            break;
        }
        at += 1;
    }
    at
}

/// The entity that `text` begins with: what it stands for, and its length in bytes.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let name = text[1..].bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let len = name + 2;
    if name == 0 || text.as_bytes().get(len - 1) != Some(&b';') {
        return None;
    }
    let known = match &text[..len] {
        "&nbsp;" => "\u{a0}",
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&rsquo;" => "’",
        other => {
            let decoded = Tokenizer::new(other).flatten().find_map(|t| match t {
                Token::String(s) => Some(String::from_utf8_lossy(&s.value).into_owned()),
                _ => None,
            })?;
            return (decoded != other).then_some((Cow::Owned(decoded), len));
        }
    };
    Some((Cow::Borrowed(known), len))
}

/// Text with its entities resolved and white space folded.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text, 0..text.len()) {
        match piece {
            Piece::Space(_) => out.push(' '),
            Piece::Word(at) => out.push_str(&text[at]),
            Piece::Entity(meaning, _) => out.push_str(&meaning),
        }
    }
    out
}

/// Writes text into the open block.
pub(crate) fn write(b: &mut Builder, source: &str, at: Range<usize>) {
    for piece in pieces(source, at) {
        match piece {
            Piece::Space(at) => b.space(at, false),
            Piece::Word(at) => b.copy(at),
            Piece::Entity(meaning, at) => b.stand_in(&meaning, at),
        }
    }
}
