//! A rule's example, a small policy → where the rule speaks in it.

use crate::lint::Linter;
use crate::policy::Policy;
use crate::source::Source;
use jiff::civil::date;
use std::ops::Range;

/// Stands behind an example that tells of no brand; nothing is to be said about it.
const BRAND: &str = r#"
brand "Fern Street Library" {
  promise "You leave with the book, or with the day it comes."
  for "People who read on the bus"
  unlike "Libraries that are shut when the bus comes"
  expects "That the shelf is where the sign says"
  values "Being left alone with a book" drives retention
  owner "The librarian"
  reviewed 2026-10-05
  review every 6 months
}
"#;

/// Where a rule speaks in an example: spans of its text.
///
/// # Errors
/// An example that cannot be read, in words.
pub fn fits(linter: &Linter, rule: &str, text: &str) -> Result<Vec<Range<usize>>, String> {
    let told = text.trim_start().starts_with("brand") || text.contains("\nbrand");
    let whole = if told { text.to_owned() } else { format!("{text}\n{BRAND}") };
    let read = Policy::parse(Source::new("example.promise", whole));
    let (policy, _) = read.map_err(|e| format!("the example cannot be read: {e}"))?;
    let findings = super::find(linter, &policy, date(2026, 11, 21));
    Ok(findings.into_iter().filter(|f| f.rule == rule).map(|f| f.span.range()).collect())
}
