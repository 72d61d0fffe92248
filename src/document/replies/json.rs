//! JSON → replies. What is handed in is known to be JSON; read here is only where each string stands.

use super::text::Unit;
use super::{NAMES, Reply, TEXTS, rank};
use std::ops::Range;

/// An object or a list that is open.
#[derive(Default)]
struct Open {
    start: usize,
    object: bool,
    /// The key whose value comes next.
    key: Option<String>,
    /// Name and text found so far, with the rank of what they are called.
    name: Option<(usize, Vec<Unit>)>,
    text: Option<(usize, Vec<Unit>)>,
    /// The value of its `field`, as Zendesk's actions have it.
    field: Option<String>,
    /// A text under `value`, which only a `field` makes one.
    value: Option<Vec<Unit>>,
    off: bool,
}

/// The replies: objects with a name and a text, at any depth.
pub(super) fn replies(source: &str, start: usize) -> Vec<Reply> {
    let bytes = source.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut replies = Vec::new();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => open.push(Open { start: at, object: *byte == b'{', ..Open::default() }),
            b'}' | b']' => {
                if let Some(done) = open.pop() {
                    close(done, at + 1, &mut open, &mut replies);
                }
            }
            b'"' => {
                let end = string(bytes, at);
                let inner = at + 1..end;
                at = end;
                let key = bytes[end + 1..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':');
                match open.last_mut() {
                    Some(o) if o.object && key => {
                        o.key = Some(units(source, inner).iter().map(|u| u.c).collect());
                    }
                    Some(_) => value(source, inner, &mut open),
                    None => {}
                }
            }
            b'f' if bytes[at..].starts_with(b"false") => {
                if let Some(o) = open.last_mut() {
                    o.off |= matches!(o.key.as_deref(), Some("active" | "enabled"));
                }
            }
            _ => {}
        }
        at += 1;
    }
    replies
}

/// The byte of the quote that ends the string which begins at `start`.
fn string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or(&[])) {
            Some(n) if bytes[at + n] == b'\\' => at += n + 2,
            Some(n) => return at + n,
            None => return bytes.len().saturating_sub(1),
        }
    }
}

/// A string that is a value.
fn value(source: &str, at: Range<usize>, open: &mut [Open]) {
    // The strings of a list belong to the key the list stands under: Zendesk writes ["channel:all", "text"].
    let listed = open.last().is_some_and(|o| !o.object);
    let owner = if listed { open.len().checked_sub(2) } else { open.len().checked_sub(1) };
    let Some(o) = owner.and_then(|i| open.get_mut(i)).filter(|o| o.object) else { return };
    let Some(key) = o.key.clone() else { return };
    match key.as_str() {
        "field" => o.field = Some(units(source, at).iter().map(|u| u.c).collect()),
        "value" => o.value = Some(units(source, at)),
        _ => {
            if let Some(r) = rank(NAMES, &key).filter(|r| o.name.as_ref().is_none_or(|(had, _)| r < had)) {
                o.name = Some((r, units(source, at.clone())));
            }
            if let Some(r) = rank(TEXTS, &key).filter(|r| o.text.as_ref().is_none_or(|(had, _)| r < had)) {
                o.text = Some((r, units(source, at)));
            }
        }
    }
}

/// An object ends: it is a reply, or holds the text of the one around it.
fn close(mut done: Open, end: usize, open: &mut [Open], replies: &mut Vec<Reply>) {
    if let (Some(field), Some(value)) = (&done.field, done.value.take())
        && let Some(r) = rank(TEXTS, field)
    {
        done.text = Some((r, value));
    }
    let Some(text) = done.text else { return };
    if let Some((_, name)) = done.name {
        if !done.off && text.1.iter().any(|u| !u.c.is_whitespace()) {
            replies.push(Reply { name, text: text.1, span: done.start..end });
        }
        return;
    }
    if let Some(around) = open.iter_mut().rev().find(|o| o.object)
        && around.text.as_ref().is_none_or(|(had, _)| text.0 < *had)
    {
        around.text = Some(text);
    }
}

/// The letters of a string, escapes read.
fn units(source: &str, at: Range<usize>) -> Vec<Unit> {
    let mut units = Vec::new();
    let text = &source[at.clone()];
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let start = at.start + i;
        if c != '\\' {
            units.push(Unit { c, at: start..start + c.len_utf8(), same: true });
            continue;
        }
        let Some((_, sign)) = chars.next() else { break };
        let (c, len) = match sign {
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            'b' | 'f' => (' ', 2),
            'u' => {
                let (c, len) = escape(&text[i..]);
                for _ in 2..len {
                    chars.next();
                }
                (c, len)
            }
            other => (other, 2),
        };
        units.push(Unit { c, at: start..start + len, same: false });
    }
    units
}

/// `\u00e9`, or two of them for one letter; and its length.
fn escape(text: &str) -> (char, usize) {
    let code = |from: usize| text.get(from..from + 4).and_then(|h| u16::from_str_radix(h, 16).ok());
    let Some(first) = code(2) else { return ('\u{fffd}', 2) };
    if let Some(c) = char::from_u32(u32::from(first)) {
        return (c, 6);
    }
    let second = (text.get(6..8) == Some("\\u")).then(|| code(8)).flatten();
    match second.map(|s| char::decode_utf16([first, s]).next()) {
        Some(Some(Ok(c))) => (c, 12),
        _ => ('\u{fffd}', 6),
    }
}
