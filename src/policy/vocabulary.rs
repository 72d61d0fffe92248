//! Every word of the policy language, in one table: where it stands, what it takes, how often, and what it is for.
//!
//! Lowering, "did you mean", the formatter, `explain`, completion, hover and the language reference all read this
//! table and nothing else. A new word of the language is one row here (and its field in the model).

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use table::WORDS;

/// One word of the language: a block, a line, or a part of a line.
#[derive(Debug, PartialEq)]
pub struct Word {
    /// As it is said aloud: `promise`, `when in doubt`.
    pub phrase: &'static str,
    /// The words whose blocks it stands in; `""` is the top of a file.
    pub inside: &'static [&'static str],
    /// What follows it, in order.
    pub takes: &'static [Takes],
    /// How it is written.
    pub shape: Shape,
    /// Whether it may be said again in the same block.
    pub often: Often,
    /// Whether a policy without it is an error.
    pub required: bool,
    /// Words of which only one may stand in a block share the name of what they decide.
    pub either: Option<&'static str>,
    /// What it is for, in one line.
    pub help: &'static str,
    /// One line as people would write it.
    pub example: &'static str,
    /// Words people reach for when they mean this one.
    pub tried: &'static [&'static str],
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With a block in braces, in which other words stand.
    Block,
    /// On a line. Words inside it follow on the same line or stand in braces behind it.
    Line,
}

/// How often a word may stand in one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Often {
    /// Once.
    Once,
    /// Any number of times; where it takes a list, one comma list means the same.
    Many,
}

/// What a word takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A name that is declared here.
    Name,
    /// One quotation.
    Text,
    /// One quotation, or nothing.
    MaybeText,
    /// Quotations, separated by commas.
    Texts,
    /// Names of touchpoints, or `everywhere`.
    Touchpoints,
    /// Names of outcomes.
    Outcomes,
    /// The name of an experiment.
    Experiment,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words, separated by commas.
    SomeOf(&'static [&'static str]),
    /// A date.
    Date,
    /// A date, or nothing.
    MaybeDate,
    /// A length of time (`6 months`); after `every`, a bare `week` is one.
    Interval,
    /// A share of all customers (`61%`).
    Share,
    /// A number and what it counts (`85%`, `6 of 7`, `0 per year`).
    Quantity,
    /// An amount of money (`250 EUR`) or a share of the bill.
    Limit,
    /// A plain word, or a quotation where it is more than one.
    Per,
}

impl Takes {
    /// What is expected, in words, with an article.
    pub fn words(self) -> String {
        match self {
            Takes::Name => "a name in hyphenated words, such as `made-right`".into(),
            Takes::Text | Takes::MaybeText => "a quotation".into(),
            Takes::Texts => "a quotation".into(),
            Takes::Touchpoints => "the name of a touchpoint, or `everywhere`".into(),
            Takes::Outcomes => "the name of an outcome".into(),
            Takes::Experiment => "the name of an experiment".into(),
            Takes::OneOf(words) | Takes::SomeOf(words) => either(words),
            Takes::Date | Takes::MaybeDate => "a date, such as 2026-09-14".into(),
            Takes::Interval => "a length of time, such as 6 months".into(),
            Takes::Share => "a share, such as 61%".into(),
            Takes::Quantity => "a number, such as 85%, 6 of 7 or 0 per year".into(),
            Takes::Limit => {
                "an amount, such as 250 EUR, or a share of the bill, such as 10% of the bill".into()
            }
            Takes::Per => "a word such as `stay`, `case`, `day` or `visit`, or a quotation".into(),
        }
    }

    /// How it is shown in the reference: `name`, `"…"`.
    pub fn sign(self) -> String {
        match self {
            Takes::Name => "name".into(),
            Takes::Text => "\"…\"".into(),
            Takes::MaybeText => "[\"…\"]".into(),
            Takes::Texts => "\"…\", …".into(),
            Takes::Touchpoints => "touchpoint, … / everywhere".into(),
            Takes::Outcomes => "outcome, …".into(),
            Takes::Experiment => "experiment".into(),
            Takes::OneOf(words) => words.join(" / "),
            Takes::SomeOf(words) => words.join(", "),
            Takes::Date => "DATE".into(),
            Takes::MaybeDate => "[DATE]".into(),
            Takes::Interval => "N days / weeks / months / years".into(),
            Takes::Share => "N%".into(),
            Takes::Quantity => "N [% / of M / per …]".into(),
            Takes::Limit => "N CUR / N% of the bill".into(),
            Takes::Per => "stay / case / day / visit / \"…\"".into(),
        }
    }

    /// Whether a line is complete without it.
    pub fn optional(self) -> bool {
        matches!(self, Takes::MaybeText | Takes::MaybeDate)
    }
}

/// `a`, `b` or `c`, each as a word of the language.
pub fn either(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The top of a file, as if it were a block.
pub static TOP: Word = Word { phrase: "", ..table::BLOCK };

impl Word {
    /// The words that may stand in its block, or follow on its line.
    pub fn holds(&self) -> impl Iterator<Item = &'static Word> + use<> {
        static INSIDE: LazyLock<HashMap<&'static str, Vec<&'static Word>>> = LazyLock::new(|| {
            let mut inside: HashMap<&str, Vec<&Word>> = HashMap::new();
            for word in WORDS {
                word.inside.iter().for_each(|block| inside.entry(block).or_default().push(word));
            }
            inside
        });
        INSIDE.get(self.phrase).map_or(&[][..], Vec::as_slice).iter().copied()
    }

    /// Whether anything may stand in braces behind it.
    pub fn has_block(&self) -> bool {
        self.shape == Shape::Block || self.holds().next().is_some()
    }

    /// Whether it may stand in the block of `parent`.
    pub fn belongs_in(&self, parent: &Word) -> bool {
        self.inside.contains(&parent.phrase)
    }

    /// The line as the reference shows it: `promise "…"`.
    pub fn form(&self) -> String {
        let takes: Vec<String> = self.takes.iter().map(|t| t.sign()).collect();
        format!("{} {}", self.phrase, takes.join(" ")).trim_end().to_owned()
    }

    /// Whether this line declares a name of its own.
    pub fn declares_name(&self) -> bool {
        self.takes.first() == Some(&Takes::Name)
    }
}

/// The row for a word, in the block of `parent` if it stands there, anywhere otherwise.
pub fn word(phrase: &str, parent: &Word) -> Option<&'static Word> {
    let named = || WORDS.iter().filter(|w| w.phrase.eq_ignore_ascii_case(phrase));
    named().find(|w| w.belongs_in(parent)).or_else(|| named().next())
}

/// The British spelling of a word to choose from, where an American one is written.
pub fn spelling(word: &str) -> &str {
    const AMERICAN: [(&str, &str); 1] = [("behavior", "behaviour")];
    AMERICAN
        .iter()
        .find(|(american, _)| american.eq_ignore_ascii_case(word))
        .map_or(word, |(_, british)| british)
}
