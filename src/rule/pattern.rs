//! The pattern notation of the packs → a matcher over tokens.
//!
//! | written | means |
//! |---|---|
//! | `say` | the word in any of its forms (say, says, said, saying) |
//! | `=say` | the word in this form only |
//! | `<speak>` | any word or phrase of the class `speak`; `<speak\|write>` of either; words may stand among the classes |
//! | `..` | a gap of up to eight words inside the clause; `..3` of up to three |
//! | `...` | a gap anywhere in the sentence |
//! | `word?` | perhaps |
//! | `(a b \| c)` | either |
//! | `!word` | not this here |
//! | `^` `$` | the sentence begins, ends |
//! | `[quote]` | somebody's words in quotation marks or italics |
//! | `[number]` `[gap]` `[any]` | digits, a placeholder to be filled in, any one word |
//! | `,` `:` `"` … | the mark itself |
//!
//! It is read by hand rather than by a grammar: some five hundred patterns are read at every start, and this takes a
//! third of a millisecond where a generated parser takes ten times that.

use std::ops::Range;

use crate::language::Reading;
use crate::language::lexicon::{ClassId, ClassSet, Lexicon, WordId};
use crate::language::token::TokenKind;

/// A pattern, ready to be matched.
#[derive(Clone, Debug)]
pub struct Pattern {
    nodes: Vec<Node>,
    /// What a sentence must hold for the pattern to be tried: one of these.
    pub keys: Vec<Key>,
    /// Everything a sentence must hold: one key of each list. Looked at before the pattern is tried.
    needs: Vec<Vec<Key>>,
}

/// A word or a class without which a pattern cannot match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A base form.
    Word(WordId),
    /// A word class.
    Class(ClassId),
    /// Any sentence will do (a pattern of quotations and marks only).
    Always,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Lemma(WordId),
    Exact(WordId),
    Class(ClassId),
    Mark(char),
    Quote,
    Number,
    Placeholder,
    Any,
    Start,
    End,
    /// Up to so many words; `wide` may leave the clause.
    Gap {
        most: u16,
        wide: bool,
    },
    Optional(Vec<Node>),
    Either(Vec<Vec<Node>>),
    Not(Vec<Node>),
}

/// What is wrong with a pattern, and where (bytes of the pattern).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// In words.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub at: Range<usize>,
}

/// Words a gap may skip where no number is given.
const GAP: u16 = 8;
/// Words a wide gap may skip.
const WIDE: u16 = 40;
/// Steps one attempt may take; far more than any honest pattern needs.
const STEPS: u32 = 4_000;
/// How deep groups may nest.
const DEPTH: usize = 16;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    lexicon: &'a mut Lexicon,
}

/// Reads a pattern. Words nobody knew are added to the lexicon.
///
/// # Errors
/// An unknown class, an unclosed group, a pattern that matches nothing or everything: with its place in the pattern.
pub fn compile(text: &str, lexicon: &mut Lexicon) -> Result<Pattern, PatternError> {
    let mut r = Reader { text, at: 0, lexicon };
    let nodes = r.sequence(0)?;
    if r.at < text.len() {
        return Err(r.error(r.at..r.at + 1, "this closes a group that was never opened", None));
    }
    let mut keys = Vec::new();
    if !best_keys(&nodes, &mut keys) {
        keys = vec![Key::Always];
        if !nodes.iter().any(|n| matches!(n, Node::Quote | Node::Placeholder | Node::Number | Node::Mark(_)))
        {
            return Err(PatternError {
                message: "this pattern would match any sentence".into(),
                help: Some("Give it at least one word, class or [quote] that must be there.".into()),
                at: 0..text.len(),
            });
        }
    }
    let mut needs = Vec::new();
    all_keys(&nodes, &mut needs);
    Ok(Pattern { nodes, keys, needs })
}

/// Reads a plain phrase: its words side by side, each in any of its forms, and the marks between them. Nothing in it
/// is notation.
///
/// # Errors
/// A phrase without a word, or with a figure, which only a regular expression can ask for.
pub fn phrase(text: &str, lexicon: &mut Lexicon) -> Result<Pattern, PatternError> {
    let mut r = Reader { text, at: 0, lexicon };
    let mut nodes = Vec::new();
    while let Some(c) = r.peek() {
        let start = r.at;
        if !c.is_alphanumeric() {
            r.at += c.len_utf8();
            // A hyphen joins words as a space does; quotation marks come in too many shapes to be asked for.
            if !c.is_whitespace()
                && !matches!(c, '-' | '‑' | '"' | '“' | '”' | '„' | '‘' | '’' | '\'' | '«' | '»')
            {
                nodes.push(Node::Mark(c));
            }
            continue;
        }
        let word = r.letters();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let help = Some("Put it under `regex`, where `\\d+` is any figure.".into());
            return Err(r.error(start..r.at, "a figure cannot stand in a phrase", help));
        }
        for w in crate::language::key::words(&word) {
            nodes.push(Node::Lemma(r.lexicon.add_lemma(&w)));
        }
    }
    let mut keys = Vec::new();
    if !best_keys(&nodes, &mut keys) {
        return Err(r.error(0..text.len(), "there is no word in this phrase", None));
    }
    let mut needs = Vec::new();
    all_keys(&nodes, &mut needs);
    Ok(Pattern { nodes, keys, needs })
}

