//! What can be wrong with a policy: one kind of mistake a line, its code, what was expected, and the way out.

mod mistake;

pub use mistake::Mistake;

use crate::source::{Source, Span};
use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};
use std::fmt::{self, Display};

/// One mistake in its place. As a warning, one thing worth knowing.
#[derive(Clone, Debug)]
pub struct PolicyError {
    /// What is wrong.
    pub mistake: Mistake,
    /// Where; nowhere for a file that could not be read at all.
    pub place: Option<(Source, Span)>,
    /// The other place that makes it one ("first declared here").
    pub second: Option<Second>,
}

/// The other place of a mistake.
#[derive(Clone, Debug)]
pub struct Second {
    /// The text it stands in.
    pub source: Source,
    /// Where.
    pub span: Span,
    /// What is there, in a few words.
    pub label: &'static str,
}

impl PolicyError {
    /// A mistake at a place.
    pub fn at(mistake: Mistake, source: &Source, span: Span) -> Self {
        PolicyError { mistake, place: Some((source.clone(), span)), second: None }
    }

    /// The same, with the other place that makes it one.
    pub fn and(mut self, source: &Source, span: Span, label: &'static str) -> Self {
        self.second = Some(Second { source: source.clone(), span, label });
        self
    }

    /// The text that is underlined.
    pub fn underlined(&self) -> &str {
        self.place.as_ref().map_or("", |(source, span)| source.slice(*span))
    }

    /// The second place, where it stands in the same text as the first.
    fn nearby(&self) -> Option<&Second> {
        let (source, _) = self.place.as_ref()?;
        self.second.as_ref().filter(|s| s.source.name() == source.name())
    }
}

impl Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mistake.fmt(f)
    }
}

impl std::error::Error for PolicyError {}

impl Diagnostic for PolicyError {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(self.mistake.code()))
    }

    fn severity(&self) -> Option<Severity> {
        Some(if self.mistake.is_warning() { Severity::Warning } else { Severity::Error })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.mistake.help().map(|h| Box::new(h) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|(source, _)| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span) = self.place.as_ref()?;
        let first = LabeledSpan::new_primary_with_span(Some(self.mistake.label()), *span);
        let second = self.nearby().map(|s| LabeledSpan::new_with_span(Some(s.label.to_owned()), s.span));
        Some(Box::new(std::iter::once(first).chain(second)))
    }

    /// A second place in another file is a diagnostic of its own, because a diagnostic shows one text.
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let second = self.second.as_ref().filter(|_| self.nearby().is_none())?;
        Some(Box::new(std::iter::once(second as &dyn Diagnostic)))
    }
}

impl Display for Second {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label)
    }
}

impl std::error::Error for Second {}

impl Diagnostic for Second {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(Some(self.label.to_owned()), self.span))))
    }
}

/// Everything that is wrong with a policy, in the order of its files and lines. Never empty.
#[derive(Clone, Debug)]
pub struct PolicyErrors {
    /// The mistakes.
    pub errors: Vec<PolicyError>,
    /// Warnings that were found on the way.
    pub warnings: Vec<PolicyError>,
}

impl Display for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.errors.as_slice() {
            [one] => write!(f, "the policy has a mistake: {one}"),
            all => write!(f, "the policy has {} mistakes", all.len()),
        }
    }
}

impl std::error::Error for PolicyErrors {}

impl Diagnostic for PolicyErrors {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new("policy"))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.errors.iter().map(|e| e as &dyn Diagnostic)))
    }
}
