//! What keeps a run from doing its work: a file that cannot be read, a setting nobody knows, a call that makes no
//! sense. Findings are about what documents say; problems end with exit code 2.

use crate::source::{Source, Span};
use miette::{Diagnostic, LabeledSpan, SourceCode};
use std::fmt::{self, Display};

/// Anything that can be shown to people as a mistake with a code, a place and a way out.
pub type AnyProblem = Box<dyn Diagnostic + Send + Sync + 'static>;

/// A problem of the tool's own surroundings.
#[derive(Debug)]
pub struct Problem {
    code: &'static str,
    message: String,
    place: Option<(Source, Span, String)>,
    help: Option<String>,
}

impl Problem {
    /// A problem with a code (`config::unknown-key`) and what is wrong, in one sentence without a full stop.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Problem { code, message: message.into(), place: None, help: None }
    }

    /// Where it stands, and a few words at that place.
    pub fn at(mut self, source: &Source, span: Span, label: impl Into<String>) -> Self {
        self.place = Some((source.clone(), span, label.into()));
        self
    }

    /// The way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// "Did you mean …?", or the list of what there is to choose from.
    pub fn suggest(self, word: &str, known: &[&str]) -> Self {
        let help = match crate::nearest::nearest(word, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => return self,
            None => format!("there is {}", listed(known)),
        };
        self.help(help)
    }
}

/// `a, b and c`.
pub fn listed(words: &[impl AsRef<str>]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// What the system said about a file, as people say it: without the error's number.
pub fn in_words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is nothing of that name".to_owned(),
        ErrorKind::PermissionDenied => "you have no permission to read it".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|(source, ..)| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span, label) = self.place.as_ref()?;
        let label = (!label.is_empty()).then(|| label.clone());
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(label, *span))))
    }
}
