//! A line that has been checked against the vocabulary: its word, what it takes, and the lines inside it.

use crate::policy::model::{Dated, Interval, Limit, Name, Place, Quantity, Text};
use crate::policy::vocabulary::Word;

/// A checked line.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its row in the vocabulary.
    pub word: &'static Word,
    /// What it takes, one for each of the row's `takes`.
    pub args: Vec<Arg>,
    /// The lines in its block, and what follows on its line.
    pub inner: Vec<Clause>,
    /// The line without its block.
    pub head: Place,
    /// Line and block.
    pub place: Place,
    /// Whether its word is a guess; what was written has been reported.
    pub guessed: bool,
}

/// Something a line takes.
#[derive(Clone, Debug)]
pub enum Arg {
    /// It is missing: allowed, or reported.
    Nothing,
    /// A name that is declared here.
    Name(Name),
    /// Quotations.
    Texts(Vec<Text>),
    /// Names that refer to something.
    Names(Vec<Name>),
    /// `everywhere`.
    Everywhere,
    /// Words of those there are to choose from, as indices.
    Choices(Vec<(usize, Place)>),
    /// A date.
    Date(Dated),
    /// A length of time.
    Interval(Interval),
    /// A number and what it counts.
    Quantity(Quantity),
    /// An amount, or a share of the bill.
    Limit(Limit),
}

impl Clause {
    /// The lines inside that begin with this word.
    pub fn all<'a>(&'a self, phrase: &'a str) -> impl Iterator<Item = &'a Clause> {
        self.inner.iter().filter(move |c| c.word.phrase == phrase)
    }

    /// The first line inside that begins with this word.
    pub fn one(&self, phrase: &str) -> Option<&Clause> {
        self.inner.iter().find(|c| c.word.phrase == phrase)
    }

    /// The name it declares.
    pub fn name(&self) -> Option<&Name> {
        self.args.iter().find_map(|a| match a {
            Arg::Name(name) => Some(name),
            _ => None,
        })
    }

    /// Its quotations, in order.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.args.iter().flat_map(|a| match a {
            Arg::Texts(texts) => texts.as_slice(),
            _ => &[],
        })
    }

    /// The names it refers to.
    pub fn names(&self) -> &[Name] {
        self.args
            .iter()
            .find_map(|a| match a {
                Arg::Names(names) => Some(names.as_slice()),
                _ => None,
            })
            .unwrap_or(&[])
    }

    /// This line and every line inside it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Clause)) {
        visit(self);
        for inner in &self.inner {
            inner.walk(visit);
        }
    }
}
