//! Packs of rules → rules ready to be matched, and the one list of all of them.

pub mod catalogue;
pub mod expression;
pub mod pack;
pub mod pattern;
pub mod selftest;

pub use pack::{About, Rule, Scope, Sensitivity};

use std::collections::HashMap;

use crate::document::Kind;
use crate::finding::Group;
use crate::language::{Lexicon, Mark, Reading, Sentence, TokenKind};
use expression::Expression;
use pattern::{Index, Pattern, Words};

/// All rules of a run, and the index that says which patterns a sentence is worth trying.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Where each rule stands, by its name and its former names.
    by_name: HashMap<String, usize>,
    matchers: Vec<Matcher>,
    /// Which matchers a sentence is worth trying.
    index: Index,
    /// Regular expressions of users' packs, and the rules they belong to.
    expressions: Vec<(u32, Expression)>,
    /// The headings some rules look below.
    headings: HashMap<u32, Vec<Pattern>>,
    /// How many rules are built in; those behind them are of users' packs.
    shipped: u32,
}

/// One pattern of one rule.
#[derive(Debug)]
struct Matcher {
    rule: u32,
    pattern: Pattern,
    with: u64,
    without: u64,
    sure: bool,
}

/// A pattern of a rule found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the rule.
    pub rule: u32,
    /// The tokens it covers.
    pub tokens: std::ops::Range<u32>,
    /// Whether the pattern means it by itself, without the model's agreement.
    pub sure: bool,
}

impl Rules {
    /// The built-in rules.
    ///
    /// # Errors
    /// Never with the packs that ship: a test compiles every pattern.
    pub fn builtin(lexicon: &mut Lexicon) -> Result<Rules, Box<pack::PackError>> {
        let mut rules = Rules::default();
        for rule in pack::builtin()? {
            rules.add(rule, lexicon)?;
        }
        rules.shipped = rules.rules.len() as u32;
        rules.index();
        Ok(rules)
    }

    /// Adds the rules of a user's pack.
    ///
    /// # Errors
    /// A pattern that cannot be read, with its place in the pack.
    pub fn extend(&mut self, more: Vec<Rule>, lexicon: &mut Lexicon) -> Result<(), Box<pack::PackError>> {
        for rule in more {
            self.add(rule, lexicon)?;
        }
        self.index();
        Ok(())
    }

    fn add(&mut self, rule: Rule, lexicon: &mut Lexicon) -> Result<(), Box<pack::PackError>> {
        let id = self.rules.len() as u32;
        for p in &rule.patterns {
            let pattern =
                pattern::compile(p.text(), lexicon).map_err(|error| pack::PackError::broken(&rule, error))?;
            let (with, without) = p.marks().map_err(|name| pack::PackError::mark(&rule, &name))?;
            self.matchers.push(Matcher { rule: id, pattern, with, without, sure: p.sure() });
        }
        let mut phrase =
            |text| pattern::phrase(text, lexicon).map_err(|error| pack::PackError::broken(&rule, error));
        for text in &rule.phrases {
            // Whoever writes down a phrase means it, whatever the model thinks.
            let pattern = phrase(text)?;
            self.matchers.push(Matcher { rule: id, pattern, with: 0, without: 0, sure: true });
        }
        let headings = rule.scope.headings.iter().map(|text| phrase(text)).collect::<Result<Vec<_>, _>>()?;
        if !headings.is_empty() {
            self.headings.insert(id, headings);
        }
        for text in &rule.regex {
            let made = Expression::new(text).map_err(|error| pack::PackError::broken(&rule, error))?;
            self.expressions.push((id, made));
        }
        // The first of a name keeps it.
        for name in std::iter::once(&rule.id).chain(&rule.aliases) {
            self.by_name.entry(name.clone()).or_insert(self.rules.len());
        }
        self.rules.push(rule);
        Ok(())
    }

