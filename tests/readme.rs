//! What the README and the measurement show is a policy the program can read.

use loosetight::policy::Policy;
use loosetight::source::Source;
use std::path::Path;

const README: &str = include_str!("../README.md");

#[test]
fn the_policy_of_five_minutes_is_a_policy() {
    let mut policy = String::new();
    let mut fence = None;
    for line in README.lines() {
        match (line.strip_prefix("```"), fence) {
            (Some(info), None) => fence = Some(info),
            (Some(_), Some(_)) => fence = None,
            (None, Some("")) => policy.extend([line, "\n"]),
            _ => {}
        }
    }
    assert!(policy.starts_with("brand "), "{policy}");
    let (read, _) = Policy::parse(Source::new("README.md", policy.as_str()))
        .unwrap_or_else(|errors| panic!("{:?}", miette::Report::new(errors)));
    assert_eq!((read.outcomes.len(), read.boundaries.len(), read.empowerments.len()), (1, 1, 1));
}

#[test]
fn the_policy_of_the_corpus_is_a_policy() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/corpus.promise");
    let (read, _) = Policy::load(&file).unwrap_or_else(|errors| panic!("{:?}", miette::Report::new(errors)));
    assert_eq!(read.boundaries.len(), 5);
}
