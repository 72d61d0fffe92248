//! Bare addresses in flat text → [`InlineKind::Url`], so that they are read as one opaque word.

use crate::document::{Inline, InlineKind};
use crate::source::Span;
use memchr::memmem::Finder;

/// Finds `scheme://…` and `www.…` in the flat text of a whole document and puts them among its inlines.
pub(crate) fn mark(text: &str, inlines: &mut Vec<Inline>) {
    let bytes = text.as_bytes();
    let known = inlines.len();
    let mut done = 0;
    for at in Finder::new("://").find_iter(bytes) {
        let before = text[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'+').count();
        if at >= done && (2..12).contains(&before) {
            done = push(text, at - before, at + 3, inlines);
        }
    }
    let mut done = 0;
    for at in Finder::new("www.").find_iter(bytes) {
        let starts = at == 0 || matches!(bytes[at - 1], b' ' | b'(' | b'\n' | b'"' | b'<' | b'[');
        if at >= done && starts {
            done = push(text, at, at + 4, inlines);
        }
    }
    if inlines.len() > known {
        inlines.sort_by_key(|i| (i.text.start, std::cmp::Reverse(i.text.end)));
    }
}

/// The address from `start`, of which the text up to `sure` is certain; gives its end.
fn push(text: &str, start: usize, sure: usize, inlines: &mut Vec<Inline>) -> usize {
    let rest = &text[sure..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | '`' | '|'));
    let address =
        rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
    // A closing bracket belongs to the sentence unless the address opened it.
    let opens = address.bytes().filter(|b| *b == b'(').count();
    let closes = address.bytes().filter(|b| *b == b')').count();
    let address = if closes > opens { address.trim_end_matches([')', '.']) } else { address };
    let end = sure + address.len();
    if !address.is_empty() {
        inlines.push(Inline { kind: InlineKind::Url, text: Span::new(start, end) });
    }
    end
}
