//! A regular expression of a pack, made when it is first needed: making one takes as long as reading a page.

use crate::rule::pattern::PatternError;
use regex::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::OnceLock;

/// Bytes a made expression may take.
const SIZE: usize = 4 << 20;
/// Longer expressions, and those that repeat by count, may grow beyond that; they are made at once to find out.
const SHORT: usize = 200;

/// A regular expression.
#[derive(Debug)]
pub struct Expression {
    text: String,
    made: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let wrong = |message: String, at: Range<usize>, help: Option<&str>| PatternError {
            message,
            help: help.map(str::to_owned),
            at,
        };
        let read = regex_syntax::parse(text).map_err(|error| match &error {
            regex_syntax::Error::Parse(e) => {
                let unsupported = matches!(
                    e.kind(),
                    regex_syntax::ast::ErrorKind::UnsupportedLookAround
                        | regex_syntax::ast::ErrorKind::UnsupportedBackreference
                );
                let help = unsupported.then_some("loosetight leaves them out so that no text takes forever");
                wrong(e.kind().to_string(), e.span().start.offset..e.span().end.offset, help)
            }
            regex_syntax::Error::Translate(e) => {
                wrong(e.kind().to_string(), e.span().start.offset..e.span().end.offset, None)
            }
            _ => wrong(error.to_string(), 0..text.len(), None),
        })?;
        if read.properties().minimum_len().unwrap_or(1) == 0 {
            let help = Some("`+` asks for at least one, where `*` is content with none");
            return Err(wrong("this expression matches where nothing stands".into(), 0..text.len(), help));
        }
        let expression = Expression { text: text.to_owned(), made: OnceLock::new() };
        if (text.len() > SHORT || text.contains('{')) && expression.made().is_none() {
            let help = Some("ask for fewer repetitions, or cut it in two");
            return Err(wrong("this expression grows too large".into(), 0..text.len(), help));
        }
        Ok(expression)
    }

    fn made(&self) -> Option<&Regex> {
        self.made.get_or_init(|| RegexBuilder::new(&self.text).size_limit(SIZE).build().ok()).as_ref()
    }

    /// Where it matches in a text.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.made().into_iter().flat_map(move |regex| regex.find_iter(text).map(|m| m.range()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        Expression::new(text).expect_err(text).message
    }

    #[test]
    fn what_cannot_be_matched_is_told() {
        assert_eq!(wrong("a(b"), "unclosed group");
        assert_eq!(wrong("a*"), "this expression matches where nothing stands");
        assert_eq!(wrong("(?:\\w{1000}){1000}"), "this expression grows too large");
        assert!(wrong("a(?=b)").contains("look-around"));
    }

    #[test]
    fn all_places_are_found() {
        let it = Expression::new(r"(?i)\bref\.? ?\d+").expect("an expression");
        let found: Vec<_> = it.find("See ref 12 and REF.3.").collect();
        assert_eq!(found, [4..10, 15..20]);
    }
}
