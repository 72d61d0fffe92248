//! Inline markup of reStructuredText: emphasis, literals, roles, links, substitutions.

use crate::document::InlineKind;
use crate::document::builder::Builder;
use crate::document::markup::{begins, ends, trim, words};
use crate::source::Span;
use std::ops::Range;

/// Roles whose text is something to type or to press.
const CODE: &[&str] =
    &["code", "literal", "kbd", "command", "file", "samp", "program", "option", "envvar", "math"];

/// Writes a stretch of text into the open block.
pub(super) fn write(b: &mut Builder, source: &str, at: Range<usize>) {
    let mut done = at.start;
    let mut i = at.start;
    while let Some(n) = memchr_any(&source.as_bytes()[i..at.end]) {
        i += n;
        let step = special(source, at.clone(), i);
        let Some((text, kind, next)) = step else {
            i += 1;
            continue;
        };
        words(b, source, done..i);
        if let Some(kind) = kind {
            b.mark(kind);
            words(b, source, text);
            b.unmark(kind);
            b.cover(Span::new(i, next));
        } else {
            words(b, source, text);
        }
        done = next;
        i = next;
    }
    words(b, source, done..at.end);
}

fn memchr_any(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| matches!(b, b'\\' | b'`' | b'*' | b'|' | b':' | b'_' | b'['))
}

/// The mark that begins at `i`: its text, what it is, and the first byte behind it.
fn special(source: &str, at: Range<usize>, i: usize) -> Option<(Range<usize>, Option<InlineKind>, usize)> {
    let rest = &source[i..at.end];
    let stretch = |mark: &str, kind: InlineKind| {
        let from = i + mark.len();
        if !begins(source, at.clone(), i, mark.len()) {
            return None;
        }
        let end = ends(source, at.clone(), from, mark)?;
        Some((from..end, Some(kind), end + mark.len()))
    };
    match rest.as_bytes()[0] {
        b'\\' => {
            let c = rest[1..].chars().next()?;
            let next = i + 1 + c.len_utf8();
            Some((if c.is_whitespace() { next..next } else { i + 1..next }, None, next))
        }
        b'*' if rest.starts_with("**") => stretch("**", InlineKind::Strong),
        b'*' => stretch("*", InlineKind::Emphasis),
        b'`' if rest.starts_with("``") => stretch("``", InlineKind::Code),
        b'`' => {
            let (inner, _, mut next) = stretch_of(source, at.clone(), i)?;
            let mut kind = None;
            let tail = source[next..at.end].bytes().take_while(|b| *b == b'_').count().min(2);
            if tail > 0 {
                kind = Some(InlineKind::Link);
                next += tail;
            }
            Some((target_off(source, inner), kind, next))
        }
        b':' => {
            // :role:`text`
            let name = rest[1..]
                .bytes()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'+' | b':'));
            let len = name.count();
            let role = rest[1..1 + len].strip_suffix(':')?;
            let from = i + 1 + len;
            if role.is_empty() || source.as_bytes().get(from) != Some(&b'`') || from >= at.end {
                return None;
            }
            let (inner, _, next) = stretch_of(source, at.clone(), from)?;
            let short = role.rsplit(':').next().unwrap_or(role);
            let kind = if CODE.contains(&short) {
                InlineKind::Code
            } else if matches!(short, "strong") {
                InlineKind::Strong
            } else if matches!(short, "emphasis") {
                InlineKind::Emphasis
            } else {
                InlineKind::Link
            };
            Some((target_off(source, inner), Some(kind), next))
        }
        b'|' => {
            let (inner, _, next) = stretch("|", InlineKind::Code)?;
            (inner.len() < 60).then_some((inner, None, next))
        }
        b'[' => {
            // A footnote's mark: [1]_
            let end = rest.find("]_").filter(|n| *n < 40 && !rest[..*n].contains(char::is_whitespace))?;
            Some((i..i, None, i + end + 2))
        }
        b'_' => {
            // A reference: word_
            let before = source[at.start..i].chars().next_back()?;
            let len = rest.bytes().take_while(|b| *b == b'_').count();
            let after = rest[len..].chars().next();
            let is = before.is_alphanumeric() && len <= 2 && after.is_none_or(|c| !c.is_alphanumeric());
            is.then_some((i..i, None, i + len))
        }
        _ => None,
    }
}

fn stretch_of(source: &str, at: Range<usize>, i: usize) -> Option<(Range<usize>, (), usize)> {
    let from = i + 1;
    let text = source.get(from..at.end)?;
    let end = text[..text.floor_char_boundary(4000)].find('`')?;
    (end > 0 && !text.starts_with(char::is_whitespace)).then_some((from..from + end, (), from + end + 1))
}

/// `text <target>` without its target.
fn target_off(source: &str, inner: Range<usize>) -> Range<usize> {
    let text = &source[inner.clone()];
    match text.rfind('<') {
        Some(0) => inner.start + 1..inner.end - usize::from(text.ends_with('>')),
        Some(n) if text.ends_with('>') => trim(source, inner.start..inner.start + n),
        _ => inner,
    }
}
