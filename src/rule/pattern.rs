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

mod first;
mod index;
mod matching;

use first::First;
pub use index::Index;
pub use matching::Words;

use std::ops::Range;

use crate::language::lexicon::{ClassId, Lexicon, WordId};

/// A pattern, ready to be matched.
#[derive(Clone, Debug)]
pub struct Pattern {
    nodes: Vec<Node>,
    first: First,
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
    /// Any of these base forms, in order of their numbers.
    OneOf(Vec<WordId>),
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
    let mut nodes = r.sequence(0)?;
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
    gather(&mut nodes);
    Ok(Pattern { first: First::of(&nodes), nodes, keys, needs })
}

/// One word, or those that hyphens join: "check-in" is read as "check in" is.
fn side_by_side(nodes: impl Iterator<Item = Node>) -> Node {
    let mut nodes: Vec<Node> = nodes.collect();
    match nodes.len() {
        1 => nodes.remove(0),
        _ => Node::Either(vec![nodes]),
    }
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
    Ok(Pattern { first: First::of(&nodes), nodes, keys, needs })
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
                let words = crate::language::key::words(&word);
                Ok(side_by_side(words.iter().map(|w| Node::Exact(self.lexicon.add_word(w)))))
            }
            c if c.is_alphanumeric() => {
                let word = self.letters();
                if word.bytes().all(|b| b.is_ascii_digit()) {
                    let help = Some("Write [number] for any figure.".into());
                    return Err(self.error(start..self.at, "a figure cannot stand in a pattern", help));
                }
                let words = crate::language::key::words(&word);
                Ok(side_by_side(words.iter().map(|w| Node::Lemma(self.lexicon.add_lemma(w)))))
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
        // A hyphen between two letters joins two words of a text, and here too.
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

/// Makes one node of neighbouring alternatives that are one base form each, which are then looked up and not tried.
fn gather(nodes: &mut [Node]) {
    for node in nodes {
        match node {
            Node::Optional(inner) | Node::Not(inner) => gather(inner),
            Node::Either(either) => {
                let mut gathered: Vec<Vec<Node>> = Vec::with_capacity(either.len());
                for mut one in std::mem::take(either) {
                    if let ([Node::Lemma(w)], Some([last])) =
                        (one.as_slice(), gathered.last_mut().map(Vec::as_mut_slice))
                    {
                        match last {
                            Node::Lemma(first) => {
                                *last = Node::OneOf(vec![*first, *w]);
                                continue;
                            }
                            Node::OneOf(words) => {
                                words.push(*w);
                                continue;
                            }
                            _ => {}
                        }
                    }
                    gather(&mut one);
                    gathered.push(one);
                }
                for one in gathered.iter_mut().flatten() {
                    if let Node::OneOf(words) = one {
                        words.sort_unstable();
                    }
                }
                *either = gathered;
            }
            _ => {}
        }
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
