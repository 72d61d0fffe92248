//! A policy → plain prose a meeting can read aloud.
//!
//! Nothing is added and nothing judged: what the policy says, in the order a person would tell it, without the
//! language's own words. What one may not tell (a memory nobody agreed to) is not told here either.

mod backstage;
mod brand;
mod loose;
mod tight;
mod words;

use super::model::{Policy, Remarks};

/// A piece of prose.
#[derive(Clone, Debug, PartialEq)]
pub enum Prose {
    /// The name of the brand.
    Title(String),
    /// What comes next.
    Heading(String),
    /// A heading below that.
    Subheading(String),
    /// Sentences.
    Paragraph(String),
    /// One of several things told one after the other.
    Item(String),
}

/// The policy as prose, piece by piece.
pub fn prose(policy: &Policy) -> Vec<Prose> {
    let mut told = Telling { policy, pieces: Vec::new() };
    told.brand();
    told.journeys();
    told.tight();
    told.loose();
    told.backstage();
    told.pieces
}

/// Prose as text, in lines of at most `width` characters where words allow it.
pub fn to_text(prose: &[Prose], width: usize) -> String {
    let mut out = String::new();
    let mut before: Option<&Prose> = None;
    for piece in prose {
        let together = matches!((before, piece), (Some(Prose::Item(_)), Prose::Item(_)));
        let below = matches!(before, Some(Prose::Subheading(_)));
        if before.is_some() && !together && !below {
            out.push('\n');
        }
        match piece {
            Prose::Title(text) => {
                out.push_str(&format!("{text}\n{}\n", "=".repeat(text.chars().count().min(width))));
            }
            Prose::Heading(text) => {
                out.push_str(&format!("{text}\n{}\n", "-".repeat(text.chars().count().min(width))));
            }
            Prose::Subheading(text) | Prose::Paragraph(text) => words::wrap(&mut out, text, "", "", width),
            Prose::Item(text) => words::wrap(&mut out, text, "- ", "  ", width),
        }
        before = Some(piece);
    }
    out
}

impl Policy {
    /// The policy as plain prose, in lines of at most `width` characters where words allow it.
    pub fn read_aloud(&self, width: usize) -> String {
        to_text(&prose(self), width)
    }
}

struct Telling<'a> {
    policy: &'a Policy,
    pieces: Vec<Prose>,
}

impl Telling<'_> {
    fn heading(&mut self, text: &str) {
        self.pieces.push(Prose::Heading(text.to_owned()));
    }

    fn subheading(&mut self, text: impl Into<String>) {
        self.pieces.push(Prose::Subheading(text.into()));
    }

    /// A paragraph, if there is anything to say.
    fn paragraph(&mut self, sentences: &[String]) {
        let text = joined(sentences);
        if !text.is_empty() {
            self.pieces.push(Prose::Paragraph(text));
        }
    }

    /// An item, if there is anything to say.
    fn item(&mut self, sentences: &[String]) {
        let text = joined(sentences);
        if !text.is_empty() {
            self.pieces.push(Prose::Item(text));
        }
    }
}

fn joined(sentences: &[String]) -> String {
    let said: Vec<&str> = sentences.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    said.join(" ")
}

/// Why, and who is in charge.
fn reason(remarks: &Remarks) -> String {
    let because = remarks.because.as_ref().map(|b| format!("Because: {}", words::sentence(&b.text)));
    let owner = remarks.owner.as_ref().map(|o| format!("In charge: {}", words::sentence(&o.text)));
    joined(&[because.unwrap_or_default(), owner.unwrap_or_default()])
}

/// What happened once.
fn stories(remarks: &Remarks) -> String {
    joined(
        &remarks
            .stories
            .iter()
            .map(|s| format!("For example: {}", words::sentence(&s.text)))
            .collect::<Vec<_>>(),
    )
}
