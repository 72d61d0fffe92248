//! Inline markup of AsciiDoc: emphasis, code, links, macros, line ends on purpose.

use crate::document::InlineKind;
use crate::document::builder::Builder;
use crate::document::markup::{begins, ends, words};
use crate::source::Span;
use std::ops::Range;

/// Deeper marks inside marks are read as text.
const DEEPEST: u8 = 8;

/// Writes a stretch of text into the open block.
pub(super) fn write(b: &mut Builder, source: &str, at: Range<usize>) {
    stretch(b, source, at, 0);
}

/// What a mark makes of its text.
enum Found {
    /// Text that may hold more marks.
    Marked(InlineKind, Range<usize>),
    /// Text as it is.
    Plain(Option<InlineKind>, Range<usize>),
    /// A line ended on purpose.
    Break,
}

fn stretch(b: &mut Builder, source: &str, at: Range<usize>, depth: u8) {
    let mut done = at.start;
    let mut i = at.start;
    let signs =
        |b: &u8| matches!(b, b'*' | b'_' | b'`' | b'#' | b'+' | b'<' | b'\\' | b'^' | b'~' | b'[' | b':');
    while let Some(n) = source.as_bytes()[i..at.end].iter().position(signs) {
        i += n;
        let Some((found, start, next)) = special(source, at.clone(), i).filter(|f| f.1 >= done) else {
            i += 1;
            continue;
        };
        words(b, source, done..start);
        match found {
            Found::Break => b.space(start..next, true),
            Found::Marked(kind, text) => {
                b.mark(kind);
                if depth < DEEPEST {
                    stretch(b, source, text, depth + 1)
                } else {
                    words(b, source, text)
                }
                b.unmark(kind);
                b.cover(Span::new(start, next));
            }
            Found::Plain(kind, text) => {
                if let Some(kind) = kind {
                    b.mark(kind);
                    words(b, source, text);
                    b.unmark(kind);
                    b.cover(Span::new(start, next));
                } else {
                    words(b, source, text);
                }
            }
        }
        done = next;
        i = next;
    }
    words(b, source, done..at.end);
}

/// The mark at `i`: what it makes of its text, where it begins (a link before its colon), where what follows begins.
fn special(source: &str, at: Range<usize>, i: usize) -> Option<(Found, usize, usize)> {
    let rest = &source[i..at.end];
    let kind = match rest.as_bytes()[0] {
        b'*' => InlineKind::Strong,
        b'_' => InlineKind::Emphasis,
        b'`' => InlineKind::Code,
        // Highlighted text is emphasised text.
        b'#' => InlineKind::Emphasis,
        b'\\' => {
            let sign = rest[1..].chars().next().filter(|c| c.is_ascii_punctuation())?;
            let next = i + 1 + sign.len_utf8();
            return Some((Found::Plain(None, i + 1..next), i, next));
        }
        b'+' => {
            let line_ends = rest[1..].is_empty() || rest[1..].starts_with(['\n', '\r']);
            if line_ends && source[at.start..i].ends_with(' ') {
                return Some((Found::Break, i, i + 1));
            }
            if rest.starts_with("++") {
                let mark = if rest.starts_with("+++") { "+++" } else { "++" };
                let end = rest[mark.len()..].find(mark)? + mark.len();
                return Some((Found::Plain(None, i + mark.len()..i + end), i, i + end + mark.len()));
            }
            let end = begins(source, at.clone(), i, 1).then(|| ends(source, at, i + 1, "+")).flatten()?;
            return Some((Found::Plain(None, i + 1..end), i, end + 1));
        }
        b'<' => {
            // <<anchor,text>>
            let end = rest.strip_prefix("<<").and_then(|r| r.find(">>")).filter(|n| *n < 300)? + 2;
            let text = rest[2..end].find(',').map_or(2, |n| n + 3);
            return Some((Found::Plain(Some(InlineKind::Link), i + text..i + end), i, i + end + 2));
        }
        b'^' | b'~' => {
            let mark = &rest[..1];
            let end =
                rest[1..].find(mark).filter(|n| (1..20).contains(n) && !rest[1..1 + n].contains(' '))?;
            return Some((Found::Plain(None, i + 1..i + 1 + end), i, i + end + 2));
        }
        b'[' => {
            // [[anchor]] and [.role]#text#
            if rest.starts_with("[[") {
                let end = rest.find("]]").filter(|n| *n < 100)?;
                return Some((Found::Plain(None, i..i), i, i + end + 2));
            }
            let end = rest.find(']').filter(|n| *n < 60 && rest[n + 1..].starts_with('#'))?;
            return Some((Found::Plain(None, i..i), i, i + end + 1));
        }
        b':' => return macro_call(source, at, i),
        _ => return None,
    };
    let sign = &rest[..1];
    let wrap = |text: Range<usize>| {
        if kind == InlineKind::Code { Found::Plain(Some(kind), text) } else { Found::Marked(kind, text) }
    };
    if rest[1..].starts_with(sign) {
        let end = rest[2..].find(&rest[..2]).filter(|n| (1..4000).contains(n))?;
        return Some((wrap(i + 2..i + 2 + end), i, i + end + 4));
    }
    let end = begins(source, at.clone(), i, 1).then(|| ends(source, at, i + 1, sign)).flatten()?;
    Some((wrap(i + 1..end), i, end + 1))
}

/// `link:target[text]`, `https://target[text]`, `kbd:[x]`, `footnote:[text]`, `image:x[text]`.
fn macro_call(source: &str, at: Range<usize>, i: usize) -> Option<(Found, usize, usize)> {
    let before = &source[at.start..i];
    let name = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = i - name;
    let name = &source[start..i];
    let rest = &source[i + 1..at.end];
    let open = rest.find('[').filter(|n| *n < 400 && !rest[..*n].contains(char::is_whitespace))?;
    let close = rest[open..].find(']').filter(|n| *n < 1000)? + open;
    let text = i + 1 + open + 1..i + 1 + close;
    let next = i + close + 2;
    let found = match name {
        "http" | "https" | "link" | "mailto" | "xref" | "ftp" => {
            // Attributes behind the text: [the page,window=_blank], and ^ for the same.
            let words = &source[text.clone()];
            let end =
                words.find(",window").or(words.find(",role")).unwrap_or(words.trim_end_matches('^').len());
            let text = text.start..text.start + end;
            if text.is_empty() {
                Found::Plain(Some(InlineKind::Url), start..i + 1 + open)
            } else {
                Found::Plain(Some(InlineKind::Link), text)
            }
        }
        "kbd" | "btn" | "menu" | "pass" | "stem" => Found::Plain(Some(InlineKind::Code), text),
        "footnote" => Found::Plain(None, i..i),
        "image" | "icon" | "anchor" | "indexterm" => Found::Plain(None, i..i),
        _ => return None,
    };
    Some((found, start, next))
}