impl Reader<'_> {
    fn error(&self, at: Range<usize>, message: impl Into<String>, help: Option<String>) -> PatternError {
        PatternError {
            message: message.into(),
            help,
            at: at.start..at.end.min(self.text.len()).max(at.start),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn space(&mut self) {
        while let Some(c) = self.peek().filter(|c| c.is_whitespace()) {
            self.at += c.len_utf8();
        }
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Node>, PatternError> {
        if depth > DEPTH {
            return Err(self.error(self.at..self.at + 1, "groups nest too deep", None));
        }
        let mut nodes = Vec::new();
        loop {
            self.space();
            let Some(c) = self.peek() else { break };
            let node = match c {
                ')' | '|' => break,
                '!' if !self.text[self.at + 1..].starts_with(|c: char| c.is_whitespace()) => {
                    self.at += 1;
                    let one = self.one(depth)?;
                    nodes.push(Node::Not(vec![one]));
                    continue;
                }
                _ => self.one(depth)?,
            };
            if self.peek() == Some('?') {
                self.at += 1;
                nodes.push(Node::Optional(vec![node]));
            } else {
                nodes.push(node);
            }
        }
        Ok(nodes)
    }

    fn one(&mut self, depth: usize) -> Result<Node, PatternError> {
        let start = self.at;
        let Some(c) = self.peek() else {
            return Err(self.error(start..start, "something should follow here", None));
        };
        match c {
            '(' => self.group(start, depth),
            '<' => self.class(start),
            '[' => {
                let Some(n) = self.text[start..].find(']') else {
                    return Err(self.error(start..start + 1, "this bracket is never closed", None));
                };
                let name = &self.text[start + 1..start + n];
                self.at = start + n + 1;
                Ok(match name {
                    "quote" => Node::Quote,
                    "number" => Node::Number,
                    "gap" | "placeholder" => Node::Placeholder,
                    "any" => Node::Any,
                    _ => {
                        let help = Some("Known are [quote], [number], [gap] and [any].".into());
                        return Err(self.error(start..self.at, format!("there is no [{name}]"), help));
                    }
                })
            }
            '^' => {
                self.at += 1;
                Ok(Node::Start)
            }
            '$' => {
                self.at += 1;
                Ok(Node::End)
            }
            '.' if self.text[start..].starts_with("..") => {
                let dots = self.text[start..].bytes().take_while(|&b| b == b'.').count();
                self.at += dots;
                let digits = self.text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
                let most = self.text[self.at..self.at + digits].parse().ok();
                self.at += digits;
                let wide = dots > 2;
                Ok(Node::Gap { most: most.unwrap_or(if wide { WIDE } else { GAP }), wide })
            }
            '=' => {
                self.at += 1;
                let word = self.letters();
                if word.is_empty() {
                    return Err(self.error(start..self.at, "a word should follow the `=`", None));
                }
                let id = self.lexicon.add_word(&word);
                Ok(Node::Exact(id))
            }
            c if c.is_alphanumeric() => {
                let word = self.letters();
                if word.bytes().all(|b| b.is_ascii_digit()) {
                    let help = Some("Write [number] for any figure.".into());
                    return Err(self.error(start..self.at, "a figure cannot stand in a pattern", help));
                }
                Ok(Node::Lemma(self.lexicon.add_lemma(&word)))
            }
            c => {
                self.at += c.len_utf8();
                Ok(Node::Mark(c))
            }
        }
    }

    fn group(&mut self, start: usize, depth: usize) -> Result<Node, PatternError> {
        self.at += 1;
        let mut either = vec![self.sequence(depth + 1)?];
        while self.peek() == Some('|') {
            self.at += 1;
            either.push(self.sequence(depth + 1)?);
        }
        if self.peek() != Some(')') {
            return Err(self.error(
                start..start + 1,
                "this group is never closed",
                Some("Close it with a `)`.".into()),
            ));
        }
        self.at += 1;
        Ok(Node::Either(either))
    }

    fn letters(&mut self) -> String {
        let rest = &self.text[self.at..];
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
        // A hyphen between two letters belongs to the word, as it does in a text.
        let n = rest
            .char_indices()
            .find(|&(i, c)| !(inside(c) || c == '-' && i > 0 && rest[i + 1..].starts_with(inside)))
            .map_or(rest.len(), |(i, _)| i);
        self.at += n;
        rest[..n].to_owned()
    }

    fn class(&mut self, start: usize) -> Result<Node, PatternError> {
        let Some(n) = self.text[start..].find('>') else {
            return Err(self.error(
                start..start + 1,
                "this class is never closed",
                Some("Close it with a `>`.".into()),
            ));
        };
        let names = &self.text[start + 1..start + n];
        self.at = start + n + 1;
        let mut either = Vec::new();
        let mut at = start + 1;
        for name in names.split('|') {
            let plain = name.trim();
            if plain.is_empty() {
                return Err(self.error(at..at + 1, "a class or a word should stand here", None));
            }
            if let Some(class) = self.lexicon.class(plain) {
                either.push(vec![Node::Class(class)]);
            } else if names.contains('|') || plain.contains(' ') {
                let nodes = crate::language::key::words(plain)
                    .iter()
                    .map(|w| Node::Lemma(self.lexicon.add_lemma(w)))
                    .collect();
                either.push(nodes);
            } else {
                let near = self
                    .lexicon
                    .class_names()
                    .map(|c| (strsim::jaro_winkler(c, plain), c))
                    .max_by(|a, b| a.0.total_cmp(&b.0))
                    .filter(|(s, _)| *s > 0.8)
                    .map(|(_, c)| format!("Did you mean <{c}>?"));
                return Err(self.error(
                    at..at + name.len(),
                    format!("there is no word class `{plain}`"),
                    near,
                ));
            }
            at += name.len() + 1;
        }
        Ok(match either.len() {
            1 => either
                .pop()
                .and_then(|mut v| if v.len() == 1 { v.pop() } else { Some(Node::Either(vec![v])) })
                .unwrap_or(Node::Any),
            _ => Node::Either(either),
        })
    }
}

/// The keys of the most telling part of a sequence that must be there; false where nothing must.
fn best_keys(nodes: &[Node], keys: &mut Vec<Key>) -> bool {
    let mut best: Option<(u32, Vec<Key>)> = None;
    for node in nodes {
        let found = match node {
            Node::Lemma(w) | Node::Exact(w) => Some((1, vec![Key::Word(*w)])),
            Node::Class(c) => Some((10, vec![Key::Class(*c)])),
            Node::Either(either) => {
                let mut all = Vec::new();
                let whole = either.iter().all(|e| best_keys(e, &mut all));
                whole.then(|| (all.iter().map(|k| if matches!(k, Key::Word(_)) { 1 } else { 10 }).sum(), all))
            }
            _ => None,
        };
        if let Some((cost, k)) = found
            && best.as_ref().is_none_or(|(c, _)| cost < *c)
        {
            best = Some((cost, k));
        }
    }
    match best {
        Some((_, k)) => {
            keys.extend(k);
            true
        }
        None => false,
    }
}

/// For each part of a sequence that must be there, the keys of which one must be.
fn all_keys(nodes: &[Node], needs: &mut Vec<Vec<Key>>) {
    for node in nodes {
        match node {
            Node::Lemma(w) | Node::Exact(w) => needs.push(vec![Key::Word(*w)]),
            Node::Class(c) => needs.push(vec![Key::Class(*c)]),
            Node::Either(either) => {
                let mut all = Vec::new();
                if either.iter().all(|e| best_keys(e, &mut all)) {
                    needs.push(all);
                }
            }
            _ => {}
        }
    }
}

/// One attempt at a sentence.
struct Attempt<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    of: Range<u32>,
    steps: u32,
}

impl Pattern {
    /// Whether a sentence of these classes and base forms holds everything the pattern needs.
    pub fn is_possible(&self, classes: &ClassSet, has_word: &dyn Fn(WordId) -> bool) -> bool {
        self.needs.iter().all(|any| {
            any.iter().any(|key| match key {
                Key::Word(w) => has_word(*w),
                Key::Class(c) => classes.has(*c),
                Key::Always => true,
            })
        })
    }

    /// The first match in the tokens `of`: its tokens.
    pub fn find(&self, reading: &Reading, lexicon: &Lexicon, of: Range<u32>) -> Option<Range<u32>> {
        let mut attempt = Attempt { reading, lexicon, of: of.clone(), steps: 0 };
        for start in of.clone() {
            if !attempt.may_start(&self.nodes, start) {
                continue;
            }
            // A match never starts in the middle of a gap: leading gaps are of no use.
            if let Some(end) = attempt.sequence(&self.nodes, start, &mut |_, at| Some(at))
                && end > start
            {
                return Some(start..end);
            }
            if attempt.steps > STEPS {
                break;
            }
        }
        None
    }
}

type Rest<'r> = &'r mut dyn FnMut(&mut Attempt<'_>, u32) -> Option<u32>;

impl Attempt<'_> {
    /// Whether a match could begin here, judged by the first part alone; true where that takes more than a look.
    fn may_start(&self, nodes: &[Node], at: u32) -> bool {
        let t = &self.reading.tokens[at as usize];
        match nodes.first() {
            Some(Node::Lemma(w)) => t.kind == TokenKind::Word && self.lexicon.lemma(t.word) == *w,
            Some(Node::Exact(w)) => t.kind == TokenKind::Word && t.word == *w,
            Some(Node::Number) => t.kind == TokenKind::Number,
            Some(Node::Class(c)) => {
                t.kind == TokenKind::Word && self.lexicon.classes(t.word).has(*c)
                    || self.reading.phrases_at(at).iter().any(|h| h.class == *c)
            }
            Some(Node::Either(either)) => either.iter().any(|e| e.is_empty() || self.may_start(e, at)),
            _ => true,
        }
    }

    fn sequence(&mut self, nodes: &[Node], at: u32, rest: Rest<'_>) -> Option<u32> {
        self.steps += 1;
        if self.steps > STEPS {
            return None;
        }
        let Some((node, more)) = nodes.split_first() else { return rest(self, at) };
        match node {
            Node::Optional(inner) => {
                let taken = self.sequence(inner, at, &mut |a, next| a.sequence(more, next, rest));
                if taken.is_some() {
                    return taken;
                }
                self.sequence(more, at, rest)
            }
            Node::Either(either) => {
                for inner in either {
                    let found = self.sequence(inner, at, &mut |a, next| a.sequence(more, next, rest));
                    if found.is_some() {
                        return found;
                    }
                }
                None
            }
            Node::Not(inner) => {
                if self.sequence(inner, at, &mut |_, next| Some(next)).is_some() {
                    return None;
                }
                self.sequence(more, at, rest)
            }
            Node::Gap { most, wide } => {
                let mut next = at;
                for _ in 0..=*most {
                    let found = self.sequence(more, next, rest);
                    if found.is_some() {
                        return found;
                    }
                    next = self.skip(next, *wide)?;
                }
                None
            }
            Node::Start => {
                if at != self.of.start && !self.reading.opens_clause(at, self.of.clone()) {
                    return None;
                }
                self.sequence(more, at, rest)
            }
            Node::End => {
                let done =
                    at == self.of.end || at + 1 == self.of.end && self.reading.tokens[at as usize].ends();
                if done { self.sequence(more, at, rest) } else { None }
            }
            Node::Class(class) => {
                if at >= self.of.end {
                    return None;
                }
                // Phrases first: the longer reading is the better one.
                for hit in self.reading.phrases_at(at) {
                    if hit.class == *class && at + hit.len as u32 <= self.of.end {
                        let found = self.sequence(more, at + hit.len as u32, rest);
                        if found.is_some() {
                            return found;
                        }
                    }
                }
                let t = &self.reading.tokens[at as usize];
                if t.kind == TokenKind::Word && self.lexicon.classes(t.word).has(*class) {
                    return self.sequence(more, at + 1, rest);
                }
                None
            }
            single => {
                if at >= self.of.end {
                    return None;
                }
                let t = &self.reading.tokens[at as usize];
                let next = match single {
                    Node::Lemma(w) => {
                        (t.kind == TokenKind::Word && self.lexicon.lemma(t.word) == *w).then_some(at + 1)
                    }
                    Node::Exact(w) => (t.kind == TokenKind::Word && t.word == *w).then_some(at + 1),
                    Node::Mark(c) => t.is(*c).then_some(at + 1),
                    Node::Number => (t.kind == TokenKind::Number).then_some(at + 1),
                    Node::Placeholder => (t.kind == TokenKind::Placeholder).then_some(at + 1),
                    Node::Any => Some(at + 1),
                    Node::Quote => {
                        self.reading.quote_at(at).map(|q| q.outside.end).filter(|&e| e <= self.of.end)
                    }
                    _ => None,
                }?;
                self.sequence(more, next, rest)
            }
        }
    }

    /// The next place after one word of a gap; `None` where the gap may not go on.
    fn skip(&self, at: u32, wide: bool) -> Option<u32> {
        if at >= self.of.end {
            return None;
        }
        // A quotation is skipped whole, and only by a wide gap.
        if let Some(q) = self.reading.quote_at(at) {
            return wide.then_some(q.outside.end);
        }
        let t = &self.reading.tokens[at as usize];
        let stops = t.is(';') || t.is(':') || t.is('.') || t.is('!') || t.is('?');
        (wide || !stops).then_some(at + 1)
    }
}