    fn index(&mut self) {
        self.index = Index::of(self.matchers.iter().map(|m| &m.pattern));
    }

    /// All rules, packs in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// A rule by its index.
    pub fn get(&self, index: u32) -> Option<&Rule> {
        self.rules.get(index as usize)
    }

    /// A rule by its name or a former name.
    pub fn named(&self, name: &str) -> Option<&Rule> {
        self.position(name).and_then(|i| self.rules.get(i))
    }

    /// The index of a rule by its name or a former name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Every rule one of whose patterns fits the sentence, at most one hit a rule: the first of its sure patterns,
    /// else the first.
    pub fn hits(&self, reading: &Reading, lexicon: &Lexicon, s: &Sentence, only: Option<Group>) -> Vec<Hit> {
        let tokens = reading.tokens_of(s);
        let words = Words::of(tokens);
        let bits = s.marks.bits;
        let mut hits: Vec<Hit> = Vec::new();
        for c in self.index.tries(tokens, &s.classes) {
            let m = &self.matchers[c as usize];
            let known = hits.iter().position(|h| h.rule == m.rule);
            if bits & m.with != m.with
                || bits & m.without != 0
                || only.is_some_and(|g| self.rules[m.rule as usize].group != g)
                || known.is_some_and(|k| hits[k].sure || !m.sure)
            {
                continue;
            }
            if !m.pattern.is_possible(&s.classes, &words) {
                continue;
            }
            if let Some(tokens) = m.pattern.find(reading, lexicon, s.tokens.clone()) {
                let hit = Hit { rule: m.rule, tokens, sure: m.sure };
                match known {
                    Some(k) => hits[k] = hit,
                    None => hits.push(hit),
                }
            }
        }
        hits
    }
}

impl Rules {
    /// Adds the rules one of whose regular expressions matches in the text of a sentence: the words it touches.
    /// Whoever writes one down means it, whatever the model thinks.
    pub fn add_expressions(&self, flat: &str, reading: &Reading, s: &Sentence, hits: &mut Vec<Hit>) {
        for (rule, expression) in &self.expressions {
            let known = hits.iter().position(|h| h.rule == *rule);
            if known.is_some_and(|k| hits[k].sure) {
                continue;
            }
            let text = flat.get(s.text.range()).unwrap_or("");
            let places = expression.find(text).filter_map(|r| {
                let (start, end) = (s.text.start + r.start as u32, s.text.start + r.end as u32);
                let tokens = &reading.tokens[..s.tokens.end as usize];
                let first = s.tokens.start + reading.tokens_of(s).partition_point(|t| t.end <= start) as u32;
                let last = s.tokens.start + reading.tokens_of(s).partition_point(|t| t.start < end) as u32;
                // Code and addresses are nobody's words.
                let words = &tokens[first as usize..last.max(first) as usize];
                words.iter().any(|t| t.kind != TokenKind::Opaque).then_some(first..last)
            });
            if let Some(tokens) = { places }.next() {
                let hit = Hit { rule: *rule, tokens, sure: true };
                match known {
                    Some(k) => hits[k] = hit,
                    None => hits.push(hit),
                }
            }
        }
    }

    /// Whether any rule looks at documents of this kind.
    pub fn look_at(&self, kind: Kind) -> bool {
        self.rules.iter().any(|r| r.scope.holds_kind(kind))
    }

    /// Whether a rule is of a user's pack.
    pub fn is_own(&self, rule: u32) -> bool {
        rule >= self.shipped
    }

    /// The headings a rule looks below; empty where it looks below any.
    pub fn headings(&self, rule: u32) -> &[Pattern] {
        self.headings.get(&rule).map_or(&[], Vec::as_slice)
    }
}

/// The bit of a mark by its name.
pub(crate) fn mark_bit(name: &str) -> Option<u64> {
    crate::language::marks::NAMES.iter().find(|(_, n)| *n == name).map(|(m, _): &(Mark, _)| 1 << *m as u8)
}
