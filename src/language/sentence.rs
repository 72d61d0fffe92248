//! Tokens of a block → quotations, sentences and phrases.

use crate::document::{Document, Inline, InlineKind};
use crate::language::lexicon::{ClassId, ClassSet, Lexicon, WordId};
use crate::language::token::{Look, Token, TokenKind};
use std::ops::Range;

/// Words that somebody says or is to say: in quotation marks, or a whole stretch in italics.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Its tokens, without the quotation marks.
    pub inside: Range<u32>,
    /// Its tokens, quotation marks included.
    pub outside: Range<u32>,
    /// How many words it holds.
    pub words: u32,
}

/// A phrase of several words found in the text.
#[derive(Clone, Copy, Debug)]
pub struct PhraseHit {
    /// Its first token.
    pub first: u32,
    /// How many tokens it covers.
    pub len: u16,
    /// Its class.
    pub class: ClassId,
}

/// Titles, Latin and other shortenings after which a full stop ends nothing.
fn is_abbreviation(text: &str, token: &Token) -> bool {
    let Some(word) = text.get(token.text().range()) else { return false };
    if word.len() == 1 {
        // An initial ("J. Smith"), or the last letter of "e.g."; "I" ends sentences.
        return word != "I" && word.bytes().all(|b| b.is_ascii_alphabetic());
    }
    const SHORT: [&str; 26] = [
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "etc", "eg", "ie", "approx", "incl",
        "excl", "min", "max", "tel", "ext", "fig", "sec", "art", "cf", "resp", "inc", "ltd",
    ];
    SHORT.iter().any(|s| s.eq_ignore_ascii_case(word))
}

/// Pairs quotation marks of the tokens `of`, and takes whole stretches in italics for quotations.
pub fn quotes(tokens: &[Token], of: Range<u32>, inlines: &[Inline], out: &mut Vec<Quote>) {
    let from = out.len();
    let mut open: Option<u32> = None;
    for i in of.clone() {
        let t = &tokens[i as usize];
        match t.kind {
            // A quotation inside another one belongs to it.
            TokenKind::Open if open.is_none() => open = Some(i),
            TokenKind::Close => {
                if let Some(o) = open
                    && pairs(tokens[o as usize].hash, t.hash)
                {
                    push(tokens, o + 1..i, o..i + 1, out);
                    open = None;
                }
            }
            _ => {}
        }
    }
    // A paragraph that opens with a quotation mark and never closes it goes on in the next paragraph.
    if let Some(o) = open
        && o == of.start
        && tokens[o as usize].hash != '\'' as u32
    {
        push(tokens, o + 1..of.end, o..of.end, out);
    }
    for i in inlines.iter().filter(|i| i.kind == InlineKind::Emphasis) {
        let first = of.start
            + tokens[of.start as usize..of.end as usize].partition_point(|t| t.start < i.text.start) as u32;
        let last = of.start
            + tokens[of.start as usize..of.end as usize].partition_point(|t| t.start < i.text.end) as u32;
        let words =
            tokens[first as usize..last as usize].iter().filter(|t| t.kind == TokenKind::Word).count();
        if words >= 4 && !out[from..].iter().any(|q| q.outside.start < last && first < q.outside.end) {
            push(tokens, first..last, first..last, out);
        }
    }
    out[from..].sort_by_key(|q| q.outside.start);
}

fn push(tokens: &[Token], inside: Range<u32>, outside: Range<u32>, out: &mut Vec<Quote>) {
    let words = tokens[inside.start as usize..inside.end as usize]
        .iter()
        .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Placeholder))
        .count() as u32;
    out.push(Quote { inside, outside, words });
}

/// Whether a closing mark belongs to an opening one.
fn pairs(open: u32, close: u32) -> bool {
    let single = |c: u32| matches!(char::from_u32(c), Some('\'' | '‘' | '’' | '‹' | '›'));
    single(open) == single(close)
}

/// Cuts the tokens `of` into sentences.
pub fn split(doc: &Document, tokens: &[Token], of: Range<u32>, quotes: &[Quote], out: &mut Vec<Range<u32>>) {
    let text = doc.flat.text();
    let mut start = of.start;
    let mut quote = quotes.iter().peekable();
    let mut i = of.start;
    while i < of.end {
        // A quotation of ordinary length is part of its sentence; a long one is cut like any other text.
        while quote.peek().is_some_and(|q| q.outside.end <= i) {
            quote.next();
        }
        if let Some(q) = quote.peek()
            && q.outside.start == i
            && q.words <= 60
            && q.outside.end < of.end
        {
            let end = q.outside.end;
            let last = tokens[q.inside.start as usize..q.inside.end as usize].last();
            let ended = last.is_some_and(Token::ends);
            let next = &tokens[end as usize];
            if ended && next.kind == TokenKind::Word && next.look != Look::Lower {
                out.push(start..end);
                start = end;
            }
            i = end;
            continue;
        }
        let t = &tokens[i as usize];
        if t.ends() {
            let mut next = i + 1;
            while next < of.end
                && (tokens[next as usize].ends()
                    || matches!(tokens[next as usize].kind, TokenKind::Close)
                    || tokens[next as usize].is(')'))
            {
                next += 1;
            }
            let spaced = next >= of.end || tokens[next as usize].start > tokens[next as usize - 1].end;
            let starts = next < of.end && begins(&tokens[next as usize]);
            let short = t.is('.') && i > of.start && is_abbreviation(text, &tokens[i as usize - 1]);
            // "3.1 Text": the number of an item, not the end of one.
            let number = t.is('.') && i == start + 1 && tokens[start as usize].kind == TokenKind::Number;
            if spaced && starts && !short && !number {
                out.push(start..next);
                start = next;
                i = next;
                continue;
            }
        }
        i += 1;
    }
    if start < of.end {
        out.push(start..of.end);
    }
}

fn begins(t: &Token) -> bool {
    match t.kind {
        TokenKind::Word => t.look != Look::Lower,
        TokenKind::Number | TokenKind::Open | TokenKind::Placeholder | TokenKind::Opaque => true,
        TokenKind::Mark => t.is('(') || t.is('-') || t.is('–') || t.is('*') || t.is('•') || t.hash > 0x2000,
        TokenKind::Close => false,
    }
}

/// Finds phrases among the tokens `of`; classes of words and phrases are joined into `classes`.
pub fn phrases(
    tokens: &mut [Token],
    of: Range<u32>,
    lexicon: &Lexicon,
    hits: &mut Vec<PhraseHit>,
    classes: &mut ClassSet,
) {
    let slice = &mut tokens[of.start as usize..of.end as usize];
    for i in 0..slice.len() {
        let t = slice[i];
        if t.word == WordId::UNKNOWN {
            continue;
        }
        classes.join(lexicon.classes(t.word));
        let Some(next) = slice.get(i + 1).filter(|next| next.word != WordId::UNKNOWN) else { continue };
        for (rest, class) in lexicon.phrases(t.lemma, next.lemma) {
            let further = slice.get(i + 2..i + 2 + rest.len());
            let follows = further.is_some_and(|f| f.iter().zip(rest).all(|(t, w)| t.lemma.0 == *w));
            if follows {
                slice[i].opens.phrase = true;
                hits.push(PhraseHit { first: of.start + i as u32, len: rest.len() as u16 + 2, class });
                classes.add(class);
            }
        }
    }
}
