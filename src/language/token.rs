//! Flat text of a block → tokens. One pass over the bytes; every token knows its place and its word in the lexicon.

use crate::document::{Document, InlineKind};
use crate::language::key;
use crate::language::lexicon::{Lexicon, WordId};
use crate::source::Span;

/// A word, number, mark or opaque stretch.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the flat text.
    pub start: u32,
    /// One past the last byte in the flat text.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub look: Look,
    /// Its number in the lexicon.
    pub word: WordId,
    /// The base form of its word.
    pub lemma: WordId,
    /// What begins here; looked at before the lists of quotations and phrases are searched.
    pub opens: Opens,
    /// The hash of its normalised text; for a mark, the mark itself.
    pub hash: u32,
}

/// What of several tokens begins at a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opens {
    /// A phrase of the lexicon.
    pub phrase: bool,
    /// A quotation.
    pub quote: bool,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with an apostrophe inside.
    Word,
    /// Digits, perhaps with separators inside.
    Number,
    /// One mark of punctuation or one symbol; [`Token::hash`] is its character.
    Mark,
    /// An opening quotation mark.
    Open,
    /// A closing quotation mark.
    Close,
    /// A gap to be filled in: `[Name]`, `{{first_name}}`, `<agent>`.
    Placeholder,
    /// Code, an address: one opaque thing.
    Opaque,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Small letters (or no letters).
    Lower,
    /// A capital first.
    Capital,
    /// Capitals only, two or more.
    Upper,
}

impl Token {
    /// Its place in the flat text.
    pub fn text(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// Whether it is this mark.
    #[inline]
    pub fn is(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark && self.hash == mark as u32
    }

    /// Whether it ends a sentence where a capital follows.
    pub fn ends(&self) -> bool {
        self.kind == TokenKind::Mark && matches!(char::from_u32(self.hash), Some('.' | '!' | '?' | '…'))
    }
}

/// Appends the tokens of the flat text `span`. `inlines` are the document's inlines that touch the span.
pub fn tokenize(
    doc: &Document,
    span: Span,
    inlines: &[crate::document::Inline],
    lexicon: &Lexicon,
    out: &mut Vec<Token>,
) {
    let text = doc.flat.text();
    let bytes = text.as_bytes();
    let end = span.end as usize;
    let mut at = span.start as usize;
    let mut opaque = inlines
        .iter()
        .filter(|i| matches!(i.kind, InlineKind::Code | InlineKind::Url | InlineKind::Struck))
        .peekable();
    let mut word = Vec::with_capacity(32);
    while at < end {
        while let Some(i) = opaque.peek()
            && (i.text.end as usize) <= at
        {
            opaque.next();
        }
        if let Some(i) = opaque.peek()
            && (i.text.start as usize) <= at
        {
            let stop = (i.text.end as usize).min(end);
            if i.kind != InlineKind::Struck {
                out.push(mark(at, stop, TokenKind::Opaque, 0));
            }
            at = stop;
            continue;
        }
        let b = bytes[at];
        if b.is_ascii_alphabetic() || b >= 0x80 && starts_word(text, at) {
            at = read_word(text, at, end, lexicon, &mut word, out);
            continue;
        }
        if b.is_ascii_digit() {
            let stop = number_end(bytes, at, end);
            out.push(mark(at, stop, TokenKind::Number, 0));
            at = stop;
            continue;
        }
        if b.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if matches!(b, b'[' | b'{' | b'<' | b'_' | b'%' | b'$')
            && let Some(stop) = placeholder(bytes, at, end)
        {
            out.push(mark(at, stop, TokenKind::Placeholder, 0));
            at = stop;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or(' ');
        let stop = at + c.len_utf8();
        if c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') {
            at = stop;
            continue;
        }
        match quote_side(text, at, stop, span.start as usize, end, c) {
            Some(true) => out.push(mark(at, stop, TokenKind::Open, c as u32)),
            Some(false) => out.push(mark(at, stop, TokenKind::Close, c as u32)),
            None => {
                // A hyphen between two letters joins them; it says nothing of its own.
                let joins = matches!(c, '-' | '‑')
                    && at > span.start as usize
                    && bytes[at - 1].is_ascii_alphanumeric();
                if !joins || bytes.get(stop).is_none_or(|n| n.is_ascii_whitespace()) {
                    out.push(mark(at, stop, TokenKind::Mark, c as u32));
                }
            }
        }
        at = stop;
    }
}

fn mark(start: usize, end: usize, kind: TokenKind, hash: u32) -> Token {
    Token {
        start: start as u32,
        end: end as u32,
        kind,
        look: Look::Lower,
        word: WordId::UNKNOWN,
        lemma: WordId::UNKNOWN,
        opens: Opens::default(),
        hash,
    }
}

fn starts_word(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphabetic)
}

