//! TOML written by people → values with their places, and every mistake of the file at once. (Serde would stop at the
//! first.) For `loosetight.toml` and for packs of rules.

use crate::problem::{Problem, listed};
use crate::source::{Source, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the tree, with its place.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// A value and the place it stands at.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

/// The codes under which mistakes of one sort of file are told.
#[derive(Debug)]
pub struct Codes {
    /// It is no TOML.
    pub syntax: &'static str,
    /// A key nobody knows.
    pub unknown_key: &'static str,
    /// A key that should be there.
    pub missing_key: &'static str,
    /// A number where a text should stand, or the like.
    pub wrong_type: &'static str,
    /// A word that is none of those to choose from.
    pub unknown_word: &'static str,
}

/// Reads values off a tree and gathers what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The file.
    pub source: &'a Source,
    /// How its mistakes are called.
    pub codes: &'static Codes,
    problems: Vec<(Span, Problem)>,
}

impl<'a> Reader<'a> {
    /// Reads the tree; what is no TOML is told, the rest is there.
    pub fn open(source: &'a Source, codes: &'static Codes) -> (Self, Spanned<DeTable<'a>>) {
        let (tree, mistakes) = DeTable::parse_recoverable(source.text());
        let mut reader = Reader { source, codes, problems: Vec::new() };
        for mistake in &mistakes {
            let span = mistake.span().map(Span::from).unwrap_or_default();
            reader.problem(span, codes.syntax, mistake.message().to_owned(), "here");
        }
        (reader, tree)
    }

    /// All that was wrong, in the order it stands in the file.
    pub fn problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|(span, _)| *span);
        self.problems.into_iter().map(|(_, p)| p).collect()
    }

    /// How much was wrong so far.
    pub fn mistakes(&self) -> usize {
        self.problems.len()
    }

    /// Tells a mistake.
    pub fn problem(&mut self, span: Span, code: &'static str, message: String, label: &str) {
        self.helped(span, Problem::new(code, message), label);
    }

    /// Tells a mistake that brings its own way out.
    pub fn helped(&mut self, span: Span, problem: Problem, label: &str) {
        self.problems.push((span, problem.at(self.source, span, label)));
    }

    /// Complains about keys nobody knows; `what` they should be ("a setting").
    pub fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str], what: &str) {
        for key in table.keys() {
            let word = key.get_ref().as_ref();
            if !known.contains(&word) {
                let message = format!("`{word}` is not {what}");
                let problem = Problem::new(self.codes.unknown_key, message).suggest(word, known);
                self.helped(key.span().into(), problem, "not known");
            }
        }
    }

    /// Says what was expected instead of this value.
    pub fn expected(&mut self, value: &Value<'_>, key: &str, what: &str) {
        let message = format!("`{key}` takes {what}");
        let label = format!("this is {}", kind_of(value.get_ref()));
        self.problem(value.span().into(), self.codes.wrong_type, message, &label);
    }

    /// A text.
    pub fn text(&mut self, value: &Value<'_>, key: &str) -> Option<Setting<String>> {
        match value.get_ref().as_str() {
            Some(text) => Some(Setting { value: text.to_owned(), span: value.span().into() }),
            None => {
                self.expected(value, key, "a text in quotes");
                None
            }
        }
    }

    /// A text or a list of texts.
    pub fn texts(&mut self, value: &Value<'_>, key: &str) -> Vec<Setting<String>> {
        match value.get_ref() {
            DeValue::String(text) => {
                vec![Setting { value: text.as_ref().to_owned(), span: value.span().into() }]
            }
            DeValue::Array(items) => items.iter().filter_map(|item| self.text(item, key)).collect(),
            _ => {
                self.expected(value, key, "a text in quotes, or a list of them");
                Vec::new()
            }
        }
    }

    /// One of a list of words.
    pub fn word<T>(
        &mut self,
        value: &Value<'_>,
        key: &str,
        words: &[&str],
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<Setting<T>> {
        let text = self.text(value, key)?;
        self.named(text, key, words, named)
    }

    /// What a text names, which is one of a list of words.
    pub fn named<T>(
        &mut self,
        text: Setting<String>,
        key: &str,
        words: &[&str],
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<Setting<T>> {
        let found = named(&text.value);
        if found.is_none() {
            let message = format!("`{key}` is one of {}", listed(words));
            let problem = Problem::new(self.codes.unknown_word, message).suggest(&text.value, words);
            self.helped(text.span, problem, "not one of them");
        }
        found.map(|value| Setting { value, span: text.span })
    }

    /// The place of a part of a text, where the text is written as it is read: without escapes.
    pub fn inside(&self, text: &Setting<String>, part: std::ops::Range<usize>) -> Span {
        let written = self.source.slice(text.span);
        let quotes = written.bytes().take_while(|b| matches!(b, b'"' | b'\'')).count();
        let quotes = if quotes >= 3 { 3 } else { 1 };
        let body = written.get(quotes..).unwrap_or("");
        let body = if quotes == 3 { body.trim_start_matches(['\r', '\n']) } else { body };
        if !body.starts_with(&text.value) {
            return text.span;
        }
        let start = text.span.start as usize + written.len() - body.len();
        let ends =
            (start + part.end.max(part.start + 1)..).find(|end| self.source.text().is_char_boundary(*end));
        Span::new(start + part.start, ends.unwrap_or(start + part.end).min(self.source.text().len()))
    }
}

/// What a value is, in words.
fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
