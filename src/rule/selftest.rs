//! The examples of a rule → whether the rule passes them.

use crate::rule::Rule;

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

/// An example without its marks, and the span between them.
pub fn example(text: &str) -> (String, Option<std::ops::Range<usize>>) {
    let (Some(open), Some(close)) = (text.find('⟦'), text.find('⟧')) else {
        return (text.to_owned(), None);
    };
    let before = &text[..open];
    let inside = &text[open + '⟦'.len_utf8()..close];
    let after = &text[close + '⟧'.len_utf8()..];
    (format!("{before}{inside}{after}"), Some(before.len()..before.len() + inside.len()))
}

/// Runs the examples of a rule. `found` gives the spans (bytes of the text) at which a rule speaks in a text.
pub fn run(rule: &Rule, found: &dyn Fn(&str) -> Vec<std::ops::Range<usize>>) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut fail = |example: &str, problem: String| {
        failures.push(Failure { rule: rule.id.clone(), example: example.to_owned(), problem });
    };
    for bad in &rule.bad {
        let (text, expected) = example(bad);
        let spans = found(&text);
        match (spans.as_slice(), expected) {
            ([], _) => fail(bad, "the rule says nothing here".into()),
            (_, None) => fail(bad, "the example does not mark its span with ⟦ and ⟧".into()),
            ([one], Some(e)) if *one == e => {}
            (many, Some(_)) => {
                let shown: Vec<&str> = many.iter().filter_map(|r| text.get(r.clone())).collect();
                fail(bad, format!("the rule marks: {}", shown.join(" ⋯ ")));
            }
        }
    }
    for good in &rule.good {
        let (text, _) = example(good);
        for span in found(&text) {
            fail(
                good,
                format!("the rule should leave this alone, but marks: {}", text.get(span).unwrap_or("")),
            );
        }
    }
    failures
}

/// Examples are read as documents of one section about serving customers.
pub const FRAME: &str = "# Serving customers\n\n";