/// Reads a word from `at`, looks it up, and returns where it ends. `'s` is left off where only the rest is known.
fn read_word(
    text: &str,
    at: usize,
    end: usize,
    lexicon: &Lexicon,
    word: &mut Vec<u8>,
    out: &mut Vec<Token>,
) -> usize {
    let bytes = text.as_bytes();
    word.clear();
    let mut hash = key::SEED;
    let mut i = at;
    let (mut upper, mut letters) = (0u32, 0u32);
    // Where an apostrophe stands, and the hash so far.
    let mut apostrophe = None;
    while i < end {
        let b = bytes[i];
        if b.is_ascii_alphabetic() {
            letters += 1;
            upper += b.is_ascii_uppercase() as u32;
            let lower = b | 0x20;
            word.push(lower);
            hash = key::step(hash, lower);
            i += 1;
        } else if b.is_ascii_digit() {
            word.push(b);
            hash = key::step(hash, b);
            i += 1;
        } else if b < 0x80 {
            if b == b'\'' && bytes.get(i + 1).is_some_and(u8::is_ascii_alphabetic) && i + 1 < end {
                apostrophe = Some((word.len(), hash));
                word.push(b'\'');
                hash = key::step(hash, b'\'');
                i += 1;
                continue;
            }
            break;
        } else {
            let Some(c) = text[i..].chars().next() else { break };
            if c == '’' && text[i + 3..].chars().next().is_some_and(char::is_alphabetic) {
                apostrophe = Some((word.len(), hash));
                word.push(b'\'');
                hash = key::step(hash, b'\'');
                i += c.len_utf8();
                continue;
            }
            // Combining marks belong to the letter before them.
            if !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c) {
                break;
            }
            letters += 1;
            upper += c.is_uppercase() as u32;
            let mut buffer = [0; 4];
            for l in c.to_lowercase() {
                for &b in l.encode_utf8(&mut buffer).as_bytes() {
                    word.push(b);
                    hash = key::step(hash, b);
                }
            }
            i += c.len_utf8();
        }
    }
    let look = if upper > 1 && upper == letters {
        Look::Upper
    } else if upper > 0 && text[at..].chars().next().is_some_and(char::is_uppercase) {
        Look::Capital
    } else {
        Look::Lower
    };
    let whole = key::finish(hash);
    let mut id = lexicon.find(word, whole);
    let mut shown = whole;
    if id == WordId::UNKNOWN
        && let Some((len, before)) = apostrophe
    {
        shown = key::finish(before);
        id = lexicon.find(&word[..len], shown);
    }
    out.push(Token {
        start: at as u32,
        end: i as u32,
        kind: TokenKind::Word,
        look,
        word: id,
        lemma: lexicon.lemma(id),
        opens: Opens::default(),
        hash: shown,
    });
    i
}

fn number_end(bytes: &[u8], at: usize, end: usize) -> usize {
    let mut i = at;
    while i < end {
        let b = bytes[i];
        let inside = matches!(b, b'.' | b',' | b':' | b'\'')
            && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
            && i + 1 < end;
        if !(b.is_ascii_digit() || inside) {
            break;
        }
        i += 1;
    }
    // An ordinal's ending stays with its number; any other letters are a word of their own ("10ft").
    if let Some(s) = bytes.get(i..(i + 2).min(end))
        && matches!(s, b"st" | b"nd" | b"rd" | b"th")
        && !bytes.get(i + 2).is_some_and(|b| b.is_ascii_alphanumeric() && i + 2 < end)
    {
        i += 2;
    }
    i
}

/// Where a gap to be filled in ends, if one starts here: `[Name]`, `{{name}}`, `<agent name>`, `____`, `%NAME%`, `$name`.
fn placeholder(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let rest = &bytes[at..end];
    let close = match rest[0] {
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        b'%' => b'%',
        b'_' => {
            let n = rest.iter().take_while(|&&b| b == b'_').count();
            return (n >= 3).then_some(at + n);
        }
        b'$' => {
            let n = rest[1..].iter().take_while(|b| b.is_ascii_lowercase() || **b == b'_').count();
            return (n >= 3).then_some(at + 1 + n);
        }
        _ => return None,
    };
    let open = rest.iter().take_while(|&&b| b == rest[0]).count();
    let inner = &rest[open..];
    let n = inner.iter().take(48).position(|&b| b == close)?;
    let words = &inner[..n];
    let plain = !words.is_empty()
        && words.iter().any(u8::is_ascii_alphabetic)
        && words.iter().all(|b| b.is_ascii_alphanumeric() || *b >= 0x80 || b" _-/.'&#,+".contains(b))
        && !words[0].is_ascii_whitespace();
    if !plain || close == b'%' && words.contains(&b' ') {
        return None;
    }
    let mut stop = at + open + n;
    let mut left = open;
    while left > 0 && stop < end && bytes[stop] == close {
        stop += 1;
        left -= 1;
    }
    Some(stop)
}

/// `Some(true)` for an opening quotation mark, `Some(false)` for a closing one, `None` for any other character.
fn quote_side(text: &str, at: usize, stop: usize, from: usize, end: usize, c: char) -> Option<bool> {
    let before = text[from..at].chars().next_back();
    let after = text[stop..end].chars().next();
    let opens = || {
        before.is_none_or(|b| {
            b.is_whitespace()
                || matches!(b, '(' | '[' | '—' | '–' | '-' | ':' | '/' | '“' | '"' | '*' | '_' | '|')
        }) && after.is_some_and(|a| !a.is_whitespace())
    };
    match c {
        '“' => Some(
            !before.is_some_and(|b| b.is_alphanumeric() || matches!(b, '.' | '!' | '?' | ','))
                || after.is_some_and(char::is_alphanumeric) && before.is_none_or(char::is_whitespace),
        ),
        '”' => Some(false),
        '„' | '«' | '‹' => Some(true),
        '»' | '›' => Some(false),
        '"' => Some(opens()),
        '‘' => Some(true),
        '\'' | '’' => {
            if opens() && c == '\'' && after.is_some_and(char::is_alphanumeric) {
                Some(true)
            } else if before.is_some_and(|b| !b.is_whitespace()) && after.is_none_or(|a| !a.is_alphanumeric())
            {
                Some(false)
            } else {
                None
            }
        }
        _ => None,
    }
}
