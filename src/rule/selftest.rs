//! The examples of a rule → whether the rule passes them.
//!
//! An example is a sentence or a small document. ⟦ and ⟧ stand around each place the rule must find; one without them
//! must be left alone.

use crate::rule::Rule;
use std::ops::Range;

/// One example a rule does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// The example as written.
    pub example: String,
    /// What went wrong, in words.
    pub problem: String,
}

/// Sentences are read as documents of one section about serving customers.
pub const FRAME: &str = "# Serving customers\n\n";

/// An example without its marks, and the places between them.
pub fn unmarked(marked: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut places, mut open) = (String::with_capacity(marked.len()), Vec::new(), None);
    for c in marked.chars() {
        match c {
            '⟦' => open = Some(text.len()),
            '⟧' => places.extend(open.take().map(|start| start..text.len())),
            _ => text.push(c),
        }
    }
    (text, places)
}

/// Whether an example marks a place that must be found.
pub fn is_bad(example: &str) -> bool {
    !unmarked(example).1.is_empty()
}

/// Whether a rule has examples of both kinds: those it must find and those it must leave alone.
pub fn has_both(rule: &Rule) -> bool {
    let documents = || rule.documents.iter().map(|d| is_bad(&d.text));
    let bad = !rule.bad.is_empty() || documents().any(|bad| bad);
    let good = !rule.good.is_empty() || documents().any(|bad| !bad);
    bad && good
}

/// Runs the sentences of a rule. `found` gives the spans (bytes of the text) at which a rule speaks in a text.
pub fn run(rule: &Rule, found: &dyn Fn(&str) -> Vec<Range<usize>>) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut fail = |example: &str, problem: String| failures.push(failure(rule, example, problem));
    for bad in &rule.bad {
        let (text, places) = unmarked(bad);
        if places.is_empty() {
            fail(bad, "the example does not mark its span with ⟦ and ⟧".into());
        } else if let Some(problem) = problem(&text, &places, found(&text)) {
            fail(bad, problem);
        }
    }
    for good in &rule.good {
        let (text, places) = unmarked(good);
        if !places.is_empty() {
            fail(good, "an example to be left alone marks nothing with ⟦ and ⟧".into());
        } else if let Some(problem) = problem(&text, &places, found(&text)) {
            fail(good, problem);
        }
    }
    failures
}

/// What is wrong about the spans found in an example.
pub fn problem(text: &str, places: &[Range<usize>], mut found: Vec<Range<usize>>) -> Option<String> {
    found.sort_by_key(|r| (r.start, r.end));
    if found == places {
        return None;
    }
    let shown: Vec<&str> = found.iter().filter_map(|r| text.get(r.clone())).collect();
    Some(match (found.is_empty(), places.is_empty()) {
        (true, _) => "the rule says nothing here".into(),
        (_, true) => format!("the rule should leave this alone, but marks: {}", shown.join(" ⋯ ")),
        _ => format!("the rule marks: {}", shown.join(" ⋯ ")),
    })
}

/// An example a rule does not pass.
pub fn failure(rule: &Rule, example: &str, problem: String) -> Failure {
    Failure { rule: rule.id.clone(), example: example.to_owned(), problem }
}
